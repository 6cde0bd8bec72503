"""``gongkai export``, ``gongkai ledger`` and ``gongkai due``: what they write and tell, and how they end."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

import gongkai
from gongkai import Assignment, Deadline, Ledger, Plan, Progress, Task, examples
from gongkai.cli import main
from tests.helpers_workbooks import PLAN, changed, opened, row_of

EXAMPLE = "example:chenghu-2024"


@pytest.fixture
def file(tmp_path: Path) -> str:
    gongkai.write(PLAN, tmp_path / "plan.json")
    return str(tmp_path / "plan.json")


def ledger_file(folder: Path, name: str, *progress: Progress) -> str:
    gongkai.write_ledger(PLAN, folder / name, progress=progress)
    return str(folder / name)


class TestExport:
    def test_each_file_has_the_form_of_its_suffix(self, tmp_path: Path) -> None:
        names = [str(tmp_path / f"a{suffix}") for suffix in (".xlsx", ".json", ".txt")]

        assert main(["export", EXAMPLE, "-o", names[0], "-o", names[1], "-o", names[2], "--quiet"]) == 0
        assert gongkai.read(names[0]) == gongkai.read(names[1]) == examples.load("chenghu-2024")

    def test_nothing_that_is_there_is_touched(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "b.txt").write_text("公开", encoding="utf-8")
        names = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]

        assert main(["export", EXAMPLE, "-o", names[0], "-o", names[1]]) == 3
        assert "--force" in capsys.readouterr().err
        assert not (tmp_path / "a.txt").exists()
        assert main(["export", EXAMPLE, "-o", names[0], "-o", names[1], "--force"]) == 0
        assert main(["export", EXAMPLE, "-o", names[0], "-o", names[0], "--force"]) == 2

    def test_a_name_in_brackets_is_a_name(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

        assert main(["export", EXAMPLE, "-o", "[定稿]要点.txt"]) == 0
        assert (tmp_path / "[定稿]要点.txt").exists()

    def test_an_unknown_suffix_is_wrong_usage(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["export", EXAMPLE, "-o", str(tmp_path / "a.xyz")]) == 2
        assert "a.xyz" in capsys.readouterr().err


class TestLedger:
    def test_out_and_back(self, tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        name = str(tmp_path / "台账.xlsx")
        assert main(["ledger", "write", file, "-o", name]) == 0
        assert main(["ledger", "write", file, "-o", name]) == 3
        assert main(["ledger", "write", file, "-o", name, "--force", "--by-department"]) == 0
        assert opened(Path(name).read_bytes()).worksheets[0].title == "汇总"
        capsys.readouterr()

        assert main(["ledger", "read", name]) == 0
        out = capsys.readouterr().out
        assert "5 项任务，已完成 0" in out
        assert "未填报 5" in out

    def test_what_came_back_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        def edit(book: object) -> None:
            sheet = book["台账"]  # type: ignore[index]
            row = row_of(sheet, "公开老旧小区改造进展。")
            sheet.cell(row, 8).value = "还行"
            sheet.cell(row, 5).value = "区财政局"

        first = ledger_file(tmp_path, "a.xlsx", Progress("4", "done", completed_on=date(2024, 5, 6)))
        second = tmp_path / "b.xlsx"
        second.write_bytes(changed(Path(first).read_bytes(), edit))
        edited, combined = str(tmp_path / "edited.json"), str(tmp_path / "all.json")

        assert main(["ledger", "read", str(second), "--edited", edited, "-o", combined]) == 1
        out, err = capsys.readouterr()
        assert "4  开展业务培训。  已完成  2024-05-06" in out
        assert "对任务的改动 1 处" in out
        assert "L101" in err
        assert gongkai.read(edited).tasks[0].assignments[1].names == ("区财政局",)
        ledger = Ledger.from_json(Path(combined).read_text(encoding="utf-8"))
        assert ledger.progress == (Progress("4", "done", completed_on=date(2024, 5, 6)),)

        assert main(["ledger", "read", str(second), "--format", "json", "--language", "en", "-q"]) == 1
        told = json.loads(capsys.readouterr().out)
        assert told["counts"]["done"] == 1
        assert [change["kind"] for change in told["changes"]] == ["reassigned"]
        assert [finding["code"] for finding in told["findings"]] == ["L101"]
        assert told["progress"][0]["completed_on"] == "2024-05-06"

    def test_files_that_differ(self, tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        first = ledger_file(tmp_path, "a.xlsx", Progress("1", "done"))
        second = ledger_file(tmp_path, "b.xlsx", Progress("1", "paused"))
        combined = str(tmp_path / "all.xlsx")

        assert main(["ledger", "read", first, second, "--plan", file, "-o", combined]) == 1
        assert "进展状态  已完成（a.xlsx 台账!4）；暂缓（b.xlsx 台账!4）" in capsys.readouterr().out
        assert gongkai.read_ledger(combined).progress == (Progress("1", "done"),)

    @pytest.mark.parametrize(
        ("arguments", "code"),
        (
            (["ledger", "read"], 2),
            (["ledger", "read", "none.xlsx"], 3),
            (["ledger", "write", EXAMPLE, "-o", "a.csv"], 2),
            (["ledger", "write", EXAMPLE], 2),
        ),
        ids=str,
    )
    def test_wrong_usage(
        self, arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(arguments) == code
        assert list(tmp_path.iterdir()) == []

    def test_help_in_both_languages(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["ledger", "--help"]) == 0
        assert "收回的台账" in capsys.readouterr().out
        assert main(["--language", "en", "ledger", "read", "--help"]) == 0
        assert "came back" in capsys.readouterr().out


class TestDue:
    def test_overdue_is_1(self, tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["due", file, "--today", "2024-11-05"]) == 1
        out = capsys.readouterr().out
        assert out.splitlines()[:2] == [
            "已逾期 1 项",
            "  2024-10-31  1.  公开老旧小区改造进展。  区住房城乡建设委、各街道  未填报",
        ]

        done = ledger_file(tmp_path, "a.xlsx", Progress("1", "done"))
        assert main(["due", file, done, "--today", "2024-11-05"]) == 0
        assert "已逾期 0 项" in capsys.readouterr().out

    def test_what_falls_due(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        for more, count in (
            (["--within", "30d"], 1),
            (["--within", "3天"], 0),
            (["--before", "2024-10-31"], 1),
        ):
            assert main(["due", file, "--today", "2024-10-10", "--format", "json", *more]) == 0
            assert len(json.loads(capsys.readouterr().out)) == count
        assert main(["due", file, "--today", "2024-10-10", "-f", "json", "--department", "区财政局"]) == 0
        assert json.loads(capsys.readouterr().out) == []

    def test_an_interim_deadline_that_has_passed_is_told_and_not_overdue(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        days = [Deadline.by_month(2024, month) for month in (10, 8, 12)]
        plan = Plan("澄湖区2024年政务公开工作要点", [Task("形成清单并公开。", label="1.", deadlines=days)])
        gongkai.write(plan, tmp_path / "plan.json")
        told = ["due", str(tmp_path / "plan.json"), "--today"]

        def states(today: str, *more: str) -> list[tuple[str, bool, bool]]:
            main([*told, today, *more, "-f", "json"])
            rows = json.loads(capsys.readouterr().out)
            return [(row["due"], row["overdue"], row["interim"]) for row in rows]

        assert states("2024-08-31", "--within", "5d") == [("2024-08-31", False, False)]
        assert states("2024-09-01", "--within", "5d") == [("2024-08-31", False, True)]
        assert states("2024-11-01", "--within", "5d") == [("2024-10-31", False, True)]
        assert states("2025-01-01", "--within", "5d") == [("2024-12-31", True, False)]
        gongkai.write_ledger(plan, tmp_path / "a.xlsx", progress=[Progress("1", "done")])
        assert main([*told[:2], str(tmp_path / "a.xlsx"), "--today", "2024-11-01"]) == 0
        assert "阶段时限" not in capsys.readouterr().out

        assert main([*told, "2024-11-01", "--within", "5d"]) == 0
        assert capsys.readouterr().out.splitlines() == [
            "已逾期 0 项",
            "阶段时限已过 1 项（整项尚未逾期）",
            "  2024-10-31  1.  形成清单并公开。  未填报",
            "2024-11-06 以前到期 0 项",
        ]
        assert main([*told, "2024-11-01", "-o", str(tmp_path / "due.csv")]) == 0
        text = (tmp_path / "due.csv").read_text(encoding="utf-8-sig")
        assert [row[:2] for row in csv.reader(io.StringIO(text))][1:] == [["2024-10-31", "阶段时限已过"]]

    def test_a_department_is_found_under_its_other_names(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        part = Task("公开惠企政策。", label="（1）", deadlines=[Deadline.by_month(2018, 6)])
        task = Task(
            "公开金融服务信息。",
            label="1.",
            assignments=[Assignment.lead("区金融服务办")],
            deadlines=[Deadline.by_month(2018, 6)],
            parts=[part],  # whose task's departments are its own
        )
        plan = Plan("澄湖区2018年政务公开工作要点", [task])
        gongkai.write(plan, tmp_path / "plan.json")
        told = ["due", str(tmp_path / "plan.json")]
        found: list[int] = []
        for name in ("区金融服务办", "区金融办", "区金融服务局", "区财政局"):
            main([*told, "--today", "2018-06-01", "-f", "json", "--department", name])
            out, err = capsys.readouterr()
            found.append(len(json.loads(out)))
            assert ("没有任务提到" in err) is (not found[-1])
        assert found == [2, 2, 2, 0]

    def test_a_table_for_a_spreadsheet(self, tmp_path: Path, file: str) -> None:
        assert main(["due", file, "--today", "2024-11-05", "-o", str(tmp_path / "due.csv")]) == 1
        text = (tmp_path / "due.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == ["截止日期", "时限提醒", "序号", "工作任务", "责任单位", "进展状态"]
        assert rows[1][:2] == ["2024-10-31", "已逾期"]

    @pytest.mark.parametrize(
        "more", (["--before", "soon"], ["--within", "x"], ["--today", "10月"], ["--before", "2024-01-01", "--within", "3"]),
        ids=str,
    )  # fmt: skip
    def test_wrong_usage(self, more: list[str], file: str) -> None:
        assert main(["due", file, *more]) == 2
