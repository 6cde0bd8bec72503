"""The record of a document: the metadata block above it, one key or several a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import attrs

from gongkai.model import DocumentNumber, Finding, Record
from gongkai.model._house import trusted
from gongkai.reading.findings import finding
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage
from gongkai.reading.signatures import date_in

__all__ = [
    "RecordReader",
    "completed",
    "is_key",
    "is_odd_number",
    "is_record",
    "key_alone",
    "pairs_in",
    "validity_in",
]

#: The sorts of values that a key of the table can take.
_SORTS: Final = ("text", "names", "date", "number", "other")
#: A value that stands in the line below its key is no longer than this.
_VALUE_LENGTH: Final = 60
_LONGEST_KEY: Final = 20
_KINDS_OF_VALUE: Final = {"date": ("日期", "date"), "number": ("发文字号", "document number")}
#: What stands around keys and values: blanks, and the bars of a table.
_EDGES: Final = " \t\u00a0\u3000|｜丨"

#: What a damaged number can end with, besides a digit: a cheap look before the pattern.
_ENDS_OF_NUMBER: Final = "号號〔[(（﹝【〕])）﹞】"
#: A day, behind which a time may stand without a blank.
_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
#: No key is longer, letter-spaced with its sign and brackets.
_KEY_LENGTH: Final = 30
_make_record = trusted(Record)
_DEFAULTS: Final = [(field.name, field.default) for field in attrs.fields(Record)]


@cache
def _fields() -> dict[str, tuple[str, str]]:
    """Each key of a record: what sort of value it takes, and the field."""
    return {
        word: (sort, name)
        for sort in _SORTS
        for name, words in table("record")[sort].items()
        for word in words
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A known key with its sign; an unknown key in a numbered block; the time that begins a site's line."""
    keys = alternatives(_fields(), spaced=True)
    number = r"(?:[•·●▪*-]\s*|\d{1,2}\s*[.．、]\s*)?"
    edge = rf"(?:^|(?<=[{_EDGES}]))"
    known = rf"{edge}{number}(?:[\[【]\s*({keys})\s*[\]】]\s*[:：]?|({keys})\s*(?:[:：|｜]|\t))"
    unknown = r"\d{1,2}\s*[.．、]\s*[\[【]([^\[\]【】]{1,12})[\]】]\s*(.*)"
    stamp = r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s+"
    return re.compile(known), re.compile(unknown), re.compile(stamp)


def _has_signs(text: str) -> bool:
    """Whether a line has any of the signs around keys: a cheap look before the patterns."""
    return ":" in text or "：" in text or "[" in text or "【" in text or "|" in text or "\t" in text


def _without_stamp(text: str) -> tuple[str, int, str]:
    """Return a line without its edges, where it begins behind the time of a site, and that day."""
    line = text.strip(_EDGES)
    begun = _patterns()[2].match(line) if line[:1].isdecimal() else None
    return (line, begun.end(), begun[1]) if begun else (line, 0, "")


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return the keys and values of a line of metadata; none where it is no such line."""
    if not _has_signs(text):
        return []
    known, unknown, _ = _patterns()
    found: list[tuple[str, str]] = []
    line, start, stamped = _without_stamp(text)
    first = known.match(line, start)
    if first is None:  # a key further on alone makes no line of metadata
        other = unknown.fullmatch(line)
        return [(other[1].strip(), other[2].strip(_EDGES))] if other else []
    if stamped:
        found.append(("发布日期", stamped))
    end = first.end()
    keys = [first, *known.finditer(line, end)] if _has_signs(line[end:]) or "｜" in line else [first]
    for at, key in enumerate(keys):
        end = keys[at + 1].start() if at + 1 < len(keys) else len(line)
        found.append(("".join((key[1] or key[2]).split()), line[key.end() : end].strip(_EDGES)))
    return found


@cache
def _odd_number() -> re.Pattern[str]:
    """A line that would be a document's number, had it its brackets, its year and its 号."""
    ends = table("record")["code_ends"]
    opening, closing = r"[〔\[(（﹝【]", r"[〕\])）﹞】]"
    year = rf"(?:{opening}\s?(?:\d{{4}})?\s?{closing}?|\d{{4}}\s?{closing}|\d{{4}}\s)"
    blank = rf"{opening}\s?\d{{0,4}}\s?{closing}\s?第?\d{{0,5}}\s?[号號]?"
    return re.compile(rf"{blank}|[\u4e00-\u9fff]{{1,13}}[{ends}]\s?{year}\s?第?\d{{0,5}}\s?[号號]?")


