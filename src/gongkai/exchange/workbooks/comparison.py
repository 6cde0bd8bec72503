"""A diff as a 对照表: old and new side by side, what went struck through, what came underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from gongkai.comparing.diffing.changes import Status, Subject
from gongkai.comparing.diffing.redlining import Run, redline
from gongkai.errors import InvalidValue
from gongkai.exchange._diff_table import diff_csv
from gongkai.exchange.workbooks.cells import heads
from gongkai.exchange.workbooks.grids import rows_in
from gongkai.exchange.workbooks.paper import (
    BODY,
    CENTRED,
    HEAD,
    LONGEST,
    NOTE,
    TITLE,
    Look,
    across,
    escaped,
    height_of,
    new_book,
    print_setup,
    put,
    put_row,
    saved,
    units,
)
from gongkai.views._words import words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from gongkai.comparing import Diff
    from gongkai.views import Language

__all__ = ["diff_book"]

#: Of the columns of the table for spreadsheets those that are printed, with how wide they are.
_WIDTHS: Final = {
    0: 8.0,
    2: 18.0,
    3: 8.0,
    5: 42.0,
    7: 16.0,
    9: 12.0,
    4: 8.0,
    6: 42.0,
    8: 16.0,
    10: 12.0,
    12: 36.0,
}
_PAIRS: Final = ((5, 6), (7, 8), (9, 10))
_FILLS: Final = {
    Status.CHANGED: "FFF6DB",
    Status.ADDED: "E2F3E0",
    Status.REMOVED: "FBE4E1",
    Status.MOVED: "E4EDFA",
    Status.SPLIT: "EDE6F8",
    Status.MERGED: "EDE6F8",
    Status.REGROUPED: "EDE6F8",
}
_TOLD: Final = 12
_HEAD_ROW: Final = 3
#: Longer texts are shown without marks: so many cuts help nobody.
_LONGEST_MARKED: Final = 8_000


def diff_book(diff: Diff, language: Language) -> bytes:
    """Return a diff as a workbook: a row for each correspondence in which something changed.

    Raises:
        InvalidValue: a text is longer than a cell can hold.
        MissingExtra: openpyxl is not installed.
    """
    from openpyxl.utils import get_column_letter

    book = new_book()
    say = words(language)
    names = heads()["grids"]["diff"]
    sheet = book.create_sheet(names[language])
    table = rows_in(diff_csv(diff, language=language, mark=False))
    rows = [row for row in diff.rows if row.status is not Status.SAME]
    widths = list(_WIDTHS.values())
    count = len(widths)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    title = heads()["grids"]["beside"][language].format(old=diff.old.title, new=diff.new.title)
    across(sheet, 1, count, title, TITLE._replace(size=16), sum(widths))
    counts = Counter([row.status for row in rows if row.subject is Subject.TASK])
    told = [f"{say[f'statuses.{status}']} {number}" for status, number in counts.items()]
    across(sheet, 2, count, "　".join(told), NOTE, sum(widths))
    put_row(sheet, _HEAD_ROW, [table[0][at] for at in _WIDTHS], [HEAD] * count, widths)
    for number, (row, cells) in enumerate(zip(rows, table[1:], strict=True), _HEAD_ROW + 1):
        looks = _looks(row.status)
        if row.subject is not Subject.TASK:
            _write_other(sheet, number, cells, looks[0], widths)
            continue
        put_row(sheet, number, [cells[at] for at in _WIDTHS], looks, widths)
        for old, new in _PAIRS:
            _mark(sheet, number, old, cells[old], cells[new], is_old=True)
            _mark(sheet, number, new, cells[old], cells[new], is_old=False)
    last, end = get_column_letter(count), _HEAD_ROW + len(rows)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{end}"
    print_setup(sheet, head_row=_HEAD_ROW, last_column=last, last_row=end)
    return saved(book)


def _write_other(
    sheet: Worksheet, row: int, cells: Sequence[str], look: Look, widths: Sequence[float]
) -> None:
    """Write what changed of a heading, a paragraph or the document over the whole width."""
    count = len(widths)
    put_row(
        sheet, row, [cells[0], cells[1], *[""] * (count - 2)], [look, CENTRED, *[BODY] * (count - 2)], widths
    )
    put(sheet, row, 3, cells[_TOLD])
    sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=count)
    sheet.row_dimensions[row].height = height_of([(cells[_TOLD], sum(widths[2:]))], BODY.size)


def _looks(status: Status) -> list[Look]:
    looks = [BODY if width > 12 else CENTRED for width in _WIDTHS.values()]
    return [looks[0]._replace(fill=_FILLS.get(status, "")), *looks[1:]]


def _mark(sheet: Worksheet, row: int, column: int, old: str, new: str, *, is_old: bool) -> None:
    """Mark in a cell what its side alone says; a text of one side only is marked as a whole."""
    own = old if is_old else new
    if not own or old == new or max(len(old), len(new)) > _LONGEST_MARKED:
        return
    gone: Literal["removed", "added"] = "removed" if is_old else "added"
    runs: Sequence[Run] = redline(old, new) if old and new else [(gone, own)]
    kept = [(mark, escaped(text)) for mark, text in runs if mark in {"same", gone} and text]
    if not any(mark == gone for mark, _ in kept):
        return
    if units("".join([text for _, text in kept])) > LONGEST:
        raise InvalidValue(
            "write", "text", own, f"at most {LONGEST:,} characters, which is what a cell can hold"
        )
    sheet.cell(row, list(_WIDTHS).index(column) + 1).value = _rich(kept, is_old=is_old)  # type: ignore[assignment]


def _rich(runs: Sequence[tuple[str, str]], *, is_old: bool) -> object:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    plain = InlineFont(rFont=BODY.font, sz=BODY.size, charset=134)
    marked = InlineFont(
        rFont=BODY.font,
        sz=BODY.size,
        charset=134,
        color=Color("FFC0392B" if is_old else "FF1F6FB2"),
        strike=True if is_old else None,
        u=None if is_old else "single",
    )
    return CellRichText([TextBlock(plain if mark == "same" else marked, text) for mark, text in runs])
