"""What a notebook and a page show: everything, escaped, below one class."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Assignment, Finding, Notice, Paragraph, Plan, Record, Section, Task, views
from gongkai.errors import InvalidValue
from gongkai.views._diff_text import marks
from gongkai.views._html import Html, join, tag
from gongkai.views._text import clean, cut, visible
from gongkai.views._words import LANGUAGES, words
from tests.helpers_views import EVIL, read, small

ELEMENTS = {
    *(
        "div",
        "style",
        "h3",
        "p",
        "span",
        "ul",
        "li",
        "b",
        "details",
        "summary",
        "table",
        "colgroup",
        "col",
        "thead",
    ),
    *("tbody", "tr", "th", "td", "dl", "dt", "dd", "time", "code", "ins", "del"),
}
PAGE = {
    *("html", "head", "meta", "title", "body", "main", "script", "h1", "a", "button", "input", "select"),
    *("option", "optgroup", "label", "output", "kbd", "mark", "caption", "q"),
}
ATTRIBUTES = {"class", "lang", "open", "scope", "colspan", "datetime", "title", "data-name"}


def evil() -> Plan:
    task = Task(
        EVIL,
        label=EVIL,
        assignments=[Assignment.lead(EVIL)],
        extras=[(EVIL, EVIL)],
        deadlines=[gongkai.Deadline.ongoing(EVIL)],
    )
    return Plan(
        EVIL,
        [Section(EVIL, [Paragraph(EVIL), task], label=EVIL)],
        record=Record(issuer=EVIL, others=[(EVIL, EVIL)]),
        notice=Notice(EVIL, body=[EVIL], signatory=EVIL),
        preamble=[EVIL],
        closing=[EVIL],
        findings=[Finding(EVIL, "error", EVIL, EVIL, key=EVIL)],
    )


def shown(html: str) -> str:
    """What a person reads, without white space."""
    return re.sub(r"\s+", "", read(html).text)


class TestEscaping:
    @pytest.mark.parametrize("draw", (views.html, views.page))
    def test_no_text_becomes_an_element(self, draw: object) -> None:
        assert callable(draw)
        for thing in (
            evil(),
            gongkai.diff(evil(), small()),
            gongkai.diff(evil(), attrs.evolve(evil(), title="x")),
        ):
            reader = read(draw(thing))

            assert reader.broken == []
            assert set(reader.tags) <= ELEMENTS | PAGE
            assert reader.tags.count("script") == (2 if draw is views.page else 0)
            assert not {name for name, _ in reader.attributes if name.startswith("on")}

    def test_fragments_use_few_attributes(self) -> None:
        reader = read(views.html(evil()))

        assert {name for name, _ in reader.attributes} <= ATTRIBUTES

    def test_control_characters_and_turned_text_are_made_visible(self) -> None:
        html = views.html(evil())

        assert not set(html) & {"\x1b", "\x00", "\u202e"}
        assert "␛[31m" in html

    @given(st.text())
    def test_any_text_is_shown_and_nothing_else(self, text: str) -> None:
        reader = read(views.html(Task(text), limit=None))

        assert reader.broken == []
        assert set(reader.tags) <= ELEMENTS
        assert "".join(clean(text).split()) in "".join(reader.text.split())

    @given(st.text(), st.text())
    def test_attributes_are_escaped(self, text: str, value: str) -> None:
        reader = read(tag("td", text, title=value))

        assert reader.tags == ["td"]
        assert reader.attributes == [("title", visible(value))]

    def test_html_is_not_escaped_twice(self) -> None:
        assert join([tag("b", "&"), "&"]) == "<b>&amp;</b>&amp;"
        assert type(join(["x"])) is Html


class TestPlan:
    def test_everything_is_shown(self) -> None:
        text = shown(views.html(small(), limit=None))

        for words_of_it in (
            *(
                "澄湖区2024年政务公开工作要点",
                "澄政务公开办发〔2024〕2号",
                "2024-05-22",
                "区政务公开办",
                "坚持问题导向。",
            ),
            *(
                "一、深化重点领域信息公开",
                "（一）服务民生保障",
                "公开老旧小区改造计划",
                "区住房城乡建设委",
                "各街道等",
                "2024年10月",
            ),
            *(
                "配合区审计局（分别）",
                "工作要求按季度",
                "2.1细化项目支出。",
                "现印发给你们。",
                "为做好全年工作",
                "各单位抓好落实。",
            ),
            *("括号不成对", "第2行", "1章", "2项任务"),
        ):
            assert words_of_it in text, words_of_it

    def test_labels_are_in_english_where_asked(self) -> None:
        html = views.html(small(), language="en")

        assert 'lang="en"' in html
        assert {"1chapter", "2tasks", "3withtheirparts", "1withadeadline", "1finding"} <= set(
            re.findall(r"\d[a-z]+", shown(html))
        )
        assert "工作任务" not in html

    def test_unknown_language_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"^views\.language: expected one of zh, en, got 'fr'"):
            views.html(small(), language="fr")  # type: ignore[arg-type]

    def test_records_of_no_plan_are_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"^task_records\.plan: expected a Plan, got 1 \(int\)"):
            views.task_records(1)  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match=r"^diff_record\.diff: expected a Diff, got 1 \(int\)"):
            views.diff_record(1)  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="got 'fr'"):
            views.diff_record(gongkai.diff(small(), small()), language="fr")

    def test_cells_carry_the_name_of_their_column_for_narrow_screens(self) -> None:
        named = {value for name, value in read(views.html(small())).attributes if name == "data-name"}

        assert named == {"牵头单位", "责任单位", "完成时限"}

    def test_a_document_that_is_no_plan_is_called_so(self) -> None:
        assert "看来不是工作要点" in views.html(gongkai.parse(""))

    def test_long_plans_are_cut_and_say_how_to_see_all(self) -> None:
        plan = Plan("要点", [Task(f"公开第{number}项。") for number in range(115)])

        cut_short, whole = views.html(plan), views.html(plan, limit=None)

        assert "… 另有 15 项" in cut_short
        assert "gongkai.views.view" in cut_short
        assert "公开第99项。" in cut_short
        assert "公开第100项。" not in cut_short
        assert "公开第114项。" in whole
        assert "另有" not in whole

    def test_headings_of_what_is_left_out_are_left_out(self) -> None:
        sections = [Section(f"第{number}节", [Task("甲。"), Task("乙。")]) for number in range(3)]
        html = views.html(Plan("要点", [Section("章", sections)]), limit=2)

        assert "第0节" in html
        assert "第1节" not in html

    def test_long_texts_fold_and_lose_nothing(self) -> None:
        text = "公开目录" * 500
        html = views.html(Task(text))

        assert "<details>" in html
        assert text in shown(html).replace("…", "")

    def test_lead_has_a_column_only_where_leads_are_usual(self) -> None:
        led = [Task("甲。", assignments=[Assignment.lead("区财政局")])]
        unled = [Task("乙。", assignments=[Assignment.responsible("区司法局")])] * 2

        assert "牵头单位" in views.html(led)
        assert "牵头单位" not in views.html(led + unled)
        assert "牵头区财政局" in shown(views.html(led + unled))

    def test_empty_things_are_shown(self) -> None:
        for thing in (Plan(""), Section(""), Task(""), Record(), Notice(""), Paragraph(""), ()):
            assert read(views.html(thing)).broken == []
        assert "没有任务" in views.html(())
        assert "（无标题）" in views.html(Plan(""))


class TestDiff:
    OLD = Plan(
        "2023年要点",
        [Task("公开财政预算。", label="1.", assignments=[Assignment.lead("区财政局")]), Task("更新清单。")],
    )

    def test_words_that_come_and_go_are_marked(self) -> None:
        new = self.OLD.with_changes("1", text="公开财政预决算。", assignments=[Assignment.lead("区审计局")])
        html = views.html(gongkai.diff(self.OLD, new))

        assert "<ins>决</ins>" in html
        assert "<del>区财政局</del>" in html
        assert "<ins>区审计局</ins>" in html
        assert "1 项未变" in html

    def test_the_width_of_a_sign_is_no_change(self) -> None:
        old, new = (
            Plan("要点", [Task(f"公开目录{sign}更新{word}清单。")])
            for sign, word in (("，", ""), (",", "权责"))
        )
        html = views.html(gongkai.diff(old, new))

        assert "<ins>权责</ins>" in html
        assert "<del>" not in html

    def test_mostly_new_texts_stand_one_after_the_other(self) -> None:
        new = self.OLD.with_changes("1", text="每月发布招聘活动预告和急需紧缺岗位。", label="1.")
        row = views.html(gongkai.diff(self.OLD, new))

        assert "<del>公开财政预算。</del><ins>每月发布" in row or "新增" in row

    def test_all_statuses_and_rows_are_shown(self) -> None:
        diff = gongkai.diff(self.OLD, small())
        text = shown(views.html(diff, limit=None))

        assert "更新清单。" in text
        for task in diff.new.all_tasks:
            assert task.text in re.sub(
                "<[^>]*>", "", re.sub("<del>.*?</del>", "", views.html(diff, limit=None))
            )
        for row in diff.rows:
            assert read(views.html(row)).broken == []
        for change in diff:
            assert clean(change.explain()).replace(" ", "") in shown(views.html(change))

    @given(
        st.text(alphabet="公开，,。更新：a1\x1b ", max_size=20),
        st.text(alphabet="公开，,。更新：a1\x1b ", max_size=20),
    )
    def test_marks_tell_both_texts(self, old: str, new: str) -> None:
        runs = marks(old, new)
        narrow = str.maketrans("，：", ",:")

        assert "".join([text for mark, text in runs if mark != "removed"]) == new
        kept = "".join([text for mark, text in runs if mark != "added"])
        assert kept.translate(narrow) == old.translate(narrow)

    def test_identical_plans_say_so(self) -> None:
        assert "没有差别" in views.html(gongkai.diff(small(), small()))

    def test_long_diffs_are_cut(self) -> None:
        new = Plan("要点", [Task(f"公开第{number}项。") for number in range(130)])

        assert "… 另有 30 项" in views.html(gongkai.diff(Plan("要点"), new))
        assert "另有" not in views.page(gongkai.diff(Plan("要点"), new))

    def test_a_notebook_is_not_flooded(self) -> None:
        bodies = [Assignment.lead("甲" * 3000, "区财政局")]
        tasks = [Task(f"公开第{number}项{'目录清单' * 500}。", assignments=bodies) for number in range(120)]
        new = [
            attrs.evolve(task, text=f"更新{task.text}") if place % 3 else task
            for place, task in enumerate(tasks)
        ]
        diff = gongkai.diff(Plan("要点", tasks), Plan("要点", new))
        html = views.html(diff)

        assert len(html.encode()) < 500_000
        assert "<ins>更新</ins>公开第1项" in html
        assert "… 另有 1 项" in html
        assert tasks[1].text in views.html(diff, limit=None)

    def test_links_are_shown(self) -> None:
        alignment = gongkai.align(small(), small())

        assert shown(views.html(alignment)).count("公开财政预决算。") == 2
        assert "1.00" in views.html(alignment.links[0])


class TestDisplay:
    def test_model_shows_itself_without_importing_views_first(self) -> None:
        code = "from gongkai.model import Task; import sys; assert 'gongkai.views' not in sys.modules; print(Task('甲')._repr_html_())"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")

        assert 'class="gongkai"' in done.stdout

    @pytest.mark.parametrize(
        "thing", (small(), small().tasks[0], small().sections[0], small().record, small().notice)
    )
    def test_model_asks_for_both_styles(self, thing: Plan) -> None:
        assert (thing._repr_html_() or "").startswith('<div class="gongkai"')
        assert thing._repr_markdown_()

    def test_a_view_has_its_own_settings(self) -> None:
        view = views.task_table(small(), language="en", limit=1)

        assert "… 1 more" in view._repr_html_()
        assert "| Number | Section | Task |" in view._repr_markdown_()
        assert "… 1 more" not in views.view(small(), language="en")._repr_html_()

    def test_tasks_of_anything_else_are_refused(self) -> None:
        with pytest.raises(TypeError, match="got int among them"):
            views.task_table([Task("甲"), 3])  # type: ignore[list-item]
        for draw in (views.html, views.markdown, views.terminal):
            with pytest.raises(TypeError, match="no view for int"):
                draw(3)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="no view for str"):
            views.html("要点")  # type: ignore[arg-type]


class TestPage:
    def test_is_a_whole_document(self) -> None:
        html = views.page(small())

        assert html.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
        assert '<meta charset="utf-8">' in html
        assert "<title>澄湖区2024年政务公开工作要点</title>" in html
        assert read(html).broken == []

    def test_title_is_escaped(self) -> None:
        assert "<title>&lt;b&gt;</title>" in views.page(small(), title="<b>")

    def test_everything_that_folds_is_open(self) -> None:
        reader = read(views.page(small()).partition('<details class="gk-part gk-keys')[0])

        assert reader.tags.count("details") == sum(name == "open" for name, _ in reader.attributes) > 3


def test_style_stays_below_its_class() -> None:
    css = re.sub(
        r"/\*.*?\*/",
        "",
        files("gongkai.views").joinpath("style.css").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", css) for part in rule.split(",")]

    assert len(selectors) > 50
    assert [
        item for item in selectors if not re.search(r"(^|\s)\.gongkai\b|^@media|^@supports|^#fff", item)
    ] == []


def test_every_class_of_the_views_is_styled() -> None:
    sheets = [files("gongkai.views").joinpath(name) for name in ("style.css", "page.css")]
    css = "".join([sheet.read_text(encoding="utf-8") for sheet in sheets])
    diff = gongkai.diff(Plan("要点", [Task("公开财政预算。"), Task("乙丙丁。")]), small())
    html = "".join(views.html(thing, limit=1) + views.page(thing) for thing in (small(), diff))
    used = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}

    script = files("gongkai.views").joinpath("page.js").read_text(encoding="utf-8")
    known = {*re.findall(r"\.([\w-]+)", css), *re.findall(r"gk-[\w-]+", script)}
    assert used - known <= {"gk-body", "gk-row", "gk-rows"} | {
        f"gk-{name}-row" for name in ("add", "drop", "edit", "move", "same")
    }


def test_words_are_there_in_every_language() -> None:
    tables = [
        words(language, package).table
        for package in ("gongkai.views", "gongkai.cli")
        for language in LANGUAGES
    ]

    assert all(text.strip() for table in tables for text in table.values())
    assert all(
        set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)) - {"s"}
        for zh, en in zip(tables[0].values(), tables[1].values(), strict=True)
    )


@given(st.text(), st.integers(min_value=0, max_value=20))
def test_cut_loses_nothing(text: str, length: int) -> None:
    first, rest = cut(text, length)

    assert first + rest == text
    assert len(first) <= length
