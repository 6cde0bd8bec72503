"""``--output`` with the suffix of an office program: what ``gongkai.write`` writes, or words why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli import main

OLD, NEW = "example:chenghu-2023", "example:chenghu-2024"


@pytest.mark.parametrize("command", ("diff", "coverage", "trace", "consolidate"))
def test_a_word_document_is_one(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "对照表.docx"

    assert main([command, OLD, NEW, "-o", str(target), "--quiet"]) in {0, 1}

    assert target.read_bytes().startswith(b"PK")
    assert capsys.readouterr().out == ""


def test_a_workbook_is_one(tmp_path: Path) -> None:
    assert main(["diff", OLD, NEW, "-o", str(tmp_path / "对照表.xlsx")]) == 1
    assert (tmp_path / "对照表.xlsx").read_bytes().startswith(b"PK")


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "承接.docx"
    target.write_bytes(b"mine")

    assert main(["coverage", OLD, NEW, "-o", str(target)]) == 3
    assert target.read_bytes() == b"mine"


def test_a_format_beats_the_suffix(tmp_path: Path) -> None:
    assert main(["diff", OLD, NEW, "-o", str(tmp_path / "a.docx"), "--format", "json"]) == 1
    assert (tmp_path / "a.docx").read_bytes().startswith(b"{")


def test_other_suffixes_are_told_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", OLD, "-o", str(tmp_path / "a.pdf")]) == 2
    assert ".docx" in capsys.readouterr().err
    assert main(["due", OLD, "-o", str(tmp_path / "a.docx")]) == 2
    assert ".csv" in capsys.readouterr().err


def test_a_plan_without_days_makes_no_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("澄湖区2024年政务公开工作要点\n1.公开计划。\n", encoding="utf-8")

    assert main(["export", str(tmp_path / "a.txt"), "-o", str(tmp_path / "a.ics")]) == 3
    assert "没有落在某一天的完成时限" in capsys.readouterr().err


def test_a_department_that_no_task_names_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", NEW, "--today", "2024-01-01", "--department", "火星局"]) == 0
    assert "没有任务提到“火星局”" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.docx", "a.html"):
        assert main(["diff", OLD, NEW, "-o", str(tmp_path / "none" / name)]) == 3
        assert "没有这个文件夹" in capsys.readouterr().err


def test_a_line_of_what_is_due_is_one_to_overlook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", NEW, "--today", "2025-01-01"]) == 1
    lines = capsys.readouterr().out.splitlines()

    assert any("…" in line for line in lines)
    assert max(map(len, lines)) < 200


@pytest.mark.parametrize("arguments", (["show", "none.json"], ["merge", "--resolve", "none.json"]))
def test_a_file_that_is_not_there_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 3
    assert "none.json：没有这个文件" in capsys.readouterr().err
