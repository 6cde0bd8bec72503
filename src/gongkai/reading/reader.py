"""Reading: from a text or a file to a plan with findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from typing import BinaryIO, TextIO

import attrs

from gongkai.codec import loads
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.model import Finding, Plan, PlanKind, Severity, Source
from gongkai.model._house import trusted
from gongkai.reading.build import Builder
from gongkai.reading.carried import with_carried
from gongkai.reading.cleaning import clean
from gongkai.reading.containers import extract, extract_text
from gongkai.reading.contents import take_contents
from gongkai.reading.drafts import draft_all
from gongkai.reading.enumerations import label_enumerations
from gongkai.reading.extract import Extract
from gongkai.reading.facts import final_kind, first_kind, year_of
from gongkai.reading.head import body_begins, read_head
from gongkai.reading.kept.restoring import restored_from
from gongkai.reading.kept.rows import is_ours
from gongkai.reading.lead_ins import take_lead_ins
from gongkai.reading.lines import Passage, label_of, scan
from gongkai.reading.listings import take_listings
from gongkai.reading.noise import drop_page_numbers, mark_page_numbers, noise_kind, outside
from gongkai.reading.opening import bytes_of, is_own_json
from gongkai.reading.outline import Node, check_numbers, grow
from gongkai.reading.passages import join_broken, join_page
from gongkai.reading.pieces import Marks
from gongkai.reading.record import completed
from gongkai.reading.reports import announced_in, with_period
from gongkai.reading.rules import apply_rules
from gongkai.reading.running import cut_items, holds_items, split_running
from gongkai.reading.settling import setting_of
from gongkai.reading.strict import StrictError
from gongkai.reading.tables.line import count_tables
from gongkai.reading.tables.taking import take_tables
from gongkai.reading.tail import read_tail, take_closing
from gongkai.reading.title_lines import join_titles
from gongkai.reading.titles import is_title
from gongkai.reading.traditional import folded, is_traditional, restored, simplified

__all__ = ["parse", "read"]

_make_plan = trusted(Plan)
_make_source = trusted(Source)


def parse(
    text: str,
    *,
    origin: str | None = None,
    retrieved_on: date | None = None,
    simplify: bool = False,
    strict: bool = False,
    directory: Directory | None = None,
) -> Plan:
    """Read a text that is already in hand.

    Any text gives a plan: what is odd about it is in ``plan.findings``, and every character of it belongs to
    exactly one of ``plan.source.pieces``.

    Args:
        text: the document's text.
        origin: where it comes from, kept with the plan's source.
        retrieved_on: when it was fetched, kept with the plan's source.
        simplify: whether the plan is given in simplified characters; its source keeps the text as it is, and
            all places stay.
        strict: whether findings of severity ``error`` are raised.
        directory: where departments are looked up; by default the shipped one.

    Raises:
        InvalidValue: ``text`` is no str.
        StrictError: ``strict``, and the reading is probably wrong; the error has the plan and the findings.
        MissingExtra: ``simplify``, and OpenCC is not installed.

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
    return _parse(Extract(text), origin, retrieved_on, directory, simplify=simplify, strict=strict)


def read(
    source: str | PathLike[str] | bytes | BinaryIO | TextIO,
    *,
    retrieved_on: date | None = None,
    simplify: bool = False,
    strict: bool = False,
    directory: Directory | None = None,
) -> Plan:
    """Read a document from a path, bytes or an open file.

    Args:
        source: a path, the bytes of a document, or a file opened for reading in binary or text mode. A file
            that :func:`gongkai.dumps` wrote is loaded.
        retrieved_on: when it was fetched, kept with the plan's source.
        simplify: whether the plan is given in simplified characters; its source keeps the text as it is, and
            all places stay. A file that gongkai wrote is loaded as it is.
        strict: whether findings of severity ``error`` are raised.
        directory: where departments are looked up; by default the shipped one.

    Raises:
        ReadError: the file cannot be opened, or its bytes are no document that can be read.
        StrictError: ``strict``, and the reading is probably wrong; the error has the plan and the findings.
        LoadError: it is a JSON file of gongkai, but not a valid one.
        MissingExtra: the document, or ``simplify``, needs a library that is not installed.
    """
    data, origin = bytes_of(source)
    if is_own_json(data):
        return _checked(loads(data), strict=strict)
    came = extract_text(data, origin or "text") if isinstance(data, str) else extract(data, origin or "bytes")
    return _parse(came, origin, retrieved_on, directory, simplify=simplify, strict=strict)


def _parse(
    came: Extract,
    origin: str | None,
    retrieved_on: date | None,
    directory: Directory | None = None,
    *,
    simplify: bool = False,
    strict: bool = False,
) -> Plan:
    how = _simplified if simplify else _as_printed
    known = directory or Directory.default()
    plan = how(came, origin, retrieved_on, known)
    return _checked(restored_from(came, plan, known) if is_ours(came.sheets) else plan, strict=strict)


def _checked(plan: Plan, *, strict: bool) -> Plan:
    if strict and any(found.severity is Severity.ERROR for found in plan.findings):
        raise StrictError(plan)
    return plan


