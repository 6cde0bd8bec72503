"""A merge as pictures: HTML, terminal, Markdown, records, CSV. Its page in a browser: test_views_merge_page."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import gongkai
from gongkai import InvalidValue, Merge, Plan, Section, Task, views
from gongkai.exchange import merge_csv
from gongkai.merging import Action, ConflictKind, RemarkKind
from gongkai.views._merge_rows import counts, merge_lines
from gongkai.views._merge_voices import contesting, who_word
from gongkai.views._text import clean
from gongkai.views._words import words
from tests.helpers_merges import clear, every, evil, many, triple, untouched
from tests.helpers_merging import apart, clash
from tests.helpers_views import read

LANGUAGES = ("zh", "en")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestLines:
    """What is shown, whatever it is drawn with."""

    def test_each_decision_is_told_once(self) -> None:
        for merge in (triple(), clear(), every(), many(), evil()):
            told = [
                facet.decision for line in merge_lines(merge, words("zh")).blocks for facet in line.facets
            ]
            settled = [one for one in merge.decisions if one.action is not Action.OPEN]

            assert sorted(map(repr, told)) == sorted(map(repr, settled))

    @settings(max_examples=25)
    @given(st.integers(0, 100_000), st.booleans(), st.sampled_from(("ours", "theirs", "base", "")))
    def test_each_decision_of_any_merge_is_told_once(self, seed: int, meet: bool, choice: str) -> None:
        case = clash(seed) if meet else apart(seed)
        merge = gongkai.merge(case.base, case.ours, case.theirs)
        if choice:
            merge = merge.resolve({conflict.id: choice for conflict in merge.conflicts})
        lines = merge_lines(merge, words("zh"))
        told = [facet.decision for line in lines.blocks for facet in line.facets]

        settled = [one for one in merge.decisions if one.action is not Action.OPEN]
        assert sorted(map(repr, told)) == sorted(map(repr, settled))
        assert all(facet.paragraphs for line in lines.blocks for facet in line.facets)
        assert all(column.paragraphs for line in lines.conflicts for column in (line.base, *line.voices))
        assert read(views.page(merge)).broken == []
        assert max(map(cell_len, views.terminal(merge, width=60, color=False).splitlines())) <= 60

    def test_each_conflict_has_all_its_voices(self) -> None:
        for merge in (triple(), every(), many(), evil()):
            lines = merge_lines(merge, words("zh")).conflicts

            assert [line.conflict for line in lines] == list(merge.conflicts)
            for line in lines:
                told = "".join([name for column in line.voices for name in column.by]) + line.beside
                assert all(who_word(name, words("zh")) in told for name in line.conflict.by)
                assert len(line.voices) == len({column.paragraphs for column in line.voices})

    def test_who_changed_only_the_rest_has_no_say(self) -> None:
        (line,) = [one for one in merge_lines(many(), words("zh")).conflicts if one.conflict.id == "22.text"]

        assert line.beside == "同一处另有修改已采纳：区税务局"
        assert "区税务局" not in {name for column in line.voices for name in column.by}

    def test_each_comment_is_told_once(self) -> None:
        lines = merge_lines(many(), words("zh"))
        held = [line for conflict in lines.conflicts for line in conflict.remarks]
        held += [line for block in lines.blocks for line in block.remarks]
        told = [line.remark for line in (*held, *lines.remarks)]

        assert Counter(map(repr, told)) == Counter(map(repr, many().remarks))
        assert {line.remark.key for line in held} == {"14", "22"}
        assert {line.remark.kind for line in lines.remarks} == {
            RemarkKind.UNPLACED,
            RemarkKind.AGREED,
            RemarkKind.DECLINED,
        }

    def test_choices_are_what_resolve_takes(self) -> None:
        for merge in (triple(), every(), many(), evil()):
            for line in merge_lines(merge, words("zh")).conflicts:
                columns = (line.base, *line.voices, line.suggestion)
                for choice in [column.choice for column in columns if column is not None]:
                    resolved = merge.resolve({line.conflict.id: choice})
                    assert line.conflict.id not in {one.id for one in resolved.conflicts}

    def test_sides_without_marks_are_the_values(self) -> None:
        for merge in (triple(), every(), many()):
            for line in merge_lines(merge, words("zh")).conflicts:
                if line.conflict.kind is not ConflictKind.TEXT:
                    continue
                for column, voice in zip(line.voices, contesting(line.conflict), strict=True):
                    runs = [run for paragraph in column.paragraphs for run in paragraph]
                    new = "".join([text for mark, text in runs if mark not in {"removed", "end"}])
                    old = "".join([text for mark, text in runs if mark not in {"added", "end"}])
                    assert (old, new) == (line.conflict.base, voice.value)

    def test_the_contested_words_are_marked_in_what_the_plan_has(self) -> None:
        (line,) = [one for one in merge_lines(many(), words("zh")).conflicts if one.conflict.id == "22.text"]
        (runs,) = line.now

        assert [text for mark, text in runs if mark == "contested"] == ["年"]
        assert "".join([text for mark, text in runs if mark != "removed"]) in [
            task.text for task in many().plan.all_tasks
        ]

    def test_counts_are_those_of_the_merge(self) -> None:
        for merge in (triple(), clear(), every(), many(), untouched()):
            found = {name: number for name, _, number in counts(merge, words("zh"))}
            summary = merge.summary()

            assert found.pop("open") == len(merge.conflicts)
            assert sum(found.values()) == len(merge.decisions) - summary["open"]

    def test_blocks_stand_in_the_order_of_the_merged_plan(self) -> None:
        lines = merge_lines(triple(), words("zh"))
        keys = [line.where.key for line in lines.blocks if line.where.key is not None]

        order = [task.key for task in triple().plan.all_tasks]
        assert keys == sorted(keys, key=order.index)

    def test_what_is_split_and_joined_says_from_where(self) -> None:
        whole = "公开财政预算和部门决算，说明专项资金。按季度公布绩效评价结果和整改情况。"
        one, two = "公开财政预算和部门决算，说明专项资金。", "按季度公布绩效评价结果和整改情况。"
        long = Plan("要点", [Task(whole, label="1."), Task("培训工作人员，编印案例。", label="2.")])
        short = Plan(
            "要点",
            [Task(one, label="1."), Task(two, label="2."), Task("培训工作人员，编印案例。", label="3.")],
        )

        split = views.terminal(gongkai.merge(long, short, long), width=200, color=False)
        joined = views.terminal(gongkai.merge(short, long, short), width=200, color=False)
        assert "（拆自 1）" in split
        assert "（并入 1）" in joined


class TestHtml:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_text_becomes_an_element(self, language: views.Language) -> None:
        merge = evil()
        for thing in (merge, merge.conflicts[0], merge.decisions[0], merge.resolve({"title": "base"})):
            for html in (views.html(thing, language=language), views.page(thing, language=language)):
                reader = read(html)
                assert reader.broken == []
                assert not {name for name, _ in reader.attributes if name.startswith("on") or name == "style"}
                assert reader.tags.count("script") == (2 if "<!DOCTYPE" in html else 0)
                assert "\x1b" not in html
                assert "\u202e" not in html

    @settings(max_examples=20)
    @given(st.lists(st.text(alphabet="公开a<&\"'|、。1 \u202e\x00⟦", min_size=1, max_size=12), min_size=3))
    def test_no_text_is_lost(self, found: list[str]) -> None:
        base, ours, theirs = (
            Plan(text, [Section(text, [Task(f"公开预决算。{text}", label="1.")])]) for text in found[:3]
        )
        merge = gongkai.merge(base, ours, theirs)
        page = squeezed(read(views.page(merge)).text)

        for conflict in merge.conflicts:
            for column in merge_lines(merge, words("zh")).conflicts[0].voices:
                assert all(squeezed(clean(name)) in page for name in column.by)
            assert squeezed(clean(conflict.label())) in page
        for task in merge.plan.all_tasks:
            if merge.decisions and any(one.where.key == task.key for one in merge.decisions):
                assert squeezed(clean(task.text))[:6] in page

    def test_the_notebook_is_cut_and_says_so(self) -> None:
        html = views.html(triple(), limit=1, language="en")

        assert html.count('class="gk-conflict"') == 1
        assert "1 more" in read(html).text

    def test_it_shows_itself_in_a_notebook(self) -> None:
        assert "gk-conflict" in str(triple()._repr_html_())
        assert str(triple()._repr_markdown_()).startswith("# 合并结果")
        assert "完成时限" in str(triple().conflicts[0]._repr_html_())
        assert "新增任务" in str(triple().decisions[0]._repr_markdown_())

    def test_no_conflict_is_said(self) -> None:
        for merge, told in ((clear(), "没有冲突，各方修改都已处理"), (untouched(), "各份修改稿与原稿相同")):
            assert told in read(views.html(merge)).text
            assert told in read(views.page(merge)).text
            assert told in views.terminal(merge)
            assert told in views.markdown(merge)


SMALL = """\
合并结果 要点
冲突 1 · 取自我方 1 · 取自对方 1 · 一并采纳 1

