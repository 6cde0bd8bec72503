"""A repository of git, with nothing of this machine's settings in it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import cast

import pytest

import gongkai
from gongkai.cli import main

GIT = shutil.which("git")

needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")

#: The package that is tested, whatever is installed.
SOURCE = str(Path(gongkai.__file__).parents[1])


def environment(home: Path) -> dict[str, str]:
    """Variables that keep git to a folder; a program gongkai is on the path."""
    programs = home / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    program = programs / "gongkai"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -W error -m gongkai "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "甲",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "甲",
        "GIT_COMMITTER_EMAIL": "a@example.com",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "true",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": SOURCE,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
    }


class Repository:
    """A repository, and what is done in it."""

    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        self.code = 0
        self.environment: Mapping[str, str] = environment(home)
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def run(self, *words: str, fails: bool | None = False) -> subprocess.CompletedProcess[str]:
        """Run a program here; ``fails`` tells what is expected, None that both is."""
        done = subprocess.run(
            words,
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
        told = f"{words}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in told, told
        if fails is not None:
            assert (done.returncode != 0) is fails, told
        return done

    def git(self, *words: str, fails: bool | None = False) -> str:
        assert GIT is not None
        done = self.run(GIT, "-c", "core.quotePath=false", *words, fails=fails)
        return done.stdout + done.stderr

    def gongkai(self, *words: str, fails: bool | None = False) -> str:
        """Run the command in this process, which is quicker than to start another."""
        before, place = dict(os.environ), Path.cwd()
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        os.environ.update(self.environment)
        os.chdir(self.path)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                self.code = main(words)
        finally:
            os.chdir(place)
            os.environ.clear()
            os.environ.update(before)
        told = "".join([_told(stream) for stream in (out, err)])
        if fails is not None:
            assert (self.code != 0) is fails, f"{words}\n{told}"
        return told

    def install(self, *words: str) -> str:
        return self.gongkai("git", "install", "--command", "gongkai", *words)

    def write(self, name: str, content: str | bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        return (self.path / name).read_bytes().decode("utf-8")

    def commit(self, name: str, content: str | bytes, message: str = "改") -> None:
        self.write(name, content)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branches(self, name: str, base: str | bytes, ours: str | bytes, theirs: str | bytes) -> None:
        """Commit a file, and an edit of it on each of two branches; ours is checked out."""
        self.commit(name, base, "base")
        self.git("checkout", "-q", "-b", "theirs")
        self.commit(name, theirs, "theirs")
        self.git("checkout", "-q", "main")
        self.commit(name, ours, "ours")


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return cast("io.BytesIO", stream.buffer).getvalue().decode("utf-8")
