"""Golden tests: every shipped plan is read as a careful reader reads it (tests/data/examples.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai import Plan, Task, examples
from gongkai.testing import losses

TRUTH = tomllib.loads(Path(__file__).parent.joinpath("data", "examples.toml").read_text(encoding="utf-8"))
PLANS = {row["name"]: row for row in TRUTH["plan"]}


@cache
def example(name: str) -> Plan:
    return examples.load(name)


def leaves(plan: Plan) -> list[Task]:
    return [task for task in plan.all_tasks if task.assignments]


def numbers(plan: Plan) -> list[str]:
    """The printed number of each leaf, a part's behind its item's; empty where nothing is printed."""
    found: list[str] = []
    for task in plan.tasks:
        number = (task.label or "").rstrip(".．、") if (task.label or "")[:1].isdigit() else ""
        if task.assignments:
            found.append(number)
        found += [f"{number}.{at}" for at, part in enumerate(task.parts, 1) if part.assignments]
    return found


@pytest.fixture(params=sorted(PLANS))
def truth(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = PLANS[request.param]
    return found


def test_record(truth: dict[str, Any]) -> None:
    plan = example(truth["name"])
    assert (plan.title, plan.year) == (truth["title"], truth["year"])
    assert str(plan.record.document_number or "") == truth.get("document_number", "")
    assert plan.record.issued_on == truth.get("issued_on")


def test_tasks_and_leaves(truth: dict[str, Any]) -> None:
    plan = example(truth["name"])
    assert len(plan.tasks) == truth["tasks"]
    assert numbers(plan) == truth["labels"]
    for task, tail in zip(leaves(plan), truth["tails"], strict=True):
        assert task.text.replace("\n", "").endswith(tail)


def test_every_name_is_a_department(truth: dict[str, Any]) -> None:
    plan = example(truth["name"])
    assert [body.name for body in plan.departments if body.kind is None] == []


def test_nothing_lost(truth: dict[str, Any]) -> None:
    assert losses(example(truth["name"])) == ()


def test_findings_are_few(truth: dict[str, Any]) -> None:
    plan = example(truth["name"])
    assert {finding.code for finding in plan.findings} <= {"R204"}, plan.findings


def test_the_broken_clause_is_joined() -> None:
    plan = example("chenghu-2022")
    joined = [finding for finding in plan.findings if finding.code == "R204"]
    assert len(joined) == 2
    broken = plan["30"]
    assert broken.span is not None
    assert len(broken.span.pieces) == 2
    assert isinstance(broken, Task)
    assert [assignment.names for assignment in broken.assignments][-1][-1] == "各街道"
