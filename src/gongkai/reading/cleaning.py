"""What copies leave between the characters of a text: injected pinyin, remains of markup, lost characters.

Each is a named piece of noise and cut out of the text around it, which keeps its places; what may stand for a
character of the text stays in it, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.extract import PrintedTable
from gongkai.reading.findings import finding
from gongkai.reading.grammar import holds_any, table
from gongkai.reading.lines import Passage, cut_out, label_pattern, make_span, part_of, with_label
from gongkai.reading.noise import outside
from gongkai.reading.pieces import Marks

__all__ = ["clean"]

_LOST: Final = "noise:lost"
#: A look before the pattern: copies that have one of these are damaged.
_DOUBLED: Final = (",，", "，,", "，，", "。。")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("characters")[name]["pattern"])


def clean(
    text: str, lines: list[Passage], tables: Sequence[PrintedTable], marks: Marks, findings: list[Finding]
) -> list[Passage]:
    """Return the lines without what copies left in them; nearly all documents come back as they are.

    The cells of a container's tables are read as they stand.
    """
    if not tables:
        return _cleaned(text, lines, marks, findings)
    free = outside(lines, tables)
    cells = {id(line) for line in lines} - {id(line) for line in free}
    cleaned = _cleaned(text, free, marks, findings)
    return sorted([*cleaned, *(line for line in lines if id(line) in cells)], key=lambda line: line.start)


def _cleaned(text: str, lines: list[Passage], marks: Marks, findings: list[Finding]) -> list[Passage]:
    for sign, name in (("(", "pinyin"), ("（", "wide-pinyin")):
        if sign in text and _pattern(name).search(text) is not None:
            lines = _without(lines, name, "noise:pinyin", marks)
    if "&" in text or "<" in text or (">" in text and "/p>" in text):
        lines = _without(lines, "markup", "noise:markup", marks)
        _note(lines, "entity", findings)
    if holds_any(text, ("??",)) or "\ufffd" in text:
        lines = _without(lines, "lost-between", _LOST, marks)
        _note(lines, "characters-lost", findings)
    if "，" in text and "," in text and any(pair in text for pair in _DOUBLED):
        _note(lines, "mark-doubled", findings)
    return lines


def _without(lines: list[Passage], name: str, kind: str, marks: Marks) -> list[Passage]:
    """Return the lines without what a pattern finds in them; lines of nothing else are left out."""
    search = _pattern(name).finditer
    signed = _signed(lines, name)
    if not signed:
        return lines
    kept: list[Passage] = []
    for at, line in enumerate(lines):
        stretches = [found.span() for found in search(line.text)] if at in signed else []
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


def _signed(lines: list[Passage], name: str) -> set[int]:
    """Return which lines have a sign of what a pattern finds: a cheap look before the pattern."""
    found: set[int] = set()
    for sign in table("characters")[name]["signs"]:
        first = sign[0]  # looking for one character is several times as fast
        found.update([at for at, line in enumerate(lines) if first in line.text and sign in line.text])
    return found


def _between(line: Passage, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines that a line holds: what was lost before a label was the end of one."""
    label = label_pattern().match
    edges = [0, *(end for _, end in stretches if label(line.text, end)), len(line.text)]
    return [(begin, end) for begin, end in pairwise(edges) if begin < end]


def _note(lines: list[Passage], name: str, findings: list[Finding]) -> None:
    """Note each stretch that a pattern finds; the finding has the pattern's name."""
    for line in [lines[at] for at in sorted(_signed(lines, name))]:
        for found in _pattern(name).finditer(line.text):
            ranges = line.ranges(*found.span())
            findings.append(finding(name, make_span(ranges[0][0], ranges[-1][1], ()), text=found[0]))
