"""Takes the task tables out of the lines of a document and puts a line in the place of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.model import Finding
from gongkai.reading.extract import Cell, Extract, Table
from gongkai.reading.lines import Passage
from gongkai.reading.pieces import Marks
from gongkai.reading.tables.grid import Grid, Head, find_head
from gongkai.reading.tables.line import TableLine
from gongkai.reading.tables.rows import Rows

__all__ = ["Taken", "take_tables"]


class Taken(NamedTuple):
    """The lines of a document without its task tables.

    Attributes:
        lines: the lines, one for each table among them.
        broken: passages of the tables that were joined over several lines.
        found: whether there is a task table.
    """

    lines: list[Passage]
    broken: Sequence[Passage] = ()
    found: bool = False


class _Region(NamedTuple):
    """A table that was read: where its rows stand, and the line in its place."""

    start: int
    end: int
    line: TableLine


def take_tables(lines: list[Passage], came: Extract, marks: Marks, findings: list[Finding]) -> Taken:
    """Return the lines of a document with a line in the place of each task table.

    Tables that are none stay lines, and so do rows above the heads and remarks below the last row.

    Args:
        lines: the lines of the document, in order.
        came: the text, and the tables that its container tells.
        marks: where the pieces are noted.
        findings: where findings are noted.
    """
    if not came.tables:
        return Taken(lines)
    taker = _Taker(came.text, marks, findings)
    for table in came.tables:
        taker.take(table)
    if not taker.regions:
        return Taken(lines)
    return Taken(_placed(lines, taker.regions), taker.broken, found=True)


class _Taker:
    """Reads the tables of a document in order; one without heads may go on with the one before."""

    def __init__(self, text: str, marks: Marks, findings: list[Finding]) -> None:
        self.text = text
        self.marks = marks
        self.findings = findings
        self.regions: list[_Region] = []
        self.broken: list[Passage] = []
        self.last: tuple[Head, Table] | None = None

    def take(self, table: Table) -> None:
        """Read a table, if it is a task table."""
        grid = Grid(self.text, table)
        head = find_head(grid) or self._continued(grid)
        if head is None:
            self.last = None
            return
        rows = Rows(grid, head, self.marks, self.findings)
        drafts = rows.read()
        self.last = (head, table)
        self.broken += rows.broken
        start = min(
            (begin for cell in table.cells if cell.row >= head.first for begin, _ in cell.paragraphs),
            default=table.start,
        )
        end = _end(table, rows.left)
        self.regions.append(_Region(start, end, TableLine(start, drafts)))

    def _continued(self, grid: Grid) -> Head | None:
        """The heads of the table before, where nothing stands between that table and one of its width."""
        if self.last is None:
            return None
        head, before = self.last
        if grid.width != len(head.columns) or self.text[before.end : grid.table.start].strip():
            return None
        return Head(head.columns, 0, 0, ())


def _end(table: Table, left: Sequence[Cell]) -> int:
    """Where the rows of a table end: above the remarks below its last row."""
    return min((start for cell in left for start, _ in cell.paragraphs), default=table.end)


def _placed(lines: list[Passage], regions: Sequence[_Region]) -> list[Passage]:
    starts = [region.start for region in regions]
    found: list[Passage] = []
    put = 0
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        while put <= at:
            found.append(regions[put].line)
            put += 1
        if at < 0 or line.start >= regions[at].end:
            found.append(line)
    return found + [region.line for region in regions[put:]]
