"""Deadlines as calendars, as icalendar and dateutil read them."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings

import gongkai
from gongkai import Assignment, Deadline, InvalidValue, Plan, Record, Task, examples
from gongkai.exchange import deadline_calendar
from gongkai.testing import strategies

TITLE = "澄湖区2024年政务公开工作要点"


def plan_of(*deadlines: Deadline, text: str = "公开目录。", **facts: Any) -> Plan:
    return Plan(TITLE, [Task(text, label="1.", deadlines=deadlines, **facts)])


def components(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).subcomponents)


def only(text: str) -> Any:
    (found,) = components(text)
    return found


DATED = (
    (Deadline.by_date(date(2024, 6, 18)), "2024-06-18"),
    (Deadline.by_month(2024, 2), "2024-02-29"),
    (Deadline.by_quarter(2024, 3), "2024-09-30"),
    (Deadline.by_half(2024, 1), "2024-06-30"),
    (Deadline.by_year(2024), "2024-12-31"),
)


@pytest.mark.parametrize(("deadline", "day"), DATED)
def test_an_event_is_the_last_day_that_there_is(deadline: Deadline, day: str) -> None:
    event = only(deadline_calendar(plan_of(deadline)).text)

    assert event.name == "VEVENT"
    assert (str(event.start), str(event.end)) == (day, str(date.fromisoformat(day) + timedelta(days=1)))
    assert event["DTSTART"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(("deadline", "day"), DATED)
def test_a_to_do_is_due_on_that_day(deadline: Deadline, day: str) -> None:
    todo = only(deadline_calendar(plan_of(deadline), entry="todo").text)

    assert todo.name == "VTODO"
    assert str(todo["DUE"].dt) == day
    assert "DTSTART" not in todo


def test_a_to_do_tells_from_when() -> None:
    deadline = Deadline("3月至10月", "month", date(2024, 10, 31), start=date(2024, 3, 1))
    todo = only(deadline_calendar(plan_of(deadline), entry="todo").text)

    assert (todo["DTSTART"].dt, todo["DUE"].dt) == (date(2024, 3, 1), date(2024, 10, 31))


@pytest.mark.parametrize("rule", ("FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=WEEKLY",
                                  "FREQ=WEEKLY;INTERVAL=2", "FREQ=YEARLY", "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=10",
                                  "FREQ=YEARLY;BYMONTH=6", "FREQ=WEEKLY;BYDAY=FR"))  # fmt: skip
@pytest.mark.parametrize("entry", ("event", "todo"))
def test_what_recurs_falls_on_the_days_of_the_plans_year(rule: str, entry: Any) -> None:
    deadline = Deadline.every(rule, "定期")
    found = only(deadline_calendar(plan_of(deadline), entry=entry).text)
    begin = found["DTSTART"].dt
    days = rrulestr(found["RRULE"].to_ical().decode(), dtstart=_midnight(begin))

    wanted = deadline.occurrences(date(2024, 1, 1), date(2024, 12, 31))
    assert [day.date() for day in days] == list(wanted)
    assert str(found["RRULE"]["UNTIL"][0]) == str(wanted[-1])


def _midnight(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - days have no zone


def test_what_is_on_no_day_is_left_out_and_told() -> None:
    deadlines = [
        Deadline.by_month(2024, 6),
        Deadline.ongoing("持续推进"),
        Deadline.lasting(5, "workday", "5个工作日内"),
        Deadline.every("FREQ=NEVER", "不时"),
    ]
    calendar = deadline_calendar(plan_of(*deadlines))

    assert [(each.key, each.text, each.reason) for each in calendar.left_out] == [
        ("1", "持续推进", "ongoing"),
        ("1", "5个工作日内", "within"),
        ("1", "不时", "bad-rule"),
    ]
    told = str(icalendar.Calendar.from_ical(calendar.text)["X-WR-CALDESC"])
    assert (
        told
        == "未列入日历的时限（3项）：1（持续推进，长期）；1（5个工作日内，从某事起算）；1（不时，重复规则有误）"
    )


def test_without_a_year_nothing_recurs() -> None:
    plan = Plan(
        "要点",
        [Task("公开。", deadlines=[Deadline.every("FREQ=MONTHLY", "每月"), Deadline.by_month(2024, 6)])],
    )

    assert [each.reason for each in deadline_calendar(plan).left_out] == ["no-year"]


def test_a_calendar_without_entries_is_none() -> None:
    with pytest.raises(InvalidValue, match="a deadline that is on a day"):
        deadline_calendar(plan_of(Deadline.ongoing()))


def test_a_day_that_is_said_twice_has_one_entry() -> None:
    twice = plan_of(
        Deadline.by_month(2024, 6), Deadline.by_month(2024, 6, "6月底前"), Deadline.by_month(2024, 9)
    )

    assert [str(each.day) for each in deadline_calendar(twice).entries] == ["2024-06-30", "2024-09-30"]


def test_a_calendar_that_is_issued_anew_takes_the_place_of_the_first() -> None:
    plan = examples.load("chenghu-2024")
    first = deadline_calendar(plan)
    key = first.entries[0].key
    later = plan.with_changes(key, text="公开全部目录。", deadlines=[Deadline.by_year(2024)])
    second = deadline_calendar(later, revision=1)

    assert second.entries[0].uid == first.entries[0].uid
    assert (first.entries[0].day, second.entries[0].day) != (second.entries[0].day, first.entries[0].day)
    assert {event["SEQUENCE"] for event in components(second.text)} == {1}
    uids = [each.uid for each in first.entries]
    assert len(set(uids)) == len(uids)
    other = deadline_calendar(attrs.evolve(plan, title="另一份要点"))
    assert not {each.uid for each in other.entries} & set(uids)


def test_the_same_plan_is_the_same_calendar() -> None:
    plan = examples.load("chenghu-2024")
    copy = gongkai.loads(gongkai.dumps(plan))

    assert deadline_calendar(plan) == deadline_calendar(copy)
    assert {str(event["DTSTAMP"].dt.date()) for event in components(deadline_calendar(plan).text)} == {
        "2024-05-24"
    }


def test_departments_are_categories() -> None:
    held = [Assignment.lead("区司法局"), Assignment.cooperate("各街道，各镇", "a;b")]
    event = only(deadline_calendar(plan_of(Deadline.by_year(2024), assignments=held)).text)

    assert list(event.categories) == ["区司法局", "各街道，各镇", "a;b"]
    assert "牵头单位：区司法局\n配合单位：各街道，各镇、a;b\n" in event["DESCRIPTION"]


def test_a_reminder_comes_days_before() -> None:
    event = only(deadline_calendar(plan_of(Deadline.by_year(2024)), alarm=7).text)

    (alarm,) = event.subcomponents
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-7))


@pytest.mark.parametrize(
    "text", ("公开，目录；名录, 指南; a\\b\n下一行\r\nEND:VEVENT\r\nX-EVIL:1", "\x00\x0b长" * 50, '"引":号')
)
def test_no_text_becomes_a_line_of_its_own(text: str) -> None:
    calendar = deadline_calendar(plan_of(Deadline.by_year(2024, text), text=text))

    event = only(calendar.text)
    assert "X-EVIL" not in event
    lines = calendar.text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    shown = gongkai.codec.printing.printable(text)
    assert str(event["DESCRIPTION"]).startswith(f"1.{shown}\n")


@pytest.mark.parametrize("entry", ("event", "todo"))
def test_a_real_plan_is_imported_without_loss(entry: Any, corpus: Path) -> None:
    files = [*sorted((corpus / "corpus").glob("*.txt")), *sorted((corpus / "corpus").glob("*.html"))]
    seen = 0
    for file in files:
        plan = gongkai.read(file)
        try:
            calendar = deadline_calendar(plan, entry=entry)
        except InvalidValue:
            assert not [each for task in plan.all_tasks for each in task.deadlines if each.due]
            continue
        assert_nothing_is_lost(plan, calendar, "DUE" if entry == "todo" else "DTSTART")
        seen += 1
    assert seen > 7


def first(deadline: Deadline, plan: Plan) -> date | None:
    if deadline.rule is None or plan.year is None:
        return deadline.due
    days = deadline.occurrences(date(plan.year, 1, 1), date(plan.year, 12, 31))
    return days[0] if days else None


def assert_nothing_is_lost(plan: Plan, calendar: Any, at: str) -> None:
    imported = components(calendar.text)
    assert [str(each["UID"]) for each in imported] == [each.uid for each in calendar.entries]
    for each, entry in zip(imported, calendar.entries, strict=True):
        day = each[at if at in each else "DTSTART"].dt
        task = plan[entry.key]
        assert isinstance(task, Task)
        assert (day, str(each["X-GONGKAI-KEY"])) == (entry.day, entry.key)
        assert str(each["DESCRIPTION"]).startswith(f"{task.label or ''}{task.text}\n")
    told = {(each.key, each.text) for each in (*calendar.entries, *calendar.left_out)}
    for task in plan.all_tasks:
        for deadline in task.deadlines:
            same = [
                each
                for each in calendar.entries
                if each.key == task.key and each.day == first(deadline, plan)
            ]
            assert same or (task.key, deadline.text) in told


@settings(max_examples=40)
@given(strategies.printable_plans())
def test_what_is_written_is_imported(plan: Plan) -> None:
    try:
        calendar = deadline_calendar(plan)
    except InvalidValue:
        return
    assert_nothing_is_lost(plan, calendar, "DTSTART")


@pytest.mark.parametrize(
    ("facts", "expected"),
    (({"entry": "journal"}, "event or todo"), ({"alarm": -1}, "a number of days"), ({"revision": -1}, "an int from 0"),
     ({"language": "fr"}, "one of zh, en")),
)  # fmt: skip
def test_arguments_are_checked(facts: Any, expected: str) -> None:
    with pytest.raises(InvalidValue, match=expected):
        deadline_calendar(plan_of(Deadline.by_year(2024)), **facts)


def test_it_is_written_by_suffix(tmp_path: Path) -> None:
    plan = attrs.evolve(plan_of(Deadline.by_year(2024)), record=Record(issued_on=date(2024, 4, 1)))
    gongkai.write(plan, tmp_path / "要点.ics", language="en")

    text = (tmp_path / "要点.ics").read_bytes().decode()
    assert text == deadline_calendar(plan, language="en").text
    assert "DTSTAMP:20240401T000000Z\r\n" in text


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(gongkai.MissingExtra, match="calendar"):
        deadline_calendar(plan_of(Deadline.by_year(2024)))
