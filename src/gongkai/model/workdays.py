"""What a calendar of working days has to know."""

from __future__ import annotations

from datetime import date
from typing import Protocol, runtime_checkable

__all__ = ["WorkCalendar"]


@runtime_checkable
class WorkCalendar(Protocol):
    """A calendar that tells working days from days off, the State Council's shifted weekends included.

    :mod:`gongkai.calendars` has two; any object with this method is one.

    >>> from gongkai import WorkCalendar
    >>> from gongkai.calendars import ListedDays
    >>> isinstance(ListedDays([2024]), WorkCalendar)
    True
    """

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is a working day.

        Raises:
            UnknownDay: the calendar does not know that day's year.
        """
        ...
