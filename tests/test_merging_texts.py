"""Texts of plans, merged: what no side changed stays as it stands, and the result says what the merge says."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import examples
from gongkai.merging import TextMerge, merge_texts
from gongkai.merging.texts.chunks import cut
from gongkai.merging.texts.marking import has_markers, split
from tests.helpers_textedits import edited

#: Examples with a task a line.
NAMES = tuple(name for name in examples.names() if name != "chenghu-2023")
THREE = tuple(examples.text(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))

BASE = """澄湖区2025年政务公开工作要点

　　一、重点领域公开

　　1.每年公开目录。（区司法局负责落实，完成时限：2025年10月）
　　2.做好解读。（各部门负责落实）

　　二、平台建设

　　3.改进网站检索。（区政府办公室牵头，各部门配合）
"""


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - edits need no cryptography


def merged(base: str, ours: str, theirs: str) -> TextMerge:
    found = merge_texts(base, ours, theirs)
    assert found is not None
    return found


@pytest.mark.parametrize("name", examples.names())
def test_the_parts_of_a_text_are_the_text(name: str) -> None:
    text = examples.text(name)
    found = cut(text)
    assert found is not None
    middle = "".join([chunk.raw + (chunk.gap or "") for chunk in found.chunks.values()])
    assert found.head + middle + found.tail == text


@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 6))
def test_a_one_sided_edit_is_the_edit(name: str, seed: int, count: int) -> None:
    """Blanks, empty lines and all: byte for byte."""
    base = examples.text(name)
    edit = edited(base, chance(seed), count)
    assert merged(base, edit, base).text() == edit
    assert merged(base, base, edit).text() == edit
    assert merged(base, edit, edit).text() == edit


@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 4))
def test_lines_that_no_side_changed_stay(name: str, seed: int, mine: int, others: int) -> None:
    """Else the text is left alone; and what is written reads as the merge's plan."""
    rng, base = chance(seed), examples.text(name)
    ours, theirs = edited(base, rng, mine), edited(base, rng, others)
    found = merged(base, ours, theirs)
    text = found.text()
    if text is None:
        return
    before, left, right, made = (Counter(one.splitlines()) for one in (base, ours, theirs, text))
    assert not before - (before - left) - (before - right) - made
    once = {line for line, number in before.items() if number == 1}
    assert once & set(left) & set(right) <= set(made)
    if not found.merge.conflicts:
        assert gongkai.parse(text) == found.merge.plan
        return
    sides = split(text)
    assert sides is not None
    assert sides.base is not None
    assert gongkai.parse(sides.base) == found.merge.plan


def test_most_texts_are_not_left_alone() -> None:
    """What the laws above let pass is the exception."""
    left = 0
    for seed in range(40):
        rng = chance(seed)
        base = examples.text(rng.choice(NAMES))
        left += merged(base, edited(base, rng, 3), edited(base, rng, 3)).text() is None
    assert left <= 5


