"""A table of matters as pictures: HTML and page, terminal, Markdown, records, CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from rich.cells import cell_len

import gongkai
from gongkai import Assignment, Consolidation, Deadline, Plan, Section, Task, examples, views
from gongkai.errors import InvalidValue
from gongkai.exchange import consolidation_csv
from gongkai.merging import Presence
from gongkai.testing import strategies
from gongkai.views._text import clean
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read

SHOWN = (
    "[...document.querySelectorAll('tr.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"
)


@cache
def three() -> Consolidation:
    return gongkai.consolidate(
        [examples.load(name) for name in ("lanjiang-2024", "chenghu-2024", "songping-2024")]
    )


@cache
def many() -> Consolidation:
    plan = examples.load("songping-2024")
    return gongkai.consolidate(
        [plan.without(str(number)) for number in range(1, 9)], names=list("甲乙丙丁戊己庚辛")
    )


def evil() -> Consolidation:
    task = Task(
        EVIL, label=EVIL, assignments=[Assignment.lead(EVIL)], deadlines=[Deadline.ongoing(EVIL)], key=EVIL
    )
    plan = Plan(EVIL, [Section(EVIL, [task])])
    other = Plan("要点", [Task("公开目录。", label="1.")])
    return gongkai.consolidate(
        [plan, other], names=[EVIL, "乙"], known={(EVIL, "乙"): [(EVIL, "1", "partial")]}
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


class TestHtml:
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_no_text_becomes_an_element(self, language: views.Language) -> None:
        for thing in (evil(), evil().rows[0]):
            for html in (views.html(thing, language=language), views.page(thing, language=language)):
                reader = read(html)
                assert reader.broken == []
                assert not {name for name, _ in reader.attributes if name.startswith("on") or name == "style"}
                assert reader.tags.count("script") == (2 if "<!DOCTYPE" in html else 0)

    def test_every_task_is_shown(self) -> None:
        text = read(views.page(three())).text

        for plan in three().plans:
            assert [task.key for task in plan.all_tasks if clean(task.text) not in text] == []

    def test_the_notebook_is_cut_and_says_so(self) -> None:
        html = views.html(three(), limit=5, language="en")

        assert len(re.findall(r'class="gk-matter" scope="row"', html)) == 5
        assert f"{len(three()) - 5} more" in read(html).text

    def test_a_cell_says_whether_the_plan_has_it_in_words_too(self) -> None:
        html = views.html(three(), language="en")

        assert set(re.findall(r'role="img" aria-label="([^"]+)"', html)) == {"whole", "in part", "lacking"}

    def test_every_class_is_styled(self) -> None:
        from importlib.resources import files

        css = "".join(
            [files("gongkai.views").joinpath(f"{name}.css").read_text() for name in ("style", "page")]
        )
        html = "".join([views.html(thing) + views.page(thing) for thing in (three(), many())])
        used = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}

        # these tell what a thing is, to the script or to a reader of the page, and look as everything does
        assert used - set(re.findall(r"\.([\w-]+)", css)) <= {
            "gk-body",
            "gk-group",
            "gk-on-paper",
            "gk-plans-3",
            "gk-who",
        }

    def test_it_is_printed_in_landscape(self) -> None:
        assert "size:A4 landscape" in views.page(three())

    def test_it_shows_itself_in_a_notebook(self) -> None:
        assert "gk-matters" in str(three()._repr_html_())
        assert str(three().rows[0]._repr_markdown_()).startswith("## ")


class TestPage:
    def test_nothing_is_fetched_and_the_policy_holds(self, browser: Browser) -> None:
        with page(browser, views.page(three())):
            assert browser.complaints == []
            assert browser.requests == []

    def test_counts_and_plans_filter(self, browser: Browser) -> None:
        table = three()
        with page(browser, views.page(table)):
            assert len(browser.run(SHOWN).split(",")) == len(table)
            browser.run("document.querySelector('[data-token=\"h-common\"]').click()")
            assert len(browser.run(SHOWN).split(",")) == len(table.common())
            browser.press("Escape")
            for place, column in enumerate(table.columns):
                for what, rows in (("only", table.unique(column)), ("none", table.missing(column))):
                    browser.run(
                        "(() => { const list = document.querySelector('select[data-group=p]');"
                        f"list.value = 'p-{place}-{what}';"
                        "list.dispatchEvent(new Event('change', {bubbles: true})); })()"
                    )
                    assert len(browser.run(SHOWN).split(",")) == len(rows)

    def test_search_and_keys(self, browser: Browser) -> None:
        with page(browser, views.page(three())):
            browser.press("/")
            browser.type("老旧小区")
            found = browser.run(SHOWN).split(",")
            assert 0 < len(found) < 5
            browser.press("Enter")
            assert browser.run("document.activeElement.id") == found[0]
            browser.press("Enter")
            assert browser.run("document.activeElement.querySelectorAll('details[open]').length") == 0

    def test_a_box_opens_all_texts(self, browser: Browser) -> None:
        with page(browser, views.page(many())):
            opened = "document.querySelectorAll('details.gk-why[open]').length"
            assert browser.run(opened) == 0
            browser.run("document.querySelector('[data-opens-all]').click()")
            assert (
                browser.run(opened) == browser.run("document.querySelectorAll('details.gk-why').length") > 100
            )

    def test_the_first_column_and_the_heads_stay_in_sight(self, browser: Browser) -> None:
        with page(browser, views.page(many())):
            browser.resize(700, 700)
            where = (
                "(() => { const box = document.querySelector('.gk-matrix'); box.scrollTo(200, 900);"
                "const inside = (x) => x.getBoundingClientRect(), around = inside(box);"
                "return [inside(box.querySelector('thead th')).top - around.top,"
                "inside(box.querySelector('tbody th.gk-matter')).left - around.left, box.scrollTop]; })()"
            )
            top, left, scrolled = browser.run(where)
            assert (abs(top) <= 1, abs(left) <= 1, scrolled) == (True, True, 900)

    @pytest.mark.parametrize("table", (three, many))
    def test_a_narrow_screen_needs_no_scrolling_sideways(self, browser: Browser, table: object) -> None:
        assert callable(table)
        with page(browser, views.page(table())):
            browser.resize(420)
            assert browser.run("document.documentElement.scrollWidth") <= 420
            assert browser.run("getComputedStyle(document.querySelector('.gk-lacks')).display") == "none"
            browser.resize(1200)


class TestTerminal:
    @pytest.mark.parametrize("width", (30, 56, 80, 120, 200))
    @pytest.mark.parametrize("table", (three, many))
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_no_line_is_too_wide(self, table: object, width: int, language: views.Language) -> None:
        assert callable(table)
        text = views.terminal(table(), width=width, color=False, language=language)

        assert max(map(cell_len, text.splitlines())) <= width

    def test_many_plans_fold_into_signs(self) -> None:
        line = next(
            line for line in views.terminal(many(), width=100, color=False).splitlines() if "–" in line[20:]
        )

        assert "●●●●● ●" in views.terminal(many(), width=100, color=False)
        assert "甲" not in line

    def test_few_plans_have_a_column_each(self) -> None:
        text = views.terminal(three(), width=120, color=False)
        head = next(line for line in text.splitlines() if line.startswith("编号"))

        assert re.search(r"事项 +澜江市 +澄湖区 +松坪区 +责任单位", head)

    def test_one_matter(self) -> None:
        row = three().of("松坪区", "17")
        text = views.terminal(row, width=60, color=False)

        assert "松坪区 ● 17" in text
        assert "".join(row["松坪区"].text.split()) in "".join(text.split())

    def test_a_document_cannot_steer_the_terminal(self) -> None:
        assert "\x1b" not in views.terminal(evil(), width=80, color=False)


class TestMarkdown:
    def test_every_matter_is_a_row(self) -> None:
        text = views.markdown(three())

        assert len(re.findall(r"^\| \d+ \|", text, flags=re.MULTILINE)) == len(three())
        assert len({line.count("|") for line in text.splitlines() if re.match(r"\| \d+ \|", line)}) == 1

    def test_nothing_becomes_an_element(self) -> None:
        assert "<script>" not in views.markdown(evil())


class TestRecords:
    @given(strategies.plan_pairs())
    def test_a_record_is_json_and_has_every_task_once(self, pair: tuple[Plan, Plan]) -> None:
        table = gongkai.consolidate(pair, names=["旧", "新"])

        record = views.consolidation_record(table)

        assert json.loads(json.dumps(record)) == record
        told = [
            (cell["column"], task["key"])
            for matter in record["matters"]
            for cell in matter["cells"]
            for task in cell["tasks"]
        ]
        assert sorted(map(str, told)) == sorted(
            str((cell.column, task.key)) for row in table for cell in row.cells for task in cell.tasks
        )

    def test_what_it_says(self) -> None:
        record = views.consolidation_record(three())

        assert record["consolidation"] == 1
        assert [plan["column"] for plan in record["plans"]] == list(three().columns)
        assert record["summary"]["matters"] == len(record["matters"]) == len(three())
        assert len(record["links"]) == sum(map(len, three().alignments))
        assert {cell["presence"] for matter in record["matters"] for cell in matter["cells"]} == set(Presence)

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="a Consolidation"):
            views.consolidation_record("表")  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="a Consolidation"):
            consolidation_csv("表")  # type: ignore[arg-type]


class TestCsv:
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_a_matter_a_row_and_five_columns_a_plan(self, language: views.Language) -> None:
        text = consolidation_csv(three(), language=language)

        assert text.startswith("\ufeff")
        heads, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert len(heads) == 6 + 5 * 3
        assert {len(row) for row in rows} == {len(heads)}
        assert len(rows) == len(three())
        assert len(set(heads)) == len(heads)

    def test_no_cell_is_a_formula(self) -> None:
        bad = Plan("要点", [Task("=cmd()", key="+1", assignments=[Assignment.lead("@甲", "乙")])])
        text = consolidation_csv(gongkai.consolidate([bad], names=["-名"]), mark=False)

        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
        assert "'=cmd()" in cells
