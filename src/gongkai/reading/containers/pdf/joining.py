"""From lines to paragraphs: which line goes on with the one before it, told from where they stand."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import Final

from gongkai.reading.containers.pdf.lines import SPREAD, Line, is_wide, spaced
from gongkai.reading.containers.pdf.pages import Area
from gongkai.reading.lines import scan
from gongkai.reading.names import is_body, is_listed
from gongkai.reading.namewords import collective_starts
from gongkai.reading.pages import TERMINAL

__all__ = ["Layout", "begins_item", "cell_paragraphs", "fills_cell", "holds_sentences", "shares_of"]

#: Cells with these hold sentences, others may hold names; what parts names.
_SENTENCE: Final = "。；：;:"
_SHORTEST_NAME: Final = 3
_SEPARATORS: Final = re.compile(r"[、，,]")
#: A line is full where what the next one begins with does not fit behind it, but for this (in characters).
_LEEWAY: Final = 0.5
_CELL_LEEWAY: Final = -0.08
#: A line that ends so many characters before the edge ends its paragraph.
_SHORT: Final = 5.0
#: How wide other than Chinese characters are, and the space around them.
_NARROW: Final = 0.55
_MIXED: Final = 0.5
#: What a line may begin with: a word, a number, a character, with the marks that cling to it. No line is
#: broken on either side of a quotation mark (UAX #14, class QU).
_BEGINNING: Final = re.compile(
    r"[（《〈「『【〔“‘(\[]*(?:[A-Za-z0-9.%+/-]+|.)"
    r"(?:[，。、；：？！）》〉」』】〕…,.;:?!)\]%]+[A-Za-z0-9.%+/-]*|[“”‘’\"'][（《]*.)*"
)
_PARTED: Final = re.compile(r"[A-Za-z]-$")
#: A paragraph is indented by two characters (GB/T 9704-2012, 7.3.3); what is less is no indent.
_INDENT: Final = 1.2
#: The widths of lines of one size differ by less than this.
_SAME_SIZE: Final = 0.15
#: Lines of titles are larger than others, at least so many times.
_TITLE: Final = 1.1
#: The lines of a title are no further apart than this, in characters.
_CLOSE: Final = 2.2
#: Lines further apart than this, in usual distances, belong to two paragraphs.
_APART: Final = 1.35
#: An edge is one that so many lines reach; where fewer do, only lines of so many characters are full.
_FEWEST: Final = 3
_WIDE: Final = 20
#: A column of text is so many characters wide at least.
_NARROWEST: Final = 10
#: Columns begin in one place but for so many points.
_NEAR: Final = 45.0


class Layout:
    """How a document sets its lines: where columns begin and end, whether paragraphs are indented.

    Attributes:
        frames: where the lines of each column begin and where full ones end.
        indented: whether the first line of a paragraph is indented.
        pitch: the usual distance of lines.
        size: the usual width of a character.
    """

    def __init__(self, areas: list[Area]) -> None:
        self.frames = _frames(areas)
        self.pitch = _pitch(areas)
        self.size = median([line.size for area in areas for line in area.lines] or [0.0])
        self.indented = self._is_indented(areas)

    def frame(self, area: Area) -> tuple[float, float]:
        """Return where the lines of an area begin, and where full lines end."""
        own = min((line.left for line in area.lines), default=0.0)
        for beside, left, right in self.frames:
            if beside == area.beside and abs(left - own) < _NEAR:
                return left, right
        return own, own

    def goes_on(self, line: Line, before: Line, area: Area, last: Area) -> bool:
        """Whether a line goes on with the paragraph of the line before it.

        Args:
            line: the line.
            before: the line before it, perhaps on the page before.
            area: where the line stands.
            last: where the line before stands.
        """
        if abs(line.size / before.size - 1) > _SAME_SIZE:
            return False
        if area.page == last.page and area.beside is not last.beside:
            return False
        left, right = self.frame(last)
        if self._is_title(line, before, area, last):
            return True
        room = right - before.right
        if _is_centred(before, left, right) and _is_centred(line, *self.frame(area)):
            return is_full(before, line, room + before.left - left)
        if not is_full(before, line, room):
            return False
        if before.size > _TITLE * self.size and _is_centred(line, *self.frame(area)):
            return True
        if area is last and line.baseline - before.baseline > _APART * self.pitch:
            return False
        left, _ = self.frame(area)
        indent = line.left - left
        if self.indented:
            return indent < _INDENT * line.size
        if begins_item(line.text):
            return False
        return indent < _INDENT * line.size or before.text[-1] not in TERMINAL

    def _is_title(self, line: Line, before: Line, area: Area, last: Area) -> bool:
        """Whether a line goes on with a title: both are large, in the middle, and close to each other."""
        return (
            before.size > _TITLE * self.size
            and area is last
            and line.baseline - before.baseline < _CLOSE * before.size
            and _is_centred(line, *self.frame(area))
            and _is_centred(before, *self.frame(last))
            and not begins_item(line.text)
        )

    def _is_indented(self, areas: list[Area]) -> bool:
        """Whether the lines below a line that ends early are indented, which begin a paragraph."""
        first = indented = 0
        for area in areas:
            left, right = self.frame(area)
            for before, line in pairwise(area.lines):
                if right - before.right > _SHORT * before.size and line.right - left > (right - left) / 2:
                    first += 1
                    indented += _INDENT * line.size <= line.left - left < 3 * line.size
        return 2 * indented > first


def _frames(areas: list[Area]) -> list[tuple[bool, float, float]]:
    """Return where the lines of each column begin and end, the widest first."""
    groups: list[tuple[bool, float, list[Line]]] = []
    for area in areas:
        own = min((line.left for line in area.lines), default=0.0)
        for beside, left, lines in groups:
            if beside == area.beside and abs(left - own) < _NEAR:
                lines.extend(area.lines)
                break
        else:
            groups.append((area.beside, own, list(area.lines)))
    frames = [(beside, *_edges(lines)) for beside, _, lines in groups if lines]
    return sorted(frames, key=lambda frame: frame[1] - frame[2])


def _edges(lines: list[Line]) -> tuple[float, float]:
    """Return where lines begin and where full lines end: places that several lines share."""
    size = median([line.size for line in lines])
    few = max(_FEWEST, len(lines) // 10)
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next(
        (one for one, other in zip(lefts, lefts[few - 1 :], strict=False) if other - one < size), None
    )
    right = next(
        (one for one, other in zip(rights, rights[few - 1 :], strict=False) if one - other < size), None
    )
    left = lefts[0] if left is None else left
    if right is None:
        return left, max(rights[0], left + _WIDE * size)
    return left, max(right, left + _NARROWEST * size)


def _pitch(areas: list[Area]) -> float:
    """Return the usual distance of two lines, in points."""
    steps = Counter(
        round(line.baseline - before.baseline)
        for area in areas
        for before, line in pairwise(area.lines)
        if line.baseline - before.baseline < 4 * line.size
    )
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _is_centred(line: Line, left: float, right: float) -> bool:
    before, behind = line.left - left, right - line.right
    return before > _INDENT * line.size and abs(before - behind) < line.size


def is_full(line: Line, below: Line, room: float, leeway: float = _LEEWAY) -> bool:
    """Whether what the line below begins with does not fit behind a line: it was broken for want of room."""
    if _is_parted(line.text, below.text):
        return True
    found = _BEGINNING.match(below.text)
    beginning = found[0] if found else below.text[:1]
    width = sum(1.0 if character >= SPREAD else _NARROW for character in beginning)
    if is_wide(line.text[-1]) and not is_wide(beginning[0]):
        width += _MIXED
    return room < (width + leeway) * line.size


def begins_item(text: str) -> bool:
    """Whether a line begins with a label of the grammar."""
    found = scan(text)
    return bool(found) and found[0].style >= 0


def _is_parted(before: str, text: str) -> bool:
    """Whether a hyphen parts a word at the end of a line."""
    return bool(_PARTED.search(before)) and text[:1].islower()


def shares_of(lines: list[Line]) -> list[str]:
    """Return what each line gives to the paragraph that they make up.

    Between words a space is put, between Chinese characters nothing; a hyphen that parts a word is left out.
    """
    shares = [line.text for line in lines]
    for at in range(1, len(shares)):
        before, text = shares[at - 1], lines[at].text
        if _is_parted(before, text):
            shares[at - 1] = before[:-1]
        elif spaced(before, text):
            shares[at] = f" {text}"
    return shares


def fills_cell(line: Line, below: Line, widest: float) -> bool:
    """Whether a line of a cell was broken for want of room; cells are seldom spread to their edge."""
    return is_full(line, below, widest - line.width, _CELL_LEEWAY)


def holds_sentences(lines: list[Line]) -> bool:
    """Whether a cell holds sentences, not names."""
    return any(mark in line.text for line in lines for mark in _SENTENCE)


def cell_paragraphs(lines: list[Line], widest: float, *, names: bool = False) -> list[list[Line]]:
    """Return the paragraphs of a cell: a line as wide as the column goes on in the next one.

    Args:
        lines: the lines of the cell.
        widest: how wide the widest line of the column is.
        names: whether no cell of the column holds a sentence.
    """
    found: list[list[Line]] = []
    for line in lines:
        run = found[-1] if found else []
        goes_on = bool(run) and fills_cell(run[-1], line, widest) and not begins_item(line.text)
        if goes_on and not (names and _ends_name(run, line)):
            run.append(line)
        else:
            found.append([line])
    return found


def _ends_name(run: list[Line], line: Line) -> bool:
    """Whether lines of a cell of names end with the name of a body that does not go on in the line below."""
    name = _SEPARATORS.split("".join(shares_of(run)))[-1]
    rest = _SEPARATORS.split(line.text)[0]
    if not is_body(name):
        return False
    return rest.startswith(collective_starts()) or (
        len(rest) >= _SHORTEST_NAME and not is_listed(name + rest)
    )
