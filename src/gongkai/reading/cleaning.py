"""What copies leave between the characters of a text: injected pinyin, remains of markup, lost characters.

Each is a named piece of noise and cut out of the text around it, which keeps its places; what may stand for a
character of the text stays in it, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage, cut_out, label_pattern, make_span, part_of, with_label
from gongkai.reading.pieces import Marks

__all__ = ["clean"]

_LOST: Final = "noise:lost"
_BOTH_WIDTHS: Final = ("，", ",")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("characters")[name]["pattern"])


def clean(text: str, lines: list[Passage], marks: Marks, findings: list[Finding]) -> list[Passage]:
    """Return the lines without what copies left in them; nearly all documents come back as they are."""
    if "(" in text or "（" in text:
        for name in ("pinyin", "wide-pinyin"):
            if _pattern(name).search(text) is not None:
                lines = _without(lines, name, "noise:pinyin", marks)
    if "&" in text or "<" in text or ">" in text:
        lines = _without(lines, "markup", "noise:markup", marks)
        _note(lines, "entity", lambda span, found: finding("entity", span, text=found), findings)
    if "??" in text or "\ufffd" in text:
        lines = _without(lines, "lost-between", _LOST, marks)
        _note(lines, "lost", lambda span, found: finding("characters-lost", span, text=found), findings)
    if all(mark in text for mark in _BOTH_WIDTHS):
        _note(lines, "doubled", lambda span, found: finding("mark-doubled", span, text=found), findings)
    return lines


def _without(lines: list[Passage], name: str, kind: str, marks: Marks) -> list[Passage]:
    """Return the lines without what a pattern finds in them; lines of nothing else are left out."""
    search = _pattern(name).finditer
    kept: list[Passage] = []
    for line in lines:
        stretches = [found.span() for found in search(line.text)]
        if not stretches:
            kept.append(line)
            continue
        for begin, end in stretches:
            marks.add_all(kind, line.ranges(begin, end))
        for begin, end in _between(line, stretches) if kind == _LOST else [(0, len(line.text))]:
            inside = [(low - begin, high - begin) for low, high in stretches if begin <= low and high <= end]
            rest = cut_out(part_of(line, begin, end), inside)
            if rest is not None:
                kept.append(with_label(rest))
    return kept


def _between(line: Passage, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines that a line holds: what was lost before a label was the end of one."""
    label = label_pattern().match
    edges = [0, *(end for _, end in stretches if label(line.text, end)), len(line.text)]
    return [(begin, end) for begin, end in pairwise(edges) if begin < end]


def _note(lines: list[Passage], name: str, make: Callable[..., Finding], findings: list[Finding]) -> None:
    """Note each stretch that a pattern finds."""
    for line in lines:
        for found in _pattern(name).finditer(line.text):
            ranges = line.ranges(*found.span())
            findings.append(make(make_span(ranges[0][0], ranges[-1][1], ()), found[0]))
