"""Text for a terminal and Markdown: columns that align, lines that break where Chinese lines may."""

from __future__ import annotations

import re
import sys
import unicodedata

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

import gongkai
from gongkai import (
    Assignment,
    Deadline,
    Finding,
    Plan,
    Section,
    Source,
    Span,
    Task,
    views,
)
from gongkai.errors import InvalidValue
from gongkai.model import Place
from gongkai.views import _words
from gongkai.views._finding_rows import finding_place, finding_places
from gongkai.views._markdown import escape, paragraph
from gongkai.views._wrap import cells, flow, pad, plain, side_by_side, wrap
from tests.helpers_views import EVIL, small

#: What the small plan looks like on a screen of 80 cells.
GOLDEN = """\
澄湖区2024年政务公开工作要点
澄政务公开办发〔2024〕2号 · 2024-05-22 · 区政务公开办
1 章 · 2 项任务（含分项 3 项） · 5 个单位 · 1 项有时限 · 1 处问题

序言
为做好全年工作，制定本要点。

编号   工作任务                牵头单位          责任单位             完成时限
────────────────────────────────────────────────────────────────────────────────
一、深化重点领域信息公开
坚持问题导向。

  （一）服务民生保障
1.     公开老旧小区改造计划和  区住房城乡建设委  各街道等             2024年10月
       加装电梯点位，按工程节
       点更新进度。
2.     公开财政预决算。        区财政局          配合：区审计局（分
       工作要求：按季度                          别）
  2.1  细化项目支出。                            各部门

结尾
各单位抓好落实。
"""


