"""Task tables made from plans: grids of text, in the layouts that offices use, and the tasks one should read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongkai import Assignment, Plan, Section, Task
from gongkai.model import Role

#: What columns are called, by what they hold: the first word is the usual one.
HEADS = {
    "number": ("序号", "编号"),
    "section": ("工作领域", "类别"),
    "text": ("工作任务", "重点任务", "任务内容"),
    "lead": ("牵头单位", "主办单位", "牵头部门"),
    "responsible": ("责任单位", "责 任 单 位", "承办科室"),
    "cooperate": ("配合单位", "协办单位", "参与部门"),
    "deadline": ("完成时限", "时限要求", "完成时间"),
    "remark": ("备注", "备  注"),
}
ROLES = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "cooperate": Role.COOPERATE}


class Layout(NamedTuple):
    """How a table is laid out.

    Attributes:
        name: what it is called in tests.
        columns: what its columns hold, from left to right.
        title: whether the title stands in the first row, over all columns.
        sections: where headings stand: in a ``row`` over all columns, or merged in a ``column``.
        word: which of the words for a head it uses.
        share: whether neighbours' cells with the same bodies or deadline are merged into one.
        between: what stands between names in a cell.
    """

    name: str
    columns: tuple[str, ...]
    title: bool = False
    sections: str = "row"
    word: int = 0
    share: bool = False
    between: str = "、"


LAYOUTS = (
    Layout("plain", ("number", "text", "lead", "responsible", "cooperate", "deadline")),
    Layout(
        "titled",
        ("number", "text", "responsible", "lead", "cooperate", "deadline", "remark"),
        title=True,
        word=1,
    ),
    Layout(
        "merged",
        ("section", "number", "text", "lead", "responsible", "cooperate", "deadline"),
        sections="column",
    ),
    Layout("mixed", ("number", "deadline", "lead", "responsible", "cooperate", "text"), word=2, between="\n"),
    Layout("shared", ("number", "text", "lead", "responsible", "cooperate", "deadline"), share=True),
)


class Grid(NamedTuple):
    """A table as texts.

    Attributes:
        rows: the texts of its cells.
        merged: the merged cells, as (first row, first column, last row, last column).
        heads: how many rows of heads it has, from the first row on.
    """

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    heads: int

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])


class Row(NamedTuple):
    """One row as it should be read: what it says of one task.

    Attributes:
        heading: the heading of the section that it stands in.
        text: the task's text.
        bodies: the bodies, by role.
        deadline: the deadline as printed.
    """

    heading: str
    text: str
    bodies: tuple[tuple[Role, tuple[str, ...]], ...]
    deadline: str


def rows_of(plan: Plan) -> list[Row]:
    """The rows of a plan: its tasks with assignments, those of one section together."""
    return [
        _row(section.heading, task)
        for section in plan.sections
        for task in section_tasks(section)
        if task.assignments and "\n" not in task.text
    ]


def section_tasks(section: Section) -> Iterator[Task]:
    """The tasks of a section and of those in it; of a task with parts the parts."""
    for block in section.content:
        if isinstance(block, Section):
            yield from section_tasks(block)
        elif isinstance(block, Task):
            yield from block.parts or (block,)


def _row(heading: str, task: Task) -> Row:
    bodies: dict[Role, tuple[str, ...]] = {}
    for assignment in task.assignments:
        role = assignment.role if assignment.role in ROLES.values() else Role.COOPERATE
        bodies[role] = bodies.get(role, ()) + assignment.names
    deadline = next((found.text for found in task.deadlines if found.stated == "clause"), "")
    return Row(heading, task.text, tuple(sorted(bodies.items())), deadline)


def read_rows(plan: Plan) -> list[Row]:
    """The rows that were read from a table."""
    return [
        Row(section.heading, task.text, _bodies(task.assignments), _column(task))
        for section in plan.sections
        for task in section_tasks(section)
    ]


def _bodies(assignments: tuple[Assignment, ...]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    return tuple(sorted((assignment.role, assignment.names) for assignment in assignments))


def _column(task: Task) -> str:
    return next((found.text for found in task.deadlines if found.stated == "column"), "")


def grid_of(rows: list[Row], layout: Layout, title: str) -> Grid:
    """The table of some rows in a layout."""
    columns = layout.columns
    width = len(columns)
    made: list[tuple[str, ...]] = []
    merged: list[tuple[int, int, int, int]] = []
    if layout.title:
        made.append((title, *[""] * (width - 1)))
        merged.append((0, 0, 0, width - 1))
    made.append(tuple(HEADS[column][min(layout.word, len(HEADS[column]) - 1)] for column in columns))
    heads = len(made)
    heading = ""
    numbers: list[int] = []
    for at, row in enumerate(rows, 1):
        if layout.sections == "row" and row.heading != heading:
            heading = row.heading
            merged.append((len(made), 0, len(made), width - 1))
            made.append((heading, *[""] * (width - 1)))
        numbers.append(len(made))
        made.append(tuple(_cell(column, row, at, layout.between) for column in columns))
    shared = {"section"} | ({"lead", "responsible", "cooperate", "deadline"} if layout.share else set())
    for column, what in enumerate(columns):
        if what in shared:
            merged += _runs(made, numbers, column)
    covered = {
        (at, column)
        for top, left, bottom, right in merged
        for at in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (at, column) != (top, left)
    }
    cleared = [
        tuple("" if (at, column) in covered else text for column, text in enumerate(texts))
        for at, texts in enumerate(made)
    ]
    return Grid(tuple(cleared), tuple(merged), heads)


def _cell(column: str, row: Row, number: int, between: str) -> str:
    if column in ROLES:
        return between.join(name for role, names in row.bodies if role == ROLES[column] for name in names)
    texts = {"number": str(number), "section": row.heading, "text": row.text, "deadline": row.deadline}
    return texts.get(column, "")


def _runs(
    made: list[tuple[str, ...]], numbers: list[int], column: int
) -> Iterator[tuple[int, int, int, int]]:
    """Neighbours in a column that say the same."""
    start = numbers[0]
    for before, at in zip(numbers, [*numbers[1:], -1], strict=True):
        if at != before + 1 or made[at][column] != made[start][column]:
            if before > start and made[start][column]:
                yield start, column, before, column
            start = at