冲突 1/1 1.deadlines 完成时限：1 公开财政预算和决算，说明专项资金。
  一、推进公开
  原稿                     │ 我方                     │ 对方
  2025年10月               │ [-2025年10月-]           │ [-2025年10月-]
                           │ {+2025年9月+}            │ {+2025年11月+}
  合并稿现为：原稿内容

处理      编号  修改
────────────────────────────────────────────────────────────────────────────────
一、推进公开
一并采纳  2     改写：{+逐日+}发布空气质量数据，公开扬尘治理[-成效-]{+进度+}。
                （我方、对方，各方修改互不抵触）
                - 我方：{+逐日+}发布空气质量数据，公开扬尘治理成效。
                - 对方：发布空气质量数据，公开扬尘治理[-成效-]{+进度+}。
取自我方  3     新增：{+编印政策问答，送到窗口。+}（我方）
取自对方  3     删除：[-培训工作人员。-]（对方，他方未改）
"""


def small() -> Merge:
    def plan(month: int, air: str, *more: Task) -> Plan:
        tasks = [
            Task(
                "公开财政预算和决算，说明专项资金。",
                label="1.",
                deadlines=[gongkai.Deadline.by_month(2025, month)],
            ),
            Task(air, label="2."),
            *more,
        ]
        return Plan("要点", [Section("推进公开", label="一、", content=tasks)], year=2025)

    train = Task("培训工作人员。", label="3.")
    base = plan(10, "发布空气质量数据，公开扬尘治理成效。", train)
    ours = plan(
        9, "逐日发布空气质量数据，公开扬尘治理成效。", train, Task("编印政策问答，送到窗口。", label="4.")
    )
    theirs = plan(11, "发布空气质量数据，公开扬尘治理进度。")
    return gongkai.merge(base, ours, theirs)


class TestText:
    def test_a_small_merge(self) -> None:
        assert views.terminal(small(), width=80, color=False) == SMALL

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("width", (40, 80, 120))
    def test_no_line_is_wider_than_the_terminal(self, width: int, language: views.Language) -> None:
        for merge in (triple(), every(), many(), clear()):
            lines = views.terminal(merge, width=width, color=False, language=language).splitlines()
            assert max(map(cell_len, lines)) <= width

    def test_colours_stand_for_signs(self) -> None:
        plain, coloured = (views.terminal(triple(), width=100, color=color) for color in (False, True))

        assert "{+半+}" in plain
        assert "{+" not in coloured
        assert "\x1b[4;32m半\x1b[0m" in coloured

    def test_hostile_text_steers_no_terminal(self) -> None:
        drawn = views.terminal(evil(), width=100, color=False)

        assert not set("\x1b\x00\u202e") & set(drawn)

    def test_markdown_has_a_table_for_each_conflict(self) -> None:
        text = views.markdown(every(), language="en")

        assert len(re.findall(r"^### \d+\. ", text, re.MULTILINE)) == len(every().conflicts)
        assert text.count("| the draft |") + text.count("| draft |") == len(every().conflicts)
        for line in views.markdown(evil()).splitlines():
            assert "<script" not in line

    def test_a_row_of_a_table_has_all_its_cells(self) -> None:
        for merge in (every(), many(), evil(), triple()):
            width = 0
            for line in views.markdown(merge).splitlines():
                cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
                assert not width or not cells or cells == width
                width = cells


class TestRecords:
    def test_a_record_is_plain_values(self) -> None:
        for merge in (triple(), every(), many(), evil(), clear()):
            record = views.merge_record(merge, language="en")

            assert json.loads(json.dumps(record)) == record
            assert [one["id"] for one in record["conflicts"]] == [one.id for one in merge.conflicts]
            assert len(record["decisions"]) == len(merge.decisions)
            assert record["summary"] == merge.summary()

    def test_choices_of_a_record_resolve(self) -> None:
        for merge in (triple(), many()):
            record = views.merge_record(merge)
            chosen = {one["id"]: one["voices"][-1]["choice"] for one in record["conflicts"]}

            assert merge.resolve(chosen).conflicts == ()

    def test_what_is_no_merge_is_refused(self) -> None:
        for make in (views.merge_record, merge_csv):
            with pytest.raises(InvalidValue, match="expected a Merge"):
                make(Plan("要点"))  # type: ignore[arg-type]
            with pytest.raises(InvalidValue, match="language"):
                make(triple(), language="fr")  # type: ignore[arg-type]

    def test_a_table_has_a_row_for_each(self) -> None:
        for merge in (triple(), every(), many(), evil()):
            rows = list(csv.reader(io.StringIO(merge_csv(merge, mark=False))))

            settled = [one for one in merge.decisions if one.action is not Action.OPEN]
            assert len(rows) == 1 + len(merge.conflicts) + len(settled)
            assert {len(row) for row in rows} == {15}
            assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]

    def test_a_file_is_written_by_its_suffix(self, tmp_path: Path) -> None:
        beginnings = {".json": "{", ".csv": "\ufeff处理", ".md": "# 合并结果", ".html": "<!DOCTYPE"}
        for suffix, beginning in beginnings.items():
            path = tmp_path / f"合并{suffix}"
            gongkai.write(triple(), path)
            assert path.read_text(encoding="utf-8").startswith(beginning)
        again = Merge.from_json((tmp_path / "合并.json").read_text(encoding="utf-8"))
        assert again.plan == triple().plan
