"""A ledger goes out and comes back: sorted, cut up, filled in as people do; what was reported is what was written."""

from __future__ import annotations

import re
import tomllib
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import gongkai
from gongkai import (
    Assignment,
    Deadline,
    InvalidValue,
    Ledger,
    LoadError,
    Plan,
    Progress,
    ReadError,
    Section,
    Task,
    parse_deadline,
)
from gongkai.exchange.ledger.values import Ambiguous, day_in, percent_in, status_in
from gongkai.exchange.ledger.writing import ledger_book
from gongkai.reading.extract import KeptCell
from gongkai.testing import strategies
from tests.helpers_workbooks import PLAN, cell_texts, changed, opened, resaved, row_of, task_of

VALUES = tomllib.loads(
    Path(__file__).parent.joinpath("data", "ledger_values.toml").read_text(encoding="utf-8")
)
TODAY = date(2024, 11, 5)
HEADS = [
    "序号",
    "章节",
    "工作任务",
    "牵头单位",
    "责任单位",
    "完成时限",
    "截止日期",
    "进展状态",
    "完成进度",
    "完成日期",
    "进展情况",
    "责任人",
    "时限提醒",
]
STATUS, PERCENT, DAY, NOTE, WHO = 8, 9, 10, 11, 12
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def written(plan: Plan = PLAN, progress: tuple[Progress, ...] = (), *, by_department: bool = False) -> bytes:
    return ledger_book(plan, by_department=by_department, progress=progress, today=TODAY, language="zh")


def returned(*files: bytes, folder: Path, plan: Plan | None = None) -> Ledger:
    paths = [folder / f"{at}.xlsx" for at, _ in enumerate(files, 1)]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return gongkai.read_ledger(paths, plan)


def codes(ledger: Ledger) -> list[str]:
    return [finding.code for finding in ledger.findings]


def fill(sheet: Worksheet, text: str, **values: Any) -> None:
    """Fill in the row of a task."""
    row = row_of(sheet, text)
    heads = {str(cell.value): at for at, cell in enumerate(sheet[3], 1)}
    for head, value in values.items():
        sheet.cell(row, heads[head]).value = value


@st.composite
def reports(draw: st.DrawFn) -> tuple[Plan, tuple[Progress, ...]]:
    """A plan, and something reported of some of its tasks."""
    plan = draw(st.one_of(strategies.plans(), strategies.printable_plans()))
    found: list[Progress] = []
    for task in Ledger(plan).tasks:
        item = draw(strategies.progress(task.key or ""))
        found += [item] if item != Progress(task.key or "") else []
    return plan, tuple(found)


@slow
@given(reports())
def test_what_is_reported_comes_back(
    tmp_path_factory: pytest.TempPathFactory, report: tuple[Plan, tuple[Progress, ...]]
) -> None:
    plan, progress = report
    for by_department in (False, True):
        data = ledger_book(plan, by_department=by_department, progress=progress, today=None, language="zh")
        if not Ledger(plan).tasks:
            continue
        ledger = returned(data, folder=tmp_path_factory.mktemp("ledger"))
        assert ledger.progress == progress
        assert ledger.edited is None
        assert ledger.plan == plan
        assert set(codes(ledger)) <= {"L108"}
        assert gongkai.read(data) == plan


class TestValues:
    @pytest.mark.parametrize(("text", "status"), VALUES["status"])
    def test_a_status_is_read_as_people_write_it(self, text: str, status: str) -> None:
        assert (status_in(text) or "") == status

    @pytest.mark.parametrize(("text", "number", "percent"), VALUES["percent"])
    def test_a_share_is_read_as_people_write_it(self, text: str, number: str, percent: int) -> None:
        assert percent_in(KeptCell(0, 0, text, number)) == (percent if percent >= 0 else None)

    @pytest.mark.parametrize(("text", "number", "day"), VALUES["day"])
    def test_a_day_is_read_as_people_write_it(self, text: str, number: str, day: str) -> None:
        try:
            found = str(day_in(KeptCell(0, 0, text, number), 2024) or "")
        except Ambiguous:
            found = "?"
        assert found == day

    def test_days_that_are_counted_from_1904(self) -> None:
        assert day_in(KeptCell(0, 0, "44134", "44134"), 2024, from_1904=True) == date(2024, 10, 31)


