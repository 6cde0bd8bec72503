"""What ``coverage`` finds: for each task of a reference plan, what of it another plan carries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum, unique
from typing import Final, TypedDict, final

from attrs import evolve, frozen

from gongkai.comparing.alignment.finest import heading_of
from gongkai.comparing.alignment.links import Link, Strength
from gongkai.comparing.carrying.marks import Mark
from gongkai.comparing.carrying.wordshare import Passage
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.handover import Handover
from gongkai.comparing.timing import Timing, deadlines_of
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Section, Task
from gongkai.model._display import Shown
from gongkai.model._rowing import Tabular

__all__ = ["Carriage", "Coverage", "CoverageRow", "CoverageTableRow", "Tally"]

#: A sentence is missing where less than this share of its words is there, and much more of another one of its
#: task: a task that is said in other words throughout misses nothing.
_MISSING: Final = 0.2
_PRESENT: Final = 0.4


@unique
class Carriage(StrEnum):
    """How far a task of the reference is carried."""

    CARRIED = "carried"
    """a task is the same obligation, or nearly all of its words are there"""
    PARTIAL = "partial"
    """a part of it is"""
    ABSENT = "absent"
    """no task has to do with it"""
    NOT_APPLICABLE = "not-applicable"
    """a person has said that it does not apply"""


@final
@frozen(weakref_slot=False, repr=False)
class CoverageRow(Shown):
    """What became of one task of the reference.

    Attributes:
        task: the task of the reference.
        sections: the sections that it stands in, the outermost first.
        status: whether it is ``carried``, ``partial``, ``absent`` or ``not-applicable``.
        links: the links to the tasks that carry it, the surest first, with score and evidence.
        passages: its sentences, each with how much of it the carrying tasks have.
        covered: how much of all its words they have, from 0 to 1, rare words counting for more. A task may be
            carried in other words, so this is no measure of the status.
        handovers: who answers for it in the reference, and who for the tasks that carry it; empty where none
            does.
        timing: how the deadline of the tasks in ``main`` compares with its own, each seen from its plan's
            year.
        mark: what a person has said of it, where it does not apply.
    """

    task: Task
    sections: tuple[Section, ...]
    status: Carriage
    links: tuple[Link, ...] = ()
    passages: tuple[Passage, ...] = ()
    covered: float = 0.0
    handovers: tuple[Handover, ...] = ()
    timing: Timing = Timing.NONE
    mark: Mark | None = None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that carry it, the surest first."""
        return tuple([link.new for link in self.links])

    @property
    def main(self) -> tuple[Task, ...]:
        """The tasks that are the same obligation; where none is, all that carry it."""
        same = [link.new for link in self.links if link.strength is Strength.SAME]
        return tuple(same) or self.tasks

    @property
    def heading(self) -> str:
        """The headings that it stands below, on one line."""
        return heading_of(self.sections)

    @property
    def score(self) -> float | None:
        """How sure the surest link is, from 0 to 1; None where there is none."""
        return self.links[0].score if self.links else None

    @property
    def missing(self) -> tuple[Passage, ...]:
        """The sentences of which hardly a word is there, where another one of the task is."""
        if not any(passage.share >= _PRESENT for passage in self.passages):
            return ()
        return tuple([passage for passage in self.passages if passage.share < _MISSING])

    def not_applicable(self, reason: str, *, annotator: str = "", marked_on: date | None = None) -> Mark:
        """Return a person's mark for ``coverage(..., marks=…)``: the task does not apply, for this reason."""
        return Mark(
            self.task.key or "", reason, text=self.task.text, annotator=annotator, marked_on=marked_on
        )

    def explain(self, language: Language = "zh") -> str:
        """Say in one line what became of the task, in Chinese (``zh``) or English (``en``).

        Raises:
            InvalidValue: another language was asked for.
        """
        from gongkai.comparing.telling import explain_row

        return explain_row(self, language)

    def __repr__(self) -> str:
        keys = ", ".join([task.key or "?" for task in self.tasks])
        return f"<CoverageRow {self.task.key or '?'} {self.status}{f' → {keys}' if keys else ''}>"


class CoverageTableRow(TypedDict):
    """One task of the reference, flat: a row of a data frame or a file.

    ``departments`` are those of the reference, ``handed`` those of the carrying tasks, each behind the one in
    whose stead it answers. ``missing`` holds sentences. Days are ISO dates.
    """

    key: str
    label: str | None
    section: str
    text: str
    status: str
    covered: float
    missing: list[str]
    carriers: list[str]
    carrier_texts: list[str]
    strength: str | None
    score: float | None
    departments: list[str]
    handed: list[str]
    deadlines: list[str]
    carrier_deadlines: list[str]
    timing: str
    reason: str
    annotator: str
    marked_on: str | None


@final
@frozen(weakref_slot=False)
class Tally(Shown):
    """How many tasks are carried.

    Attributes:
        carried: how many are.
        partial: how many in part.
        absent: how many not at all.
        not_applicable: how many do not apply.
    """

    carried: int = 0
    partial: int = 0
    absent: int = 0
    not_applicable: int = 0

    @property
    def total(self) -> int:
        """All tasks."""
        return self.applicable + self.not_applicable

    @property
    def applicable(self) -> int:
        """All tasks but those that do not apply."""
        return self.carried + self.partial + self.absent

    @property
    def share(self) -> float | None:
        """The share of the applicable tasks that are carried, from 0 to 1; None where none is applicable."""
        return self.carried / self.applicable if self.applicable else None


