"""Tables in text: a cell a line, perhaps with a bar alone in the lines between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK, scan, styles
from gongkai.reading.noise import name_of
from gongkai.reading.tables.assembling import Assembler, Ranges, share
from gongkai.reading.tables.columns import ROLES, TEXTS, Column, holds
from gongkai.reading.tables.grid import Head
from gongkai.reading.tables.ruled import Found, columns_of, heads_of
from gongkai.reading.tables.sorts import Sort, fit, names_collective, sort_of
from gongkai.reading.titles import is_title

__all__ = ["find_stacked"]

#: No head of a column is longer, blanks and all.
_LONGEST_HEAD: Final = 30
#: The fewest heads in lines of their own that make a table.
_FEWEST: Final = 2
_MOST: Final = 12
#: A cell that fits a column no better than this stands in another one.
_MISFIT: Final = -1.6

#: A cell and what sort it is.
_Sorted = tuple[Ranges, Sort]


@cache
def _bars() -> frozenset[str]:
    return frozenset(table("tables")["rule"]["bars"])


class _Line:
    """A line that holds something: where it stands, what it says, whether it is a bar alone."""

    __slots__ = ("bar", "end", "start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.bar = not text.strip("|｜│┃ \t\u3000")


def find_stacked(source: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the task tables in stretches of a text whose cells are lines of their own.

    Args:
        source: the text.
        stretches: where to look, as (start, end), each from the beginning of a line to the end of one.
    """
    for start, end in stretches:
        lines = list(_lines(source, start, end))
        at = 0
        while at < len(lines):
            found = _heads(lines, at)
            if found is None:
                at += 1
                continue
            columns, heads, after = found
            barred = any(line.bar for line in lines[at:after])
            stop = _end(lines, after, barred=barred)
            cells = _cells(lines[after:stop], barred=barred)
            stack = _Stack(source, _with_numbers(source, columns, cells), heads, barred=barred)
            stack.take(cells)
            yield stack.found(lines[at].start, lines[stop - 1].end)
            at = stop


def _lines(source: str, start: int, end: int) -> Iterator[_Line]:
    for raw in source[start:end].split("\n"):
        kept = raw.strip(BLANK)
        if kept:
            yield _Line(start + len(raw) - len(raw.lstrip(BLANK)), kept)
        start += len(raw) + 1


def _heads(lines: Sequence[_Line], at: int) -> tuple[list[Column], list[Ranges], int] | None:
    """Return the columns whose heads begin at a line, the heads, and the line behind them."""
    if lines[at].bar or len(lines[at].text) > _LONGEST_HEAD or holds(lines[at].text) is None:
        return None
    cells: list[Ranges] = []
    texts: list[str] = []
    end = at
    barred = at + 1 < len(lines) and lines[at + 1].bar
    while end < len(lines) and len(cells) < _MOST:
        line = lines[end]
        if line.bar:
            end += 1
            continue
        known = len(line.text) <= _LONGEST_HEAD and holds(line.text) is not None
        if not known or (barred and end > at and not lines[end - 1].bar):
            break
        cells.append(((line.start, line.end),))
        texts.append(line.text)
        end += 1
    columns = columns_of(texts) if len(texts) >= _FEWEST else None
    return None if columns is None else (columns, cells, end)


def _end(lines: Sequence[_Line], at: int, *, barred: bool) -> int:
    """Return the line behind the last cell."""
    last = at
    for end in range(at, len(lines)):
        line = lines[end]
        if line.bar:
            last = end + 1
            continue
        if barred:
            if end > at and not lines[end - 1].bar and not (end + 1 < len(lines) and lines[end + 1].bar):
                return last
            continue
        if name_of(line.text, "tail", "line") is not None or is_title(line.text):
            return end
    return last if barred else len(lines)


def _with_numbers(source: str, columns: list[Column], cells: Sequence[Ranges]) -> list[Column]:
    """Return the columns, with one for numbers before the text that has none of its own."""
    if any(column.holds == "number" for column in columns):
        return columns
    sorts = [sort_of("".join([source[start:end] for start, end in cell])) for cell in cells]
    if "number" not in sorts:
        return columns
    texts = [at for at, column in enumerate(columns) if column.holds in TEXTS]
    at = texts[-1] if sorts[0] != "number" else texts[0]
    return [*columns[:at], Column("number", "序号"), *columns[at:]]


