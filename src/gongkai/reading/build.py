"""From drafts to the model: blocks with keys and spans, and the pieces that partition the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from gongkai.model import Assignment, Block, Deadline, Finding, Paragraph, Section, Span, Stated, Task
from gongkai.model._house import trusted
from gongkai.model.keys import name_all
from gongkai.reading.clauses import Clause
from gongkai.reading.deadlines import find_deadlines
from gongkai.reading.drafts import Draft
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage, make_span, span_of
from gongkai.reading.pieces import Marks
from gongkai.reading.segments import Segment

__all__ = ["Builder"]

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

    Attributes:
        tasks: how many tasks were built so far.
    """

    def __init__(self, source: str, year: int | None, marks: Marks, findings: list[Finding]) -> None:
        self.source = source
        self.year = year
        self.marks = marks
        self.findings = findings
        self.tasks = 0
        self._unknown: set[str] = set()

    def build(self, drafts: list[Draft]) -> tuple[Block, ...]:
        """Return the blocks of the drafts, with keys."""
        entries: list[Draft] = []
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
        start = draft.passage.start if draft.passage is not None else ranges[0][0]
        return _make_paragraph(text, draft.label, make_span(start, max(end for _, end in ranges), ()))

    def _section(self, draft: Draft, keys: Iterator[str]) -> Section:
        key = next(keys)
        self._mark_label(draft)
        heading, ranges = self._text(draft, "heading")
        if draft.stop is not None:
            self._mark("stop", *draft.stop)
        content = tuple([self._block(child, keys) for child in draft.children])
        start = draft.passage.start if draft.passage is not None else ranges[0][0]
        last = content[-1].span if content else None
        end = max(ranges[-1][1], start) if last is None else last.end
        span = make_span(start, end, ())
        if not content:
            self.findings.append(finding("heading-empty", span, key, label=draft.label or "", heading=heading))
        return _make_section(heading, content, draft.label, key, span)

    def _task(self, draft: Draft, keys: Iterator[str]) -> Task:
        self.tasks += 1
        texts = draft.texts
        if len(texts) == 1 and not texts[0][0].cuts and not draft.children and len(draft.segments) < 2:
            return self._plain_task(draft, next(keys))
        key = next(keys)
        self._mark_label(draft)
        text, ranges = self._text(draft, "text")
        assignments: tuple[Assignment, ...] = ()
        deadlines: tuple[Deadline, ...] = ()
        for segment in draft.segments:
            clause = segment.clause
            assert clause is not None  # noqa: S101 - only segments with a clause come here
            assignments += clause.assignments
            deadlines += self._clause_deadlines(segment, clause, key)
            end = segment.closed if segment.stop < 0 else segment.stop
            self._mark("clause", segment.passage, segment.opened, end)
        if text:
            deadlines += find_deadlines(text, self.year, stated=Stated.SENTENCE, place=_placer(ranges))
        parts = tuple([self._task(child, keys) for child in draft.children])
        span = _hull(draft, ranges, parts)
        return _make_task(text, draft.label, assignments, deadlines, parts, (), key, span)

    def _plain_task(self, draft: Draft, key: str) -> Task:
        """Build a task that stands in one unbroken line, with one clause or none: nearly all tasks are such."""
        passage, begin, end = draft.texts[0]
        base = start = passage.start
        text = passage.text[begin:end]
        note = self.marks.add
        if draft.passage is not None:
            note("label", base, base + passage.tag)
        else:
            start += begin
        note("text", base + begin, base + end)
        deadlines = find_deadlines(text, self.year, stated=Stated.SENTENCE, place=_Placer(base + begin).span)
        if "(" in text or "（" in text or "）" in text or ")" in text:
            self._check_brackets(passage, begin, end)
        if not draft.segments:
            return _make_task(text, draft.label, (), deadlines, (), (), key, make_span(start, base + end, ()))
        segment = draft.segments[0]
        clause = segment.clause
        assert clause is not None  # noqa: S101 - only segments with a clause come here
        at = segment.passage.start
        if clause.deadlines or not clause.known or clause.unread:
            deadlines = self._clause_deadlines(segment, clause, key) + deadlines
        if segment.passage.cuts:
            self._mark("clause", segment.passage, segment.opened, segment.closed)
            span = _hull(draft, [(base + begin, base + end)], ())
        else:
            note("clause", at + segment.opened, at + segment.closed)
            span = make_span(start, at + segment.closed, ())
        return _make_task(text, draft.label, clause.assignments, deadlines, (), (), key, span)

    def _clause_deadlines(self, segment: Segment, clause: Clause, key: str) -> tuple[Deadline, ...]:
        """Return the deadlines of a clause's slots; note what of the clause was not understood."""
        if clause.unread or not clause.known:
            self._note_clause(segment, clause, key)
        return self._slot_deadlines(segment, clause, key) if clause.deadlines else ()

    def _slot_deadlines(self, segment: Segment, clause: Clause, key: str) -> tuple[Deadline, ...]:
        found: tuple[Deadline, ...] = ()
        for slot in clause.deadlines:
            begin = segment.inside + slot.start
            place = _placer(segment.passage.ranges(begin, begin + len(slot.text)))
            here = find_deadlines(slot.text, self.year, stated=Stated.CLAUSE, place=place)
            if not here:
                span = segment.passage.span(begin, begin + len(slot.text)) if slot.text else None
                self.findings.append(finding("deadline-unread", span, key, text=slot.text))
            found += here
        return found

    def _note_clause(self, segment: Segment, clause: Clause, key: str) -> None:
        """Note what of a clause was not understood, and each unknown name once."""
        span = segment.passage.span(segment.opened, segment.closed)
        for name in [body.name for item in clause.assignments for body in item.departments if body.kind is None]:
            if name not in self._unknown:
                self._unknown.add(name)
                self.findings.append(finding("department-unknown", span, key, name=name))
        if clause.unread:
            self.findings.append(finding("clause-unread", span, key, text=clause.unread))

    def _mark_label(self, draft: Draft) -> None:
        if draft.passage is not None and draft.passage.tag:
            self._mark("label", draft.passage, 0, draft.passage.tag)

    def _text(self, draft: Draft, kind: str) -> tuple[str, Ranges]:
        """Return the text of a draft and where it stands; paragraphs of one text keep their line break."""
        texts = draft.texts
        if len(texts) == 1:
            passage, begin, end = texts[0]
            self._mark(kind, passage, begin, end)
            text = passage.text[begin:end]
            if "(" in text or "（" in text or "）" in text or ")" in text:
                self._check_brackets(passage, begin, end)
            return text, passage.ranges(begin, end)
        words: list[str] = []
        ranges: Ranges = []
        before: Passage | None = None
        for passage, begin, end in texts:
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

    def _check_brackets(self, passage: Passage, begin: int, end: int) -> None:
        text = passage.text
        opening = text.count("（", begin, end) + text.count("(", begin, end)
        if opening != text.count("）", begin, end) + text.count(")", begin, end):
            self.findings.append(finding("bracket-unbalanced", passage.span(begin, end)))


