"""How the difference of two texts is marked."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.comparing import redline

CASES = tomllib.loads((Path(__file__).parent / "data" / "redlines.toml").read_text(encoding="utf-8"))["case"]
TEXTS = st.one_of(
    st.text("公开政务，。 5a0年月", max_size=30),
    st.lists(
        st.sampled_from(("公开", "预算", "2023年10月", "50", "5%", "，", "。", "App", "一", "十二", "区")),
        max_size=12,
    ).map("".join),
)
SIGNS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def marked(old: str, new: str) -> str:
    return "".join(SIGNS[tag][0] + text + SIGNS[tag][1] for tag, text in redline(old, new))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_marks_what_a_person_marks(case: dict[str, str]) -> None:
    assert marked(case["old"], case["new"]) == case["marked"]


@given(TEXTS, TEXTS)
def test_the_runs_make_both_texts(old: str, new: str) -> None:
    runs = redline(old, new)

    assert "".join(text for tag, text in runs if tag != "added") == old
    assert "".join(text for tag, text in runs if tag != "removed") == new


@given(TEXTS, TEXTS)
def test_no_number_is_cut(old: str, new: str) -> None:
    runs = redline(old, new)

    for other in ("added", "removed"):
        side = [text for tag, text in runs if tag != other]
        for before, after in pairwise(side):
            assert not (before[-1].isdigit() and after[0].isdigit())


@given(TEXTS, TEXTS)
def test_what_was_removed_stands_before_what_was_added(old: str, new: str) -> None:
    tags = [tag for tag, _ in redline(old, new)]

    assert ("added", "removed") not in set(pairwise(tags))


@given(TEXTS, TEXTS, TEXTS)
def test_an_insertion_is_no_removal(before: str, middle: str, after: str) -> None:
    """Where a text was only added to, nothing is told to be gone."""
    before, middle = f"{before}。", f"{middle}；"  # so that no number goes on in the next text

    assert {tag for tag, _ in redline(before + after, before + middle + after)} <= {"same", "added"}
