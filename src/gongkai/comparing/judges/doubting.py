"""Which pairs are doubtful, and which of them it tells most to ask about.

A question is worth as much as the decision on it is likely to be wrong. How likely that is, the candidate's
probability says, but no model sees everything: the pairs that are best for one of their tasks by one way of
looking at them (all evidence, whole texts, best clauses, one text in the other) get a look even where the
probability is low. Answers count at once, since the decision is taken anew with each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, TypeAlias

from gongkai.comparing.alignment.deciding import Candidate, Keys, Verdict, decide
from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.links import Strength
from gongkai.comparing.judges.asking import Question

__all__ = ["WORTH", "Doubts"]

_Ranking: TypeAlias = Callable[[Candidate], float]

#: The ways of looking at a candidate.
_RANKINGS: Final[tuple[_Ranking, ...]] = (
    lambda candidate: candidate.link,
    lambda candidate: candidate.support.words.both,
    lambda candidate: candidate.support.words.best,
    lambda candidate: candidate.support.fuller,
)

#: How likely a link is at the least that is the best of one of its tasks in a ranking.
_BEST: Final = 0.02

#: What a wrong strength counts for, where a wrong link counts for 1.
_STRENGTH: Final = 0.5

#: What a question must be worth to be asked where nobody says how many to ask. Measured on ten pairs of real
#: plans: 2.6 questions a task instead of 3.5, for nearly the same links. With probabilities that were spoilt
#: on purpose, too low, too high or too sure of themselves, the loss stays small.
WORTH: Final = 0.01


class Doubts:
    """The doubtful pairs among candidates."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._best = _best(candidates)

    def next(
        self, said: Mapping[Keys, Strength], closed: Collection[Keys], most: int, least: float
    ) -> list[Question]:
        """Return what to ask next, the most telling first: nothing that is answered, closed or worth less."""
        found: list[tuple[float, float, int, Verdict]] = []
        for place, verdict in enumerate(decide(self._candidates, said)):
            candidate = verdict.candidate
            if verdict.known or candidate.keys in closed:
                continue
            worth = _worth(verdict, _BEST if place in self._best else 0.0)
            if worth >= least:
                found.append((-worth, -candidate.support.words.both, place, verdict))
        found.sort(key=lambda item: item[:3])
        return [_question(verdict) for *_, verdict in found[:most]]


def _best(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Return the places of the candidates that are the best of one of their tasks, by any ranking."""
    best: dict[tuple[int, Leaf], tuple[float, int]] = {}
    for place, candidate in enumerate(candidates):
        for number, ranking in enumerate(_RANKINGS):
            value = ranking(candidate)
            for leaf in (candidate.old, candidate.new):
                if (number, leaf) not in best or best[number, leaf][0] < value:
                    best[number, leaf] = (value, place)
    return frozenset([place for _, place in best.values()])


def _worth(verdict: Verdict, at_least: float) -> float:
    """Return how likely the decision is wrong, in the link or, which counts less, in its strength."""
    if verdict.strength is Strength.NONE:
        return max(verdict.link, at_least)
    same = verdict.same / verdict.link if verdict.link else 0.0
    other = 1 - same if verdict.strength is Strength.SAME else same
    return 1 - verdict.link + _STRENGTH * verdict.link * other


def _question(verdict: Verdict) -> Question:
    candidate = verdict.candidate
    return Question(
        candidate.old.task,
        candidate.new.task,
        round(verdict.link, 4),
        strength=verdict.strength,
        evidence=candidate.evidence(),
        old_headings=candidate.old.headings,
        new_headings=candidate.new.headings,
    )
