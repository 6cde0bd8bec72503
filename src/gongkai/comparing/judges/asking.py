"""What a judge is asked, and what it may say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias, final

from attrs import field, frozen

from gongkai.comparing.alignment.links import Evidence, Strength, score_of, strength_of
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.comparing.judges.feedback import Answer
from gongkai.model import Task
from gongkai.model._display import Shown
from gongkai.model._house import is_a

__all__ = ["Judge", "Question", "Reply", "StopAsking", "recorded"]


def _strength(value: Strength | str) -> Strength:
    return strength_of(value, "Question")


def _score(instance: object, attribute: object, value: object) -> None:
    score_of(value, "Question")


@final
@frozen(weakref_slot=False, repr=False)
class Question(Shown):
    """A doubtful pair of tasks: are they the same obligation, in part, or not at all?

    Attributes:
        old: the task of the old plan.
        new: the task of the new plan.
        score: how likely it is that they are linked, from 0 to 1.
        strength: what is decided as long as nobody answers: ``same``, ``partial`` or ``none``.
        evidence: what speaks for a link.
        old_headings: the headings above the old task, the outermost first.
        new_headings: the headings above the new task.

    >>> from gongkai import Question, Task
    >>> question = Question(Task("公开财政预决算。", key="3"), Task("公开预决算。", key="5"), 0.4)
    >>> question
    <Question 3 → 5 0.40>
    >>> question.answer("same", annotator="甲")
    <Answer 3 → 5 same by 甲>
    """

    old: Task = field(validator=is_a(Task))
    new: Task = field(validator=is_a(Task))
    score: float = field(default=0.0, validator=_score)
    strength: Strength = field(default=Strength.NONE, converter=_strength, kw_only=True)
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True)
    old_headings: tuple[str, ...] = field(default=(), kw_only=True)
    new_headings: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of the old and of the new task."""
        return self.old.key or "", self.new.key or ""

    def answer(
        self,
        strength: Strength | str | None,
        *,
        annotator: str = "",
        comment: str = "",
        answered_on: date | None = None,
    ) -> Answer:
        """Return an answer to it: ``same``, ``partial``, ``none``, or None for who does not know.

        Raises:
            InvalidValue: it is none of these.
        """
        return Answer(
            *self.keys,
            strength,
            old_text=self.old.text,
            new_text=self.new.text,
            score=self.score,
            evidence=evidence_words(self.evidence),
            annotator=annotator,
            answered_on=answered_on,
            comment=comment,
        )

    def __repr__(self) -> str:
        return f"<Question {self.old.key or '?'} → {self.new.key or '?'} {self.score:.2f}>"


#: What a judge says of one pair: ``same``, ``partial`` or ``none``, None for "I do not know", or an
#: :class:`Answer`, which can tell who answers and why.
Reply: TypeAlias = Strength | str | Answer | None

#: Whoever answers questions: gets a list of pairs and returns one reply for each, in their order.
Judge: TypeAlias = Callable[[list[Question]], Iterable[Reply]]


class StopAsking(Exception):
    """Raised by a judge that wants no more questions; the answers that it brings are kept.

    >>> import gongkai
    >>> from gongkai import Plan, Question, Task
    >>> from gongkai.comparing import StopAsking
    >>> def impatient(questions: list[Question]) -> list[str]:
    ...     raise StopAsking([questions[0].answer("partial")])
    >>> old, new = Plan("要点", [Task("公开预决算。")]), Plan("要点", [Task("公开财政预算。")])
    >>> gongkai.align(old, new, judge=impatient).links
    (<Link #1 → #1 partial 1.00>,)
    """

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self.answers: tuple[Answer, ...] = tuple(answers)
        super().__init__(self.answers)


def recorded(answers: Iterable[Answer]) -> Judge:
    """Return a judge that says what was answered before, and does not know the rest.

    It answers only what it is asked, so that one can see what a number of questions is worth; to have all
    answers obeyed, give them to :func:`align` as ``known``. The last answer on a pair counts.

    >>> import gongkai
    >>> from gongkai import Answer, Plan, Task
    >>> from gongkai.comparing import recorded
    >>> old, new = Plan("要点", [Task("公开预决算。")]), Plan("要点", [Task("公开财政预算。")])
    >>> gongkai.align(old, new, judge=recorded([Answer("#1", "#1", "partial")])).links
    (<Link #1 → #1 partial 1.00>,)
    """
    said = {answer.keys: answer for answer in answers}

    def judge(questions: list[Question]) -> list[Reply]:
        return [said.get(question.keys) for question in questions]

    return judge
