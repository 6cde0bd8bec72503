"""A plan as a ledger (台账) that departments fill in: a workbook that ``gongkai.read_ledger`` takes back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.codec.keeping import Kept, KeptColumn
from gongkai.comparing.alignment.finest import finest_tasks, heading_of
from gongkai.errors import InvalidValue
from gongkai.exchange.ledger.days import due_of
from gongkai.exchange.ledger.dressing import dress_up
from gongkai.exchange.ledger.words import words
from gongkai.exchange.saving import save
from gongkai.exchange.workbooks.cells import columns_for, task_cell
from gongkai.exchange.workbooks.paper import (
    BODY,
    CENTRED,
    HEAD,
    NOTE,
    TITLE,
    Look,
    across,
    height_of,
    new_book,
    print_setup,
    put,
    put_day,
    put_row,
    saved,
    sheet_name,
)
from gongkai.exchange.workbooks.task_table import keep_columns, keep_plan, keep_row
from gongkai.model import Plan, Progress, Task
from gongkai.views import Language

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["HEAD_ROW", "ledger_book", "ledger_columns", "write_ledger"]

HEAD_ROW: Final = 3
_OWN: Final = ("due", "status", "percent", "completed_on", "note", "who", "alert")
_WIDTHS: Final = {
    "number": 7.0,
    "section": 17.0,
    "task": 46.0,
    "deadline": 13.0,
    "role": 9.0,
    "due": 11.0,
    "status": 10.0,
    "percent": 9.5,
    "completed_on": 11.5,
    "note": 26.0,
    "who": 10.0,
    "alert": 10.0,
}
_ROLE_WIDTH: Final = 16.0
_CENTRED: Final = frozenset(
    {"number", "deadline", "role", "due", "status", "percent", "completed_on", "who", "alert"}
)
_FILL: Final = HEAD._replace(fill="FFF1B8")


class _Sheet(NamedTuple):
    """One sheet of a ledger: the tasks on it, and whose it is."""

    name: str
    department: str | None
    tasks: tuple[tuple[Task, str], ...]


def write_ledger(
    plan: Plan,
    path: str | os.PathLike[str],
    *,
    by_department: bool = False,
    progress: Iterable[Progress] = (),
    today: date | None = None,
    language: Language = "zh",
    replace: bool = False,
) -> None:
    """Write a plan as a ledger that departments fill in; whole or not at all.

    A row for each task with text of its own: what the plan says of it, then columns for status, progress, day
    of completion, what was done and who is in charge. Overdue tasks are red, those due within 30 days yellow,
    done ones green. :func:`read_ledger` takes it back, whatever was sorted, inserted or sent around.

    Args:
        plan: the plan.
        path: where to; the suffix is .xlsx.
        by_department: whether each department has a sheet of its own, for tasks in which it has a role, and a
            summary stands in front; otherwise all tasks stand on one sheet.
        progress: what is known already, and is filled in.
        today: the day that colours and alerts count from; by default the day on which the file is opened.
        language: the language of labels, ``zh`` or ``en``.
        replace: whether a file that is there gives way.

    Raises:
        FileExistsError: there is a file, and it is not to be replaced.
        InvalidValue: the suffix is another, or a text is longer than a cell can hold.
        MissingExtra: openpyxl is not installed.
        OSError: the file cannot be written; what was there is as it was.

    >>> import gongkai
    >>> from tempfile import TemporaryDirectory
    >>> plan = gongkai.examples.load("chenghu-2024")
    >>> with TemporaryDirectory() as folder:
    ...     gongkai.write_ledger(plan, f"{folder}/台账.xlsx", progress=[gongkai.Progress("1", "done")])
    ...     gongkai.read_ledger(f"{folder}/台账.xlsx").progress
    (<Progress 1 done>,)
    """
    if PurePath(path).suffix.lower() != ".xlsx":
        raise InvalidValue("write_ledger", "path", str(path), "a file name that ends in .xlsx")
    book = ledger_book(plan, by_department=by_department, progress=progress, today=today, language=language)
    save(path, book, replace=replace)


def ledger_columns(plan: Plan, language: Language, *, by_department: bool) -> list[KeptColumn]:
    """Return the columns of a plan's ledger."""
    say = words()["columns"]
    own = ("role", *_OWN) if by_department else _OWN
    return [
        *columns_for(plan, language, section=True, extras=False),
        *[KeptColumn(name, say[name][language]) for name in own],
    ]


def ledger_book(
    plan: Plan,
    *,
    by_department: bool,
    progress: Iterable[Progress],
    today: date | None,
    language: Language,
) -> bytes:
    """Return the bytes of a ledger."""
    book = new_book()
    say = words()
    columns = ledger_columns(plan, language, by_department=by_department)
    known = {item.key: item for item in progress}
    tasks = tuple([(task, heading_of(sections)) for task, sections in finest_tasks(plan)])
    sheets = [_Sheet(say["sheets"]["ledger"][language], None, tasks)]
    if by_department:
        sheets = _by_department(tasks, language)
        _write_summary(book, plan, sheets, language)
    for sheet in sheets:
        _write_sheet(book, plan, sheet, columns, known, today, language)
    keep_plan(book, Kept("ledger", plan, tuple(columns)))
    book.calculation.fullCalcOnLoad = True
    return saved(book)


