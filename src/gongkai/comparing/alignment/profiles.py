"""A text as an alignment sees it: its clauses, and the characters, pairs and topics in each."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log
from operator import add
from typing import Final, final

from gongkai.comparing.alignment.topics import common_letters, topics_of
from gongkai.comparing.alignment.wording import folded

__all__ = ["Clause", "Profile", "profile_of"]

#: How many clauses of a task are compared one by one; what follows counts as one more.
_CLAUSES: Final = 60

#: A clause has so many letters at the least; what is shorter belongs to the next.
_SHORTEST: Final = 7


@final
class Clause:
    """What stands between two marks.

    ``tokens`` are its pairs of neighbouring letters, and those letters that not every plan is full of;
    ``topics`` tells what each topic that it is about counts for: the more phrases, the more.
    """

    __slots__ = ("text", "tokens", "topics")

    def __init__(self, text: str, runs: list[str]) -> None:
        self.text = text
        self.tokens: set[str] = set("".join(runs)) - common_letters()
        for run in runs:
            self.tokens.update(map(add, run, run[1:]))
        self.topics = {
            topic: 1 + log(times) if times > 1 else 1.0
            for topic, times in topics_of(text, self.tokens).items()
        }


@final
class Profile:
    """A text cut into clauses, each once. ``tokens`` and ``topics`` are those of all clauses together."""

    __slots__ = ("clauses", "length", "tokens", "topics")

    def __init__(self, text: str) -> None:
        whole = folded(text).lower()
        self.length = len(whole)
        self.clauses = tuple([Clause(part, runs) for part, runs in dict(_cut(whole)).items()])
        self.tokens = frozenset[str]().union(*[clause.tokens for clause in self.clauses])
        self.topics = tuple(dict.fromkeys([topic for clause in self.clauses for topic in clause.topics]))


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
