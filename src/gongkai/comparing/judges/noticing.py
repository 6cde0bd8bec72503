"""What ``align`` notices about answers and judges, as findings."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from gongkai.model.catalogue import Entry, entries

__all__ = ["catalogue"]


@cache
def catalogue() -> dict[str, Entry]:
    """Every finding about answers and judges, by its name in the table.

    >>> from gongkai.comparing import catalogue
    >>> catalogue()["judge-failed"].code
    'A201'
    """
    text = files("gongkai.comparing.judges").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return entries(tomllib.loads(text))
