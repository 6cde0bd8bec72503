"""Breaking Chinese lines for a terminal, and putting cells side by side, counted in cells of the screen.

A wide or full-width character (Unicode Standard Annex 11) takes two cells, a combining one none. A run is a
text and the name of its style.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, TypeAlias

__all__ = ["Line", "Run", "cells", "flow", "pad", "plain", "side_by_side", "wrap"]

Run: TypeAlias = tuple[str, str]
"""A text and the name of its style; an empty name is no style."""

Line: TypeAlias = list[Run]

#: What may not begin a line and what may not end one (GB/T 15834-2011, 5.1: where punctuation stands).
_NO_START: Final = frozenset("。，、；：？！）》〉」』】〕］”’…—·.,;:?!)]}%℃~～+]")
_NO_END: Final = frozenset("（《〈「『【〔［“‘([{")


def cells(text: str) -> int:
    """How many cells the text takes.

    >>> cells("公开a")
    5
    """
    return len(text) if text.isascii() else sum(map(_cell, text))


@lru_cache(maxsize=8192)
def _cell(character: str) -> int:
    if character == "\xad":
        return 1  # shown as a hyphen
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0  # what combines, steers, or is a vowel or an end of a Korean syllable
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END:
        return False
    return before == " " or after == " " or _cell(before) > 1 or _cell(after) > 1


def _cut_points(
    text: str, width: int, after: str, barred: frozenset[int], freed: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line; as many characters as fit, or one where not even that fits.

    Before the places that are barred no line ends, if it can be helped; before those that are freed one may,
    whatever stands there.
    """
    start = 0
    while start < len(text):
        used, end, good, better = 0, start, start, start
        while end < len(text) and used + _cell(text[end]) <= width:
            used += _cell(text[end])
            end += 1
            if (
                end < len(text)
                and (end in freed or _may_break(text[end - 1], text[end]))
                and end not in barred
            ):
                good = end
                better = end if text[end - 1] in after else better
        if end < len(text):
            good = better if better > start else good
            end = good if good > start else max(end, start + 1)
        yield start, end
        start = end
        while start < len(text) and text[start] == " ":
            start += 1


def wrap(runs: Iterable[Run], width: int, *, after: str = "") -> list[Line]:
    """Break runs into lines of at most ``width`` cells; punctuation that closes does not begin a line.

    Where ``after`` names characters, a line ends after one of them if it can: names in a list stay whole. A
    run of the style ``open`` or ``close`` stays with what it opens or closes.

    >>> [plain(line) for line in wrap([("公开财政预决算，", ""), ("并说明。", "add")], 10)]
    ['公开财政预', '决算，并说', '明。']
    """
    characters = [(character, style) for text, style in runs for character in text]
    text = "".join([character for character, _ in characters])
    lines: list[Line] = []
    styles = [style for _, style in characters]
    pairs = list(enumerate(pairwise(styles), start=1))
    barred = frozenset(place for place, (before, behind) in pairs if before == "open" or behind == "close")
    freed = frozenset(place for place, (before, behind) in pairs if (before, behind) == ("close", "open"))
    for start, end in _cut_points(text, max(width, 1), after, barred, freed):
        line = characters[start : start + len(text[start:end].rstrip(" "))]
        lines.append(
            [("".join([item[0] for item in group]), style) for style, group in groupby(line, _style)]
        )
    return lines or [[]]


def flow(items: Sequence[Sequence[Run]], width: int) -> list[Line]:
    """Put items on lines with · between them; a line ends between two items where it can.

    >>> [plain(line) for line in flow([[("新增 3", "")], [("删除 2", "")], [("移动 12", "")]], 18)]
    ['新增 3 · 删除 2', '移动 12']
    """
    lines: list[Line] = []
    for item in items:
        longer = [*lines[-1], (" · ", "soft"), *item] if lines else list(item)
        if lines and cells(plain(longer)) <= width:
            lines[-1] = longer
        else:
            lines += wrap(item, width)
    return lines


def _style(item: tuple[str, str]) -> str:
    return item[1]


def plain(line: Line) -> str:
    """The line's text."""
    return "".join([text for text, _ in line])


def pad(line: Line, width: int) -> Line:
    """The line filled with spaces to a width."""
    missing = width - cells(plain(line))
    return [*line, (" " * missing, "")] if missing > 0 else line


def side_by_side(columns: Sequence[list[Line]], widths: Sequence[int], gap: int = 2) -> list[Line]:
    """Put columns of lines next to each other; the last one is not filled up."""
    lines: list[Line] = []
    for number in range(max(len(column) for column in columns)):
        line: Line = []
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            cell = column[number] if number < len(column) else []
            last = place == len(columns) - 1
            line += cell if last else pad(cell, width + gap)
        lines.append(line)
    return lines
