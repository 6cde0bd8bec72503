"""What a table of matters shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.merging import Agreement, Cell, Consolidation, Matter, Presence
from gongkai.views._rows import names
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "SIGNS",
    "Having",
    "MatterCell",
    "MatterHead",
    "MatterLine",
    "PlanLine",
    "having_counts",
    "matter_line",
    "matter_lines",
    "plan_lines",
]

Having: TypeAlias = Literal["common", "some", "unique"]
"""Whether all plans have a matter, some, or one alone."""

#: The signs of whether a plan has a matter.
SIGNS: Final = {Presence.WHOLE: "●", Presence.PARTIAL: "◐", Presence.NONE: "–"}


@final
@frozen
class MatterHead:
    """The chapter that the lines below stand in."""

    text: str


@final
@frozen
class MatterCell:
    """What one plan says of a matter.

    Attributes:
        column: what the plan is called.
        presence: whether it has the matter.
        keys: the keys of its tasks.
        who: who answers for it, one line an assignment.
        due: by when, without the plan's year.
        texts: the key and the text of each of its tasks.
        shares: the key of each task that shares a part, and the number and name of the matter that it is.
        who_apart: whether somebody else answers for it than in most plans.
        due_apart: whether it is due at another time than in most plans.
    """

    column: str
    presence: Presence
    keys: tuple[str, ...]
    who: tuple[str, ...]
    due: str
    texts: tuple[tuple[str, str], ...]
    shares: tuple[tuple[str, int, str], ...]
    who_apart: bool
    due_apart: bool

    @property
    def sign(self) -> str:
        """The sign of whether it has the matter."""
        return SIGNS[self.presence]

    @property
    def places(self) -> str:
        """The keys of its tasks, those that share a part in brackets."""
        own, shared = ", ".join(self.keys), ", ".join([key for key, _, _ in self.shares])
        return " ".join(filter(None, (own, f"({shared})" if shared else "")))


@final
@frozen
class MatterLine:
    """One matter.

    Attributes:
        number: its number in the table, from 1.
        matter: the matter.
        name: its name.
        having: whether all plans have it, some, or one alone.
        cells: what each plan says.
        who: who answers for it first of all, once for all plans that say the same.
        due: by when, in the same way.
    """

    number: int
    matter: Matter
    name: str
    having: Having
    cells: tuple[MatterCell, ...]
    who: tuple[str, ...]
    due: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The plans that have it not, not even in part."""
        return tuple([cell.column for cell in self.cells if cell.presence is Presence.NONE])


def having_of(row: Matter) -> Having:
    """Return whether all plans have a matter, some, or one alone."""
    if row.having == len(row.cells):
        return "common"
    return "unique" if row.having == 1 else "some"


def matter_lines(table: Consolidation, say: Words) -> Iterator[MatterHead | MatterLine]:
    """Yield the chapters and their matters, in order."""
    homes = _homes(table)
    before: str | None = None
    headed = any(row.section for row in table)
    for number, row in enumerate(table.rows, 1):
        if headed and row.section != before:
            before = row.section
            yield MatterHead(clean(row.section) or say["matters.loose"])
        yield matter_line(row, number, say, homes)


_Homes: TypeAlias = dict[tuple[str, str | None], tuple[int, str]]


def _homes(table: Consolidation) -> _Homes:
    """Return for each task the number and the name of its matter."""
    return {
        (cell.column, key): (number, clean(row.name))
        for number, row in enumerate(table.rows, 1)
        for cell in row.cells
        for key in cell.keys
    }


def matter_line(row: Matter, number: int, say: Words, homes: _Homes | None = None) -> MatterLine:
    """Return one matter as a line."""
    return MatterLine(
        number,
        row,
        clean(row.name),
        having_of(row),
        tuple([_cell(cell, row, say, homes or {}) for cell in row.cells]),
        _agreed(row.departments, row, say),
        _agreed(row.deadlines, row, say),
    )


def _cell(cell: Cell, row: Matter, say: Words, homes: _Homes) -> MatterCell:
    who = [names(item, say, lead=True) for task in cell.tasks for item in task.assignments]
    shares = [(clean(task.key or ""), *homes.get((cell.column, task.key), (0, ""))) for task in cell.partial]
    return MatterCell(
        clean(cell.column),
        cell.presence,
        tuple([clean(key) for key in cell.keys]),
        tuple(dict.fromkeys(who)),
        clean(cell.by_when),
        tuple([(clean(task.key or ""), clean(task.text)) for task in cell.tasks]),
        tuple(shares),
        cell.column in row.departments.outliers,
        cell.column in row.deadlines.outliers,
    )


def _agreed(agreement: Agreement, row: Matter, say: Words) -> tuple[str, ...]:
    """Return what plans say; where they do not all say the same, with the plans that say each."""
    if not agreement.differs:
        return tuple([clean(camp.says) for camp in agreement.camps])
    place = {cell.column: place for place, cell in enumerate(row.cells)}
    camps = sorted(agreement.camps, key=lambda camp: (-len(camp.columns), place[camp.columns[0]]))
    return tuple(
        [
            say["matters.of_plan"].format(plan="、".join(map(clean, camp.columns)), what=clean(camp.says))
            for camp in camps
        ]
    )


def having_counts(table: Consolidation, say: Words) -> list[tuple[Having, str, int]]:
    """Return how many matters all plans have, some, and one alone, each with its word; none is left out."""
    found = [having_of(row) for row in table]
    each: tuple[Having, ...] = ("common", "some", "unique")
    counts: list[tuple[Having, str, int]] = [
        (having, say[f"matters.{having}"], found.count(having)) for having in each
    ]
    return [entry for entry in counts if entry[2]]


@final
@frozen
class PlanLine:
    """One of the plans.

    Attributes:
        column: what it is called.
        title: its title.
        counts: its tasks; the matters that it has whole, in part, not at all, and alone: each with its word.
    """

    column: str
    title: str
    counts: tuple[tuple[str, int], ...]


def plan_lines(table: Consolidation, say: Words) -> list[PlanLine]:
    """Return what there is to say of each plan."""
    found = table.summary()["columns"]
    lines: list[PlanLine] = []
    for plan, column in zip(table.plans, table.columns, strict=True):
        counts = found[column]
        numbers = {
            "tasks": counts["tasks"],
            "whole": counts["whole"],
            "partial": counts["partial"],
            "none": counts["none"],
            "only": counts["unique"],
        }
        told = tuple([(say[f"matters.{name}"], number) for name, number in numbers.items()])
        lines.append(PlanLine(clean(column), clean(plan.title) or say["headings.untitled"], told))
    return lines
