"""``gongkai consolidate``: several plans in every form, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gongkai
from gongkai import Answer
from gongkai.cli import main

PLANS = ("example:lanjiang-2024", "example:chenghu-2024", "example:songping-2024")
DRAFTS = ("example:chenghu-2025-base", "example:chenghu-2025-ours")


def run(*arguments: str) -> int:
    return main(["consolidate", *arguments, "--quiet"])


class TestForms:
    def test_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*PLANS, "--width", "110") == 0

        out, err = capsys.readouterr()
        assert "任务对照表" in out
        assert err == ""

    @pytest.mark.parametrize(
        ("form", "begins"), (("json", "{"), ("md", "# "), ("html", "<!DOCTYPE html>"), ("csv", "编号,"))
    )
    def test_every_form(self, form: str, begins: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*PLANS, "--format", form) == 0
        assert capsys.readouterr().out.startswith(begins)

    def test_the_suffix_tells_the_form(self, tmp_path: Path) -> None:
        assert run(*PLANS, "--output", str(tmp_path / "表.csv")) == 0
        assert (tmp_path / "表.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_page_and_a_plan_besides(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        page, plan = tmp_path / "表.html", tmp_path / "汇总.json"
        assert run(*PLANS, "--html", str(page), "--plan", str(plan), "-f", "json") == 0

        record = json.loads(capsys.readouterr().out)
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        made = gongkai.loads(plan.read_text(encoding="utf-8"))
        assert len(made.tasks) == len(record["matters"])

    def test_a_file_that_is_there_stays_without_force(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "表.html"
        assert run(*PLANS, "--html", str(file)) == 0
        assert capsys.readouterr() == ("", "")
        assert run(*PLANS, "--html", str(file)) == 3
        assert run(*PLANS, "--html", str(file), "--force") == 0

    def test_drafts_of_one_title_are_called_by_their_files(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*DRAFTS, "-f", "json") == 0

        plans = json.loads(capsys.readouterr().out)["plans"]
        assert [plan["column"] for plan in plans] == ["chenghu-2025-base", "chenghu-2025-ours"]


class TestChoice:
    def keys(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
        assert run(*PLANS, *arguments, "-f", "json") == 0
        return {matter["key"] for matter in json.loads(capsys.readouterr().out)["matters"]}

    def test_common(self, capsys: pytest.CaptureFixture[str]) -> None:
        table = gongkai.consolidate([gongkai.examples.load(name.partition(":")[2]) for name in PLANS])

        assert self.keys(capsys, "--common", "3") == {row.key for row in table.common()}
        assert self.keys(capsys, "--common", "1") == {row.key for row in table}

    def test_unique_by_name_or_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        by_name = self.keys(capsys, "--unique", "松坪区")

        assert by_name
        assert by_name == self.keys(capsys, "--unique", PLANS[2])
        assert all(key.startswith("松坪区:") for key in by_name)

    def test_answers_are_obeyed_and_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        one, other = (gongkai.examples.load(name.partition(":")[2]) for name in PLANS[1:])
        file = tmp_path / "links.json"
        pair = one.tasks[0], other.tasks[-1]
        said = Answer("1", "31", "same", old_text=pair[0].text, new_text=pair[1].text)
        gongkai.write_answers([said, Answer("1", "1", "none", old_text="没有的任务。")], file)

        assert main(["consolidate", *PLANS, "--links", str(file), "-f", "json"]) == 0

        out, err = capsys.readouterr()
        together = [
            [task["key"] for cell in matter["cells"] for task in cell["tasks"]]
            for matter in json.loads(out)["matters"]
        ]
        assert any({pair[0].key, pair[1].key} <= set(keys) for keys in together)
        assert "A101" in err


class TestEmbedders:
    def test_one_of_your_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "own_embedder.py").write_text(
            "asked = []\ndef two(texts):\n    asked.extend(texts)\n    return [[1.0, len(text)] for text in texts]\n"
        )
        monkeypatch.syspath_prepend(tmp_path)

        assert run(*PLANS[:2], "--embedder", "own_embedder:two", "-f", "json") == 0
        import own_embedder  # type: ignore[import-not-found]

        assert own_embedder.asked

    def test_one_that_fails_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*PLANS[:2], "--embedder", "json:dumps") == 3
        assert "vectors" in capsys.readouterr().err


class TestCodes:
    @pytest.mark.parametrize(
        "arguments",
        (
            [],
            ["-", "-"],
            [*PLANS, "--common", "4"],
            [*PLANS, "--common", "0"],
            [*PLANS, "--unique", "东城区"],
            [*PLANS, "--unique", "松坪区", "--common", "2"],
            [*PLANS, "--format", "pdf"],
            [*PLANS, "--links", "links.txt"],
            [*PLANS, "--embedder", "none"],
            [*PLANS, "--embedder", "json:no"],
            [*PLANS, "--embedder", "json:__path__"],
            [*PLANS, "--output", "表.xyz"],
            [*PLANS, "--width", "0"],
        ),
    )
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_wrong_usage_is_2(
        self, arguments: list[str], language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["consolidate", *arguments, "--language", language]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("gongkai: ")

    def test_what_cannot_be_read_or_written_is_3(self, tmp_path: Path) -> None:
        assert run(*PLANS, "none.txt") == 3
        assert run(*PLANS, "--links", str(tmp_path / "none.csv")) == 3
        assert run(*PLANS, "--html", str(tmp_path / "no" / "表.html")) == 3
