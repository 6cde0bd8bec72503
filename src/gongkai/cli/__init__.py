"""The command ``gongkai``: a thin shell over public functions.

Data go to standard output, messages to standard error. Exit codes: 0 fine (``diff``: no differences), 1
``diff`` found differences or ``directory check`` problems, 2 wrong usage or a missing library, 3 a file that
cannot be read or written.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from gongkai.errors import MissingExtra

__all__ = ["main"]

#: The name of what writes a character that a console does not know: one much like it, else a question mark.
_PLAINER: Final = "gongkai-plainer"
_MUCH_ALIKE: Final = {"›": ">", "‹": "<", "✓": "√", "✗": "×", "•": "·", "–": "-", "−": "-", "\u00a0": " "}


def _plainer(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    known: list[str] = []
    for character in error.object[error.start : error.end]:
        try:
            known.append(_MUCH_ALIKE.get(character, "?").encode(error.encoding).decode(error.encoding))
        except UnicodeError:
            known.append("?")
    return "".join(known), error.end


codecs.register_error(_PLAINER, _plainer)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Without arguments it takes those that the program was called with.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sys.stderr is None:  # closed by whoever called: messages go nowhere
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as it runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console may know fewer characters than a plan has: that of Windows in China speaks GBK.
            stream.reconfigure(errors=_PLAINER)
    try:
        return _run(given)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in {"cyclopts", "rich"}:
            raise
        return _tell(str(MissingExtra("cli", "the command")), 2)
    except MissingExtra as missing:
        return _tell(_missing(given, missing), 2)
    except BrokenPipeError:
        # Whoever read has read enough. Python flushes once more at its end and needs somewhere to do it.
        _close_quietly()
        return 0
    except OSError as error:  # files have errors of their own; this is standard output, on a full disk say
        _close_quietly()
        return _tell(_cannot_write(given, error.strerror or str(error)), 3)


def _run(arguments: list[str]) -> int:
    if sys.stdout is None:  # closed by whoever called
        return _tell(_cannot_write(arguments, ""), 3)
    if arguments[:1] == ["git"]:
        from gongkai.cli.git.driving import DRIVERS, run_driver

        if arguments[1:2] and arguments[1] in DRIVERS:  # git calls them once a file
            return run_driver(arguments[1], arguments[2:])
    from gongkai.cli._app import run

    code = run(arguments)
    sys.stdout.flush()
    return code


def _missing(arguments: list[str], error: MissingExtra) -> str:
    try:
        from gongkai.cli._app import language_of
    except ModuleNotFoundError:  # a driver of git works without the libraries of the command
        return str(error)
    from gongkai.views._words import words

    say = words(language_of(arguments), "gongkai.cli")
    return say["messages.missing"].format(extra=error.extra, reason=error)


def _cannot_write(arguments: list[str], reason: str) -> str:
    from gongkai.cli._app import language_of
    from gongkai.views._words import words

    say = words(language_of(arguments), "gongkai.cli")
    return say["messages.output"].format(reason=reason or say["messages.closed"])


def _tell(message: str, code: int) -> int:
    """Say what is wrong, where that can be written, and return the exit code."""
    with suppress(OSError):
        sys.stderr.write(f"gongkai: {message}\n")
        sys.stderr.flush()
    return code


def _close_quietly() -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
