"""XML of Office parts, read as a stream: small trees, one after the other, bounded in size and depth.

Names are local names: the strict and the transitional variety of Office Open XML differ in their namespaces
alone (ISO/IEC 29500-1, 29500-4).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, TypeAlias
from xml.parsers import expat

from gongkai._refusals import refused
from gongkai.reading.containers.archive import Archive

__all__ = ["Node", "Step", "Steps", "steps", "steps_of", "tree"]

#: Elements that stand in each other; Word itself needs some forty.
DEPTH: Final = 256
#: Elements of one tree: a paragraph, a row.
NODES: Final = 500_000
#: Characters of one element.
CHARACTERS: Final = 2**24


class Node:
    """An element.

    Attributes:
        name: its local name.
        attributes: its attributes, by local name.
        children: the elements in it.
        text: the characters that stand directly in it.
    """

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.text = ""

    def first(self, *path: str) -> Node | None:
        """Return the first child of that name, its first child of the next name …, or None."""
        node = self
        for name in path:
            for child in node.children:
                if child.name == name:
                    node = child
                    break
            else:
                return None
        return node

    def value(self, *path: str) -> str | None:
        """Return the attribute ``val`` of :meth:`first`, or None."""
        node = self.first(*path)
        return node.attributes.get("val") if node else None

    def all(self, name: str) -> list[Node]:
        """Return the children of that name."""
        return [child for child in self.children if child.name == name]

    def is_on(self, *path: str) -> bool:
        """Tell whether a switch is there and on (ISO/IEC 29500-1, 17.17.4)."""
        node = self.first(*path)
        return node is not None and node.attributes.get("val", "1") not in {"0", "false", "off"}


class Step(Enum):
    """What a step of a stream tells of its node."""

    OPEN = auto()
    CLOSE = auto()
    WHOLE = auto()


Steps: TypeAlias = Iterator[tuple[Step, Node]]


class _Doctype(Exception):
    """A part declares a document type."""


class _Bound(Exception):
    """A part is nested too deep, or too large."""


class _Builder:
    """Takes the parser's events and makes steps of them."""

    __slots__ = ("count", "found", "names", "outer", "path", "room", "tree")

    def __init__(self, outer: frozenset[str]) -> None:
        self.outer = outer
        self.names: dict[str, str] = {}
        self.path: list[Node] = []
        self.tree = DEPTH  # how deep the tree begins that is being made; none is made at DEPTH
        self.room = NODES
        self.count = 0
        self.found: list[tuple[Step, Node]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        names, path = self.names, self.path
        local = names.get(name) or names.setdefault(name, name.rpartition(":")[2])
        if attributes:
            attributes = {
                names.get(key) or names.setdefault(key, key.rpartition(":")[2]): value
                for key, value in attributes.items()
            }
        node = Node(local, attributes)
        depth = len(path)
        if depth > self.tree:
            self.room -= 1
            if self.room < 0 or depth >= DEPTH:
                raise _Bound
            path[-1].children.append(node)
        elif local in self.outer:
            if depth >= DEPTH - 1:
                raise _Bound
            self.found.append((Step.OPEN, node))
        else:
            self.tree, self.room = depth, NODES
        path.append(node)

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser holds that it is the last one
        node = self.path.pop()
        depth = len(self.path)
        if depth < self.tree:
            self.found.append((Step.CLOSE, node))
        elif depth == self.tree:
            self.tree = DEPTH
            self.found.append((Step.WHOLE, node))

    def characters(self, text: str) -> None:
        if len(self.path) > self.tree:
            node = self.path[-1]
            if len(node.text) > CHARACTERS:
                raise _Bound
            node.text += text

    def refuse(self, *_: object) -> None:
        raise _Doctype


def steps(archive: Archive, part: str, outer: frozenset[str] = frozenset()) -> Steps:
    """Yield a part's elements as they come.

    Elements named in ``outer``, all of whose ancestors are as well, are opened and closed; each other element
    below them comes as a whole.

    Raises:
        ReadError: the part is missing or damaged, declares entities, or exceeds the bounds.
    """
    builder = _Builder(outer)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 2**20
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    # Without a document type there are no entities, so none can grow or fetch anything.
    parser.StartDoctypeDeclHandler = builder.refuse
    for chunk in _and_end(archive.chunks(part)):
        try:
            parser.Parse(chunk, not chunk)
        except _Doctype:
            raise refused(archive.origin, "part-entities", part=part) from None
        except _Bound:
            raise refused(archive.origin, "part-nested", part=part) from None
        except (expat.ExpatError, ValueError) as error:
            raise refused(archive.origin, "part-damaged", part=part, reason=error) from error
        archive.count_elements(builder.count, part)
        builder.count = 0
        if builder.found:
            yield from builder.found
            builder.found = []


def _and_end(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield from chunks
    yield b""


def tree(archive: Archive, part: str) -> Node:
    """Return the root of a part, for small parts.

    Raises:
        ReadError: as :func:`steps`.
    """
    found = [node for _, node in steps(archive, part)]
    return found[0]  # XML has one root, or is damaged


def steps_of(nodes: list[Node], outer: frozenset[str]) -> Steps:
    """Yield what is in a tree as :func:`steps` would."""
    for node in nodes:
        if node.name in outer:
            yield Step.OPEN, node
            yield from steps_of(node.children, outer)
            yield Step.CLOSE, node
        else:
            yield Step.WHOLE, node
