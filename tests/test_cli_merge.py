"""``gongkai merge`` and ``gongkai merge-all``: what is written, what is kept, and how they end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import gongkai
from gongkai import Merge, Plan, Task, examples
from gongkai.cli import main

THREE = tuple(f"example:chenghu-2025-{name}" for name in ("base", "ours", "theirs"))
BASE, OURS, THEIRS = (examples.load(name.partition(":")[2]) for name in THREE)
WHOLE = gongkai.merge(BASE, OURS, THEIRS)


def text_of(plan: Plan) -> str:
    task = plan["22"]
    assert isinstance(task, Task)
    return task.text


def run(*arguments: str) -> int:
    return main(["merge", *arguments])


def plan_of(path: Path) -> Plan:
    return gongkai.loads(path.read_text(encoding="utf-8"))


def answers(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


class TestConflicts:
    def test_they_are_listed_and_no_plan_is_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "要点.json"
        assert run(*THREE, "-o", str(out)) == 1

        told = capsys.readouterr()
        assert told.out == ""
        for conflict in WHOLE.conflicts:
            assert conflict.id in told.err
            assert conflict.explain() in told.err
        assert [path.name for path in tmp_path.iterdir()] == ["要点.merge.json"]

    def test_the_file_is_gone_on_with(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out, kept = tmp_path / "要点.json", tmp_path / "要点.merge.json"
        run(*THREE, "-o", str(out))
        assert run("--resolve", str(kept), "--take", "14.deadlines=ours", "-o", str(out)) == 1
        assert not out.exists()
        assert dict(Merge.from_json(kept.read_bytes()).resolutions) == {"14.deadlines": "ours"}
        assert run("--resolve", str(kept), "--take", "theirs", "-o", str(out)) == 0
        assert plan_of(out) == WHOLE.resolve({"14.deadlines": "ours", "22.text": "theirs"}).plan

    def test_a_resolution_written_into_the_file(self, tmp_path: Path) -> None:
        out, kept = tmp_path / "要点.json", tmp_path / "要点.merge.json"
        run(*THREE, "-o", str(out))
        text = kept.read_text(encoding="utf-8")
        kept.write_text(text.replace('"resolution": null', '"resolution": "base"'), encoding="utf-8")
        assert run("--resolve", str(kept), "-o", str(out)) == 0
        assert plan_of(out).tasks == WHOLE.plan.tasks

    def test_a_merge_that_was_begun_stays_without_force(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, kept = tmp_path / "要点.json", tmp_path / "要点.merge.json"
        run(*THREE, "-o", str(out))
        run("--resolve", str(kept), "--take", "14.deadlines=ours")
        before = kept.read_bytes()
        assert run(*THREE, "-o", str(out)) == 3
        assert "--resolve" in capsys.readouterr().err
        assert kept.read_bytes() == before
        assert run(*THREE, "-o", str(out), "--force") == 1
        assert Merge.from_json(kept.read_bytes()).resolutions == {}

    def test_in_its_own_place(self, tmp_path: Path) -> None:
        """A merge file may become the plan itself, where that is said."""
        file = tmp_path / "要点.plan.json"
        file.write_text(WHOLE.to_json(), encoding="utf-8")
        assert run("--resolve", str(file), "--take", "14.deadlines=ours", "-o", str(file)) == 1
        assert len(Merge.from_json(file.read_bytes()).conflicts) == 1
        assert run("--resolve", str(file), "--take", "ours", "-o", str(file)) == 0
        assert plan_of(file) == WHOLE.resolve({"14.deadlines": "ours", "22.text": "ours"}).plan


class TestTake:
    @pytest.mark.parametrize(
        ("take", "text"),
        (
            ("14.deadlines=2025年10月中旬", "2025年10月中旬"),
            ("14.deadlines=theirs", "2025年12月"),
            ("14.deadlines=base", "2025年10月"),
            (
                '14.deadlines={"value": [{"text": "2025年11月", "kind": "month", "due": "2025-11-30"}]}',
                "2025年11月",
            ),
        ),
    )
    def test_a_deadline(self, take: str, text: str, tmp_path: Path) -> None:
        out = tmp_path / "要点.json"
        assert run(*THREE, "--take", take, "--take", "ours", "-o", str(out)) == 0
        task = next(task for task in plan_of(out).tasks if task.text.startswith("更新区级部门权责清单"))
        assert [deadline.text for deadline in task.deadlines] == [text]

    def test_a_text(self, tmp_path: Path) -> None:
        out = tmp_path / "要点.txt"
        assert run(*THREE, "--take", "22.text=每月开放一次。", "--take", "base", "-o", str(out)) == 0
        assert "每月开放一次。" in out.read_text(encoding="utf-8")

    def test_departments_and_other_fields(self, tmp_path: Path) -> None:
        base = Plan(
            "要点", [Task("公开目录。", label="1.")], record=gongkai.Record(issuer="区政府"), year=2025
        )
        files = []
        for name, who, issuer, day in (
            ("base", (), "区政府", 2025),
            ("ours", ("区教委", "lead"), "区政府办公室", 2026),
            ("theirs", ("区教委", "cooperate"), "区政务局", 2027),
        ):
            holders = [gongkai.Assignment(who[1], [who[0]])] if who else []
            plan = base.with_changes("1", assignments=holders)
            plan = Plan(plan.title, plan.content, record=gongkai.Record(issuer=issuer), year=day)
            files.append(str(tmp_path / f"{name}.json"))
            Path(files[-1]).write_text(gongkai.dumps(plan), encoding="utf-8")
        out = tmp_path / "out.json"
        takes = ("1.assignments=区财政局牵头，区教委配合", "record.issuer=区人民政府", "year=2028")
        assert run(*files, *[word for take in takes for word in ("--take", take)], "-o", str(out)) == 0
        made = plan_of(out)
        assert made.year == 2028
        assert made.record.issuer == "区人民政府"
        roles = [(one.role.value, one.names) for one in made.tasks[0].assignments]
        assert roles == [("lead", ("区财政局",)), ("cooperate", ("区教委",))]

    @pytest.mark.parametrize(
        "take", ("nobody", "99.text=ours", "14.deadlines=很快", "14.deadlines={", "14.deadlines=suggested")
    )
    def test_what_is_no_decision(self, take: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*THREE, "--take", take, "-o", str(tmp_path / "要点.json")) == 2
        assert take.partition("=")[0] in capsys.readouterr().err
        assert not any(tmp_path.iterdir())


class TestDecidedFile:
    """What the page of a merge gives, as a file."""

    def test_it_decides(self, tmp_path: Path) -> None:
        out, file = tmp_path / "要点.json", tmp_path / "裁定.json"
        chosen = {"14.deadlines": "ours", "22.text": "每月开放一次，=公布安排。"}
        file.write_text(json.dumps(chosen, ensure_ascii=False), encoding="utf-8")
        assert run(*THREE, "--take", str(file), "-o", str(out)) == 0
        assert plan_of(out) == WHOLE.resolve(chosen).plan

    def test_it_may_leave_some_open(self, tmp_path: Path) -> None:
        out, file = tmp_path / "要点.json", tmp_path / "裁定.json"
        file.write_text('{"14.deadlines": "ours"}', encoding="utf-8")
        assert run(*THREE, "--take", str(file), "-o", str(out)) == 1
        kept = Merge.from_json((tmp_path / "要点.merge.json").read_bytes())
        assert [one.id for one in kept.conflicts] == ["22.text"]

    @pytest.mark.parametrize("text", ("[]", "{", '{"14.deadlines": 1}', '{"nobody": "ours"}'))
    def test_what_holds_no_decisions(
        self, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "裁定.json"
        file.write_text(text, encoding="utf-8")
        assert run(*THREE, "--take", str(file), "-o", str(tmp_path / "要点.json")) == 2
        assert capsys.readouterr().err
        assert run(*THREE, "--take", str(tmp_path / "没有.json")) == 3


class TestPictures:
    def test_the_table_is_that_of_the_view(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*THREE, "--width", "90") == 1
        assert capsys.readouterr().out == gongkai.views.terminal(WHOLE, width=90, color=False)

    def test_markdown(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*THREE, "-f", "md", "--language", "en") == 1
        assert capsys.readouterr().out == gongkai.views.markdown(WHOLE, language="en")

    def test_a_page(self, tmp_path: Path) -> None:
        page = tmp_path / "合并.html"
        assert run(*THREE, "--html", str(page)) == 1
        assert page.read_text(encoding="utf-8") == gongkai.views.page(WHOLE)

    def test_a_page_on_standard_output(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run(*THREE, "--html", "-") == 1
        told = capsys.readouterr()
        assert told.out == gongkai.views.page(WHOLE)
        assert "已写入" not in told.err
        assert not any(tmp_path.iterdir())


class TestAsk:
    def test_one_by_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        out = tmp_path / "要点.json"
        answers(monkeypatch, "1\n=季度\n")
        assert run(*THREE, "--ask", "-o", str(out)) == 0
        assert plan_of(out) == WHOLE.resolve({"14.deadlines": "ours", "22.text": "theirs"}).plan

    def test_later_undo_and_stop_keep_what_was_decided(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, kept = tmp_path / "要点.json", tmp_path / "要点.merge.json"
        answers(monkeypatch, "b\nu\n\n乱写\nt\n")
        assert run(*THREE, "--ask", "-o", str(out)) == 1
        assert "乱写" in capsys.readouterr().err
        assert dict(Merge.from_json(kept.read_bytes()).resolutions) == {"22.text": "theirs"}
        answers(monkeypatch, "")
        assert run("--resolve", str(kept), "--ask", "-o", str(out)) == 1
        answers(monkeypatch, "=2025年10月底\n")
        assert run("--resolve", str(kept), "--ask", "-o", str(out)) == 0


class TestStrategies:
    def test_they_decide(self, tmp_path: Path) -> None:
        out = tmp_path / "要点.json"
        rules = ("--strategy", "deadline=earliest", "--strategy", "text=prefer theirs")
        assert run(*THREE, *rules, "-o", str(out)) == 0
        expected = WHOLE.resolve({"14.deadlines": "ours", "22.text": "theirs"}).plan
        assert plan_of(out).tasks == expected.tasks

    @pytest.mark.parametrize("rule", ("deadline", "deadline=soon", "nothing=ours", "=ours"))
    def test_what_is_none(self, rule: str) -> None:
        assert run(*THREE, "--strategy", rule) == 2


class TestForms:
    def test_the_picture(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*THREE, "--width", "100") == 1
        out = capsys.readouterr().out
        assert all(conflict.id in out for conflict in WHOLE.conflicts)

    def test_json_is_the_merge_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*THREE, "-f", "json", "-q") == 1
        told = capsys.readouterr()
        assert Merge.from_json(told.out) == WHOLE
        assert told.err == ""

    def test_without_conflicts(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out, kept = tmp_path / "要点.md", tmp_path / "全部.json"
        assert run(THREE[0], THREE[1], THREE[0], "-o", str(out), "--merge-file", str(kept)) == 0
        assert out.read_text(encoding="utf-8").startswith("# ")
        assert json.loads(kept.read_text(encoding="utf-8"))["conflicts"] == []
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize("language", ("zh", "en"))
    @pytest.mark.parametrize(
        "arguments",
        (
            (),
            THREE[:2],
            (*THREE, THREE[0]),
            (*THREE, "--resolve", "x.json"),
            (*THREE, "-o", "要点.xyz"),
            (*THREE, "-o", "a.json", "--merge-file", "a.json"),
            (*THREE, "--width", "0"),
            ("-", "-", THREE[0]),
            ("-", *THREE[:2], "--ask"),
            ("--resolve", "x.json", "--strategy", "text=ours"),
        ),
    )
    def test_wrong_usage_is_2(
        self, arguments: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(*arguments, "--language", language) == 2
        assert capsys.readouterr().err.startswith("gongkai: ")

    def test_what_cannot_be_read_or_written_is_3(self, tmp_path: Path) -> None:
        broken = tmp_path / "broken.json"
        broken.write_text(gongkai.dumps(BASE), encoding="utf-8")
        assert run("--resolve", str(tmp_path / "none.json")) == 3
        assert run("--resolve", str(broken)) == 3
        assert run(*THREE, "-o", str(tmp_path / "no" / "要点.json")) == 3
        assert run(*THREE, "--take", "ours", "-o", str(broken)) == 3
        assert gongkai.loads(broken.read_text(encoding="utf-8")) == BASE


class TestMergeAll:
    @staticmethod
    def copies(tmp_path: Path) -> list[str]:
        text = text_of(BASE)
        found = [str(tmp_path / "要点.json")]
        Path(found[0]).write_text(gongkai.dumps(BASE), encoding="utf-8")
        for name, word in (("要点-区司法局", "每半年"), ("要点（区教委）", "每半年"), ("2", "每季度")):
            file = tmp_path / f"{name}.json"
            edited = BASE.with_changes("22", text=text.replace("每年", word))
            file.write_text(gongkai.dumps(edited), encoding="utf-8")
            found.append(str(file))
        found[-1] = f"区财政局={found[-1]}"
        return found

    def test_whose_it_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = tmp_path / "out.json"
        assert main(["merge-all", *self.copies(tmp_path), "-o", str(out), "-f", "json"]) == 1
        merge = Merge.from_json(capsys.readouterr().out)
        assert merge.names == ("区司法局", "区教委", "区财政局")
        assert [voice.by for voice in merge.conflicts[0].voices] == [("区司法局", "区教委"), ("区财政局",)]
        kept = out.with_name("out.merge.json")
        assert run("--resolve", str(kept), "--take", "区财政局", "-o", str(out)) == 0
        assert "每季度" in text_of(plan_of(out))

    def test_a_sheet_of_comments(self, tmp_path: Path) -> None:
        sheet, out = tmp_path / "意见.csv", tmp_path / "out.json"
        sheet.write_text("条款,修改意见,提出单位\n22,将“每年”改为“每半年”,区司法局\n", encoding="utf-8")
        assert main(["merge-all", THREE[0], "--comments", str(sheet), "-o", str(out)]) == 0
        assert "每半年" in text_of(plan_of(out))

    def test_wrong_usage(self, tmp_path: Path) -> None:
        draft, first, *_ = self.copies(tmp_path)
        assert main(["merge-all", draft]) == 2
        assert main(["merge-all", draft, first, first]) == 2
        assert main(["merge-all", draft, "base=" + first]) == 2
        assert main(["merge-all", draft, "-", "-"]) == 2
        assert main(["merge-all", draft, "--comments", draft]) == 3
