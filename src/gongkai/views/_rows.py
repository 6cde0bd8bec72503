"""What a plan shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai.model import (
    Assignment,
    Block,
    Deadline,
    DeadlineKind,
    Paragraph,
    Plan,
    Role,
    Section,
    Stated,
    Task,
)
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "FLAGS",
    "Columns",
    "HeadingRow",
    "Row",
    "TaskList",
    "TaskRow",
    "TextRow",
    "columns_for",
    "due_words",
    "heading_words",
    "is_soft",
    "list_rows",
    "names",
    "rows",
    "section_words",
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
    """A task, or a part of one: then ``depth`` is more than 0.

    In a list of tasks ``listed`` is true, and ``section`` says in few words where the task stands.
    """

    task: Task
    depth: int = 0
    listed: bool = False
    section: str = ""

    @property
    def label(self) -> str:
        """The printed number; a part that has none is called by its key, in a list every task."""
        label = clean(self.task.label or "")
        return label or (clean(self.task.key or "") if self.depth or self.listed else "")

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
        ordered = sorted(self.task.deadlines, key=is_soft)
        each: dict[str, Deadline] = {}
        for deadline in ordered:
            each.setdefault(deadline.text, deadline)
        return tuple(each.values())


@final
@frozen
class TaskList:
    """Tasks with the headings that each stands below, the outermost first.

    Attributes:
        tasks: the tasks.
        paths: the headings of each, as printed.
    """

    tasks: tuple[Task, ...]
    paths: tuple[tuple[str, ...], ...]


def is_soft(deadline: Deadline) -> bool:
    """Whether a deadline matters less: it stands in a sentence, or it is a duration and no day.

    >>> is_soft(Deadline.by_month(2024, 10)), is_soft(Deadline.lasting(20, "workday", "20个工作日内"))
    (False, True)
    """
    return deadline.stated == Stated.SENTENCE or deadline.kind == DeadlineKind.WITHIN


@final
@frozen
class Columns:
    """Which columns the tasks at hand need.

    Attributes:
        section: whether there is a column for the section.
        lead: whether those who lead have a column of their own: where at least half of the tasks that name
            anybody name a lead. Elsewhere it would stand nearly empty.
        others: whether there is a column for the others; without one for leads, for everybody.
        due: whether any task has a deadline.
    """

    section: bool
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
        section=any(row.section for row in found),
        lead=lead,
        others=any(row.others or not lead for row in named),
        due=any(row.deadlines for row in found),
    )


#: What else an assignment says of those that it names, in the order in which it is told.
FLAGS: Final = ("open", "severally", "inherited")

Row: TypeAlias = HeadingRow | TextRow | TaskRow


def task_rows(task: Task, depth: int = 0, *, listed: bool = False, section: str = "") -> Iterator[TaskRow]:
    """Yield a task and its parts, depth first."""
    yield TaskRow(task, depth, listed, section)
    for part in task.parts:
        yield from task_rows(part, depth + 1, listed=listed, section=section)


def list_rows(found: TaskList) -> list[TaskRow]:
    """Return the tasks of a list with their parts, each with its section."""
    pairs = zip(found.tasks, found.paths, strict=True)
    return [row for task, path in pairs for row in task_rows(task, listed=True, section=section_words(path))]


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


def tasks_of(thing: Plan | Section | Task | Iterable[Task]) -> TaskList:
    """The printed tasks of whatever holds tasks.

    Raises:
        TypeError: it holds something else.
    """
    if isinstance(thing, (Plan, Section)):
        held = tuple(_placed(thing.content, ()))
        return TaskList(tuple([task for task, _ in held]), tuple([path for _, path in held]))
    found = (thing,) if isinstance(thing, Task) else tuple(thing)
    for item in found:
        if type(item) is not Task:
            raise TypeError(f"expected a plan, a section or tasks, got {type(item).__name__} among them")
    return TaskList(found, ((),) * len(found))


def _placed(blocks: Iterable[Block], path: tuple[str, ...]) -> Iterator[tuple[Task, tuple[str, ...]]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _placed(block.content, (*path, heading_words(block)))
        elif isinstance(block, Task):
            yield block, path


def heading_words(section: Section) -> str:
    """The heading with its label, as printed."""
    label, heading = clean(section.label or ""), clean(section.heading)
    return f"{label} {heading}" if label and label[-1].isascii() else f"{label}{heading}"


#: How much of a heading stands in a column.
_SHORT: Final = 12


def section_words(path: Sequence[str]) -> str:
    """The last of the headings in few words.

    >>> section_words(["一、深化重点领域信息公开", "（一）推进基本民生保障领域信息公开"])
    '（一）推进基本民生保障…'
    """
    last = path[-1] if path else ""
    return last if len(last) <= _SHORT else last[: _SHORT - 1] + "…"


def names(assignment: Assignment, say: Words, *, lead: bool = False) -> str:
    """The departments of an assignment as one line; the role is told, unless it is plain responsibility.

    ``lead`` says whether to tell the role of those who lead too, where no column does.

    >>> from gongkai.views._words import words
    >>> names(Assignment("cooperate", ["区财政局", "区司法局"], open=True), words("zh"))
    '配合：区财政局、区司法局等'
    """
    line = "、".join([clean(name) for name in assignment.names])
    line += "".join([say[f"flags.{flag}"] for flag in FLAGS if getattr(assignment, flag)])
    if assignment.role not in {Role.LEAD, Role.RESPONSIBLE} or (lead and assignment.role == Role.LEAD):
        line = f"{say['roles.' + assignment.role]}{say.colon}{line}"
    return line


def due_words(row: TaskRow) -> str:
    """The deadlines as one line."""
    return "；".join([clean(deadline.text) for deadline in row.deadlines])
