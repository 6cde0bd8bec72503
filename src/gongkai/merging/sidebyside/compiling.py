"""A table of matters as a plan of its own, in which no task is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from gongkai.comparing.diffing.tree import spanless
from gongkai.model import Plan, Section, Task

if TYPE_CHECKING:
    from gongkai.merging.sidebyside.consolidation import Consolidation, Matter

__all__ = ["SHARED", "SOURCE", "compiled"]

#: The columns that say where a task is from, and which tasks of other plans share a part of it.
SOURCE: Final = "来源"
SHARED: Final = "另见"

_Placed: TypeAlias = tuple[str, Task]


def compiled(table: Consolidation, title: str | None, year: int | None) -> Plan:
    """Return the plan; see :meth:`Consolidation.plan`."""
    from gongkai.reading.containers.numerals import chinese

    if title is None:
        title = f"{'、'.join(table.columns[:3])}{'等' if len(table.columns) > 3 else ''}任务汇总"
    numbers = iter(range(1, len(table.rows) + 1))
    content: list[Section | Task] = []
    for heading, rows in groupby(table.rows, key=lambda row: row.section):
        tasks = [_task(row, f"{next(numbers)}.") for row in rows]
        if heading:
            place = sum(isinstance(block, Section) for block in content) + 1
            content.append(Section(heading, tasks, label=f"{chinese(place)}、"))
        else:
            content += tasks
    made = Plan(title, content) if year is None else Plan(title, content, year=year)
    years = {plan.year for plan in table.plans}
    return attrs.evolve(made, year=years.pop()) if made.year is None and len(years) == 1 else made


def _task(row: Matter, label: str) -> Task:
    """Return a matter as one task; as a task with parts where its tasks are not all alike."""
    alike = _alike([(cell.column, task) for cell in row.cells for task in cell.tasks])
    shared = [(cell.column, task) for cell in row.cells for task in cell.partial]
    see = ((SHARED, _places(shared)),) if shared else ()
    tasks = [_sourced(placed) for placed in alike]
    if len(tasks) == 1:
        return attrs.evolve(tasks[0], label=label, extras=(*tasks[0].extras, *see))
    parts = [attrs.evolve(task, label=f"（{number}）") for number, task in enumerate(tasks, 1)]
    return Task(row.name, label=label, parts=parts, extras=see)


def _alike(placed: Iterable[_Placed]) -> list[list[_Placed]]:
    """Put those together that say the same, with the same departments and deadlines."""
    found: dict[object, list[_Placed]] = {}
    for column, task in placed:
        says = (task.text, task.assignments, task.deadlines, task.extras)
        found.setdefault(says, []).append((column, task))
    return list(found.values())


def _sourced(placed: Sequence[_Placed]) -> Task:
    """Return one of several like tasks, with the places of all of them.

    Places that it has already, from an earlier consolidation, stand behind its own in brackets.
    """
    task = spanless(placed[0][1])
    before = "；".join([text for name, text in task.extras if name == SOURCE])
    places = _places(placed) + (f"（{before}）" if before else "")
    extras = [*[pair for pair in task.extras if pair[0] != SOURCE], (SOURCE, places)]
    return attrs.evolve(task, key=None, parts=(), extras=extras)


def _places(placed: Iterable[_Placed]) -> str:
    return "；".join([f"{column} {task.key}" for column, task in placed])
