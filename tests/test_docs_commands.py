"""Every command line that the documentation shows is one that the command takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gongkai.cli._app import build
from gongkai.views._words import words

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
FENCED = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?gongkai (.+)$", re.MULTILINE)
#: Between backticks, with its files; options alone are talk of options.
INLINE = re.compile(r"`gongkai ((?!git )[a-z-]+ [^-`][^`]*)`")
#: What follows is the shell's.
SHELL = re.compile(r"\s+(?:[|>#]|&&|2>)")


def lines_of(text: str) -> set[str]:
    """The arguments of each command line of a page."""
    blocks = "\n".join(FENCED.findall(text))
    found = [*LINE.findall(blocks), *INLINE.findall(FENCED.sub("", text))]
    return {SHELL.split(" ".join(line.split()))[0] for line in found}


LINES = [(page.name, line) for page in PAGES for line in sorted(lines_of(page.read_text(encoding="utf-8")))]


def test_command_lines_are_found() -> None:
    assert len(LINES) > 60


@pytest.mark.parametrize(("page", "line"), LINES)
def test_a_command_line_of_the_documentation_is_taken(page: str, line: str) -> None:
    app = build(words("en", "gongkai.cli"))

    plain = line.replace("SHELL", "bash").replace("[LEDGER...]", "LEDGER")  # what stands for something
    _, bound, _ = app.parse_args(shlex.split(plain), print_error=False, exit_on_error=False)

    given = [name for name in bound.args if isinstance(name, str)]
    assert [name for name in given if name.startswith("--")] == [], page
