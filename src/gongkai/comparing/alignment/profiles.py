"""A text as an alignment sees it: its clauses, and the characters, pairs and topics in each."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from operator import add
from typing import Final, final

from gongkai.comparing.alignment.topics import topics_of
from gongkai.comparing.alignment.wording import folded

__all__ = ["Clause", "Profile", "profile_of"]

#: How many clauses of a task are compared one by one; what follows counts as one more.
_CLAUSES: Final = 60

#: A clause has so many letters at the least; what is shorter belongs to the next.
_SHORTEST: Final = 7


@final
class Clause:
    """What stands between two marks.

    ``tokens`` are its characters and pairs of neighbouring characters; ``topics`` tells how many phrases of
    each topic it has.
    """

    __slots__ = ("text", "tokens", "topics")

    def __init__(self, text: str, runs: list[str]) -> None:
        self.text = text
        found: list[str] = []
        for run in runs:
            found.extend(run)
            found.extend(map(add, run, run[1:]))
        self.tokens = frozenset(found)
        self.topics = topics_of(text)


@final
class Profile:
    """A text cut into clauses, each once. ``tokens`` and ``topics`` are those of all clauses together."""

    __slots__ = ("clauses", "length", "tokens", "topics")

    def __init__(self, text: str) -> None:
        whole = folded(text).lower()
        self.length = len(whole)
        self.clauses = tuple([Clause(part, runs) for part, runs in dict(_cut(whole)).items()])
        self.tokens = frozenset[str]().union(*[clause.tokens for clause in self.clauses])
        self.topics = Counter[str]()
        for clause in self.clauses:
            self.topics.update(clause.topics)


@lru_cache(maxsize=2048)
def profile_of(text: str) -> Profile:
    """Return the profile of a text; those used last are kept, since plans are compared more than once."""
    return Profile(text)


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(r"[。；;！!？?，,：:]")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


def _cut(text: str) -> list[tuple[str, list[str]]]:
    """Return the clauses with their runs of letters and digits; very short ones go with the next."""
    words = _words()
    found: list[tuple[str, list[str]]] = []
    waiting = ""
    parts = _marks().split(text)
    if len(parts) > _CLAUSES:
        parts[_CLAUSES:] = ["，".join(parts[_CLAUSES:])]
    for each in parts:
        part = f"{waiting}，{each}" if waiting else each
        runs = words.findall(part)
        if sum(map(len, runs)) < _SHORTEST:
            waiting = part if runs else ""
        else:
            found.append((part, runs))
            waiting = ""
    if waiting:
        found.append((waiting, words.findall(waiting)))
    return found
