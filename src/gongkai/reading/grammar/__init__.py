"""The reader's grammar: tables that a clerk could review, in TOML files beside this module.

Each table is read when it is first needed and kept. The code that uses a table compiles it; nothing here
knows what the words mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["alternatives", "table"]


@cache
def table(name: str) -> dict[str, Any]:
    """Return one table by the name of its file, as ``clauses``."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def alternatives(words: Iterable[str], *, spaced: bool = False) -> str:
    """Return a regular expression that matches any of the words, longer ones first.

    Args:
        words: the words, taken literally.
        spaced: let white space stand between the characters, as letter-spaced headers have it.

    >>> from gongkai.reading.grammar import alternatives
    >>> alternatives(["负责", "负责落实"])
    '负责落实|负责'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    if spaced:
        return "|".join(r"\s*".join(map(re.escape, word)) for word in ordered)
    return "|".join(map(re.escape, ordered))
