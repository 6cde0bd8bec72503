"""What was found by comparing, as workbooks: all of it, safe, marked, the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import gongkai
from gongkai import Assignment, InvalidValue, Plan, Section, Task, examples, tables
from gongkai.exchange.workbooks.comparison import diff_book
from gongkai.exchange.workbooks.grids import any_workbook, grid_book
from gongkai.exchange.writing import Writable
from tests.helpers_workbooks import cell_texts, opened, resaved

EVIL = "=cmd|'/c calc'!A0"


def plan_of(text: str, year: int) -> Plan:
    task = Task(text, label=text, assignments=[Assignment.lead(text)], extras=[(text, text)])
    return Plan(
        f"{text}{year}", [Section(text, [task, Task("公开目录。", label="2.")], label=text)], year=year
    )


@cache
def things(text: str | None) -> dict[str, Writable]:
    """Everything that can be written, of the examples or of plans that say one thing."""
    if text is None:
        old, new = examples.load("chenghu-2023"), examples.load("chenghu-2024")
        drafts = [examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs")]
    else:
        old, new = plan_of(text, 2023), plan_of(text, 2024).with_changes("2", text="公开" + text)
        drafts = [old, old.with_changes("2", text=text), old.with_changes("2", text=text + "。")]
    return {
        "diff": gongkai.diff(old, new),
        "alignment": gongkai.align(old, new),
        "coverage": gongkai.coverage(old, new),
        "history": gongkai.trace([old, new]),
        "consolidation": gongkai.consolidate([old, new]),
        "merge": gongkai.merge(*drafts),
        "table": tables.assignments(new),
    }


NAMES = tuple(things(EVIL))


@pytest.mark.parametrize("name", NAMES)
def test_everything_can_be_written(name: str, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    gongkai.write(things(None)[name], first)
    gongkai.write(things(None)[name], second, language="en")

    sheet = opened(first.read_bytes()).worksheets[0]
    assert sheet.max_row > 5
    assert sheet.print_title_rows
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes
    assert opened(second.read_bytes()).worksheets[0].title != sheet.title
    again = tmp_path / "c.xlsx"
    gongkai.write(things(None)[name], again)
    assert again.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("text", (EVIL, "@SUM(A1)", "&P", "\ta", "_x0041_", "\ud800"), ids=ascii)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_becomes_a_formula(name: str, text: str, tmp_path: Path) -> None:
    gongkai.write(things(text)[name], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {part: archive.read(part).decode("utf-8") for part in archive.namelist()}
    sheets = "".join([xml for part, xml in parts.items() if "/worksheets/sheet" in part])

    assert set(re.findall(r'<c [^>]*?\bt="(\w+)"', sheets)) <= {"inlineStr", "n"}
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    assert "cmd" not in parts["xl/workbook.xml"]
    feet = set(re.findall(r"<oddFooter>(.*?)</oddFooter>", sheets))
    assert len(feet) == 1
    assert all("&amp;P" in foot for foot in feet)


class TestDiff:
    old = Plan(
        "甲",
        [
            Task("每年公开目录。", label="1."),
            Task("公开预算。", label="2."),
            Task("举办开放日活动。", label="3."),
        ],
    )
    new = Plan(
        "乙",
        [
            Task("每季公开目录。", label="1."),
            Task("公开预算。", label="2."),
            Task("建设政策文件库。", label="3."),
        ],
    )

    def rich(self) -> dict[str, list[tuple[str, bool, bool]]]:
        """The cells with marks: their runs, and which are struck through or underlined."""
        data = diff_book(gongkai.diff(self.old, self.new), "zh")
        sheet = openpyxl.load_workbook(BytesIO(data), rich_text=True).worksheets[0]
        found: dict[str, list[tuple[str, bool, bool]]] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, CellRichText):
                    found[cell.coordinate] = [
                        (run.text, bool(run.font.strike), run.font.u is not None)
                        for run in cell.value
                        if isinstance(run, TextBlock)
                    ]
        return found

    def test_old_and_new_side_by_side_with_marks(self) -> None:
        runs = list(self.rich().values())

        assert [("每", False, False), ("年", True, False), ("公开目录。", False, False)] in runs
        assert [("每", False, False), ("季", False, True), ("公开目录。", False, False)] in runs
        assert [("举办开放日活动。", True, False)] in runs
        assert [("建设政策文件库。", False, True)] in runs

    def test_each_row_that_changed_is_there(self) -> None:
        rows = cell_texts(opened(diff_book(gongkai.diff(self.old, self.new), "zh")).worksheets[0])

        assert rows[0][0] == "《甲》与《乙》对照表"
        assert rows[1][0] == "修改 1　删除 1　新增 1"
        assert [row[0] for row in rows[3:]] == ["修改", "修改", "删除", "新增"]
        assert not [row for row in rows if "公开预算。" in row]

    def test_libreoffice_keeps_it(self, tmp_path: Path) -> None:
        data = diff_book(gongkai.diff(self.old, self.new), "zh")
        back = cell_texts(opened(resaved(data, tmp_path)).worksheets[0])

        assert [row[:11] for row in back[: len(cell_texts(opened(data).worksheets[0]))]] == cell_texts(
            opened(data).worksheets[0]
        )


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(InvalidValue, match="what a cell can hold"):
        grid_book("表", "表", [["a"], ["公" * 32_768]])


def test_wide_tables_are_printed_on_several_pages() -> None:
    wide = opened(grid_book("表", "表", [["公开" * 30] * 12] * 3)).worksheets[0]
    narrow = opened(any_workbook(tables.sections(examples.load("chenghu-2024")), "zh")).worksheets[0]

    assert wide.page_setup.fitToWidth == 2
    assert wide.print_title_cols == "$A:$A"
    assert narrow.page_setup.fitToHeight == 0
