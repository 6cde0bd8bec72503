"""From pages to blocks: paragraphs and tables, which pages do not end."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, TypeAlias

from gongkai.reading.containers.pdf.furniture import Furniture
from gongkai.reading.containers.pdf.grids import Box
from gongkai.reading.containers.pdf.joining import (
    Layout,
    begins_item,
    cell_paragraphs,
    fills_cell,
    holds_sentences,
    shares_of,
)
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


#: A table repeats so many rows of heads at most.
_MOST_HEADS: Final = 3
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
        sentences: the columns that hold sentences.
    """

    __slots__ = ("cells", "rows", "sentences", "widest", "xs")

    def __init__(self, page: int, table: Table) -> None:
        self.xs = table.grid.xs
        self.widest: dict[tuple[int, int], float] = defaultdict(float)
        self.sentences: set[tuple[int, int]] = set()
        self._measure(table)
        self.rows = 0
        self.cells: list[Held] = []
        self._add([(box, self._paragraphs(page, box, lines)) for box, lines in table.cells])
        self.rows = len(table.grid.ys) - 1

    def _measure(self, table: Table) -> None:
        """Note how wide the columns are, and which hold sentences."""
        for box, lines in table.cells:
            column = (box.column, box.columns)
            if holds_sentences(lines):
                self.sentences.add(column)
            for line in lines:
                room = box.right - box.left - 2 * _PADDING - line.size / 2 if table.grid.ruled else 0.0
                self.widest[column] = max(self.widest[column], line.solid, room)

    def _add(self, cells: list[_Cell]) -> None:
        self.cells += [Held(box._replace(row=box.row + self.rows), paragraphs) for box, paragraphs in cells]

    def _paragraphs(self, page: int, box: Box, lines: list[Line]) -> list[list[Placed]]:
        column = (box.column, box.columns)
        runs = cell_paragraphs(lines, self.widest[column], names=column not in self.sentences)
        return [[(page, line) for line in run] for run in runs]

    def takes(self, page: int, table: Table) -> list[Noted] | None:
        """Take in the rows of the next page, if they are rows of this table; return its heads, repeated."""
        xs = table.grid.xs
        if len(xs) != len(self.xs) or any(abs(a - b) > _SAME for a, b in zip(xs, self.xs, strict=True)):
            return None
        self._measure(table)
        cells = [(box, self._paragraphs(page, box, lines)) for box, lines in table.cells]
        heads = self._heads(cells)
        repeated = [
            Noted(page, "".join(shares_of([line for _, line in run])), "repeated-heading")
            for box, paragraphs in cells
            for run in paragraphs
            if box.row < heads
        ]
        cells = [(box._replace(row=box.row - heads), runs) for box, runs in cells if box.row >= heads]
        rows = len(table.grid.ys) - 1 - heads
        below = {(held.box.column, held.box.columns): held for held in self.cells if self._ends(held.box)}
        first = [(box, paragraphs) for box, paragraphs in cells if box.row == 0]
        if self._is_broken(first, below):
            cells = self._continue(cells, below)
        else:
            self._extend(first, below, cells)
        self._add(cells)
        self.rows += rows
        return repeated

    def _heads(self, cells: list[_Cell]) -> int:
        """Return how many of the first rows are those that the table begins with."""
        heads = 0
        while heads < _MOST_HEADS:
            row = {box: _said(runs) for box, runs in cells if box.row == heads}
            own = {held.box: _said(held.paragraphs) for held in self.cells if held.box.row == heads}
            same = [said for said in row.values() if said]
            places = {(box.column, box.rows, box.columns): said for box, said in row.items()}
            if not same or places != {(box.column, box.rows, box.columns): said for box, said in own.items()}:
                break
            heads += 1
        return heads if all(box.row + box.rows <= heads for box, _ in cells if box.row < heads) else 0

    def _ends(self, box: Box) -> bool:
        return box.row + box.rows == self.rows

    def _is_broken(self, first: list[_Cell], below: dict[tuple[int, int], Held]) -> bool:
        """Whether the first row of the next page is the rest of the last row of this one.

        It has text in no cell that was empty or ended a sentence, none in some cell that was not empty, and
        one of its cells goes on inside a line.
        """
        goes_on = shorter = False
        for box, paragraphs in first:
            held = below.get((box.column, box.columns))
            if held is None:
                return False
            if box.rows > 1:  # it says nothing of this row alone
                continue
            if not paragraphs:
                shorter |= bool(held.paragraphs)
                continue
            if not held.paragraphs or held.paragraphs[-1][-1][1].text[-1] in TERMINAL:
                return False
            goes_on |= self._goes_on(held, paragraphs[0][0][1])
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
            held.box = held.box._replace(rows=held.box.rows + box.rows - 1)
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
            if held is None or (held.paragraphs and paragraphs):
                continue
            if box.rows > 1 or held.box.rows > 1:
                held.box = held.box._replace(rows=held.box.rows + box.rows)
                held.paragraphs += paragraphs
                cells.remove((box, paragraphs))


def _said(paragraphs: list[list[Placed]]) -> str:
    return "".join(line.text for run in paragraphs for _, line in run)


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
                repeated = last.takes(number, part) if turned and isinstance(last, Rows) else None
                turned = False
                if repeated is not None:
                    waiting += repeated
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
