"""What a plan's body is made of: paragraphs, sections and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal, TypeAlias, final

import attrs
from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, pairs, to_items, to_pairs, to_tuple, tuple_of
from gongkai.model.deadline import Deadline
from gongkai.model.department import Assignment, Department, Role
from gongkai.model.span import Span

__all__ = ["Block", "Paragraph", "Section", "Task"]


def _to_assignments(value: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return to_tuple(value)


def _to_deadlines(value: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return to_tuple(value)


def _to_tasks(value: Iterable[Task | str]) -> tuple[Task, ...]:
    return to_items(value, Task)


def _check_parts(instance: object, attribute: attrs.Attribute[tuple[Task, ...]], value: object) -> None:
    tuple_of(Task)(instance, attribute, value)


def _check_content(instance: object, attribute: attrs.Attribute[tuple[Block, ...]], value: object) -> None:
    tuple_of(Paragraph, Section, Task)(instance, attribute, value)


@final
@frozen(weakref_slot=False, repr=False)
class Paragraph(Shown):
    """Text that asks nothing of anybody: an aim, a principle, a preamble.

    Attributes:
        text: the text, without its label.
        label: its number as printed, where it has one (numbered principles do).
        span: where it stands in the source; outside equality.
    """

    kind: ClassVar[Literal["paragraph"]] = "paragraph"

    text: str = field(validator=is_a(str))
    label: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    span: Span | None = field(default=None, kw_only=True, eq=False, validator=is_a(Span, optional=True))

    def __repr__(self) -> str:
        return f"<Paragraph {shorten(self.text)}>"


@final
@frozen(weakref_slot=False, repr=False)
class Task(Shown):
    """What must be done, by whom and when.

    A printed item with several responsibility clauses has one part, itself a task, for each clause. A task
    carries its own assignments and deadlines only, never those of its parts.

    Attributes:
        text: the task's own text, verbatim but for joined lines: without label, clause and its parts' text.
        label: its number as printed (``1.``, ``（一）``), where it has one.
        assignments: who answers for it, one assignment a role and group.
        deadlines: by when, from the clause and from the text's sentences.
        parts: the tasks that this one is made of.
        extras: other columns of a task table, as (name, text) in printed order.
        key: a readable address, unique in its plan (``12``, ``37.2``); outside equality.
        span: where the whole item stands in the source, label to clause; outside equality.

    >>> from gongkai import Assignment, Deadline, Task
    >>> task = Task("及时公开老旧小区改造进展。", label="6.", deadlines=[Deadline.by_month(2024, 10)],
    ...             assignments=[Assignment.lead("区住房城乡建设委")])
    >>> task
    <Task 6. 及时公开老旧小区改造进展。 · 区住房城乡建设委 · 2024年10月>
    >>> task.departments
    (<Department 区住房城乡建设委>,)
    """

    kind: ClassVar[Literal["task"]] = "task"

    text: str = field(validator=is_a(str))
    label: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    assignments: tuple[Assignment, ...] = field(
        default=(), kw_only=True, converter=_to_assignments, validator=tuple_of(Assignment)
    )
    deadlines: tuple[Deadline, ...] = field(
        default=(), kw_only=True, converter=_to_deadlines, validator=tuple_of(Deadline)
    )
    parts: tuple[Task, ...] = field(
        default=(),
        kw_only=True,
        converter=_to_tasks,
        validator=_check_parts,
    )
    extras: tuple[tuple[str, str], ...] = field(default=(), kw_only=True, converter=to_pairs, validator=pairs)
    key: str | None = field(default=None, kw_only=True, eq=False, validator=is_a(str, optional=True))
    span: Span | None = field(default=None, kw_only=True, eq=False, validator=is_a(Span, optional=True))

    @property
    def departments(self) -> tuple[Department, ...]:
        """All departments of its own assignments, in printed order."""
        return tuple([body for assignment in self.assignments for body in assignment.departments])

    def departments_as(self, role: Role | str) -> tuple[Department, ...]:
        """The departments that hold one role, in printed order."""
        return tuple([body for item in self.assignments if item.role == role for body in item.departments])

    def walk(self) -> Iterator[Task]:
        """Yield the task and its parts, depth first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __repr__(self) -> str:
        facts = [" ".join(filter(None, (shorten(self.label or "", 12), shorten(self.text))))]
        facts += [shorten("、".join(body.name for body in self.departments), 60)] if self.assignments else []
        facts += (
            [shorten("、".join(deadline.text for deadline in self.deadlines), 40)] if self.deadlines else []
        )
        facts += [f"{len(self.parts)} parts"] if self.parts else []
        return "<Task " + " · ".join(facts) + ">"


def to_blocks(value: Iterable[Block | str]) -> tuple[Block, ...]:
    """Convert to a tuple of blocks; a str among them is a paragraph."""
    return to_items(value, Paragraph)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and all that is in them, depth first, a task before its parts.

    >>> from gongkai import Section, Task
    >>> from gongkai.model import walk
    >>> [block.kind for block in walk([Section("规范决策公开", [Task("公开目录。")])])]
    ['section', 'task']
    """
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.content)
        elif isinstance(block, Task):
            yield from walk(block.parts)


@final
@frozen(weakref_slot=False, repr=False)
class Section(Shown):
    """A chapter or section: a heading and what stands below it.

    Attributes:
        heading: the heading, without its label; the 。 that ends a run-in heading is left out.
        content: paragraphs, tasks and sections in printed order. A str is taken as a paragraph.
        label: its number as printed (``一、``, ``（一）``), where it has one.
        key: a readable address, unique in its plan (``二.(一)``); outside equality.
        span: where the whole section stands in the source; outside equality.

    >>> from gongkai import Section, Task
    >>> section = Section("强化执行公开", [Task("公开执法依据。", label="1.")], label="（二）")
    >>> section
    <Section （二）强化执行公开 · 1 task>
    >>> section.tasks
    (<Task 1. 公开执法依据。>,)
    """

    kind: ClassVar[Literal["section"]] = "section"

    heading: str = field(validator=is_a(str))
    content: tuple[Block, ...] = field(
        default=(),
        converter=to_blocks,
        validator=_check_content,
    )
    label: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    key: str | None = field(default=None, kw_only=True, eq=False, validator=is_a(str, optional=True))
    span: Span | None = field(default=None, kw_only=True, eq=False, validator=is_a(Span, optional=True))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections directly below."""
        return tuple([block for block in self.content if type(block) is Section])

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs directly below."""
        return tuple([block for block in self.content if type(block) is Paragraph])

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The printed tasks at any depth below, in document order; parts are not among them."""
        return printed_tasks(self.content)

    def walk(self) -> Iterator[Block]:
        """Yield the section and all that is in it, depth first."""
        return walk((self,))

    def __repr__(self) -> str:
        count = len(self.tasks)
        tasks = f"{count} task{'s' * (count != 1)}"
        return f"<Section {shorten(self.label or '', 12)}{shorten(self.heading)} · {tasks}>"


Block: TypeAlias = Paragraph | Section | Task


def printed_tasks(blocks: Iterable[Block]) -> tuple[Task, ...]:
    """The tasks of blocks and of the sections below, in document order, without their parts."""
    found: list[Task] = []
    for block in blocks:
        if type(block) is Task:
            found.append(block)
        elif type(block) is Section:
            found.extend(printed_tasks(block.content))
    return tuple(found)
