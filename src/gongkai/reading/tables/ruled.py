"""Tables in text: a row a line, its cells parted by bars or tabs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from gongkai.reading.extract import PrintedCell, PrintedTable
from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK, scan, styles
from gongkai.reading.tables.assembling import Assembler, Ranges
from gongkai.reading.tables.columns import ROLES, Column, column_of, head_text, holds, is_task_table, settle
from gongkai.reading.tables.grid import Head

__all__ = ["Found", "columns_of", "find_ruled", "heads_of"]

#: No row of heads is longer, blanks and all.
_LONGEST_HEADS: Final = 400
#: A rule below the heads, as Markdown has it.
_RULE: Final = re.compile(r"[\s|｜│┃:+\-—─━═_]+")


class Found(NamedTuple):
    """A table that was found in text.

    Attributes:
        table: the table.
        head: the heads of its columns.
        lost: the rows in which cells are missing.
        guessed: the rows of which it was a guess which bodies stand in which column.
        runs: where the cells run together: how many rows there are, and how many of them name bodies.
    """

    table: PrintedTable
    head: Head
    lost: Sequence[int]
    guessed: Sequence[int] = ()
    runs: tuple[int, int] | None = None


@cache
def _bars() -> str:
    found: str = table("tables")["rule"]["bars"]
    return found


@cache
def _bar() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_bars())}]")


def columns_of(texts: Sequence[str]) -> list[Column] | None:
    """Return the columns whose heads these texts are, or None where they are no heads of a task table."""
    columns = [column_of(text) for text in texts]
    known = sum(column.holds != "extra" for column in columns)
    if known < 2 or 2 * known < len(columns) or not is_task_table(columns):
        return None
    return settle(columns)


def heads_of(ranges: Sequence[Ranges]) -> list[PrintedCell]:
    """Return the cells of the heads, in the first row."""
    return [PrintedCell(0, at, 1, 1, one, heading=True) for at, one in enumerate(ranges)]


def find_ruled(source: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the task tables in stretches of a text whose rows are lines with bars or tabs.

    Args:
        source: the text.
        stretches: where to look, as (start, end), each from the beginning of a line to the end of one.
    """
    for start, end in stretches:
        after = start
        lines: list[tuple[int, int]] = []
        for begin, stop in _marked(source, start, end):
            if begin < after or stop - begin > _LONGEST_HEADS or (mark := _mark(source, begin, stop)) is None:
                continue
            heads = _cells(source, begin, stop, mark)
            columns = columns_of([_text(source, one) for one in heads]) if len(heads) > 1 else None
            if columns is None:
                continue
            lines = lines or list(_lines(source, start, end))
            found = _Reader(source, lines, bisect_left(lines, (begin, 0)), columns, mark).read()
            if found is not None:
                after = found.table.end
                yield found


