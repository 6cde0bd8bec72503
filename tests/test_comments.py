"""Comments on a draft: read from sheets, made where they are exact, kept where they are not."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Assignment, Comment, Deadline, InvalidValue, Plan, ReadError, Section, Stated, Task
from gongkai.merging import Merge, RemarkKind

CASES = tomllib.loads((Path(__file__).parent / "data" / "comments.toml").read_text(encoding="utf-8"))["case"]
TEXT = "公开目录，每年更新一次。做好解读。"


def draft() -> Plan:
    due = Deadline("2025年10月", "month", Deadline.by_month(2025, 10).due, stated=Stated.CLAUSE)
    tasks = [
        Task(TEXT, label="1.", assignments=[Assignment.responsible("区财政局", "区教委")], deadlines=[due]),
        Task("公布入湖河道的水质监测数据。", label="2."),
        Task("发布公交线网调整方案，说明增减班次的理由。", label="3."),
    ]
    return Plan("澄湖区2025年政务公开工作要点", [Section("重点任务", tasks, label="一、")])


def commented(*comments: Comment) -> Merge:
    return gongkai.merge_all(draft(), {}, comments=comments)


class TestUnderstanding:
    @pytest.mark.parametrize("case", CASES, ids=[case["proposal"] for case in CASES])
    def test_it_does_what_it_asks_for(self, case: dict[str, Any]) -> None:
        asked = {name: case[name] for name in ("proposal", "quote", "field") if name in case}
        merge = commented(Comment("区司法局", task="1", **asked))
        task, before = merge.plan.tasks[0], draft().tasks[0]
        (remark,) = merge.remarks

        assert remark.kind == case.get("kind", "change")
        assert remark.rest == case.get("rest", "")
        assert task.text == case.get("text", TEXT)
        if "roles" in case:
            assert {one.role.value: list(one.names) for one in task.assignments} == case["roles"]
        else:
            assert task.assignments == before.assignments
        assert [one.text for one in task.deadlines] == [case.get("deadline", "2025年10月")]
        assert merge.conflicts == ()

    def test_a_task_may_go(self) -> None:
        merge = commented(Comment("甲局", task="第2条", proposal="建议删除该条"))

        assert [task.label for task in merge.plan.tasks] == ["1.", "2."]
        assert merge.plan.tasks[1].text.startswith("发布公交线网")

    def test_a_task_may_come(self) -> None:
        merge = commented(Comment("甲局", task="1", proposal="建议增加一条：“公布养老服务机构名录。”"))

        assert [task.text for task in merge.plan.tasks][1] == "公布养老服务机构名录。"
        assert [task.label for task in merge.plan.tasks] == ["1.", "2.", "3.", "4."]

    def test_what_is_not_taken_up_is_not_made(self) -> None:
        merge = commented(Comment("甲局", task="1", proposal="将“每年”改为“每月”", status="不采纳，理由略"))

        assert merge.plan == draft()
        assert merge.remarks[0].kind is RemarkKind.DECLINED

    def test_the_same_of_five_departments_is_one_change(self) -> None:
        names = ["甲局", "乙局", "丙局", "丁局", "戊局"]
        merge = commented(*[Comment(name, task="1", proposal="将“每年”改为“每月”") for name in names])

        (decision,) = merge.decisions
        assert decision.by == tuple(names)

    def test_a_contradiction_is_one_conflict_and_can_be_resolved_by_name(self) -> None:
        merge = commented(
            Comment("甲局", task="1", proposal="将“每年”改为“每月”"),
            Comment("乙局", task="1", proposal="将“每年”改为“每季度”"),
            Comment("乙局", task="2", proposal="请补充公开的方式。"),
        )

        assert [conflict.id for conflict in merge.conflicts] == ["1.text"]
        resolved = merge.resolve({"1.text": "乙局"})
        assert resolved.plan.tasks[0].text.startswith("公开目录，每季度")
        assert resolved.remarks == merge.remarks
        assert [finding.code for finding in resolved.plan.findings] == ["M201"]

    def test_comments_and_copies_of_one_department_are_both_its_own(self) -> None:
        base = draft()
        copy = base.with_changes("2", text="公布入湖河道的水质监测数据和整治进度。")
        comments = [Comment("甲局", task="1", proposal="将“每年”改为“每月”")]
        merge = gongkai.merge_all(base, {"甲局": copy}, comments=comments)

        assert merge.names == ("甲局",)
        assert {decision.where.base_key for decision in merge.of("甲局")} == {"1", "2"}


class TestPlacing:
    @pytest.mark.parametrize(
        ("comment", "key"),
        (
            ({"task": "2"}, "2"),
            ({"task": "2."}, "2"),
            ({"task": "第2条"}, "2"),
            ({"task": "一、2"}, "2"),
            ({"quote": "水质监测数据"}, "2"),
            ({"quote": "2.公布入湖河道的水质监测数据。"}, "2"),
            ({"quote": "公布了入湖河道水质的监测数据"}, "2"),
            ({"quote": "公布", "task": "2"}, "2"),
            ({"proposal": "第3条请补充理由"}, "3"),
            ({"proposal": "将“公交线网”改为“公交线路”"}, "3"),
            ({"task": "9"}, None),
            ({"quote": "公"}, None),
            ({"number": "1"}, None),
            ({}, None),
        ),
    )
    def test_it_is_about_the_task_that_it_names_or_quotes(
        self, comment: dict[str, str], key: str | None
    ) -> None:
        given_ = {"proposal": "请补充。", **comment}
        (remark,) = commented(Comment("甲局", **given_)).remarks  # type: ignore[arg-type]

        assert remark.key == key
        assert (remark.kind is RemarkKind.UNPLACED) is (key is None)

    def test_what_names_no_task_is_a_finding_of_the_plan(self) -> None:
        merge = commented(Comment("甲局", task="9", proposal="请补充。", reason="不全"))
        (finding,) = merge.plan.findings

        assert (finding.code, finding.key) == ("M202", None)
        assert finding.zh == "甲局意见未找到对应任务（9）：请补充。；不全"

    def test_a_note_goes_with_its_task(self) -> None:
        merge = commented(
            Comment("甲局", task="2", proposal="请补充公开的方式。"),
            Comment("乙局", task="1", proposal="建议删除该条"),
        )
        (finding,) = merge.plan.findings

        assert (finding.code, finding.key) == ("M201", "1")
        assert merge.plan.tasks[0].text.startswith("公布入湖河道")


class TestNothingVanishes:
    @given(st.lists(st.tuples(st.sampled_from("123 9"), st.text(max_size=30)), max_size=5))
    def test_every_comment_has_a_remark(self, rows: list[tuple[str, str]]) -> None:
        comments = [Comment("甲局", task=task, proposal=text, reason="理由") for task, text in rows]
        merge = commented(*comments)

        assert [remark.comment for remark in merge.remarks] == comments
        noted = [one for one in merge.remarks if one.kind in {"note", "unplaced"} or one.rest]
        assert len([one for one in merge.plan.findings if one.code.startswith("M2")]) == len(noted)


def workbook(
    folder: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = (), name: str = "意见.xlsx"
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "汇总"
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(folder / name)
    return folder / name


class TestSheets:
    def test_the_usual_columns_are_read(self, tmp_path: Path) -> None:
        path = workbook(
            tmp_path,
            [
                ["《澄湖区2025年政务公开工作要点（征求意见稿）》意见汇总表"],
                ["序号", "原文", "修改意见", "理由", "反馈单位", "采纳情况", "联系人"],
                [1, "每年更新一次", "改为“每半年更新一次”", "与市级一致", "区司法局", "采纳", "张三"],
                [2, "", "无意见", "", "区教委", "", ""],
                ["", "", "", "", "", "", ""],
            ],
        )

        first, second = gongkai.read_comments(path)

        assert first == Comment(
            "区司法局",
            quote="每年更新一次",
            proposal="改为“每半年更新一次”",
            reason="与市级一致",
            status="采纳",
            number="1",
            origin="意见.xlsx 汇总, row 3",
            others=[("联系人", "张三")],
        )
        assert (second.who, second.proposal, second.origin) == ("区教委", "无意见", "意见.xlsx 汇总, row 4")

    def test_they_become_changes(self, tmp_path: Path) -> None:
        path = workbook(
            tmp_path,
            [
                ["条款号", "修改建议", "提出单位"],
                ["1", "将“每年”改为“每半年”", "区司法局"],
                ["2", "完成时限改为2025年9月", "区生态环境局"],
            ],
        )
        merge = gongkai.merge_all(draft(), {}, comments=gongkai.read_comments(path))

        assert [decision.by for decision in merge.decisions] == [("区司法局",), ("区生态环境局",)]
        assert merge.plan.tasks[1].deadlines[0].text == "2025年9月"

    def test_a_merged_cell_counts_for_all_its_rows(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [
            ["单位", "任务序号", "意见"],
            ["区司法局", 1, "请补充。"],
            [None, 2, "请核实。"],
            ["区教委", 3, "请细化。"],
        ]
        comments = gongkai.read_comments(workbook(tmp_path, rows, ["A2:A3"]))

        assert [(one.who, one.task) for one in comments] == [
            ("区司法局", "1"),
            ("区司法局", "2"),
            ("区教委", "3"),
        ]

    @pytest.mark.parametrize(
        ("above", "options", "who"),
        (
            ("反馈单位：区审计局", {}, "区审计局"),
            ("单位（盖章）：区审计局    日期：2025年3月", {}, "区审计局"),
            ("意见反馈表", {}, "区统计局"),
            ("意见反馈表", {"who": "区档案局"}, "区档案局"),
        ),
    )
    def test_one_department_may_fill_in_the_whole_sheet(
        self, tmp_path: Path, above: str, options: dict[str, str], who: str
    ) -> None:
        rows: list[list[object]] = [[above], ["序号", "原文", "修改意见"], [1, "每年", "每月"]]
        (comment,) = gongkai.read_comments(workbook(tmp_path, rows, name="区统计局.xlsx"), **options)

        assert comment.who == who

    def test_word_and_csv_are_read_as_well(self, tmp_path: Path) -> None:
        import docx

        rows = [["序号", "修改意见", "提出单位"], ["1", "请补充。", "区司法局"]]
        document = docx.Document()
        table = document.add_table(rows=2, cols=3)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.save(str(tmp_path / "意见.docx"))
        (tmp_path / "意见.csv").write_text("\n".join(",".join(row) for row in rows), encoding="gb18030")

        for name in ("意见.docx", "意见.csv"):
            (comment,) = gongkai.read_comments(tmp_path / name)
            assert (comment.who, comment.proposal, comment.number) == ("区司法局", "请补充。", "1")

    def test_a_sheet_without_proposals_is_refused(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, [["姓名", "电话"], ["张三", "1234"]])

        with pytest.raises(
            ReadError, match=r"意见\.xlsx: no table in it has a column of proposals; name it one of 修改意见"
        ):
            gongkai.read_comments(path)

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="check the path"):
            gongkai.read_comments(tmp_path / "无.xlsx")


class TestRefusals:
    @pytest.mark.parametrize("who", ("", " ", "base", "suggested", 3))
    def test_nobody_comments(self, who: Any) -> None:
        with pytest.raises(InvalidValue, match=r"^Comment\.who: expected a name"):
            Comment(who)

    def test_what_is_no_comment_is_refused(self) -> None:
        wrong: Any = ["请补充"]
        with pytest.raises(InvalidValue, match=r"^merge_all\.comments: expected a Comment"):
            gongkai.merge_all(draft(), {}, comments=wrong)

    def test_an_empty_name_is_refused(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, [["序号", "修改意见"], [1, "请补充"]])
        with pytest.raises(InvalidValue, match=r"^read_comments\.who: expected a name"):
            gongkai.read_comments(path, who=" ")
