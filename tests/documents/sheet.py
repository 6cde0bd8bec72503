"""Workbooks made from the example plans, with openpyxl."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from tests.documents.tables import Grid


def workbook_of(grid: Grid, name: str = "任务分解表") -> bytes:
    """A workbook with a table in its first sheet, numbers as numbers, and an empty sheet behind it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    line = Side(style="thin")
    for row, texts in enumerate(grid.rows, 1):
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            cell.value = int(text) if text.isdecimal() else text or None
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=row <= grid.heads)
            cell.border = Border(line, line, line, line)
    for top, left, bottom, right in grid.merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    sheet.freeze_panes = f"A{grid.heads + 1}"
    for column in range(grid.width):
        longest = max(len(texts[column]) for texts in grid.rows[grid.heads :])
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(60, 6 + 2 * longest)
    book.create_sheet("Sheet2")
    file = BytesIO()
    book.save(file)
    return file.getvalue()
