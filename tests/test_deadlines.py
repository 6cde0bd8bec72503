"""Deadlines: the spec cases, the gold of real plans, and the laws."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

import gongkai
from gongkai import Deadline, Span
from gongkai.model import Stated
from gongkai.reading.deadlines import find_deadlines, parse_deadline
from gongkai.reading.grammar import table
from gongkai.reading.timetables import number
from gongkai.reading.timewords import look

CASES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("deadlines.toml").read_text(encoding="utf-8")
)
EXPRESSIONS = [(text, meaning) for group in CASES["expressions"].values() for text, meaning in group.items()]
FIXED = ("date", "month", "quarter", "half", "year")


def describe(deadline: Deadline | None) -> str:
    """Write a deadline's meaning as the spec cases do."""
    if deadline is None:
        return "none"
    words = [str(deadline.kind)]
    if deadline.due:
        words.append(f"{deadline.start}..{deadline.due}" if deadline.start else f"{deadline.due}")
    if deadline.rule:
        words.append(deadline.rule)
    if deadline.amount is not None:
        words.append(f"{deadline.bound} {deadline.amount} {deadline.unit}")
    if deadline.start and not deadline.due:
        words.append(f"from {deadline.start}")
    if deadline.event:
        words.append(f"after {deadline.event}")
    return " ".join(words)


def found(text: str, year: int | None, stated: Stated) -> list[str]:
    deadlines = find_deadlines(text, year, stated=stated, place=Span)
    for deadline in deadlines:
        assert deadline.span is not None
        assert deadline.span.of(text) == deadline.text
        assert deadline.stated is stated
    return [f"{deadline.text}: {describe(deadline)}" for deadline in deadlines]


@pytest.mark.parametrize(("text", "meaning"), EXPRESSIONS)
def test_an_expression_means_what_the_spec_says(text: str, meaning: str) -> None:
    assert describe(parse_deadline(text, year=2024)) == meaning


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda case: case["text"][:20])
def test_in_a_sentence_only_a_deadline_is_a_deadline(case: dict[str, Any]) -> None:
    assert found(case["text"], 2024, Stated.SENTENCE) == case["found"]


@pytest.mark.parametrize("case", CASES["slots"], ids=lambda case: case["text"][:20])
def test_in_a_slot_every_time_is_a_deadline(case: dict[str, Any]) -> None:
    assert found(case["text"], 2024, Stated.COLUMN) == case["found"]
    assert found(case["text"], 2024, Stated.CLAUSE) == case["found"]


@pytest.mark.parametrize(
    ("text", "expression"),
    (
        ("完成时限:2024年10月", "2024年10月"),
        ("10月底前完成。", "10月底前"),
        ("到 2020 年底", "2020 年底"),
        ("不得少于 5 个工作日", "不得少于 5 个工作日"),
        ("在征集意见结束后30日内", "征集意见结束后30日内"),
        ("按季度公开", "按季度"),
    ),
)
def test_the_text_is_the_expression_without_label_and_verb(text: str, expression: str) -> None:
    deadline = parse_deadline(text, year=2024)
    assert deadline is not None
    assert deadline.text == expression
    assert (deadline.stated, deadline.span) == (None, None)


@pytest.mark.parametrize("text", ("年底前", "10月", "今年底前", "明年一季度", "全年", "3-10月"))
def test_without_a_year_there_is_no_due_day(text: str) -> None:
    assert parse_deadline(text, year=None) is None
    assert find_deadlines(text, None, stated=Stated.COLUMN, place=None) == ()
    assert find_deadlines(f"{text}前完成。", None, stated=Stated.SENTENCE, place=None) == ()


@pytest.mark.parametrize("text", ("每月", "30日内", "2024年10月", "长期", "“十四五”末"))
def test_what_needs_no_year_is_read_without_one(text: str) -> None:
    assert parse_deadline(text, year=None) == parse_deadline(text, year=2024) != None  # noqa: E711


def test_a_word_of_the_title_marks_stays_in_the_event() -> None:
    (deadline,) = find_deadlines("在《办法》印发后30日内公开。", 2024, stated=Stated.SENTENCE, place=None)
    assert deadline.event == "《办法》印发"


def test_it_is_public() -> None:
    assert gongkai.parse_deadline is parse_deadline


