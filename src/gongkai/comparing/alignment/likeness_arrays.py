"""The same likenesses by arrays, where numpy is present: faster, and equal to the last digit.

Sums of whole numbers below 2**53 are exact in any order, and a division, product or root of two numbers is
rounded in one way only.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from gongkai.comparing.alignment.digests import Digest

if TYPE_CHECKING:
    from gongkai.comparing.alignment.weights import Weights

__all__ = ["Arrays", "arrays"]

#: Beyond so many pairs of clauses, tables of all of them take more room than they save time.
_PAIRS: Final = 4_000_000


class Arrays:
    """Tables of all pairs of two plans' tasks."""

    def __init__(self, old: Digest, new: Digest, weights: Weights, np: Any) -> None:
        from gongkai.comparing.alignment.likeness import LEAST, PRIOR, SCALE, copies

        clauses = _products(old, new, weights, np)
        clauses *= SCALE
        clauses /= np.multiply.outer(np.array(old.norms), np.array(new.norms)) + PRIOR
        whole = np.minimum(clauses, SCALE).astype(np.int64)
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


def arrays(old: Digest, new: Digest, weights: Weights) -> Arrays | None:
    """Return the tables, None where numpy is absent or they would be too large, or empty."""
    pairs = len(old.clauses) * len(new.clauses)
    whole = all(old.totals) and all(new.totals)
    if not whole or not 0 < pairs <= _PAIRS or find_spec("numpy") is None:
        return None
    return Arrays(old, new, weights, import_module("numpy"))


def _products(old: Digest, new: Digest, weights: Weights, np: Any) -> Any:
    """Return the sum of products of what each two clauses have in common."""
    height, width = len(old.clauses), len(new.clauses)
    telling = list(weights.squares)
    squares = np.array(list(weights.squares.values()), dtype=np.float64)
    (mine, places), (theirs, others) = (_entries(side, telling, np) for side in (old, new))
    sizes = mine[1] * theirs[1]
    token = np.repeat(np.arange(len(telling)), sizes)
    turn = np.arange(len(token)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    one, other = np.divmod(turn, theirs[1][token])
    cells = places[mine[0][token] + one] * width + others[theirs[0][token] + other]
    found = np.bincount(cells, weights=squares[token], minlength=height * width).astype(np.float64)
    cells, products = _topics(old, new, weights)
    if cells:
        found += np.bincount(np.array(cells), weights=np.array(products), minlength=height * width)
    return found.reshape(height, width)


def _topics(old: Digest, new: Digest, weights: Weights) -> tuple[list[int], list[int]]:
    """Return which clauses share topics, as places in the table, and what the topics weigh in both."""
    width = len(new.clauses)
    cells: list[int] = []
    products: list[int] = []
    for topic, weight in weights.topics.items():
        weighed = [(other, int(weight * share)) for other, share in new.shares[topic]]
        for place, share in old.shares[topic]:
            row, own = place * width, int(weight * share)
            for other, its in weighed:
                cells.append(row + other)
                products.append(own * its)
    return cells, products


def _entries(digest: Digest, telling: list[str], np: Any) -> tuple[tuple[Any, Any], Any]:
    """Return where the places of each token begin in a list and how many there are, and the list."""
    index = _indexes.get(digest)
    if index is None:
        counts = np.array([len(places) for places in digest.places.values()], dtype=np.int64)
        starts = np.cumsum(counts) - counts
        numbers = {token: number for number, token in enumerate(digest.places)}
        places = np.array(list(chain.from_iterable(digest.places.values())), dtype=np.int64)
        index = _indexes[digest] = (numbers, starts, counts, places)
    numbers, starts, counts, places = index
    chosen = np.array(list(map(numbers.__getitem__, telling)), dtype=np.int64)
    return (starts[chosen], counts[chosen]), places


#: The places of tokens as arrays, as long as their digest is kept.
_indexes: MutableMapping[Digest, tuple[dict[str, int], Any, Any, Any]] = WeakKeyDictionary()
