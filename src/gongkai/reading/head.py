"""The head of a document: record, covering notice, title and preamble."""

from __future__ import annotations

from typing import Final

from gongkai.model import DocumentNumber, Finding, Notice, Record
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage
from gongkai.reading.noise import name_of, noise_kind
from gongkai.reading.notice import Covering, is_letter, read_notice
from gongkai.reading.passages import join_broken
from gongkai.reading.pieces import Marks
from gongkai.reading.record import RecordReader, is_record, key_alone, validity_in
from gongkai.reading.signatures import date_in, is_issuer, signed_date
from gongkai.reading.tables.line import TableLine
from gongkai.reading.titles import clean_title, covered_title, is_covering, is_title

__all__ = ["Head", "body_begins", "read_head"]

#: A metadata block stands in so many lines.
_RECORD_LINES: Final = 30
#: A line below the title that is longer than this is the preamble, whatever its shape.
_SUBTITLE_LENGTH: Final = 40


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


def body_begins(lines: list[Passage]) -> int:
    """Return where the body begins: at the first chapter, or the first numbered line that is no metadata.

    Below a covering notice it begins behind the title of what is issued: notices number their wishes too.
    """
    after = 0
    inner: int | None = 0
    for at, line in enumerate(lines):
        if line.style >= 0 and not is_record(line):
            return at
        if line.style < 0 and is_title(line.text) and is_covering(line.text):
            inner = _inner_title(lines, at)
            after = inner or at + 1
            break
    for at in range(after, len(lines)):
        line = lines[at]
        if line.style >= 0 and not is_record(line):
            return at
    if inner is None and (signed := _signed(lines, after)):
        return signed
    titles = [at for at, line in enumerate(lines) if line.style < 0 and is_title(line.text)]
    start = titles[-1] + 1 if titles else _end_of_record(lines, after)
    while start < len(lines) and is_record(lines[start]):
        start += 1
    return start


def _signed(lines: list[Passage], start: int) -> int:
    """Return the position behind the date that ends a notice whose plan is not printed; 0 for none."""
    below = range(start, len(lines))
    dated = (at + 1 for at in below if date_in(lines[at].text) or signed_date(lines[at].text))
    return max(dated, default=0)


def _end_of_record(lines: list[Passage], start: int) -> int:
    """Return where the metadata block ends in a document without a title."""
    head = range(start, min(len(lines), start + _RECORD_LINES))
    return max((at + 1 for at in head if is_record(lines[at])), default=start)


def _inner_title(lines: list[Passage], cover: int) -> int | None:
    """Return the position behind the inner title of a covering notice, or None; no head goes past a table."""
    inner = covered_title(lines[cover].text)
    if inner is None:
        return None
    wanted = "".join(inner.split())
    for at in range(cover + 1, len(lines)):
        text = lines[at].text
        if type(lines[at]) is TableLine:
            return None
        if lines[at].style < 0 and len(text) < 2 * len(wanted) + 20 and is_title(text):
            squeezed = "".join(text.split())
            if wanted in squeezed or squeezed in wanted:
                return at + 1
    return None


def read_head(lines: list[Passage], marks: Marks, findings: list[Finding]) -> Head:
    """Read the lines above the body."""
    reader = RecordReader(findings)
    rest = _take_record(lines, reader, marks)
    titles = [at for at, line in enumerate(rest) if line.style < 0 and is_title(line.text)]
    if not titles:
        return _untitled(rest, reader, marks, findings)
    last = titles[-1]
    cover = next((at for at in reversed(titles) if is_covering(rest[at].text)), None)
    if cover is None and is_letter(rest[last].text, [line.text for line in rest[last + 1 :]]):
        cover = last
    if cover is not None:
        _read_above(_without(rest[:cover], titles, rest), reader, marks, findings)
    for at in titles:
        if at not in {last, cover}:
            marks.add_line("noise:title-copy", rest[at])
    below = rest[last + 1 :]
    named = reader.title()
    covering: Covering | None = None
    if cover is not None:
        between = below if cover == last else rest[cover + 1 : last]
        marks.add_line("notice", rest[cover])
        name = _named(rest[cover].text, reader, clean=False)
        covering = read_notice(name, _without(between, titles, rest), marks, findings)
    elif named is not None and last > len(titles) - 1 and is_covering(named):
        covering = read_notice(named, _without(rest[:last], titles, rest), marks, findings)
    else:
        above, between = rest[: titles[0]], rest[titles[0] + 1 : last]
        _read_above(above + _without(between, titles, rest), reader, marks, findings)
    title = _named(rest[last].text, reader)
    if covering is not None:
        _take_notice(covering, reader)
        if cover == last:
            return Head(title, reader.record(), covering.notice, covering.rest)
        for passage in covering.rest:
            marks.add_line("notice", passage)
    marks.add_line("title", rest[last])
    preamble = join_broken(_read_below(below, reader, marks), findings)
    return Head(title, reader.record(), covering.notice if covering else None, preamble)


