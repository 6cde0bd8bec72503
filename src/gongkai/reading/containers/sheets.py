"""One sheet of a workbook: its cells as texts, its merged cells, what of it is hidden."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from gongkai._refusals import refused
from gongkai.reading.containers.archive import Archive
from gongkai.reading.containers.markup import Node, Step, steps
from gongkai.reading.containers.numberformats import format_of, shown
from gongkai.reading.extract import KeptCell
from gongkai.reading.lines import BLANK

__all__ = ["Book", "Merged", "Sheet", "read_sheet", "text_of"]

_OUTER: Final = frozenset(["worksheet", "sheetData", "mergeCells", "cols"])
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
#: A sheet has so many rows and columns at most.
_ROWS: Final = 2**20
_COLUMNS: Final = 2**14
#: So many columns of merged cells are looked through: no sheet that a person made has a tenth of them.
_MERGED: Final = 5_000_000
#: Characters that XML cannot hold are written so (18.18.93 ST_Xstring).
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Merged(NamedTuple):
    """Cells that were merged into one."""

    row: int
    column: int
    last_row: int
    last_column: int


class Sheet(NamedTuple):
    """What a sheet shows.

    Attributes:
        cells: the cells that say something, row by row; of merged cells the first alone.
        merged: the merged cells among them, by their row and column.
        hidden: how many rows and columns that say something are hidden.
        unsaid: how many formulas have no stored result.
        heads: what is printed above each page, line by line.
        feet: what is printed below each page, line by line.
    """

    cells: Sequence[KeptCell]
    merged: dict[tuple[int, int], Merged]
    hidden: int
    unsaid: int
    heads: Sequence[str]
    feet: Sequence[str]


class Book(NamedTuple):
    """What the cells of all sheets refer to.

    Attributes:
        strings: the texts that cells share.
        formats: the number format of each style of cells.
        from_1904: whether days are counted from 1904.
    """

    strings: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


def text_of(node: Node) -> str:
    """Return the text of an element of text: plain, or in stretches of one look; readings are left out."""
    parts = [
        piece.text
        for child in node.children
        for piece in ([child] if child.name == "t" else child.all("t") if child.name == "r" else ())
    ]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Return a text with its escaped characters, and line ends as they are here."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _character(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(code: int) -> str:
    return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"


def number_formats(styles: Node | None) -> list[str]:
    """Return the number format of each style of cells."""
    if styles is None:
        return []
    listing, uses = styles.first("numFmts"), styles.first("cellXfs")
    own = {
        node.attributes.get("numFmtId", ""): node.attributes.get("formatCode", "General")
        for node in (listing.all("numFmt") if listing else ())
    }
    numbers = [node.attributes.get("numFmtId", "0") for node in (uses.all("xf") if uses else ())]
    return [own[number] if number in own else format_of(_number(number, 0)) for number in numbers]


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


class _Reader:
    """Takes the rows of a sheet, in order."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cells: list[KeptCell] = []
        self.merged: list[Merged] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.unsaid = 0
        self.row = -1

    def take_row(self, node: Node) -> None:
        """Take in a row; one without a number stands below the one before."""
        self.row = _number(node.attributes.get("r", ""), self.row + 2) - 1
        if not 0 <= self.row < _ROWS:
            return
        if node.attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in node.children:
            place = cell.attributes.get("r")
            column = column + 1 if place is None else _place(place)[1]
            if cell.children and 0 <= column < _COLUMNS:
                text = self._text(cell)
                if text and not text.isspace() and text.strip(BLANK):
                    self.cells.append(KeptCell(self.row, column, text, _stored(cell)))

    def _text(self, cell: Node) -> str:
        value = cell.first("v")
        kind = cell.attributes.get("t", "n")
        if kind == "inlineStr":
            inline = cell.first("is")
            return text_of(inline) if inline else ""
        if value is None or not value.text:
            self.unsaid += cell.first("f") is not None and kind != "str"
            return ""
        text = value.text
        if kind == "s":
            at = _number(text.strip(), len(self.book.strings))
            return self.book.strings[at] if at < len(self.book.strings) else ""
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "d":
            return text.partition("T")[0] if text.endswith("T00:00:00") else text.replace("T", " ")
        if kind != "n":
            return unescaped(text)
        style = _number(cell.attributes.get("s", "0"), 0)
        format_ = self.book.formats[style] if style < len(self.book.formats) else "General"
        return shown(text, format_, from_1904=self.book.from_1904)

    def take_merged(self, node: Node) -> None:
        """Take in a merge: ``A1:C1``."""
        first, _, last = node.attributes.get("ref", "").partition(":")
        (row, column), (last_row, last_column) = _place(first), _place(last)
        if 0 <= row <= last_row and 0 <= column <= last_column:
            self.merged.append(Merged(row, column, last_row, last_column))

    def take_columns(self, node: Node) -> None:
        """Take in what is said of columns."""
        facts = node.attributes
        if facts.get("hidden") in {"1", "true"}:
            self.hidden_columns.append(
                (_number(facts.get("min", ""), 1) - 1, _number(facts.get("max", ""), 0) - 1)
            )