def _by_department(tasks: Sequence[tuple[Task, str]], language: Language) -> list[_Sheet]:
    held: dict[str | None, list[tuple[Task, str]]] = {}
    for task, section in tasks:
        names = dict.fromkeys([body.name for body in task.departments])
        for name in names or (None,):
            held.setdefault(name, []).append((task, section))
    say = words()["sheets"]
    taken = [say["summary"][language]]
    found: list[_Sheet] = []
    for department, rows in held.items():
        name = sheet_name(department or say["nobody"][language], taken)
        taken.append(name)
        found.append(_Sheet(name, department, tuple(rows)))
    return found


def _write_sheet(
    book: Workbook,
    plan: Plan,
    sheet: _Sheet,
    columns: Sequence[KeptColumn],
    known: dict[str, Progress],
    today: date | None,
    language: Language,
) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    widths = [_WIDTHS.get(column.holds, _ROLE_WIDTH) for column in columns]
    count = len(columns)
    for at, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    say = words()["titles"]
    form = say["department" if sheet.department else "ledger"][language]
    across(page, 1, count, form.format(title=plan.title, department=sheet.department), TITLE, sum(widths))
    across(page, 2, count, say["guide"][language], NOTE, sum(widths))
    fills = [words()["columns"].get(column.holds, {}).get("fill", False) for column in columns]
    put_row(
        page,
        HEAD_ROW,
        [column.head for column in columns],
        [_FILL if fill else HEAD for fill in fills],
        widths,
    )
    keep_columns(page, HEAD_ROW, count)
    for row, (task, section) in enumerate(sheet.tasks, HEAD_ROW + 1):
        cells = _Cells(task, section, sheet.department, known.get(task.key or ""), language)
        _write_row(page, row, cells, columns, widths)
    last_row = HEAD_ROW + len(sheet.tasks)
    dress_up(page, columns, HEAD_ROW, last_row, today, language)
    last = get_column_letter(count)
    page.freeze_panes = f"{get_column_letter(_at(columns, 'task') + 1)}{HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{max(last_row, HEAD_ROW)}"
    print_setup(page, head_row=HEAD_ROW, last_column=last, last_row=last_row)


def _at(columns: Sequence[KeptColumn], holds: str) -> int:
    return next(at for at, column in enumerate(columns, 1) if column.holds == holds)


class _Cells:
    """What stands in the cells of a row."""

    def __init__(
        self, task: Task, section: str, department: str | None, known: Progress | None, language: Language
    ) -> None:
        self.task = task
        self.section = section
        self.known = known
        self.department = department
        self.language = language

    def text(self, column: KeptColumn) -> str:
        known = self.known
        match column.holds:
            case "number":
                return self.task.label or self.task.key or ""
            case "section":
                return self.section
            case "due":
                return str(due_of(self.task) or "")
            case "role":
                return self._roles()
            case "status":
                status = known and known.status
                return words()["statuses"][status.value][self.language] if status else ""
            case "percent":
                return f"{known.percent}%" if known and known.percent is not None else ""
            case "completed_on":
                return str(known.completed_on) if known and known.completed_on else ""
            case "note":
                return known.note if known else ""
            case "who":
                return known.who if known else ""
            case "alert":
                return ""
            case _:
                return task_cell(self.task, column)

    def _roles(self) -> str:
        say = words()["roles"]
        roles = dict.fromkeys(
            [item.role.value for item in self.task.assignments if self.department in item.names]
        )
        return "、".join([say[role][self.language] for role in roles])


def _write_row(
    page: Worksheet, row: int, cells: _Cells, columns: Sequence[KeptColumn], widths: Sequence[float]
) -> None:
    texts = [cells.text(column) for column in columns]
    looks: list[Look] = []
    for at, column in enumerate(columns, 1):
        look = CENTRED if column.holds in _CENTRED else BODY
        looks.append(look)
        if column.holds in {"due", "completed_on"}:
            day = due_of(cells.task) if column.holds == "due" else cells.known and cells.known.completed_on
            put_day(page, row, at, day, look)
        elif column.holds == "percent":
            cell = put(page, row, at, "", look)
            if cells.known is not None and cells.known.percent is not None:
                cell.value = cells.known.percent / 100
            cell.number_format = "0%"
        else:
            put(page, row, at, texts[at - 1], look, about=column.holds)
    page.row_dimensions[row].height = height_of(zip(texts, widths, strict=True), BODY.size, least=30)
    keep_row(page, row, len(columns), f"task {cells.task.key}", texts)


def _write_summary(book: Workbook, plan: Plan, sheets: Sequence[_Sheet], language: Language) -> None:
    say = words()
    page = book.create_sheet(say["sheets"]["summary"][language])
    widths = (34.0, 12.0, 12.0, 12.0, 12.0, 34.0)
    for letter, width in zip("ABCDEF", widths, strict=True):
        page.column_dimensions[letter].width = width
    across(
        page, 1, len(widths), say["titles"]["summary"][language].format(title=plan.title), TITLE, sum(widths)
    )
    put_row(page, 2, [row[language] for row in say["summary"].values()], [HEAD] * len(widths), widths)
    for row, sheet in enumerate(sheets, 3):
        roles = [
            {item.role.value for item in task.assignments if sheet.department in item.names}
            for task, _ in sheet.tasks
        ]
        counts = [sum([name in held for held in roles]) for name in ("lead", "responsible")]
        rest = sum([bool(held - {"lead", "responsible"}) for held in roles])
        texts = [sheet.department or sheet.name, *[""] * 4, sheet.name]
        put_row(page, row, texts, [BODY, *[CENTRED] * 4, BODY], widths)
        for at, count in enumerate((len(sheet.tasks), *counts, rest), 2):
            page.cell(row, at).value = count
    page.freeze_panes = "A3"
    print_setup(page, head_row=2, last_column="F", last_row=2 + len(sheets))
