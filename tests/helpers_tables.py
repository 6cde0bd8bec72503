"""Tables for tests, as a container hands them over, from rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai import Block, Plan, Section, Task
from gongkai.reading.extract import Extract, PrintedCell, PrintedTable
from gongkai.reading.reader import _parse

__all__ = ["extract_of", "outline", "read_tables"]


def extract_of(parts: Sequence[str | Sequence[Sequence[str]]]) -> Extract:
    """A document of text and tables, each paragraph of a cell in a line of its own.

    ``^`` says that the cell above reaches here, ``<`` that the one on the left does; ``⏎`` parts paragraphs.
    """
    text = ""
    tables: list[PrintedTable] = []
    for part in parts:
        if isinstance(part, str):
            text += part + "\n"
            continue
        start = len(text)
        cells: list[PrintedCell] = []
        for row, line in enumerate(part):
            for column, said in enumerate(line):
                if said in {"^", "<"}:
                    continue
                rows = _count(
                    [later[column] if column < len(later) else "" for later in part[row + 1 :]], "^"
                )
                paragraphs: list[tuple[int, int]] = []
                for paragraph in said.split("⏎"):
                    if paragraph:
                        paragraphs.append((len(text), len(text) + len(paragraph)))
                    text += paragraph + "\n"
                columns = 1 + _count(line[column + 1 :], "<")
                cells.append(PrintedCell(row, column, 1 + rows, columns, tuple(paragraphs)))
        tables.append(PrintedTable(start, len(text) - 1, tuple(cells)))
    return Extract(text, media_type="text/html", tables=tuple(tables))


def _count(cells: Sequence[str], sign: str) -> int:
    return next((at for at, said in enumerate(cells) if said != sign), len(cells))


def read_tables(*parts: str | Sequence[Sequence[str]]) -> Plan:
    """Read a document of text and tables."""
    return _parse(extract_of(parts), None, None)


def outline(plan: Plan) -> list[str]:
    """A plan's content and closing in one line a block, deeper ones indented.

    A task shows label, text, who answers (``^`` inherited), by when, and its other columns.
    """
    return [row for block in (*plan.content, *plan.closing) for row in _outlined(block, "")]


def _outlined(block: Block, indent: str) -> list[str]:
    if isinstance(block, Section):
        own = f"{indent}§ {block.label or ''}{block.heading}"
        return [own, *(row for item in block.content for row in _outlined(item, indent + "  "))]
    if isinstance(block, Task):
        parts = [row for item in block.parts for row in _outlined(item, indent + "  ")]
        return [indent + " | ".join(_facts(block)), *parts]
    return [f"{indent}¶ {block.text}"]


def _facts(task: Task) -> list[str]:
    roles = [
        f"{item.role}{'^' * item.inherited}{'*' * item.severally}{'+' * item.open}:{'、'.join(item.names)}"
        for item in task.assignments
    ]
    dues = [str(deadline.due or deadline.text) for deadline in task.deadlines]
    text = task.text.replace("\n", "⏎")
    facts = [f"{task.label or '-'} {text}", "; ".join(roles), "; ".join(dues)]
    return facts + [f"{name}={said}" for name, said in task.extras]
