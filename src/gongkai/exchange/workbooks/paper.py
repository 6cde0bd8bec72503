"""A workbook as an office prints it: A4 across, fonts by name, borders, rows as high as their text.

Text comes from documents, so no cell of it is a formula, whatever it begins with; names of sheets and running
heads hold none of a document's codes. The same content gives the same bytes: no clock goes in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from unicodedata import east_asian_width

from gongkai.errors import InvalidValue, MissingExtra

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "BODY",
    "CENTRED",
    "HEAD",
    "LONGEST",
    "MOST_ROWS",
    "NOTE",
    "SECTION",
    "TITLE",
    "Look",
    "across",
    "escaped",
    "height_of",
    "new_book",
    "print_setup",
    "put",
    "put_day",
    "put_row",
    "saved",
    "sheet_name",
    "units",
]

#: What a cell can hold (Excel's own bounds).
LONGEST: Final = 32_767
MOST_ROWS: Final = 1_048_576
_HIGHEST: Final = 409.0
_LONGEST_NAME: Final = 31
#: The day that stands in every file in place of the day of writing: zip counts from it.
_DAY_ZERO: Final = (1980, 1, 1, 0, 0, 0)
#: Columns of so much width together can still be read on a page across.
_A4_HOLDS: Final = 240
_A3_HOLDS: Final = 340
_CORE: Final = "docProps/core.xml"


class Look(NamedTuple):
    """How a cell looks.

    Attributes:
        font: the font's name; a program that lacks it takes another of the same character set.
        size: in points.
        bold: whether it is bold.
        across: ``left`` or ``center``.
        down: ``top`` or ``center``.
        fill: the colour behind it, as RRGGBB; empty for none.
        ruled: whether it has borders.
        colour: the colour of its text, as RRGGBB.
    """

    font: str = "仿宋"
    size: float = 11
    bold: bool = False
    across: str = "left"
    down: str = "center"
    fill: str = ""
    ruled: bool = True
    colour: str = ""


TITLE: Final = Look("方正小标宋简体", 20, across="center", ruled=False)
HEAD: Final = Look("黑体", 11, across="center", fill="E7ECF3")
SECTION: Final = Look("黑体", 11.5, fill="F5F6F8")
BODY: Final = Look()
CENTRED: Final = Look(across="center")
NOTE: Final = Look("楷体", 10.5, ruled=False)


def new_book() -> Workbook:
    """Return a workbook without sheets.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("documents", "writing .xlsx files") from None
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "gongkai"
    return book


@cache
def _unsafe() -> re.Pattern[str]:
    """What XML cannot hold, and what would be read as an escape of it."""
    return re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    r"""Return a text as a cell holds it (ISO/IEC 29500-1, 22.9.2.19); a broken character becomes U+FFFD.

    >>> escaped("a\x0bb_x0041_\r\n")
    'a_x000B_b_x005F_x0041_\n'
    """
    whole = text.replace("\r\n", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _unsafe().sub(lambda found: f"_x{ord(found[0]):04X}_", whole)


def units(text: str) -> int:
    """Return how many characters a text has as Excel counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def put(
    sheet: Worksheet, row: int, column: int, text: str, look: Look = BODY, *, about: str = "text"
) -> Cell:
    """Write a text into a cell; it is text, whatever it begins with.

    Raises:
        InvalidValue: the text is longer than a cell can hold, or the row is none that a sheet has.
    """
    value = escaped(text)
    if units(value) > LONGEST:
        expected = f"at most {LONGEST:,} characters, which is what a cell can hold; shorten or split it"
        raise InvalidValue("write", about, text, expected)
    cell = _cell(sheet, row, column)
    if value:
        cell.value = value
        cell.data_type = "s"
    dress(cell, look)
    # Typed into once more, a text that begins so would become a formula; the mark says that it is text.
    if _begins_formula().match(text):
        cell.quotePrefix = True
    return cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell to write into: texts go in before cells are merged."""
    if row > MOST_ROWS:
        expected = (
            f"what fits into {MOST_ROWS:,} rows, which is what a sheet can hold; write .csv or .parquet"
        )
        raise InvalidValue("write", "rows", row, expected)
    return cast("Cell", sheet.cell(row, column))


def put_day(sheet: Worksheet, row: int, column: int, day: date | None, look: Look = CENTRED) -> Cell:
    """Write a day into a cell, as a day that can be sorted by."""
    cell = _cell(sheet, row, column)
    if day is not None and day.year >= 1900:
        cell.value = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - sheets know no zones
    dress(cell, look)
    cell.number_format = "yyyy-mm-dd"
    return cell


@cache
def _begins_formula() -> re.Pattern[str]:
    return re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠%|']")


def dress(cell: Cell, look: Look) -> None:
    """Give a cell its look."""
    font, place, border, fill = _dress(look)
    cell.font = font
    cell.alignment = place
    cell.border = border
    cell.fill = fill


@cache
def _dress(look: Look) -> tuple[Font, Alignment, Border, PatternFill]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color="FF808080")
    colour = f"FF{look.colour}" if look.colour else None
    font = Font(name=look.font, sz=look.size, b=look.bold, charset=134, color=colour)
    place = Alignment(horizontal=look.across, vertical=look.down, wrap_text=True)
    border = Border(left=side, right=side, top=side, bottom=side) if look.ruled else Border()
    fill = PatternFill("solid", fgColor=f"FF{look.fill}") if look.fill else PatternFill()
    return font, place, border, fill


