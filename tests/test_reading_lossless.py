"""Noise and other things between what belongs together: nothing is lost, nothing has two owners."""

from __future__ import annotations

from typing import Any

import pytest

import gongkai
from gongkai.testing import losses
from tests.helpers_laws import broken_laws, shown
from tests.helpers_reading import cases

CASES = cases("reading_lossless")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_character_has_one_owner(case: dict[str, Any]) -> None:
    assert broken_laws(case["text"]) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_blocks_stand_where_they_say(case: dict[str, Any]) -> None:
    assert shown(gongkai.parse(case["text"])) == case["blocks"]


def test_the_laws_tell_what_has_two_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.reading.build.Builder._parts", lambda *_: False)

    told = broken_laws("3.（区局负责）公开目录\n①公布预算\n①\n责任单位：区司法局")

    assert [one for one in told if "belongs to <Task" in one]


def test_noise_in_cells_stays_noise() -> None:
    text = "澄湖区2024年政务公开工作要点\n工作任务|责任单位|完成时限\n公开(kāi)目<b>录。|区司法&nbsp;局|2024年6月??"
    plan = gongkai.parse(text)
    assert plan.source is not None
    (task,) = plan.tasks

    assert (task.text, task.assignments[0].names) == ("公开目录。", ("区司法局",))
    found = [(piece.kind, text[piece.start : piece.end]) for piece in plan.source.pieces]
    assert [pair for pair in found if pair[0] in {"noise:pinyin", "noise:markup"}] == [
        ("noise:pinyin", "(kāi)"),
        ("noise:markup", "<b>"),
        ("noise:markup", "&nbsp;"),
    ]
    assert losses(plan) == ()
