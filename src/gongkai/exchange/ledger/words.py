"""The tables of words and findings of ledgers."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.model.catalogue import Entry, entries

__all__ = ["catalogue", "words"]


def _table(name: str) -> dict[str, Any]:
    text = files("gongkai.exchange.ledger").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words() -> dict[str, Any]:
    """Return the words of ledgers."""
    return _table("words.toml")


@cache
def catalogue() -> dict[str, Entry]:
    """Return every finding that the way back of a ledger can make, by its name in the table.

    >>> catalogue()["row-unknown"].code
    'L105'
    """
    return entries(_table("findings.toml"))
