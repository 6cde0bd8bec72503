"""What came back of a ledger, and what it says of a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, cast, final

from attrs import frozen

from gongkai.codec._plan import plan_data, read_plan
from gongkai.codec._text import render
from gongkai.comparing import Diff, diff
from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.exchange.ledger.days import due_of, interim_passed, next_due
from gongkai.model import Finding, Plan, Progress, ProgressStatus, Task
from gongkai.model._display import Shown

__all__ = ["DepartmentProgress", "Disagreement", "Ledger"]

_MARK: Final = "gongkai-ledger"
_VERSION: Final = 1
_FIELDS: Final = ("status", "percent", "completed_on", "note", "who", "place")


@final
@frozen
class Disagreement(Shown):
    """One thing of a task on which the sheets that came back differ.

    Attributes:
        key: the key of the task.
        field: what it is: ``status``, ``percent``, ``completed_on``, ``note``, ``who``, or a column of the
            plan: ``number``, ``task``, a role, ``deadline``.
        values: each value, as typed, with the row that it stands in; the first one was taken.
    """

    key: str
    field: str
    values: tuple[tuple[str, str], ...]


@final
@frozen
class DepartmentProgress(Shown):
    """How far the tasks of one department have come.

    Attributes:
        department: its name as the plan writes it; None for all tasks of the plan.
        tasks: how many tasks it has a role in.
        done: how many are reported as done.
        in_progress: how many are in progress.
        not_started: how many are not started.
        paused: how many are paused.
        unreported: of how many no status came back.
        overdue: how many are neither done nor paused though their day has passed.
    """

    department: str | None
    tasks: int
    done: int
    in_progress: int
    not_started: int
    paused: int
    unreported: int
    overdue: int


@final
@frozen(repr=False)
class Ledger(Shown):
    """A plan with what was reported of its tasks.

    Attributes:
        plan: the plan that the ledger is of.
        progress: what was reported, in the order of the plan; tasks of which nothing came back have none.
        edited: the plan with what was changed in the ledger's columns of it.
        disagreements: where sheets that came back differ.
        findings: what could not be read, and what else was noticed.

    >>> from datetime import date
    >>> from gongkai import Deadline, Ledger, Plan, Progress, Task
    >>> budget = Task("公开预算。", label="1.", deadlines=[Deadline.by_month(2024, 3)])
    >>> plan = Plan("要点", [budget, Task("公开目录。", label="2.")])
    >>> ledger = Ledger(plan, (Progress("2", "done"),))
    >>> ledger.overdue(date(2024, 5, 1))
    (<Task 1. 公开预算。 · 2024年3月>,)
    >>> ledger
    <Ledger 要点 · 2 tasks · 1 reported · 1 done>
    """

    plan: Plan
    progress: tuple[Progress, ...] = ()
    edited: Plan | None = None
    disagreements: tuple[Disagreement, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, key: str) -> Progress | None:
        """Return what was reported of the task with that key; None for nothing."""
        return next((item for item in self.progress if item.key == key), None)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that a ledger has rows for: those with text of their own, in the plan's order."""
        return tuple([task for task, _ in finest_tasks(self.plan)])

    def diff(self) -> Diff:
        """Return how the plan was changed in the ledger: its texts, departments and deadlines."""
        new = self.plan if self.edited is None else self.edited
        known = [(task.key, task.key, "same") for task in self.tasks if task.key and task.key in new]
        return diff(self.plan, new, known=known)

    def overdue(self, today: date | None = None) -> tuple[Task, ...]:
        """Return the tasks whose day has passed, and that are reported neither as done nor as paused.

        Args:
            today: the day; by default this one.
        """
        day = today or date.today()  # noqa: DTZ011 - the day of whoever asks
        return tuple([task for task in self._open() if (due := due_of(task)) is not None and due < day])

    def interim_passed(self, today: date | None = None) -> tuple[tuple[date, Task], ...]:
        """Return the tasks of which a part was to be done by now, with the last such day, by day.

        What is overdue as a whole is left out, and what is done or paused. Reports say nothing of parts: what
        was due by that day may be done.

        Args:
            today: the day; by default this one.

        >>> from datetime import date
        >>> from gongkai import Deadline, Ledger, Plan, Task
        >>> days = [Deadline.by_month(2024, 6), Deadline.by_month(2024, 12)]
        >>> ledger = Ledger(Plan("要点", [Task("公开目录。", label="1.", deadlines=days)]))
        >>> [str(day) for day, _ in ledger.interim_passed(date(2024, 7, 1))], ledger.overdue(date(2024, 7, 1))
        (['2024-06-30'], ())
        """
        day = today or date.today()  # noqa: DTZ011 - the day of whoever asks
        late = {task.key for task in self.overdue(day)}
        held = [task for task in self._open() if task.key not in late]
        found = [(past, task) for task in held if (past := interim_passed(task, day)) is not None]
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def due_soon(self, today: date | None = None, *, days: int = 30) -> tuple[tuple[date, Task], ...]:
        """Return what falls due within so many days, recurring deadlines too, by day; done tasks left out.

        Args:
            today: the day to count from; by default this one.
            days: how many days ahead.
        """
        day = today or date.today()  # noqa: DTZ011 - the day of whoever asks
        found = [(due, task) for task in self._open() if (due := next_due(task, day, days)) is not None]
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def counts(self, today: date | None = None) -> DepartmentProgress:
        """Return how far the plan has come as a whole."""
        return self._counted(None, self.tasks, {task.key for task in self.overdue(today)})

    def by_department(self, today: date | None = None) -> tuple[DepartmentProgress, ...]:
        """Return how far the tasks of each department have come, in order of first mention."""
        late = {task.key for task in self.overdue(today)}
        tasks: dict[str, list[Task]] = {}
        for task in self.tasks:
            for name in dict.fromkeys([body.name for body in task.departments]):
                tasks.setdefault(name, []).append(task)
        return tuple([self._counted(name, held, late) for name, held in tasks.items()])

    def _open(self) -> Iterable[Task]:
        closed = {ProgressStatus.DONE, ProgressStatus.PAUSED}
        shut = {item.key for item in self.progress if item.status in closed}
        return (task for task in self.tasks if task.key not in shut)

    def _counted(self, name: str | None, tasks: Iterable[Task], late: set[str | None]) -> DepartmentProgress:
        said = {item.key: item.status for item in self.progress}
        held = [task.key for task in tasks]
        statuses = [said.get(key or "") for key in held]
        count = statuses.count
        return DepartmentProgress(
            name,
            tasks=len(held),
            done=count(ProgressStatus.DONE),
            in_progress=count(ProgressStatus.IN_PROGRESS),
            not_started=count(ProgressStatus.NOT_STARTED),
            paused=count(ProgressStatus.PAUSED),
            unreported=count(None),
            overdue=sum([key in late for key in held]),
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the plan and what was reported as versioned JSON, which :meth:`from_json` loads.

        What came back besides (edits, disagreements, findings) is of one return, and is not kept.

        >>> from gongkai import Ledger, Plan, Progress, Task
        >>> ledger = Ledger(Plan("要点", [Task("公开目录。", label="1.")]), (Progress("1", percent=80),))
        >>> Ledger.from_json(ledger.to_json()) == ledger
        True
        """
        reported = [
            {"key": item.key, **{name: value for name, value in _fields(item) if value not in {None, ""}}}
            for item in self.progress
        ]
        return render({_MARK: _VERSION, "plan": plan_data(self.plan), "progress": reported}, indent)

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """Load what :meth:`to_json` wrote.

        Raises:
            LoadError: it is no such file; with every problem at once.
        """
        try:
            data: object = json.loads(text)
        except ValueError as error:
            raise LoadError([Problem("$", f"this is not JSON: {error}")]) from None
        held = cast("dict[str, object]", data) if isinstance(data, dict) else {}
        if held.get(_MARK) != _VERSION:
            raise LoadError([Problem(f"$.{_MARK}", f"expected {_VERSION}, as in a ledger's file")])
        plan, found = read_plan(held.get("plan"), ("plan",))
        problems = [Problem("$." + ".".join(map(str, place)), said) for place, said in found]
        progress = _progress(held.get("progress", []), problems)
        if plan is None or problems:
            raise LoadError(problems)
        return cls(plan, tuple(progress))

    def __repr__(self) -> str:
        counts = self.counts(date.min)
        facts = [self.plan.title or "untitled", f"{counts.tasks} tasks"]
        facts += [f"{counts.tasks - counts.unreported} reported", f"{counts.done} done"]
        facts += [f"{len(self.disagreements)} disagreements"] if self.disagreements else []
        return "<Ledger " + " · ".join(facts) + ">"


def _fields(item: Progress) -> Iterator[tuple[str, Any]]:
    for name in _FIELDS:
        value: object = getattr(item, name)
        yield name, str(value) if isinstance(value, (date, ProgressStatus)) else value


def _progress(rows: object, problems: list[Problem]) -> list[Progress]:
    if not isinstance(rows, list):
        problems.append(Problem("$.progress", "expected a list"))
        return []
    found: list[Progress] = []
    for at, row in enumerate(cast("list[object]", rows)):
        place = f"$.progress[{at}]"
        values = dict(cast("dict[str, Any]", row)) if isinstance(row, dict) else {}
        if "key" not in values or set(values) - {"key", *_FIELDS}:
            problems.append(Problem(place, f"expected an object with a key and some of {', '.join(_FIELDS)}"))
            continue
        try:
            if "completed_on" in values:
                values["completed_on"] = date.fromisoformat(values["completed_on"])
            found.append(Progress(**values))
        except (InvalidValue, TypeError, ValueError) as error:
            problems.append(Problem(place, str(error)))
    return found