def _stored(cell: Node) -> str:
    """Return the number that a cell holds, where it holds one."""
    value = cell.first("v")
    return value.text if value is not None and cell.attributes.get("t", "n") == "n" else ""


def _place(reference: str) -> tuple[int, int]:
    """Return the row and the column of a reference, from 0; -1 for what is none.

    >>> from gongkai.reading.containers.sheets import _place
    >>> _place("C7"), _place("XFD1048576"), _place("7")
    ((6, 2), (1048575, 16383), (-1, -1))
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return -1, -1
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def read_sheet(archive: Archive, part: str, book: Book) -> Sheet:
    """Return what a sheet shows.

    Raises:
        ReadError: the part is damaged, or exceeds the bounds.
    """
    reader = _Reader(book)
    heads: list[str] = []
    feet: list[str] = []
    for step, node in steps(archive, part, _OUTER):
        if step is not Step.WHOLE:
            continue
        if node.name == "row":
            reader.take_row(node)
        elif node.name == "mergeCell":
            reader.take_merged(node)
        elif node.name == "col":
            reader.take_columns(node)
        elif node.name == "headerFooter":
            heads += [line for child in node.children if "Header" in child.name for line in _printed(child)]
            feet += [line for child in node.children if "Footer" in child.name for line in _printed(child)]
    reader.cells.sort(key=lambda cell: (cell.row, cell.column))
    cells, merged = _visible(archive.origin, part, reader)
    rows = {cell.row for cell in cells} & reader.hidden_rows
    hidden = _within(sorted({cell.column for cell in cells}), reader.hidden_columns)
    return Sheet(cells, merged, len(rows) + hidden, reader.unsaid, heads, feet)


def _within(columns: list[int], ranges: list[tuple[int, int]]) -> int:
    """Count the columns that lie in one of the ranges, which may overlap."""
    found, seen = 0, -1
    for first, last in sorted(ranges):
        found += max(0, bisect_right(columns, last) - bisect_left(columns, max(first, seen + 1)))
        seen = max(seen, last)
    return found


def _visible(origin: str, part: str, reader: _Reader) -> tuple[list[KeptCell], dict[tuple[int, int], Merged]]:
    """Return the cells without those that lie under merged ones, and the merged cells that say something."""
    if not reader.merged:
        return reader.cells, {}
    columns = sorted({cell.column for cell in reader.cells})
    waiting = sorted(reader.merged, reverse=True)
    over: dict[int, Merged] = {}  # what lies over each column, in the row that is looked at
    cells: list[KeptCell] = []
    merged: dict[tuple[int, int], Merged] = {}
    left = _MERGED
    for cell in reader.cells:
        while waiting and waiting[-1].row <= cell.row:
            found = waiting.pop()
            before = over.get(found.column)
            if found.last_row < cell.row or (before is not None and before.last_row >= found.row):
                continue
            wide = columns[bisect_left(columns, found.column) : bisect_right(columns, found.last_column)]
            left -= len(wide) + 1
            if left < 0:
                raise refused(origin, "part-merged", part=part)
            over.update(dict.fromkeys(wide, found))
        lying = over.get(cell.column)
        if lying is None or lying.last_row < cell.row:
            cells.append(cell)
        elif (lying.row, lying.column) == (cell.row, cell.column):
            cells.append(cell)
            merged[cell.row, cell.column] = lying
    return cells, merged


#: The codes of running heads (18.3.1.46): a part of the line, a font, a size, a colour; page, date, file ….
_PART: Final = re.compile(r"&[LCR]")
_CODE: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])')


def _printed(node: Node) -> list[str]:
    """Return the lines of a running head without its codes; what stands for numbers prints nothing."""
    parts = [_CODE.sub("", part).replace("&&", "&") for part in _PART.split(unescaped(node.text))]
    return [line for part in parts for line in part.split("\n") if line.strip(BLANK)]
