"""``gongkai git install`` and ``gongkai git uninstall``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from cyclopts import Parameter

from gongkai.cli._drawing import Tongue
from gongkai.cli._files import CannotRead, Wrong
from gongkai.cli.git import blocks
from gongkai.cli.git.repository import attributes_file, command_for, config_file, git
from gongkai.cli.git.settings import (
    NAME,
    PATTERNS,
    attribute_lines,
    config_lines,
    is_own_line,
    wrong_patterns,
)
from gongkai.exchange.saving import save
from gongkai.views._words import Words, words

__all__ = ["git_install", "git_uninstall"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
Everywhere: TypeAlias = Annotated[
    bool, Parameter(name="--global", negative=(), show_default=False, help="help.git_global")
]
Local: TypeAlias = Annotated[
    bool, Parameter(name="--local", negative=(), show_default=False, help="help.git_local")
]
Shared: TypeAlias = Annotated[
    bool, Parameter(name="--shared", negative=(), show_default=False, help="help.git_shared")
]
Patterns: TypeAlias = Annotated[
    list[str] | None, Parameter(name="--pattern", negative=(), help="help.git_pattern")
]
Command: TypeAlias = Annotated[str | None, Parameter(name="--command", help="help.git_command")]

_KEYS: Final = (f"diff.{NAME}.", f"merge.{NAME}.", f"mergetool.{NAME}.")


def git_install(
    *,
    everywhere: Everywhere = False,
    local: Local = False,
    shared: Shared = False,
    pattern: Patterns = None,
    command: Command = None,
    language: Tongue = "zh",
) -> int:
    """Set the drivers; 1 tells that something was left as somebody changed it."""
    say = words(language, "gongkai.cli.git")
    _check(say, everywhere, local, shared)
    patterns = tuple(pattern or PATTERNS)
    for each in wrong_patterns(patterns):
        raise Wrong(say["messages.pattern"].format(pattern=repr(each)))
    settings = config_file(say, everywhere=everywhere)
    attributes = attributes_file(say, everywhere=everywhere, shared=shared)
    called, by_name = command_for(command)
    _refuse_foreign(settings, say)
    done = [
        _install(settings, config_lines(called, language), say),
        _install(attributes, attribute_lines(patterns), say),
    ]
    if not by_name:
        _tell(say["messages.by_path"].format(command=called))
    return int(not all(done))


def git_uninstall(
    *, everywhere: Everywhere = False, local: Local = False, shared: Shared = False, language: Tongue = "zh"
) -> int:
    """Undo what install did; 1 tells that something of somebody else stays."""
    say = words(language, "gongkai.cli.git")
    _check(say, everywhere, local, shared)
    found = [
        attributes_file(say, everywhere=everywhere, shared=shared),
        config_file(say, everywhere=everywhere),
    ]
    done = [_uninstall(path, say) for path in found]
    if not shared and not everywhere:
        _tell_committed(say)
    return int(not all(done))


def _check(say: Words, *asked: bool) -> None:
    if sum(asked) > 1:
        raise Wrong(say["messages.where"])


def _tell_committed(say: Words) -> None:
    """Say that the committed file of attributes has lines of ours; a bare repository has no such file."""
    try:
        path = attributes_file(say, everywhere=False, shared=True)
    except CannotRead:
        return
    data = _read(path, say)
    if data is not None and b"# gongkai begin" in data:
        _tell(say["messages.committed"].format(file=path))


def _install(path: Path, lines: Sequence[str], say: Words) -> bool:
    data = _read(path, say)
    try:
        block = None if data is None else blocks.find(data)
    except ValueError:
        _tell(say["messages.broken"].format(file=path))
        return False
    if block is not None and not block.own:
        _tell(say["messages.changed"].format(file=path))
        return False
    made = blocks.put(data, lines)
    if made == data:
        _tell(say["messages.same"].format(file=path))
        return True
    _write(path, made, say)
    _tell(say["messages.installed"].format(file=path))
    return True


def _uninstall(path: Path, say: Words) -> bool:
    data = _read(path, say)
    try:
        block = None if data is None else blocks.find(data)
        taken = None if data is None or block is None else blocks.take(data, is_own_line)
    except ValueError:
        _tell(say["messages.broken"].format(file=path))
        return False
    if taken is None:
        _tell(say["messages.nothing"].format(file=path))
        return True
    if taken.data is None:
        path.unlink()
    else:
        _write(path, taken.data, say)
    _tell(say["messages.removed"].format(file=path))
    if taken.left:
        _tell(say["messages.left"].format(file=path), *[f"  {line}" for line in taken.left])
    return not taken.left


def _refuse_foreign(path: Path, say: Words) -> None:
    """Refuse to set what somebody else has set outside of our lines.

    Raises:
        CannotRead: somebody has.
    """
    data = _read(path, say)
    if data is None:
        return
    try:
        block = blocks.find(data)
    except ValueError:
        return
    if block is not None:
        return
    listed = git("config", "--file", str(path), "--name-only", "--list", say=say)
    for name in listed.splitlines():
        if name.startswith(_KEYS):
            raise CannotRead(name, say["messages.foreign"].format(file=path, name=name))


def _read(path: Path, say: Words) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error


def _write(path: Path, data: bytes, say: Words) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, data)
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error


def _tell(*lines: str) -> None:
    sys.stderr.write("".join([f"{line}\n" for line in lines]))
