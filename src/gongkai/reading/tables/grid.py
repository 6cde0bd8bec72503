"""A table as rows and columns, and where in it the heads of the columns stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gongkai.reading.extract import PrintedCell, PrintedTable
from gongkai.reading.lines import BLANK
from gongkai.reading.tables.columns import TEXTS, Column, column_of, head_text, holds, is_task_table, settle
from gongkai.reading.tables.sorts import sort_of

__all__ = ["Grid", "Head", "find_head"]

#: The heads stand in one of the first rows that hold something.
_HEAD_ROWS: Final = 12
#: No task table has more columns.
_WIDEST: Final = 60
#: A text in a cell that is longer than this is no head, blanks and all.
_LONGEST_HEAD: Final = 60


class Grid:
    """The cells of a table by row and column.

    Args:
        source: the text that the cells stand in.
        table: the table.

    Attributes:
        table: the table.
        height: how many rows it has.
        width: how many columns it has.
        rows: the cells that begin in each row, from left to right.
    """

    def __init__(self, source: str, table: PrintedTable) -> None:
        self.source = source
        self.table = table
        self.height = max((cell.row for cell in table.cells), default=-1) + 1
        self.width = max((cell.column + max(cell.columns, 1) for cell in table.cells), default=0)
        self.rows: list[list[PrintedCell]] = [[] for _ in range(self.height)]
        self._filled: list[list[PrintedCell]] = [[] for _ in range(self.height)]
        self._texts: dict[tuple[int, int], str] = {}
        for cell in table.cells:
            self.rows[cell.row].append(cell)
            if cell.paragraphs and (text := self._say(cell)):
                self._filled[cell.row].append(cell)
                self._texts[cell.row, cell.column] = text

    def _say(self, cell: PrintedCell) -> str:
        text = "".join([self.source[start:end] for start, end in cell.paragraphs]).strip(BLANK)
        return "".join([label for _, label in cell.labels]) + text if cell.labels else text

    def text(self, cell: PrintedCell) -> str:
        """What a cell says, its paragraphs joined, automatic numbers before them."""
        return self._texts.get((cell.row, cell.column), "")

    def filled(self, row: int) -> list[PrintedCell]:
        """The cells that begin in a row and say something."""
        return self._filled[row]

    def carry_down(self, head: Head) -> None:
        """Let a cell of a section or task reach over empty ones below it, where only its requirements go on.

        Sheets that were copied show a merged cell in its first row alone.
        """
        texts = [at for at, column in enumerate(head.columns) if column.holds in TEXTS]
        if len(texts) < 2:
            return
        last: dict[int, PrintedCell] = {}
        for row in range(head.after, self.height):
            filled = {cell.column: cell for cell in self.filled(row)}
            if texts[-1] not in filled or any(cell.columns > 1 for cell in filled.values()):
                if filled:
                    last.clear()
                continue
            for column in texts[:-1]:
                above = last.get(column)
                if column in filled:
                    last[column] = filled[column]
                elif above is not None and above.row + above.rows == row:
                    last[column] = self._reach(above, row)

    def _reach(self, cell: PrintedCell, row: int) -> PrintedCell:
        """Let a cell reach into a row, in the place of an empty one."""
        longer = cell._replace(rows=row - cell.row + 1)
        for begins in (self.rows[cell.row], self._filled[cell.row]):
            begins[begins.index(cell)] = longer
        self.rows[row] = [one for one in self.rows[row] if one.column != cell.column]
        return longer


class Head:
    """The heads of the columns.

    Attributes:
        columns: the columns, from left to right.
        first: the first row of the heads.
        after: the row behind the last one.
        cells: the cells of the heads.
    """

    __slots__ = ("after", "cells", "columns", "first")

    def __init__(
        self, columns: Sequence[Column], first: int, after: int, cells: Sequence[PrintedCell]
    ) -> None:
        self.columns = tuple(columns)
        self.first = first
        self.after = after
        self.cells = tuple(cells)

    def is_repeated(self, grid: Grid, row: int) -> bool:
        """Tell whether a row has the heads again, as below the break of a page."""
        cells = grid.filled(row)
        if len(cells) < 2 or any(cell.column >= len(self.columns) for cell in cells):
            return False
        return all(head_text(grid.text(cell)) == self.columns[cell.column].name for cell in cells)


def find_head(grid: Grid) -> Head | None:
    """Return the heads of a task table, or None where the table is none."""
    if grid.width > _WIDEST:
        return None
    looked = 0
    for row in range(grid.height):
        cells = grid.filled(row)
        if not cells:
            continue
        if len(cells) > 1 and (found := _head_at(grid, row, cells)) is not None:
            return found
        looked += 1
        if looked == _HEAD_ROWS:
            return None
    return None


def _head_at(grid: Grid, row: int, cells: list[PrintedCell]) -> Head | None:
    """Return the heads in a row, with those in the row below that stand under one of them."""
    if any(_is_long(cell) for cell in cells):
        return None
    upper = _by_column(grid, cells)
    after = row + 1
    lower: dict[int, str] = {}
    below = grid.filled(after) if after < grid.height else []
    if below and any(cell.columns > 1 for cell in cells) and not any(_is_long(cell) for cell in below):
        under = _by_column(grid, below)
        if all(_is_under(grid, cells, cell) for cell in below) and any(
            holds(text, upper.get(at, "")) for at, text in under.items()
        ):
            lower, after = under, row + 2
    columns = [
        column_of(lower[at], upper.get(at, "")) if at in lower else column_of(upper.get(at, ""))
        for at in range(grid.width)
    ]
    if not is_task_table(columns):
        return None
    columns = _by_content(grid, columns, after)
    taken = [cell for at in range(row, after) for cell in grid.rows[at]]
    return Head(settle(columns), row, after, taken)


def _is_long(cell: PrintedCell) -> bool:
    return sum(end - start for start, end in cell.paragraphs) > _LONGEST_HEAD


def _is_under(grid: Grid, heads: list[PrintedCell], cell: PrintedCell) -> bool:
    """Whether a cell stands below a head over several columns."""
    return any(
        head.columns > 1 and head.column <= cell.column < head.column + head.columns and grid.text(head)
        for head in heads
    )


def _by_column(grid: Grid, cells: list[PrintedCell]) -> dict[int, str]:
    return {
        at: grid.text(cell)
        for cell in cells
        for at in range(cell.column, min(cell.column + max(cell.columns, 1), grid.width))
    }


def _by_content(grid: Grid, columns: list[Column], after: int) -> list[Column]:
    """Tell apart two columns of text that share one head, or of which the second has none.

    The first holds the numbers of the second, or what that is part of.
    """
    found = list(columns)
    for at in range(len(columns) - 1):
        one, other = found[at], found[at + 1]
        if one.holds not in {"task", "requirement"} or (other.name and other.name != one.name):
            continue
        if other.holds not in {one.holds, "extra"} or not any(
            cell.column == at + 1 for row in range(after, grid.height) for cell in grid.filled(row)
        ):
            continue
        cells = [cell for row in range(after, grid.height) for cell in grid.filled(row) if cell.column == at]
        cells = [cell for cell in cells if cell.columns == 1]
        if cells and all(sort_of(grid.text(cell)) == "number" for cell in cells):
            found[at : at + 2] = [Column("number", one.name), Column(one.holds, one.name)]
        elif one.holds == "task":
            found[at + 1] = Column("requirement", other.name or one.name)
    return found
