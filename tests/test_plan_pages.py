"""Plans as pages, as Markdown and as text: what each keeps, and that no text becomes markup."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

import gongkai
from gongkai import Assignment, Notice, Plan, Record, Section, Task, examples
from gongkai.exchange.pages import plan_page
from gongkai.exchange.plan_markdown import plan_md
from gongkai.exchange.text_files import plan_text
from gongkai.testing import assert_plans_equal, losses, strategies
from tests.helpers_browser import page, started

TITLE = "澄湖区2024年政务公开工作要点"


def back(text: str) -> Plan:
    return gongkai.read(text.encode("utf-8"))


@pytest.mark.parametrize("name", examples.names())
@pytest.mark.parametrize("suffix", ("html", "txt"))
def test_an_example_reads_back_equal(name: str, suffix: str, tmp_path: Path) -> None:
    plan = examples.load(name)
    gongkai.write(plan, tmp_path / f"plan.{suffix}")
    read = gongkai.read(tmp_path / f"plan.{suffix}")

    assert_plans_equal(plan, read)
    assert losses(read) == ()


@pytest.mark.parametrize("suffix", ("html", "txt"))
def test_a_real_plan_reads_back_equal(suffix: str, corpus: Path, tmp_path: Path) -> None:
    files = [path for path in sorted((corpus / "corpus").rglob("*.*")) if path.suffix in {".txt", ".html"}]
    for file in files:
        plan = gongkai.read(file)
        gongkai.write(plan, tmp_path / f"plan.{suffix}", replace=True)
        assert_plans_equal(plan, gongkai.read(tmp_path / f"plan.{suffix}"))


@settings(max_examples=40)
@given(strategies.plans())
def test_no_plan_is_lost_on_a_page(plan: Plan) -> None:
    assert_plans_equal(plan, back(plan_page(plan)))


@settings(max_examples=40)
@given(strategies.printable_plans())
def test_a_printable_plan_reads_back_equal(plan: Plan) -> None:
    assert_plans_equal(plan, back(plan_page(plan)))


def tags(page: str) -> dict[str, str]:
    found = LexborHTMLParser(page).css("meta[name]")
    return {str(node.attributes["name"]): str(node.attributes["content"]) for node in found}


def test_a_page_has_the_tags_whose_values_are_known() -> None:
    record = Record(
        published_on=date(2024, 5, 24),
        others=[
            ("来源", "区政府办"),
            ("作者", '甲"乙'),
            ("栏目", "工作要点"),
            ("网址", "https://example.org/1"),
        ],
    )
    found = tags(plan_page(Plan(TITLE, [Task("公开。", label="1.")], record=record)))

    assert found.pop("viewport")
    assert found == {
        "ArticleTitle": TITLE,
        "ColumnName": "工作要点",
        "PubDate": "2024-05-24",
        "ContentSource": "区政府办",
        "Author": '甲"乙',
        "Url": "https://example.org/1",
    }


def test_what_is_not_known_has_no_tag() -> None:
    assert set(tags(plan_page(Plan("")))) == {"viewport"}


def test_a_notice_gives_the_page_its_title() -> None:
    notice = Notice(f"关于印发《{TITLE}》的通知", body=["现印发给你们。"])
    page = plan_page(Plan(TITLE, [Task("公开。", label="1.")], notice=notice))

    assert tags(page)["ArticleTitle"] == notice.title
    assert [node.text() for node in LexborHTMLParser(page).css("h1")] == [notice.title, TITLE]


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><b>",
    "--><img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    '" onload="x',
    "\x00\x0b\ud800",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    record = Record(index_number=text, others=[(text, text)])
    held = [Assignment.lead(text)]
    tasks = [Task(f"公开{text}目录。", label="1.", assignments=held, extras=[(text, text)])]
    plan = Plan(f"要点{text}", [Section(text, tasks)], record=record, notice=Notice(text, body=[text]))
    text_of_page = plan_page(plan)
    tree = LexborHTMLParser(text_of_page)

    assert [node.attributes.get("type") for node in tree.css("script")] == [
        "application/vnd.gongkai.plan+json"
    ]
    assert not tree.css("img, b, [onload], [onerror]")
    assert_plans_equal(plan, back(text_of_page))
    assert "<script>" not in plan_md(plan)
    assert "<img" not in plan_md(plan)


def test_a_page_fetches_nothing() -> None:
    page = plan_page(examples.load("chenghu-2024"))

    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert "default-src &#x27;none&#x27;" in page


def test_the_same_plan_is_the_same_page() -> None:
    plan = examples.load("chenghu-2024")
    assert plan_page(plan) == plan_page(gongkai.loads(gongkai.dumps(plan)))


def test_an_edited_page_is_read_as_it_stands() -> None:
    plan = examples.load("lanjiang-2024")
    first = plan.tasks[0]
    read = back(plan_page(plan).replace(first.text, "公开另一份目录。"))

    assert read.tasks[0].text == "公开另一份目录。"
    assert "R651" in {finding.code for finding in read.findings}


def test_markdown_is_verbatim() -> None:
    plan = examples.load("chenghu-2024")
    text = re.sub(r"\\(.)", r"\1", plan_md(plan))

    assert text.startswith("- 索引号：")
    for task in plan.all_tasks:
        assert f"{task.label or ''}{task.text}" in text
    headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    assert headings[0] == (plan.notice.title if plan.notice else "")
    wanted = [f"{block.label or ''}{block.heading}" for block in plan.walk() if isinstance(block, Section)]
    assert headings[2:] == wanted


def test_a_merged_cell_stands_in_each_row_of_markdown() -> None:
    lead = Assignment.lead("区司法局")
    tasks = [
        Task("公开目录。", label="1", assignments=[lead]),
        Task("公开|指南。", label="2", assignments=[attrs.evolve(lead, inherited=True)]),
    ]
    plan = Plan("澄湖区2024年政务公开任务分解表", [Section("做好公开", tasks)], kind="task-table")

    assert plan_md(plan).splitlines()[2:] == [
        "| 序号 | 工作任务 | 牵头单位 |",
        "| --- | --- | --- |",
        "| **做好公开** |  |  |",
        "| 1 | 公开目录。 | 区司法局 |",
        "| 2 | 公开\\|指南。 | 区司法局 |",
    ]


def test_a_task_table_is_text_with_bars_where_lines_would_lose_something() -> None:
    due = [gongkai.Deadline.by_month(2024, 6, "6月底前")]
    held = [Assignment.lead("区司法局"), Assignment.cooperate("区财政局")]
    tasks = [
        Task("公开目录。", label="1", assignments=held, deadlines=due, extras=[("备注", "新增")]),
        Task("公开指南。", label="2", assignments=held[:1], extras=[("备注", "延续")]),
    ]
    plan = Plan(
        "澄湖区2024年政务公开任务分解表", [Section("做好公开", tasks, label="一、")], kind="task-table"
    )
    text = plan_text(plan, "zh")

    assert text.splitlines()[1:] == [
        "序号|工作任务|牵头单位|配合单位|完成时限|备注",
        "一、做好公开|||||",
        "1|公开目录。|区司法局|区财政局|6月底前|新增",
        "2|公开指南。|区司法局|||延续",
    ]
    assert_plans_equal(plan, gongkai.parse(text))


def test_text_is_the_source_where_print_would_lose_something(corpus: Path) -> None:
    plan = gongkai.read(corpus / "corpus" / "state-council-2019-bonded-zones.html")
    assert any(held.inherited for task in plan.all_tasks for held in task.assignments)
    assert plan.source is not None

    assert plan_text(plan, "zh").rstrip("\n") == (plan.source.text or "").rstrip("\n")


@pytest.mark.parametrize("width", (1200, 420))
def test_a_page_is_not_wider_than_its_window(width: int) -> None:
    with started() as browser:
        browser.resize(width)
        for name in ("chenghu-2024", "lanjiang-2024"):
            with page(browser, plan_page(examples.load(name))):
                assert browser.run("document.documentElement.scrollWidth") <= width
