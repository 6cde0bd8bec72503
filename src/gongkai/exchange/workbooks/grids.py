"""Tables as workbooks: a title, heads, rows; wide columns for texts, narrow ones for numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from gongkai.exchange._cells import bare
from gongkai.exchange.consolidation import consolidation_csv
from gongkai.exchange.merge_table import merge_csv
from gongkai.exchange.sheets import coverage_csv, history_csv
from gongkai.exchange.workbooks.cells import heads
from gongkai.exchange.workbooks.paper import (
    BODY,
    CENTRED,
    HEAD,
    TITLE,
    across,
    new_book,
    print_setup,
    put_row,
    saved,
)
from gongkai.tables import make

if TYPE_CHECKING:
    from gongkai.comparing import Coverage, History
    from gongkai.exchange.writing import Writable
    from gongkai.merging import Consolidation, Merge
    from gongkai.views import Language

__all__ = [
    "any_workbook",
    "consolidation_book",
    "coverage_book",
    "grid_book",
    "history_book",
    "merge_book",
    "rows_in",
]

#: How wide a column is at least and at most, in characters as Excel counts them.
_NARROW: Final = 9.0
_WIDE: Final = 40.0
#: Columns that are no wider than this hold labels, and are centred.
_LABELS: Final = 14.0
#: So many rows are looked at to see how wide their columns should be.
_LOOKED_AT: Final = 400


def any_workbook(thing: Writable, language: Language) -> bytes:
    """The table that says most of a thing."""
    return _book("table", make(thing).to_csv(language=language, mark=False), "", language)


def coverage_book(cover: Coverage, language: Language) -> bytes:
    """A coverage: a row a task of the reference, then what the plan has beyond it."""
    title = f"{cover.plan.title} ← {cover.reference.title}"
    return _book("coverage", coverage_csv(cover, language=language), title, language)


def history_book(history: History, language: Language) -> bytes:
    """A history: a row for each thread in each plan that has it."""
    return _book("history", history_csv(history, language=language), "", language)


def consolidation_book(table: Consolidation, language: Language) -> bytes:
    """A table of matters, a matter a row."""
    return _book("consolidation", consolidation_csv(table, language=language, mark=False), "", language)


def merge_book(merge: Merge, language: Language) -> bytes:
    """A merge: a row for each conflict, then one for each decision."""
    return _book("merge", merge_csv(merge, language=language, mark=False), merge.plan.title, language)


def rows_in(text: str) -> list[list[str]]:
    """Return the cells of a table of ours as they were before they were guarded.

    >>> rows_in("a,'=1")
    [['a', '=1']]
    """
    return [
        [bare(cell) for cell in row]
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    ]


def _book(name: str, text: str, title: str, language: Language) -> bytes:
    """A table without the columns that say nothing."""
    sheet = heads()["grids"][name][language]
    rows = rows_in(text)
    used = [at for at in range(len(rows[0])) if name == "table" or any(row[at] for row in rows[1:])]
    kept = [[row[at] for at in used] for row in rows] if used else rows
    return grid_book(sheet, f"{title} {sheet}".strip() if title else sheet, kept)


def grid_book(name: str, title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as a workbook; the first row has the heads.

    Raises:
        InvalidValue: a text is longer than a cell can hold.
        MissingExtra: openpyxl is not installed.
    """
    from openpyxl.utils import get_column_letter

    book = new_book()
    sheet = book.create_sheet(name)
    widths = _widths(rows)
    count = len(widths)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    across(sheet, 1, count, title, TITLE._replace(size=16), sum(widths))
    looks = [CENTRED if width <= _LABELS else BODY for width in widths]
    for row, cells in enumerate(rows, 2):
        full = [*cells, *[""] * (count - len(cells))]
        put_row(sheet, row, full, [HEAD] * count if row == 2 else looks, widths)
    last, end = get_column_letter(count), len(rows) + 1
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{last}{end}"
    print_setup(sheet, head_row=2, last_column=last, last_row=end, width=sum(widths))
    return saved(book)


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return how wide each column is: as its texts are, within bounds; long texts are wrapped."""
    count = max(map(len, rows), default=1)
    found = [_NARROW] * count
    for row in rows[:_LOOKED_AT]:
        for at, text in enumerate(row):
            longest = max(map(_wide, text.split("\n")))
            found[at] = max(found[at], min(longest + 2.0, _WIDE))
    return found


def _wide(text: str) -> int:
    return sum([2 if east_asian_width(sign) in "WFA" else 1 for sign in text[:60]])
