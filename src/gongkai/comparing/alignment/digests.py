"""What the texts of one plan have, clause by clause, whatever they are compared with."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain
from typing import Final, final

from gongkai.comparing.alignment.profiles import Clause, profile_of
from gongkai.comparing.alignment.weights import squares_of, topic_weights

__all__ = ["Digest", "digest_of"]

#: Digests of plans with more texts are not kept.
_KEPT: Final = 500


@final
class Digest:
    """Texts as clauses, and how often what stands in them does.

    ``clauses`` are those of all texts, in order; ``owners`` tells the text of each, ``firsts`` where those of
    each text begin, ``places`` where those with one wording are. ``tokens`` and ``topics`` tell in how many
    texts each stands, the ``others`` of the plan included, and ``count`` how many texts these are; ``shares``
    in which clauses a topic stands, with what it counts for there. ``norms`` are the sizes of the clauses by
    the weights of all that they have, ``sizes`` the same as whole numbers, ``totals`` those of each text
    together.

    Sizes are by what is rare in this plan, taken for both: so they are the same whatever it is compared with.
    """

    __slots__ = (
        "__weakref__",
        "clauses",
        "count",
        "firsts",
        "norms",
        "owners",
        "places",
        "shares",
        "sizes",
        "tokens",
        "topics",
        "totals",
    )

    def __init__(self, texts: tuple[str, ...], others: tuple[str, ...] = ()) -> None:
        profiles = [profile_of(text) for text in texts]
        everything = [*profiles, *[profile_of(text) for text in others]]
        self.clauses: list[Clause] = []
        self.owners: list[int] = []
        self.firsts: list[int] = []
        for position, profile in enumerate(profiles):
            self.firsts.append(len(self.clauses))
            self.clauses += profile.clauses
            self.owners += [position] * len(profile.clauses)
        self.count = len(everything)
        self.tokens = Counter(chain.from_iterable([profile.tokens for profile in everything]))
        self.topics = Counter(chain.from_iterable([profile.topics for profile in everything]))
        self.shares: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for place, clause in enumerate(self.clauses):
            self.places[clause.text].append(place)
            for topic, share in clause.topics.items():
                self.shares[topic].append((place, share))
        self.norms = self._norms()
        self.sizes = list(map(int, self.norms))
        self.totals = [0] * len(texts)
        for owner, size in zip(self.owners, self.sizes, strict=True):
            self.totals[owner] += size

    def _norms(self) -> list[float]:
        find = squares_of(self.tokens, 2 * self.count).__getitem__
        weights = topic_weights(self.topics, 2 * self.count)
        found: list[float] = []
        for clause in self.clauses:
            size = sum(map(find, clause.tokens))
            for topic, share in clause.topics.items():
                size += int(weights[topic] * share) ** 2
            found.append(math.sqrt(size))
        return found


def digest_of(texts: tuple[str, ...], others: tuple[str, ...] = ()) -> Digest:
    """Return the digest of texts, and others of the same plan that tell what is common in it.

    The digests of plans that were compared last are kept.
    """
    return _digest(texts, others) if len(texts) <= _KEPT else Digest(texts, others)


@lru_cache(maxsize=32)
def _digest(texts: tuple[str, ...], others: tuple[str, ...]) -> Digest:
    return Digest(texts, others)
