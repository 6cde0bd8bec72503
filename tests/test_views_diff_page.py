"""The page of a comparison: what it shows, and what its filters, its search and its links do in a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongkai
from gongkai import (
    Assignment,
    Deadline,
    Diff,
    DocumentNumber,
    Paragraph,
    Plan,
    Record,
    Section,
    Source,
    Task,
    examples,
    views,
)
from gongkai.views._diff_bodies import Bodies
from gongkai.views._page_tools import fragment
from gongkai.views._text import clean
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read

SHOWN = (
    "[...document.querySelectorAll('tr.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"
)
PICK = '(token) => document.querySelector(`[data-token="${token}"]`).click()'
CHOOSE = """(group, words) => {
  const list = document.querySelector(`select[data-group=${group}]`);
  list.value = [...list.options].find((option) => option.text.trim() === words).value;
  list.dispatchEvent(new Event("change", {bubbles: true}));
}"""
TICK = "(words) => [...document.querySelectorAll('label')].find(x => x.textContent === words).control.click()"


def task(label: str, text: str, *assignments: Assignment, due: int = 10, year: int = 2024) -> Task:
    return Task(text, label=label, assignments=assignments, deadlines=[Deadline.by_month(year, due)])


OLD = Plan(
    "云溪区2023年政务公开工作要点",
    [
        Section(
            "做好重点领域公开",
            label="一、",
            content=[
                task("1.", "公开财政预算和决算，说明专项资金。", Assignment.lead("区财政局"), year=2023),
                task("2.", "公布老旧小区改造计划和加装电梯点位。", Assignment.lead("区住建委"), year=2023),
                task("3.", "定期公布饮用水水质监测结果。", Assignment.responsible("区环保局"), year=2023),
            ],
        ),
        Section(
            "加强解读回应",
            label="二、",
            content=[
                task("4.", "每季度发布招聘活动预告。", Assignment.responsible("区人社局"), year=2023),
                task("5.", "及时更新政府网站的机构职能信息。", Assignment.responsible("各部门"), year=2023),
            ],
        ),
    ],
    year=2023,
    record=Record(issuer="云溪区政府办公室", issued_on=date(2023, 4, 6)),
    source=Source("云溪区", origin=r"C:\Users\somebody\要点2023.docx", retrieved_on=date(2024, 5, 1)),
)
NEW = Plan(
    "云溪区2024年政务公开工作要点",
    [
        Section(
            "做好重点领域公开",
            label="一、",
            content=[
                task(
                    "1.",
                    "公开财政预算和决算，逐项说明专项资金的绩效。",
                    Assignment.lead("区财政局"),
                    Assignment.cooperate("区审计局"),
                ),
                task("2.", "公布老旧小区改造计划和加装电梯点位。", Assignment.lead("区住建委"), due=6),
                task("3.", "推进医疗卫生机构价目表上墙。", Assignment.lead("区卫生健康委")),
                task("4.", "定期公布饮用水水质监测结果。", Assignment.responsible("区生态环境局")),
            ],
        ),
        Section(
            "夯实公开基础",
            label="三、",
            content=[
                task("5.", "及时更新政府网站的机构职能信息。", Assignment.responsible("各部门")),
            ],
        ),
    ],
    year=2024,
    record=Record(
        issuer="云溪区政府办公室",
        issued_on=date(2024, 5, 8),
        document_number=DocumentNumber("云政办发", 2024, 7),
    ),
    source=Source("云溪区", origin="https://example.org/要点2024.html"),
)


@cache
def small() -> Diff:
    return gongkai.diff(OLD, NEW)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


def text_of(page_text: str) -> str:
    return re.sub(r"\s+", "", read(page_text).text)


class TestContent:
    def test_both_plans_are_told_with_their_dates_and_sources(self) -> None:
        text = text_of(views.page(small()))

        for words in ("2023-04-06", "2024-05-08", "云政办发〔2024〕7号", "要点2023.docx", "2024-05-01"):
            assert words in text
        assert "https://example.org/要点2024.html" in text
        assert "somebody" not in text

    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_counts_are_those_of_the_diff(self, language: views.Language) -> None:
        drawn = views.page(small(), language=language)
        counted = dict(re.findall(r'data-token="st-(\w+)"[^>]*>[^<]*<b>(\d+)</b>', drawn))

        assert counted == {status: str(n) for status, n in small().summary().items() if n}
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in drawn

    def test_every_row_can_be_linked_to(self) -> None:
        reader = read(views.page(small()))
        addresses = [value for name, value in reader.attributes if name == "id" and value]
        links = {html.unescape(value) for name, value in reader.attributes if name == "href" and value}

        assert len(set(addresses)) == len(addresses)
        rows = [address for address in addresses if address.startswith(("new-", "old-"))]
        assert len(rows) == len(small().tasks)
        assert {fragment(address) for address in rows} <= links

    def test_evidence_is_told_in_words(self) -> None:
        zh, en = (views.page(small(), language=language) for language in ("zh", "en"))

        assert "匹配依据" in zh
        assert re.search(r'<details class="gk-why[^"]*" data-unsearched>', zh)
        assert "Evidence" in en
        assert "departments <b>" in en

    def test_hidden_changes_are_there_in_few_words(self) -> None:
        text = text_of(views.page(small()))

        assert "重新编号：3.→4." in text
        assert "部门更名：区环保局→区生态环境局" in text
        assert "随年度顺延：2023年10月→2024年10月" in text

    def test_a_page_of_forty_tasks_is_small(self) -> None:
        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))

        assert len(views.page(diff).encode()) < 250_000

    def test_identical_plans_say_so(self) -> None:
        assert "两份文件没有差别" in views.page(gongkai.diff(OLD, OLD))

    def test_links_between_rows_lead_to_the_other_row(self) -> None:
        links = gongkai.align(OLD, NEW)
        extra = gongkai.Link(OLD.tasks[0], NEW.tasks[1], "partial", 0.4)
        drawn = views.page(gongkai.diff(OLD, NEW, links=[*links, extra]))

        assert drawn.count("另见") == 2
        assert '<a href="#new-1">旧 1</a> → <a href="#new-2">新 2</a> 部分相同 0.40' in drawn

    @settings(max_examples=30)
    @given(
        st.lists(st.text(alphabet="公开a<&\"'|、。1 \u202e\x00", max_size=12), max_size=4),
        st.lists(st.text(alphabet="公开a<&\"'|、。1 \u202e\x00", max_size=12), max_size=4),
    )
    def test_no_text_is_lost_nor_becomes_an_element(self, old: list[str], new: list[str]) -> None:
        before, after = (
            Plan(
                EVIL if side else "要点",
                [Section(EVIL, [Task(text, label=text or None, assignments=[Assignment.lead(text or "局")])])]
                if text
                else [Task(text), Paragraph(text)],
            )
            for side, text in enumerate(("".join(old), "".join(new)))
        )
        drawn = views.page(gongkai.diff(before, after))
        reader = read(drawn)

        assert reader.broken == []
        assert drawn.count("<script") == 2
        seen = re.sub(r"\s+", "", reader.text)
        for plan in (before, after):
            for each in plan.all_tasks:
                if before != after and each.text.strip() and each.text == clean(each.text):
                    assert set(clean(each.text).replace(" ", "")) <= set(seen)


class TestBodies:
    def test_each_department_tells_what_became_of_it(self) -> None:
        fates = {body.name: body.fate for body in Bodies(small()).all}

        assert fates == {
            "区环保局 → 区生态环境局": "renamed",
            "区审计局": "came",
            "区卫生健康委": "came",
            "区人社局": "went",
            "区财政局": "stayed",
            "区住建委": "stayed",
            "各部门": "stayed",
        }

    def test_tasks_and_leads_are_counted(self) -> None:
        found = {body.name: body for body in Bodies(small()).all}

        assert (found["区财政局"].tasks, found["区财政局"].leads) == ((1, 1), (1, 1))
        assert (found["区审计局"].tasks, found["区审计局"].leads) == ((0, 1), (0, 0))
        assert found["区审计局"].gained == 1

    def test_names_that_go_round_in_a_circle_end(self) -> None:
        diff = small()
        rows = [
            attrs.evolve(
                row,
                changes=tuple(
                    attrs.evolve(change, bodies=(("甲", "乙", "renamed"), ("乙", "甲", "renamed")))
                    for change in row.changes
                ),
            )
            for row in diff.rows
        ]

        assert Bodies(attrs.evolve(diff, rows=tuple(rows))).of("无") is None


class TestFilters:
    def test_what_did_not_change_is_folded(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            assert shown.run(SHOWN) == "new-1,new-2,new-3,old-4"

    @pytest.mark.parametrize(
        ("token", "left"),
        (
            ("st-added", "new-3"),
            ("st-removed", "old-4"),
            ("st-same", "new-4,new-5"),
            ("k-rescheduled", "new-2"),
            ("k-reassigned", "new-1"),
            ("k-renamed", "new-4"),
            ("k-renumbered", "new-4"),
        ),
    )
    def test_counts_filter_hidden_kinds_too(self, browser: Browser, token: str, left: str) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run(f"({PICK})('{token}')")
            assert shown.run(SHOWN) == left

    def test_departments_filter_under_every_name(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run(f"({CHOOSE})('d', '区环保局 → 区生态环境局')")
            assert shown.run("document.querySelector('.gk-fold-line:not([hidden]) b').textContent") == "1"
            shown.run("document.querySelector('.gk-fold-line:not([hidden]) button').click()")
            assert shown.run(SHOWN) == "new-4"
            shown.run(f"({CHOOSE})('d', '区审计局')")
            assert shown.run(SHOWN) == "new-1"
            shown.run(f"({TICK})('只看牵头')")
            assert shown.run(SHOWN) == ""
            shown.run(f"({CHOOSE})('d', '全部单位')")
            assert shown.run(SHOWN) == "new-1,new-2,new-3"

    def test_a_name_in_the_table_of_departments_filters(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run(
                "[...document.querySelectorAll('button.gk-name')].find(x => x.textContent === '区住建委').click()"
            )
            assert shown.run(SHOWN) == "new-2"
            assert (
                shown.run("document.querySelector('select[data-group=d]').selectedOptions[0].text")
                == "区住建委"
            )

    def test_sections_of_both_plans_filter(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run(f"({PICK})('st-same')")
            shown.run(f"({CHOOSE})('s', '三、夯实公开基础')")
            assert shown.run(SHOWN) == "new-5"
            shown.run(f"({PICK})('st-same')")
            shown.run(f"({CHOOSE})('s', '二、加强解读回应')")
            assert shown.run(SHOWN) == "old-4"

    def test_hidden_changes_are_shown_where_asked(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            whispers = "[...document.querySelectorAll('.gk-whisper')].filter(x => x.checkVisibility()).length"
            assert shown.run(whispers) == 0
            shown.run(f"({TICK})('隐藏的变化')")
            assert shown.run(whispers) == 3
            assert "new-4" in shown.run(SHOWN)
            assert shown.run("document.querySelectorAll('tr.gk-fold-line:not([hidden])').length") == 0

    @pytest.mark.parametrize(
        ("typed", "left"),
        (
            ("绩效", "new-1"),
            ("招聘", "old-4"),
            ("水质", "new-4"),
            ("说明专项", "new-1"),
            ("生态环境局", "new-4"),
        ),
    )
    def test_search_finds_old_and_new_words_folded_or_not(
        self, browser: Browser, typed: str, left: str
    ) -> None:
        with page(browser, views.page(small())) as shown:
            shown.press("/")
            shown.type(typed)
            assert shown.run(SHOWN) == left
            shown.press("Enter")
            assert shown.run("document.activeElement.id") == left

    def test_enter_tells_what_a_row_rests_on(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.press("j", "Enter")
            assert shown.run("document.activeElement.querySelector('.gk-why').checkVisibility()") is True
            assert shown.run("document.activeElement.querySelector('.gk-why').open") is True

    def test_an_address_opens_what_is_folded(self, browser: Browser) -> None:
        with page(browser, views.page(small()), "#new-4") as shown:
            assert "new-4" in shown.run(SHOWN)
            assert shown.run("document.querySelector('.gk-mark-here').id") == "new-4"

    def test_side_by_side_each_side_is_its_own_text(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run("document.querySelector('[data-mode=sides]').click()")
            sides = "[...document.querySelectorAll('#new-1 .gk-old-side, #new-1 .gk-new-side')].map(x => x.innerText)"
            assert shown.run(sides) == [OLD.tasks[0].text, NEW.tasks[0].text]
            heads = "[...document.querySelectorAll('.gk-rows thead th')].map(x => x.innerText).join()"
            assert "旧\n新" in shown.run(heads)

    def test_without_a_script_everything_is_there(self, browser: Browser) -> None:
        browser.scripts(on=False)
        try:
            with page(browser, views.page(small())) as shown:
                seen = shown.run("document.body.innerText")
        finally:
            browser.scripts(on=True)

        for words in (
            "定期公布饮用水水质监测结果。",
            "每季度发布招聘活动预告。",
            "部门更名：区环保局 → 区生态环境局",
        ):
            assert words in seen


class TestNames:
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_whatever_can_be_used_has_a_name(self, browser: Browser, language: views.Language) -> None:
        with page(browser, views.page(small(), language=language)) as shown:
            shown.run("document.querySelectorAll('details').forEach(x => x.open = true)")
            shown.send("Accessibility.enable")
            nodes = shown.send("Accessibility.getFullAXTree")["nodes"]
            used = [
                (node["role"]["value"], node.get("name", {}).get("value", "").strip())
                for node in nodes
                if node.get("role", {}).get("value")
                in {"button", "checkbox", "combobox", "link", "searchbox", "search", "main", "table"}
            ]
            shown.send("Accessibility.disable")

        assert {"button", "checkbox", "combobox", "link", "searchbox", "table"} <= {role for role, _ in used}
        assert [role for role, name in used if not name and role != "main"] == []


class TestPaper:
    def test_the_head_is_repeated_and_tools_are_gone(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            shown.run(f"({PICK})('st-added')")
            shown.run("dispatchEvent(new Event('beforeprint'))")
            shown.media(media="print", color_scheme="dark")
            display = "(s) => getComputedStyle(document.querySelector(s)).display"
            assert shown.run(f"({display})('.gk-rows thead')") == "table-header-group"
            assert shown.run(f"({display})('.gk-bar')") == "none"
            assert (
                shown.run("document.querySelector('.gk-state').innerText") == "已筛选：新增 1；显示 1 / 6 项"
            )
            assert shown.run("document.querySelector('.gk-on-paper details').open") is True
            decoration = "(s) => getComputedStyle(document.querySelector(s)).textDecorationLine"
            assert shown.run(f"({decoration})('ins')") == "underline"
            assert shown.run(f"({decoration})('del')") == "line-through"
            shown.run("dispatchEvent(new Event('afterprint'))")
            assert shown.run("document.querySelector('.gk-on-paper details').open") is False
            shown.media()

    def test_it_fits_on_paper(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown:
            printed = shown.send("Page.printToPDF", preferCSSPageSize=True)["data"]
            assert printed.startswith("JVBERi0")  # %PDF-


class TestHostile:
    LONG = "长" * 10_000

    def diff(self) -> Diff:
        sides = [
            Plan(
                EVIL,
                [
                    Section(
                        EVIL + self.LONG,
                        [
                            Task(
                                EVIL + text + self.LONG,
                                label=EVIL,
                                assignments=[Assignment.lead(EVIL + text, "甲" * 2000)],
                                deadlines=[Deadline.ongoing(EVIL)],
                            ),
                            Task("A" * 10_000 + text, label="--><!--"),
                            Task("</script></style></title>" + text, label="]]>"),
                        ],
                        label=EVIL,
                    )
                ],
                record=Record(issuer=EVIL),
                source=Source(EVIL, origin=f"javascript:alert(1)//{EVIL}"),
            )
            for text in ("公开目录", "更新清单")
        ]
        return gongkai.diff(sides[0], sides[1])

    @pytest.mark.parametrize("width", (420, 1280))
    def test_nothing_breaks_out(self, browser: Browser, width: int) -> None:
        browser.resize(width)
        with page(browser, views.page(self.diff())) as shown:
            assert shown.run("document.scripts.length") == 2
            assert shown.run("document.querySelectorAll('[onload], img, iframe, form').length") == 0
            assert shown.run("document.documentElement.scrollWidth") <= width
            assert shown.run("[...document.links].every(a => a.getAttribute('href').startsWith('#'))") is True
            shown.press("/")
            shown.type("<script>")
            assert shown.run(SHOWN) != ""

    @pytest.mark.parametrize("width", (420, 900, 1280))
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_a_real_page_fits_any_screen(
        self, browser: Browser, width: int, language: views.Language
    ) -> None:
        diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        browser.resize(width)
        with page(browser, views.page(diff, language=language)) as shown:
            shown.run("document.querySelectorAll('details').forEach(x => x.open = true)")
            assert shown.run("document.documentElement.scrollWidth") <= width
            shown.run("document.querySelector('[data-mode=sides]').click()")
            assert shown.run("document.documentElement.scrollWidth") <= width


def test_a_thousand_tasks_stay_usable(browser: Browser) -> None:
    """Unchanged rows are folded, so that what is laid out is what changed."""
    tasks = [
        Task(f"公开第{number}项工作的目录和标准{number % 97}。", label=f"{number}.") for number in range(1000)
    ]
    new = [*tasks]
    for place in range(0, 1000, 20):
        new[place] = attrs.evolve(tasks[place], text=f"{tasks[place].text}每季度更新。")
    diff = gongkai.diff(Plan("要点", tasks), Plan("要点", new))
    drawn = views.page(diff)

    assert len(drawn.encode()) < 1_500_000
    with page(browser, drawn) as shown:
        assert shown.run(SHOWN).count(",") + 1 == 50
        assert shown.run("document.documentElement.scrollHeight") < 20_000
        shown.press("/")
        shown.type("每季度")
        assert shown.run("document.querySelector('output').textContent") == "显示 50 / 1000 项"
