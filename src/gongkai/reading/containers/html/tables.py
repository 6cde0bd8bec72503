"""Tables of a page: rows of cells, and the grid that they make."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["GridCell", "Rows"]

#: HTML Standard, 4.9.11: no cell spans more columns or rows.
_WIDEST: Final = 1000
_TALLEST: Final = 65534
#: How many steps a cell may take to find its column, on average; beyond, the table is none.
_STEPS: Final = 64
_FREE_STEPS: Final = 100_000


class GridCell(NamedTuple):
    """A cell in the grid: where it begins, how far it reaches, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    first: int
    last: int
    heading: bool


class _Cell:
    """A cell as its tags say."""

    __slots__ = ("columns", "first", "heading", "last", "rows")

    def __init__(self, first: int, rows: int, columns: int, *, heading: bool) -> None:
        self.first = first
        self.last = first
        self.rows = rows
        self.columns = columns
        self.heading = heading


class Rows:
    """A table while its rows come in.

    Attributes:
        first: the first of its lines.
        last: the line after its last one.
        nests: whether it holds another table.
        rows: the cells of each row.
    """

    __slots__ = ("first", "last", "nests", "rows")

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = first
        self.nests = False
        self.rows: list[list[_Cell]] = []

    def begin_row(self) -> None:
        """Take the beginning of a row."""
        self.rows.append([])

    def begin_cell(self, line: int, rows: str | None, columns: str | None, *, heading: bool) -> None:
        """Take the beginning of a cell, whose first line is given."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(_Cell(line, _span(rows, _TALLEST), _span(columns, _WIDEST), heading=heading))

    def end_cell(self, line: int) -> None:
        """Take the end of a cell, with the line after its last one."""
        self.rows[-1][-1].last = line

    def cells(self) -> list[GridCell] | None:
        """Return the cells in the grid, row by row; None for a table that is none, with spans over spans."""
        found: list[GridCell] = []
        until: dict[int, int] = {}  # the row up to which a column is taken by a cell above
        budget = _FREE_STEPS + _STEPS * sum(map(len, self.rows))
        height = len(self.rows)
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while until.get(column, 0) > row:
                    column += 1
                    budget -= 1
                rows = min(cell.rows, height - row)
                found.append(GridCell(row, column, rows, cell.columns, cell.first, cell.last, cell.heading))
                if rows > 1:
                    for taken in range(column, column + cell.columns):
                        until[taken] = row + rows
                    budget -= cell.columns
                column += cell.columns
                if budget < 0:
                    return None
        return found


def _span(value: str | None, most: int) -> int:
    """Return how far a cell reaches: the value of its attribute; 0 is to the end, no number is 1."""
    if not value:
        return 1
    digits = value.strip()
    if not digits.isdecimal() or len(digits) > 9:
        return 1
    return min(int(digits), most) or (most if most == _TALLEST else 1)
