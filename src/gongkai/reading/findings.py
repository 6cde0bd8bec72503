"""The reader's findings: a catalogue of what it notices, and how one is made."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from gongkai.model import Finding, Severity, Span
from gongkai.model._house import trusted
from gongkai.reading.grammar import table

__all__ = ["Entry", "catalogue", "finding"]

_make_finding = trusted(Finding)


class Entry(NamedTuple):
    """One kind of finding: its code, severity, messages and hint. ``{…}`` in a message is filled in."""

    code: str
    severity: Severity
    zh: str
    en: str
    hint: str


@cache
def catalogue() -> dict[str, Entry]:
    """Every finding the reader can make, by its name in the table.

    >>> from gongkai.reading import catalogue
    >>> catalogue()["line-joined"].code
    'R204'
    """
    return {
        name: Entry(row["code"], Severity(row["severity"]), row["zh"], row["en"], row.get("hint", ""))
        for name, row in table("findings").items()
    }


def finding(name: str, /, span: Span | None = None, key: str | None = None, **facts: object) -> Finding:
    """Make a finding by its name in the catalogue; ``facts`` fill the messages."""
    entry = catalogue()[name]
    zh, en = entry.zh, entry.en
    if facts:
        zh, en = zh.format(**facts), en.format(**facts)
    return _make_finding(entry.code, entry.severity, zh, en, span, key, entry.hint)