def test_the_gold_expressions_come_out_right(corpus: Path) -> None:
    for line in (corpus / "gold" / "deadlines.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        deadline = parse_deadline(gold["text"], year=gold["year"])
        if gold["kind"] is None:
            assert deadline is None, gold
            continue
        assert deadline is not None, gold
        assert deadline.kind == gold["kind"], gold
        for name in ("due", "start"):
            if name in gold:
                assert getattr(deadline, name) == date.fromisoformat(gold[name]), gold
        for name in ("amount", "unit", "bound"):
            if name in gold:
                assert getattr(deadline, name) == gold[name], gold
        if "rule" in gold:
            assert deadline.rule is not None
            assert set(gold["rule"].split(";")) <= set(deadline.rule.split(";")), gold


PLANS = ["dongcheng-2024", "xicheng-2020", "shijingshan-2018", "beijing-culture-tourism-2023"]


@pytest.mark.parametrize("name", PLANS)
def test_the_sentences_of_real_plans_hold_the_deadlines_that_readers_find(name: str, corpus: Path) -> None:
    gold = json.loads((corpus / "gold" / "reader" / f"{name}.json").read_text(encoding="utf-8"))
    in_clause = {
        d["text"] for leaf in gold["leaves"] for d in leaf["deadlines"] if d["text"] in leaf["clause"]
    }
    wanted = [
        d["due"]
        for leaf in gold["leaves"]
        for d in leaf["deadlines"]
        if d["text"] not in in_clause and "due" in d
    ]
    text = (corpus / "corpus" / f"{name}.txt").read_text(encoding="utf-8")
    body = text[text.index(gold["leaves"][0]["starts"] or "(三)") :] if gold["leaves"][0]["starts"] else text
    have = [
        deadline.due.isoformat()
        for line in body.splitlines()
        for deadline in find_deadlines(line, gold["year"], stated=Stated.SENTENCE, place=None)
        if deadline.due
    ]
    assert have == wanted


years = st.integers(2000, 2099)
months = st.integers(1, 12)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
made = st.one_of(
    st.builds(Deadline.by_date, days),
    st.builds(Deadline.by_month, years, months),
    st.builds(Deadline.by_quarter, years, st.integers(1, 4)),
    st.builds(Deadline.by_half, years, st.integers(1, 2)),
    st.builds(Deadline.by_year, years),
    st.sampled_from([Deadline.ongoing(), Deadline.every("FREQ=MONTHLY;INTERVAL=3", "按季度")]),
    st.builds(lambda n: Deadline.lasting(n, "workday", f"{n}个工作日内"), st.integers(1, 99)),
    st.builds(
        lambda n: Deadline.lasting(n, "day", f"公布后{n}日内", event="公布", bound="max"), st.integers(1, 99)
    ),
)


@given(made, years)
def test_a_deadline_reads_back_from_its_text(deadline: Deadline, year: int) -> None:
    assert parse_deadline(deadline.text, year=year) == deadline


def chinese(value: int) -> str:
    """Write 1 to 99 as Chinese does."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def full_width(value: int) -> str:
    return str(value).translate({ord("0") + n: ord("０") + n for n in range(10)})


numerals = st.sampled_from([str, chinese, full_width])


@given(st.integers(1, 99), numerals)
def test_a_number_is_read_from_every_numeral(value: int, write: Any) -> None:
    assert number(write(value)) == value


@given(
    st.sampled_from(["", "完成时限：", "时限要求:"]),
    st.sampled_from(["", "于", "到 ", "力争"]),
    years,
    months,
    numerals,
    st.sampled_from(["", " "]),
    st.sampled_from(["", "底", "底前", "前", "底之前", "末"]),
    st.sampled_from(["", "完成", "完成。", "全面完成"]),
)
def test_an_expression_keeps_its_meaning_in_every_dress(
    label: str, opening: str, year: int, month: int, write: Any, gap: str, close: str, done: str
) -> None:
    text = f"{label}{opening}{year}{gap}年{gap}{write(month)}{gap}月{close}{done}"
    deadline = parse_deadline(text, year=1999)
    assert deadline is not None
    assert (deadline.kind, deadline.due) == ("month", Deadline.by_month(year, month).due)


@given(days, days)
def test_a_range_starts_and_ends_on_the_days_it_names(one: date, other: date) -> None:
    first, last = sorted((one, other))
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    deadline = parse_deadline(text, year=None)
    assert deadline is not None
    assert (deadline.start, deadline.due) == (first, last)


grammar_words = sorted(
    {word for section in table("time").values() for listed in section.values() for word in listed}
    | set("年月日号第个，。；《》 0123456789０９：、\n")
)
mixed = st.lists(st.one_of(st.sampled_from(grammar_words), st.text(max_size=3)), max_size=30).map("".join)


@given(mixed, st.none() | st.integers(-5, 12_000), st.sampled_from(Stated))
@example("9999年内每两三个月9999天内0日内每0月2024年0月", 0, Stated.COLUMN)
@example("11月至3月", 9999, Stated.COLUMN)
@example("明年底前", 9999, Stated.SENTENCE)
def test_any_text_gives_deadlines_that_the_constructor_accepts(
    text: str, year: int | None, stated: Stated
) -> None:
    end = 0
    for deadline in find_deadlines(text, year, stated=stated, place=Span):
        fields = {name: getattr(deadline, name) for name in attrs.fields_dict(Deadline)}
        assert Deadline(**fields) == deadline
        assert deadline.span is not None
        assert deadline.span.of(text) == deadline.text
        assert deadline.span.start >= end
        end = deadline.span.end
        assert (deadline.due is not None) == (deadline.kind in FIXED)
        if deadline.rule:
            rrulestr(deadline.rule, dtstart=deadline.start)
    parse_deadline(text, year=year)


@given(mixed, st.integers(2000, 2030))
@example("30日内", 2024)
def test_the_quick_look_lets_every_deadline_through(text: str, year: int) -> None:
    if not look()(text):
        assert find_deadlines(text, year, stated=Stated.SENTENCE, place=None) == ()


def words_of_time() -> set[str]:
    """List the words of the tables that an expression of a sentence is made around."""
    tables = table("time")
    recurring, within = tables["recurring"], tables["within"]
    listed = [tables["five_year_plans"]["plans"], recurring["units"], recurring["by"]]
    listed += [within["units"], within["half"], tables["parts"]["quarter"], tables["parts"]["halves"]]
    listed += [tables["years"][name] for name in ("plan", "sentence", "whole", "end", "inside")]
    return {word for words in listed for word in words}


@pytest.mark.parametrize("word", sorted(words_of_time()))
def test_the_quick_look_knows_a_sign_of_every_word(word: str) -> None:
    assert look()(word), "add a sign of this word to [look] in grammar/time.toml"


@pytest.mark.parametrize("length", (0, 100, 390, 395, 400, 405, 1000))
def test_the_year_of_a_sentence_holds_however_far_it_stands(length: int) -> None:
    for begun, year in (
        ("。2022年", 2022),
        ("。二〇二二年", 2022),
        ("。2022-05-06", 2022),
        ("2022年。", 2024),
    ):
        text = "公" * length + begun + "评估，6月底前提出"
        (deadline,) = find_deadlines(text, 2024, stated=Stated.SENTENCE, place=None)
        assert deadline.due == date(year, 6, 30)


@given(mixed)
def test_what_stands_in_title_marks_is_no_deadline(text: str) -> None:
    inner = text.translate({ord("《"): None, ord("》"): None})
    assert find_deadlines(f"落实《{inner}》", 2024, stated=Stated.SENTENCE, place=None) == ()


@given(mixed)
def test_where_a_text_stands_changes_no_date_of_the_next_sentence(text: str) -> None:
    titled = text.translate({ord("《"): None, ord("》"): None})
    (*_, last) = find_deadlines(f"{titled}。6月底前提出", 2031, stated=Stated.SENTENCE, place=None)
    assert last.due == date(2031, 6, 30)


@pytest.mark.parametrize(
    "unit", ("年", "每", "2024年3月至", "《", "一", "9", "后30日内", " ", "1 ", "起", "不得少于", "2024-")
)
def test_long_texts_are_read_to_the_end(unit: str) -> None:
    text = unit * 20_000 + "。6月底前提出"
    (*_, last) = find_deadlines(text, 2024, stated=Stated.SENTENCE, place=None)
    assert (last.text, last.due) == ("6月底前", date(2024, 6, 30))
    assert parse_deadline(text, year=2024) is None
