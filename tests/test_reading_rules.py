"""Rules that a document says once: what they make of its clauses, where they hold, what they do not touch."""

from __future__ import annotations

import pytest

import gongkai
from gongkai import Assignment, Plan
from tests.helpers_tables import read_tables

HEAD = "澄湖区2024年政务公开工作要点\n"


def read(*lines: str, above: str = "") -> Plan:
    """A plan of one chapter with these lines."""
    return gongkai.parse(HEAD + above + "一、深化公开\n" + "\n".join(lines) + "\n")


def said(plan: Plan) -> list[str]:
    """What each task's clause says: role, names, and ~ for what was inherited."""
    return [
        "; ".join(f"{item.role}{'~' * item.inherited}:{'、'.join(item.names)}" for item in task.assignments)
        for task in plan.tasks
    ]


def codes(plan: Plan) -> list[str]:
    return [found.code for found in plan.findings if found.code.startswith("R31")]


@pytest.mark.parametrize(
    "rule",
    (
        "列第一位者为牵头单位，下同",
        "列第一位的为牵头单位，下同",
        "排在第一位的部门为牵头部门，下同",
        "排名第一的为牵头单位，下同",
        "列首位的单位为牵头单位，以下均同",
        "第一个单位为牵头单位，下同",
        "牵头单位列第一位，下同",
        "位列第一的为主办单位，下同",
        "列第一位的责任单位即为牵头单位，下同",
        "首位单位牵头，以下相同",
        "排在最前面的为牵头单位，下同",
    ),
)
def test_the_first_body_leads_from_the_rule_on(rule: str) -> None:
    plan = read(
        "1.公开预算。（区审计局、区民政局负责）",
        f"2.公开决算。（区财政局、区教委负责，{rule}）",
        "3.公开学校。（区教委、区民政局按职责分工负责）",
    )

    assert said(plan) == [
        "responsible:区审计局、区民政局",
        "lead:区财政局; responsible:区教委",
        "lead~:区教委; responsible:区民政局",
    ]
    assert all(item.severally for item in plan.tasks[2].assignments)
    assert codes(plan) == ["R310"]


def test_what_names_its_lead_stays_as_it_is() -> None:
    plan = read(
        "1.公开预算。（区财政局、区教委负责，列第一位者为牵头单位，下同）",
        "2.公开学校。（区教委牵头，区民政局负责）",
        "3.公开名录。（区司法局会同区民政局负责）",
        "4.公开目录。（区司法局指导，各街道负责）",
        "5.公开清单。（区司法局、区教委等有关部门负责）",
        "6.公开指南。（区司法局等负责）",
    )

    assert said(plan)[1:] == [
        "lead:区教委; responsible:区民政局",
        "lead~:区司法局; cooperate:区民政局",
        "guide:区司法局; responsible:各街道",
        "lead~:区司法局; responsible:区教委、有关部门",
        "lead~:区司法局",
    ]
    assert [[item.open for item in task.assignments] for task in plan.tasks[4:]] == [[False, True], [True]]


def test_a_group_that_leads_is_doubtful() -> None:
    plan = read(
        "1.公开预算。（区财政局、区教委负责，列第一位者为牵头单位，下同）",
        "2.公开目录。（各部门、各街道负责）",
    )

    assert said(plan)[1] == "lead~:各部门; responsible:各街道"
    assert [(found.code, found.key) for found in plan.findings] == [("R310", None), ("R311", "2")]


TASKS = ("1.公开预算。（区财政局、区教委负责）", "2.公开学校。（区教委）")
LED = ["lead~:区财政局; responsible:区教委", "lead~:区教委"]


@pytest.mark.parametrize(
    "above",
    (
        "各项任务责任单位中，排在首位的为牵头单位。\n",
        "现将任务分工印发给你们（列第一位的为牵头单位），请认真落实。\n",
        "以下任务列第一位者为牵头单位。\n",
    ),
)
def test_a_rule_above_the_tasks_holds_for_all(above: str) -> None:
    assert said(read(*TASKS, above=above)) == LED


@pytest.mark.parametrize("below", ("（注：以上任务列第一位的为牵头单位）", "以上任务列第一位的为牵头单位。"))
def test_a_rule_below_the_tasks_holds_for_all(below: str) -> None:
    assert said(read(*TASKS, below)) == LED


