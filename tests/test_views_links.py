"""Alignments and questions as HTML, Markdown and text: all that is there, nothing of it taken for markup."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Assignment, Link, Plan, Question, Task, views
from gongkai.comparing import Evidence, EvidenceKind
from gongkai.views._question import shared_runs
from gongkai.views._wrap import cells
from tests.helpers_views import EVIL

TEXTS = st.text("公开预算决，。、 a１(", max_size=20)


@pytest.fixture
def alignment() -> gongkai.Alignment:
    old = Plan("旧要点", [Task("公开财政预决算。", label="1."), Task("公布空气质量。", label="2.")])
    new = Plan("新要点", [Task("公开财政预决算，接受监督。", label="1."), Task("编制目录。", label="2.")])
    return gongkai.align(old, new, known=[("1", "1", "partial")])


@pytest.fixture
def question() -> Question:
    deadline = gongkai.parse_deadline("2024年10月", year=2024)
    assert deadline is not None
    old = Task(
        "推进紧密型医联体建设情况公开。",
        key="5",
        assignments=[Assignment.lead("区卫生健康委")],
        deadlines=[deadline],
    )
    new = Task("发布紧密型医联体运行情况。", key="一.2")
    evidence = (Evidence(EvidenceKind.WORDING, 0.13, "紧密型医联体"),)
    return Question(
        old, new, 0.43, evidence=evidence, old_headings=("保障民生", "（一）医疗"), new_headings=("服务",)
    )


class TestAlignment:
    def test_terminal(self, alignment: gongkai.Alignment) -> None:
        text = views.terminal(alignment, width=80, color=False)

        assert text.splitlines()[:3] == ["旧 旧要点", "新 新要点", "1 项对应 · 部分相同 1"]
        assert "部分相同  1.00    1 公开财政预决算。" in text
        assert "旧文件中没有对应的 1 项：2" in text
        assert "新文件中没有对应的 1 项：2" in text

    def test_terminal_in_english(self, alignment: gongkai.Alignment) -> None:
        text = views.terminal(alignment, width=80, color=False, language="en")

        assert "1 link · partial 1" in text
        assert "1 task of the old plan without a link: 2" in text

    @pytest.mark.parametrize("width", (20, 50, 64, 100))
    def test_no_line_is_wider_than_the_screen(self, alignment: gongkai.Alignment, width: int) -> None:
        text = views.terminal(alignment, width=width, color=False)

        assert max(map(cells, text.splitlines())) <= width

    def test_without_links(self) -> None:
        nothing = gongkai.align(Plan("甲"), Plan("乙"))

        assert views.terminal(nothing, width=80, color=False).splitlines() == ["旧 甲", "新 乙", "0 项对应"]
        assert "0" in views.html(nothing)

    def test_html_has_links_evidence_and_what_has_none(self, alignment: gongkai.Alignment) -> None:
        page = views.page(alignment)

        assert "旧要点 → 新要点" in page
        assert ">部分相同</span>" in page
        assert "已答1.00" in page
        assert "旧文件中没有对应的 1 项" in page
        assert "公布空气质量。" in page

    def test_limit(self) -> None:
        plan = Plan("要点", [Task(f"公开{name}目录。") for name in "甲乙丙丁"])
        short = views.html(gongkai.align(plan, plan), limit=1)

        assert short.count("公开甲目录。") == 2
        assert "公开乙目录。" not in short
        assert "另有 3 项" in short

    def test_markdown(self, alignment: gongkai.Alignment) -> None:
        assert views.markdown(alignment).splitlines()[2] == (
            "| 部分相同 | 1.00 | 1 公开财政预决算。 | 1 公开财政预决算，接受监督。 | 已答1.00 |"
        )

    def test_in_a_notebook(self, alignment: gongkai.Alignment) -> None:
        assert "旧要点 → 新要点" in str(alignment._repr_html_())


class TestQuestion:
    def test_side_by_side_with_what_they_share(self, question: Question) -> None:
        text = views.terminal(question, width=80, color=False)

        first = text.splitlines()[0]
        assert first.startswith("旧 5  保障民生 › （一）医疗")
        assert first.index("│") > 20
        assert "新 一.2  服务" in first
        assert "推进⟦紧密型医联体⟧建设情况公开。" in text  # 情况, two characters, is no phrase
        assert "2024年10月" in text
        assert "牵头：区卫生健康委" in text
        assert "匹配度 0.43  措辞0.13（紧密型医联体）" in text

    def test_one_below_the_other_on_a_narrow_screen(self, question: Question) -> None:
        lines = views.terminal(question, width=40, color=False).splitlines()

        assert "│" not in "".join(lines)
        assert "─" * 40 in lines

    def test_colours_mark_it_where_there_are_any(self, question: Question) -> None:
        text = views.terminal(question, width=80, color=True)

        assert "⟦" not in text
        assert "\x1b[1;36m紧密型医联体\x1b[0m" in text

    def test_html_and_markdown(self, question: Question) -> None:
        assert "推进<mark>紧密型医联体</mark>建设情况公开。" in views.html(question)
        assert "| 5 推进紧密型医联体建设情况公开。 |" in views.markdown(question)
        assert "紧密型" in str(question._repr_html_())

    @given(one=TEXTS, other=TEXTS)
    def test_runs_are_the_text(self, one: str, other: str) -> None:
        runs = shared_runs(one, other)

        assert "".join([run for run, _ in runs]) == one
        assert all(shared != also for (_, shared), (_, also) in pairwise(runs))

    def test_a_mark_between_two_shared_phrases_is_shared(self) -> None:
        assert shared_runs("公开预决算，并说明。", "并说明：公开预决算。") == [
            ("公开预决算，并说明", True),
            ("。", False),
        ]

    def test_full_width_and_half_width_are_alike(self) -> None:
        assert shared_runs("达到１００件", "超过100件")[1] == ("１００件", True)


def test_text_of_a_document_is_no_markup() -> None:
    old, new = Task(EVIL, key=EVIL), Task(f"公开{EVIL}", key="2")
    evidence = (Evidence(EvidenceKind.WORDING, 1.0, EVIL),)
    link = Link(old, new, "same", 0.5, evidence=evidence)
    question = Question(old, new, 0.5, evidence=evidence, old_headings=(EVIL,))
    alignment = gongkai.align(Plan(EVIL, [Task(EVIL)]), Plan(EVIL, [Task(f"公开{EVIL}")]))

    for thing in (link, question, alignment):
        assert "<script" not in views.html(thing)
        assert "&lt;b&gt;" in views.html(thing)
        assert "<script" not in views.markdown(thing)
    for shown in (question, alignment):
        assert "\x1b" not in views.terminal(shown, width=80, color=False)
        assert "\x00" not in views.terminal(shown, width=80, color=False)
