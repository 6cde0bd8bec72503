"""Workbooks for tests: changed as a clerk would, and opened in an office program."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai import Assignment, Deadline, DocumentNumber, Notice, Paragraph, Plan, Record, Section, Task

__all__ = ["PLAN", "cell_texts", "changed", "office", "opened", "resaved", "row_of", "shown", "task_of"]

PLAN = Plan(
    "松屏区2024年政务公开工作要点",
    [
        Section(
            "深化重点领域信息公开",
            label="一、",
            content=[
                Paragraph("坚持公开为常态。"),
                Task(
                    "公开老旧小区改造进展。",
                    label="1.",
                    assignments=[Assignment.lead("区住房城乡建设委"), Assignment.responsible("各街道")],
                    deadlines=[Deadline.by_month(2024, 10)],
                ),
                Task(
                    "",
                    label="2.",
                    parts=[
                        Task("公开预决算。", assignments=[Assignment.responsible("区财政局")]),
                        Task(
                            "公开审计结果。",
                            assignments=[Assignment("responsible", ["区审计局"], inherited=True)],
                            extras=[("公开渠道", "门户网站")],
                        ),
                    ],
                ),
                Section(
                    "规范决策公开",
                    label="（一）",
                    content=[
                        Task("公布决策事项目录。", label="3.", assignments=[Assignment.lead("区司法局")])
                    ],
                ),
            ],
        ),
        Section("强化保障", [Task("开展业务培训。", label="4.")], label="二、"),
    ],
    record=Record(document_number=DocumentNumber("松政办发", 2024, 7), others=[("栏目", "公开")]),
    notice=Notice("关于印发《松屏区2024年政务公开工作要点》的通知", addressees=["各街道"], body=["请落实。"]),
    preamble=["为做好政务公开工作，制定本要点。"],
    closing=["请于年底前报送总结。"],
)


def opened(data: bytes) -> Workbook:
    """A workbook, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """A workbook that somebody changed and saved."""
    book = opened(data)
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def shown(book: Workbook) -> Iterator[Worksheet]:
    """The sheets that a person sees."""
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet


def task_of(plan: Plan, key: str) -> Task:
    """The task with a key."""
    found = plan[key]
    assert isinstance(found, Task)
    return found


def row_of(sheet: Worksheet, text: str) -> int:
    """The number of the row in which a text stands."""
    return next(at for at, row in enumerate(sheet.values, 1) if text in row)


def cell_texts(sheet: Worksheet) -> list[list[str]]:
    """What stands in the cells that are shown, row by row."""
    hidden = {
        at for at in range(1, sheet.max_column + 1) if sheet.column_dimensions[get_column_letter(at)].hidden
    }
    return [
        ["" if cell.value is None else str(cell.value) for cell in row if cell.column not in hidden]
        for row in sheet.iter_rows()
    ]


def office() -> str:
    """LibreOffice's program; the test is skipped, saying so, where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice, which opens the workbook as an office would, is not installed")
    return program


def resaved(data: bytes, folder: Path, form: str = "xlsx") -> bytes:
    """A workbook that LibreOffice opened and saved."""
    source, target = folder / "source.xlsx", folder / "out"
    source.write_bytes(data)
    place = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office(), "--headless", place, "--convert-to", form, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (target / f"source.{form}").read_bytes()
