"""What a row of a task table says of its task besides the text: bodies, times, other columns."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.reading.clauses import Clause
from gongkai.reading.lines import Passage

__all__ = ["Answer", "Extra", "Note", "Row", "Time"]


class Answer(NamedTuple):
    """A cell of bodies.

    Attributes:
        passage: where it stands.
        clause: what it says.
        own: whether it is printed in this row; else a row above has it, and it serves this one too.
    """

    passage: Passage
    clause: Clause
    own: bool


class Time(NamedTuple):
    """A cell of time: where it stands, and whether it is printed in this row."""

    passage: Passage
    own: bool


class Extra(NamedTuple):
    """A cell of another column: the column's name, where it stands, whether it is printed in this row."""

    name: str
    passage: Passage
    own: bool


class Note(NamedTuple):
    """A finding about the row: its name in the catalogue, its place, and what it says."""

    name: str
    passage: Passage | None
    facts: dict[str, object]


class Row:
    """What a row says of its task.

    Attributes:
        answers: the cells of bodies, in the order of their columns.
        times: the cells of time.
        extras: the cells of other columns.
        notes: what is odd about it.
        numbers: cells of the number column that repeat the label of the text.
        same: cells of time that refer to the row above (同上).
        others: where what is not its own may stand between its cells: headings, other tasks.
    """

    __slots__ = ("answers", "extras", "notes", "numbers", "others", "same", "times")

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.times: list[Time] = []
        self.extras: list[Extra] = []
        self.notes: list[Note] = []
        self.numbers: list[Passage] = []
        self.same: list[Passage] = []
        self.others: list[tuple[int, int]] = []

    def owned(self) -> list[Passage]:
        """The cells that are printed in this row."""
        cells: list[Answer | Time | Extra] = [*self.answers, *self.times, *self.extras]
        return [cell.passage for cell in cells if cell.own] + self.numbers + self.same

    def shared(self) -> Row:
        """The same row as one that prints none of its cells: what they say holds for another task too."""
        row = Row()
        row.answers = [answer._replace(own=False) for answer in self.answers]
        row.times = [time._replace(own=False) for time in self.times]
        row.extras = [extra._replace(own=False) for extra in self.extras]
        return row
