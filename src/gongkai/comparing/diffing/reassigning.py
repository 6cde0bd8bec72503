"""Department by department: what became of those who hold the roles of a task."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum, unique
from itertools import product
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai.comparing.diffing.kinds import Bodies, ChangeKind, Kinship
from gongkai.model import Assignment, Department, Role
from gongkai.model._display import Shown

__all__ = [
    "DepartmentChange",
    "DepartmentChangeKind",
    "Tell",
    "change_kind",
    "department_changes",
    "likely",
    "pairs_of",
    "related",
    "sharing",
    "told_bodies",
]

Tell: TypeAlias = Callable[[Department, Department], Kinship | None]
"""Tells what a department of the old plan and one of the new are to each other; None for two bodies."""


_Likely: TypeAlias = Callable[
    [Iterable[Department], Iterable[Department]], Iterable[tuple[Department, Department]]
]

_Pair: TypeAlias = tuple[Department, Department, Kinship]


@unique
class DepartmentChangeKind(StrEnum):
    """What became of one department, or of the words that go with a role."""

    RENAMED = "renamed"
    """one body before and after a reform that gave it another name"""
    SUCCEEDED = "succeeded"
    """a reform handed what it did to the new body"""
    PRECEDED = "preceded"
    """the same, seen from the later body"""
    COUNTERPART = "counterpart"
    """the same kind of department in another division"""
    SAME = "same"
    """one body, written in another way"""
    ROLE = "role"
    """the same body in another role"""
    REPLACED = "replaced"
    """the only one that left a role gave way to the only one that came: another lead, say"""
    ADDED = "added"
    """it has a role now"""
    DROPPED = "dropped"
    """it has the role no longer"""
    OPENED = "opened"
    """the list of a role is open now (等)"""
    CLOSED = "closed"
    """the list of a role is no longer open"""
    SEVERALLY = "severally"
    """each answers for its own part now (分别)"""
    JOINTLY = "jointly"
    """they no longer answer each for its own part"""


#: What two departments may be to each other, the closest first.
_CLOSENESS: Final[tuple[Kinship, ...]] = ("same", "renamed", "counterpart", "succeeded", "preceded")

#: Two bodies, though one has the duties of the other.
_HANDED_ON: Final = frozenset({"succeeded", "preceded"})

#: What 等 and 分别 say of a whole role: the field of an assignment, when it came, when it went.
_FLAGS: Final = (
    ("open", DepartmentChangeKind.OPENED, DepartmentChangeKind.CLOSED),
    ("severally", DepartmentChangeKind.SEVERALLY, DepartmentChangeKind.JOINTLY),
)

#: What is no other holder of the role.
_UNCHANGED: Final = frozenset(
    {
        DepartmentChangeKind.RENAMED,
        DepartmentChangeKind.COUNTERPART,
        DepartmentChangeKind.SAME,
    }
)


@final
@frozen(weakref_slot=False, repr=False)
class DepartmentChange(Shown):
    """What became of one department of a task.

    Attributes:
        kind: what became of it.
        role: the role that it has now, or had where it has none now.
        old: the department in the old plan; None where it was added, and for the words that go with a role.
        new: the department in the new plan; None where it was dropped, and for those words.
        old_role: for ``role``, the role that it had before; otherwise ``role``.
        relation: what ``old`` and ``new`` are to each other, where they are not two bodies.

    >>> import gongkai
    >>> from gongkai import Assignment, Plan, Task
    >>> old = Plan("要点", [Task("公开预算。", label="1.", assignments=[Assignment.lead("区财政局")])])
    >>> new = old.with_changes("1", assignments=[Assignment.cooperate("区财政局")])
    >>> change, = gongkai.diff(old, new)
    >>> change.departments
    (<DepartmentChange role 区财政局 lead → cooperate>,)
    """

    kind: DepartmentChangeKind
    role: Role
    old: Department | None = None
    new: Department | None = None
    old_role: Role | None = None
    relation: Kinship | None = None

    def __attrs_post_init__(self) -> None:
        if self.old_role is None:
            object.__setattr__(self, "old_role", self.role)

    def __repr__(self) -> str:
        names = list(dict.fromkeys(body.name for body in (self.old, self.new) if body is not None))
        roles = list(dict.fromkeys(role.value for role in (self.old_role, self.role) if role is not None))
        facts = [self.kind.value, *([" → ".join(names)] * bool(names)), " → ".join(roles)]
        return f"<DepartmentChange {' '.join(facts)}>"


def change_kind(changes: Iterable[DepartmentChange]) -> ChangeKind:
    """What sort of change they are together: another holder, another name, or another way to write it."""
    kinds = {change.kind for change in changes}
    if kinds - _UNCHANGED:
        return ChangeKind.REASSIGNED
    return ChangeKind.RENAMED if DepartmentChangeKind.RENAMED in kinds else ChangeKind.RESTATED


def pairs_of(changes: Iterable[DepartmentChange]) -> Bodies:
    """Return the two names of each body that the two plans call differently, and what they are."""
    return tuple(
        dict.fromkeys(
            (change.old.name, change.new.name, change.relation)
            for change in changes
            if change.relation is not None
            and change.old is not None
            and change.new is not None
            and change.old.name != change.new.name
        )
    )


def told_bodies(bodies: Iterable[tuple[str, str, Kinship]]) -> Tell:
    """Return what answers as a comparison did that found these."""
    return _Told(bodies)


class _Told:
    __slots__ = ("_found",)

    def __init__(self, bodies: Iterable[tuple[str, str, Kinship]]) -> None:
        self._found: dict[str, dict[str, Kinship]] = {}
        for old, new, how in bodies:
            self._found.setdefault(old, {})[new] = how

    def __call__(self, old: Department, new: Department) -> Kinship | None:
        return "same" if old.name == new.name else self._found.get(old.name, {}).get(new.name)

    def likely(
        self, old: Iterable[Department], new: Iterable[Department]
    ) -> Iterator[tuple[Department, Department]]:
        marked = {body: (body.name, *self._found.get(body.name, ())) for body in old}
        return sharing(marked, {body: (body.name,) for body in new})


def sharing(
    old: Mapping[Department, Iterable[Hashable]], new: Mapping[Department, Iterable[Hashable]]
) -> Iterator[tuple[Department, Department]]:
    """Yield the pairs that share a mark, in the order of the first and then the second."""
    having: dict[Hashable, dict[Department, int]] = {}
    for place, (body, marks) in enumerate(new.items()):
        for mark in marks:
            having.setdefault(mark, {})[body] = place
    for body, marks in old.items():
        others = {other: place for mark in marks for other, place in having.get(mark, {}).items()}
        yield from ((body, other) for other in sorted(others, key=others.__getitem__))


def likely(
    old: Iterable[Department], new: Iterable[Department], tell: Tell
) -> Iterable[tuple[Department, Department]]:
    """Return the pairs of which something may be told, in the order of the first and then the second.

    A :data:`Tell` with a method of this name knows them beforehand; of others each pair is asked about.
    """
    chosen: _Likely = getattr(tell, "likely", product)
    return chosen(old, new)


def related(old: Iterable[Department], new: Iterable[Department], tell: Tell) -> Iterator[_Pair]:
    """Yield who is what to whom, in the order of the first and then the second."""
    for one, other in likely(old, new, tell):
        how = tell(one, other)
        if how is not None:
            yield one, other, how


def department_changes(
    old: Iterable[Assignment], new: Iterable[Assignment], same: Tell
) -> tuple[DepartmentChange, ...]:
    """Compare who holds which role, body by body, whatever the order; nothing where all stays."""
    before, after = tuple(old), tuple(new)
    found = list(_of_bodies(_roles(before), _roles(after), same))
    found += [change for role in Role for change in _flags(role, before, after)]
    order = {role: place for place, role in enumerate(Role)}
    kinds = {kind: place for place, kind in enumerate(DepartmentChangeKind)}
    replaced = [
        change for role in Role for change in _replaced([each for each in found if each.role is role])
    ]
    return tuple(sorted(replaced, key=lambda change: (order[change.role], kinds[change.kind])))


def _roles(assignments: Iterable[Assignment]) -> dict[Department, list[Role]]:
    """Return each department's roles, in the order in which they are said."""
    found: dict[Department, list[Role]] = {}
    for item in assignments:
        for body in item.departments:
            roles = found.setdefault(body, [])
            if item.role not in roles:
                roles.append(item.role)
    return found


