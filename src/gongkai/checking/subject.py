"""What a check looks at: a plan, and what several checks want to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from gongkai.comparing import Link, align
from gongkai.directory import Directory, Resolution
from gongkai.model import Assignment, Deadline, Department, Division, Plan, Section, Span, Task

__all__ = ["Answered", "Found", "Mention", "Subject"]

#: What a rule yields for each finding: its place, the key of the task or section, the facts for the message.
Found: TypeAlias = Iterator[tuple[Span | None, str | None, Mapping[str, object]]]


class Answered(NamedTuple):
    """One of the finest tasks, with what the tasks above it say for it.

    Attributes:
        task: the task.
        assignments: who answers for it: its own assignments and those of the task it is part of.
        deadlines: by when, likewise.
        top: the printed task that it is, or is part of.
    """

    task: Task
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    top: Task


class Mention(NamedTuple):
    """A department where it is first named in a plan.

    Attributes:
        body: the department.
        task: the first task that names it.
        times: how many tasks name it.
    """

    body: Department
    task: Task
    times: int


class Subject:
    """A plan that is checked.

    Args:
        plan: the plan.
        against: another plan beside which it is checked: last year's, or the one above it.
        directory: who is who.
    """

    def __init__(self, plan: Plan, against: Plan | None, directory: Directory) -> None:
        self.plan = plan
        self.against = against
        self.directory = directory

    @cached_property
    def on(self) -> date | None:
        """The day by which the plan's names are understood: its date of issue, else its year's middle."""
        issued = self.plan.record.issued_on
        return issued or (date(self.plan.year, 6, 30) if self.plan.year is not None else None)

    @cached_property
    def beside(self) -> Subject | None:
        """The other plan, looked at likewise."""
        return None if self.against is None else Subject(self.against, None, self.directory)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What the other plan's tasks became here; none without another plan."""
        return () if self.against is None else align(self.against, self.plan, directory=self.directory).links

    @cached_property
    def answered(self) -> tuple[Answered, ...]:
        """The finest tasks with what is said for them."""
        return tuple([leaf for task in self.plan.tasks for leaf in _leaves(task, task, (), ())])

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Each department once, in order of first mention."""
        first: dict[str, tuple[Department, Task]] = {}
        count: dict[str, int] = {}
        for task in self.plan.all_tasks:
            for body in task.departments:
                first.setdefault(body.name, (body, task))
                count[body.name] = count.get(body.name, 0) + 1
        return tuple([Mention(body, task, count[name]) for name, (body, task) in first.items()])

    @cached_property
    def division(self) -> Division | str | None:
        """Where the plan's names are understood: its division, else that of its issuer."""
        plan = self.plan
        if plan.division is not None or plan.issuer is None:
            return plan.division
        return self.directory.division_of(plan.issuer, number=plan.record.document_number, on=self.on)

    def resolve(self, name: str) -> Resolution:
        """Return what a name means in this plan."""
        return self.directory.resolve(name, division=self.division, within=self.plan.issuer, on=self.on)

    def place(self, task: Task | Section, words: str) -> Span | None:
        """Return where words stand in a task or section; its own place where they cannot be found."""
        text = self.plan.source.text if self.plan.source is not None else None
        span = task.span
        if text is None or span is None:
            return span
        at = text.find(words, span.start, span.end) if words else -1
        return span if at < 0 else Span(at, at + len(words))


def _leaves(
    top: Task, task: Task, assignments: Iterable[Assignment], deadlines: Iterable[Deadline]
) -> Iterator[Answered]:
    who, when = (*assignments, *task.assignments), (*deadlines, *task.deadlines)
    if not task.parts:
        yield Answered(task, who, when, top)
    for part in task.parts:
        yield from _leaves(top, part, who, when)