class TestSheet:
    def test_what_it_shows(self) -> None:
        done = Progress("1", "done", percent=100, completed_on=date(2024, 9, 30), note="已公开。", who="某某")
        book = opened(written(progress=(done,)))
        sheet = book["台账"]

        assert cell_texts(sheet)[2] == HEADS
        assert cell_texts(sheet)[3][:12] == [
            *(
                "1.",
                "一、深化重点领域信息公开",
                "公开老旧小区改造进展。",
                "区住房城乡建设委",
                "各街道",
                "2024年10月",
            ),
            *("2024-10-31 00:00:00", "已完成", "1", "2024-09-30 00:00:00", "已公开。", "某某"),
        ]
        assert [row[0] for row in cell_texts(sheet)[3:]] == ["1.", "2.1", "2.2", "3.", "4."]
        assert sheet.freeze_panes == "D4"
        assert sheet.auto_filter.ref == "A3:M8"
        assert sheet.print_title_rows == "$3:$3"
        assert [sheet.column_dimensions[letter].hidden for letter in "MNO"] == [False, True, True]
        assert book["gongkai"].sheet_state == "veryHidden"

    def test_lists_to_choose_from(self) -> None:
        rules = opened(written())["台账"].data_validations.dataValidation

        assert [(rule.type, rule.formula1, str(rule.sqref)) for rule in rules] == [
            ("list", '"未启动,进行中,已完成,暂缓"', "H4:H58"),
            ("decimal", "0", "I4:I58"),
            ("date", "36526", "J4:J58"),
        ]

    def test_every_formula_is_ours(self) -> None:
        """No formula holds a word of the document, even where the document is nothing but formulas."""
        evil = "=cmd|'/c calc'!A0&\""
        plan = Plan(
            evil,
            [Section(evil, [Task(evil, label=evil, assignments=[Assignment.lead(evil)])], label=evil)],
        )
        for by_department in (False, True):
            with zipfile.ZipFile(BytesIO(written(plan, by_department=by_department))) as archive:
                parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
            formulas = [
                formula
                for xml in parts.values()
                for formula in re.findall(r"<(?:\w+:)?(?:f|formula|formula1|formula2)>(.*?)</", xml)
            ]
            names = re.findall(r"<definedName [^>]*>(.*?)</definedName>", parts["xl/workbook.xml"])
            assert formulas
            assert not [formula for formula in formulas if "cmd" in formula]
            assert all(re.fullmatch(r"'[^'\[\]:*?/\\]{1,31}'!\$.*|\S*!\$.*", name) for name in names)
            assert "hyperlink" not in "".join(parts.values()).replace("schemas", "")

    def test_a_sheet_for_each_department(self) -> None:
        plan = Plan(
            "要点",
            [
                Task("甲。", assignments=[Assignment.lead("区司法局"), Assignment.responsible("区委/区政府[办]")]),
                Task("乙。", assignments=[Assignment.responsible("区司法局")]),
                Task("丙。"),
                Task("丁。", assignments=[Assignment.lead("汇总"), Assignment.lead("长" * 40), Assignment.lead("长" * 41)]),
            ],
        )  # fmt: skip
        book = opened(written(plan, by_department=True))
        names = [sheet.title for sheet in book.worksheets]

        assert names[:5] == ["汇总", "区司法局", "区委_区政府_办_", "未明确责任单位", "汇总 2"]
        assert names[5:] == ["长" * 31, "长" * 29 + " 2", "gongkai"]
        assert [row[2] for row in cell_texts(book["区司法局"])[3:]] == ["甲。", "乙。"]
        at = cell_texts(book["区司法局"])[2].index("承担职责")
        assert [row[at] for row in cell_texts(book["区司法局"])[3:]] == ["牵头", "责任"]
        assert cell_texts(book["汇总"])[2] == ["区司法局", "2", "1", "1", "0", "区司法局"]

    def test_the_same_plan_gives_the_same_bytes(self) -> None:
        assert written(by_department=True) == written(by_department=True)

    def test_another_suffix_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue, match=r"ends in \.xlsx"):
            gongkai.write_ledger(PLAN, tmp_path / "a.csv")

    def test_a_file_that_is_there_stays(self, tmp_path: Path) -> None:
        gongkai.write_ledger(PLAN, tmp_path / "a.xlsx")
        with pytest.raises(FileExistsError):
            gongkai.write_ledger(PLAN, tmp_path / "a.xlsx")


