"""A table of matters as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.merging import Consolidation, Matter
from gongkai.views._markdown import escape, pipe_table
from gongkai.views._matter_rows import (
    MatterCell,
    MatterHead,
    MatterLine,
    having_counts,
    matter_line,
    matter_lines,
    plan_lines,
)
from gongkai.views._words import Words

__all__ = ["consolidation_markdown", "matter_markdown"]


def _cell(cell: MatterCell) -> str:
    lines = [" ".join(filter(None, (cell.sign, cell.places))), *cell.who, cell.due]
    return "<br>".join([escape(line) for line in lines if line])


def _table(lines: Iterable[MatterLine], columns: Sequence[str], say: Words) -> list[str]:
    heads = [say["columns.label"], say["matters.matter"], *columns]
    body: list[list[str]] = []
    for line in lines:
        differs = [
            say[f"matters.{name}"]
            for name, agreement in (("who", line.matter.departments), ("due", line.matter.deadlines))
            if agreement.differs
        ]
        name = escape(line.name) + (f"<br>（{'；'.join(differs)}）" if differs else "")
        body.append([str(line.number), name, *map(_cell, line.cells)])
    return pipe_table([escape(head) for head in heads], body)


def consolidation_markdown(found: Consolidation, say: Words) -> str:
    """A table of matters: the plans, counts, a table below each chapter."""
    plans = plan_lines(found, say)
    heads = [say["matters.plan"], *[word for word, _ in plans[0].counts]]
    rows = [[escape(plan.column), *[str(number) for _, number in plan.counts]] for plan in plans]
    lines = [f"# {say['matters.title']}", "", *pipe_table(heads, rows), ""]
    counts = [f"{word} {number}" for _, word, number in having_counts(found, say)]
    lines += [say.count("matters.number", len(found)) + say.colon + " · ".join(counts), ""]
    lines += [say["matters.signs"], ""]
    together: list[MatterLine] = []
    for line in [*matter_lines(found, say), MatterHead("")]:
        if isinstance(line, MatterLine):
            together.append(line)
            continue
        lines += [*_table(together, found.columns, say), ""] if together else []
        lines += [f"## {escape(line.text)}", ""] if line.text else []
        together = []
    return "\n".join(lines).rstrip() + "\n"


def matter_markdown(row: Matter, say: Words) -> str:
    """One matter: its name, and each plan's text, departments and deadlines."""
    line = matter_line(row, 1, say)
    heads = [
        say["matters.plan"],
        say["columns.label"],
        say["columns.task"],
        say["columns.who"],
        say["columns.due"],
    ]
    body = [
        [
            escape(cell.column),
            " ".join([cell.sign, escape(cell.places)]).rstrip(),
            "<br>".join([escape(text) for _, text in cell.texts]),
            "<br>".join(map(escape, cell.who)),
            escape(cell.due),
        ]
        for cell in line.cells
    ]
    return "\n".join([f"## {escape(line.name)}", "", *pipe_table(heads, body)]) + "\n"
