"""Whether the numbers of a document go on: what reader and checker ask of every label."""

from __future__ import annotations

__all__ = ["Numbering"]


class Numbering:
    """Follows numbers in printed order, each style by itself.

    Below a new heading they may run on or begin anew at 1: both are usual.

    >>> from gongkai.reading.numbering import Numbering
    >>> numbers = Numbering()
    >>> [numbers.odd(4, number, f"{number}.") for number in (1, 2, 4)]
    [None, None, (2, '2.')]
    """

    __slots__ = ("_count", "_last")

    def __init__(self) -> None:
        self._count = 0
        self._last: dict[int, tuple[int, str, int]] = {}  # of each style: number, label, position

    def odd(self, style: int, number: int, label: str) -> tuple[int, str] | None:
        """Take the next number; return the one before it where it neither goes on nor begins anew."""
        before = self._last.get(style)
        self._count += 1
        self._last[style] = (number, label, self._count)
        if before is None or number == before[0] + 1:
            return None
        if number == 1 and (before[0] != 1 or self._is_below_new(style, before[2])):
            return None
        return before[:2]

    def _is_below_new(self, style: int, since: int) -> bool:
        """Whether a heading further out stands between the last number of a style and what follows."""
        return any(at > since and above < style for above, (_, _, at) in self._last.items())
