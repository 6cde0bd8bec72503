"""Tables without ruled lines: told by their heads, and by gaps between columns that no character crosses."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple, TypeAlias

from gongkai.reading.containers.pdf.glyphs import Glyph
from gongkai.reading.containers.pdf.grids import Box, Grid
from gongkai.reading.containers.pdf.lines import Line, lines_of, stretches_of
from gongkai.reading.tables.columns import holds

__all__ = ["FOOT", "Columns", "Found", "find_unruled"]

Stretch: TypeAlias = tuple[float, float]

#: So many heads in one line, or about one line, are the heads of a table.
_FEWEST: Final = 3
#: A line of heads is filled by no more than this part of its width.
_FULL: Final = 0.9
#: A gap between columns is so wide at least: characters of one text touch.
_NARROWEST: Final = 1.5
#: Lines of a head, and of a cell, are so near each other, in usual distances.
_NEAR: Final = 1.3
#: A table ends where so many characters of height are empty.
_EMPTY: Final = 15
#: Above a table that goes on, a page may have so many lines of its own, in this part of its height.
_ABOVE: Final = 3
_EDGE: Final = 0.25
#: Below a table that goes on, a page may have so many lines of its own.
FOOT: Final = 3
#: The text of a merged cell stands in the middle of its rows, but for this part of a character's height.
_CENTRED: Final = 0.4
#: A merged cell reaches over so many rows at most, to either side of its text.
_MOST_ROWS: Final = 30
#: Columns with nearly as many cells as the one with most tell the rows.
_TELLING: Final = 0.8


class Columns(NamedTuple):
    """Where the columns of a table stand.

    Attributes:
        gaps: the gaps between them, each the stretches that nothing has crossed.
        xs: where they begin and end in the table's grid, which is the same on all pages.
    """

    gaps: tuple[tuple[Stretch, ...], ...]
    xs: tuple[float, ...]


class Found(NamedTuple):
    """A table among the lines of a page.

    Attributes:
        start: its first line.
        end: the line behind it.
        grid: its cells.
        lines: the lines of each cell.
        columns: where its columns stand, for the next page.
    """

    start: int
    end: int
    grid: Grid
    lines: tuple[list[Line], ...]
    columns: Columns


class _Head(NamedTuple):
    left: float
    right: float
    text: str


def find_unruled(rows: list[list[Glyph]], height: float, last: Columns | None) -> Found | None:
    """Return a table among the lines of a page, each given as its characters.

    Args:
        rows: the lines, from top to bottom.
        height: the height of the page.
        last: the columns of the table that the page before ended with, or None.
    """
    if last is not None:
        for start in range(min(_ABOVE + 1, len(rows))):
            if rows[start][0].baseline > _EDGE * height:
                break
            found = _table(rows, start, start, last.gaps, last.xs)
            if found is not None:
                return found
    at = 0
    while at < len(rows):
        heads = _heads(rows, at)
        if heads is not None:
            start, end, boxes = heads
            gaps = tuple(((one.right, other.left),) for one, other in pairwise(boxes))
            found = _table(rows, start, end, gaps)
            if found is not None:
                return found
            at = end
        at += 1
    return None


def _heads(rows: list[list[Glyph]], at: int) -> tuple[int, int, list[_Head]] | None:
    """Return the lines of heads of which one stands at a place: the first, the one behind, and the heads."""
    row = rows[at]
    across = max([glyph.right for glyph in row]) - min([glyph.left for glyph in row])
    if sum([glyph.right - glyph.left for glyph in row]) > _FULL * across:
        return None
    boxes = [_Head(line.left, line.right, line.text) for line in stretches_of(row)]
    known = [box for box in boxes if holds(box.text) is not None]
    if len(known) < 2 or 2 * len(known) < len(boxes):
        return None
    start = end = at
    reach = _NEAR * 1.6 * _size(rows[at])
    while start and rows[start][0].baseline - rows[start - 1][0].baseline < reach:
        wider = _with(boxes, rows[start - 1], above=True)
        if wider is None:
            break
        boxes, start = wider, start - 1
    while end + 1 < len(rows) and rows[end + 1][0].baseline - rows[end][0].baseline < reach:
        wider = _with(boxes, rows[end + 1], above=False)
        if wider is None:
            break
        boxes, end = wider, end + 1
    known = [box for box in boxes if holds(box.text) is not None]
    if len(known) < _FEWEST or 2 * len(known) < len(boxes):
        return None
    return start, end + 1, sorted(boxes)


def _with(boxes: list[_Head], row: list[Glyph], *, above: bool) -> list[_Head] | None:
    """Return heads with another line of heads: new ones beside them, or parts of them; None if it is none."""
    found = list(boxes)
    for line in stretches_of(row):
        over = [box for box in found if box.left < line.right and line.left < box.right]
        if not over:
            found.append(_Head(line.left, line.right, line.text))
            continue
        text = line.text + over[0].text if above else over[0].text + line.text
        if len(over) > 1 or (holds(text) is None and holds(over[0].text) is not None):
            return None
        found.remove(over[0])
        found.append(_Head(min(line.left, over[0].left), max(line.right, over[0].right), text))
    return found


def _size(row: list[Glyph]) -> float:
    return median([glyph.bottom - glyph.top for glyph in row])


def _table(
    rows: list[list[Glyph]],
    start: int,
    end: int,
    gaps: tuple[tuple[Stretch, ...], ...],
    xs: tuple[float, ...] = (),
) -> Found | None:
    """Return the table whose heads stand in some lines: it goes down to the line that crosses a gap."""
    first = end
    for row in rows[end:]:
        if end > first and row[0].baseline - rows[end - 1][0].baseline > _EMPTY * _size(row):
            break
        narrowed = tuple(_uncrossed(gap, row) for gap in gaps)
        if not all(narrowed):
            break
        gaps = narrowed
        end += 1
    below = end - first
    if below < 2 and not (below and xs) and not (start < first and len(rows) - end <= FOOT):
        return None
    seen = [glyph for row in rows[start:end] for glyph in row if not glyph.text.isspace()]
    between = [max(gap, key=lambda stretch: stretch[1] - stretch[0]) for gap in gaps]
    cuts = [min(glyph.left for glyph in seen) - 1, *(sum(stretch) / 2 for stretch in between)]
    cuts.append(max(*(glyph.right for glyph in seen), cuts[-1]) + 1)
    heads = [glyph for row in rows[start:first] for glyph in row]
    columns = Columns(gaps, xs or tuple(cuts))
    grid, lines = _cells(cuts, columns.xs, heads, [glyph for row in rows[first:end] for glyph in row])
    return Found(start, end, grid, lines, columns)


def _uncrossed(gap: tuple[Stretch, ...], row: list[Glyph]) -> tuple[Stretch, ...]:
    """Return what of a gap no character of a line covers."""
    found = gap
    for glyph in row:
        if glyph.text.isspace():
            continue
        if any(left < glyph.right and glyph.left < right for left, right in found):
            parts = (
                part
                for left, right in found
                for part in ((left, min(right, glyph.left)), (max(left, glyph.right), right))
            )
            found = tuple(dict.fromkeys(part for part in parts if part[1] - part[0] >= _NARROWEST))
    return found


def _cells(
    cuts: list[float], xs: tuple[float, ...], heads: list[Glyph], glyphs: list[Glyph]
) -> tuple[Grid, tuple[list[Line], ...]]:
    """Return the cells of a table, and the lines of each."""
    columns: list[list[Line]] = []
    for left, right in pairwise(cuts):
        own = [glyph for glyph in glyphs if left <= (glyph.left + glyph.right) / 2 < right]
        columns.append([_joined(row) for row in lines_of(own)])
    pitch = _pitch(columns)
    blocks = [_blocks(lines, pitch) for lines in columns]
    tops, bottoms = _rows(blocks)
    ys = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    if glyphs:
        ys = [min(glyph.top for glyph in glyphs) - 1, *ys, max(glyph.bottom for glyph in glyphs) + 1]
    else:
        ys = [max(glyph.bottom for glyph in heads) + 1]
    said: dict[tuple[int, int], tuple[int, list[Line]]] = {}
    for column, stack in enumerate(blocks):
        taken = -1
        for block in stack:
            row, last = _span(block, tops, bottoms, ys, taken)
            taken = last if last > row else row - 1  # a cell of one row may have several paragraphs
            before = said.get((row, column))
            said[row, column] = (last - row + 1, [*(before[1] if before else ()), *block])
    top = []
    if heads:
        ys.insert(0, min(glyph.top for glyph in heads) - 1)
        top = [
            [glyph for glyph in heads if left <= (glyph.left + glyph.right) / 2 < right]
            for left, right in pairwise(cuts)
        ]
    return _grid(xs, ys, said, top)


def _grid(
    xs: tuple[float, ...],
    ys: list[float],
    said: dict[tuple[int, int], tuple[int, list[Line]]],
    heads: list[list[Glyph]],
) -> tuple[Grid, tuple[list[Line], ...]]:
    shift = 1 if heads else 0
    boxes: list[Box] = []
    lines: list[list[Line]] = []
    covered = {(at, column) for (row, column), (rows, _) in said.items() for at in range(row + 1, row + rows)}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row - shift, column) in covered:
                continue
            rows, own = said.get((row - shift, column), (1, []))
            if row < shift:
                rows, own = 1, [_joined(line) for line in lines_of(heads[column])]
            edges = (xs[column], ys[row], xs[column + 1], ys[row + rows])
            boxes.append(Box(row, column, rows, 1, *edges))
            lines.append(own)
    return Grid(list(xs), ys, boxes, ruled=False), tuple(lines)


def _joined(row: list[Line]) -> Line:
    from gongkai.reading.containers.pdf.pages import joined

    return joined(row)


def _pitch(columns: list[list[Line]]) -> float:
    steps = Counter(
        round(line.baseline - before.baseline) for lines in columns for before, line in pairwise(lines)
    )
    steps = Counter({step: times for step, times in steps.items() if step > 0})
    return float(min(step for step in steps if steps[step] >= max(steps.values()) / 3)) if steps else 12.0


def _blocks(lines: list[Line], pitch: float) -> list[list[Line]]:
    """Return the lines of a column as its cells: lines of one cell follow each other closely."""
    found: list[list[Line]] = []
    for line in lines:
        if found and line.baseline - found[-1][-1].baseline <= _NEAR * pitch:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _rows(blocks: list[list[list[Line]]]) -> tuple[list[float], list[float]]:
    """Return where rows begin and end, by the columns with most cells."""
    most = max(1, *(len(own) for own in blocks))
    telling = [own for own in blocks if len(own) >= _TELLING * most]
    spans = sorted((block[0].top, block[-1].bottom) for own in telling for block in own)
    tops: list[float] = []
    bottoms: list[float] = []
    for top, bottom in spans:
        if bottoms and top < bottoms[-1] - 1:
            bottoms[-1] = max(bottoms[-1], bottom)
        else:
            tops.append(top)
            bottoms.append(bottom)
    return tops, bottoms


def _span(
    block: list[Line], tops: list[float], bottoms: list[float], ys: list[float], taken: int
) -> tuple[int, int]:
    """Return the first and the last row of a cell.

    Args:
        block: its lines.
        tops: where rows begin.
        bottoms: where they end.
        ys: what lies between them.
        taken: the last row that the column's cells above reach.
    """
    top, bottom = block[0].top, block[-1].bottom
    middle = (top + bottom) / 2
    rows = range(min(taken + 1, len(tops) - 1), len(tops))
    near = min(rows, key=lambda row: abs((tops[row] + bottoms[row]) / 2 - middle))
    leeway = _CENTRED * (block[0].bottom - block[0].top)
    if abs((tops[near] + bottoms[near]) / 2 - middle) <= 2 * leeway:
        return near, near
    if tops[near] - leeway <= top <= tops[near] + leeway:  # at the top of its row
        return near, near
    groups = [
        (abs((tops[first] + bottoms[last]) / 2 - middle), first, last)
        for first in range(max(rows.start, near - _MOST_ROWS), near + 1)
        for last in range(near, min(len(tops), near + _MOST_ROWS))
        if last > first
    ]
    off, first, last = min(groups, default=(leeway + 1, near, near))
    inside = ys[near] <= top and bottom <= ys[near + 1]
    return (first, last) if off <= leeway or (not inside and off < 4 * leeway) else (near, near)
