"""Which block of an edited copy is which block of the draft.

Copies of one draft are alike, so identity comes first: the same words, wherever they went; then words that
are mostly the same; then the number, and the place between two neighbours that are known. Unrelated tasks are
never paired: what they would be is dropped, and added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Final

from gongkai.comparing.diffing.changes import Subject
from gongkai.comparing.diffing.tree import Node, Tree
from gongkai.merging.matching.likeness import Texts, Words
from gongkai.merging.matching.regrouping import find_cut, find_taken
from gongkai.merging.matching.traits import (
    LEAST,
    beside,
    bodies,
    goes_on,
    is_task,
    label_of,
    own,
    said,
    said_once,
    sentences_of,
    text_of,
)
from gongkai.model import Section, Task

__all__ = ["Pairing"]

#: How alike two texts must be anywhere; under one number; and in one place, by how many neighbours are known.
_ALIKE: Final = 0.5
_NUMBERED: Final = 0.3
_NEAR: Final = (0.4, 0.3, 0.2)

#: How much of a text another has to hold for it to be the same, made longer or shorter.
_HELD: Final = 0.8

_Trait = Callable[[Node], Hashable | None]


class Pairing:
    """The pairs of blocks of a draft and a copy, one to one, and what was split or joined.

    Attributes:
        base: the draft.
        copy: the edited copy.
        of_base: the copy's node of each node of the draft that lives on.
        of_copy: the draft's node of each node of the copy that was there.
        splits: the nodes of the copy that a task of the draft was split into, in the order of its words; one
            of them continues it.
        joins: the nodes of the draft that were joined into a task of the copy, in the same manner.
    """

    def __init__(self, base: Tree, copy: Tree) -> None:
        self.base = base
        self.copy = copy
        self.of_base: dict[Node, Node] = {base.root: copy.root}
        self.of_copy: dict[Node, Node] = {copy.root: base.root}
        self.splits: dict[Node, list[Node]] = {}
        self.joins: dict[Node, list[Node]] = {}
        self._pieces: set[Node] = set()
        self._words: dict[Node, Words] = {}
        self._trails: dict[Node, tuple[str, ...]] = {base.root: (), copy.root: ()}
        for tree in (base, copy):
            for node in tree.nodes:
                self._trails[node] = (*self._trails[node.above], text_of(node))
        self._pair_all()

    def _pair_all(self) -> None:
        self._alone(said)  # whatever else is alike, this is; and it is found soon
        same: tuple[_Trait, ...] = (self._all, self._contents, _said_as, self._said_there, said)
        for trait in same:
            self._alone(trait)
        self._along()
        for trait in same:
            self._in_order(trait)
        if self.unpaired(self.base) or self.unpaired(self.copy):
            find_cut(self)
            self._worded()
            self._holders()
            self._numbered()
            self._between()
            self._sharing()
            self._holders()
            find_taken(self)

    def pair(self, base: Node, copy: Node) -> bool:
        """Take two nodes for one; False where one of the two has a partner or is a piece of another."""
        if self.is_paired(base) or self.is_paired(copy):
            return False
        self.of_base[base] = copy
        self.of_copy[copy] = base
        return True

    def is_paired(self, node: Node) -> bool:
        """Tell whether a node has a partner, or is a piece of another."""
        return node in self.of_base or node in self.of_copy or node in self._pieces

    def part(self, node: Node) -> None:
        """Part a node from its partner, if it has one."""
        self._pieces.discard(node)
        for one, other in ((self.of_base, self.of_copy), (self.of_copy, self.of_base)):
            partner = one.pop(node, None)
            if partner is not None:
                del other[partner]

    def reserve(self, nodes: Iterable[Node]) -> None:
        """Take nodes for pieces of others: they get no partner."""
        self._pieces.update(nodes)

    def unpaired(self, tree: Tree) -> list[Node]:
        """Return the nodes of a side that have no partner, and are pieces of nothing."""
        paired = self.of_base if tree is self.base else self.of_copy
        return [node for node in tree.nodes if node not in paired and node not in self._pieces]

    def words_of(self, node: Node) -> Words:
        """Return what a node says, to be compared."""
        found = self._words.get(node)
        if found is None:
            found = self._words[node] = Words(text_of(node))
        return found

    # The same words

    def _all(self, node: Node) -> Hashable | None:
        return own(node), node.key, self._trails[node]

    def _contents(self, node: Node) -> Hashable | None:
        block = node.block
        if not isinstance(block, Task) or not block.text:
            return None
        fields = (block.text, block.assignments, block.deadlines, block.extras)
        return fields, self._trails[node]

    def _said_there(self, node: Node) -> Hashable | None:
        return (node.subject, self._trails[node]) if text_of(node) else None

    def _alone(self, trait: _Trait) -> None:
        """Pair what has a trait that nothing else on its side has."""
        left = self.unpaired(self.base)
        theirs = _grouped(self.unpaired(self.copy), trait) if left else {}
        for shared, found in _grouped(left if theirs else (), trait).items():
            others = theirs.get(shared, [])
            if len(found) == len(others) == 1:
                self.pair(found[0], others[0])

    def _in_order(self, trait: _Trait) -> None:
        """Pair what shares a trait with several, one after the other."""
        left = self.unpaired(self.base)
        theirs = _grouped(self.unpaired(self.copy), trait) if left else {}
        for shared, found in _grouped(left if theirs else (), trait).items():
            for one, other in zip(found, theirs.get(shared, ()), strict=False):
                self.pair(one, other)

    def _along(self) -> None:
        """Pair neighbours that say the same, where their neighbours are paired."""
        if not self.unpaired(self.base) or not self.unpaired(self.copy):
            return
        for step in (1, -1):
            for node in self.base.nodes[::step]:
                copy = self.of_base.get(node)
                if copy is None:
                    continue
                one, other = beside(node, step), beside(copy, step)
                if one is not None and other is not None and said(one) == said(other) is not None:
                    self.pair(one, other)

    # Edited words

    def _worded(self) -> None:
        """Pair what says mostly the same, the most alike first."""
        found: list[tuple[float, int, int, Node, Node]] = []
        copies: defaultdict[Subject, list[Node]] = defaultdict(list)
        for node in self.unpaired(self.copy):
            if text_of(node):
                copies[node.subject].append(node)
        index = {subject: Texts([self.words_of(node) for node in nodes]) for subject, nodes in copies.items()}
        for node in self.unpaired(self.base):
            others = copies.get(node.subject)
            if not text_of(node) or not others:
                continue
            words = self.words_of(node)
            for other in [others[place] for place in index[node.subject].near(words)]:
                score = self._score(node, other)
                if score:
                    found.append((-score, node.index, other.index, node, other))
        for *_, node, other in sorted(found, key=lambda item: item[:3]):
            self.pair(node, other)

    def _score(self, base: Node, copy: Node) -> float:
        """How sure it is that two texts are one; what goes by one number is preferred among equals."""
        words, others = self.words_of(base), self.words_of(copy)
        like = words.like(others)
        if like < _ALIKE:
            short, long = sorted((words, others), key=lambda one: one.size)
            if isinstance(base.block, Section) or short.size < LEAST or short.held_by(long) < _HELD:
                return 0.0
        home = self.of_base.get(base.above) is copy.above
        return like + 0.02 * (base.key == copy.key) + 0.01 * home

    def _numbered(self) -> None:
        """Pair what has one key and number and stands in one place, and says something alike."""
        keys = {node.key: node for node in self.unpaired(self.copy) if node.key is not None}
        for node in self.unpaired(self.base):
            other = None if node.key is None else keys.get(node.key)
            if other is None or other.subject is not node.subject or not text_of(node):
                continue
            there = self.of_base.get(node.above) is other.above and label_of(node) == label_of(other)
            if there and self.words_of(node).like(self.words_of(other)) >= _NUMBERED:
                self.pair(node, other)

    def _sharing(self) -> None:
        """Pair tasks of which a whole sentence is left, that nothing else says."""
        left = [node for node in self.unpaired(self.base) if is_task(node)]
        right = {node for node in self.unpaired(self.copy) if is_task(node)}
        if not left or not right:
            return
        mine, theirs = said_once(self.base), said_once(self.copy)
        found = [
            (-len(each), node.index, other.index, node, other)
            for node in left
            for each in sentences_of(node)
            if each in mine and (other := theirs.get(each)) in right and other is not None
        ]
        for *_, node, other in sorted(found, key=lambda item: item[:3]):
            self.pair(node, other)

    def _between(self) -> None:
        """Pair what stands between two known neighbours, where as much stands there in both."""
        for home, copy in list(self.of_base.items()):
            left, right = _runs(home, self.of_base), _runs(copy, self.of_copy)
            for (before, after), found in left.items():
                ends = self.of_base.get(before, before), self.of_base.get(after, after)
                others = right.get(ends, [])
                sure = (before is not home) + (after is not home)
                if len(found) == len(others):
                    for node, other in zip(found, others, strict=True):
                        if self._may_be_one(node, other, sure, alone=len(found) == 1):
                            self.pair(node, other)

    def _may_be_one(self, node: Node, other: Node, sure: int, *, alone: bool) -> bool:
        """Tell whether two may be one by their place; ``sure`` says how many known neighbours they have."""
        if node.subject is not other.subject:
            return False
        if text_of(node) and text_of(other) and self.words_of(node).like(self.words_of(other)) >= _NEAR[sure]:
            return True
        if not (sure or alone) or not self._same_number(node, other):
            return _same_but_words(node, other) and not (text_of(node) or text_of(other))
        mine, theirs = bodies(node), bodies(other)
        nothing = not (text_of(node) or text_of(other))
        return nothing or not mine or not theirs or not mine.isdisjoint(theirs)

    def _same_number(self, node: Node, other: Node) -> bool:
        """Whether a number is the same, or went on with the number of the neighbour."""
        same = label_of(node) == label_of(other) and node.key == other.key
        return same or goes_on(self.of_base, self.of_copy, node, other)

    # What holds others

    def _holders(self) -> None:
        """Pair sections, and tasks without words, by what stands in them, by heading and by number."""
        votes: Counter[tuple[Node, Node]] = Counter()
        sizes: Counter[Node] = Counter()
        for base, copy in self.of_base.items():
            if base.block is None:
                continue
            home, other = base.above, copy.above
            sizes[home] += 1
            sizes[other] += 1
            if home not in self.of_base and other not in self.of_copy and home.subject is other.subject:
                votes[home, other] += 1
        found: list[tuple[float, int, int, Node, Node]] = []
        for (base, copy), count in votes.items():
            if isinstance(base.block, Task) and (text_of(base) or text_of(copy)):
                continue
            score = count / max(sizes[base], sizes[copy]) + 0.3 * (label_of(base) == label_of(copy))
            if isinstance(base.block, Section):
                score += self.words_of(base).like(self.words_of(copy))
            if score >= 1:
                found.append((-score, base.index, copy.index, base, copy))
        for *_, base, copy in sorted(found, key=lambda item: item[:3]):
            self.pair(base, copy)
        self._in_order(self._named_there)

    def _named_there(self, node: Node) -> Hashable | None:
        """What holds others goes by its name, in the section that it stands in."""
        home = node.above if node.above in self.of_base else self.of_copy.get(node.above)
        if isinstance(node.block, Section) and node.block.heading:
            return home and (node.subject, node.block.heading, home.index)
        return None if text_of(node) or home is None else (node.subject, own(node), home.index)


def _same_but_words(node: Node, other: Node) -> bool:
    one, two = node.block, other.block
    if not isinstance(one, Task) or not isinstance(two, Task):
        return False
    return (one.assignments, one.deadlines, one.extras) == (two.assignments, two.deadlines, two.extras)


def _said_as(node: Node) -> Hashable | None:
    return (node.subject, text_of(node), node.key) if text_of(node) else None


def _grouped(nodes: Iterable[Node], trait: _Trait) -> dict[Hashable, list[Node]]:
    groups: defaultdict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        shared = trait(node)
        if shared is not None:
            groups[shared].append(node)
    return groups


def _runs(home: Node, paired: dict[Node, Node]) -> dict[tuple[Node, Node], list[Node]]:
    """Return what is unpaired in a place, by the paired neighbours around it; the place itself is an end."""
    found: dict[tuple[Node, Node], list[Node]] = {}
    before, run = home, list[Node]()
    for node in home.below:
        if node in paired:
            if run:
                found[before, node] = run
            before, run = node, []
        else:
            run.append(node)
    if run:
        found[before, home] = run
    return found
