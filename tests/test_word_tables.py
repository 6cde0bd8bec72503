"""What was found out about plans as Word documents: tables that go round a table."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

import gongkai
from gongkai import Assignment, Deadline, Diff, Plan, Section, Task, examples
from gongkai.exchange.word.comparison import comparison_docx
from gongkai.exchange.word.overviews import coverage_docx, history_docx, matters_docx
from tests.helpers_office import as_pdf, needs_office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def diff() -> Diff:
    return gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))


def table_of(data: bytes) -> Any:
    (found,) = Document(BytesIO(data)).tables
    return found


def marked(cell: Any, tag: str) -> str:
    """The text of a cell that a mark of that name stands on."""
    runs = [run for run in cell._tc.iter(f"{W}r") if run.find(f"{W}rPr/{W}{tag}") is not None]
    return "".join(text for run in runs for text in run.itertext(f"{W}t"))


def test_what_went_is_struck_through_and_what_came_underlined() -> None:
    held = [Assignment.lead("区司法局")]
    task = Task(
        "每年公开预算目录50件。", label="1.", assignments=held, deadlines=[Deadline.by_month(2024, 6)]
    )
    old = Plan("澄湖区2023年政务公开工作要点", [Section("深化公开", [task], label="一、")])
    new = old.with_changes("1", text="每年公开预算目录500件以上。", assignments=[Assignment.lead("区财政局")])
    row = table_of(comparison_docx(gongkai.diff(old, new))).rows[2]

    number, before, after, told = row.cells
    assert number.text == "1"
    assert before.text == "1.每年公开预算目录50件。\n（区司法局牵头，完成时限：2024年6月）"
    assert after.text == "1.每年公开预算目录500件以上。\n（区财政局牵头，完成时限：2024年6月）"
    assert (marked(before, "strike"), marked(after, "u")) == ("50司法", "500以上财政")
    assert (marked(before, "u"), marked(after, "strike")) == ("", "")
    assert told.text.startswith("修改；改写\n")
    assert "区财政局" in told.text


def test_each_row_that_changed_is_there_once(diff: Diff) -> None:
    table = table_of(comparison_docx(diff))
    numbers = [row.cells[0].text for row in table.rows[1:]]
    rows = [row for row in diff.tasks if row.status != "same"]

    assert [number for number in numbers if number.isdecimal()] == [str(at) for at in range(1, len(rows) + 1)]
    sides = [
        (row.cells[1].text, row.cells[2].text) for row in table.rows[1:] if row.cells[0].text.isdecimal()
    ]
    for row, shown in zip(rows, sides, strict=True):
        for blocks, text in zip((row.old, row.new), shown, strict=True):
            assert all(" ".join(task.text.split("\n")) in text for task in blocks if isinstance(task, Task))


def test_the_head_stands_on_each_page_and_the_page_on_its_side(diff: Diff) -> None:
    body = etree.fromstring(ZipFile(BytesIO(comparison_docx(diff))).read("word/document.xml"))

    assert body.find(f".//{W}tr/{W}trPr/{W}tblHeader") is not None
    assert body.find(f".//{W}pgSz").get(f"{W}orient") == "landscape"


def test_what_changed_outside_the_tasks_is_told_below(diff: Diff) -> None:
    texts = [paragraph.text for paragraph in Document(BytesIO(comparison_docx(diff))).paragraphs]

    assert "任务以外的变化" in texts
    assert any(text.startswith("新增章节“一、总体要求”") for text in texts)


def test_plans_that_are_alike_have_no_table() -> None:
    plan = examples.load("chenghu-2024")
    made = Document(BytesIO(comparison_docx(gongkai.diff(plan, plan))))

    assert not made.tables
    assert "两份文件的任务没有变化。" in [paragraph.text for paragraph in made.paragraphs]


def test_words_are_in_the_language_that_is_asked_for(diff: Diff) -> None:
    table = table_of(comparison_docx(diff, "en"))

    assert [table.rows[0].cells[at].text for at in (0, 3)] == ["No.", "Change"]


def test_a_coverage_has_a_row_a_task() -> None:
    cover = gongkai.coverage(examples.load("lanjiang-2024"), examples.load("chenghu-2024"))
    table = table_of(coverage_docx(cover))

    assert [cell.text for cell in table.rows[0].cells][:3] == ["任务编号", "任务内容", "承接情况"]
    assert len(table.rows) == 1 + len(cover.table()) + len(cover.extra)
    assert [row.cells[1].text for row in table.rows[1:3]] == [row["text"] for row in cover.table()[:2]]


def test_a_history_has_a_row_for_each_plan_of_a_thread() -> None:
    history = gongkai.trace([examples.load(f"chenghu-{year}") for year in (2022, 2023)])
    table = table_of(history_docx(history))

    assert len(table.rows) == 1 + len(history.table())


def test_a_table_of_matters_has_a_column_a_plan() -> None:
    matters = gongkai.consolidate([examples.load("chenghu-2024"), examples.load("songping-2024")])
    table = table_of(matters_docx(matters))

    assert [cell.text for cell in table.rows[0].cells] == ["编号", "事项", *matters.columns]
    numbers = [row.cells[0].text for row in table.rows if row.cells[0].text.isdecimal()]
    assert len(numbers) == len(matters.rows)


@needs_office
def test_a_comparison_opens_in_an_office(diff: Diff, tmp_path: Path) -> None:
    gongkai.write(diff, tmp_path / "对照表.docx")
    text = gongkai.read(as_pdf(tmp_path / "对照表.docx", tmp_path)).source

    assert text is not None
    assert "修改对照表" in (text.text or "")


def test_the_same_comparison_is_the_same_file(diff: Diff) -> None:
    assert comparison_docx(diff) == comparison_docx(Diff.from_json(diff.to_json()))
