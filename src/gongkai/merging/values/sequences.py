"""Order: one list made of a base and several copies that dropped, added and moved items.

What nobody moved keeps its place in the base. What a copy moved or added stands behind what stood before it
in that copy, in the gap between two items that stayed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Arranged", "arrange", "staying", "together"]

T = TypeVar("T", bound=Hashable)

#: Between which items of the base something stands: behind the first position, at the latest behind the last.
Gap = tuple[int, int]


class Arranged(NamedTuple, Generic[T]):
    """An order, and what copies disagree about: each item with the copies that moved it to several places."""

    order: list[T]
    clashes: dict[T, dict[int, Gap]]
    moved: dict[T, dict[int, Gap]]


def staying(numbers: Sequence[int], favoured: Sequence[bool]) -> set[int]:
    """Return the places of a longest ascending run; of two as long, one with more favoured numbers.

    >>> sorted(staying([1, 0], [True, False])), sorted(staying([1, 0], [False, True]))
    ([0], [1])
    """
    if all(numbers[place - 1] < numbers[place] for place in range(1, len(numbers))):
        return set(range(len(numbers)))
    ranks = {number: rank for rank, number in enumerate(sorted(numbers), 1)}
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(numbers) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    for place, number in enumerate(numbers):
        rank = ranks[number]
        length, bonus, last = _highest(best, rank - 1)
        before.append(last)
        entry = (length + 1, bonus + favoured[place], place)
        at = rank
        while at < len(best):
            best[at] = max(best[at], entry, key=_worth)
            at += at & -at
    place = _highest(best, len(numbers))[2]
    found: set[int] = set()
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _worth(entry: tuple[int, int, int]) -> tuple[int, int]:
    return entry[0], entry[1]


def _highest(best: Sequence[tuple[int, int, int]], at: int) -> tuple[int, int, int]:
    found = (0, 0, -1)
    while at > 0:
        found = max(found, best[at], key=_worth)
        at &= at - 1
    return found


def arrange(base: Sequence[T], copies: Mapping[int, Sequence[T]], members: Iterable[T]) -> Arranged[T]:
    """Put the members in order.

    Args:
        base: the items as they stood, those that are no members any more as well.
        copies: the items of each copy that has a say, in its order; only the items it speaks for.
        members: what is to be in the result. A member that two copies moved to different places, and that
            neither stood in the base, goes where the first of them has it.

    >>> arrange("abc", {1: "bca", 2: "axbc"}, "abcx").order
    ['x', 'b', 'c', 'a']
    >>> arrange("abcd", {1: "bcad", 2: "bcda"}, "abcd").clashes
    {'a': {1: (2, 2), 2: (3, 3)}}
    """
    index = {item: place for place, item in enumerate(base)}
    stable = _stable(index, copies)
    asked: dict[T, dict[int, Gap]] = {}
    for copy, items in copies.items():
        for item, gap in _gaps(items, index, stable[copy], len(base)):
            asked.setdefault(item, {})[copy] = gap
    wanted = set(members)
    clashes: dict[T, dict[int, Gap]] = {}
    gap_of: dict[T, int] = {}
    for item, gaps in asked.items():
        if item not in wanted:
            continue
        low = max(gap[0] for gap in gaps.values())
        if low > min(gap[1] for gap in gaps.values()):
            clashes[item] = gaps
            if item in index:
                continue
            low = next(iter(gaps.values()))[0]
        gap_of[item] = low
    order = _laid_out(base, copies, wanted, gap_of, asked)
    return Arranged(order, clashes, {item: gaps for item, gaps in asked.items() if item in index})


def _stable(index: Mapping[T, int], copies: Mapping[int, Sequence[T]]) -> dict[int, set[T]]:
    """Which items each copy left in their order; of two that changed places, the one that others moved."""
    common = {copy: [item for item in items if item in index] for copy, items in copies.items()}
    places = {copy: [index[item] for item in items] for copy, items in common.items()}
    first = {copy: staying(numbers, [False] * len(numbers)) for copy, numbers in places.items()}
    moved = {
        copy: {item for place, item in enumerate(items) if place not in first[copy]}
        for copy, items in common.items()
    }
    if sum(map(bool, moved.values())) < 2:
        return {copy: set(items) - moved[copy] for copy, items in common.items()}
    found: dict[int, set[T]] = {}
    for copy, items in common.items():
        others = {item for other, each in moved.items() if other != copy for item in each}
        kept = staying(places[copy], [item in others for item in items])
        found[copy] = {item for place, item in enumerate(items) if place in kept}
    return found


def _gaps(items: Sequence[T], index: Mapping[T, int], stable: set[T], size: int) -> Iterable[tuple[T, Gap]]:
    """Yield what a copy moved or added, and where: behind which position of the base, at the latest which."""
    after = [size - 1] * (len(items) + 1)
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        after[place] = index[item] - 1 if item in stable else after[place + 1]
    low = -1
    for place, item in enumerate(items):
        if item in stable:
            low = index[item]
        else:
            yield item, (low, after[place])


def _laid_out(
    base: Sequence[T],
    copies: Mapping[int, Sequence[T]],
    wanted: set[T],
    gap_of: Mapping[T, int],
    asked: Mapping[T, Mapping[int, Gap]],
) -> list[T]:
    filling: dict[int, list[list[T]]] = {}
    for copy, items in copies.items():
        runs: dict[int, list[T]] = {}
        for item in items:
            if item in gap_of and copy in asked[item]:
                runs.setdefault(gap_of[item], []).append(item)
        for gap, run in runs.items():
            filling.setdefault(gap, []).append(run)
    order = together(filling.get(-1, ()))
    for place, item in enumerate(base):
        if item in wanted and item not in gap_of:
            order.append(item)
        if place in filling:
            order += together(filling[place])
    return order


def together(runs: Sequence[Sequence[T]]) -> list[T]:
    """Make one list of several: what two have in common is there once, the first decides its order.

    >>> together(["pq", "rq", "s"])
    ['p', 'r', 'q', 's']
    """
    if not runs:
        return []
    order = list(dict.fromkeys(runs[0]))
    for run in runs[1:]:
        known = set(order)
        pending: list[T] = []
        before: dict[T, list[T]] = {}
        for item in dict.fromkeys(run):
            if item in known:
                if pending:
                    before.setdefault(item, []).extend(pending)
                    pending = []
            else:
                pending.append(item)
        if before:
            order = [each for item in order for each in (*before.get(item, ()), item)]
        order += pending
    return order
