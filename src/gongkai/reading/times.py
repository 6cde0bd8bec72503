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

__all__ = ["Meaning", "Years", "ongoing", "plan", "point", "recurring", "span", "within"]


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
    """Which year an expression means that names none: the last one named in its sentence, else the plan's."""

    __slots__ = ("_mentions", "_named", "_next", "_plan", "_text")

    def __init__(self, text: str, plan: int | None) -> None:
        self._text = text
        self._plan = plan
        self._named: int | None = None
        self._mentions: Iterator[Match[str]] | None = None
        self._next: Match[str] | None = None

    def at(self, position: int) -> int | None:
        """Return the year that holds at a position; positions may not go back."""
        if self._mentions is None:
            self._mentions = patterns().naming.finditer(self._text)
            self._next = next(self._mentions, None)
        while self._next is not None and self._next.start() < position:
            named = self._next[0]
            self._named = number(named) if len(named) > 1 else None
            self._next = next(self._mentions, None)
        return self._plan if self._named is None else self._named

    def relative(self, word: str, base: int | None) -> int | None:
        """Return the year that 今年 or 次年 means; None for a past one (去年) and where nothing is known."""
        tables = words()["years"]
        if word in tables["plan"]:
            anchor, offset = (base if self._plan is None else self._plan), tables["plan"][word]
        elif word in tables["sentence"]:
            anchor, offset = base, tables["sentence"][word]
        else:
            return None
        return None if anchor is None else anchor + offset


def _number(match: Match[str], group: str) -> int | None:
    """Return the number in a group; ValueError where it is none (两三个), None without the group."""
    if not match[group]:
        return None
    value = number(match[group])
    if not value:
        raise ValueError(match[group])
    return value


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    return _month_end(year, month) if day == -1 else date(year, month, day)


def _year_of(match: Match[str], years: Years, base: int | None) -> int | None:
    if match["year"]:
        year = number(match["year"])
        return 2000 + year if year is not None and year < 100 else year
    return years.relative(match["relative"], base) if match["relative"] else base


def _extent(match: Match[str], year: int) -> tuple[DeadlineKind, date, date] | None:
    """Return the kind, the first and the last day of a point in a year."""
    parts = words()["parts"]
    if match["month"]:
        month = _number(match, "month") or 0
        if match["day"]:
            day = date(year, month, _number(match, "day") or 0)
            return DeadlineKind.DATE, day, day
        if match["third"]:
            day = _day(year, month, parts["thirds"][match["third"]])
            return DeadlineKind.DATE, day, day
        return DeadlineKind.MONTH, date(year, month, 1), _month_end(year, month)
    if match["quarter"]:
        quarter = _number(match, "quarter") or 0
        begins = 1 if match["first"] else 3 * quarter - 2
        return DeadlineKind.QUARTER, date(year, begins, 1), _month_end(year, 3 * quarter)
    if match["half"]:
        half = parts["halves"][match["half"]]
        return DeadlineKind.HALF, date(year, 6 * half - 5, 1), _month_end(year, 6 * half)
    if match["whole"] or match["year"] or match["relative"]:
        return DeadlineKind.YEAR, date(year, 1, 1), date(year, 12, 31)
    return None


def _is_closed(match: Match[str]) -> bool:
    if match["end"] or match["close"]:
        return True
    years = words()["years"]
    whole = match["whole"]
    named = bool(match["year"] or match["relative"])
    return bool(whole) and (whole in years["in_sentence"] or (named and whole in years["end"]))


def point(match: Match[str], years: Years) -> Meaning | None:
    """Read 2024年10月底前, 年底前, 第三季度, 2024-05-15."""
    base = None if match["year"] else years.at(match.start())
    year = _year_of(match, years, base)
    if year is None:
        return None
    if "third" not in match.re.groupindex:  # a numeric date
        return _numeric(match, year)
    extent = _extent(match, year)
    if extent is None:
        return None
    bare_year = not (match["month"] or match["quarter"] or match["half"] or match["whole"])
    return Meaning(extent[0], extent[2], first=extent[1], closed=_is_closed(match), alone=bare_year)


def _numeric(match: Match[str], year: int) -> Meaning:
    month, day = int(match["month"]), _number(match, "day")
    closed = bool(match["end"] or match["close"])
    if day is None:
        return Meaning(
            DeadlineKind.MONTH, _month_end(year, month), first=date(year, month, 1), closed=closed, alone=True
        )
    due = date(year, month, day)
    return Meaning(DeadlineKind.DATE, due, first=due, closed=closed)


