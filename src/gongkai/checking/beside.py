"""What another plan shows: last year's, or that of the level above (C4)."""

from __future__ import annotations

from gongkai.checking.subject import Answered, Found, Subject
from gongkai.model import Task

__all__ = ["deadline_kept", "departments_lost", "not_carried"]


def not_carried(subject: Subject) -> Found:
    """Tasks of the other plan that have no like in this one."""
    if subject.beside is None:
        return
    carried = {link.old.key for link in subject.links}
    for leaf in subject.beside.answered:
        if leaf.task.key not in carried and leaf.task.text:
            yield None, None, {"key": leaf.task.key, "text": _opening(leaf.task)}


def _opening(task: Task) -> str:
    return task.text if len(task.text) <= 24 else task.text[:23] + "…"


def deadline_kept(subject: Subject) -> Found:
    """Deadlines that are those of an earlier year's plan, day by day."""
    against = subject.against
    if against is None or against.year is None or subject.plan.year is None:
        return
    for link in subject.links if against.year < subject.plan.year else ():
        before = {deadline.due for deadline in link.old.deadlines if deadline.due is not None}
        for deadline in link.new.deadlines:
            due = deadline.due
            if due is not None and due in before and due.year <= against.year:
                facts = {"text": deadline.text, "year": against.year}
                yield deadline.span or subject.place(link.new, deadline.text), link.new.key, facts


def departments_lost(subject: Subject) -> Found:
    """Tasks for which nobody answers any more."""
    if subject.beside is None:
        return
    before, now = _by_key(subject.beside.answered), _by_key(subject.answered)
    for link in subject.links:
        old, new = before.get(link.old.key), now.get(link.new.key)
        if old is not None and new is not None and old.assignments and not new.assignments:
            yield link.new.span, link.new.key, {"key": link.old.key}


def _by_key(leaves: tuple[Answered, ...]) -> dict[str | None, Answered]:
    return {leaf.task.key: leaf for leaf in leaves}
