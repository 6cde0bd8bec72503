"""Which clauses of two plans share what is rare enough to tell tasks apart, and which are copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

from gongkai.comparing.alignment.digests import Digest
from gongkai.comparing.alignment.weights import Weights

__all__ = ["LOOKS", "copies", "sharing", "topic_products"]

#: What makes more pairs of clauses than that is left out: a plan repeats itself.
LOOKS: Final = 5_000

#: A clause that stands in a plan more often than that is looked at by its rare words only.
_COPIES: Final = 12

_Places: TypeAlias = Mapping[str, Sequence[int]]


def sharing(old: Digest, new: Digest, telling: Collection[str]) -> tuple[list[set[str]], _Places]:
    """Return which telling tokens each old clause has, and which new clauses each of these tokens is in.

    What would make too many pairs of clauses is left out.
    """
    kept = frozenset(telling)
    tokens = [clause.tokens & kept for clause in old.clauses]
    often = Counter(chain.from_iterable(tokens))
    kept = frozenset(often)
    places: dict[str, list[int]] = {token: [] for token in kept}
    for place, clause in enumerate(new.clauses):
        for token in clause.tokens & kept:
            places[token].append(place)
    repeated = {token for token, times in often.items() if times * len(places[token]) > LOOKS}
    if repeated:
        tokens = [each - repeated for each in tokens]
    return tokens, places


def topic_products(old: Digest, new: Digest, weights: Weights) -> Iterator[tuple[int, int, int]]:
    """Yield two clauses by their places, and the product of what a topic of both counts for in each."""
    for topic, weight in weights.topics.items():
        mine, theirs = old.shares[topic], new.shares[topic]
        if len(mine) * len(theirs) <= LOOKS:
            weighed = [(other, int(weight * share)) for other, share in theirs]
            for place, share in mine:
                own = int(weight * share)
                for other, its in weighed:
                    yield place, other, own * its


def copies(old: Digest, new: Digest) -> Iterator[tuple[int, int]]:
    """Yield the places of clauses that stand in both plans word for word, and in neither too often."""
    for text in old.places.keys() & new.places.keys():
        mine, theirs = old.places[text], new.places[text]
        telling = old.sizes[mine[0]] and new.sizes[theirs[0]]
        if telling and len(mine) <= _COPIES and len(theirs) <= _COPIES:
            yield from ((place, other) for place in mine for other in theirs)