def span(match: Match[str], years: Years) -> Meaning | None:
    """Read 2024年3月至10月, 3-10月, 2024年11月至次年3月, 第一至第三季度."""
    base = years.at(match.start())
    first = number(match["year_a"]) if match["year_a"] else base
    if match["relative_a"]:
        first = years.relative(match["relative_a"], base)
    if first is None or not (
        match["year_a"] or match["relative_a"] or match["month_a"] or match["quarter_a"]
    ):
        return None
    start = _span_start(match, first)
    if match["day_b"]:
        if not (match["month_a"] and match["day_a"]):
            return None
        due, kind = date(first, start.month, _number(match, "day_b") or 0), DeadlineKind.DATE
    else:
        last = _year_of(match, years, first)
        extent = None if last is None else _extent(match, last)
        if extent is None or last is None:
            return None
        kind, _, due = extent
        if due < start and not (match["year"] or match["relative"]):  # 11月至3月 ends in the next year
            wrapped = _extent(match, last + 1)
            due = wrapped[2] if wrapped else due
    if due < start:
        return None
    whole_years = kind is DeadlineKind.YEAR
    return Meaning(kind, due, start, closed=_is_closed(match), alone=whole_years)


def _span_start(match: Match[str], year: int) -> date:
    quarter = _number(match, "quarter_a")
    month = _number(match, "month_a")
    if quarter is None and match["quarter"]:  # 一至三季度
        quarter, month = month, None
    if quarter is not None:
        return date(year, 3 * quarter - 2, 1)
    return date(year, month or 1, _number(match, "day_a") or 1)


def plan(match: Match[str], years: Years) -> Meaning:
    """Read “十四五”末: the end of a five-year plan; “十四五”期间: all of it."""
    del years
    begins, ends = words()["five_year_plans"]["plans"][match["plan"]]
    start = None if match["end"] else date(begins, 1, 1)
    return Meaning(DeadlineKind.YEAR, date(ends, 12, 31), start, closed=bool(match["end"]))


def recurring(match: Match[str], years: Years) -> Meaning | None:
    """Read 每月, 按季度, 每年12月底前, 每两周."""
    del years
    tables = words()["recurring"]
    word = match["unit"] or tables["by"].get(match["by"]) or tables["slot"][match["slot"]]
    times = _number(match, "every") or 1
    if word[0].isdecimal():  # 双月 is every 2月
        times, word = int(word[0]), word[1:]
    frequency, interval, *extra = tables["units"][word].split()
    rule = [f"FREQ={frequency}"]
    if times * int(interval) > 1:
        rule.append(f"INTERVAL={times * int(interval)}")
    on = _on(match, frequency)
    if on is None:
        return None
    return Meaning(
        DeadlineKind.RECURRING,
        rule=";".join([*rule, *extra, *on]),
        closed=not match["slot"],
        alone=bool(match["slot"]),
    )


_LAST: Final = "BYMONTHDAY=-1"
_LEAP: Final = 2024
#: No duration of a plan counts more units.
_MOST: Final = 999


def _on(match: Match[str], frequency: str) -> list[str] | None:
    """Return which day of the period is meant, as parts of a rule; None where it makes no sense (每周末)."""
    parts = words()["parts"]
    if match["weekday"]:
        return (
            [f"BYDAY={words()['recurring']['weekdays'][match['weekday']]}"] if frequency == "WEEKLY" else None
        )
    if match["end"]:
        return {"YEARLY": ["BYMONTH=12", _LAST], "MONTHLY": [_LAST]}.get(frequency)
    if match["day"] or match["third"]:
        day = _number(match, "day") or parts["thirds"].get(match["third"], 0)
        return [f"BYMONTHDAY={day}"] if frequency == "MONTHLY" and day <= 31 else None
    if match["month"]:
        month = _number(match, "month") or 0
    elif match["quarter"]:
        month = 3 * (_number(match, "quarter") or 0)
    elif match["half"]:
        month = 6 * parts["halves"][match["half"]]
    else:
        return []
    day = _number(match, "month_day") or parts["thirds"].get(match["month_third"] or "", -1)
    _day(_LEAP, month, day)  # a ValueError, where there is no such day
    return [f"BYMONTH={month}", f"BYMONTHDAY={day}"] if frequency == "YEARLY" else None


def within(match: Match[str], years: Years) -> Meaning | None:
    """Read 30日内, 5个工作日以上, 不得少于5个工作日."""
    del years
    tables = words()["within"]
    before = match.string[match.start() - 1 : match.start()]
    if before and before in tables["not_after"] and not (match["least"] or match["most"]):
        return None
    amount = 1 if match["half"] else _number(match, "amount") or 0
    if amount > _MOST:
        return None
    word = match["half"] or match["unit"]
    unit, size = tables["half" if match["half"] else "units"][word].split()
    minimum = bool(match["least"] or match["above"])
    limited = bool(minimum or match["most"] or match["inside"])
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


def ongoing(match: Match[str], years: Years) -> Meaning:
    """Read 长期坚持, 持续推进."""
    del match, years
    return Meaning(DeadlineKind.ONGOING, alone=True)
