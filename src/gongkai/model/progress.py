"""How far a task has come, as whoever answers for it reports."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_optional_member, within

__all__ = ["Progress", "ProgressStatus"]


@unique
class ProgressStatus(StrEnum):
    """What is reported of a task, in the words of supervision ledgers (督查台账).

    That a task is overdue is not reported but follows from its deadline and the day: ``Ledger.overdue``.
    """

    NOT_STARTED = "not-started"
    """未启动"""
    IN_PROGRESS = "in-progress"
    """进行中"""
    DONE = "done"
    """已完成"""
    PAUSED = "paused"
    """暂缓"""


def _to_status(value: ProgressStatus | str | None) -> ProgressStatus | None:
    return to_optional_member(ProgressStatus, value)


@final
@frozen(weakref_slot=False, repr=False)
class Progress(Shown):
    """What was reported of one task.

    Attributes:
        key: the key of the task in its plan.
        status: ``not-started``, ``in-progress``, ``done`` or ``paused``; None where nothing was said.
        percent: how much of it is done, from 0 to 100.
        completed_on: the day on which it was completed.
        note: what was done, in the words of whoever reports.
        who: the person in charge.
        place: the cell or row that it was read from, as ``台账.xlsx 台账!12``; outside equality.

    >>> from datetime import date
    >>> from gongkai import Progress
    >>> Progress("37.2", "done", completed_on=date(2024, 10, 8))
    <Progress 37.2 done 2024-10-08>
    >>> Progress("3", percent=180)
    Traceback (most recent call last):
        ...
    gongkai.errors.InvalidValue: Progress.percent: expected an int from 0 to 100 or None, got 180 (int)
    """

    key: str = field(validator=is_a(str))
    status: ProgressStatus | None = field(
        default=None, converter=_to_status, validator=member(ProgressStatus, optional=True)
    )
    percent: int | None = field(default=None, kw_only=True, validator=within(0, 100, optional=True))
    completed_on: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    note: str = field(default="", kw_only=True, validator=is_a(str))
    who: str = field(default="", kw_only=True, validator=is_a(str))
    place: str | None = field(default=None, kw_only=True, eq=False, validator=is_a(str, optional=True))

    @property
    def is_done(self) -> bool:
        """Whether the task is reported as done."""
        return self.status is ProgressStatus.DONE

    def __repr__(self) -> str:
        facts = [shorten(self.key, 40), str(self.status or "no status")]
        facts += [f"{self.percent}%"] if self.percent is not None else []
        facts += [str(self.completed_on)] if self.completed_on else []
        return f"<Progress {' '.join(facts)}>"
