"""From pages to blocks: paragraphs and tables, which pages do not end."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, TypeAlias

from gongkai.reading.containers.pdf.furniture import Furniture
from gongkai.reading.containers.pdf.grids import Box
from gongkai.reading.containers.pdf.joining import Layout, begins_item, cell_paragraphs, fills_cell
from gongkai.reading.containers.pdf.lines import Line
from gongkai.reading.containers.pdf.pages import Area, Page, Table
from gongkai.reading.pages import TERMINAL

__all__ = ["Block", "Noted", "Paragraph", "Placed", "Rows", "blocks_of"]

#: A line and the number of its page.
Placed: TypeAlias = tuple[int, Line]
#: A cell and its paragraphs, before they have their place in the table.
_Cell: TypeAlias = tuple[Box, list[list[Placed]]]

#: Columns of a table that goes on stand in the same places but for so many points.
_SAME: Final = 6.0


#: Between a line of a table and its text are so many points, more or less.
_PADDING: Final = 6.0


class Noted:
    """A line of page furniture: its page, its text, what it is."""

    __slots__ = ("name", "page", "text")

    def __init__(self, page: int, text: str, name: str) -> None:
        self.page = page
        self.text = text
        self.name = name


class Paragraph:
    """The lines of a paragraph, each with its page."""

    __slots__ = ("lines",)

    def __init__(self, page: int, line: Line) -> None:
        self.lines = [(page, line)]


class Held:
    """A cell of a table: where it stands, and its paragraphs, each as its lines with their pages."""

    __slots__ = ("box", "paragraphs")

    def __init__(self, box: Box, paragraphs: list[list[Placed]]) -> None:
        self.box = box
        self.paragraphs = paragraphs


class Rows:
    """A table, over as many pages as it goes on.

    Attributes:
        xs: where its columns begin and end.
        rows: how many rows it has.
        cells: its cells, row by row.
        widest: how wide the widest text in each column is.
    """

    __slots__ = ("cells", "rows", "widest", "xs")

    def __init__(self, page: int, table: Table) -> None:
        self.xs = table.grid.xs
        self.widest: dict[tuple[int, int], float] = defaultdict(float)
        for box, lines in table.cells:
            column = (box.column, box.columns)
            for line in lines:
                room = box.right - box.left - 2 * _PADDING - line.size / 2
                self.widest[column] = max(self.widest[column], line.width, room)
        self.rows = 0
        self.cells: list[Held] = []
        self._add([(box, self._paragraphs(page, box, lines)) for box, lines in table.cells])
        self.rows = len(table.grid.ys) - 1

    def _add(self, cells: list[_Cell]) -> None:
        self.cells += [Held(box._replace(row=box.row + self.rows), paragraphs) for box, paragraphs in cells]

    def _paragraphs(self, page: int, box: Box, lines: list[Line]) -> list[list[Placed]]:
        widest = self.widest[box.column, box.columns]
        return [[(page, line) for line in run] for run in cell_paragraphs(lines, widest)]

    def takes(self, page: int, table: Table) -> bool:
        """Take in the rows of the next page, if they are rows of this table."""
        xs = table.grid.xs
        if len(xs) != len(self.xs) or any(abs(a - b) > _SAME for a, b in zip(xs, self.xs, strict=True)):
            return False
        cells = [(box, self._paragraphs(page, box, lines)) for box, lines in table.cells]
        below = {(held.box.column, held.box.columns): held for held in self.cells if self._ends(held.box)}
        first = [(box, paragraphs) for box, paragraphs in cells if box.row == 0]
        if self._is_broken(first, below):
            cells = self._continue(cells, below)
        else:
            self._extend(first, below, cells)
        self._add(cells)
        self.rows += len(table.grid.ys) - 1
        return True

    def _ends(self, box: Box) -> bool:
        return box.row + box.rows == self.rows

    def _is_broken(self, first: list[_Cell], below: dict[tuple[int, int], Held]) -> bool:
        """Whether the first row of the next page is the rest of the last row of this one.

        It has text in no cell that was empty, none in some that was not, and one of its cells goes on inside
        a sentence.
        """
        goes_on = shorter = False
        for box, paragraphs in first:
            held = below.get((box.column, box.columns))
            if held is None or box.rows != 1:
                return False
            if paragraphs and not held.paragraphs:
                return False
            shorter |= bool(held.paragraphs) and not paragraphs
            goes_on |= bool(paragraphs) and self._goes_on(held, paragraphs[0][0][1])
        return goes_on and shorter

    def _goes_on(self, held: Held, line: Line) -> bool:
        _, last = held.paragraphs[-1][-1]
        widest = self.widest[held.box.column, held.box.columns]
        full = fills_cell(last, line, widest)
        return full and last.text[-1] not in TERMINAL and not begins_item(line.text)

    def _continue(self, cells: list[_Cell], below: dict[tuple[int, int], Held]) -> list[_Cell]:
        """Put the first row into the last one, and return the other rows."""
        for box, paragraphs in cells:
            if box.row:
                continue
            held = below[box.column, box.columns]
            goes_on = bool(paragraphs) and self._goes_on(held, paragraphs[0][0][1])
            if goes_on:
                held.paragraphs[-1] += paragraphs[0]
            held.paragraphs += paragraphs[goes_on:]
        self.rows -= 1
        return [(box, paragraphs) for box, paragraphs in cells if box.row]

    def _extend(
        self,
        first: list[_Cell],
        below: dict[tuple[int, int], Held],
        cells: list[_Cell],
    ) -> None:
        """Let merged cells go on that a page ended: the next page has an empty one below."""
        for box, paragraphs in first:
            held = below.get((box.column, box.columns))
            if held is None or paragraphs or not held.paragraphs:
                continue
            if box.rows > 1 or held.box.rows > 1:
                held.box = held.box._replace(rows=held.box.rows + box.rows)
                cells.remove((box, paragraphs))


Block: TypeAlias = Paragraph | Rows | Noted


def blocks_of(pages: list[Page], furniture: list[Furniture], layout: Layout) -> list[Block]:
    """Return the blocks of a document; the furniture of a page comes behind the block that its end breaks."""
    blocks: list[Block] = []
    waiting: list[Block] = []
    last: Paragraph | Rows | None = None
    at: Area | None = None  # where the last line stands
    for page, around in zip(pages, furniture, strict=True):
        number, dropped, turned = page.sheet.number, around.lines, True
        waiting += [Noted(number, line.text, name) for line, name in around.above]
        for part in page.parts:
            if isinstance(part, Table):
                goes_on = turned and isinstance(last, Rows) and last.takes(number, part)
                turned = False
                if goes_on:
                    continue
                blocks += waiting
                waiting.clear()
                last, at = Rows(number, part), None
                blocks.append(last)
                continue
            for line in part.lines:
                if id(line) in dropped:
                    continue
                turned = False
                if isinstance(last, Paragraph) and at and layout.goes_on(line, last.lines[-1][1], part, at):
                    last.lines.append((number, line))
                else:
                    blocks += waiting
                    waiting.clear()
                    last = Paragraph(number, line)
                    blocks.append(last)
                at = part
        waiting += [Noted(number, line.text, name) for line, name in around.below]
        waiting += [Noted(number, line.text, "aside") for line in page.aside]
    return blocks + waiting
