"""The record of a document and its covering notice as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import fields

from gongkai.model import Notice, Record
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look, frame, paragraphs, title
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["notice_facts", "notice_html", "notice_inside", "record_facts", "record_html", "record_inside"]


def record_facts(record: Record, say: Words) -> list[tuple[str, str]]:
    """What a record knows, as (name, value) in the order of the metadata block; unknown keys come last."""
    found: list[tuple[str, str]] = []
    for field in fields(Record):
        value: object = getattr(record, field.name)
        if field.name == "others" or not value:
            continue
        text = "、".join(record.co_issuers) if field.name == "co_issuers" else str(value)
        found.append((say[f"record.{field.name}"], clean(text)))
    return found + [(clean(name), clean(value)) for name, value in record.others]


def notice_facts(notice: Notice, say: Words) -> list[tuple[str, str]]:
    """Who signed a notice, when and for whom, as (name, value)."""
    found = [
        ("addressees", "、".join(notice.addressees)),
        ("signatory", notice.signatory),
        ("sealed_by", notice.sealed_by),
        ("issued_on", notice.issued_on.isoformat() if notice.issued_on else None),
        ("disclosure", notice.disclosure),
    ]
    return [(say[f"notice.{name}"], clean(value)) for name, value in found if value]


def _pairs(found: Iterable[tuple[str, str]]) -> Html:
    lines = [join([tag("dt", name), tag("dd", value, lang="zh-CN")]) for name, value in found]
    return tag("dl", *lines, class_="gk-record") if lines else Html()


def record_inside(record: Record, look: Look) -> Html:
    """A record as names and values; nothing where it is empty."""
    return _pairs(record_facts(record, look.say))


def notice_inside(notice: Notice, look: Look) -> Html:
    """A notice's text, then who signed it."""
    return join([paragraphs([notice.title, *notice.body], look), _pairs(notice_facts(notice, look.say))])


def record_html(record: Record, look: Look) -> Html:
    """A record on its own."""
    return frame(title(look.say["headings.record"], look), record_inside(record, look), look=look)


def notice_html(notice: Notice, look: Look) -> Html:
    """A notice on its own."""
    parts = [paragraphs(notice.body, look), _pairs(notice_facts(notice, look.say))]
    return frame(title(notice.title, look), *parts, look=look)
