"""Deadlines as a calendar (iCalendar, RFC 5545): one entry for each day, or rule, by which a task is due."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias, final

from attrs import field, frozen

from gongkai.codec.printing import printable
from gongkai.errors import InvalidValue, MissingExtra
from gongkai.model import Deadline, DeadlineKind, Plan, Role, Task
from gongkai.model._display import Shown, shorten
from gongkai.model._reckoning import bounded
from gongkai.model.words import terms
from gongkai.views import Language

__all__ = ["CalendarEntry", "DeadlineCalendar", "LeftOut", "deadline_calendar", "plan_ics"]

Entry: TypeAlias = Literal["event", "todo"]

_PRODUCER: Final = "-//gongkai//gongkai//ZH"
#: The day of a plan that names none.
_NO_DAY: Final = date(1980, 1, 1)
#: A summary is one line in a month's view.
_SUMMARY: Final = 60
#: So many deadlines that are on no day are told in the calendar itself.
_TOLD: Final = 30


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.exchange").joinpath("ics.toml").read_text(encoding="utf-8"))


@final
@frozen
class CalendarEntry(Shown):
    """One entry of a calendar.

    Attributes:
        uid: its identifier, the same in each calendar that is made of this plan, edited or not.
        key: the key of the task.
        day: the day by which it is due; for what recurs, the first.
        rule: for what recurs, the RRULE with its end; None for a single day.
        text: the words of the deadline.
    """

    uid: str
    key: str
    day: date
    rule: str | None
    text: str


@final
@frozen
class LeftOut(Shown):
    """A deadline that is on no day.

    Attributes:
        key: the key of the task.
        text: the words of the deadline.
        reason: ``within`` (it counts from an event), ``ongoing``, ``no-year`` (it recurs, and the plan has no
            year), ``no-day`` (on no day of the plan's year) or ``bad-rule``.
    """

    key: str
    text: str
    reason: str


@final
@frozen
class DeadlineCalendar(Shown):
    """The deadlines of a plan as a calendar.

    Attributes:
        text: the calendar as a file of it has it, with CR LF.
        entries: what is in it, in the order of the plan's tasks.
        left_out: the deadlines that are on no day.
    """

    text: str = field(repr=False)
    entries: tuple[CalendarEntry, ...]
    left_out: tuple[LeftOut, ...]


def plan_ics(plan: Plan, language: Language = "zh") -> bytes:
    """Return the deadlines of a plan as an iCalendar file; see :func:`deadline_calendar`."""
    return deadline_calendar(plan, language=language).text.encode("utf-8")


def deadline_calendar(
    plan: Plan,
    *,
    entry: Entry = "event",
    alarm: int | None = None,
    revision: int = 0,
    language: Language = "zh",
) -> DeadlineCalendar:
    """Return the deadlines of a plan as a calendar.

    Each task is due on whole days: an event on the last day there is (its ``DTEND`` is the day after, which
    RFC 5545 does not count in), or a to-do whose ``DUE`` is that day. What recurs has a rule that ends with
    the plan's year. Departments are categories. A task that says one day twice (in its text and in its
    clause) has one entry.

    The identifiers come from the plan's title, issuer and year and from the tasks' keys: a calendar of the
    plan as it was edited takes the place of the one before in whatever imports both. The same plan gives the
    same text.

    Args:
        plan: the plan.
        entry: ``event`` (all-day events) or ``todo`` (to-dos).
        alarm: how many days before to remind; None for no reminder.
        revision: how often the calendar was issued anew (``SEQUENCE``).
        language: the language of labels.

    Raises:
        InvalidValue: an argument is not what is expected, or no deadline of the plan is on a day: a calendar
            without entries is none.
        MissingExtra: icalendar is not installed.

    >>> import gongkai
    >>> from gongkai.exchange import deadline_calendar
    >>> plan = gongkai.parse(
    ...     "澄湖区2024年政务公开工作要点\\n1.公开目录。（区司法局牵头，完成时限：2024年6月底前）"
    ... )
    >>> calendar = deadline_calendar(plan)
    >>> [(entry.key, str(entry.day)) for entry in calendar.entries]
    [('1', '2024-06-30')]
    >>> print(*[line for line in calendar.text.splitlines() if line.startswith("DT")], sep="\\n")
    DTSTART;VALUE=DATE:20240630
    DTEND;VALUE=DATE:20240701
    DTSTAMP:20240101T000000Z
    """
    if entry not in {"event", "todo"}:
        raise InvalidValue("deadline_calendar", "entry", entry, "event or todo")
    if alarm is not None and (type(alarm) is not int or alarm < 0):
        raise InvalidValue("deadline_calendar", "alarm", alarm, "a number of days from 0, or None")
    if type(revision) is not int or revision < 0:
        raise InvalidValue("deadline_calendar", "revision", revision, "an int from 0")
    if language not in {"zh", "en"}:
        raise InvalidValue("deadline_calendar", "language", language, "one of zh, en")
    entries, left_out = _entries(plan)
    if not entries:
        expected = "a plan with a deadline that is on a day"
        raise InvalidValue("deadline_calendar", "plan", plan, expected)
    maker = _Maker(plan, entry, alarm, revision, language)
    text = maker.text(entries, left_out)
    return DeadlineCalendar(text, tuple([found for found, _, _ in entries]), tuple(left_out))


#: An entry with its task and its deadline.
Found: TypeAlias = tuple[CalendarEntry, Task, Deadline]


def _entries(plan: Plan) -> tuple[list[Found], list[LeftOut]]:
    found: list[Found] = []
    left_out: list[LeftOut] = []
    identity = "\n".join([plan.title, plan.issuer or "", str(plan.year or "")])
    for task in plan.all_tasks:
        taken: set[tuple[date, str | None]] = set()
        key = task.key or ""
        for deadline in task.deadlines:
            when = _when(deadline, plan.year)
            if isinstance(when, str):
                left_out.append(LeftOut(key, deadline.text, when))
            elif when not in taken:
                uid = _uid(identity, key, len(taken))
                taken.add(when)
                found.append((CalendarEntry(uid, key, *when, deadline.text), task, deadline))
    return found, left_out


def _uid(identity: str, key: str, number: int) -> str:
    """Return an identifier; the plan's words and the task's key are in it as digests (RFC 7986, 5.3)."""
    parts = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in (identity, key)]
    return f"{parts[0][:20]}-{parts[1][:12]}-{number + 1}@gongkai"


def _when(deadline: Deadline, year: int | None) -> tuple[date, str | None] | str:
    """Return the day, or the first day and the rule; or why there is none."""
    if deadline.due is not None:
        return deadline.due, None
    if deadline.kind is not DeadlineKind.RECURRING or deadline.rule is None:
        return deadline.kind.value
    if year is None:
        return "no-year"
    try:
        days = deadline.occurrences(date(year, 1, 1), date(year, 12, 31))
    except InvalidValue:
        return "bad-rule"
    return (days[0], bounded(deadline.rule, days[-1])) if days else "no-day"


class _Maker:
    """Writes entries with icalendar, which escapes their texts and folds their lines."""

    def __init__(
        self, plan: Plan, entry: Entry, alarm: int | None, revision: int, language: Language
    ) -> None:
        try:
            import icalendar
        except ImportError as error:
            raise MissingExtra("calendar", "writing calendars") from error
        self._library: Any = icalendar
        self._plan = plan
        self._entry = entry
        self._alarm = alarm
        self._revision = revision
        self._language: Language = language
        self._stamp = _stamp(plan)

    def _say(self, word: str, **facts: object) -> str:
        return printable(str(_words()["words"][word][self._language]).format(**facts))

    def text(self, entries: Iterable[Found], left_out: Sequence[LeftOut]) -> str:
        """Return the calendar as text."""
        made = self._library.Calendar()
        made.add("prodid", _PRODUCER)
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        for name in ("name", "x-wr-calname"):
            made.add(name, self._say("calendar", title=self._plan.title))
        if left_out:
            for name in ("description", "x-wr-caldesc"):
                made.add(name, self._left_out(left_out))
        for found, task, deadline in entries:
            made.add_component(self._component(found, task, deadline))
        return str(made.to_ical().decode("utf-8"))

    def _left_out(self, left_out: Sequence[LeftOut]) -> str:
        reasons = _words()["reasons"]
        items = [
            self._say("item", key=each.key, text=each.text, reason=reasons[each.reason][self._language])
            for each in left_out[:_TOLD]
        ]
        more = self._say("more") if len(left_out) > _TOLD else ""
        return self._say("left_out", count=len(left_out), items=self._say("comma").join(items) + more)

    def _component(self, entry: CalendarEntry, task: Task, deadline: Deadline) -> Any:
        todo = self._entry == "todo"
        made = self._library.Todo() if todo else self._library.Event()
        made.add("uid", entry.uid)
        made.add("dtstamp", self._stamp)
        made.add("sequence", self._revision)
        if todo:
            self._due(made, entry, deadline)
        else:
            made.add("dtstart", entry.day)
            made.add("dtend", entry.day + timedelta(days=1))
            made.add("transp", "TRANSPARENT")
        if entry.rule is not None:
            made.add("rrule", self._library.vRecur.from_ical(entry.rule))
        made.add("summary", printable(_summary(task)))
        made.add("description", self._description(entry, task, deadline))
        names = list(dict.fromkeys(printable(body.name) for body in task.departments))
        if names:
            made.add("categories", names)
        made.add("x-gongkai-key", printable(entry.key))
        if self._alarm is not None:
            made.add_component(self._reminder(task))
        return made

    @staticmethod
    def _due(made: Any, entry: CalendarEntry, deadline: Deadline) -> None:
        """A to-do recurs from its start; one that does not may have a time before its last day."""
        if entry.rule is not None:
            made.add("dtstart", entry.day)
            made.add("duration", timedelta(days=1))  # a DUE has to be later than DTSTART
            return
        if deadline.start is not None and deadline.start < entry.day:
            made.add("dtstart", deadline.start)
        made.add("due", entry.day)
        made.add("status", "NEEDS-ACTION")

    def _description(self, entry: CalendarEntry, task: Task, deadline: Deadline) -> str:
        lines = [f"{task.label or ''}{task.text}"]
        for role in Role:
            names = [name for item in task.assignments if item.role is role for name in item.names]
            if names:
                lines.append(f"{terms(self._language)['holders'][role]}：{'、'.join(names)}")
        lines.append(self._say("deadline", text=deadline.text))
        if deadline.start is not None and deadline.due is not None:
            lines.append(self._say("period", start=deadline.start, due=deadline.due))
        lines.append(self._say("source", title=self._plan.title, key=entry.key))
        return printable("\n".join(lines))

    def _reminder(self, task: Task) -> Any:
        made = self._library.Alarm()
        made.add("action", "DISPLAY")
        made.add("trigger", timedelta(days=-(self._alarm or 0)))
        made.add("description", printable(_summary(task)))
        return made


def _summary(task: Task) -> str:
    return shorten(f"{task.label or ''}{task.text}" or task.key or "", _SUMMARY)


def _stamp(plan: Plan) -> datetime:
    """The moment of a calendar: that of its plan, so that the same plan gives the same text."""
    notice = plan.notice.issued_on if plan.notice else None
    days = [day for day in (plan.record.published_on, plan.record.issued_on, notice) if day is not None]
    day = max(days) if days else date(plan.year, 1, 1) if plan.year else _NO_DAY
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
