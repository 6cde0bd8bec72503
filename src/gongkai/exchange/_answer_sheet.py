"""What a file of answers holds: rows that are answered, rows that are open, columns that are not ours."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from gongkai.comparing import Answer, Link, Question

__all__ = ["OpenRow", "Row", "Sheet"]


class OpenRow(NamedTuple):
    """A row that nobody has answered yet; all that stands in it, as an answer without a strength."""

    row: Answer


#: What can be written as a row.
Row: TypeAlias = Answer | Question | Link | OpenRow


class Sheet(NamedTuple):
    """A file of answers.

    Attributes:
        rows: the rows, in their order.
        others: the heads of columns that are left aside.
    """

    rows: tuple[Answer | OpenRow, ...]
    others: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The rows that are answered."""
        return tuple([row for row in self.rows if isinstance(row, Answer)])

    @property
    def open_rows(self) -> tuple[OpenRow, ...]:
        """The rows that nobody has answered."""
        return tuple([row for row in self.rows if isinstance(row, OpenRow)])