def height_of(texts: Iterable[tuple[str, float]], size: float, *, least: float = 20) -> float:
    """Return how high a row must be, in points, for each of its texts to be seen whole.

    Args:
        texts: the text of each cell with the width of its column, in characters as Excel counts widths.
        size: the size of the font, in points.
        least: what a row is at least.

    >>> height_of([("公开目录。", 20)], 11) < 25, height_of([("公开目录。" * 20, 20)], 11) > 100
    (True, True)
    """
    lines = max((_lines(text, width, size) for text, width in texts), default=1)
    return min(max(least, lines * size * 1.45 + 6), _HIGHEST)


def _lines(text: str, width: float, size: float) -> int:
    room = max((7 * width - 6) / (size * 2 / 3), 2)  # half-width characters a line, at 96 dots an inch
    return sum([max(1, -(-_wide(line) // int(room))) for line in text.split("\n")])


def _wide(text: str) -> int:
    return sum([2 if east_asian_width(sign) in "WFA" else 1 for sign in text])


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet may have, and no other one has: 31 characters, no ``[]:*?/\\``, no quotes.

    >>> sheet_name("区委/区政府[办]", []), sheet_name("区财政局", ["区财政局"])
    ('区委_区政府_办_', '区财政局 2')
    """
    bare = (
        re.sub(r"[\[\]:*?/\\'\"!\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "_", wanted).strip().strip("'")
    )
    bare = re.sub(r"^[=+\-@＝＋－＠]", "_", bare) or "_"
    used = {name.casefold() for name in taken} | {"history", "gongkai"}
    name, number = _short(bare, ""), 2
    while name.casefold() in used:
        name = _short(bare, f" {number}")
        number += 1
    return name


def _short(name: str, more: str) -> str:
    while units(name + more) > _LONGEST_NAME:
        name = name[:-1]
    return name.rstrip(" '") + more


def print_setup(
    sheet: Worksheet, *, head_row: int, last_column: str, last_row: int, width: float = 0
) -> None:
    """Set a sheet up for A4 across: heads on each page, as wide as the page, page numbers below.

    Args:
        sheet: the sheet.
        head_row: the row of the heads.
        last_column: the letters of the last column that is printed.
        last_row: the last row that is printed.
        width: how wide the columns are; wide tables are printed on A3, and very wide ones on several pages
            side by side, the first column on each.
    """
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9 if width <= _A4_HOLDS else 8  # A3
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = max(1, -(-int(width) // _A3_HOLDS))
    if width > _A3_HOLDS:
        sheet.print_title_cols = "A:A"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.75, 0.3, 0.35
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_area = f"A1:{last_column}{last_row}"
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页", size=9))


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes, the same for the same content."""
    from openpyxl.xml.functions import tostring

    raw = io.BytesIO()
    book.save(raw)
    book.properties.created = book.properties.modified = datetime(*_DAY_ZERO)  # noqa: DTZ001
    core = cast("bytes", tostring(book.properties.to_tree()))
    target = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            about = zipfile.ZipInfo(entry.filename, _DAY_ZERO)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            out.writestr(about, core if entry.filename == _CORE else source.read(entry))
    return target.getvalue()


def put_row(
    sheet: Worksheet, row: int, texts: Sequence[str], looks: Sequence[Look], widths: Sequence[float]
) -> None:
    """Write a row of texts, as high as they need."""
    for column, (text, look) in enumerate(zip(texts, looks, strict=True), 1):
        put(sheet, row, column, text, look)
    size = max([look.size for look in looks], default=11)
    sheet.row_dimensions[row].height = height_of(zip(texts, widths, strict=True), size)


def across(sheet: Worksheet, row: int, count: int, text: str, look: Look, width: float) -> None:
    """Write a text over the whole width."""
    for column in range(1, count + 1):
        put(sheet, row, column, text if column == 1 else "", look)
    if count > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=count)
    least = 34 if look is TITLE else 20
    sheet.row_dimensions[row].height = height_of([(text, width)], look.size, least=least)
