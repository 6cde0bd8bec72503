"""Labels inside running text: where they stand, and what stands before them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from gongkai.reading.lines import (
    BLANK,
    Passage,
    label_number,
    label_pattern,
    part_of,
    styles,
    with_label,
)
from gongkai.reading.titles import last_words

__all__ = [
    "ENUMERATION",
    "METADATA",
    "InnerLabel",
    "half_brackets",
    "inner_label",
    "inner_labels",
    "parts_of",
    "set_enumeration",
]

#: The style of 一是 and the like.
ENUMERATION: Final = next(at for at, style in enumerate(styles()) if style.name == "enumeration")
#: What a number is followed by that numbers a line of metadata (1. [索引号]).
METADATA: Final = frozenset("[【")
#: A number or letter with half a bracket, which numbers an item of a list: 1）清单；2）目录.
_HALF: Final = re.compile(
    "(?<![0-9A-Za-z一二三四五六七八九十])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})[)）]"
)
#: The last word of a title is no longer than this.
_TITLE_LENGTH: Final = 12
_STOPS: Final = frozenset("。！？!?…")
#: What a label can begin with, and what stands before none.
_STARTS: Final = re.compile("[（(0-9０-９一二三四五六七八九十第①-⑳]")
_NOT_BEFORE: Final = frozenset("0123456789０１２３４５６７８９.．一二三四五六七八九十百千〇第")


class InnerLabel(NamedTuple):
    """What looks like a label in running text.

    Attributes:
        start: where it begins.
        end: where it ends, with the white space behind it.
        style: the place of its style among all.
        number: its number.
        before: what stands before it: start, stop, close, semicolon, colon, comma, title, blank
            or text.
    """

    start: int
    end: int
    style: int
    number: int
    before: str


@cache
def inner_label() -> re.Pattern[str]:
    """A label, or 一是 and the like."""
    return re.compile(rf"{label_pattern().pattern}|([一二三四五六七八九十]{{1,2}}是)")


def inner_labels(text: str, begin: int, end: int) -> list[InnerLabel]:
    """Return what looks like labels in a stretch of a text, in order; not the one that it begins with."""
    found: list[InnerLabel] = []
    search, match = _STARTS.search, inner_label().match
    at = begin
    while (first := search(text, at, end)) is not None:
        start = first.start()
        at = start + 1
        if (start and text[start - 1] in _NOT_BEFORE) or (label := match(text, start, end)) is None:
            continue
        at = label.end()
        group = label.lastindex
        number = label_number("".join(label[group].split())) if group else None
        metadata = text[at : at + 1] in METADATA
        if group and number is not None and not metadata and (start > begin or begin == 0):
            found.append(InnerLabel(start, at, min(group - 1, ENUMERATION), number, _before(text, start)))
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
    for marks, name in (
        (_STOPS, "stop"),
        ("）)】", "close"),
        ("；;", "semicolon"),
        ("：:", "colon"),
        ("，,", "comma"),
    ):
        if mark in marks:
            return name
    if text.endswith(last_words(), max(0, back - _TITLE_LENGTH), back + 1):
        return "title"
    return "blank" if back < at - 1 else "text"


def parts_of(line: Passage, cuts: set[int], labels: list[InnerLabel]) -> list[Passage]:
    """Return the stretches between the cuts, those that begin with a label with it."""
    text = line.text
    styled = {label.start: label for label in labels}
    found: list[Passage] = []
    for begin, end in pairwise(sorted({0, *cuts, len(text)})):
        first = begin + len(text[begin:end]) - len(text[begin:end].lstrip(BLANK))
        if first == end:
            continue
        part = part_of(line, first, begin + len(text[begin:end].rstrip(BLANK)))
        label = styled.get(begin)
        if label is not None and label.style == ENUMERATION:
            set_enumeration(part)
        elif label is not None:
            with_label(part)
        found.append(part)
    return found


def set_enumeration(passage: Passage) -> None:
    """Give a passage that begins with 一是 or the like this as its label."""
    passage.tag = passage.body = passage.text.index("是") + 1
    passage.style, passage.label = ENUMERATION, passage.text[: passage.tag]


def half_brackets(text: str) -> frozenset[int]:
    """Return where a bracket closes that may be half a label, and needs no partner.

    >>> sorted(half_brackets("公开事项：1）清单；b)目录（草案）。"))
    [6, 11]
    """
    return frozenset([label.end() - 1 for label in _HALF.finditer(text)])
