"""From the blocks of a document to one text, and where everything stands in it."""

from __future__ import annotations

from gongkai.model import Finding, Place, PlaceKind
from gongkai.reading.containers.pdf.blocks import Block, Noted, Paragraph, Placed, Rows, blocks_of
from gongkai.reading.containers.pdf.furniture import furniture_of
from gongkai.reading.containers.pdf.glyphs import UNKNOWN, Sheet
from gongkai.reading.containers.pdf.joining import Layout, shares_of
from gongkai.reading.containers.pdf.pages import Area, Page, page_of
from gongkai.reading.extract import Extract, Noise, PrintedCell, PrintedTable
from gongkai.reading.findings import finding
from gongkai.reading.lines import make_span

__all__ = ["written"]


def written(sheets: list[Sheet]) -> Extract:
    """Return the text of pages, with their places, their furniture and their tables."""
    pages: list[Page] = []
    for sheet in sheets:
        pages.append(page_of(sheet, pages[-1].columns if pages else None))
    furniture = furniture_of(pages)
    dropped = {line for around in furniture for line in around.lines}
    areas = [
        Area([line for line in part.lines if id(line) not in dropped], part.page, beside=part.beside)
        for page in pages
        for part in page.parts
        if isinstance(part, Area)
    ]
    writer = _Writer()
    for block in blocks_of(pages, furniture, Layout(areas)):
        writer.block(block)
    text = "".join(writer.parts)
    return Extract(
        text,
        "application/pdf",
        noise=tuple(writer.noise),
        tables=tuple(writer.tables),
        places=tuple(writer.places),
        findings=tuple(_findings(sheets, text)),
    )


class _Writer:
    """Puts blocks into one text, and notes where things stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []
        self.noise: list[Noise] = []
        self.tables: list[PrintedTable] = []
        self.page = 0
        self.inside: list[tuple[PlaceKind, str]] = []  # the table and the cell that is being written

    def block(self, block: Block) -> None:
        """Write one block, in lines of its own."""
        if isinstance(block, Rows):
            self._table(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block.lines)
        else:
            self._noted(block)

    def _noted(self, noted: Noted) -> None:
        self._turn_to(noted.page)
        start = self.length
        self._write(noted.text)
        self.noise.append(Noise(start, self.length, noted.name))
        self._write("\n")

    def _paragraph(self, lines: list[Placed]) -> tuple[int, int]:
        """Write a paragraph, and return where it stands."""
        self._turn_to(lines[0][0])
        start = self.length
        for (page, _), share in zip(lines, shares_of([line for _, line in lines]), strict=True):
            self._turn_to(page)
            self._write(share)
        end = self.length
        self._write("\n")
        return start, end

    def _table(self, rows: Rows) -> None:
        start = self.length
        cells: list[PrintedCell] = []
        self.inside = [(PlaceKind.TABLE, str(len(self.tables) + 1))]
        self._place(*self.inside[0])
        for held in rows.cells:
            row, column, height, width, *_ = held.box
            cell = (PlaceKind.CELL, _name(row, column))
            self.inside[1:] = [cell]
            if held.paragraphs:
                self._place(*cell)
            paragraphs = tuple(self._paragraph(lines) for lines in held.paragraphs)
            cells.append(PrintedCell(row, column, height, width, paragraphs))
        self.inside.clear()
        if self.length > start:
            self.tables.append(PrintedTable(start, self.length, tuple(cells)))
        self._place(PlaceKind.PAGE, str(self.page))  # what comes below stands in no table

    def _turn_to(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self._place(PlaceKind.PAGE, str(page))
            for kind, name in self.inside:
                self._place(kind, name)

    def _place(self, kind: PlaceKind, name: str) -> None:
        self.places.append(Place(self.length, kind, name))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _name(row: int, column: int) -> str:
    """Return the name of a cell, as ``B7``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _findings(sheets: list[Sheet], text: str) -> list[Finding]:
    found: list[Finding] = []
    pictures = [sheet.number for sheet in sheets if sheet.pictures and not sheet.glyphs]
    if pictures:
        found.append(finding("pages-without-text", pages=_numbers(pictures)))
    unknown = sum(sheet.unmapped for sheet in sheets)
    if unknown:
        at = text.find(UNKNOWN)
        span = make_span(at, at + 1, ()) if at >= 0 else None
        found.append(finding("characters-unknown", span, count=unknown))
    alike = sum(sheet.alike for sheet in sheets)
    if alike:
        found.append(finding("characters-alike", count=alike))
    return found


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:10]))
    return shown if len(pages) <= 10 else f"{shown}…"
