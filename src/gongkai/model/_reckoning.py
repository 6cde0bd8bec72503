"""How deadlines are reckoned: the days on which they fall, and what they mean beside another year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from gongkai.errors import InvalidValue
from gongkai.model.workdays import WorkCalendar

if TYPE_CHECKING:
    from gongkai.model.deadline import Deadline

__all__ = ["bounded", "due_after", "first_day", "moved_words", "occurrences"]

#: The parts of a rule that say on which day of its period something falls.
_DAYS: Final = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER", "BYSETPOS"})
#: What stands for the last day of the period, where a rule says none: offices count a period as a whole.
_LAST_DAY: Final = {
    "MONTHLY": "BYMONTHDAY=-1",
    "WEEKLY": "BYDAY=SU",
    "YEARLY": "BYMONTH=12;BYMONTHDAY=-1",
}
#: A Monday that begins a month; nothing of this genre is older.
_EPOCH: Final = datetime(1900, 1, 1)  # noqa: DTZ001 - days have no zone
_YEAR: Final = re.compile(r"(?<![0-9])[0-9]{4}(?=\s*年)")


def occurrences(rule: str, begin: date | None, start: date, end: date) -> tuple[date, ...]:
    """Return the days from start to end, both included, on which a rule falls."""
    from dateutil.rrule import rrulestr

    first = max(start, begin) if begin is not None else start
    if first > end:
        return ()
    parts = _parts(rule)
    whole, anchor = _anchored(parts, begin or start)
    try:
        found = rrulestr(whole, dtstart=anchor)
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValue("Deadline", "rule", rule, "an RRULE value of RFC 5545") from error
    days = found.between(_midnight(first), _midnight(end), inc=True)
    return tuple([day.date() for day in days])


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        parts[name] = value
    return parts


def bounded(rule: str, until: date) -> str:
    """Return a rule with the day of its period, that ends on a day: an RRULE of whole days (RFC 5545).

    Together with the first of :func:`occurrences` as DTSTART it falls on these days, in every calendar.

    >>> from datetime import date
    >>> bounded("FREQ=MONTHLY;INTERVAL=3", date(2024, 12, 31))
    'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;UNTIL=20241231'
    """
    parts = {name: value for name, value in _parts(rule).items() if name not in {"COUNT", "UNTIL"}}
    whole, _ = _anchored(parts, until)
    return f"{whole};UNTIL={until:%Y%m%d}"


def _anchored(parts: dict[str, str], begin: date) -> tuple[str, datetime]:
    """Return the rule with the day of its period, and from when it counts: periods are those of the calendar.

    A quarter ends in March, June, September and December, whenever the rule began.
    """
    frequency = parts.get("FREQ", "")
    interval = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdecimal() else 1
    named = [f"{name}={value}" for name, value in parts.items()]
    if not _DAYS & parts.keys() and (last := _LAST_DAY.get(frequency)):
        named += [part for part in last.split(";") if part.partition("=")[0] not in parts]
    return ";".join(named), _anchor(frequency, max(interval, 1), max(begin.year - 1, _EPOCH.year))


def _anchor(frequency: str, interval: int, year: int) -> datetime:
    """Return the day from which a rule's periods are counted; every second week is so whenever one looks."""
    match frequency:
        case "WEEKLY" | "DAILY":
            days = 7 * interval if frequency == "WEEKLY" else interval
            since = (datetime(year, 1, 1) - _EPOCH).days  # noqa: DTZ001 - days have no zone
            return _EPOCH + timedelta(since - since % days)
        case "MONTHLY" if interval <= 12:
            return datetime(year, interval, 1)  # noqa: DTZ001 - days have no zone
        case _:
            return datetime(year - (year - _EPOCH.year) % interval, 1, 1)  # noqa: DTZ001 - days have no zone


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - days have no zone


def due_after(deadline: Deadline, event: date, calendar: WorkCalendar | None) -> date:
    """Return the day on which a duration that counts from an event is over."""
    from dateutil.relativedelta import relativedelta

    amount = deadline.amount or 0
    match deadline.unit:
        case "hour":
            if not isinstance(event, datetime):
                expected = "a datetime, since hours count from a moment"
                raise InvalidValue("Deadline.due_after", "event", event, expected)
            return event + timedelta(hours=amount)
        case "day":
            return event + timedelta(days=amount)
        case "month":
            return event + relativedelta(months=amount)
        case _:
            if calendar is None:
                expected = "a calendar of working days, since the deadline counts them"
                raise InvalidValue("Deadline.due_after", "calendar", calendar, expected)
            return _workdays_after(event, amount, calendar)


def _workdays_after(day: date, amount: int, calendar: WorkCalendar) -> date:
    while amount:
        day += timedelta(days=1)
        amount -= calendar.is_workday(day)
    return day


def first_day(kind: str, due: date) -> date:
    """Return the first day of the month, quarter, half-year or year that ends on a day."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(kind)
    if months is None:
        return due
    return date(due.year, max(1, due.month - months + 1), 1)


def moved_words(text: str, years: int) -> str:
    """Return the words with the years that they name moved."""
    return _YEAR.sub(lambda found: f"{int(found[0]) + years:04d}", text)