def _marked(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines with a bar or a tab, in order; looking for one character is fast."""
    found: dict[int, int] = {}
    for mark in (*_bars(), "\t"):
        at = source.find(mark, start, end)
        while at >= 0:
            stop = source.find("\n", at, end)
            stop = end if stop < 0 else stop
            begin = source.rfind("\n", 0, at) + 1
            if begin >= start:
                found[begin] = stop
            at = source.find(mark, stop, end)
    return sorted(found.items())


def _lines(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = source.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _mark(source: str, start: int, end: int) -> re.Pattern[str] | None:
    """What parts the cells of a line: bars, else tabs; None where neither does."""
    if _bar().search(source, start, end):
        return _bar()
    return _TAB if source.find("\t", start, end) >= 0 else None


_TAB: Final = re.compile("\t")


def _cells(source: str, start: int, end: int, mark: re.Pattern[str]) -> list[Ranges]:
    """The cells of a line; bars around the whole line part nothing."""
    edges = [start]
    for found in mark.finditer(source, start, end):
        edges += found.span()
    edges.append(end)
    cells = [_stretch(source, *pair) for pair in zip(edges[::2], edges[1::2], strict=True)]
    if mark is not _TAB:
        if not cells[0] and len(cells) > 1:
            cells = cells[1:]
        if not cells[-1] and len(cells) > 1:
            cells = cells[:-1]
    return cells


def _stretch(source: str, start: int, end: int) -> Ranges:
    text = source[start:end]
    kept = text.strip(BLANK)
    begin = start + len(text) - len(text.lstrip(BLANK))
    return ((begin, begin + len(kept)),) if kept else ()


def _text(source: str, cell: Ranges) -> str:
    return "".join([source[start:end] for start, end in cell])


class _Reader:
    """Reads the rows below the heads, line by line.

    Args:
        source: the text.
        lines: the lines, as (start, end).
        at: the line of the heads.
        columns: what the columns hold.
        mark: what parts the cells.
    """

    def __init__(
        self,
        source: str,
        lines: Sequence[tuple[int, int]],
        at: int,
        columns: list[Column],
        mark: re.Pattern[str],
    ) -> None:
        self.source = source
        self.lines = lines
        self.mark = mark
        self.start, self.end = lines[at]
        self.heads = heads_of(_cells(source, *lines[at], mark))
        self.at = at + 1
        lower = _lower_heads(source, lines, self.at, columns, mark)
        if lower is not None:
            columns = _merged(columns, self.heads, lower, source)
            self.heads += [PrintedCell(1, column, 1, 1, one, heading=True) for column, one in lower]
            self.end = lines[self.at][1]
            self.at += 1
        self.columns = columns
        self.first = 1 if lower is None else 2
        self.assembler = Assembler(source, columns, first=self.first, barred=True)
        self.row: list[Ranges] = []  # the row whose last cell may go on
        self.begun: Ranges = ()  # lines above a row that are the beginning of its first cell

    def read(self) -> Found | None:
        """Return the table, if it has any row."""
        while self.at < len(self.lines) and self._takes(*self.lines[self.at]):
            self.at += 1
        self._finish()
        if self.assembler.row == self.first:
            return None
        head = Head(self.columns, 0, self.first, [cell for cell in self.heads if cell.row < self.first])
        table = self.assembler.table(self.start, self.end, self.heads)
        return Found(table, head, self.assembler.lost)

    def _takes(self, start: int, end: int) -> bool:
        """Take a line of the table; False for the first one behind it."""
        if self._has_mark(start, end):
            self._take_row(start, end)
            self.end = start + len(self.source[start:end].rstrip(BLANK))
            return True
        if not self._row_follows():
            return False
        if self.source[start:end].strip(BLANK):
            self._take_text(start, end)
        return True

    def _has_mark(self, start: int, end: int) -> bool:
        filled = self.mark is not _TAB or bool(self.source[start:end].strip(BLANK))
        return filled and self.mark.search(self.source, start, end) is not None

    def _row_follows(self) -> bool:
        """Whether one of the next lines is a row."""
        return any(self._has_mark(*line) for line in self.lines[self.at + 1 : self.at + 3])

    def _take_row(self, start: int, end: int) -> None:
        self._finish()
        if _RULE.fullmatch(self.source, start, end) is not None:
            if self.begun:
                self.assembler.add([self.begun])
                self.begun = ()
            return
        cells = _cells(self.source, start, end, self.mark)
        cells[0], self.begun = self.begun + cells[0], ()
        if _is_repeated(self.source, cells, self.columns):
            row = self.assembler.row
            self.heads += [
                PrintedCell(row, column, 1, 1, one, heading=True) for column, one in enumerate(cells)
            ]
            self.assembler.row += 1
        else:
            self.row = cells

    def _take_text(self, start: int, end: int) -> None:
        """Take a line without bars: it goes on with a cell, begins one, or is the heading of a section."""
        found = scan(self.source[start:end])[0]
        stretch = _stretch(self.source, start, end)
        closed = self.mark is not _TAB and self.source[self.end - 1] in _bars()
        if self.begun or (found.style >= 0 and styles()[found.style].item):
            self._finish()
            self.begun += stretch
        elif found.style < 0 and self.row and not closed:
            self.row[-1] += stretch
        else:
            self._finish()
            self.assembler.banner(stretch)

    def _finish(self) -> None:
        if self.row:
            self.assembler.add(self.row)
        self.row = []


def _is_repeated(source: str, cells: Sequence[Ranges], columns: Sequence[Column]) -> bool:
    texts = [head_text(_text(source, cell)) for cell in cells]
    return len(texts) == len(columns) and texts == [column.name for column in columns]


def _lower_heads(
    source: str,
    lines: Sequence[tuple[int, int]],
    at: int,
    columns: Sequence[Column],
    mark: re.Pattern[str],
) -> list[tuple[int, Ranges]] | None:
    """Return the heads in a second row, with their columns: 牵头 and 配合 below 责任单位."""
    if at >= len(lines) or mark.search(source, *lines[at]) is None:
        return None
    cells = [cell for cell in _cells(source, *lines[at], mark) if cell]
    above = next((place for place, column in enumerate(columns) if column.holds in ROLES), -1)
    if above < 0 or len(cells) < 2 or len(cells) > 4:
        return None
    texts = [_text(source, cell) for cell in cells]
    if any(len(text) > 12 or holds(text, columns[above].name) not in ROLES for text in texts):
        return None
    return [(above + place, cell) for place, cell in enumerate(cells)]


def _merged(
    columns: Sequence[Column], heads: list[PrintedCell], lower: Sequence[tuple[int, Ranges]], source: str
) -> list[Column]:
    """Put the lower heads in the place of the one that they stand below; move the heads on its right."""
    above = lower[0][0]
    more = len(lower) - 1
    name = columns[above].name
    heads[:] = [cell._replace(column=cell.column + more) if cell.column > above else cell for cell in heads]
    texts = [_text(source, one) for _, one in lower]
    inside = [column_of(text, name) for text in texts]
    return [*columns[:above], *inside, *columns[above + 1 :]]
