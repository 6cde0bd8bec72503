"""Which chapters of several plans are one, and where in the table each matter stands."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, TypeAlias

from gongkai.comparing.alignment.wording import folded, similarity
from gongkai.merging.sidebyside.entries import Entry
from gongkai.merging.sidebyside.grouping import Pair, group

__all__ = ["chapters"]

#: From which likeness on, on average, the chapters of several plans are one: of their headings, or of what
#: they hold, whichever is more.
_ALIKE: Final = 0.4

#: Plans have ten chapters each. With more than so many in all, only those that are called the same are looked
#: at.
_MANY: Final = 400

_Chapter: TypeAlias = tuple[int, str]
"""The position of a plan, and the heading of a chapter in it."""

Rank: TypeAlias = tuple[float, int, float, int]


def chapters(entries: Sequence[Entry], groups: Sequence[Sequence[int]]) -> tuple[list[str], list[Rank]]:
    """Return for each group the heading that it stands below, and what orders it among the others.

    A group stands where most of its tasks do. Chapters come in the order in which they stand in their plans
    on average, and so do the groups in each.
    """
    of = [(entry.plan, "".join(entry.chapter.heading.split()) if entry.chapter else "") for entry in entries]
    listed = list(dict.fromkeys(of))
    alike = _alike(listed, of, groups)
    home = {chapter: number for number, members in enumerate(alike) for chapter in members}
    places: defaultdict[int, list[float]] = defaultdict(list)
    for entry, chapter in zip(entries, of, strict=True):
        places[home[chapter]].append(entry.place)
    middle = {number: math.fsum(found) / len(found) for number, found in places.items()}
    names = [_heading(members) for members in alike]
    sections: list[str] = []
    ranks: list[Rank] = []
    for number, members in enumerate(groups):
        counts = Counter([home[of[entry]] for entry in members])
        chosen = min(counts, key=lambda chapter: (-counts[chapter], middle[chapter], chapter))
        place = math.fsum([entries[entry].place for entry in members]) / len(members)
        sections.append(names[chosen])
        ranks.append((round(middle[chosen], 9), chosen, round(place, 9), number))
    return sections, ranks


def _alike(
    listed: Sequence[_Chapter], of: Sequence[_Chapter], groups: Sequence[Sequence[int]]
) -> list[list[_Chapter]]:
    """Group chapters by their headings and by the matters that they have in common."""
    place = {chapter: number for number, chapter in enumerate(listed)}
    held: Counter[int] = Counter()
    shared: Counter[Pair] = Counter()
    for members in groups:
        chapters = sorted({place[of[entry]] for entry in members})
        if len({listed[chapter][0] for chapter in chapters}) > 1:
            held.update(chapters)
            shared.update(combinations(chapters, 2))
    evidence = {
        (one, other): 2 * number / (held[one] + held[other]) for (one, other), number in shared.items()
    }
    for one, other in _headed_alike(listed):
        likeness = _likeness(listed[one][1], listed[other][1])
        evidence[one, other] = max(likeness, evidence.get((one, other), 0.0))
    good = {
        (one, other): likeness
        for (one, other), likeness in evidence.items()
        if listed[one][0] != listed[other][0] and listed[one][1] and listed[other][1]
    }
    found = group([plan for plan, _ in listed], good, _ALIKE, once=True)
    return [[listed[number] for number in members] for members in found]


def _headed_alike(listed: Sequence[_Chapter]) -> Iterator[Pair]:
    """Yield the pairs whose headings are worth a look: all, or of very many those that are the same."""
    if len(listed) <= _MANY:
        yield from combinations(range(len(listed)), 2)
        return
    same: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, heading) in enumerate(listed):
        same[folded(heading)].append(number)
    for numbers in same.values():
        yield from combinations(numbers[:_MANY], 2)


def _heading(members: Sequence[_Chapter]) -> str:
    """Return the heading that is most like the others."""
    headings = [heading for _, heading in members]
    return min(
        headings,
        key=lambda heading: (-sum([_likeness(heading, other) for other in headings]), len(heading), heading),
    )


def _likeness(one: str, other: str) -> float:
    return similarity(folded(one), folded(other))
