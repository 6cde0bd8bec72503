"""Numbers of spreadsheets as they are shown: dates, percentages, thousands (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

from gongkai.reading.containers.numerals import chinese, digits_of
from gongkai.reading.grammar import table

__all__ = ["format_of", "shown"]

#: The pieces of a format: a text in quotes, a sign behind a stroke, …
_TOKEN: Final = re.compile(
    r'"(?P<text>[^"]*)"?|\\(?P<sign>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>general|g/通用格式)|(?P<half>am/pm|a/p|上午/下午)|(?P<power>e[+-])|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4}|b+)"
    r"|(?P<digits>[0#?]+)|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<string>@)|(?P<slash>/)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
#: How the digits of a number are written: [DBNum1] 一二三, [DBNum2] 壹贰叁, [DBNum3] １２３.
_WRITTEN: Final = re.compile(r"DBNum([123])", re.IGNORECASE)
_CHINESE: Final = re.compile(r"-(?:x-)?(?:1000)?(?:[0-9a-f]*804|zh-cn)", re.IGNORECASE)
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_FULL_WIDTH: Final = "０１２３４５６７８９"
_WEEKDAYS: Final = "一二三四五六日"
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
#: The days that are counted from (18.17.4.1): 1900 was no leap year, but is counted as one.
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY: Final = 2_958_466
#: Excel takes no longer formats, and prints no larger numbers digit by digit.
_LONGEST: Final = 255
_LARGEST: Final = Decimal(10) ** 20
_EXACT: Final = Context(prec=400)


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """One section of a format.

    Attributes:
        tokens: what is printed, in order.
        condition: the comparison and the number that a value must meet; None for none.
        is_date: whether it prints a point in time.
        written: how digits are written: 0 as usual, 1 to 3 as ``[DBNum]`` says.
        in_chinese: whether weekdays are printed in Chinese.
    """

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    is_date: bool
    written: int
    in_chinese: bool


def format_of(number: int) -> str:
    """Return the format that spreadsheets know by a number; ``General`` for one they do not know.

    >>> from gongkai.reading.containers.numberformats import format_of
    >>> format_of(31), format_of(9999)
    ('yyyy"年"m"月"d"日"', 'General')
    """
    formats: dict[str, str] = table("number_formats")["formats"]
    return formats.get(str(number), "General")


def shown(value: str, format_: str, *, from_1904: bool = False) -> str:
    """Return a number as a sheet shows it.

    Args:
        value: the number as the file has it.
        format_: the format of its cell.
        from_1904: whether days are counted from 1904.

    >>> from gongkai.reading.containers.numberformats import shown
    >>> shown("45434", 'yyyy"年"m"月"d"日"'), shown("0.985", "0.0%"), shown("1234567.5", "#,##0.00")
    ('2024年5月22日', '98.5%', '1,234,567.50')
    >>> shown("12", "General"), shown("3", '"第"0"项"'), shown("45434", "[DBNum1]yyyy年m月")
    ('12', '第3项', '二〇二四年五月')
    """
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return value
    if abs(number) >= _LARGEST or len(format_) > _LONGEST:
        return _general(number)
    sections = _sections(format_)
    if len(sections) == 1 and not sections[0].tokens:  # no format
        return _general(number)
    section, negative = _chosen(sections, number)
    if section is None or any(token.kind == "general" for token in section.tokens):
        return _literals(section, _plain(number, section.written)) if section else _general(number)
    if section.is_date:
        moment = _moment(number, from_1904=from_1904)
        return _general(number) if moment is None else _date(section, moment, number)
    if any(token.kind == "string" for token in section.tokens):
        return _literals(section, _general(number))
    printed = _number(section, abs(number))
    signed = number < 0 and not negative and any(digit in printed for digit in "123456789")
    return f"-{printed}" if signed else printed


@lru_cache(maxsize=1024)
def _sections(format_: str) -> tuple[_Section, ...]:
    found: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(format_):
        kind = match.lastgroup or "text"
        if kind == "other" and match[0] == ";":
            found.append([])
        else:
            found[-1].append(_Token(kind, match[kind]))
    return tuple([_section(tokens) for tokens in found])


def _section(tokens: list[_Token]) -> _Section:
    kept: list[_Token] = []
    condition: tuple[str, Decimal] | None = None
    written, in_chinese = 0, False
    for token in tokens:
        kind, text = token
        if kind == "bracket":
            if met := _CONDITION.match(text):
                condition = met[1], Decimal(met[2])
            elif digits := _WRITTEN.match(text):
                written = int(digits[1])
            elif text.startswith("$"):
                currency, _, _ = text[1:].partition("-")
                in_chinese = in_chinese or _CHINESE.search(text) is not None
                kept.append(_Token("text", currency))
            elif _ELAPSED.fullmatch(text):
                kept.append(_Token("elapsed", text.lower()))
        elif kind == "width":
            kept.append(_Token("text", " "))
        elif kind in {"sign", "other"}:
            kept.append(_Token("text", text))
        elif kind != "fill":
            kept.append(_Token(kind, text.lower() if kind == "date" else text))
    is_date = any(token.kind in {"date", "elapsed", "half"} for token in kept)
    return _Section(tuple(_with_minutes(kept)), condition, is_date, written, in_chinese)


def _with_minutes(tokens: list[_Token]) -> list[_Token]:
    """Tell minutes from months: behind hours, or before seconds (18.8.31)."""
    clock = [at for at, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    found = list(tokens)
    for place, at in enumerate(clock):
        token = tokens[at]
        if token.kind != "date" or token.text not in {"m", "mm"}:
            continue
        before = tokens[clock[place - 1]].text[0] if place else ""
        after = tokens[clock[place + 1]].text[0] if place + 1 < len(clock) else ""
        if before == "h" or after == "s":
            found[at] = _Token("minutes", token.text)
    return found


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """Return the section for a number, and whether it prints the sign itself."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _meets(number, section.condition):
                return section, section.condition is not None and number < 0
        return None, False
    first, *more = sections
    if number < 0 and more:
        return more[0], True
    if number == 0 and len(more) > 1:
        return more[1], True
    return first, False


