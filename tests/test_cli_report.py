"""``gongkai report``: one page on several plans, and how it ends."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from gongkai import examples
from gongkai.cli import main

YEARS = ("example:chenghu-2023", "example:chenghu-2024")
DRAFTS = ("example:chenghu-2025-base", "example:chenghu-2025-ours")


def run(*arguments: str) -> int:
    return main(["report", *arguments])


def test_it_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "报告.html"
    assert run(*YEARS, "-o", str(file)) == 0

    page = file.read_text(encoding="utf-8")
    out, err = capsys.readouterr()
    assert page.startswith("<!DOCTYPE html>")
    assert "2 份文件的报告" in page
    assert out == ""
    assert str(file) in err


def test_without_a_file_it_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*YEARS, "--quiet", "--language", "en", "--title", "Two years") == 0

    out, err = capsys.readouterr()
    assert "<title>Two years</title>" in out
    assert '<html lang="en">' in out
    assert err == ""


def test_a_reference_brings_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(YEARS[0], "-q") == 0
    alone = capsys.readouterr().out
    assert run(YEARS[0], "-q", "--reference", "example:lanjiang-2024") == 0
    beside = capsys.readouterr().out

    assert 'id="report-coverage"' in beside
    assert 'id="report-coverage"' not in alone
    assert "澜江市2024年政务公开工作要点" in beside


def test_names_are_those_that_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*YEARS, "-q", "--names", "去年，今年") == 0
    assert "去年 → 今年" in capsys.readouterr().out


def test_drafts_of_one_title_are_called_by_their_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*DRAFTS, "-q") == 0

    page = capsys.readouterr().out
    assert "chenghu-2025-base" in page
    assert "chenghu-2025-ours" in page


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = examples.text("chenghu-2024").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))

    assert run("-", "-q") == 0
    assert "澄湖区2024年政务公开工作要点" in capsys.readouterr().out


def test_a_file_that_is_there_stays_without_force(tmp_path: Path) -> None:
    file = tmp_path / "报告.html"
    file.write_text("旧", encoding="utf-8")

    assert run(*YEARS, "-q", "-o", str(file)) == 3
    assert file.read_text(encoding="utf-8") == "旧"
    assert run(*YEARS, "-q", "-o", str(file), "--force") == 0
    assert file.read_text(encoding="utf-8") != "旧"


@pytest.mark.parametrize(
    ("arguments", "code"),
    (
        ((), 2),
        (("-", "-"), 2),
        (("-", "--reference", "-"), 2),
        ((*YEARS, "--names", "一"), 2),
        ((*YEARS, "--names", "一,一"), 2),
        (("nowhere.txt",), 3),
        ((YEARS[0], "--reference", "nowhere.txt"), 3),
        ((YEARS[0], "-o", "no/such/folder/page.html"), 3),
    ),
)
def test_what_cannot_be_is_said(
    arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == code

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gongkai: ")
    assert "Traceback" not in err
