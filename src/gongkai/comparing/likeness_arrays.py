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

__all__ = ["Arrays", "arrays"]

#: Beyond so many pairs of clauses, tables of all of them take more room than they save time.
_PAIRS: Final = 4_000_000


class Arrays:
    """Tables of all pairs of two plans' tasks."""

    def __init__(self, old: Side, new: Side, np: Any) -> None:
        from gongkai.comparing.likeness import PRIOR, SCALE, copies

        clauses = _products(old, new, np)
        norms = [np.array([clause.norm for clause in side.clauses]) for side in (old, new)]
        clauses *= SCALE
        clauses /= np.multiply.outer(norms[0], norms[1]) + PRIOR
        whole = clauses.astype(np.int64)
        same = list(copies(old, new))
        if same:
            whole[tuple(np.array(same).T)] = SCALE
        sizes = [np.array([clause.size for clause in side.clauses], dtype=np.int64) for side in (old, new)]
        nearest = np.maximum.reduceat(whole, new.firsts, axis=1)
        back = np.maximum.reduceat(whole, old.firsts, axis=0)
        totals = [np.array(side.sizes, dtype=np.int64) * SCALE for side in (old, new)]
        forward = np.add.reduceat(nearest * sizes[0][:, None], old.firsts, axis=0) / totals[0][:, None]
        backward = np.add.reduceat(back * sizes[1][None, :], new.firsts, axis=1) / totals[1][None, :]
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


def arrays(old: Side, new: Side) -> Arrays | None:
    """Return the tables, None where numpy is absent or they would be too large, or empty."""
    pairs = len(old.clauses) * len(new.clauses)
    whole = all(old.sizes) and all(new.sizes)
    if not whole or not 0 < pairs <= _PAIRS or find_spec("numpy") is None:
        return None
    return Arrays(old, new, import_module("numpy"))


def _products(old: Side, new: Side, np: Any) -> Any:
    """Return the sum of products of what each two clauses have in common."""
    names: dict[str, int] = {}
    mine = [
        (place, token, weight) for place, clause in enumerate(old.clauses) for token, weight in clause.tokens
    ]
    theirs: list[list[tuple[int, int]]] = []
    for place, clause in enumerate(new.clauses):
        for token, weight in clause.tokens:
            number = names.setdefault(token, len(names))
            if number == len(theirs):
                theirs.append([])
            theirs[number].append((place, weight))
    mine_known = [(place, names[token], weight) for place, token, weight in mine if token in names]
    if not mine_known:
        return np.zeros((len(old.clauses), len(new.clauses)))
    places, numbers, weights = np.array(mine_known, dtype=np.int64).T
    counts = np.array([len(posting) for posting in theirs], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    flat = np.array([item for posting in theirs for item in posting], dtype=np.int64)
    repeats = counts[numbers]
    rows = np.repeat(np.arange(len(numbers)), repeats)
    offsets = np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    chosen = flat[starts[numbers][rows] + offsets]
    cells = places[rows] * len(new.clauses) + chosen[:, 0]
    sums = np.bincount(
        cells, weights=weights[rows] * chosen[:, 1], minlength=len(old.clauses) * len(new.clauses)
    )
    return sums.reshape(len(old.clauses), len(new.clauses))
