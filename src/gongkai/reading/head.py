"""The head of a document: record, covering notice, title and preamble."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, Final

from gongkai.model import DeadlineKind, DocumentNumber, Finding, Notice, Record
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.findings import finding
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage
from gongkai.reading.noise import name_of, noise_kind
from gongkai.reading.passages import TERMINAL, join_broken
from gongkai.reading.pieces import Marks
from gongkai.reading.titles import covered_title, is_covering, is_title

__all__ = ["Head", "date_in", "is_record", "is_signature", "read_head"]

_DATE_LENGTH: Final = 30
_SIGNATURE_LENGTH: Final = 60
_KINDS_OF_VALUE: Final = {"date": ("日期", "date"), "number": ("发文字号", "document number")}


class Head:
    """What the head of a document says.

    Attributes:
        title: the plan's title; empty where there is none.
        record: its record.
        notice: the covering notice, or None.
        preamble: the passages between the title and the body.
    """

    __slots__ = ("notice", "preamble", "record", "title")

    def __init__(self, title: str, record: Record, notice: Notice | None, preamble: list[Passage]) -> None:
        self.title = title
        self.record = record
        self.notice = notice
        self.preamble = preamble


@cache
def _fields() -> dict[str, tuple[str, str]]:
    """Each key of a record: what sort of value it takes, and the field."""
    return {
        word: (sort, name)
        for sort, fields in table("record").items()
        for name, words in fields.items()
        for word in words
    }


@cache
def _record_line() -> re.Pattern[str]:
    keys = alternatives(_fields(), spaced=True)
    number = r"(?:[•·●▪*-]\s*|\d{1,2}\s*[.．、]\s*)?"
    return re.compile(
        rf"{number}(?:[\[【]\s*({keys})\s*[\]】]\s*[:：]?|({keys})\s*[:：|])\s*(.*)"
        rf"|\d{{1,2}}\s*[.．、]\s*[\[【]([^\[\]【】]{{1,12}})[\]】]\s*(.*)",
    )


def is_record(line: Passage) -> bool:
    """Tell whether a line is one of a metadata block."""
    return _record_match(line.text) is not None


def _record_match(text: str) -> re.Match[str] | None:
    """Match a line of a metadata block, which has a colon, a bar or a bracket."""
    if ":" in text or "：" in text or "[" in text or "【" in text or "|" in text:
        return _record_line().fullmatch(text)
    return None


def date_in(text: str) -> date | None:
    """Return the day that a whole text is, or None: 2024年5月15日, 2024-05-15, 二〇二四年五月十五日.

    >>> from gongkai.reading.head import date_in
    >>> date_in("2024年5月15日"), date_in("2024年5月")
    (datetime.date(2024, 5, 15), None)
    """
    if len(text) > _DATE_LENGTH:
        return None
    found = parse_deadline(text, year=None)
    return found.due if found is not None and found.kind is DeadlineKind.DATE else None


class _RecordReader:
    """Collects the values of a record; the first value of a key counts."""

    def __init__(self, findings: list[Finding]) -> None:
        self.values: dict[str, Any] = {}
        self.others: list[tuple[str, str]] = []
        self.findings = findings

    def line(self, passage: Passage) -> bool:
        """Take a line of a metadata block; False where it is none."""
        found = _record_match(passage.text)
        if found is None:
            return False
        key = "".join((found[1] or found[2] or found[4]).split())
        value = (found[3] or found[5] or "").strip(" 　|丨")
        sort, name = _fields().get(key, ("other", "others"))
        if value:
            self._take(sort, name, key, value, passage)
        return True

    def _take(self, sort: str, name: str, key: str, value: str, passage: Passage) -> None:
        taken: object = value
        if sort == "date":
            taken = date_in(value.split(maxsplit=1)[0]) or date_in(value)
        elif sort == "number":
            taken = DocumentNumber.parse(value)
        elif sort == "names":
            taken = tuple(part for part in re.split(r"[、,，;；\s]+", value) if part)
        if sort == "other" or taken is None or name in self.values:
            self.others.append((key, value))
        else:
            self.values[name] = taken
        if taken is None:
            zh, en = _KINDS_OF_VALUE[sort]
            span = passage.span(0, len(passage.text))
            facts = {"name": key, "expected_zh": zh, "expected_en": en, "value": value}
            self.findings.append(finding("record-unread", span, **facts))

    def default(self, name: str, value: object) -> None:
        """Give a field a value where the block gave none."""
        if value is not None:
            self.values.setdefault(name, value)

    def record(self) -> Record:
        return Record(**self.values, others=tuple(self.others))


def read_head(lines: list[Passage], marks: Marks, findings: list[Finding]) -> Head:
    """Read the lines above the body."""
    reader = _RecordReader(findings)
    rest: list[Passage] = []
    for line in lines:
        if reader.line(line):
            marks.add("record", line.start, line.end)
        elif noise := name_of(line.text, "line", "tail", "page"):
            marks.add(noise_kind(noise), line.start, line.end)
        else:
            rest.append(line)
    titles = [at for at, line in enumerate(rest) if line.style < 0 and is_title(line.text)]
    last = titles[-1] if titles else -1
    cover = next((at for at in reversed(titles) if is_covering(rest[at].text)), None)
    _read_above(rest[: titles[0]] if titles else [], reader, marks, findings)
    for at in titles:
        if at not in (last, cover):
            marks.add("noise:title-copy", rest[at].start, rest[at].end)
    notice = None
    if cover is not None:
        after = rest[cover + 1 : last] if cover != last else rest[last + 1 :]
        notice, left = _read_notice(rest[cover], after, marks, findings)
        reader.default("issuer", notice.signatory)
        reader.default("issued_on", notice.issued_on)
        if cover == last:
            return Head(rest[cover].text, reader.record(), notice, left)
        for passage in left:
            marks.add("notice", passage.start, passage.end)
    elif titles:
        for at in set(range(titles[0] + 1, last)).difference(titles):
            marks.add("noise:page-head", rest[at].start, rest[at].end)
    if titles:
        marks.add("title", rest[last].start, rest[last].end)
    preamble = _read_below(rest[last + 1 :], reader, marks)
    title = rest[last].text if titles else ""
    return Head(title, reader.record(), notice, join_broken(preamble, findings))


def _read_above(lines: list[Passage], reader: _RecordReader, marks: Marks, findings: list[Finding]) -> None:
    """Lines above the first title: the document's number, or the page's head."""
    for line in lines:
        number = DocumentNumber.parse(line.text.strip("（）()"))
        if number is not None:
            reader.default("document_number", number)
            marks.add("record", line.start, line.end)
            continue
        marks.add("noise:page-head", line.start, line.end)
        if "。" in line.text:
            findings.append(finding("unread", line.span(0, len(line.text))))


def _read_below(lines: list[Passage], reader: _RecordReader, marks: Marks) -> list[Passage]:
    """Lines below the title: number and date in brackets go to the record, the others are the preamble."""
    preamble: list[Passage] = []
    for line in lines:
        bare = line.text.strip("（）()")
        number, day = DocumentNumber.parse(bare), date_in(bare)
        if preamble or (number is None and day is None):
            preamble.append(line)
            continue
        reader.default("document_number", number)
        reader.default("issued_on", day)
        marks.add("record", line.start, line.end)
    return preamble


@cache
def _notice_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rows = table("titles")["notice"]
    return (
        re.compile(rf".{{2,300}}{rows['addressee_end']}$"),
        re.compile(rf"[（(]?(?:{rows['disclosure']})[)）]?"),
        re.compile(rf"[（(]?(.*?)\s*(?:{rows['seal']})[)）]?"),
    )


def _read_notice(
    title: Passage, lines: list[Passage], marks: Marks, findings: list[Finding]
) -> tuple[Notice, list[Passage]]:
    """Read a covering notice; return it with the passages behind its signature."""
    addressed, disclosed, sealed = _notice_patterns()
    marks.add("notice", title.start, title.end)
    facts: dict[str, Any] = {}
    body: list[Passage] = []
    dated = next((at for at in range(len(lines) - 1, -1, -1) if date_in(lines[at].text)), None)
    last = len(lines) if dated is None else dated + 1
    while last < len(lines) and (found := disclosed.fullmatch(lines[last].text)):
        facts["disclosure"] = found[0].strip("（）()")
        last += 1
    for at, line in enumerate(lines[:last]):
        text = line.text
        if at == dated:
            facts["issued_on"] = date_in(text)
        elif number := DocumentNumber.parse(text.strip("（）()")):
            facts.setdefault("number", number)
        elif not body and "addressees" not in facts and addressed.fullmatch(text):
            facts["addressees"] = _addressees(text)
        elif found := sealed.fullmatch(text):
            facts["sealed_by"] = found[1]
        elif found := disclosed.fullmatch(text):
            facts["disclosure"] = text.strip("（）()")
        else:
            body.append(line)
        if not body or body[-1] is not line:
            marks.add("notice", line.start, line.end)
    facts.pop("number", None)
    if dated is not None and body and is_signature(body[-1].text):
        signature = body.pop()
        facts["signatory"] = "".join(signature.text.split())
        marks.add("notice", signature.start, signature.end)
    rest = lines[last:]
    if dated is None and covered_title(title.text) is None:
        rest, body = body, []
    paragraphs = join_broken(body, findings)
    for passage in paragraphs:
        for start, end in passage.ranges(0, len(passage.text)):
            marks.add("notice", start, end)
    notice = Notice(title.text, body=[passage.text for passage in paragraphs], **facts)
    return notice, rest


def _addressees(text: str) -> tuple[str, ...]:
    names = text.rstrip(":：")
    separators = "[,，;；]" if re.search("[,，;；]", names) else "、"
    return tuple("".join(name.split()) for name in re.split(separators, names) if name.strip())


def is_signature(text: str) -> bool:
    """Tell whether a line above a date signs the document: short, and no sentence."""
    return len(text) <= _SIGNATURE_LENGTH and text[-1] not in TERMINAL
