"""What stands on a page of a PDF: its characters and its ruled lines, with their places.

Coordinates are points (1/72 inch), from the top left corner of the page as its text is read: a page whose
text runs upward or downward is turned.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from functools import cache
from importlib import import_module
from math import pi
from typing import Any, Final, NamedTuple

from gongkai.reading.grammar import table

__all__ = ["Glyph", "Ruling", "Sheet", "read_sheet"]

#: A character for which the font does not say what it is.
UNKNOWN: Final = "\ufffd"
_UNMAPPED: Final = frozenset((0, 0xFFFE, 0xFFFF, 0xFFFD))
#: PDFium's mark for a hyphen at the end of a line.
_HYPHEN: Final = 2

#: So many characters of a page are read, and so many things that are drawn on it are looked at.
_MOST_GLYPHS: Final = 200_000
_MOST_DRAWN: Final = 40_000
#: Forms within forms are followed so deep.
_DEEPEST: Final = 4
#: A ruled line is this long at least, and straight but for this.
_SHORTEST: Final = 4.0
_CROOKED: Final = 0.6
#: A filled shape thinner than this is a line.
_THIN: Final = 4.0


class Glyph(NamedTuple):
    """A character on the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float


class Ruling(NamedTuple):
    """A straight line: ``at`` is where it lies across, ``start`` and ``end`` how far it goes along."""

    upright: bool
    at: float
    start: float
    end: float


