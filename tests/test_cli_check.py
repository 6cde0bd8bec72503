"""``gongkai check``: what is found in plans, in every form, and how it ends."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

import gongkai
from gongkai.cli import main

TEXT = """澄湖区2024年政务公开工作要点
成文日期：2024年3月1日
一、深化公开
1.公开老旧小区改造计划（区住房城市建设委负责，完成时限：2023年10月）。
3.公开目录（区财政局负责。
4.公开*清单*|<5。
二、强化解读
"""
FINE = "澄湖区2024年政务公开工作要点\n1.公开目录。（区财政局负责，完成时限：10月底前）\n"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "要点 1.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


@pytest.fixture
def fine(tmp_path: Path) -> str:
    file = tmp_path / "fine.txt"
    file.write_text(FINE, encoding="utf-8")
    return str(file)


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    main(["check", *arguments, "--format", "json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


class TestCodes:
    def test_nothing_found_is_0(self, fine: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", fine]) == 0
        assert "没有问题" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("chosen", "least", "code"),
        (
            ("C313", "error", 1),
            ("C301", "error", 0),
            ("C301", "warning", 1),
            ("C112", "warning", 0),
            ("C112", "info", 0),
        ),
    )
    def test_it_depends_on_the_least_severity(self, plan: str, chosen: str, least: str, code: int) -> None:
        assert main(["check", plan, "--select", chosen, "--fail-on", least]) == code

    def test_warnings_count_by_default(self, plan: str) -> None:
        assert main(["check", plan, "--select", "C301"]) == 1
        assert main(["check", "example:songping-2024"]) == 0
        assert main(["check", "example:songping-2024", "--fail-on", "info"]) == 1

    def test_a_bad_file_does_not_stop_the_others(
        self, plan: str, fine: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", fine, "none.txt", plan, "--width", "1000"]) == 3

        out, err = capsys.readouterr()
        assert "fine.txt" in out
        assert "C313" in out
        assert err.startswith("gongkai: 不能读取：none.txt")

    def test_bad_files_alone_give_no_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "none.txt"]) == 3
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize(
        "arguments",
        (
            [],
            ["-", "-"],
            ["-", "--against", "-"],
            ["example:chenghu-2024", "--select", "C9"],
            ["example:chenghu-2024", "--ignore", "C1,,R2"],
            ["example:chenghu-2024", "--fail-on", "never"],
            ["example:chenghu-2024", "--format", "pdf"],
            ["example:chenghu-2024", "--width", "0"],
        ),
    )
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_wrong_usage_is_2(
        self, arguments: list[str], language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", *arguments, "--language", language]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("gongkai: ")


class TestChoice:
    def test_codes_are_chosen_and_ignored(self, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
        found = records(capsys, plan, "--select", "C2,c301", "--select", "R2", "--ignore", "C202")

        assert [each["code"] for each in found] == ["C301", "C313", "C321"]

    def test_nothing_is_told_twice(self, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
        codes = [each["code"] for each in records(capsys, plan)]
        noticed = {finding.code for finding in gongkai.read(plan).findings}

        assert {"R201", "R203", "R206"} <= noticed
        assert {"C301", "C313", "C321"} <= set(codes)
        assert noticed.isdisjoint(codes)

    @pytest.mark.parametrize("twin", ("R203", "C313"))
    def test_a_twin_goes_with_its_twin(
        self, plan: str, twin: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert [each["code"] for each in records(capsys, plan, "--select", twin)] == ["C313"]
        assert {"R203", "C313"}.isdisjoint([each["code"] for each in records(capsys, plan, "--ignore", twin)])

    def test_what_the_reader_alone_noticed_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "a.txt"
        file.write_text("1.公开目录。（区财政局负责）\n", encoding="utf-8")

        assert {"R101", "R105"} <= {each["code"] for each in records(capsys, str(file))}

    def test_beside_another_plan(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = records(capsys, "example:chenghu-2024", "--against", "example:chenghu-2023", "--select", "C4")

        assert found
        assert {each["code"] for each in found} == {"C401"}

    def test_a_plan_to_check_beside_that_cannot_be_read_is_3(self, plan: str) -> None:
        assert main(["check", plan, "--against", "none.txt"]) == 3


class TestForms:
    def test_table(self, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
        main(["check", plan, "--width", "90"])

        out = capsys.readouterr().out
        assert re.search(
            r"^错误  C313  第 5 行 +括号不成对：（\n +编号 3 +3\.公开目录⟦（⟧区财政局负责。$",
            out,
            re.MULTILINE,
        )
        assert "\x1b[" not in out

    def test_several_files_are_counted(
        self, plan: str, fine: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["check", plan, fine, "--language", "en", "--select", "C3"])
        assert capsys.readouterr().err == "2 files, 3 findings\n"

        main(["check", plan, fine, "-q"])
        assert capsys.readouterr().err == ""

    def test_json_has_places(self, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
        (found,) = records(capsys, plan, "--select", "C313")

        assert TEXT[found["start"] : found["end"]] == found["text"] == "（"
        assert (found["file"], found["line"], found["column"]) == (plan, 5, 7)
        assert (found["severity"], found["key"]) == ("error", "3")

    def test_markdown_and_html_escape(
        self, tmp_path: Path, fine: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "<i>|.txt"
        file.write_text(TEXT, encoding="utf-8")

        main(["check", str(file), fine, "-f", "md"])
        out = capsys.readouterr().out
        assert r"4.公开\*清单\*\|&lt;5" in out
        assert r"&lt;i&gt;\|.txt" in out

        page = tmp_path / "page.html"
        main(["check", str(file), fine, "-o", str(page)])
        text = page.read_text(encoding="utf-8")
        assert "<mark>4.公开*清单*|&lt;5。" in text
        assert "&lt;i&gt;|.txt" in text
        assert "<i>" not in text
        assert text.count("<script") == 2

    def test_help_is_there_in_both_languages(self, capsys: pytest.CaptureFixture[str]) -> None:
        for language, word in (("zh", "责任单位"), ("en", "departments")):
            assert main(["check", "--help", "--language", language]) == 0
            assert word in capsys.readouterr().out


class TestFiles:
    def test_a_page_is_written_and_no_table(
        self, plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = tmp_path / "检查.html"

        assert main(["check", plan, "--html", str(page)]) == 1

        assert "C313" in page.read_text(encoding="utf-8")
        assert capsys.readouterr().out == ""

    def test_a_page_that_is_there_stays(self, plan: str, tmp_path: Path) -> None:
        page = tmp_path / "检查.html"
        page.write_text("mine", encoding="utf-8")

        assert main(["check", plan, "--html", str(page)]) == 3
        assert page.read_text(encoding="utf-8") == "mine"
        assert main(["check", plan, "--html", str(page), "--force"]) == 1
        assert page.read_text(encoding="utf-8") != "mine"

    def test_a_page_and_the_output_are_two_files(self, plan: str, tmp_path: Path) -> None:
        page = str(tmp_path / "检查.html")

        assert main(["check", plan, "--html", page, "--output", page]) == 2

    def test_a_sheet_has_the_columns_of_findings(self, plan: str, fine: str, tmp_path: Path) -> None:
        sheet = tmp_path / "问题.csv"
        main(["check", plan, fine, "--output", str(sheet)])

        with sheet.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))

        assert {row["来源"] for row in rows} == {plan}  # the other is in order
        assert "C313" in {row["代码"] for row in rows if row["来源"] == plan}

    def test_an_option_that_is_none_is_no_file(self, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", plan, "--pdf"]) == 2
        assert "没有“--pdf”这个选项" in capsys.readouterr().err

    def test_a_folder_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(tmp_path)]) == 3
        assert "这是文件夹" in capsys.readouterr().err
