"""How like each task of one plan is to each of another, clause by clause.

Two clauses are as like as the angle between them is small, by the weights of what both have. A task is as
like another as its clauses, each with the most like of the other's, by weight: so a task that went into two,
or into one sentence of a long one, is found. All sums are of whole numbers, and exact.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, final

from gongkai.comparing.alignment.common import copies, sharing, topic_products
from gongkai.comparing.alignment.digests import Digest
from gongkai.comparing.alignment.weights import UNIT, Weights

if TYPE_CHECKING:
    from gongkai.comparing.alignment.likeness_arrays import Arrays

__all__ = ["LEAST", "PRIOR", "SCALE", "Likeness", "Likenesses", "likenesses"]

#: What a likeness of one is in whole numbers.
SCALE: Final = 1 << 20

#: What is added to the product of two clauses' sizes: clauses of nothing but template are like nothing.
PRIOR: Final = UNIT * UNIT

#: Two clauses that are less like have nothing in common.
LEAST: Final = SCALE // 20

#: The likeness of plans with more pairs of tasks is not kept.
_KEPT: Final = 40_000

#: A likeness that comes near the least one is worked out.
_ALMOST: Final = 21


class Likeness(NamedTuple):
    """How like two tasks are, each number from 0 to 1.

    ``forward`` tells how much of the old one is in the new one, ``backward`` the other way round; ``best`` is
    the likeness of the two clauses that are most like, ``opening`` that of the two first clauses.
    """

    forward: float
    backward: float
    best: float
    opening: float

    @property
    def both(self) -> float:
        """The geometric mean of both directions."""
        return math.sqrt(self.forward * self.backward)


_NONE: Final = Likeness(0.0, 0.0, 0.0, 0.0)


@final
class Likenesses:
    """The likeness of all pairs of tasks of two plans that share anything rare.

    ``rows`` has for each task of the old plan the likeness in both directions of tasks of the new plan, by
    their positions.
    """

    def __init__(self, old: Digest, new: Digest) -> None:
        from gongkai.comparing.alignment import likeness_arrays

        weights = Weights(old, new)
        self._found: list[dict[int, Likeness]] = []
        self._arrays: Arrays | None = likeness_arrays.arrays(old, new, weights)
        if self._arrays is not None:
            self.rows: list[dict[int, float]] = self._arrays.rows
        else:
            self._found = _measured(old, new, weights)
            self.rows = [{theirs: likeness.both for theirs, likeness in row.items()} for row in self._found]

    def of(self, old: int, new: int) -> Likeness:
        """Return the likeness of two tasks by their positions."""
        if self._arrays is not None:
            return Likeness(*self._arrays.of(old, new))
        return self._found[old].get(new, _NONE)


def likenesses(old: Digest, new: Digest) -> Likenesses:
    """Return the likeness of all pairs of tasks; that of the plans compared last is kept.

    Plans are compared again and again while people and judges answer, and it depends on their texts alone.
    """
    kept = len(old.totals) * len(new.totals) <= _KEPT
    return _kept_likenesses(old, new) if kept else Likenesses(old, new)


@lru_cache(maxsize=16)
def _kept_likenesses(old: Digest, new: Digest) -> Likenesses:
    return Likenesses(old, new)


def _measured(old: Digest, new: Digest, weights: Weights) -> list[dict[int, Likeness]]:
    """Lift the likeness of clauses to tasks: each clause with the most like of the other task's."""
    rows = _clause_likenesses(old, new, weights)
    sizes, owners, firsts = new.sizes, new.owners, frozenset(new.firsts)
    found: list[dict[int, Likeness]] = []
    ends = [*old.firsts[1:], len(old.clauses)]
    for total, first, end in zip(old.totals, old.firsts, ends, strict=True):
        forward: defaultdict[int, int] = defaultdict(int)
        best: dict[int, int] = {}
        back: dict[int, int] = {}
        for place in range(first, end):
            nearest: dict[int, int] = {}
            for other, likeness in rows[place].items():
                partner = owners[other]
                if likeness > nearest.get(partner, 0):
                    nearest[partner] = likeness
                if likeness > back.get(other, 0):
                    back[other] = likeness
            size = old.sizes[place]
            for partner, likeness in nearest.items():
                forward[partner] += likeness * size
                if likeness > best.get(partner, 0):
                    best[partner] = likeness
        backward: defaultdict[int, int] = defaultdict(int)
        for other, likeness in back.items():
            backward[owners[other]] += likeness * sizes[other]
        opening = (
            {owners[other]: rows[first][other] for other in rows[first].keys() & firsts} if forward else {}
        )
        found.append(
            {
                partner: Likeness(
                    share / (total * SCALE),
                    backward[partner] / (new.totals[partner] * SCALE),
                    best[partner] / SCALE,
                    opening.get(partner, 0) / SCALE,
                )
                for partner, share in forward.items()
            }
        )
    return found


def _clause_likenesses(old: Digest, new: Digest, weights: Weights) -> list[dict[int, int]]:
    """Return how like each clause is to those of the new plan that it has something in common with."""
    norms = new.norms
    found = [
        {
            other: min(int(product * SCALE / size), SCALE)
            for other, product in row.items()
            if product * _ALMOST >= (size := norm * norms[other] + PRIOR) and product * SCALE / size >= LEAST
        }
        for norm, row in zip(old.norms, _shared(old, new, weights), strict=True)
    ]
    for place, other in copies(old, new):
        found[place][other] = SCALE
    return found


def _shared(old: Digest, new: Digest, weights: Weights) -> list[dict[int, int]]:
    """Return what each clause shares with those of the new plan, as the sum of products of weights."""
    own, places = sharing(old, new, weights.squares)
    entries = {token: (weights.squares[token], others) for token, others in places.items()}
    found: list[dict[int, int]] = []
    for tokens in own:
        row: dict[int, int] = {}
        get = row.get
        for square, others in map(entries.__getitem__, tokens):
            for other in others:
                row[other] = get(other, 0) + square
        found.append(row)
    for place, other, product in topic_products(old, new, weights):
        found[place][other] = found[place].get(other, 0) + product
    return found
