"""A plan as a person sees it in print: lines and tables, without any layout.

What writes documents (Word, web pages) prints these; what reads them back holds what a file carries beside
its print against :func:`shown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from gongkai.codec.text import LEAD_IN, clause_of, printed_label, record_pairs
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Block, Notice, Paragraph, Plan, PlanKind, Role, Section, Stated, Task

__all__ = [
    "Cell",
    "Grid",
    "Line",
    "Part",
    "Printed",
    "printable",
    "printed",
    "record_pairs",
    "shown",
    "shown_lines",
    "shown_record",
]


class Part(NamedTuple):
    """A stretch of a line.

    Attributes:
        kind: ``label``, ``text``, ``clause`` or ``lead-in``.
        text: its characters.
    """

    kind: str
    text: str


class Line(NamedTuple):
    """A paragraph in print.

    Attributes:
        role: what it is: ``mark`` (发文机关标志), ``number`` (发文字号), ``notice-title``, ``addressees``,
            ``body``, ``signatory``, ``seal``, ``date``, ``disclosure``, ``title``, ``section``,
            ``paragraph`` or ``task``.
        parts: its stretches, in order.
    """

    role: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join([part.text for part in self.parts])


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        lines: its paragraphs.
        column: where it begins, from 0.
        columns: how many columns it spans.
        rows: how many rows it spans.
    """

    lines: tuple[Line, ...]
    column: int
    columns: int = 1
    rows: int = 1


class Grid(NamedTuple):
    """A table.

    Attributes:
        columns: what its columns hold: ``number``, ``task``, a role, ``deadline`` or ``extra``.
        heads: the heads of its columns.
        rows: the rows below the head, each with the cells that begin in it.
    """

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Printed: TypeAlias = Line | Grid

#: The heads of the columns of a task table.
_HEADS: Final = {
    "number": "序号",
    "task": "工作任务",
    Role.LEAD: "牵头单位",
    Role.RESPONSIBLE: "责任单位",
    Role.COOPERATE: "配合单位",
    Role.SUPPORT: "支持单位",
    Role.GUIDE: "指导单位",
    "deadline": "完成时限",
}
_LETTER: Final = "函"
#: What stands behind the issuer in a notice's title.
_ABOUT: Final = "关于"
_LONGEST_NAME: Final = 40


@cache
def _unprintable() -> re.Pattern[str]:
    """What XML 1.0 and HTML have no place for: control characters, lone surrogates, non-characters."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return text in which what no document can hold is replaced by a sign that is seen.

    >>> from gongkai.codec.printing import printable
    >>> printable("公开\\x00目录\\x0b。\\ufffe")
    '公开␀目录␋。�'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _unprintable().sub(_sign, lines)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _line(role: str, *parts: tuple[str, str]) -> Line:
    return Line(role, tuple([Part(kind, printable(text)) for kind, text in parts if text]))


def printed(plan: Plan) -> tuple[Printed, ...]:
    """Return the lines and tables of a plan, in order: the covering notice, then the plan itself.

    A plan that is a task table, or has other columns, is printed as a table. Of the record only the number of
    the document is in print, above a notice.

    Raises:
        InvalidValue: its sections are nested more deeply than Python can follow.

    >>> from gongkai import Assignment, Plan, Task
    >>> from gongkai.codec.printing import printed
    >>> plan = Plan("要点", [Task("公开目录。", label="1.", assignments=[Assignment.lead("区司法局")])])
    >>> [(line.role, line.text) for line in printed(plan)]
    [('title', '要点'), ('task', '1.公开目录。（区司法局牵头）')]
    """
    try:
        return tuple([each for each in _items(plan) if isinstance(each, Grid) or each.text])
    except RecursionError:
        expected = "a plan whose sections and parts are nested less deeply"
        raise InvalidValue("write", "thing", plan.title, expected) from None  # its repr goes as deep


def _items(plan: Plan) -> Iterator[Printed]:
    notice = plan.notice
    if notice is not None:
        yield from _head(plan)
        yield from _notice(notice)
    if plan.title and (notice is None or plan.title != notice.title):
        yield _line("title", ("text", plan.title))
    yield from _blocks(plan.preamble)
    yield from [_grid(plan)] if _is_table(plan) else _blocks(plan.content)
    yield from _blocks(plan.closing)


def shown(plan: Plan) -> str:
    """Return the characters that a plan shows in print, in order, without white space."""
    return "".join(shown_lines(plan).split())


def shown_record(plan: Plan) -> str:
    """Return the characters of a record that is shown as a table, key and value in turn."""
    pairs = record_pairs(plan.record)
    return "".join("".join([printable(text) for pair in pairs for text in pair]).split())


def shown_lines(plan: Plan) -> str:
    """Return the lines that a plan shows in print; those of a table's cells one below the other."""
    return "\n".join([line.text for line in _lines(printed(plan))])


def _lines(items: Iterable[Printed]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Line):
            yield item
        else:
            yield from [_line("head", ("text", head)) for head in item.heads]
            for row in item.rows:
                for cell in row:
                    yield from cell.lines


def _head(plan: Plan) -> Iterator[Line]:
    """The red head; a letter's says the office alone (GB/T 9704-2012, 7.2.4, 7.2.5, 10.1)."""
    number = plan.record.document_number
    issuer = _issuer(plan)
    if issuer:
        letter = number is not None and number.code.endswith(_LETTER)
        yield _line("mark", ("text", issuer), ("text", "" if letter else "文件"))
    if number is not None:
        yield _line("number", ("text", str(number)))


