"""From the rows of a task table to drafts: which rows are tasks, which cells are headings of sections.

The rules, where two readers might differ:

- A cell over the whole width, or alone in its row with the label of a chapter, is the heading of a section.
- So is a cell of a section column, and a 工作任务 cell over several 工作要求; its fellows are as well.
- Otherwise 工作任务 and 工作要求 of a row are one text, in that order.
- A merged cell of bodies, of time or of remarks serves each of its rows; it is printed in the first one.
- Several numbered requirements in one cell are the parts of the row's task; where no text stands before them,
  tasks of their own, which the row's bodies serve together.
- A row without a text adds its bodies to the task above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.clauses import Clause
from gongkai.reading.drafts import Draft
from gongkai.reading.extract import PrintedCell
from gongkai.reading.lines import Passage, styles
from gongkai.reading.pieces import Marks
from gongkai.reading.segments import Segment
from gongkai.reading.tables.cells import (
    inherited,
    is_same,
    joined,
    number,
    paragraphs,
    responsibility,
)
from gongkai.reading.tables.columns import ROLES, TEXTS
from gongkai.reading.tables.grid import Grid, Head
from gongkai.reading.tables.row import Answer, Extra, Note, Row, Time
from gongkai.reading.tables.sections import Outline, headings_among

__all__ = ["Rows"]

#: The finding about a row whose cells of bodies are missing.
_MISSING: Final = "cells-missing"

#: A cell, as the place where it begins.
Place = tuple[int, int]


class Rows:
    """Reads the rows below the heads, from top to bottom.

    Args:
        grid: the table.
        head: the heads of its columns.
        marks: where the pieces are noted that no draft owns.
        findings: where findings are noted.
        doubts: the findings about rows of a table in text, by row.
    """

    def __init__(
        self, grid: Grid, head: Head, marks: Marks, findings: list[Finding], doubts: Mapping[int, str]
    ) -> None:
        self.grid = grid
        self.doubts = doubts
        self.head = head
        self.marks = marks
        self.findings = findings
        grid.width = max(grid.width, len(head.columns))
        grid.carry_down(head)
        self.outline = Outline(grid, head, marks, findings)
        self.headings = headings_among(grid, head)
        self.covering: list[PrintedCell | None] = [None] * grid.width
        self.taken: set[Place] = set()  # the cells that some row printed
        self.latest: dict[int, Clause] = {}  # by column: the last cell of bodies
        self.times: dict[int, Passage] = {}
        self.open: tuple[Place, ...] = ()  # the cells of the open task's text
        self.task: Draft | None = None
        self.broken: list[Passage] = []  # passages of several lines

    def read(self) -> list[Draft]:
        """Return the drafts of the table."""
        self.mark_heads(self.head.cells)
        for at in range(self.head.after, self.grid.height):
            filled = self.grid.filled(at)
            if filled and self.head.is_repeated(self.grid, at):
                self.mark_heads(filled)
                self.outline.pending.clear()  # what stands above heads is no remark below the table
                continue
            for cell in self.grid.rows[at]:
                end = min(cell.column + max(cell.columns, 1), self.grid.width)
                self.covering[cell.column : end] = [cell] * (end - cell.column)
            if all(map(_is_bare, filled)):
                continue
            if not self.outline.take_banner(at, filled, self.covering):
                self._row(at)
            else:
                self.taken.update(map(_place, filled))
                self.open, self.task = (), None
        drafts = self.outline.finish()
        self.broken += self.outline.broken
        return drafts

    @property
    def left(self) -> list[PrintedCell]:
        """The cells below the last task that are no part of the table."""
        return self.outline.left

    def mark_heads(self, cells: Sequence[PrintedCell]) -> None:
        """Note the heads of columns as what they are."""
        for cell in cells:
            for start, end in cell.paragraphs:
                self.marks.add("column", start, end)

    def _cell(self, at: int, column: int) -> PrintedCell | None:
        """The cell that says something in a row and a column, perhaps from a row above."""
        cell = self.covering[column]
        if cell is None or not cell.paragraphs or cell.row + max(cell.rows, 1) <= at:
            return None
        if cell.columns > 1 and self._home(cell) != column:
            return None
        return None if _is_bare(cell) and self.head.columns[column].holds != "number" else cell

    def _home(self, cell: PrintedCell) -> int:
        """The column that a cell over several counts for: one of text, else of bodies, else the first."""
        columns = range(cell.column, min(cell.column + cell.columns, self.grid.width))
        texts = [at for at in columns if self.head.columns[at].holds in TEXTS]
        bodies = [at for at in columns if self.head.columns[at].holds in ROLES]
        return min(texts or bodies or [cell.column])

    def _row(self, at: int) -> None:
        numbers = [cell for cell in self._cells(at, "number") if _place(cell) not in self.taken]
        opened: list[PrintedCell] = []
        texts: list[PrintedCell] = []
        for column in range(self.grid.width):
            cell = self._cell(at, column)
            what = self.head.columns[column].holds
            if cell is None or what not in {"section", "task", "requirement"} or cell in texts:
                continue
            if what != "section" and _place(cell) not in self.headings:
                texts.append(cell)
            elif _place(cell) not in self.taken:
                self.taken.add(_place(cell))
                label = self.outline.open_column(column, cell, numbers)
                if label is not None:
                    numbers.remove(label)
                    self.taken.add(_place(label))
                opened.append(cell)
        places = tuple([_place(cell) for cell in texts])
        fresh = [cell for cell in texts if _place(cell) not in self.taken]
        if not fresh and all(_place(cell) in self.taken for cell in self.grid.filled(at)):
            self.task = None if opened else self.task
            return
        if self.task is None or opened or (fresh and places != self.open):
            self.open = places
            self.taken.update(places)
            self._begin(at, fresh, numbers, opened)
            return
        row = self.task.row
        assert row is not None  # noqa: S101 - tasks of tables have one
        if not texts:
            row.notes.append(Note("row-without-text", self._first(at), {}))
        for cell in numbers:
            self._extra(row, cell)
        self._answers(at, row, more=True)

    def _cells(self, at: int, what: str) -> list[PrintedCell]:
        """The cells of the columns that hold something, each once."""
        found: list[PrintedCell] = []
        for column, head in enumerate(self.head.columns):
            cell = self._cell(at, column) if head.holds == what else None
            if cell is not None and cell not in found:
                found.append(cell)
        return found

    def _first(self, at: int) -> Passage:
        return joined(self.grid.source, self.grid.filled(at)[0])

    def _extra(self, row: Row, cell: PrintedCell) -> None:
        self.taken.add(_place(cell))
        row.extras.append(
            Extra(self.head.columns[cell.column].name, joined(self.grid.source, cell), own=True)
        )

    def _begin(
        self, at: int, texts: list[PrintedCell], numbers: list[PrintedCell], opened: list[PrintedCell]
    ) -> None:
        """Begin the task of a row, or the tasks whose text stands in it."""
        source = self.grid.source
        row = Row()
        row.others = [stretch for cell in opened for stretch in cell.paragraphs]
        label: Passage | None = None
        for cell in numbers:
            if label is None:
                self.taken.add(_place(cell))
                label = number(source, cell)
            else:
                self._extra(row, cell)
        passages = [paragraphs(source, cell, self.findings) for cell in texts]
        self.broken += [passage for cell in passages for passage in cell if passage.cuts]
        before = [passage for cell in passages[:-1] for passage in cell]
        intro, items = _items(passages[-1] if passages else [])
        lead = before + intro
        self._answers(at, row)
        doubt = self.doubts.get(at)
        if (
            doubt is not None
            and row.answers
            and (doubt != _MISSING or not all(one.own for one in row.answers))
        ):
            row.notes.append(Note(doubt, self._first(at), {}))
        if items and not lead and label is None:
            self._tasks(items, row)
            return
        draft = _draft(label, lead or [passage for item in items for passage in item], row)
        if items and lead:
            draft.children = [_draft(None, item, None) for item in items]
        self.task = draft
        self.outline.add(draft)

    def _tasks(self, items: list[list[Passage]], row: Row) -> None:
        """Add the tasks of one row: its cells are printed with the first one, and serve all."""
        row.others += [(item[0].start, item[-1].end) for item in items[1:]]
        for at, item in enumerate(items):
            self.task = _draft(None, item, row if not at else row.shared())
            self.outline.add(self.task)
        self.task = None

    def _answers(self, at: int, row: Row, *, more: bool = False) -> None:
        """Add what the other columns of a row say; for a task's further rows only what is new."""
        seen: set[Place] = set()
        for column, head in enumerate(self.head.columns):
            cell = self._cell(at, column)
            if cell is None or head.holds in {"number", "section", "task", "requirement"}:
                continue
            place = _place(cell)
            own = place not in self.taken
            if place in seen or (more and not own):
                continue
            seen.add(place)
            self.taken.add(place)
            passage = joined(self.grid.source, cell)
            if not passage.text:
                continue
            if head.holds in ROLES:
                row.answers.append(self._answer(column, cell, passage, own=own))
            elif head.holds == "deadline":
                self._time(column, passage, row, own=own)
            else:
                row.extras.append(Extra(head.name, passage, own))

    def _answer(self, column: int, cell: PrintedCell, passage: Passage, *, own: bool) -> Answer:
        above = self.latest.get(column)
        if above is not None and is_same(passage.text):
            return Answer(
                passage, above._replace(assignments=inherited(above.assignments), deadlines=()), own
            )
        clause = responsibility(self.grid.source, cell, ROLES[self.head.columns[column].holds])
        self.latest[column] = clause
        return Answer(passage, clause, own)

    def _time(self, column: int, passage: Passage, row: Row, *, own: bool) -> None:
        above = self.times.get(column)
        if above is not None and is_same(passage.text):
            row.times.append(Time(above, own=False))
            row.same += [passage] if own else []
            return
        self.times[column] = passage
        row.times.append(Time(passage, own))