def _of_bodies(
    old: dict[Department, list[Role]], new: dict[Department, list[Role]], same: Tell
) -> Iterator[DepartmentChange]:
    left = {body: list(roles) for body, roles in old.items()}
    right = {body: list(roles) for body, roles in new.items()}
    pairs = _paired(list(old), list(new), same)
    for before, after, how in pairs:  # what stays, under this name or another
        for role in [role for role in old[before] if role in new[after]]:
            for roles in (left[before], right[after]):
                if role in roles:
                    roles.remove(role)
            if before.name != after.name:
                yield DepartmentChange(DepartmentChangeKind(how), role, before, after, relation=how)
    for before, after, how in pairs:
        while how not in _HANDED_ON and left[before] and right[after]:
            was, now = left[before].pop(0), right[after].pop(0)
            yield DepartmentChange(DepartmentChangeKind.ROLE, now, before, after, was, how)
    for body, roles in left.items():
        yield from (DepartmentChange(DepartmentChangeKind.DROPPED, role, old=body) for role in roles)
    for body, roles in right.items():
        yield from (DepartmentChange(DepartmentChangeKind.ADDED, role, new=body) for role in roles)


def _paired(old: Sequence[Department], new: Sequence[Department], same: Tell) -> list[_Pair]:
    """Find for each department the closest body of the other side.

    One that is there under another name as well has not gone: two tasks that were merged may have named it
    in two ways, and of two bodies that a reform made one, both live on in it.
    """
    alike = set(old) & set(new)
    found: list[_Pair] = [(body, body, "same") for body in old if body in alike]
    open_old = dict.fromkeys([body for body in old if body not in alike])
    open_new = dict.fromkeys([body for body in new if body not in alike])
    if not open_old and not open_new:
        return found
    left = related(open_old, new, same)
    right = related([body for body in old if body in alike], open_new, same)
    mine, theirs = _by_body(old, new, [*left, *right])
    for how in _CLOSENESS:
        for body in tuple(open_old):
            others = mine[body].get(how, ())
            if others:
                other = next((each for each in others if each in open_new), others[0])
                found.append((body, other, how))
                del open_old[body]
                open_new.pop(other, None)
        for body in tuple(open_new):
            others = theirs[body].get(how, ())
            if others:
                found.append((others[0], body, how))
                del open_new[body]
    return found


