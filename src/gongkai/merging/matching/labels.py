"""Printed numbers: what they count, how they are written, and how the next one is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

__all__ = ["Number", "number_of", "parse_label", "written"]

_DIGITS: Final = "零一二三四五六七八九"
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
#: Signs that are numbers as they stand: the first of a row, and how many follow one another.
_ROWS: Final = (("①", 20), ("⑴", 20), ("⒈", 20), ("㈠", 10), ("Ⅰ", 12), ("ⅰ", 12))
#: Marks behind a number that do not make it another sort of number.
_MARKS: Final = "、.．,，﹒:： "


@cache
def _pattern() -> re.Pattern[str]:
    signs = "".join([f"{first}-{chr(ord(first) + count - 1)}" for first, count in _ROWS])
    return re.compile(
        f"(?P<plain>[0-9]+)|(?P<wide>[０-９]+)|(?P<han>[一二三四五六七八九十百零〇]+)|(?P<sign>[{signs}])"
    )


class Number(NamedTuple):
    """A printed number.

    Attributes:
        value: what it counts.
        before: what is printed before it.
        form: how it is written: ``plain`` or ``wide`` digits, ``han`` numerals, or a ``sign`` of a row.
        after: what is printed behind it.
    """

    value: int
    before: str
    form: str
    after: str

    @property
    def style(self) -> tuple[str, str, str]:
        """How it is printed, whatever it counts."""
        return self.before, self.form, self.after

    @property
    def series(self) -> tuple[str, str, str]:
        """What numbers have in common that go on: 1. and 2、 do, 1. and （2） do not."""
        form = "plain" if self.form == "wide" else self.form
        return self.before, form, self.after.strip(_MARKS)


@lru_cache(maxsize=8192)
def parse_label(label: str | None) -> Number | None:
    """Return the number that a label is; None where it is none.

    >>> from gongkai.merging.matching.labels import parse_label
    >>> parse_label("（十二）"), parse_label("1.3")[:3], parse_label("附件")
    (Number(value=12, before='（', form='han', after='）'), (3, '1.', 'plain'), None)
    """
    if not label:
        return None
    found = list(_pattern().finditer(label))
    if not found:
        return None
    last = found[-1]
    form, text = str(last.lastgroup), last[0]
    value = _value(form, text)
    if value is None:
        return None
    if form == "sign":
        first = next(first for first, count in _ROWS if 0 <= ord(text) - ord(first) < count)
        form = f"sign {first}"
    number = Number(value, label[: last.start()], form, label[last.end() :])
    return number if written(number.style, value) == label else None


def number_of(label: str | None) -> int | None:
    """Return what a label counts, or None."""
    number = parse_label(label)
    return None if number is None else number.value


def written(style: tuple[str, str, str], value: int) -> str:
    """Return the label of a style with another number.

    >>> from gongkai.merging.matching.labels import parse_label, written
    >>> [written(parse_label(label).style, 21) for label in ("3.", "（三）", "３、", "③")]
    ['21.', '（二十一）', '２１、', '21']
    """
    before, form, after = style
    if form == "han":
        text = _han(value)
    elif form.startswith("sign "):
        first = form[-1]
        count = next(count for sign, count in _ROWS if sign == first)
        text = chr(ord(first) + value - 1) if 1 <= value <= count else str(value)
    else:
        text = str(value).translate(_WIDE) if form == "wide" else str(value)
    return before + text + after


def _value(form: str, text: str) -> int | None:
    if form == "sign":
        return next(
            ord(text) - ord(first) + 1 for first, count in _ROWS if 0 <= ord(text) - ord(first) < count
        )
    return _counted(text) if form == "han" else int(text) if len(text) <= 6 else None


def _counted(text: str) -> int | None:
    """Return what a Chinese numeral below a thousand counts."""
    return _numerals().get(text)


@cache
def _numerals() -> dict[str, int]:
    return {_han(value): value for value in range(1, 1000)}


def _han(value: int) -> str:
    """Write a number as Chinese numerals: 十, 十二, 二十, 一百零三, 一百一十; beyond 999 in digits."""
    if not 1 <= value <= 999:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
