"""The sections of a task table: rows over the whole width, cells over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from gongkai.model import Finding
from gongkai.reading.drafts import Draft
from gongkai.reading.extract import PrintedCell
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage, chinese_number, label_number, scan, styles
from gongkai.reading.pieces import Marks
from gongkai.reading.segments import Segment
from gongkai.reading.tables.cells import heading, number
from gongkai.reading.tables.columns import TEXTS
from gongkai.reading.tables.grid import Grid, Head
from gongkai.reading.tables.sorts import sort_of

__all__ = ["Outline", "headings_among"]

#: A heading without a label is no longer than this, and holds no full stop.
_HEADING_LENGTH: Final = 60
#: The level of a heading without a label, below those with one; the levels of columns follow it.
_UNLABELLED: Final = 50
_COLUMN: Final = 100
#: Of the cells of a column so many have to span several rows before the others are headings too.
_SHARE: Final = 3
#: What stands around the number in a label.
_AROUND: Final = frozenset("、.．，,（）()")


def headings_among(grid: Grid, head: Head) -> set[tuple[int, int]]:
    """Return the 工作任务 cells that are headings of sections, by the place where they begin."""
    columns = [column.holds for column in head.columns]
    if "task" not in columns or "requirement" not in columns:
        return set()
    tasks = [at for at, what in enumerate(columns) if what == "task"]
    wanted = [at for at, what in enumerate(columns) if what == "requirement"]
    below = [
        sum(cell.column in wanted for cell in grid.filled(at)) if at >= head.after else 0
        for at in range(grid.height)
    ]
    cells = [
        cell for at in range(head.after, grid.height) for cell in grid.filled(at) if cell.column in tasks
    ]
    cells = [cell for cell in cells if cell.columns < grid.width]
    texts = [0, *accumulate(map(bool, below))]  # how many rows above each one have a requirement
    spanning = [cell for cell in cells if texts[min(cell.row + cell.rows, grid.height)] - texts[cell.row] > 1]
    found = {(cell.row, cell.column) for cell in spanning}
    styles_of = {(cell.row, cell.column): _style(grid, cell) for cell in cells}
    if not spanning:
        return set(styles_of) if _numbers_run_on(grid, cells, wanted) else set()
    wide = {styles_of[place] for place in found}
    many = len(spanning) * _SHARE >= len(cells)
    for place, style in styles_of.items():
        if style in wide and (many or (style >= 0 and not styles()[style].item)):
            found.add(place)
    return found


def _style(grid: Grid, cell: PrintedCell) -> int:
    return scan(grid.text(cell))[0].style


def _numbers_run_on(grid: Grid, cells: Sequence[PrintedCell], wanted: Sequence[int]) -> bool:
    """Whether the tasks are chapters, each above one numbered requirement, and these numbers run on."""
    if len(cells) < 2:
        return False
    numbers: list[int | None] = []
    for cell in cells:
        task = scan(grid.text(cell))[0]
        if task.style < 0 or styles()[task.style].item:
            return False
        texts = [scan(grid.text(other))[0] for other in grid.filled(cell.row) if other.column in wanted]
        if not texts or texts[0].label is None or not styles()[texts[0].style].item:
            return False
        numbers.append(label_number(texts[0].label))
    return numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers)))


class Outline:
    """The sections of a table and what stands in them, as they are read.

    Args:
        grid: the table.
        head: the heads of its columns.
        marks: where the pieces are noted that no draft owns.
        findings: where findings are noted.

    Attributes:
        left: cells behind the last task that belong to no section: notes below the table.
        broken: headings of several lines.
    """

    def __init__(self, grid: Grid, head: Head, marks: Marks, findings: list[Finding]) -> None:
        self.grid = grid
        self.head = head
        self.marks = marks
        self.findings = findings
        self.top: list[Draft] = []
        self.stack: list[tuple[int, Draft]] = []
        self.pending: list[tuple[PrintedCell, Draft]] = []  # unlabelled banners since the last task
        self.left: list[PrintedCell] = []
        self.broken: list[Passage] = []
        numbers = {at for at, column in enumerate(head.columns) if column.holds == "number"}
        self.numbers_span = any(
            cell.rows > 1 for cell in grid.table.cells if cell.row >= head.after and cell.column in numbers
        )

    def continue_from(self, above: Outline) -> None:
        """Go on in the open section of the table above, of which this one is the rest."""
        self.stack = list(above.stack)

    def add(self, draft: Draft) -> None:
        """Add a block to the open section."""
        if draft.kind == "task":
            self.pending.clear()
        self._content().append(draft)

    def _content(self) -> list[Draft]:
        if not self.stack:
            return self.top
        children = self.stack[-1][1].children
        assert isinstance(children, list)  # noqa: S101 - sections of tables are made here
        return children

    def finish(self) -> list[Draft]:
        """Return all blocks; what stands below the last task without a label is left to the text below."""
        for cell, draft in reversed(self.pending):
            if draft.children:
                break
            if self._remove(self.top, draft):
                self.left.insert(0, cell)
        return self.top

    def _remove(self, drafts: list[Draft], draft: Draft) -> bool:
        while drafts:
            if drafts[-1] is draft:
                drafts.pop()
                return True
            children = drafts[-1].children
            if drafts[-1].kind != "section" or not isinstance(children, list):
                return False
            drafts = children
        return False

    def take_banner(self, at: int, filled: list[PrintedCell], covering: Sequence[PrintedCell | None]) -> bool:
        """Take a row that is a heading or a remark over the whole width; False for other rows."""
        columns = self.head.columns
        numbers = [
            cell for cell in filled if columns[cell.column].holds == "number" and self._is_number(cell)
        ]
        others = [cell for cell in filled if cell not in numbers]
        if len(others) != 1 or not any(start < end for start, end in others[0].paragraphs):
            return False
        cell = others[0]
        label = number(self.grid.source, numbers[0]) if numbers else None
        if label is not None and chinese_number((label.label or "").strip("、.．（）()")) is None:
            return False
        wide = 2 * cell.columns > self.grid.width
        if not wide and not self._stands_alone(at, cell, covering, numbered=label is not None):
            return False
        whole = heading(self.grid.source, cell)
        plain = whole.style < 0 and label is None
        if plain and (len(whole.text) > _HEADING_LENGTH or "。" in whole.text):
            draft = Draft("paragraph", None, (Segment(whole, 0, len(whole.text)),))
            self.stack.clear()
            self.add(draft)
            self.pending.append((cell, draft))
            return True
        if whole.style >= 0 and styles()[whole.style].item and "。" in whole.text:
            return False
        rank = _UNLABELLED if whole.style < 0 else styles()[whole.style].rank
        opened = self._open(rank if label is None else min(rank, _UNLABELLED - 1), whole, label)
        if plain and opened is not None:
            self.pending.append((cell, opened))
        return True

    def _is_number(self, cell: PrintedCell) -> bool:
        return cell.columns == 1 and sort_of(self.grid.text(cell)) == "number"

    def _stands_alone(
        self, at: int, cell: PrintedCell, covering: Sequence[PrintedCell | None], *, numbered: bool
    ) -> bool:
        """Whether the only cell of a row, which is not wide, is a heading."""
        columns = [column.holds for column in self.head.columns]
        what = columns[cell.column]
        if what not in {*TEXTS, "number"}:
            return False
        for above in covering:
            held = above is not None and above.row < at < above.row + above.rows
            if held and above is not None and above.paragraphs:
                return False
        first = scan(self.grid.text(cell))[0]
        if numbered or (first.style >= 0 and not styles()[first.style].item):
            return True
        if first.style >= 0 or len(first.text) > _HEADING_LENGTH or "。" in first.text:
            return False
        return ("number" in columns and what != "number") or ("requirement" in columns and what == "task")

    def open_column(
        self, column: int, cell: PrintedCell, numbers: Sequence[PrintedCell]
    ) -> PrintedCell | None:
        """Open the section of a cell in a column; return the one of the numbers that is its label."""
        own = next((one for one in numbers if self._numbers(one, cell)), None)
        label = None if own is None else number(self.grid.source, own)
        self._open(_COLUMN + column, heading(self.grid.source, cell), label)
        return own

    def _numbers(self, one: PrintedCell, cell: PrintedCell) -> bool:
        """Whether a number is that of a section, not of a row: numbers span as many rows as sections do."""
        return one.row == cell.row and one.rows == cell.rows and (cell.rows > 1 or self.numbers_span)

    def _open(self, rank: int, whole: Passage, number: Passage | None) -> Draft | None:
        """Open a section, or go on with the same one, which a table repeats below a break."""
        label = number or (whole if whole.label is not None else None)
        body = _behind_label(whole, number)
        if whole.cuts:
            self.broken.append(whole)
        while self.stack and self.stack[-1][0] > rank:
            self.stack.pop()
        if self.stack and self.stack[-1][0] == rank:
            before = self.stack[-1][1]
            if before.label == (label.label if label else None) and _says(before) == whole.text[body:]:
                for passage in filter(None, (whole, number)):
                    self.marks.add_all("noise:repeated-heading", passage.ranges(0, len(passage.text)))
                span = whole.span(0, len(whole.text))
                self.findings.append(finding("section-repeated", span, heading=whole.text))
                self.pending.clear()  # it heads what follows: no remark below the table
                return None
            self.stack.pop()
        end = len(whole.text)
        stop = end - 1 if label is whole and whole.text[-1] == "。" else -1
        if number is not None:
            self.marks.add_all("label", whole.ranges(0, min(body, whole.tag)))
        segment = Segment(whole, body, end if stop < 0 else stop)
        draft = Draft("section", label, (segment,), (), [], stop)
        self._content().append(draft)
        self.stack.append((rank, draft))
        return draft


def _behind_label(whole: Passage, number: Passage | None) -> int:
    """Where a heading begins: behind its label, unless that is another one than its number in the table."""
    own = "".join(character for character in (whole.label or "") if character not in _AROUND)
    other = "".join(character for character in ((number and number.label) or "") if character not in _AROUND)
    return whole.body if number is None or own == other else 0


def _says(draft: Draft) -> str:
    segment = draft.texts[0]
    return segment.passage.text[segment.begin :]
