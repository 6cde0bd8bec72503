"""What two plans have before it is decided what is linked: settled links, answers, and candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, final

from attrs import frozen

from gongkai.comparing.alignment.calibration import calibration
from gongkai.comparing.alignment.candidates import candidates, identical
from gongkai.comparing.alignment.deciding import Candidate, Keys, decide
from gongkai.comparing.alignment.departments import Bodies
from gongkai.comparing.alignment.digests import Digest, digest_of
from gongkai.comparing.alignment.embedding import Embedder
from gongkai.comparing.alignment.leaves import Leaf, leaves
from gongkai.comparing.alignment.likeness import likenesses
from gongkai.comparing.alignment.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.alignment.meaning import Meanings
from gongkai.comparing.alignment.scoring import Scorer
from gongkai.comparing.judges.knowing import Knowledge, Known, knowledge
from gongkai.model import Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Known", "Prospects", "prospects"]

#: How many tasks of each plan that are settled are read for what is common in it.
_SAMPLE: Final = 120


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
    old: Plan,
    new: Plan,
    *,
    embedder: Embedder | None = None,
    known: Iterable[Known] = (),
    directory: Directory | None = None,
) -> Prospects:
    """Settle identical texts, and find and weigh the candidates among the other tasks.

    Raises:
        InvalidValue: something known is no answer, or two keys there are not those of tasks; the embedder
            fails, or what it returns are no vectors.
    """
    told = knowledge(old, new, known)
    answers = told.links
    left, right = leaves(old, directory), leaves(new, directory)
    settled = {
        (mine.index, theirs.index): _identical(mine, theirs)
        for mine, theirs in identical(left, right, lambda mine, theirs: _keys(mine, theirs) not in answers)
    }
    done_left, done_right = {pair[0] for pair in settled}, {pair[1] for pair in settled}
    sides = (_Side(left, done_left), _Side(right, done_right))
    return Prospects(old, new, tuple(settled.values()), told, tuple(_weighed(*sides, answers, embedder)))


@final
class _Side:
    """One plan's tasks: those that are open, and some of those that are settled, to tell what is common."""

    def __init__(self, leaves: list[Leaf], done: Collection[int]) -> None:
        self.open = [leaf for leaf in leaves if leaf.index not in done]
        settled = [leaf for leaf in leaves if leaf.index in done]
        self.sample = settled[:: 1 + len(settled) // _SAMPLE]

    def digest(self) -> Digest:
        return digest_of(*[tuple([leaf.text for leaf in each]) for each in (self.open, self.sample)])


def _keys(old: Leaf, new: Leaf) -> Keys:
    return old.task.key, new.task.key


def _identical(old: Leaf, new: Leaf) -> Link:
    return Link(old.task, new.task, Strength.SAME, 1.0, evidence=(Evidence(EvidenceKind.IDENTICAL, 1.0),))


def _weighed(
    old: _Side, new: _Side, answers: Collection[Keys], embedder: Embedder | None
) -> Iterator[Candidate]:
    """Find the candidates among tasks that are not settled, and say how likely they are."""
    if not old.open or not new.open:
        return
    digests = old.digest(), new.digest()
    meanings = Meanings(embedder, digests) if embedder is not None else None
    bodies = Bodies([*old.open, *old.sample], [*new.open, *new.sample])
    scorer = Scorer(old.open, new.open, likenesses(*digests), bodies, meanings)
    pairs = set(candidates(old.open, new.open, scorer))
    if answers:
        here, there = (
            {leaf.task.key: place for place, leaf in enumerate(side)} for side in (old.open, new.open)
        )
        pairs.update((here[one], there[other]) for one, other in answers if one in here and other in there)
    fitted = calibration("words" if meanings is None else "meaning")
    ordered = sorted(pairs)
    for (mine, theirs), support in zip(ordered, scorer.score(ordered), strict=True):
        link = fitted.link(support)
        yield Candidate(old.open[mine], new.open[theirs], link, min(link, fitted.same(support)), support)
