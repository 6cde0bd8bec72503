"""The command: what goes where, and which code it leaves with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gongkai
from gongkai import examples, views
from gongkai.cli import main
from gongkai.cli._findings import quotation
from tests.helpers_views import small

OLD, NEW = "example:chenghu-2023", "example:chenghu-2024"


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A plan in gongkai's JSON, which keeps its findings."""
    file = tmp_path / "plan.json"
    file.write_text(gongkai.dumps(small()), encoding="utf-8")
    return file


class TestData:
    @pytest.mark.parametrize("command", ("show", "tasks"))
    def test_table_goes_to_standard_output(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([command, NEW, "--width", "90", "--quiet"]) == 0

        out, err = capsys.readouterr()
        plan = examples.load("chenghu-2024")
        assert out == views.terminal(
            plan if command == "show" else views.task_table(plan).thing, width=90, color=False
        )
        assert err == ""

    def test_show_json_is_the_plan(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", NEW, "--format", "json"]) == 0

        assert gongkai.loads(capsys.readouterr().out) == examples.load("chenghu-2024")

    def test_tasks_json_is_flat_records(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["tasks", NEW, "-f", "json"]) == 0

        assert json.loads(capsys.readouterr().out) == views.task_records(examples.load("chenghu-2024"))

    def test_diff_json_has_rows_and_changes(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["diff", OLD, NEW, "-f", "json", "--language", "en"]) == 1

        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        assert json.loads(capsys.readouterr().out) == views.diff_record(diff, language="en")

    @pytest.mark.parametrize(
        ("name", "start"), (("a.md", "# "), ("a.html", "<!DOCTYPE"), ("a.json", "{"), ("a.txt", "旧 "))
    )
    def test_suffix_of_the_output_tells_the_format(
        self, name: str, start: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["diff", OLD, NEW, "-o", str(tmp_path / name)]) == 1

        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
        assert capsys.readouterr().out == ""

    def test_format_goes_before_the_suffix(self, tmp_path: Path) -> None:
        assert main(["tasks", NEW, "-o", str(tmp_path / "a.html"), "--format", "md"]) == 0

        assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("| 编号 |")

    def test_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        class Stdin:
            buffer = io.BytesIO(examples.text("chenghu-2024").encode())

        monkeypatch.setattr(sys, "stdin", Stdin)

        assert main(["diff", "-", NEW]) == 0
        assert "没有差别" in capsys.readouterr().out

    def test_examples_are_listed_with_their_titles(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["examples"]) == 0

        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines] == [f"example:{name}" for name in examples.names()]
        assert all(
            line.split(maxsplit=1)[1] == examples.load(name).title
            for line, name in zip(lines, examples.names(), strict=True)
        )


class TestMessages:
    def test_show_tells_findings_on_standard_error(
        self, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["show", str(plan_file)]) == 0

        out, err = capsys.readouterr()
        assert err.splitlines()[0] == f"{plan_file}：读取时发现 1 处问题"
        assert "第 2 行  R203  括号不成对  一、深⟦化⟧公开" in err
        assert "R203" not in out

    def test_the_gravest_findings_come_first_and_few_are_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        infos = [gongkai.Finding("R1", "info", "小", "small")] * 6
        plan = gongkai.Plan("要点", findings=[*infos, gongkai.Finding("R2", "error", "大", "great")])
        file = tmp_path / "plan.json"
        file.write_text(gongkai.dumps(plan), encoding="utf-8")

        main(["show", str(file), "--language", "en"])

        lines = capsys.readouterr().err.splitlines()
        assert lines[0] == f"{file}: 7 findings while reading"
        assert lines[1] == "  R2  great"
        assert lines[-1].strip().startswith("… 2 more")
        assert len(lines) == 7

    def test_tasks_and_diff_count_what_matters(
        self, plan_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["tasks", str(plan_file)])
        assert capsys.readouterr().err == f"{plan_file}：有 1 处需要注意，可用 gongkai show 查看\n"

        main(["diff", str(plan_file), str(plan_file)])
        assert capsys.readouterr().err.count("有 1 处") == 2

    def test_quiet_says_nothing(self, plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for command in (["show", str(plan_file)], ["tasks", str(plan_file)], ["diff", str(plan_file), NEW]):
            main([*command, "-q"])
            assert capsys.readouterr().err == ""


class TestCodes:
    def test_no_difference_is_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["diff", NEW, NEW]) == 0
        assert "没有差别" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        (
            ["bogus"],
            ["show"],
            ["diff", NEW],
            ["show", NEW, "--format", "pdf"],
            ["show", NEW, "--nonsense"],
            ["diff", "-", "-"],
        ),
    )
    def test_wrong_usage_is_2(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(arguments) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("gongkai: ")
        assert "gongkai --help" in err
        assert "Traceback" not in err

    def test_unknown_suffix_is_2(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", NEW, "-o", str(tmp_path / "plan.pdf")]) == 2
        assert ".pdf" in capsys.readouterr().err

    def test_unreadable_files_are_3(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        binary = tmp_path / "a.txt"
        binary.write_bytes(bytes(range(32)) * 64)
        broken = tmp_path / "a.json"
        broken.write_text('{"gongkai": 1, "kind": "plan", "title": 5}', encoding="utf-8")
        for name in (str(tmp_path / "none.txt"), str(tmp_path), str(binary), str(broken), "example:none"):
            assert main(["show", name]) == 3

            out, err = capsys.readouterr()
            assert (out, err.count("\n")) == ("", 1)
            assert err.startswith("gongkai: ")
            assert Path(name).name in err

    def test_unwritable_files_are_3(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", NEW, "-o", str(tmp_path / "no" / "plan.md")]) == 3
        assert "plan.md：不能写入" in capsys.readouterr().err

    @pytest.mark.parametrize("width", ("0", "-5"))
    def test_a_width_that_is_none_is_2(self, width: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", NEW, "--width", width]) == 2
        assert f"--width 应为正整数，不能是 {width}" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        (
            (["bogus"], "没有“bogus”这个命令"),
            (["show"], "缺少参数：FILE"),
            (["show", "a", "b", "c"], "多余的参数：b c"),
            (["show", NEW, "--format", "pdf"], "参数的值不合规定：--format pdf"),
            (["show", NEW, "--nonsense"], "没有“--nonsense”这个选项"),
            (["show", NEW, "--width", "1", "--width", "2"], "用法有误："),
        ),
    )
    def test_wrong_usage_is_told_in_chinese(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(arguments)
        assert capsys.readouterr().err.startswith(f"gongkai: {said}")

    def test_wrong_usage_is_told_in_english(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["--language", "en", "show"])
        assert capsys.readouterr().err.isascii()


class TestLanguage:
    @pytest.mark.parametrize("front", (["--language", "en"], ["--language=en"]))
    def test_it_may_stand_before_the_command(
        self, front: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*front, "show", NEW, "--width", "90"]) == 0
        assert "Responsible" in capsys.readouterr().out

    def test_alone_it_shows_the_help(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--language", "en"]) == 0
        assert "Exit codes" in capsys.readouterr().out

    def test_the_help_names_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["--help"])
        assert "--language en" in capsys.readouterr().out

    def test_no_help_points_to_what_is_not_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["diff", "--help"])
        assert "同上" not in capsys.readouterr().out


class TestQuotations:
    TEXT = "一、总体要求\n做好政务公开工作要求的落\n实，形成合力。\n"

    def quoted(self, start: int, end: int) -> str:
        finding = gongkai.Finding("R1", "info", "小", "small", span=gongkai.Span(start, end))
        return quotation(finding, gongkai.Plan("要点", source=gongkai.Source(self.TEXT)))

    def test_the_place_stands_in_brackets_within_its_line(self) -> None:
        assert self.quoted(7, 9) == "⟦做好⟧政务公开工作要求的落"

    def test_a_repaired_break_shows_the_words_that_it_parted(self) -> None:
        at = self.TEXT.index("\n", 8)
        assert self.quoted(at, at + 1) == "政务公开工作要求的⟦落实⟧，形成合力。"

    def test_a_long_place_is_cut(self) -> None:
        finding = gongkai.Finding("R1", "info", "小", "small", span=gongkai.Span(0, 90))
        told = quotation(finding, gongkai.Plan("要点", source=gongkai.Source("公开" * 45)))
        assert told == "⟦" + ("公开" * 12)[:23] + "…⟧"

    def test_without_a_place_there_is_nothing(self) -> None:
        assert quotation(gongkai.Finding("R1", "info", "小", "small"), gongkai.Plan("要点")) == ""


class TestHelp:
    @pytest.mark.parametrize(("language", "word"), (("zh", "退出码"), ("en", "Exit codes")))
    @pytest.mark.parametrize("command", ((), ("show",), ("tasks",), ("diff",)))
    def test_tells_the_exit_codes(
        self, command: tuple[str, ...], language: str, word: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*command, "--help", "--language", language]) == 0
        assert word in capsys.readouterr().out

    def test_version(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongkai.cli._files.version", lambda name: f"{name} 9.9")

        assert main(["--version"]) == 0
        assert capsys.readouterr().out.strip() == "gongkai 9.9"


def run(*arguments: str, code: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Start the command, or a program, as a process of its own."""
    program = ["-c", code] if code else ["-m", "gongkai", *arguments]
    return subprocess.run(
        [sys.executable, *program], capture_output=True, check=False, env={**os.environ, **environment}
    )


class TestProcess:
    def test_module_is_the_command(self) -> None:
        done = run("diff", OLD, NEW, "--width", "80", PYTHONUTF8="1")

        assert done.returncode == 1
        assert "澄湖区2024年政务公开工作要点" in done.stdout.decode()
        assert b"\x1b[" not in done.stdout

    def test_a_console_that_knows_few_characters_does_not_crash(self) -> None:
        for encoding in ("gbk", "ascii"):
            done = run("diff", OLD, NEW, PYTHONUTF8="0", PYTHONIOENCODING=encoding)

            assert done.returncode == 1, done.stderr
        assert (
            "澄湖区2024年政务公开工作要点".encode("gbk")
            in run("show", NEW, PYTHONUTF8="0", PYTHONIOENCODING="gbk").stdout
        )

    def test_json_is_utf_8_whatever_the_console_speaks(self) -> None:
        done = run("show", NEW, "--format", "json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

        assert gongkai.loads(done.stdout.decode()) == examples.load("chenghu-2024")

    @pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
    def test_a_broken_pipe_is_silent(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "gongkai", "diff", OLD, NEW, "-f", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            err = process.stderr.read()

        assert (process.returncode, err) == (0, b"")

    @pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
    @pytest.mark.parametrize("arguments", (f"show {NEW}", f"show {NEW} -f json", "--help", "examples"))
    @pytest.mark.parametrize(
        ("where", "reason"), ((">&-", "它已关闭"), ("> /dev/full", "No space left on device"))
    )
    def test_an_output_that_cannot_be_written_is_3(self, arguments: str, where: str, reason: str) -> None:
        if "full" in where and not Path("/dev/full").exists():
            pytest.skip("no device that is always full")
        line = f"'{sys.executable}' -m gongkai {arguments} {where}"
        done = subprocess.run(
            ["/bin/sh", "-c", line], capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
        )

        assert (done.returncode, done.stderr.decode()) == (3, f"gongkai: 标准输出不能写入：{reason}\n")

    @pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
    def test_messages_may_have_nowhere_to_go(self) -> None:
        for command, code in ((f"show {NEW} >&- 2>&-", 3), (f"show {NEW} 2>&-", 0), ("bogus 2>&-", 2)):
            done = subprocess.run(
                ["/bin/sh", "-c", f"'{sys.executable}' -m gongkai {command}"],
                capture_output=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (code, b"")

    @pytest.mark.parametrize("library", ("cyclopts", "rich"))
    def test_missing_libraries_name_the_extra(self, library: str) -> None:
        done = run(
            code=f"import sys; sys.modules['{library}'] = None; from gongkai.cli import main; sys.exit(main([]))"
        )

        assert (done.returncode, done.stdout) == (2, b"")
        assert (
            done.stderr.decode()
            == "gongkai: the command needs an optional dependency: pip install 'gongkai[cli]'\n"
        )
