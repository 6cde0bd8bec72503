"""What the texts of one plan have, clause by clause, whatever they are compared with."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import Final, final

from gongkai.comparing.profiles import Clause, profile_of

__all__ = ["Digest", "digest_of"]

#: Digests of plans with more texts are not kept.
_KEPT: Final = 500


@final
class Digest:
    """Texts as clauses, and an index of what stands in which.

    ``clauses`` are those of all texts, in order; ``owners`` tells the text of each, ``firsts`` where those of
    each text begin. ``tokens`` and ``topics`` tell in how many texts each stands; ``places`` in which clauses
    a token stands, ``shares`` in which a topic, with what it counts for there.
    """

    __slots__ = ("clauses", "count", "firsts", "owners", "places", "shares", "tokens", "topics")

    def __init__(self, texts: tuple[str, ...]) -> None:
        profiles = [profile_of(text) for text in texts]
        self.count = len(texts)
        self.clauses: list[Clause] = []
        self.owners: list[int] = []
        self.firsts: list[int] = []
        for position, profile in enumerate(profiles):
            self.firsts.append(len(self.clauses))
            self.clauses.extend(profile.clauses)
            self.owners.extend([position] * len(profile.clauses))
        self.tokens = _counts([profile.tokens for profile in profiles])
        self.topics = _counts([frozenset(profile.topics) for profile in profiles])
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.shares: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, clause in enumerate(self.clauses):
            for token in clause.tokens:
                self.places[token].append(place)
            for topic, times in clause.topics.items():
                self.shares[topic].append((place, 1 + math.log(times)))


def _counts(each: list[frozenset[str]]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for name in chain.from_iterable(each):
        found[name] += 1
    return dict(found)


def digest_of(texts: tuple[str, ...]) -> Digest:
    """Return the digest of texts; those of plans that were compared last are kept."""
    return _digest(texts) if len(texts) <= _KEPT else Digest(texts)


@lru_cache(maxsize=32)
def _digest(texts: tuple[str, ...]) -> Digest:
    return Digest(texts)
