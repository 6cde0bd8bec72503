"""Segments: the way for a line that its only bracket ends gives what the general way gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.lines import Passage, scan
from gongkai.reading.segments import Segment, split

WORDS = (
    "公开目录", "。", "，", " ", "\u3000", "（", "）", "(", ")", "【", "】", "试点", "责任单位：", "区甲局负责落实",
    "区司法局", "区财政局、区教委牵头", "完成时限：2024年10月",
)  # fmt: skip
ENDS = (
    "",
    "（区司法局负责落实）",
    "(区财政局牵头，完成时限：2024年10月)",
    "（试点）",
    "（区司法局、区教委）",
)


def facts(segment: Segment) -> tuple[object, ...]:
    """Everything that a segment says but how it was found."""
    places = (segment.begin, segment.end, segment.opened, segment.inside, segment.closed, segment.stop)
    return (*places, segment.clause, segment.more)


def line(text: str, *, cuts: tuple[tuple[int, int], ...] = ()) -> Passage | None:
    """The one line that a text is; with cuts, as one that was broken."""
    found = scan(text)
    if not found:
        return None
    one = found[0]
    return Passage(one.start, one.text, one.style, one.label, one.tag, one.body, cuts)


@given(
    st.sampled_from(["", "1.", "（一）", "(二)", "一、", "1. "]),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.sampled_from(ENDS),
)
def test_both_ways_give_the_same_segments(label: str, text: str, end: str) -> None:
    plain, broken = line(label + text + end), line(label + text + end, cuts=((1, 2),))
    if plain is not None and broken is not None:
        assert [facts(one) for one in split(plain)] == [facts(one) for one in split(broken)]


def test_a_bracket_behind_a_slot_is_read_alike_in_both_ways() -> None:
    text = "完成时限：2024年10月（区司法局负责落实）"
    plain, broken = line(text), line(text, cuts=((1, 2),))
    assert plain is not None
    assert broken is not None
    assert [facts(one) for one in split(plain)] == [facts(one) for one in split(broken)]


@pytest.mark.parametrize("end", ENDS[1:3])
def test_a_line_that_its_only_bracket_ends_is_plain(end: str) -> None:
    found = line("1.公开目录。" + end)
    assert found is not None
    assert [one.bare for one in split(found)] == [True]


@pytest.mark.parametrize("text", ("\ufeff\x1c", "\u200b\x1c\n", "\x1c\ufeff \u200b"))
def test_signs_without_width_are_no_line(text: str) -> None:
    assert scan(text) == []
