"""What a character, a pair of characters or a topic weighs: the rarer in plans and the genre, the more.

Weights are whole numbers, so that sums are exact whatever their order: both directions of an alignment, and
the ways with and without numpy, come to the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, final

from gongkai.comparing.alignment.topics import common_rates

if TYPE_CHECKING:
    from gongkai.comparing.alignment.digests import Digest

__all__ = ["UNIT", "Weights", "squares_of", "topic_weights"]

#: What a weight of one is in whole numbers.
UNIT: Final = 128

#: How many tasks of the genre are counted with those of the plans. In small plans nearly all is rare.
_GENRE: Final = 30

#: What a topic weighs beside a character or pair that is as rare.
_TOPIC: Final = 1.5

#: In how many tasks a token may be to tell one from another: so large a part, but in plans of any size at
#: least and at most so many. It counts for the size of a text in any case.
_PART: Final = 0.3
_AT_LEAST: Final = 12
_AT_MOST: Final = 20


def squares_of(counts: Mapping[str, int], count: int) -> dict[str, int]:
    """Return the squares of the weights of tokens that stand in so many of ``count`` texts."""
    return {token: weight * weight for token, weight in _rarities(counts, "tokens", count).items()}


def topic_weights(counts: Mapping[str, int], count: int) -> dict[str, int]:
    """Return the weights of topics that so many of ``count`` texts are about."""
    return {topic: int(_TOPIC * weight) for topic, weight in _rarities(counts, "topics", count).items()}


@final
class Weights:
    """The weights of what two plans have in common and what is rare enough to tell tasks apart.

    ``squares`` has the square of each token's weight, ``topics`` the weight of each topic.
    """

    def __init__(self, old: Digest, new: Digest) -> None:
        count = old.count + new.count
        most = max(_AT_LEAST, min(_AT_MOST, int(_PART * count)))
        self.squares = squares_of(_telling(old.tokens, new.tokens, most), count)
        self.topics = topic_weights(_telling(old.topics, new.topics, most), count)


def _telling(old: Mapping[str, int], new: Mapping[str, int], most: int) -> dict[str, int]:
    """Return what both plans have and not too many tasks, with how many do."""
    return {name: times for name in old.keys() & new.keys() if (times := old[name] + new[name]) <= most}


def _rarities(counts: Mapping[str, int], group: str, count: int) -> dict[str, int]:
    rates = common_rates()[group]
    every = count + _GENRE + 1
    usual = {times: int(UNIT * math.log(every / times)) for times in set(counts.values())}
    found = dict(zip(counts, map(usual.__getitem__, counts.values()), strict=True))
    for token in rates.keys() & counts.keys():
        found[token] = int(UNIT * math.log(every / (counts[token] + _GENRE * rates[token])))
    return found
