"""The findings that a merge makes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from gongkai.model.catalogue import Entry, entries

__all__ = ["catalogue"]


@cache
def catalogue() -> dict[str, Entry]:
    """Every finding that a merge can make, by name.

    >>> from gongkai.merging import catalogue
    >>> catalogue()["conflict"].code
    'M101'
    """
    text = files("gongkai.merging.threeway").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return entries(tomllib.loads(text))
