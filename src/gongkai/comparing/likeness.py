"""How like each task of one plan is to each of another, clause by clause.

Two clauses are as like as the angle between them is small, by the weights of what both have. A task is as
like another as its clauses, each with the most like of the other's, by weight: so a task that went into two,
or into one sentence of a long one, is found. All sums are of whole numbers, and exact.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, final

from gongkai.comparing.leaves import Leaf
from gongkai.comparing.weights import UNIT, Weighted, Weights

if TYPE_CHECKING:
    from gongkai.comparing.likeness_arrays import Arrays

__all__ = ["SCALE", "Likeness", "Likenesses", "Side", "copies"]

#: What a likeness of one is in whole numbers.
SCALE: Final = 1 << 20

#: What is added to the product of two clauses' sizes: clauses of nothing but template are like nothing.
PRIOR: Final = UNIT * UNIT


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


@final
class Side:
    """The clauses of one plan's tasks, in order, with the task that each belongs to."""

    def __init__(self, leaves: Sequence[Leaf], weights: Weights) -> None:
        self.count = len(leaves)
        self.clauses: list[Weighted] = []
        self.owners: list[int] = []
        self.firsts: list[int] = []
        for position, leaf in enumerate(leaves):
            self.firsts.append(len(self.clauses))
            own = leaf.profile.clauses
            self.clauses.extend([weights.of(clause) for clause in own])
            self.owners.extend([position] * len(own))
        self.sizes = [0] * len(leaves)
        for owner, clause in zip(self.owners, self.clauses, strict=True):
            self.sizes[owner] += clause.size


def copies(old: Side, new: Side) -> Iterator[tuple[int, int]]:
    """Yield the places of clauses that stand in both plans word for word, and in neither too often."""
    mine, theirs = (_by_text(side) for side in (old, new))
    for text, places in mine.items():
        others = theirs.get(text, ())
        if len(places) <= _COPIES and len(others) <= _COPIES:
            yield from ((place, other) for place in places for other in others)


def _by_text(side: Side) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, clause in enumerate(side.clauses):
        if clause.size:
            found[clause.text].append(place)
    return found


@final
class Likenesses:
    """The likeness of all pairs of tasks of two plans that share anything rare.

    ``rows`` has for each task of the old plan the likeness in both directions of tasks of the new plan, by
    their positions.
    """

    def __init__(self, old: Side, new: Side) -> None:
        from gongkai.comparing import likeness_arrays

        self._found: dict[tuple[int, int], Likeness] = {}
        self._arrays: Arrays | None = likeness_arrays.arrays(old, new)
        self.rows: list[dict[int, float]]
        if self._arrays is not None:
            self.rows = self._arrays.rows
        else:
            self._found = _measured(old, new)
            self.rows = [{} for _ in range(old.count)]
            for (mine, theirs), likeness in self._found.items():
                self.rows[mine][theirs] = likeness.both

    def of(self, old: int, new: int) -> Likeness:
        """Return the likeness of two tasks by their positions."""
        if self._arrays is not None:
            return Likeness(*self._arrays.of(old, new))
        return self._found.get((old, new), _NONE)


def _measured(old: Side, new: Side) -> dict[tuple[int, int], Likeness]:
    """Compare clause by clause, by way of an index of what the clauses of the new plan have."""
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, clause in enumerate(new.clauses):
        for token, weight in clause.tokens:
            postings[token].append((place, weight))
    owners, others = new.owners, new.clauses
    forward: defaultdict[tuple[int, int], int] = defaultdict(int)
    best: defaultdict[tuple[int, int], int] = defaultdict(int)
    back: dict[tuple[int, int], int] = {}
    openings: dict[tuple[int, int], int] = {}
    firsts = {place: owner for owner, place in enumerate(new.firsts)}
    same: defaultdict[int, list[int]] = defaultdict(list)
    for mine, theirs in copies(old, new):
        same[mine].append(theirs)
    for place, (owner, clause) in enumerate(zip(old.owners, old.clauses, strict=True)):
        shared: defaultdict[int, int] = defaultdict(int)
        for token, weight in clause.tokens:
            for other, theirs in postings.get(token, ()):
                shared[other] += weight * theirs
        norm = clause.norm
        found = {
            other: int(product * SCALE / (norm * others[other].norm + PRIOR))
            for other, product in shared.items()
        }
        found.update(dict.fromkeys(same.get(place, ()), SCALE))
        leading = old.firsts[owner] == place
        nearest: dict[int, int] = {}
        for other, likeness in found.items():
            partner = owners[other]
            if likeness > nearest.get(partner, 0):
                nearest[partner] = likeness
            if likeness > back.get((owner, other), 0):
                back[owner, other] = likeness
            if leading and other in firsts:
                openings[owner, firsts[other]] = likeness
        for partner, likeness in nearest.items():
            pair = (owner, partner)
            forward[pair] += likeness * clause.size
            best[pair] = max(best[pair], likeness)
    backward: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (owner, other), likeness in back.items():
        backward[owner, owners[other]] += likeness * others[other].size
    return {
        pair: Likeness(
            total / (old.sizes[pair[0]] * SCALE),
            backward[pair] / (new.sizes[pair[1]] * SCALE),
            best[pair] / SCALE,
            openings.get(pair, 0) / SCALE,
        )
        for pair, total in forward.items()
    }
