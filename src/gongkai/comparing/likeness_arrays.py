"""The same likenesses by arrays, where numpy is present: faster, and equal to the last digit.

Sums of whole numbers below 2**53 are exact in any order, and a division, product or root of two numbers is
rounded in one way only.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gongkai.comparing.likeness import Side
    from gongkai.comparing.weights import Weights

__all__ = ["Arrays", "arrays"]

#: Beyond so many pairs of clauses, tables of all of them take more room than they save time.
_PAIRS: Final = 4_000_000


class Arrays:
    """Tables of all pairs of two plans' tasks."""

    def __init__(self, old: Side, new: Side, weights: Weights, np: Any) -> None:
        from gongkai.comparing.likeness import LEAST, PRIOR, SCALE, copies

        clauses = _products(old, new, weights, np)
        clauses *= SCALE
        clauses /= np.multiply.outer(np.array(old.norms), np.array(new.norms)) + PRIOR
        whole = clauses.astype(np.int64)
        whole[whole < LEAST] = 0
        same = list(copies(old, new))
        if same:
            whole[tuple(np.array(same).T)] = SCALE
        mine, theirs = (np.array(side.sizes, dtype=np.int64) for side in (old, new))
        nearest = np.maximum.reduceat(whole, new.firsts, axis=1)
        back = np.maximum.reduceat(whole, old.firsts, axis=0)
        totals = [np.array(side.totals, dtype=np.int64) * SCALE for side in (old, new)]
        forward = np.add.reduceat(nearest * mine[:, None], old.firsts, axis=0) / totals[0][:, None]
        backward = np.add.reduceat(back * theirs[None, :], new.firsts, axis=1) / totals[1][None, :]
        best = np.maximum.reduceat(nearest, old.firsts, axis=0) / SCALE
        opening = whole[np.ix_(old.firsts, new.firsts)] / SCALE
        both = np.sqrt(forward * backward)
        self._tables = (forward.tolist(), backward.tolist(), best.tolist(), opening.tolist())
        self.rows: list[dict[int, float]] = [
            {place: value for place, value in enumerate(row) if value} for row in both.tolist()
        ]

    def of(self, old: int, new: int) -> tuple[float, float, float, float]:
        """Return the likeness of two tasks by their positions."""
        forward, backward, best, opening = self._tables
        return forward[old][new], backward[old][new], best[old][new], opening[old][new]


def arrays(old: Side, new: Side, weights: Weights) -> Arrays | None:
    """Return the tables, None where numpy is absent or they would be too large, or empty."""
    pairs = len(old.clauses) * len(new.clauses)
    whole = all(old.totals) and all(new.totals)
    if not whole or not 0 < pairs <= _PAIRS or find_spec("numpy") is None:
        return None
    return Arrays(old, new, weights, import_module("numpy"))


def _products(old: Side, new: Side, weights: Weights, np: Any) -> Any:
    """Return the sum of products of what each two clauses have in common."""
    mine, theirs, width = old.digest, new.digest, len(new.clauses)
    cells: list[int] = []
    products: list[int] = []
    for token in mine.places.keys() & theirs.places.keys():
        if weights.telling(token):
            others = theirs.places[token]
            found = [place * width + other for place in mine.places[token] for other in others]
            cells += found
            products += [weights.squares[token]] * len(found)
    for topic in mine.shares.keys() & theirs.shares.keys():
        if weights.telling_topic(topic):
            weight = weights.topics[topic]
            weighed = [(other, int(weight * share)) for other, share in theirs.shares[topic]]
            for place, share in mine.shares[topic]:
                own, start = int(weight * share), place * width
                cells += [start + other for other, _ in weighed]
                products += [own * its for _, its in weighed]
    size = len(old.clauses) * width
    sums = np.bincount(np.array(cells, dtype=np.int64), weights=np.array(products), minlength=size)
    return sums.astype(np.float64).reshape(len(old.clauses), width)
