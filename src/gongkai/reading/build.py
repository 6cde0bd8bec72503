"""From drafts to the model: blocks with keys and spans, and the pieces that partition the source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from gongkai.model import Assignment, Block, Deadline, Finding, Paragraph, Section, Span, Stated, Task
from gongkai.model._house import trusted
from gongkai.model.keys import Entry, name_all
from gongkai.reading.clause_findings import note_clause
from gongkai.reading.clauses import Clause
from gongkai.reading.deadlines import Placer, find_deadlines, why_unread
from gongkai.reading.drafts import Draft
from gongkai.reading.findings import finding
from gongkai.reading.inner_labels import half_brackets
from gongkai.reading.lines import BLANK, Passage, make_span, placer
from gongkai.reading.pieces import Marks
from gongkai.reading.segments import Segment
from gongkai.reading.settling import Settled, Settler
from gongkai.reading.tables.build import RowBuilder
from gongkai.reading.timewords import look

__all__ = ["Builder"]

_CLAUSE, _SENTENCE = Stated.CLAUSE, Stated.SENTENCE
_make_task = trusted(Task)
_make_section = trusted(Section)
_make_paragraph = trusted(Paragraph)

Ranges: TypeAlias = list[tuple[int, int]]


class Builder:
    """Builds the blocks of one document and marks what every character is.

    Args:
        source: the source text.
        year: the plan's year, for deadlines that name none.
        marks: where the pieces are noted.
        findings: where findings are noted.
        settler: who says who the departments are.

    Attributes:
        tasks: how many tasks were built so far.
        rows: how many of them are rows of tables.
    """

    def __init__(
        self, source: str, year: int | None, marks: Marks, findings: list[Finding], settler: Settler
    ) -> None:
        self.source = source
        self.year = year
        self.marks = marks
        self.findings = findings
        self.tasks = 0
        self.rows = 0
        self._note = marks.found.append
        self._may_name_time = look()
        self._settler = settler
        self._settle = settler.settle
        self._unknown: set[str] = set()
        self._closed = -1  # where the clause before ends
        self._far = -1  # where the last clause ends that stands apart from its text

    def build(self, drafts: list[Draft]) -> tuple[Block, ...]:
        """Return the blocks of the drafts, with keys."""
        entries: list[Entry] = []
        _list_entries(drafts, -1, entries, inside_task=False)
        keys = iter(name_all(entries))
        return tuple([self._block(draft, keys) for draft in drafts])

    def paragraph(self, passage: Passage, kind: str = "paragraph") -> Paragraph:
        """Return one unlabelled passage as a paragraph."""
        self._mark(kind, passage, 0, len(passage.text))
        return _make_paragraph(passage.text, None, passage.span(0, len(passage.text)))

    def _block(self, draft: Draft, keys: Iterator[str]) -> Block:
        if draft.kind == "task":
            return self._task(draft, keys)
        if draft.kind == "section":
            return self._section(draft, keys)
        self._mark_label(draft)
        text, ranges = self._text(draft, "paragraph")
        return _make_paragraph(text, draft.label, self._hull(draft, ranges, ()))

    def _section(self, draft: Draft, keys: Iterator[str]) -> Section:
        key = next(keys)
        passage = draft.passage
        if draft.plain or _is_one_line(draft):
            heading, start, end = self._line(draft, "heading")
        else:
            self._mark_label(draft)
            heading, ranges = self._text(draft, "heading")
            start, end = _edges(passage, ranges)
        label = None if passage is None else passage.label
        if draft.stop >= 0 and passage is not None:
            self._mark("stop", passage, draft.stop, draft.stop + 1)
        content = self._content(draft.children, keys, key)
        last = content[-1].span if content else None
        if last is not None and content[0].span is not None:  # in a table a number may stand before both
            start = min(start, content[0].span.start)
        if last is not None:
            end = last.end
            if self._far > end:  # the clause of one stands below those that follow it
                end = max([block.span.end for block in content if block.span is not None])
        span = make_span(start, end, ())
        if not content:
            self.findings.append(finding("heading-empty", span, key, label=label or "", heading=heading))
        return _make_section(heading, content, label, key, span)

    def _content(self, drafts: Sequence[Draft], keys: Iterator[str], key: str) -> tuple[Block, ...]:
        """Build what stands below a heading; note text behind the last clause of a paragraph."""
        content: list[Block] = []
        before: Draft | None = None
        for draft in drafts:
            if draft.plain and draft.kind == "task":
                content.append(self._line_task(draft, next(keys)))
            else:
                content.append(self._block(draft, keys))
                if before is not None and draft.kind == "paragraph" and _follows_clause(before, draft):
                    self.findings.append(finding("text-after-clause", content[-1].span, key))
            before = draft
        return tuple(content)

    def _task(self, draft: Draft, keys: Iterator[str]) -> Task:
        key = next(keys)
        if draft.plain:
            return self._line_task(draft, key)
        self.tasks += 1
        if draft.row is not None:
            self.rows += 1
            parts = tuple([self._task(child, keys) for child in draft.children])
            builder = RowBuilder(
                self.source, self.year, self.marks, self.findings, self._settler, self._unknown
            )
            task = builder.task(draft, draft.row, key, parts)
            if task.span is not None and task.span.cuts:
                self._far = max(self._far, task.span.end)
            return task
        if not draft.segments and not draft.children and _is_one_line(draft):
            text, start, end = self._line(draft, "text")
            deadlines = self._in_sentences(text, end - len(text))
            label = None if draft.passage is None else draft.passage.label
            return _make_task(text, label, (), deadlines, (), (), key, make_span(start, end, ()))
        self._mark_label(draft)
        text, ranges = self._text(draft, "text")
        assignments: list[Assignment] = []
        due: list[Deadline] = []
        for segment in draft.segments:
            clause = segment.clause
            assert clause is not None  # noqa: S101 - only segments with a clause come here
            settled = self._settle(clause)
            assignments += settled.assignments
            due += self._clause_deadlines(segment, settled, key)
            end = segment.closed if segment.stop < 0 else segment.stop
            self._mark("clause", segment.passage, segment.opened, end)
        if text and self._may_name_time(text):
            due += find_deadlines(text, self.year, stated=_SENTENCE, place=_placer(ranges))
        parts = tuple([self._task(child, keys) for child in draft.children])
        if parts and _ends_without_clause(draft):
            self.findings.append(finding("text-after-clause", parts[-1].span, key))
        span = self._hull(draft, ranges, parts)
        return _make_task(text, draft.label, tuple(assignments), tuple(due), parts, (), key, span)

    def _line_task(self, draft: Draft, key: str) -> Task:
        """Build a task that stands in one unbroken line, text and clause, as nearly all do."""
        self.tasks += 1
        segment = draft.segments[0]
        passage, clause = segment.passage, segment.clause
        assert clause is not None  # noqa: S101 - a plain task has one
        base, note, label = passage.start, self._note, None
        begin = base + segment.begin
        if begin == self._closed:  # behind a clause: both spans share one int
            begin = self._closed
        start = begin
        opened = base + segment.opened
        closed = self._closed = base + segment.closed
        if draft.passage is not None:
            start, label = base, passage.label
            note((base, base + passage.tag, "label"))
        note((begin, base + segment.end, "text"))
        note((opened, closed, "clause"))
        text = passage.text[segment.begin : segment.end]
        if not segment.bare:
            self._check_brackets(segment, text)
        deadlines: tuple[Deadline, ...] = ()
        if self._may_name_time(text):
            deadlines = find_deadlines(text, self.year, stated=_SENTENCE, place=begin)
        settled = self._settle(clause)
        if clause.deadlines or settled.notes or not clause.plain:
            deadlines = self._clause_deadlines(segment, settled, key) + deadlines
        return _make_task(
            text, label, settled.assignments, deadlines, (), (), key, make_span(start, closed, ())
        )

    def _line(self, draft: Draft, kind: str) -> tuple[str, int, int]:
        """Mark label and text of a block of one line; return the text, and where both stand."""
        stretch = draft.texts[0]
        passage = stretch.passage
        text = passage.text[stretch.begin : stretch.end]
        base = passage.start
        start, end = base + stretch.begin, base + stretch.end
        if draft.passage is not None:
            self._note((base, base + passage.tag, "label"))
        if start < end:
            self._note((start, end, kind))
        self._check_brackets(stretch, text)
        return text, start if draft.passage is None else base, end

    def _in_sentences(self, text: str, place: int) -> tuple[Deadline, ...]:
        """Return the deadlines in the sentences of a text that stands in one stretch of the source."""
        if not self._may_name_time(text):
            return ()
        return find_deadlines(text, self.year, stated=_SENTENCE, place=place)

    def _clause_deadlines(self, segment: Segment, settled: Settled, key: str) -> tuple[Deadline, ...]:
        """Return the deadlines of a clause's slots; note what of the clause was not understood."""
        clause = settled.clause
        if settled.notes or not clause.plain:
            span = segment.passage.span(segment.opened, segment.closed)
            note_clause(settled, span, key, self._unknown, self.findings)
        return self._slot_deadlines(segment, clause, key) if clause.deadlines else ()

    def _slot_deadlines(self, segment: Segment, clause: Clause, key: str) -> tuple[Deadline, ...]:
        passage = segment.passage
        found: tuple[Deadline, ...] = ()
        for start, text in clause.deadlines:
            begin = segment.inside + start
            place: int | Placer = passage.start + begin
            if passage.cuts:
                place = _placer(passage.ranges(begin, begin + len(text)))
            here = find_deadlines(text, self.year, stated=_CLAUSE, place=place)
            if not here:
                span = passage.span(begin, begin + len(text)) if text else None
                self.findings.append(finding(why_unread(text, self.year, _CLAUSE), span, key, text=text))
            found += here
        return found

    def _mark_label(self, draft: Draft) -> None:
        if draft.passage is not None and draft.passage.tag:
            self._mark("label", draft.passage, 0, draft.passage.tag)

    def _text(self, draft: Draft, kind: str) -> tuple[str, Ranges]:
        """Return the text of a draft and where it stands; paragraphs of one text keep their line break."""
        texts = draft.texts
        if len(texts) == 1:
            passage, begin, end = texts[0].passage, texts[0].begin, texts[0].end
            self._mark(kind, passage, begin, end)
            text = passage.text[begin:end]
            self._check_brackets(texts[0], text)
            return text, passage.ranges(begin, end)
        words: list[str] = []
        ranges: Ranges = []
        before: Passage | None = None
        for stretch in texts:
            passage, begin, end = stretch.passage, stretch.begin, stretch.end
            if before is not None and before is not passage:
                at = self.source.find("\n", ranges[-1][1], passage.start)
                if at >= 0:
                    words.append("\n")
                    ranges.append((at, at + 1))
                    self.marks.add(kind, at, at + 1)
            words.append(passage.text[begin:end])
            ranges += passage.ranges(begin, end)
            self._mark(kind, passage, begin, end)
            before = passage
        return "".join(words), ranges

    def _mark(self, kind: str, passage: Passage, begin: int, end: int) -> None:
        if not passage.cuts:
            self.marks.add(kind, passage.start + begin, passage.start + end)
            return
        for start, stop in passage.ranges(begin, end):
            self.marks.add(kind, start, stop)

    def _hull(self, draft: Draft, ranges: Ranges, parts: tuple[Task, ...]) -> Span | None:
        """From the label to the last clause or part, without the line breaks inside sentences.

        Where something else stands before a text or a clause of it, that is left out too.
        """
        if not parts and draft.texts and _is_one_passage(draft):
            begin = draft.texts[0].begin if draft.passage is None else 0
            ends = [stretch.end for stretch in draft.texts] + [segment.closed for segment in draft.segments]
            return draft.texts[0].passage.span(begin, max(ends))
        passages = {id(stretch.passage): stretch.passage for stretch in draft.texts}
        own = list(ranges)
        for segment in draft.segments:
            own += segment.passage.ranges(segment.opened, segment.closed)
            passages[id(segment.passage)] = segment.passage
        begins = {start for start, _ in own}
        if draft.passage is not None:
            own += draft.passage.ranges(0, draft.passage.tag) if draft.passage.tag else []
            own = own or [(draft.passage.start, draft.passage.start)]
            passages[id(draft.passage)] = draft.passage
        gaps = {gap for passage in passages.values() if passage.cuts for gap in passage.breaks()}
        for span in [part.span for part in parts if part.span is not None]:
            own += span.pieces
            gaps.update(zip(span.cuts[1::2], span.cuts[2::2], strict=False))
        if not own:
            return None
        own.sort()
        told = sorted(gaps)
        flat = [own[0][0]]
        end = own[0][1]
        for start, stop in own:
            if start > end and self._parts(end, start, told, begins):
                flat += (end, start)
                if start in begins:
                    self._far = max(self._far, stop)
            end = max(end, stop)
        return make_span(flat[0], end, (*flat, end) if len(flat) > 1 else ())

    def _parts(self, end: int, start: int, gaps: Ranges, begins: set[int]) -> bool:
        """Tell whether what stands between two stretches of a block belongs to another, or is a break."""
        at = bisect_left(gaps, (end, end))
        if at < len(gaps) and gaps[at][1] <= start:
            return True
        held = start in begins or any(low <= end and start <= high for low, high in gaps)
        return held and bool(self.source[end:start].strip(BLANK))

    def _check_brackets(self, stretch: Segment, text: str) -> None:
        """Note a text in which as many brackets do not open as close; most texts have none.

        Half a bracket may stand behind the number of a list's item.
        """
        if "(" in text or "（" in text or "）" in text or ")" in text:
            opening = text.count("（") + text.count("(")
            closing = text.count("）") + text.count(")")
            if opening > closing or (opening < closing and opening < closing - len(half_brackets(text))):
                span = stretch.passage.span(stretch.begin, stretch.end)
                self.findings.append(finding("bracket-unbalanced", span))


