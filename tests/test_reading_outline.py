"""Outlines: lists of contents, levels, attachments (tests/data/reading_outline.toml)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

import gongkai
from gongkai import Block, Paragraph, Section
from gongkai.testing import losses
from tests.helpers_reading import cases

CASES = cases("reading_outline")


def outline(blocks: Iterable[Block], indent: str = "") -> list[str]:
    rows: list[str] = []
    for block in blocks:
        if isinstance(block, Section):
            rows += [f"{indent}{block.label or ''}{block.heading}", *outline(block.content, indent + "  ")]
        elif not isinstance(block, Paragraph):
            rows += [f"{indent}{block.key}", *outline(block.parts, indent + "  ")]
    return rows


def texts() -> dict[str, str]:
    """The documents of the cases on outlines, characters and running text, by name."""
    files = ("reading_outline", "reading_characters", "reading_running")
    return {case["name"]: case["text"].replace("↵\n", "") for name in files for case in cases(name)}


@pytest.mark.parametrize("name", texts())
def test_what_was_read_is_printed_and_read_again(name: str) -> None:
    plan = gongkai.parse(texts()[name])
    again = gongkai.parse(gongkai.text_of(plan))
    assert (again.title, again.kind) == (plan.title, plan.kind)
    assert outline(again.content) == outline(plan.content)
    assert [(task.label, task.text, task.assignments) for task in again.all_tasks] == [
        (task.label, task.text, task.assignments) for task in plan.all_tasks
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_outline(case: dict[str, Any]) -> None:
    plan = gongkai.parse(case["text"])
    assert plan.source is not None
    found = {
        "outline": outline(plan.content),
        "findings": sorted({item.code for item in plan.findings}),
        "kind": str(plan.kind),
        "contents": [piece.kind for piece in plan.source.pieces].count("noise:contents"),
    }
    assert found == {"contents": 0, "kind": "plan"} | {name: case[name] for name in found if name in case}
    assert losses(plan) == ()
