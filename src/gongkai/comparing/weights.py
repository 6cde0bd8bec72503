"""What a character, a pair of characters or a topic weighs: the rarer in two plans and the genre, the more.

Weights are whole numbers, so that sums are exact whatever their order: both directions of an alignment, and
the ways with and without numpy, come to the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, final

from gongkai.comparing.profiles import Clause, Profile
from gongkai.comparing.topics import common_rates

__all__ = ["UNIT", "Weighted", "Weights"]

#: What a weight of one is in whole numbers.
UNIT: Final = 128

#: How many tasks of the genre are counted with those of the two plans. In small plans nearly all is rare.
_GENRE: Final = 30

#: What a topic weighs beside a character or pair that is as rare.
_TOPIC: Final = 1.5

#: In how many tasks a token may be to tell one from another: so large a part, but in plans of any size at
#: least and at most so many. It counts for the size of a text in any case.
_PART: Final = 0.3
_AT_LEAST: Final = 12
_AT_MOST: Final = 25


class Weighted(NamedTuple):
    """A clause with weights: those that tell tasks apart, and the size by all."""

    text: str
    tokens: tuple[tuple[str, int], ...]
    norm: float
    size: int


@final
class Weights:
    """The weights of all tokens and topics of two plans."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        each = tuple(profiles)
        tokens, topics = Counter[str](), Counter[str]()
        for profile in each:
            tokens.update(profile.tokens)
            topics.update(profile.topics.keys())
        rates = common_rates()
        count = len(each)
        self._tokens = _rarities(tokens, rates["tokens"], count)
        self._topics = _rarities(topics, rates["topics"], count)
        most = max(_AT_LEAST, min(_AT_MOST, int(_PART * count)))
        self._common = {token for token, times in tokens.items() if times > most}
        self._common_topics = {topic for topic, times in topics.items() if times > most}
        self._weighted: dict[Clause, Weighted] = {}

    def of(self, clause: Clause) -> Weighted:
        """Return a clause with its weights."""
        found = self._weighted.get(clause)
        if found is None:
            found = self._weighted[clause] = self._weigh(clause)
        return found

    def _weigh(self, clause: Clause) -> Weighted:
        weights, common = self._tokens, self._common
        tokens = [(token, weights[token]) for token in clause.tokens]
        square = sum([weight * weight for _, weight in tokens])
        telling = [item for item in tokens if item[0] not in common]
        for topic, times in clause.topics.items():
            weight = int(_TOPIC * (1 + math.log(times)) * self._topics[topic])
            square += weight * weight
            if topic not in self._common_topics:
                telling.append((f"#{topic}", weight))
        norm = math.sqrt(square)
        return Weighted(clause.text, tuple(telling), norm, int(norm))

    def rarity(self, topic: str) -> float:
        """Return how rare a topic is, from 0 to 1."""
        return self._topics[topic] / max(self._topics.values())

    def weight(self, token: str) -> int:
        """Return what a character or a pair weighs; 0 where neither plan has it."""
        return self._tokens.get(token, 0)


def _rarities(counts: Counter[str], rates: Mapping[str, float], count: int) -> dict[str, int]:
    every = count + _GENRE + 1
    return {
        token: int(UNIT * math.log(every / (times + _GENRE * rates.get(token, 0.0))))
        for token, times in counts.items()
    }
