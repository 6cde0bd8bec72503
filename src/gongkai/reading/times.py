"""What a matched expression of time means: its kind, last day, first day, rule or duration."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from re import Match
from typing import Final, NamedTuple

from gongkai.model import DeadlineKind
from gongkai.model.deadline import Bound, Unit
from gongkai.reading.timetables import number, words
from gongkai.reading.timewords import patterns

__all__ = [
    "Groups",
    "Meaning",
    "Years",
    "numeric",
    "ongoing",
    "plan",
    "point",
    "recurring",
    "span",
    "within",
]


#: How far into a text a year is looked for without the expressions that find it; further on that costs more.
_SHORT: Final = 400


class Meaning(NamedTuple):
    """The fields of a deadline that an expression gives.

    Attributes:
        kind, due, start, rule, amount, unit, bound: as in :class:`gongkai.Deadline`.
        first: the first day of the time named, for what begins then (2024年6月起).
        closed: the expression says itself that it is a limit (前, 底, 内), so it counts in a sentence.
        alone: in a slot it counts only where nothing else stands beside it.
    """

    kind: DeadlineKind
    due: date | None = None
    start: date | None = None
    rule: str | None = None
    amount: int | None = None
    unit: Unit | None = None
    bound: Bound | None = None
    first: date | None = None
    closed: bool = False
    alone: bool = False


class Years:
    """Which year an expression means that names none: the last one of its sentence, else the plan's."""

    __slots__ = ("_mentions", "_named", "_next", "_plan", "_text")

    def __init__(self, text: str, plan: int | None) -> None:
        self._text = text
        self._plan = plan
        self._named: int | None = None
        self._mentions: Iterator[Match[str]] | None = None
        self._next: Match[str] | None = None

    def at(self, position: int) -> int | None:
        """Return the year that holds at a position, where no year begins; positions may not go back."""
        if self._mentions is None:
            if position < _SHORT and _names_no_year(self._text[:position].rstrip()):
                return self._plan
            self._mentions = patterns().naming.finditer(self._text)
            self._next = next(self._mentions, None)
        while self._next is not None and self._next.start() < position:
            named = self._next[0]
            self._named = number(named) if len(named) > 1 else None
            self._next = next(self._mentions, None)
        return self._plan if self._named is None else self._named


class Groups(dict[str, str]):
    """The words of an expression's parts by the names of the groups; what it lacks is empty.

    Attributes:
        base: the year of the sentence, else the plan's; None where none is known or it makes no difference.
        plan: the plan's year.
        bound: whether the sign before makes a duration part of something else (第三个工作日内).
    """

    __slots__ = ("base", "bound", "plan")

    def __init__(self, base: int | None, plan: int | None, *, bound: bool) -> None:
        super().__init__()
        self.base = base
        self.plan = plan
        self.bound = bound

    def __missing__(self, name: str) -> str:
        return ""


def _relative(groups: Groups, word: str, base: int | None) -> int | None:
    """Return the year that 今年 or 次年 means; None for a past one (去年) and where nothing is known."""
    tables = words()["years"]
    if word in tables["plan"]:
        anchor, offset = (base if groups.plan is None else groups.plan), tables["plan"][word]
    elif word in tables["sentence"]:
        anchor, offset = base, tables["sentence"][word]
    else:
        return None
    return None if anchor is None else anchor + offset


def _names_no_year(text: str) -> bool:
    """Whether a text has none of the signs behind a year (2024年, 2024-05-06) and ends in no digit."""
    if "年" in text or "-" in text or "/" in text or "." in text:
        return False
    return not text or not (text[-1].isdecimal() or text[-1] in words()["numerals"]["digits"])


def _number(groups: Groups, group: str) -> int | None:
    """Return the number in a group; ValueError where it is none (两三个), None without the group."""
    if not groups[group]:
        return None
    value = number(groups[group])
    if not value:
        raise ValueError(groups[group])
    return value


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    return _month_end(year, month) if day == -1 else date(year, month, day)


