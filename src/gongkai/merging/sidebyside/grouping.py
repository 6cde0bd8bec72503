"""Grouping by pairwise evidence, so that no chain of pairs makes one group of everything.

Where A is like B and B is like C, A need not be like C: the closure of many such pairs is one giant group.
Average linkage does not chain: two groups become one only where what speaks for the pairs between them, on
average over *all* these pairs, is enough.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

__all__ = ["Pair", "group"]

Pair: TypeAlias = tuple[int, int]
"""Two items by their positions, the smaller one first."""

#: Two items of one plan are never compared, and plans seldom say a thing twice: such a pair counts as half a
#: pair without evidence.
_SAME_PLAN: Final = 0.5


def group(
    plans: Sequence[int],
    evidence: Mapping[Pair, float],
    enough: float,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    once: bool = False,
) -> list[list[int]]:
    """Put items into groups; the same items in the same order always give the same groups.

    Near-linear in the number of pairs with evidence.

    Args:
        plans: for each item, of which plan it is.
        evidence: how strongly it speaks for two items that they belong together, from 0 to 1.
        enough: the average evidence between two groups from which on they become one.
        together: pairs that are in one group, whatever speaks against it but ``apart``.
        apart: pairs that are never in one group, not even by way of others.
        once: whether a group has at most one item of a plan.

    Returns:
        The groups, each with its items in order, in the order of their first items.

    >>> from gongkai.merging.sidebyside.grouping import group
    >>> chain = {(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9}
    >>> group([0, 1, 2, 3], chain, 0.5)
    [[0, 1], [2, 3]]
    >>> group([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.3}, 0.5)
    [[0, 1, 2]]
    """
    grouping = _Grouping(plans, evidence, once=once)
    grouping.keep_apart(apart)
    for one, other in sorted(together):
        grouping.join(one, other)
    grouping.run(enough)
    return sorted(grouping.members.values())


_Entry: TypeAlias = tuple[float, int, int, int, int]
"""Two groups that may become one: the less evidence the later, their names, and how often each has grown."""


class _Grouping:
    """Groups under way, each named by its first item."""

    def __init__(self, plans: Sequence[int], evidence: Mapping[Pair, float], *, once: bool) -> None:
        self._once = once
        self.members = {item: [item] for item in range(len(plans))}
        self._counts = {item: Counter((plan,)) for item, plan in enumerate(plans)}
        self._sums: dict[int, dict[int, float]] = {item: {} for item in self.members}
        self._apart: dict[int, set[int]] = {item: set() for item in self.members}
        self._age = dict.fromkeys(self.members, 0)
        self._head = list(range(len(plans)))
        for (one, other), strength in sorted(evidence.items()):
            self._sums[one][other] = self._sums[other][one] = strength

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        for one, other in pairs:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        """Make one group of those that two items are in, unless something keeps these apart."""
        first, second = sorted((self._head[one], self._head[other]))
        if first != second and second not in self._apart[first]:
            self._merge(first, second)

    def run(self, enough: float) -> None:
        """Make one group of the two with most evidence between them, again and again."""
        waiting: list[_Entry] = []
        for one, others in self._sums.items():
            for other in others:
                if one < other:
                    self._offer(one, other, enough, waiting)
        while waiting:
            _, one, other, *ages = heapq.heappop(waiting)
            if [self._age.get(one), self._age.get(other)] == ages:
                self._merge(one, other)
                for third in self._sums[one]:
                    self._offer(min(one, third), max(one, third), enough, waiting)

    def _offer(self, one: int, other: int, enough: float, waiting: list[_Entry]) -> None:
        """Put two groups among those that may become one, if evidence is enough and nothing against it."""
        mine, others = self._counts[one], self._counts[other]
        shorter, longer = (mine, others) if len(mine) < len(others) else (others, mine)
        of_one_plan = sum([count * longer[plan] for plan, count in shorter.items() if plan in longer])
        if other in self._apart[one] or (self._once and of_one_plan):
            return
        pairs = len(self.members[one]) * len(self.members[other]) - (1 - _SAME_PLAN) * of_one_plan
        mean = self._sums[one][other] / pairs
        if mean >= enough:
            heapq.heappush(waiting, (-mean, one, other, self._age[one], self._age[other]))

    def _merge(self, one: int, other: int) -> None:
        """Put the second group into the first."""
        moved = self.members.pop(other)
        self.members[one] = sorted([*self.members[one], *moved])
        self._counts[one] += self._counts.pop(other)
        for item in moved:
            self._head[item] = one
        mine = self._sums[one]
        for third, strength in self._sums.pop(other).items():
            del self._sums[third][other]
            if third != one:
                mine[third] = self._sums[third][one] = mine.get(third, 0.0) + strength
        for third in self._apart.pop(other):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)
        self._age[one] += 1
        del self._age[other]
