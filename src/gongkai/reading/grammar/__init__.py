"""The reader's grammar: tables that a clerk could review, in TOML files beside this module.

Each table is read when it is first needed and kept. The code that uses a table compiles it; nothing here
knows what the words mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

__all__ = ["alternatives", "any_of", "holds_any", "table", "words_of"]


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


def words_of(row: Mapping[str, Any]) -> list[str]:
    """Return the words of a row: its ``words``, and those that its ``parts`` make, one of each part in order.

    >>> from gongkai.reading.grammar import words_of
    >>> words_of({"words": ["支持"], "parts": [["提供", "给予"], ["", "技术"], ["支持"]]})
    ['支持', '提供支持', '提供技术支持', '给予支持', '给予技术支持']
    """
    made = ["".join(parts) for parts in product(*row["parts"])] if "parts" in row else []
    return [*row.get("words", ()), *made]


def any_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a regular expression that matches any of the words of rows; those made of parts come first.

    >>> from gongkai.reading.grammar import any_of
    >>> any_of([{"words": ["支持"]}, {"parts": [["提供", "给予"], ["", "技术"], ["支持"]]}])
    '(?:提供|给予)(?:技术|)(?:支持)|支持'
    """
    rows = list(rows)
    made = ["".join([f"(?:{alternatives(part)})" for part in row["parts"]]) for row in rows if "parts" in row]
    words = [word for row in rows for word in row.get("words", ())]
    return "|".join([*made, alternatives(words)] if words else made)


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether any of the words stands in a text; several times as fast as one ``in`` for each.

    Looking for one character is fast, for several it is not.

    >>> from gongkai.reading.grammar import holds_any
    >>> holds_any("列第一位的为牵头单位", ("首位", "第一位")), holds_any("第三位", ("首位", "第一位"))
    (True, False)
    """
    for sign, before, after, alike in _by_sign(words):
        at = text.find(sign)
        while at >= 0:
            if alike.search(text, at - before if at > before else 0, at + after) is not None:
                return True
            at = text.find(sign, at + 1)
    return False


@cache
def _by_sign(words: tuple[str, ...]) -> list[tuple[str, int, int, re.Pattern[str]]]:
    """Return characters of which each word has one, how far around each the words reach, and its words."""
    found: list[tuple[str, int, int, re.Pattern[str]]] = []
    left: list[str] = list(words)
    while left:
        signs: dict[str, None] = dict.fromkeys("".join(left))
        held = {sign: sum(sign in word for word in left) for sign in signs}
        sign = max(held, key=held.__getitem__)
        alike = [word for word in left if sign in word]
        before = max(word.rindex(sign) for word in alike)
        after = max(len(word) - word.index(sign) for word in alike)
        found.append((sign, before, after, re.compile(alternatives(alike))))
        left = [word for word in left if sign not in word]
    return found