class TestTerminal:
    def test_golden_table(self) -> None:
        assert views.terminal(small(), width=80, color=False) == GOLDEN

    def test_columns_start_at_the_same_cell(self) -> None:
        lines = views.terminal(small(), width=80, color=False).splitlines()
        starts = {
            cell_len(line[: line.index(word)])
            for word in ("责任单位", "各街道等", "配合：区审计局", "各部门")
            for line in lines
            if word in line
        }

        assert len(starts) == 1

    @pytest.mark.parametrize("width", (20, 40, 64, 80, 120, 200))
    @pytest.mark.parametrize("language", ("zh", "en"))
    def test_no_line_is_too_wide(self, width: int, language: views.Language) -> None:
        diff = gongkai.diff(Plan("2023年要点", [Task("公开财政预算。" * 9), Task("更新清单。")]), small())
        for thing in (small(), small().tasks, small().sections[0], small().tasks[0], diff):
            for everything in (False, True):
                text = views.terminal(
                    thing, width=width, color=False, language=language, everything=everything
                )
                assert max(cell_len(line) for line in text.splitlines()) <= width

    def test_narrow_screens_lose_nothing(self) -> None:
        text = re.sub(r"\s+", "", views.terminal(small(), width=40, color=False))

        for words in (
            "按工程节点更新进度。",
            "区住房城乡建设委",
            "各街道等",
            "2024年10月",
            "配合：区审计局（分别）",
        ):
            assert words in text

    def test_colours_are_asked_for_or_told_by_the_screen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "\x1b[" in views.terminal(small(), color=True)
        assert "\x1b[" not in views.terminal(small(), color=False)
        assert "\x1b[" not in views.terminal(small())
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert "\x1b[" in views.terminal(small())
        monkeypatch.setenv("TERM", "dumb")
        assert "\x1b[" not in views.terminal(small())
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in views.terminal(small())

    def test_colour_changes_no_character(self) -> None:
        colored = views.terminal(small(), width=80, color=True)

        assert re.sub(r"\x1b\[[\d;]*m", "", colored) == GOLDEN

    def test_a_document_cannot_steer_the_terminal(self) -> None:
        for color in (False, True):
            text = views.terminal([Task(EVIL, label=EVIL, assignments=[Assignment.lead(EVIL)])], color=color)

            assert "\x1b[31m" not in text.replace("\x1b[90m", "")
            assert not set(text) & {"\x00", "\u202e"}
            assert "[x](y)" in re.sub(r"\s+", "", text)

    def test_diff_marks_words_with_signs_or_colours(self) -> None:
        old = Plan(
            "要点", [Task("公开财政预算。", label="1.", deadlines=[Deadline.by_month(2024, 6)])], year=2024
        )
        new = old.with_changes("1", text="公开财政预决算。", deadlines=[Deadline.by_month(2024, 10)])
        diff = gongkai.diff(old, new)

        text = views.terminal(diff, width=100, color=False)
        colored = views.terminal(diff, width=100, color=True)

        assert "公开财政预{+决+}算。" in text
        assert "[-2024年6月-]" in text
        assert "{+2024年10月+}" in text
        assert "{+" not in colored
        assert "修改 1" in text
        assert "没有差别" in views.terminal(gongkai.diff(old, old), color=False)

    @given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Mc"))))
    def test_widths_are_those_of_terminals(self, text: str) -> None:
        known = [sign for sign in text if unicodedata.east_asian_width(sign) != "N" or sign.isascii()]

        assert cells("".join(known)) == sum(map(cell_len, known))

    def test_plain_and_coloured_text_need_no_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("rich", "rich.cells", "rich.console", "rich.text"):
            monkeypatch.setitem(sys.modules, name, None)

        assert views.terminal(small(), width=80, color=False) == GOLDEN
        assert "\x1b[" in views.terminal(small(), width=80, color=True)

    @pytest.mark.parametrize("width", (0, -5))
    def test_a_width_that_is_none_is_refused(self, width: int) -> None:
        with pytest.raises(
            InvalidValue, match=r"^terminal\.width: expected a number of cells, at least 1, got"
        ):
            views.terminal(small(), width=width)

    def test_the_name_of_a_column_stands_once_in_a_narrow_row(self) -> None:
        leads = [
            Assignment.lead("区财政局"),
            Assignment.cooperate("区审计局"),
            Assignment.cooperate("区司法局"),
        ]
        lines = views.terminal([Task("公开。", assignments=leads)], width=40, color=False)

        assert lines.count("责任单位") == 1

    def test_counts_break_between_items_only(self) -> None:
        counts = ["1 章", "2 项任务（含分项 3 项）", "5 个单位", "1 项有时限", "1 处问题"]
        for width in range(24, 60):
            lines = [plain(line) for line in flow([[(count, "")] for count in counts], width)]

            assert [count for line in lines for count in line.split(" · ")] == counts
            assert all(cell_len(line) <= width for line in lines)
            assert all(line in views.terminal(small(), width=width, color=False) for line in lines)

    def test_long_preambles_are_cut(self) -> None:
        plan = Plan("要点", [Task("公开。")], preamble=["为做好工作" * 40, "二", "三", "四", "五"])
        text = views.terminal(plan, width=100, color=False)

        assert "…" in text
        assert "… 另有 2 段" in text

    def test_durations_are_no_deadlines_that_are_counted(self) -> None:
        within = Deadline.lasting(20, "workday", "收到申请之日起20个工作日内")
        plan = Plan(
            "要点", [Task("甲。", deadlines=[within]), Task("乙。", deadlines=[Deadline.ongoing("持续推进")])]
        )

        assert "1 项有时限" in views.terminal(plan, color=False)
        assert "20个工作日内" in re.sub(r"\s", "", views.terminal(plan, color=False))

    def test_a_list_of_tasks_names_their_sections_and_keys(self) -> None:
        plan = Plan(
            "要点", [Section("服务民生保障", [Task("公开。"), Task("更新。", label="2.")], label="（一）")]
        )
        listed = views.task_table(plan).thing

        for text in (views.terminal(listed, color=False), views.markdown(listed), views.html(listed)):
            assert re.sub(r"\s", "", text).count("（一）服务民生") == 2
            assert "(一).#1" in text
            assert "所在章节" in text

    def test_changes_outside_the_tasks_are_told(self) -> None:
        old, new = Plan("要点", [Task("公开。")], year=2023), Plan("要点", [Task("公开。")], year=2024)
        text = views.terminal(gongkai.diff(old, new), width=90, color=False)

        assert "其他变化\n- 年度由“2023”改为“2024”。\n" in text

    def test_a_move_within_a_section_is_no_move_from_it(self) -> None:
        tasks = [Task("公开财政预决算。"), Task("更新权责清单。"), Task("发布招生信息。")]
        old, new = (Plan("要点", [Section("一、深化公开", side)]) for side in (tasks, [tasks[2], *tasks[:2]]))
        diff = gongkai.diff(old, new)

        for text in (views.terminal(diff, color=False), views.markdown(diff), views.html(diff)):
            assert "在本节内调整次序" in text
            assert "移自" not in text

    def test_other_columns_of_a_task_table_are_told(self) -> None:
        tasks = [
            Task("公开财政预决算。", extras=[("备注", note), ("渠道", "网站")])
            for note in ("按季度", "按月|*")
        ]
        diff = gongkai.diff(Plan("要点", tasks[:1]), Plan("要点", tasks[1:]))

        assert "（备注：按季度 → 按月|*）" in views.terminal(diff)
        assert "备注：按季度 → 按月|*" in views.html(diff)
        assert r"（备注：按季度 → 按月\|\*）" in views.markdown(diff)
        assert "渠道" not in views.terminal(diff)

    def test_everything_is_told_where_asked(self) -> None:
        tasks = [Task("公开财政预决算。", label="1."), Task("更新权责清单。", label="2.")]
        new = [tasks[0], Task("发布招生信息。", label="2."), Task("更新权责清单。", label="3.")]
        diff = gongkai.diff(Plan("要点", tasks), Plan("要点", new))

        for draw in (views.terminal, views.markdown):
            short, whole = draw(diff), draw(diff, everything=True)
            assert "公开财政预决算。" not in short
            assert "公开财政预决算。" in whole
            assert "重新编号：2. → 3." not in short
            assert "重新编号：2. → 3." in whole

    def test_a_part_of_a_diff_says_that_it_is_one(self) -> None:
        diff = gongkai.diff(
            Plan("要点", [Task("公开。")]), Plan("要点", [Task("公开。"), Task("更新清单。")])
        )

        for draw in (views.terminal, views.markdown, views.html, views.page):
            assert "只显示符合条件的部分" not in draw(diff)
            assert "只显示符合条件的部分" in draw(diff.where(kinds="added"))
            assert "没有符合条件的差别" in draw(diff.where(kinds="removed"))

    def test_rows_and_changes_are_counted_apart(self) -> None:
        tasks = [Task("公开财政预决算。"), Task("更新权责清单。"), Task("发布招生信息。")]
        diff = gongkai.diff(Plan("要点", tasks), Plan("要点", [tasks[2], *tasks[:2]]))

        for text in (views.terminal(diff, color=False), views.markdown(diff)):
            assert "对照 3 行：未变 2 · 仅移动 1\n" in text
            assert "行内变化 1 处：移动 1\n" in text


