"""The command ``gongkai``: a thin shell over public functions.

Data go to standard output, messages to standard error. Exit codes: 0 fine (``diff``: no differences), 1
``diff`` found differences, 2 wrong usage or a missing library, 3 a file that cannot be read or written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from gongkai.errors import MissingExtra

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Without arguments it takes those that the program was called with.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console may know fewer characters than a plan has; it shows a question mark for the others.
            stream.reconfigure(errors="replace")
    try:
        from gongkai.cli._app import run

        code = run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in {"cyclopts", "rich"}:
            raise
        sys.stderr.write(f"gongkai: {MissingExtra('cli', 'the command')}\n")
        return 2
    except MissingExtra as missing:
        sys.stderr.write(f"gongkai: {missing}\n")
        return 2
    except BrokenPipeError:
        # Whoever read has read enough. Python flushes once more at its end and needs somewhere to do it.
        _close_quietly()
        return 0
    return code


def _close_quietly() -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