def _year_of(groups: Groups, base: int | None) -> int | None:
    if groups["year"]:
        year = number(groups["year"])
        return 2000 + year if year is not None and year < 100 else year
    return _relative(groups, groups["relative"], base) if groups["relative"] else base


def _extent(groups: Groups, year: int) -> tuple[DeadlineKind, date, date] | None:
    """Return the kind, the first and the last day of a point in a year."""
    parts = words()["parts"]
    if groups["month"]:
        month = _number(groups, "month") or 0
        if groups["day"]:
            day = date(year, month, _number(groups, "day") or 0)
            return DeadlineKind.DATE, day, day
        if groups["third"]:
            day = _day(year, month, parts["thirds"][groups["third"]])
            return DeadlineKind.DATE, day, day
        return DeadlineKind.MONTH, date(year, month, 1), _month_end(year, month)
    if groups["quarter"]:
        quarter = _number(groups, "quarter") or 0
        begins = 1 if groups["first"] else 3 * quarter - 2
        return DeadlineKind.QUARTER, date(year, begins, 1), _month_end(year, 3 * quarter)
    if groups["half"]:
        half = parts["halves"][groups["half"]]
        return DeadlineKind.HALF, date(year, 6 * half - 5, 1), _month_end(year, 6 * half)
    if groups["whole"] or groups["year"] or groups["relative"]:
        return DeadlineKind.YEAR, date(year, 1, 1), date(year, 12, 31)
    return None


def _is_closed(groups: Groups) -> bool:
    if groups["end"] or groups["close"]:
        return True
    years = words()["years"]
    whole = groups["whole"]
    named = bool(groups["year"] or groups["relative"])
    return bool(whole) and (whole in years["in_sentence"] or (named and whole in years["end"]))


def point(groups: Groups) -> Meaning | None:
    """Read 2024年10月底前, 年底前, 第三季度."""
    year = _year_of(groups, groups.base)
    extent = None if year is None else _extent(groups, year)
    if extent is None:
        return None
    bare_year = not (groups["month"] or groups["quarter"] or groups["half"] or groups["whole"])
    return Meaning(extent[0], extent[2], first=extent[1], closed=_is_closed(groups), alone=bare_year)


def numeric(groups: Groups) -> Meaning:
    """Read 2024-05-15, 2024.5."""
    year, month, day = number(groups["year"]) or 0, int(groups["month"]), _number(groups, "day")
    closed = bool(groups["end"] or groups["close"])
    if day is None:
        return Meaning(
            DeadlineKind.MONTH, _month_end(year, month), first=date(year, month, 1), closed=closed, alone=True
        )
    due = date(year, month, day)
    return Meaning(DeadlineKind.DATE, due, first=due, closed=closed)


def span(groups: Groups) -> Meaning | None:
    """Read 2024年3月至10月, 3-10月, 2024年11月至次年3月, 第一至第三季度."""
    base = groups.base
    first = number(groups["year_a"]) if groups["year_a"] else base
    if groups["relative_a"]:
        first = _relative(groups, groups["relative_a"], base)
    if first is None or not (
        groups["year_a"] or groups["relative_a"] or groups["month_a"] or groups["quarter_a"]
    ):
        return None
    start = _span_start(groups, first)
    if groups["day_b"]:
        if not (groups["month_a"] and groups["day_a"]):
            return None
        due, kind = date(first, start.month, _number(groups, "day_b") or 0), DeadlineKind.DATE
    else:
        last = _year_of(groups, first)
        extent = None if last is None else _extent(groups, last)
        if extent is None or last is None:
            return None
        kind, _, due = extent
        if due < start and not (groups["year"] or groups["relative"]):  # 11月至3月 ends in the next year
            wrapped = _extent(groups, last + 1)
            due = wrapped[2] if wrapped else due
    if due < start:
        return None
    whole_years = kind is DeadlineKind.YEAR
    return Meaning(kind, due, start, closed=_is_closed(groups), alone=whole_years)


