"""Takes the task tables out of the lines of a document and puts a line in the place of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import attrs

from gongkai.model import Finding
from gongkai.reading.extract import Extract, PrintedCell, PrintedTable
from gongkai.reading.findings import finding
from gongkai.reading.grammar import alternatives
from gongkai.reading.grammar import table as table_of
from gongkai.reading.lines import BLANK, Passage, make_span, part_of
from gongkai.reading.noise import noise_kind
from gongkai.reading.pieces import Marks
from gongkai.reading.squeezing import Squeezed
from gongkai.reading.tables.flattened import find_flattened
from gongkai.reading.tables.grid import Grid, Head, find_head
from gongkai.reading.tables.line import TableLine
from gongkai.reading.tables.restoring import Restorer
from gongkai.reading.tables.rows import Rows
from gongkai.reading.tables.ruled import Found, find_ruled
from gongkai.reading.tables.sections import Outline
from gongkai.reading.tables.stacked import find_stacked

__all__ = ["Taken", "take_tables"]

#: What parts cells and is no white space, a run without any inside.
_RULE: Final = re.compile(r"\S+")


class _Region(NamedTuple):
    """A table that was read: where its rows stand, and the line in its place."""

    start: int
    end: int
    line: TableLine


class Taken(NamedTuple):
    """The lines of a document without its task tables.

    Attributes:
        lines: the lines, one for each table among them.
        broken: passages of the tables that were joined over several lines.
        found: whether there is a task table.
        regions: where the task tables of the container stand.
    """

    lines: list[Passage]
    broken: Sequence[Passage] = ()
    found: bool = False
    regions: Sequence[_Region] = ()


def take_tables(lines: list[Passage], came: Extract, marks: Marks, findings: list[Finding]) -> Taken:
    """Return the lines of a document with a line in the place of each task table.

    Tables that are none stay lines, and so do rows above the heads and remarks below the last row.

    Args:
        lines: the lines of the document, in order.
        came: the text, and the tables that its container tells.
        marks: where the pieces are noted; what is noise already, tables in text are read without.
        findings: where findings are noted.
    """
    text = came.text
    gone = sorted([(start, end) for start, end, _ in marks.found])
    taker = _Taker(text, lines if came.tables else (), marks, findings)
    for table in came.tables:
        taker.take(table)
    taken = [(table.start, table.end) for table in came.tables]
    told = sorted(taker.regions)
    if gone:
        return _without_noise(lines, Squeezed(text, gone), taker, taken)
    _take_from_text(lines, taker, taken)
    if not taker.regions:
        return Taken(lines)
    taker.regions.sort()
    return Taken(_placed(lines, taker.regions), taker.broken, found=True, regions=told)


def _take_from_text(lines: list[Passage], taker: _Taker, taken: list[tuple[int, int]]) -> None:
    """Take the tables that stand in a text, outside those that are taken."""
    text = taker.text
    if "|" in text or "｜" in text or "\t" in text or "│" in text:
        for found in find_ruled(text, _outside(text, taken)):
            taker.take_found(found)
        taken = taken + [(region.start, region.end) for region in taker.regions]
    if _may_be_stacked(lines) and _stacked_head().search(text) is not None:
        for found in find_stacked(text, _outside(text, taken)):
            taker.take_found(found)
    for found in find_flattened(text, _placed(lines, sorted(taker.regions), put=False)):
        taker.take_found(found)


def _without_noise(
    lines: list[Passage], squeezed: Squeezed, taker: _Taker, taken: Sequence[tuple[int, int]]
) -> Taken:
    """Take the tables from a text without its noise, and put what was found back in its place.

    Args:
        lines: the lines of the document.
        squeezed: its text without noise.
        taker: has the tables of the container.
        taken: where these stand.
    """
    own = {id(line): line for line in lines}
    inner = _Taker(squeezed.text, (), Marks(), [])
    offset = squeezed.offset
    inner.regions = [_Region(offset(start), offset(end), line) for start, end, line in taker.regions]
    begun = len(inner.regions)
    within: list[Passage] = []
    for line in lines:
        within.append(squeezed.line(line))
        own[id(within[-1])] = line
    _take_from_text(within, inner, [(offset(start), offset(end)) for start, end in taken])
    if not inner.regions:
        return Taken(lines)
    tables = inner.regions[begun:]
    inner.regions.sort()
    found = [own.get(id(line), line) for line in _placed(within, inner.regions)]
    known = {*own, *(id(region.line) for region in taker.regions)}
    fresh = [line for line in found if id(line) not in known]
    back = Restorer(squeezed)
    back.passages([*fresh, *inner.broken])
    for region in tables:
        back.drafts(region.line.drafts)
    for start, end, kind in inner.marks.found:
        taker.marks.add_all(kind, squeezed.ranges(start, end))
    for one in inner.findings:
        span = None if one.span is None else squeezed.span(one.span)
        taker.findings.append(attrs.evolve(one, span=span))
    return Taken(found, [*taker.broken, *inner.broken], found=True, regions=sorted(taker.regions))


class _Taker:
    """Reads the tables of a document in order; one without heads may go on with the one before."""

    def __init__(self, text: str, lines: Sequence[Passage], marks: Marks, findings: list[Finding]) -> None:
        self.text = text
        self.marks = marks
        self.findings = findings
        self.regions: list[_Region] = []
        self.broken: list[Passage] = []
        self.starts = [line.start for line in lines]
        self.last: tuple[Head, PrintedTable, Outline] | None = None  # the table before

    def take(self, table: PrintedTable) -> None:
        """Read a table, if it is a task table."""
        grid = Grid(self.text, table)
        head = find_head(grid) or self._continued(grid)
        if head is None:
            self.last = None
            return
        above = self.last[2] if self._goes_on(table, head) and self.last is not None else None
        rows = self._read(table, grid, head, None, above)
        self.last = (head, table, rows.outline)

    def _goes_on(self, table: PrintedTable, head: Head) -> bool:
        """Whether a table is the rest of the one before, as on the next page: its sections go on."""
        if self.last is None or not self._adjoins(table):
            return False
        return [column.holds for column in head.columns] == [column.holds for column in self.last[0].columns]

    def _read(
        self, table: PrintedTable, grid: Grid, head: Head, found: Found | None, above: Outline | None = None
    ) -> Rows:
        doubts = {} if found is None else _doubts(found)
        rows = Rows(grid, head, self.marks, self.findings, doubts)
        if above is not None:
            rows.outline.continue_from(above)
        drafts = rows.read()
        self.broken += rows.broken
        start = table.start
        if found is None:  # rows above the heads stay lines
            stretches = [
                stretch for cell in table.cells if cell.row >= head.first for stretch in cell.paragraphs
            ]
            start = min(stretches)[0] if stretches else start
        end = _end(table, rows.left)
        self.regions.append(_Region(start, end, TableLine(start, drafts)))
        return rows

    def take_found(self, found: Found) -> None:
        """Read a table that was found in text; what parts its cells are rules."""
        table = found.table
        if found.runs:
            rows, named = found.runs
            span = make_span(table.start, found.head.cells[-1].paragraphs[-1][1], ())
            self.findings.append(finding("cells-run-together", span, rows=rows, named=named))
        self._read(table, Grid(self.text, table), found.head, found)
        if found.runs is None:
            last = self.regions[-1].end
            for start, end in _between(table):
                for rule in _RULE.finditer(self.text, start, min(end, last)):
                    self.marks.add(noise_kind("table-rule"), rule.start(), rule.end())

    def _adjoins(self, table: PrintedTable) -> bool:
        """Whether nothing but page furniture stands between the table before and this one."""
        if self.last is None:
            return False
        before = self.last[1]
        return bisect_left(self.starts, before.end) == bisect_left(self.starts, table.start)

    def _continued(self, grid: Grid) -> Head | None:
        """The heads of the table before, where that adjoins one of its width."""
        if self.last is None or not self._adjoins(grid.table) or grid.width != len(self.last[0].columns):
            return None
        return Head(self.last[0].columns, 0, 0, ())


def _doubts(found: Found) -> dict[int, str]:
    """The findings about the rows of a table in text, by row."""
    doubts = dict.fromkeys(found.guessed, "bodies-guessed")
    return doubts | dict.fromkeys(found.lost, "cells-missing")


@cache
def _stacked_head() -> re.Pattern[str]:
    """A line that is the head of a column of bodies or of tasks, below another line."""
    words = table_of("tables")["head"]["usual"]
    return re.compile(rf"\n[ \t\u3000]*(?:{alternatives(words, spaced=True)})[ \t\u3000]*\r?\n")


@cache
def _usual_heads() -> tuple[frozenset[str], frozenset[str]]:
    """The heads of such columns, and the characters that they end with."""
    words = table_of("tables")["head"]["usual"]
    return frozenset(words), frozenset([word[-1] for word in words])


def _may_be_stacked(lines: Sequence[Passage]) -> bool:
    """Whether any line is such a head: a cheap look before the pattern."""
    words, ends = _usual_heads()
    short = [line.text for line in lines if not line.tag and line.text[-1] in ends]
    return any("".join(text.split()) in words for text in short)


def _outside(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of whole lines that no table has."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in sorted(taken):
        if at < start:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, len(text))] if at < len(text) else found


def _between(table: PrintedTable) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the cells of a table."""
    at = table.start
    for start, end in sorted(stretch for cell in table.cells for stretch in cell.paragraphs):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < table.end:
        yield at, table.end


