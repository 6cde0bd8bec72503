"""From lines to passages: page noise taken out, lines that were broken inside a sentence joined."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage, make_span, styles

__all__ = ["TERMINAL", "join_broken"]

#: What the last character of a finished line is: GB/T 15834-2011, and closing brackets.
TERMINAL: Final = frozenset('。．.！!？?；;：:”"』」）)》】…—')

#: A line shorter than this is never taken for one that the page's edge broke, unless it holds a full stop.
_SHORT: Final = 12


def join_broken(lines: Iterable[Passage], findings: list[Finding]) -> list[Passage]:
    """Return the passages that lines make up, each repair with a finding."""
    lines = list(lines)
    items = _finished_styles(lines)
    passages: list[Passage] = []
    run: list[Passage] = []  # the lines of the last passage, where it has several
    for line in lines:
        if line.style < 0 and passages and _goes_on(run or passages[-1:], items):
            run = run or [passages[-1]]
            run.append(line)
            continue
        if run:
            passages[-1] = _joined(run, findings)
            run = []
        passages.append(line)
    if run:
        passages[-1] = _joined(run, findings)
    return passages


def _finished_styles(lines: list[Passage]) -> frozenset[int]:
    """The numbering styles whose lines mostly are whole sentences: an unfinished line there is broken."""
    balance = [0] * len(styles())
    for line in lines:
        if line.style >= 0:
            balance[line.style] += 1 if line.text[-1] in TERMINAL else -1
    return frozenset([style for style, more in enumerate(balance) if more >= 0])


def _goes_on(run: list[Passage], finished_styles: frozenset[int]) -> bool:
    """Tell whether the next unlabelled line goes on with the sentence that the run leaves unfinished."""
    text = run[-1].text
    if text[-1] in TERMINAL:
        return False
    first = run[0]
    if len(run) > 1 or "。" in text:
        return True
    if first.style < 0:
        return len(text) >= _SHORT and any(mark in text for mark in "，,；;、")
    if _opens(text, "（", "）") or _opens(text, "(", ")"):
        return True
    return first.style in finished_styles and len(text) >= _SHORT and styles()[first.style].item


def _opens(text: str, opening: str, closing: str) -> bool:
    return text.rfind(opening) > text.rfind(closing)


def _joined(run: list[Passage], findings: list[Finding]) -> Passage:
    """Join the lines of a run: nothing is put between them."""
    cuts: list[tuple[int, int]] = []
    length = len(run[0].text)
    for before, line in pairwise(run):
        cuts.append((length, line.start))
        length += len(line.text)
        findings.append(finding("line-joined", make_span(before.end, line.start, ())))
    first = run[0]
    text = "".join([line.text for line in run])
    return Passage(first.start, text, first.style, first.label, first.tag, first.body, tuple(cuts))
