"""Asking a judge: in batches, the most telling questions first, within a budget.

Whatever a judge does, the alignment is given and the answers are kept: what went wrong is told in findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from itertools import islice
from typing import Final

import attrs

from gongkai.comparing.alignment.deciding import Keys
from gongkai.comparing.alignment.links import Alignment, Strength
from gongkai.comparing.alignment.prospects import Prospects
from gongkai.comparing.judges.asking import Judge, Question, Reply, StopAsking
from gongkai.comparing.judges.doubting import WORTH, Doubts
from gongkai.comparing.judges.feedback import Answer
from gongkai.comparing.judges.noticing import catalogue
from gongkai.errors import InvalidValue
from gongkai.model import Finding
from gongkai.model._display import shorten

__all__ = ["judged", "worth_asking"]

#: How many questions are asked for each task of the larger plan, where nobody says how many.
_QUESTIONS_A_TASK: Final = 3.5

#: How many questions a judge gets at once; for large plans more, so that there are about so many batches.
_BATCH: Final = 16
_BATCHES: Final = 40

#: After so many calls in a row without a reply that can be used, a judge is asked no more. Each of them gets
#: half the questions of the one before, so that one odd question does not cost the others.
_PATIENCE: Final = 6

#: How often in one call a judge may answer each pair that it was asked, before the rest is not listened to.
_SECOND_THOUGHTS: Final = 16


class _Outcome(Enum):
    ANSWERED = auto()
    FAILED = auto()
    STOPPED = auto()


def _allowance(prospects: Prospects, questions: int | None) -> tuple[int, float]:
    """Return how many questions may be asked, and what each must be worth.

    Raises:
        InvalidValue: the number is none, or negative.
    """
    if questions is None:
        plans = (prospects.old, prospects.new)
        tasks = max(sum(bool(task.text.strip()) for task in plan.all_tasks) for plan in plans)
        return int(_QUESTIONS_A_TASK * tasks), WORTH
    if type(questions) is not int or questions < 0:
        raise InvalidValue("align", "questions", questions, "a number of questions, at least 0, or None")
    return questions, 0.0


def worth_asking(prospects: Prospects, questions: int | None = None) -> tuple[Question, ...]:
    """Return what is asked first, without an answer in between.

    Raises:
        InvalidValue: the number of questions is none.
    """
    most, least = _allowance(prospects, questions)
    return tuple(Doubts(prospects.candidates).next(prospects.answers(), prospects.known.unsure, most, least))


def judged(prospects: Prospects, judge: Judge, questions: int | None = None) -> Alignment:
    """Ask a judge about what is doubtful, and decide with the answers.

    Raises:
        InvalidValue: the judge cannot be called, or the number of questions is none.
    """
    if not callable(judge):
        raise InvalidValue("align", "judge", judge, "a callable from a list of questions to replies")
    limit, least = _allowance(prospects, questions)
    inquiry = _Inquiry(prospects, judge, least)
    inquiry.ask(limit)
    known = prospects.known
    return attrs.evolve(
        prospects.align(inquiry.said()),
        answers=(*known.answers, *inquiry.answers.values()),
        findings=(*known.findings, *inquiry.findings),
    )


class _Inquiry:
    """Puts questions to a judge and keeps what comes of it."""

    def __init__(self, prospects: Prospects, judge: Judge, least: float) -> None:
        self._prospects = prospects
        self._judge = judge
        self._least = least
        self._doubts = Doubts(prospects.candidates)
        self.answers: dict[Keys, Answer] = {}
        self.findings: list[Finding] = []
        self._asked: dict[Keys, Question] = {}
        self._closed: set[Keys] = set(prospects.known.unsure)

    def said(self) -> dict[Keys, Strength]:
        """Return what was answered, beforehand and since."""
        said = {keys: link.strength for keys, link in self._prospects.known.links.items()}
        said.update({keys: answer.strength for keys, answer in self.answers.items() if answer.strength})
        return said

    def _note(self, name: str, **facts: object) -> None:
        self.findings.append(catalogue()[name].finding(None, None, **facts))

    def ask(self, limit: int) -> None:
        """Ask until nothing is in doubt, or so many questions were asked, or the judge wants no more."""
        most = size = max(_BATCH, limit // _BATCHES)
        asked = failures = 0
        while asked < limit and failures < _PATIENCE:
            batch = self._next(min(size, limit - asked))
            if not batch:
                return
            asked += len(batch)
            outcome = self._put(batch, asked)
            if outcome is _Outcome.STOPPED:
                return
            if outcome is _Outcome.FAILED:
                failures += 1
                if size == 1:
                    self._closed.add(batch[0].keys)
                size = max(1, size // 2)
            else:
                failures, size = 0, min(most, size * 2)
        if failures == _PATIENCE:
            self._note("judge-given-up", times=failures)

    def _next(self, most: int) -> list[Question]:
        return self._doubts.next(self.said(), self._closed, most, self._least)

    def _put(self, batch: list[Question], asked: int) -> _Outcome:
        """Put one batch to the judge, and keep what it says."""
        self._asked.update({question.keys: question for question in batch})
        replies: list[Reply] = []
        outcome = None
        try:
            # One at a time: a judge that fails half-way has answered the first half. And not for ever, as a
            # judge may go on; but it may think better of its answers, and the last one counts.
            for reply in islice(self._judge(list(batch)), self._most()):
                replies.append(reply)  # noqa: PERF402 - what is there when the judge fails is kept
        except StopAsking as stop:
            outcome = _Outcome.STOPPED
            self._keep_named(stop.answers)
        except KeyboardInterrupt:  # somebody wants to see what there is by now
            outcome = _Outcome.STOPPED
        except Exception as error:  # noqa: BLE001 - whatever a judge raises is told, and costs no answer
            outcome = _Outcome.FAILED
            told = shorten(f"{type(error).__name__}: {error}", 200)
            self._note("judge-failed", error=told, count=len(batch) - len(replies))
        usable = self._keep(batch, replies, complete=outcome is None)
        if outcome is _Outcome.STOPPED:
            self._note("judge-stopped", asked=asked)
        return outcome or (_Outcome.ANSWERED if usable else _Outcome.FAILED)

    def _most(self) -> int:
        """How many replies of one call are listened to."""
        return _SECOND_THOUGHTS * (len(self._asked) + 1)

    def _keep(self, batch: list[Question], replies: list[Reply], *, complete: bool) -> bool:
        """Keep the replies to a batch; tell whether any of them is of use."""
        named = [reply for reply in replies if isinstance(reply, Answer)]
        by_place = len(named) < len(replies) or not replies
        if by_place and len(replies) != len(batch) and (complete or len(replies) > len(batch)):
            given = len(replies) if len(replies) <= len(batch) else f">{len(batch)}"
            self._note("judge-miscounted", asked=len(batch), given=given)
            return self._keep_named(named)
        if len(replies) == self._most():
            self._note("judge-endless", asked=len(batch), given=len(replies))
        usable = self._keep_named(named)
        for question, reply in zip(batch, replies, strict=False) if by_place else ():
            if isinstance(reply, Answer):
                continue
            self._closed.add(question.keys)
            answer = _answer(question, reply)
            if answer is None:
                told = shorten(repr(reply), 60)
                self._note("reply-unknown", old=question.keys[0], new=question.keys[1], reply=told)
            else:
                usable = True
                self._keep_one(question, answer)
        left = [question.keys for question in batch if question.keys not in self._closed]
        if left and complete and usable:
            self._closed.update(left)
            self._note("questions-left", count=len(left))
        return usable

    def _keep_named(self, answers: Iterable[Answer]) -> bool:
        """Keep answers that name their pair; tell whether any does."""
        usable = False
        for answer in answers:
            question = self._asked.get(answer.keys)
            if question is None:
                self._note("reply-astray", old=answer.old_key, new=answer.new_key)
            else:
                usable = True
                self._keep_one(question, answer)
        return usable

    def _keep_one(self, question: Question, answer: Answer) -> None:
        self._closed.add(question.keys)
        own = question.answer(answer.strength)
        full = attrs.evolve(
            answer.of_tasks(question.old, question.new),
            score=own.score if answer.score is None else answer.score,
            evidence=answer.evidence or own.evidence,
        )
        before = self.answers.get(question.keys)
        if before is not None and before.strength is not full.strength:
            said = f"{before.strength or '?'} / {full.strength or '?'}"
            self._note("judge-contradicts", old=full.old_key, new=full.new_key, said=said)
        self.answers[question.keys] = full


def _answer(question: Question, reply: object) -> Answer | None:
    """Return what a reply says, None where it says nothing."""
    if reply is None:
        return question.answer(None)
    if isinstance(reply, str) and (said := reply.strip().lower()) in set(Strength):
        return question.answer(said)
    return None
