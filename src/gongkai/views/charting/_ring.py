"""The responsibility network of a plan: departments in a ring, curves between those that share tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import hypot, sqrt
from typing import Final, final

from attrs import frozen

from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.model import Plan, Role
from gongkai.views._text import clean

__all__ = ["Knot", "Ring", "Strand", "curve_of", "ring_of"]

#: A task that so many bodies share says little of any two of them, and would hide the others.
_CROWD: Final = 30

#: How many points a curve has, and how many curves can be told apart.
_POINTS: Final = 10
_MOST: Final = 240

#: A line of text, the smallest radius of the ring, the room for names beside it and that of one below it.
_STEP: Final = 20
_SMALL: Final = 130
_NAMES: Final = 210
_BELOW: Final = 175


@final
@frozen
class Knot:
    """One department.

    Attributes:
        name: its name.
        x: where it stands, from the left.
        y: where it stands, from the top.
        right: whether its name stands at its right.
        tasks: in how many tasks it has a role.
        leads: in how many it leads.
        partners: with how many others it shares tasks.
    """

    name: str
    x: float
    y: float
    right: bool
    tasks: int
    leads: int
    partners: int


@final
@frozen
class Strand:
    """Two departments that share tasks.

    Attributes:
        one: the name of the first; where one of them leads more of the tasks than the other, of that one.
        other: the name of the second.
        tasks: how many tasks they share.
        led: in how many of them one of the two leads and the other does not.
    """

    one: str
    other: str
    tasks: int
    led: int


@final
@frozen
class Ring:
    """The network.

    Attributes:
        knots: the departments, around the ring from the top, then those that share no task, below it.
        strands: who shares tasks with whom, those with fewest in common first.
        rest: how many departments are left out.
        faint: how many pairs are left out, with as many tasks in common as the first that is drawn, or fewer.
        middle: where the middle of the ring is.
        size: how wide and how high the picture is.
        below: where those begin that share no task; None where there are none.
    """

    knots: tuple[Knot, ...]
    strands: tuple[Strand, ...]
    rest: int
    faint: int
    middle: tuple[float, float]
    size: tuple[float, float]
    below: float | None


def ring_of(plan: Plan, limit: int | None) -> Ring:
    """Lay the departments of a plan out; who shares tasks stands close, so that the curves are short.

    Args:
        plan: the plan.
        limit: how many departments are kept, those with most tasks; None for all.
    """
    tasks: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    groups: list[tuple[set[str], set[str]]] = []
    for task, _ in finest_tasks(plan):
        held = {clean(name) for item in task.assignments for name in item.names}
        led = {clean(name) for item in task.assignments if item.role is Role.LEAD for name in item.names}
        tasks.update(sorted(held))
        leads.update(sorted(led))
        groups.append((held, led))
    ordered = [name for name, _ in tasks.most_common()]
    kept = ordered if limit is None else ordered[:limit]
    every = _strands(groups, set(kept))
    strands = every[-_MOST:]
    partners: Counter[str] = Counter()
    for strand in every:
        partners.update([strand.one, strand.other])
    linked = _around([name for name in kept if partners[name]], strands)
    alone = [name for name in kept if not partners[name]]
    radius = max(_SMALL, _STEP * ((len(linked) + 1) // 2) / 2) if linked else 0
    middle = (_NAMES + radius, radius + _STEP / 2)
    width = 2 * middle[0]
    places = [*_spots(len(linked), radius, middle), *_rows(len(alone), width, 2 * middle[1])]
    knots = [
        Knot(name, *place, tasks[name], leads[name], partners[name])
        for name, place in zip([*linked, *alone], places, strict=True)
    ]
    bottom = max([2 * middle[1], *[knot.y + _STEP for knot in knots]])
    below = 2 * middle[1] + _STEP if alone else None
    rest, faint = len(ordered) - len(kept), len(every) - len(strands)
    return Ring(tuple(knots), strands, rest, faint, middle, (width, bottom), below)


def _strands(groups: Sequence[tuple[set[str], set[str]]], kept: set[str]) -> tuple[Strand, ...]:
    shared: Counter[tuple[str, str]] = Counter()
    led: Counter[tuple[str, str]] = Counter()
    for held, leading in groups:
        if len(held) > _CROWD:
            continue
        for one, other in combinations(sorted(held & kept), 2):
            shared[one, other] += 1
            if (one in leading) is not (other in leading):
                led[(one, other) if one in leading else (other, one)] += 1
    found: list[Strand] = []
    for (one, other), number in shared.items():
        forth, back = led[one, other], led[other, one]
        first, second = (one, other) if forth >= back else (other, one)
        found.append(Strand(first, second, number, forth + back))
    return tuple(sorted(found, key=lambda strand: (strand.tasks, strand.one, strand.other)))


def _around(names: Sequence[str], strands: Sequence[Strand]) -> list[str]:
    """Order departments so that those with most tasks in common are neighbours: chains that grow and join."""
    chains: dict[str, list[str]] = {name: [name] for name in names}
    for strand in reversed(strands):
        one, other = chains[strand.one], chains[strand.other]
        if one is other or strand.one not in (one[0], one[-1]) or strand.other not in (other[0], other[-1]):
            continue
        if one[-1] != strand.one:
            one.reverse()
        if other[0] != strand.other:
            other.reverse()
        one += other
        for name in other:
            chains[name] = one
    found = {id(chain): chain for chain in (chains[name] for name in names)}
    return [name for chain in found.values() for name in chain]


def _spots(number: int, radius: float, middle: tuple[float, float]) -> list[tuple[float, float, bool]]:
    """Places on a ring, down on the right and up on the left, as far from each other as lines of text."""
    right = (number + 1) // 2
    found: list[tuple[float, float, bool]] = []
    for count, side in ((right, 1), (number - right, -1)):
        heights = [-1 + (2 * place + 1) / count for place in range(count)]
        places = [
            (middle[0] + side * radius * sqrt(1 - height * height), middle[1] + radius * height, side > 0)
            for height in heights
        ]
        found += places if side > 0 else places[::-1]
    return found


def _rows(number: int, width: float, top: float) -> list[tuple[float, float, bool]]:
    """Places in rows below the ring."""
    across = max(1, int(width // _BELOW))
    rows = [divmod(place, across) for place in range(number)]
    return [(10 + column * _BELOW, top + _STEP * (2.2 + row * 1.1), True) for row, column in rows]


def curve_of(ring: Ring, one: Knot, other: Knot) -> list[tuple[float, float]]:
    """The points of the curve between two departments, which bends more the farther they are apart."""
    cx, cy = ring.middle
    radius = max(cy - _STEP / 2, 1)
    apart = hypot(one.x - other.x, one.y - other.y) / radius
    pull = max(0.15, 1 - 0.7 * apart)
    bend = (
        cx + ((one.x + other.x) / 2 - cx) * pull,
        cy + ((one.y + other.y) / 2 - cy) * pull,
    )
    found: list[tuple[float, float]] = []
    for step in range(_POINTS + 1):
        t = step / _POINTS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((a * one.x + b * bend[0] + c * other.x, a * one.y + b * bend[1] + c * other.y))
    return found
