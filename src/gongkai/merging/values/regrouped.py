"""Tasks that were split or joined: what others edit in them goes where it belongs.

What was joined is compared as one task in the base and in every copy, with all departments and deadlines,
each once. A piece is compared with its part of the task: without the departments and deadlines that other
pieces took.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

import attrs

from gongkai.merging.threeway.work import Strand, Work
from gongkai.model import Assignment, Block, Deadline, Department, Role, Task

__all__ = ["Groups", "Sides"]


class Sides(NamedTuple):
    """One block in the base and in the copies that have a say about it.

    Attributes:
        base: the block in the base; None where it was added.
        copies: the block in each copy.
        regrouped: the copies that split it, split it off, or joined something into it.
    """

    base: Block | None
    copies: dict[int, Block]
    regrouped: tuple[int, ...] = ()


class Groups:
    """What was split and joined in a merge."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._origin: dict[Strand, Strand] = {}
        for strand in work.strands:
            for pieces in strand.pieces.values():
                for piece in pieces:
                    if piece is not strand and piece.base is None:
                        self._origin.setdefault(piece, strand)

    def main_of(self, strand: Strand) -> Strand:
        """Return the task that something was split off from; any other block is its own."""
        return self._origin.get(strand, strand)

    def joined_into(self, main: Strand) -> list[Strand]:
        """Return what was joined into a strand, with it, in the order of the words; or nothing."""
        for copy, node in main.nodes.items():
            joined = self._work.pairings[copy].joins.get(node)
            if joined is not None:
                members = [self._work.of[piece] for piece in joined]
                if any(one.joined.get(copy) is main and not one.alive for one in members):
                    return [one for one in members if one is main or one.joined.get(copy) is main]
        return []

    def sides(self, strand: Strand) -> Sides:
        """Return a block as the base and the copies have it, whatever was split or joined."""
        joined = self.joined_into(strand)
        if joined:
            return self._joined(strand, joined)
        main = self.main_of(strand)
        if main is not strand or strand.pieces:
            return self._split(strand, main)
        base = strand.block if strand.base is not None else None
        return Sides(
            base, {copy: self._block(copy, strand) for copy in strand.nodes if self._speaks(copy, strand)}
        )

    def _speaks(self, copy: int, strand: Strand) -> bool:
        return self._work.speaks(copy, strand)

    def _block(self, copy: int, strand: Strand) -> Block:
        return cast(Block, strand.nodes[copy].block)

    def _joined(self, main: Strand, group: Sequence[Strand]) -> Sides:
        before = [cast(Task, one.block) for one in group]
        joiners = {copy for one in group for copy, other in one.joined.items() if other is main}
        base, copies = _whole(before), dict[int, Task]()
        names: dict[int, set[str]] = {}
        deadlines: dict[int, list[Deadline]] = {}
        lost: list[Deadline] = []
        for copy in range(len(self._work.copies)):
            if copy not in main.nodes or not self._speaks(copy, main):
                continue
            sides = [self._tasks(copy, one) for one in group]
            copies[copy] = _whole([task for side in sides for task in side], before)
            names[copy], deadlines[copy] = set(), []
            if copy not in joiners:
                for old, side in zip(before, sides, strict=True):
                    new = _whole(side)
                    names[copy] |= _names(new) - _names(old)
                    deadlines[copy] += [one for one in new.deadlines if one not in old.deadlines]
                    lost += [one for one in old.deadlines if one not in new.deadlines]
        # What one task got that the other had is new all the same: so it was there for nobody who left it.
        gained = _names(base) & set[str]().union(*names.values())
        times = [one for found in deadlines.values() for one in found if one in base.deadlines]
        for copy, task in copies.items():
            if copy not in joiners:
                left = [one for one in times if one not in deadlines[copy]]
                copies[copy] = _without(task, gained - names[copy], left)
            else:  # whose it was has another now: what is joined holds the draft's still
                copies[copy] = _without(task, set(), [one for one in times if one in lost])
        return Sides(_without(base, gained, times), dict(copies), tuple(sorted(joiners)))

    def _tasks(self, copy: int, strand: Strand) -> list[Task]:
        """Return what a strand is in a copy: itself, its pieces, nothing; without a say, as in the base."""
        if (copy, strand) in self._work.silent:
            return [cast(Task, strand.block)]
        pieces = strand.pieces.get(copy, [strand] if copy in strand.nodes else [])
        return [cast(Task, self._block(copy, piece)) for piece in pieces]

    def _split(self, strand: Strand, main: Strand) -> Sides:
        """Return a piece beside its part of the task."""
        work = self._work
        base = cast(Task, main.block)
        having = [
            copy for copy, pieces in main.pieces.items() if strand in pieces and work.speaks(copy, main)
        ]
        gone = [
            _taken(base, cast(Task, self._block(copy, strand)), self._others(copy, main, strand))
            for copy in having
        ]
        names = {name for bodies, _ in gone for name in bodies}
        deadlines = [one for _, found in gone for one in found]
        copies: dict[int, Block] = {}
        for copy in range(len(work.copies)):
            if copy in having or (copy in strand.nodes and strand is not main):
                copies[copy] = self._block(copy, strand)
            elif copy in main.nodes and work.speaks(copy, main):
                copies[copy] = self._part(copy, base, _whole(self._tasks(copy, main)), names, deadlines)
        return Sides(_without(base, names, deadlines), copies, tuple(having))

    def _others(self, copy: int, main: Strand, strand: Strand) -> list[Task]:
        return [cast(Task, self._block(copy, one)) for one in main.pieces[copy] if one is not strand]

    def _part(
        self, copy: int, base: Task, task: Task, names: set[str], deadlines: Sequence[Deadline]
    ) -> Task:
        """Leave out what other pieces took, by whatever name this copy has it."""
        tell = self._work.settings.tells[copy]
        called = [body for body in base.departments if body.name in names]
        known = {body.name for body in base.departments}
        others = {
            body.name
            for body in task.departments
            if body.name not in known and any(tell(one, body) in {"same", "renamed"} for one in called)
        }
        return _without(task, names | others, deadlines)