class TestMergedRows:
    OLD = (
        Task("公布入湖河道的水质监测数据和排口整治进度。", assignments=[Assignment.responsible("区发改委")]),
        Task(
            "逐日发布空气质量数据，公开扬尘治理成效。", assignments=[Assignment.responsible("区发展改革委")]
        ),
    )

    def merged(self, *assignments: Assignment) -> str:
        new = Task("".join(task.text for task in self.OLD), assignments=assignments)
        diff = gongkai.diff(Plan("要点", self.OLD), Plan("要点", [new]))
        assert [row.status.value for row in diff.rows] == ["merged"]
        return views.terminal(diff, width=120, color=False)

    def test_a_department_that_both_name_is_kept(self) -> None:
        text = self.merged(Assignment.responsible("区发展改革委"))

        assert "[-区发改委-]" not in text
        assert "区发展改革委" in text

    def test_a_department_that_went_altogether_is_marked(self) -> None:
        assert "[-区发改委-]" in self.merged(Assignment.responsible("区教委"))


class TestWrap:
    @given(
        st.text(alphabet="公开财政，。（）“”a1 b。、", max_size=60), st.integers(min_value=2, max_value=30)
    )
    def test_lines_fit_and_lose_only_spaces(self, text: str, width: int) -> None:
        lines = [plain(line) for line in wrap([(text, "")], width)]

        assert all(cell_len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    @given(st.text(alphabet="公开财政更新清单，。；", max_size=60), st.integers(min_value=12, max_value=30))
    def test_no_line_begins_with_a_closing_sign(self, text: str, width: int) -> None:
        text = re.sub("[，。；]+", "，", text)  # several in a row leave no other place to break
        lines = [plain(line) for line in wrap([(text, "")], width)]

        assert not any(line.startswith(("，", "。", "；")) for line in lines[1:])

    def test_numbers_and_words_stay_whole(self) -> None:
        lines = [plain(line) for line in wrap([("每年公开12345件gongkai清单", "")], 12)]

        assert lines == ["每年公开", "12345件", "gongkai清单"]

    def test_names_in_a_list_stay_whole(self) -> None:
        lines = [plain(line) for line in wrap([("区城市管理委、区城管执法局", "")], 20, after="、")]

        assert lines == ["区城市管理委、", "区城管执法局"]

    @given(st.lists(st.text(alphabet="公开财政", min_size=1, max_size=9), max_size=6), st.integers(20, 40))
    @example(["公"] * 4, 20)
    def test_signs_stay_with_what_they_mark(self, texts: list[str], width: int) -> None:
        runs = [run for text in texts for run in (("[-", "open"), (text, "drop"), ("-]", "close"))]
        lines = [plain(line) for line in wrap(runs, width)]

        assert not any(line.endswith("[-") or line.startswith("-]") for line in lines)

    def test_styles_follow_their_characters(self) -> None:
        assert wrap([("公开", ""), ("财政", "add")], 6) == [[("公开", ""), ("财", "add")], [("政", "add")]]

    def test_cells_stand_side_by_side(self) -> None:
        columns = [[[("公", "")]], [[("a", "")], [("b", "")]]]

        assert [plain(line) for line in side_by_side(columns, (4, 4))] == ["公    a", "      b"]
        assert plain(pad([("公开", "")], 6)) == "公开  "


class TestMarkdown:
    @given(
        st.text(alphabet="公|a\\\n<b>`*_~[]()!#&;", max_size=16),
        st.text(alphabet="公|a\\\n<b>`*_~[]()!#&;", max_size=16),
    )
    def test_a_table_of_a_diff_keeps_its_columns_whatever_the_text(self, one: str, other: str) -> None:
        plans = [
            Plan(text, [Section(text, [Task(f"公开{text}", label=text or None, extras=[("甲", text)])])])
            for text in (one, other)
        ]
        text = views.markdown(gongkai.diff(*plans), everything=True)
        lines = [line for line in text.splitlines() if line.startswith("|")]

        assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} <= {6}
        assert not re.search(r"<(?!/?(?:ins|del|sub|br)>)", text)

    def test_plan(self) -> None:
        text = views.markdown(small())

        assert text.startswith(
            "# 澄湖区2024年政务公开工作要点\n\n澄政务公开办发〔2024〕2号 · 2024-05-22 · 区政务公开办\n"
        )
        assert "\n## 一、深化重点领域信息公开\n" in text
        assert "\n### （一）服务民生保障\n" in text
        assert (
            "| 1. | 公开老旧小区改造计划和加装电梯点位，按工程节点更新进度。 | 区住房城乡建设委 | 各街道等 | 2024年10月 |\n"
            in text
        )
        assert (
            "| 2. | 公开财政预决算。<br>工作要求：按季度 | 区财政局 | 配合：区审计局（分别） |  |\n" in text
        )
        assert "- `R203` 括号不成对\n" in text

    @given(st.text())
    def test_a_table_keeps_its_cells(self, text: str) -> None:
        lines = views.markdown([Task(text, label="1."), Task("乙", label="2.")]).splitlines()

        assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines] == [3, 3, 3, 3]

    def test_nothing_becomes_a_mark_or_an_element(self) -> None:
        assert escape(EVIL).count("\\") == 7
        assert "<" not in escape(EVIL)
        for start in ("# 标题", "- 项", "1. 项", "12) 项", "> 引", "+ 项", "=== ", "---"):
            assert paragraph(start) != start.strip()
            assert paragraph(start).replace("\\", "").replace("&gt;", ">") == start.strip()

    def test_diff(self) -> None:
        old = Plan(
            "要点",
            [Section("公开", [Task("公开财政预算。", label="1."), Task("乙", label="2.")], label="一、")],
        )
        new = old.with_changes("1", text="公开财政|预决算。")
        text = views.markdown(gongkai.diff(old, new))

        assert "## 一、公开\n" in text
        assert "| 修改 | 1 | 公开财政<ins>\\|</ins>预<ins>决</ins>算。 |  |  |" in text
        assert "| 未变 | 2 | 1 项未变 |  |  |" in text
        assert "没有差别" in views.markdown(gongkai.diff(old, old))

    def test_hints_of_findings_are_told(self) -> None:
        finding = gongkai.Finding("R1", "info", "小", "small", hint="look here")

        assert "- `R1` small (look here)" in views.markdown(Plan("要点", findings=[finding]), language="en")

    def test_parts_of_a_diff(self) -> None:
        diff = gongkai.diff(small(), small().without("2"))

        assert all(views.markdown(row) for row in diff.rows)
        assert all(views.markdown(change).strip() for change in diff)
        assert "公开财政预决算。" in views.markdown(gongkai.align(small(), small()))