def _place(cell: PrintedCell) -> Place:
    return cell.row, cell.column


def _is_bare(cell: PrintedCell) -> bool:
    """Whether a cell holds nothing but an automatic number."""
    return bool(cell.labels) and not any(start < end for start, end in cell.paragraphs)


def _items(passages: list[Passage]) -> tuple[list[Passage], list[list[Passage]]]:
    """Part numbered requirements in one cell: what stands before them, and each by itself."""
    known = styles()
    first = next((passage.style for passage in passages if passage.style >= 0), -1)
    starts = [at for at, passage in enumerate(passages) if passage.style == first]
    if first < 0 or not known[first].item or len(starts) < 2:
        return passages, []
    edges = [*starts, len(passages)]
    return passages[: starts[0]], [passages[start:end] for start, end in pairwise(edges)]


def _draft(label: Passage | None, passages: Sequence[Passage], row: Row | None) -> Draft:
    """The draft of a task: its label stands in the number column, or before its text."""
    printed = next((passage for passage in passages if passage.style >= 0), None)
    if printed is not None and label is not None:
        if _digits(label.label) == _digits(printed.label) and row is not None:
            row.numbers.append(label)
            label = None
        else:
            printed = None
    texts = [
        Segment(passage, passage.body if passage is printed else 0, len(passage.text)) for passage in passages
    ]
    draft = Draft("task", label or printed, [text for text in texts if text.begin < text.end])
    draft.row = row
    return draft


def _digits(label: str | None) -> str:
    return (label or "").strip("、.．，,（）()")
