"""What speaks for a link between two tasks, as numbers, and in words for a person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, final

from attrs import frozen

from gongkai.comparing.departments import Bodies
from gongkai.comparing.evidence import evidence_of
from gongkai.comparing.leaves import Leaf
from gongkai.comparing.likeness import Likeness, Likenesses
from gongkai.comparing.links import Evidence
from gongkai.comparing.meaning import Meanings
from gongkai.comparing.wording import similarity

__all__ = ["Scorer", "Support"]

#: Likeness counts by its logarithm, from here on: 0.1 and 0.2 are further apart than 0.6 and 0.7.
_FLOOR: Final = 0.02

#: Lengths count within these bounds.
_SHORT: Final = 30
_LONG: Final = 300

#: So many tasks that are most like a task tell how like others it is anyway.
_NEIGHBOURS: Final = 3


@final
@frozen
class Support:
    """What speaks for one pair of tasks; the numbers are those that the calibration weighs.

    Attributes:
        words: how much of each text is in the other, clause by clause.
        fuller: the logarithm of the larger of the two parts that the texts have in common.
        lesser: the logarithm of the smaller one.
        best: how like the two clauses are that are most like.
        opening: how like the two first clauses are.
        usual: how like their three best partners the two tasks are; each is a little like everything.
        nearest: how many tasks are more like, as the logarithm, on the side where there are fewer.
        farthest: the same on the other side.
        departments: how alike and how rare the most alike departments are.
        only: 1 where each is its plan's only task of a department that does the same.
        heading: how alike the headings are.
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
    usual: float
    nearest: float
    farthest: float
    departments: float
    only: float
    heading: float
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


_NONE: Final = Likeness(0.0, 0.0, 0.0, 0.0)

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

    __slots__ = ("places", "second", "usual", "values")

    def __init__(self, row: Mapping[int, float], count: int) -> None:
        self.values = sorted(row.values(), reverse=True)
        best = [max(value, _FLOOR) for value in self.values[:_NEIGHBOURS]]
        size = min(_NEIGHBOURS, count)
        best.extend([_FLOOR] * (size - len(best)))
        self.usual = math.log(sum(best) / size)
        self.places = {value: place for place, value in reversed(tuple(enumerate(self.values)))}
        self.second = self.values[1] if len(self.values) > 1 else 0.0

    def better(self, value: float) -> int:
        """Return how many are more like."""
        return self.places.get(value, len(self.values))

    def lead(self, value: float) -> float:
        """Return how much more like it is than the best other."""
        first = self.values[0] if self.values else 0.0
        return value - (self.second if value >= first else first)


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
        self._rows = [_Rank(row, len(new)) for row in rows]
        self._columns = [_Rank(column, len(old)) for column in columns]
        self.bodies = bodies
        self._headings: dict[tuple[str, str], float] = {}

    def score(self, mine: int, theirs: int) -> Support:
        """Return what speaks for the pair."""
        old, new = self._old[mine], self._new[theirs]
        words = self._likenesses.of(mine, theirs)
        both = self.rows[mine].get(theirs, 0.0)
        meaning = _NONE if self._meanings is None else self._meanings.of(mine, theirs)
        row, column = self._rows[mine], self._columns[theirs]
        fuller, lesser = max(words.forward, words.backward), min(words.forward, words.backward)
        better = sorted((row.better(both), column.better(both)))
        lengths = sorted((len(old.text), len(new.text)))
        return Support(
            words=words,
            fuller=math.log(max(fuller, _FLOOR)),
            lesser=math.log(max(lesser, _FLOOR)),
            best=words.best,
            opening=words.opening,
            usual=row.usual + column.usual,
            nearest=math.log1p(better[0]),
            farthest=math.log1p(better[1]),
            departments=self.bodies.likeness(old, new),
            only=float(self.bodies.only(old, new)),
            heading=self._heading(old.headings, new.headings),
            order=1 - abs(old.place - new.place),
            shorter=math.log(min(max(lengths[0], _SHORT), _LONG)),
            ratio=math.log(lengths[1] / max(1, lengths[0])),
            lead=min(row.lead(both), column.lead(both)),
            meaning=meaning.both,
            meaning_fuller=math.log(max(meaning.forward, meaning.backward, _FLOOR)),
            meaning_best=meaning.best,
            meaning_opening=meaning.opening,
        )

    def _heading(self, old: Iterable[str], new: Sequence[str]) -> float:
        return max([self._alike(one, other) for one in old for other in new], default=0.0)

    def _alike(self, one: str, other: str) -> float:
        pair = (one, other) if one <= other else (other, one)
        found = self._headings.get(pair)
        if found is None:
            found = self._headings[pair] = similarity(*pair)
        return found
