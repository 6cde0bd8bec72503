"""Judges, and plans to ask them about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from gongkai import Alignment, Plan, Question, Task

STRENGTHS = ("same", "partial", "none", None)

#: What a judge may say that means nothing.
NONSENSE = ("", "maybe", 1, 0.5, True, b"same", ["same"], object())


def plan(*texts: str) -> Plan:
    return Plan("要点", [Task(text, label=f"{number}.") for number, text in enumerate(texts, 1)])


_PHRASES = (
    "规范公开部门预决算",
    "公布入湖河道的水质监测数据",
    "在招生工作启动前公开入学政策",
    "及时公开老旧小区改造进展",
    "做好普惠金融服务政策的信息公开",
    "更新权责清单并说明依据",
    "回应群众关切",
    "开展政策解读",
)


def _written(*, most: int) -> st.SearchStrategy[Plan]:
    """Plans whose tasks are put together from a few phrases, so that most pairs of them are in doubt."""
    text = st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=3).map("，".join)
    return st.lists(text, min_size=1, max_size=most).map(lambda texts: plan(*texts))


def pairs(*, most: int = 6) -> st.SearchStrategy[tuple[Plan, Plan]]:
    """Two plans of which a judge can be asked much."""
    return st.tuples(_written(most=most), _written(most=most))


class Recorder:
    """A judge that answers by a rule, and remembers what it was asked."""

    def __init__(self, rule: Callable[[Question], object]) -> None:
        self.rule = rule
        self.batches: list[list[Question]] = []

    def __call__(self, questions: list[Question]) -> list[Any]:
        self.batches.append(questions)
        return [self.rule(question) for question in questions]

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [question.keys for batch in self.batches for question in batch]


def strengths(alignment: Alignment) -> dict[tuple[str | None, str | None], str]:
    return {(link.old.key, link.new.key): link.strength.value for link in alignment}


class Wild:
    """A judge that does anything: answers, nonsense, too few or too many replies, answers astray, errors."""

    def __init__(self, data: st.DataObject) -> None:
        self._draw = data.draw
        self.asked = 0
        self.last: dict[tuple[str, str], str | None] = {}

    def __call__(self, questions: list[Question]) -> Any:
        self.asked += len(questions)
        how = self._draw(st.sampled_from(("right", "short", "long", "raise", "halfway", "no list", "named")))
        if how == "raise":
            raise RuntimeError("no connection")
        if how == "no list":
            return self._draw(st.sampled_from((None, 3, "same")))
        if how == "halfway":
            return self._halfway(questions)
        replies = [self._reply(question) for question in questions]
        if how == "right":
            for question, reply in zip(questions, replies, strict=True):
                if reply in STRENGTHS and not isinstance(reply, bool):
                    self.last[question.keys] = reply
            return replies
        if how == "named":
            return self._named(questions)
        return replies[:-1] if how == "short" else [*replies, "same"]

    def _reply(self, question: Question) -> Any:
        return self._draw(st.sampled_from((*STRENGTHS, *NONSENSE[:4])))

    def _named(self, questions: list[Question]) -> Any:
        answers = []
        for question in self._draw(st.lists(st.sampled_from(questions), max_size=4)):
            said = self._draw(st.sampled_from(STRENGTHS))
            answers.append(question.answer(said, annotator="甲"))
            self.last[question.keys] = said
        return answers

    def _halfway(self, questions: list[Question]) -> Any:
        question = questions[0]
        self.last[question.keys] = "partial"
        yield "partial"
        raise self._draw(st.sampled_from((ValueError("cut off"), KeyboardInterrupt())))
