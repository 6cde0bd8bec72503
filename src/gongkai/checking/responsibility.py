"""Who answers, and by when (C1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gongkai.checking.subject import Answered, Found, Subject
from gongkai.model import DepartmentKind, PlanKind, Role

__all__ = [
    "deadline_before_plan",
    "deadline_later_year",
    "deadline_other_year",
    "no_clauses",
    "no_deadline",
    "no_deadlines",
    "nobody_leads",
    "nobody_responsible",
]

#: Among fewer departments it is plain who does what.
_SEVERAL: Final = 4
#: Plans are issued some weeks into what they plan; a deadline in the same month is no mistake.
_SOON: Final = 31
#: A plan that is issued after this month plans the next year as well.
_EARLY: Final = 8
#: Where no fewer than one deadline of so many lies in later years, the plan is one for several years.
_FEW: Final = 3


def nobody_responsible(subject: Subject) -> Found:
    """Tasks for which nobody answers, in a plan that names somebody for others.

    First and last chapters in which nobody at all is named say aims and safeguards (总体要求、保障措施).
    """
    chapters = _chapters(subject)
    while chapters and not _named(chapters[-1]):
        chapters.pop()
    while chapters and not _named(chapters[0]):
        chapters.pop(0)
    for leaf in [leaf for chapter in chapters for leaf in chapter]:
        if not leaf.assignments:
            yield leaf.task.span, leaf.task.key, {}


def _chapters(subject: Subject) -> list[list[Answered]]:
    """The finest tasks by chapter; those that stand in none are one together."""
    home = {id(task): place for place, chapter in enumerate(subject.plan.sections) for task in chapter.tasks}
    found: list[list[Answered]] = []
    last: int | None = -1
    for leaf in subject.answered:
        place = home.get(id(leaf.top))
        if place != last:
            found.append([])
        found[-1].append(leaf)
        last = place
    return found


def _named(leaves: Iterable[Answered]) -> bool:
    return any(leaf.assignments for leaf in leaves)


def no_clauses(subject: Subject) -> Found:
    """A plan that names nobody at all."""
    works = subject.plan.kind in {PlanKind.PLAN, PlanKind.TASK_TABLE}
    if works and subject.answered and not any(leaf.assignments for leaf in subject.answered):
        yield None, None, {}


def nobody_leads(subject: Subject) -> Found:
    """Tasks of many departments of which none leads, in a plan that names leads for others."""
    leads = any(item.role is Role.LEAD for leaf in subject.answered for item in leaf.assignments)
    for leaf in subject.answered if leads else ():
        named = [
            body
            for item in leaf.assignments
            for body in item.departments
            if item.role is Role.RESPONSIBLE and not item.severally
            if body.kind is not DepartmentKind.COLLECTIVE
        ]
        if len(named) >= _SEVERAL and not any(item.role is Role.LEAD for item in leaf.assignments):
            yield leaf.task.span, leaf.task.key, {"count": len(named)}


def no_deadline(subject: Subject) -> Found:
    """Tasks without a deadline, where most others have one."""
    leaves = subject.answered
    if 2 * sum(bool(leaf.deadlines) for leaf in leaves) >= len(leaves):
        for leaf in leaves:
            if not leaf.deadlines:
                yield leaf.task.span, leaf.task.key, {}


def no_deadlines(subject: Subject) -> Found:
    """A plan without any deadline."""
    if subject.answered and not any(leaf.deadlines for leaf in subject.answered):
        yield None, None, {}


def deadline_before_plan(subject: Subject) -> Found:
    """Deadlines that were over when the plan was issued."""
    issued = subject.plan.record.issued_on
    if issued is None:
        return
    for task in subject.plan.all_tasks:
        for deadline in task.deadlines:
            if deadline.due is not None and (issued - deadline.due).days > _SOON:
                facts = {"text": deadline.text, "issued": issued.isoformat()}
                yield deadline.span or subject.place(task, deadline.text), task.key, facts


def deadline_other_year(subject: Subject) -> Found:
    """Deadlines in a year before the plan's, where no date of issue tells that they were over by then."""
    if subject.plan.record.issued_on is None:
        yield from _in_years(subject, later=False)


def deadline_later_year(subject: Subject) -> Found:
    """Deadlines in a year after the plan's, unless the plan reaches over the end of its year."""
    year, issued = subject.plan.year, subject.plan.record.issued_on
    dated = [item.due for task in subject.plan.all_tasks for item in task.deadlines if item.due is not None]
    later = sum(year is not None and due.year > year for due in dated)
    late = issued is not None and issued.month > _EARLY
    if not late and later * _FEW < max(len(dated), _FEW + 1):
        yield from _in_years(subject, later=True)


def _in_years(subject: Subject, *, later: bool) -> Found:
    year = subject.plan.year
    if year is None:
        return
    for task in subject.plan.all_tasks:
        for deadline in task.deadlines:
            due = deadline.due
            if due is not None and due.year != year and (due.year > year) == later:
                facts = {"text": deadline.text, "due": due.year, "year": year}
                yield deadline.span or subject.place(task, deadline.text), task.key, facts
