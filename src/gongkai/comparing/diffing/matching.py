"""Which block of one plan continues which block of the other: one to one, across the whole tree.

Tasks with text follow the alignment. What holds tasks follows what it holds: a section is the one that most
of its tasks came from. Empty sections and paragraphs follow their words and their place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from gongkai.comparing.alignment.links import Link
from gongkai.comparing.alignment.wording import similarity
from gongkai.comparing.diffing.changes import Subject
from gongkai.comparing.diffing.tree import Node, Tree, own_fields
from gongkai.comparing.succession import in_precedence
from gongkai.model import Paragraph, Section, Task

__all__ = ["Matching"]

#: The least that votes, heading and label together must give two sections: some of the tasks under one
#: heading do, or most of the tasks under two.
_LEAST: Final = 0.55
_HEADING: Final = 0.5
_LABEL: Final = 0.2

#: For how many levels above it a task votes; plans have four or five.
_LEVELS: Final = 8

#: How alike two paragraphs or headings of one place must be to be one reworded.
_ALIKE: Final = 0.5

#: How many pairs of leftover paragraphs of one place are compared; beyond it they are taken as others.
_PAIRS: Final = 400


class Matching:
    """The pairs of nodes, found once and read by everybody."""

    def __init__(self, old: Tree, new: Tree, links: Iterable[Link]) -> None:
        self.old = old
        self.new = new
        self.links = tuple(links)
        self.of_old: dict[Node, Node] = {old.root: new.root}
        self.of_new: dict[Node, Node] = {new.root: old.root}
        self.spare: list[tuple[Link, Node, Node]] = []
        self.link_of: dict[Node, Link] = {}
        self._tasks()
        self._holders()
        self._in_place()

    def _pair(self, old: Node, new: Node) -> bool:
        if old in self.of_old or new in self.of_new:
            return False
        self.of_old[old] = new
        self.of_new[new] = old
        return True

    def _tasks(self) -> None:
        """Pair tasks by their links, the surest first; links that pair nobody tell of splits and mergers."""
        left = {node.key: node for node in self.old.nodes if isinstance(node.block, Task)}
        right = {node.key: node for node in self.new.nodes if isinstance(node.block, Task)}
        found = [(link, left.get(link.old.key), right.get(link.new.key)) for link in self.links]
        known = [(link, old, new) for link, old, new in found if old is not None and new is not None]
        order = in_precedence([(link, old.index, new.index) for link, old, new in known])
        for link, old, new in [known[place] for place in order]:
            if self._pair(old, new):
                self.link_of[old] = link
            else:
                self.spare.append((link, old, new))

    def _holders(self) -> None:
        """Pair sections, and tasks that only hold parts, by what they hold, by heading and label."""
        votes: Counter[tuple[Node, Node]] = Counter()
        sizes: Counter[Node] = Counter()
        for old, new in [(old, new) for old, new in self.of_old.items() if old.block is not None]:
            above = [(node, _vote(node, new)) for node in _around(new) if node not in self.of_new]
            for node, vote in above:
                sizes[node] += vote
            for holder in _around(old):
                if holder in self.of_old:
                    continue
                vote = _vote(holder, old)
                sizes[holder] += vote
                for node, other in above:
                    if _may_be_one(holder, node):
                        votes[holder, node] += min(vote, other)
        scored = [
            (-votes[pair] / max(sizes[pair[0]], sizes[pair[1]]) - _likeness(*pair), *pair) for pair in votes
        ]
        scored.sort(
            key=lambda item: (item[0], abs(item[1].depth - item[2].depth), item[1].index, item[2].index)
        )
        for score, old, new in scored:
            if -score >= _LEAST:
                self._pair(old, new)

    def _in_place(self) -> None:
        """Pair what is left, place by place from the top, then wherever it went."""
        self._alike(self.old.nodes, self.new.nodes, _written)
        waiting = [self.old.root]
        while waiting:
            holder = waiting.pop()
            below = self.of_old[holder].below
            self._alike(holder.below, below, _named)
            self._similar(holder.below, below)
            waiting.extend(node for node in holder.below if node in self.of_old and self.of_old[node].parent)
        self._alike(self.old.nodes, self.new.nodes, _named)

    def _alike(
        self, old: Iterable[Node], new: Iterable[Node], trait: Callable[[Node], Hashable | None]
    ) -> None:
        """Pair nodes that agree in a trait: first those whose holders are paired, then the rest, in order."""
        groups: defaultdict[Hashable, tuple[list[Node], list[Node]]] = defaultdict(lambda: ([], []))
        for side, nodes, paired in ((0, old, self.of_old), (1, new, self.of_new)):
            for node in nodes:
                if node not in paired and (shared := trait(node)) is not None:
                    groups[shared][side].append(node)
        for left, right in groups.values():
            homes: defaultdict[Node, list[Node]] = defaultdict(list)
            for node in reversed(right):
                homes[node.above].append(node)
            for node in left:
                home = homes.get(self.of_old.get(node.above, node))
                if home:
                    self._pair(node, home.pop())
            rest = (node for node in right if node not in self.of_new)
            for node in left:
                if node not in self.of_old and (other := next(rest, None)) is not None:
                    self._pair(node, other)

    def _similar(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Pair sections and paragraphs of one place that are worded alike."""
        for subject in (Subject.SECTION, Subject.PARAGRAPH):
            left = [node for node in old if node.subject is subject and node not in self.of_old]
            right = [node for node in new if node.subject is subject and node not in self.of_new]
            if not left or not right or len(left) * len(right) > _PAIRS:
                continue
            scored = [
                (-similarity(_words(one), _words(other)), one, other) for one in left for other in right
            ]
            scored.sort(key=lambda item: (item[0], item[1].index, item[2].index))
            for score, one, other in scored:
                if -score >= _ALIKE:
                    self._pair(one, other)


def _around(node: Node) -> Iterator[Node]:
    """Yield what a node votes for: the sections and tasks that it stands in."""
    return islice(node.ancestors(), _LEVELS)


def _vote(holder: Node, node: Node) -> int:
    """What stands in a section itself says more of it than what stands in the sections below."""
    return 2 if node.parent is holder else 1


def _may_be_one(old: Node, new: Node) -> bool:
    """Two holders of one class; of two tasks with text the alignment has said that they are not one."""
    if isinstance(old.block, Task) and isinstance(new.block, Task):
        return not (old.block.text.strip() and new.block.text.strip())
    return old.subject is new.subject


def _words(node: Node) -> str:
    block = node.block
    if isinstance(block, Section):
        return block.heading
    return block.text if block is not None else ""


def _written(node: Node) -> Hashable | None:
    """What a paragraph says, all of it."""
    return own_fields(node.block) if isinstance(node.block, Paragraph) else None


def _named(node: Node) -> Hashable | None:
    """What a section, a task without text, or a paragraph goes by."""
    block = node.block
    if isinstance(block, Section):
        return ("section", block.heading or block.label)
    if isinstance(block, Task):
        return None if block.text.strip() else ("task", block.label)
    return ("paragraph", block.text) if block is not None else None


def _likeness(old: Node, new: Node) -> float:
    """How far heading and label say that two holders are one."""
    a, b = old.block, new.block
    same_label = _LABEL * (a is not None and b is not None and a.label is not None and a.label == b.label)
    if isinstance(a, Section) and isinstance(b, Section):
        return _HEADING * similarity(a.heading, b.heading) + same_label
    return same_label
