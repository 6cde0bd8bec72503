"""A text without what is marked as noise in it, and the way back from its offsets to those of the source.

What reads a text by itself, not by its lines, reads it so: no noise gets into what it finds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from gongkai.model import Span
from gongkai.reading.lines import Passage, span_of

__all__ = ["Squeezed"]


class Squeezed:
    """A text without some stretches of it. Line breaks stay, so that its lines are those of the source.

    Args:
        source: the whole text.
        gone: what is left out, as (start, end) in order; stretches may overlap.

    Attributes:
        text: what is left.

    >>> from gongkai.reading.squeezing import Squeezed
    >>> squeezed = Squeezed("公开(kāi)目录\\n— 3 —\\n各部门", [(2, 7), (10, 15)])
    >>> squeezed.text, squeezed.ranges(0, 4), squeezed.offset(9)
    ('公开目录\\n\\n各部门', [(0, 2), (7, 9)], 4)
    """

    def __init__(self, source: str, gone: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []  # of the stretches that stay, in the source
        self._places: list[int] = []  # of the same, in the text
        self._parts: list[str] = []
        self._length = 0
        at = 0
        for start, end in gone:
            self._keep(source, at, start)
            at = max(at, start)
            while (line := source.find("\n", at, end)) >= 0:
                self._keep(source, line, line + 1)
                at = line + 1
            at = max(at, end)
        self._keep(source, at, len(source))
        self.text = "".join(self._parts)

    def _keep(self, source: str, start: int, end: int) -> None:
        if start < end:
            self._starts.append(start)
            self._places.append(self._length)
            self._parts.append(source[start:end])
            self._length += end - start

    def offset(self, place: int) -> int:
        """Return where a place of the source stands in the text; of what is gone, where it would stand."""
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return 0
        return self._places[at] + min(place - self._starts[at], len(self._parts[at]))

    def ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where a stretch of the text stands in the source, as (start, end) of each stretch."""
        found: list[tuple[int, int]] = []
        for at in range(max(bisect_right(self._places, start) - 1, 0), bisect_left(self._places, end)):
            place, begin = self._places[at], self._starts[at]
            low, high = max(start, place), min(end, place + len(self._parts[at]))
            if low < high:
                found.append((begin + low - place, begin + high - place))
        return found

    def hull(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text begins and ends in the source; an empty one stays empty."""
        found = self.ranges(start, max(end, start + 1))
        begin = found[0][0] if found else self._starts[-1] + len(self._parts[-1]) if self._starts else 0
        return (begin, found[-1][1]) if start < end and found else (begin, begin)

    def span(self, span: Span) -> Span:
        """Return where a span of the text stands in the source."""
        found = [place for piece in span.pieces for place in self.ranges(*piece)]
        return span_of(found or [self.hull(span.start, span.end)])

    def line(self, line: Passage) -> Passage:
        """Return a line of the source as one of the text."""
        return Passage(self.offset(line.start), line.text, line.style, line.label, line.tag, line.body)

    def restore(self, passage: Passage) -> None:
        """Let a passage of the text be one of the source."""
        edges = [0, *(at for at, _ in passage.cuts), len(passage.text)]
        begins = [passage.start, *(start for _, start in passage.cuts)]
        places = [
            place
            for begin, (low, high) in zip(begins, pairwise(edges), strict=True)
            for place in self.ranges(begin, begin + high - low)
        ]
        lengths = accumulate([end - start for start, end in places])
        passage.start = places[0][0] if places else self.hull(passage.start, passage.start)[0]
        passage.cuts = tuple([(at, start) for at, (start, _) in zip(lengths, places[1:], strict=False)])
