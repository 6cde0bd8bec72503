"""A plan as an official document (GB/T 9704-2012), which ``gongkai.read`` reads back equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias
from unicodedata import east_asian_width

from gongkai.codec.carried import carried
from gongkai.codec.printing import Cell, Grid, Line, Printed, printed
from gongkai.exchange.word.elements import Box, Run, paragraph, table
from gongkai.exchange.word.layout import layout, level, shared_out
from gongkai.exchange.word.package import Facts, Sheet, document
from gongkai.model import Plan, Role
from gongkai.views import Language

__all__ = ["plan_docx"]

Element: TypeAlias = Any

#: A run-in heading (强化组织领导。…) is not longer.
_RUN_IN: Final = 40
_CENTRED: Final = frozenset(["number", "deadline"])
#: Columns of names and of free text.
_NAMES: Final = frozenset([*Role, "extra"])


def plan_docx(plan: Plan, _language: Language = "zh") -> bytes:
    """Return a plan as a Word document in the form of GB/T 9704-2012.

    A plan with a covering notice has the red head (7.2), the notice with its signature (7.3), and the plan on
    a page of its own (7.3.7). A task table is a table (8). What print cannot tell (the record, what is
    inherited, characters that no document can hold) is carried beside the text.

    Raises:
        MissingExtra: python-docx is not installed.

    >>> import gongkai
    >>> from gongkai.exchange.word.plans import plan_docx
    >>> plan = gongkai.examples.load("chenghu-2024")
    >>> gongkai.read(plan_docx(plan)) == plan
    True
    """
    day = (
        plan.record.issued_on or (plan.notice.issued_on if plan.notice else None) or plan.record.published_on
    )
    facts = Facts(plan.title, plan.issuer or "", day)
    return document(_sheets(printed(plan), plan), facts, carried(plan))


def _sheets(items: Sequence[Printed], plan: Plan) -> list[Sheet]:
    """Return the pages: a table of many columns lies on its side, with the title above it."""
    wide = any(
        isinstance(item, Grid) and len(item.columns) > layout()["columns"]["upright"] for item in items
    )
    begins = next((at for at, item in enumerate(items) if isinstance(item, Line) and item.role == "title"), 0)
    if not wide:
        return [Sheet(tuple(_elements(items, begins, "page", plan)))]
    sheets = [Sheet(tuple(_elements(items[:begins], -1, "page", plan)))] if begins else []
    return [*sheets, Sheet(tuple(_elements(items[begins:], -1, "wide", plan)), "wide")]


def _elements(items: Sequence[Printed], breaks: int, which: str, plan: Plan) -> list[Element]:
    """Return paragraphs and tables; that at ``breaks`` begins a page, unless it is the first."""
    found: list[Element] = []
    bodies = [at for at, item in enumerate(items) if isinstance(item, Line) and item.role == "body"]
    last = bodies[-1] if len(bodies) > 1 else -1  # the first page has some text of the notice (7.3.3)
    for at, item in enumerate(items):
        if isinstance(item, Line):
            found.append(_paragraph(item, plan, breaks=0 < at == breaks, keep=at == last))
        else:
            found.append(_table(item, which))
    return found


def _paragraph(line: Line, plan: Plan, *, breaks: bool, keep: bool) -> Element:
    """Return a paragraph; the last of a notice keeps the signature from standing alone (7.3.5.5)."""
    match line.role:
        case "mark":
            style = "mark" if plan.record.document_number is not None else "mark-alone"
            return paragraph(style, [line.text], size=_mark_size(line.text))
        case "signatory" | "seal" | "date":
            return paragraph(line.role, [line.text], indent={"right": _right(line, plan)})
        case "section":
            return paragraph(_heading(line), [line.text])
        case "task" | "paragraph" | "body":
            return paragraph("body", _runs(line), keep=keep)
        case _:
            return paragraph(line.role, [line.text], breaks=breaks)


def _heading(line: Line) -> str:
    return level(line.parts[0].text) if line.parts and line.parts[0].kind == "label" else "first"


def _runs(line: Line) -> list[Run]:
    """Return the stretches of a text: a heading that runs into it and a clause have fonts of their own."""
    styles = layout()["styles"]
    found: list[Run] = []
    heading = ""
    for at, part in enumerate(line.parts):
        if part.kind == "label":
            heading = level(part.text)
            font = styles[heading]["font"] if heading != "lower" and _run_in(line) else ""
            found.append(Run(part.text, font))
        elif at == 1 and heading not in {"", "lower"} and _run_in(line):
            end = _run_in(line)
            found += [Run(part.text[:end], styles[heading]["font"]), Run(part.text[end:])]
        else:
            found.append(Run(part.text, styles["clause"]["font"] if part.kind == "clause" else ""))
    return [run for run in found if run.text]


def _run_in(line: Line) -> int:
    """Return where the heading ends with which a text begins; 0 where it begins with none."""
    text = line.parts[1].text if len(line.parts) > 1 and line.parts[1].kind == "text" else ""
    end = text.find("。") + 1
    return end if 0 < end <= _RUN_IN else 0


def _width(text: str) -> float:
    """How wide a text is, in characters of full width."""
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _mark_size(text: str) -> float:
    """How large the red head is set: as the type area is wide (7.2.4)."""
    page, places = layout()["page"], layout()["places"]
    width = (page["width"] - page["left"] - page["right"]) / 25.4 * 72
    size = width / max(1.0, _width(text))
    return float(max(places["smallest_mark"], min(places["widest_mark"], int(size))))


def _right(line: Line, plan: Plan) -> float:
    """How far a line stands from the right: signature and seal are centred on the date (7.3.5.1)."""
    notice = plan.notice
    signed = _width(notice.signatory or "") if notice else 0
    dated = _width("2024年10月10日")
    side: float = max(layout()["places"]["date_right"], (signed - dated) / 2)
    return side if line.role == "date" else max(0.0, side + (dated - _width(line.text)) / 2)


def _table(grid: Grid, which: str) -> Element:
    """Return a table: its head stands on each page, a section is a band, what is inherited a merged cell."""
    heads = [Box([paragraph("head", [head])], shade=layout()["colours"]["head"]) for head in grid.heads]
    rows: list[list[Box]] = [heads]
    going: dict[int, int] = {}  # by column: how many rows more a cell goes on
    rows += [_row(cells, grid.columns, going) for cells in grid.rows]
    return table(_widths(grid, which), rows)


def _row(cells: Iterable[Cell], columns: Sequence[str], going: dict[int, int]) -> list[Box]:
    begun = {cell.column: cell for cell in cells}
    row: list[Box] = []
    at = 0
    while at < len(columns):
        cell = begun.get(at)
        if cell is None:
            row.append(Box((), goes_on=True) if going.get(at) else Box(()))
            going[at] = max(0, going.get(at, 0) - 1)
            at += 1
            continue
        going[at] = cell.rows - 1
        row.append(Box(_cell(cell, columns), cell.columns, False if cell.rows > 1 else None))
        at += cell.columns
    return row


def _cell(cell: Cell, columns: Sequence[str]) -> list[Element]:
    if cell.columns > 1:
        return [paragraph("band", [line.text]) for line in cell.lines]
    look = "centred" if columns[cell.column] in _CENTRED else "cell"
    return [paragraph(look, [line.text]) for line in cell.lines]


def _widths(grid: Grid, which: str) -> list[int]:
    """Share the type area out: a column of names is the wider, the more its cells say."""
    shares = layout()["columns"]
    said: list[list[int]] = [[] for _ in grid.columns]
    for row in grid.rows:
        for cell in row:
            if cell.columns == 1 and cell.lines:
                said[cell.column].append(sum(len(line.text) for line in cell.lines))
    wanted = [
        shares[holds] * min(2.0, max(1.0, (sum(lengths) / max(1, len(lengths)) / shares["usual"]) ** 0.5))
        if holds in _NAMES
        else shares[holds]
        for holds, lengths in zip(grid.columns, said, strict=True)
    ]
    return shared_out(which, wanted)