class TestReturn:
    def test_what_was_filled_in(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            fill(
                book["台账"],
                "公开老旧小区改造进展。",
                进展状态="办结",
                完成进度="100%",
                完成日期="10月8日",
                责任人=" 某某 ",
            )
            fill(book["台账"], "公开预决算。", 进展状态="推进中", 完成进度=0.8, 进展情况="已汇总。")
            fill(book["台账"], "公开审计结果。", 完成日期=date(2024, 9, 30))

        ledger = returned(changed(written(), edit), folder=tmp_path)

        assert ledger.progress == (
            Progress("1", "done", percent=100, completed_on=date(2024, 10, 8), who="某某"),
            Progress("2.1", "in-progress", percent=80, note="已汇总。"),
            Progress("2.2", completed_on=date(2024, 9, 30)),
        )
        assert [item.place for item in ledger.progress] == ["1.xlsx 台账!4", "1.xlsx 台账!5", "1.xlsx 台账!6"]
        assert ledger.edited is None
        assert len(ledger.diff().changes) == 0

    def test_what_cannot_be_read_is_told_and_not_guessed(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            fill(book["台账"], "公开老旧小区改造进展。", 进展状态="还行", 完成进度="过半", 完成日期="快了")
            fill(book["台账"], "公开预决算。", 完成日期=10.3)
            fill(book["台账"], "公开审计结果。", 进展状态="已完成", 完成进度="80%")

        ledger = returned(changed(written(), edit), folder=tmp_path)

        assert sorted(codes(ledger)) == ["L101", "L102", "L103", "L104", "L108"]
        assert ledger.findings[0].zh == "进展状态无法识别：还行（1.xlsx 台账!4）"
        assert ledger.progress == (Progress("2.2", "done", percent=80),)

    def test_rows_may_be_sorted_copied_and_taken_out(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            sheet = book["台账"]
            fill(sheet, "开展业务培训。", 进展状态="已完成")
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
            for at, values in enumerate([rows[4], rows[0], rows[4], rows[2]], 4):
                for column, value in enumerate(values, 1):
                    sheet.cell(at, column).value = value
            sheet.delete_rows(8, 5)

        ledger = returned(changed(written(), edit), folder=tmp_path)

        assert ledger.progress == (Progress("4", "done"),)
        assert codes(ledger) == ["L107"]
        assert ledger.edited is None

    def test_a_row_that_lost_its_key_is_known_by_its_text(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            sheet = book["台账"]
            fill(
                sheet,
                "公开老旧小区改造进展。",
                进展状态="已完成",
                **{"gongkai:key": None, "gongkai:digest": None},
            )
            fill(
                sheet,
                "公布决策事项目录。",
                进展状态="进行中",
                工作任务="公布重大决策事项目录。",
                **{"gongkai:key": None, "gongkai:digest": None},
            )
            sheet.append(["9.", "", "组织运动会。", "", "", "", "", "已完成"])

        ledger = returned(changed(written(), edit), folder=tmp_path)

        assert ledger.progress == (Progress("1", "done"), Progress("3", "in-progress"))
        assert sorted(codes(ledger)) == ["L105", "L106", "L106"]
        assert ledger.edited is not None
        assert ledger.edited["3"] == attrs.evolve(task_of(PLAN, "3"), text="公布重大决策事项目录。")

    def test_a_table_of_somebodys_own(self, tmp_path: Path) -> None:
        """Without hidden columns or sheet, under heads of the department's own, with the plan at hand."""
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in (
            ["区财政局落实情况表"],
            ["序号", "重点任务", "责任单位", "落实情况", "完成时间", "是否完成"],
            [1, "公开预决算。", "区财政局", "已在网站公开", "2024.6.30", "是"],
            [2, "公布决策事项目录。", "区司法局", "", "", "否"],
        ):
            sheet.append(row)
        target = BytesIO()
        book.save(target)

        ledger = returned(target.getvalue(), folder=tmp_path, plan=PLAN)

        assert ledger.progress == (
            Progress("2.1", "done", completed_on=date(2024, 6, 30), note="已在网站公开"),
            Progress("3", "in-progress"),
        )
        with pytest.raises(ReadError, match="keeps no plan"):
            returned(target.getvalue(), folder=tmp_path)

    def test_what_one_file_lacks_another_changes(self, tmp_path: Path) -> None:
        """The first file is a table of somebody's own, without a column for deadlines."""
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.append(["工作任务", "进展状态"])
        sheet.append(["公开老旧小区改造进展。", "已完成"])
        target = BytesIO()
        book.save(target)
        second = changed(
            written(), lambda book: fill(book["台账"], "公开老旧小区改造进展。", 完成时限="2024年12月")
        )

        ledger = returned(target.getvalue(), second, folder=tmp_path)

        assert ledger.progress == (Progress("1", "done"),)
        assert ledger.edited is not None
        assert ledger.edited.tasks[0].deadlines[0].due == date(2024, 12, 31)

    def test_sheets_that_come_back_separately(self, tmp_path: Path) -> None:
        data = written(by_department=True)

        def only(name: str, **values: str) -> bytes:
            def edit(book: Workbook) -> None:
                for sheet in list(book.worksheets):
                    if sheet.title != name:
                        book.remove(sheet)
                fill(book[name], "公开老旧小区改造进展。", **values)

            return changed(data, edit)

        first = only("区住房城乡建设委", 进展状态="已完成", 进展情况="已公开。")
        second = only("各街道", 进展状态="进行中", 责任人="某某")
        ledger = returned(first, second, folder=tmp_path, plan=PLAN)

        assert ledger.progress == (Progress("1", "done", note="已公开。", who="某某"),)
        assert [(item.key, item.field, item.values) for item in ledger.disagreements] == [
            ("1", "status", (("已完成", "1.xlsx 区住房城乡建设委!4"), ("进行中", "2.xlsx 各街道!4")))
        ]
        assert codes(ledger) == ["L107", "L110"]

    def test_changes_of_the_plan_are_a_diff(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            fill(book["台账"], "公开老旧小区改造进展。", 责任单位="各街道、区财政局", 完成时限="2024年12月")
            fill(book["台账"], "开展业务培训。", 截止日期=date(2024, 6, 30))
            fill(book["台账"], "公布决策事项目录。", 工作任务="公布并更新决策事项目录。")

        ledger = returned(changed(written(), edit), folder=tmp_path)

        assert ledger.edited is not None
        assert sorted({change.kind.value for change in ledger.diff().changes}) == [
            "reassigned",
            "rescheduled",
            "reworded",
        ]
        assert [item.names for item in ledger.edited.tasks[0].assignments][1] == ("各街道", "区财政局")
        assert ledger.edited.tasks[-1].deadlines[0].due == date(2024, 6, 30)
        assert ledger.diff().apply(PLAN) == ledger.edited

    def test_against_a_newer_version_of_the_plan(self, tmp_path: Path) -> None:
        newer = PLAN.with_changes("1", text="公开老旧小区改造计划。")

        def edit(book: Workbook) -> None:
            fill(book["台账"], "公开老旧小区改造进展。", 进展状态="已完成")

        ledger = returned(changed(written(), edit), folder=tmp_path, plan=newer)

        assert ledger.plan == newer
        assert ledger.edited is None
        assert ledger.progress == (Progress("1", "done"),)
        assert codes(ledger) == ["L109"]

    def test_what_is_no_ledger(self, tmp_path: Path) -> None:
        gongkai.write(PLAN, tmp_path / "表.xlsx")
        (tmp_path / "a.txt").write_text("公开", encoding="utf-8")
        book = Workbook()
        book.save(tmp_path / "empty.xlsx")

        with pytest.raises(ReadError, match="no workbook"):
            gongkai.read_ledger(tmp_path / "a.txt")
        with pytest.raises(ReadError, match="no rows of a ledger"):
            gongkai.read_ledger(tmp_path / "empty.xlsx", PLAN)
        with pytest.raises(ReadError, match="cannot be opened"):
            gongkai.read_ledger(tmp_path / "none.xlsx")
        with pytest.raises(InvalidValue, match="a file, or several"):
            gongkai.read_ledger([])

    def test_libreoffice_saves_it_and_loses_nothing(self, tmp_path: Path) -> None:
        done = (Progress("1", "done", percent=100, completed_on=date(2024, 9, 30), note="=1+1", who="某某"),)
        ledger = returned(resaved(written(progress=done, by_department=True), tmp_path), folder=tmp_path)

        assert ledger.progress == done
        assert ledger.plan == PLAN
        assert ledger.edited is None
        assert codes(ledger) == []


class TestDays:
    plan = Plan(
        "要点",
        [
            Task("甲。", label="1.", deadlines=[Deadline.by_month(2024, 10)], assignments=[Assignment.lead("区司法局")]),
            Task("乙。", label="2.", deadlines=[Deadline.by_month(2024, 11)]),
            Task("丙。", label="3.", deadlines=[parse_deadline("每季度") or Deadline.ongoing()]),
            Task("丁。", label="4.", deadlines=[Deadline.by_month(2024, 6), Deadline.by_month(2024, 12)]),
            Task("戊。", label="5.", deadlines=[Deadline.by_month(2024, 5)]),
            Task("己。", label="6.", deadlines=[Deadline.by_month(2024, 5)]),
        ],
    )  # fmt: skip
    ledger = Ledger(plan, (Progress("5", "done"), Progress("6", "paused"), Progress("2", "in-progress")))

    def test_what_is_overdue(self) -> None:
        assert [task.key for task in self.ledger.overdue(TODAY)] == ["1"]
        assert [task.key for task in self.ledger.overdue(date(2024, 10, 31))] == []
        assert [task.key for task in self.ledger.overdue(date(2025, 1, 1))] == ["1", "2", "4"]

    def test_what_is_due_soon(self) -> None:
        assert [(str(day), task.key) for day, task in self.ledger.due_soon(TODAY)] == [("2024-11-30", "2")]
        assert [(str(day), task.key) for day, task in self.ledger.due_soon(TODAY, days=60)] == [
            ("2024-11-30", "2"),
            ("2024-12-31", "3"),
            ("2024-12-31", "4"),
        ]

    def test_counts(self) -> None:
        counts = self.ledger.counts(TODAY)
        assert (counts.tasks, counts.done, counts.in_progress, counts.paused) == (6, 1, 1, 1)
        assert (counts.unreported, counts.overdue, counts.department) == (3, 1, None)
        (justice,) = self.ledger.by_department(TODAY)
        assert (justice.department, justice.tasks, justice.overdue) == ("区司法局", 1, 1)


class TestJson:
    @slow
    @given(reports())
    def test_from_json_inverts_to_json(self, report: tuple[Plan, tuple[Progress, ...]]) -> None:
        ledger = Ledger(*report)

        assert Ledger.from_json(ledger.to_json()) == ledger
        assert Ledger.from_json(ledger.to_json(indent=2)) == ledger

    @pytest.mark.parametrize(
        ("text", "said"),
        (
            ("{", "not JSON"),
            ("[]", "expected 1"),
            ('{"gongkai-ledger": 2}', "expected 1"),
            (
                '{"gongkai-ledger": 1, "plan": {"gongkai": 1, "title": "a"}, "progress": [{"status": "done"}]}',
                "with a key",
            ),
            (
                '{"gongkai-ledger": 1, "plan": {"gongkai": 1, "title": "a"}, "progress": [{"key": "1", "percent": 101}]}',
                "from 0 to 100",
            ),
        ),
    )
    def test_what_is_no_ledger_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(LoadError, match=said):
            Ledger.from_json(text)
