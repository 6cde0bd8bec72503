"""The list of contents above a document's text: every heading once more, with or without page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage, make_span
from gongkai.reading.pieces import Marks

__all__ = ["is_contents_title", "take_contents"]

#: The list stands in the first lines of a document, and its entries are short.
_HEAD_LINES: Final = 120
_ENTRY_LENGTH: Final = 90
#: So many entries at least make a list that no word announces.
_FEWEST: Final = 3
#: No list is longer: each entry is looked for in all lines below.
_MOST: Final = 300
#: So many of ten entries have to stand in the text again.
_AGAIN: Final = 6


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = table("headings")["contents"]
    return re.compile(rows["title"]), re.compile(rows["page"])


def is_contents_title(text: str) -> bool:
    """Tell whether a line is the title of a list of contents.

    >>> from gongkai.reading.contents import is_contents_title
    >>> is_contents_title("目　录"), is_contents_title("公开目录")
    (True, False)
    """
    return len(text) <= _FEWEST + 3 and _patterns()[0].fullmatch(text) is not None


def take_contents(lines: list[Passage], marks: Marks, findings: list[Finding]) -> list[Passage]:
    """Return the lines without the list of contents, which is marked as noise, with a finding."""
    start, stop = _contents(lines)
    if start == stop:
        return lines
    for line in lines[start:stop]:
        marks.add_line("noise:contents", line)
    span = make_span(lines[start].start, lines[stop - 1].end, ())
    findings.append(finding("contents", span, entries=stop - start))
    return lines[:start] + lines[stop:]


def _contents(lines: Sequence[Passage]) -> tuple[int, int]:
    """Return where the list begins and ends; the same place twice where there is none."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.style < 0:
            if is_contents_title(line.text):
                stop = _end(lines, at + 1)
                return (at, stop) if stop - at > 1 else (at, at)
            continue
        stop = _end(lines, at)
        return (at, stop) if stop - at >= _FEWEST and _stands_again(lines, at, stop) else (at, at)
    return 0, 0


def _end(lines: Sequence[Passage], start: int) -> int:
    """Return where the entries end: above the first one's heading, or the first line that is none."""
    first = ""
    for at in range(start, len(lines)):
        line = lines[at]
        if len(line.text) > _ENTRY_LENGTH or "。" in line.text:
            return at
        heading = _heading(line.text)
        paged = heading != line.text
        if line.style < 0 and not paged:
            return at
        if first and heading == first and not paged:
            return at
        first = first or heading
    return start  # nothing but entries: they are the text


def _heading(text: str) -> str:
    """Return an entry without the dots and the number of the page behind it."""
    if "\u4e00" <= text[-1] <= "\u9fff":  # a cheap look before the pattern
        return text
    return _patterns()[1].sub("", text)


def _stands_again(lines: Sequence[Passage], start: int, stop: int) -> bool:
    """Whether most entries stand again below, in their order: alone, or as the beginning of a line."""
    if stop - start > _MOST:
        return False
    missing = 0
    below = stop
    for entry in lines[start:stop]:
        heading = _heading(entry.text)
        for at in range(below, len(lines)):
            line = lines[at]
            if line.label == entry.label and line.text.startswith(heading):
                below = at + 1
                break
        else:
            missing += 1
            if 10 * missing > (10 - _AGAIN) * (stop - start):
                return False
    return True
