"""What a history looks like: the picture, a page, a notebook, a terminal, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import gongkai
from gongkai import (
    Alignment,
    Assignment,
    Deadline,
    Division,
    History,
    Link,
    Plan,
    Section,
    Task,
    examples,
    views,
)
from gongkai.testing import strategies
from gongkai.views._flow import fitting, flow_svg
from gongkai.views._text import clean
from gongkai.views._words import LANGUAGES, words
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read

SHOWN = "[...document.querySelectorAll('.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
EPIDEMIC = "统筹做好疫情防控信息公开，准确发布防控政策。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"

GOLDEN = """\
2022 2022年要点
2023 2023年要点
2024 2024年要点

文件  任务  沿用  新列入  拆出  重新列入  后暂缺  后并入  后不再列
2022  3                                   1               1
2023  2     1             1                       1
2024  3     1     1             1

5 条沿革 · 一直列入 1 · 后来列入 1 · 由拆分而来 1 · 中断后恢复 1 · 并入他项 1 · 不再列入 1

沿革        任务（最近的文字）               历年情况                                     责任单位
────────────────────────────────────────────────────────────────────────────────────────────────────────
不再列入    统筹做好疫情防控信息公开，准确   2022 1 其后不再列入                          区卫生健康委
            发布防控政策。
一直列入    规范公开部门预决算，细化项目支   2022 2                                       区财政局
            出绩效目标。                     2023 1 改动 38%                              配合：区审计局
                                             2024 1 文字未变 · 并入了 2023 2 · ＋区审计
                                             局 · 时限推迟 2024年12月
中断后恢复  公布入湖河道的水质监测数据和排   2022 3 其后暂缺
            口整治进度。                     2024 2 重新列入 · 文字未变
由拆分而来  在招生工作启动前公开义务教育阶   2023 2 拆出，来自 2022 2 · 并入 2024 1
并入他项    段入学政策和招生范围。
后来列入    逐日发布空气质量数据，公开扬尘   2024 3 新列入
            治理成效。
