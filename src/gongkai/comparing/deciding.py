"""The decision: which candidates are links, all of them weighed together.

A candidate by itself has a probability; what else its two tasks could be linked with, and what a person has
answered, changes it. The decision is a pure function of candidates and answers, so that it can be taken again
after each answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai.comparing.leaves import Leaf
from gongkai.comparing.links import Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.scoring import Support

__all__ = ["Candidate", "Keys", "Verdict", "decide"]

#: The keys of a task of the old plan and of one of the new plan.
Keys: TypeAlias = tuple[str | None, str | None]

#: From which probability on two tasks that are each other's best are linked, and any other two.
_MUTUAL: Final = 0.5
_OTHER: Final = 0.56

#: A text that its partner holds so much of has nothing left for another link.
_COVERED: Final = 0.8


@final
@frozen
class Candidate:
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


@final
@frozen
class Verdict:
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

    Pure: the same candidates and answers give the same verdicts, whatever was decided before. Answers are
    obeyed, and they move the verdicts on what competes with them: a task that an answer links ``same`` to
    another has less left for a third. Answers on pairs that are no candidates are left out.
    """
    known = {keys: Strength(strength) for keys, strength in (answers or {}).items()}
    said = [known.get(candidate.keys) for candidate in candidates]
    order = sorted(range(len(candidates)), key=lambda place: _rank(candidates[place], said[place]))
    partner: dict[Leaf, Candidate] = {}
    chosen: set[int] = set()
    seen: set[Leaf] = set()
    for place in order:
        candidate, answer = candidates[place], said[place]
        ends = (candidate.old, candidate.new)
        if answer is Strength.NONE:
            continue
        if answer is not None or (not seen.intersection(ends) and candidate.link >= _MUTUAL):
            if answer is not Strength.PARTIAL:
                partner[candidate.old] = partner[candidate.new] = candidate
            chosen.add(place)
        seen.update(ends)
    for place in order:
        candidate = candidates[place]
        if said[place] is None and candidate.link >= _OTHER and not _covered(candidate, partner):
            chosen.add(place)
    return [
        _verdict(
            candidate, said[place], linked=place in chosen, first=partner.get(candidate.old) is candidate
        )
        for place, candidate in enumerate(candidates)
    ]


def _rank(candidate: Candidate, answer: Strength | None) -> tuple[bool, float, int, int]:
    return answer is None, -candidate.link, candidate.old.index, candidate.new.index


def _covered(candidate: Candidate, partner: Mapping[Leaf, Candidate]) -> bool:
    """Tell whether the partner of one of the two holds all of it: then nothing is left to split or merge."""
    old, new = partner.get(candidate.old), partner.get(candidate.new)
    return (old is not None and old.support.of_old >= _COVERED) or (
        new is not None and new.support.of_new >= _COVERED
    )


def _verdict(candidate: Candidate, answer: Strength | None, *, linked: bool, first: bool) -> Verdict:
    if answer is not None:
        sure = float(answer is not Strength.NONE)
        return Verdict(candidate, answer, sure, float(answer is Strength.SAME), known=True)
    if not linked:
        return Verdict(candidate, Strength.NONE, candidate.link, candidate.same)
    strength = Strength.SAME if first and candidate.same >= candidate.link / 2 else Strength.PARTIAL
    return Verdict(candidate, strength, candidate.link, candidate.same)
