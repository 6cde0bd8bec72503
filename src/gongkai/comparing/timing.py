"""How the deadlines of two tasks compare, each seen from the year of its own plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, unique

from gongkai.model import Deadline, DeadlineKind, Stated, Task

__all__ = ["Timing", "compare_deadlines", "deadlines_of", "last_day"]


@unique
class Timing(StrEnum):
    """How the deadline of one task compares with that of the task it answers to, or of the year before."""

    NONE = "none"
    """neither has one"""
    SAME = "same"
    """the same day, or the same in other words"""
    EARLIER = "earlier"
    """an earlier day"""
    LATER = "later"
    """a later day"""
    SET = "set"
    """only the second has one"""
    DROPPED = "dropped"
    """only the first has one"""
    OTHER = "other"
    """of two kinds that have no order, as 全年 every quarter and by a day"""


def compare_deadlines(
    first: Iterable[Task], second: Iterable[Task], years: tuple[int | None, int | None]
) -> Timing:
    """Compare the last day by which tasks are due, in the plans of these years.

    Days are moved by the distance of the years: October 2023 in a plan of 2023 is October 2024 in one of
    2024. Where a plan has no year, days count as they stand.
    """
    old, new = (deadlines_of(tasks) for tasks in (first, second))
    if not old or not new:
        return Timing.DROPPED if old else Timing.SET if new else Timing.NONE
    apart = 0 if None in years else (years[1] or 0) - (years[0] or 0)
    before, after = last_day([deadline.shift(apart) for deadline in old]), last_day(new)
    if before is not None and after is not None:
        return Timing.SAME if before == after else Timing.EARLIER if after < before else Timing.LATER
    meanings = ({deadline.meaning(year) for deadline in side} for side, year in ((old, 0), (new, apart)))
    return Timing.SAME if next(meanings) == next(meanings) else Timing.OTHER


def last_day(deadlines: Iterable[Deadline]) -> date | None:
    """Return the last day that any of them names; None where none names a day."""
    return max([deadline.due for deadline in deadlines if deadline.due is not None], default=None)


def deadlines_of(tasks: Iterable[Task]) -> list[Deadline]:
    """Return by when tasks are due: of each what its clause or column says, else the days in its sentences.

    How often something is published (按季度公布) or how long it may take (收到申请后20个工作日内) is no
    deadline of the task where a sentence says it.
    """
    found: list[Deadline] = []
    for task in tasks:
        kept = [deadline for deadline in task.deadlines if deadline.kind is not DeadlineKind.WITHIN]
        own = [deadline for deadline in kept if deadline.stated is not Stated.SENTENCE]
        found += own or [deadline for deadline in kept if deadline.due is not None]
    return found
