"""What two plans have before it is decided what is linked: settled links, answers, and candidates."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, final

from attrs import frozen

from gongkai.comparing.candidates import candidates, identical
from gongkai.comparing.deciding import Candidate, Keys, decide
from gongkai.comparing.knowing import Knowledge, Known, knowledge
from gongkai.comparing.leaves import Leaf, leaves
from gongkai.comparing.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.scoring import Scorer, Support
from gongkai.model import Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Known", "Prospects", "prospects"]

#: How many of a task's best scores make up what it is like anyway, and how much of that is taken off.
_NEIGHBOURS: Final = 3
_HUB: Final = 0.5

#: The score above that at which a link is as likely as not, and how quickly sureness grows with it.
_EVEN: Final = 0.06
_SLOPE: Final = 0.06

#: From which score on two tasks that are each other's best are the same obligation.
_SAME: Final = 0.13


@final
@frozen
class Prospects:
    """Two plans before the decision.

    Attributes:
        old: the old plan.
        new: the new plan.
        settled: the links between tasks of identical text.
        known: the answers given beforehand.
        candidates: the other pairs that may be linked, with their probabilities.
    """

    old: Plan
    new: Plan
    settled: tuple[Link, ...]
    known: Knowledge
    candidates: tuple[Candidate, ...]

    def align(self, answers: Mapping[Keys, Strength | str] | None = None) -> Alignment:
        """Decide, and return the links; ``answers`` are obeyed besides what is known already."""
        said = self.answers(answers)
        links = {(link.old.key, link.new.key): link for link in self.settled}
        for verdict in decide(self.candidates, said):
            if verdict.strength is not Strength.NONE:
                links[verdict.candidate.keys] = verdict.to_link()
        for keys, link in self.known.links.items():
            if said[keys] is not Strength.NONE and keys not in links:
                links[keys] = link
        first, second = (
            {task.key: place for place, task in enumerate(plan.all_tasks)} for plan in (self.old, self.new)
        )
        order = sorted(links.values(), key=lambda link: (first[link.old.key], second[link.new.key]))
        return Alignment(
            self.old, self.new, tuple(order), answers=self.known.answers, findings=self.known.findings
        )

    def answers(self, more: Mapping[Keys, Strength | str] | None = None) -> dict[Keys, Strength]:
        """Return what is known, and what was answered since, as :func:`decide` takes it."""
        said = {keys: link.strength for keys, link in self.known.links.items()}
        said.update({keys: Strength(strength) for keys, strength in (more or {}).items()})
        return said


def prospects(
    old: Plan, new: Plan, *, known: Iterable[Known] = (), directory: Directory | None = None
) -> Prospects:
    """Settle identical texts, and find and weigh the candidates among the other tasks.

    Raises:
        InvalidValue: something known is no answer, or two keys there are not those of tasks.
    """
    told = knowledge(old, new, known)
    answers = told.links
    left, right = leaves(old, directory), leaves(new, directory)
    settled = {
        (mine.index, theirs.index): _identical(mine, theirs)
        for mine, theirs in identical(left, right, lambda mine, theirs: _keys(mine, theirs) not in answers)
    }
    done_left, done_right = {pair[0] for pair in settled}, {pair[1] for pair in settled}
    open_left = [leaf for leaf in left if leaf.index not in done_left]
    open_right = [leaf for leaf in right if leaf.index not in done_right]
    scorer = Scorer(left, right)
    pairs = candidates(open_left, open_right, scorer)
    if answers:
        here, there = ({leaf.task.key: leaf for leaf in side} for side in (left, right))
        pairs.update((here[one], there[other]) for one, other in answers if one in here and other in there)
    scores = {pair: scorer.score(*pair) for pair in pairs}
    return Prospects(old, new, tuple(settled.values()), told, tuple(_weighed(scores)))


def _keys(old: Leaf, new: Leaf) -> Keys:
    return old.task.key, new.task.key


def _identical(old: Leaf, new: Leaf) -> Link:
    return Link(old.task, new.task, Strength.SAME, 1.0, evidence=(Evidence(EvidenceKind.IDENTICAL, 1.0),))


def _weighed(scores: Mapping[tuple[Leaf, Leaf], Support]) -> list[Candidate]:
    """Turn scores into probabilities: a score counts by how far it stands above the usual of its tasks."""
    best: defaultdict[Leaf, list[float]] = defaultdict(list)
    for pair, support in scores.items():
        for leaf in pair:
            best[leaf].append(support.total)
    usual = {leaf: sum(sorted(found)[-_NEIGHBOURS:]) / _NEIGHBOURS for leaf, found in best.items()}
    found: list[Candidate] = []
    for (old, new), support in sorted(scores.items(), key=lambda item: (item[0][0].index, item[0][1].index)):
        margin = support.total - _HUB * (usual[old] + usual[new]) / 2
        sure = 1 / (1 + math.exp((_EVEN - margin) / _SLOPE)) if support.grounded else 0.0
        found.append(Candidate(old, new, sure, sure * (1.0 if support.content >= _SAME else 0.4), support))
    return found