def _span_start(groups: Groups, year: int) -> date:
    quarter = _number(groups, "quarter_a")
    month = _number(groups, "month_a")
    if quarter is None and groups["quarter"]:  # 一至三季度
        quarter, month = month, None
    if quarter is not None:
        return date(year, 3 * quarter - 2, 1)
    return date(year, month or 1, _number(groups, "day_a") or 1)


def plan(groups: Groups) -> Meaning:
    """Read “十四五”末: the end of a five-year plan; “十四五”期间: all of it."""
    begins, ends = words()["five_year_plans"]["plans"][groups["plan"]]
    start = None if groups["end"] else date(begins, 1, 1)
    return Meaning(DeadlineKind.YEAR, date(ends, 12, 31), start, closed=bool(groups["end"]))


def recurring(groups: Groups) -> Meaning | None:
    """Read 每月, 按季度, 每年12月底前, 每两周."""
    tables = words()["recurring"]
    word = groups["unit"] or tables["by"].get(groups["by"]) or tables["slot"][groups["slot"]]
    times = _number(groups, "every") or 1
    if word[0].isdecimal():  # 双月 is every 2月
        times, word = int(word[0]), word[1:]
    frequency, interval, *extra = tables["units"][word].split()
    rule = [f"FREQ={frequency}"]
    if times * int(interval) > 1:
        rule.append(f"INTERVAL={times * int(interval)}")
    on = _on(groups, frequency)
    if on is None:
        return None
    return Meaning(
        DeadlineKind.RECURRING,
        rule=";".join([*rule, *extra, *on]),
        closed=not groups["slot"],
        alone=bool(groups["slot"]),
    )


_LAST: Final = "BYMONTHDAY=-1"
_LEAP: Final = 2024
#: No duration of a plan counts more units.
_MOST: Final = 999


def _on(groups: Groups, frequency: str) -> list[str] | None:
    """Return which day of the period is meant, as parts of a rule; None where it makes no sense (每周末)."""
    parts = words()["parts"]
    if groups["weekday"]:
        return (
            [f"BYDAY={words()['recurring']['weekdays'][groups['weekday']]}"]
            if frequency == "WEEKLY"
            else None
        )
    if groups["end"]:
        return {"YEARLY": ["BYMONTH=12", _LAST], "MONTHLY": [_LAST]}.get(frequency)
    if groups["day"] or groups["third"]:
        day = _number(groups, "day") or parts["thirds"].get(groups["third"], 0)
        return [f"BYMONTHDAY={day}"] if frequency == "MONTHLY" and day <= 31 else None
    if groups["month"]:
        month = _number(groups, "month") or 0
    elif groups["quarter"]:
        month = 3 * (_number(groups, "quarter") or 0)
    elif groups["half"]:
        month = 6 * parts["halves"][groups["half"]]
    else:
        return []
    day = _number(groups, "month_day") or parts["thirds"].get(groups["month_third"], -1)
    _day(_LEAP, month, day)  # a ValueError, where there is no such day
    return [f"BYMONTH={month}", f"BYMONTHDAY={day}"] if frequency == "YEARLY" else None


def within(groups: Groups) -> Meaning | None:
    """Read 30日内, 5个工作日以上, 不得少于5个工作日."""
    tables = words()["within"]
    if groups.bound and not (groups["least"] or groups["most"]):
        return None
    amount = 1 if groups["half"] else _number(groups, "amount") or 0
    if amount > _MOST:
        return None
    word = groups["half"] or groups["unit"]
    unit, size = tables["half" if groups["half"] else "units"][word].split()
    minimum = bool(groups["least"] or groups["above"])
    limited = bool(minimum or groups["most"] or groups["inside"])
    if not limited and word not in tables["alone"]:
        return None
    return Meaning(
        DeadlineKind.WITHIN,
        amount=amount * int(size),
        unit=Unit(unit),
        bound=Bound.MIN if minimum else Bound.MAX,
        closed=limited and not (minimum and word in tables["experience"]),
        alone=not limited,
    )


def ongoing(groups: Groups) -> Meaning:
    """Read 长期坚持, 持续推进."""
    del groups
    return Meaning(DeadlineKind.ONGOING, alone=True)
