"""Automatic numbers of Word: computed as Word prints them (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gongkai.reading.containers.markup import Node
from gongkai.reading.containers.numerals import numeral

__all__ = ["Numbering", "Styles"]

#: A list has nine levels.
_LEVELS: Final = 9
#: No label is longer.
_LONGEST: Final = 64
_SLOT: Final = re.compile(r"%([1-9])")
#: A style is based on a style …: no document goes deeper.
_CHAIN: Final = 32


class _Use(NamedTuple):
    """What list a style puts its paragraphs into: the ``num`` and the level; None for what it leaves open."""

    num: str | None
    level: int | None


class Styles:
    """The styles of a document, as far as they bear on its text.

    Attributes:
        names: the name of each style, in lower case, by its id: ``toc 1``, ``heading 2``.
        default: the id of the style of paragraphs that name none.
    """

    __slots__ = ("_bases", "_uses", "default", "names")

    def __init__(self, root: Node | None) -> None:
        self.names: dict[str, str] = {}
        self.default: str | None = None
        self._bases: dict[str, str] = {}
        self._uses: dict[str, _Use] = {}
        for style in root.all("style") if root else ():
            name = style.attributes.get("styleId", "")
            self.names[name] = (style.value("name") or "").lower()
            if style.attributes.get("type") == "paragraph" and style.attributes.get("default") in {
                "1",
                "true",
            }:
                self.default = name
            if base := style.value("basedOn"):
                self._bases[name] = base
            if used := style.first("pPr", "numPr"):
                self._uses[name] = _use(used)

    def chain(self, style: str | None) -> list[str]:
        """Return a style, the one that it is based on, and so on."""
        found: list[str] = []
        while style is not None and style not in found and len(found) < _CHAIN:
            found.append(style)
            style = self._bases.get(style)
        return found

    def use(self, style: str) -> _Use | None:
        """Return what list a style itself names, or None."""
        return self._uses.get(style)


def _use(properties: Node) -> _Use:
    return _Use(properties.value("numId"), _integer(properties.value("ilvl")))


def _integer(text: str | None) -> int | None:
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


class _Level:
    """How one level of a list is numbered."""

    __slots__ = ("legal", "restart", "start", "style", "text")

    def __init__(self, node: Node) -> None:
        start = _integer(node.value("start"))
        self.start = 0 if start is None else start  # 17.9.25: 0 where it is left out
        self.style = _style_of(node)
        self.text = (node.value("lvlText") or "")[:_LONGEST]
        self.restart = _integer(node.value("lvlRestart"))
        self.legal = node.is_on("isLgl")


def _style_of(level: Node) -> str:
    """The numbering format; newer programs write it twice, the second time for older ones."""
    found = level.first("numFmt") or level.first("AlternateContent", "Fallback", "numFmt")
    return (found.attributes.get("val") if found else None) or "decimal"


class _List:
    """One ``num``: the levels that it numbers with, and what it numbers on from.

    Attributes:
        shared: the counters, which all lists with one abstract definition share.
        levels: the definition of each level.
        starts: where a level begins when this list comes to it first.
    """

    __slots__ = ("levels", "shared", "starts")

    def __init__(self, shared: list[int | None], levels: dict[int, _Level], starts: dict[int, int]) -> None:
        self.shared = shared
        self.levels = levels
        self.starts = starts


class Numbering:
    """The lists of a document, counted on from paragraph to paragraph.

    Attributes:
        unknown: the numbering formats that came up and are not known; Arabic digits stand for them.
    """

    __slots__ = ("_linked", "_lists", "_styles", "unknown")

    def __init__(self, root: Node | None, styles: Styles) -> None:
        self._styles = styles
        self._linked: dict[tuple[str, str], int] = {}
        self._lists: dict[str, _List] = {}
        self.unknown: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Node) -> None:
        abstracts = {node.attributes.get("abstractNumId", ""): node for node in root.all("abstractNum")}
        nums = {node.attributes.get("numId", ""): node for node in root.all("num")}
        levels = {name: _levels(node) for name, node in abstracts.items()}
        shared: dict[str, list[int | None]] = {name: [None] * _LEVELS for name in abstracts}
        for name, node in nums.items():
            abstract = self._abstract(node, nums, abstracts)
            if abstract is None:
                continue
            own = dict(levels[abstract])
            starts: dict[int, int] = {}
            for change in node.all("lvlOverride"):
                level = _integer(change.attributes.get("ilvl"))
                if level is None or not 0 <= level < _LEVELS:
                    continue
                if anew := change.first("lvl"):
                    own[level] = _Level(anew)
                start = _integer(change.value("startOverride"))
                if start is not None:
                    starts[level] = start
            self._lists[name] = _List(shared[abstract], own, starts)
            for node_level in abstracts[abstract].all("lvl"):
                style, level = node_level.value("pStyle"), _integer(node_level.attributes.get("ilvl"))
                if style is not None and level is not None:
                    self._linked[name, style] = level

    def _abstract(self, num: Node | None, nums: dict[str, Node], abstracts: dict[str, Node]) -> str | None:
        """Return the definition of a list; one may be that of the list that a style names (numStyleLink)."""
        for _ in range(_CHAIN):
            name = num.value("abstractNumId") if num else None
            if name is None or name not in abstracts:
                return None
            link = abstracts[name].value("numStyleLink")
            used = self._styles.use(link) if link else None
            if used is None or used.num is None:
                return name
            num = nums.get(used.num)
        return None

    def label(self, style: str | None, properties: Node | None) -> str | None:
        """Return the label of the next paragraph, or None for a paragraph that is not numbered.

        Args:
            style: the paragraph's style.
            properties: its own ``numPr``, if it has one.
        """
        num, level = self._place(style or self._styles.default, properties)
        used = self._lists.get(num) if num is not None else None
        if used is None or not 0 <= level < _LEVELS or level not in used.levels:
            return None
        _count(used, level)
        return self._print(used, level)

    def _place(self, style: str | None, properties: Node | None) -> tuple[str | None, int]:
        """Return the list and the level of a paragraph: its own, else those of its style."""
        own = _use(properties) if properties else _Use(None, None)
        if own.num is not None:
            return own.num, self._level(own.num, own.level, style)
        for name in self._styles.chain(style):
            used = self._styles.use(name)
            if used is not None and used.num is not None:
                level = own.level if own.level is not None else self._linked.get((used.num, name), used.level)
                return used.num, level or 0
        return None, 0

    def _level(self, num: str, level: int | None, style: str | None) -> int:
        if level is not None:
            return level
        linked = [self._linked.get((num, name)) for name in self._styles.chain(style)]
        return next((found for found in linked if found is not None), 0)

    def _print(self, used: _List, level: int) -> str | None:
        own = used.levels[level]
        if own.style == "bullet":
            return None

        def slot(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            of = used.levels.get(at)
            if of is None or at > level:
                return ""
            style = "decimal" if own.legal else of.style
            count = used.shared[at]
            return self._numeral(of.start if count is None else count, style)

        return _SLOT.sub(slot, own.text).strip() or None

    def _numeral(self, count: int, style: str) -> str:
        if style in {"bullet", "none"}:
            return ""
        printed = numeral(count, style)
        if printed is None:
            self.unknown.add(style)
        return str(count) if printed is None else printed


def _levels(abstract: Node) -> dict[int, _Level]:
    found = [(_integer(node.attributes.get("ilvl")), node) for node in abstract.all("lvl")]
    return {level: _Level(node) for level, node in found if level is not None and 0 <= level < _LEVELS}


def _count(used: _List, level: int) -> None:
    """Count a paragraph: its level goes on, the levels below it begin anew."""
    counts = used.shared
    start = used.starts.pop(level, None)
    before = counts[level]
    if start is not None:
        counts[level] = start
    else:
        counts[level] = used.levels[level].start if before is None else before + 1
    for below in range(level + 1, _LEVELS):
        restart = used.levels[below].restart if below in used.levels else None
        if restart is None or level < restart:
            counts[below] = None
