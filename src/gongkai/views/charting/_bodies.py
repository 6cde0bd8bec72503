"""Departments by tasks and role over plans, one row a body under whatever names the plans give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, final

from attrs import frozen

from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.diffing.kinds import Kinship
from gongkai.comparing.relations import bodies_of
from gongkai.model import Department, Plan, Role
from gongkai.views._text import clean

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["BodyRow", "BodyTable", "body_table"]

#: What stands for a division in front of the names of its departments.
_LEVELS: Final = frozenset("省市区县")


class _Group(NamedTuple):
    """One body: the names that plans give it, each with the last plan that does."""

    names: dict[str, int]
    members: dict[int, Department]


@final
@frozen
class BodyRow:
    """One body.

    Attributes:
        name: what the last plan that names it calls it; what the names have in common, where districts do.
        names: all its names.
        tasks: how many tasks name it, by the position of the plan.
        roles: in how many it has a role, by the position of the plan and the role.
    """

    name: str
    names: tuple[str, ...]
    tasks: tuple[int, ...]
    roles: dict[tuple[int, Role], int]


@final
@frozen
class BodyTable:
    """The bodies of several plans.

    Attributes:
        columns: what the plans are called.
        roles: the roles that occur, in their order.
        rows: the bodies with most tasks.
        rest: how many bodies are left out.
        rest_tasks: in how many tasks, over all plans, they are named.
    """

    columns: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[BodyRow, ...]
    rest: int
    rest_tasks: int


def body_table(
    plans: Sequence[Plan], columns: Sequence[str], limit: int | None, directory: Directory | None = None
) -> BodyTable:
    """Count the tasks of each body in each plan.

    A task counts once for a body, whatever its roles; parts with text of their own are tasks.

    Args:
        plans: the plans.
        columns: what they are called.
        limit: how many bodies are kept, those with most tasks; None for all.
        directory: what tells one body under two names from two; by default the shipped one.
    """
    groups = _groups(plans, directory)
    home = {(place, name): n for n, group in enumerate(groups) for place, name in _mentions(group, plans)}
    tasks: Counter[tuple[int, int]] = Counter()
    held: Counter[tuple[int, int, Role]] = Counter()
    for place, plan in enumerate(plans):
        for task, _ in finest_tasks(plan):
            found = {
                (home[place, clean(name)], item.role) for item in task.assignments for name in item.names
            }
            tasks.update({(body, place) for body, _ in found})
            held.update({(body, place, role) for body, role in found})
    rows = [_row(number, group, len(plans), tasks, held) for number, group in enumerate(groups)]
    rows = [row for row in rows if any(row.tasks)]
    rows.sort(key=lambda row: -sum(row.tasks))
    kept = rows if limit is None else rows[:limit]
    left = rows[len(kept) :]
    present = {role for _, _, role in held}
    return BodyTable(
        tuple(columns),
        tuple([role for role in Role if role in present]),
        tuple(kept),
        len(left),
        sum(sum(row.tasks) for row in left),
    )


#: What two departments have to be to each other to be one row, the closest first.
_ONE: Final[tuple[Kinship, ...]] = ("same", "renamed", "counterpart")

#: So many pairs of names are looked up for each plan; beyond it only the same names are one body.
_MOST: Final = 20_000


def _groups(plans: Sequence[Plan], directory: Directory | None) -> list[_Group]:
    """Put the departments together that are one body, or each other's like in two divisions."""
    groups: list[_Group] = []
    for place, plan in enumerate(plans):
        bodies = dict.fromkeys(body for task, _ in finest_tasks(plan) for body in task.departments)
        by_name = {name: group for group in groups for name in group.names}
        strange = [body for body in bodies if clean(body.name) not in by_name]
        kin = _kin(strange, place, plans, groups, directory)
        for body in bodies:
            name = clean(body.name)
            group = by_name.get(name) or kin.get(name)
            if group is None:
                group = by_name[name] = _Group({}, {})
                groups.append(group)
            group.names[name] = place
            group.members[place] = body
    return groups


def _kin(
    strange: Sequence[Department],
    place: int,
    plans: Sequence[Plan],
    groups: Sequence[_Group],
    directory: Directory | None,
) -> dict[str, _Group]:
    """Return which body of earlier plans a department is, where it has another name there."""
    if len(strange) * len(groups) > _MOST:
        return {}
    tells = [bodies_of(plan, plans[place], directory) for plan in plans[:place]]
    found: dict[str, _Group] = {}
    for body in strange:
        ranks: dict[Kinship, _Group] = {}
        for group in groups:
            last = max(group.members)
            how = tells[last](group.members[last], body)
            if how is not None:
                ranks.setdefault(how, group)
        for how in _ONE:
            if how in ranks:
                found[clean(body.name)] = ranks[how]
                break
    return found


def _mentions(group: _Group, plans: Sequence[Plan]) -> list[tuple[int, str]]:
    return [(place, name) for place in range(len(plans)) for name in group.names]


def _row(
    number: int,
    group: _Group,
    plans: int,
    tasks: Counter[tuple[int, int]],
    held: Counter[tuple[int, int, Role]],
) -> BodyRow:
    roles: defaultdict[tuple[int, Role], int] = defaultdict(int)
    for place in range(plans):
        for role in Role:
            if held[number, place, role]:
                roles[place, role] = held[number, place, role]
    names = tuple(sorted(group.names, key=lambda name: group.names[name]))
    return BodyRow(
        _called(names), names, tuple([tasks[number, place] for place in range(plans)]), dict(roles)
    )


def _called(names: Sequence[str]) -> str:
    """What names of one body have in common (财政局 of 市财政局 and 区财政局), else the last of them."""
    bare = {name[1:] if name[:1] in _LEVELS else name for name in names}
    return bare.pop() if len(bare) == 1 and len(names) > 1 else names[-1]