class TestBothSides:
    def test_fields_of_one_line(self) -> None:
        ours = BASE.replace("每年公开目录", "每年公开权责清单")
        theirs = BASE.replace("2025年10月", "2025年9月")
        assert merged(BASE, ours, theirs).text() == ours.replace("2025年10月", "2025年9月")

    def test_lines_beside_each_other(self) -> None:
        ours, theirs = BASE.replace("每年公开目录", "每年公开清单"), BASE.replace("做好解读", "做好图解")
        assert merged(BASE, ours, theirs).text() == ours.replace("做好解读", "做好图解")

    def test_a_task_is_moved_here_and_edited_there(self) -> None:
        line = "　　2.做好解读。（各部门负责落实）\n"
        ours = BASE.replace(line, "").replace("　　3.改进", "　　2.改进") + line.replace("2.", "3.")
        theirs = BASE.replace("做好解读", "做好图解")
        assert merged(BASE, ours, theirs).text() == ours.replace("做好解读", "做好图解")

    def test_tasks_are_added_in_one_place(self) -> None:
        ours = BASE + "　　4.公布账号名录。（区委网信办负责落实）\n"
        theirs = BASE + "　　4.开设咨询专线。（区信访办负责落实）\n"
        text = merged(BASE, ours, theirs).text()
        assert text is not None
        assert "　　4.公布账号名录。（区委网信办负责落实）\n　　5.开设咨询专线。" in text

    def test_departments_that_both_add(self) -> None:
        ours = BASE.replace("区司法局负责", "区司法局、区财政局负责")
        theirs = BASE.replace("区司法局负责", "区司法局、区审计局负责")
        text = merged(BASE, ours, theirs).text()
        assert text is not None
        assert {"区财政局", "区审计局"} <= set(gongkai.parse(text).tasks[0].assignments[0].names)

    def test_line_ends_of_windows(self) -> None:
        crlf = BASE.replace("\n", "\r\n")
        ours, theirs = crlf.replace("目录", "清单"), crlf.replace("检索", "检索和问答")
        assert merged(crlf, ours, theirs).text() == ours.replace("检索", "检索和问答")

    def test_a_text_without_an_end_of_line(self) -> None:
        base = BASE.rstrip("\n")
        ours, theirs = base.replace("目录", "清单"), base + "\n　　4.开设咨询专线。（区信访办负责落实）"
        assert merged(base, ours, theirs).text() == theirs.replace("目录", "清单")

    def test_a_merge_by_lines_is_taken_where_it_says_the_same(self) -> None:
        ours = BASE.replace("目录", "清单")
        assert merged(BASE, ours, BASE).text(tries=["乱", ours + "\n\n"]) == ours + "\n\n"


class TestConflicts:
    OURS = BASE.replace("2025年10月", "2025年9月")
    THEIRS = BASE.replace("2025年10月", "2025年11月").replace("改进网站检索", "优化网站检索")

    def test_they_are_marked_and_all_else_is_merged(self) -> None:
        found = merged(BASE, self.OURS, self.THEIRS)
        text = found.text(names={"base": "b", "ours": "o", "theirs": "t"}, size=9)
        assert text is not None
        assert text.count("<" * 9 + " o\n") == text.count(">" * 9 + " t\n") == 1
        assert has_markers(text, 9)
        sides = split(text, 9)
        assert sides is not None
        merged_line = ("改进网站检索", "优化网站检索")
        expected = [one.replace(*merged_line) for one in (BASE, self.OURS, self.THEIRS)]
        assert [sides.base, sides.ours, sides.theirs] == expected

    def test_the_three_texts_are_merged_again_and_decided(self) -> None:
        text = merged(BASE, self.OURS, self.THEIRS).text()
        assert text is not None
        sides = split(text)
        assert sides is not None
        assert sides.base is not None
        found = merged(sides.base, sides.ours, sides.theirs)
        assert [one.id for one in found.merge.conflicts] == ["1.deadlines"]
        decided = found.resolved(found.merge.resolve({"1.deadlines": "theirs"}))
        assert decided.text() == sides.theirs

    def test_the_example(self) -> None:
        found = merged(*THREE)
        text = found.text()
        assert text is not None
        assert text.count("<<<<<<< ours\n") == len(found.merge.conflicts) == 2

    @pytest.mark.parametrize(
        "text", ("<<<<<<< a\n甲\n", "=======\n", "<<<<<<< a\n=======\n||||||| b\n>>>>>>> c\n", ">>>>>>> c\n")
    )
    def test_markers_that_do_not_fit(self, text: str) -> None:
        assert split(text) is None or text.startswith("=")

    def test_git_tells_no_draft_by_default(self) -> None:
        found = split("<<<<<<< a\n甲\n=======\n乙\n>>>>>>> c\n丙\n")
        assert found is not None
        assert (found.base, found.ours, found.theirs) == (None, "甲\n丙\n", "乙\n丙\n")


class TestNoPlans:
    @pytest.mark.parametrize("text", ("", "没有任务。\n", "{}", "\x00\x01"))
    def test_they_are_left_alone(self, text: str) -> None:
        assert merge_texts(BASE, BASE, text) is None
        assert merge_texts(text, BASE, BASE) is None
