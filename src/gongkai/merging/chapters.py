"""Which chapters of several plans are one, and where in the table each matter stands."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, TypeAlias

from gongkai.comparing.wording import folded, similarity
from gongkai.merging.entries import Entry
from gongkai.merging.grouping import group

__all__ = ["chapters"]

#: From which likeness on, on average, the chapters of several plans are one: of their headings, or of what
#: they hold, whichever is more.
_ALIKE: Final = 0.4

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
    held: defaultdict[int, set[int]] = defaultdict(set)
    for number, members in enumerate(groups):
        for chapter in {of[entry] for entry in members}:
            if len({of[entry][0] for entry in members}) > 1:
                held[place[chapter]].add(number)
    evidence: dict[tuple[int, int], float] = {}
    for one in range(len(listed)):
        for other in range(one + 1, len(listed)):
            (mine, heading), (theirs, another) = listed[one], listed[other]
            if mine == theirs or not heading or not another:
                continue
            shared = len(held[one] & held[other])
            total = len(held[one]) + len(held[other])
            likeness = max(_likeness(heading, another), 2 * shared / total if total else 0.0)
            if likeness:
                evidence[one, other] = likeness
    found = group([plan for plan, _ in listed], evidence, _ALIKE, once=True)
    return [[listed[number] for number in members] for members in found]


def _heading(members: Sequence[_Chapter]) -> str:
    """Return the heading that is most like the others."""
    headings = [heading for _, heading in members]
    return min(
        headings,
        key=lambda heading: (-sum([_likeness(heading, other) for other in headings]), len(heading), heading),
    )


def _likeness(one: str, other: str) -> float:
    return similarity(folded(one), folded(other))
