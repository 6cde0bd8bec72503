"""A coverage and a history as plain values, for JSON."""

from __future__ import annotations

from typing import Final, TypedDict

from gongkai.comparing import Coverage, CoverageRow, Edge, Handover, History, HistoryRow, Mark
from gongkai.errors import InvalidValue
from gongkai.views._links import LinkRecord, link_record
from gongkai.views._records import TaskRecord, task_records
from gongkai.views._words import words

__all__ = [
    "CarrierRecord",
    "ColumnRecord",
    "CoverageRecord",
    "CoverageRowRecord",
    "HandoverRecord",
    "HistoryRecord",
    "MarkRecord",
    "PassageRecord",
    "ThreadRecord",
    "coverage_record",
    "history_record",
]


#: The version of both forms; it stands first in them.
_VERSION: Final = 1


class MarkRecord(TypedDict):
    """A mark; the day is an ISO date."""

    key: str
    reason: str
    text: str
    annotator: str
    marked_on: str | None


class PassageRecord(TypedDict):
    """One sentence, and how much of it stands in the carrying tasks."""

    text: str
    start: int
    share: float
    key: str | None


class HandoverRecord(TypedDict):
    """A department of the reference, and who answers in its stead."""

    old: str | None
    old_role: str | None
    new: str | None
    new_role: str | None
    relation: str | None


class CarrierRecord(TypedDict):
    """A task that carries one of the reference, and the link to it."""

    task: TaskRecord
    link: LinkRecord


class CoverageRowRecord(TypedDict):
    """What became of one task of the reference, with its sentence."""

    task: TaskRecord
    status: str
    covered: float
    carriers: list[CarrierRecord]
    passages: list[PassageRecord]
    handovers: list[HandoverRecord]
    timing: str
    mark: MarkRecord | None
    explanation: str


class CoverageRecord(TypedDict):
    """A coverage: both titles, counts, a row a task of the reference, what the plan has beyond it.

    ``coverage`` is the version of this form.
    """

    coverage: int
    reference: str
    plan: str
    summary: dict[str, int]
    share: float | None
    rows: list[CoverageRowRecord]
    extra: list[TaskRecord]
    unplaced: list[MarkRecord]


class ColumnRecord(TypedDict):
    """One plan of a history."""

    name: str
    year: int | None
    title: str


class ThreadRecord(TypedDict):
    """One thread of tasks, with its sentence."""

    id: str
    columns: list[str]
    bodies: list[str]
    explanation: str
    stages: list[HistoryRow]


class HistoryRecord(TypedDict):
    """A history: the plans, counts for each, the threads of tasks, and the ties between tasks.

    ``history`` is the version of this form.
    """

    history: int
    columns: list[ColumnRecord]
    summary: dict[str, dict[str, int]]
    threads: list[ThreadRecord]
    ties: list[Edge]


def coverage_record(cover: Coverage, *, language: str = "zh") -> CoverageRecord:
    """Return a coverage as plain values: each task of the reference with those that carry it.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> cover = gongkai.coverage(Plan("市", [Task("公开目录。")]), Plan("区", [Task("公开目录。")]))
    >>> record = coverage_record(cover)
    >>> record["share"], record["rows"][0]["carriers"][0]["link"]["strength"]
    (1.0, 'same')

    Raises:
        InvalidValue: it is no coverage, or the language is neither ``zh`` nor ``en``.
    """
    if type(cover) is not Coverage:
        raise InvalidValue("coverage_record", "cover", cover, "a Coverage")
    words(language)
    asked = {record["key"]: record for record in task_records(cover.reference)}
    given = {record["key"]: record for record in task_records(cover.plan)}
    rows: list[CoverageRowRecord] = [
        {
            "task": asked[row.task.key],
            "status": row.status.value,
            "covered": row.covered,
            "carriers": [{"task": given[link.new.key], "link": link_record(link)} for link in row.links],
            "passages": [
                {"text": each.text, "start": each.start, "share": each.share, "key": each.key}
                for each in row.passages
            ],
            "handovers": [_handover(item) for item in row.handovers],
            "timing": row.timing.value,
            "mark": None if row.mark is None else _mark(row.mark),
            "explanation": _told(row, language),
        }
        for row in cover
    ]
    return {
        "coverage": _VERSION,
        "reference": cover.reference.title,
        "plan": cover.plan.title,
        "summary": cover.summary(),
        "share": cover.tally.share,
        "rows": rows,
        "extra": [given[task.key] for task in cover.extra],
        "unplaced": [_mark(mark) for mark in cover.unplaced],
    }


def _told(row: CoverageRow, language: str) -> str:
    return row.explain("en" if language == "en" else "zh")


def _handover(item: Handover) -> HandoverRecord:
    return {
        "old": None if item.old is None else item.old.name,
        "old_role": None if item.old_role is None else item.old_role.value,
        "new": None if item.new is None else item.new.name,
        "new_role": None if item.new_role is None else item.new_role.value,
        "relation": item.relation,
    }


def _mark(mark: Mark) -> MarkRecord:
    return {
        "key": mark.key,
        "reason": mark.reason,
        "text": mark.text,
        "annotator": mark.annotator,
        "marked_on": None if mark.marked_on is None else mark.marked_on.isoformat(),
    }


def history_record(history: History, *, language: str = "zh") -> HistoryRecord:
    """Return a history as plain values: its plans, its threads of tasks, and the ties between tasks.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> record = history_record(gongkai.trace([Plan("要点", [Task("公开目录。")], year=2024)]))
    >>> record["threads"][0]["id"], record["threads"][0]["stages"][0]["entry"]
    ('2024:#1', 'born')

    Raises:
        InvalidValue: it is no history, or the language is neither ``zh`` nor ``en``.
    """
    if type(history) is not History:
        raise InvalidValue("history_record", "history", history, "a History")
    words(language)
    stages: dict[str, list[HistoryRow]] = {thread.id: [] for thread in history}
    for row in history.table():
        stages[row["thread"]].append(row)
    return {
        "history": _VERSION,
        "columns": [
            {"name": name, "year": plan.year, "title": plan.title}
            for name, plan in zip(history.columns, history.plans, strict=True)
        ],
        "summary": history.summary(),
        "threads": [
            {
                "id": thread.id,
                "columns": list(thread.columns),
                "bodies": list(thread.bodies),
                "explanation": thread.explain("en" if language == "en" else "zh"),
                "stages": stages[thread.id],
            }
            for thread in history
        ],
        "ties": history.edges(),
    }
