"""`gongkai align`: links on standard output, questions and messages on standard error, answers in a file."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

import gongkai
from gongkai import Answer, Strength, examples, views
from gongkai.cli import main
from gongkai.comparing import doubtful_pairs
from gongkai.exchange.saving import save

Pair: TypeAlias = tuple[gongkai.Plan, gongkai.Plan]

OLD, NEW = "example:chenghu-2023", "example:chenghu-2024"


@pytest.fixture(scope="module")
def plans() -> Pair:
    return examples.load("chenghu-2023"), examples.load("chenghu-2024")


Typed: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run the command with lines typed, and return its code, output and messages."""

    def run(lines: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        code = main(["align", OLD, NEW, "--quiet", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


class TestData:
    def test_the_table_is_the_view(self, plans: Pair, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["align", OLD, NEW, "--width", "90", "--quiet"]) == 0

        out, err = capsys.readouterr()
        assert out == views.terminal(gongkai.align(*plans), width=90, color=False)
        assert err == ""

    def test_json_is_the_record(self, plans: Pair, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["align", OLD, NEW, "-f", "json"]) == 0

        assert json.loads(capsys.readouterr().out) == views.alignment_record(gongkai.align(*plans))

    def test_markdown_and_html(self, capsys: pytest.CaptureFixture[str]) -> None:
        for form, start in (("md", "| 对应 | 匹配度 |"), ("html", "<!DOCTYPE html>")):
            assert main(["align", OLD, NEW, "-f", form]) == 0
            assert capsys.readouterr().out.startswith(start)

    def test_links_as_csv_can_be_corrected_and_are_obeyed(
        self, plans: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "links.csv"
        assert main(["align", OLD, NEW, "-o", str(file)]) == 0
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        answers = gongkai.read_answers(file)
        assert [answer.keys for answer in answers] == [
            (link.old.key, link.new.key) for link in gongkai.align(*plans)
        ]

        first = answers[0]
        gongkai.write_answers([Answer(*first.keys, "none")], file)
        assert main(["align", OLD, NEW, "--links", str(file), "-f", "csv"]) == 0

        rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
        assert rows[0][0] == "旧任务编号"
        assert first.keys not in {(row[0], row[1]) for row in rows}


class TestAsking:
    def test_answers_are_obeyed_and_saved(self, typed: Typed, plans: Pair, tmp_path: Path) -> None:
        file = tmp_path / "links.csv"
        code, out, err = typed(
            "s\nP 只有一句\n不对应\n\nq\n", "--ask", "--links", str(file), "--annotator", "甲", "-f", "json"
        )

        answers = gongkai.read_answers(file)
        asked = [question.keys for question in doubtful_pairs(*plans)[:4]]
        assert code == 0
        assert [answer.keys for answer in answers] == asked
        assert [answer.strength for answer in answers] == ["same", "partial", "none", None]
        assert [answer.comment for answer in answers] == ["", "只有一句", "", ""]
        assert {answer.annotator for answer in answers} == {"甲"}
        assert all(answer.answered_on for answer in answers)
        links = {(link["old_key"], link["new_key"]): link["strength"] for link in json.loads(out)["links"]}
        assert [links.get(keys) for keys in asked[:3]] == ["same", "partial", None]
        assert "第 5 题" in err
        assert "作了 4 次判断：相同 1，部分相同 1，不对应 1，不确定 1" in err
        assert f"已存入 {file}" in err

    def test_what_was_answered_is_not_asked_again(self, typed: Typed, tmp_path: Path) -> None:
        file = tmp_path / "links.json"
        typed("s\nn\nq\n", "--ask", "--links", str(file))
        typed("p\n", "--ask", "--links", str(file))

        answers = gongkai.read_answers(file)
        assert [answer.strength for answer in answers] == ["same", "none", "partial"]
        assert len({answer.keys for answer in answers}) == 3

    def test_rows_that_are_open_stay_in_a_table(self, typed: Typed, plans: Pair, tmp_path: Path) -> None:
        file = tmp_path / "questions.csv"
        first, second, third = doubtful_pairs(*plans)[:3]
        gongkai.write_answers([first.answer("same", comment="早先"), second, third], file)
        before = file.read_text(encoding="utf-8-sig").splitlines()

        typed("n\n", "--ask", "--links", str(file))

        after = file.read_text(encoding="utf-8-sig").splitlines()
        assert after[:2] == before[:2]
        assert after[3:] == before[3:]
        assert [answer.strength for answer in gongkai.read_answers(file)] == ["same", "none"]

    def test_columns_that_would_be_lost_are_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "links.csv"
        file.write_text("旧任务编号,新任务编号,判断,审核意见\n1,1,相同,同意\n", encoding="utf-8")

        assert main(["align", OLD, NEW, "--ask", "--links", str(file)]) == 2
        assert "其他栏目（审核意见）" in capsys.readouterr().err
        assert "同意" in file.read_text(encoding="utf-8")

    def test_undo_goes_back_one_by_one_over_batches_too(self, typed: Typed, tmp_path: Path) -> None:
        file = tmp_path / "links.csv"
        lines = "u\n" + "s\n" * 17 + "u\nu\nn\np\nq\n"
        code, _, err = typed(lines, "--ask", "--questions", "60", "--links", str(file), "-f", "json")

        answers = gongkai.read_answers(file)
        assert code == 0
        assert "没有可撤销的判断" in err
        assert [answer.strength for answer in answers] == [*[Strength.SAME] * 15, "none", "partial"]

    def test_what_is_taken_back_is_gone(self, typed: Typed, tmp_path: Path) -> None:
        file = tmp_path / "links.csv"
        _, out, _ = typed(
            "n\n" * 17 + "u\nu\n", "--ask", "--questions", "60", "--links", str(file), "-f", "json"
        )

        asked = {answer.keys for answer in gongkai.read_answers(file)}
        assert len(asked) == 15
        assert not asked & {(link["old_key"], link["new_key"]) for link in json.loads(out)["links"]}

    def test_what_is_no_answer_is_asked_for_again(self, typed: Typed) -> None:
        _, _, err = typed("也许\n同\nq\n", "--ask", "--language", "en")

        assert "'也许' is no answer; type s, p, n, ?, u or q" in err
        assert "1 answer: same 1" in err
        assert "the answers are not saved; --links FILE keeps them" in err

    def test_a_number_of_questions(self, typed: Typed) -> None:
        _, _, err = typed("s\n" * 9, "--ask", "--questions", "3")

        assert "第 3 题" in err
        assert "第 4 题" not in err

    def test_nothing_to_ask(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("s\n"))

        assert main(["align", OLD, OLD, "--ask", "-q"]) == 0
        assert capsys.readouterr().err == "没有需要判断的任务对\n"

    def test_an_interruption_keeps_the_answers(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = iter(("s\n", "n\n"))

        class Keys:
            @staticmethod
            def readline() -> str:
                line = next(lines, None)
                if line is None:
                    raise KeyboardInterrupt
                return line

            @staticmethod
            def isatty() -> bool:
                return True

        monkeypatch.setattr(sys, "stdin", Keys())
        file = tmp_path / "links.csv"

        assert main(["align", OLD, NEW, "--ask", "--links", str(file)]) == 0
        assert len(gongkai.read_answers(file)) == 2
        assert "项对应" in capsys.readouterr().out

    def test_without_standard_input_it_stops(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", None)

        assert main(["align", OLD, NEW, "--ask"]) == 0
        assert "作了 0 次判断" in capsys.readouterr().err

    def test_a_full_disk_ends_the_questions_and_is_told(
        self, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls: list[Path] = []

        def full(path: Path, content: bytes) -> None:
            calls.append(path)
            if len(calls) > 2:
                raise OSError(28, "No space left on device")
            save(path, content)

        monkeypatch.setattr("gongkai.exchange.answers.save", full)
        file = tmp_path / "links.csv"

        code, out, err = typed("s\ns\ns\n", "--ask", "--links", str(file))

        assert code == 3
        assert f"{file}：不能写入：No space left on device" in err
        assert "项对应" in out
        assert len(gongkai.read_answers(file)) == 1


class TestTables:
    def test_questions_go_into_a_table_that_is_read_again(
        self, plans: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "questions.csv"
        assert main(["align", OLD, NEW, "--questions", str(file)]) == 0

        assert gongkai.read_answers(file) == ()
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        assert [(row[0], row[1]) for row in rows[1:]] == [
            question.keys for question in doubtful_pairs(*plans)
        ]
        out, err = capsys.readouterr()
        assert f"{len(rows) - 1} 个任务对已写入 {file}" in err
        assert out == ""

        rows[1][4] = "不对应"
        target = io.StringIO(newline="")
        csv.writer(target).writerows(rows)
        file.write_text(target.getvalue(), encoding="gb18030", newline="")
        assert main(["align", OLD, NEW, "--links", str(file), "-f", "json"]) == 0
        links = json.loads(capsys.readouterr().out)["links"]
        assert (rows[1][0], rows[1][1]) not in {(link["old_key"], link["new_key"]) for link in links}

    def test_a_table_that_may_be_filled_in_is_not_replaced(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "questions.csv"
        file.write_text("填好的", encoding="utf-8")

        assert main(["align", OLD, NEW, "--questions", str(file)]) == 3
        assert "已有此文件" in capsys.readouterr().err
        assert file.read_text(encoding="utf-8") == "填好的"
        assert main(["align", OLD, NEW, "--questions", str(file), "--force"]) == 0

    def test_answers_about_nothing_are_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "links.csv"
        gongkai.write_answers([Answer("九.9", "1", "same")], file)

        assert main(["align", OLD, NEW, "--links", str(file), "--language", "en"]) == 0
        assert "A101  the answer on 九.9 → 1 is about no pair" in capsys.readouterr().err


class TestEmbedder:
    def test_one_of_your_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "lengths_of_texts.py").write_text(
            "calls = []\n"
            "def lengths(texts):\n"
            "    calls.extend(texts)\n"
            "    return [[float(len(text)), 1.0] for text in texts]\n"
            "def broken(texts):\n"
            "    return None\n",
            encoding="utf-8",
        )
        monkeypatch.syspath_prepend(str(tmp_path))
        sheet = str(tmp_path / "q.csv")

        assert (
            main(["align", OLD, NEW, "--embedder", "lengths_of_texts:lengths", "--questions", sheet, "-q"])
            == 0
        )
        assert sys.modules["lengths_of_texts"].calls
        assert main(["align", OLD, NEW, "--embedder", "lengths_of_texts:broken", "-q"]) == 3
        assert main(["align", OLD, NEW, "--embedder", "lengths_of_texts:none", "-q"]) == 2
        assert "lengths_of_texts:none" in capsys.readouterr().err


class TestCodes:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        (
            (["-", "-"], "只能有一份文件取自标准输入"),
            (["-", NEW, "--ask"], "用 --ask 时，标准输入用于回答"),
            ([OLD, NEW, "--questions", "-3"], "--questions 应为题数或文件名"),
            ([OLD, NEW, "--questions", "q.xlsx"], "判断文件的扩展名应为 .csv 或 .json"),
            ([OLD, NEW, "--links", "l.txt"], "判断文件的扩展名应为 .csv 或 .json"),
            ([OLD, NEW, "--ask", "--links", "l"], "判断文件的扩展名应为 .csv 或 .json"),
            ([OLD, NEW, "-o", "a.pdf"], "不能从扩展名"),
        ),
    )
    def test_wrong_usage_is_2(
        self,
        arguments: list[str],
        message: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["align", *arguments]) == 2
        assert message in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []

    def test_files_that_cannot_be_read_or_written_are_3(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bad = tmp_path / "links.csv"
        bad.write_text("旧任务编号,新任务编号,判断\n1,2,也许\n", encoding="utf-8")

        assert main(["align", OLD, NEW, "--links", str(tmp_path / "none.csv")]) == 3
        assert main(["align", OLD, NEW, "--links", str(bad)]) == 3
        assert "links.csv, row 2, column 判断: expected 相同 (same)" in capsys.readouterr().err
        assert main(["align", OLD, NEW, "--ask", "--links", str(tmp_path / "no" / "links.csv")]) == 3