class _Stack:
    """Reads cells one by one: what sort each is tells its column, and where a row begins."""

    def __init__(self, source: str, columns: list[Column], heads: Sequence[Ranges], *, barred: bool) -> None:
        self.source = source
        self.columns = columns
        self.heads = heads
        self.assembler = Assembler(source, columns, first=1, barred=barred)

    def found(self, start: int, end: int) -> Found:
        """Return the table."""
        heads = heads_of(self.heads)
        table = self.assembler.table(start, end, heads)
        return Found(table, Head(self.columns, 0, 1, heads), self.assembler.lost)

    def take(self, cells: Sequence[Ranges]) -> None:
        """Take the cells below the heads."""
        sorts: list[Sort] = [sort_of(self._text(cell)) for cell in cells]
        width = len(self.columns)
        if "empty" in sorts and len(cells) % width == 0 and self._are_rows(sorts):
            for at in range(0, len(cells), width):
                self.assembler.add(cells[at : at + width])
            return
        for row in self._rows(self._joined(cells, sorts)):
            self._add(row)

    def _joined(self, cells: Sequence[Ranges], sorts: Sequence[Sort]) -> list[_Sorted]:
        """The cells that say something; a text that ends inside a sentence goes on with the next."""
        kept: list[tuple[list[tuple[int, int]], Sort]] = []
        for cell, sort in zip(cells, sorts, strict=True):
            if not cell:
                continue
            if kept and kept[-1][1] == sort == "text" and self.source[kept[-1][0][-1][1] - 1] in "，,、":
                kept[-1][0].extend(cell)
            else:
                kept.append((list(cell), sort))
        return [(tuple(cell), sort) for cell, sort in kept]

    def _text(self, cell: Ranges) -> str:
        return "".join([self.source[start:end] for start, end in cell])

    def _are_rows(self, sorts: Sequence[Sort]) -> bool:
        """Whether the cells, so many a row as there are heads, fit their columns."""
        fits = [fit(sort, self.columns[at % len(self.columns)].holds) for at, sort in enumerate(sorts)]
        return all(one > _MISFIT for one in fits)

    def _rows(self, cells: Sequence[_Sorted]) -> Iterator[list[_Sorted]]:
        """Part the cells into rows: text behind bodies or a time begins a row."""
        extras = sum(column.holds == "extra" for column in self.columns)
        texts = sum(column.holds in TEXTS for column in self.columns)
        ahead = [0] * (len(cells) + 1)  # how many cells stand before the next one of bodies or time
        for at in range(len(cells) - 1, -1, -1):
            ahead[at] = 0 if cells[at][1] in {"bodies", "time"} else ahead[at + 1] + 1
        row: list[_Sorted] = []
        tail = False  # whether bodies or a time stand in the row
        for at, (cell, sort) in enumerate(cells):
            begins = sort in {"text", "dated", "number"} and tail
            if begins and (not extras or sort == "number" or ahead[at] <= texts):
                yield row
                row, tail = [], False
            tail = tail or sort in {"bodies", "time"}
            row.append((cell, sort))
        if row:
            yield row

    def _add(self, row: list[_Sorted]) -> None:
        """Add a row; what is more text than there are columns for it are headings, or rows of their own."""
        room = sum(column.holds in TEXTS for column in self.columns)
        lead = next((at for at, (_, sort) in enumerate(row) if sort in {"bodies", "time"}), len(row))
        texts = [at for at in range(lead) if row[at][1] in {"text", "dated"}]
        begin = 0
        for place, (at, after) in enumerate(pairwise(texts), 1):
            if len(texts) - place < room and not self._are_items(row[at][0], row[after][0]):
                break
            self.assembler.add([cell for cell, _ in row[begin : at + 1]])
            begin = after if row[after - 1][1] != "number" else after - 1
        rest = row[begin:]
        bodies = [at for at, (_, sort) in enumerate(rest) if sort == "bodies"]
        cells = [cell for cell, _ in rest]
        columns = sum(column.holds in ROLES for column in self.columns)
        if bodies and bodies == list(range(bodies[0], bodies[-1] + 1)):
            shared = share([cells[at] for at in bodies], columns, self._is_group)
            cells[bodies[0] : bodies[-1] + 1] = shared
        self.assembler.add(cells)

    def _are_items(self, one: Ranges, other: Ranges) -> bool:
        """Whether two cells of text both begin with the label of an item: they are of two rows."""
        found = [scan(self._text(cell))[0].style for cell in (one, other)]
        return found[0] == found[1] >= 0 and styles()[found[0]].item

    def _is_group(self, cell: Ranges) -> bool:
        """Whether a cell names a collective: those rarely lead."""
        return names_collective(self._text(cell))


def _cells(lines: Sequence[_Line], *, barred: bool) -> list[Ranges]:
    """The cells: what stands between bars, or a line each."""
    if not barred:
        return [((line.start, line.end),) for line in lines]
    cells: list[Ranges] = [()]
    for line in lines:
        if line.bar:
            cells.append(())
        else:
            cells[-1] += ((line.start, line.end),)
    return cells if cells[-1] else cells[:-1]
