"""What speaks for a link between two tasks, as numbers, and in words for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, log1p
from typing import Final, NamedTuple, final

from gongkai.comparing.alignment.departments import Bodies
from gongkai.comparing.alignment.evidence import evidence_of
from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.likeness import Likeness, Likenesses
from gongkai.comparing.alignment.links import Evidence
from gongkai.comparing.alignment.meaning import Meanings

__all__ = ["Scorer", "Support"]

#: Likeness counts by its logarithm, from here on: 0.1 and 0.2 are further apart than 0.6 and 0.7.
_FLOOR: Final = 0.02

#: Lengths count within these bounds.
_SHORT: Final = 30
_LONG: Final = 300


class Support(NamedTuple):
    """What speaks for one pair of tasks; the numbers are those that the calibration weighs.

    Attributes:
        words: how much of each text is in the other, clause by clause.
        fuller: the logarithm of the larger of the two parts that the texts have in common.
        lesser: the logarithm of the smaller one.
        best: how like the two clauses are that are most like.
        opening: how like the two first clauses are.
        nearest: how many tasks are more like, as the logarithm, on the side where there are fewer.
        farthest: the same on the other side.
        departments: how alike and how rare the most alike departments are.
        order: how near the places in the two plans are.
        shorter: the logarithm of the shorter text's length.
        ratio: the logarithm of how many times longer the other is.
        lead: by how much it is more like than the next of both, on the side where that is less.
        meaning: how like they are in meaning, 0 without an embedder.
        meaning_fuller: the logarithm of the larger of the two parts of meaning that they have in common.
        meaning_best: how like the two clauses are in meaning that are most like.
        meaning_opening: how like the two first clauses are in meaning.
    """

    words: Likeness
    fuller: float
    lesser: float
    best: float
    opening: float
    nearest: float
    farthest: float
    departments: float
    order: float
    shorter: float
    ratio: float
    lead: float
    meaning: float = 0.0
    meaning_fuller: float = 0.0
    meaning_best: float = 0.0
    meaning_opening: float = 0.0

    def evidence(self, old: Leaf, new: Leaf) -> tuple[Evidence, ...]:
        """Put it into words for a person."""
        return evidence_of(self, old, new)


#: What likeness in meaning counts for beside likeness in words, where tasks are ranked.
_MEANING: Final = 1.0


def _joined(
    words: Sequence[Mapping[int, float]], meanings: Sequence[Mapping[int, float]]
) -> list[dict[int, float]]:
    """Return how like tasks are in words and in meaning together."""
    return [
        {place: one.get(place, 0.0) + _MEANING * other.get(place, 0.0) for place in sorted({*one, *other})}
        for one, other in zip(words, meanings, strict=True)
    ]


@final
class _Rank:
    """What one task is like: the likeness of the others, the most like first."""

    __slots__ = ("places", "second", "values")

    def __init__(self, row: Mapping[int, float]) -> None:
        self.values = sorted(row.values(), reverse=True)
        self.places = {value: place for place, value in reversed(tuple(enumerate(self.values)))}
        self.second = self.values[1] if len(self.values) > 1 else 0.0

    def standing(self, value: float) -> tuple[int, float]:
        """Return how many are more like, and by how much it is more like than the best other."""
        place = self.places.get(value, len(self.values))
        return place, value - (self.second if place == 0 else self.values[0] if self.values else 0.0)


@final
class Scorer:
    """Scores pairs of tasks of two plans, by their positions among the tasks that are compared."""

    def __init__(
        self,
        old: Sequence[Leaf],
        new: Sequence[Leaf],
        likenesses: Likenesses,
        bodies: Bodies,
        meanings: Meanings | None = None,
    ) -> None:
        self._old, self._new = old, new
        self._likenesses, self._meanings = likenesses, meanings
        rows = likenesses.rows if meanings is None else _joined(likenesses.rows, meanings.rows)
        columns: list[dict[int, float]] = [{} for _ in new]
        for mine, row in enumerate(rows):
            for theirs, value in row.items():
                columns[theirs][mine] = value
        #: The likeness of all pairs that share anything rare, from each side.
        self.rows: Sequence[Mapping[int, float]] = rows
        self.columns: Sequence[Mapping[int, float]] = columns
        self._rows = [_Rank(row) for row in rows]
        self._columns = [_Rank(column) for column in columns]
        self._bodies = bodies
        self._facts = _facts(old), _facts(new)

    def score(self, mine: int, theirs: int) -> Support:
        """Return what speaks for the pair."""
        words = self._likenesses.of(mine, theirs)
        forward, backward, best, opening = words
        both = self.rows[mine].get(theirs, 0.0)
        mine_better, mine_lead = self._rows[mine].standing(both)
        its_better, its_lead = self._columns[theirs].standing(both)
        if mine_better > its_better:
            mine_better, its_better = its_better, mine_better
        own_place, own_length, own_bounded = self._facts[0][mine]
        its_place, its_length, its_bounded = self._facts[1][theirs]
        if forward < backward:
            forward, backward = backward, forward
        known = Support(
            words,
            log(max(_FLOOR, forward)),
            log(max(_FLOOR, backward)),
            best,
            opening,
            log1p(mine_better),
            log1p(its_better),
            self._bodies.likeness(self._old[mine], self._new[theirs]),
            1 - abs(own_place - its_place),
            min(own_bounded, its_bounded),
            abs(own_length - its_length),
            min(mine_lead, its_lead),
        )
        if self._meanings is None:
            return known
        meaning = self._meanings.of(mine, theirs)
        return known._replace(
            meaning=meaning.both,
            meaning_fuller=log(max(meaning.forward, meaning.backward, _FLOOR)),
            meaning_best=meaning.best,
            meaning_opening=meaning.opening,
        )


def _facts(leaves: Sequence[Leaf]) -> list[tuple[float, float, float]]:
    """Return place, the logarithm of the length, and the same within bounds, of each task."""
    lengths = [max(1, len(leaf.text)) for leaf in leaves]
    return [
        (leaf.place, log(length), log(min(max(length, _SHORT), _LONG)))
        for leaf, length in zip(leaves, lengths, strict=True)
    ]
