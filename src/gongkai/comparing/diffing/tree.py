"""A plan's content as a tree of nodes that can be matched, and taken apart and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

import attrs

from gongkai.comparing.diffing.changes import Path, Subject
from gongkai.errors import InvalidValue
from gongkai.model import Block, Deadline, Paragraph, Plan, Section, Task
from gongkai.model.edits import children, with_children

__all__ = ["SUBJECTS", "Node", "Tree", "check_plan", "lone", "name_of", "own_fields", "spanless"]


def check_plan(owner: str, name: str, value: object) -> None:
    """Refuse what is no plan.

    Raises:
        InvalidValue: it is none.
    """
    if type(value) is not Plan:
        raise InvalidValue(owner, name, value, "a Plan")


B = TypeVar("B", bound=Block)

#: The fields of each class that a change can set; what stands in a block is no field of it.
FIELDS: dict[Subject, tuple[str, ...]] = {
    Subject.SECTION: ("label", "heading"),
    Subject.TASK: ("label", "text", "assignments", "deadlines", "extras"),
    Subject.PARAGRAPH: ("label", "text"),
}

#: What a block is, by its class; the root of a tree stands for the plan.
SUBJECTS: dict[type, Subject] = {
    type(None): Subject.PLAN,
    Section: Subject.SECTION,
    Task: Subject.TASK,
    Paragraph: Subject.PARAGRAPH,
}


class Node:
    """One block in its place. The root of a tree has no block."""

    __slots__ = ("below", "block", "depth", "index", "parent", "path", "subject")

    def __init__(self, block: Block | None, parent: Node | None, path: Path, index: int) -> None:
        self.block = block
        self.parent = parent
        self.path = path
        self.depth = len(path)
        self.index = index
        self.below: list[Node] = []
        self.subject = SUBJECTS[type(block)]

    @property
    def key(self) -> str | None:
        """The key of the section or task."""
        return None if self.block is None or isinstance(self.block, Paragraph) else self.block.key

    @property
    def above(self) -> Node:
        """The node that it stands in; only the root has none, and nobody asks the root."""
        return cast(Node, self.parent)

    def ancestors(self) -> Iterator[Node]:
        """Yield the nodes that it stands in, the innermost first, without the root."""
        node = self.parent
        while node is not None and node.block is not None:
            yield node
            node = node.parent


class Tree:
    """All nodes of a plan: the root, and the others in document order."""

    __slots__ = ("nodes", "plan", "root")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.root = Node(None, None, (), -1)
        self.nodes: list[Node] = []
        self._grow(self.root, plan.content)

    def _grow(self, parent: Node, blocks: Iterable[Block]) -> None:
        for position, block in enumerate(blocks):
            node = Node(block, parent, (*parent.path, position), len(self.nodes))
            self.nodes.append(node)
            parent.below.append(node)
            self._grow(node, children(block))

    def of(self, subject: Subject) -> list[Node]:
        """The nodes of one subject, in document order."""
        return [node for node in self.nodes if node.subject is subject]


def own_fields(block: Block) -> tuple[object, ...]:
    """Everything that a block is, but for what stands in it: equal for blocks that are written alike."""
    subject = SUBJECTS[type(block)]
    return (subject, *[getattr(block, name) for name in FIELDS[subject]])


def lone(block: B) -> B:
    """Return the block without what stands in it."""
    return with_children(block, ()) if children(block) else block


def _unplaced(deadline: Deadline) -> Deadline:
    return deadline if deadline.span is None else attrs.evolve(deadline, span=None)


def spanless(block: B) -> B:
    """Return the block without spans: they mean the source of the plan that it came from."""
    if isinstance(block, Task) and any(deadline.span is not None for deadline in block.deadlines):
        deadlines = [_unplaced(deadline) for deadline in block.deadlines]
        return cast(B, attrs.evolve(block, span=None, deadlines=deadlines))
    return block if block.span is None else attrs.evolve(block, span=None)


def name_of(node: Node, width: int = 24) -> str:
    """Say how a sentence calls a node: its label and its first words; nothing for the plan."""
    block = node.block
    if block is None:
        return ""
    text = "".join((block.heading if isinstance(block, Section) else block.text).split())
    if not text and isinstance(block, Task) and block.parts:
        text = "".join(block.parts[0].text.split())
    label = "".join((block.label or "").split())
    return label + (text if len(text) <= width else text[: width - 1] + "…")
