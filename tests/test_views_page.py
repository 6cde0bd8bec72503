"""The shell of a page: what it lets in, and that its filters, its search and its keys work in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

import pytest

from gongkai import Finding, Paragraph, Plan, Section, Task, views
from gongkai.views import Checked
from gongkai.views._html import join, tag
from gongkai.views._page import whole_page
from gongkai.views._page_tools import (
    Ids,
    Pick,
    anchor,
    bar,
    choice,
    fold_line,
    item,
    keys,
    modes,
    nothing,
    picks,
    search_box,
    shown,
    switch,
    theme,
)
from gongkai.views._parts_html import Look, frame
from gongkai.views._words import LANGUAGES, words
from tests.helpers_browser import Browser, page, started
from tests.helpers_views import EVIL, read, small

SHOWN = "[...document.querySelectorAll('.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"
FOCUS = "document.activeElement.id || document.activeElement.tagName"


def example(language: views.Language = "zh") -> str:
    """A page with one of everything: six rows, the last two folded away, one of which has a hidden change."""
    say = words(language)
    ids = Ids()
    texts = (
        ("st-changed d-0 l-0 l", "公开", tag("del", "财政"), tag("ins", "预决算"), "目录"),
        ("st-changed d-1", "公布ＡＢＣ名录"),
        ("st-added d-0 d-1 l-1 l", "发布计划"),
        ("st-removed d-1 l-1 l", tag("details", tag("summary", "依据"), "字词", class_="gk-why")),
        ("st-same d-0", "更新清单"),
        ("st-same d-1 quiet", "更新目录", tag("span", "编号", class_="gk-whisper")),
    )
    rows = [
        item(
            "li",
            tag("div", tag("div", *inside, class_="gk-texts"), class_="gk-both"),
            anchor(f"new-{place}", say),
            of=of.split(),
            address=ids.of("new", str(place)),
            fold="f" if "same" in of else None,
        )
        for place, (of, *inside) in enumerate(texts, 1)
    ]
    groups = [
        tag("ul", *rows[:4], class_="gk-group", id="first"),
        tag("ul", fold_line("f", 2, "2 项未变"), *rows[4:], class_="gk-group", id="second"),
    ]
    chips = [Pick("st-changed", "修改 2"), Pick("st-same", "未变 2", unfolds=True)]
    tools = [
        search_box(say),
        choice("d", "全部单位", [("d-0", "区财政局"), ("d-1", "区司法局")]),
        switch("只看牵头", swap=("d", "l")),
        switch("隐藏", turns="gk-with-quiet"),
        modes(say),
        theme(say),
        shown(say),
    ]
    parts = [picks("st", "状态", chips), bar(*tools, label="筛选"), *groups, nothing(say), keys(say)]
    return whole_page(frame(*parts, look=Look(say, page=True)), "对照", say)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


class TestPolicy:
    @pytest.mark.parametrize("thing", (small(), Checked("a.txt", small(), small().findings), Task(EVIL)))
    def test_only_what_the_page_brings_may_run_and_style(self, thing: views.Thing) -> None:
        html = views.page(thing)
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
        for name in ("style", "script"):
            inside = re.findall(f"<{name}>(.*?)</{name}>", html, flags=re.DOTALL)
            digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inside]

            assert f"{name}-src {' '.join(digests)};" in policy
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none';")

    @pytest.mark.parametrize("thing", (small(), Checked("a.txt", small(), small().findings)))
    def test_no_attribute_styles_or_runs(self, thing: views.Thing) -> None:
        names = {name for name, _ in read(views.page(thing)).attributes}

        assert "style" not in names
        assert not {name for name in names if name.startswith("on")}

    def test_nothing_points_outside(self) -> None:
        html = example()

        assert not re.search(r"https?:|url\(|@import|src=", html)
        assert all(value and value.startswith("#") for name, value in read(html).attributes if name == "href")

    def test_the_script_ends_nowhere_else(self) -> None:
        text = files("gongkai.views").joinpath("page.js").read_text(encoding="utf-8")

        assert "</" not in text
        assert "innerHTML" not in text


class TestContrast:
    """Text stands out from its ground by 4.5 to 1 at least, edges of what can be used by 3 to 1 (WCAG 2.2)."""

    PAIRS = (
        *(("ink", "ground", 4.5), ("soft", "ground", 4.5), ("soft", "panel", 4.5), ("edge", "ground", 3.0)),
        *((name, f"{name}-ground", 4.5) for name in ("add", "drop", "edit", "move", "same")),
        *((name, "ground", 4.5) for name in ("add", "drop", "edit", "move", "same")),
        *(("soft", "same-ground", 4.5), ("ink", "same-ground", 4.5)),
    )

    @staticmethod
    def palette(place: int) -> dict[str, str]:
        text = files("gongkai.views").joinpath("style.css").read_text(encoding="utf-8")
        found = re.findall(r"--gk-([\w-]+):[^;]*light-dark\((#\w{6}), (#\w{6})\)", text)
        return {row[0]: row[place] for row in found}

    @staticmethod
    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @pytest.mark.parametrize("place", (1, 2))
    @pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
    def test_colours_stand_out(self, place: int, text: str, ground: str, least: float) -> None:
        colors = self.palette(place)
        one, other = sorted((self.light(colors[text]), self.light(colors[ground])), reverse=True)

        assert (one + 0.05) / (other + 0.05) >= least

    def test_browsers_without_light_dark_have_the_light_one(self) -> None:
        text = files("gongkai.views").joinpath("style.css").read_text(encoding="utf-8")

        plain = dict(re.findall(r"--gk-([\w-]+): (#\w{6});", text.partition("@supports")[0]))
        assert plain == self.palette(1)


class TestBrowser:
    def test_folded_rows_wait_for_their_button(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4"
            shown_page.run("document.querySelector('.gk-fold').click()")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4,new-5,new-6"
            assert shown_page.run("document.querySelector('.gk-fold').ariaExpanded") == "true"
            shown_page.run("document.querySelector('.gk-fold').click()")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4"

    @pytest.mark.parametrize(
        ("presses", "left"),
        (
            (["st-changed"], "new-1,new-2"),
            (["st-same"], "new-5,new-6"),
            (["st-changed", "st-same"], "new-1,new-2,new-5,new-6"),
            (["st-changed", "st-changed"], "new-1,new-2,new-3,new-4"),
        ),
    )
    def test_counts_filter(self, browser: Browser, presses: list[str], left: str) -> None:
        with page(browser, example()) as shown_page:
            for token in presses:
                shown_page.run(f"document.querySelector('[data-token={token}]').click()")
            assert shown_page.run(SHOWN) == left

    def test_what_is_chosen_of_two_groups_holds_together(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            choose = "(v) => { const s = document.querySelector('select[data-group]'); s.value = v; s.dispatchEvent(new Event('change', {bubbles: true})); }"
            shown_page.run(f"({choose})('d-1')")
            assert shown_page.run(SHOWN) == "new-2,new-3,new-4"
            assert shown_page.run("document.querySelector('.gk-fold b').textContent") == "1"
            shown_page.run("document.querySelector('[data-swap]').click()")
            assert shown_page.run(SHOWN) == "new-3,new-4"
            shown_page.run(f"({choose})('')")
            assert shown_page.run(SHOWN) == "new-1,new-3,new-4"
            assert shown_page.run("document.getElementById('second').hidden") is True
            shown_page.run("document.querySelector('[data-reset]').click()")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4"
            assert shown_page.run("document.querySelector('[data-swap]').checked") is False

    def test_hidden_changes_come_to_light(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.run("document.querySelector('[data-turns]').click()")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4,new-6"
            assert shown_page.run("document.querySelector('.gk-whisper').checkVisibility()") is True

    @pytest.mark.parametrize(
        ("words_typed", "left"),
        (
            ("财政", "new-1"),
            ("公开预决算目录", "new-1"),
            ("公开财政目录", "new-1"),
            ("财政预决算", ""),
            ("abc", "new-2"),
            ("公 录", "new-1,new-2"),
            ("更新", "new-5,new-6"),
            ("没有的词", ""),
        ),
    )
    def test_search_reads_the_words_of_one_side(self, browser: Browser, words_typed: str, left: str) -> None:
        with page(browser, example()) as shown_page:
            shown_page.press("/")
            shown_page.type(words_typed)
            assert shown_page.run(SHOWN) == left
            assert shown_page.run("document.querySelector('.gk-none').hidden") is bool(left)
            number = len(left.split(",")) if left else 0
            assert shown_page.run("document.querySelector('output').textContent") == f"显示 {number} / 6 项"
            assert shown_page.run("CSS.highlights.get('gk-found').size > 0") is bool(left)
            shown_page.press("Escape")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4"

    def test_keys_walk_through_what_is_shown(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.press("/")
            shown_page.type("公")
            shown_page.press("Enter")
            assert shown_page.run(FOCUS) == "new-1"
            shown_page.press("j")
            assert shown_page.run(FOCUS) == "new-2"
            shown_page.press("j", "ArrowUp", "End", "Home", "ArrowDown", "k")
            assert shown_page.run(FOCUS) == "new-1"
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert shown_page.run(outline) == "solid"
            shown_page.press("Escape")
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4"
            shown_page.press("End")
            assert shown_page.run("document.activeElement.className") == "gk-fold"
            shown_page.press("Enter", "j")
            assert shown_page.run(FOCUS) == "new-5"

    def test_enter_opens_what_a_row_rests_on_and_escape_closes_it(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.press("j", "End", "k")
            assert shown_page.run(FOCUS) == "new-4"
            shown_page.press("Enter")
            assert shown_page.run("document.querySelector('.gk-why').open") is True
            shown_page.press("Escape")
            assert shown_page.run("document.querySelector('.gk-why').open") is False
            assert shown_page.run(FOCUS) == "new-4"

    def test_keys_of_a_single_character_can_be_turned_off(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.press("?")
            assert shown_page.run("document.querySelector('.gk-keys').open") is True
            shown_page.run("document.querySelector('[data-keys-on]').click()")
            shown_page.press("/")
            assert shown_page.run("document.activeElement.type") != "search"

    def test_letters_are_letters_in_the_search(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.press("/")
            shown_page.press("j", "?", "/")
            assert shown_page.run("document.querySelector('[data-search]').value") == "j?/"

    def test_an_address_leads_to_its_row_through_folds_and_filters(self, browser: Browser) -> None:
        with page(browser, example(), "#new-6") as shown_page:
            assert shown_page.run(SHOWN) == "new-1,new-2,new-3,new-4,new-5,new-6"
            shown_page.run("document.querySelector('[data-token=st-same]').click()")
            shown_page.run("location.hash = '#new-1'; new Promise((done) => setTimeout(done, 100))")
            assert "new-1" in shown_page.run(SHOWN)

    def test_side_by_side_shows_each_text_once(self, browser: Browser) -> None:
        with page(browser, example()) as shown_page:
            shown_page.run("document.querySelector('[data-mode=sides]').click()")
            sides = "[...document.querySelectorAll('#new-1 .gk-old-side, #new-1 .gk-new-side')].map(x => x.innerText).join('|')"
            assert shown_page.run(sides) == "公开财政目录|公开预决算目录"
            shown_page.run("document.querySelector('[data-mode=inline]').click()")
            assert shown_page.run("document.getElementById('new-1').innerText").startswith(
                "公开财政预决算目录"
            )

    def test_the_theme_can_be_chosen(self, browser: Browser) -> None:
        ground = "getComputedStyle(document.querySelector('.gongkai')).backgroundColor"
        light, dark = "rgb(255, 255, 255)", "rgb(20, 24, 29)"
        with page(browser, example()) as shown_page:
            shown_page.media(color_scheme="dark")
            assert shown_page.run(ground) == dark
            choose = "(v) => { const s = document.querySelector('select[data-theme]'); s.value = v; s.dispatchEvent(new Event('change', {bubbles: true})); }"
            shown_page.run(f"({choose})('light')")
            assert shown_page.run(ground) == light
            shown_page.run(f"({choose})('dark')")
            shown_page.media(media="print")
            assert shown_page.run(ground) == light
            shown_page.media()

    def test_without_a_script_everything_is_shown(self, browser: Browser) -> None:
        browser.scripts(on=False)
        try:
            with page(browser, example()) as shown_page:
                seen = shown_page.run("document.body.innerText")
                tools = shown_page.run("document.querySelector('.gk-bar').checkVisibility()")
        finally:
            browser.scripts(on=True)

        assert all(text in seen for text in ("更新清单", "更新目录", "编号", "2 项未变"))
        assert tools is False

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", (420, 1280))
    def test_nothing_is_wider_than_the_screen(
        self, browser: Browser, width: int, language: views.Language
    ) -> None:
        found = [Finding("C101", "error", "长" * 300, "long" * 300)]
        browser.resize(width)
        for html in (example(language), views.page(Checked("名" * 300, small(), found), language=language)):
            with page(browser, html) as shown_page:
                assert shown_page.run("document.documentElement.scrollWidth") <= width


class TestFindings:
    def test_severities_and_codes_filter(self, browser: Browser) -> None:
        found = [Finding(code, severity, "甲", "a") for code, severity in (("C1", "error"), ("C2", "info"))]
        checked = [Checked("a", small(), found), Checked("b", small(), found[1:])]
        with page(browser, views.page(views.finding_table(checked).thing)) as shown_page:
            assert shown_page.run(SHOWN) == "finding-C1,finding-C2,finding-C2_2"
            shown_page.run("document.querySelector('[data-token=v-error]').click()")
            assert shown_page.run(SHOWN) == "finding-C1"
            assert shown_page.run("document.querySelectorAll('.gk-group:not([hidden])').length") == 1

    def test_a_file_in_order_says_so(self) -> None:
        html = views.page(Checked("a", Plan("要点"), []))

        assert "没有问题" in html
        assert "data-search" not in html.partition("<main")[2].partition("</main>")[0]


def test_addresses_are_unique_and_links_lead_to_them() -> None:
    ids = Ids()
    given = [ids.of("new", name) for name in ("一.(一).#2", "一.(一).#2", "a b", "a_b", "", "%41", EVIL)]
    links = [anchor(address, words("zh")) for address in given]

    assert len(set(given)) == len(given)
    assert not any(re.search(r"\s", address) for address in given)
    assert 'href="#new-一.(一).%232"' in links[0]
    assert 'href="#new-%2541"' in links[5]
    assert read(join(links)).broken == []


class TestPlan:
    def test_tasks_are_filtered_by_department_and_found(self, browser: Browser) -> None:
        with page(browser, views.page(small())) as shown_page:
            assert shown_page.run(SHOWN) == "task-1,task-2,task-2.1"
            choose = "(words) => { const s = document.querySelector('select[data-group]'); s.value = [...s.options].find(x => x.text === words).value; s.dispatchEvent(new Event('change', {bubbles: true})); }"
            shown_page.run(f"({choose})('区审计局')")
            assert shown_page.run(SHOWN) == "task-2"
            shown_page.run("document.querySelector('[data-swap]').click()")
            assert shown_page.run(SHOWN) == ""
            assert shown_page.run("document.querySelector('.gk-none').checkVisibility()") is True
            shown_page.run("document.querySelector('[data-reset]').click()")
            assert shown_page.run("document.activeElement.type") == "search"
            shown_page.type("项目支出")
            assert shown_page.run(SHOWN) == "task-2.1"

    def test_what_holds_no_task_is_shown_until_something_is_chosen(self, browser: Browser) -> None:
        plan = Plan(
            "要点",
            [Section("一、总体要求", [Paragraph("坚持公开。")]), Section("二、任务", [Task("公开目录。")])],
        )
        with page(browser, views.page(plan)) as shown_page:
            assert "坚持公开。" in shown_page.run("document.body.innerText")
            shown_page.press("/")
            shown_page.type("目录")
            assert "坚持公开。" not in shown_page.run("document.body.innerText")
            assert "公开目录。" in shown_page.run("document.body.innerText")

    @pytest.mark.parametrize("thing", (small(), small().sections[0], small().tasks))
    def test_tools_are_there_for_tasks_alone(self, thing: views.Thing) -> None:
        assert "data-search" in views.page(thing).partition("<main")[2].partition("</main>")[0]
        assert "data-search" not in views.html(thing)
        assert "gk-item" not in views.html(thing).partition("</style>")[2]

    def test_a_plan_without_tasks_has_no_search(self) -> None:
        inside = views.page(Plan("要点", closing=["完。"])).partition("<main")[2].partition("</main>")[0]

        assert "data-search" not in inside
        assert "data-theme" in inside
