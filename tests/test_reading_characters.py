"""Damaged and altered copies: pinyin, markup, lost and traditional characters (reading_characters.toml)."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai import examples
from gongkai.model import Plan
from gongkai.reading.grammar import table
from gongkai.reading.traditional import folded
from gongkai.testing import losses
from tests.helpers_reading import cases, line

CASES = cases("reading_characters")
INSIDE = {"noise:pinyin", "noise:markup", "noise:lost"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_found(case: dict[str, Any]) -> None:
    text = case["text"]
    plan = gongkai.parse(text)
    assert plan.source is not None
    pieces = [piece for piece in plan.source.pieces if piece.kind in INSIDE]
    found = {
        "title": plan.title,
        "tasks": [line(task) for task in plan.all_tasks],
        "noise": [f"{piece.kind[6:]} {text[piece.start : piece.end]}" for piece in pieces],
        "findings": sorted({item.code for item in plan.findings}),
    }
    assert found == {name: case[name] for name in found}
    assert plan.issuer == case.get("issuer")
    assert plan.source.text == text
    assert losses(plan) == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_texts_stand_where_they_say(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    for task in plan.all_tasks:
        assert task.span is not None
        printed = "".join(case["text"][start:end] for start, end in task.span.pieces)
        assert task.text in printed


def shape(plan: Plan) -> list[object]:
    return [
        (
            task.key,
            len(task.text),
            [
                (part.role, [(len(body.name), body.kind) for body in part.departments])
                for part in task.assignments
            ],
            [(deadline.kind, deadline.due) for deadline in task.deadlines],
        )
        for task in plan.all_tasks
    ]


@pytest.mark.parametrize("name", ("chenghu-2024", "songping-2024"))
def test_a_plan_in_traditional_characters_reads_as_in_simplified_ones(name: str) -> None:
    """Each character of the fold table in its traditional form, where it has one alone."""
    pairs: dict[str, str] = {}
    for pair in table("traditional")["pairs"].split():
        pairs.setdefault(pair[1], pair[0])
    text = examples.text(name)
    traditional = text.translate({ord(simple): other for simple, other in pairs.items()})
    plan, other = gongkai.parse(text), gongkai.parse(traditional)
    assert traditional != text
    assert shape(other) == shape(plan)
    assert [item.code for item in other.findings] == [item.code for item in plan.findings]
    assert (other.year, other.kind, len(other.title)) == (plan.year, plan.kind, len(plan.title))
    assert all(
        folded(task.text) == folded(old.text) for task, old in zip(other.tasks, plan.tasks, strict=True)
    )
    assert other.tasks[0].text in traditional
    assert losses(other) == ()


def test_departments_keep_their_kind_and_their_characters() -> None:
    plan = gongkai.parse("澄湖區2024年政務公開工作要點\n一、公開\n1.公開目錄。（區財政局、各街道負責）")
    assert [body.name for body in plan.departments] == ["區財政局", "各街道"]
    assert all(body.kind is not None for body in plan.departments)
