"""By when: a deadline and the words it came from."""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum, unique
from typing import Final, final

import attrs
from attrs import field, frozen

from gongkai.errors import InvalidValue
from gongkai.model import _reckoning
from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_member, to_optional_member, within
from gongkai.model.span import Span
from gongkai.model.workdays import WorkCalendar

__all__ = ["Bound", "Deadline", "DeadlineKind", "Stated", "Unit"]


@unique
class DeadlineKind(StrEnum):
    """How precise a deadline is, or in which other way it binds."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RECURRING = "recurring"
    WITHIN = "within"
    ONGOING = "ongoing"


@unique
class Unit(StrEnum):
    """What a duration is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


@unique
class Bound(StrEnum):
    """Whether a duration is the most or the least that is allowed."""

    MAX = "max"
    MIN = "min"


@unique
class Stated(StrEnum):
    """Where a deadline stands: in the responsibility clause, a table's column, or a sentence of the text."""

    CLAUSE = "clause"
    COLUMN = "column"
    SENTENCE = "sentence"


#: Which fields belong to which kind: those it must have, then those it may have.
FIELDS: Final[dict[DeadlineKind, tuple[frozenset[str], frozenset[str]]]] = {
    DeadlineKind.DATE: (frozenset({"due"}), frozenset({"start"})),
    DeadlineKind.MONTH: (frozenset({"due"}), frozenset({"start"})),
    DeadlineKind.QUARTER: (frozenset({"due"}), frozenset({"start"})),
    DeadlineKind.HALF: (frozenset({"due"}), frozenset({"start"})),
    DeadlineKind.YEAR: (frozenset({"due"}), frozenset({"start"})),
    DeadlineKind.RECURRING: (frozenset({"rule"}), frozenset({"start"})),
    DeadlineKind.WITHIN: (frozenset({"amount", "unit", "bound"}), frozenset({"event"})),
    DeadlineKind.ONGOING: (frozenset(), frozenset({"start"})),
}

_DATED: Final = ("date", "month", "quarter", "half", "year")
_ORDER: Final = {kind: max(0, at - len(_DATED) + 1) for at, kind in enumerate(DeadlineKind)}
#: The kinds whose last day follows from the month: February's is not the same every year.
_PERIODS: Final = frozenset({DeadlineKind.MONTH, DeadlineKind.QUARTER, DeadlineKind.HALF, DeadlineKind.YEAR})
_VARIABLE: Final = ("due", "start", "rule", "amount", "unit", "bound", "event")


def _to_kind(value: DeadlineKind | str) -> DeadlineKind:
    return to_member(DeadlineKind, value)


def _to_unit(value: Unit | str | None) -> Unit | None:
    return to_optional_member(Unit, value)


def _to_bound(value: Bound | str | None) -> Bound | None:
    return to_optional_member(Bound, value)


def _to_stated(value: Stated | str | None) -> Stated | None:
    return to_optional_member(Stated, value)


def _check_number(name: str, value: object, most: int) -> None:
    if type(value) is not int or not 1 <= value <= most:
        raise InvalidValue("Deadline", name, value, f"an int from 1 to {most}")


def _last_day(year: int, month: int) -> date:
    _check_number("year", year, 9999)
    return date(year, month, calendar.monthrange(year, month)[1])


