"""Strategies of edited copies of a plan, with a list of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, unique
from typing import Final, final

import attrs
from attrs import field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gongkai.model import Assignment, Deadline, Plan, Role, Section, Task
from gongkai.testing import _words as words
from gongkai.testing._printable import sentences
from gongkai.testing._trees import plans
from gongkai.testing._values import labels

__all__ = ["Edit", "EditKind", "edits", "plan_pairs"]


@unique
class EditKind(StrEnum):
    """What can be done to a task."""

    REWORD = "reword"
    """another text"""
    RELABEL = "relabel"
    """another printed number"""
    REASSIGN = "reassign"
    """other departments or roles"""
    RESCHEDULE = "reschedule"
    """other deadlines"""
    MOVE = "move"
    """another place, with its key"""
    DROP = "drop"
    """no longer there"""
    ADD = "add"
    """a new task"""
    SPLIT = "split"
    """a text cut in two: the second half is a new task that follows"""


@final
@frozen(weakref_slot=False)
class Edit:
    """One thing that was done to a plan.

    Attributes:
        kind: what was done; see :class:`EditKind`.
        key: the key of the task it was done to, or of the task that was added.
        made: for a split, the key of the second half.

    >>> from gongkai.testing import Edit, EditKind
    >>> Edit(EditKind.DROP, "12")
    Edit(kind=<EditKind.DROP: 'drop'>, key='12', made=None)
    """

    kind: EditKind
    key: str
    made: str | None = field(default=None)


#: The field that an edit of this kind sets.
_FIELDS: Final = {
    EditKind.REWORD: "text",
    EditKind.RELABEL: "label",
    EditKind.REASSIGN: "assignments",
    EditKind.RESCHEDULE: "deadlines",
}


def _values(kind: EditKind, task: Task) -> SearchStrategy[object]:
    """Other values for the field that an edit of this kind sets."""
    match kind:
        case EditKind.REWORD:
            new: SearchStrategy[object] = st.one_of(sentences(), sentences().map(task.text.__add__))
        case EditKind.RELABEL:
            new = labels()
        case EditKind.REASSIGN:
            body = st.sampled_from(words.ORGANS)
            new = st.lists(st.builds(Assignment, st.sampled_from(Role), body), max_size=2).map(tuple)
        case _:
            new = st.lists(
                st.builds(Deadline.by_month, st.integers(2020, 2026), st.integers(1, 12)), max_size=1
            ).map(tuple)
    current = getattr(task, _FIELDS[kind])
    return new.filter(lambda value: value != current)


@st.composite
def edits(
    draw: DrawFn,
    plan: Plan,
    *,
    kinds: Sequence[EditKind | str] = tuple(EditKind),
    min_edits: int = 0,
    max_edits: int = 3,
) -> tuple[Plan, tuple[Edit, ...]]:
    """An edited copy of a plan, and what was done, in order.

    Each edit really changes something, and a task that an edit was done to is left alone by those after it.
    Where nothing can be done, as in a plan that runs out of tasks, there are fewer edits than ``min_edits``.

    >>> from hypothesis import given
    >>> from gongkai import Plan, Task
    >>> from gongkai.testing import strategies
    >>> plan = Plan("要点", [Task("公开目录。", label="1."), Task("公开名录。", label="2.")])
    >>> @given(strategies.edits(plan, kinds=["drop"], min_edits=1, max_edits=1))
    ... def test_a_dropped_task_is_gone(case):
    ...     edited, (edit,) = case
    ...     assert edit.key in plan and edit.key not in edited
    >>> test_a_dropped_task_is_gone()
    """
    allowed = tuple(EditKind(kind) for kind in kinds)
    done: list[Edit] = []
    touched: set[str | None] = set()
    for _ in range(draw(st.integers(min_edits, max_edits))):
        free = tuple(task for task in plan.tasks if task.key not in touched)
        possible = tuple(kind for kind in allowed if _possible(kind, plan, free))
        if not possible:
            break
        kind = draw(st.sampled_from(possible))
        step = draw(_edit(plan, kind, tuple(task for task in free if _suits(kind, task))))
        if step is None:
            continue
        plan, edit = step
        done.append(edit)
        touched |= {edit.key, edit.made}
    return plan, tuple(done)


def _suits(kind: EditKind, task: Task) -> bool:
    return kind is not EditKind.SPLIT or len(task.text) >= 2


def _possible(kind: EditKind, plan: Plan, free: Sequence[Task]) -> bool:
    if kind is EditKind.ADD:
        return True
    return any(_suits(kind, task) for task in free)


@st.composite
def _edit(draw: DrawFn, plan: Plan, kind: EditKind, free: Sequence[Task]) -> tuple[Plan, Edit] | None:
    """Do one thing; None where the task that was drawn has no other place to go to."""
    if kind is EditKind.ADD:
        task = Task(draw(sentences()), label=draw(labels()))
        return _added(plan, task, *draw(st.sampled_from(_places(plan))))
    old = draw(st.sampled_from(free))
    key = str(old.key)
    match kind:
        case EditKind.DROP:
            return plan.without(key), Edit(kind, key)
        case EditKind.MOVE:
            moved = _moves(plan, key)
            return (draw(st.sampled_from(moved)), Edit(kind, key)) if moved else None
        case EditKind.SPLIT:
            return _split(plan, old, draw(st.integers(1, len(old.text) - 1)))
        case _:
            return plan.with_changes(key, **{_FIELDS[kind]: draw(_values(kind, old))}), Edit(kind, key)


def _places(plan: Plan) -> tuple[tuple[str | None, int], ...]:
    """Where a block can be put: the key of a section, or None for the top, and the position there."""
    rooms: list[tuple[str | None, int]] = [(None, len(plan.content))]
    rooms += [(block.key, len(block.content)) for block in plan.walk() if isinstance(block, Section)]
    return tuple((into, at) for into, size in rooms for at in range(size + 1))


def _added(
    plan: Plan, task: Task, into: str | None, at: int, kind: EditKind = EditKind.ADD
) -> tuple[Plan, Edit]:
    before = {each.key for each in plan.all_tasks}
    plan = plan.inserted(task, into=into, at=at)
    (key,) = (each.key for each in plan.all_tasks if each.key not in before)
    return plan, Edit(kind, str(key))


def _moves(plan: Plan, key: str) -> tuple[Plan, ...]:
    """The plans in which the task stands elsewhere; past an equal one is not elsewhere."""
    task, rest = plan[key], plan.without(key)
    moved = [rest.inserted(task, into=into, at=at) for into, at in _places(rest)]
    return tuple(other for other in moved if other != plan)


def _split(plan: Plan, task: Task, cut: int) -> tuple[Plan, Edit]:
    key = str(task.key)
    trail = plan.path(key)
    parent = trail[-2] if len(trail) > 1 else None
    around = parent.content if isinstance(parent, Section) else plan.content
    at = next(place for place, block in enumerate(around) if isinstance(block, Task) and block.key == key) + 1
    plan = plan.with_changes(key, text=task.text[:cut])
    second = attrs.evolve(task, text=task.text[cut:], label=None, key=None, parts=(), span=None)
    plan, edit = _added(plan, second, parent.key if parent else None, at)
    return plan, Edit(EditKind.SPLIT, key, edit.key)


@st.composite
def plan_pairs(draw: DrawFn, *, related: bool | None = None) -> tuple[Plan, Plan]:
    """Two plans: the second an edited copy of the first, or one that has nothing to do with it.

    ``related`` asks for the one or the other; without it there are both, copies mostly.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.plan_pairs(related=True))
    ... def test_a_copy_keeps_its_title(pair):
    ...     assert pair[0].title == pair[1].title
    >>> test_a_copy_keeps_its_title()
    """
    old = draw(plans())
    if related if related is not None else draw(st.integers(0, 3)) < 3:
        return old, draw(edits(old))[0]
    return old, draw(plans())
