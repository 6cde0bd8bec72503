"""Documents on one line: small ones (tests/data/reading_running.toml), and whole plans put on one."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai import Plan, Task, examples
from gongkai.testing import losses
from tests.helpers_reading import cases, line

CASES = cases("reading_running")
PLANS = ("chenghu-2022", "chenghu-2023", "chenghu-2025-base", "lanjiang-2024", "songping-2024")


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def read(case: dict[str, Any]) -> Plan:
    return gongkai.parse(case["text"].replace("↵\n", ""))


def facts(plan: Plan) -> dict[str, Any]:
    record, notice = plan.record, plan.notice
    assert plan.source is not None
    noise = sorted({piece.kind[6:] for piece in plan.source.pieces if piece.kind.startswith("noise:")})
    found = {
        "title": plan.title,
        "sections": [section.heading for section in plan.sections],
        "tasks": [line(task) for task in plan.all_tasks],
        "closing": [block.text for block in plan.closing],
        "document_number": str(record.document_number or ""),
        "issuer": record.issuer,
        "issued_on": record.issued_on,
        "addressees": list(notice.addressees) if notice else [],
        "noise": noise,
        "cut": [item.code for item in plan.findings].count("R210"),
    }
    return {name: value for name, value in found.items() if value}


def test_what_is_found(case: dict[str, Any]) -> None:
    assert facts(read(case)) == {name: value for name, value in case.items() if name not in {"name", "text"}}


def test_nothing_lost(case: dict[str, Any]) -> None:
    assert losses(read(case)) == ()


def leaf(task: Task) -> tuple[object, ...]:
    dues = tuple(deadline.due for deadline in task.deadlines)
    return task.label, "".join(task.text.split()), task.assignments, dues


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("between", ("", " "), ids=("nothing", "a blank"))
def test_a_plan_on_one_line_reads_as_on_many(name: str, between: str) -> None:
    """All but what white space alone tells: where an unlabelled paragraph begins."""
    text = examples.text(name)
    plan = gongkai.parse(text)
    flat = gongkai.parse(between.join(row.strip() for row in text.splitlines() if row.strip()))
    assert (flat.title, flat.year, flat.kind) == (plan.title, plan.year, plan.kind)
    assert [section.heading for section in flat.sections] == [section.heading for section in plan.sections]
    tasks, found = [leaf(task) for task in plan.all_tasks], [leaf(task) for task in flat.all_tasks]
    missed = [task for task in tasks if task not in found]
    assert len(missed) <= 2, missed
    assert len(found) == len(tasks)
    assert losses(flat) == ()


def test_plans_of_usual_lines_are_left_as_they_are() -> None:
    for name in examples.names():
        assert "R210" not in {item.code for item in examples.load(name).findings}
