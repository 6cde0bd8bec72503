"""Which pairs are doubtful, and which of them it tells most to ask about.

A question is worth as much as the decision on it is likely to be wrong. How likely that is, the candidate's
probability says, but no model sees everything: the pairs that are best for one of their tasks by one way of
looking at them (all evidence, whole texts, best clauses, one text in the other) get a look even where the
probability is low. Answers count at once: a task that has found its partner seldom has another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, TypeAlias

from gongkai.comparing.asking import Question
from gongkai.comparing.deciding import Candidate, Keys, Verdict, decide
from gongkai.comparing.leaves import Leaf
from gongkai.comparing.links import Strength

__all__ = ["Doubts"]

_Ranking: TypeAlias = Callable[[Candidate], float]

#: The ways of looking at a candidate.
_RANKINGS: Final[tuple[_Ranking, ...]] = (
    lambda candidate: candidate.link,
    lambda candidate: candidate.support.words.both,
    lambda candidate: candidate.support.words.best,
    lambda candidate: candidate.support.fuller,
)

#: How likely a link is at the least that is the best, the second, the third of one of its tasks in a ranking.
_AT_LEAST: Final = (0.05, 0.02, 0.01)

#: What the odds of a link are multiplied by for each of its tasks that is the same obligation as another one.
#: In ten pairs of real plans any value from 0.15 to 0.6 served as well; answers of ``partial`` and ``none``
#: were best left without such a factor.
_TAKEN: Final = 0.4

#: What a wrong strength counts for, where a wrong link counts for 1.
_STRENGTH: Final = 0.5


class Doubts:
    """The doubtful pairs among candidates."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._floors = [_AT_LEAST[rank] if rank < len(_AT_LEAST) else 0.0 for rank in _best_ranks(candidates)]

    def next(self, said: Mapping[Keys, Strength], closed: Collection[Keys], most: int) -> list[Question]:
        """Return what to ask next, the most telling first: nothing that is answered or closed."""
        taken = _taken(self._candidates, said)
        found: list[tuple[float, float, int, Verdict]] = []
        for place, verdict in enumerate(decide(self._candidates, said)):
            candidate = verdict.candidate
            if not verdict.known and candidate.keys not in closed:
                likely = _dampened(max(candidate.link, self._floors[place]), taken, candidate)
                found.append((-_worth(verdict, likely), -candidate.support.words.both, place, verdict))
        found.sort(key=lambda item: item[:3])
        return [_question(verdict) for *_, verdict in found[:most]]


def _best_ranks(candidates: Sequence[Candidate]) -> list[int]:
    """Return the best place that each candidate has among those of one of its tasks, by any ranking."""
    groups: defaultdict[Leaf, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        groups[candidate.old].append(place)
        groups[candidate.new].append(place)
    best = [len(candidates)] * len(candidates)
    for ranking in _RANKINGS:
        values = [ranking(candidate) for candidate in candidates]
        for places in groups.values():
            for rank, place in enumerate(sorted(places, key=lambda at: -values[at])):
                best[place] = min(best[place], rank)
    return best


def _taken(candidates: Sequence[Candidate], said: Mapping[Keys, Strength]) -> Mapping[Leaf, int]:
    """Return how many partners each task has found that are the same obligation."""
    found: defaultdict[Leaf, int] = defaultdict(int)
    for candidate in candidates:
        if said.get(candidate.keys) is Strength.SAME:
            found[candidate.old] += 1
            found[candidate.new] += 1
    return found


def _dampened(likely: float, taken: Mapping[Leaf, int], candidate: Candidate) -> float:
    factor = _TAKEN ** (taken.get(candidate.old, 0) + taken.get(candidate.new, 0))
    return likely * factor / (1 - likely + likely * factor)


def _worth(verdict: Verdict, likely: float) -> float:
    """Return how likely the decision is wrong, in the link or, which counts less, in its strength."""
    if verdict.strength is Strength.NONE:
        return likely
    candidate = verdict.candidate
    same = candidate.same / candidate.link if candidate.link else 0.0
    other = 1 - same if verdict.strength is Strength.SAME else same
    return 1 - likely + _STRENGTH * likely * other


def _question(verdict: Verdict) -> Question:
    candidate = verdict.candidate
    return Question(
        candidate.old.task,
        candidate.new.task,
        round(candidate.link, 4),
        strength=verdict.strength,
        evidence=candidate.evidence(),
        old_headings=candidate.old.headings,
        new_headings=candidate.new.headings,
    )
