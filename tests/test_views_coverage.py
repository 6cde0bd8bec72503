"""What the coverage of a plan looks like: on a page, in a notebook, on a terminal, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from rich.cells import cell_len

import gongkai
from gongkai import Assignment, Coverage, Deadline, Division, Mark, Plan, Section, Task, examples, views
from gongkai.testing import strategies
from gongkai.views._text import clean
from gongkai.views._words import LANGUAGES
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read

SHOWN = "[...document.querySelectorAll('.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
FARM = "公布耕地地力保护补贴的对象和标准。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"

GOLDEN = """\
对照文件 市要点
本文件 区要点
承接率 33%（1/3 项） · 已承接 1 · 部分承接 1 · 未承接 1 · 不适用 1 · 另有 1

承接      编号  对照任务            承接任务                        责任单位            完成时限
────────────────────────────────────────────────────────────────────────────────────────────────────
一、财政
已承接    1     规范公开部门预决    1 规范公开部门预决算，细化项目  牵头：市财政局 →    提前 2024年
                算，细化项目支出绩  支出绩效目标。                  区财政局            10月
                效目标。                                            市审计局 → —        对照文件：
                字句相同 100%                                       区司法局            2024年12月

二、其他
部分承接  2     在招生工作启动前公  2 在招生工作启动前公开义务教育
                开义务教育阶段入学  阶段入学政策和招生范围。 部分
                政策和招生范围。公  对应
                布入湖河道的水质监
                测数据和排口整治进
                度。
                字句相同 46%
                未见“公布入湖河道
                的水质监测数据和排
                口整治进度。”
不适用    3     公布耕地地力保护补                                  市农业农村局
                贴的对象和标准。
                理由：没有耕地
                （王）
未承接    4     逐日发布空气质量数
                据。

本文件另有的任务
另有      3                         开放会议旁听。                                      全年

