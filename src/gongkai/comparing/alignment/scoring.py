"""What speaks for a link between two tasks, as numbers, and in words for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, log1p
from typing import Final, NamedTuple, TypeAlias, final

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


#: By how many others a task is outdone, as the logarithm, and by how much it outdoes the best of them.
_Standing: TypeAlias = tuple[float, float]


def _standings(row: Mapping[int, float]) -> tuple[dict[int, _Standing], _Standing]:
    """Return how each of the tasks that one task is like stands among them, and how any other does."""
    if not row:
        return {}, (0.0, 0.0)
    values = sorted(row.values(), reverse=True)
    places = dict(zip(reversed(values), range(len(values) - 1, -1, -1), strict=True))
    first, second = values[0], values[1] if len(values) > 1 else 0.0
    found = {
        other: (log1p(places[value]), value - (first if value < first else second))
        for other, value in row.items()
    }
    return found, (log1p(len(values)), -first)


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
        self._likenesses, self._meanings = likenesses, meanings
        rows = likenesses.rows if meanings is None else _joined(likenesses.rows, meanings.rows)
        columns: list[dict[int, float]] = [{} for _ in new]
        for mine, row in enumerate(rows):
            for theirs, value in row.items():
                columns[theirs][mine] = value
        #: The likeness of all pairs that share anything rare, from each side.
        self.rows: Sequence[Mapping[int, float]] = rows
        self.columns: Sequence[Mapping[int, float]] = columns
        self._standings = list(map(_standings, rows)), list(map(_standings, columns))
        self._bodies = bodies
        self._facts = _facts(old), _facts(new)

    def score(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Support]:
        """Yield what speaks for each of the pairs."""
        (rows, columns), (here, there) = self._standings, self._facts
        departments, meanings = self._bodies.likeness, self._meanings
        for mine, theirs in pairs:
            words = self._likenesses.of(mine, theirs)
            fuller, lesser, best, opening = words
            if fuller < lesser:
                fuller, lesser = lesser, fuller
            nearest, lead = rows[mine][0].get(theirs, rows[mine][1])
            farthest, its_lead = columns[theirs][0].get(mine, columns[theirs][1])
            if farthest < nearest:
                nearest, farthest = farthest, nearest
            place, length, shorter = here[mine]
            its_place, its_length, its_shorter = there[theirs]
            found = Support(
                words,
                log(max(_FLOOR, fuller)),
                log(max(_FLOOR, lesser)),
                best,
                opening,
                nearest,
                farthest,
                departments(mine, theirs),
                1 - abs(place - its_place),
                min(its_shorter, shorter),
                abs(length - its_length),
                min(its_lead, lead),
            )
            yield found if meanings is None else _with_meaning(found, meanings.of(mine, theirs))


def _with_meaning(found: Support, meaning: Likeness) -> Support:
    return found._replace(
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
