"""The line that stands for a table among the lines of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gongkai.reading.lines import Passage, styles

if TYPE_CHECKING:
    from gongkai.reading.drafts import Draft
    from gongkai.reading.outline import Node

__all__ = ["TableLine", "count_tables"]

#: No text of the document: a sentence, so that nothing goes on with it and no list takes it for an entry.
_TEXT: Final = "。"


class TableLine(Passage):
    """Stands where a table stood, at the level of an item; what it says are the table's drafts.

    Attributes:
        drafts: the drafts of the table's rows.
    """

    __slots__ = ("drafts",)

    def __init__(self, start: int, drafts: Sequence[Draft]) -> None:
        item = next(at for at, style in enumerate(styles()) if style.item)
        super().__init__(start, _TEXT, item)
        self.drafts = drafts


def count_tables(top: Sequence[Node]) -> None:
    """Count a table as what several clauses stand in: its tasks name who answers in columns."""
    for node in top:
        for below in node.walk():
            if type(below.passage) is TableLine:
                below.clauses = 2
