"""Which departments are one body under two names, and which are each other's like in two divisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, final

from attrs import frozen

from gongkai.comparing.diffing.kinds import ChangeKind, Kinship, OneBody
from gongkai.comparing.diffing.reassigning import Tell, told_bodies
from gongkai.model import Assignment, Department, Division, Plan, Role

if TYPE_CHECKING:
    from gongkai.directory import Directory, Relation, Resolution

__all__ = [
    "Reassignment",
    "Tell",
    "bodies_of",
    "compare_assignments",
    "one_body",
    "time_of",
    "told_bodies",
]

#: Plans use an old name for so long after a reform, and a new one for so long before its papers.
_ALLOWANCE: Final = timedelta(days=366)


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

    __slots__ = ("_apart", "_directory", "_known", "_new", "_old")

    def __init__(self, old: _Setting, new: _Setting, directory: Directory | None) -> None:
        self._directory = directory
        self._old = old
        self._new = new
        self._apart: bool | None = None
        self._known: dict[tuple[str, str | None, str, str | None], Kinship | None] = {}

    def __call__(self, old: Department, new: Department) -> Kinship | None:
        if old.name == new.name:
            return "same"
        asked = (old.name, old.id, new.name, new.id)
        if asked not in self._known:
            self._known[asked] = self._look_up(old, new)
        return self._known[asked]

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
            if relation.kind is RelationKind.SUCCEEDED and self._between(relation):
                return "succeeded" if relation.forward else "preceded"
            return (
                "same"
                if relation.kind is RelationKind.SAME
                else "renamed"
                if relation.kind is RelationKind.RENAMED
                else None
            )
        if before.collective is not None and after.collective is not None:
            like = directory.relation(before, after).kind is RelationKind.SAME
            return "same" if like else None  # each says it of its own
        return "counterpart" if _alike(directory, before, after) else None

    def _between(self, relation: Relation) -> bool:
        """Tell whether a reform can be why two plans name two bodies: one long past is not."""
        days = [day for day in (self._old.on, self._new.on) if day is not None]
        return not days or relation.on is None or relation.on >= min(days) - _ALLOWANCE


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


#: What 等 and 分别 say of a whole role.
_FLAGS: Final = ("open", "severally")


#: What two departments may be to each other, the closest first.
_CLOSENESS: Final[tuple[OneBody, ...]] = ("same", "renamed", "counterpart")


@final
@frozen
class Reassignment:
    """How the departments of one role differ.

    Attributes:
        role: the role.
        dropped: who no longer holds it.
        added: who holds it now.
        related: who holds it under two names, as (old, new, what they are to each other).
        flags: the words that came or went with the role: ``open`` or ``severally``, as (name, now there).
    """

    role: Role
    dropped: tuple[Department, ...]
    added: tuple[Department, ...]
    related: tuple[tuple[Department, Department, OneBody], ...]
    flags: tuple[tuple[str, bool], ...]

    def who(self, how: OneBody) -> tuple[tuple[Department, Department], ...]:
        """Who are that to each other, as (old, new)."""
        return tuple([(old, new) for old, new, found in self.related if found == how])

    @property
    def kind(self) -> ChangeKind | None:
        """What sort of change it is; None where the role is held as before."""
        if self.dropped or self.added or self.flags:
            return ChangeKind.REASSIGNED
        if self.who("renamed"):
            return ChangeKind.RENAMED
        return ChangeKind.RESTATED if self.related else None


def compare_assignments(
    old: Iterable[Assignment], new: Iterable[Assignment], same: Tell = one_body
) -> tuple[Reassignment, ...]:
    """Compare who holds which role, whatever the order and grouping; one entry a role that differs."""
    before, after = tuple(old), tuple(new)
    compared = [_compare_role(role, before, after, same) for role in Role]
    return tuple([entry for entry in compared if entry.kind is not None])


def _compare_role(
    role: Role, old: tuple[Assignment, ...], new: tuple[Assignment, ...], same: Tell
) -> Reassignment:
    sides = [[item for item in side if item.role is role] for side in (old, new)]
    left, right = (
        list(dict.fromkeys([body for item in side for body in item.departments])) for side in sides
    )
    dropped = [body for body in left if body not in right]
    added = [body for body in right if body not in left]
    related = _related(dropped, added, left, right, same)
    known = ({body for body, _, _ in related}, {body for _, body, _ in related})
    flags: list[tuple[str, bool]] = []
    for name in _FLAGS:
        was, now = (any(getattr(item, name) for item in side) for side in sides)
        if was != now and left and right:
            flags.append((name, now))
    return Reassignment(
        role,
        tuple([body for body in dropped if body not in known[0]]),
        tuple([body for body in added if body not in known[1]]),
        tuple(related),
        tuple(flags),
    )


def _related(
    dropped: list[Department],
    added: list[Department],
    left: list[Department],
    right: list[Department],
    same: Tell,
) -> list[tuple[Department, Department, OneBody]]:
    """Find for each name that went or came the closest body of the other side.

    One that is there under another name as well has not gone: two tasks that were merged may have named it
    in two ways.
    """
    found: list[tuple[Department, Department, OneBody]] = []
    open_old, open_new = list(dropped), list(added)
    for how in _CLOSENESS:
        for body in tuple(open_old):
            other = next((each for each in (*open_new, *right) if same(body, each) == how), None)
            if other is not None:
                found.append((body, other, how))
                open_old.remove(body)
                if other in open_new:
                    open_new.remove(other)
        for body in tuple(open_new):
            other = next((each for each in left if same(each, body) == how), None)
            if other is not None:
                found.append((other, body, how))
                open_new.remove(body)
    return found
