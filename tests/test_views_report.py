"""The report on a set of plans: what it tells, and that it works in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import gongkai
from gongkai import Assignment, Deadline, InvalidValue, Plan, Section, Task, examples, views
from gongkai.testing.strategies import plans
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read
from tests.test_charts import large

YEARS = tuple(examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024))
CITY = examples.load("lanjiang-2024")
DISTRICTS = (examples.load("chenghu-2024"), examples.load("songping-2024"))

THREE = views.report(YEARS)
BESIDE = views.report(DISTRICTS, reference=CITY)

COUNTED = "[...document.querySelectorAll('.gk-item:not(.gk-aside)')].filter(x => !x.hidden).length"
SHOWN = "document.querySelector('[data-shown]').textContent"


def parts(html: str) -> list[str]:
    return re.findall(r'<section id="report-(\w+)"', html)


def items(html: str, kind: str) -> list[str]:
    return re.findall(rf'id="({kind}-[^"]*)"', html)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


class TestParts:
    def test_years_have_changes_and_pictures(self) -> None:
        assert parts(THREE) == ["pictures", "tasks", "changes", "findings"]

    def test_districts_beside_a_reference_have_coverage(self) -> None:
        assert parts(BESIDE) == ["coverage", "pictures", "tasks", "findings"]

    def test_each_task_is_there_once(self) -> None:
        tasks = sum(len(plan.all_tasks) for plan in YEARS)

        assert len(items(THREE, "task")) == len(set(items(THREE, "task"))) == tasks

    def test_changes_are_those_of_the_diffs(self) -> None:
        number = sum(
            row.status != "same" for old, new in pairwise(YEARS) for row in gongkai.diff(old, new).tasks
        )
        assert len(items(THREE, "change")) == number

    def test_findings_are_those_of_the_reader_and_the_checker(self) -> None:
        number = sum(len({*plan.findings, *gongkai.check(plan)}) for plan in YEARS)

        assert len(items(THREE, "finding")) == number

    def test_rows_of_coverage_are_the_tasks_of_the_reference(self) -> None:
        cover = gongkai.coverage(CITY, DISTRICTS[1])

        assert len(items(BESIDE, "asked")) == len(cover)
        assert f"{cover.tally.share:.0%}" in read(BESIDE).text
        assert BESIDE.count('class="gk-cell gk-has"') == sum(
            gongkai.coverage(CITY, plan).tally.carried for plan in DISTRICTS
        )

    def test_plans_that_are_no_series_stand_side_by_side(self) -> None:
        html = views.report(DISTRICTS)
        table = gongkai.consolidate(DISTRICTS)

        assert parts(html) == ["beside", "pictures", "tasks", "findings"]
        assert len(items(html, "matter")) == len(table)
        assert f"各份都有 {len(table.common())}" in read(html).text
        assert "beside" not in parts(THREE) + parts(BESIDE)

    def test_drafts_of_one_year_are_in_no_order(self) -> None:
        base, ours = examples.load("chenghu-2025-base"), examples.load("chenghu-2025-ours")
        html = views.report([base, ours], names=["稿", "改"])

        assert "changes" not in parts(html)

    def test_years_are_in_order_however_they_are_given(self) -> None:
        assert "2022 → 2023" in views.report(YEARS[::-1])

    def test_one_plan_is_a_report_too(self) -> None:
        assert parts(views.report(YEARS[2])) == ["pictures", "tasks"]

    def test_a_plan_without_tasks_is_a_report_too(self) -> None:
        html = views.report(Plan("澄湖区2024年政务公开工作要点"))

        assert "没有任务" in html
        assert read(html).broken == []

    @pytest.mark.parametrize(
        ("plans", "settings"),
        (
            ((), {}),
            (("要点",), {}),
            (YEARS, {"names": ["一"]}),
            (YEARS, {"reference": "市要点"}),
            (YEARS, {"language": "fr"}),
        ),
    )
    def test_what_cannot_be_is_refused(self, plans: Any, settings: Any) -> None:
        with pytest.raises(InvalidValue):
            views.report(plans, **settings)


class TestMarkup:
    @pytest.mark.parametrize("html", (THREE, BESIDE), ids=("years", "districts"))
    def test_it_is_whole(self, html: str) -> None:
        found = read(html)
        addresses = [value for name, value in found.attributes if name == "id"]
        links = [value for name, value in found.attributes if name == "href"]

        assert found.broken == []
        assert len(addresses) == len(set(addresses))
        assert all(link and link.startswith("#") for link in links)
        assert not {name for name, _ in found.attributes if name == "style" or name.startswith("on")}

    def test_links_lead_somewhere(self) -> None:
        from urllib.parse import unquote

        there = {value for name, value in read(THREE).attributes if name == "id"}
        links = {unquote(value or "")[1:] for name, value in read(THREE).attributes if name == "href"}

        assert links <= there
        assert len(links) > 100

    def test_only_what_it_brings_may_run(self) -> None:
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', BESIDE)
        for name in ("style", "script"):
            inside = re.findall(f"<{name}>(.*?)</{name}>", BESIDE, flags=re.DOTALL)
            digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inside]
            assert f"{name}-src {' '.join(digests)};" in policy

    def test_what_a_document_says_is_no_markup(self) -> None:
        held = [Assignment.lead(EVIL), Assignment.cooperate("区财政局")]
        task = Task(EVIL, label=EVIL, assignments=held, deadlines=[Deadline.ongoing(EVIL)])
        old = Plan(EVIL, [Section(EVIL, [task])], year=2023)
        new = Plan(EVIL, [Section(EVIL, [attrs.evolve(task, text=f"{EVIL}{EVIL}")])], year=2024)
        html = views.report([old, new], reference=old, title=EVIL)
        found = read(html)

        assert found.broken == []
        assert "onload" not in {name for name, _ in found.attributes}
        assert found.tags.count("script") == 2
        assert not set("\x1b\u202e\x00") & set(html)

    @given(plans(), plans())
    @settings(max_examples=10)
    def test_any_plans_have_a_report_that_is_whole(self, old: Plan, new: Plan) -> None:
        found = read(views.report([old, new], names=["旧", "新"], reference=old))
        addresses = [value for name, value in found.attributes if name == "id"]

        assert found.broken == []
        assert len(addresses) == len(set(addresses))

    def test_words_are_in_the_language_that_is_asked_for(self) -> None:
        english = read(views.report(DISTRICTS, reference=CITY, language="en")).text

        for word in ("Overview", "Coverage", "Charts", "All plans", "All deadlines", "carried"):
            assert word in english or word == "Overview"
        assert "承接率" not in english

    def test_ten_plans_of_sixty_tasks_are_no_burden(self) -> None:
        html = views.report([large(60, 40, year=year) for year in range(2015, 2025)])

        assert len(html.encode()) < 3_000_000
        assert (
            html.count('class="gk-part gk-lazy"')
            == len(re.findall('<details class="[^"]*gk-lazy', html))
            > 20
        )
        assert not re.search('gk-lazy" open', html)


class TestBrowser:
    def test_it_complains_of_nothing(self, browser: Browser) -> None:
        with page(browser, THREE):
            assert browser.run(SHOWN) == "共 131 项"

    def test_search_opens_what_it_finds_and_shuts_it_again(self, browser: Browser) -> None:
        with page(browser, THREE):
            assert browser.run("document.querySelectorAll('details.gk-lazy[open]').length") == 0
            browser.press("/")
            browser.type("加装电梯")
            few = browser.run(COUNTED)
            assert 0 < few < 10
            assert browser.run(SHOWN) == f"显示 {few} / 131 项"
            assert browser.run("document.querySelectorAll('details.gk-lazy[open]').length") > 0
            browser.press("Escape")
            assert browser.run(COUNTED) == 131
            assert browser.run("document.querySelectorAll('details.gk-lazy[open]').length") == 0

    def test_filters_by_plan_department_and_time(self, browser: Browser) -> None:
        plan = YEARS[2]
        named = [task for task in plan.all_tasks if "区财政局" in {body.name for body in task.departments}]
        october = [task for task in plan.all_tasks if any(d.text == "2024年10月" for d in task.deadlines)]
        choose = """(group, words) => {
            const list = document.querySelector(`select[data-group=${group}]`);
            list.value = [...list.options].find(option => option.text === words).value;
            list.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
        with page(browser, THREE):
            browser.run(f"({choose})('p', '2024')")
            assert browser.run(COUNTED) == 44
            browser.run(f"({choose})('d', '区财政局')")
            assert browser.run(COUNTED) == len(named)
            browser.run("document.querySelector('[data-reset]').click()")
            browser.run(f"({choose})('t', '2024年10月')")
            assert browser.run(COUNTED) == len(october)

    def test_the_overview_filters(self, browser: Browser) -> None:
        with page(browser, THREE):
            browser.run("document.querySelector('.gk-overview button').click()")
            assert browser.run(COUNTED) == 43

    def test_the_keys_walk_through_what_is_open(self, browser: Browser) -> None:
        with page(browser, THREE):
            browser.press("/")
            browser.type("普惠金融")
            browser.press("Enter")
            first = browser.run("document.activeElement.id")
            browser.press("j")
            second = browser.run("document.activeElement.id")
            assert first.startswith("task-")
            assert second not in {"", first}

    def test_a_square_leads_to_its_task(self, browser: Browser) -> None:
        with page(browser, views.report(YEARS[2])):
            browser.run(
                "document.querySelector('svg a[href]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
            )
            name = browser.run("decodeURIComponent(location.hash.slice(1))")
            assert browser.run(f"document.getElementById({name!r}).classList.contains('gk-mark-here')")

    def test_a_link_to_a_task_in_a_closed_part_opens_it(self, browser: Browser) -> None:
        with page(browser, THREE, "#task-17"):
            assert browser.run("document.getElementById('task-17').closest('details').open")

    @pytest.mark.parametrize("width", (420, 1280))
    def test_it_is_no_wider_than_the_screen(self, browser: Browser, width: int) -> None:
        browser.resize(width)
        for html in (THREE, BESIDE):
            with page(browser, html):
                browser.run("document.querySelectorAll('details').forEach(part => part.open = true)")
                assert browser.run("document.documentElement.scrollWidth") <= width

    def test_on_a_phone_absent_cells_are_seen(self, browser: Browser) -> None:
        browser.resize(420)
        with page(browser, BESIDE):
            assert browser.run("getComputedStyle(document.querySelector('td.gk-lacks')).display") == "block"

    def test_without_scripts_everything_can_be_read(self, browser: Browser) -> None:
        browser.resize(1280)
        browser.scripts(on=False)
        try:
            with page(browser, THREE):
                assert browser.run("document.querySelectorAll('.gk-item[hidden]').length") == 0
                assert browser.run("getComputedStyle(document.querySelector('.gk-bar')).display") == "none"
        finally:
            browser.scripts(on=True)

    def test_paper_has_every_part_open(self, browser: Browser) -> None:
        with page(browser, THREE):
            browser.run("dispatchEvent(new Event('beforeprint'))")
            assert (
                browser.run("document.querySelectorAll('.gk-on-paper details.gk-lazy:not([open])').length")
                == 0
            )
            browser.run("dispatchEvent(new Event('afterprint'))")
            assert browser.run("document.querySelectorAll('details.gk-lazy[open]').length") == 0
