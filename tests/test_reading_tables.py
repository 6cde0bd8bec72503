"""Task tables as containers hand them over (tests/data/reading_tables.toml), and where they stand."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai.testing import losses
from tests.helpers_reading import cases
from tests.helpers_tables import outline, read_tables

TITLE = "澄湖区2024年政务公开工作任务分解表"


def rows_of(table: str) -> list[list[str]]:
    return [row.split("|") for row in table.strip("\n").split("\n")]


@pytest.fixture(params=cases("reading_tables"), ids=lambda case: case["name"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_what_is_read(case: dict[str, Any]) -> None:
    plan = read_tables(TITLE, rows_of(case["table"]))
    assert outline(plan) == case["plan"].strip("\n").split("\n")
    assert (plan.title, plan.kind) == (TITLE, "task-table")


def test_what_is_said(case: dict[str, Any]) -> None:
    plan = read_tables(TITLE, rows_of(case["table"]))
    said = {item.code for item in plan.findings if item.code.startswith("R7")}
    assert said == set(case.get("codes", ()))


def test_nothing_is_lost(case: dict[str, Any]) -> None:
    plan = read_tables(TITLE, rows_of(case["table"]))
    assert losses(plan) == ()
    assert plan.source is not None
    assert {piece.kind for piece in plan.source.pieces} <= {
        *("title", "label", "heading", "text", "clause", "extras", "column", "blank", "break", "paragraph"),
        *("closing", "noise:title-copy", "noise:repeated-heading"),
    }


def test_keys_are_those_of_a_plan_that_is_built(case: dict[str, Any]) -> None:
    plan = read_tables(TITLE, rows_of(case["table"]))
    built = gongkai.loads(gongkai.dumps(plan))
    assert [task.key for task in built.all_tasks] == [task.key for task in plan.all_tasks]
    assert len({task.key for task in plan.all_tasks}) == len(plan.all_tasks)


IN_TEXT = [*cases("reading_tables_text"), *cases("reading_tables_run")]


@pytest.fixture(params=IN_TEXT, ids=lambda case: case["name"])
def text_case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_what_is_read_from_text(text_case: dict[str, Any]) -> None:
    plan = gongkai.parse(f"{TITLE}\n{text_case['text']}")
    assert outline(plan) == text_case["plan"].strip("\n").split("\n")
    assert plan.kind == "task-table"


def test_what_is_said_of_tables_in_text(text_case: dict[str, Any]) -> None:
    plan = gongkai.parse(f"{TITLE}\n{text_case['text']}")
    said = {item.code for item in plan.findings if item.code.startswith("R7")}
    assert said == set(text_case.get("codes", ()))


def test_nothing_is_lost_of_tables_in_text(text_case: dict[str, Any]) -> None:
    plan = gongkai.parse(f"{TITLE}\n{text_case['text']}")
    assert losses(plan) == ()
    assert plan.source is not None
    unread = [piece for piece in plan.source.pieces if piece.kind == "noise:unread"]
    assert unread == []


TASKS = [["工作任务", "责任单位"], ["公开目录。", "区司法局"]]
MORE = [["工作任务", "责任单位"], ["公开预算。", "区财政局"]]


def test_a_table_stands_in_the_chapter_above_it() -> None:
    plan = read_tables(
        "澄湖区2024年政务公开工作要点",
        "为做好政务公开工作，制定本要点。",
        "一、总体要求",
        "深入推进政务公开，提高工作水平。",
        "二、决策公开",
        TASKS,
        "三、财政公开",
        MORE,
        "各单位要加强组织领导。",
        "澄湖区人民政府办公室",
        "2024年3月1日",
    )
    assert outline(plan) == [
        "§ 一、总体要求",
        "  ¶ 深入推进政务公开，提高工作水平。",
        "§ 二、决策公开",
        "  - 公开目录。 | responsible:区司法局 | ",
        "§ 三、财政公开",
        "  - 公开预算。 | responsible:区财政局 | ",
        "¶ 各单位要加强组织领导。",
    ]
    assert [passage.text for passage in plan.preamble] == ["为做好政务公开工作，制定本要点。"]
    assert len(plan.closing) == 1
    assert str(plan.record.issued_on) == "2024-03-01"
    assert losses(plan) == ()


def test_a_table_below_a_covering_notice() -> None:
    plan = read_tables(
        "澄湖区人民政府办公室关于印发2024年全区政务公开工作任务分解表的通知",
        "各街道办事处：",
        "现将《2024年全区政务公开工作任务分解表》印发给你们，请认真组织实施。",
        "澄湖区人民政府办公室",
        "2024年6月7日",
        "附件",
        "2024年全区政务公开工作任务分解表",
        TASKS,
    )
    assert plan.notice is not None
    assert (plan.title, plan.kind) == ("2024年全区政务公开工作任务分解表", "task-table")
    assert outline(plan) == ["- 公开目录。 | responsible:区司法局 | "]


def test_a_table_goes_on_on_the_next_page() -> None:
    plan = read_tables(TITLE, TASKS, [["公开预算。", "区财政局"]])
    assert outline(plan) == [
        "- 公开目录。 | responsible:区司法局 | ",
        "- 公开预算。 | responsible:区财政局 | ",
    ]


def test_a_section_goes_on_on_the_next_page() -> None:
    heads = ["工作任务", "工作要求", "责任单位"]
    plan = read_tables(
        TITLE,
        [heads, ["一、强化公开", "1.公开目录。", "区司法局"], ["^", "2.公开草案。", "各部门"]],
        "— 2 —",
        [heads, ["一、强化公开", "3.公开预算。", "区财政局"], ["二、强化解读", "4.解读政策。", "各部门"]],
    )
    assert outline(plan) == [
        "§ 一、强化公开",
        "  1. 公开目录。 | responsible:区司法局 | ",
        "  2. 公开草案。 | responsible:各部门 | ",
        "  3. 公开预算。 | responsible:区财政局 | ",
        "§ 二、强化解读",
        "  4. 解读政策。 | responsible:各部门 | ",
    ]
    assert [section.key for section in plan.sections] == ["一", "二"]
    assert losses(plan) == ()


@pytest.mark.parametrize(
    "table",
    (
        [["项目", "数量"], ["主动公开规章", "3"]],
        [["时间", "内容", "地点"], ["9:00", "开幕", "会议室"]],
        [["序号", "公开事项", "公开渠道"], ["1", "机构职能", "网站"]],
        [["名称", "电话"], ["办公室", "123"]],
        [],
    ),
    ids=["figures", "agenda", "catalogue", "telephones", "empty"],
)
def test_other_tables_stay_lines(table: list[list[str]]) -> None:
    plan = read_tables("澄湖区2024年政务公开工作要点", "一、公开", "1.公开目录。（区司法局）", table)
    assert len(plan.tasks) == 1
    assert losses(plan) == ()


def test_a_wide_table_of_many_rows_is_read() -> None:
    rows = [["序号", "工作任务", "责任单位", "完成时限", "备注"]]
    rows += [[str(at), f"公开第{at}批目录。", "区司法局、区财政局", "6月底前", "无"] for at in range(1, 2001)]
    plan = read_tables(TITLE, rows)
    assert len(plan.tasks) == 2000
    assert plan.tasks[-1].departments[1].name == "区财政局"