"""


def made() -> History:
    """Three years with some of everything."""
    budget = Task(
        BUDGET + SCHOOL,
        label="2.",
        assignments=[Assignment.lead("区财政局")],
        deadlines=[Deadline.by_month(2022, 10)],
    )
    later = [Deadline.by_month(2023, 10)]
    both = [Assignment.responsible("区财政局"), Assignment.cooperate("区审计局")]
    first = _plan(
        2022,
        Task(EPIDEMIC, label="1.", assignments=[Assignment.responsible("区卫生健康委")]),
        budget,
        Task(WATER, label="3."),
    )
    second = _plan(
        2023,
        Task(BUDGET, label="1.", assignments=[Assignment.lead("区财政局")], deadlines=later),
        Task(SCHOOL, label="2."),
    )
    third = _plan(
        2024,
        Task(BUDGET, label="1.", assignments=both, deadlines=[Deadline.by_month(2024, 12)]),
        Task(WATER, label="2."),
        Task(AIR, label="3."),
    )
    return gongkai.trace(
        [first, second, third],
        alignments=[
            _aligned(first, second, ("2", "1", "same"), ("2", "2", "partial")),
            _aligned(second, third, ("1", "1", "same"), ("2", "1", "partial")),
        ],
    )


def _plan(year: int, *tasks: Task) -> Plan:
    return Plan(f"{year}年要点", tasks, year=year, division=Division("澄湖区"))


def _aligned(old: Plan, new: Plan, *links: tuple[str, str, str]) -> Alignment:
    sides = [{task.key: task for task in plan.all_tasks} for plan in (old, new)]
    return Alignment(old, new, tuple([Link(sides[0][a], sides[1][b], how, 0.8) for a, b, how in links]))


def evil() -> History:
    tasks = [Task(EVIL * 4, label=EVIL, assignments=[Assignment.lead(EVIL)]), Task("<b>&", key="<i> %#")]
    plans = [Plan(EVIL, [Section(EVIL, tasks)]) for _ in range(2)]
    return gongkai.trace(plans, names=["<u>", EVIL])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


class TestHtml:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("history", (made(), evil()), ids=("made", "evil"))
    def test_it_is_whole_and_runs_nothing(self, history: History, language: views.Language) -> None:
        for html in (views.html(history, language=language), views.page(history, language=language)):
            reader = read(html)

            assert reader.broken == []
            assert "style" not in {name for name, _ in reader.attributes}
            assert not [name for name, _ in reader.attributes if name.startswith("on")]
        assert "script" not in read(views.html(history, language=language)).tags

    @given(strategies.plan_pairs())
    def test_every_line_is_shown(self, pair: tuple[Plan, Plan]) -> None:
        history = gongkai.trace(pair, names=["甲", "乙"])
        text = read(views.html(history, limit=None)).text

        for thread in history:
            assert clean(thread.last.task.text) in text

    def test_a_notebook_shows_a_history_and_a_line(self) -> None:
        history = made()

        assert history._repr_html_() == views.html(history)
        assert "并入 2024 1" in str(history["2023:2"]._repr_html_())
        assert "并入 2024 1" in str(history["2023:2"]._repr_markdown_())

    def test_a_limit_says_how_much_it_leaves_out(self) -> None:
        assert "另有 3 项" in read(views.html(made(), limit=2)).text

    def test_a_picture_of_very_many_tasks_is_left_to_the_page(self) -> None:
        tasks = [Task(f"公开第{number}类事项。") for number in range(401)]
        history = gongkai.trace([Plan("要点", tasks, year=2024)])

        assert "<svg" not in views.html(history)
        assert "不画流向图" in views.html(history)
        assert "gk-flow" in views.page(history)

    def test_nothing_at_all_can_be_shown(self) -> None:
        empty = gongkai.trace([Plan("甲", year=2024)])

        assert read(views.page(empty)).broken == []
        assert "0 条沿革" in views.terminal(empty, width=80, color=False)
        assert "0 条沿革" in views.markdown(empty)


class TestPicture:
    def drawn(self, history: History) -> ET.Element:
        return ET.fromstring(flow_svg(history, words("zh"), lambda _: None))  # noqa: S314 - our own

    def test_it_says_what_it_is(self) -> None:
        svg = self.drawn(made())

        assert svg.get("role") == "img"
        assert [child.tag for child in svg[:2]] == ["title", "desc"]
        assert all(child.text for child in svg[:2])

    def test_each_task_is_a_block_with_its_text_and_each_tie_a_ribbon(self) -> None:
        history = made()
        svg = self.drawn(history)
        blocks, ribbons = list(svg.iter("g")), list(svg.iter("path"))

        assert len(blocks) == 8
        assert len(ribbons) == len(history.ties) == 5
        assert {str(part.findtext("title")).split("\n")[1] for part in blocks} == {
            stage.task.text for thread in history for stage in thread.stages
        }
        assert [part.get("class") for part in ribbons] == [
            *("gk-ribbon gk-same",) * 2,
            "gk-ribbon gk-move",
            "gk-leap",
            "gk-ribbon gk-move",
        ]

    def test_what_fits_no_sheet_is_printed_on_several(self) -> None:
        long = [Task(f"公开第{number}类事项的办理情况。") for number in range(30)]
        plans = [Plan("要点", long, year=2010 + number) for number in range(9)]
        drawn = views.page(gongkai.trace(plans))
        sheets = re.findall(
            r'<svg class="gk-flow gk-flow-sheet" viewBox="0 0 (\d+) (\d+)".*?</svg></svg>', drawn
        )
        windows = re.findall(r'<use href="#(gk-flow-\w+)"></use>', drawn)

        assert (
            len(sheets) == 3 * 2
        )  # four columns a sheet, of which one is on the next as well; then the rows
        assert windows == ["gk-flow-heads", "gk-flow-body"] * len(sheets)
        assert all(drawn.count(f'id="{name}"') == 1 for name in set(windows))
        assert {int(width) for width, _ in sheets} == {4 * 226 - 76}
        assert "size:A4 landscape" in drawn

    def test_what_fits_a_sheet_has_none(self) -> None:
        assert "<use" not in views.page(made())
        assert "<use" not in views.html(made())

    def test_edges_tell_what_is_new_and_what_ends(self) -> None:
        edges = {
            str(part.findtext("title")).split("\n")[0]: [
                str(rect.get("class")) for rect in part.iter("rect") if rect.get("class") != "gk-block"
            ]
            for part in self.drawn(made()).iter("g")
        }

        assert edges == {
            "2022 1": ["gk-drop"],
            "2022 2": [],
            "2022 3": ["gk-edit"],
            "2023 1": [],
            "2023 2": ["gk-move", "gk-move"],
            "2024 1": [],
            "2024 2": ["gk-edit"],
            "2024 3": ["gk-add"],
        }

    @given(strategies.plan_pairs())
    def test_nothing_stands_outside(self, pair: tuple[Plan, Plan]) -> None:
        history = gongkai.trace(pair, names=["甲" * 40, "乙"])
        svg = self.drawn(history)
        width, height = (float(str(svg.get(name))) for name in ("width", "height"))

        for rect in svg.iter("rect"):
            assert float(str(rect.get("x"))) >= 0
            assert float(str(rect.get("x"))) + float(str(rect.get("width"))) <= width
            assert float(str(rect.get("y"))) + float(str(rect.get("height"))) <= height
        for path in svg.iter("path"):
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", str(path.get("d")))]
            assert min(numbers) >= 0
            assert max(numbers) <= max(width, height)

    @given(st.text(), st.floats(20, 400))
    def test_texts_are_cut_to_fit(self, text: str, room: float) -> None:
        cut = fitting(text, room, 10)

        assert cell_len(cut) * 5 <= room + 10 or cut == "…"
        assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))

    def test_it_is_of_a_sane_size_for_many_years(self) -> None:
        plans = [examples.load("chenghu-2023"), examples.load("chenghu-2024")] * 3
        svg = self.drawn(gongkai.trace(plans[:5], names=list("甲乙丙丁戊")))

        assert float(str(svg.get("width"))) <= 1200
        assert float(str(svg.get("height"))) <= 1250
        assert len(ET.tostring(svg, encoding="unicode")) < 200_000


class TestText:
    def test_a_terminal_shows_it_in_columns(self) -> None:
        assert views.terminal(made(), width=104, color=False) == GOLDEN

    @pytest.mark.parametrize("width", (50, 64, 90, 140))
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_line_of_the_table_is_wider_than_the_screen(
        self, width: int, language: views.Language
    ) -> None:
        text = views.terminal(made(), width=width, color=False, language=language)

        assert max(map(cell_len, text.partition("─")[2].splitlines())) <= width

    def test_markdown_escapes_what_the_document_says(self) -> None:
        text = views.markdown(evil())

        assert "<script>" not in text
        assert "<u>" not in text

    def test_markdown_has_a_row_for_each_line(self) -> None:
        text = views.markdown(made())

        assert text.startswith("# 任务沿革\n\n- 2022：2022年要点\n")
        assert "| 由拆分而来<br>并入他项 |" in text
        assert len(text.partition("| 沿革 |")[2].splitlines()) == 1 + 1 + 5


class TestPage:
    def test_courses_and_departments_filter(self, browser: Browser) -> None:
        with page(browser, views.page(made())) as shown:
            assert len(str(shown.run(SHOWN)).split(",")) == 5
            shown.run("document.querySelector('[data-token=st-merged]').click()")
            assert shown.run(SHOWN) == "thread-2023:2"
            shown.run("document.querySelector('[data-reset]').click()")
            choose = "((v) => { const s = document.querySelector('select[data-group=d]'); s.value = [...s.options].find(o => o.text === v).value; s.dispatchEvent(new Event('change', {bubbles: true})); })"
            shown.run(f"{choose}('区审计局')")
            assert shown.run(SHOWN) == "thread-2022:2"

    def test_a_block_leads_to_its_line(self, browser: Browser) -> None:
        with page(browser, views.page(made())) as shown:
            targets = "[...document.querySelectorAll('svg a')].map(a => !!document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1))))"
            assert shown.run(targets) == [True] * 8
        with page(browser, views.page(evil())) as shown:
            assert shown.run(targets) == [True] * 4

    def test_enter_opens_the_texts(self, browser: Browser) -> None:
        with page(browser, views.page(made())) as shown:
            shown.press("j", "ArrowDown", "Enter")
            assert shown.run("document.activeElement.id") == "thread-2022:2"
            assert shown.run("document.activeElement.querySelector('.gk-why').open") is True
            assert shown.run("document.activeElement.querySelectorAll('.gk-why del').length") == 1

    def test_letters_stay_in_their_blocks(self, browser: Browser) -> None:
        with page(browser, views.page(gongkai.trace([examples.load("chenghu-2024")]))) as shown:
            code = "[...document.querySelectorAll('svg.gk-flow-whole svg')].every(box => box.firstChild.getComputedTextLength() <= box.width.baseVal.value - 6)"
            assert shown.run(code) is True

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", (420, 800, 1280))
    def test_nothing_is_wider_than_the_screen(
        self, browser: Browser, width: int, language: views.Language
    ) -> None:
        browser.resize(width)
        for history in (made(), evil()):
            with page(browser, views.page(history, language=language)) as shown:
                assert shown.run("document.documentElement.scrollWidth") <= width
