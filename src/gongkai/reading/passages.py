"""From lines to passages: lines that were broken inside a paragraph joined.

A line without a label goes on with the passage before it

- where it begins with a mark that no line begins with;
- where the line before is the word of a slot and its colon (责任单位：);
- where a bracket, a book title or a quotation is still open, and closed soon;
- in a document that a page broke, where the line before reaches the edge of the page;
- otherwise, where the line before ends inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.clausewords import note_lines, slot_lines
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage, make_span, styles
from gongkai.reading.noise import name_of
from gongkai.reading.pages import TERMINAL, Page, gap_before, page_of
from gongkai.reading.signatures import date_in, is_issuer

__all__ = ["TERMINAL", "join_broken", "join_lines", "join_page"]

#: A line shorter than this is never taken for one that the page's edge broke, unless it holds a full stop.
_SHORT: Final = 12
#: A heading that fills a line has so many characters at least; of one that a page's end broke as many at most
#: stand before the full stop.
_LONG_HEADING: Final = 18
_REST: Final = 6
#: What no line begins with: GB/T 15834-2011, 5.1.1 and 5.1.3.
_NEVER_FIRST: Final = frozenset("，,、。；;：！!？?）)”》」』】〉〕")
#: After these a sentence always goes on.
_GOES_ON: Final = frozenset("，,、")
#: What opens and what closes, and how many characters of the lines below are searched for the partner:
#: a clause may name fifty departments, a title or a quotation is shorter.
_PAIRS: Final = (
    (re.compile("[（(]|[）)]"), "（(", 600),
    (re.compile("[《》]"), "《", 120),
    (re.compile("[“”]"), "“", 120),
)
#: How many lines below are searched for it.
_LOOK_AHEAD: Final = 24


def join_broken(lines: Iterable[Passage], findings: list[Finding]) -> list[Passage]:
    """Return the passages that lines make up, each repair with a finding.

    What the edge of a page broke is joined before, by :func:`join_page`.
    """
    return _join(list(lines), None, findings)


def join_page(
    lines: list[Passage], findings: list[Finding], is_title: Callable[[str], bool] | None = None
) -> list[Passage]:
    """Return the lines with those joined that the edge of a page broke, each repair with a finding.

    The lines of a document that no page broke come back as they are.

    Args:
        lines: lines of the document, in order.
        findings: where the findings go.
        is_title: tells whether a line is a title, which takes in nothing below it; None where none can be.
    """
    page = page_of(lines)
    return lines if page is None else _join(lines, page, findings, is_title)


def _join(
    lines: list[Passage],
    page: Page | None,
    findings: list[Finding],
    is_title: Callable[[str], bool] | None = None,
) -> list[Passage]:
    joiner = _Joiner(lines, page, is_title)
    passages: list[Passage] = []
    run: list[Passage] = []  # the lines of the last passage, where it has several
    for at, line in enumerate(lines):
        if page is None and line.style >= 0:  # as most lines are: a label begins anew
            joiner.first = at
        elif at and joiner.joins(at):
            run = run or [passages[-1]]
            run.append(line)
            continue
        if run:
            passages[-1] = join_lines(run, findings)
            run = []
        passages.append(line)
    if run:
        passages[-1] = join_lines(run, findings)
    return passages


class _Joiner:
    """Decides line by line, in order, whether a line goes on with the passage before it.

    Attributes:
        lines: the lines.
        page: the page that broke them, or None.
        is_title: tells whether a line is a title.
        items: the numbering styles whose lines mostly are whole sentences; None until asked for.
        first: the line that begins the passage.
        told: the line up to which the passage's brackets are counted.
        depths: how many brackets, titles and quotations are open there.
        held: the line that closes what is open; all lines up to it go on.
    """

    __slots__ = ("depths", "first", "held", "is_title", "items", "lines", "page", "told")

    def __init__(
        self, lines: list[Passage], page: Page | None, is_title: Callable[[str], bool] | None
    ) -> None:
        self.lines = lines
        self.page = page
        self.is_title = is_title
        self.items: frozenset[int] | None = None
        self.first = 0
        self.told = -1
        self.depths = [0] * len(_PAIRS)
        self.held = -1

    def joins(self, at: int) -> bool:
        """Tell whether a line goes on with the passage before it; to be asked of each line in order."""
        if self._goes_on(at):
            return True
        self.first = at
        return False

    def _goes_on(self, at: int) -> bool:
        line = self.lines[at]
        page = self.page
        if type(self.lines[at - 1]) is not Passage or type(line) is not Passage:
            return False  # beside a table
        if line.style >= 0:
            return page is not None and self._is_no_label(at, page)
        if at <= self.held or line.text[0] in _NEVER_FIRST or self._is_open(at):
            return True
        last = self.lines[at - 1].text[-1]
        if page is None:
            if last in "：:" and slot_lines(brief=False).fullmatch(self.lines[at - 1].text):
                return True  # 责任单位：, and who it is in the line below
            if last in _GOES_ON or not self._is_unfinished(at, last):
                return last in _GOES_ON
            if slot_lines(brief=False).match(line.text) or note_lines().match(line.text):
                return False
            return not self._signs(at)
        gap = gap_before(self.lines, at)
        if page.sets_apart(gap) or not page.reaches_edge(self.lines, at - 1):
            return False
        if name_of(line.text, "line", "tail") is not None:
            return False
        if page.begins == page.usual and at - self.first == 1 and self._below_title(at):
            return False
        return gap == page.usual or last not in TERMINAL

    def _signs(self, at: int) -> bool:
        """Whether a line signs the document: the name of a body, and below it a date and no more."""
        if at + 1 == len(self.lines) or date_in(self.lines[at + 1].text) is None:
            return False
        return is_issuer(self.lines[at].text)

    def _below_title(self, at: int) -> bool:
        """Whether the line above is a title: nothing sets apart what stands below one as wide as the page."""
        above = self.lines[at - 1]
        return self.is_title is not None and above.style < 0 and self.is_title(above.text)

    def _is_no_label(self, at: int, page: Page) -> bool:
        """Whether what looks like a label stands inside a sentence that reaches the edge of the page.

        Either all labels but this one are set apart, or it closes a bracket: （IPv, 6）.
        """
        line, before = self.lines[at], self.lines[at - 1]
        if gap_before(self.lines, at) != page.usual or not page.reaches_edge(self.lines, at - 1):
            return False
        if line.text[0] not in "（(" and (line.label or "")[-1] in "）)":
            self._is_open(at)
            return self.depths[0] > 0
        inside = before.text[-1] not in TERMINAL and any(mark in before.text for mark in "，,。；;、")
        return page.begins != page.usual and inside

    def _is_unfinished(self, at: int, last: str) -> bool:
        """Whether the line before, whose last character is given, was broken: no page tells."""
        first, text = self.lines[self.first], self.lines[at - 1].text
        if last in "；;":  # no heading ends so
            return first.style >= 0 and not styles()[first.style].item and "。" not in text
        if last in TERMINAL:
            return False
        if at - self.first > 1 or "。" in text:
            return True
        if first.style < 0:
            return len(text) >= _SHORT and any(mark in text for mark in "，,；;、")
        if not styles()[first.style].item:
            return self._is_broken_heading(at)
        if len(text) < _SHORT:
            return False
        if self.items is None:
            self.items = _finished_styles(self.lines)
        return first.style in self.items

    def _is_broken_heading(self, at: int) -> bool:
        """Whether a heading goes on in the line below it.

        Either it is long, and what stands between it and the next label is one shorter line, no sentence; or
        the line below begins with its last characters: a run-in heading, whose full stop comes at once.
        """
        text, line = self.lines[at - 1].text, self.lines[at]
        if len(text) < _SHORT:
            return False
        stop = line.text.find("。", 0, _REST + 1)
        if 0 < stop < len(line.text) - 1:
            return True
        below = self.lines[at + 1].style >= 0 if at + 1 < len(self.lines) else False
        short = len(line.text) < len(text) and line.text[-1] not in TERMINAL
        return len(text) >= _LONG_HEADING and below and short and name_of(line.text, "line", "tail") is None

    def _is_open(self, at: int) -> bool:
        """Whether the passage leaves a bracket, a title or a quotation open that a line soon closes."""
        run = self.lines[max(self.told + 1, self.first) : at]
        for kind, (marks, opening, reach) in enumerate(_PAIRS):
            depth = 0 if self.told < self.first else self.depths[kind]
            for before in run:
                if depth or opening[0] in before.text or opening[-1] in before.text:
                    depth = _depth(before, marks, opening, depth)
            self.depths[kind] = depth
            if depth:
                self.held = max(self.held, self._closing(at, kind, depth, reach))
        self.told = at - 1
        return at <= self.held

    def _closing(self, at: int, kind: int, depth: int, reach: int) -> int:
        """Return the line that closes what is open, if it stands before the next label; or -1."""
        marks, opening, _ = _PAIRS[kind]
        for below in range(at, min(at + _LOOK_AHEAD, len(self.lines))):
            line = self.lines[below]
            if line.style >= 0 or reach <= 0:
                return -1
            for mark in marks.findall(line.text, 0, reach):
                depth += 1 if mark in opening else -1
                if not depth:
                    return below
            reach -= len(line.text)
        return -1


def _depth(line: Passage, marks: re.Pattern[str], opening: str, depth: int) -> int:
    """Return how many brackets are open behind a line; one that closes nothing counts nothing."""
    for mark in marks.findall(line.text, line.body):
        depth += 1 if mark in opening else -1 if depth else 0
    return depth


def _finished_styles(lines: list[Passage]) -> frozenset[int]:
    """The numbering styles whose lines mostly are whole sentences: an unfinished line there is broken.

    A line whose clause stands in a line of its own is whole, as it is where both are printed in one line.
    """
    balance = [0] * len(styles())
    for at, line in enumerate(lines, 1):
        if line.style >= 0:
            whole = line.text[-1] in TERMINAL or (at < len(lines) and _is_bracketed(lines[at]))
            balance[line.style] += 1 if whole else -1
    return frozenset([style for style, more in enumerate(balance) if more >= 0])


def _is_bracketed(line: Passage) -> bool:
    return line.style < 0 and line.text[0] in "（("


def join_lines(run: list[Passage], findings: list[Finding]) -> Passage:
    """Return the passage that lines make up, each repair with a finding: nothing is put between them."""
    cuts = list(run[0].cuts)
    length = len(run[0].text)
    for before, line in pairwise(run):
        cuts.append((length, line.start))
        cuts += [(length + cut, start) for cut, start in line.cuts]
        length += len(line.text)
        findings.append(finding("line-joined", make_span(before.end, line.start, ())))
    first = run[0]
    text = "".join([line.text for line in run])
    return Passage(first.start, text, first.style, first.label, first.tag, first.body, tuple(cuts))