@final
@frozen(weakref_slot=False, repr=False)
class Deadline(Shown):
    """A time by which, within which or how often something is to be done.

    Which fields a deadline has depends on its kind; the others are None. Build one with ``by_date``,
    ``by_month``, ``by_quarter``, ``by_half``, ``by_year``, ``every``, ``lasting`` or ``ongoing``.

    Attributes:
        text: the words it came from.
        kind: ``date``, ``month``, ``quarter``, ``half``, ``year``, ``recurring``, ``within`` or ``ongoing``.
        due: the last day, for the first five kinds: for a month the last of the month, and so on.
        start: the first day, where the words name one (3月至10月).
        rule: the recurrence as an RRULE value of RFC 5545 without DTSTART, as ``FREQ=MONTHLY``.
        amount: for ``within``, how many units.
        unit: for ``within``, ``hour``, ``day`` (calendar), ``workday`` or ``month``.
        bound: for ``within``, ``max`` (30日内) or ``min`` (不少于5个工作日).
        event: for ``within``, what the duration counts from (征集结束后), where the words say.
        stated: whether the words stand in a ``clause``, a table's ``column`` or a ``sentence``; outside
            equality.
        span: where the words stand in the source; outside equality.

    >>> from gongkai import Deadline
    >>> Deadline.by_month(2024, 10)
    <Deadline 2024年10月 month 2024-10-31>
    >>> Deadline("10月底前", "month")
    Traceback (most recent call last):
        ...
    gongkai.errors.InvalidValue: Deadline.due: expected a value, since the kind is month, got None (NoneType)
    """

    text: str = field(validator=is_a(str))
    kind: DeadlineKind = field(converter=_to_kind, validator=member(DeadlineKind))
    due: date | None = field(default=None, validator=is_a(date, optional=True))
    start: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    rule: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    amount: int | None = field(default=None, kw_only=True, validator=within(0, 100_000, optional=True))
    unit: Unit | None = field(
        default=None,
        kw_only=True,
        converter=_to_unit,
        validator=member(Unit, optional=True),
    )
    bound: Bound | None = field(
        default=None,
        kw_only=True,
        converter=_to_bound,
        validator=member(Bound, optional=True),
    )
    event: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    stated: Stated | None = field(
        default=None,
        kw_only=True,
        eq=False,
        converter=_to_stated,
        validator=member(Stated, optional=True),
    )
    span: Span | None = field(default=None, kw_only=True, eq=False, validator=is_a(Span, optional=True))

    def __attrs_post_init__(self) -> None:
        must, may = FIELDS[self.kind]
        for name in _VARIABLE:
            value = getattr(self, name)
            if value is None and name in must:
                raise InvalidValue("Deadline", name, value, f"a value, since the kind is {self.kind}")
            if value is not None and name not in must and name not in may:
                raise InvalidValue("Deadline", name, value, f"None, since the kind is {self.kind}")
        if self.due is not None and self.start is not None and self.start > self.due:
            raise InvalidValue("Deadline", "start", self.start, f"a day not after due ({self.due})")

    @classmethod
    def by_date(cls, due: date, text: str | None = None) -> Deadline:
        """Return a deadline that is one day."""
        if type(due) is not date:
            raise InvalidValue("Deadline", "due", due, "a date")
        return cls(text or f"{due.year}年{due.month}月{due.day}日", DeadlineKind.DATE, due)

    @classmethod
    def by_month(cls, year: int, month: int, text: str | None = None) -> Deadline:
        """Return a deadline that is the end of a month, counted from 1."""
        _check_number("month", month, 12)
        return cls(text or f"{year}年{month}月", DeadlineKind.MONTH, _last_day(year, month))

    @classmethod
    def by_quarter(cls, year: int, quarter: int, text: str | None = None) -> Deadline:
        """Return a deadline that is the end of a quarter, counted from 1."""
        _check_number("quarter", quarter, 4)
        words = text or f"{year}年第{'一二三四'[quarter - 1]}季度"
        return cls(words, DeadlineKind.QUARTER, _last_day(year, 3 * quarter))

    @classmethod
    def by_half(cls, year: int, half: int, text: str | None = None) -> Deadline:
        """Return a deadline that is the end of a half-year, counted from 1."""
        _check_number("half", half, 2)
        return cls(text or f"{year}年{'上下'[half - 1]}半年", DeadlineKind.HALF, _last_day(year, 6 * half))

    @classmethod
    def by_year(cls, year: int, text: str | None = None) -> Deadline:
        """Return a deadline that is the end of a year."""
        return cls(text or f"{year}年底前", DeadlineKind.YEAR, _last_day(year, 12))

    @classmethod
    def every(cls, rule: str, text: str, *, start: date | None = None) -> Deadline:
        """Return a recurring deadline, from an RRULE value of RFC 5545 (``FREQ=MONTHLY;INTERVAL=3``)."""
        return cls(text, DeadlineKind.RECURRING, rule=rule, start=start)

    @classmethod
    def lasting(
        cls,
        amount: int,
        unit: Unit | str,
        text: str,
        *,
        bound: Bound | str = Bound.MAX,
        event: str | None = None,
    ) -> Deadline:
        """Return a duration that is the most, or the least, there may be: of the kind ``within``."""
        return cls(text, DeadlineKind.WITHIN, amount=amount, unit=unit, bound=bound, event=event)

    @classmethod
    def ongoing(cls, text: str = "持续推进", *, start: date | None = None) -> Deadline:
        """Return a standing obligation."""
        return cls(text, DeadlineKind.ONGOING, start=start)

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day of the time that it names; None where it names none.

        The first is ``start``, else that of the month, the quarter, the half-year or the year that ends on
        ``due``; a ``date`` is a period of one day.

        >>> from gongkai import Deadline
        >>> Deadline.by_quarter(2024, 3).period
        (datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
        """
        if self.due is None:
            return None
        return self.start or _reckoning.first_day(self.kind, self.due), self.due

    def occurrences(self, start: date, end: date) -> tuple[date, ...]:
        """Return the days from ``start`` to ``end``, both included, on which it falls due.

        A recurring one that names no day falls on the last day of its period, and periods are those of the
        calendar: 每季度 falls on the last of March, June, September and December, 每周 on Sundays. A dated
        one falls on ``due``; one within a duration of an event, or an ongoing one, falls on no day.

        Raises:
            InvalidValue: ``rule`` is no RRULE value of RFC 5545.

        >>> from datetime import date
        >>> from gongkai import parse_deadline
        >>> [str(day) for day in parse_deadline("每季度").occurrences(date(2024, 1, 1), date(2024, 7, 1))]
        ['2024-03-31', '2024-06-30']
        """
        if self.rule is not None:
            return _reckoning.occurrences(self.rule, self.start, start, end)
        return (self.due,) if self.due is not None and start <= self.due <= end else ()

    def due_after(self, event: date, calendar: WorkCalendar | None = None) -> date:
        """Return the day on which its duration is over, counted from the day of an event.

        The day of the event does not count (Civil Code, article 201); for ``max`` the day returned is the
        last one in time, for ``min`` the first on which there was enough.

        Args:
            event: the day of the event; for hours the moment, a ``datetime``, and so is what is returned.
            calendar: tells working days, for a deadline that counts them.

        Raises:
            InvalidValue: it is not of the kind ``within``, or the calendar or the moment is missing.
            UnknownDay: the calendar does not know a year that is needed.

        >>> from datetime import date
        >>> from gongkai import parse_deadline
        >>> from gongkai.calendars import ListedDays
        >>> calendar = ListedDays([2024], off=[date(2024, 5, day) for day in (1, 2, 3)])
        >>> parse_deadline("收到申请后5个工作日内").due_after(date(2024, 4, 29), calendar)
        datetime.date(2024, 5, 9)
        """
        if self.kind is not DeadlineKind.WITHIN:
            raise InvalidValue("Deadline.due_after", "kind", self.kind, "within: only a duration counts on")
        return _reckoning.due_after(self, event, calendar)

    def shift(self, years: int) -> Deadline:
        """Return the deadline so many years later (or earlier): a month stays the end of its month.

        Years that the words name are moved along (2024年10月, not 二〇二四年); words without a year stay. One
        that names no time, or only recurs, changes its ``start`` alone.

        >>> from gongkai import Deadline
        >>> Deadline.by_month(2023, 2).shift(years=1)
        <Deadline 2024年2月 month 2024-02-29>
        """
        from dateutil.relativedelta import relativedelta

        moved = relativedelta(years=years)
        due = self.due and self.due + moved
        if due is not None and self.kind is not DeadlineKind.DATE:
            due = _last_day(due.year, due.month)
        text = _reckoning.moved_words(self.text, years)
        return attrs.evolve(self, text=text, due=due, start=self.start and self.start + moved)

    def overlaps(self, other: Deadline) -> bool:
        """Tell whether two deadlines name times that have a day in common.

        What recurs or goes on does so from its ``start``, without an end; a duration names no time.

        >>> from gongkai import Deadline
        >>> Deadline.by_month(2024, 8).overlaps(Deadline.by_quarter(2024, 3))
        True
        """
        mine, others = self._reach(), other._reach()
        return mine is not None and others is not None and mine[0] <= others[1] and others[0] <= mine[1]

    def _reach(self) -> tuple[date, date] | None:
        if self.kind in {DeadlineKind.RECURRING, DeadlineKind.ONGOING}:
            return self.start or date.min, date.max
        return self.period

    def sort_key(self) -> tuple[int, date, date, str]:
        """Return what deadlines are ordered by: dated ones by day, then recurring, within, ongoing ones.

        >>> from gongkai import Deadline
        >>> days = [Deadline.ongoing(), Deadline.by_year(2024), Deadline.by_month(2024, 3)]
        >>> [deadline.text for deadline in sorted(days, key=Deadline.sort_key)]
        ['2024年3月', '2024年底前', '持续推进']
        """
        period = self.period or (self.start or date.min, date.min)
        return _ORDER[self.kind], period[1], period[0], self.text

    def meaning(self, year: int = 0) -> tuple[object, ...]:
        """Return what it means, whatever its words, with years counted from ``year``.

        Two deadlines of equal meaning in their plans' years ask for the same: 2023年10月 in a plan for 2023,
        10月底前 in one for 2024.

        >>> from gongkai import Deadline
        >>> last, this = Deadline.by_month(2023, 10), Deadline.by_month(2024, 10, "10月底前")
        >>> last.meaning(2023) == this.meaning(2024)
        True
        """
        due, start = self.due, self.start
        day = 0 if due is None or self.kind in _PERIODS else due.day
        return (
            self.kind,
            due and (due.year - year, due.month, day),
            start and (start.year - year, start.month, start.day),
            *(self.rule, self.amount, self.unit, self.bound, self.event),
        )

    def __repr__(self) -> str:
        match self.kind:
            case DeadlineKind.RECURRING:
                facts = f" {shorten(self.rule or '', 60)}"
            case DeadlineKind.WITHIN:
                facts = f" {self.bound} {self.amount} {self.unit}"
            case DeadlineKind.ONGOING:
                facts = ""
            case _:
                facts = f" {self.start}..{self.due}" if self.start else f" {self.due}"
        return f"<Deadline {shorten(self.text, 40)} {self.kind}{facts}>"
