"""What a page of a PDF is made of, in reading order: lines and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final, NamedTuple, TypeAlias

from gongkai.reading.containers.pdf.glyphs import Glyph, Sheet
from gongkai.reading.containers.pdf.grids import Box, Grid, grids_of
from gongkai.reading.containers.pdf.lines import Line, lines_of, rows_of, stretches_of
from gongkai.reading.containers.pdf.unruled import FOOT, Columns, find_unruled

__all__ = ["Area", "Page", "Table", "page_of"]

#: Columns of running text have so many lines beside each other …
_FEWEST: Final = 6
#: … each at least so many characters wide …
_NARROWEST: Final = 8
#: … of which this share fills its column, in each column and in both, that is, is so wide.
_FULL: Final = (0.25, 0.5)
_WIDE: Final = 0.85
#: Between columns are at most this share of the lines that are elsewhere; places are looked at in such steps.
_CROSSING: Final = 0.35
_STEP: Final = 4.0

#: A stretch of a line, and the number of its row.
_Numbered: TypeAlias = tuple[int, Line]


class Area:
    """Lines one below the other, of one column.

    Attributes:
        lines: the lines.
        page: the number of its page.
        beside: whether it stands beside another column.
    """

    __slots__ = ("beside", "lines", "page")

    def __init__(self, lines: list[Line], page: int, *, beside: bool = False) -> None:
        self.lines = lines
        self.page = page
        self.beside = beside


class Table(NamedTuple):
    """A table: its ruled lines, and the lines of text in each cell."""

    grid: Grid
    cells: tuple[tuple[Box, list[Line]], ...]


Part: TypeAlias = Area | Table


class Page(NamedTuple):
    """A page.

    Attributes:
        sheet: what stands on it.
        parts: what it is made of, in reading order.
        aside: its text that runs another way.
        columns: where the columns stand of a table without ruled lines that it ends with, or None.
    """

    sheet: Sheet
    parts: tuple[Part, ...]
    aside: tuple[Line, ...]
    columns: Columns | None


def page_of(sheet: Sheet, last: Columns | None = None) -> Page:
    """Return what a page is made of.

    Args:
        sheet: what stands on it.
        last: the columns of the table without ruled lines that the page before ended with, or None.
    """
    grids = grids_of(sheet.rulings)
    inside: list[dict[int, list[Glyph]]] = [{} for _ in grids]
    outside: list[Glyph] = []
    for glyph in sheet.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for grid, cells in zip(grids, inside, strict=True):
            box = grid.box_of(x, y)
            if box >= 0:
                cells.setdefault(box, []).append(glyph)
                break
        else:
            outside.append(glyph)
    tables = [
        Table(grid, tuple((box, _flat(cells.get(at, ()))) for at, box in enumerate(grid.boxes)))
        for grid, cells in zip(grids, inside, strict=True)
        if cells
    ]
    rows, columns = _without_tables(rows_of(outside), sheet.height, last, tables)
    lines = [stretches for row in rows if (stretches := stretches_of(row))]
    return Page(sheet, tuple(_in_order(lines, tables, sheet.number)), tuple(_aside(sheet.turned)), columns)


def _without_tables(
    rows: list[list[Glyph]], height: float, last: Columns | None, tables: list[Table]
) -> tuple[list[list[Glyph]], Columns | None]:
    """Put the tables without ruled lines to the others, and return the lines of text without theirs."""
    rows = [row for row in rows if any(not glyph.text.isspace() for glyph in row)]
    kept: list[list[Glyph]] = []
    columns: Columns | None = None
    while (found := find_unruled(rows, height, last)) is not None:
        tables.append(Table(found.grid, tuple(zip(found.grid.boxes, found.lines, strict=True))))
        kept += rows[: found.start]
        rows = rows[found.end :]
        last, columns = None, found.columns
    return kept + rows, columns if len(rows) <= FOOT else None


def _flat(glyphs: Iterable[Glyph]) -> list[Line]:
    return [joined(row) for row in lines_of(glyphs)]


def joined(row: list[Line]) -> Line:
    """Return the stretches of a line as one line."""
    first, last = row[0], row[-1]
    if len(row) == 1:
        return first
    whole = Line.__new__(Line)
    whole.left, whole.right = first.left, last.right
    whole.top = min(part.top for part in row)
    whole.bottom = max(part.bottom for part in row)
    whole.baseline = median([part.baseline for part in row])
    whole.size = max(row, key=lambda part: len(part.text)).size
    whole.text = " ".join([part.text for part in row])
    return whole


def _aside(glyphs: tuple[Glyph, ...]) -> Iterator[Line]:
    """Return the text that runs another way, in the order of the file: it is page furniture."""
    text = "".join([glyph.text for glyph in glyphs]).strip()
    if text:
        line = Line([glyph for glyph in glyphs if not glyph.text.isspace()])
        line.text = text
        yield line


def _in_order(rows: list[list[Line]], tables: list[Table], page: int) -> Iterator[Part]:
    """Return the parts of a page from top to bottom; what stands beside a table comes before it."""
    at = 0
    for table in sorted(tables, key=lambda table: table.grid.ys[0]):
        above = at
        while above < len(rows) and rows[above][0].baseline <= table.grid.ys[0] + 1:
            above += 1
        yield from _areas(rows[at:above], page)
        yield table
        at = above
    yield from _areas(rows[at:], page)


def _areas(rows: list[list[Line]], page: int) -> Iterator[Area]:
    """Return lines as areas: columns that stand side by side come one after the other."""
    lines = sorted(
        ((number, line) for number, row in enumerate(rows) for line in row), key=lambda pair: pair[1].baseline
    )
    found = _columns(lines)
    if found is None:
        if lines:
            yield Area(_rows(lines), page)
        return
    start, end, gutter = found
    left = [pair for pair in lines[start:end] if pair[1].right <= gutter]
    right = [pair for pair in lines[start:end] if pair[1].left >= gutter]
    first = left[0][1].top
    above = [pair for pair in right if pair[1].bottom < first]
    yield from _areas([[line] for line in _rows([*lines[:start], *above])], page)
    yield Area(_rows(left), page, beside=True)
    yield Area(_rows(right[len(above) :]), page, beside=True)
    yield from _areas([[line] for line in _rows(lines[end:])], page)


def _rows(lines: list[_Numbered]) -> list[Line]:
    """Return stretches as lines: those of one row are one."""
    rows: dict[int, list[Line]] = {}
    for number, line in lines:
        rows.setdefault(number, []).append(line)
    return [joined(sorted(row, key=lambda line: line.left)) for row in rows.values()]


def _columns(lines: list[_Numbered]) -> tuple[int, int, float] | None:
    """Return the band of lines that stands in two columns: its first line, the one behind it, the gutter."""
    best: tuple[int, int, int, float] | None = None
    for gutter in _gutters([line for _, line in lines]):
        start = 0
        for at in range(len(lines) + 1):
            if at < len(lines) and not lines[at][1].left < gutter < lines[at][1].right:
                continue
            beside = _beside([line for _, line in lines[start:at]], gutter)
            if beside >= _FEWEST and (best is None or beside > best[0]):
                best = (beside, start, at, gutter)
            start = at + 1
    return None if best is None else best[1:]


def _gutters(lines: list[Line]) -> Iterator[float]:
    """Return where few lines are, of all that is between the outermost ones."""
    if len(lines) < 2 * _FEWEST:
        return
    covered = Counter[int]()
    for line in lines:
        covered.update(range(int(line.left / _STEP), int(line.right / _STEP) + 1))
    most = max(covered.values())
    first, last = min(covered), max(covered)
    empty: list[int] = []
    for place in range(first, last + 2):
        if place <= last and covered[place] <= _CROSSING * most:
            empty.append(place)
        elif empty:
            yield _STEP * (empty[len(empty) // 2] + 0.5)
            empty = []


def _beside(lines: list[Line], gutter: float) -> int:
    """Return how many lines stand beside each other in two columns of running text; 0 where none do."""
    if len(lines) < 2 * _FEWEST:
        return 0
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    if min(len(left), len(right)) < _FEWEST:
        return 0
    full = (_full(left), _full(right))
    if min(full) < _FULL[0] or sum(full) / 2 < _FULL[1]:
        return 0
    top = max(left[0].top, right[0].top)
    bottom = min(left[-1].bottom, right[-1].bottom)
    return min(
        sum(line.top >= top - 1 and line.bottom <= bottom + 1 for line in side) for side in (left, right)
    )


def _full(lines: list[Line]) -> float:
    """Return which share of lines fills its column: much of running text, little of the cells of a table."""
    widest = sorted(line.width for line in lines)[-1 - len(lines) // 10]
    if widest < _NARROWEST * median([line.size for line in lines]):
        return 0.0
    return sum(line.width > _WIDE * widest for line in lines) / len(lines)
