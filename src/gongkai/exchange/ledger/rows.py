"""The rows of ledgers that came back, and whose each is: by its hidden key, else by its text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from gongkai.codec.keeping import KEY_HEAD, Kept, KeptColumn, cell_digest
from gongkai.comparing import align
from gongkai.exchange.ledger.words import words
from gongkai.exchange.workbooks.cells import heads, task_cell
from gongkai.model import Plan, Role, Task
from gongkai.reading.extract import Extract, KeptCell, KeptSheet
from gongkai.reading.kept.rows import KeptRow, rows_of
from gongkai.reading.tables.columns import holds

__all__ = ["ReturnedRow", "known_columns", "matched", "returned_rows"]

#: How far down the heads are looked for in a sheet without our hidden columns.
_HEADS_WITHIN: Final = 20
#: A sheet of a ledger has a column for the task, and one of these.
_NEEDED: Final = frozenset({"status", "percent", "completed_on", "note"})
_OF_PLAN: Final = frozenset({"number", "task", "deadline", *[role.value for role in Role]})


class ReturnedRow(NamedTuple):
    """A row that came back.

    Attributes:
        row: the row.
        file: the name of the file, without its folder.
        from_1904: whether the file counts its days from 1904.
    """

    row: KeptRow
    file: str
    from_1904: bool

    @property
    def place(self) -> str:
        """Where it stands, as 台账.xlsx 区财政局!12."""
        return f"{self.file} {self.row.sheet}!{self.row.number}".strip()

    def cell(self, name: str) -> KeptCell | None:
        """The cell of a column; None where the sheet has no such column."""
        found = (at for at, column in enumerate(self.row.columns) if column.holds == name)
        return next((self.row.cells[at] for at in found if self.row.cells[at] is not None), None)

    def text(self, name: str) -> str:
        """What the cell of a column says."""
        cell = self.cell(name)
        return "" if cell is None else cell.text.strip()


@cache
def known_columns() -> tuple[KeptColumn, ...]:
    """Return the columns of a ledger under every head that they may have."""
    found = [KeptColumn(name, head) for name, row in heads()["columns"].items() for head in row.values()]
    own = words()
    found += [KeptColumn(name, row[key]) for name, row in own["columns"].items() for key in ("zh", "en")]
    return tuple(found + [KeptColumn(name, head) for name, row in own["heads"].items() for head in row])


def returned_rows(came: Extract, kept: Kept | None, file: str) -> Iterator[ReturnedRow]:
    """Yield the rows of all sheets of a file that are those of a ledger."""
    for sheet in came.sheets:
        if not sheet.shown:
            continue
        if any(cell.text == KEY_HEAD for cell in sheet.cells):
            found = rows_of(sheet, kept.columns if kept is not None else _columns_of(sheet))
        else:
            found = _bare_rows(sheet)
        for row in found:
            if not row.alone or row.id:
                yield ReturnedRow(row, file, came.from_1904)


def _columns_of(sheet: KeptSheet) -> tuple[KeptColumn, ...]:
    """Return the columns of a sheet whose workbook lost what it kept, by their heads."""
    at = next(cell.row for cell in sheet.cells if cell.text == KEY_HEAD)
    named = [cell.text for cell in sheet.cells if cell.row == at and "gongkai:" not in cell.text]
    return tuple([KeptColumn(_meant(head) or "", head) for head in named])


def _meant(head: str) -> str | None:
    """Return what a column holds, by its head."""
    plain = _plain(head)
    found = next((column.holds for column in known_columns() if _plain(column.head) == plain), None)
    return found or holds(head)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _bare_rows(sheet: KeptSheet) -> Iterator[KeptRow]:
    """Yield the rows of a sheet that lost our hidden columns, below the row of its heads."""
    rows: dict[int, dict[int, KeptCell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    for number in sorted(rows)[:_HEADS_WITHIN]:
        meant = {at: _meant(cell.text) for at, cell in rows[number].items()}
        if "task" in meant.values() and not _NEEDED.isdisjoint(meant.values()):
            break
    else:
        return
    places = [at for at, what in meant.items() if what]
    columns = tuple([KeptColumn(meant[at] or "", rows[number][at].text) for at in places])
    for below in sorted(rows):
        row = rows[below]
        if below > number:
            cells = tuple([row.get(at) or KeptCell(below, at, "") for at in places])
            yield KeptRow(sheet.name, below + 1, "", columns, cells, (), (), len(row) == 1)


def matched(
    rows: Sequence[ReturnedRow], plan: Plan, tasks: Sequence[Task]
) -> tuple[list[tuple[ReturnedRow, Task]], list[tuple[ReturnedRow, Task]], list[ReturnedRow]]:
    """Return the rows by their keys, those by their texts, and those that are no task's.

    Args:
        rows: the rows that came back.
        plan: the plan.
        tasks: the tasks of the plan that a ledger has rows for.
    """
    by_id = {f"task {task.key}": task for task in tasks}
    texts: dict[str, list[Task]] = {}
    for task in tasks:
        texts.setdefault(cell_digest(task.text), []).append(task)
    sure: list[tuple[ReturnedRow, Task]] = []
    alike: list[tuple[ReturnedRow, Task]] = []
    left: list[ReturnedRow] = []
    for item in rows:
        own = by_id.get(item.row.id)
        same = texts.get(cell_digest(item.text("task")), [])
        if own is not None:
            sure.append((item, own))
        elif len(same) == 1:
            alike.append((item, same[0]))
        elif item.text("task"):
            left.append(item)
    found, unknown = _by_wording(left, plan)
    return sure, [*alike, *found], unknown


def _by_wording(
    rows: Sequence[ReturnedRow], plan: Plan
) -> tuple[list[tuple[ReturnedRow, Task]], list[ReturnedRow]]:
    """Match rows that say nearly what a task says."""
    if not rows:
        return [], []
    given = [Task(item.text("task"), key=f"row {at}") for at, item in enumerate(rows)]
    best: dict[str, tuple[float, Task]] = {}
    for link in align(plan, Plan(plan.title, given, year=plan.year)).links:
        held = best.get(link.new.key or "")
        if link.strength == "same" and (held is None or held[0] < link.score):
            best[link.new.key or ""] = (link.score, link.old)
    found = [(item, best[f"row {at}"][1]) for at, item in enumerate(rows) if f"row {at}" in best]
    return found, [item for at, item in enumerate(rows) if f"row {at}" not in best]


def with_written(item: ReturnedRow, task: Task) -> ReturnedRow:
    """Return a row with what its cells of the plan would say, where it does not know what they said."""
    if item.row.digests:
        return item
    digests = [
        cell_digest(task_cell(task, column) or _otherwise(task, column))
        if column.holds in _OF_PLAN
        else cell_digest("")
        for column in item.row.columns
    ]
    return item._replace(row=item.row._replace(digests=tuple(digests)))


def _otherwise(task: Task, column: KeptColumn) -> str:
    """What stands in a cell where the plan says nothing: a part without a number shows its key."""
    return task.key or "" if column.holds == "number" else ""
