"""Lines that were broken inside a paragraph: small documents (tests/data/reading_lines.toml) and whole plans."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai import Plan, examples
from gongkai.reading.lines import scan
from gongkai.reading.pages import page_of
from gongkai.reading.passages import join_broken, join_page
from gongkai.testing import assert_plans_equal, losses
from tests.helpers_reading import cases, line

CASES = cases("reading_lines")
PLANS = ("chenghu-2022", "chenghu-2023", "chenghu-2024", "lanjiang-2024", "songping-2024")


def squeezed(plan: Plan) -> list[str]:
    """The leaves of a plan in the notation of the cases, without their keys and white space."""
    found = [line(task).split(" | ", 1)[1] for task in plan.all_tasks if task.assignments]
    return ["".join(row.split()) for row in found]


def wrap(text: str, width: int, indent: str) -> str:
    """The text as a page of a width would break it, its paragraphs indented."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        rest = indent + paragraph.strip()
        if rest.strip():
            rows += [rest[at : at + width] for at in range(0, len(rest), width)]
    return "\n".join(rows)


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_tasks(case: dict[str, Any]) -> None:
    assert [line(task) for task in gongkai.parse(case["text"]).all_tasks] == case["tasks"]


def test_each_repair_is_said(case: dict[str, Any]) -> None:
    assert [item.code for item in gongkai.parse(case["text"]).findings].count("R204") == case["joined"]


def test_nothing_lost(case: dict[str, Any]) -> None:
    assert losses(gongkai.parse(case["text"])) == ()


def test_printed_it_reads_the_same(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    assert_plans_equal(gongkai.parse(gongkai.text_of(plan)), plan)


@pytest.mark.parametrize("indent", ("　　", ""), ids=("indented", "flush"))
@pytest.mark.parametrize("width", (24, 28, 33, 40))
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_that_a_page_broke_has_the_same_leaves(name: str, width: int, indent: str) -> None:
    plan = examples.load(name)
    assert plan.source is not None
    assert plan.source.text is not None
    broken = gongkai.parse(wrap(plan.source.text, width, indent))
    assert squeezed(broken) == squeezed(plan)
    assert losses(broken) == ()


@pytest.mark.parametrize("name", PLANS)
def test_no_page_broke_the_plans_themselves(name: str) -> None:
    plan = examples.load(name)
    assert plan.source is not None
    assert plan.source.text is not None
    lines = scan(plan.source.text)
    assert page_of(lines) is None
    assert join_page(lines, []) is lines


def test_joining_twice_is_joining_once(case: dict[str, Any]) -> None:
    once = join_broken(scan(case["text"]), [])
    findings: list[gongkai.Finding] = []
    twice = join_broken(once, findings)
    assert [passage.text for passage in twice] == [passage.text for passage in once]
    assert findings == []


def test_where_a_joined_line_stands(case: dict[str, Any]) -> None:
    text = case["text"]
    for passage in join_broken(scan(text), []):
        ranges = passage.ranges(0, len(passage.text))
        assert "".join(text[start:end] for start, end in ranges) == passage.text


def test_a_title_as_wide_as_the_page_takes_in_nothing() -> None:
    title = "澄湖区人民政府2024年度政务公开工作要点"
    rows = [title, "甲" * 21 + "，", "乙" * 22, "丙" * 22, "丁" * 22, "戊。"]
    rows[0] = title + "稿" * (22 - len(title))
    lines = scan("\n".join(rows))
    joined = join_page(lines, [], lambda text: text == rows[0])
    assert [passage.text for passage in joined] == [rows[0], "".join(rows[1:])]
    assert [passage.text for passage in join_page(lines, [])] == ["".join(rows)]
