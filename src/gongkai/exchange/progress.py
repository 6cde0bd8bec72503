"""A bar for long work, on standard error, in a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Progress"]

#: Work of fewer seconds needs no bar.
_PATIENCE: Final = 2.0


class Progress:
    """Counts what is done, and draws a bar once that takes long.

    Args:
        total: how much there is to do, where that is known.
        wanted: True draws it at once and wherever standard error goes, False never; None decides by itself.
    """

    def __init__(self, total: int | None, *, wanted: bool | None = None) -> None:
        self._total = total
        self._wanted = sys.stderr.isatty() if wanted is None else wanted
        self._since = time.monotonic() + (0.0 if wanted else _PATIENCE)
        self._done = 0
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def advance(self) -> None:
        """Note that one more is done."""
        self._done += 1
        if self._bar is None and self._wanted and time.monotonic() >= self._since:
            self._draw()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def _draw(self) -> None:
        try:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar
        except ImportError:  # the bar is a kindness, the work goes on without it
            self._wanted = False
            return
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        self._bar = Bar(*columns, console=console, transient=console.is_terminal)
        self._bar.start()
        self._task = self._bar.add_task("", total=self._total)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
