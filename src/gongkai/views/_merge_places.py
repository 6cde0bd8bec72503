"""Where the blocks of a merge stand: their order, their numbers, which came out of which."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from gongkai.comparing.diffing.kinds import ChangeKind, Subject
from gongkai.comparing.diffing.tree import Node, Tree, name_of
from gongkai.merging import Merge, Where, align_copy
from gongkai.model import Paragraph
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["Places"]


class Places:
    """The places of the blocks of one merge."""

    def __init__(self, merge: Merge, say: Words) -> None:
        self._merge = merge
        self._say = say
        self._base, self._plan = Tree(merge.base), Tree(merge.plan)
        self._of_base = {node.key: node for node in self._base.nodes if node.key is not None}
        self._of_plan = {node.key: node for node in self._plan.nodes if node.key is not None}
        self._named = {name_of(node): node.index for node in reversed(self._plan.nodes)}

    @cached_property
    def _links(self) -> list[tuple[str, str]]:
        links = align_copy(self._merge.base, self._merge.plan)
        return [(link.old.key or "", link.new.key or "") for link in links]

    @cached_property
    def _before(self) -> dict[str, int]:
        """For the key of a block of the draft, where what stood before it is in the merged plan."""
        now = {old: self._of_plan[new].index for old, new in self._links if new in self._of_plan}
        found: dict[str, int] = {}
        last = -1
        for node in self._base.nodes:
            if node.key is not None:
                last = now.get(node.key, last)
                found[node.key] = last
        return found

    def order(self, where: Where) -> tuple[int, int]:
        """Where it comes: in the order of the merged plan, what is gone behind what stood before it."""
        if where.subject is Subject.PLAN:
            return -2, 0
        if where.key in self._of_plan:
            return self._of_plan[where.key].index, 0
        if where.base_key in self._of_base:
            return self._before[where.base_key or ""], 1
        if where.name in self._named:
            return self._named[where.name], 0
        return self._named.get(where.section[-1], len(self._plan.nodes)) if where.section else -1, 1

    def trail(self, where: Where) -> tuple[str, ...]:
        """The headings that it stands below; one that says so for the document's own fields."""
        if where.subject is Subject.PLAN:
            return (self._say["merge.document"],)
        return tuple(map(clean, where.section))

    def labels(self, where: Where) -> tuple[str, ...]:
        """Its number in the draft, and in the merged plan where that is another."""
        sides = ((self._of_base, where.base_key), (self._of_plan, where.key))
        return tuple(dict.fromkeys([_label(nodes[key]) for nodes, key in sides if key in nodes]))

    def name(self, where: Where) -> str:
        """Its first words, without its number."""
        sides = ((self._of_base, where.base_key), (self._of_plan, where.key))
        name = clean(where.name)
        for nodes, key in sides:
            block = nodes[key].block if key in nodes else None
            label = "".join((getattr(block, "label", "") or "").split())
            if label and name.startswith(clean(label)):
                return name.removeprefix(clean(label))
        return name

    def kin(self, where: Where, change: ChangeKind) -> str:
        """Of what was split off, what it came from; of what was joined to another, where it went."""
        if change is ChangeKind.SPLIT:
            keys = [old for old, new in self._links if new == where.key]
            nodes, words = self._of_base, "merge.from"
        elif change is ChangeKind.MERGED:
            keys = [new for old, new in self._links if old == where.base_key]
            nodes, words = self._of_plan, "merge.to"
        else:
            return ""
        told = "、".join(dict.fromkeys([_label(nodes[key]) for key in keys if key in nodes]))
        return self._say[words].format(keys=told) if told else ""

    def bodies(self, where: Where) -> Iterator[str]:
        """The departments of the block, in the draft and in the merged plan."""
        sides = ((self._of_base, where.base_key), (self._of_plan, where.key))
        for nodes, key in sides:
            block = nodes[key].block if key in nodes else None
            for held in getattr(block, "assignments", ()):
                yield from held.names


def _label(node: Node) -> str:
    block = node.block
    label = "" if block is None or isinstance(block, Paragraph) else clean(block.label or "")
    return label.rstrip(".．、,，") or clean(node.key or "")
