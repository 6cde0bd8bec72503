"""Puts the drafts of a table that was read without the noise of its text back where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.reading.drafts import Draft
from gongkai.reading.lines import Passage
from gongkai.reading.squeezing import Squeezed
from gongkai.reading.tables.row import Row

__all__ = ["Restorer"]


class Restorer:
    """Restores passages, each once: rows share some.

    Args:
        squeezed: the text that they were read in.
    """

    def __init__(self, squeezed: Squeezed) -> None:
        self._squeezed = squeezed
        self._done: dict[int, Passage] = {}  # holds them, so that no other gets the same id

    def passages(self, passages: Iterable[Passage | None]) -> None:
        """Restore passages."""
        for passage in passages:
            if passage is not None and id(passage) not in self._done:
                self._done[id(passage)] = passage
                self._squeezed.restore(passage)

    def drafts(self, drafts: Iterable[Draft]) -> None:
        """Restore what drafts and the drafts in them are made of."""
        for draft in drafts:
            self.passages([draft.passage, *(text.passage for text in draft.texts)])
            if draft.row is not None:
                self._row(draft.row)
            self.drafts(draft.children)

    def _row(self, row: Row) -> None:
        for cells in (row.answers, row.times, row.extras, row.notes):
            self.passages([cell.passage for cell in cells])
        self.passages([*row.numbers, *row.same])
        row.others = [self._squeezed.hull(start, end) for start, end in row.others]
