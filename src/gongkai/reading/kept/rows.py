"""The rows of a workbook that gongkai wrote: whose each is, and which of its cells were changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gongkai.codec.keeping import (
    DIGEST_HEAD,
    INFO,
    KEY_HEAD,
    SHEET,
    Kept,
    KeptColumn,
    cell_digest,
    id_in,
    unpacked,
)
from gongkai.reading.extract import KeptCell, KeptSheet

__all__ = ["KeptRow", "is_ours", "kept_in", "rows_of"]


class KeptRow(NamedTuple):
    """A row of a table.

    Attributes:
        sheet: the sheet's name.
        number: the row's number on it, from 1.
        id: whose row it is, as ``task 37.2``; empty for one that somebody added.
        columns: the columns of the table.
        cells: its cells, a column each; None where somebody removed the column.
        digests: what its cells were when they were written.
        others: cells of columns that somebody added, with their heads.
        alone: whether only its first cell says something.
    """

    sheet: str
    number: int
    id: str
    columns: tuple[KeptColumn, ...]
    cells: tuple[KeptCell | None, ...]
    digests: tuple[str, ...]
    others: tuple[tuple[str, KeptCell], ...]
    alone: bool

    def text(self, at: int) -> str:
        """What a cell says."""
        cell = self.cells[at]
        return "" if cell is None else cell.text.strip()

    def is_changed(self, at: int) -> bool:
        """Tell whether a cell was changed since it was written; of an added row, whether it is full."""
        cell = self.cells[at]
        if cell is None:
            return False
        if at >= len(self.digests):
            return bool(cell.text)
        return cell_digest(cell.text) != self.digests[at]

    @property
    def changes(self) -> int:
        """How many of its cells were changed, those of columns that somebody added among them."""
        return sum(map(self.is_changed, range(len(self.cells)))) + len(self.others)


def is_ours(sheets: Iterable[KeptSheet]) -> bool:
    """Tell whether gongkai wrote a workbook: it has its hidden sheet, or a table with the hidden columns."""
    return any(sheet.name == SHEET or any(cell.text == KEY_HEAD for cell in sheet.cells) for sheet in sheets)


def kept_in(sheets: Iterable[KeptSheet]) -> Kept | None:
    """Return what the hidden sheet holds; None where there is none, or it was changed."""
    for sheet in sheets:
        if sheet.name == SHEET:
            return unpacked([cell.text for cell in sheet.cells if cell.column == 0])
    return None


def rows_of(sheet: KeptSheet, columns: Sequence[KeptColumn]) -> Iterator[KeptRow]:
    """Yield the rows of a sheet that has our hidden columns; those above the heads are its title alone.

    Args:
        sheet: the sheet.
        columns: the columns of the workbook's tables.
    """
    head = next((cell for cell in sheet.cells if cell.text == KEY_HEAD), None)
    if head is None or not sheet.shown:
        return
    rows: dict[int, dict[int, KeptCell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    heads = rows[head.row]
    digest = next((at for at, cell in heads.items() if cell.text == DIGEST_HEAD), -1)
    table = tuple(columns)
    places = _places(table, heads)
    if -1 in places and -1 not in (about := _places(INFO, heads)):
        table, places = INFO, about
    ours = {head.column, digest, *places}
    more = [(cell.text.strip(), at) for at, cell in heads.items() if at not in ours]
    for number, row in sorted(rows.items()):
        id_ = id_in(row[head.column].text) if head.column in row else ""
        if number == head.row or (number < head.row and not id_):
            continue
        digests = tuple(row[digest].text.split()) if digest in row and id_ else ()
        said = {at for at in row if at not in {head.column, digest}}
        if not said and not id_:
            continue
        cells = tuple([None if at < 0 else row.get(at) or KeptCell(number, at, "") for at in places])
        others = tuple([(name, row[at]) for name, at in more if at in row])
        alone = len(said) <= 1 and bool(cells) and (not said or min(said) <= max(places[0], 0))
        yield KeptRow(sheet.name, number + 1, id_, table, cells, digests, others, alone)


def _places(columns: Sequence[KeptColumn], heads: dict[int, KeptCell]) -> list[int]:
    """Return where each column stands on the sheet, by its head; -1 for one that is gone."""
    free = {at: cell_digest(cell.text) for at, cell in sorted(heads.items())}
    places: list[int] = []
    for column in columns:
        at = next((at for at, text in free.items() if text == cell_digest(column.head)), -1)
        free.pop(at, None)
        places.append(at)
    return places
