"""The pieces that partition a source: marks are collected during reading, gaps are named at the end."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.model import Finding, Pieces
from gongkai.model._house import trusted
from gongkai.model.span import packed, shared_names
from gongkai.reading.findings import finding
from gongkai.reading.lines import BLANK, Passage, make_span

__all__ = ["Marks"]

_make_pieces = trusted(Pieces)


class Marks:
    """Collects what each stretch of the source is.

    Attributes:
        found: the marks so far, as (start, end, kind) in any order, none of them empty.
    """

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[tuple[int, int, str]] = []

    def add(self, kind: str, start: int, end: int) -> None:
        """Note that the characters from start to end are of that kind."""
        if start < end:
            self.found.append((start, end, kind))

    def add_line(self, kind: str, line: Passage) -> None:
        """Note the same of all of a line."""
        if line.cuts:
            self.add_all(kind, line.ranges(0, len(line.text)))
        else:
            self.found.append((line.start, line.start + len(line.text), kind))

    def add_all(self, kind: str, ranges: Iterable[tuple[int, int]]) -> None:
        """Note the same of several stretches."""
        for start, end in ranges:
            self.add(kind, start, end)

    def pieces(self, text: str, breaks: set[tuple[int, int]], findings: list[Finding]) -> Pieces:
        """Return pieces for all of the text.

        White space that nobody claimed is ``blank``, or ``break`` where a line was joined; anything else that
        nobody claimed is noise, and a finding says so.
        """
        kinds: list[str] = []
        lengths: list[int] = []
        add, measure = kinds.append, lengths.append
        last = 0
        self.found.sort()
        for start, end, kind in self.found:
            if start > last:
                gap = text[last:start]
                plain = gap.isspace() and (not breaks or (last, start) not in breaks)
                add("blank" if plain else _gap(gap, last, breaks, findings))
                measure(start - last)
                last = start
            if end > last:
                add(kind)
                measure(end - last)
                last = end
        if last < len(text):
            add(_gap(text[last:], last, breaks, findings))
            measure(len(text) - last)
        names = shared_names(tuple(dict.fromkeys(kinds)))
        code = dict(zip(names, range(len(names)), strict=True))  # the reader knows fewer than 256 kinds
        codes = bytes(map(code.__getitem__, kinds)).decode("latin-1")
        return _make_pieces(names, codes, packed(lengths))


def _gap(gap: str, start: int, breaks: set[tuple[int, int]], findings: list[Finding]) -> str:
    """Name what nobody claimed."""
    end = start + len(gap)
    if (start, end) in breaks:
        return "break"
    if gap.strip(BLANK):
        findings.append(finding("unread", make_span(start, end, ())))
        return "noise:unread"
    return "blank"
