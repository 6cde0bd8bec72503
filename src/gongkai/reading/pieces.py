"""The pieces that partition a source: marks are collected while the document is read, gaps are named at the end."""

from __future__ import annotations

from array import array
from gongkai.model import Finding, Pieces
from gongkai.reading.findings import finding
from gongkai.reading.lines import BLANK, make_span

__all__ = ["Marks"]


class Marks:
    """Collects what each stretch of the source is."""

    __slots__ = ("_found", "add_at")

    def __init__(self) -> None:
        self._found: list[tuple[int, int, str]] = []

    def add(self, kind: str, start: int, end: int) -> None:
        """Note that the characters from start to end are of that kind."""
        if start < end:
            self._found.append((start, end, kind))

    def pieces(self, text: str, breaks: set[tuple[int, int]], findings: list[Finding]) -> Pieces:
        """Return pieces for all of the text.

        White space that nobody claimed is ``blank``, or ``break`` where a line was joined; anything else that
        nobody claimed is noise, and a finding says so.
        """
        kinds: list[str] = []
        lengths: list[int] = []
        last = 0
        self._found.sort()
        for start, end, kind in self._found:
            if start > last:
                gap = text[last:start]
                kinds.append("blank" if gap.isspace() and not breaks else _gap(gap, last, breaks, findings))
                lengths.append(start - last)
                last = start
            if end > last:
                kinds.append(kind)
                lengths.append(end - last)
                last = end
        if last < len(text):
            kinds.append(_gap(text[last:], last, breaks, findings))
            lengths.append(len(text) - last)
        return Pieces(tuple(kinds), array("I", lengths).tobytes())


def _gap(gap: str, start: int, breaks: set[tuple[int, int]], findings: list[Finding]) -> str:
    """Name what nobody claimed."""
    end = start + len(gap)
    if (start, end) in breaks:
        return "break"
    if gap.strip(BLANK):
        findings.append(finding("unread", make_span(start, end, ())))
        return "noise:unread"
    return "blank"
