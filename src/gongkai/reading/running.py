"""Running text: a document that stands on one line, or much of one, cut into the lines that print has.

A label begins a line where a sentence ends before it, or right behind a heading, and where its number goes
on with the open numbers of its style, or begins new ones at 1. Numbers inside sentences (2.0版本, 第三条
（一）项) do neither. A list inside one item is cut only where somebody answers for each of its entries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.inner_labels import METADATA, InnerLabel, inner_label, inner_labels, parts_of
from gongkai.reading.lines import (
    BLANK,
    Passage,
    label_number,
    make_span,
    styles,
)
from gongkai.reading.running_parts import (
    after_heading,
    after_last_clause,
    cut_foot,
    cut_head,
    table_begins,
)
from gongkai.reading.segments import Segment, split

__all__ = ["cut_items", "holds_items", "split_running"]

#: A line that is longer than this may hold several.
_LONG: Final = 400
#: A line that is longer than this is looked at where it is most of its document.
_WHOLE: Final = 150
#: A heading in running text is no longer than this.
_HEADING_LENGTH: Final = 80
#: Numbers may be skipped, so many at most.
_SKIPPED: Final = 2

#: The style of items (1.); deeper ones are entries of a list.
_ITEM: Final = next(at for at, style in enumerate(styles()) if style.name == "item")

#: Behind these a label begins a line only where all before it is a heading.
_INSIDE: Final = frozenset(("comma", "text"))
_MARKS: Final = re.compile("[。；;！!？?]")


def split_running(lines: list[Passage], findings: list[Finding]) -> list[Passage]:
    """Return the lines, those that hold several cut, each with a finding; most come back as they are."""
    lengths = [len(line.text) for line in lines]
    if max(lengths, default=0) <= _WHOLE:
        return lines
    total = sum(lengths)
    least = min(_LONG, max(_WHOLE, total // 2))
    long = [at for at, size in enumerate(lengths) if size > least]
    long = [at for at in long if not lines[at].cuts and _may_be_cut(lines[at], total)]
    if not long:
        return lines
    found: list[Passage] = []
    numbers = _Numbers()
    done = 0
    for at in long:
        for line in lines[done:at]:
            numbers.note(line)
        found += lines[done:at]
        pieces = _cut(lines, at, numbers, whole=2 * len(lines[at].text) > total)
        if len(pieces) > 1:
            span = make_span(lines[at].start, lines[at].end, ())
            findings.append(finding("line-cut", span, lines=len(pieces)))
        found += pieces
        done = at + 1
    return found + lines[done:]


def _may_be_cut(line: Passage, total: int) -> bool:
    """Whether a long line is looked at: it is most of its document, or a label may stand inside it."""
    text, size = line.text, len(line.text)
    if 2 * size > total or (line.style >= 0 and not _is_numbered(line)):
        return True
    labels = inner_labels(text, line.body, size)
    return any(label.before not in _INSIDE or _is_heading(text, line.body, label.start) for label in labels)


def _is_heading(text: str, begin: int, end: int) -> bool:
    """Whether what stands before a label is a heading: short, and no sentence."""
    return 0 < end - begin <= _HEADING_LENGTH and _MARKS.search(text, begin, end) is None


class _Numbers:
    """The open numbers of each style, outermost first, and the last ones that were closed."""

    def __init__(self) -> None:
        self.open: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self._deepest = -1

    def note(self, line: Passage) -> None:
        """Take the label of a line as it is."""
        if line.label is not None and (number := label_number(line.label)) is not None:
            self.take(line.style, number)

    def take(self, style: int, number: int) -> None:
        """Open a number: what is deeper is closed."""
        if style != self._deepest:
            self.open = {outer: value for outer, value in self.open.items() if outer < style}
            self._deepest = style
        self.open[style] = self.last[style] = number

    def fits(self, label: InnerLabel, *, heading: bool, last: int, partner: bool) -> bool:
        """Tell whether a label stands where one can, with a number that goes on.

        Args:
            label: the label.
            heading: whether what stands between the label before and this one is a heading.
            last: the style of the label before, or -1.
            partner: whether its style's next number follows further on.
        """
        current = self.open.get(label.style)
        if current is not None:
            goes_on = label.number == current + 1
            near = current < label.number <= current + 1 + _SKIPPED
        else:
            goes_on = label.number in {1, self.last.get(label.style, 0) + 1}
            near = goes_on
        if label.before in {"start", "stop", "close"}:
            return near
        if label.before == "title" and last < 0 and label.number == 1:
            return True
        if label.before in {"colon", "semicolon"}:
            return goes_on and (partner or label.number > 1)
        if not goes_on:
            return False
        return label.before in {"blank", "title"} or (heading and (label.style > last or current is not None))


def _cut(lines: list[Passage], at: int, numbers: _Numbers, *, whole: bool) -> list[Passage]:
    """Return the lines that a long line holds."""
    line = lines[at]
    text = line.text
    table = table_begins(text) if whole else len(text)
    labels = _without_lists(text, _fitting(line, table, numbers), line.style, whole=whole)
    cuts = {label.start for label in labels}
    if whole:
        cuts |= _cut_whole(lines, at, labels, table)
    return parts_of(line, cuts, labels)


def cut_items(passages: list[Passage]) -> list[Passage]:
    """Return the passages with those cut that hold several items, each with its clause."""
    numbers = _Numbers()
    found: list[Passage] = []
    for passage in passages:
        labels = _fitting(passage, len(passage.text), numbers)
        labels = _without_lists(passage.text, labels, passage.style, whole=False)
        found += parts_of(passage, {label.start for label in labels}, labels) if labels else [passage]
    return found


def holds_items(segments: list[Segment]) -> bool:
    """Tell whether one of the texts behind the first clause of a passage begins with a label."""
    match = inner_label().match
    return any(match(part.passage.text, part.begin) for part in segments[1:])


def _cut_whole(lines: list[Passage], at: int, labels: list[InnerLabel], table: int) -> set[int]:
    """Return where the line of a whole document is cut besides at its labels."""
    text = lines[at].text
    first = 0 if _is_numbered(lines[at]) else min(table, labels[0].start if labels else table)
    last = max(table if table < len(text) else 0, labels[-1].end if labels else first)
    cuts = cut_head(lines, at, first) | cut_foot(text, last)
    cuts |= {table} - {len(text)}
    ends = [*(label.start for label in labels), len(text)][1:]
    for label, end in zip(labels, ends, strict=True):
        if (behind := after_heading(text, label.end, end)) is not None:
            cuts.add(behind)
    if labels and table == len(text):
        end = min((cut for cut in cuts if cut > last), default=len(text))
        if (behind := after_last_clause(text, last, end)) is not None:
            cuts.add(behind)
    return cuts


def _is_numbered(line: Passage) -> bool:
    """Whether a line has a label, not the number of a line of metadata (1. [索引号])."""
    return line.style >= 0 and line.text[line.body : line.body + 1] not in METADATA


def _fitting(line: Passage, end: int, numbers: _Numbers) -> list[InnerLabel]:
    """Return the labels in a line that fit, in order; the line's own is not among them."""
    text, begin = line.text, line.body
    if _is_numbered(line):
        numbers.note(line)
    found: list[InnerLabel] = []
    candidates = inner_labels(text, begin, end)
    places: dict[tuple[int, int], list[int]] = {}
    for label in candidates:
        places.setdefault((label.style, label.number), []).append(label.start)
    last, body = line.style, begin
    for label in candidates:
        heading = _is_heading(text, body, label.start)
        following = places.get((label.style, label.number + 1), [])
        partner = bisect_left(following, label.end) < len(following)
        if numbers.fits(label, heading=heading, last=last, partner=partner):
            numbers.take(label.style, label.number)
            found.append(label)
            last, body = label.style, label.end
    return found


