"""The departments of two plans: how many tasks each holds, and what became of it from one to the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.reassigning import DepartmentChangeKind
from gongkai.model import Plan, Role
from gongkai.views._text import clean

__all__ = ["Bodies", "Body", "Fate"]

Fate: TypeAlias = Literal[
    "renamed", "succeeded", "preceded", "counterpart", "came", "went", "shifted", "stayed"
]
"""What became of a department: a reform named it anew, or handed its duties on; it is new in the plan, or is
gone from it; it gained or lost tasks; or nothing."""

#: In this order they are told.
_FATES: Final[tuple[Fate, ...]] = (
    *("renamed", "succeeded", "preceded", "counterpart"),
    *("came", "went", "shifted", "stayed"),
)

_KINSHIPS: Final[tuple[Literal["succeeded", "preceded", "renamed", "counterpart"], ...]] = (
    "succeeded",
    "preceded",
    "renamed",
    "counterpart",
)


@final
@frozen
class Body:
    """A department under all names that the two plans give it.

    Attributes:
        old: its names in the old plan.
        new: its names in the new one.
        fate: what became of it.
        tasks: how many tasks name it in the old plan and in the new one.
        leads: how many of them it leads.
        gained: in how many tasks that went on it was added.
        lost: in how many it was dropped.
        turned: in how many it has another role.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    fate: Fate
    tasks: tuple[int, int]
    leads: tuple[int, int]
    gained: int
    lost: int
    turned: int

    @property
    def name(self) -> str:
        """What it is called, its former names first where it has others now."""
        if not self.old or not self.new or set(self.old) == set(self.new):
            return "、".join(self.new or self.old)
        return f"{'、'.join(self.old)} → {'、'.join(self.new)}"


class Bodies:
    """All departments of a diff; ``of(name)`` is the one that a plan means by a name."""

    def __init__(self, diff: Diff) -> None:
        self._kinships = {
            (clean(old), clean(new)): how for change in diff for old, new, how in change.bodies or ()
        }
        sides = [_Side(plan) for plan in (diff.old, diff.new)]
        self._heads: dict[str, str] = {}
        for old, new in self._kinships:
            self._heads[self._head(old)] = self._head(new)
        moves = _moves(diff)
        members: defaultdict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys([*sides[1].tasks, *sides[0].tasks]):
            members[self._head(name)].append(name)
        found = [(head, self._body(names, sides, moves)) for head, names in members.items()]
        found.sort(key=lambda item: (_FATES.index(item[1].fate), -sum(item[1].tasks)))
        self.all: tuple[Body, ...] = tuple([body for _, body in found])
        self._places = {head: place for place, (head, _) in enumerate(found)}

    def of(self, name: str) -> int | None:
        """The place of the body in ``all``; None for a name that no task has."""
        return self._places.get(self._head(clean(name)))

    def _head(self, name: str) -> str:
        """One name that stands for all names of a body."""
        trail: list[str] = []
        while (after := self._heads.get(name, name)) != name:
            trail.append(name)
            name = after
        for each in trail:
            self._heads[each] = name
        return name

    def _body(self, names: list[str], sides: list[_Side], moves: Counter[tuple[str, str]]) -> Body:
        before, after = (tuple([name for name in names if name in side.tasks]) for side in sides)
        gained, lost, turned = (sum(moves[what, name] for name in names) for what in ("in", "out", "role"))
        tasks = (_total(sides[0].tasks, before), _total(sides[1].tasks, after))
        return Body(
            before,
            after,
            self._fate(before, after, moved=gained + lost + turned > 0),
            tasks,
            (_total(sides[0].leads, before), _total(sides[1].leads, after)),
            gained,
            lost,
            turned,
        )

    def _fate(self, old: tuple[str, ...], new: tuple[str, ...], *, moved: bool) -> Fate:
        if not old:
            return "came"
        if not new:
            return "went"
        for how in _KINSHIPS:
            if any(self._kinships.get((before, after)) == how for before in old for after in new):
                return how
        return "shifted" if moved else "stayed"


def _total(counts: Counter[str], names: tuple[str, ...]) -> int:
    return sum(counts[name] for name in names)


class _Side:
    """How many tasks of one plan name each department, and in how many it leads."""

    def __init__(self, plan: Plan) -> None:
        self.tasks: Counter[str] = Counter()
        self.leads: Counter[str] = Counter()
        for task in plan.all_tasks:
            held = [(clean(name), item.role) for item in task.assignments for name in item.names]
            self.tasks.update({name for name, _ in held})
            self.leads.update({name for name, role in held if role is Role.LEAD})


def _moves(diff: Diff) -> Counter[tuple[str, str]]:
    """Who was added, dropped or given another role how often, in tasks that went on."""
    return Counter(_each_move(diff))


def _each_move(diff: Diff) -> Iterator[tuple[str, str]]:
    kinds = DepartmentChangeKind
    for change in diff:
        for each in change.departments:
            if each.kind in {kinds.ADDED, kinds.REPLACED} and each.new is not None:
                yield "in", clean(each.new.name)
            if each.kind in {kinds.DROPPED, kinds.REPLACED} and each.old is not None:
                yield "out", clean(each.old.name)
            if each.kind is kinds.ROLE and each.new is not None:
                yield "role", clean(each.new.name)