class Sheet(NamedTuple):
    """A page.

    Attributes:
        number: its number, from 1.
        width: its width, as its text is read.
        height: its height.
        glyphs: its characters, in the order in which the file has them.
        turned: characters that run another way than most: upright or slanted text.
        rulings: the ruled lines.
        pictures: how many pictures it has.
        unmapped: how many characters are unknown, since their font does not say what they are.
        alike: how many were given as another character that looks alike.
        cut: whether it has more characters than are read.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    pictures: int
    unmapped: int
    alike: int
    cut: bool


@cache
def _look_alikes() -> dict[str, str]:
    """Characters that fonts give for others which look alike, and those."""
    found = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    compatible = (*range(0xF900, 0xFB00), *range(0xFB00, 0xFB07), *range(0x2F800, 0x2FA1E))
    found |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in compatible}
    found |= table("glyphs")["radicals"]
    return {odd: usual for odd, usual in found.items() if odd != usual}


def read_sheet(page: Any, number: int) -> Sheet:
    """Return what stands on a page of pypdfium2."""
    pdfium: Any = import_module("pypdfium2.raw")
    width, height = page.get_size() if not page.get_rotation() % 180 else page.get_size()[::-1]
    text_page = page.get_textpage()
    try:
        found, unmapped, alike = _characters(pdfium, text_page)
        cut = pdfium.FPDFText_CountChars(text_page.raw) > _MOST_GLYPHS
    finally:
        text_page.close()
    turns = Counter(turn for turn, _ in found)
    turns.pop(None, None)
    turn = max(turns, key=lambda way: (turns[way], way == 0)) if turns else 0
    turner = _Turner(turn or 0, width, height)
    glyphs = tuple([turner.glyph(glyph) for way, glyph in found if way == turn])
    turned = tuple([turner.glyph(glyph) for way, glyph in found if way != turn])
    drawn = _Drawn(pdfium)
    drawn.look(pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page.raw, (1, 0, 0, 1, 0, 0), 0)
    rulings = tuple([turner.ruling(*ends) for ends in drawn.lines])
    size = (height, width) if turner.turn % 2 else (width, height)
    return Sheet(number, *size, glyphs, turned, rulings, drawn.pictures, unmapped, alike, cut)


class _Turner:
    """Turns a page so that most of its text runs from left to right, and puts its origin at the top."""

    __slots__ = ("height", "turn", "width")

    def __init__(self, turn: int, width: float, height: float) -> None:
        self.turn = turn
        self.width = width
        self.height = height

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x, self.height - y
        if self.turn == 1:  # the text runs upward
            return y, x
        if self.turn == 2:
            return self.width - x, y
        return self.height - y, self.width - x

    def glyph(self, glyph: Glyph) -> Glyph:
        text, left, top, right, bottom, baseline = glyph
        if self.turn == 0:
            return Glyph(text, left, self.height - top, right, self.height - bottom, self.height - baseline)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        low, high = min(y0, y1), max(y0, y1)
        return Glyph(text, min(x0, x1), low, max(x0, x1), high, high - (high - low) / 6)

    def ruling(self, x0: float, y0: float, x1: float, y1: float) -> Ruling:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        if abs(ax - bx) < abs(ay - by):
            return Ruling(True, (ax + bx) / 2, min(ay, by), max(ay, by))
        return Ruling(False, (ay + by) / 2, min(ax, bx), max(ax, bx))


def _characters(pdfium: Any, text_page: Any) -> tuple[list[tuple[int | None, Glyph]], int, int]:
    """Return the characters, each with the way it runs: 0 to 3 quarter turns, or None for slanted ones."""
    box = pdfium.FS_RECTF()
    into = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    into_x, into_y = ctypes.byref(x), ctypes.byref(y)
    raw = text_page.raw
    look_alikes = _look_alikes()
    found: list[tuple[int | None, Glyph]] = []
    unmapped = alike = 0
    high = 0
    for at in range(min(pdfium.FPDFText_CountChars(raw), _MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if pdfium.FPDFText_IsGenerated(raw, at) == 1 and code != _HYPHEN:
            continue
        if pdfium.FPDFText_HasUnicodeMapError(raw, at) == 1:
            code = 0
        if 0xD800 <= code < 0xDC00:  # half of a character, where a char of the platform has 16 bits
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF)
        pdfium.FPDFText_GetLooseCharBox(raw, at, into)
        pdfium.FPDFText_GetCharOrigin(raw, at, into_x, into_y)
        text = "-" if code == _HYPHEN else UNKNOWN if code in _UNMAPPED else chr(code)
        if text == UNKNOWN:
            unmapped += 1
        elif text < " ":
            continue
        elif text in look_alikes:
            text = look_alikes[text]
            alike += 1
        turn = _turn(pdfium.FPDFText_GetCharAngle(raw, at))
        found.append((turn, Glyph(text, box.left, box.top, box.right, box.bottom, y.value)))
    return found, unmapped, alike


def _turn(angle: float) -> int | None:
    if angle <= 0:
        return 0
    quarters = angle * 2 / pi  # PDFium counts clockwise
    nearest = round(quarters)
    return -nearest % 4 if abs(quarters - nearest) < 0.05 else None


class _Drawn:
    """Looks for the lines and pictures among the things that are drawn."""

    def __init__(self, pdfium: Any) -> None:
        self.pdfium = pdfium
        self.lines: list[tuple[float, float, float, float]] = []
        self.pictures = 0
        self.seen = 0

    def look(self, count: Any, get: Any, holder: Any, within: tuple[float, ...], depth: int) -> None:
        """Look at all objects of a page or a form, whose place is told by a matrix."""
        pdfium = self.pdfium
        for at in range(count(holder)):
            self.seen += 1
            if self.seen > _MOST_DRAWN:
                return
            thing = get(holder, at)
            sort = pdfium.FPDFPageObj_GetType(thing)
            if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures += 1
            elif sort == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(thing, _times(self._matrix(thing), within))
            elif sort == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(self._matrix(thing), within)
                self.look(
                    pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, thing, inner, depth + 1
                )

    def _matrix(self, thing: Any) -> tuple[float, ...]:
        matrix = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
            return (1, 0, 0, 1, 0, 0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, path: Any, matrix: tuple[float, ...]) -> None:
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        lines: list[tuple[float, float, float, float]] = []
        first = last = (0.0, 0.0)
        for at in range(pdfium.FPDFPath_CountSegments(path)):
            self.seen += 1
            if self.seen > _MOST_DRAWN:
                return
            segment = pdfium.FPDFPath_GetPathSegment(path, at)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            a, b, c, d, e, f = matrix
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            sort = pdfium.FPDFPathSegment_GetType(segment)
            if sort == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif sort == pdfium.FPDF_SEGMENT_LINETO:
                lines.append((*last, *point))
            if pdfium.FPDFPathSegment_GetClose(segment):
                lines.append((*point, *first))
            last = point
        if not stroke.value and lines and not _is_thin(lines):
            return
        self.lines += [line for line in lines if _is_ruled(line)]


def _is_thin(lines: list[tuple[float, float, float, float]]) -> bool:
    xs = [x for line in lines for x in (line[0], line[2])]
    ys = [y for line in lines for y in (line[1], line[3])]
    return min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN


def _is_ruled(line: tuple[float, float, float, float]) -> bool:
    wide, high = abs(line[0] - line[2]), abs(line[1] - line[3])
    return min(wide, high) < _CROOKED and max(wide, high) >= _SHORTEST


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Return the matrix that does what one does, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
