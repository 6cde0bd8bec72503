"""What the checker finds on real plans."""

from __future__ import annotations

from pathlib import Path

import gongkai


def found(corpus: Path, name: str, code: str) -> list[str]:
    plan = gongkai.read(corpus / "corpus" / f"{name}.txt")
    return [item.zh for item in gongkai.check(plan, select=code)]


def test_a_slip_of_the_pen(corpus: Path) -> None:
    assert found(corpus, "dongcheng-2024", "C202") == ["“区住房城市建设委”是否为“区住房城乡建设委”"]


def test_one_body_under_two_names_and_two_of_one_function(corpus: Path) -> None:
    assert found(corpus, "xicheng-2020", "C205") == ["“区政府办”和“区政府办公室”是同一单位"]
    assert ["区政务服务中心" in words for words in found(corpus, "xicheng-2020", "C206")] == [True]


def test_a_place_that_was_left_where_others_are_masked(corpus: Path) -> None:
    assert ["石景山" in words for words in found(corpus, "shijingshan-2018", "C207")] == [True]
