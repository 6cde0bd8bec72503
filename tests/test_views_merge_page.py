"""The page of a merge in a browser: filters, search, keys, and conflicts that are decided on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from gongkai import Merge, views
from gongkai.merging import Action
from gongkai.views._merge_rows import merge_lines
from gongkai.views._words import words
from tests.helpers_browser import Browser, page, started
from tests.helpers_merges import clear, every, evil, many, triple, untouched
from tests.helpers_views import read

SHOWN = "[...document.querySelectorAll('.gk-item')].filter(x => !x.closest('[hidden]')).map(x => x.id).join()"
PICK = '(token) => document.querySelector(`[data-token="${token}"]`).click()'
CHOOSE = """(group, words) => {
  const list = document.querySelector(`select[data-group=${group}]`);
  list.value = [...list.options].find((option) => option.text.trim() === words).value;
  list.dispatchEvent(new Event("change", {bubbles: true}));
}"""
RADIO = """(id, value) => document.querySelector(`[data-conflict="${id}"]`).closest(".gk-conflict")
  .querySelector(`input[value="${value}"]`).click()"""
JSON_TEXT = "document.querySelector('[data-json]').value"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


def shown(browser: Browser) -> list[str]:
    found = str(browser.run(SHOWN))
    return found.split(",") if found else []


def decided(browser: Browser) -> dict[str, str]:
    found = json.loads(browser.run(JSON_TEXT))
    assert isinstance(found, dict)
    return found


class TestContent:
    def test_conflicts_come_first(self) -> None:
        for merge in (triple(), every(), many()):
            reader = read(views.page(merge))
            ids = [value for name, value in reader.attributes if name == "id" and value]
            first = [name for name in ids if name.startswith("conflict-") and not name.endswith(".views")]

            assert len(first) == len(merge.conflicts)
            rows = [name for name in ids if name.startswith(("new-", "old-"))]
            assert max(map(ids.index, first)) < min(map(ids.index, rows))
            assert len(set(ids)) == len(ids)

    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_counts_are_those_of_the_merge(self, language: views.Language) -> None:
        for merge in (triple(), every(), many(), clear()):
            drawn = views.page(merge, language=language)
            counted = dict(re.findall(r'data-token="st-([\w-]+)"[^>]*>[^<]*<b>(\d+)</b>', drawn))

            assert counted.get("open", "0") == str(len(merge.conflicts))
            settled = [one for one in merge.decisions if one.action is not Action.OPEN]
            assert sum(map(int, counted.values())) - len(merge.conflicts) == len(settled)

    def test_each_conflict_has_a_choice_for_each_view(self) -> None:
        for merge in (triple(), every(), many(), evil()):
            reader = read(views.page(merge))
            found = reader.attributes.count(("type", "radio"))
            lines = merge_lines(merge, words("zh")).conflicts
            views_ = sum(len(line.voices) + 2 + (line.suggestion is not None) for line in lines)
            own = [name for name, _ in reader.attributes if name == "data-own"]

            assert found == views_ + len(own)

    def test_every_class_is_styled(self) -> None:
        names = ("style", "page", "merge")
        css = "".join([files("gongkai.views").joinpath(f"{name}.css").read_text() for name in names])
        merges = (triple(), every(), many(), clear(), untouched())
        html = "".join([views.html(merge) + views.page(merge) for merge in merges])
        used = {name for found in re.findall(r'class="([^"]+)"', html) for name in found.split()}

        # these tell what a thing is, to the script or to a reader of the page, and look as everything does
        assert used - set(re.findall(r"\.([\w-]+)", css)) <= {
            *("gk-body", "gk-group", "gk-row", "gk-rows"),
            *("gk-decided", "gk-fold-line", "gk-on-paper", "gk-texts"),
        }

    def test_a_page_of_a_round_is_small(self) -> None:
        assert len(views.page(many()).encode()) < 250_000

    def test_it_is_printed_in_landscape(self) -> None:
        assert "size:A4 landscape" in views.page(triple())


class TestBrowser:
    @pytest.mark.parametrize("merge", (triple(), every(), many(), clear(), untouched(), evil()), ids=repr)
    def test_the_policy_holds_and_nothing_is_fetched(self, browser: Browser, merge: Merge) -> None:
        for language in ("zh", "en"):
            with page(browser, views.page(merge, language=language)):
                assert browser.run("typeof alert1") == "undefined"

    def test_filters(self, browser: Browser) -> None:
        with page(browser, views.page(triple())):
            every_one = shown(browser)
            browser.run(f"({PICK})('st-open')")
            assert shown(browser) == ["conflict-14.deadlines", "conflict-22.text"]
            browser.run(f"({PICK})('st-open')")
            browser.run(f"({PICK})('k-rescheduled')")
            assert shown(browser) == ["conflict-14.deadlines", "new-2", "new-4", "new-8"]
            browser.run(f"({PICK})('k-rescheduled')")
            browser.run(f"({CHOOSE})('d', '区医保局')")
            assert shown(browser) == ["new-10"]
            browser.run(f"({CHOOSE})('d', '全部单位')")
            browser.run(f"({CHOOSE})('w', '对方')")
            assert set(shown(browser)) < set(every_one)
            assert "new-7" not in shown(browser)
            browser.run(f"({CHOOSE})('w', '全部来源')")
            browser.run(f"({CHOOSE})('s', '（一）平台管理')")
            assert shown(browser) == ["old-21"]

    def test_search_finds_conflicts_and_decisions(self, browser: Browser) -> None:
        with page(browser, views.page(triple())):
            browser.press("/")
            browser.type("每季度")
            assert shown(browser) == ["conflict-22.text"]
            browser.press("Escape")
            browser.run("document.querySelector('[data-search]').focus()")
            browser.type("夜跑步道")
            assert shown(browser) == ["new-7"]

    def test_what_is_chosen_resolves(self, browser: Browser) -> None:
        with page(browser, views.page(triple())):
            assert decided(browser) == {}
            browser.run(f"({RADIO})('14.deadlines', 'theirs')")
            browser.run(f"({RADIO})('22.text', 'base')")
            found = decided(browser)
            assert found == {"14.deadlines": "theirs", "22.text": "base"}
            assert browser.run("document.querySelector('.gk-decided').textContent") == "已裁定 2 / 2 处"
            assert triple().resolve(found).plan == clear().plan
            browser.run(f"({RADIO})('22.text', 'open')")
            assert decided(browser) == {"14.deadlines": "theirs"}
            browser.run("document.querySelector('[data-act=clear]').click()")
            assert decided(browser) == {}

    def test_words_of_ones_own(self, browser: Browser) -> None:
        with page(browser, views.page(triple())):
            browser.run(f"({RADIO})('22.text', 'own')")
            base = triple().conflict("22.text").base
            assert decided(browser) == {"22.text": base}
            assert browser.run("document.activeElement.tagName") == "TEXTAREA"
            browser.run("document.activeElement.select()")
            browser.type("每两年组织一次“开放日”。")
            found = decided(browser)
            assert triple().resolve(found).plan["21"].text == "每两年组织一次“开放日”。"  # type: ignore[union-attr]
            assert browser.run("document.querySelectorAll('.gk-own').length") == 1  # a deadline takes none
            browser.run("document.querySelector('[data-act=clear]').click()")

    def test_every_choice_of_every_kind_resolves(self, browser: Browser) -> None:
        for merge in (every(), many()):
            with page(browser, views.page(merge)):
                for place in (0, 1, 2):
                    browser.run(
                        "document.querySelectorAll('[data-conflict]').forEach((each) => "
                        f"each.querySelectorAll('input')[{place}].click())"
                    )
                    found = decided(browser)
                    assert set(found) == {one.id for one in merge.conflicts}
                    assert merge.resolve(found).conflicts == ()
                browser.run("document.querySelectorAll('[value=suggested]').forEach((each) => each.click())")
                assert merge.resolve(decided(browser)).conflicts == ()
                browser.run("document.querySelector('[data-act=clear]').click()")

    def test_decisions_outlive_the_page(self, browser: Browser) -> None:
        text = views.page(triple())
        with page(browser, text):
            browser.run(f"({RADIO})('14.deadlines', 'ours')")
            browser.run(f"({RADIO})('22.text', 'own')")
            browser.run("document.activeElement.select()")
            browser.type("自拟的内容。")
        with page(browser, text):
            assert decided(browser) == {"14.deadlines": "ours", "22.text": "自拟的内容。"}
            browser.run("document.querySelector('[data-act=clear]').click()")
        with page(browser, views.page(many())):
            assert decided(browser) == {}

    def test_keys_decide(self, browser: Browser) -> None:
        with page(browser, views.page(every())):
            browser.press("j")
            assert browser.run("document.activeElement.id") == "conflict-title"
            browser.press("2")
            assert decided(browser) == {"title": "theirs"}
            browser.press("0")
            assert decided(browser) == {"title": "base"}
            browser.press("u")
            assert decided(browser) == {}
            browser.run("document.querySelector('#conflict-title input').focus()")
            browser.press("1")
            assert decided(browser) == {"title": "ours"}
            browser.press("u", "j")
            assert browser.run("document.activeElement.id") == "conflict-record.issuer"
            browser.press("j", "s")
            assert decided(browser) == {"4.delete": "suggested"}
            browser.run("document.querySelector('[data-keys-on]').click()")
            browser.run("document.getElementById('conflict-title').focus()")
            browser.press("2")
            assert "title" not in decided(browser)
            browser.run("document.querySelector('[data-act=clear]').click()")

    def test_it_is_downloaded(self, browser: Browser) -> None:
        with page(browser, views.page(triple())):
            browser.run(f"({RADIO})('14.deadlines', 'ours')")
            browser.run(
                "HTMLAnchorElement.prototype.click = function () { window.told = this.download; "
                "window.text = fetch ? this.href : ''; }"
            )
            browser.run("document.querySelector('[data-act=download]').click()")
            assert browser.run("told") == "裁定.json"
            assert str(browser.run("text")).startswith("blob:")
            browser.run("document.querySelector('[data-act=clear]').click()")

    @pytest.mark.parametrize("width", (420, 800, 1300))
    def test_nothing_is_wider_than_the_page(self, browser: Browser, width: int) -> None:
        browser.resize(width)
        for merge in (triple(), every(), many(), evil()):
            with page(browser, views.page(merge)):
                assert browser.run(WIDE) <= 0
        browser.resize(1300)

    def test_without_a_script_everything_can_be_read(self, browser: Browser) -> None:
        browser.scripts(on=False)
        try:
            with page(browser, views.page(triple())):
                visible = str(browser.run("document.body.innerText"))
        finally:
            browser.scripts(on=True)

        for words_ in ("2025年12月", "半年至少组织", "夜跑步道", "14.deadlines", "→ 23", "合并稿现为"):
            assert words_ in visible
        for words_ in ("暂不裁定", "下载", "自拟"):
            assert words_ not in visible
