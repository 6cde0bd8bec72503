"""Who answers for a task in one plan, and who for the tasks that carry or continue it in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, final

from attrs import frozen

from gongkai.comparing.diffing.kinds import Kinship
from gongkai.comparing.diffing.reassigning import Tell, likely, related
from gongkai.comparing.relations import bodies_of
from gongkai.model import Department, Plan, Role, Task
from gongkai.model._display import Shown

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Handover", "handovers", "kin_of"]

#: What two departments may be to each other, the closest first.
_CLOSENESS: Final[tuple[Kinship, ...]] = ("same", "renamed", "succeeded", "preceded", "counterpart")

_Held: TypeAlias = tuple[Department, Role]


@final
@frozen(weakref_slot=False)
class Handover(Shown):
    """One department that answers for a task here, and the one that does there.

    Attributes:
        old: who answers for it in the first plan (the reference, the year before); None for one that only the
            second plan names.
        old_role: what that department does there.
        new: who answers for it in the second plan; None where nobody does in its stead.
        new_role: what that department does there.
        relation: what the two are to each other: ``same``, ``renamed``, ``succeeded`` or ``preceded`` (by a
            reform), or ``counterpart`` (the same kind of department in another division); None where one is
            missing.
    """

    old: Department | None
    old_role: Role | None
    new: Department | None
    new_role: Role | None
    relation: Kinship | None = None


def handovers(old: Iterable[Task], new: Iterable[Task], tell: Tell) -> tuple[Handover, ...]:
    """Pair the departments of two groups of tasks: those of the first in order, then who came.

    Each is paired with the closest one, of the same role if there is one; one department may take over from
    several.
    """
    before, after = _held(old), _held(new)
    pairs = _pairs(before, after, tell)
    taken = {number for number, _ in pairs.values()}
    told: list[Handover] = []
    for place, (body, role) in enumerate(before):
        if place in pairs:
            number, how = pairs[place]
            told.append(Handover(body, role, *after[number], how))
        else:
            told.append(Handover(body, role, None, None))
    told += [Handover(None, None, *held) for number, held in enumerate(after) if number not in taken]
    return tuple(told)


def _pairs(before: Sequence[_Held], after: Sequence[_Held], tell: Tell) -> dict[int, tuple[int, Kinship]]:
    """Return for each department of the first which of the second it is, by their places, and in what way."""
    left, right = ({body: place for place, (body, _) in enumerate(side)} for side in (before, after))
    told: dict[tuple[int, int], Kinship] = {
        (left[one], right[other]): how for one, other, how in related(left, right, tell)
    }
    pairs: dict[int, tuple[int, Kinship]] = {}
    taken: set[int] = set()
    order = sorted(
        told,
        key=lambda pair: (
            _CLOSENESS.index(told[pair]),
            before[pair[0]][1] is not after[pair[1]][1],
            pair,
        ),
    )
    for again in (False, True):
        for mine, theirs in order:
            if mine not in pairs and (again or theirs not in taken):
                pairs[mine] = (theirs, told[mine, theirs])
                taken.add(theirs)
    return pairs


def _held(tasks: Iterable[Task]) -> list[_Held]:
    """Return each department once, with the first role that it holds."""
    found: dict[Department, Role] = {}
    for task in tasks:
        for item in task.assignments:
            for body in item.departments:
                found.setdefault(body, item.role)
    return list(found.items())


def kin_of(old: Plan, new: Plan, directory: Directory | None = None) -> Tell:
    """Return what tells who in one plan is whom in another: one body, a successor by a reform, or the like.

    A body that gave functions away and is named in the new plan still is no other's predecessor there.
    """
    return _Kin(bodies_of(old, new, directory), frozenset([body.name for body in new.departments]))


@final
class _Kin:
    """Tells as another does, but of bodies that last not that others follow on them."""

    __slots__ = ("_lasting", "_tell")

    def __init__(self, tell: Tell, lasting: frozenset[str]) -> None:
        self._tell = tell
        self._lasting = lasting

    def __call__(self, before: Department, after: Department) -> Kinship | None:
        found = self._tell(before, after)
        return None if found in {"succeeded", "preceded"} and before.name in self._lasting else found

    def likely(
        self, old: Iterable[Department], new: Iterable[Department]
    ) -> Iterable[tuple[Department, Department]]:
        return likely(old, new, self._tell)
