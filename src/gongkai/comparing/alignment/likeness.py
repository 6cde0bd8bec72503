"""How like each task of one plan is to each of another, clause by clause.

Two clauses are as like as the angle between them is small, by the weights of what both have. A task is as
like another as its clauses, each with the most like of the other's, by weight: so a task that went into two,
or into one sentence of a long one, is found. All sums are of whole numbers, and exact.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, final

from gongkai.comparing.alignment.digests import Digest
from gongkai.comparing.alignment.weights import UNIT, Weights

if TYPE_CHECKING:
    from gongkai.comparing.alignment.likeness_arrays import Arrays

__all__ = ["LEAST", "PRIOR", "SCALE", "Likeness", "Likenesses", "copies"]

#: What a likeness of one is in whole numbers.
SCALE: Final = 1 << 20

#: What is added to the product of two clauses' sizes: clauses of nothing but template are like nothing.
PRIOR: Final = UNIT * UNIT

#: Two clauses that are less like have nothing in common.
LEAST: Final = SCALE // 20

#: A likeness that comes near the least one is worked out.
_ALMOST: Final = 21

#: A clause that stands in a plan more often than that is looked at by its rare words only.
_COPIES: Final = 12


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


def copies(old: Digest, new: Digest) -> Iterator[tuple[int, int]]:
    """Yield the places of clauses that stand in both plans word for word, and in neither too often."""
    mine, theirs = (_by_text(side) for side in (old, new))
    for text, places in mine.items():
        others = theirs.get(text, ())
        if len(places) <= _COPIES and len(others) <= _COPIES:
            yield from ((place, other) for place in places for other in others)


def _by_text(side: Digest) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, (clause, size) in enumerate(zip(side.clauses, side.sizes, strict=True)):
        if size:
            found[clause.text].append(place)
    return found


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
    shared = _shared(old, new, weights)
    norms = new.norms
    found: list[dict[int, int]] = []
    for norm, row in zip(old.norms, shared, strict=True):
        likenesses: dict[int, int] = {}
        for other, product in row.items():
            size = norm * norms[other] + PRIOR
            if product * _ALMOST >= size:
                likeness = int(product * SCALE / size)
                if likeness >= LEAST:
                    likenesses[other] = min(likeness, SCALE)
        found.append(likenesses)
    for place, other in copies(old, new):
        found[place][other] = SCALE
    return found


def _shared(old: Digest, new: Digest, weights: Weights) -> list[dict[int, int]]:
    """Return what each clause shares with those of the new plan, as the sum of products of weights."""
    found: list[dict[int, int]] = [{} for _ in old.clauses]
    for token, square in weights.squares.items():
        others = new.places[token]
        for place in old.places[token]:
            row = found[place]
            for other in others:
                if other in row:
                    row[other] += square
                else:
                    row[other] = square
    for topic, weight in weights.topics.items():
        weighed = [(other, int(weight * share)) for other, share in new.shares[topic]]
        for place, share in old.shares[topic]:
            row, own = found[place], int(weight * share)
            for other, its in weighed:
                row[other] = row.get(other, 0) + own * its
    return found
