"""Plans and tasks as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, final

from attrs import frozen

from gongkai.model import Assignment, Paragraph, Plan, Section
from gongkai.views._plan_html import plan_counts, plan_facts
from gongkai.views._rows import (
    HeadingRow,
    Row,
    TaskRow,
    TextRow,
    columns_for,
    heading_words,
    is_soft,
    names,
    rows,
)
from gongkai.views._text import clean, cut
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, side_by_side, wrap

__all__ = ["Grid", "plan_lines", "section_lines", "task_lines"]

#: How many paragraphs of a preamble or a closing are shown, and how many characters of each.
_FEW: Final = 3
_SHORT: Final = 120

#: Below this width columns would be too narrow to read; what they hold goes below the text.
_NARROW: Final = 64

#: The same where so little is left for the text.
_READABLE: Final = 12


@final
@frozen
class Grid:
    """Columns of a table on a screen.

    Attributes:
        names: what stands above them.
        widths: how many cells each takes.
        total: the width of the screen.
        lists: the names of the columns that hold lists, whose items stay whole where they can.
        text: the name of the column that takes what is left.
    """

    names: tuple[str, ...]
    widths: tuple[int, ...]
    total: int
    lists: tuple[str, ...]
    text: str

    @property
    def stacked(self) -> bool:
        """Whether the columns go below one another."""
        text = self.widths[self.names.index(self.text)]
        return self.total < _NARROW or text < _READABLE

    def head(self) -> list[Line]:
        """The line of names and the rule below it."""
        rule: Line = [("─" * self.total, "soft")]
        if self.stacked:
            return [rule]
        columns = [wrap([(name, "soft")], width) for name, width in zip(self.names, self.widths, strict=True)]
        return [*side_by_side(columns, self.widths), rule]

    def row(self, columns: Sequence[Sequence[Sequence[Run]]]) -> list[Line]:
        """One row; a cell is its paragraphs, a paragraph its runs."""
        if self.stacked:
            return self._stack(columns)
        kinds = zip(columns, self.widths, self.names, strict=True)
        wrapped = [
            _paragraphs(cell, width, "、" if name in self.lists else "") for cell, width, name in kinds
        ]
        return side_by_side(wrapped, self.widths)

    def _stack(self, columns: Sequence[Sequence[Sequence[Run]]]) -> list[Line]:
        first = self.widths[0]
        room = self.total - first - 2
        named = list(zip(self.names, columns, strict=True))[1:]
        text = [line for name, cell in named if name == self.text for line in _paragraphs(cell, room)]
        lines = side_by_side([_paragraphs(columns[0], first), text], (first, 0))
        indent: Line = [(" " * (first + 2), "")]
        for name, cell in named:
            inside = [runs for runs in cell if name != self.text and any(text for text, _ in runs)]
            # The name of a column stands once, however many paragraphs its cell has.
            joined: list[Run] = [(f"{name} ", "soft")]
            for place, runs in enumerate(inside):
                joined += [*[("；" if name in self.lists else "  ", "soft")] * bool(place), *runs]
            lines += [[*indent, *line] for line in wrap(joined, room)] if inside else []
        return lines


def _paragraphs(cell: Sequence[Sequence[Run]], width: int, after: str = "") -> list[Line]:
    return [line for runs in cell for line in wrap(runs, width, after=after)] or [[]]


def grid_for(columns: Sequence[tuple[str, int, float]], total: int, say: Words) -> Grid:
    """Share the width among columns: each a name, what its longest cell takes, the share it may have at most.

    A share of 0 marks the column that takes what is left.
    """
    taken = [min(longest, max(8, int(total * share))) if share else 0 for _, longest, share in columns]
    left = max(total - sum(taken) - 2 * (len(columns) - 1), 8)
    widths = tuple([width if share else left for width, (_, _, share) in zip(taken, columns, strict=True)])
    return Grid(
        tuple([name for name, _, _ in columns]),
        widths,
        total,
        (say["columns.lead"], say["columns.others"], say["columns.who"]),
        next(name for name, _, share in columns if not share),
    )


def holders(assignments: Iterable[Assignment], say: Words, *, lead: bool = False) -> list[list[Run]]:
    """The departments of each assignment as a paragraph of a cell."""
    return [[(names(item, say, lead=lead), "")] for item in assignments]


def _due(row: TaskRow) -> list[list[Run]]:
    return [[(clean(deadline.text), "soft" if is_soft(deadline) else "")] for deadline in row.deadlines]


_Cell = Callable[[TaskRow], list[list[Run]]]


def _label(row: TaskRow) -> list[list[Run]]:
    return [[("  " * row.depth + row.label, "soft")]]


def _text(row: TaskRow) -> list[list[Run]]:
    extras = [[(f"{clean(name)}：{clean(text)}", "soft")] for name, text in row.task.extras]
    return [[(clean(row.task.text), "")], *extras]


def _columns(found: Sequence[TaskRow], say: Words) -> list[tuple[str, _Cell, float]]:
    """Name, contents and share of each column that is needed."""
    needed = columns_for(found)
    columns: list[tuple[str, _Cell, float]] = [(say["columns.label"], _label, 0.12)]
    if needed.section:
        columns.append((say["columns.section"], lambda row: [[(row.section, "soft")]], 0.14))
    columns.append((say["columns.task"], _text, 0))
    if needed.lead:
        columns.append((say["columns.lead"], lambda row: holders(needed.leads(row), say), 0.2))
    if needed.others:
        columns.append((say["columns.others"], lambda row: holders(needed.rest(row), say, lead=True), 0.24))
    if needed.due:
        columns.append((say["columns.due"], _due, 0.14))
    return columns


def longest(paragraphs: Iterable[Sequence[Run]]) -> int:
    """How many cells the longest paragraph takes."""
    return max((sum(cells(text) for text, _ in runs) for runs in paragraphs), default=0)


def table_lines(drawn: Sequence[Row], width: int, say: Words) -> list[Line]:
    """Headings, paragraphs and tasks as a table."""
    found = [row for row in drawn if isinstance(row, TaskRow)]
    columns = _columns(found, say)
    measured = [
        (name, max([cells(name), *[longest(cell(row)) for row in found]]) if share else 0, share)
        for name, cell, share in columns
    ]
    grid = grid_for(measured, width, say)
    lines = grid.head() if found else []
    for number, row in enumerate(drawn):
        if isinstance(row, HeadingRow):
            lines += [[]] if number else []
            lines += wrap([("  " * row.depth + heading_words(row.section), "head")], width)
        elif isinstance(row, TextRow):
            lines += wrap([(clean(f"{row.paragraph.label or ''} {row.paragraph.text}"), "soft")], width)
        else:
            lines += grid.row([cell(row) for _, cell, _ in columns])
    return lines


def plan_lines(plan: Plan, width: int, say: Words) -> list[Line]:
    """A plan: title, facts, counts, and its tasks below their headings."""
    heading = clean(plan.title) or say["headings.untitled"]
    lines = wrap([(heading, "head")], width)
    facts = plan_facts(plan, say)
    lines += flow([[(fact, "soft")] for fact in facts], width)
    counts = plan_counts(plan, say)
    counts += [say.count("counts.findings", len(plan.findings))] if plan.findings else []
    lines += flow([[(count, "")] for count in counts], width)
    lines += _paragraphs_of("preamble", plan.preamble, width, say)
    drawn = tuple(rows(plan.content))
    lines += [[], *table_lines(drawn, width, say)] if drawn else []
    return lines + _paragraphs_of("closing", plan.closing, width, say)


def _paragraphs_of(name: str, blocks: Sequence[Paragraph], width: int, say: Words) -> list[Line]:
    """The beginnings of a preamble's or a closing's paragraphs, below their name."""
    if not blocks:
        return []
    lines: list[Line] = [[], *wrap([(say[f"headings.{name}"], "head")], width)]
    for block in blocks[:_FEW]:
        first, rest = cut(clean(f"{block.label or ''} {block.text}"), _SHORT)
        lines += wrap([(first + "…" * bool(rest), "soft")], width)
    if len(blocks) > _FEW:
        lines += wrap([(say.count("counts.more_paragraphs", len(blocks) - _FEW), "soft")], width)
    return lines


def section_lines(section: Section, width: int, say: Words) -> list[Line]:
    """A section and what stands in it."""
    return table_lines(tuple(rows((section,))), width, say)


def task_lines(found: Sequence[TaskRow], width: int, say: Words) -> list[Line]:
    """Tasks as one table."""
    if not found:
        return [[(say["counts.nothing"], "soft")]]
    return table_lines(found, width, say)
