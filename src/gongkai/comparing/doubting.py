"""Which pairs are doubtful, and which of them it tells most to ask about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gongkai.comparing.asking import Question
from gongkai.comparing.deciding import Candidate, Keys, Verdict, decide
from gongkai.comparing.links import Strength

__all__ = ["doubtful", "question_of"]


def question_of(verdict: Verdict) -> Question:
    """Return the question whether a candidate is a link."""
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


def doubtful(
    candidates: Sequence[Candidate], said: Mapping[Keys, Strength], closed: Collection[Keys], most: int
) -> list[Question]:
    """Return what to ask next, the most telling first: what is neither answered nor closed, and in doubt."""
    verdicts = decide(candidates, said)
    open_ones = [
        (_gain(verdict), verdict)
        for verdict in verdicts
        if not verdict.known and verdict.candidate.keys not in closed
    ]
    open_ones.sort(key=lambda item: (-item[0], _places(item[1].candidate)))
    return [question_of(verdict) for _, verdict in open_ones[:most]]


def _places(candidate: Candidate) -> tuple[int, int]:
    return candidate.old.index, candidate.new.index


def _gain(verdict: Verdict) -> float:
    return verdict.candidate.link
