"""The decision: which candidates are links, all of them weighed together.

A candidate by itself has a probability; what else its two tasks could be linked with, and what a person has
answered, changes it. The decision is a pure function of candidates and answers, so that it can be taken again
after each answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple, TypeAlias

from gongkai.comparing.alignment.calibration import Terms, log_odds, rivalry
from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.links import Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.alignment.scoring import Support

__all__ = ["Candidate", "Keys", "Verdict", "decide", "terms"]

#: The keys of a task of the old plan and of one of the new plan.
Keys: TypeAlias = tuple[str | None, str | None]

#: The positions of the two among the tasks of their plans.
_Place: TypeAlias = tuple[int, int]

#: The least and the most that a probability must be for a link; between them the plans themselves say.
_LEAST: Final = 0.36
_MOST: Final = 0.45

#: Which part of the probability of a link must be that of the same obligation, for it to be called that.
_SAME: Final = 0.45

#: How far two links may be from each other in both plans to support one another, how much the nearer ones
#: do, and how likely a link must be to do so.
_REACH: Final = 2
_AROUND: Final = tuple(
    (here, there, 1 / (abs(here) + abs(there)))
    for here in range(-_REACH, _REACH + 1)
    for there in range(-_REACH, _REACH + 1)
    if here and there
)
_HEARD: Final = 0.05


class Candidate(NamedTuple):
    """Two tasks that may correspond, and how likely that is by what the two share.

    Attributes:
        old: the task of the old plan.
        new: the task of the new plan.
        link: the probability that they are linked, wholly or in part.
        same: the probability that they are the same obligation; at most ``link``.
        support: what speaks for it.
    """

    old: Leaf
    new: Leaf
    link: float
    same: float
    support: Support

    @property
    def keys(self) -> Keys:
        """The keys of the two tasks."""
        return self.old.task.key, self.new.task.key

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what speaks for it in words for a person."""
        return self.support.evidence(self.old, self.new)


class Verdict(NamedTuple):
    """What was decided on a candidate, in the light of all others and of the answers.

    Attributes:
        candidate: what was decided on.
        strength: ``same`` or ``partial`` where the two are linked, else ``none``.
        link: the probability that they are linked: 1 or 0 where a person answered.
        same: the probability that they are the same obligation.
        known: whether a person answered.
    """

    candidate: Candidate
    strength: Strength
    link: float
    same: float
    known: bool = False

    def to_link(self) -> Link:
        """Return it as a link, of the strength ``none`` where the two are not linked."""
        said = (Evidence(EvidenceKind.KNOWN, 1.0),) if self.known else self.candidate.evidence()
        score = round(self.link, 4)
        return Link(self.candidate.old.task, self.candidate.new.task, self.strength, score, evidence=said)


def decide(
    candidates: Sequence[Candidate], answers: Mapping[Keys, Strength | str] | None = None
) -> list[Verdict]:
    """Decide on all candidates at once; return a verdict on each, in their order.

    Each candidate's probability is weighed anew by what else its two tasks are likely to be linked with, and
    by the links of the tasks around them. Those are taken as links that make the best of precision and recall
    together, as far as the probabilities can tell: so the plans themselves say how many there are.

    Pure: the same candidates and answers give the same verdicts, whatever was decided before. Answers are
    obeyed, and they move the verdicts on what competes with them and on their neighbours. Answers on pairs
    that are no candidates are left out.
    """
    said = _said(candidates, answers or {})
    beliefs = [_belief(candidate, answer) for candidate, answer in zip(candidates, said, strict=True)]
    found = [
        belief if answer is not None else chances
        for belief, answer, chances in zip(
            beliefs, said, rivalry().chances(terms(candidates, beliefs)), strict=True
        )
    ]
    least = _threshold([link for link, _ in found])
    return [
        Verdict(candidate, _strength(answer, link, same, least), link, same, answer is not None)
        for candidate, answer, (link, same) in zip(candidates, said, found, strict=True)
    ]


