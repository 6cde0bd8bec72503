"""What an alignment says: links between tasks of two plans, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum, unique
from typing import TYPE_CHECKING, cast, final

import attrs
from attrs import field, frozen

from gongkai.errors import InvalidValue
from gongkai.model import Finding, Plan, Task
from gongkai.model._display import Shown
from gongkai.model._rowing import Tabular

if TYPE_CHECKING:
    from gongkai.comparing.judges.feedback import Answer

__all__ = ["Alignment", "Evidence", "EvidenceKind", "Link", "Strength"]


@unique
class Strength(StrEnum):
    """How far two tasks are the same obligation."""

    SAME = "same"
    """the same obligation: one row in a practitioner's comparison"""
    PARTIAL = "partial"
    """a sentence or clause of one is, or is part of, the other"""
    NONE = "none"
    """not linked: only in answers that are passed to ``align``, never in its result"""


@unique
class EvidenceKind(StrEnum):
    """What speaks for a link."""

    IDENTICAL = "identical"
    WORDING = "wording"
    TOPIC = "topic"
    SENTENCE = "sentence"
    CONTAINED = "contained"
    MEANING = "meaning"
    HEADING = "heading"
    DEPARTMENTS = "departments"
    ORDER = "order"
    KNOWN = "known"


@final
@frozen(weakref_slot=False)
class Evidence(Shown):
    """One thing that speaks for a link.

    Attributes:
        kind: ``identical`` text, shared ``wording`` (one for each of the weightiest phrases), shared
            ``topic``, one like ``sentence`` or clause, a text ``contained`` in the other, like ``meaning``
            (with an embedder), like ``heading``, like ``departments``, like place in the ``order``, or
            ``known`` from a person.
        score: how strongly it speaks, from 0 to 1.
        detail: the words behind it: the shared phrase, the topics, the heading, the departments' names.
        old: where the phrase stands in the old task's text, half-open; None where there is no one place.
        new: where it stands in the new task's text.
    """

    kind: EvidenceKind = field(converter=EvidenceKind)
    score: float
    detail: str = ""
    old: tuple[int, int] | None = field(default=None, kw_only=True)
    new: tuple[int, int] | None = field(default=None, kw_only=True)


def strength_of(value: Strength | str, owner: str = "Link") -> Strength:
    """Return the strength that is meant.

    Raises:
        InvalidValue: it is none.
    """
    try:
        return Strength(value)
    except ValueError:
        raise InvalidValue(owner, "strength", value, "one of same, partial, none") from None


def score_of(value: object, owner: str = "Link") -> float:
    """Return a score.

    Raises:
        InvalidValue: it is no number from 0 to 1.
    """
    if type(value) not in {float, int} or not 0 <= cast(float, value) <= 1:
        raise InvalidValue(owner, "score", value, "a number from 0 to 1")
    return cast(float, value)


def _strength(value: Strength | str) -> Strength:
    return strength_of(value)


def _score(instance: object, attribute: object, value: object) -> None:
    score_of(value)


def _task(instance: object, attribute: attrs.Attribute[Task], value: object) -> None:
    if type(value) is not Task:
        raise InvalidValue("Link", attribute.name, value, "a Task")


@final
@frozen(weakref_slot=False, repr=False)
class Link(Shown):
    """One correspondence between a task of an old plan and a task of a new one.

    Attributes:
        old: the task of the old plan.
        new: the task of the new plan.
        strength: ``same`` or ``partial``; ``none`` in an answer that rejects a link.
        score: how sure it is, from 0 to 1; 1 for identical text and for what a person accepted.
        evidence: what speaks for it.

    >>> from gongkai import Link, Task
    >>> link = Link(Task("公开财政预决算。", key="3"), Task("公开预决算。", key="5"), "same", 0.8)
    >>> link
    <Link 3 → 5 same 0.80>
    >>> link.reject()
    <Link 3 → 5 none 0.00>
    """

    old: Task = field(validator=_task)
    new: Task = field(validator=_task)
    strength: Strength = field(default=Strength.SAME, converter=_strength)
    score: float = field(default=1.0, validator=_score)
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True)

    def accept(self, strength: Strength | str | None = None) -> Link:
        """Return the link as a person's answer for ``align(..., known=…)``: it holds, with this strength."""
        kept = _strength(self.strength if strength is None else strength)
        return attrs.evolve(self, strength=kept, score=1.0, evidence=(Evidence(EvidenceKind.KNOWN, 1.0),))

    def reject(self) -> Link:
        """Return the link as a person's answer for ``align(..., known=…)``: it does not hold."""
        return attrs.evolve(
            self, strength=Strength.NONE, score=0.0, evidence=(Evidence(EvidenceKind.KNOWN, 1.0),)
        )

    def invert(self) -> Link:
        """Return the link seen from the other plan."""
        said = tuple([attrs.evolve(item, old=item.new, new=item.old) for item in self.evidence])
        return attrs.evolve(self, old=self.new, new=self.old, evidence=said)

    def __repr__(self) -> str:
        return f"<Link {self.old.key or '?'} → {self.new.key or '?'} {self.strength} {self.score:.2f}>"


@final
@frozen(weakref_slot=False, repr=False)
class Alignment(Shown, Tabular):
    """The links between the tasks of two plans.

    Iterates over its links, in the order of the old plan and then of the new one.

    Attributes:
        old: the old plan.
        new: the new plan.
        links: the links, each pair of tasks at most once.
        answers: what was answered, beforehand or by a judge; to be kept, and passed back in as ``known``.
            Outside equality.
        findings: what was odd about the answers: one that is about no task, a judge that failed. Outside
            equality.
    """

    old: Plan
    new: Plan
    links: tuple[Link, ...]
    answers: tuple[Answer, ...] = field(default=(), kw_only=True, eq=False)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True, eq=False)

    def of_old(self, key: str) -> tuple[Link, ...]:
        """Return the links of the old plan's task with that key, the surest first."""
        return tuple(
            sorted([link for link in self.links if link.old.key == key], key=lambda link: -link.score)
        )

    def of_new(self, key: str) -> tuple[Link, ...]:
        """Return the links of the new plan's task with that key, the surest first."""
        return tuple(
            sorted([link for link in self.links if link.new.key == key], key=lambda link: -link.score)
        )

    def invert(self) -> Alignment:
        """Return the alignment of the new plan to the old one."""
        order = {task.key: place for place, task in enumerate(self.new.all_tasks)}
        links = sorted([link.invert() for link in self.links], key=lambda link: order[link.old.key])
        answers = tuple([answer.invert() for answer in self.answers])
        return Alignment(self.new, self.old, tuple(links), answers=answers, findings=self.findings)

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    def __repr__(self) -> str:
        same = sum(link.strength is Strength.SAME for link in self.links)
        return f"<Alignment {len(self.links)} links · {same} same · {len(self.links) - same} partial>"