def test_a_note_below_is_no_name_of_the_last_clause() -> None:
    plan = read(
        "1.公开预算。责任单位：区财政局、区教委", "2.公开学校。责任单位：区教委", "注：排名第一的为牵头单位"
    )

    assert said(plan) == LED


def test_the_others_may_cooperate() -> None:
    plan = read(
        "1.公开预算。（区财政局、区教委负责，列首位的为牵头单位，其余为配合单位，下同）", TASKS[1], TASKS[0]
    )

    assert said(plan) == [
        "lead:区财政局; cooperate:区教委",
        "lead~:区教委",
        "lead~:区财政局; cooperate~:区教委",
    ]


def test_a_rule_said_in_one_clause_among_others_is_that_clause_s_own() -> None:
    plan = read(TASKS[0], "2.公开决算。（区财政局、区审计局负责，列第一位的为牵头单位）", TASKS[0])

    assert said(plan) == [
        "responsible:区财政局、区教委",
        "lead:区财政局; responsible:区审计局",
        "responsible:区财政局、区教委",
    ]


@pytest.mark.parametrize(
    "above",
    (
        "坚持把公开放在首位。\n",
        "坚持公开在第一位，由区政府办公室牵头推进。\n",
        "牵头部门要把公开放在首位。\n",
        "推进第一个由区政府牵头的项目。\n",
        "对排名第一的牵头单位予以表扬。\n",
    ),
)
def test_what_only_sounds_like_a_rule(above: str) -> None:
    assert said(read(*TASKS, above=above)) == ["responsible:区财政局、区教委", "responsible:区教委"]


def test_who_answers_for_all_tasks_below() -> None:
    plan = read(
        "1.公开预算。（区财政局指导，试点街道负责落实。以下均需试点街道落实，不再列出）",
        "2.公开学校。（区教委指导）",
        "3.公开目录。（区司法局指导，试点街道落实）",
    )

    assert said(plan) == [
        "guide:区财政局; responsible:试点街道",
        "guide:区教委; responsible~:试点街道",
        "guide:区司法局; responsible:试点街道",
    ]
    assert codes(plan) == ["R312"]


def test_a_reference_is_told_and_kept_in_the_source() -> None:
    plan = read("1.公开预算。（市有关单位（见附件1，下同）、各街道负责）")

    assert said(plan) == ["responsible:市有关单位、各街道"]
    assert codes(plan) == ["R313"]
    assert "见附件1，下同" in plan.findings[0].zh


def test_a_slip_is_told_and_kept_as_printed() -> None:
    plan = read("1.公开预算。（区财政局、区教委等相部门负责）")

    assert said(plan) == ["responsible:区财政局、区教委、相部门"]
    assert plan.tasks[0].assignments[0].open
    assert codes(plan) == ["R314"]


def test_what_was_inherited_is_printed_as_well() -> None:
    text = gongkai.text_of(read(*TASKS, above="各项任务中，排在首位的为牵头单位。\n"))

    assert "（区财政局牵头，区教委负责落实）" in text
    assert gongkai.parse(text).tasks[0].assignments[0] == Assignment.lead("区财政局")


def test_a_rule_in_the_head_of_a_column_holds_for_its_cells() -> None:
    plan = read_tables(
        "澄湖区2024年政务公开工作任务分解表",
        [
            ["序号", "工作任务", "责任单位（排在首位的为牵头单位）"],
            ["1", "公开预算。", "区财政局、区教委"],
            ["2", "公开学校。", "区教委"],
        ],
    )

    assert said(plan) == ["lead~:区财政局; responsible:区教委", "lead~:区教委"]


def test_columns_say_themselves_who_leads() -> None:
    plan = read_tables(
        "澄湖区2024年政务公开工作任务分解表（责任单位列首位的为牵头单位）",
        [
            ["序号", "工作任务", "牵头单位", "责任单位"],
            ["1", "公开预算。", "区财政局", "区教委、区民政局"],
        ],
    )

    assert said(plan) == ["lead:区财政局; responsible:区教委、区民政局"]


def test_a_document_full_of_rules_is_read_once() -> None:
    rule = "列第一位者为牵头单位，下同"
    plan = read(*(f"{number}.公开目录。（区甲局、区乙局负责，{rule}）" for number in range(1, 200)))

    assert set(said(plan)) == {"lead:区甲局; responsible:区乙局"}
    assert codes(plan) == ["R310"]