def is_odd_number(text: str) -> bool:
    """Tell whether a text is a document's number that copying damaged, or that was never filled in.

    >>> from gongkai.reading.record import is_odd_number
    >>> [is_odd_number(text) for text in ("示政办〔201624号", "示政办发〔〕号", "示政办〔2018〕2号")]
    [True, True, False]
    """
    last = text[-1:]
    if len(text) > _VALUE_LENGTH or not (last in _ENDS_OF_NUMBER or last.isdecimal() or last.isspace()):
        return False
    if _odd_number().fullmatch(text) is None:
        return False
    return DocumentNumber.parse(text) is None


@cache
def _marks_of_validity() -> re.Pattern[str]:
    words = alternatives(table("record")["validity"])
    mark = rf"[（(\[【]\s*({words})\s*[）)\]】]"
    return re.compile(rf"\s*{mark}\s*")


def validity_in(title: str) -> tuple[str, str | None]:
    """Return a title without the mark that tells its validity, and what the mark says; None without one.

    >>> from gongkai.reading.record import validity_in
    >>> validity_in("（已废止）澄湖区2019年政务公开工作要点")
    ('澄湖区2019年政务公开工作要点', '已废止')
    """
    mark = _marks_of_validity()
    found = mark.match(title) if title[:1] in "（([【" else None
    if found is None and title[-1:] in "）)]】":
        opened = max([title.rfind(bracket) for bracket in "（([【"])
        found = mark.fullmatch(title, len(title[: max(opened, 0)].rstrip()))
    if found is None or len(found[0]) == len(title):
        return title, found[1] if found else None
    return title[: found.start()] + title[found.end() :], found[1]


def key_alone(text: str) -> str | None:
    """Return the key that a line is, its value missing; without a colon only the keys of fields count."""
    if len(text) > _LONGEST_KEY:
        return None
    bare = text.strip(_EDGES + "•·●▪*-[]【】")
    key = "".join(bare.rstrip(":： ").split())
    field = _fields().get(key)
    if field is None or not (bare[-1] in ":：" or (field[0] != "other" and len(key) > len("日期"))):
        return None
    return key


def is_record(line: Passage) -> bool:
    """Tell whether a line is one of a metadata block."""
    if not _has_signs(line.text):
        return False
    known, unknown, _ = _patterns()
    text, start, _ = _without_stamp(line.text)
    return known.match(text, start) is not None or unknown.fullmatch(text) is not None


def _day(value: str) -> date | None:
    """Return the day that a value begins with or is; a time of day may follow."""
    begun = _DAY.match(value)
    return date_in(begun[0] if begun else next(iter(value.split()), "")) or date_in(value)


def completed(record: Record, said: Sequence[tuple[str, str]]) -> Record:
    """Return a record with what its container says beside the text; what the text says counts first.

    >>> from gongkai.model import Record
    >>> from gongkai.reading.record import completed
    >>> record = completed(Record(issuer="澄湖区"), [("发布日期", "2024-04-22 09:30"), ("作者", "办公室")])
    >>> record.published_on, record.others
    (datetime.date(2024, 4, 22), (('作者', '办公室'),))
    """
    values: dict[str, Any] = {}
    others = list(record.others)
    known = {key for key, _ in others}
    for key, value in said:
        sort, name = _fields().get(key, ("other", "others"))
        taken = _day(value) if sort == "date" else value
        if sort in {"date", "text"} and taken is not None:
            if getattr(record, name) is None:
                values.setdefault(name, taken)
        elif key not in known:
            others.append((key, value))
    return attrs.evolve(record, **values, others=tuple(others))


