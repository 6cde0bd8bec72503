"""``gongkai coverage`` and ``gongkai trace``: what they write, where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

import gongkai
from gongkai import Answer, Mark
from gongkai.cli import main

CITY, DISTRICT = "example:lanjiang-2024", "example:songping-2024"
YEARS = tuple(f"example:chenghu-{year}" for year in (2022, 2023, 2024))

REFERENCE = """澜江市2024年政务公开工作要点
1.规范公开部门预决算，细化项目支出绩效目标。（市财政局负责落实）
2.公布耕地地力保护补贴的对象和标准。（市农业农村局负责落实）
"""
PLAN = """松坪区2024年政务公开工作要点
1.规范公开部门预决算，细化项目支出绩效目标。（区财政局负责落实）
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    names = []
    for name, text in (("city.txt", REFERENCE), ("district.txt", PLAN)):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        names.append(str(file))
    return names[0], names[1]


class TestCoverage:
    def test_something_absent_is_1_and_nothing_is_0(
        self, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["coverage", *pair]) == 1
        assert "未承接 1" in capsys.readouterr().out
        assert main(["coverage", pair[1], pair[0]]) == 0
        assert "承接率 100%" in capsys.readouterr().out

    def test_marks_are_obeyed_and_lost_ones_are_told(
        self, pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        marks = tmp_path / "marks.csv"
        lost = Mark("9", "没有", text="公布电价。")
        gongkai.write_marks([Mark("2", "没有耕地", annotator="王"), lost], marks)

        assert main(["coverage", *pair, "--marks", str(marks)]) == 0
        out, err = capsys.readouterr()
        assert "理由：没有耕地（王）" in out
        assert "1 条标注找不到对应的任务" in err
        assert "公布电价。" in err
        assert main(["coverage", *pair, "--marks", str(marks), "--quiet"]) == 0
        assert capsys.readouterr().err == ""

    def test_the_table_that_it_writes_is_filled_in_and_read(
        self, pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table = tmp_path / "承接.csv"
        assert main(["coverage", *pair, "--output", str(table)]) == 1
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
        rows[1]["不适用理由"] = "没有耕地"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

        assert main(["coverage", *pair, "--marks", str(table)]) == 0
        assert "没有耕地" in capsys.readouterr().out

    def test_answers_are_obeyed(
        self, pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answers = tmp_path / "answers.json"
        gongkai.write_answers([Answer("2", "1", "partial"), Answer("1", "1", "none")], answers)

        main(["coverage", *pair, "--links", str(answers), "--format", "json"])
        found = json.loads(capsys.readouterr().out)
        assert [row["status"] for row in found["rows"]] == ["absent", "partial"]

    @pytest.mark.parametrize(
        ("form", "begins"),
        (("md", "# 承接情况"), ("html", "<!DOCTYPE html>"), ("csv", "任务编号,"), ("table", "对照文件 ")),
    )
    def test_every_form(
        self, pair: tuple[str, str], form: str, begins: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["coverage", *pair, "--format", form]) == 1
        assert capsys.readouterr().out.startswith(begins)

    @pytest.mark.parametrize(
        ("options", "code", "told"),
        (
            (["--marks", "none.csv"], 3, "none.csv"),
            (["--marks", "marks.txt"], 2, "标注文件的扩展名"),
            (["--links", "none.csv"], 3, "none.csv"),
            (["--output", "a.html", "--html", "a.html"], 2, "同一份文件"),
            (["--output", "a.odt"], 2, "不能从扩展名"),
        ),
        ids=("no marks", "no form", "no answers", "one file", "suffix"),
    )
    def test_what_cannot_be_done_is_said(
        self,
        pair: tuple[str, str],
        options: list[str],
        code: int,
        told: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert main(["coverage", *pair, *options]) == code
        assert told in capsys.readouterr().err

    def test_a_mark_of_no_task_is_a_file_that_cannot_be_used(
        self, pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        marks = tmp_path / "marks.json"
        gongkai.write_marks([Mark("12", "没有")], marks)

        assert main(["coverage", *pair, "--marks", str(marks)]) == 3
        assert "marks.json" in capsys.readouterr().err

    def test_standard_input_is_one_plan(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["coverage", "-", "-"]) == 2
        assert "标准输入" in capsys.readouterr().err


class TestFiles:
    @pytest.mark.parametrize("command", (["coverage", CITY, DISTRICT], ["trace", *YEARS]))
    def test_the_page_goes_beside_the_output(
        self, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page, output = tmp_path / "page.html", tmp_path / "table.md"
        main([*command, "--html", str(page), "--output", str(output)])

        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert output.read_text(encoding="utf-8").startswith("# ")
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize("option", ("--html", "--output"))
    @pytest.mark.parametrize("command", (["coverage", CITY, DISTRICT], ["trace", *YEARS]))
    def test_files_that_are_there_stay_unless_forced(
        self, command: list[str], option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "there.html"
        file.write_text("old", encoding="utf-8")

        assert main([*command, option, str(file)]) == 3
        assert "--force" in capsys.readouterr().err
        assert file.read_text(encoding="utf-8") == "old"
        assert main([*command, option, str(file), "--force"]) in {0, 1}
        assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert [entry.name for entry in tmp_path.iterdir()] == ["there.html"]


class TestTrace:
    def test_it_ends_with_0_in_the_order_of_the_years(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["trace", *reversed(YEARS), "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)

        assert [column["name"] for column in found["columns"]] == ["2022", "2023", "2024"]

    @pytest.mark.parametrize(
        ("form", "begins"),
        (("md", "# 任务沿革"), ("html", "<!DOCTYPE html>"), ("csv", "沿革编号,"), ("table", "2022 澄湖区")),
    )
    def test_every_form(self, form: str, begins: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["trace", *YEARS, "--format", form]) == 0
        assert capsys.readouterr().out.startswith(begins)

    def test_names_keep_the_given_order(self, capsys: pytest.CaptureFixture[str]) -> None:
        plans = ["example:chenghu-2025-base", "example:chenghu-2025-ours"]

        assert main(["trace", *plans]) == 2
        assert "--names" in capsys.readouterr().err
        assert main(["trace", *plans, "--names", "底稿，修改稿", "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [column["name"] for column in found["columns"]] == ["底稿", "修改稿"]

    @pytest.mark.parametrize(
        ("arguments", "code", "told"),
        (
            ([], 2, "PLAN"),
            ([*YEARS, "--names", "a,b"], 2, "3 个"),
            ([*YEARS, "--gaps", "-1"], 2, "--gaps"),
            (["-", "-"], 2, "标准输入"),
            (["none.txt"], 3, "none.txt"),
        ),
        ids=("nothing", "names", "gaps", "stdin", "file"),
    )
    def test_what_cannot_be_done_is_said(
        self, arguments: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["trace", *arguments]) == code
        assert told in capsys.readouterr().err

    def test_how_long_a_task_may_be_away(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = []
        for gaps in ("0", "1"):
            main(["trace", *YEARS, "--gaps", gaps, "--format", "json"])
            found.append(json.loads(capsys.readouterr().out)["summary"]["2024"]["returned"])

        assert found[0] == 0
        assert found[1] > 0


class TestEmbedder:
    @pytest.mark.parametrize("command", (["coverage", CITY, DISTRICT], ["trace", *YEARS]))
    def test_a_callable_of_one_s_own_is_used(
        self,
        command: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / "mine.py").write_text(
            "asked = []\ndef vectors(texts):\n    asked.extend(texts)\n    return [[len(text), 1.0] for text in texts]\n",
            encoding="utf-8",
        )
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.path", [*sys.path])

        assert main([*command, "--embedder", "mine:vectors", "--format", "json"]) in {0, 1}
        assert len(sys.modules.pop("mine").asked) > 50
        assert json.loads(capsys.readouterr().out)

    @pytest.mark.parametrize(
        ("name", "code"),
        (("mine", 2), ("no.such.module:vectors", 2), ("json:vectors", 2), ("math:pi", 2), ("json:dumps", 3)),
    )
    @pytest.mark.parametrize("command", (["coverage", CITY, DISTRICT], ["trace", *YEARS]))
    def test_what_is_none_is_said(
        self, command: list[str], name: str, code: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*command, "--embedder", name]) == code
        assert "embedder" in capsys.readouterr().err.replace("嵌入模型", "embedder")

    def test_the_shipped_one_needs_its_extra(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("gongkai.comparing.alignment.embedding.find_spec", lambda name: None)

        assert main(["coverage", CITY, DISTRICT, "--embedder", "semantic"]) == 2
        assert "gongkai[semantic]" in capsys.readouterr().err


@pytest.mark.parametrize("command", ("coverage", "trace"))
def test_help_is_in_two_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    zh = capsys.readouterr().out
    assert main([command, "--help", "--language", "en"]) == 0
    en = capsys.readouterr().out

    assert "退出码" in zh
    assert "Exit codes" in en
    assert "--html" in zh
