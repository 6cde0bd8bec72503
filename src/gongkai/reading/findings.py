"""The reader's findings: a catalogue of what it notices, and how one is made."""

from __future__ import annotations

from functools import cache

from gongkai.model import Finding, Span
from gongkai.model.catalogue import Entry, entries
from gongkai.reading.grammar import table

__all__ = ["Entry", "catalogue", "finding"]


@cache
def catalogue() -> dict[str, Entry]:
    """Every finding the reader can make, by its name in the table.

    >>> from gongkai.reading import catalogue
    >>> catalogue()["line-joined"].code
    'R204'
    """
    return entries(table("findings"))


def finding(name: str, /, span: Span | None = None, key: str | None = None, **facts: object) -> Finding:
    """Make a finding by its name in the catalogue; ``facts`` fill the messages."""
    return catalogue()[name].finding(span, key, **facts)
