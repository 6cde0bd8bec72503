"""From the characters of a page to its lines."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import Final

from gongkai.reading.containers.pdf.glyphs import Glyph

__all__ = ["SPREAD", "Line", "is_wide", "lines_of", "rows_of", "spaced", "stretches_of"]

#: Characters whose baselines differ by less than this, in heights of a character, stand in one line.
_SAME_LINE: Final = 0.4
#: A gap wider than this, in widths of a character, parts a line into stretches.
_PARTS: Final = 1.4
#: A gap wider than this is a space: between Chinese characters, where lines are spread; between others.
_SPACE_WIDE: Final = 0.75
_SPACE: Final = 0.18
_SPACE_MIXED: Final = 0.55
#: Characters from here on are spread: Chinese ones, and the quotation marks and dashes that they share.
SPREAD: Final = "\u2010"
#: Marks that may hang over the edge of a column.
_HANGING: Final = frozenset("，。、；：！？,.;:!?")
#: A character that is drawn twice, to look bold, is moved by less than this.
_TWICE: Final = 0.25


class Line:
    """A stretch of characters on one baseline, without a gap.

    Attributes:
        text: its characters, with spaces where there are gaps.
        left: where it begins.
        right: where it ends.
        top: its upper edge.
        bottom: its lower edge.
        baseline: where its characters stand.
        size: the width of a Chinese character in it.
    """

    __slots__ = ("baseline", "bottom", "left", "right", "size", "text", "top")

    def __init__(self, glyphs: list[Glyph]) -> None:
        seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
        self.left = min(glyph.left for glyph in seen)
        self.right = max(glyph.right for glyph in seen)
        self.top = min(glyph.top for glyph in seen)
        self.bottom = max(glyph.bottom for glyph in seen)
        self.baseline = median([glyph.baseline for glyph in seen])
        self.size = _size(seen)
        self.text = _text(glyphs, self.size)

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def solid(self) -> float:
        """How wide it is without the mark at its end, which may hang over the edge."""
        mark = self.text[-1]
        if mark not in _HANGING:
            return self.width
        return self.width - self.size / (1 if is_wide(mark) else 2)

    def __repr__(self) -> str:
        return f"<Line {self.left:.0f}-{self.right:.0f} @{self.baseline:.0f} {self.text[:20]!r}>"


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """Return the lines of a page from top to bottom, each as its stretches from left to right."""
    found = [stretches_of(row) for row in rows_of(glyphs)]
    return [row for row in found if row]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters of a page line by line, from top to bottom."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.baseline)
    rows: list[list[Glyph]] = []
    for glyph in ordered:
        if rows:
            last = rows[-1][-1]
            height = min(last.bottom - last.top, glyph.bottom - glyph.top)
            if glyph.baseline - rows[-1][0].baseline < max(1.0, _SAME_LINE * height):
                rows[-1].append(glyph)
                continue
        rows.append([glyph])
    return rows


def stretches_of(row: list[Glyph]) -> list[Line]:
    """Return a line as its stretches, from left to right."""
    row.sort(key=lambda glyph: (glyph.left, glyph.right))
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    if not seen:
        return []
    size = _size(seen)
    stretches: list[list[Glyph]] = [[]]
    end = row[0].left
    for glyph in row:
        if stretches[-1]:
            last = stretches[-1][-1]
            if (
                glyph.text == last.text
                and glyph.left - last.left < _TWICE * size
                and not glyph.text.isspace()
            ):
                continue
            if glyph.left - end > _PARTS * size:
                stretches.append([])
        stretches[-1].append(glyph)
        end = max(end, glyph.right)
    return [Line(part) for part in stretches if any(not glyph.text.isspace() for glyph in part)]


def _size(glyphs: list[Glyph]) -> float:
    """Return the width of a Chinese character: of those that are here, else by the height of the others."""
    wide = [glyph.right - glyph.left for glyph in glyphs if is_wide(glyph.text)]
    size = median(wide) if wide else 0.85 * median([glyph.bottom - glyph.top for glyph in glyphs])
    return max(size, 1.0)


def is_wide(text: str) -> bool:
    """Whether a character is as wide as high: Chinese characters and marks."""
    return text >= "\u2e80"


def _text(glyphs: list[Glyph], size: float) -> str:
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and not last.text.isspace() and not glyph.text.isspace():
            gap = (glyph.left - last.right) / size
            pair = (last.text >= SPREAD) + (glyph.text >= SPREAD)
            if gap > (_SPACE, _SPACE_MIXED, _SPACE_WIDE)[pair]:
                parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    return "".join(parts).strip()


def spaced(before: str, after: str) -> bool:
    """Whether a space stands between two stretches that are joined: between words, not between characters.

    >>> from gongkai.reading.containers.pdf.lines import spaced
    >>> spaced("open", "government"), spaced("公开", "目录")
    (True, False)
    """
    return before[-1:].isalnum() and after[:1].isalnum() and not is_wide(before[-1]) and not is_wide(after[0])
