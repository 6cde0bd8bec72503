"""From a passage to its segments: each stretch of text with the responsibility clause that ends it."""

from __future__ import annotations

from typing import Final

from gongkai.reading.clauses import Clause, bracket_groups, parse_clause, slot_lines
from gongkai.reading.lines import BLANK, Passage

__all__ = ["Segment", "split"]

_STOPS: Final = frozenset("。；;！!？?.，,")


class Segment:
    """A stretch of a passage and its clause, as offsets into the passage's text.

    Attributes:
        begin: where the text begins.
        end: where it ends.
        clause: what the clause says; None for text that no clause follows.
        inside: where the clause's content begins (behind the bracket).
        opened: where the clause begins, bracket included.
        closed: where it ends, bracket included.
        passage: the passage.
        stop: the place of a full stop behind the clause that belongs to the text; -1 where there is none.
    """

    __slots__ = ("begin", "clause", "closed", "end", "inside", "opened", "passage", "stop")

    def __init__(self, passage: Passage, begin: int, end: int) -> None:
        self.passage = passage
        self.begin = begin
        self.end = end
        self.clause: Clause | None = None
        self.inside = self.opened = self.closed = end
        self.stop = -1


def split(passage: Passage) -> list[Segment]:
    """Return the segments of a passage behind its label; one without a clause where there is none."""
    text = passage.text
    found: list[Segment] = []
    begin = passage.body
    if "（" in text or "(" in text:
        begin = _bracketed(passage, begin, found)
    if begin < len(text) and ("：" in text or ":" in text):
        begin = _slots(passage, begin, found)
    if begin < len(text):
        begin = _skip_blanks(text, begin)
    if begin < len(text) or not found:
        found.append(Segment(passage, begin, len(text)))
    return found


def _skip_blanks(text: str, begin: int) -> int:
    while begin < len(text) and text[begin] in BLANK:
        begin += 1
    return begin


def _drop_blanks(text: str, begin: int, end: int) -> int:
    while begin < end and text[end - 1] in BLANK:
        end -= 1
    return end


def _bracketed(passage: Passage, begin: int, found: list[Segment]) -> int:
    """Add a segment for each bracketed clause; return where the text after the last one begins."""
    text = passage.text
    length = len(text)
    for group in bracket_groups().finditer(text, begin):
        opened, closed = group.span()
        clause = parse_clause(text[opened + 1 : closed - 1])
        if clause is None:
            continue
        stopped = closed < length and text[closed] in _STOPS
        if not clause.sure and not (stopped or closed == length or text[opened - 1] in _STOPS):
            continue
        if text[begin] in BLANK:
            begin = _skip_blanks(text, begin)
        end = opened if text[opened - 1] not in BLANK else _drop_blanks(text, begin, opened)
        segment = Segment(passage, begin, end)
        segment.clause, segment.opened, segment.inside = clause, opened, opened + 1
        begin = closed
        if stopped:
            if segment.begin < segment.end and text[segment.end - 1] not in _STOPS:
                segment.stop = closed
            begin = closed + 1
        segment.closed = begin
        found.append(segment)
    return begin


def _slots(passage: Passage, begin: int, found: list[Segment]) -> int:
    """Add a segment for a clause of slots without brackets (责任单位：…) that ends the passage."""
    text = passage.text
    start = slot_lines().search(text, begin)
    if start is None:
        return begin
    at = _skip_blanks(text, start.start())
    clause = parse_clause(text[at:])
    if clause is None:
        return begin
    begin = _skip_blanks(text, begin)
    segment = Segment(passage, begin, _drop_blanks(text, begin, start.start()))
    segment.clause, segment.opened, segment.inside, segment.closed = clause, at, at, len(text)
    found.append(segment)
    return len(text)
