"""The checker: what is missing, odd or inconsistent in a plan."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import gongkai
from gongkai import InvalidValue, Plan, Severity, check, examples
from gongkai.checking import RULES, catalogue, codes, review
from gongkai.checking.reviewing import _TWINS
from gongkai.testing import strategies

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("checking.toml").read_text(encoding="utf-8")
)["case"]


def told(found: tuple[gongkai.Finding, ...]) -> list[str]:
    return [f"{item.code} {item.key or '-'}" for item in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    against = gongkai.parse(case["against"]) if "against" in case else None

    found = check(plan, against=against, select=case["select"])

    assert told(found) == case["found"]
    for words in case.get("zh", ()):
        assert any(words in item.zh for item in found), [item.zh for item in found]


def test_every_rule_has_a_row_and_a_case() -> None:
    names = [rule.name for rule in RULES]
    shown = {line.split()[0] for case in CASES for line in case["found"]}

    assert sorted(names) == sorted(catalogue())
    assert {entry.code for entry in catalogue().values()} == shown
    assert len({entry.code for entry in catalogue().values()}) == len(names)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_places_are_those_of_the_words(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    assert plan.source is not None
    assert plan.source.text is not None

    for found in check(plan, select=case["select"]):
        assert found.span is None or 0 <= found.span.start < found.span.end <= len(plan.source.text)
        assert found.key is None or found.key in plan


def test_quotation_marks_may_stand_within_a_name() -> None:
    lead = gongkai.Assignment.lead("省“互联网+政务服务”联席办")
    plan = Plan("要点", [gongkai.Task("公开目录。", label="1.", assignments=[lead])])

    assert told(check(plan, select="C2")) == ["C208 1"]


def test_one_sign_is_shown() -> None:
    text = (
        "澄湖区2024年政务公开工作要点\n1.公开计划（草案）。\n2.公开目录(草案）和清单。\n3.公开事项（草案。\n"
    )

    found = check(gongkai.parse(text), select=["C311", "C313"])

    assert [(item.code, item.span and item.span.of(text)) for item in found] == [
        ("C311", "("),
        ("C313", "（"),
    ]


def test_what_the_reader_says_of_a_name_is_said_once() -> None:
    text = "澄湖区2024年政务公开工作要点\n1.公开目录。（区渔火灯会筹备局、区住房城市建设委、区科信局、老王负责）\n"
    plan = gongkai.parse(text)

    found = review(plan, ignore="C1")

    assert any(item.code.startswith("R3") for item in plan.findings)
    assert sorted(told(found)) == ["C201 1", "C202 1", "C204 1", "C208 1"]
    assert told(review(plan, select="R331")) == ["C208 1"]
    assert told(review(plan, select="C2", ignore=["R33", "C201"])) == []
    with pytest.raises(InvalidValue, match=r"review\.select.*'C9'"):
        review(plan, select="C9")


def test_who_selects_what_is_checked_gets_nothing_that_the_reader_alone_noticed() -> None:
    noticed = gongkai.Finding("R332", "info", "小", "small", key="1")
    plan = Plan("要点", [gongkai.Task("公开目录。", label="1.")], findings=[noticed])

    assert told(review(plan, select="C2")) == []
    assert told(review(plan, select="R332")) == ["R332 1"]


def test_the_codes_of_twins_exist() -> None:
    assert {code for pair in _TWINS.items() for code in pair} <= set(codes())


def test_codes_select_and_ignore() -> None:
    plan = gongkai.parse("澄湖区2024年政务公开工作要点\n1.公开计划（区财政局负责）。\n3.公开目录。\n")

    assert told(check(plan, select="C1")) == ["C112 -", "C101 3"]
    assert told(check(plan, select=["C1", "C301"], ignore="C101")) == ["C112 -", "C301 3"]
    with pytest.raises(InvalidValue, match=r"check\.select.*'C9'"):
        check(plan, select="C9")
    with pytest.raises(InvalidValue, match=r"check\.ignore"):
        check(plan, ignore=[""])


@pytest.mark.parametrize("name", ("plan", "against"))
def test_what_is_no_plan_is_refused(name: str) -> None:
    plans: dict[str, Any] = {"plan": Plan("要点"), "against": Plan("要点")} | {name: "要点"}

    with pytest.raises(InvalidValue, match=rf"check\.{name}"):
        check(plans["plan"], against=plans["against"])


@given(plan=strategies.plans(), against=strategies.plans())
def test_any_plan_can_be_checked_beside_any_other(plan: Plan, against: Plan) -> None:
    found = check(plan, against=against)

    assert found == check(plan, against=against)
    assert all(item.key is None or item.key in plan for item in found)


@pytest.mark.parametrize("name", examples.names())
def test_the_shipped_plans_have_no_errors(name: str) -> None:
    found = check(examples.load(name))

    assert [item for item in found if item.severity is Severity.ERROR] == []
