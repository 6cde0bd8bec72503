"""Running text: a document that stands on one line, or much of one, cut into the lines that print has.

A label begins a line where a sentence ends before it, or right behind a heading, and where its number goes
on with the open numbers of its style, or begins new ones at 1. Numbers inside sentences (2.0版本, 第三条
（一）项) do neither. A list inside one item is cut only where somebody answers for each of its entries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Final, NamedTuple

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.lines import (
    BLANK,
    Passage,
    label_number,
    label_pattern,
    line_at,
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
from gongkai.reading.segments import split
from gongkai.reading.titles import last_words

__all__ = ["split_running"]

#: A line that is longer than this may hold several.
_LONG: Final = 400
#: A line that is longer than this is looked at where it is most of its document.
_WHOLE: Final = 150
#: A heading in running text is no longer than this.
_HEADING_LENGTH: Final = 80
#: The last word of a title is no longer than this.
_TITLE_LENGTH: Final = 12
#: Numbers may be skipped, so many at most.
_SKIPPED: Final = 2

_STOPS: Final = frozenset("。！？!?…")
_METADATA: Final = frozenset("[【")
_MARKS: Final = re.compile("[。；;！!？?]")


#: What a label can begin with, and what stands before none.
_STARTS: Final = re.compile("[（(0-9０-９一二三四五六七八九十第①-⑳]")
_NOT_BEFORE: Final = frozenset("0123456789０１２３４５６７８９.．一二三四五六七八九十百千〇第")


class _Label(NamedTuple):
    """What looks like a label in running text.

    Attributes:
        start: where it begins.
        end: where it ends, with the white space behind it.
        style: the place of its style among all.
        number: its number.
        before: what stands before it: start, stop, close, semicolon, colon, title, blank
            or text.
    """

    start: int
    end: int
    style: int
    number: int
    before: str


def split_running(lines: list[Passage], findings: list[Finding]) -> list[Passage]:
    """Return the lines, those that hold several cut, each with a finding; most come back as they are."""
    lengths = [len(line.text) for line in lines]
    total = sum(lengths)
    long = [at for at, size in enumerate(lengths) if size > _LONG or (size > _WHOLE and 2 * size > total)]
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
    metadata = line.style >= 0 and not _is_numbered(line)
    size = len(line.text)
    return 2 * size > total or metadata or bool(_candidates(line.text, line.body, size))


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

    def fits(self, label: _Label, *, heading: bool, last: int, partner: bool) -> bool:
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
    labels = _without_lists(text, _fitting(line, table, numbers), whole=whole)
    cuts = {label.start for label in labels}
    if whole:
        cuts |= _cut_whole(lines, at, labels, table)
    edges = sorted({0, *cuts, len(text)})
    labelled = {label.start for label in labels}
    if line.style >= 0:
        labelled.add(0)
    pieces = ((begin, text[begin:end]) for begin, end in pairwise(edges))
    return [
        line_at(line.start + begin + len(piece) - len(piece.lstrip(BLANK)), kept, labelled=begin in labelled)
        for begin, piece in pieces
        if (kept := piece.strip(BLANK))
    ]


def _cut_whole(lines: list[Passage], at: int, labels: list[_Label], table: int) -> set[int]:
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
    return line.style >= 0 and line.text[line.body : line.body + 1] not in _METADATA


def _fitting(line: Passage, end: int, numbers: _Numbers) -> list[_Label]:
    """Return the labels in a line that fit, in order; the line's own is not among them."""
    text, begin = line.text, line.body
    if _is_numbered(line):
        numbers.note(line)
    found: list[_Label] = []
    candidates = _candidates(text, begin, end)
    places: dict[tuple[int, int], list[int]] = {}
    for label in candidates:
        places.setdefault((label.style, label.number), []).append(label.start)
    last, body = line.style, begin
    for label in candidates:
        chunk = label.start - body
        heading = 0 < chunk <= _HEADING_LENGTH and _MARKS.search(text, body, label.start) is None
        following = places.get((label.style, label.number + 1), [])
        partner = bisect_left(following, label.end) < len(following)
        if numbers.fits(label, heading=heading, last=last, partner=partner):
            numbers.take(label.style, label.number)
            found.append(label)
            last, body = label.style, label.end
    return found


def _candidates(text: str, begin: int, end: int) -> list[_Label]:
    found: list[_Label] = []
    search, match = _STARTS.search, label_pattern().match
    at = begin
    while (first := search(text, at, end)) is not None:
        start = first.start()
        at = start + 1
        if (start and text[start - 1] in _NOT_BEFORE) or (label := match(text, start, end)) is None:
            continue
        at = label.end()
        group = label.lastindex
        number = label_number("".join(label[group].split())) if group else None
        metadata = text[at : at + 1] in _METADATA
        if group and number is not None and not metadata and (start > begin or begin == 0):
            found.append(_Label(start, at, group - 1, number, _before(text, start)))
    return found


def _before(text: str, at: int) -> str:
    """Say what stands before a place."""
    back = at - 1
    while back >= 0 and text[back] in BLANK:
        back -= 1
    if back < 0:
        return "start"
    mark = text[back]
    if mark in "”」』" and back and text[back - 1] in _STOPS:
        return "stop"
    for marks, name in ((_STOPS, "stop"), ("）)】", "close"), ("；;", "semicolon"), ("：:", "colon")):
        if mark in marks:
            return name
    if text.endswith(last_words(), max(0, back - _TITLE_LENGTH), back + 1):
        return "title"
    return "blank" if back < at - 1 else "text"


def _without_lists(text: str, labels: list[_Label], *, whole: bool) -> list[_Label]:
    """Return the labels without those of lists inside an item, for whose entries nobody answers one by one.

    Lists are what is numbered below 1., and what a colon opens or semicolons part.
    """
    kept: list[_Label] = []
    dropped = len(styles())  # labels of this style, but for a new list, and deeper ones are dropped
    for at, label in enumerate(labels):
        if label.style > dropped or (label.style == dropped and label.number > 1):
            continue
        dropped = len(styles())
        if label.number == 1 and _is_list(text, labels, at, whole=whole):
            dropped = label.style
        else:
            kept.append(label)
    return kept


def _is_list(text: str, labels: list[_Label], at: int, *, whole: bool) -> bool:
    entries, end = _entries(labels, at)
    deep = labels[at].style > _ITEM
    if not deep and not any(entry.before in {"colon", "semicolon"} for entry in entries):
        return False
    ends = [entry.start for entry in entries[1:]] + [len(text) if end is None else end]
    clauses = [_has_clause(text, entry, stop) for entry, stop in zip(entries, ends, strict=True)]
    return not (all(clauses) or (whole and not deep and not clauses[-1]))


#: The style of items (1.); deeper ones are entries of a list.
_ITEM: Final = next(at for at, style in enumerate(styles()) if style.name == "item")


def _entries(labels: list[_Label], at: int) -> tuple[list[_Label], int | None]:
    """Return the label and those that follow it at its level, and where they end; None for the text's end."""
    style = labels[at].style
    found = [labels[at]]
    for label in labels[at + 1 :]:
        if label.style < style or (label.style == style and label.number == 1):
            return found, label.start
        if label.style == style:
            found.append(label)
    return found, None


def _has_clause(text: str, label: _Label, end: int) -> bool:
    entry = text[label.end : end].strip(BLANK)
    return bool(entry) and split(line_at(0, entry, labelled=False))[-1].carries
