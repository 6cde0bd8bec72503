"""Clauses that no bracket marks, or half a one; brackets and sentences that are no clause (reading_loose.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

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
        f"1 | {case['says']} | ",
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
