"""No command writes over a file that is there unless it is asked to, whichever option names the file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

import gongkai
from gongkai import examples, views
from gongkai.cli import main
from gongkai.cli._app import build
from gongkai.views._words import words

OLD, NEW = "example:chenghu-2023", "example:chenghu-2024"
KEPT = "做了一半的表\n"

#: What each command is called with, besides the option that writes.
CALLS = {
    "show": (NEW,),
    "tasks": (NEW,),
    "diff": (OLD, NEW),
    "align": (OLD, NEW),
    "merge": (NEW, NEW, NEW),
    "merge-all": (NEW, f"甲={NEW}"),
    "consolidate": (OLD, NEW),
    "coverage": (OLD, NEW),
    "trace": (OLD, NEW),
    "report": (OLD, NEW),
    "check": (NEW,),
    "export": (NEW,),
    "ledger write": (NEW,),
    "ledger read": ("{ledger}",),
    "due": (NEW,),
}

#: The files that they write, by the options that name them: a suffix that the option takes.
WRITTEN = {
    ("show", "--output"): ".html",
    ("tasks", "--output"): ".md",
    ("diff", "--output"): ".xlsx",
    ("diff", "--html"): ".html",
    ("align", "--output"): ".csv",
    ("align", "--questions"): ".csv",
    ("merge", "--output"): ".json",
    ("merge", "--html"): ".html",
    ("merge", "--merge-file"): ".json",
    ("merge-all", "--output"): ".json",
    ("merge-all", "--html"): ".html",
    ("merge-all", "--merge-file"): ".json",
    ("consolidate", "--output"): ".xlsx",
    ("consolidate", "--html"): ".html",
    ("consolidate", "--plan"): ".json",
    ("coverage", "--output"): ".csv",
    ("coverage", "--html"): ".html",
    ("trace", "--output"): ".json",
    ("trace", "--html"): ".html",
    ("report", "--output"): ".html",
    ("check", "--output"): ".sarif",
    ("check", "--html"): ".html",
    ("export", "--output"): ".txt",
    ("ledger write", "--output"): ".xlsx",
    ("ledger read", "--output"): ".json",
    ("ledger read", "--edited"): ".txt",
    ("due", "--output"): ".csv",
}

#: The options of files that are read; --links and --resolve also keep what is answered and decided.
READ = {"--links", "--marks", "--comments", "--resolve"}
#: Takes a number or a file, which its type does not tell.
EITHER = ("align", "--questions")


def commands(app: App, above: str = "") -> Iterator[tuple[str, App]]:
    for name in app:
        if not name.startswith("-"):
            inner = [each for each in app[name] if not each.startswith("-")]
            yield from commands(app[name], f"{name} ") if inner else [(above + name, app[name])]


def options_of_files() -> set[tuple[str, str]]:
    """Every option of every command whose type is a path, but those of files that are read."""
    found: set[tuple[str, str]] = set()
    for command, app in commands(build(words("en", "gongkai.cli"))):
        for argument in app.assemble_argument_collection():
            name = next((name for name in argument.names if name.startswith("--")), None)
            if name is not None and "Path" in str(argument.hint) and name not in READ:
                found.add((command, name))
    return found


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    gongkai.write_ledger(examples.load("chenghu-2024"), path)
    return str(path)


def call(command: str, option: str, path: Path, ledger: str, *more: str) -> int:
    files = [name.format(ledger=ledger) for name in CALLS[command]]
    return main([*command.split(), *files, option, str(path), *more])


def test_no_option_is_forgotten() -> None:
    assert options_of_files() | {EITHER} == set(WRITTEN)


@pytest.mark.parametrize(("command", "option"), WRITTEN)
class TestLaw:
    def test_an_existing_file_is_not_overwritten_without_being_asked(
        self, command: str, option: str, tmp_path: Path, ledger: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / f"a{WRITTEN[command, option]}"
        path.write_text(KEPT, encoding="utf-8")

        for language in ("zh", "en"):
            assert call(command, option, path, ledger, "--language", language) == 3
            out, err = capsys.readouterr()
            message = words(language, "gongkai.cli")["messages.exists"].format(name=path)
            assert (out, err) == ("", f"gongkai: {message}\n")
            assert "--force" in message
        assert path.read_text(encoding="utf-8") == KEPT
        assert [each.name for each in tmp_path.iterdir()] == [path.name]

        assert call(command, option, path, ledger, "--force") in {0, 1}
        assert path.read_bytes() != KEPT.encode()

    def test_a_new_file_and_a_device_are_written_without_being_asked(
        self, command: str, option: str, tmp_path: Path, ledger: str
    ) -> None:
        path = tmp_path / f"a{WRITTEN[command, option]}"
        if os.path.exists("/dev/null"):  # noqa: PTH110 - a device
            path.symlink_to("/dev/null")
            assert call(command, option, path, ledger) in {0, 1}
            assert path.is_symlink()
            path.unlink()

        assert call(command, option, path, ledger) in {0, 1}
        assert path.stat().st_size > 0


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="standard output has no name here")
@pytest.mark.parametrize("piped", (True, False))
def test_standard_output_by_its_name_is_written_wherever_it_leads(piped: bool, tmp_path: Path) -> None:
    words = ["-m", "gongkai", "show", NEW, "--format", "md", "--output", "/dev/stdout", "--quiet"]
    path = tmp_path / "a.md"
    with path.open("wb") as file:  # the shell has made the file before the command runs
        done = subprocess.run(
            [sys.executable, *words],
            stdout=subprocess.PIPE if piped else file,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr) == (0, b"")
    written = done.stdout if piped else path.read_bytes()
    assert written.decode("utf-8") == views.markdown(examples.load("chenghu-2024"))


def test_two_outputs_are_not_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.html"
    for command in ("diff", "coverage", "trace", "consolidate"):
        assert main([command, OLD, NEW, "--html", str(path), "-o", str(path)]) == 2
        assert "几项输出不能是同一份文件" in capsys.readouterr().err
    assert not path.exists()
