"""What texts are compared by: sentences, and the pairs and triples of characters in them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

__all__ = ["folded", "grams", "sentences", "shared_phrase", "similarity"]


@cache
def _sentence_ends() -> re.Pattern[str]:
    return re.compile(r"(?<=[。；;！!？?\n])")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the text with full-width and half-width forms as one (NFKC), and without white space.

    The texts used last are kept: plans are compared more than once.
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text after 。；！？ and line breaks; what holds fewer than two letters or digits is left out."""
    cut = _sentence_ends().split(text)
    return tuple([part for part in cut if sum(map(len, _words().findall(part))) >= 2])


def grams(text: str) -> frozenset[str]:
    """Return the pairs and triples of neighbouring letters and digits, across no punctuation.

    Full-width and half-width forms count as one (NFKC). Pairs stand in for words, which no dictionary of this
    genre could list; triples tell 政务公开 from 政务服务.
    """
    found: set[str] = set()
    for run in _words().findall(unicodedata.normalize("NFKC", text).lower()):
        if len(run) == 1:
            found.add(run)
        for size in (2, 3):
            found.update([run[place : place + size] for place in range(len(run) - size + 1)])
    return frozenset(found)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    return Counter([text[place : place + 2] for place in range(len(text) - 1)])


@lru_cache(maxsize=4096)
def similarity(one: str, other: str) -> float:
    """How much two short texts share, from 0 to 1: of their pairs of neighbouring characters, by Dice."""
    if one == other:
        return 1.0
    left, right = _pairs(one), _pairs(other)
    shared = left.keys() & right.keys()
    if not shared:
        return 0.0
    return 2 * sum([min(left[pair], right[pair]) for pair in shared]) / (left.total() + right.total())


def shared_phrase(one: str, other: str, longest: int = 200) -> str:
    """Return the longest phrase that both texts have, looked for in their first characters.

    >>> from gongkai.comparing.alignment.wording import shared_phrase
    >>> shared_phrase("及时公开老旧小区改造进展。", "做好老旧小区改造信息公开。")
    '老旧小区改造'
    """
    one, other = one[:longest], other[:longest]
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best.strip()