def _said(
    candidates: Sequence[Candidate], answers: Mapping[Keys, Strength | str]
) -> Sequence[Strength | None]:
    """Return the answer on each candidate."""
    if not answers:
        return [None] * len(candidates)
    known = {keys: Strength(strength) for keys, strength in answers.items()}
    return [known.get(candidate.keys) for candidate in candidates]


def _strength(answer: Strength | None, link: float, same: float, least: float) -> Strength:
    """Return what was answered, else what the probabilities say where ``least`` makes a link."""
    if answer is not None:
        return answer
    if link < least:
        return Strength.NONE
    return Strength.SAME if same >= _SAME * link else Strength.PARTIAL


def _belief(candidate: Candidate, answer: Strength | None) -> tuple[float, float]:
    """Return how likely link and same obligation are: by themselves, or certain by an answer."""
    if answer is None:
        return candidate.link, candidate.same
    return float(answer is not Strength.NONE), float(answer is Strength.SAME)


def terms(candidates: Sequence[Candidate], beliefs: Sequence[tuple[float, float]]) -> Iterator[Terms]:
    """Yield what each candidate's new probability is made of.

    That is: the logarithms of the odds that it has by itself of a link and of the same obligation; by how
    much answers made rivals likelier to be the same obligation, and to be a part, than they are by
    themselves; and how many links there are beside it.
    """
    places = [(candidate.old.index, candidate.new.index) for candidate in candidates]
    rivals = _rivals(places, candidates, beliefs)
    beside = _beside(places, [link for link, _ in beliefs])
    for candidate, place, (same, partial) in zip(candidates, places, rivals, strict=True):
        yield log_odds(candidate.link), log_odds(candidate.same), same, partial, beside[place]


def _rivals(
    places: Sequence[_Place], candidates: Sequence[Candidate], beliefs: Sequence[tuple[float, float]]
) -> Iterable[tuple[float, float]]:
    """Return by how much the beliefs on the other candidates of both tasks have changed, for each candidate.

    These are two beliefs: that the others are the same obligation, and that they are a part of it.
    """
    changes = [
        (whole - candidate.same, link - whole - (candidate.link - candidate.same))
        for candidate, (link, whole) in zip(candidates, beliefs, strict=True)
    ]
    changed = [(place, change) for place, change in zip(places, changes, strict=True) if any(change)]
    if not changed:
        return repeat((0.0, 0.0), len(places))
    sums: list[defaultdict[int, list[float]]] = [defaultdict(lambda: [0.0, 0.0]) for _ in range(2)]
    for place, change in changed:
        for side, task in zip(sums, place, strict=True):
            for kind in (0, 1):
                side[task][kind] += change[kind]
    none = [0.0, 0.0]
    return [
        (
            sums[0].get(mine, none)[0] - whole + (sums[1].get(theirs, none)[0] - whole),
            sums[0].get(mine, none)[1] - part + (sums[1].get(theirs, none)[1] - part),
        )
        for (mine, theirs), (whole, part) in zip(places, changes, strict=True)
    ]


def _beside(places: Sequence[_Place], links: Sequence[float]) -> dict[_Place, float]:
    """Return the support of links between tasks that stand near in both plans, in either order."""
    found = dict.fromkeys(places, 0.0)
    for (mine, theirs), link in zip(places, links, strict=True):
        if link >= _HEARD:
            for here, there, share in _AROUND:
                place = (mine + here, theirs + there)
                if place in found:
                    found[place] += link * share
    return found


def _threshold(chances: Iterable[float]) -> float:
    """Return the least probability of a link: half the best F1 that can be expected of any choice."""
    ordered = sorted(chances, reverse=True)
    expected, best, found = math.fsum(ordered), 0.0, 0.0
    for count, chance in enumerate(ordered, 1):
        found += chance
        best = max(best, 2 * found / (count + expected))
    return min(_MOST, max(_LEAST, best / 2))