def _list_entries(drafts: list[Draft], parent: int, entries: list[Draft], *, inside_task: bool) -> None:
    """List what needs a key, in the order in which it is built."""
    for draft in drafts:
        if draft.kind == "paragraph":
            continue
        draft.parent = parent
        if inside_task:
            draft.sort = "part"
        elif draft.sort != draft.kind:
            draft.sort = draft.kind
        entries.append(draft)
        if draft.children:
            _list_entries(draft.children, len(entries) - 1, entries, inside_task=draft.kind == "task")


class _Placer:
    """Gives the place in the source of what stands in a text that begins at ``base``."""

    __slots__ = ("base",)

    def __init__(self, base: int) -> None:
        self.base = base

    def span(self, begin: int, end: int) -> Span:
        return make_span(self.base + begin, self.base + end, ())


def _placer(ranges: Ranges) -> Callable[[int, int], Span]:
    """Return the function from offsets in a text to its place in the source."""
    if len(ranges) == 1:
        return _Placer(ranges[0][0]).span

    def place(begin: int, end: int) -> Span:
        found: Ranges = []
        at = 0
        for start, stop in ranges:
            low, high = max(begin, at), min(end, at + stop - start)
            if low < high:
                found.append((start + low - at, start + high - at))
            at += stop - start
        return span_of(found)

    return place


def _hull(draft: Draft, ranges: Ranges, parts: tuple[Task, ...]) -> Span | None:
    """From the label to the last clause or part, without the line breaks inside sentences."""
    edges = [edge for stretch in ranges for edge in stretch]
    passages = {id(passage): passage for passage, _, _ in draft.texts}
    if draft.passage is not None:
        edges += (draft.passage.start, draft.passage.start + draft.passage.tag)
        passages[id(draft.passage)] = draft.passage
    for segment in draft.segments:
        edges += [edge for stretch in segment.passage.ranges(segment.opened, segment.closed) for edge in stretch]
        passages[id(segment.passage)] = segment.passage
    gaps = {gap for passage in passages.values() if passage.cuts for gap in passage.breaks()}
    for span in [part.span for part in parts if part.span is not None]:
        edges += (span.start, span.end)
        gaps.update(zip(span.cuts[1::2], span.cuts[2::2], strict=False))
    if not edges:
        return None
    start, end = min(edges), max(edges)
    inside = [edge for gap in sorted(gaps) if start < gap[0] and gap[1] < end for edge in gap]
    return make_span(start, end, (start, *inside, end) if inside else ())
