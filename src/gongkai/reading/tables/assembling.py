"""From the cells of a text to a table: which cell stands in which column, where merged cells were lost.

Text shows a merged cell once and leaves it out of the rows below. What sort of cells a row has tells which of
its columns are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from gongkai.reading.extract import PrintedCell, PrintedTable
from gongkai.reading.lines import scan, styles
from gongkai.reading.tables.columns import ROLES, Column
from gongkai.reading.tables.sorts import Sort, fit, sort_of

__all__ = ["Assembler", "Ranges", "align", "share"]

#: Where the paragraphs of a cell stand.
Ranges = tuple[tuple[int, int], ...]

#: What is lost in a row stands rather on the left: a merged cell is that of a wider thing.
_LEFT: Final = 0.01
_NEVER: Final = -1000.0


def align(sorts: Sequence[Sort], columns: Sequence[Column]) -> list[int]:
    """Return the column of each cell of a row, in order; some columns may stay without one.

    >>> from gongkai.reading.tables.assembling import align
    >>> from gongkai.reading.tables.columns import Column
    >>> columns = [Column(what, "") for what in ("number", "task", "requirement", "lead", "deadline")]
    >>> align(["number", "text", "bodies", "time"], columns)
    [0, 2, 3, 4]
    """
    width, count = len(columns), len(sorts)
    # best[at][column]: the cells up to `at` stand in columns up to `column`
    best = [[0.0] * (width + 1)]
    for at in range(1, count + 1):
        row = [_NEVER] * (width + 1)
        for column in range(at, width + 1):
            here = best[at - 1][column - 1] + fit(sorts[at - 1], columns[column - 1].holds) + _LEFT * column
            row[column] = max(row[column - 1], here)
        best.append(row)
    found: list[int] = []
    column = width
    for at in range(count, 0, -1):
        while column > at and best[at][column] == best[at][column - 1]:
            column -= 1
        column -= 1
        found.append(column)
    return found[::-1]


def share(cells: Sequence[Ranges], columns: int, is_group: Callable[[Ranges], bool]) -> list[Ranges]:
    """Return one cell for each of the columns of bodies, from cells that show no empty ones.

    Args:
        cells: the cells of bodies in a row, or the names where each may be a cell.
        columns: how many columns of bodies there are.
        is_group: tells whether a cell names a collective; what does stands in the last column.
    """
    if len(cells) == columns:
        return list(cells)
    if not columns:
        return [_joined(cells)]
    first = next((at for at, cell in enumerate(cells) if is_group(cell)), -1)
    if len(cells) < columns:
        empty: list[Ranges] = [()] * (columns - len(cells))
        return [*cells, *empty] if first < 0 else [*cells[:first], *empty, *cells[first:]]
    if columns == 1:
        return [_joined(cells)]
    cut = first if first > 0 else 0 if first == 0 else 1
    heads, rest = cells[:cut], cells[cut:]
    return [_joined(heads), *([()] * (columns - 2)), _joined(rest)]


def _joined(cells: Sequence[Ranges]) -> Ranges:
    return tuple([stretch for cell in cells for stretch in cell])


class _Open(NamedTuple):
    """A cell that is not finished: rows below may have lost it."""

    row: int
    ranges: Ranges


class Assembler:
    """Puts rows of cells together to a table.

    Args:
        source: the text that the cells stand in.
        columns: the columns, from left to right.
        first: the row behind the heads.
        barred: whether an empty cell shows, so that one that is missing was merged with the one above.
    """

    def __init__(self, source: str, columns: Sequence[Column], first: int, *, barred: bool) -> None:
        self.source = source
        self.barred = barred
        self.columns = columns
        self.row = first
        self.done: list[PrintedCell] = []
        self.open: dict[int, _Open] = {}
        self.lost: list[int] = []  # the rows in which cells are missing

    def text(self, ranges: Ranges) -> str:
        """What a cell says."""
        return "".join([self.source[start:end] for start, end in ranges])

    def banner(self, ranges: Ranges) -> None:
        """Add a row of one cell over the whole width."""
        self._close()
        self.done.append(PrintedCell(self.row, 0, 1, len(self.columns), ranges))
        self.row += 1

    def add(self, cells: Sequence[Ranges]) -> None:
        """Add a row of cells; one cell alone may be the heading of a section."""
        cells = self._fitted(cells)
        if len(cells) == len(self.columns) > 1:
            self.place(dict(enumerate(cells)))
            return
        sorts: list[Sort] = [sort_of(self.text(cell)) for cell in cells]
        if len(cells) == 1 and self._is_heading(sorts[0], cells[0]):
            self.banner(cells[0])
            return
        self.place(dict(zip(align(sorts, self.columns), cells, strict=True)))

    def place(self, placed: dict[int, Ranges]) -> None:
        """Add a row whose cells' columns are known; columns without a cell go on with the row above."""
        last = max(placed, default=-1)
        lost = False
        bodies = any(self.columns[at].holds in ROLES for at in placed)
        for at, column in enumerate(self.columns):
            if at in placed:
                self._finish(at)
                self.open[at] = _Open(self.row, placed[at])
            elif self._goes_on(at, last, column, bodies=bodies):
                lost = lost or column.holds in ROLES
            else:
                self._finish(at)
        if lost:
            self.lost.append(self.row)
        self.row += 1

    def _goes_on(self, at: int, last: int, column: Column, *, bodies: bool) -> bool:
        """Whether the cell above reaches into a row that has none in its column."""
        if at not in self.open or column.holds in {"number", "extra"}:
            return False
        if column.holds in ROLES:
            return self.barred or not bodies
        return at < last

    def table(self, start: int, end: int, heads: Sequence[PrintedCell]) -> PrintedTable:
        """Return the table, which stands from start to end."""
        self._close()
        cells = sorted([*heads, *self.done], key=lambda cell: (cell.row, cell.column))
        return PrintedTable(start, end, tuple(cells))

    def _fitted(self, cells: Sequence[Ranges]) -> list[Ranges]:
        """No more cells than columns: what is too much goes on with the cell before."""
        width = len(self.columns)
        found = list(cells)
        while len(found) > width and not found[-1]:
            found.pop()
        if len(found) <= width:
            return found
        return [*found[: width - 1], tuple(one for cell in found[width - 1 :] for one in cell)]

    def _is_heading(self, sort: Sort, cell: Ranges) -> bool:
        """Whether the only cell of a row is a heading: text without a label, or with that of a chapter."""
        if sort != "text":
            return False
        style = scan(self.text(cell))[0].style
        return style < 0 or not styles()[style].item

    def _finish(self, at: int) -> None:
        cell = self.open.pop(at, None)
        if cell is not None:
            self.done.append(PrintedCell(cell.row, at, self.row - cell.row, 1, cell.ranges))

    def _close(self) -> None:
        for at in list(self.open):
            self._finish(at)
