"""What the command reads and writes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal, TypeAlias

from gongkai import codec, examples
from gongkai.errors import GongkaiError, LoadError
from gongkai.model import Plan
from gongkai.reading import read
from gongkai.views._words import Words

__all__ = [
    "STANDARD",
    "CannotRead",
    "Format",
    "NoOption",
    "Wrong",
    "as_json",
    "check_files",
    "check_stdin",
    "day_of",
    "format_of",
    "load",
    "may_replace",
    "own_version",
    "put",
    "put_file",
    "tell_written",
]

#: What stands for standard input, and for standard output.
STANDARD: Final = "-"

Format: TypeAlias = Literal["table", "json", "md", "html"]

_SUFFIXES: Final[dict[str, Format]] = {
    ".txt": "table",
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}

_EXAMPLE: Final = "example:"

#: The name of a file that stands for standard output.
_STDOUT: Final = "-"

#: What lies there is no file of anybody, as standard output by its name, wherever the shell has led it.
_DEVICES: Final = "/dev/"


class Wrong(Exception):
    """The command was used wrongly."""


class NoOption(Wrong):
    """What stands where a file should is an option that the command does not have."""


class CannotRead(Exception):
    """A file cannot be read or written.

    ``message`` is the whole message where it is one in the command's language.
    """

    def __init__(self, reason: str, message: str | None = None) -> None:
        super().__init__(reason)
        self.message = message


def own_version() -> str:
    """The version that is installed."""
    try:
        return version("gongkai")
    except PackageNotFoundError:  # run from its source, without an installation
        return "unknown"


def as_json(values: object) -> str:
    """Plain values as JSON that a person can read too."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def check_stdin(names: Sequence[str | None], say: Words, *, asked: bool = False) -> None:
    """Standard input is one plan at the most, and none where somebody is asked at the terminal.

    Raises:
        Wrong: it is more.
    """
    if names.count(STANDARD) > (0 if asked else 1):
        raise Wrong(say["messages.stdin_asked" if asked else "messages.stdin"])


def day_of(text: str, option: str, say: Words) -> date:
    """The day that an option names.

    Raises:
        Wrong: it is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(say["messages.day"].format(option=option, value=text)) from None


def load(name: str) -> Plan:
    """Read what a name on the command line means: a shipped example, standard input, or a file.

    Raises:
        CannotRead: it cannot be read.
        NoOption: it looks like an option, and there is no such file.
    """
    if name.startswith("--") and not Path(name).exists():
        raise NoOption(name.partition("=")[0])
    try:
        if name.startswith(_EXAMPLE):
            return examples.load(name.removeprefix(_EXAMPLE))
        content = sys.stdin.buffer.read() if name == STANDARD else Path(name)
        if isinstance(content, Path) and content.suffix.lower() == ".json":
            return codec.loads(content.read_text(encoding="utf-8"))
        return read(content)
    except LoadError as error:
        raise CannotRead(f"{name}: {error}") from error
    except GongkaiError as error:
        raise CannotRead(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(f"{name}: {getattr(error, 'strerror', None) or error}") from error


def format_of(given: Format | None, output: Path | None, say: Words) -> Format:
    """The format that is asked for, or that the suffix of the output tells.

    Raises:
        Wrong: the suffix tells none.
    """
    if given is not None:
        return given
    if output is None:
        return "table"
    suffix = output.suffix.lower()
    if suffix not in _SUFFIXES:
        raise Wrong(say["messages.suffix"].format(name=output.suffix or output.name))
    return _SUFFIXES[suffix]


def check_files(paths: Iterable[Path | None], say: Words, *, force: bool) -> None:
    """Refuse files that cannot be had, before any work is done; None is no file.

    Raises:
        Wrong: two are one file.
        CannotRead: there is one, and ``force`` is false.
    """
    found = [path for path in paths if path is not None]
    seen: set[str] = set()
    for path in found:
        real = os.path.realpath(path)
        if real in seen:
            raise Wrong(say["messages.one_file"].format(name=path))
        if not path.exists() or path.is_file():  # several things may go into one device
            seen.add(real)
    for path in found:
        if path.is_file() and str(path) != _STDOUT and not may_replace(path, force=force):
            raise CannotRead(str(path), say["messages.exists"].format(name=path))


def may_replace(path: Path, *, force: bool) -> bool:
    """Tell whether what is there may be written over."""
    return force or os.path.abspath(path).startswith(_DEVICES)  # noqa: PTH100 - its links stay


def put_file(text: str | bytes, path: Path, say: Words, *, force: bool) -> None:
    """Write a file as UTF-8, whole or not at all; ``-`` is standard output.

    Raises:
        CannotRead: it cannot be written, or there is one and ``force`` is false.
    """
    from gongkai.exchange.saving import save

    if str(path) == _STDOUT:
        _write_bytes(text)
        return
    try:
        save(path, text, replace=may_replace(path, force=force))
    except FileExistsError as error:
        raise CannotRead(str(error), say["messages.exists"].format(name=path)) from error
    except (OSError, UnicodeEncodeError) as error:
        absent = isinstance(error, FileNotFoundError)  # save makes the file, and no folder
        reason = say["messages.no_folder"] if absent else str(getattr(error, "strerror", None) or error)
        raise CannotRead(reason, say["messages.writing"].format(name=path, reason=reason)) from error


def put(text: str, form: Format, output: Path | None, say: Words, *, force: bool) -> None:
    """Write to the file, else to standard output.

    Files are UTF-8. So are JSON and HTML on standard output, whatever the console speaks, since they say that
    they are; a table or Markdown is for the console.

    Raises:
        CannotRead: the file cannot be written, or there is one and ``force`` is false.
    """
    if output is not None:
        put_file(text, output, say, force=force)
    elif form in {"json", "html"}:
        _write_bytes(text)
    else:
        sys.stdout.write(text)


def tell_written(path: Path, say: Words) -> None:
    """Say that a file is written; of standard output there is nothing to say."""
    if str(path) != _STDOUT:
        sys.stdout.flush()
        sys.stderr.write(say["messages.written"].format(name=path) + "\n")


def _write_bytes(text: str | bytes) -> None:
    """Write to standard output as UTF-8, whatever the console speaks."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    if not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(data.decode("utf-8"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
