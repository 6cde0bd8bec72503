"""What a character, a pair of characters or a topic weighs: the rarer in two plans and the genre, the more.

Weights are whole numbers, so that sums are exact whatever their order: both directions of an alignment, and
the ways with and without numpy, come to the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final, final

from gongkai.comparing.digests import Digest
from gongkai.comparing.topics import common_rates

__all__ = ["UNIT", "Weights"]

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
_AT_MOST: Final = 20


@final
class Weights:
    """The weights of all tokens and topics of some plans, told by their digests.

    ``squares`` has the square of each token's weight, ``topics`` the weight of each topic.
    """

    def __init__(self, digests: Iterable[Digest]) -> None:
        each = tuple(digests)
        self._tokens, self._topics = (_joined([getattr(one, name) for one in each]) for name in _NAMES)
        rates, count = common_rates(), sum([one.count for one in each])
        self._most = max(_AT_LEAST, min(_AT_MOST, int(_PART * count)))
        self.squares = _rarities(self._tokens, rates["tokens"], count, lambda weight: weight * weight)
        self.topics = _rarities(self._topics, rates["topics"], count, lambda weight: int(_TOPIC * weight))

    def telling(self, token: str) -> bool:
        """Tell whether a token is rare enough to tell tasks apart."""
        return self._tokens[token] <= self._most

    def telling_topic(self, topic: str) -> bool:
        """Tell whether a topic is rare enough to tell tasks apart."""
        return self._topics[topic] <= self._most

    def norms(self, digest: Digest) -> list[float]:
        """Return the size of each clause, by all that it has."""
        find = self.squares.__getitem__
        found = [sum(map(find, clause.tokens)) for clause in digest.clauses]
        for topic, shares in digest.shares.items():
            weight = self.topics[topic]
            for place, share in shares:
                found[place] += int(weight * share) ** 2
        return list(map(math.sqrt, found))


_NAMES: Final = ("tokens", "topics")


def _joined(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        if found:
            get = found.get
            found.update({name: count + get(name, 0) for name, count in each.items()})
        else:
            found = dict(each)
    return found


def _rarities(
    counts: Mapping[str, int], rates: Mapping[str, float], count: int, form: Callable[[int], int]
) -> dict[str, int]:
    every = count + _GENRE + 1
    usual = {times: form(int(UNIT * math.log(every / times))) for times in set(counts.values())}
    found = dict(zip(counts, map(usual.__getitem__, counts.values()), strict=True))
    for token in rates.keys() & counts.keys():
        found[token] = form(int(UNIT * math.log(every / (counts[token] + _GENRE * rates[token]))))
    return found
