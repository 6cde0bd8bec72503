"""The command in its shell: completion, a bar while it reads, consoles that know few characters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import cli

BASH = shutil.which("bash")


@pytest.mark.parametrize("shell", ("bash", "fish", "powershell", "zsh"))
def test_a_shell_learns_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0

    script = capsys.readouterr().out
    assert all(command in script for command in ("coverage", "merge-all", "directory", "--language"))


def test_another_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "tcsh"]) == 2
    assert "tcsh" in capsys.readouterr().err


@pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    ((("gongkai", "cov"), {"coverage"}), (("gongkai", "diff", "--lang"), {"--language"})),
)
def test_bash_completes(
    words: tuple[str, ...], completed: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["completion", "bash"])
    script = tmp_path / "gongkai.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")

    asked = f"source {script.name}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _gongkai"
    done = subprocess.run(
        [str(BASH), "-c", f'{asked}; printf "%s\\n" "${{COMPREPLY[@]}}"'],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        encoding="utf-8",
    )

    assert {word.strip() for word in done.stdout.split()} == completed


def test_a_console_gets_the_character_that_is_most_alike() -> None:
    assert "一 › 二 ✓ 𠮷".encode("gbk", "gongkai-plainer").decode("gbk") == "一 > 二 √ ?"
    assert "a › 二".encode("ascii", "gongkai-plainer") == b"a > ?"


def test_only_characters_that_cannot_be_written_are_made_plainer() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "gongkai-plainer")


def read_many(tmp_path: Path, *, terminal: bool) -> str:
    """What standard error gets while ten files are checked."""
    for number in range(10):
        text = "澄湖区2024年政务公开工作要点\n1.公开财政预决算。（区财政局负责，10月底前完成）\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "gongkai", "check", "--quiet", *map(str, sorted(tmp_path.glob("*.txt")))]
    if not terminal:
        return subprocess.run(command, capture_output=True, check=False, encoding="utf-8").stderr
    import pty

    seen, inside = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=inside, env=environment)
    os.close(inside)
    told = b""
    try:
        while part := os.read(seen, 4096):
            told += part
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(seen)
        done.wait()
    return told.decode("utf-8", "replace")


def test_there_is_no_bar_where_nobody_looks(tmp_path: Path) -> None:
    assert read_many(tmp_path, terminal=False) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_there_is_a_bar_where_somebody_looks(tmp_path: Path) -> None:
    assert "读取文件" in read_many(tmp_path, terminal=True)
