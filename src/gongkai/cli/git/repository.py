"""Where git keeps its settings and attributes."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from gongkai.cli._files import CannotRead
from gongkai.views._words import Words

__all__ = ["attributes_file", "command_for", "config_file", "same_program"]


def git(*arguments: str, say: Words) -> str:
    """Ask git, and return what it says without the last line end.

    Raises:
        CannotRead: git is not there, or refuses.
    """
    program = shutil.which("git")
    if program is None:
        raise CannotRead("git", say["messages.no_git"])
    done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603 - our words
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip() or f"git {arguments[0]}"
        none = "not a git repository" in reason  # git speaks English here, or its own reason is told
        raise CannotRead(
            reason, say["messages.no_repository"] if none else say["messages.git"].format(reason=reason)
        )
    return os.fsdecode(done.stdout).removesuffix("\n")


def config_file(say: Words, *, everywhere: bool) -> Path:
    """Return the file of settings: the repository's, or that of all repositories of whoever calls.

    Raises:
        CannotRead: this is no repository.
    """
    if not everywhere:
        return Path(git("rev-parse", "--path-format=absolute", "--git-path", "config", say=say))
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    if named:
        return Path(named)
    own, other = Path.home() / ".gitconfig", _config_home() / "config"
    return other if other.is_file() and not own.is_file() else own


def attributes_file(say: Words, *, everywhere: bool, shared: bool) -> Path:
    """Return the file of attributes: the repository's own, the one that is committed, or everybody's.

    Raises:
        CannotRead: this is no repository, or one without files.
    """
    if shared:
        top = git("rev-parse", "--path-format=absolute", "--show-toplevel", say=say)
        return Path(top) / ".gitattributes"
    if not everywhere:
        return Path(git("rev-parse", "--path-format=absolute", "--git-path", "info/attributes", say=say))
    try:
        return Path(git("config", "--global", "--type=path", "core.attributesFile", say=say))
    except CannotRead:  # it is not set
        return _config_home() / "attributes"


def _config_home() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "git"


def command_for(given: str | None) -> tuple[str, bool]:
    """Return how the shell calls gongkai, and whether that is by its name.

    The name is best, since it finds whatever gongkai is installed then. Where it names none, or another one,
    the interpreter that runs now is called by its path.
    """
    if given is not None:
        return given, True
    if same_program():
        return "gongkai", True
    return f"{shlex.quote(Path(sys.executable).as_posix())} -m gongkai", False


def same_program() -> bool:
    """Tell whether the name gongkai calls the program that runs now, or one beside its interpreter."""
    found = shutil.which("gongkai")
    if found is None:
        return False
    here = {Path(sys.executable).parent, Path(os.path.realpath(sys.executable)).parent}
    return Path(found).parent in here or os.path.realpath(found) == os.path.realpath(sys.argv[0])
