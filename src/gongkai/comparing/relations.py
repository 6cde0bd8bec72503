"""Which departments are one body under two names, and which are each other's like in two divisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.comparing.diffing.kinds import Kinship
from gongkai.comparing.diffing.reassigning import Tell, sharing, told_bodies
from gongkai.model import Department, Division, Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory, Relation, Resolution

__all__ = [
    "Tell",
    "bodies_of",
    "one_body",
    "time_of",
    "told_bodies",
]

#: Plans use an old name for so long after a reform, and a new one for so long before its papers.
_ALLOWANCE: Final = timedelta(days=366)


#: A body with two names, as on the two plates at its door: 省编办（省审改办）.
_PLATES: Final = re.compile(r"([^（()）]+)[（(]([^（()）]+)[)）]")


#: What governs an area; where the area itself is to do something, that is meant.
_GOVERNING: Final = re.compile("(?<=..)(?:管理委员会|管委会|人民政府|政府)$")


class _Setting(NamedTuple):
    """Where and when a plan uses its names."""

    division: Division | None
    on: date | None


_ANYWHERE: Final = _Setting(None, None)


def time_of(plan: Plan) -> date | None:
    """Return the day by which a plan's names are understood: its date of issue, else its year's end."""
    return plan.record.issued_on or (date(plan.year, 12, 31) if plan.year is not None else None)


def one_body(old: Department, new: Department) -> Kinship | None:
    """Tell what two mentions are to each other, wherever and whenever that was."""
    return _Judge(_ANYWHERE, _ANYWHERE, None)(old, new)


def bodies_of(old: Plan, new: Plan, directory: Directory | None = None) -> Tell:
    """Return what tells one body from another between two plans, by a directory or the shipped one.

    The old plan's names are understood in its own division and time, the new plan's in its. In two divisions
    there are no bodies in common, only like ones.
    """
    before, after = _Setting(old.division, time_of(old)), _Setting(new.division, time_of(new))
    return _Judge(before, after, directory)


class _Judge:
    """Tells one body from another between two settings."""

    __slots__ = ("_apart", "_directory", "_known", "_marks", "_new", "_old")

    def __init__(self, old: _Setting, new: _Setting, directory: Directory | None) -> None:
        self._directory = directory
        self._old = old
        self._new = new
        self._apart: bool | None = None
        self._known: dict[tuple[str, str | None, str, str | None], Kinship | None] = {}
        self._marks: dict[tuple[str, str | None, _Setting], frozenset[str]] = {}

    def __call__(self, old: Department, new: Department) -> Kinship | None:
        if old.name == new.name:
            return "same"
        asked = (old.name, old.id, new.name, new.id)
        if asked not in self._known:
            self._known[asked] = self._look_up(old, new)
        return self._known[asked]

    def likely(
        self, old: Iterable[Department], new: Iterable[Department]
    ) -> Iterator[tuple[Department, Department]]:
        """Yield the pairs of which something may be told, so that not all have to be looked up."""
        return sharing(
            {body: self._marks_of(body, self._old) for body in old},
            {body: self._marks_of(body, self._new) for body in new},
        )

    def _marks_of(self, body: Department, setting: _Setting) -> frozenset[str]:
        asked = (body.name, body.id, setting)
        if asked not in self._marks:
            from gongkai.directory import Directory

            directory = self._directory or Directory.default()
            own = {f"body {_seat(body.name)}", *([] if body.id is None else [f"id {body.id}"])}
            for name in (body.name, *_plates(body.name)):
                own |= directory.kin(directory.resolve(name, division=setting.division, on=setting.on))
            self._marks[asked] = frozenset(own)
        return self._marks[asked]

    def _look_up(self, old: Department, new: Department) -> Kinship | None:
        from gongkai.directory import Directory, RelationKind  # its tables are read when names first differ

        if self._apart is None:
            self._apart = _apart(self._old.division, self._new.division)
        directory = self._directory or Directory.default()
        before = directory.resolve(old.name, division=self._old.division, on=self._old.on)
        after = directory.resolve(new.name, division=self._new.division, on=self._new.on)
        if not before and not after and old.id is not None and old.id == new.id:
            return "counterpart" if self._apart else "same"  # ids that somebody else gave
        if not self._apart:
            relation = directory.relation(before, after)
            if (
                relation.kind is RelationKind.SUCCEEDED
                and self._between(relation)
                and not _lasts(directory, relation)
            ):
                return "succeeded" if relation.forward else "preceded"
            if relation.kind is RelationKind.SAME or _seated(old.name, new.name):
                return "same"
            if self._on_one_plate(directory, old.name, new.name):
                return "same"
            return "renamed" if relation.kind is RelationKind.RENAMED else None
        if before.collective is not None and after.collective is not None:
            like = directory.relation(before, after).kind is RelationKind.SAME
            return "same" if like else None  # each says it of its own
        return "counterpart" if _alike(directory, before, after) else None

    def _on_one_plate(self, directory: Directory, old: str, new: str) -> bool:
        """Tell whether one has the name of the other in brackets: 省编办（省审改办）, 省审改办."""
        left, right = _plates(old) or (old,), _plates(new) or (new,)
        if len(left) + len(right) < 3:
            return False
        before = [directory.resolve(name, division=self._old.division, on=self._old.on) for name in left]
        after = [directory.resolve(name, division=self._new.division, on=self._new.on) for name in right]
        return any(
            one.organ is not None and other.organ is not None and directory.relation(one, other).one_body
            for one in before
            for other in after
        )

    def _between(self, relation: Relation) -> bool:
        """Tell whether a reform can be why two plans name two bodies: one long past is not."""
        days = [day for day in (self._old.on, self._new.on) if day is not None]
        return not days or relation.on is None or relation.on >= min(days) - _ALLOWANCE


def _seated(old: str, new: str) -> bool:
    """Tell whether one is an area and the other what governs it: 某某新区, 某某新区管委会."""
    return _seat(old) == _seat(new) in {old, new}


def _seat(name: str) -> str:
    return _GOVERNING.sub("", name)


def _plates(name: str) -> tuple[str, ...]:
    """Return the two names of a body that has the second in brackets; nothing where there is one name."""
    found = _PLATES.fullmatch(name)
    return found.groups() if found else ()


def _lasts(directory: Directory, relation: Relation) -> bool:
    """Tell whether a body only gave some functions away, and goes on with the others: it has no successor."""
    from gongkai.directory import SuccessionKind

    staying = {SuccessionKind.TRANSFERRED, SuccessionKind.SPLIT}
    for step in relation.successions:
        organ = directory.organ(step.predecessor)
        ended = organ.until is not None or organ.city_until is not None
        if step.kind in staying and not ended and not frozenset(organ.functions) <= frozenset(step.functions):
            return True
    return False


def _apart(old: Division | None, new: Division | None) -> bool:
    """Tell whether two divisions are known and not one: 东城区 and 北京市东城区 are."""
    if old is None or new is None:
        return False
    if old.code is not None and new.code is not None:
        return old.code != new.code
    from gongkai.directory.naming import last_place, normalise

    return last_place(normalise(old.name)) != last_place(normalise(new.name))


def _alike(directory: Directory, old: Resolution, new: Resolution) -> bool:
    """Tell whether two bodies of two divisions are of one type; its names before and after a reform are."""
    from gongkai.directory import RelationKind

    if old.organ is None or new.organ is None:
        return directory.relation(old, new).kind is RelationKind.SAME
    if old.organ.id == new.organ.id:
        return not old.organ.told_by_place
    return directory.relation(old.organ, new.organ).one_body
