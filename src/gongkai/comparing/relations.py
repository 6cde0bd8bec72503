"""Which departments are one body under two names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.comparing.changes import ChangeKind
from gongkai.model import Assignment, Department, Division, Plan, Role

__all__ = ["OneBody", "Reassignment", "bodies_of", "compare_assignments", "one_body"]

#: Tells of a department of the old plan and one of the new: ``same`` (one body, one name in whatever form),
#: ``renamed`` (one body under a new name), or None for two bodies.
OneBody: TypeAlias = Callable[[Department, Department], Literal["same", "renamed"] | None]


def one_body(old: Department, new: Department) -> Literal["same", "renamed"] | None:
    """Tell whether two mentions mean one body, wherever and whenever it was."""
    return _one_body(old, new, None, None)


def bodies_of(old: Plan, new: Plan) -> OneBody:
    """Return what tells one body from another between two plans, by their division and the new one's date."""
    divisions = {plan.division for plan in (old, new) if plan.division is not None}
    division = divisions.pop() if len(divisions) == 1 else None
    on = new.record.issued_on or (date(new.year, 12, 31) if new.year is not None else None)
    return lambda before, after: _one_body(before, after, division, on)


def _one_body(
    old: Department, new: Department, division: Division | None, on: date | None
) -> Literal["same", "renamed"] | None:
    if old.name == new.name or (old.id is not None and old.id == new.id):
        return "same"
    from gongkai.directory import Directory, RelationKind  # its tables are read when names first differ

    kind = Directory.default().relation(old.name, new.name, division=division, on=on).kind
    return "same" if kind is RelationKind.SAME else "renamed" if kind is RelationKind.RENAMED else None


#: What 等 and 分别 say of a whole role.
_FLAGS: Final = ("open", "severally")


@final
@frozen
class Reassignment:
    """How the departments of one role differ.

    Attributes:
        role: the role.
        dropped: who no longer holds it.
        added: who holds it now.
        renamed: who holds it under another name, as (old, new).
        flags: the words that came or went with the role: ``open`` or ``severally``, as (name, now there).
    """

    role: Role
    dropped: tuple[Department, ...]
    added: tuple[Department, ...]
    renamed: tuple[tuple[Department, Department], ...]
    flags: tuple[tuple[str, bool], ...]

    @property
    def kind(self) -> ChangeKind | None:
        """What sort of change it is; None where the role is held as before."""
        if self.dropped or self.added or self.flags:
            return ChangeKind.REASSIGNED
        return ChangeKind.RENAMED if self.renamed else None


def compare_assignments(
    old: Iterable[Assignment], new: Iterable[Assignment], same: OneBody = one_body
) -> tuple[Reassignment, ...]:
    """Compare who holds which role, whatever the order and grouping; one entry a role that differs."""
    before, after = tuple(old), tuple(new)
    compared = [_compare_role(role, before, after, same) for role in Role]
    return tuple([entry for entry in compared if entry.kind is not None])


def _compare_role(
    role: Role, old: tuple[Assignment, ...], new: tuple[Assignment, ...], same: OneBody
) -> Reassignment:
    sides = [[item for item in side if item.role is role] for side in (old, new)]
    left, right = ([body for item in side for body in item.departments] for side in sides)
    kept = {body.name for body in left} & {body.name for body in right}
    dropped = [body for body in left if body.name not in kept]
    added = [body for body in right if body.name not in kept]
    _drop_one(dropped, added, same, "same")
    renamed = _drop_one(dropped, added, same, "renamed")
    flags: list[tuple[str, bool]] = []
    for name in _FLAGS:
        was, now = (any(getattr(item, name) for item in side) for side in sides)
        if was != now and left and right:
            flags.append((name, now))
    return Reassignment(role, tuple(dropped), tuple(added), tuple(renamed), tuple(flags))


def _drop_one(
    old: list[Department], new: list[Department], same: OneBody, how: str
) -> list[tuple[Department, Department]]:
    """Take the bodies that are so related off both lists, and return them in pairs."""
    pairs: list[tuple[Department, Department]] = []
    for body in tuple(old):
        other = next((each for each in new if same(body, each) == how), None)
        if other is not None:
            pairs.append((body, other))
            old.remove(body)
            new.remove(other)
    return pairs