_Others: TypeAlias = dict[Department, dict[Kinship, list[Department]]]


def _by_body(
    old: Iterable[Department], new: Iterable[Department], pairs: Sequence[_Pair]
) -> tuple[_Others, _Others]:
    """Return for each department of both sides which of the other it is what to, in their order there."""
    mine: _Others = {body: {} for body in old}
    theirs: _Others = {body: {} for body in new}
    order = {body: place for place, body in enumerate(mine)}
    for one, other, how in pairs:
        mine[one].setdefault(how, []).append(other)
    for one, other, how in sorted(pairs, key=lambda pair: order[pair[0]]):
        theirs[other].setdefault(how, []).append(one)
    return mine, theirs


def _flags(role: Role, old: Sequence[Assignment], new: Sequence[Assignment]) -> Iterator[DepartmentChange]:
    sides = [[item for item in side if item.role is role] for side in (old, new)]
    if not all(sides):
        return
    for name, came, went in _FLAGS:
        was, now = (any(getattr(item, name) for item in side) for side in sides)
        if was != now:
            yield DepartmentChange(came if now else went, role)


def _replaced(changes: Sequence[DepartmentChange]) -> list[DepartmentChange]:
    """Of one role, make one change of the only one that left and the only one that came."""
    dropped = [change for change in changes if change.kind is DepartmentChangeKind.DROPPED]
    added = [change for change in changes if change.kind is DepartmentChangeKind.ADDED]
    if len(dropped) != 1 or len(added) != 1:
        return list(changes)
    rest = [change for change in changes if change not in (dropped[0], added[0])]
    role = dropped[0].role
    return [*rest, DepartmentChange(DepartmentChangeKind.REPLACED, role, dropped[0].old, added[0].new)]