def _whole(tasks: Sequence[Task], before: Sequence[Task] = ()) -> Task:
    """Return several tasks as one: all words, and every department and deadline once.

    Where tasks give a department different roles, one that was other ``before`` counts, then one that was so.
    """
    if not tasks:
        return Task("")
    if len(tasks) == 1:
        return tasks[0]
    deadlines = list(dict.fromkeys(one for task in tasks for one in task.deadlines))
    text = "".join([task.text for task in tasks])
    assignments = _all_assignments(tasks, before if len(before) == len(tasks) else tasks)
    return attrs.evolve(tasks[0], text=text, assignments=assignments, deadlines=deadlines)


def _all_assignments(tasks: Sequence[Task], before: Sequence[Task]) -> list[Assignment]:
    votes: dict[str, list[tuple[int, int]]] = {}
    for at, (task, old) in enumerate(zip(tasks, before, strict=True)):
        known = _roles(old)
        for name, held in _roles(task).items():
            rank = 2 if name not in known else int(held == known[name])  # changed, as it was, added
            votes.setdefault(name, []).append((rank, at))
    deciding = {name: min(found)[1] for name, found in votes.items()}
    found = [_with(one, deciding, 0) for one in tasks[0].assignments]
    found = [
        one
        for one, old in zip(found, tasks[0].assignments, strict=True)
        if one.departments or not old.departments
    ]
    for at, task in enumerate(tasks[1:], 1):
        for one in task.assignments:
            mine = _with(one, deciding, at)
            place = next((place for place, other in enumerate(found) if other.role is one.role), None)
            if place is None and (mine.departments or not one.departments):
                found.insert(_place_of(found, one.role), mine)
            elif place is not None and mine.departments:
                both = (*found[place].departments, *mine.departments)
                found[place] = attrs.evolve(found[place], departments=both)
    return found


def _with(assignment: Assignment, deciding: Mapping[str, int], at: int) -> Assignment:
    bodies = [body for body in assignment.departments if deciding[body.name] == at]
    return attrs.evolve(assignment, departments=bodies)


def _place_of(assignments: Sequence[Assignment], role: Role) -> int:
    """Return where an assignment of a role goes: whoever leads stands first."""
    ranks = list(Role)
    later = [place for place, one in enumerate(assignments) if ranks.index(one.role) > ranks.index(role)]
    return min(later, default=len(assignments))


def _names(task: Task) -> set[str]:
    return {body.name for body in task.departments}


def _roles(task: Task) -> dict[str, tuple[Role, ...]]:
    found: dict[str, tuple[Role, ...]] = {}
    for one in task.assignments:
        for body in one.departments:
            found[body.name] = (*found.get(body.name, ()), one.role)
    return found


def _taken(base: Task, piece: Task, others: Iterable[Task]) -> tuple[set[str], list[Deadline]]:
    """Return the departments and deadlines of a task that other pieces have, and this one has not."""
    left = list(others)
    names = (_names(base) - _names(piece)) & set[str]().union(*map(_names, left))
    if not all(one in base.deadlines for one in piece.deadlines):
        return names, []  # another time than the task had is no part of its times
    held = [one for task in left for one in task.deadlines]
    return names, [one for one in base.deadlines if one not in piece.deadlines and one in held]


def _without(task: Task, names: set[str], deadlines: Sequence[Deadline]) -> Task:
    """Return a task without some departments and deadlines."""
    if not names and not deadlines:
        return task
    assignments: list[Assignment] = []
    for one in task.assignments:
        bodies: list[Department] = [body for body in one.departments if body.name not in names]
        if bodies or not one.departments:
            assignments.append(attrs.evolve(one, departments=bodies))
    kept = [one for one in task.deadlines if one not in deadlines]
    return attrs.evolve(task, assignments=assignments, deadlines=kept)