@final
@frozen(weakref_slot=False, repr=False)
class Coverage(Shown, Tabular):
    """What of a reference plan another plan carries.

    Iterates over its rows.

    Attributes:
        reference: the plan that asks: the city's, or last year's.
        plan: the plan that answers: the district's.
        rows: one for each finest task of the reference (each with text of its own), in its order.
        extra: the tasks of the plan that carry nothing of the reference, in its order.
        unplaced: marks whose task is not in the reference any more.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> city = Plan("市要点", [Task("公开财政预决算。", label="1."), Task("公布耕地保护补贴。", label="2.")])
    >>> district = Plan("区要点", [Task("规范公开财政预决算。", label="1."), Task("开放会议。", label="2.")])
    >>> cover = gongkai.coverage(city, district)
    >>> cover
    <Coverage 2 tasks · 1 carried · 1 absent · 1 extra>
    >>> cover["2"].explain("en")
    '“2.公布耕地保护补贴。” is not carried.'
    >>> marked = gongkai.coverage(city, district, marks=[cover["2"].not_applicable("没有耕地")])
    >>> marked["2"].status.value, marked.tally.share
    ('not-applicable', 1.0)
    """

    reference: Plan
    plan: Plan
    rows: tuple[CoverageRow, ...]
    extra: tuple[Task, ...] = ()
    unplaced: tuple[Mark, ...] = ()

    @property
    def tally(self) -> Tally:
        """How many tasks are carried, and which share."""
        return _tally(self.rows)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, those that found their task with its present key and text."""
        placed = [
            evolve(row.mark, key=row.task.key or "", text=row.task.text)
            for row in self.rows
            if row.mark is not None
        ]
        return (*placed, *self.unplaced)

    def with_status(self, *statuses: Carriage | str) -> tuple[CoverageRow, ...]:
        """Return the rows of some statuses.

        Raises:
            InvalidValue: there is no such status.
        """
        for status in statuses:
            if status not in set(Carriage):
                known = ", ".join(Carriage)
                raise InvalidValue("Coverage.with_status", "statuses", status, f"of {known}")
        return tuple([row for row in self.rows if row.status in statuses])

    def summary(self) -> dict[str, int]:
        """Count the rows by status, every status with a number of its own, and what is ``extra``."""
        counts = Counter(row.status for row in self.rows)
        return {**{status.value: counts[status] for status in Carriage}, "extra": len(self.extra)}

    def by_section(self) -> tuple[tuple[str, Tally], ...]:
        """Count by section of the reference: its headings on one line, and how many tasks are carried."""
        groups: defaultdict[tuple[str | None, ...], list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            groups[tuple([section.key for section in row.sections])].append(row)
        return tuple([(rows[0].heading, _tally(rows)) for rows in groups.values()])

    def by_department(self) -> tuple[tuple[str, Tally], ...]:
        """Count by department of the reference: who answers for most tasks comes first.

        A task of several departments counts for each.
        """
        groups: defaultdict[str, list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            for name in dict.fromkeys([body.name for body in row.task.departments]):
                groups[name].append(row)
        ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
        return tuple([(name, _tally(rows)) for name, rows in ordered])

    def table(self) -> list[CoverageTableRow]:
        """Return one flat row for each task of the reference, with the same columns always."""
        return [_table_row(row) for row in self.rows]

    def __getitem__(self, key: str) -> CoverageRow:
        """Return the row of the reference's task with that key.

        Raises:
            KeyError: there is none.
        """
        for row in self.rows:
            if row.task.key == key:
                return row
        raise KeyError(f"no task {key!r} with text of its own in the reference")

    def __iter__(self) -> Iterator[CoverageRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        counts = [f"{count} {name}" for name, count in self.summary().items() if count]
        number = len(self.rows)
        return (
            f"<Coverage {number} task{'s' * (number != 1)}" + "".join(f" · {each}" for each in counts) + ">"
        )


def _tally(rows: Iterable[CoverageRow]) -> Tally:
    counts = Counter(row.status for row in rows)
    return Tally(*[counts[status] for status in Carriage])


def _table_row(row: CoverageRow) -> CoverageTableRow:
    task, mark = row.task, row.mark
    handed = [
        item.new.name if item.old is None or item.relation == "same" else f"{item.old.name} → {item.new.name}"
        for item in row.handovers
        if item.new is not None
    ]
    return {
        "key": task.key or "",
        "label": task.label,
        "section": row.heading,
        "text": task.text,
        "status": row.status.value,
        "covered": row.covered,
        "missing": [passage.text for passage in row.missing],
        "carriers": [other.key or "" for other in row.tasks],
        "carrier_texts": [other.text for other in row.tasks],
        "strength": row.links[0].strength.value if row.links else None,
        "score": row.score,
        "departments": [body.name for body in task.departments],
        "handed": handed,
        "deadlines": _deadlines([task]),
        "carrier_deadlines": _deadlines(row.main),
        "timing": row.timing.value,
        "reason": "" if mark is None else mark.reason,
        "annotator": "" if mark is None else mark.annotator,
        "marked_on": None if mark is None or mark.marked_on is None else mark.marked_on.isoformat(),
    }


def _deadlines(tasks: Iterable[Task]) -> list[str]:
    return list(dict.fromkeys([deadline.text for deadline in deadlines_of(tasks)]))