class TestRecords:
    def test_tasks_and_parts(self) -> None:
        first, second, part = views.task_records(small())

        assert first == {
            "key": "1",
            "label": "1.",
            "path": ["一、深化重点领域信息公开", "（一）服务民生保障"],
            "section": "一、深化重点领域信息公开 › （一）服务民生保障",
            "part_of": None,
            "text": "公开老旧小区改造计划和加装电梯点位，按工程节点更新进度。",
            "lead": ["区住房城乡建设委"],
            "responsible": ["各街道"],
            "cooperate": [],
            "support": [],
            "guide": [],
            "open": True,
            "severally": False,
            "deadlines": [
                {
                    "text": "2024年10月",
                    "kind": "month",
                    "due": "2024-10-31",
                    "start": None,
                    "rule": None,
                    "amount": None,
                    "unit": None,
                    "bound": None,
                    "event": None,
                }
            ],
            "due": "2024-10-31",
            "extras": {},
        }
        assert (second["cooperate"], second["severally"], second["extras"]) == (
            ["区审计局"],
            True,
            {"工作要求": "按季度"},
        )
        assert (part["key"], part["part_of"], part["path"]) == ("2.1", "2", first["path"])

    def test_diff(self) -> None:
        diff = gongkai.diff(small(), small().with_changes("1", text="公开老旧小区改造计划。"))
        record = views.diff_record(diff, language="en")

        assert record["summary"]["rows"] == diff.summary()
        assert sum(record["summary"]["changes"].values()) == sum(len(row.changes) for row in diff.tasks) == 1
        assert [len(record["rows"]), sum(len(row["changes"]) for row in record["rows"])] == [
            len(diff.rows),
            len(diff),
        ]
        changed = next(row for row in record["rows"] if row["changes"])
        assert (changed["status"], changed["old"][0]["key"], changed["new"][0]["text"]) == (
            "changed",
            "1",
            "公开老旧小区改造计划。",
        )
        assert changed["changes"][0]["explanation"] == diff.changes[0].explain("en")