def _without_lists(text: str, labels: list[InnerLabel], own: int, *, whole: bool) -> list[InnerLabel]:
    """Return the labels without those of lists inside an item, for whose entries nobody answers one by one.

    Lists are what is numbered below 1., and what a colon opens or semicolons part.
    """
    kept: list[InnerLabel] = []
    begun = {own}
    dropped = len(styles())  # labels of this style, but for a new list, and deeper ones are dropped
    for at, label in enumerate(labels):
        if label.style > dropped or (label.style == dropped and label.number > 1):
            continue
        dropped = len(styles())
        if label.style > _ITEM and label.number > 1 and label.style not in begun:
            continue
        if label.number == 1 and _is_list(text, labels, at, whole=whole):
            dropped = label.style
        else:
            kept.append(label)
            begun.add(label.style)
    return kept


def _is_list(text: str, labels: list[InnerLabel], at: int, *, whole: bool) -> bool:
    entries, end = _entries(labels, at)
    deep = labels[at].style > _ITEM
    if not deep and not any(entry.before in {"colon", "semicolon"} for entry in entries):
        return False
    ends = [entry.start for entry in entries[1:]] + [len(text) if end is None else end]
    clauses = [_has_clause(text, entry, stop) for entry, stop in zip(entries, ends, strict=True)]
    return not (all(clauses) or (whole and not deep and not clauses[-1]))


def _entries(labels: list[InnerLabel], at: int) -> tuple[list[InnerLabel], int | None]:
    """Return the label and those that follow it at its level, and where they end; None for the text's end."""
    style = labels[at].style
    found = [labels[at]]
    for label in labels[at + 1 :]:
        if label.style < style or (label.style == style and label.number == 1):
            return found, label.start
        if label.style == style:
            found.append(label)
    return found, None


def _has_clause(text: str, label: InnerLabel, end: int) -> bool:
    entry = text[label.end : end].strip(BLANK)
    return bool(entry) and split(Passage(0, entry))[-1].carries
