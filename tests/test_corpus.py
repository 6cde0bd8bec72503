"""Real plans, which are not shipped: read without loss, and as careful readers read them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import gongkai
from gongkai.testing import losses

READ = (
    *("dongcheng-2024.txt", "xicheng-2020.txt", "shijingshan-2018.txt", "beijing-culture-tourism-2023.txt"),
    "state-council-2020-reform-tasks.txt",
    *("state-council-2018-incentives.html", "state-council-2019-bonded-zones.html", "pingtan-2022.html"),
)


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


@pytest.mark.parametrize("name", READ)
def test_every_measure_holds(name: str, corpus: Path, scorer: ModuleType) -> None:
    known = (corpus / "gold" / "reader" / name).with_suffix(".json").read_text(encoding="utf-8")
    gold: dict[str, Any] = json.loads(known)
    misses: list[str] = []
    measures = scorer.score(gongkai.read(corpus / "corpus" / name), gold, misses)
    assert min(measures.values()) >= 0.98, misses


def test_nothing_is_lost(corpus: Path) -> None:
    files = [path for path in sorted((corpus / "corpus").rglob("*.*")) if path.suffix in {".txt", ".html"}]
    assert {path.suffix for path in files} == {".txt", ".html"}
    assert {path.name: losses(gongkai.read(path)) for path in files} == {path.name: () for path in files}


def test_a_report_says_that_it_is_none(corpus: Path) -> None:
    plan = gongkai.read(corpus / "corpus" / "beixinqiao-2017-annual-report.txt")
    assert (plan.kind, plan.year, len(plan.sections)) == ("report", 2017, 2)
    assert [task.label for task in plan.tasks] == ["一是", "二是", "三是"]
    assert plan.issuer == "北京市东城区人民政府北新桥街道办事处"
    assert dict(plan.record.others)["统计期限"] == "自2017年1月1日起,至2017年12月31日止"
    assert "R102" in {finding.code for finding in plan.findings}


def test_two_real_plans_are_compared(corpus: Path) -> None:
    old, new = (
        gongkai.read(corpus / "corpus" / f"{name}.txt") for name in ("xicheng-2020", "dongcheng-2024")
    )
    diff = gongkai.diff(old, new)
    assert diff.apply(old) == new
    assert diff.invert().apply(new) == old
    assert gongkai.diff(new, new).changes == ()


def _squeezed(text: str) -> str:
    return re.sub(r"[\s、，,；;]|会同|等(?=相关)", "", text)


@pytest.mark.parametrize(
    ("pair", "side", "name"),
    (
        ("fujian-2016__fujian-2017", "old", "fujian-2016-flattened"),
        ("fujian-2016__fujian-2017", "new", "fujian-2017-flattened"),
        ("fujian-2017__fujian-2018", "new", "fujian-2018-flattened"),
    ),
)
def test_rows_whose_cells_run_together(pair: str, side: str, name: str, corpus: Path) -> None:
    known = json.loads((corpus / "gold" / "align" / f"{pair}.json").read_text(encoding="utf-8"))
    wanted = [(_squeezed(leaf["text"]), _squeezed(leaf["units"])) for leaf in known[side]["leaves"]]
    plan = gongkai.read(corpus / "corpus" / f"{name}.txt")
    found = [
        (_squeezed(task.text), _squeezed("".join(body.name for body in task.departments)))
        for task in plan.tasks
    ]
    assert len(found) == len(wanted)
    missed = [(have, want) for have, want in zip(found, wanted, strict=True) if have != want]
    assert len(missed) <= 0.03 * len(wanted), missed


def test_a_table_that_lost_its_cells_reads_as_the_page_does(corpus: Path) -> None:
    page = gongkai.read(corpus / "corpus" / "pingtan-2022.html")
    copy = gongkai.read(corpus / "corpus" / "pingtan-2022-flattened.txt")
    assert len(page.tasks) == 18
    assert [(task.label, task.text, task.assignments) for task in copy.tasks] == [
        (task.label, task.text, task.assignments) for task in page.tasks
    ]
    assert [(section.label, section.heading) for section in copy.sections] == [
        (section.label, section.heading) for section in page.sections
    ]
