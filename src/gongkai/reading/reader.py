"""Reading: from a text or a file to a plan with findings."""

from __future__ import annotations

from datetime import date
from os import PathLike
from typing import BinaryIO, TextIO

import attrs

from gongkai.codec import loads
from gongkai.errors import InvalidValue
from gongkai.model import Finding, Plan, PlanKind, Record, Source
from gongkai.model._house import trusted
from gongkai.reading.build import Builder
from gongkai.reading.decode import bytes_of, decode, is_own_json
from gongkai.reading.drafts import draft_all
from gongkai.reading.findings import finding
from gongkai.reading.head import Head, date_in, is_record, is_signature, read_head
from gongkai.reading.lines import Passage, scan
from gongkai.reading.noise import drop_page_numbers, foot_begins, name_of, noise_kind
from gongkai.reading.outline import Node, check_numbers, grow
from gongkai.reading.passages import join_broken
from gongkai.reading.pieces import Marks
from gongkai.reading.titles import (
    covered_title,
    division_in,
    is_covering,
    is_title,
    kind_of,
    kind_of_opening,
    names_of,
    year_in,
)

__all__ = ["parse", "read"]

_make_plan = trusted(Plan)
_make_source = trusted(Source)


def parse(text: str, *, origin: str | None = None, retrieved_on: date | None = None) -> Plan:
    """Read a text that is already in hand.

    Any text gives a plan: what is odd about it is in ``plan.findings``, and every character of it belongs to
    exactly one of ``plan.source.pieces``.

    Args:
        text: the document's text.
        origin: where it comes from, kept with the plan's source.
        retrieved_on: when it was fetched, kept with the plan's source.

    Raises:
        InvalidValue: ``text`` is no str.

    >>> import gongkai
    >>> plan = gongkai.parse(\"\"\"澄湖区2024年政务公开工作要点
    ... 一、深化重点领域信息公开
    ... 1.及时公开老旧小区改造进展。（区住房城乡建设委负责落实，完成时限：2024年10月）
    ... \"\"\")
    >>> plan.tasks
    (<Task 1. 及时公开老旧小区改造进展。 · 区住房城乡建设委 · 2024年10月>,)
    """
    if type(text) is not str:
        raise InvalidValue("parse", "text", text, "a str (gongkai.read takes paths, bytes and files)")
    return _parse(text, Source(None, origin=origin, media_type="text/plain", retrieved_on=retrieved_on))


def read(
    source: str | PathLike[str] | bytes | BinaryIO | TextIO, *, retrieved_on: date | None = None
) -> Plan:
    """Read a document from a path, bytes or an open file.

    Args:
        source: a path, the bytes of a document, or a file opened for reading in binary or text mode. A file
            that :func:`gongkai.dumps` wrote is loaded.
        retrieved_on: when it was fetched, kept with the plan's source.

    Raises:
        ReadError: the file cannot be opened, or its bytes are no text.
        LoadError: it is a JSON file of gongkai, but not a valid one.
    """
    data, origin = bytes_of(source)
    if isinstance(data, str):
        return parse(data, origin=origin, retrieved_on=retrieved_on)
    if is_own_json(data):
        return loads(data)
    text, encoding = decode(data, origin or "bytes")
    facts = Source(None, origin=origin, media_type="text/plain", encoding=encoding, retrieved_on=retrieved_on)
    return _parse(text, facts)


def _parse(text: str, came: Source) -> Plan:
    marks = Marks()
    findings: list[Finding] = []
    lines, page_numbers = drop_page_numbers(scan(text))
    start = _body_begins(lines)
    stop = start + foot_begins(lines[start:])
    head = read_head(lines[:start], marks, findings)
    _mark_noise(page_numbers, lines[stop:], marks)
    passages = join_broken(lines[start:stop], findings)
    top = grow(passages)
    check_numbers(passages, findings)
    closing = _take_closing(top)
    title = head.title or _title_of_attachment(passages)
    record = _sign(closing, head.record, marks)
    year = _year(title, record, head, findings)
    kind = kind_of(title) or _kind_of_text(head, passages)
    drafts = draft_all(top, tasks_without_clause=kind not in {PlanKind.REPORT, PlanKind.NOTICE})
    builder = Builder(text, year, marks, findings)
    preamble = tuple([builder.paragraph(passage) for passage in head.preamble])
    content = builder.build(drafts)
    ending = tuple([builder.paragraph(node.passage, "closing") for node in closing])
    kind = _kind(kind, builder, title, findings)
    breaks = {gap for passage in (*head.preamble, *passages) if passage.cuts for gap in passage.breaks()}
    pieces = marks.pieces(text, breaks, findings)
    findings.sort(key=_place)
    source = _make_source(text, pieces, came.origin, came.media_type, came.encoding, came.retrieved_on, None)
    about = (year, kind, record, head.notice, preamble, ending, division_in(title))
    return _make_plan(title, content, *about, tuple(findings), source)


