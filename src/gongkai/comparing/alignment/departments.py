"""What the departments of two tasks say for a link: by name, and by what they do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import final

from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.wording import similarity

__all__ = ["Bodies"]


@final
class Bodies:
    """How rare each department, and each thing that departments do, is in two plans."""

    def __init__(self, old: Iterable[Leaf], new: Iterable[Leaf]) -> None:
        sides = tuple(old), tuple(new)
        total = max(2, len(sides[0]) + len(sides[1]) + 1)
        self._named = [[leaf.bodies for leaf in side] for side in sides]
        self._done = [[leaf.functions for leaf in side] for side in sides]
        named, done = (
            Counter(chain.from_iterable(chain.from_iterable(each))) for each in (self._named, self._done)
        )
        self._rarity = {body: _rarity(count, total) for body, count in named.items()}
        self._uncommon = {function: _rarity(count, total) for function, count in done.items()}
        self._found: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
        self._alike: dict[tuple[str, str], float] = {}

    def likeness(self, old: int, new: int) -> float:
        """Return how alike the most alike departments of two tasks are, and how rare, from 0 to 1."""
        pair = (self._named[0][old], self._named[1][new])
        found = self._found.get(pair)
        if found is None:
            alike = [self._likeness(one, other) for one in pair[0] for other in pair[1]]
            found = self._found[pair] = max(alike, default=0.0)
        shared = self._done[0][old] & self._done[1][new]
        return max([found, *map(self._uncommon.__getitem__, shared)]) if shared else found

    def _likeness(self, one: str, other: str) -> float:
        pair = (one, other) if one <= other else (other, one)
        found = self._alike.get(pair)
        if found is None:  # a department that answers for everything says nothing
            rarity = min(self._rarity[one], self._rarity[other])
            found = self._alike[pair] = rarity * similarity(*pair)
        return found


def _rarity(count: int, total: int) -> float:
    return math.log(total / count) / math.log(total)
