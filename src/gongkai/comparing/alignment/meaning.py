"""How like tasks are in meaning, clause by clause, by the vectors of an embedder.

Every sentence of these plans is about disclosure, so all vectors point the same way: what the clauses of both
plans have in common is taken off before angles are measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from operator import mul
from typing import Any, Final, final

from gongkai.comparing.alignment.digests import Digest
from gongkai.comparing.alignment.embedding import Embedder, Vector, vectors_of
from gongkai.comparing.alignment.likeness import SCALE, Likeness

__all__ = ["Meanings"]

_NONE: Final = Likeness(0.0, 0.0, 0.0, 0.0)


@final
class Meanings:
    """The likeness in meaning of all pairs of tasks; ``rows`` as in :class:`Likenesses`."""

    def __init__(self, embedder: Embedder, sides: tuple[Digest, Digest]) -> None:
        texts = [[clause.text for clause in side.clauses] for side in sides]
        vectors = vectors_of(embedder, [text for side in texts for text in side])
        self._found = _lifted(
            _cosines(*[[vectors[text] for text in side] for side in texts]) if all(texts) else [], *sides
        )
        self.rows: list[dict[int, float]] = [{} for _ in sides[0].totals]
        for (mine, theirs), likeness in self._found.items():
            if likeness.both:
                self.rows[mine][theirs] = likeness.both

    def of(self, old: int, new: int) -> Likeness:
        """Return the likeness in meaning of two tasks by their positions."""
        return self._found.get((old, new), _NONE)


def _cosines(old: list[Vector], new: list[Vector]) -> list[list[int]]:
    """Return the cosines of all pairs, what all have in common taken off, as whole numbers from 0."""
    if find_spec("numpy") is not None:
        return _cosines_by_arrays(old, new, import_module("numpy"))
    count = len(old) + len(new)
    middle = [sum(numbers) / count for numbers in zip(*old, *new, strict=True)]
    left, right = ([_centred(vector, middle) for vector in side] for side in (old, new))
    return [[max(0, int(sum(map(mul, one, other)) * SCALE)) for other in right] for one in left]


def _centred(vector: Vector, middle: Sequence[float]) -> list[float]:
    moved = [number - common for number, common in zip(vector, middle, strict=True)]
    size = sum(map(mul, moved, moved)) ** 0.5
    return [number / size for number in moved] if size > _TINY else [0.0] * len(moved)


#: A vector no longer than this points nowhere.
_TINY: Final = 1e-9


def _cosines_by_arrays(old: list[Vector], new: list[Vector], np: Any) -> list[list[int]]:
    stacked = np.array([*old, *new], dtype=np.float64)
    stacked -= stacked.mean(axis=0)
    sizes = np.linalg.norm(stacked, axis=1, keepdims=True)
    stacked = np.divide(stacked, sizes, out=np.zeros_like(stacked), where=sizes > _TINY)
    products = stacked[: len(old)] @ stacked[len(old) :].T
    found: list[list[int]] = np.maximum(products * SCALE, 0).astype(np.int64).tolist()
    return found


def _lifted(cosines: list[list[int]], old: Digest, new: Digest) -> dict[tuple[int, int], Likeness]:
    """Lift the likeness of clauses to tasks: each clause with the most like of the other task's."""
    found: dict[tuple[int, int], Likeness] = {}
    ends = [*new.firsts[1:], len(new.clauses)]
    spans = [
        (place, first, end)
        for place, (first, end) in enumerate(zip(new.firsts, ends, strict=True))
        if first < end
    ]
    for mine, (first, end) in enumerate(zip(old.firsts, [*old.firsts[1:], len(old.clauses)], strict=True)):
        rows, sizes = cosines[first:end], old.sizes[first:end]
        if not old.totals[mine]:
            continue
        columns = [max(column) for column in zip(*rows, strict=True)]
        for theirs, start, stop in spans:
            nearest = [max(row[start:stop]) for row in rows]
            weights = new.sizes[start:stop]
            if new.totals[theirs]:
                found[mine, theirs] = Likeness(
                    sum(map(mul, nearest, sizes)) / (old.totals[mine] * SCALE),
                    sum(map(mul, columns[start:stop], weights)) / (new.totals[theirs] * SCALE),
                    max(nearest) / SCALE,
                    rows[0][start] / SCALE,
                )
    return found
