"""The plans of several districts or years as one table: a matter a row, a plan a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum, unique
from typing import TypedDict, cast, final

import attrs
from attrs import field, frozen

from gongkai.comparing import Alignment, Link
from gongkai.errors import InvalidValue
from gongkai.merging.sidebyside.agreeing import Agreement, main_body
from gongkai.model import Department, Finding, Plan, Role, Task
from gongkai.model._display import Shown, shorten
from gongkai.model._rowing import Tabular

__all__ = ["Bond", "Cell", "CellRow", "ColumnCounts", "Consolidation", "Matter", "Presence", "Summary"]


@unique
class Presence(StrEnum):
    """Whether a plan has a matter."""

    WHOLE = "whole"
    """a task of it is this matter"""
    PARTIAL = "partial"
    """a task of it that is another matter shares a part of this one"""
    NONE = "none"
    """it says nothing of it"""


@final
@frozen(weakref_slot=False)
class Bond(Shown):
    """A link between tasks of two plans, and where they are.

    Attributes:
        old_column: the plan of ``link.old``.
        new_column: the plan of ``link.new``.
        link: the link, with its strength, score and evidence.
    """

    old_column: str
    new_column: str
    link: Link


@final
@frozen(weakref_slot=False, repr=False)
class Cell(Shown):
    """What one plan says of one matter.

    Attributes:
        column: what the plan is called.
        tasks: its tasks that are this matter, in the order of the plan; each task is in one cell as its own.
        partial: its tasks that are another matter and share a part of this one.
        by_when: the deadlines of its tasks in their own words, without the plan's year; empty where there is
            none.
    """

    column: str
    tasks: tuple[Task, ...] = ()
    partial: tuple[Task, ...] = ()
    by_when: str = ""

    @property
    def presence(self) -> Presence:
        """Whether the plan has the matter."""
        return Presence.WHOLE if self.tasks else Presence.PARTIAL if self.partial else Presence.NONE

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its tasks."""
        return tuple([task.key or "" for task in self.tasks])

    @property
    def text(self) -> str:
        """What the tasks say, one paragraph each."""
        return "\n".join([task.text for task in self.tasks])

    @property
    def leads(self) -> tuple[Department, ...]:
        """Who leads, each once."""
        return tuple(dict.fromkeys([body for task in self.tasks for body in task.departments_as(Role.LEAD)]))

    @property
    def others(self) -> tuple[Department, ...]:
        """Who else answers for it, each once."""
        leads = set(self.leads)
        found = [body for task in self.tasks for body in task.departments if body not in leads]
        return tuple(dict.fromkeys(found))

    @property
    def main(self) -> Department | None:
        """Who answers for it first of all: who leads, else who is named first."""
        return main_body(self.tasks)

    def __repr__(self) -> str:
        keys = ", ".join([*self.keys, *[f"({task.key})" for task in self.partial]])
        return f"<Cell {shorten(self.column)} {keys or '–'}>"


@final
@frozen(weakref_slot=False, repr=False)
class Matter(Shown):
    """One row: a matter, and what each plan says of it.

    Attributes:
        key: where the central task is, as 东城区:12; unique in its table.
        name: what it is about, in few words of the central task.
        section: the chapter that it stands in in most plans; empty where it stands in none.
        central: the task whose text is most like those of the others.
        cells: what each plan says, in the order of the plans.
        score: how likely its tasks are the same obligation, on average over all pairs of different plans,
            from 0 to 1; 1 for one task alone.
        departments: whether the plans agree on who answers for it first of all.
        deadlines: whether they agree on by when, seen from each plan's year.
        bonds: the links of its tasks, among each other and with tasks that share a part.
    """

    key: str
    name: str
    section: str
    central: Task
    cells: tuple[Cell, ...]
    score: float
    departments: Agreement
    deadlines: Agreement
    bonds: tuple[Bond, ...] = ()

    def __getitem__(self, column: str) -> Cell:
        """Return what the plan of that name says; ``KeyError`` where there is none."""
        for cell in self.cells:
            if cell.column == column:
                return cell
        raise KeyError(f"no plan {column!r}; there are {', '.join([cell.column for cell in self.cells])}")

    __iter__ = None

    @property
    def text(self) -> str:
        """The text of the central task."""
        return self.central.text

    def columns(self, presence: Presence | str) -> tuple[str, ...]:
        """Return the plans that have it ``whole``, in ``partial``, or not at all (``none``)."""
        return tuple([cell.column for cell in self.cells if cell.presence == presence])

    @property
    def having(self) -> int:
        """How many plans have it, wholly or in part."""
        return sum(cell.presence is not Presence.NONE for cell in self.cells)

    def __repr__(self) -> str:
        return f"<Matter {shorten(self.key)} {shorten(self.name)} · {self.having} of {len(self.cells)} plans>"


