"""From the draft of a row to its task: text, assignments, deadlines, other columns, and its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from gongkai.model import Assignment, Deadline, Finding, Span, Stated, Task
from gongkai.model._house import trusted
from gongkai.reading.clause_findings import note_clause
from gongkai.reading.deadlines import find_deadlines, why_unread
from gongkai.reading.drafts import Draft
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage, make_span, placer, span_of
from gongkai.reading.pieces import Marks
from gongkai.reading.settling import Settler
from gongkai.reading.tables.cells import inherited, is_none
from gongkai.reading.tables.row import Answer, Extra, Row, Time

__all__ = ["RowBuilder"]

_make_task = trusted(Task)

Ranges: TypeAlias = list[tuple[int, int]]


class RowBuilder:
    """Builds the tasks of tables and marks what every character is.

    Args:
        source: the source text.
        year: the plan's year, for deadlines that name none.
        marks: where the pieces are noted.
        findings: where findings are noted.
        settler: who says who the departments are.
        unknown: the names that are noted already; what is new is added.
    """

    def __init__(
        self,
        source: str,
        year: int | None,
        marks: Marks,
        findings: list[Finding],
        settler: Settler,
        unknown: set[str],
    ) -> None:
        self.source = source
        self.year = year
        self.marks = marks
        self.findings = findings
        self.settler = settler
        self.unknown = unknown

    def task(self, draft: Draft, row: Row, key: str, parts: tuple[Task, ...]) -> Task:
        """Return the task of a row, with its parts."""
        if draft.passage is not None:
            self._mark("label", draft.passage, 0, draft.passage.tag)
        for passage in row.numbers:
            self._mark("label", passage, 0, len(passage.text))
        text, ranges = self._text(draft, row)
        assignments: list[Assignment] = []
        deadlines: list[Deadline] = []
        for answer in row.answers:
            settled = self.settler.settle(answer.clause)
            assignments += settled.assignments if answer.own else inherited(settled.assignments)
            deadlines += self._clause_deadlines(answer, key)
            self._mark_cell("clause", answer)
            if answer.own:
                place = answer.passage.span(0, len(answer.passage.text))
                note_clause(settled, place, key, self.unknown, self.findings)
        for passage in row.same:
            self._mark("clause", passage, 0, len(passage.text))
        for time in row.times:
            deadlines += self._column_deadlines(time, key)
            self._mark_cell("clause", time)
        for extra in row.extras:
            self._mark_cell("extras", extra)
        if text:
            deadlines += find_deadlines(text, self.year, stated=Stated.SENTENCE, place=placer(ranges))
        for note in row.notes:
            at = note.passage
            span = None if at is None else at.span(0, len(at.text))
            self.findings.append(finding(note.name, span, key, **note.facts))
        extras = tuple([(extra.name, extra.passage.text) for extra in row.extras])
        label = None if draft.passage is None else draft.passage.label
        span = self._span(draft, row, ranges, parts)
        return _make_task(text, label, tuple(assignments), tuple(deadlines), parts, extras, key, span)

    def _mark(self, kind: str, passage: Passage, begin: int, end: int) -> None:
        for start, stop in passage.ranges(begin, end):
            self.marks.add(kind, start, stop)

    def _mark_cell(self, kind: str, cell: Answer | Time | Extra) -> None:
        if cell.own:
            self._mark(kind, cell.passage, 0, len(cell.passage.text))

    def _text(self, draft: Draft, row: Row) -> tuple[str, Ranges]:
        """Return the text of a row and where it stands; its paragraphs keep a line break where one stands."""
        words: list[str] = []
        ranges: Ranges = []
        for stretch in draft.texts:
            passage, begin, end = stretch.passage, stretch.begin, stretch.end
            at = self._break(ranges[-1][1], passage.start, row) if ranges else -1
            if at >= 0:
                words.append("\n")
                ranges.append((at, at + 1))
            words.append(passage.text[begin:end])
            ranges += passage.ranges(begin, end)
        for start, stop in ranges:
            self.marks.add("text", start, stop)
        text = "".join(words)
        if text.count("（") + text.count("(") != text.count("）") + text.count(")"):
            self.findings.append(finding("bracket-unbalanced", span_of(ranges)))
        return text, ranges

    def _break(self, start: int, end: int, row: Row) -> int:
        """Where a line ends between two paragraphs, in no other cell of the row; -1 for nowhere."""
        at = self.source.find("\n", start, end)
        if at < 0:
            return at
        for low, high in sorted(place for cell in row.owned() for place in cell.ranges(0, len(cell.text))):
            if low <= at < high:
                at = self.source.find("\n", high, end)
        return at

    def _clause_deadlines(self, answer: Answer, key: str) -> list[Deadline]:
        """Return the deadlines that a cell of bodies names beside them."""
        found: list[Deadline] = []
        for slot in answer.clause.deadlines:
            place = placer(answer.passage.ranges(slot.start, slot.start + len(slot.text)))
            found += self._times(slot.text, Stated.CLAUSE, place, key)
        return found

    def _column_deadlines(self, time: Time, key: str) -> list[Deadline]:
        passage = time.passage
        if is_none(passage.text):
            return []
        return self._times(passage.text, Stated.COLUMN, passage.span, key, quiet=not time.own)

    def _times(
        self, text: str, stated: Stated, place: Callable[[int, int], Span], key: str, *, quiet: bool = False
    ) -> list[Deadline]:
        found = list(find_deadlines(text, self.year, stated=stated, place=place))
        if not found and not quiet:
            name = why_unread(text, self.year, stated)
            span = place(0, len(text)) if text else None
            self.findings.append(finding(name, span, key, text=text))
        return found

    def _span(self, draft: Draft, row: Row, ranges: Ranges, parts: Iterable[Task]) -> Span | None:
        """From the first to the last cell that is printed in the row, without others between them."""
        owned = list(ranges)
        if draft.passage is not None:
            owned += draft.passage.ranges(0, draft.passage.tag)
        for passage in row.owned():
            owned += passage.ranges(0, len(passage.text))
        owned += [piece for part in parts if part.span is not None for piece in part.span.pieces]
        if not owned:
            return None
        start, end = min(owned)[0], max(stop for _, stop in owned)
        cuts: list[int] = []
        for from_, to in sorted(row.others):
            if cuts and cuts[-1] == from_:
                cuts[-1] = to
            elif start < from_ and to < end:
                cuts += (from_, to)
        return make_span(start, end, (start, *cuts, end) if cuts else ())
