"""From lines of styled runs to a string, with colours or without."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Final, TextIO

from gongkai.errors import MissingExtra
from gongkai.views._wrap import Line, plain

__all__ = ["paint", "screen_width", "wants_color"]

_STYLES: Final = {
    "head": "bold",
    "soft": "bright_black",
    "add": "green underline",
    "drop": "red strike",
    "added": "green",
    "dropped": "red",
    "edit": "yellow",
    "move": "cyan",
    "shared": "bold cyan",
    "error": "red",
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
    try:
        from rich.console import Console
        from rich.text import Text
    except ImportError:
        raise MissingExtra("cli", "text for a terminal") from None
    console = Console(
        force_terminal=True, color_system="standard", no_color=False, legacy_windows=False, width=10_000
    )
    with console.capture() as captured:
        for line in lines:
            text = Text(no_wrap=True, end="\n")
            for run, style in line:
                text.append(run, _STYLES.get(style, ""))
            text.rstrip()
            console.print(text, crop=False, overflow="ignore", highlight=False)
    return captured.get()
