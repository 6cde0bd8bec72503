"""Numbers as numbering formats print them (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["chinese", "digits_of", "numeral"]

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_FULL_WIDTH: Final = "０１２３４５６７８９"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
#: No list is longer; a number beyond is printed in Arabic digits.
_MOST: Final = 9999


def digits_of(number: int, digits: str = _DIGITS) -> str:
    """Return a number digit by digit.

    >>> from gongkai.reading.containers.numerals import digits_of
    >>> digits_of(2024)
    '二〇二四'
    """
    return "".join([digits[int(digit)] for digit in str(number)])


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", *, short: bool = True) -> str:
    """Return a number from 0 to 9999 as it is spoken; ``short`` is 十一 for 一十一.

    >>> from gongkai.reading.containers.numerals import chinese
    >>> chinese(12), chinese(20), chinese(105), chinese(1010)
    ('十二', '二十', '一百零五', '一千零一十')
    """
    if not number:
        return "零"
    found: list[str] = []
    gap = False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            if gap and found:
                found.append("零")
            found.append(digits[digit] + (units[power - 1] if power else ""))
        gap = not digit
    text = "".join(found)
    return text[1:] if short and 10 <= number < 20 else text


def _counting(number: int) -> str:
    """From 100 on digit by digit."""
    return chinese(number) if number < 100 else digits_of(number, "○" + _DIGITS[1:])


def _japanese(number: int) -> str:
    """百, not 一百, and nothing between 百 and 一."""
    return "".join(
        [
            ("" if power and digit == 1 else _DIGITS[digit]) + " 十百千"[power].strip()
            for power in range(3, -1, -1)
            if (digit := number // 10**power % 10)
        ]
    )


def _letters(number: int, first: str) -> str:
    """Return a … z, aa, bb and so on."""
    times, letter = divmod(number - 1, 26)
    return chr(ord(first) + letter) * (times + 1) if times < 9 else str(number)


def _roman(number: int) -> str:
    found: list[str] = []
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        found.append(sign * times)
    return "".join(found)


def _listed(signs: str) -> Callable[[int], str]:
    """Signs of a list, for as many numbers as it has."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Signs that Unicode has in a row, for the first so many numbers."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _circled(number: int) -> str:
    for first, before, last in (("①", 0, 20), ("㉑", 20, 35), ("㊱", 35, 50)):
        if number <= last:
            return chr(ord(first) + number - before - 1)
    return str(number)


def _legal(number: int) -> str:
    return chinese(number, _LEGAL, "拾佰仟", short=False)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: digits_of(number, _FULL_WIDTH),
    "decimalFullWidth2": lambda number: digits_of(number, _FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": _japanese,
    "ideographDigital": digits_of,
    "japaneseDigitalTenThousand": digits_of,
    "taiwaneseDigital": lambda number: digits_of(number, "○" + _DIGITS[1:]),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda number: chinese(number, _LEGAL_TRADITIONAL, "拾佰仟", short=False),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographEnclosedCircle": _signs("㈠", 10),  # so [MS-DOCX] 2.4, whatever its name says
    "lowerLetter": lambda number: _letters(number, "a"),
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}


def numeral(number: int, style: str) -> str | None:
    """Return a number in a numbering format; None for a format that is not known.

    >>> from gongkai.reading.containers.numerals import numeral
    >>> [numeral(12, style) for style in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "bullet")]
    ['十二', '⑫', 'xii', None]
    >>> [numeral(120, counting) for counting in ("chineseCounting", "chineseCountingThousand")]
    ['一二○', '一百二十']
    """
    printed = _FORMATS.get(style)
    if printed is None:
        return None
    return printed(number) if 0 < number <= _MOST else str(number)
