"""``gongkai diff``: filters, forms, the page that is sent on, exit codes."""

from __future__ import annotations

import csv
import importlib
import io
import json
import stat
from pathlib import Path

import pytest

import gongkai
from gongkai import Answer, Assignment, Plan, Task, examples
from gongkai.cli import main
from gongkai.exchange._diff_table import diff_csv

OLD, NEW = "example:chenghu-2023", "example:chenghu-2024"


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["diff", OLD, NEW, "--width", "100", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


class TestFilters:
    @pytest.mark.parametrize(
        "kinds", ("责任调整,时限调整", "reassigned，rescheduled", "责任调整, rescheduled")
    )
    def test_kinds_have_two_names(self, kinds: str, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run("--kind", kinds, "-q", "-f", "json", capsys=capsys)
        found = {change["kind"] for row in json.loads(out)["rows"] for change in row["changes"]}

        assert (code, found) == (1, {"reassigned", "rescheduled"})

    def test_kinds_may_be_asked_for_one_by_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        both = run("--kind", "moved", "--kind", "移动", "-q", capsys=capsys)

        assert both == run("--kind", "移动", "-q", capsys=capsys)

    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_unknown_kinds_are_2_and_the_kinds_are_told(
        self, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run("--kind", "moved,其他", "--language", language, capsys=capsys)

        assert (code, out) == (2, "")
        assert "其他" in err
        assert ("重新编号" if language == "zh" else "renumbered") in err

    def test_departments_and_sections(self, capsys: pytest.CaptureFixture[str]) -> None:
        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        for option, part in (
            (("--department", "区政务服务局"), diff.where(department="区政务服务局")),
            (("--section", "（三）服务民生保障"), diff.where(section="（三）服务民生保障")),
        ):
            _, out, _ = run(*option, "-f", "json", "-q", capsys=capsys)

            assert [row["status"] for row in json.loads(out)["rows"]] == [row.status for row in part.rows]
            assert part.rows

    @pytest.mark.parametrize(
        ("option", "said"), (("--department", "没有任务提到“无此单位”"), ("--section", "没有章节“无此单位”"))
    )
    def test_what_nobody_names_is_told(
        self, option: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, err = run(option, "无此单位", "-q", capsys=capsys)

        assert code == 0
        assert "没有符合条件的差别" in out
        assert said in err

    def test_the_code_is_that_of_what_was_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--kind", "amended", "--department", "区财政局", "-q", capsys=capsys)[0] == 0
        assert run("--kind", "reworded", "--department", "区财政局", "-q", capsys=capsys)[0] == 1

    def test_all_is_more(self, capsys: pytest.CaptureFixture[str]) -> None:
        short, whole = run("-q", capsys=capsys)[1], run("--all", "-q", capsys=capsys)[1]

        assert "随年度顺延：2023年10月" not in short
        assert "随年度顺延：2023年10月" in whole
        assert "公开区属国有企业主要财务指标" not in short
        assert "公开区属国有企业主要财务指标" in whole


class TestPage:
    def test_it_is_written_and_nothing_else(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "对照.html"
        code, out, err = run("--html", str(file), capsys=capsys)

        assert (code, out) == (1, "")
        assert f"已写入 {file}" in err
        assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert [each.name for each in tmp_path.iterdir()] == ["对照.html"]

    def test_a_table_comes_where_it_is_asked_for(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, out, _ = run("--html", str(tmp_path / "a.html"), "-f", "md", "-q", capsys=capsys)

        assert out.startswith("# 两份文件对照\n")

    def test_what_is_there_stays_unless_force_is_used(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "a.html"
        file.write_text("old", encoding="utf-8")
        code, out, err = run("--html", str(file), capsys=capsys)

        assert (code, out) == (3, "")
        assert "--force" in err
        assert file.read_text(encoding="utf-8") == "old"

        assert run("--html", str(file), "--force", "-q", capsys=capsys)[0] == 1
        assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

    def test_it_is_written_whole_or_not_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        code, _, err = run("--html", str(tmp_path / "a.html"), capsys=capsys)

        assert code == 3
        assert "No space left on device" in err
        assert list(tmp_path.iterdir()) == []

    def test_it_shows_the_part_that_was_asked_for(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "a.html"
        run("--html", str(file), "--department", "区财政局", "--language", "en", "-q", capsys=capsys)
        text = file.read_text(encoding="utf-8")

        assert '<html lang="en">' in text
        assert "only what fits the filters" in text
        assert "区园林绿化局" not in text.partition('<table class="gk-table gk-rows">')[2]

    def test_a_page_may_be_written_to_a_device(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--html", "/dev/null", "-q", capsys=capsys)[0] == 1
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


class TestAnswers:
    def test_they_are_obeyed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "判断.csv"
        before = json.loads(run("-f", "json", "-q", capsys=capsys)[1])["summary"]["rows"]
        gongkai.write_answers([Answer("一.(一).#2", "3", "none")], file)
        after = json.loads(run("-f", "json", "-q", "--links", str(file), capsys=capsys)[1])["summary"]["rows"]

        assert (before["split"], after["split"]) == (1, 0)

    def test_an_empty_file_changes_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "判断.json"
        gongkai.write_answers([], file)

        assert run("--links", str(file), capsys=capsys) == run(capsys=capsys)

    def test_answers_that_only_confirm_change_no_row(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "判断.json"
        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        gongkai.write_answers(diff.links, file)
        rows = [
            [row["status"] for row in json.loads(run("-f", "json", "-q", *more, capsys=capsys)[1])["rows"]]
            for more in ((), ("--links", str(file)))
        ]

        assert rows[0] == rows[1]

    def test_a_file_that_is_not_there_is_3(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--links", str(tmp_path / "none.csv"), capsys=capsys)[0] == 3


class TestEmbedder:
    @pytest.fixture
    def embedders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = (
            "asked = []\n"
            "def lengths(texts):\n    asked.extend(texts)\n    return [[len(text), 1.0] for text in texts]\n"
            "def broken(texts):\n    raise RuntimeError('no model')\n"
        )
        (tmp_path / "own_embedders.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))

    @pytest.mark.usefixtures("embedders")
    def test_one_of_my_own_is_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run("--embedder", "own_embedders:lengths", "-q", capsys=capsys)

        assert code == 1
        assert "澄湖区2024年政务公开工作要点" in out
        assert len(importlib.import_module("own_embedders").asked) > 50

    @pytest.mark.usefixtures("embedders")
    @pytest.mark.parametrize(
        "name", ("nothing", "own_embedders:none", "no_such_module:x", "own_embedders:broken")
    )
    def test_what_is_none_is_2(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run("--embedder", name, capsys=capsys)

        assert (code, out) == (2, "")
        assert err.startswith("gongkai: ")
        assert "Traceback" not in err

    def test_the_ready_one_names_its_extra(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("gongkai.comparing.alignment.embedding.find_spec", lambda _name: None)
        code, _, err = run("--embedder", "semantic", capsys=capsys)

        assert code == 2
        assert "gongkai[semantic]" in err


class TestTable:
    def test_every_row_that_changed_is_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        _, out, _ = run("-f", "csv", "-q", capsys=capsys)
        rows = list(csv.DictReader(io.StringIO(out)))

        assert len(rows) == sum(row.status != "same" for row in diff.rows)
        split = next(row for row in rows if row["变化"] == "拆分")
        assert split["新编号"] == "2.\n3."
        assert split["章节"].endswith("(一) 服务高质量发展")
        assert split["新责任单位"].count("\n") == 1

    def test_a_file_opens_in_a_spreadsheet(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "对照.csv"
        run("-o", str(file), "--all", capsys=capsys)

        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "未变" in file.read_text(encoding="utf-8-sig")

    def test_no_cell_is_a_formula(self) -> None:
        tasks = [Task(text, assignments=[Assignment.lead("=A1")]) for text in ("=1+1", "@公开", "+5", "-2")]
        text = diff_csv(gongkai.diff(Plan("要点"), Plan("要点", tasks)), mark=False)

        for row in list(csv.reader(io.StringIO(text)))[1:]:
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)

    def test_heads_and_words_are_in_english_where_asked(self) -> None:
        diff = gongkai.diff(Plan("要点"), Plan("要点", [Task("公开。", assignments=[Assignment.lead("局")])]))
        told = diff_csv(diff, language="en", mark=False)

        assert told.startswith("Change,Subject,Section,")
        assert "\nadded,task,," in told
        assert "lead: 局" in told


@pytest.mark.parametrize("language", ("zh", "en"))
def test_help_names_every_option(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "--help", "--language", language])
    text = capsys.readouterr().out

    for option in ("--html", "--force", "--links", "--kind", "--department", "--section", "--all", "csv"):
        assert option in text
