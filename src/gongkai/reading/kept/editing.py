"""A block of a plan with what somebody changed in its row of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import attrs

from gongkai.model import Assignment, Block, Deadline, Paragraph, Role, Section, Stated, Task
from gongkai.reading.deadlines import find_deadlines
from gongkai.reading.extract import PrintedCell
from gongkai.reading.kept.rows import KeptRow
from gongkai.reading.lines import scan
from gongkai.reading.settling import Settler
from gongkai.reading.tables.cells import is_none, responsibility

__all__ = ["Setting", "added", "edited", "edited_task", "heading_of", "paragraph_of"]

_ROLES: Final = frozenset(role.value for role in Role)


class Setting(NamedTuple):
    """What the words of a cell depend on: the plan's year, and who settles its names."""

    year: int | None
    settler: Settler


def edited(block: Block, row: KeptRow, setting: Setting) -> Block:
    """Return a block with the cells of its row that were changed; all else stays as it was."""
    if not row.changes:
        return block
    if isinstance(block, Task):
        return edited_task(block, row, setting)
    label, text = heading_of(row.text(0))
    if isinstance(block, Section):
        return attrs.evolve(block, label=label, heading=text)
    return attrs.evolve(block, label=label, text=text)


def added(row: KeptRow, setting: Setting) -> Task:
    """Return the task of a row that somebody added."""
    return edited_task(Task(""), row._replace(digests=()), setting)


def heading_of(text: str) -> tuple[str | None, str]:
    """Return the label and the text of a line.

    >>> heading_of("（二）强化执行公开")
    ('（二）', '强化执行公开')
    """
    first = next(iter(scan(text)), None)
    if first is None or first.style < 0:
        return None, text
    return first.label, text.strip()[first.body :].strip()


def edited_task(task: Task, row: KeptRow, setting: Setting) -> Task:
    """Return a task with the cells of its row that were changed; its parts are not looked at."""
    changed = [at for at in range(len(row.columns)) if row.is_changed(at)]
    values = attrs.evolve(task)
    for at in changed:
        column = row.columns[at]
        text = row.text(at)
        if column.holds == "number":
            values = attrs.evolve(values, label=text or None)
        elif column.holds == "task":
            values = attrs.evolve(values, text=text, deadlines=_deadlines(values, text, None, setting))
        elif column.holds in _ROLES:
            values = _reassigned(values, Role(column.holds), row, at, setting)
        elif column.holds == "deadline":
            values = attrs.evolve(values, deadlines=_deadlines(values, None, text, setting))
        elif column.holds == "extra":
            values = attrs.evolve(values, extras=_extras(values, column.name, text))
    for name, cell in row.others:
        values = attrs.evolve(values, extras=(*values.extras, (name, cell.text.strip())))
    return values


def _deadlines(task: Task, text: str | None, column: str | None, setting: Setting) -> tuple[Deadline, ...]:
    """Return the deadlines of a task with another text, or with other words in its column."""
    stated = [item for item in task.deadlines if item.stated is not Stated.SENTENCE]
    in_text = [item for item in task.deadlines if item.stated is Stated.SENTENCE]
    if text is not None:
        in_text = list(find_deadlines(text, setting.year, stated=Stated.SENTENCE, place=None))
    if column is not None:
        empty = not column or is_none(column)
        stated = [] if empty else list(find_deadlines(column, setting.year, stated=Stated.COLUMN, place=None))
    return (*stated, *in_text)


def _reassigned(task: Task, role: Role, row: KeptRow, at: int, setting: Setting) -> Task:
    """Return a task whose assignments of a role are those that its cell names now."""
    assignments, times = _assignments(row.text(at), role, setting)
    kept = list(task.assignments)
    first = next((place for place, item in enumerate(kept) if item.role is role), len(kept))
    rest = [item for item in kept[first:] if item.role is not role]
    return attrs.evolve(
        task, assignments=(*kept[:first], *assignments, *rest), deadlines=(*task.deadlines, *times)
    )


def _assignments(
    text: str, role: Role, setting: Setting
) -> tuple[tuple[Assignment, ...], tuple[Deadline, ...]]:
    if not text:
        return (), ()
    cell = PrintedCell(0, 0, 1, 1, tuple(_lines(text)))
    clause = responsibility(text, cell, role)
    found = setting.settler.settle(clause).assignments
    times = [
        time
        for slot in clause.deadlines
        for time in find_deadlines(slot.text, setting.year, stated=Stated.CLAUSE, place=None)
    ]
    return tuple(found), tuple(times)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _extras(task: Task, name: str, text: str) -> tuple[tuple[str, str], ...]:
    place = next((at for at, (head, _) in enumerate(task.extras) if head == name), len(task.extras))
    rest = [pair for pair in task.extras[place:] if pair[0] != name]
    return (*task.extras[:place], *([(name, text)] if text else []), *rest)


def paragraph_of(row: KeptRow) -> Paragraph:
    """Return the paragraph that somebody added."""
    label, text = heading_of(row.text(0))
    return Paragraph(text, label=label)
