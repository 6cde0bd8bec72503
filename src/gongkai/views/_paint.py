"""From lines of styled runs to a string, with colours or without."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Final, TextIO

from gongkai.views._wrap import Line, plain

__all__ = ["paint", "screen_width", "wants_color"]

#: The styles as parameters of SGR (ECMA-48, 8.3.117).
_STYLES: Final = {
    "head": "1",
    "soft": "90",
    "add": "4;32",
    "drop": "9;31",
    "added": "32",
    "dropped": "31",
    "edit": "33",
    "move": "36",
    "shared": "1;36",
    "error": "31",
}

#: Lines longer than this are hard to follow.
_WIDEST: Final = 120


def screen_width() -> int:
    """The terminal's width, 100 where there is none, at most 120."""
    return min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)


def wants_color(stream: TextIO | None = None) -> bool:
    """Whether a stream is a terminal that can, and nobody asked for no colours (https://no-color.org).

    By default it is standard output, which may be closed.
    """
    plain_only = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    target = sys.stdout if stream is None else stream
    return not plain_only and target is not None and target.isatty()


def paint(lines: Iterable[Line], *, color: bool) -> str:
    """Return the lines as one string that ends in a line feed."""
    if not color:
        return "".join([plain(line).rstrip() + "\n" for line in lines])
    return "".join([_painted(line) + "\n" for line in lines])


def _painted(line: Line) -> str:
    kept = len(plain(line).rstrip())
    drawn: list[str] = []
    for text, style in line:
        run = text[:kept]
        kept -= len(run)
        code = _STYLES.get(style, "")
        drawn.append(f"\x1b[{code}m{run}\x1b[0m" if run and code else run)
    return "".join(drawn)
