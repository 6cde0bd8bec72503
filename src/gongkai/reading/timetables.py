"""The words of time, as ``grammar/time.toml`` lists them, and the numerals that stand among them."""

from __future__ import annotations

from functools import cache
from typing import Final, TypedDict, cast

from gongkai.reading.grammar import table

__all__ = ["TimeWords", "number", "words"]


class TimeWords(TypedDict):
    """The tables of ``grammar/time.toml``; what each means stands there."""

    numerals: _Numerals
    marks: _Marks
    labels: dict[str, list[str]]
    look: dict[str, list[str]]
    opening: dict[str, list[str]]
    closing: _Closing
    actions: dict[str, list[str]]
    years: _Years
    five_year_plans: _FiveYearPlans
    parts: _Parts
    recurring: _Recurring
    within: _Within
    ongoing: dict[str, list[str]]


class _Numerals(TypedDict):
    digits: dict[str, int]
    ten: str
    hundred: str
    half: str
    not_after: str


class _Marks(TypedDict):
    sentence: str
    clause: str
    list: str
    range: list[str]
    title: list[str]
    quotes: str


class _Closing(TypedDict):
    before: list[str]
    inside: list[str]
    end: list[str]
    done: list[str]
    done_in_sentence: list[str]
    not_before: dict[str, list[str]]
    start: list[str]
    after: list[str]


class _Years(TypedDict):
    plan: dict[str, int]
    sentence: dict[str, int]
    past: list[str]
    whole: list[str]
    end: list[str]
    inside: list[str]
    in_sentence: list[str]
    not_after: str
    not_naming: list[str]


class _FiveYearPlans(TypedDict):
    plans: dict[str, list[int]]
    end: list[str]
    during: list[str]


class _Parts(TypedDict):
    thirds: dict[str, int]
    halves: dict[str, int]
    unclear: str
    quarter: list[str]
    first: str


class _Recurring(TypedDict):
    every: list[str]
    units: dict[str, str]
    end: list[str]
    by: dict[str, str]
    slot: dict[str, str]
    weekdays: dict[str, str]
    least: list[str]
    times: list[str]
    not_before: dict[str, list[str]]


class _Within(TypedDict):
    units: dict[str, str]
    half: dict[str, str]
    max_before: list[str]
    max_after: list[str]
    min_before: list[str]
    min_after: list[str]
    not_after: str
    alone: list[str]
    experience: list[str]
    after: list[str]
    between: list[str]
    since: list[str]
    not_since: list[str]


@cache
def words() -> TimeWords:
    """Return the tables."""
    return cast("TimeWords", table("time"))


def number(text: str) -> int | None:
    """Return the number that a numeral writes, in Arabic (also full-width) or Chinese digits; None for none.

    Chinese numerals are read up to hundreds (一百二十), four digits in a row as a year (二〇二四).

    >>> [number(text) for text in ("10", "２０", "十二", "一百零五", "二〇二四", "两三")]
    [10, 20, 12, 105, 2024, None]
    """
    if text.isdecimal():
        return int(text)
    tables = words()["numerals"]
    digits = tables["digits"]
    if len(text) == 4 and all(sign in digits for sign in text):
        return int("".join(str(digits[sign]) for sign in text))
    hundreds, _, rest = text.rpartition(tables["hundred"])
    tens, ten, ones = rest.rpartition(tables["ten"])
    ones = ones.lstrip(_ZEROES) if hundreds and not ten else ones
    if (tables["hundred"] in text and not hundreds) or max(len(hundreds), len(tens), len(ones)) > 1:
        return None
    if not all(sign in digits for sign in hundreds + tens + ones):
        return None
    tens_value = digits[tens] if tens else int(bool(ten))
    return 100 * (digits[hundreds] if hundreds else 0) + 10 * tens_value + (digits[ones] if ones else 0)


_ZEROES: Final = "零〇○"
