"""``gongkai git textconv`` and ``gongkai git merge-driver``, which git calls: they start without the rest."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from gongkai.cli.git.settings import CONFLICT

if TYPE_CHECKING:
    from gongkai.cli.git.merging import Made

__all__ = ["DRIVERS", "run_driver"]

#: What git calls.
DRIVERS: Final = ("textconv", "merge-driver")

#: What a driver ends with that leaves the file to git.
_LEFT: Final = 2
_LANGUAGE: Final = "--language"


def run_driver(name: str, arguments: Sequence[str]) -> int:
    """Do what git asks for, and never end with an error that git would take for a conflict."""
    language, rest = _language(arguments)
    if name == "textconv":
        return _show(rest, language)
    from gongkai.cli.git.merging import Left, drive

    try:
        code, made = drive(rest)
    except Left as left:
        _tell(_words(language)[str(left)], rest)
        return _LEFT
    except Exception as error:  # noqa: BLE001 - git goes on with its own merge, whatever it was
        _tell(f"{type(error).__name__}: {error}", rest)
        return _LEFT
    if code == CONFLICT:
        _tell_conflicts(made, rest, language)
    return code


def _language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    rest = list(arguments)
    if rest[:1] == [_LANGUAGE]:
        return ("en" if rest[1:2] == ["en"] else "zh"), rest[2:]
    return "zh", rest


def _words(language: str) -> dict[str, str]:
    text = files("gongkai.cli.git").joinpath("words.toml").read_text(encoding="utf-8")
    table = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))
    return {name: row[language] for name, row in table["drivers"].items()}


def _show(arguments: Sequence[str], language: str) -> int:
    from gongkai.cli.git.showing import shown

    if len(arguments) != 1:
        return _LEFT
    try:
        text = shown(Path(arguments[0]).read_bytes(), language)
    except OSError:
        return _LEFT
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    return 0


def _path(arguments: Sequence[str]) -> str:
    return arguments[4] if len(arguments) > 4 else os.fspath(arguments[1]) if len(arguments) > 1 else ""


def _tell(reason: str, arguments: Sequence[str]) -> None:
    sys.stderr.write(f"gongkai: {_path(arguments)}: {' '.join(reason.split())}\n")


def _tell_conflicts(made: Made, arguments: Sequence[str], language: str) -> None:
    merge = made.merge
    if merge is None:
        return
    path = _path(arguments)
    for one in merge.conflicts:
        told = one.explain("en" if language == "en" else "zh")
        sys.stderr.write(f"gongkai: {path}: {' '.join(told.split())}\n")
    say = _words(language)
    sys.stderr.write(f"gongkai: {path}: {say['resolve'].format(path=path)}\n")
