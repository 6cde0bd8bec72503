"""What a plan shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, final

from attrs import frozen

from gongkai.model import Assignment, Block, Deadline, Paragraph, Plan, Role, Section, Stated, Task
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "Columns",
    "HeadingRow",
    "Row",
    "TaskRow",
    "TextRow",
    "columns_for",
    "due_words",
    "heading_words",
    "names",
    "rows",
    "task_rows",
    "tasks_of",
]


@final
@frozen
class HeadingRow:
    """The heading of a section, which stands ``depth`` sections deep."""

    section: Section
    depth: int


@final
@frozen
class TextRow:
    """A paragraph."""

    paragraph: Paragraph


@final
@frozen
class TaskRow:
    """A task, or a part of one: then ``depth`` is more than 0."""

    task: Task
    depth: int = 0

    @property
    def label(self) -> str:
        """The printed number; a part that has none is called by its key."""
        label = clean(self.task.label or "")
        return label or (clean(self.task.key or "") if self.depth else "")

    @property
    def leads(self) -> tuple[Assignment, ...]:
        """Who leads."""
        return tuple([item for item in self.task.assignments if item.role == Role.LEAD])

    @property
    def others(self) -> tuple[Assignment, ...]:
        """Who holds any other role."""
        return tuple([item for item in self.task.assignments if item.role != Role.LEAD])

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines, those of the clause or the column first, each wording once."""
        ordered = sorted(self.task.deadlines, key=lambda deadline: deadline.stated == Stated.SENTENCE)
        each: dict[str, Deadline] = {}
        for deadline in ordered:
            each.setdefault(deadline.text, deadline)
        return tuple(each.values())


@final
@frozen
class Columns:
    """Which columns the tasks at hand need.

    Attributes:
        lead: whether those who lead have a column of their own: where at least half of the tasks that name
            anybody name a lead. Elsewhere it would stand nearly empty.
        others: whether there is a column for the others; without one for leads, for everybody.
        due: whether any task has a deadline.
    """

    lead: bool
    others: bool
    due: bool

    def leads(self, row: TaskRow) -> tuple[Assignment, ...]:
        """Who stands in the column of leads."""
        return row.leads if self.lead else ()

    def rest(self, row: TaskRow) -> tuple[Assignment, ...]:
        """Who stands in the column of the others."""
        return row.others if self.lead else row.task.assignments


def columns_for(found: Sequence[TaskRow]) -> Columns:
    """Look through the tasks for what they have."""
    named = [row for row in found if row.task.assignments]
    lead = bool(named) and 2 * sum(bool(row.leads) for row in named) >= len(named)
    return Columns(
        lead=lead,
        others=any(row.others or not lead for row in named),
        due=any(row.deadlines for row in found),
    )


Row: TypeAlias = HeadingRow | TextRow | TaskRow


def task_rows(task: Task, depth: int = 0) -> Iterator[TaskRow]:
    """Yield a task and its parts, depth first."""
    yield TaskRow(task, depth)
    for part in task.parts:
        yield from task_rows(part, depth + 1)


def rows(blocks: Iterable[Block], depth: int = 0) -> Iterator[Row]:
    """Yield headings, paragraphs and tasks in printed order, a task before its parts."""
    for block in blocks:
        if isinstance(block, Section):
            yield HeadingRow(block, depth)
            yield from rows(block.content, depth + 1)
        elif isinstance(block, Task):
            yield from task_rows(block)
        else:
            yield TextRow(block)


def tasks_of(thing: Plan | Section | Task | Iterable[Task]) -> tuple[Task, ...]:
    """The printed tasks of whatever holds tasks.

    Raises:
        TypeError: it holds something else.
    """
    if isinstance(thing, (Plan, Section)):
        return thing.tasks
    found = (thing,) if isinstance(thing, Task) else tuple(thing)
    for item in found:
        if type(item) is not Task:
            raise TypeError(f"expected a plan, a section or tasks, got {type(item).__name__} among them")
    return found


def heading_words(section: Section) -> str:
    """The heading with its label, as printed."""
    label, heading = clean(section.label or ""), clean(section.heading)
    return f"{label} {heading}" if label and label[-1].isascii() else f"{label}{heading}"


def names(assignment: Assignment, say: Words, *, lead: bool = False) -> str:
    """The departments of an assignment as one line; the role is told, unless it is plain responsibility.

    ``lead`` says whether to tell the role of those who lead too, where no column does.

    >>> from gongkai.views._words import words
    >>> names(Assignment("cooperate", ["区财政局", "区司法局"], open=True), words("zh"))
    '配合：区财政局、区司法局等'
    """
    line = "、".join([clean(name) for name in assignment.names])
    if assignment.open:
        line += say["flags.open"] if say.language == "zh" else f" {say['flags.open']}"
    flags = [say[f"flags.{flag}"] for flag in ("severally", "inherited") if getattr(assignment, flag)]
    if flags:
        line += f"（{'、'.join(flags)}）" if say.language == "zh" else f" ({', '.join(flags)})"
    if assignment.role not in {Role.LEAD, Role.RESPONSIBLE} or (lead and assignment.role == Role.LEAD):
        line = f"{say['roles.' + assignment.role]}{say.colon}{line}"
    return line


def due_words(row: TaskRow) -> str:
    """The deadlines as one line."""
    return "；".join([clean(deadline.text) for deadline in row.deadlines])
