"""How far a command has come: a bar on standard error, where somebody looks on, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from gongkai.views._words import Words

__all__ = ["progress"]

T = TypeVar("T")

#: With fewer files than this, everything is done before a bar could be read.
_MANY: Final = 8


def progress(items: Sequence[T], say: Words) -> Iterator[T]:
    """Give the items one by one, with a bar that goes along and vanishes at the end."""
    if len(items) < _MANY or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, say["messages.progress"], console=Console(stderr=True), transient=True)
