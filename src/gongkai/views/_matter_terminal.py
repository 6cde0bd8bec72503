"""A table of matters as text for a terminal. Where the plans do not fit side by side, their signs do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from gongkai.merging import Consolidation, Matter
from gongkai.views._matter_rows import (
    MatterCell,
    MatterHead,
    MatterLine,
    having_counts,
    matter_line,
    plan_lines,
)
from gongkai.views._matter_rows import matter_lines as lines_of
from gongkai.views._terminal import Grid, grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, wrap

__all__ = ["consolidation_lines", "matter_lines"]

_STYLES: Final = {"●": "added", "◐": "edit", "–": "soft"}
_HAVING: Final = {"common": "added", "some": "edit", "unique": "move"}

#: How much of the width the plans may take, and how much is left at the least for what a matter is called.
_SHARE: Final = 0.45
_NAME: Final = 0.2

#: Below this width what few plans say stands one below the other.
_NARROW: Final = 64
_FEW: Final = 4

#: How many signs stand together in one column.
_FIVES: Final = 5


def _sign(cell: MatterCell) -> list[Run]:
    return [(cell.sign, _STYLES[cell.sign]), (f" {cell.places}" if cell.places else "", "soft")]


def _signs(line: MatterLine) -> list[Run]:
    """All signs of a matter in groups of five, so that they can be counted."""
    runs: list[Run] = []
    for place, cell in enumerate(line.cells):
        runs += [(" ", "")] * (place > 0 and place % _FIVES == 0)
        runs.append((cell.sign, _STYLES[cell.sign]))
    return runs


_Column = tuple[str, Callable[[MatterLine], list[list[Run]]], float]


def _columns(found: Consolidation, say: Words, *, aside: bool) -> list[_Column]:
    """Name, contents and share of each column; the plans side by side, or their signs in one column."""
    columns: list[_Column] = [
        (say["columns.label"], lambda line: [[(str(line.number), "soft")]], 0.08),
        (say["matters.matter"], lambda line: [[(line.name, "")]], 0),
    ]
    if aside:
        share = _SHARE / len(found.columns)
        columns += [(clean(column), _shown(place), share) for place, column in enumerate(found.columns)]
    else:
        columns.append((say["matters.plans"], lambda line: [_signs(line)], _SHARE))
    if any(row.departments.camps for row in found):
        columns.append((say["columns.who"], lambda line: [[(text, "")] for text in line.who], 0.2))
    if any(row.deadlines.camps for row in found):
        columns.append((say["columns.due"], lambda line: [[(text, "")] for text in line.due], 0.14))
    return columns


def _grid(columns: Sequence[_Column], rows: Sequence[MatterLine], width: int, say: Words) -> Grid:
    measured = [
        (name, max([cells(name), *[longest(cell(row)) for row in rows]]) if share else 0, share)
        for name, cell, share in columns
    ]
    return grid_for(measured, width, say)


def _shown(place: int) -> Callable[[MatterLine], list[list[Run]]]:
    return lambda line: [_sign(line.cells[place])]


def consolidation_lines(found: Consolidation, width: int, say: Words) -> list[Line]:
    """A table of matters: the plans, counts, one row a matter."""
    lines: list[Line] = wrap([(say["matters.title"], "head")], width)
    lines += _plans(found, width, say)
    counts: list[list[Run]] = [[(say.count("matters.number", len(found)), "")]]
    counts += [[(f"{word} {n}", _HAVING[having])] for having, word, n in having_counts(found, say)]
    lines += [*flow(counts, width), *wrap([(say["matters.signs"], "soft")], width), []]
    drawn = tuple(lines_of(found, say))
    rows = [line for line in drawn if isinstance(line, MatterLine)]
    columns = _columns(found, say, aside=True)
    grid = _grid(columns, rows, width, say)
    if grid.widths[1] < width * _NAME and (width >= _NARROW or len(found.columns) > _FEW):
        columns = _columns(found, say, aside=False)
        grid = _grid(columns, rows, width, say)
    lines += grid.head() if rows else []
    for place, line in enumerate(drawn):
        if isinstance(line, MatterHead):
            lines += [[]] * (place > 0)
            lines += wrap([(line.text, "head")], width)
        else:
            lines += grid.row([cell(line) for _, cell, _ in columns])
    return lines


def _plans(found: Consolidation, width: int, say: Words) -> list[Line]:
    """What each plan is called, and its counts."""
    lines: list[Line] = []
    for number, plan in enumerate(plan_lines(found, say), 1):
        told = " · ".join([f"{word} {count}" for word, count in plan.counts])
        runs: list[Run] = [(f"{number:>2} ", "soft"), (plan.column, "head")]
        runs += [(f" {plan.title}", "soft")] if plan.title != plan.column else []
        lines += wrap([*runs, (f"  {told}", "soft")], width)
    return lines


def matter_lines(row: Matter, width: int, say: Words) -> list[Line]:
    """One matter: what each plan says of it."""
    line = matter_line(row, 1, say)
    lines = wrap([(line.name, "head")], width)
    for cell in line.cells:
        lines += wrap([(f"{cell.column} ", "head"), *_sign(cell)], width)
        for _, text in cell.texts:
            lines += [[("  ", ""), *inside] for inside in wrap([(text, "")], width - 2)]
        for facts in filter(None, ("；".join(cell.who), cell.due)):
            lines += [[("  ", ""), *inside] for inside in wrap([(facts, "soft")], width - 2)]
    return lines