def is_key(text: str) -> bool:
    """Tell whether a text is a key of a metadata block, and nothing else.

    >>> from gongkai.reading.record import is_key
    >>> is_key("索 引 号："), is_key("【发文字号】"), is_key("索引号：000014349/2018-00214")
    (True, True, False)
    """
    return len(text) < _KEY_LENGTH and "".join(text.split()).strip("[]【】:：") in _fields()


class RecordReader:
    """Collects the values of a record; the first value of a key counts."""

    def __init__(self, findings: list[Finding]) -> None:
        self._values: dict[str, Any] = {}
        self._others: list[tuple[str, str]] = []
        self._findings = findings

    def line(self, passage: Passage) -> bool:
        """Take a line of a metadata block; False where it is none."""
        pairs = pairs_in(passage.text)
        for key, value in pairs:
            sort, name = _fields().get(key, ("other", "others"))
            if value and value not in table("record")["empty"]:
                self._take(sort, name, key, value, passage)
        return bool(pairs)

    def below(self, key: str, passage: Passage) -> bool:
        """Take a line below a key alone as its value; False where it is none."""
        sort, name = _fields()[key]
        value = passage.text.strip(_EDGES)
        if not value or len(value) > _VALUE_LENGTH or "。" in value or key_alone(value) or is_record(passage):
            return False
        day = _day(value)
        number = DocumentNumber.parse(value) is not None or is_odd_number(value)
        if (sort == "date" and day is None) or (sort == "number" and not number):
            return False
        self._take(sort, name, key, value, passage)
        return True

    def mark(self, passage: Passage) -> bool:
        """Take a line that tells the document's validity, or is a damaged number; False where it is none."""
        rest, validity = validity_in(passage.text)
        if validity is not None and rest == passage.text:
            self.default("validity", validity)
            return True
        if not is_odd_number(passage.text):
            return False
        span = passage.span(0, len(passage.text))
        self._others.append(("发文字号", passage.text))
        self._findings.append(finding("number-damaged", span, text=passage.text))
        return True

    def _take(self, sort: str, name: str, key: str, value: str, passage: Passage) -> None:
        taken: object = value
        if sort == "date":
            taken = _day(value)
        elif sort == "number":
            taken = DocumentNumber.parse(value)
        elif sort == "names":
            taken = tuple(part for part in re.split(r"[、,，;；\s]+", value) if part)
        if (taken is not None and self._values.get(name) == taken) or (key, value) in self._others:
            return  # pages say it twice
        if sort == "other" or taken is None or name in self._values:
            self._others.append((key, value))
        else:
            self._values[name] = taken
        if taken is None and sort == "number" and is_odd_number(value):
            self._findings.append(finding("number-damaged", passage.span(0, len(passage.text)), text=value))
        elif taken is None:
            zh, en = _KINDS_OF_VALUE[sort]
            span = passage.span(0, len(passage.text))
            facts = {"name": key, "expected_zh": zh, "expected_en": en, "value": value}
            self._findings.append(finding("record-unread", span, **facts))

    def default(self, name: str, value: object) -> None:
        """Give a field a value where nothing gave one before."""
        if value is not None:
            self._values.setdefault(name, value)

    def other(self, key: str, value: str) -> None:
        """Keep a value for which there is no field."""
        self._others.append((key, value))

    def title(self) -> str | None:
        """The title that the block names, where it names one."""
        names = table("titles")["record"]["keys"]
        return next((value for key, value in self._others if key in names), None)

    def record(self) -> Record:
        """Return what was collected."""
        values = self._values | {"others": tuple(self._others)}
        return _make_record(*[values.get(name, default) for name, default in _DEFAULTS])