def _take_record(lines: list[Passage], reader: RecordReader, marks: Marks) -> list[Passage]:
    """Take the lines of the metadata block and of the page's head; return the others."""
    rest: list[Passage] = []
    key: str | None = None  # the line above, where it is a key alone: its value may stand in this one
    for line in lines:
        above = key
        value = above is not None and reader.below(above, line)
        key = None if value else key_alone(line.text)
        if value and rest and key_alone(rest[-1].text) == above:
            marks.add_line("record", rest.pop())
        if value or reader.line(line) or reader.mark(line) or (key and line.text[-1] in ":："):
            marks.add_line("record", line)
        elif noise := name_of(line.text, "line", "tail", "page"):
            marks.add_line(noise_kind(noise), line)
        else:
            rest.append(line)
    return rest


def _named(printed: str, reader: RecordReader, *, clean: bool = True) -> str:
    """Return the title that a line prints; a mark of the document's validity goes to the record."""
    title, validity = validity_in(printed)
    reader.default("validity", validity)
    return clean_title(title) if clean else title


def _take_notice(covering: Covering, reader: RecordReader) -> None:
    """Give the record what the covering notice says."""
    reader.default("document_number", covering.number)
    reader.default("issuer", covering.notice.signatory)
    reader.default("issued_on", covering.notice.issued_on)


def _without(lines: list[Passage], places: list[int], among: list[Passage]) -> list[Passage]:
    """Return the lines without those at some places among others."""
    gone = {id(among[at]) for at in places}
    return [line for line in lines if id(line) not in gone]


def _untitled(lines: list[Passage], reader: RecordReader, marks: Marks, findings: list[Finding]) -> Head:
    """A head without a title line: the record may name the title."""
    named = reader.title()
    title = _named(named, reader) if named and is_title(named) else ""
    preamble = _read_below(lines, reader, marks)
    return Head(title, reader.record(), None, join_broken(preamble, findings))


def _read_above(lines: list[Passage], reader: RecordReader, marks: Marks, findings: list[Finding]) -> None:
    """Lines above a title: the document's number, or the page's head."""
    for line in lines:
        number = next((found for part in _parts(line.text) if (found := DocumentNumber.parse(part))), None)
        if number is not None:
            reader.default("document_number", number)
            marks.add_line("record", line)
            continue
        marks.add_line("noise:page-head", line)
        if "。" in line.text:
            findings.append(finding("unread", line.span(0, len(line.text))))


def _parts(text: str) -> list[str]:
    """What a line holds: the whole, and where wide gaps part it, each stretch."""
    bare = text.strip("（）() 　")
    parts = [part for part in bare.replace("\u3000", "  ").split("  ") if part.strip()]
    return [bare, *(part.strip() for part in parts)] if len(parts) > 1 else [bare, *bare.rsplit(" ", 1)]


def _read_below(lines: list[Passage], reader: RecordReader, marks: Marks) -> list[Passage]:
    """Lines below the title: number, date and issuer go to the record, the others are the preamble."""
    for at, line in enumerate(lines):
        if len(line.text) > _SUBTITLE_LENGTH or not _take_subtitle(line.text, reader):
            return lines[at:]
        marks.add_line("record", line)
    return []


def _take_subtitle(text: str, reader: RecordReader) -> bool:
    """Take a short line below the title; False where it is the preamble's first."""
    parts = _parts(text)
    number = next(filter(None, map(DocumentNumber.parse, parts)), None)
    day = next(filter(None, map(date_in, parts)), None)
    reader.default("document_number", number)
    reader.default("issued_on", day)
    if number is not None or day is not None:
        return True
    if is_issuer(text):
        reader.default("issuer", "".join(text.split()))
        return True
    bracketed = text[0] in "（(" and text[-1] in "）)"
    if bracketed:
        reader.other("题注", text)
    return bracketed