def _simplified(came: Extract, origin: str | None, retrieved_on: date | None, directory: Directory) -> Plan:
    keys = tuple([(simplified(key), simplified(value)) for key, value in came.record])
    title = None if came.title is None else simplified(came.title)
    read = came._replace(text=simplified(came.text), record=keys, title=title)
    plan = _read(read, origin, retrieved_on, directory)
    assert plan.source is not None  # noqa: S101 - it was read
    return attrs.evolve(plan, source=attrs.evolve(plan.source, text=came.text))


def _as_printed(came: Extract, origin: str | None, retrieved_on: date | None, directory: Directory) -> Plan:
    def read(came: Extract) -> Plan:
        if not is_traditional(came.text):
            return _read(came, origin, retrieved_on, directory)
        keys = tuple([(folded(key), value) for key, value in came.record])
        simple = came._replace(text=folded(came.text), record=keys)
        return restored(_read(simple, origin, retrieved_on, directory), came.text)

    return with_carried(read(came), came, read)


def _read(came: Extract, origin: str | None, retrieved_on: date | None, directory: Directory) -> Plan:
    text = came.text
    marks = Marks()
    findings = list(came.findings)
    lines = clean(text, split_running(_lines(came, marks), findings), came.tables, marks, findings)
    lines, page_numbers = drop_page_numbers(lines)
    in_cells = mark_page_numbers(page_numbers, came.tables, marks)
    lines, broken, has_tables, taken = take_tables(lines, came, marks, findings)
    mark_page_numbers(in_cells, taken, marks)
    lines = take_contents(lines, marks, findings)
    lines = join_titles(join_page(lines, findings, is_title), findings, came.title)
    lines, listings = take_listings(lines)
    start = body_begins(lines)
    head = read_head(lines[:start], marks, findings)
    tail = read_tail(lines[start:], listings, marks)
    passages = take_lead_ins(text, join_broken(tail.body, findings), marks)
    passages, top = _outline(text, passages)
    if has_tables:
        count_tables(top)
    check_numbers(passages, findings)
    closing = [*take_closing(top), *tail.closing]
    closing.sort(key=lambda passage: passage.start)
    title = head.title or tail.title or came.title or ""
    notice = tail.disclose(head.notice)
    record = tail.complete(head.record)
    if came.record:
        record = completed(record, came.record)
    year = year_of(title, record, head.preamble, passages, findings)
    kind = first_kind(title, text, head.preamble or passages, findings)
    asking = kind not in {PlanKind.REPORT, PlanKind.NOTICE, PlanKind.OTHER}
    announced: frozenset[int] = frozenset()
    if kind is PlanKind.REPORT:
        announced = announced_in(top, year)
        record = with_period(record, [passage.text for passage in (*head.preamble, *passages)])
    drafts = draft_all(top, tasks_without_clause=asking, announced=announced)
    apply_rules(text, drafts, findings)
    division, settler = setting_of(title, record, year, directory)
    builder = Builder(text, year, marks, findings, settler)
    preamble = tuple([builder.paragraph(passage) for passage in head.preamble])
    content = builder.build(drafts)
    ending = tuple([builder.paragraph(passage, "closing") for passage in closing])
    if notice is not None and not content and kind in {PlanKind.PLAN, PlanKind.TASK_TABLE}:
        kind = PlanKind.NOTICE  # what it issues is not here
    kind = final_kind(kind, builder.tasks, builder.rows, findings)
    breaks = {
        gap for passage in (*head.preamble, *passages, *broken) if passage.cuts for gap in passage.breaks()
    }
    pieces = marks.pieces(text, breaks, findings)
    findings.sort(key=_place)
    origins = (origin, came.media_type, came.encoding, retrieved_on)
    source = _make_source(text, pieces, *origins, None, came.places)
    about = (year, kind, record, notice, preamble, ending, division)
    return _make_plan(title, content, *about, tuple(findings), source, directory.version)


def _outline(text: str, passages: list[Passage]) -> tuple[list[Passage], list[Node]]:
    """Return the passages of the body, those cut that hold several items, and the nodes at the top."""
    if [1 for passage in passages if passage.style < 0 and passage.text[0] == "一"] and "一是" in text:
        label_enumerations(passages)
    top, several = grow(passages)
    if several and any(holds_items(node.segments) for node in several):
        passages = cut_items(passages)
        top, _ = grow(passages)
    return passages, top


def _lines(came: Extract, marks: Marks) -> list[Passage]:
    """Return the lines of the text, without what the container shows to be page furniture."""
    lines = scan(came.text)
    if came.labels:
        lines = [_numbered(line, came.labels) for line in lines]
    if came.noise:
        for start, end, name in came.noise:
            marks.add(noise_kind(name), start, end)
        lines = outside(lines, came.noise)
    return lines


def _numbered(line: Passage, labels: Mapping[int, str]) -> Passage:
    """Give a line the automatic number that its container gives it; it stands in no character."""
    label = labels.get(line.start)
    style, printed = (-1, None) if label is None or line.style >= 0 else label_of(label)
    return line if printed is None else Passage(line.start, line.text, style, printed)


def _place(found: Finding) -> tuple[int, str]:
    return (-1 if found.span is None else found.span.start, found.code)