def _issuer(plan: Plan) -> str:
    """Who issues a notice, by the full name: who signs, else whom its title names, else the record."""
    notice = plan.notice
    named, about, _ = notice.title.partition(_ABOUT) if notice else ("", "", "")
    titled = named if about and 0 < len(named) <= _LONGEST_NAME else ""
    return (notice.signatory if notice else None) or titled or plan.issuer or ""


def _notice(notice: Notice) -> Iterator[Line]:
    yield _line("notice-title", ("text", notice.title))
    if notice.addressees:
        yield _line("addressees", ("text", "，".join(notice.addressees)), ("text", "："))
    for text in notice.body:
        yield _line("body", ("text", text))
    yield _line("signatory", ("text", notice.signatory or ""))
    if notice.sealed_by:
        yield _line("seal", ("text", f"（{notice.sealed_by}代章）"))
    if notice.issued_on is not None:
        day = notice.issued_on
        yield _line("date", ("text", f"{day.year}年{day.month}月{day.day}日"))
    if notice.disclosure:
        yield _line("disclosure", ("text", f"（{notice.disclosure}）"))


def _blocks(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        label = ("label", printed_label(block.label))
        if isinstance(block, Section):
            yield _line("section", label, ("text", block.heading))
            yield from _blocks(block.content)
        elif isinstance(block, Paragraph):
            yield _line("paragraph", label, ("text", block.text))
        else:
            yield from _task(block)


def _task(task: Task) -> Iterator[Line]:
    label, clause = printed_label(task.label), clause_of(task)
    parts = [("label", label), ("text", task.text), ("clause", clause)]
    for part in task.parts:
        if part.label is None:
            parts += [("lead-in", LEAD_IN if task.text or clause else "")]
            parts += [("text", part.text), ("clause", clause_of(part))]
    yield _line("task", *parts)
    for part in task.parts:
        if part.label is not None:
            yield from _task(part)


def _is_table(plan: Plan) -> bool:
    return any([*plan.tasks]) and (
        plan.kind is PlanKind.TASK_TABLE or any(task.extras for task in plan.all_tasks)
    )


def _grid(plan: Plan) -> Grid:
    tasks = plan.all_tasks
    columns: list[tuple[str, str]] = []
    if any(task.label for task in tasks):
        columns.append(("number", _HEADS["number"]))
    columns.append(("task", _HEADS["task"]))
    roles = {assignment.role for task in tasks for assignment in task.assignments}
    columns += [(role, _HEADS[role]) for role in Role if role in roles]
    if any(_times(task) for task in tasks):
        columns.append(("deadline", _HEADS["deadline"]))
    names = dict.fromkeys(name for task in tasks for name, _ in task.extras)
    columns += [("extra", printable(name)) for name in names]
    rows = _rows(plan.content, columns, tuple(names))
    return Grid(
        tuple([holds for holds, _ in columns]), tuple([head for _, head in columns]), tuple(_merged(rows))
    )


def _times(task: Task) -> list[str]:
    return [deadline.text for deadline in task.deadlines if deadline.stated is not Stated.SENTENCE]


class _Row(NamedTuple):
    """A row before cells are merged; in ``inherited`` those that a cell above may stand for."""

    cells: tuple[Cell, ...]
    inherited: frozenset[int] = frozenset()


def _rows(
    blocks: Iterable[Block], columns: Sequence[tuple[str, str]], names: Sequence[str]
) -> Iterator[_Row]:
    for block in blocks:
        if isinstance(block, Task):
            for task in block.walk():
                yield _task_row(task, columns, names)
            continue
        text = block.heading if isinstance(block, Section) else block.text
        line = _line(block.kind, ("label", printed_label(block.label)), ("text", text))
        if line.text:
            yield _Row((Cell((line,), 0, len(columns)),))
        if isinstance(block, Section):
            yield from _rows(block.content, columns, names)


def _task_row(task: Task, columns: Sequence[tuple[str, str]], names: Sequence[str]) -> _Row:
    cells: list[Cell] = []
    inherited: set[int] = set()
    first_extra = len(columns) - len(names)
    for at, (holds, _) in enumerate(columns):
        texts: list[str]
        match holds:
            case "number":
                texts = [task.label or ""]
            case "task":
                texts = [task.text]
            case "deadline":
                texts = ["、".join(_times(task))]
            case "extra":
                texts = [text for name, text in task.extras if name == names[at - first_extra]]
            case _:
                held = [assignment for assignment in task.assignments if assignment.role == holds]
                texts = [_names(assignment) for assignment in held]
                if held and all(assignment.inherited for assignment in held):
                    inherited.add(at)
        cells.append(Cell(tuple([_line("cell", ("text", text)) for text in texts if text]), at))
    return _Row(tuple(cells), frozenset(inherited))


def _names(assignment: Assignment) -> str:
    names = "、".join(assignment.names)
    return names + ("等" if assignment.open else "") + ("（分别负责）" if assignment.severally else "")


def _merged(rows: Iterable[_Row]) -> list[tuple[Cell, ...]]:
    """Merge what a task has from the row above with the cell there that says the same."""
    found: list[list[Cell]] = []
    origins: dict[
        int, tuple[int, int]
    ] = {}  # by column: the row and the place in it of the cell that goes on
    for number, row in enumerate(rows):
        kept: list[Cell] = []
        if len(row.cells) == 1:
            origins = {}
        for cell in row.cells:
            above = origins.get(cell.column)
            if above and cell.column in row.inherited and found[above[0]][above[1]].lines == cell.lines:
                held = found[above[0]][above[1]]
                found[above[0]][above[1]] = held._replace(rows=number - above[0] + 1)
            else:
                origins[cell.column] = (number, len(kept))
                kept.append(cell)
        found.append(kept)
    return [tuple(row) for row in found]