找不到对应任务的标注
- 9 发布电价。：不管电
"""


def cover() -> Coverage:
    """A coverage with some of everything."""
    money = Task(
        BUDGET,
        label="1.",
        assignments=[Assignment.lead("市财政局"), Assignment.responsible("市审计局")],
        deadlines=[Deadline.by_month(2024, 12)],
    )
    others = [
        Task(SCHOOL + WATER, label="2."),
        Task(FARM, label="3.", assignments=[Assignment.responsible("市农业农村局")]),
        Task("逐日发布空气质量数据。", label="4."),
    ]
    city = Plan(
        "市要点",
        [Section("财政", [money], label="一、"), Section("其他", others, label="二、")],
        year=2024,
        division=Division("澜江市"),
    )
    district = Plan(
        "区要点",
        [
            Task(
                BUDGET,
                label="1.",
                assignments=[Assignment.lead("区财政局"), Assignment.responsible("区司法局")],
                deadlines=[Deadline.by_month(2024, 10)],
            ),
            Task(SCHOOL, label="2."),
            Task("开放会议旁听。", label="3.", deadlines=[Deadline.ongoing("全年")]),
        ],
        year=2024,
        division=Division("松坪区"),
    )
    marks = [Mark("3", "没有耕地", annotator="王"), Mark("9", "不管电", text="发布电价。")]
    return gongkai.coverage(city, district, known=[("2", "2", "partial")], marks=marks)


def evil() -> Coverage:
    task = Task(
        EVIL * 3,
        label=EVIL,
        assignments=[Assignment.lead(EVIL)],
        deadlines=[Deadline.ongoing(EVIL)],
        key="1",
    )
    other = Task("<b>&", key="<i>", label="<u>")
    plan = Plan(EVIL, [Section(EVIL, [task, other], label=EVIL)])
    marks = [Mark("1", EVIL, annotator=EVIL), Mark("9", EVIL, text="<script>")]
    return gongkai.coverage(plan, Plan(EVIL, [task, Task(EVIL)]), marks=marks)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


class TestHtml:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("made", (cover, evil))
    def test_it_is_whole_and_runs_nothing(self, made: object, language: views.Language) -> None:
        assert callable(made)
        for html in (views.html(made(), language=language), views.page(made(), language=language)):
            reader = read(html)

            assert reader.broken == []
            assert not {"style"} & {name for name, _ in reader.attributes}
            assert not [name for name, _ in reader.attributes if name.startswith("on")]
        assert "script" not in read(views.html(made(), language=language)).tags

    @given(strategies.plan_pairs())
    def test_every_task_and_every_extra_is_shown(self, pair: tuple[Plan, Plan]) -> None:
        found = gongkai.coverage(*pair)
        text = read(views.html(found, limit=None)).text

        for task in (*[row.task for row in found], *found.extra):
            assert clean(task.text) in text

    def test_a_notebook_shows_a_coverage_and_a_row(self) -> None:
        found = cover()

        assert found._repr_html_() == views.html(found)
        assert "已承接" in str(found["1"]._repr_html_())
        assert str(found["1"]._repr_markdown_()).count("\n") == 3

    def test_a_limit_says_how_much_it_leaves_out(self) -> None:
        text = read(views.html(cover(), limit=2)).text

        assert SCHOOL[:10] in text
        assert FARM not in text
        assert "另有 3 项" in text

    def test_what_both_say_is_marked_on_both_sides(self) -> None:
        html = views.html(cover())

        assert html.count(f'<span class="gk-shared">{SCHOOL[:-1]}</span>') == 2

    def test_nothing_at_all_can_be_shown(self) -> None:
        empty = gongkai.coverage(Plan("甲"), Plan("乙"))

        assert read(views.page(empty)).broken == []
        assert "没有适用的任务" in views.terminal(empty, width=80, color=False)


class TestText:
    def test_a_terminal_shows_it_in_columns(self) -> None:
        assert views.terminal(cover(), width=100, color=False) == GOLDEN

    @pytest.mark.parametrize("width", (20, 50, 64, 90, 140))
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_line_is_wider_than_the_screen(self, width: int, language: views.Language) -> None:
        text = views.terminal(cover(), width=width, color=False, language=language)

        assert max(map(cell_len, text.splitlines())) <= width

    def test_markdown_escapes_what_the_document_says(self) -> None:
        text = views.markdown(evil())

        assert "<script>" not in text
        assert (
            len({line.count("|") - line.count("\\|") for line in text.splitlines() if line[:2] == "| "}) == 1
        )

    def test_markdown_has_a_table_below_each_heading(self) -> None:
        text = views.markdown(cover())

        assert text.startswith("# 承接情况\n\n- 对照文件：市要点\n- 本文件：区要点\n")
        assert [line for line in text.splitlines() if line[:3] == "## "] == [
            "## 一、财政",
            "## 二、其他",
            "## 本文件另有的任务",
            "## 找不到对应任务的标注",
        ]
        assert text.count("\n| 承接 | 编号 |") == 3


class TestPage:
    def test_counts_departments_and_sections_filter(self, browser: Browser) -> None:
        with page(browser, views.page(cover())) as shown:
            assert shown.run(SHOWN) == "task-1,task-2,task-3,task-4,plan-3"
            shown.run("document.querySelector('[data-token=st-absent]').click()")
            assert shown.run(SHOWN) == "task-4"
            assert shown.run("document.querySelectorAll('.gk-group:not([hidden])').length") == 1
            shown.run("document.querySelector('[data-reset]').click()")
            choose = "((v) => { const s = document.querySelector('select[data-group=d]'); s.value = [...s.options].find(o => o.text === v).value; s.dispatchEvent(new Event('change', {bubbles: true})); })"
            shown.run(f"{choose}('市农业农村局')")
            assert shown.run(SHOWN) == "task-3"

    def test_the_search_finds_carrying_tasks_but_no_reasons_of_links(self, browser: Browser) -> None:
        with page(browser, views.page(cover())) as shown:
            shown.press("/")
            shown.type("区司法局")
            assert shown.run(SHOWN) == "task-1"
            shown.press("Escape")
            shown.press("/")
            shown.type("措辞")
            assert shown.run(SHOWN) == ""

    def test_enter_opens_what_a_row_rests_on(self, browser: Browser) -> None:
        with page(browser, views.page(cover())) as shown:
            shown.press("j", "Enter")
            assert shown.run("document.querySelector('#task-1 .gk-why').open") is True

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", (420, 800, 1280))
    def test_nothing_is_wider_than_the_screen(
        self, browser: Browser, width: int, language: views.Language
    ) -> None:
        browser.resize(width)
        for made in (cover(), evil()):
            with page(browser, views.page(made, language=language)) as shown:
                assert shown.run("document.documentElement.scrollWidth") <= width


def test_the_example_is_shown_as_a_whole() -> None:
    found = gongkai.coverage(examples.load("lanjiang-2024"), examples.load("songping-2024"))
    reader = read(views.page(found))

    assert reader.broken == []
    assert reader.tags.count("tr") > len(found) + len(found.extra)