@pytest.mark.parametrize(
    ("places", "place"),
    (
        ([Place(0, "sheet", "分工"), Place(2, "cell", "B7")], "分工 B7"),
        ([Place(0, "sheet", "分工")], "分工"),
        ([Place(0, "page", "3"), Place(0, "table", "1"), Place(1, "cell", "A1")], "page 3"),
        ([Place(0, "paragraph", "9")], "line 2"),
        ([], "line 2"),
    ),
)
def test_a_finding_is_where_a_person_finds_it_in_the_file(places: list[Place], place: str) -> None:
    source = Source("公开\n3.目录", places=places)
    finding = Finding("R201", "warning", "编号不连续", "the numbering skips", span=Span(3, 5))

    assert finding_place(finding, source, _words.words("en")) == place


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    (
        (100, 99, "第 2 行", "line 2"),
        (100, 100, "第 2 行第 101 字", "line 2, character 101"),
        (300, 0, "第 2 行第 301 字", "line 2, character 301"),
    ),
)
@pytest.mark.parametrize("end", ("", "\n三、要求\n"))
def test_on_a_long_line_a_finding_has_its_column(before: int, after: int, zh: str, en: str, end: str) -> None:
    source = Source("要点\n" + "公" * before + "（" + "开" * after + end)
    start = 3 + before
    finding = Finding(
        "R203", "warning", "括号不成对", "unpaired", span=Span(start, start + 1), key="一.(二).#3"
    )

    for language, told in (("zh", [zh, "编号 一.(二).#3"]), ("en", [en, "key 一.(二).#3"])):
        assert finding_places(finding, source, _words.words(language)) == told


def test_every_form_says_place_and_key_of_a_finding() -> None:
    source = Source("要点" * 150)
    found = [Finding("R203", "warning", "括号不成对", "unpaired", span=Span(250, 251), key="37.2")]
    checked = views.Checked("a.txt", gongkai.Plan("要点", source=source), found)

    assert "第 1 行第 251 字<br>编号 37.2 |" in str(views.markdown(checked))
    assert re.search(r"第 1 行第 251 字<span [^>]*>编号 37\.2</span>", views.html(checked))
    screen = views.terminal(checked, width=120)
    assert re.search(r"第 1 行第 251 字 .*\n +编号 37\.2 ", screen)


def test_a_finding_without_a_place_has_its_key() -> None:
    finding = Finding("C101", "warning", "没有责任单位", "nobody answers for it", key="12")

    assert finding_places(finding, None, _words.words("zh")) == ["编号 12"]
    assert finding_places(attrs.evolve(finding, key=None), None, _words.words("zh")) == [""]
