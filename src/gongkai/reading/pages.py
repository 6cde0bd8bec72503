"""The page that a document was broken on: the width that its lines share, and what sets paragraphs apart."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from gongkai.reading.lines import Passage

__all__ = ["TERMINAL", "Page", "page_of"]

#: What the last character of a finished line is: GB/T 15834-2011, and closing brackets.
TERMINAL: Final = frozenset('。．.！!？?；;：:”"』」）)》】…—')

#: Pages are wider than this many characters; shorter lines that are alike are a list or a table's cells.
_NARROWEST: Final = 15
#: So many unfinished lines of one width show a page.
_FEWEST: Final = 3
#: The first line of a paragraph is indented by two characters (GB/T 9704-2012, 7.3.3).
_INDENT: Final = 2
#: A line that would begin with a full stop or split a number ends so many characters early.
_EARLY: Final = 2


class Page:
    """How the page broke the lines of a document.

    Attributes:
        width: a line of so many characters, its indent included, reaches the edge of the page.
        usual: how many characters of the source lie between a line and the one that goes on with it.
        begins: how many lie before a line that begins a paragraph; the same where nothing sets them apart.
    """

    __slots__ = ("begins", "usual", "width")

    def __init__(self, width: int, usual: int, begins: int) -> None:
        self.width = width
        self.usual = usual
        self.begins = begins

    def reaches_edge(self, lines: list[Passage], at: int) -> bool:
        """Tell whether a line is as wide as the page."""
        return len(lines[at].text) + _indent(lines, at, self.usual) >= self.width

    def sets_apart(self, gap: int) -> bool:
        """Tell whether the white space before a line sets it apart as the first of a paragraph."""
        return gap == self.begins != self.usual


def gap_before(lines: list[Passage], at: int) -> int:
    """How many characters of the source lie between a line and the one before: line ends and indent."""
    return lines[at].start - lines[at - 1].end


def _indent(lines: list[Passage], at: int, usual: int) -> int:
    """How far a line is indented, as far as the white space before it tells: 0 to 2 characters."""
    return max(0, min(_INDENT, gap_before(lines, at) - usual)) if at else _INDENT


def _many_longer(lines: list[Passage], width: int) -> bool:
    """Whether more lines than a page may have are much longer than a width."""
    most = 1.25 * width + _EARLY
    return len([0 for line in lines if len(line.text) > most]) > 0.05 * len(lines)


def page_of(lines: list[Passage]) -> Page | None:
    """Return the page that broke the lines, or None for a document whose lines are its paragraphs.

    The evidence are lines that end inside a sentence and are followed by a line without a label: on a page
    nearly all of them have its width, and no line is much longer.
    """
    broken = [
        at
        for at, (line, below) in enumerate(pairwise(lines))
        if below.style < 0 and line.text[-1] not in TERMINAL
    ]
    if len(broken) < _FEWEST:
        return None
    widest = max([len(lines[at].text) for at in broken]) + _INDENT
    if _many_longer(lines, widest):
        return None
    usual = Counter([gap_before(lines, at + 1) for at in broken]).most_common(1)[0][0]
    lengths = Counter([len(lines[at].text) + _indent(lines, at, usual) for at in broken])
    many = lengths.get
    width = max(lengths, key=lambda length: (lengths[length] + many(length - 1, 0) / 2, length))
    if width <= _NARROWEST:
        return None
    near = sum([many(length, 0) for length in range(width - _EARLY, width + _EARLY + 1)])
    if near < max(_FEWEST, 0.6 * len(broken)):
        return None
    if _many_longer(lines, width):
        return None
    if lengths[width] < 0.9 * near:
        width -= _EARLY
    labelled = Counter([gap_before(lines, at) for at in range(1, len(lines)) if lines[at].style >= 0])
    begins = labelled.most_common(1)[0][0] if labelled else usual
    return Page(width, usual, max(begins, usual))
