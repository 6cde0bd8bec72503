"""A plan as a 任务分解表: printed as an office does, read back as it was, safe whatever the document says."""

from __future__ import annotations

import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.workbook import Workbook

import gongkai
from gongkai import Assignment, Deadline, InvalidValue, MissingExtra, Plan, Section, Stated, Task, examples
from gongkai.exchange.workbooks.paper import LONGEST, sheet_name
from gongkai.exchange.workbooks.task_table import task_table
from gongkai.testing import strategies
from tests.helpers_workbooks import PLAN, cell_texts, changed, opened, resaved, row_of, shown, task_of

slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TABLE = "任务分解表"
#: What a spreadsheet, or a program that reads it, might take for more than text.
DANGEROUS = (
    "=1+1", "＝1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1", "=cmd|'/c calc'!A0", "'=1", "#N/A", "{=1}",
    '=HYPERLINK("http://example.invalid","公开")', "_x003D_1", "1e5", "2024-10-31", "TRUE", "http://example.invalid",
    "&P&N&D", "a\x00b\x0bc\x1f", "\ud800", "\ufffe", "<b>&amp;</b>", "]]>", "区财政局\r\n区司法局", "👩‍👩‍👧 𠮷",
)  # fmt: skip


def written(plan: Plan) -> bytes:
    return task_table(plan, "zh")


def same(plan: Plan, other: Plan) -> bool:
    """Whether two plans are equal, and their keys and what stands outside equality as well."""
    blocks = list(zip(plan.walk(), other.walk(), strict=True))
    stated = [[time.stated for task in each.all_tasks for time in task.deadlines] for each in (plan, other)]
    return (
        plan == other
        and stated[0] == stated[1]
        and all(getattr(one, "key", None) == getattr(two, "key", None) for one, two in blocks)
    )


@slow
@given(strategies.plans())
def test_read_inverts_write(plan: Plan) -> None:
    back = gongkai.read(written(plan))

    assert same(back, plan)
    assert back.findings == ()


@slow
@given(strategies.printable_plans())
def test_read_inverts_write_of_printable_plans(plan: Plan) -> None:
    assert same(gongkai.read(written(plan)), plan)


@pytest.mark.parametrize("name", examples.names())
def test_every_example_comes_back(name: str, tmp_path: Path) -> None:
    plan = examples.load(name)
    gongkai.write(plan, tmp_path / "任务分解表.xlsx")

    assert same(gongkai.read(tmp_path / "任务分解表.xlsx"), plan)


def test_every_real_plan_comes_back(corpus: Path) -> None:
    files = [path for path in sorted((corpus / "corpus").rglob("*.*")) if path.suffix in {".txt", ".html"}]
    plans = {path.name: gongkai.read(path) for path in files}

    assert plans
    assert [name for name, plan in plans.items() if not same(gongkai.read(written(plan)), plan)] == []


def test_every_example_can_be_read_without_what_is_hidden() -> None:
    """Copied into another workbook, the table alone tells who must do what, by when."""
    for name in examples.names():
        plan = examples.load(name)
        bare = changed(written(plan), _without_hidden)
        back = gongkai.read(bare)
        facts = [
            {
                (task.text, tuple((item.role, item.names) for item in task.assignments))
                for task in each.all_tasks
            }
            for each in (plan, back)
        ]
        assert len(facts[0] - facts[1]) <= 1, name
        assert "R661" not in {finding.code for finding in back.findings}