def _end(table: PrintedTable, left: Sequence[PrintedCell]) -> int:
    """Where the rows of a table end: above the remarks below its last row."""
    return min((start for cell in left for start, _ in cell.paragraphs), default=table.end)


def _placed(lines: list[Passage], regions: Sequence[_Region], *, put: bool = True) -> list[Passage]:
    """Return the lines outside the tables, with a line in the place of each table if ``put``."""
    if not regions:
        return lines
    starts = [region.start for region in regions]
    found: list[Passage] = []
    placed = 0
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        rest = _outside_line(line, regions, max(at, 0))
        for piece in rest:
            while put and placed < len(regions) and starts[placed] <= piece.start:
                found.append(regions[placed].line)
                placed += 1
            found.append(piece)
    return found + [region.line for region in regions[placed:] if put]


def _outside_line(line: Passage, regions: Sequence[_Region], at: int) -> list[Passage]:
    """Return what of a line stands outside the tables, whose first near it is given."""
    kept: list[Passage] = []
    begin, end = line.start, line.end
    cut = False
    while at < len(regions) and regions[at].start < end:
        start, stop, _ = regions[at]
        if stop > begin:
            cut = True
            if begin < start:
                kept += _piece(line, begin, start)
            begin = max(begin, stop)
        at += 1
    if not cut:
        return [line]
    return kept + _piece(line, begin, end) if begin < end else kept


def _piece(line: Passage, begin: int, end: int) -> list[Passage]:
    """Return a stretch of a line as a line, without the white space around it."""
    text = line.text[begin - line.start : end - line.start]
    kept = text.strip(BLANK)
    if not kept:
        return []
    at = begin - line.start + len(text) - len(text.lstrip(BLANK))
    return [part_of(line, at, at + len(kept))]
