"""A table of Word while it is being read: rows, cells, and cells that go on below (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from bisect import bisect_left

from gongkai.model import PlaceKind
from gongkai.reading.containers.drafting import Draft, column_name
from gongkai.reading.containers.markup import Node
from gongkai.reading.extract import PrintedCell

__all__ = ["TableDraft"]


class _Cell:
    """A cell while it is being read; columns are those of the table's grid."""

    __slots__ = (
        "column",
        "columns",
        "goes_on",
        "heading",
        "joins",
        "labels",
        "paragraphs",
        "placed",
        "row",
        "rows",
    )

    def __init__(self, row: int, column: int, heading: bool) -> None:
        self.row = row
        self.rows = 1
        self.column = column
        self.columns = 1
        self.heading = heading
        self.paragraphs: list[tuple[int, int]] = []
        self.labels: list[tuple[int, str]] = []
        self.goes_on: bool | None = None  # merged with the cell above (True), or with those below (False)
        self.joins = False  # merged with the cell before
        self.placed = False


class TableDraft:
    """Collects the cells of a table.

    Attributes:
        holds_tables: whether a table stands in it, so that it is a frame and no table itself.
        placed: whether its place was noted since a table in it ended.
    """

    __slots__ = (
        "_above",
        "_cell",
        "_cells",
        "_column",
        "_draft",
        "_heading",
        "_last",
        "_names",
        "_number",
        "_row",
        "_start",
        "holds_tables",
        "placed",
    )

    def __init__(self, draft: Draft, number: int) -> None:
        self._draft = draft
        self._number = number
        self._start = draft.end
        self._cells: list[_Cell] = []
        self._above: dict[int, tuple[_Cell, int]] = {}  # by column: what may go on below, and its last row
        self._names: list[tuple[int, int, int]] = []  # the cells' places, which get their names at the end
        self._row = -1
        self._column = 0
        self._heading = False
        self._cell: _Cell | None = None
        self._last: _Cell | None = None  # the cell before, in the same row
        self.holds_tables = False
        self.placed = False

    def open_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0
        self._heading = False
        self._last = None

    def drop_row(self) -> None:
        """Forget the row that has just begun."""
        self._row -= 1

    def take_row(self, properties: Node) -> None:
        """Take in ``trPr``."""
        self._column = _count(properties.value("gridBefore"), 0)
        self._heading = properties.is_on("tblHeader")

    def open_cell(self) -> None:
        """Begin a cell."""
        if self._row < 0:  # a cell outside any row
            self.open_row()
        self._cell = _Cell(self._row, self._column, self._heading)

    def take_cell(self, properties: Node) -> None:
        """Take in ``tcPr``."""
        if self._cell is None:
            return
        self._cell.columns = _count(properties.value("gridSpan"), 1)
        if properties.first("vMerge"):
            self._cell.goes_on = properties.value("vMerge") != "restart"
        self._cell.joins = properties.first("hMerge") is not None and properties.value("hMerge") != "restart"

    def add(self, text: str, label: str | None) -> tuple[int, int] | None:
        """Add a paragraph to the cell, and return where its first line stands, or None for nothing."""
        cell = self._cell
        if not text.strip() and label is None:
            return None
        if cell is not None and not (cell.placed and self.placed):
            if not self.placed:
                self._draft.place(PlaceKind.TABLE, str(self._number))
            self._names.append((len(self._draft.places), cell.row, cell.column))
            self._draft.place(PlaceKind.CELL, "?")
            self.placed = cell.placed = True
        lines = self._draft.lines(text, label)
        if cell is not None:
            cell.paragraphs += lines
            if label is not None:
                cell.labels.append((next(reversed(self._draft.labels)), label))
        return lines[0] if lines else None

    def close_cell(self) -> None:
        """End the cell: it is one of its own, or goes on with another."""
        cell, self._cell = self._cell, None
        if cell is None:
            return
        self._column += cell.columns
        above, last_row = self._above.get(cell.column, (None, -1))
        if cell.joins and self._last is not None:
            self._last.columns += cell.columns
            self._last.paragraphs += cell.paragraphs
            self._last.labels += cell.labels
        elif cell.goes_on and above is not None and last_row == cell.row - 1:
            above.rows = cell.row - above.row + 1
            above.paragraphs += cell.paragraphs
            above.labels += cell.labels
            self._above[cell.column] = above, cell.row
            self._last = above
        else:
            if cell.goes_on is not None:
                self._above[cell.column] = cell, cell.row
            self._cells.append(cell)
            self._last = cell

    def close(self) -> None:
        """End the table: hand it to the draft, unless tables stand in it."""
        grid = sorted({cell.column for cell in self._cells})  # boundaries at which nothing begins are none
        for at, row, column in self._names:
            self._draft.rename(at, f"{column_name(bisect_left(grid, column))}{row + 1}")
        if not self.holds_tables and self._cells:
            self._draft.table([_cell(cell, grid) for cell in self._cells], self._start)


def _cell(cell: _Cell, grid: list[int]) -> PrintedCell:
    first, after = bisect_left(grid, cell.column), bisect_left(grid, cell.column + cell.columns)
    place = (cell.row, first, cell.rows, max(1, after - first))
    return PrintedCell(*place, tuple(cell.paragraphs), cell.heading, tuple(cell.labels))


def _count(text: str | None, least: int) -> int:
    """Return a number of columns; what is no number counts as the least there can be."""
    try:
        return max(least, int(text)) if text else least
    except ValueError:
        return least
