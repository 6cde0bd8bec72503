"""The expressions of the deadline grammar, assembled from ``grammar/time.toml`` when they are first needed.

Every repetition in them is bounded, so that a match costs no more than its own few characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from gongkai.reading.grammar import alternatives
from gongkai.reading.timetables import words

__all__ = ["Patterns", "family", "look", "patterns"]

_GAP: Final = r"\s{0,4}"
_ARABIC: Final = "0-9０-９"
#: How a group with a name begins.
_GROUP: Final = re.compile(r"\(\?P<\w+>")
#: What may follow a numeral that opens an expression: how units but 年 begin, and signs of ranges.
_AFTER_NUMERAL: Final = "月日季个工小天周自星－—–至到~～-"


class Patterns(NamedTuple):
    """The compiled expressions.

    Attributes:
        start: where an expression of a sentence can begin.
        slot_start: where one of a slot can begin.
        expression: any expression; its only group is its family: ``recurring``, ``plan`` (of five years),
            ``span`` (a range), ``numeric``, ``dated`` (with a year), ``point`` (without one), ``within``,
            ``ongoing``.
        naming: the ends of sentences, and years that are named.
        label, opening, tail: the words around an expression.
        after: what stands behind a time and makes it a beginning (starting), none at all (passing) or,
            in a sentence, a deadline (done).
        event: the words between an event and the duration that it starts.
        since: the words before an event, and those that only look so.
    """

    start: re.Pattern[str]
    slot_start: re.Pattern[str]
    expression: re.Pattern[str]
    naming: re.Pattern[str]
    label: re.Pattern[str]
    opening: re.Pattern[str]
    tail: re.Pattern[str]
    after: re.Pattern[str]
    event: re.Pattern[str]
    since: re.Pattern[str]


def _any(listed: Iterable[str]) -> str:
    return f"(?:{alternatives(listed)})"


def _guarded(listed: Iterable[str], not_before: Mapping[str, list[str]]) -> str:
    """Match any of the words, unless what follows makes its last character part of another word."""
    ordered = sorted(set(listed), key=lambda word: (-len(word), word))
    guards = {sign: f"(?!{alternatives(bad)})" for sign, bad in not_before.items()}
    return "(?:" + "|".join(re.escape(word) + guards.get(word[-1], "") for word in ordered) + ")"


@cache
def _chinese() -> str:
    numerals = words()["numerals"]
    return "".join(numerals["digits"]) + numerals["ten"] + numerals["hundred"]


@cache
def _numeral() -> str:
    chinese = _chinese()
    before = chinese + words()["numerals"]["not_after"]
    return f"(?:(?<![{_ARABIC}])[{_ARABIC}]{{1,4}}(?![{_ARABIC}])|(?<![{before}])[{chinese}]{{1,5}})"


@cache
def _year() -> str:
    digits = "".join(words()["numerals"]["digits"])
    arabic = f"(?<![{_ARABIC}])[12１２][{_ARABIC}]{{3}}(?![{_ARABIC}])"
    return f"(?:{arabic}|(?<![{digits}])[一二][{digits}]{{3}})"


def _relative() -> str:
    years = words()["years"]
    return _any([*years["plan"], *years["sentence"], *years["past"]])


def _part() -> str:
    """Match a part of a year: 10月, 10月31日, 10月中旬, 第三季度, 前三季度, 上半年, 年底."""
    parts, years, numerals = words()["parts"], words()["years"], words()["numerals"]
    thirds = _any(parts["thirds"])
    day = rf"(?P<day>{_numeral()}){_GAP}[日号](?:{_GAP}[{_ARABIC}]{{1,2}}(?:[时点]整?|[:：][0-9]{{2}}))?"
    month = rf"(?P<month>{_numeral()}){_GAP}月份?(?!(?!{thirds})[{parts['unclear']}])"
    quarter = rf"(?P<quarter>{_numeral()}){_GAP}个?{_any(parts['quarter'])}"
    quarter = rf"(?:第|(?P<first>{parts['first']}))?{_GAP}{quarter}"
    half = f"(?P<half>{_any(parts['halves'])})"
    not_after = years["not_after"] + "".join(numerals["digits"]) + numerals["ten"] + _ARABIC
    whole = rf"(?<![{not_after}])(?P<whole>{_any([*years['whole'], *years['end'], *years['inside']])})"
    return rf"(?:{month}(?:{_GAP}(?:{day}|(?P<third>{thirds})))?|{quarter}|{half}|{whole})"


def _named() -> str:
    """Match a year that is named: 2024年, 2024年度, 24年 before a month."""
    short = rf"(?<![{_ARABIC}])[{_ARABIC}]{{2}}(?={_GAP}年{_GAP}[{_ARABIC}]{{1,2}}{_GAP}月)"  # 24年10月
    return rf"(?P<year>{_year()}|{short}){_GAP}年度?"


def _point() -> str:
    """Match 2024年, 今年10月, 10月底; where none stands, nothing."""
    return rf"(?:{_named()}|(?P<relative>{_relative()}))?(?:{_GAP}的?{_part()})?"


def _close() -> str:
    closing = words()["closing"]
    guards = closing["not_before"]
    end = rf"(?:{_GAP}(?P<end>{_guarded(closing['end'], guards)}))?"
    return end + rf"(?:{_GAP}(?P<close>{_guarded([*closing['before'], *closing['inside']], guards)}))?"


def _span() -> str:
    """Match a range, whose first half may lack its units: 3-10月, 2024年3月至2025年2月, 一至三季度."""
    quarter = _any(words()["parts"]["quarter"])
    begins = (
        rf"(?:(?:(?P<year_a>{_year()})(?:{_GAP}年度?)?|(?P<relative_a>{_relative()})){_GAP})?"
        rf"(?:第?(?P<quarter_a>{_numeral()}){_GAP}个?{quarter}"
        rf"|第?(?P<month_a>{_numeral()})(?:{_GAP}月份?(?:{_GAP}(?P<day_a>{_numeral()})(?:{_GAP}[日号])?)?)?)?"
    )
    start = _any(words()["closing"]["start"])
    signs = "".join(sorted(set("".join(words()["marks"]["range"]).replace("-", ""))))
    joint = rf"{_GAP}(?:{start}{_GAP}[，,]?)?{_GAP}{_any(words()['marks']['range'])}{_GAP}"
    ends = rf"(?:(?P<day_b>{_numeral()}){_GAP}[日号]|{_point()}(?<![\s{signs}-]))"  # the point is not empty
    return begins + joint + ends + _close()


def _recurring() -> str:
    recurring, parts, closing = words()["recurring"], words()["parts"], words()["closing"]
    guards = recurring["not_before"]
    unit = _guarded(recurring["units"], guards)
    every = rf"(?:{_any(recurring['every'])}{_GAP}(?:(?P<every>{_numeral()}){_GAP}个?)?(?P<unit>{unit}))"
    by = rf"(?P<by>{_guarded(recurring['by'], guards)})|(?P<slot>{_guarded(recurring['slot'], guards)})"
    ends = _guarded(recurring["end"], closing["not_before"])
    end = rf"[年月]?(?P<end>{ends})"
    third = _any(parts["thirds"])
    day = rf"(?P<day>{_numeral()}){_GAP}[日号]|(?P<third>{third})"
    of_month = rf"(?P<month_day>{_numeral()}){_GAP}[日号]|(?P<month_third>{third})|{ends}"
    ranged = rf"(?!{_GAP}{_any(words()['marks']['range'])})"
    month = rf"(?P<month>{_numeral()}){_GAP}月份?{ranged}(?:{_GAP}(?:{of_month}))?"
    quarter = rf"第?(?P<quarter>{_numeral()}){_GAP}个?{_any(parts['quarter'])}{ends}?"
    before = _guarded(closing["before"], closing["not_before"])
    weekday = rf"(?P<weekday>[{''.join(recurring['weekdays'])}])(?={before}|[{_stops()}]|\Z)"
    numerals = _ARABIC + _chinese()
    firsts = ["年月第", *recurring["end"], *parts["thirds"], *parts["halves"], *recurring["weekdays"]]
    tail = rf"{end}|{month}|{quarter}|{day}|(?P<half>{_any(parts['halves'])}){ends}?|{weekday}"
    tail = rf"(?:{_GAP}(?=[{numerals}{_characters(firsts)}])(?:{tail}))?"
    soon = f"(?=[^{numerals}]{{0,{6 + max(map(len, recurring['least']))}}}[{numerals}])"
    count = (
        rf"(?:{soon}{_any(recurring['least'])}?[一-龥]{{0,6}}?{_numeral()}{_GAP}{_any(recurring['times'])})?"
    )
    return rf"(?:{every}|{by}){tail}(?:{_GAP}{before})?{count}"


def _within() -> str:
    within, guards = words()["within"], words()["closing"]["not_before"]
    before = rf"(?:(?P<least>{_any(within['min_before'])})|(?P<most>{_any(within['max_before'])}))?{_GAP}"
    half = rf"{words()['numerals']['half']}(?P<half>{_any(within['half'])})"
    amount = rf"(?:(?P<amount>{_numeral()}){_GAP}(?P<unit>{_any(within['units'])})|{half})"
    after = rf"(?P<inside>{_guarded(within['max_after'], guards)})|(?P<above>{_any(within['min_after'])})"
    return rf"{before}{amount}(?:{_GAP}(?:{after}))?"


def _plan() -> str:
    plans, quotes = words()["five_year_plans"], words()["marks"]["quotes"]
    closing = words()["closing"]
    end = _guarded(plans["end"], closing["not_before"])
    during = _any(plans["during"])
    close = _guarded(closing["before"], closing["not_before"])
    name = rf"[{quotes}]?(?P<plan>{_any(plans['plans'])})[{quotes}]?"
    return rf"{name}{_GAP}(?:(?P<end>{end})|(?P<during>{during}))(?:{close})?"


def _ongoing() -> str:
    ongoing = words()["ongoing"]
    once = rf"{_any(ongoing['words'])}{_any(words()['actions']['words'])}{{0,2}}"
    return rf"{once}(?:[，,、]?{_any(ongoing['joints'])}?{once}){{0,3}}"


def _stops() -> str:
    marks = words()["marks"]
    return marks["sentence"] + marks["clause"] + marks["list"]


def _start(openers: Iterable[str]) -> str:
    """Match the first character of an expression, looking at what follows it.

    It begins with one class of characters, which the engine seeks fast, drops most of them at the next one,
    and looks for whole words last:
    不得少于5个, 第三季度 and 三年内 begin one, 不得转发, 第三方 and 三年行动 none.
    """
    numerals, within = words()["numerals"], words()["within"]
    numeral = f"[{_ARABIC}{_chinese()}]"
    limits = _any([*within["max_after"], *within["min_after"]])
    after_numbers = (
        rf"{numeral}{{0,4}}{_GAP}(?:[{_AFTER_NUMERAL}]|年{_GAP}{limits})",
        rf"{numeral}{{3}}{_GAP}年",
        rf"[{_ARABIC}]{_GAP}年{_GAP}[{_ARABIC}]",  # 24年10月
        rf"[{_ARABIC}]{{3}}[-/.．－]",
    )
    after_number = "|".join(after_numbers)
    openers = set(openers)
    firsts: dict[str, set[str]] = {}
    for opener in openers:
        firsts.setdefault(opener[0], set()).add(re.escape(opener[1:]))
    for bound in {*within["min_before"], *within["max_before"]}:
        openers.add(bound)
        firsts.setdefault(bound[0], set()).add(f"{bound[1:]}{_GAP}(?:{numeral}|{numerals['half']})")
    for first, signs in _counted().items():
        firsts.setdefault(first, set()).add(rf"{_GAP}{numeral}{{1,5}}{_GAP}[{signs}]")
    alike: dict[str, str] = {}
    for first, others in firsts.items():
        rest = "|".join(sorted(others))
        alike[rest] = alike.get(rest, "") + first
    looks = "|".join(f"(?<=[{first}])(?={rest})" for rest, first in alike.items())
    any_first = "".join(firsts)
    any_second = "".join(sorted({opener[1] for opener in openers})) + numeral[1:-1] + r"\s"
    worded = f"(?<=[{any_first}])(?=[{any_second}])(?:{looks})"
    numbered = f"(?<={numeral})(?<![{_ARABIC}][{_ARABIC}])(?={after_number})"
    return f"[{numeral[1:-1]}{any_first}](?:{worded}|{numbered})"


def _counted() -> dict[str, str]:
    """What stands before a number (第三季度, 前三季度), and the signs that may follow the number there."""
    tables = words()
    ranges = {word[0] for word in (*tables["marks"]["range"], *tables["closing"]["start"])}
    return {"第": "个季月" + re.escape("".join(sorted(ranges))), tables["parts"]["first"]: "个季"}


def _openers() -> list[str]:
    """List what the expressions of a sentence can begin with, but for the numerals."""
    tables = words()
    years, parts, recurring, within = tables["years"], tables["parts"], tables["recurring"], tables["within"]
    digits = [
        *tables["numerals"]["digits"],
        *"0123456789０１２３４５６７８９",
        tables["numerals"]["ten"],
        " ",
    ]
    listed = [
        *years["plan"],
        *years["sentence"],
        *years["past"],
        *years["end"],
        *years["inside"],
        *years["whole"],
    ]
    listed += [*parts["halves"], *recurring["by"]]
    listed += [every[0] + second for every in recurring["every"] for second in [*digits, every[1:] or "一"]]
    listed += ["每" + unit for unit in recurring["units"]]
    listed += [tables["numerals"]["half"] + unit for unit in within["half"]]
    listed += tables["five_year_plans"]["plans"]
    listed += [
        quote + plan for quote in tables["marks"]["quotes"] for plan in tables["five_year_plans"]["plans"]
    ]
    return listed


def _naming() -> str:
    """Match the end of a sentence, or a year that is named, which alone is longer than one character.

    It begins with one class of characters, as :func:`_start` does: every text with a time is searched for it.
    """
    tables = words()
    digits, stops = "".join(tables["numerals"]["digits"]), tables["marks"]["sentence"]
    arabic = rf"(?<=[12１２])(?<![{_ARABIC}][12１２])[{_ARABIC}]{{3}}(?![{_ARABIC}])"
    chinese = rf"(?<=[一二])(?<![{digits}][一二])[{digits}]{{3}}"
    versions = rf"{_GAP}年(?!{_GAP}{_any(tables['years']['not_naming'])})|[-/.][{_ARABIC}]{{1,2}}[-/.]"
    return rf"[{stops}12１２一二](?:(?<=[{stops}])|(?:{arabic}|{chinese})(?={versions}))"


def _numeric() -> str:
    date = (
        rf"(?P<year>{_year()})[-/.．－](?P<month>[{_ARABIC}]{{1,2}})(?:[-/.．－](?P<day>[{_ARABIC}]{{1,2}}))?"
    )
    return rf"{date}(?![{_ARABIC}]|\s*月)" + _close()


def _expression() -> str:
    """Match any expression: the families in the order of trial, each behind a look at its first signs."""
    tables = words()
    recurring, within, years = tables["recurring"], tables["within"], tables["years"]
    marks, start = tables["marks"], tables["closing"]["start"]
    relative = [*years["plan"], *years["sentence"], *years["past"]]
    half = [_chinese(), *relative, *tables["parts"]["quarter"], *start, "年度第季个月份日号，,"]
    half_range = f"[{_ARABIC}{_characters(half)}\\s]{{0,64}}"
    durations = [*_chinese(), tables["numerals"]["half"], *within["min_before"], *within["max_before"]]
    plans = [*marks["quotes"], *tables["five_year_plans"]["plans"]]
    families = {
        "recurring": (_firsts([*recurring["every"], *recurring["by"], *recurring["slot"]]), _recurring()),
        "plan": (_firsts(plans), _plan()),
        "span": (half_range + _firsts(marks["range"]), _span()),
        "numeric": ("", _numeric()),
        "dated": ("", rf"{_named()}(?:{_GAP}的?{_part()})?{_close()}"),
        "point": ("", rf"(?:{_relative()}(?:{_GAP}的?{_part()})?|{_part()}){_close()}"),
        "within": (f"(?:{_firsts(durations)}|[{_ARABIC}])", _within()),
        "ongoing": (_firsts(tables["ongoing"]["words"]), _ongoing()),
    }
    return "|".join(
        f"(?P<{name}>{f'(?={look})' if look else ''}(?:{_GROUP.sub('(?:', family)}))"
        for name, (look, family) in families.items()
    )


@cache
def family(name: str) -> re.Pattern[str]:
    """Return the expressions of one family, whose groups are their parts."""
    makers = {
        "recurring": _recurring,
        "plan": _plan,
        "span": _span,
        "numeric": _numeric,
        "within": _within,
        "ongoing": _ongoing,
    }
    return re.compile(makers[name]() if name in makers else _point() + _close())


def _characters(listed: Iterable[str]) -> str:
    return re.escape("".join(sorted(set("".join(listed)))))


def _firsts(listed: Iterable[str]) -> str:
    return f"[{_characters(word[0] for word in listed)}]"


@cache
def look() -> Callable[[str], bool]:
    """Return a quick look: whether a sentence holds a sign without which there is no expression in it.

    Nearly all sentences have none. It is compiled from the table as one chain (``"年" in text or …``), which
    takes half the time of an expression and a fifth of that of a loop.
    """
    chain = " or ".join(f"{sign!r} in text" for sign in words()["look"]["signs"])
    scope: dict[str, Callable[[str], bool]] = {}
    exec(f"def look(text): return {chain}", scope)  # noqa: S102 - the words are our own table's
    return scope["look"]


@cache
def patterns() -> Patterns:
    """Return the expressions, compiled."""
    tables = words()
    closing, within = tables["closing"], tables["within"]
    starting = _any(closing["start"])
    label = _any(tables["labels"]["words"])
    slot_openers = [*tables["recurring"]["slot"], *tables["ongoing"]["words"]]
    action = _any([*tables["actions"]["words"], *closing["done"]])
    edges = r"\s，,。；;、（）()"
    compiled = re.compile
    return Patterns(
        start=compiled(_start(_openers())),
        slot_start=compiled(_start([*_openers(), *slot_openers])),
        expression=compiled(_expression()),
        naming=compiled(_naming()),
        label=compiled(rf"[{edges}]{{0,8}}(?:{label}{_GAP}[:：]?)?[{edges}]{{0,8}}"),
        opening=compiled(rf"{_any(tables['opening']['words'])}{_GAP}"),
        tail=compiled(rf"{_GAP}(?:{starting}{_GAP})?{action}{{0,3}}[{edges}]{{0,8}}"),
        after=compiled(
            rf"{_GAP}(?:(?P<starting>{starting}{_GAP}[，,]?{_GAP})|(?P<passing>{_any(closing['after'])})"
            rf"|(?P<done>{_any(closing['done_in_sentence'])}))"
        ),
        event=compiled(rf"{_any(within['after'])}{_GAP}[，,]?{_any(within['between'])}{{0,3}}{_GAP}\Z"),
        since=compiled(rf"{_any(within['not_since'])}|({_any(within['between'])}?{_any(within['since'])})"),
    )