def _place(found: Finding) -> tuple[int, str]:
    return (-1 if found.span is None else found.span.start, found.code)


def _kind(kind: PlanKind | None, builder: Builder, title: str, findings: list[Finding]) -> PlanKind:
    """Decide the kind, and note what is odd about the document as a whole."""
    if not title:
        findings.append(finding("no-title"))
    if kind is None:
        kind = PlanKind.PLAN if builder.tasks else PlanKind.OTHER
    elif kind is PlanKind.NOTICE and builder.tasks:
        kind = PlanKind.PLAN
    if kind in {PlanKind.REPORT, PlanKind.NOTICE, PlanKind.OTHER}:
        zh, en = names_of(kind)
        findings.append(finding("not-a-plan", kind_zh=zh, kind_en=en))
    elif not builder.tasks:
        findings.append(finding("no-tasks"))
    return kind


def _body_begins(lines: list[Passage]) -> int:
    """Return where the body begins: at the first chapter, or the first numbered line that is no metadata.

    Below a covering notice it begins behind the title of what is issued: notices number their wishes too.
    """
    after = 0
    for at, line in enumerate(lines[:200]):
        if line.style < 0 and is_title(line.text) and is_covering(line.text):
            after = _inner_title(lines, at) or at + 1
            break
    for at in range(after, len(lines)):
        line = lines[at]
        if line.style >= 0 and not is_record(line):
            return at
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].style < 0 and is_title(lines[at].text):
            return at + 1
    return after


def _inner_title(lines: list[Passage], cover: int) -> int | None:
    """Return the position behind the inner title of a covering notice, or None."""
    inner = covered_title(lines[cover].text)
    if inner is None:
        return None
    wanted = "".join(inner.split())
    for at in range(cover + 1, len(lines)):
        text = lines[at].text
        if lines[at].style < 0 and len(text) < 2 * len(wanted) + 20 and is_title(text):
            squeezed = "".join(text.split())
            if wanted in squeezed or squeezed in wanted:
                return at + 1
    return None


def _mark_noise(page_numbers: list[Passage], foot: list[Passage], marks: Marks) -> None:
    for line in page_numbers:
        marks.add("noise:page-number", line.start, line.end)
    for line in foot:
        name = name_of(line.text, "line", "tail", "page") or "page-foot"
        marks.add(noise_kind(name), line.start, line.end)


def _take_closing(top: list[Node]) -> list[Node]:
    """Take the unlabelled paragraphs without a clause that follow the last task: they close the plan."""
    holder: Node | None = None
    nodes = top
    while labelled := [node for node in nodes if node.labelled]:
        holder = labelled[-1]
        nodes = holder.children
    if holder is None or not any(node.clauses for node in holder.walk()):
        return []
    closing: list[Node] = []
    while holder.children and not holder.children[-1].labelled and not holder.children[-1].clauses:
        closing.insert(0, holder.children.pop())
    return closing


def _sign(closing: list[Node], record: Record, marks: Marks) -> Record:
    """Take a signature and a date below the plan into the record."""
    day = date_in(closing[-1].passage.text) if closing else None
    if day is None:
        return record
    dated = closing.pop().passage
    marks.add("record", dated.start, dated.end)
    issuer = None
    if closing and is_signature(closing[-1].passage.text):
        signed = closing.pop().passage
        marks.add("record", signed.start, signed.end)
        issuer = "".join(signed.text.split())
    return attrs.evolve(record, issued_on=record.issued_on or day, issuer=record.issuer or issuer)


def _title_of_attachment(passages: list[Passage]) -> str:
    """The title of a document that names itself only as its attachment (附件：…)."""
    for passage in passages:
        if passage.style < 0 and passage.text.startswith(("附件:", "附件：")) and is_title(passage.text):
            return passage.text[3:].strip()
    return ""


def _kind_of_text(head: Head, passages: list[Passage]) -> PlanKind | None:
    first = next(iter([*head.preamble, *passages]), None)
    return kind_of_opening(first.text) if first is not None else None


def _year(title: str, record: Record, head: Head, findings: list[Finding]) -> int | None:
    """The plan's year: title, document number, date of issue, preamble."""
    year = year_in(title)
    if year is not None:
        return year
    number, issued = record.document_number, record.issued_on
    named = next((found for passage in head.preamble if (found := year_in(passage.text))), None)
    for found, zh, en in (
        (number.year if number else None, "发文字号", "the document number"),
        (issued.year if issued else None, "成文日期", "the date of issue"),
        (named, "序言", "the preamble"),
    ):
        if found is not None:
            findings.append(finding("year-not-in-title", year=found, source_zh=zh, source_en=en))
            return found
    findings.append(finding("no-year"))
    return None
