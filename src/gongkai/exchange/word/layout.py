"""The measures of an official document, from ``layout.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["layout", "level", "points", "shared_out", "twips"]

_TWIPS: Final = 1440 / 25.4


@cache
def layout() -> dict[str, Any]:
    """Return the table of measures: GB/T 9704-2012, by clause."""
    return tomllib.loads(files("gongkai.exchange.word").joinpath("layout.toml").read_text(encoding="utf-8"))


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point.

    >>> from gongkai.exchange.word.layout import twips
    >>> twips(37), twips(210)
    (2098, 11906)
    """
    return round(millimetres * _TWIPS)


def points(size: float) -> int:
    """Return a size in points as twentieths of a point.

    >>> from gongkai.exchange.word.layout import points
    >>> points(28.95)
    579
    """
    return round(size * 20)


def shared_out(which: str, shares: Sequence[float]) -> list[int]:
    """Return the widths of a table's columns: shares of the type area, in twentieths of a point.

    >>> from gongkai.exchange.word.layout import shared_out, twips
    >>> sum(shared_out("page", [1, 2, 4])) == twips(156)
    True
    """
    facts = layout()[which]
    whole = twips(facts["width"] - facts["left"] - facts["right"])
    widths = [int(whole * share / sum(shares)) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


@cache
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in layout()["levels"].items())


def level(label: str) -> str:
    """Return the level of a heading by its label: ``first``, ``second`` or ``lower`` (7.3.3).

    >>> from gongkai.exchange.word.layout import level
    >>> level("一、"), level("（二）"), level("3.")
    ('first', 'second', 'lower')
    """
    return next((name for name, pattern in _levels() if pattern.search(label)), "lower")