def _without_hidden(book: Workbook) -> None:
    del book["gongkai"]
    for sheet in book.worksheets:
        sheet.delete_cols(sheet.max_column - 1, 2)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert written(PLAN) == written(PLAN)
    with zipfile.ZipFile(BytesIO(written(PLAN))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


class TestSheet:
    def test_what_is_printed(self) -> None:
        sheet = opened(written(PLAN))[TABLE]

        assert cell_texts(sheet) == [
            ["松屏区2024年政务公开工作要点", *[""] * 6],
            ["（松政办发〔2024〕7号）", *[""] * 6],
            ["序号", "工作任务", "牵头单位", "责任单位", "完成时限", "公开渠道", "备注"],
            ["一、深化重点领域信息公开", *[""] * 6],
            ["坚持公开为常态。", *[""] * 6],
            ["1.", "公开老旧小区改造进展。", "区住房城乡建设委", "各街道", "2024年10月", "", ""],
            ["2.", "公开预决算。", "", "区财政局", "", "", ""],
            ["", "公开审计结果。", "", "区审计局", "", "门户网站", ""],
            ["（一）规范决策公开", *[""] * 6],
            ["3.", "公布决策事项目录。", "区司法局", "", "", "", ""],
            ["二、强化保障", *[""] * 6],
            ["4.", "开展业务培训。", "", "", "", "", ""],
        ]

    def test_how_it_is_printed(self) -> None:
        sheet = opened(written(PLAN))[TABLE]

        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "A4"
        assert sheet.auto_filter.ref == "A3:G12"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        assert "A7:A8" in {str(merged) for merged in sheet.merged_cells.ranges}
        assert [sheet.column_dimensions[letter].hidden for letter in "GHI"] == [False, True, True]
        assert sheet["B6"].alignment.wrap_text
        assert sheet["B6"].font.name == "仿宋"
        assert sheet["A3"].font.name == "黑体"

    def test_what_each_role_and_manner_is_called(self) -> None:
        task = Task(
            "公开目录。",
            assignments=[
                Assignment("responsible", ["区司法局", "区财政局"], severally=True),
                Assignment("responsible", ["区审计局", "有关部门"], open=True),
                Assignment.support("区档案局"),
                Assignment.guide("市司法局"),
            ],
            deadlines=[
                Deadline.by_month(2024, 5),
                attrs.evolve(Deadline.by_month(2024, 6), stated=Stated.SENTENCE),
                Deadline.ongoing(),
            ],
        )
        rows = cell_texts(opened(written(Plan("要点", [task])))[TABLE])

        assert rows[2] == ["序号", "工作任务", "责任单位", "支持单位", "指导单位", "完成时限", "备注"]
        responsible = "区司法局、区财政局（分别负责）\n区审计局等有关部门"
        assert rows[3] == ["", "公开目录。", responsible, "区档案局", "市司法局", "2024年5月\n持续推进", ""]

    def test_a_long_text_has_a_high_row(self) -> None:
        plan = Plan("要点", [Task("公开。", label="1."), Task("公开目录。" * 60, label="2.")])
        sheet = opened(written(plan))[TABLE]

        assert sheet.row_dimensions[4].height < 30
        assert sheet.row_dimensions[5].height > 100

    def test_english_labels(self) -> None:
        sheet = opened(task_table(PLAN, "en"))["Tasks"]

        assert cell_texts(sheet)[2][:4] == ["No.", "Task", "Lead", "Responsible"]
        assert same(gongkai.read(task_table(PLAN, "en")), PLAN)


class TestEdits:
    def test_a_changed_cell_counts_and_all_else_stays(self) -> None:
        def edit(book: Workbook) -> None:
            row = row_of(book[TABLE], "公开老旧小区改造进展。")
            book[TABLE].cell(row, 2).value = "公开老旧小区改造计划，每季度更新。"
            book[TABLE].cell(row, 4).value = "各街道、区财政局"
            book[TABLE].cell(row, 5).value = "2024年11月底前"

        plan = gongkai.read(changed(written(PLAN), edit))

        assert task_of(plan, "1").text == "公开老旧小区改造计划，每季度更新。"
        assert [item.names for item in task_of(plan, "1").assignments] == [
            ("区住房城乡建设委",),
            ("各街道", "区财政局"),
        ]
        assert [(time.text, time.stated) for time in task_of(plan, "1").deadlines] == [
            ("2024年11月底前", "column"),
            ("每季度", "sentence"),
        ]
        assert [finding.code for finding in plan.findings] == ["R660"]
        assert plan.without("1") == PLAN.without("1")

    def test_what_names_no_time_any_more(self) -> None:
        def edit(book: Workbook) -> None:
            book[TABLE]["E6"].value = None
            book[TABLE]["C6"].value = None

        plan = gongkai.read(changed(written(PLAN), edit))

        assert task_of(plan, "1").deadlines == ()
        assert [item.role for item in task_of(plan, "1").assignments] == ["responsible"]

    def test_rows_that_are_moved_added_and_removed(self) -> None:
        def edit(book: Workbook) -> None:
            sheet = book[TABLE]
            for merged in list(sheet.merged_cells.ranges):  # openpyxl leaves them where they were
                sheet.unmerge_cells(str(merged))
            sheet.delete_rows(row_of(sheet, "公开老旧小区改造进展。"))
            sheet.append(["5.", "建设政策文件库。", None, "区政府办公室", "2024年6月"])
            sheet.append(["三、加强监督"])
            sheet.append([6, "开展评议。"])

        plan = gongkai.read(changed(written(PLAN), edit))

        assert [task.text for task in plan.sections[0].tasks] == ["", "公布决策事项目录。"]
        assert [task.text for task in plan.sections[1].tasks] == ["开展业务培训。", "建设政策文件库。"]
        assert plan.sections[1].tasks[1].departments[0].name == "区政府办公室"
        assert plan.sections[1].tasks[1].deadlines[0].due == Deadline.by_month(2024, 6).due
        assert plan.sections[2].heading == "加强监督"
        assert [task.label for task in plan.sections[2].tasks] == ["6"]

    def test_a_task_that_is_moved_to_another_chapter(self) -> None:
        def edit(book: Workbook) -> None:
            sheet = book[TABLE]
            row = row_of(sheet, "公开老旧小区改造进展。")
            values = [cell.value for cell in sheet[row]]
            sheet.append(values)
            for at in range(1, len(values) + 1):
                sheet.cell(row, at).value = None

        plan = gongkai.read(changed(written(PLAN), edit))

        assert [task.key for task in plan.sections[1].tasks] == ["4", "1"]
        assert task_of(plan, "1") == PLAN["1"]

    def test_a_copied_row_is_one_more_task(self) -> None:
        def edit(book: Workbook) -> None:
            sheet = book[TABLE]
            sheet.append([cell.value for cell in sheet[row_of(sheet, "开展业务培训。")]])

        plan = gongkai.read(changed(written(PLAN), edit))

        assert [task.text for task in plan.sections[1].tasks] == ["开展业务培训。"] * 2
        assert len({task.key for task in plan.all_tasks}) == len(plan.all_tasks)

    def test_the_number_of_an_item_that_is_printed_with_its_first_part(self) -> None:
        plan = gongkai.read(changed(written(PLAN), lambda book: book[TABLE].__setitem__("A7", "2-1.")))

        assert task_of(plan, "2").label == "2-1."
        assert [part.label for part in task_of(plan, "2").parts] == [None, None]

    def test_what_is_said_about_the_document(self) -> None:
        def edit(book: Workbook) -> None:
            book[TABLE]["A1"].value = "松屏区2024年政务公开要点"
            sheet = book["文件信息"]
            sheet.cell(row_of(sheet, "成文日期"), 2).value = "2024年5月6日"
            sheet.cell(row_of(sheet, "实施日期"), 2).value = "尽快"
            sheet.cell(row_of(sheet, "请落实。"), 2).value = "请认真落实。"
            sheet.delete_rows(row_of(sheet, "请于年底前报送总结。"))
            sheet.append(["联系人", "某某"])

        plan = gongkai.read(changed(written(PLAN), edit))

        assert plan.title == "松屏区2024年政务公开要点"
        assert str(plan.record.issued_on) == "2024-05-06"
        assert plan.record.effective_on is None
        assert plan.record.others == (("栏目", "公开"), ("联系人", "某某"))
        assert plan.notice is not None
        assert plan.notice.body == ("请认真落实。",)
        assert plan.closing == ()
        assert plan.preamble == PLAN.preamble
        assert plan.content == PLAN.content
        assert [finding.code for finding in plan.findings] == ["R662", "R660"]

    def test_a_column_that_somebody_added_is_kept(self) -> None:
        def edit(book: Workbook) -> None:
            book[TABLE].cell(3, 10).value = "联系电话"
            book[TABLE].cell(6, 10).value = "0000"

        assert task_of(gongkai.read(changed(written(PLAN), edit)), "1").extras == (("联系电话", "0000"),)

    def test_what_was_hidden_is_damaged(self) -> None:
        def edit(book: Workbook) -> None:
            book["gongkai"]["A3"].value = "{}"

        plan = gongkai.read(changed(written(PLAN), edit))

        assert "R661" in {finding.code for finding in plan.findings}
        assert "公开老旧小区改造进展。" in {task.text for task in plan.tasks}


@pytest.mark.parametrize("text", DANGEROUS, ids=ascii)
def test_no_text_becomes_a_formula_or_markup(text: str) -> None:
    plan = Plan(
        text,
        [
            Section(text, label=text, content=[
                Task(text, label=text, assignments=[Assignment.lead(text)], deadlines=[Deadline.ongoing(text)],
                     extras=[(text, text)])
            ]),
        ],
        preamble=[text],
    )  # fmt: skip
    data = written(plan)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    sheets = "".join([xml for name, xml in parts.items() if "/worksheets/sheet" in name])

    assert "<f>" not in sheets
    assert "<f " not in sheets
    assert "hyperlink" not in sheets
    assert set(re.findall(r'<c [^>]*?\bt="(\w+)"', sheets)) <= {"inlineStr", "n"}
    assert "<v>" not in sheets
    assert not [name for name in parts if re.search("comments|externalLink|vba|connections", name)]
    assert set(re.findall(r'definedName[^>]* name="([^"]*)"', parts["xl/workbook.xml"])) <= {
        "_xlnm.Print_Titles",
        "_xlnm.Print_Area",
        "_xlnm._FilterDatabase",
    }
    assert re.findall(r"<oddFooter>(.*?)</oddFooter>", sheets)
    assert {
        footer for footer in re.findall(r"<oddFooter>(.*?)</oddFooter>", sheets) if "&amp;P" not in footer
    } == set()
    assert same(gongkai.read(data), plan)


def test_a_text_that_looks_like_a_formula_is_marked_as_text() -> None:
    sheet = opened(written(Plan("要点", [Task("=1+1"), Task("公开。")])))[TABLE]

    assert sheet["B4"].quotePrefix
    assert not sheet["B5"].quotePrefix


def test_a_text_longer_than_a_cell_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="at most 32,767 characters"):
        gongkai.write(Plan("要点", [Task("公" * (LONGEST + 1))]), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []

    longest = Plan("要点", [Task("公" * LONGEST)])
    assert gongkai.read(written(longest)) == longest


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    gongkai.write(PLAN, tmp_path / "a.xlsx")
    with pytest.raises(FileExistsError):
        gongkai.write(Plan("要点"), tmp_path / "a.xlsx")

    assert gongkai.read(tmp_path / "a.xlsx") == PLAN


@pytest.mark.parametrize(
    "wanted",
    ("", "[]:*?/\\", "'", "=1+1", "a" * 40, "区委/区政府", "\ud800\x00", "History", "👩" * 20, "  "),
    ids=ascii,
)
def test_a_sheet_has_a_name_that_programs_take(wanted: str) -> None:
    first = sheet_name(wanted, [])
    second = sheet_name(wanted, [first.upper()])

    for name in (first, second):
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\x00")
        assert name[0] not in "'="
        assert name[-1] != "'"
    assert first.casefold() != second.casefold()


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"pip install 'gongkai\[documents\]'"):
        written(PLAN)


def test_libreoffice_opens_it_and_loses_nothing(tmp_path: Path) -> None:
    plan = attrs.evolve(
        PLAN, content=(*PLAN.content, Task("=1+1", label="5."), Task("a\x0bb _x0041_", label="6."))
    )
    back = gongkai.read(resaved(written(plan), tmp_path))

    assert same(back, plan)
    assert back.findings == ()
    assert {sheet.title for sheet in shown(opened(written(plan)))} == {TABLE, "文件信息"}


def test_what_no_sheet_can_hold_is_refused() -> None:
    from gongkai.exchange.workbooks.paper import MOST_ROWS, new_book, put

    sheet = new_book().create_sheet("任务")
    put(sheet, MOST_ROWS, 1, "公开目录。")

    with pytest.raises(InvalidValue, match=r"1,048,576 rows.*write \.csv"):
        put(sheet, MOST_ROWS + 1, 1, "公开目录。")
