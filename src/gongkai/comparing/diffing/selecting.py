"""Picking rows and changes of a diff: by kind, department, section, subject and severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import attrs

from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.diffing.changes import Change, Row
from gongkai.comparing.diffing.difference import RANK, Diff
from gongkai.comparing.diffing.kinds import ChangeKind, Path, Subject
from gongkai.comparing.relations import time_of
from gongkai.errors import InvalidValue
from gongkai.model import Block, Department, Paragraph, Plan, Section, Severity, Task
from gongkai.model.edits import children

if TYPE_CHECKING:
    from gongkai.directory import Directory, Organ

__all__ = ["Bodies", "select", "where"]

_Picks: TypeAlias = Callable[[Row], bool]


def select(diff: Diff, picked: Iterable[Row | Change]) -> Diff:
    """Return the part that consists of these rows and changes; see :meth:`Diff.select`."""
    rows: set[int] = set()
    changes: set[int] = set()
    known = {id(row): row for row in diff.rows} | {id(change): change for change in diff.changes}
    for item in picked:
        found = item if id(item) in known else next((each for each in known.values() if each == item), None)
        if found is None:
            raise InvalidValue("Diff.select", "picked", item, "a row or a change of this diff")
        (rows if isinstance(found, Row) else changes).add(id(found))
    kept = [
        row if id(row) in rows else _less(row, [change for change in row.changes if id(change) in changes])
        for row in diff.rows
        if id(row) in rows or any(id(change) in changes for change in row.changes)
    ]
    return _part(diff, kept)


def where(
    diff: Diff,
    kinds: ChangeKind | str | Iterable[ChangeKind | str] | None,
    department: Department | Organ | str | None,
    section: Section | str | None,
    subject: Subject | str | None,
    severity: Severity | str | None,
    directory: Directory | None,
) -> Diff:
    """Return the part that all of these apply to; see :meth:`Diff.where`."""
    wanted = None if kinds is None else _kinds(kinds)
    least = None if severity is None else RANK[_severity(severity)]
    picks: list[_Picks] = []
    if subject is not None:
        about = _subject(subject)
        picks.append(lambda row: row.subject is about)
    if section is not None:
        picks.append(_in_section(diff, section))
    if department is not None:
        picks.append(_of_department(diff, department, directory))
    rows = [row for row in diff.rows if all(pick(row) for pick in picks)]
    if wanted is not None or least is not None:
        rows = [
            _less(row, kept)
            for row in rows
            if (kept := [change for change in row.changes if _fits(change, wanted, least)])
        ]
    return _part(diff, rows)


def _less(row: Row, changes: list[Change]) -> Row:
    return row if len(changes) == len(row.changes) else attrs.evolve(row, changes=tuple(changes))


def _part(diff: Diff, rows: Iterable[Row]) -> Diff:
    kept = tuple(rows)
    linked = {(link.old.key, link.new.key) for row in kept for link in row.links}
    links = tuple([link for link in diff.links if (link.old.key, link.new.key) in linked])
    return Diff(diff.old, diff.new, kept, links, diff if diff.part_of is None else diff.part_of)


# Changes


def _kinds(given: ChangeKind | str | Iterable[ChangeKind | str]) -> frozenset[ChangeKind]:
    found: set[ChangeKind] = set()
    for kind in [given] if isinstance(given, str) else given:
        if kind not in set(ChangeKind):
            raise InvalidValue("Diff.where", "kinds", kind, "kinds of " + ", ".join(ChangeKind))
        found.add(ChangeKind(kind))
    return frozenset(found)


def _severity(given: Severity | str) -> Severity:
    if given not in set(Severity):
        raise InvalidValue("Diff.where", "severity", given, "one of " + ", ".join(RANK))
    return Severity(given)


def _subject(given: Subject | str) -> Subject:
    if given not in set(Subject):
        raise InvalidValue("Diff.where", "subject", given, "one of " + ", ".join(Subject))
    return Subject(given)


def _fits(change: Change, kinds: frozenset[ChangeKind] | None, least: int | None) -> bool:
    return (kinds is None or change.kind in kinds) and (least is None or RANK[change.severity] >= least)


# Places


class _Places:
    """Where the blocks of a plan stand: by path, the blocks that lead to each; by key, the path."""

    def __init__(self, plan: Plan) -> None:
        self.trails: dict[Path, tuple[Block, ...]] = {}
        self.paths: dict[str, Path] = {}
        self._note(plan.content, (), ())

    def _note(self, blocks: Iterable[Block], path: Path, trail: tuple[Block, ...]) -> None:
        for position, block in enumerate(blocks):
            here, way = (*path, position), (*trail, block)
            self.trails[here] = way
            if not isinstance(block, Paragraph) and block.key is not None:
                self.paths[block.key] = here
            self._note(children(block), here, way)

    def of(self, blocks: Iterable[Block], paths: Iterable[Path | None]) -> Iterator[tuple[Block, ...]]:
        """Yield for each block of a row the blocks that lead to it, itself the last."""
        for block in blocks:
            if not isinstance(block, Paragraph) and block.key in self.paths:
                yield self.trails[self.paths[block.key]]
        for path in paths:
            if path:
                yield self.trails[path]


def _trails(diff: Diff) -> Callable[[Row], Iterator[tuple[Plan, tuple[Block, ...]]]]:
    """Return what yields for each block of a row its plan and the blocks that lead to it."""
    old, new = _Places(diff.old), _Places(diff.new)

    def trails(row: Row) -> Iterator[tuple[Plan, tuple[Block, ...]]]:
        for trail in old.of(row.old, [change.old_path for change in row.changes]):
            yield diff.old, trail
        for trail in new.of(row.new, [change.new_path for change in row.changes]):
            yield diff.new, trail

    return trails


def _in_section(diff: Diff, section: Section | str) -> _Picks:
    wanted = section if isinstance(section, str) else (section.key or section.heading)
    name = folded(wanted)
    trails = _trails(diff)

    def named(block: Block) -> bool:
        if not isinstance(block, Section):
            return False
        heading = folded(block.heading)
        return wanted == block.key or name in {heading, folded(block.label or "") + heading} - {""}

    return lambda row: any(named(block) for _, trail in trails(row) for block in trail)


def _of_department(diff: Diff, department: Department | Organ | str, directory: Directory | None) -> _Picks:
    trails = _trails(diff)
    tells = {id(plan): Bodies(plan, department, directory) for plan in (diff.old, diff.new)}

    def named(plan: Plan, trail: tuple[Block, ...]) -> bool:
        holders = [block for block in trail if isinstance(block, Task) and block.assignments]
        return bool(holders) and any(tells[id(plan)](body) for body in holders[-1].departments)

    return lambda row: any(named(plan, trail) for plan, trail in trails(row))


class Bodies:
    """Tells whether a department of a plan is the one that is asked for, by any name it ever had."""

    def __init__(self, plan: Plan, wanted: Department | Organ | str, directory: Directory | None) -> None:
        self._plan = plan
        self._wanted = wanted
        self._directory = directory
        self._known: dict[str, bool] = {}

    def __call__(self, body: Department) -> bool:
        """Tell whether a department that the plan names is the one."""
        known = self._known.get(body.name)
        if known is None:
            known = self._known[body.name] = self._is_it(body.name)
        return known

    def _is_it(self, name: str) -> bool:
        wanted = self._wanted.name if isinstance(self._wanted, Department) else self._wanted
        if isinstance(wanted, str) and folded(wanted) == folded(name):
            return True
        from gongkai.directory import Directory, Organ  # its tables are read when a name differs

        directory = self._directory or Directory.default()
        where, on = self._plan.division, time_of(self._plan)
        mine = directory.resolve(name, division=where, on=on)
        if isinstance(wanted, Organ):
            return bool(mine) and directory.relation(mine, wanted).one_body
        theirs = directory.resolve(wanted, division=where, on=on)
        if not theirs:
            theirs = directory.resolve(wanted, division=where)
        return bool(mine) and bool(theirs) and directory.relation(mine, theirs).one_body
