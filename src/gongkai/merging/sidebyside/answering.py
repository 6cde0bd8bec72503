"""Which two plans of several each answer is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, cast

from gongkai.comparing import Answer, Known, Link, catalogue
from gongkai.comparing.alignment.wording import folded
from gongkai.errors import InvalidValue
from gongkai.merging.sidebyside.grouping import Pair
from gongkai.model import Finding, Plan

__all__ = ["KnownPairs", "Placed", "placed"]

KnownPairs: TypeAlias = Mapping[tuple[str, str], Iterable[Known]]
"""What is known beforehand: for two plans, by what they are called, the answers on their tasks."""

Placed: TypeAlias = dict[Pair, list[Known]]
"""For two plans, by their positions, the answers on their tasks."""


def placed(
    known: KnownPairs | Iterable[Answer | Link],
    plans: Sequence[Plan],
    columns: Sequence[str],
    order: Sequence[int],
) -> tuple[Placed, list[Finding]]:
    """Return the answers on each two plans, the earlier of the order first, and which are about none.

    Raises:
        InvalidValue: answers are about no two of the plans, or something is no answer.
    """
    rank = {plan: number for number, plan in enumerate(order)}
    found: defaultdict[Pair, list[Known]] = defaultdict(list)
    lost: list[Finding] = []

    def put(old: int, new: int, answers: Iterable[Known]) -> None:
        if rank[old] < rank[new]:
            found[old, new] += answers
        else:
            found[new, old] += [_turned(answer) for answer in answers]

    if isinstance(known, Mapping):
        for names, answers in cast("KnownPairs", known).items():
            put(*_named(names, columns), answers)
        return dict(found), lost
    having = _having(plans)
    for given in known:
        answer = _answer(given)
        pairs = _pairs(answer, having)
        if not pairs:
            facts = {"old": answer.old_key, "new": answer.new_key, "side": "old / new"}
            lost.append(catalogue()["answer-lost"].finding(None, None, **facts))
        for old, new in pairs:
            put(old, new, [answer])
    return dict(found), lost


def _named(names: Sequence[str], columns: Sequence[str]) -> Pair:
    pair = [columns.index(name) for name in names if name in columns]
    if len(pair) != 2 or len(names) != 2 or pair[0] == pair[1]:
        raise InvalidValue("consolidate", "known", names, f"pairs of two of {', '.join(columns)}")
    return pair[0], pair[1]


def _answer(given: object) -> Answer:
    if isinstance(given, Answer):
        return given
    if isinstance(given, Link):
        return Answer.of_link(given)
    expected = "answers or links; keys alone need the names of their two plans: {(name, name): [...]}"
    raise InvalidValue("consolidate", "known", given, expected)


def _having(plans: Sequence[Plan]) -> dict[str, list[int]]:
    """Return which plans have a task of which text."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, plan in enumerate(plans):
        for text in dict.fromkeys([folded(task.text) for task in plan.all_tasks]):
            found[text].append(number)
    return found


def _pairs(answer: Answer, having: Mapping[str, Sequence[int]]) -> list[Pair]:
    """Return the plans that have both tasks; what is said of two texts holds wherever they stand."""
    if not answer.old_text.strip() or not answer.new_text.strip():
        return []
    old, new = (having.get(folded(text), ()) for text in (answer.old_text, answer.new_text))
    return [(one, other) for one in old for other in new if one != other]


def _turned(answer: Known) -> Known:
    if isinstance(answer, (Answer, Link)):
        return answer.invert()
    old, new, strength = answer
    return new, old, strength
