"""What deadlines mean on the calendar: days, working days, order, and other years."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import Deadline, InvalidValue, UnknownDay, WorkCalendar, parse_deadline
from gongkai.calendars import ChineseCalendar, ListedDays
from gongkai.testing import strategies

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
#: The Labour Day of 2024: 1 to 5 May off, Sunday 28 April and Saturday 11 May worked.
MAY = ListedDays(
    [2024],
    off=[date(2024, 5, day) for day in (1, 2, 3)],
    worked=[date(2024, 4, 28), date(2024, 5, 11)],
)


def read(text: str, year: int = 2024) -> Deadline:
    deadline = parse_deadline(text, year=year)
    assert deadline is not None
    return deadline


def falls(text: str, start: str, end: str) -> list[str]:
    found = read(text).occurrences(date.fromisoformat(start), date.fromisoformat(end))
    return [day.isoformat() for day in found]


class TestOccurrences:
    @pytest.mark.parametrize(
        ("text", "start", "end", "days"),
        (
            ("每月", "2024-01-15", "2024-03-31", ["2024-01-31", "2024-02-29", "2024-03-31"]),
            ("每月5日前", "2024-01-05", "2024-03-04", ["2024-01-05", "2024-02-05"]),
            ("每季度", "2024-01-01", "2024-12-31", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
            ("每季度末", "2024-05-01", "2024-06-30", ["2024-06-30"]),
            ("每半年", "2024-01-01", "2024-12-31", ["2024-06-30", "2024-12-31"]),
            ("每年", "2023-06-01", "2024-12-31", ["2023-12-31", "2024-12-31"]),
            ("每年12月底前", "2024-01-01", "2024-12-31", ["2024-12-31"]),
            ("每周", "2024-05-01", "2024-05-12", ["2024-05-05", "2024-05-12"]),
            ("每天", "2024-02-28", "2024-03-01", ["2024-02-28", "2024-02-29", "2024-03-01"]),
            ("10月底前", "2024-10-01", "2024-10-31", ["2024-10-31"]),
            ("10月底前", "2024-11-01", "2024-12-31", []),
            ("持续推进", "2024-01-01", "2024-12-31", []),
            ("30日内", "2024-01-01", "2024-12-31", []),
        ),
        ids=lambda value: value if isinstance(value, str) else str(len(value)),
    )
    def test_days(self, text: str, start: str, end: str, days: list[str]) -> None:
        assert falls(text, start, end) == days

    def test_none_falls_before_the_start(self) -> None:
        monthly = Deadline.every("FREQ=MONTHLY", "每月", start=date(2024, 3, 1))

        assert monthly.occurrences(date(2024, 1, 1), date(2024, 3, 31)) == (date(2024, 3, 31),)

    def test_no_day_where_the_end_stands_before_the_start(self) -> None:
        assert read("每月").occurrences(date(2024, 2, 1), date(2024, 1, 1)) == ()

    def test_a_rule_that_is_none_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="RRULE"):
            Deadline.every("monthly, I think", "每月").occurrences(date(2024, 1, 1), date(2024, 2, 1))

    @given(deadline=strategies.deadlines(), start=DAYS, days=st.integers(0, 200))
    def test_every_day_lies_in_the_range_and_in_order(
        self, deadline: Deadline, start: date, days: int
    ) -> None:
        end = start + timedelta(days)

        found = deadline.occurrences(start, end)

        assert list(found) == sorted(set(found))
        assert all(start <= day <= end for day in found)

    @given(deadline=strategies.deadlines(), start=DAYS, cut=st.integers(0, 100), days=st.integers(0, 100))
    def test_a_range_falls_apart_into_ranges(
        self, deadline: Deadline, start: date, cut: int, days: int
    ) -> None:
        middle, end = start + timedelta(cut), start + timedelta(cut + days)

        parts = deadline.occurrences(start, middle) + deadline.occurrences(middle + timedelta(1), end)

        assert parts == deadline.occurrences(start, end)


class TestDueAfter:
    @pytest.mark.parametrize(
        ("text", "event", "due"),
        (
            ("30日内", date(2024, 1, 31), date(2024, 3, 1)),
            ("3个月内", date(2023, 11, 30), date(2024, 2, 29)),
            ("5个工作日内", date(2024, 4, 26), date(2024, 5, 7)),
            ("不少于5个工作日", date(2024, 5, 6), date(2024, 5, 11)),
        ),
        ids=str,
    )
    def test_day(self, text: str, event: date, due: date) -> None:
        assert read(text).due_after(event, MAY) == due

    def test_hours_count_from_a_moment(self) -> None:
        assert read("24小时内").due_after(datetime(2024, 5, 1, 9, 30)) == datetime(2024, 5, 2, 9, 30)  # noqa: DTZ001
        with pytest.raises(InvalidValue, match="datetime"):
            read("24小时内").due_after(date(2024, 5, 1))

    def test_working_days_need_a_calendar(self) -> None:
        with pytest.raises(InvalidValue, match="calendar"):
            read("5个工作日内").due_after(date(2024, 5, 1))

    def test_a_year_that_the_calendar_does_not_know_is_said(self) -> None:
        with pytest.raises(UnknownDay, match="2025"):
            read("5个工作日内").due_after(date(2024, 12, 30), MAY)

    def test_only_a_duration_counts_on(self) -> None:
        with pytest.raises(InvalidValue, match="within"):
            read("10月底前").due_after(date(2024, 5, 1))

    @given(amount=st.integers(0, 60), event=st.dates(date(2024, 1, 1), date(2024, 6, 30)))
    def test_so_many_working_days_lie_between(self, amount: int, event: date) -> None:
        due = Deadline.lasting(amount, "workday", "").due_after(event, MAY)

        between = [event + timedelta(days) for days in range(1, (due - event).days + 1)]
        assert sum(map(MAY.is_workday, between)) == amount


class TestCalendars:
    def test_the_state_councils(self) -> None:
        pytest.importorskip("chinese_calendar", reason="needs the extra `calendar`")
        calendar = ChineseCalendar()

        assert isinstance(calendar, WorkCalendar)
        assert [calendar.is_workday(date(2024, 4, 28) + timedelta(days)) for days in range(15)] == [
            MAY.is_workday(date(2024, 4, 28) + timedelta(days)) for days in range(15)
        ]
        with pytest.raises(UnknownDay, match="2090"):
            calendar.is_workday(date(2090, 1, 2))

    def test_a_list_takes_days_and_years_only(self) -> None:
        with pytest.raises(InvalidValue, match=r"ListedDays\.years"):
            ListedDays(["2024"])  # type: ignore[list-item]
        with pytest.raises(InvalidValue, match=r"ListedDays\.days"):
            ListedDays([2024], off=["2024-05-01"])  # type: ignore[list-item]


class TestOrder:
    def test_a_period_is_what_the_words_name(self) -> None:
        assert read("上半年").period == (date(2024, 1, 1), date(2024, 6, 30))
        assert read("3月至10月").period == (date(2024, 3, 1), date(2024, 10, 31))
        assert read("10月31日前").period == (date(2024, 10, 31), date(2024, 10, 31))
        assert read("每月").period is None

    def test_overlap(self) -> None:
        august, autumn = read("8月"), read("第四季度")

        assert august.overlaps(read("第三季度"))
        assert not august.overlaps(autumn)
        assert august.overlaps(read("持续推进"))
        assert not august.overlaps(read("30日内"))
        assert not Deadline.every("FREQ=MONTHLY", "每月", start=date(2024, 9, 1)).overlaps(august)

    @given(st.lists(strategies.deadlines(), max_size=6))
    def test_dated_ones_stand_first_by_day(self, deadlines: list[Deadline]) -> None:
        ordered = sorted(deadlines, key=Deadline.sort_key)

        days = [deadline.due for deadline in ordered if deadline.due is not None]
        assert days == sorted(days)
        assert [deadline.due is None for deadline in ordered] == sorted(d.due is None for d in deadlines)

    @given(strategies.deadlines(), strategies.deadlines())
    def test_overlap_knows_no_order(self, one: Deadline, other: Deadline) -> None:
        assert one.overlaps(other) == other.overlaps(one)


class TestYears:
    @given(deadline=strategies.deadlines(), years=st.integers(-20, 20), year=st.integers(2000, 2030))
    def test_a_shifted_deadline_means_the_same_in_its_own_year(
        self, deadline: Deadline, years: int, year: int
    ) -> None:
        leap = [day for day in (deadline.due, deadline.start) if day and (day.month, day.day) == (2, 29)]
        if leap and years % 4:
            return  # the 29th of February has no twin

        assert deadline.shift(years).meaning(year + years) == deadline.meaning(year)

    def test_words_move_along(self) -> None:
        assert read("2024年10月底前").shift(1).text == "2025年10月底前"
        assert read("10月底前").shift(1) == Deadline.by_month(2025, 10, "10月底前")

    def test_other_words_of_one_meaning(self) -> None:
        assert read("10月底前").meaning(2024) == read("2024年10月").meaning(2024)
        assert read("2023年10月", 2023).meaning(2023) == read("2024年10月").meaning(2024)
        assert read("每季度末").meaning() != read("每季度").meaning()
