"""When the tasks of a plan are due: months that stand one below the other, and what names no day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.timing import deadlines_of
from gongkai.model import Deadline, DeadlineKind, Plan, Stated, Task
from gongkai.views._flow import fitting
from gongkai.views._history_rows import label_of
from gongkai.views._words import Words

__all__ = ["DueItem", "DueLine", "DueSort", "Timeline", "line_words", "square_words", "timeline"]

DueSort: TypeAlias = Literal["day", "period", "recurring", "within", "ongoing", "none"]
"""How a deadline binds: by a day or a month, by the end of a longer period, again and again, within a time
after an event, for ever, or not at all."""

_SORTS: Final[dict[DeadlineKind, DueSort]] = {
    DeadlineKind.DATE: "day",
    DeadlineKind.MONTH: "day",
    DeadlineKind.QUARTER: "period",
    DeadlineKind.HALF: "period",
    DeadlineKind.YEAR: "period",
    DeadlineKind.RECURRING: "recurring",
    DeadlineKind.WITHIN: "within",
    DeadlineKind.ONGOING: "ongoing",
}

#: Beyond so many months lines are quarters, beyond three times as many years; more lines than that are not
#: drawn one after the other.
_MOST: Final = 18


@final
@frozen
class DueItem:
    """One task that is due then.

    Attributes:
        task: the task.
        place: its place among the tasks of the plan, from 1.
        deadlines: its deadlines that fall there.
        sort: how the first of them binds.
    """

    task: Task
    place: int
    deadlines: tuple[Deadline, ...]
    sort: DueSort


@final
@frozen
class DueLine:
    """One line of the picture.

    Attributes:
        name: ``2024-10``, ``2024-Q4`` or ``2024`` for a time, else the sort.
        start: the first day of the time; None for what names none.
        items: the tasks, in their order.
    """

    name: str
    start: date | None
    items: tuple[DueItem, ...]


@final
@frozen
class Timeline:
    """A plan by its deadlines.

    Attributes:
        lines: the times in their order, with those between in which nothing is due, then what names no time.
        unit: what a time is: ``month``, ``quarter`` or ``year``.
    """

    lines: tuple[DueLine, ...]
    unit: Literal["month", "quarter", "year"]


def timeline(plan: Plan) -> Timeline:
    """Put the tasks of a plan by when they are due.

    The deadlines of the clause or the column count; those of sentences only where there are no others, and
    what is to be done within a time after some event only where nothing else is said. A task that is due at
    several times stands at each.
    """
    dated: defaultdict[date, dict[int, list[Deadline]]] = defaultdict(dict)
    others: defaultdict[DueSort, dict[int, list[Deadline]]] = defaultdict(dict)
    tasks = [task for task, _ in finest_tasks(plan)]
    for place, task in enumerate(tasks):
        telling = _telling(task)
        for deadline in telling:
            if deadline.due is not None:
                dated[deadline.due.replace(day=1)].setdefault(place, []).append(deadline)
            else:
                others[_SORTS[deadline.kind]].setdefault(place, []).append(deadline)
        if not telling and not task.parts:  # the parts tell theirs
            others["none"][place] = []
    unit = _unit(dated)
    merged: defaultdict[tuple[int, int], dict[int, list[Deadline]]] = defaultdict(dict)
    for day in sorted(dated):
        for place, deadlines in dated[day].items():
            merged[_slot(day, unit)].setdefault(place, []).extend(deadlines)
    lines = [
        DueLine(_name(slot, unit), _first(slot, unit), _items(merged.get(slot, {}), tasks))
        for slot in _slots(merged, unit)
    ]
    kinds: tuple[DueSort, ...] = ("recurring", "ongoing", "within", "none")
    lines += [DueLine(sort, None, _items(others[sort], tasks)) for sort in kinds if sort in others]
    return Timeline(tuple(lines), unit)


def _telling(task: Task) -> list[Deadline]:
    """The deadlines that count."""
    within = [
        deadline
        for deadline in task.deadlines
        if deadline.kind is DeadlineKind.WITHIN and deadline.stated is not Stated.SENTENCE
    ]
    return deadlines_of([task]) or within


def _items(held: dict[int, list[Deadline]], tasks: list[Task]) -> tuple[DueItem, ...]:
    return tuple(
        [
            DueItem(
                tasks[place],
                place + 1,
                tuple(deadlines),
                _SORTS[deadlines[0].kind] if deadlines else "none",
            )
            for place, deadlines in sorted(held.items())
        ]
    )


_Unit: TypeAlias = Literal["month", "quarter", "year"]
_MONTHS: Final[dict[_Unit, int]] = {"month": 1, "quarter": 3, "year": 12}


def _unit(days: Iterable[date]) -> _Unit:
    found = sorted(days)
    if not found:
        return "month"
    months = 12 * (found[-1].year - found[0].year) + found[-1].month - found[0].month + 1
    return "month" if months <= _MOST else "quarter" if months <= 3 * _MOST else "year"


def _slot(day: date, unit: _Unit) -> tuple[int, int]:
    return day.year, (day.month - 1) // _MONTHS[unit]


def _slots(held: Iterable[tuple[int, int]], unit: _Unit) -> list[tuple[int, int]]:
    """The times from the first to the last; years that are far apart stand alone."""
    found = sorted(held)
    if not found:
        return []
    parts = 12 // _MONTHS[unit]
    first, last = (year * parts + part for year, part in (found[0], found[-1]))
    if last - first > 3 * _MOST:
        return found
    return [divmod(number, parts) for number in range(first, last + 1)]


def _name(slot: tuple[int, int], unit: _Unit) -> str:
    year, part = slot
    return {"month": f"{year}-{part + 1:02}", "quarter": f"{year}-Q{part + 1}", "year": str(year)}[unit]


def _first(slot: tuple[int, int], unit: _Unit) -> date:
    return date(slot[0], slot[1] * _MONTHS[unit] + 1, 1)


def square_words(item: DueItem, room: float, letter: float) -> str:
    """What stands in a square: the task's number; where that does not fit, its place in the plan, as #12."""
    label = label_of(item.task)
    return label if label and fitting(label, room, letter) == label else f"#{item.place}"


def line_words(line: DueLine, say: Words) -> str:
    """What a line is called: a month, a quarter or a year, else how what stands there binds."""
    if line.start is None:
        return say[f"sorts.{line.name}"]
    unit = {7: "quarter" if "Q" in line.name else "month", 4: "year"}[len(line.name)]
    quarter = (line.start.month - 1) // 3 + 1
    return say[f"deadlines.{unit}"].format(year=line.start.year, month=line.start.month, quarter=quarter)
