"""The same likenesses by arrays, where numpy is present: faster, and equal to the last digit.

Sums of whole numbers below 2**53 are exact in any order, and a division, product or root of two numbers is
rounded in one way only.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from gongkai.comparing.alignment.common import LOOKS, copies, topic_products
from gongkai.comparing.alignment.digests import Digest

if TYPE_CHECKING:
    from gongkai.comparing.alignment.weights import Weights

__all__ = ["Arrays", "arrays"]

#: Beyond so many pairs of clauses, tables of all of them take more room than they save time.
_PAIRS: Final = 4_000_000

#: From so many pairs of clauses on, arrays save more time than the import of numpy takes.
_WORTH: Final = 1_000_000


class Arrays:
    """Tables of all pairs of two plans' tasks."""

    def __init__(self, old: Digest, new: Digest, weights: Weights, np: Any) -> None:
        from gongkai.comparing.alignment.likeness import LEAST, PRIOR, SCALE

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
    """Return the tables, None where numpy is absent or not worth its import, or they would be too large."""
    pairs = len(old.clauses) * len(new.clauses)
    whole = all(old.totals) and all(new.totals)
    if not whole or not 0 < pairs <= _PAIRS or not _at_hand(pairs):
        return None
    return Arrays(old, new, weights, import_module("numpy"))


def _at_hand(pairs: int) -> bool:
    """Tell whether numpy is there already, or so much is to do that its import pays."""
    return "numpy" in sys.modules or (pairs >= _WORTH and find_spec("numpy") is not None)


def _products(old: Digest, new: Digest, weights: Weights, np: Any) -> Any:
    """Return the sum of products of what each two clauses have in common."""
    height, width = len(old.clauses), len(new.clauses)
    squares = np.array(list(weights.squares.values()), dtype=np.float64)
    (mine, places), (theirs, others) = (_entries(side, list(weights.squares), np) for side in (old, new))
    pairs = mine[1] * theirs[1]
    pairs[pairs > LOOKS] = 0
    token = np.repeat(np.arange(len(pairs)), pairs)
    turn = np.arange(len(token)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    one, other = np.divmod(turn, theirs[1][token])
    cells = places[mine[0][token] + one] * width + others[theirs[0][token] + other]
    found = np.bincount(cells, weights=squares[token], minlength=height * width).astype(np.float64)
    topics = list(topic_products(old, new, weights))
    if topics:
        place, other, product = np.array(topics, dtype=np.int64).T
        found += np.bincount(place * width + other, weights=product, minlength=height * width)
    return found.reshape(height, width)


def _entries(digest: Digest, telling: list[str], np: Any) -> tuple[tuple[Any, Any], Any]:
    """Return where the places of each token begin in a list and how many there are, and the list."""
    index = _indexes.get(digest)
    if index is None:
        tokens = list(chain.from_iterable([clause.tokens for clause in digest.clauses]))
        numbers = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
        sizes = [len(clause.tokens) for clause in digest.clauses]
        entries = np.array(list(map(numbers.__getitem__, tokens)), dtype=np.int64)
        places = np.repeat(np.arange(len(sizes)), sizes)[np.argsort(entries, kind="stable")]
        counts = np.bincount(entries, minlength=len(numbers))
        index = _indexes[digest] = (numbers, np.cumsum(counts) - counts, counts, places)
    numbers, starts, counts, places = index
    chosen = np.array([numbers.get(token, -1) for token in telling], dtype=np.int64)
    return (starts[chosen], np.where(chosen < 0, 0, counts[chosen])), places


#: The places of tokens as arrays, as long as their digest is kept.
_indexes: MutableMapping[Digest, tuple[dict[str, int], Any, Any, Any]] = WeakKeyDictionary()
