"""Clauses that no bracket marks, or half a one; brackets and sentences that are no clause (reading_loose.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai.testing import losses
from tests.helpers_reading import line

CASES: dict[str, Any] = tomllib.loads(
    Path(__file__).parent.joinpath("data", "reading_loose.toml").read_text(encoding="utf-8")
)
HEAD = "澄湖区2024年政务公开工作要点\n一、深化公开\n1."
TAIL = "\n2.公开名录。（区丁局负责）\n"


@pytest.mark.parametrize("case", CASES["clause"], ids=[case["text"] for case in CASES["clause"]])
def test_a_clause_is_found(case: dict[str, Any]) -> None:
    plan = gongkai.parse(HEAD + case["text"] + TAIL)

    assert [line(task) for task in plan.all_tasks] == [
        f"1 | {case['says']} | {case.get('due', '')}",
        "2 | 公开名录。 | responsible:区丁局 | ",
    ]
    assert sorted({found.code for found in plan.findings}) == case.get("findings", [])
    assert losses(plan) == ()


@pytest.mark.parametrize("text", CASES["prose"]["texts"])
def test_prose_is_no_clause(text: str) -> None:
    plan = gongkai.parse(HEAD + text + TAIL)

    assert [(task.text, task.assignments) for task in plan.all_tasks[:-1]] == [(text, ())]
    assert losses(plan) == ()


def test_a_name_at_the_end_signs() -> None:
    plan = gongkai.parse(HEAD + "公开目录。\n澄湖区人民政府办公室\n")

    assert plan.tasks[0].assignments == ()


def test_names_below_several_items_are_their_clauses() -> None:
    plan = gongkai.parse(HEAD + "公开目录。\n区甲局\n2.公开名录。\n区乙局\n")

    assert [str(task.assignments[0].names) for task in plan.tasks] == ["('区甲局',)", "('区乙局',)"]


def test_names_above_all_items_are_no_clause() -> None:
    plan = gongkai.parse(
        "澄湖区2024年政务公开工作要点\n各街道、区政府各部门\n一、深化公开\n1.公开目录。（区甲局负责）\n"
    )

    assert len(plan.tasks) == 1


def test_a_sentence_is_prose_where_clauses_have_brackets() -> None:
    items = "".join(f"\n{number}.公开名录。（区丁局负责）" for number in range(2, 9))
    plan = gongkai.parse(HEAD + "抓好培训。由区甲局组织，各部门参加。" + items)

    assert [bool(task.assignments) for task in plan.tasks] == [False] + [True] * 7
    assert plan.tasks[0].text == "抓好培训。由区甲局组织，各部门参加。"


def test_slots_are_clauses_where_others_have_brackets() -> None:
    items = "".join(f"\n{number}.公开名录。（区丁局负责）" for number in range(2, 9))
    plan = gongkai.parse(HEAD + "抓好培训。责任单位：区甲局" + items)

    assert [item.names for item in plan.tasks[0].assignments] == [("区甲局",)]


#: Words of clauses and of what stands around them, for documents that nobody wrote.
WORDS = (
    *(
        "1.",
        "2.",
        "（一）",
        "\n",
        "\n一、",
        "公开目录。",
        "公开目录",
        "区甲局",
        "区财政局",
        "各部门",
        "省工信厅、财政厅",
    ),
    *(
        "、",
        "，",
        "。",
        "；",
        "（",
        "）",
        "(",
        ")",
        "【",
        "】",
        "——",
        " ",
        "\u200b",
        "和",
        "的",
        "等",
        "经",
        "会",
        "商",
        "会同",
    ),
    *(
        "负责",
        "牵头",
        "配合",
        "指导",
        "按职责分工",
        "责任单位：",
        "牵头:",
        "【责任单位】",
        "完成时限：2024年10月",
        "10月底前",
    ),
    *(
        "列第一位者为牵头单位",
        "，下同",
        "见附件1",
        "以下均需",
        "试点街道落实",
        "相部门",
        "（牵头）",
        "区政府办公室（区外办）",
    ),
)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_nothing_is_lost_of_words_that_nobody_put_in_order(text: str) -> None:
    plan = gongkai.parse(HEAD + text)

    assert losses(plan) == ()
    assert gongkai.loads(gongkai.dumps(plan)) == plan
    assert all(item.departments for task in plan.all_tasks for item in task.assignments)
