"""A plan as a 任务分解表: a workbook that an office prints, and that ``gongkai.read`` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gongkai.codec.keeping import (
    DIGEST_HEAD,
    KEY_HEAD,
    SHEET,
    Kept,
    KeptColumn,
    has_row,
    id_cell,
    packed,
    row_digest,
)
from gongkai.exchange.workbooks.about import write_about
from gongkai.exchange.workbooks.cells import columns_for, heads, task_cell
from gongkai.exchange.workbooks.paper import (
    BODY,
    CENTRED,
    HEAD,
    NOTE,
    SECTION,
    TITLE,
    Look,
    across,
    new_book,
    print_setup,
    put,
    put_row,
    saved,
)
from gongkai.model import Block, Paragraph, Plan, Section, Task
from gongkai.views import Language

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["keep_columns", "keep_plan", "keep_row", "task_table", "widths_of"]

#: How wide columns are, in characters as Excel counts them; the text takes what a page across has left.
_WIDTHS: Final = {"number": 8.0, "section": 18.0, "deadline": 15.0, "extra": 13.0}
_ROLE_WIDTH: Final = 19.0
_PAGE: Final = 150.0
_LEAST_TEXT: Final = 48.0
_HEAD_ROW: Final = 3
_PARAGRAPH: Final = Look("仿宋", 11)
_SUBSECTION: Final = Look("楷体", 11.5, bold=True)


def task_table(plan: Plan, language: Language) -> bytes:
    """Return a plan as a workbook: its tasks, a sheet about the document, and what no table can say, hidden.

    Raises:
        InvalidValue: a text is longer than a cell can hold.
        MissingExtra: openpyxl is not installed.
    """
    book = new_book()
    columns = columns_for(plan, language)
    _write_tasks(book, plan, columns, language)
    write_about(book, plan, language)
    keep_plan(book, Kept("task-table", plan, tuple(columns)))
    return saved(book)


def widths_of(columns: Sequence[KeptColumn]) -> list[float]:
    """Return how wide each column is, so that all of them fill a page across."""
    widths = [0.0 if column.holds == "task" else _WIDTHS.get(column.holds, _ROLE_WIDTH) for column in columns]
    rest = max(_LEAST_TEXT, _PAGE - sum(widths))
    return [width or rest for width in widths]


def keep_columns(sheet: Worksheet, head_row: int, after: int) -> None:
    """Write the heads of the two hidden columns behind the last one, and hide them."""
    from openpyxl.utils import get_column_letter

    for at, head in enumerate((KEY_HEAD, DIGEST_HEAD), after + 1):
        put(sheet, head_row, at, head, _HIDDEN)
        sheet.column_dimensions[get_column_letter(at)].hidden = True


_HIDDEN: Final = Look("宋体", 9, ruled=False)


def keep_row(sheet: Worksheet, row: int, after: int, id_: str, cells: Iterable[str]) -> None:
    """Write into the hidden columns whose row it is, and what its cells are."""
    put(sheet, row, after + 1, id_cell(id_), _HIDDEN)
    put(sheet, row, after + 2, row_digest(cells), _HIDDEN)


def keep_plan(book: Workbook, kept: Kept) -> None:
    """Write the hidden sheet."""
    sheet = book.create_sheet(SHEET)
    for row, text in enumerate(packed(kept), 1):
        put(sheet, row, 1, text, _HIDDEN)
        sheet.cell(row, 1).alignment = _unwrapped()
    sheet.sheet_state = "veryHidden"


def _unwrapped() -> object:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=False)


def _write_tasks(book: Workbook, plan: Plan, columns: Sequence[KeptColumn], language: Language) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(heads()["sheets"]["table"][language])
    count = len(columns)
    last = get_column_letter(count)
    widths = widths_of(columns)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    across(sheet, 1, count, plan.title, TITLE, sum(widths))
    keep_row(sheet, 1, count, "info value title", [plan.title])
    number = plan.record.document_number
    across(sheet, 2, count, f"（{number}）" if number else plan.issuer or "", _UNDER_TITLE, sum(widths))
    put_row(sheet, _HEAD_ROW, [column.head for column in columns], [HEAD] * count, widths)
    keep_columns(sheet, _HEAD_ROW, count)
    row = _HEAD_ROW
    for row, line in enumerate(_lines(plan.content), _HEAD_ROW + 1):
        _write_line(sheet, row, line, columns, widths)
    _merge_numbers(sheet, plan, columns)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{max(row, _HEAD_ROW)}"
    print_setup(sheet, head_row=_HEAD_ROW, last_column=last, last_row=row)


_UNDER_TITLE: Final = NOTE._replace(across="center")


class _Line:
    """A row below the heads: a block, how deep it stands, and the label that is printed with it."""

    __slots__ = ("block", "depth", "id", "label")

    def __init__(self, block: Block, id_: str, depth: int, label: str | None) -> None:
        self.block = block
        self.id = id_
        self.depth = depth
        self.label = label


def _lines(blocks: Iterable[Block]) -> Iterator[_Line]:
    count = 0
    waiting: str | None = None  # the label of an item that is printed with its first part
    stack: list[tuple[Block, int]] = [(block, 0) for block in reversed(tuple(blocks))]
    while stack:
        block, depth = stack.pop()
        inside: Sequence[Block] = ()
        if isinstance(block, Paragraph):
            count += 1
            yield _Line(block, f"paragraph {count}", depth, block.label)
        elif isinstance(block, Section):
            yield _Line(block, f"section {block.key}", depth, block.label)
            inside = block.content
        elif has_row(block):
            label = block.label or waiting
            waiting = None
            yield _Line(block, f"task {block.key}", depth, label)
            inside = block.parts
        else:
            waiting, inside = block.label or waiting, block.parts
        stack += [(below, depth + 1) for below in reversed(inside)]


def _write_line(
    sheet: Worksheet, row: int, line: _Line, columns: Sequence[KeptColumn], widths: Sequence[float]
) -> None:
    count = len(columns)
    block = line.block
    if isinstance(block, Task):
        texts = [
            line.label or "" if column.holds == "number" else task_cell(block, column) for column in columns
        ]
        centred = {"number", "deadline"}
        looks = [CENTRED if column.holds in centred else BODY for column in columns]
        put_row(sheet, row, texts, looks, widths)
        keep_row(sheet, row, count, line.id, texts)
        return
    text = (block.label or "") + (block.heading if isinstance(block, Section) else block.text)
    look = _PARAGRAPH
    if isinstance(block, Section):
        look = SECTION if line.depth == 0 else _SUBSECTION
    across(sheet, row, count, text, look, sum(widths))
    keep_row(sheet, row, count, line.id, [text])


def _merge_numbers(sheet: Worksheet, plan: Plan, columns: Sequence[KeptColumn]) -> None:
    """Merge the number of an item over the rows of its parts, where none of them has a number of its own."""
    at = next(at for at, column in enumerate(columns, 1) if column.holds == "number")
    rows = {line.id: row for row, line in enumerate(_lines(plan.content), _HEAD_ROW + 1)}
    for task in plan.tasks:
        below = list(task.walk())[1:]
        if not below or any(part.label for part in below):
            continue
        printed = [rows[id_] for part in task.walk() if (id_ := f"task {part.key}") in rows]
        if len(printed) > 1:
            sheet.merge_cells(start_row=printed[0], start_column=at, end_row=printed[-1], end_column=at)