class ColumnCounts(TypedDict):
    """How many matters a plan has: whole, in part, not at all; alone; and how many tasks it has."""

    tasks: int
    whole: int
    partial: int
    none: int
    unique: int


class Summary(TypedDict):
    """A table in numbers: matters in all, those that all plans have, those that one alone has; each plan."""

    matters: int
    common: int
    unique: int
    differing_departments: int
    differing_deadlines: int
    columns: dict[str, ColumnCounts]


class CellRow(TypedDict):
    """One cell as a flat record: the same columns always."""

    number: int
    matter: str
    name: str
    section: str
    plan_count: int
    column: str
    presence: str
    keys: list[str]
    text: str
    lead: list[str]
    others: list[str]
    by_when: str
    partial: list[str]
    departments_agreement: str
    departments_differ: bool
    deadlines_agreement: str
    deadlines_differ: bool


@final
@frozen(weakref_slot=False, repr=False)
class Consolidation(Shown, Tabular):
    """Several plans as one table.

    Iterates over its rows. Every task of every plan is in exactly one cell as its own, but those that only
    hold others and say nothing themselves.

    Attributes:
        plans: the plans, as they were given.
        columns: what each is called.
        rows: the matters, by chapter and place; in the same order whatever the order of the plans.
        alignments: the alignments that it rests on, one for each two plans.
        findings: what was odd about the answers; outside equality.
    """

    plans: tuple[Plan, ...]
    columns: tuple[str, ...]
    rows: tuple[Matter, ...]
    alignments: tuple[Alignment, ...] = field(default=(), kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True, eq=False)

    def common(self, at_least: int | None = None) -> tuple[Matter, ...]:
        """Return the matters that so many plans have, wholly or in part; all plans where none is given.

        Raises:
            InvalidValue: it is no number from 1 to that of the plans.
        """
        least = len(self.plans) if at_least is None else at_least
        if type(least) is not int or not min(1, len(self.plans)) <= least <= len(self.plans):
            expected = f"a number of plans, from 1 to {len(self.plans)}"
            raise InvalidValue("Consolidation.common", "at_least", at_least, expected)
        return tuple([row for row in self.rows if row.having >= least])

    def unique(self, plan: Plan | str) -> tuple[Matter, ...]:
        """Return the matters that one plan alone has.

        Args:
            plan: one of the plans, or what it is called.

        Raises:
            InvalidValue: it is none of them.
        """
        column = self._column(plan, "unique")
        return tuple([row for row in self.rows if row.having == 1 and row[column].tasks])

    def missing(self, plan: Plan | str) -> tuple[Matter, ...]:
        """Return the matters that one plan has not, not even in part.

        Args:
            plan: one of the plans, or what it is called.

        Raises:
            InvalidValue: it is none of them.
        """
        column = self._column(plan, "missing")
        return tuple([row for row in self.rows if row[column].presence is Presence.NONE])

    def of(self, plan: Plan | str, key: str) -> Matter:
        """Return the matter that a task is.

        Args:
            plan: one of the plans, or what it is called.
            key: the key of one of its tasks.

        Raises:
            InvalidValue: it is none of the plans.
            KeyError: it has no such task.
        """
        column = self._column(plan, "of")
        for row in self.rows:
            if key in row[column].keys:
                return row
        raise KeyError(f"no task of {column} has the key {key!r} and something to say of its own")

    def selected(self, rows: Iterable[Matter]) -> Consolidation:
        """Return a table of some of its rows, in its order: of ``table.common()``, say."""
        wanted = {row.key for row in rows}
        return attrs.evolve(self, rows=tuple([row for row in self.rows if row.key in wanted]))

    def summary(self) -> Summary:
        """Return the table in numbers."""
        return {
            "matters": len(self.rows),
            "common": sum(row.having == len(self.plans) for row in self.rows),
            "unique": sum(row.having == 1 for row in self.rows),
            "differing_departments": sum(row.departments.differs for row in self.rows),
            "differing_deadlines": sum(row.deadlines.differs for row in self.rows),
            "columns": {column: self._counts(column) for column in self.columns},
        }

    def _counts(self, column: str) -> ColumnCounts:
        cells = [(row, row[column]) for row in self.rows]
        of = [cell.presence for _, cell in cells]
        return {
            "tasks": sum(len(cell.tasks) for _, cell in cells),
            "whole": of.count(Presence.WHOLE),
            "partial": of.count(Presence.PARTIAL),
            "none": of.count(Presence.NONE),
            "unique": sum(row.having == 1 and bool(cell.tasks) for row, cell in cells),
        }

    def _column(self, plan: Plan | str, method: str) -> str:
        if isinstance(plan, str) and plan in self.columns:
            return plan
        for each, column in zip(self.plans, self.columns, strict=True):
            if each is plan:
                return column
        for each, column in zip(self.plans, self.columns, strict=True):
            if each == plan:
                return column
        given = plan.title if isinstance(cast(object, plan), Plan) else plan
        expected = f"one of the plans, or of {', '.join(self.columns)}"
        raise InvalidValue(f"Consolidation.{method}", "plan", given, expected)

    def to_rows(self) -> list[CellRow]:
        """Return one flat record for each matter in each plan, with the same columns always.

        Several texts stand in one field, with a line feed between them. ``gongkai.tables.consolidation`` says
        of which plan each is, too.
        """
        from gongkai.merging.sidebyside.flat import cell_rows

        return cell_rows(self)

    def plan(self, title: str | None = None, *, year: int | None = None) -> Plan:
        """Return the table as one plan, in which no task is lost.

        A matter is a task. Where several tasks are the same but for who says so they are one; else each is a
        part, with its own text, departments and deadlines. The column 来源 (in ``extras``) says of which plan
        it is and which key it has there, 另见 which tasks share a part of it.

        Args:
            title: its title.
            year: its year; by default that of its title, else that of the plans, where they have one.

        >>> import gongkai
        >>> from gongkai import Plan, Task
        >>> old = Plan("澄湖区2024年要点", [Task("公开预决算。", label="1.")])
        >>> new = Plan("松坪区2024年要点", [Task("公开预决算。", label="1."), Task("更新网站。", label="2.")])
        >>> for task in gongkai.consolidate([old, new]).plan("两区要点").tasks:
        ...     print(task.text, dict(task.extras))
        公开预决算。 {'来源': '澄湖区 1；松坪区 1'}
        更新网站。 {'来源': '松坪区 2'}
        """
        from gongkai.merging.sidebyside.compiling import compiled

        return compiled(self, title, year)

    def __iter__(self) -> Iterator[Matter]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        summary = self.summary()
        counts = [
            f"{summary['matters']} matters",
            f"{summary['common']} common",
            f"{summary['unique']} unique",
        ]
        return " · ".join([f"<Consolidation {shorten(', '.join(self.columns), 60)}", *counts]) + ">"
