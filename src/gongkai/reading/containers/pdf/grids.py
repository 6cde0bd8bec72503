"""From ruled lines to tables: the cells that lines enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from gongkai.reading.containers.pdf.glyphs import Ruling

__all__ = ["Box", "Grid", "grids_of"]

#: Lines nearer than this are one: a border is often drawn as a thin box, or twice.
_NEAR: Final = 3.0
#: Lines that end nearer than this meet.
_MEET: Final = 4.0
#: Pages with more lines than this hold a drawing.
_MOST_LINES: Final = 1_500
_MOST_CELLS: Final = 20_000
#: A row or a column is this wide at least; what is thinner is a double line.
_NARROWEST: Final = 5.0
#: Lines that reach further than this beyond the last upright make a column that is open at its side.
_OPEN: Final = 12.0


class Box(NamedTuple):
    """A cell: its place in the table, and on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


class Grid:
    """A table.

    Attributes:
        xs: where its columns begin, and where the last ends.
        ys: where its rows begin, and where the last ends.
        boxes: its cells, row by row.
        ruled: whether ruled lines show where its cells end.
    """

    __slots__ = ("_owners", "boxes", "ruled", "xs", "ys")

    def __init__(self, xs: list[float], ys: list[float], boxes: list[Box], *, ruled: bool = True) -> None:
        self.ruled = ruled
        self.xs = xs
        self.ys = ys
        self.boxes = boxes
        self._owners = {
            (row, column): at
            for at, box in enumerate(boxes)
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }

    def box_of(self, x: float, y: float) -> int:
        """Return which cell holds a point, or -1."""
        return self._owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1), -1)


def grids_of(rulings: Iterable[Ruling]) -> list[Grid]:
    """Return the tables that the ruled lines of a page enclose, from top to bottom."""
    lines = list(rulings)
    level = _merged([line for line in lines if not line.upright])
    upright = _merged([line for line in lines if line.upright])
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > _MOST_LINES:
        return []
    found = [_grid(rows, columns) for rows, columns in _connected(level, upright)]
    return sorted([grid for grid in found if grid is not None], key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(lines: list[Ruling]) -> list[Ruling]:
    """Return lines of one direction with those joined that are one line drawn in pieces."""
    found: list[Ruling] = []
    for group in _near(sorted(lines, key=lambda line: line.at)):
        at = sum(line.at for line in group) / len(group)
        for line in sorted(group, key=lambda line: line.start):
            last = found[-1] if found and found[-1].at == at else None
            if last is not None and line.start <= last.end + _MEET:
                found[-1] = last._replace(end=max(last.end, line.end))
            else:
                found.append(line._replace(at=at))
    return found


def _near(lines: list[Ruling]) -> Iterable[list[Ruling]]:
    group: list[Ruling] = []
    for line in lines:
        if group and line.at - group[0].at > _NEAR:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _connected(level: list[Ruling], upright: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Return the groups of lines that meet."""
    groups = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while groups[one] != one:
            groups[one] = groups[groups[one]]
            one = groups[one]
        return one

    for x, line in enumerate(upright, len(level)):
        for y, other in enumerate(level):
            crosses = other.start - _MEET <= line.at <= other.end + _MEET
            if crosses and line.start - _MEET <= other.at <= line.end + _MEET:
                groups[root(x)] = root(y)
    members: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for at, line in enumerate((*level, *upright)):
        members.setdefault(root(at), ([], []))[at >= len(level)].append(line)
    return members.values()


def _grid(level: list[Ruling], upright: list[Ruling]) -> Grid | None:
    """Return the table of lines that meet, or None where they enclose no cells, or only one."""
    if len(level) < 2 or len(upright) < 2:
        return None
    xs = _apart([line.at for line in upright])
    ys = _apart([line.at for line in level])
    left, right = min(line.start for line in level), max(line.end for line in level)
    if xs[0] - left > _OPEN:
        xs.insert(0, left)
    if right - xs[-1] > _OPEN:
        xs.append(right)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _MOST_CELLS:
        return None
    boxes = _boxes(xs, ys, _Cover(level, ys), _Cover(upright, xs))
    return Grid(xs, ys, boxes) if boxes is not None and len(boxes) > 1 else None


def _apart(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] >= _NARROWEST:
            found.append(place)
    return found


class _Cover:
    """Tells whether a line is drawn at a place: the n-th line across, at some point along."""

    def __init__(self, lines: list[Ruling], places: list[float]) -> None:
        self.starts: list[list[float]] = [[] for _ in places]
        self.ends: list[list[float]] = [[] for _ in places]
        for line in sorted(lines, key=lambda line: line.start):
            at = bisect_right(places, line.at + 0.01) - 1
            self.starts[max(at, 0)].append(line.start)
            self.ends[max(at, 0)].append(line.end)

    def holds(self, number: int, along: float) -> bool:
        before = bisect_right(self.starts[number], along)
        return any(end >= along for end in self.ends[number][:before])


def _boxes(xs: list[float], ys: list[float], level: _Cover, upright: _Cover) -> list[Box] | None:
    """Return the cells; None where they are no rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    middles = [(one + other) / 2 for one, other in pairwise(xs)]
    centres = [(one + other) / 2 for one, other in pairwise(ys)]
    taken = [[False] * columns for _ in range(rows)]
    boxes: list[Box] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not taken[row][right] and not upright.holds(right, centres[row]):
                right += 1
            below = row + 1
            while below < rows and not level.holds(below, middles[column]):
                below += 1
            for inner in range(row, below):
                for other in range(column, right):
                    if taken[inner][other]:
                        return None
                    taken[inner][other] = True
            boxes.append(
                Box(row, column, below - row, right - column, xs[column], ys[row], xs[right], ys[below])
            )
    return boxes
