"""The plug-in of ``examples/plugin``, found by the entry points that its pyproject names."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import gongkai
from gongkai import Directory, DocumentNumber, Plan, Record, cli
from gongkai.calendars import calendar_named
from gongkai.plugins import GROUPS, _installed, plugins

FOLDER = Path(__file__).parent.parent / "examples" / "plugin"

EXPORT = """#澜江任务系统导出 2024
澜江市2024年政务公开工作要点
序号|工作任务|责任单位|完成时限
1|公开重大建设项目审批结果。|市发展改革委|6月底前
2|公开轮渡时刻和票价。|市轮渡办|
"""


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the package on the path with the metadata that its installation would write."""
    project = tomllib.loads((FOLDER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / "gongkai_lanjiang-1.0.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    lines: list[str] = []
    for group, entries in project["entry-points"].items():
        lines += [f"[{group}]", *[f"{name} = {value}" for name, value in entries.items()]]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(FOLDER / "src"))
    _installed.cache_clear()
    yield
    _installed.cache_clear()
    for name in [name for name in sys.modules if name.startswith("gongkai_lanjiang")]:
        del sys.modules[name]


def test_it_has_one_of_each_kind() -> None:
    found = [plugin for plugin in plugins() if plugin.package == "gongkai-lanjiang 1.0"]

    assert sorted(plugin.kind for plugin in found) == sorted(GROUPS)


def test_the_export_is_read_as_a_table() -> None:
    plan = gongkai.read(EXPORT.encode())

    assert (plan.title, plan.year) == ("澜江市2024年政务公开工作要点", 2024)
    assert [task.text for task in plan.all_tasks] == ["公开重大建设项目审批结果。", "公开轮渡时刻和票价。"]
    assert [body.name for body in plan.departments] == ["市发展改革委", "市轮渡办"]
    assert plan.all_tasks[0].deadlines[0].due == date(2024, 6, 30)
    assert "R632" not in {finding.code for finding in plan.findings}


def test_any_other_text_is_left_to_the_house() -> None:
    plan = gongkai.read("澜江市2024年政务公开工作要点\n1.公开目录。\n".encode())

    assert [task.text for task in plan.tasks] == ["公开目录。"]


@pytest.mark.parametrize(
    "text", ("#澜江任务系统导出", "#澜江任务系统导出\n", "#澜江任务系统导出\r\n|\r\n||\r\n")
)
def test_an_export_of_nothing_is_a_plan_of_nothing(text: str) -> None:
    assert gongkai.read(text.encode()).tasks == ()


def test_the_citation_escapes_what_a_document_says(tmp_path: Path) -> None:
    record = Record(
        issuer="澜江市_办", issued_on=date(2024, 5, 6), document_number=DocumentNumber("澜政办发", 2024, 3)
    )

    gongkai.write(Plan("要点\\input{a}%", record=record), tmp_path / "要点.bib")

    assert (tmp_path / "要点.bib").read_text(encoding="utf-8").splitlines() == [
        "@report{plan,",
        r"  title = {要点\textbackslash{}input\{a\}\%},",
        r"  author = {{澜江市\_办}},",
        "  date = {2024-05-06},",
        "  number = {澜政办发〔2024〕3号},",
        "  langid = {chinese},",
        "}",
    ]


def test_the_embedder_is_asked_for_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["align", "example:chenghu-2023", "example:chenghu-2024", "--embedder", "characters"])

    assert code == 0
    assert "公开" in capsys.readouterr().out


def test_the_calendar_and_the_directory_are_found_by_name() -> None:
    assert not calendar_named("lanjiang").is_workday(date(2024, 5, 8))
    assert Directory.named("lanjiang").resolve("市轮渡办").id == "lanjiang-ferry-office"
    assert Directory.default().resolve("市轮渡办").id is None