def _meets(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, other = condition
    return {
        "<": number < other,
        ">": number > other,
        "<=": number <= other,
        ">=": number >= other,
        "=": number == other,
        "<>": number != other,
    }[sign]


def _literals(section: _Section, text: str) -> str:
    """Return the texts of a section around what stands in it."""
    parts = [token.text if token.kind == "text" else text for token in section.tokens if _prints(token)]
    return "".join(parts).strip()


def _prints(token: _Token) -> bool:
    return token.kind in {"text", "general", "string"}


def _general(number: Decimal) -> str:
    """Return a number without a format: whole numbers as they are, others to ten digits."""
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 15:
        return str(int(number))
    return format(float(number), ".10G")


def _plain(number: Decimal, written: int) -> str:
    whole = number == number.to_integral_value() and number >= 0
    return _counted(int(number), written) if written and whole else _general(number)


def _moment(number: Decimal, *, from_1904: bool) -> datetime | None:
    """Return the point in time that a number means, to the tenth of a second; None for none."""
    if not 0 <= number < _LAST_DAY:
        return None
    tenths = int((number * 864_000).to_integral_value(ROUND_HALF_UP))
    passed = timedelta(seconds=tenths // 10, milliseconds=tenths % 10 * 100)
    if from_1904:
        return _EPOCH_1904 + passed
    return (_EPOCH if passed.days > 60 else _EPOCH + timedelta(days=1)) + passed


def _date(section: _Section, moment: datetime, number: Decimal) -> str:
    half = any(token.kind == "half" for token in section.tokens)
    parts: list[str] = []
    for kind, text in section.tokens:
        if kind == "date":
            parts.append(_part(text, moment, section, half=half))
        elif kind == "minutes":
            parts.append(_digits(moment.minute, len(text), section))
        elif kind == "elapsed":
            unit = {"h": 24, "m": 1440, "s": 86400}[text[0]]
            parts.append(str(int((number * 864_000).to_integral_value() * unit / 864_000)).zfill(len(text)))
        elif kind == "half":
            before, _, after = text.partition("/")
            parts.append(before if moment.hour < 12 else after)
        elif kind in {"text", "slash", "point", "comma", "digits"}:
            parts.append(text)
    return "".join(parts).strip()


def _part(text: str, moment: datetime, section: _Section, *, half: bool) -> str:
    """Print one part of a date: ``yyyy``, ``m``, ``dd`` …."""
    unit, size = text[0], len(text)
    if unit in {"y", "e"}:
        year = f"{moment.year:04}"[-2:] if unit == "y" and size < 3 else str(moment.year)
        return _written_out(year, section.written)
    if unit == "m" and size > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if size == 5 else name if size == 4 else name[:3]
    if unit == "a" or (unit == "d" and size > 2 and section.in_chinese):
        return ("星期" if size > 3 else "") + _WEEKDAYS[moment.weekday()]
    if unit == "d" and size > 2:
        name = _DAYS[moment.weekday()]
        return name if size > 3 else name[:3]
    if unit == "h":
        return _digits(moment.hour % 12 or 12 if half else moment.hour, size, section)
    if unit == "s":
        whole, _, tenths = text.partition(".")
        fraction = f".{moment.microsecond // 100_000}".ljust(len(tenths) + 1, "0") if tenths else ""
        return _digits(moment.second, len(whole), section) + fraction
    return _digits(moment.month if unit == "m" else moment.day, size, section) if unit in "md" else ""


def _digits(number: int, size: int, section: _Section) -> str:
    if section.written in {1, 2}:
        spoken = chinese(number) if section.written == 1 else chinese(number, _LEGAL, "拾佰仟", short=False)
        return spoken if size < 2 or number > 9 else "〇零"[section.written - 1] + spoken
    return _written_out(str(number).zfill(min(size, 2)), section.written)


def _written_out(digits: str, written: int) -> str:
    if not written:
        return digits
    return digits_of(int(digits), (_DIGITS, _LEGAL, _FULL_WIDTH)[written - 1]).rjust(
        len(digits), "〇零０"[written - 1]
    )


def _number(section: _Section, number: Decimal) -> str:
    """Print a number that is not negative."""
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if "slash" in kinds and "digits" in kinds:  # a fraction
        return _general(number)
    number *= Decimal(100) ** kinds.count("percent")
    point = kinds.index("point") if "point" in kinds else None
    last = max((at for at, kind in enumerate(kinds) if kind == "digits"), default=-1)
    if last < 0:
        return "".join([token.text for token in tokens if token.kind in {"text", "percent"}]).strip()
    thousands = [at for at, kind in enumerate(kinds) if kind == "comma"]
    number /= Decimal(1000) ** len([at for at in thousands if at > last])
    if "power" in kinds:
        return _scientific(tokens, kinds.index("power"), number)
    whole_ends = last + 1 if point is None else point
    decimals = (
        "" if point is None else "".join([token.text for token in tokens[point:] if token.kind == "digits"])
    )
    number = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{number:f}".partition(".")
    grouped = any(at < whole_ends for at in thousands)
    least = sum([token.text.count("0") for token in tokens[:whole_ends] if token.kind == "digits"])
    if section.written:
        whole = _counted(int(whole), section.written)
    elif whole == "0" and not least:
        whole = ""
    front = _filled(tokens[:whole_ends], whole.zfill(least), grouped=grouped)
    kept = len(decimals)
    while kept and decimals[kept - 1] != "0" and fraction[kept - 1] == "0":
        kept -= 1
    fraction = fraction[:kept]
    back = [token.text for token in tokens[whole_ends:] if token.kind in {"text", "percent"}]
    return (front + ("." + fraction if point is not None else "") + "".join(back)).strip()


def _counted(number: int, written: int) -> str:
    if number > 9999 or written == 3:
        return _written_out(str(number), written)
    return chinese(number, *((_DIGITS, "十百千") if written == 1 else (_LEGAL, "拾佰仟")), short=False)


def _filled(tokens: tuple[_Token, ...], digits: str, *, grouped: bool) -> str:
    """Put the digits before the point into their places, from the right."""
    if grouped:
        head = len(digits) % 3
        digits = ",".join(([digits[:head]] if head else []) + re.findall("...", digits[head:]))
    places = [at for at, token in enumerate(tokens) if token.kind == "digits"]
    parts: list[str] = []
    for at in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[at]
        if kind in {"text", "percent"}:
            parts.append(text)
        elif kind == "digits" and at == places[0]:
            parts.append(digits)
        elif kind == "digits" and not grouped:
            cut = max(0, len(digits) - len(text))
            parts.append(digits[cut:])
            digits = digits[:cut]
    return "".join(reversed(parts))


def _scientific(tokens: tuple[_Token, ...], power: int, number: Decimal) -> str:
    point = next((at for at in range(power) if tokens[at].kind == "point"), power)
    decimals = sum([len(token.text) for token in tokens[point:power] if token.kind == "digits"])
    return f"{float(number):.{decimals}E}"