def _edges(label: Passage | None, ranges: Ranges) -> tuple[int, int]:
    """Where a heading and its label begin and end; in a table either may stand first."""
    own = [stretch for stretch in ranges if stretch[0] < stretch[1]]
    if label is not None:
        own += label.ranges(0, label.tag) if label.tag else []
        own = own or [(label.start, label.start)]
    own = own or ranges
    return min(own)[0], max([end for _, end in own])


def _is_one_line(draft: Draft) -> bool:
    """Whether label and text of a block stand in one line, in one piece, as they nearly always do."""
    texts = draft.texts
    if len(texts) != 1 or (passage := texts[0].passage).cuts:
        return False
    return draft.passage is passage or draft.passage is None


def _is_one_passage(draft: Draft) -> bool:
    """Whether label, text and clauses of a block stand in one passage, in that order."""
    passage = draft.texts[0].passage
    labels = draft.passage is passage or draft.passage is None
    return labels and all(part.passage is passage for part in (*draft.texts, *draft.segments))


def _list_entries(drafts: Sequence[Draft], parent: int, entries: list[Entry], *, inside_task: bool) -> None:
    """List what needs a key, in the order in which it is built."""
    for draft in drafts:
        kind = draft.kind
        if kind == "paragraph":
            continue
        label = None if draft.passage is None else draft.passage.label
        entries.append((label, parent, "part" if inside_task else kind, None))
        if draft.children:
            _list_entries(draft.children, len(entries) - 1, entries, inside_task=kind == "task")


def _follows_clause(before: Draft, draft: Draft) -> bool:
    """Whether a paragraph is text behind the last clause of the passage that it stands in."""
    if draft.kind != "paragraph" or draft.passage is not None or not before.segments:
        return False
    return before.segments[-1].passage is draft.texts[0].passage


def _ends_without_clause(draft: Draft) -> bool:
    """Whether the last part is text behind the last clause of its paragraph."""
    last = draft.children[-1]
    bare = last.passage is None and not last.segments and not last.children
    return bare and any(child.segments for child in draft.children)


def _placer(ranges: Ranges) -> int | Placer:
    """Return where a text stands in the source: an offset, or what gives the place of its offsets."""
    return ranges[0][0] if len(ranges) == 1 else placer(ranges)
