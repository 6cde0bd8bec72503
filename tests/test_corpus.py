"""Real plans, which are not shipped: read without loss, and as careful readers read them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import gongkai
from gongkai.testing import losses

BEIJING = ("dongcheng-2024", "xicheng-2020", "shijingshan-2018", "beijing-culture-tourism-2023")


@pytest.fixture(scope="module")
def scorer(corpus: Path) -> ModuleType:
    path = corpus / "score" / "reader.py"
    if not path.is_file():
        pytest.skip(f"{path.name}, which scores the reader, is not beside the corpus")
    found = importlib.util.spec_from_file_location("score_reader", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", BEIJING)
def test_every_measure_holds(name: str, corpus: Path, scorer: ModuleType) -> None:
    gold: dict[str, Any] = json.loads(
        (corpus / "gold" / "reader" / f"{name}.json").read_text(encoding="utf-8")
    )
    misses: list[str] = []
    measures = scorer.score(gongkai.read(corpus / "corpus" / f"{name}.txt"), gold, misses)
    assert min(measures.values()) >= 0.98, misses


def test_nothing_is_lost(corpus: Path) -> None:
    texts = sorted((corpus / "corpus").rglob("*.txt"))
    assert texts
    assert {path.name: losses(gongkai.read(path)) for path in texts} == {path.name: () for path in texts}


def test_a_report_says_that_it_is_none(corpus: Path) -> None:
    plan = gongkai.read(corpus / "corpus" / "beixinqiao-2017-annual-report.txt")
    assert (plan.kind, plan.year, plan.tasks) == ("report", 2017, ())
    assert len(plan.sections) == 2
    assert "R102" in {finding.code for finding in plan.findings}


def test_two_real_plans_are_compared(corpus: Path) -> None:
    old, new = (
        gongkai.read(corpus / "corpus" / f"{name}.txt") for name in ("xicheng-2020", "dongcheng-2024")
    )
    diff = gongkai.diff(old, new)
    assert diff.apply(old) == new
    assert diff.invert().apply(new) == old
    assert gongkai.diff(new, new).changes == ()
