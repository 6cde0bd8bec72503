"""Every line of the documentation that calls the command is one that the command takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gongkai.cli._app import build
from gongkai.views._words import words

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md"), *ROOT.glob("examples/**/*.md")])
BLOCK = re.compile(r"^```(?:sh|console|bash)\n(.*?)^```", re.DOTALL | re.MULTILINE)
CALL = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?gongkai (.*)$", re.MULTILINE)


def calls(page: str) -> list[str]:
    blocks = "\n".join(BLOCK.findall(page)).replace("\\\n", " ")
    return CALL.findall(blocks)


CASES = [(path, call) for path in PAGES for call in calls(path.read_text(encoding="utf-8"))]


def test_there_are_many() -> None:
    assert len(CASES) > 60


@pytest.mark.parametrize(("path", "call"), CASES, ids=[f"{path.name}-{call}" for path, call in CASES])
def test_a_call_is_one_that_the_command_takes(path: Path, call: str) -> None:
    tokens = shlex.split(call, comments=True)
    tokens = tokens[: next((at for at, token in enumerate(tokens) if token in {">", ">>", "|", "&&"}), None)]

    app = build(words("en", "gongkai.cli"))
    _, bound, _ = app.parse_args(tokens, print_error=False, exit_on_error=False)

    files = [name for name in bound.args if isinstance(name, str)]
    assert [
        name for name in files if name.startswith("--")
    ] == []  # an option that is none is taken for a file
