"""Calendars of working days: the State Council's, and a user's own list.

The State Council fixes holidays and the weekends that are worked in exchange by a notice each autumn, for one
year. So every calendar knows some years, and says so of any other; a weekday is never taken for a working day
just because it is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Final, final

from attrs import field, frozen

from gongkai.errors import InvalidValue, MissingExtra, UnknownDay
from gongkai.model import WorkCalendar
from gongkai.model._display import Shown
from gongkai.plugins import PluginKind, named, plugins

__all__ = ["ChineseCalendar", "ListedDays", "calendar_named"]

#: The name of the calendar that comes with the extra ``calendar``.
_OWN: Final = "china"

_SATURDAY = 5


@final
@frozen
class ChineseCalendar:
    """The working days of mainland China, as the package chinesecalendar lists them (extra ``calendar``).

    >>> from datetime import date
    >>> from gongkai.calendars import ChineseCalendar
    >>> calendar = ChineseCalendar()
    >>> calendar.is_workday(date(2024, 10, 1)), calendar.is_workday(date(2024, 10, 12))
    (False, True)
    """

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is a working day.

        Raises:
            MissingExtra: chinesecalendar is not installed.
            UnknownDay: the installed chinesecalendar does not know that day's year.
        """
        try:
            known = import_module("chinese_calendar")
        except ImportError as error:
            raise MissingExtra("calendar", "the calendar of working days") from error
        try:
            return bool(known.is_workday(day))
        except NotImplementedError as error:
            raise UnknownDay(day, "chinesecalendar", "install a newer one, or pass ListedDays") from error


def _to_years(years: Iterable[int]) -> frozenset[int]:
    found = frozenset(years)
    if not all(type(year) is int for year in found):
        raise InvalidValue("ListedDays", "years", years, "ints")
    return found


def _to_days(days: Iterable[date]) -> frozenset[date]:
    found = frozenset(days)
    if not all(type(day) is date for day in found):
        raise InvalidValue("ListedDays", "days", days, "dates")
    return found


@final
@frozen
class ListedDays(Shown):
    """A calendar by list: Monday to Friday are worked but for ``off``, weekends only where in ``worked``.

    Attributes:
        years: the years that it knows; of any other it says nothing.
        off: weekdays that are not worked.
        worked: days of weekends that are.

    >>> from datetime import date
    >>> from gongkai.calendars import ListedDays
    >>> calendar = ListedDays([2024], off=[date(2024, 10, 1)], worked=[date(2024, 10, 12)])
    >>> [calendar.is_workday(date(2024, 10, day)) for day in (1, 8, 12, 13)]
    [False, True, True, False]
    >>> calendar.is_workday(date(2025, 1, 2))
    Traceback (most recent call last):
        ...
    gongkai.errors.UnknownDay: 2025-01-02: ListedDays knows no working days of 2025; give it that year's days
    """

    years: frozenset[int] = field(converter=_to_years)
    off: frozenset[date] = field(default=frozenset(), converter=_to_days, kw_only=True)
    worked: frozenset[date] = field(default=frozenset(), converter=_to_days, kw_only=True)

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is a working day.

        Raises:
            UnknownDay: its year is none of ``years``.
        """
        if day.year not in self.years:
            raise UnknownDay(day, "ListedDays", "give it that year's days")
        day = date(day.year, day.month, day.day)
        return day in self.worked if day.weekday() >= _SATURDAY else day not in self.off


def calendar_named(name: str) -> WorkCalendar:
    """Return the calendar of a name: ``china``, or one that an installed package adds.

    Raises:
        InvalidValue: there is none of that name.
        PluginError: the package that adds it does not work.

    >>> from gongkai.calendars import calendar_named
    >>> calendar_named("china")
    ChineseCalendar()
    """
    if name == _OWN:
        return ChineseCalendar()
    added = named(PluginKind.CALENDAR, name, lambda found: found if isinstance(found, WorkCalendar) else None)
    if added is None:
        known = ", ".join([_OWN, *[plugin.name for plugin in plugins(PluginKind.CALENDAR)]])
        raise InvalidValue("calendar_named", "name", name, f"one of {known}")
    return added
