"""Who answers for a task: departments one by one, each with its roles.

Edits of different departments of one task are all made. A department that is given two roles, or dropped here
and given another role there, is contested. One body under two names is one department.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import attrs

from gongkai.comparing.relations import Tell
from gongkai.merging.outcome.results import Region, Suggestion, Voice
from gongkai.merging.values.contests import Contest, Merger, Pick, Unit, Verdict
from gongkai.merging.values.mergers import list_of, settle
from gongkai.merging.values.strategies import highest
from gongkai.model import Assignment, Department, Role

__all__ = ["departments_merger"]

#: An assignment among those of its role: the role, and which of them it is.
_Group = tuple[Role, int]


class _Side(NamedTuple):
    """The assignments of the base or of a copy."""

    groups: dict[_Group, Assignment]
    places: dict[str, tuple[_Group, ...]]
    bodies: dict[str, Department]

    def names(self, group: _Group, called: dict[str, str]) -> list[str]:
        found = self.groups.get(group)
        return [] if found is None else [called.get(body.name, body.name) for body in found.departments]


def departments_merger(tells: Sequence[Tell]) -> Merger:
    """Return the merger for assignments; ``tells`` say what a body of the base and one of each voice are."""

    def merge(contest: Contest, pick: Pick) -> Verdict:
        sides = [cast("tuple[Assignment, ...]", voice.value or ()) for voice in contest.voices]
        found = _Merging(contest, sides, tells)
        value, regions = found.merged(pick)
        suggestion = Suggestion(found.merged(highest)[0], rule="union") if regions else None
        return Verdict(value, not regions, regions, suggestion=suggestion)

    return merge


class _Merging:
    def __init__(
        self, contest: Contest, sides: Sequence[tuple[Assignment, ...]], tells: Sequence[Tell]
    ) -> None:
        self.contest = contest
        self.base = _side(cast("tuple[Assignment, ...]", contest.base or ()))
        self.sides = [_side(side) for side in sides]
        self.called = _one_name_each(self.base, self.sides, tells)
        self.written = self._written()

    def _written(self) -> dict[str, Department]:
        """Return how each department is written: as the first copy that wrote it otherwise does."""
        found = dict(self.base.bodies)
        for side, called in zip(self.sides, self.called, strict=True):
            for name, body in side.bodies.items():
                known = found.get(called.get(name, name))
                if known is None or (known.name in self.base.bodies and known.name != name):
                    found[called.get(name, name)] = body
        return found

    def merged(self, pick: Pick) -> tuple[tuple[Assignment, ...], tuple[Region, ...]]:
        places: dict[str, tuple[_Group, ...]] = {}
        regions: list[Region] = []
        by_side = [
            {called.get(name, name): groups for name, groups in side.places.items()}
            for side, called in zip(self.sides, self.called, strict=True)
        ]
        for name in dict.fromkeys(name for side in (self.base.places, *by_side) for name in side):
            before = self.base.places.get(name, ())
            held = [side.get(name, ()) for side in by_side]
            values = [
                (_roles(groups), voice.by)
                for groups, voice in zip(held, self.contest.voices, strict=True)
                if groups != before
            ]
            roles, voices = settle(name, _roles(before), values, pick)
            if voices:
                regions.append(Region(name, _told(_roles(before)), _voices(voices)))
            places[name] = next(
                (groups for groups in held if groups != before and _roles(groups) == roles), before
            )
        return self._built(places), tuple(regions)

    def _built(self, places: dict[str, tuple[_Group, ...]]) -> tuple[Assignment, ...]:
        """Put the departments back into assignments, in the order that they were printed in."""
        base, copies = list(self.base.groups), [list(side.groups) for side in self.sides]
        held = {group for groups in places.values() for group in groups}
        members = [
            *list_of(base, copies),
            *[group for side in (base, *copies) for group in side if group in held],
        ]
        groups = list_of(base, copies, list(dict.fromkeys(members)))
        made: list[Assignment] = []
        for group in groups:
            sides = [side.names(group, called) for side, called in zip(self.sides, self.called, strict=True)]
            wanted = [name for name, held in places.items() if group in held]
            names = list_of(self.base.names(group, {}), sides, wanted)
            pattern = self._pattern(group)
            if names or not pattern.departments:
                made.append(attrs.evolve(pattern, departments=[self.written[name] for name in names]))
        return tuple(made)

    def _pattern(self, group: _Group) -> Assignment:
        """Return an assignment with the words of a group: 等 and 分别 as whoever changed them has it."""
        having = [side.groups[group] for side in self.sides if group in side.groups]
        base = self.base.groups.get(group, having[0] if having else None)
        pattern = cast(Assignment, base)
        for name in ("severally", "open", "inherited"):
            before = getattr(pattern, name)
            if any(getattr(one, name) != before for one in having):
                pattern = attrs.evolve(pattern, **{name: not before})  # type: ignore[arg-type]
        return pattern


def _side(assignments: Sequence[Assignment]) -> _Side:
    groups: dict[_Group, Assignment] = {}
    places: dict[str, tuple[_Group, ...]] = {}
    bodies: dict[str, Department] = {}
    for assignment in assignments:
        count = sum(role is assignment.role for role, _ in groups)
        group = (assignment.role, count)
        groups[group] = assignment
        for body in assignment.departments:
            places[body.name] = (*places.get(body.name, ()), group)
            bodies[body.name] = body
    return _Side(groups, places, bodies)


def _one_name_each(base: _Side, sides: Sequence[_Side], tells: Sequence[Tell]) -> list[dict[str, str]]:
    """Return for each copy which of its names mean a department that goes by another name elsewhere."""
    found: list[dict[str, str]] = []
    added: dict[str, Department] = {}
    for side, tell in zip(sides, tells, strict=True):
        called: dict[str, str] = {}
        dropped = [body for name, body in base.bodies.items() if name not in side.bodies]
        for name, body in side.bodies.items():
            if name in base.bodies:
                continue
            others = [*dropped, *[one for other, one in added.items() if other not in side.bodies]]
            same = next((one for one in others if tell(one, body) in {"same", "renamed"}), None)
            if same is None:
                added.setdefault(name, body)
            elif same.name != name:
                called[name] = same.name
                dropped = [one for one in dropped if one is not same]
        found.append(called)
    return found


def _roles(groups: Sequence[_Group]) -> tuple[Role, ...]:
    return tuple([role for role, _ in groups])


def _told(roles: Unit) -> str:
    return "、".join(roles) if isinstance(roles, tuple) else ""


def _voices(voices: Sequence[Voice[Unit]]) -> tuple[Voice[str], ...]:
    return tuple([Voice(voice.by, _told(voice.value)) for voice in voices])
