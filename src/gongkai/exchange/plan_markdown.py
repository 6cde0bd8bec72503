"""A plan as Markdown, verbatim: headings, items with their numbers, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongkai.codec.printing import Cell, Grid, Line, printable, printed, record_pairs
from gongkai.exchange.word.layout import level
from gongkai.model import Plan
from gongkai.views import Language
from gongkai.views._markdown import escape, paragraph, pipe_table

__all__ = ["plan_md"]

_HEADINGS: Final = {"first": "##", "second": "###", "lower": "####"}


def plan_md(plan: Plan, _language: Language = "zh") -> str:
    r"""Return a plan as Markdown: the record as a list, headings, each item with its number and its clause.

    The document's own signs are escaped; a task table is a table.

    >>> from gongkai import Assignment, Plan, Section, Task
    >>> from gongkai.exchange.plan_markdown import plan_md
    >>> task = Task("公开*目录*。", label="1.", assignments=[Assignment.lead("区司法局")])
    >>> print(plan_md(Plan("要点", [Section("深化公开", [task], label="一、")])))
    # 要点
    <BLANKLINE>
    ## 一、深化公开
    <BLANKLINE>
    1\.公开\*目录\*。（区司法局牵头）
    <BLANKLINE>
    """
    blocks: list[str] = []
    pairs = [
        f"- {escape(printable(key))}：{escape(printable(value))}" for key, value in record_pairs(plan.record)
    ]
    if pairs:
        blocks.append("\n".join(pairs))
    for item in printed(plan):
        if isinstance(item, Grid):
            blocks.append("\n".join(_table(item)))
        else:
            blocks += _line(item)
    return "\n\n".join(blocks) + "\n"


def _line(line: Line) -> Iterator[str]:
    match line.role:
        case "notice-title" | "title":
            yield f"# {escape(line.text)}"
        case "section":
            label = line.parts[0].text if line.parts[0].kind == "label" else "一、"
            yield f"{_HEADINGS[level(label)]} {escape(line.text)}"
        case _:
            yield "  \n".join([paragraph(part) for part in line.text.split("\n")])


def _table(grid: Grid) -> list[str]:
    """Return a table; Markdown merges no cells, so what a cell says stands in each row that it spans."""
    body: list[list[str]] = []
    going: dict[int, tuple[int, str]] = {}
    for row in grid.rows:
        begun = {cell.column: cell for cell in row}
        cells: list[str] = []
        for column in range(len(grid.columns)):
            left, text = going.get(column, (0, ""))
            cell = begun.get(column)
            if cell is not None:
                left, text = cell.rows, _cell(cell)
            cells.append(text if left else "")
            going[column] = (max(0, left - 1), text)
        body.append(cells)
    return pipe_table([escape(head) for head in grid.heads], body)


def _cell(cell: Cell) -> str:
    lines = [escape(part) for line in cell.lines for part in line.text.split("\n")]
    text = "<br>".join(lines)
    return f"**{text}**" if cell.columns > 1 and text else text
