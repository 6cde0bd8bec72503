"""The grammar of responsibility clauses, of their brackets and of the headings of aims, by table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.directory import Directory, is_body
from gongkai.reading.clauses import Clause, bracket_groups, parse_clause, slot_lines
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.outline import aims_pattern

CASES: dict[str, Any] = tomllib.loads(
    Path(__file__).parent.joinpath("data", "reading_clauses.toml").read_text(encoding="utf-8")
)
BRACKETS: dict[str, list[str]] = CASES.pop("brackets")
HEADINGS: dict[str, list[str]] = CASES.pop("headings")
CLAUSES = [(text, meaning) for group in CASES.values() for text, meaning in group.items()]

#: Pieces of clauses, for rows that nobody wrote.
PIECES = (
    *(
        "区财政局",
        "区教委",
        "某某",
        "牵头",
        "负责",
        "会",
        "商",
        "会同",
        "统筹",
        "按职责分工",
        "责任单位：",
        "时间：",
    ),
    *("，", "、", "；", " ", "/", "（", "）", "10月底前", "下同", "等", "\u200b", "市", "和", "为牵头单位"),
)


def describe(clause: Clause | None) -> str:
    """Write a clause in the notation of the cases."""
    if clause is None:
        return "none"
    roles = [
        f"{item.role}{'*' * item.severally}{'+' * item.open}:{'、'.join(item.names)}"
        for item in clause.assignments
    ]
    flags = ["bare"] * (not clause.sure) + ["unknown"] * (not clause.known)
    flags += [f"slip:{slip.text}={slip.meant}" for slip in clause.slips]
    parts = [
        "; ".join(roles),
        " ".join(slot.text for slot in clause.deadlines),
        "，".join(filter(None, [clause.unread, *("~" + remark for remark in clause.remarks)])),
        " ".join(flags),
    ]
    return " | ".join(parts).rstrip(" |")


@pytest.mark.parametrize(("text", "meaning"), CLAUSES)
def test_a_clause_says_what_a_careful_reader_finds(text: str, meaning: str) -> None:
    assert describe(parse_clause(text)) == meaning


def test_no_name_of_the_directory_is_split() -> None:
    organs = {name for organ in Directory.default().organs for name in organ.names}
    names = [name for name in organs if is_body(name) and not set(name) & set("、{")]
    split: list[str] = []
    for name in names:
        for text in (f"{name}负责", f"责任单位：{name}", f"{name}牵头，区教委配合"):
            clause = parse_clause(text)
            if clause is None or clause.assignments[0].names != (name,):
                split.append(text)

    assert len(names) > 500
    assert split == []


@pytest.mark.parametrize(("text", "groups"), BRACKETS.items())
def test_brackets_that_can_hold_a_clause(text: str, groups: list[str]) -> None:
    assert bracket_groups().findall(text) == groups


@pytest.mark.parametrize("text", HEADINGS["aims"])
def test_headings_of_aims(text: str) -> None:
    assert aims_pattern().fullmatch(text)


@pytest.mark.parametrize("text", HEADINGS["others"])
def test_other_headings(text: str) -> None:
    assert aims_pattern().fullmatch(text) is None


@pytest.mark.parametrize("word", ("即时", "实时", "随时"))
def test_at_once_is_an_ongoing_deadline(word: str) -> None:
    deadline = parse_deadline(word, year=2024)

    assert deadline is not None
    assert str(deadline.kind) == "ongoing"


@pytest.mark.parametrize(
    "text", ("责任单位：区财政局", "责任单位（部门）：区财政局", "公开目录。牵头单位：区财政局")
)
def test_slots_begin_a_line_or_a_sentence(text: str) -> None:
    assert slot_lines(brief=False).search(text)


@pytest.mark.parametrize("text", ("时间：5月1日", "公开目录。责任：重于泰山", "要求责任单位：区财政局"))
def test_everyday_words_begin_no_line_of_slots(text: str) -> None:
    assert slot_lines(brief=False).search(text) is None


@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_said_stands_in_the_text(text: str) -> None:
    clause = parse_clause(text)

    if clause is not None:
        assert clause.known == all(body.kind for item in clause.assignments for body in item.departments)
        for slot in clause.deadlines:
            assert text[slot.start : slot.start + len(slot.text)] == slot.text
        for item in clause.assignments:
            assert all(set(name) <= set(text) for name in item.names)
            assert not any("\u200b" in name or " " in name for name in item.names)
