"""What every page has at its edges: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final, NamedTuple

from gongkai.reading.containers.pdf.lines import Line
from gongkai.reading.containers.pdf.pages import Area, Page
from gongkai.reading.noise import name_of

__all__ = ["Furniture", "furniture_of"]

#: Furniture stands in this part of the page's height, at its top and at its bottom, in so many lines.
_EDGE: Final = 0.17
_LINES: Final = 3
#: It stands in the same place on every page, but for so many points.
_SAME: Final = 4.0
_NUMBER: Final = re.compile(r"\d{1,4}")
_DIGITS: Final = re.compile(r"\d+")
_BLANKS: Final = re.compile(r"\s+")


class Furniture(NamedTuple):
    """The furniture of a page: each line with the name of the noise that it is, above and below the text."""

    above: tuple[tuple[Line, str], ...]
    below: tuple[tuple[Line, str], ...]

    @property
    def lines(self) -> frozenset[int]:
        """The lines, by their id."""
        return frozenset(id(line) for line, _ in (*self.above, *self.below))


def furniture_of(pages: list[Page]) -> list[Furniture]:
    """Return the furniture of each page."""
    edges = [_edges(page) for page in pages]
    heads = _Repeated([above for above, _ in edges], "page-head")
    feet = _Repeated([below for _, below in edges], "page-foot")
    return [Furniture(tuple(heads.of(at)), tuple(reversed(feet.of(at)))) for at in range(len(pages))]


def _edges(page: Page) -> tuple[list[Line], list[Line]]:
    """Return the lines at the top of a page and at its bottom, the outermost first."""
    lines = [line for part in page.parts if isinstance(part, Area) for line in part.lines]
    lines.sort(key=lambda line: line.baseline)
    height = page.sheet.height
    above = [line for line in lines[:_LINES] if line.bottom < _EDGE * height]
    below = [line for line in lines[: -_LINES - 1 : -1] if line.top > (1 - _EDGE) * height]
    return above, below


class _Repeated:
    """Tells what stands at one edge of page after page."""

    def __init__(self, edges: list[list[Line]], name: str) -> None:
        self.edges = edges
        self.name = name
        places: dict[str, Counter[int]] = defaultdict(Counter)
        steps: Counter[int] = Counter()
        for number, lines in enumerate(edges):
            for line in lines:
                places[_key(line)][round(line.baseline / _SAME)] += 1
            for line in lines[:1]:
                if _NUMBER.fullmatch(line.text):
                    steps[int(line.text) - number] += 1
        self.places = places
        self.steps = steps
        self.needed = max(2, len([lines for lines in edges if lines]) // 3)

    def of(self, number: int) -> list[tuple[Line, str]]:
        """Return the furniture at the edge of a page, the outermost line first."""
        found: list[tuple[Line, str]] = []
        for line in self.edges[number]:
            name = self._name(line, number)
            if name is None:
                break
            found.append((line, name))
        return found

    def _name(self, line: Line, number: int) -> str | None:
        if name_of(line.text, "page") is not None:
            return "page-number"
        if _NUMBER.fullmatch(line.text):
            step = int(line.text) - number
            return "page-number" if self.steps[step] > 1 or step == 1 else None
        place = round(line.baseline / _SAME)
        near = self.places[_key(line)]
        times = near[place - 1] + near[place] + near[place + 1]
        return self.name if times >= self.needed else None


def _key(line: Line) -> str:
    """Return what a line has in common on every page: all but its number."""
    return _DIGITS.sub("0", _BLANKS.sub("", line.text))
