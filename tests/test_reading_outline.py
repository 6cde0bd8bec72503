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
