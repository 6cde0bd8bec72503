"""Which organ does what, in that division and year: functions move between organs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from gongkai.directory.organs import Organ, Succession, SuccessionKind
from gongkai.directory.relating import Graph
from gongkai.directory.resolving import Setting, in_time
from gongkai.model import DepartmentKind

__all__ = ["Carrying"]

#: Dates as they are: who did it on that day, not who may have.
_EXACTLY: Final = timedelta(0)

#: Working departments first, what merely stands beside them last.
_ORDER: Final = {kind: at for at, kind in enumerate(DepartmentKind)}

_WORKING: Final = frozenset([DepartmentKind.ORGAN, DepartmentKind.PARTY, DepartmentKind.BRANCH])

#: Two bodies in one office keep their functions.
_MOVES: Final = frozenset(
    [SuccessionKind.RENAMED, SuccessionKind.MERGED, SuccessionKind.SPLIT, SuccessionKind.TRANSFERRED]
)


class Carrying:
    """The functions of organs over time.

    Args:
        organs: the organs.
        successions: what became of them.
        graph: the functions and the wider ones that they are part of.
    """

    def __init__(self, organs: Iterable[Organ], successions: Iterable[Succession], graph: Graph) -> None:
        self._graph = graph
        self._does: defaultdict[str, list[Organ]] = defaultdict(list)
        does: dict[str, tuple[str, ...]] = {}
        for organ in organs:
            does[organ.id] = organ.functions
            for function in organ.functions if organ.kind is not DepartmentKind.OFFICE else ():
                self._does[function].append(organ)
        self._gained: defaultdict[tuple[str, str], list[Succession]] = defaultdict(list)
        self._lost: defaultdict[tuple[str, str], list[Succession]] = defaultdict(list)
        for step in successions:
            if step.kind not in _MOVES or step.confidence == "low":
                continue
            for function in step.functions:
                if function in does.get(step.successor, ()):
                    self._gained[step.successor, function].append(step)
                    self._lost[step.predecessor, function].append(step)

    def functions(self, organ: Organ, areas: frozenset[str], on: date | None) -> tuple[str, ...]:
        """Return the ids of what an organ does: on a day, or at any time."""
        if on is None:
            return organ.functions
        return tuple([each for each in organ.functions if self._has(organ, each, areas, on)])

    def carriers(self, function: str, setting: Setting, near: frozenset[str]) -> tuple[Organ, ...]:
        """Return the organs that do something.

        Args:
            function: its id; what does a part of it counts as well.
            setting: the division, its level, and the day.
            near: the divisions beside that one, for organs that were seen in those only.
        """
        area, on = setting.area, setting.on
        areas = frozenset([area] if area else [])
        found: dict[Organ, bool] = {}
        for part in sorted(self._parts_of(function), key=lambda part: part != function):
            does = [
                organ
                for organ in self._does.get(part, ())
                if (setting.level is None or setting.level in organ.levels)
                and in_time(organ, setting, _EXACTLY) is not False
                and (on is None or self._has(organ, part, areas, on))
            ]
            for organ in _nearest(does, area, on, near):
                found.setdefault(organ, part == function)
        return tuple(sorted(found, key=lambda organ: (not found[organ], _ORDER[organ.kind])))

    def _parts_of(self, function: str) -> list[str]:
        """The function and all that is part of it."""
        return [each for each in self._does if function in self._graph.widened((each,))]

    def _has(self, organ: Organ, function: str, areas: frozenset[str], on: date) -> bool:
        """Whether the last step before the day brought it, or the first one after it takes it away."""
        key = (organ.id, function)
        steps = [(step.on, True) for step in self._gained.get(key, ()) if _holds(step, areas)]
        steps += [(step.on, False) for step in self._lost.get(key, ()) if _holds(step, areas)]
        past = [step for step in steps if step[0] <= on]
        return max(past)[1] if past else not steps or not min(steps)[1]


def _holds(step: Succession, areas: frozenset[str]) -> bool:
    """Whether a step holds in the division; one that is known for others only does not."""
    return not step.areas or not areas or not areas.isdisjoint(step.areas)


def _nearest(
    organs: Sequence[Organ], area: str | None, on: date | None, near: frozenset[str]
) -> Sequence[Organ]:
    """Leave those that were seen in the division, or else beside it, together with those usual everywhere.

    That a leading group was seen there says nothing of departments.
    """
    if area is None:
        return organs
    found: list[Organ] = []
    for working in (True, False):
        alike = [organ for organ in organs if (organ.kind in _WORKING) is working]
        for names in (frozenset([area]), near):
            seen = [organ for organ in alike if _is_seen(organ, names, on)]
            if seen:
                alike = [organ for organ in alike if not organ.areas or organ in seen]
                break
        found += alike
    return found


def _is_seen(organ: Organ, names: frozenset[str], on: date | None) -> bool:
    return any(
        area.name in names
        and (on is None or area.since is None or area.since <= on)
        and (on is None or area.until is None or on <= area.until)
        for area in organ.areas
    )
