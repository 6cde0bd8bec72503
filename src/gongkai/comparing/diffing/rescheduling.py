"""Deadline by deadline: what became of the times of a task, each seen from its plan's year."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum, unique
from typing import final

from attrs import frozen

from gongkai.model import Deadline, DeadlineKind
from gongkai.model._display import Shown

__all__ = ["DeadlineChange", "DeadlineChangeKind", "deadline_changes"]


@unique
class DeadlineChangeKind(StrEnum):
    """What became of one deadline."""

    CARRIED = "carried"
    """it went on with the plan's year: 2023年10月 in the plan of 2023, 2024年10月 in that of 2024"""
    LATER = "later"
    """its day is later, seen from the plan's year"""
    EARLIER = "earlier"
    """its day is earlier, seen from the plan's year"""
    ALTERED = "altered"
    """another sort of deadline, or one without a day: which is later, nobody can say"""
    ADDED = "added"
    """it is new"""
    REMOVED = "removed"
    """it is gone"""


@final
@frozen(weakref_slot=False)
class DeadlineChange(Shown):
    """What became of one deadline of a task.

    Attributes:
        kind: what became of it.
        old: the deadline in the old plan; None where it was added.
        new: the deadline in the new plan; None where it was removed.

    >>> import gongkai
    >>> from gongkai import Deadline, Plan, Task
    >>> old = Plan("2023年要点", [Task("公开预算。", label="1.", deadlines=[Deadline.by_month(2023, 10)])])
    >>> new = Plan("2024年要点", [Task("公开预算。", label="1.", deadlines=[Deadline.by_month(2024, 12)])])
    >>> for change in gongkai.diff(old, new).tasks[0].changes:
    ...     print(change.deadlines)
    (DeadlineChange(kind=<DeadlineChangeKind.LATER: 'later'>, old=<Deadline 2023年10月 month 2023-10-31>, \
new=<Deadline 2024年12月 month 2024-12-31>),)
    """

    kind: DeadlineChangeKind
    old: Deadline | None = None
    new: Deadline | None = None


def deadline_changes(
    old: Iterable[Deadline], new: Iterable[Deadline], years: tuple[int, int] | None
) -> tuple[DeadlineChange, ...]:
    """Pair the deadlines that differ: what went on with the plan's year, then one sort with its like.

    Deadlines of equal meaning are left out, whatever their words.
    """
    was, now = years or (0, 0)
    left, right = list(old), list(new)
    _, left, right = _paired(left, right, Deadline.meaning, Deadline.meaning)
    carried, left, right = _paired(
        left, right, lambda each: each.meaning(was), lambda each: each.meaning(now)
    )
    moved, left, right = _paired(left, right, _kind, _kind)
    others, left, right = list(zip(left, right, strict=False)), left[len(right) :], right[len(left) :]
    return (
        *[DeadlineChange(DeadlineChangeKind.CARRIED, before, after) for before, after in carried],
        *[
            DeadlineChange(_direction(before, after, was, now), before, after)
            for before, after in (*moved, *others)
        ],
        *[DeadlineChange(DeadlineChangeKind.REMOVED, old=each) for each in left],
        *[DeadlineChange(DeadlineChangeKind.ADDED, new=each) for each in right],
    )


def _kind(deadline: Deadline) -> DeadlineKind:
    return deadline.kind


def _paired(
    old: Sequence[Deadline],
    new: Sequence[Deadline],
    trait: Callable[[Deadline], Hashable],
    other: Callable[[Deadline], Hashable],
) -> tuple[list[tuple[Deadline, Deadline]], list[Deadline], list[Deadline]]:
    """Pair those with equal traits, in order; return the pairs, and what is left on either side."""
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, each in enumerate(new):
        waiting[other(each)].append(place)
    pairs: list[tuple[Deadline, Deadline]] = []
    left: list[Deadline] = []
    taken: set[int] = set()
    for each in old:
        found = waiting[trait(each)]
        if found:
            taken.add(found[0])
            pairs.append((each, new[found.popleft()]))
        else:
            left.append(each)
    return pairs, left, [each for place, each in enumerate(new) if place not in taken]


def _direction(old: Deadline, new: Deadline, was: int, now: int) -> DeadlineChangeKind:
    if old.due is None or new.due is None:
        return DeadlineChangeKind.ALTERED
    before, after = ((due.year - year, due.month, due.day) for due, year in ((old.due, was), (new.due, now)))
    if before == after:
        return DeadlineChangeKind.ALTERED
    return DeadlineChangeKind.LATER if after > before else DeadlineChangeKind.EARLIER
