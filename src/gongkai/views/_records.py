"""Tasks and changes as flat records, for JSON and data frames."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from gongkai.comparing.diffing.changes import Change, ChangeKind
from gongkai.comparing.diffing.difference import Diff
from gongkai.errors import InvalidValue
from gongkai.model import Block, Deadline, Plan, Role, Section, Task
from gongkai.views._rows import heading_words
from gongkai.views._words import words

__all__ = [
    "ChangeRecord",
    "DeadlineRecord",
    "DiffRecord",
    "RowRecord",
    "SummaryRecord",
    "TaskRecord",
    "diff_record",
    "task_records",
]


class DeadlineRecord(TypedDict):
    """One deadline; days are ISO dates."""

    text: str
    kind: str
    due: str | None
    start: str | None
    rule: str | None
    amount: int | None
    unit: str | None
    bound: str | None
    event: str | None


class TaskRecord(TypedDict):
    """One task or part, flat."""

    key: str | None
    label: str | None
    path: list[str]
    section: str
    part_of: str | None
    text: str
    lead: list[str]
    responsible: list[str]
    cooperate: list[str]
    support: list[str]
    guide: list[str]
    open: bool
    severally: bool
    deadlines: list[DeadlineRecord]
    due: str | None
    extras: dict[str, str]


class ChangeRecord(TypedDict):
    """One change, with its sentence."""

    kind: str
    severity: str
    subject: str
    field: str
    old_key: str | None
    new_key: str | None
    explanation: str


class RowRecord(TypedDict):
    """One correspondence, with the keys and texts of its tasks."""

    subject: str
    status: str
    score: float | None
    old: list[TaskRecord]
    new: list[TaskRecord]
    changes: list[ChangeRecord]


class SummaryRecord(TypedDict):
    """How many rows of tasks have which status, and how many changes of which kind they hold."""

    rows: dict[str, int]
    changes: dict[str, int]


class DiffRecord(TypedDict):
    """A comparison."""

    old: str
    new: str
    summary: SummaryRecord
    rows: list[RowRecord]


def _record(task: Task, path: tuple[str, ...], part_of: str | None) -> TaskRecord:
    days = [deadline.due for deadline in task.deadlines if deadline.due is not None]
    held = {role: [body.name for body in task.departments_as(role)] for role in Role}
    return {
        "key": task.key,
        "label": task.label,
        "path": list(path),
        "section": " › ".join(path),
        "part_of": part_of,
        "text": task.text,
        "lead": held[Role.LEAD],
        "responsible": held[Role.RESPONSIBLE],
        "cooperate": held[Role.COOPERATE],
        "support": held[Role.SUPPORT],
        "guide": held[Role.GUIDE],
        "open": any(item.open for item in task.assignments),
        "severally": any(item.severally for item in task.assignments),
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
        "due": max(days).isoformat() if days else None,
        "extras": dict(task.extras),
    }


def _deadline(deadline: Deadline) -> DeadlineRecord:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": deadline.due.isoformat() if deadline.due else None,
        "start": deadline.start.isoformat() if deadline.start else None,
        "rule": deadline.rule,
        "amount": deadline.amount,
        "unit": deadline.unit.value if deadline.unit else None,
        "bound": deadline.bound.value if deadline.bound else None,
        "event": deadline.event,
    }


def _collect(block: Block, path: tuple[str, ...], part_of: str | None, found: list[TaskRecord]) -> None:
    if isinstance(block, Section):
        for inside in block.content:
            _collect(inside, (*path, heading_words(block)), None, found)
    elif isinstance(block, Task):
        found.append(_record(block, path, part_of))
        for part in block.parts:
            _collect(part, path, block.key, found)


def task_records(plan: Plan) -> list[TaskRecord]:
    """Return every task and part of a plan as a flat record, in document order.

    ``path`` is the headings above it, ``section`` the same on one line; ``part_of`` the key of the
    task that it is a part of; ``due`` the last day that a deadline of its own names, as an ISO date.
    Departments and deadlines are its own, never its
    parts'.

    >>> from gongkai import Assignment, Plan, Task
    >>> plan = Plan("要点", [Task("公开预决算。", label="1.", assignments=[Assignment.lead("区财政局")])])
    >>> record, = task_records(plan)
    >>> record["key"], record["lead"], record["due"]
    ('1', ['区财政局'], None)

    Raises:
        InvalidValue: it is no plan.
    """
    if type(plan) is not Plan:
        raise InvalidValue("task_records", "plan", plan, "a Plan")
    found: list[TaskRecord] = []
    for block in plan.content:
        _collect(block, (), None, found)
    return found


def _change(change: Change, language: str) -> ChangeRecord:
    return {
        "kind": change.kind.value,
        "severity": change.severity.value,
        "subject": change.subject.value,
        "field": change.field,
        "old_key": change.old_key,
        "new_key": change.new_key,
        "explanation": change.explain("en" if language == "en" else "zh"),
    }


def diff_record(diff: Diff, *, language: str = "zh") -> DiffRecord:
    """Return a comparison as plain values: its rows with the tasks of both sides, and each change's sentence.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> diff = gongkai.diff(Plan("要点", [Task("公开预算。", label="1.")]), Plan("要点"))
    >>> [row["status"] for row in diff_record(diff)["rows"]]
    ['removed']

    Raises:
        InvalidValue: it is no diff, or the language is neither ``zh`` nor ``en``.
    """
    if type(diff) is not Diff:
        raise InvalidValue("diff_record", "diff", diff, "a Diff")
    words(language)
    old = {record["key"]: record for record in task_records(diff.old)}
    new = {record["key"]: record for record in task_records(diff.new)}
    rows: list[RowRecord] = [
        {
            "subject": row.subject.value,
            "status": row.status.value,
            "score": row.score,
            "old": [old[block.key] for block in row.old if isinstance(block, Task)],
            "new": [new[block.key] for block in row.new if isinstance(block, Task)],
            "changes": [_change(change, language) for change in row.changes],
        }
        for row in diff.rows
    ]
    return {"old": diff.old.title, "new": diff.new.title, "summary": _summary(diff), "rows": rows}


def _summary(diff: Diff) -> SummaryRecord:
    counts = Counter(change.kind for row in diff.tasks for change in row.changes)
    return {"rows": diff.summary(), "changes": {kind.value: counts[kind] for kind in ChangeKind}}
