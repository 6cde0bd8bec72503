"""The laws of diff, and what it says of edits that a clerk makes."""

from __future__ import annotations

import pickle
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

import gongkai
from gongkai import Assignment, Deadline, Department, Division, Paragraph, Plan, Record, Section, Task, views
from gongkai.comparing import KINDS, Change, ChangeKind, Diff, Status, Subject, redline
from gongkai.comparing.diffing import changes
from gongkai.comparing.diffing.changes import Act
from gongkai.errors import InvalidValue, PatchError
from gongkai.testing import strategies

WORDS = (
    "",
    "公开财政预决算。",
    "公开老旧小区改造进展。",
    "做好政策解读。公开财政预决算。",
    "公开财政预决算和债务。",
)
LABELS = (None, "1.", "2.", "一、")


@st.composite
def small_blocks(draw: DrawFn, depth: int = 3) -> gongkai.Block:
    """Blocks of few words, so that copies, moves, splits and mergers are common."""
    kind = draw(st.sampled_from(("paragraph", "task", "task", "section", "section")))
    text, label = draw(st.sampled_from(WORDS)), draw(st.sampled_from(LABELS))
    below = st.lists(small_blocks(depth - 1), max_size=3) if depth else st.just([])
    if kind == "paragraph":
        return Paragraph(text, label=label)
    if kind == "section":
        return Section(text[:6], draw(below), label=label)
    parts = [block for block in draw(below) if isinstance(block, Task)]
    bodies = draw(st.sampled_from(((), (Assignment.lead("区财政局"),), (Assignment.lead("区司法局"),))))
    return Task(text, label=label, assignments=bodies, parts=parts)


@st.composite
def small_plans(draw: DrawFn) -> Plan:
    year = draw(st.sampled_from((None, 2023, 2024)))
    paragraphs = st.lists(st.sampled_from(WORDS), max_size=2)
    return Plan("要点", draw(st.lists(small_blocks(), max_size=5)), year=year, preamble=draw(paragraphs))


def pairs() -> st.SearchStrategy[tuple[Plan, Plan]]:
    return st.one_of(st.tuples(small_plans(), small_plans()), strategies.plan_pairs())


def keys(plan: Plan) -> list[str | None]:
    return [block.key for block in plan.walk() if not isinstance(block, Paragraph)]


def kinds(diff: Diff) -> list[str]:
    return [change.kind.value for change in diff]


class TestLaws:
    @given(pairs())
    def test_applied_it_gives_the_new_plan_with_its_keys(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair

        made = gongkai.diff(old, new).apply(old)

        assert made == new
        assert keys(made) == keys(new)

    @given(pairs())
    def test_inverted_it_gives_the_old_plan_with_its_keys(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair

        made = gongkai.diff(old, new).invert().apply(new)

        assert made == old
        assert keys(made) == keys(old)

    @given(st.one_of(small_plans(), strategies.plans()))
    def test_of_a_plan_and_itself_it_is_empty(self, plan: Plan) -> None:
        diff = gongkai.diff(plan, plan)

        assert not diff
        assert (len(diff), diff.changes) == (0, ())

    @given(pairs())
    def test_it_is_empty_only_between_equal_plans(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair

        assert bool(gongkai.diff(old, new)) == (old != new)

    @given(pairs())
    def test_it_is_deterministic(self, pair: tuple[Plan, Plan]) -> None:
        assert gongkai.diff(*pair) == gongkai.diff(*pair)

    @given(pairs())
    def test_inverted_twice_it_is_itself(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)

        assert diff.invert().invert() == diff

    @given(pairs())
    def test_it_is_a_value(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)
        copy = pickle.loads(pickle.dumps(diff))  # noqa: S301 - our own

        assert copy == diff
        assert hash(copy) == hash(diff)

    @given(pairs())
    def test_every_change_is_needed(self, pair: tuple[Plan, Plan]) -> None:
        """A diff says nothing twice: whatever is left out is missing in the result."""
        old, new = pair
        diff = gongkai.diff(old, new)

        for row in diff.rows:
            for change in row.changes:
                rest = attrs.evolve(row, changes=tuple(each for each in row.changes if each is not change))
                less = attrs.evolve(diff, rows=tuple(rest if each is row else each for each in diff.rows))
                try:
                    made = less.apply(old)
                except (PatchError, InvalidValue):
                    continue
                assert made != new, change

    @given(pairs())
    def test_every_task_with_text_is_in_one_row_on_each_side(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair
        diff = gongkai.diff(old, new)

        for plan, rows in ((old, [row.old for row in diff.rows]), (new, [row.new for row in diff.rows])):
            told = sorted(
                str(block.key)
                for side in rows
                for block in side
                if isinstance(block, Task) and block.text.strip()
            )
            assert told == sorted(str(task.key) for task in plan.all_tasks if task.text.strip())

    @given(pairs())
    def test_every_change_has_one_sentence_in_each_language(self, pair: tuple[Plan, Plan]) -> None:
        for change in gongkai.diff(*pair):
            assert change.explain("zh").endswith("。")
            assert change.explain("en").endswith(".")
            assert change.explain("markdown").endswith("。")

    @given(pairs(), small_plans())
    def test_it_applies_to_no_other_plan(self, pair: tuple[Plan, Plan], other: Plan) -> None:
        old, new = pair
        if other == old:
            return

        with pytest.raises(PatchError):
            gongkai.diff(old, new).apply(other)

    @given(strategies.plans())
    def test_what_stays_keeps_its_place_in_the_source(self, plan: Plan) -> None:
        other = attrs.evolve(plan, title=f"{plan.title}（修订）")

        made = gongkai.diff(plan, other).apply(plan)

        assert [block.span for block in made.walk()] == [block.span for block in plan.walk()]
        assert (made.source, made.findings, made.division) == (plan.source, plan.findings, plan.division)


def plan(*blocks: gongkai.Block, year: int = 2024, title: str = "要点") -> Plan:
    return Plan(title, blocks, year=year)


def task(text: str, label: str | None = None, *bodies: str, due: Deadline | None = None) -> Task:
    assignments = [Assignment.lead(*bodies)] if bodies else []
    return Task(text, label=label, assignments=assignments, deadlines=[] if due is None else [due])


BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"


class TestWhatItSays:
    def test_a_renumbering_alone_is_no_rewriting(self) -> None:
        old = plan(task(BUDGET, "1."), task(SCHOOL, "2."))
        new = plan(task(WATER, "1."), task(BUDGET, "2."), task(SCHOOL, "3."))

        diff = gongkai.diff(old, new)

        assert kinds(diff) == ["added", "renumbered", "renumbered"]
        assert [row.status for row in diff.rows] == [Status.ADDED, Status.SAME, Status.SAME]

    def test_a_moved_and_edited_task_is_one_row(self) -> None:
        old = plan(
            Section("经济", [task(BUDGET, "1."), task(SCHOOL, "2.")]), Section("民生", [task(AIR, "3.")])
        )
        moved = task(SCHOOL.replace("招生范围", "各校招生范围"), "3.", due=Deadline.by_month(2024, 6))
        new = plan(Section("经济", [task(BUDGET, "1.")]), Section("民生", [task(AIR, "2."), moved]))

        (row,) = [row for row in gongkai.diff(old, new).tasks if row.status is not Status.SAME]

        assert row.status is Status.CHANGED
        assert [change.kind.value for change in row.changes] == [
            "moved",
            "renumbered",
            "reworded",
            "rescheduled",
        ]

    def test_of_siblings_in_another_order_as_few_as_can_be_move(self) -> None:
        texts = (BUDGET, SCHOOL, WATER, AIR)
        old = plan(*[task(text) for text in texts])
        new = plan(*[task(text) for text in (SCHOOL, WATER, AIR, BUDGET)])

        diff = gongkai.diff(old, new)

        assert [(change.kind, change.old_key, change.new_key) for change in diff] == [
            (ChangeKind.MOVED, "#1", "#4")
        ]
        assert [row.status for row in diff.rows] == [Status.SAME] * 3 + [Status.MOVED]

    def test_a_task_that_splits_is_one_row(self) -> None:
        old = plan(task(WATER + AIR, "1.", "区生态环境局"))
        new = plan(task(WATER, "1.", "区水务局"), task(AIR, "2.", "区生态环境局"))

        (row,) = gongkai.diff(old, new).rows

        assert row.status is Status.SPLIT
        assert (len(row.old), len(row.new), len(row.links)) == (1, 2, 2)

    def test_tasks_that_merge_are_one_row(self) -> None:
        old = plan(task(WATER, "1."), task(AIR, "2."))
        new = plan(task(WATER + AIR, "1."))

        (row,) = gongkai.diff(old, new).rows

        assert row.status is Status.MERGED
        assert (len(row.old), len(row.new), len(row.links)) == (2, 1, 2)

    def test_a_date_that_goes_on_with_the_plan_is_no_reported_change(self) -> None:
        old = plan(
            task("2023年底前完成目录编制。", due=Deadline.by_month(2023, 10)), year=2023, title="2023年要点"
        )
        new = plan(
            task("2024年底前完成目录编制。", due=Deadline.by_month(2024, 10)), year=2024, title="2024年要点"
        )

        diff = gongkai.diff(old, new)

        assert kinds(diff) == ["carried", "reissued", "carried", "carried"]
        assert diff.at_least("warning") == ()
        assert diff.summary() == {status.value: int(status is Status.SAME) for status in Status}

    @pytest.mark.parametrize(
        ("old", "new"),
        (
            (Deadline.by_month(2023, 10), Deadline.by_month(2024, 12)),
            (Deadline.by_month(2023, 10), Deadline.by_date(date(2024, 10, 31))),
            (Deadline.by_month(2023, 10), Deadline.by_month(2023, 10)),
            (Deadline.every("FREQ=MONTHLY", "每月"), Deadline.every("FREQ=YEARLY", "每年")),
        ),
    )
    def test_any_other_date_is_rescheduled(self, old: Deadline, new: Deadline) -> None:
        before, after = plan(task(BUDGET, due=old), year=2023), plan(task(BUDGET, due=new), year=2024)
        if old == new:
            before = attrs.evolve(before, content=[task(BUDGET)])

        assert "rescheduled" in kinds(gongkai.diff(before, after))

    def test_dates_of_plans_without_a_year_are_compared_as_they_are(self) -> None:
        old = Plan("要点", [task(BUDGET, due=Deadline.by_month(2023, 10))])
        new = Plan("要点", [task(BUDGET, due=Deadline.by_month(2024, 10))])

        assert kinds(gongkai.diff(old, new)) == ["rescheduled"]

    def test_the_end_of_february_is_carried_into_a_leap_year(self) -> None:
        old = plan(task(BUDGET, due=Deadline.by_month(2023, 2)), year=2023)
        new = plan(task(BUDGET, due=Deadline.by_month(2024, 2)), year=2024)

        assert kinds(gongkai.diff(old, new)) == ["reissued", "carried"]

    def test_a_department_that_a_reform_renamed_is_not_reassigned(self) -> None:
        old = plan(task(SCHOOL, None, "区卫生计生委"), year=2018)
        new = plan(task(SCHOOL, None, "区卫生健康委"), year=2020)

        *_, change = gongkai.diff(old, new)

        assert change.kind is ChangeKind.RENAMED
        assert (
            change.explain() == f"“{SCHOOL[:23]}…”的责任单位更名，职责未变：区卫生计生委更名为区卫生健康委。"
        )

    def test_a_department_with_one_id_is_one_body(self) -> None:
        old = plan(Task(SCHOOL, assignments=[Assignment.lead(Department("甲局", id="x"))]))
        new = plan(Task(SCHOOL, assignments=[Assignment.lead(Department("乙局", id="x"))]))

        assert kinds(gongkai.diff(old, new)) == ["restated"]

    def test_a_number_that_comes_or_goes_is_told_so(self) -> None:
        old, new = plan(task(BUDGET)), plan(task(BUDGET, "22."))

        assert [change.explain() for change in gongkai.diff(old, new)] == [f"“22.{BUDGET}”新增编号“22.”。"]
        assert [change.explain("en") for change in gongkai.diff(new, old)] == [
            f"“{BUDGET}” has no number any more (it was “22.”)."
        ]

    def test_departments_in_another_order_are_only_restated(self) -> None:
        old = plan(task(SCHOOL, None, "区教委", "区财政局"))
        new = plan(task(SCHOOL, None, "区财政局", "区教委"))

        assert kinds(gongkai.diff(old, new)) == ["restated"]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        (
            ([Assignment.lead("区教委")], [Assignment.lead("区财政局")], "牵头单位由区教委改为区财政局"),
            (
                [Assignment.lead("区教委")],
                [Assignment.cooperate("区教委")],
                "区教委由牵头单位改为配合单位",
            ),
            (
                [Assignment.responsible("区教委", "区财政局")],
                [Assignment.responsible("区教委", "区财政局", severally=True)],
                "责任单位改为分别负责",
            ),
            (
                [Assignment.lead("区教委", "区卫生计生委")],
                [Assignment.lead("区教委", "区卫生健康委", "区财政局")],
                "区卫生计生委更名为区卫生健康委，新增牵头单位区财政局",
            ),
        ),
    )
    def test_another_department_or_role_is_a_reassignment(
        self, old: list[Assignment], new: list[Assignment], said: str
    ) -> None:
        (change,) = gongkai.diff(plan(Task(BUDGET, assignments=old)), plan(Task(BUDGET, assignments=new)))

        assert change.kind is ChangeKind.REASSIGNED
        assert change.explain() == f"“{BUDGET}”的责任单位有调整：{said}。"

    def test_full_width_and_half_width_are_one_text(self) -> None:
        diff = gongkai.diff(plan(task(BUDGET)), plan(task(BUDGET.replace("，", ","))))

        assert kinds(diff) == ["restated"]

    def test_a_section_follows_its_tasks_whatever_its_heading(self) -> None:
        old = plan(Section("经济", [task(BUDGET), task(SCHOOL)]), Section("环境", [task(WATER), task(AIR)]))
        new = plan(
            Section("服务发展", [task(BUDGET), task(SCHOOL)]), Section("经济", [task(WATER), task(AIR)])
        )

        changes = gongkai.diff(old, new).changes

        assert [(change.kind.value, change.old, change.new) for change in changes] == [
            ("reworded", "经济", "服务发展"),
            ("reworded", "环境", "经济"),
        ]

    def test_a_reworded_paragraph_is_one_change(self) -> None:
        old = plan(Paragraph("以公开稳预期、强监督、促落实。"), task(BUDGET))
        new = plan(Paragraph("以公开稳预期、强信心、促落实。"), task(BUDGET))

        (change,) = gongkai.diff(old, new)

        assert (change.kind, change.subject) == (ChangeKind.REWORDED, Subject.PARAGRAPH)
        assert change.explain() == "“以公开稳预期、强信心、促落实。”的内容有改动：“监督”改为“信心”。"

    def test_sections_may_change_places_with_what_they_stand_in(self) -> None:
        old = plan(Section("外", [task(BUDGET), task(SCHOOL), Section("内", [task(WATER), task(AIR)])]))
        new = plan(Section("内", [task(WATER), task(AIR), Section("外", [task(BUDGET), task(SCHOOL)])]))

        diff = gongkai.diff(old, new)

        assert diff.apply(old) == new
        assert {change.kind for change in diff} == {ChangeKind.MOVED}

    def test_the_record_is_compared_entry_by_entry(self) -> None:
        old = Plan("要点", record=Record(issuer="区政府办公室", issued_on=date(2023, 4, 1)))
        new = Plan("要点", record=Record(issuer="区政府办公室", issued_on=date(2024, 4, 18)))

        (change,) = gongkai.diff(old, new)

        assert (change.field, change.kind) == ("record.issued_on", ChangeKind.REISSUED)
        assert change.explain() == "成文日期由“2023年4月1日”改为“2024年4月18日”。"
        assert change.explain("en") == "The date of issue changes from “2023-04-01” to “2024-04-18”."

    def test_links_can_be_given(self) -> None:
        old, new = plan(task(BUDGET)), plan(task(SCHOOL))

        unlinked, linked = (
            gongkai.diff(old, new),
            gongkai.diff(old, new, links=[gongkai.Link(old.tasks[0], new.tasks[0])]),
        )

        assert kinds(unlinked) == ["removed", "added"]
        assert kinds(linked) == ["reworded"]

    def test_rejected_links_are_left_out(self) -> None:
        old, new = plan(task(BUDGET)), plan(task(BUDGET))

        diff = gongkai.diff(old, new, links=[gongkai.align(old, new).links[0].reject()])

        assert sorted(kinds(diff)) == ["added", "removed"]
        assert diff.apply(old) == new

    def test_it_names_the_place_where_a_plan_is_another(self) -> None:
        old = plan(Section("经济", [task(BUDGET, "1."), task(SCHOOL, "2.")]))
        diff = gongkai.diff(old, old.without("1"))

        with pytest.raises(PatchError, match=r"^2: the diff expects <Task 2\. 在招生"):
            diff.apply(old.with_changes("2", text=AIR))
        with pytest.raises(PatchError, match=r"^plan\.title: the diff expects '要点', the plan has '方案'"):
            diff.apply(attrs.evolve(old, title="方案"))

    def test_what_comes_from_the_new_plan_has_no_spans(self) -> None:
        span = gongkai.Span(3, 9)
        due = attrs.evolve(Deadline.by_month(2024, 6), span=span)
        old = Plan("要点", [task(BUDGET)])
        new = Plan(
            "要点",
            [task(BUDGET), Task(AIR, deadlines=[due], span=span)],
            preamble=[Paragraph("为此", span=span)],
        )

        made = gongkai.diff(old, new).apply(old)

        assert made == new
        assert (made.tasks[1].span, made.tasks[1].deadlines[0].span, made.preamble[0].span) == (
            None,
            None,
            None,
        )

    def test_repr_counts_rows_and_changes(self) -> None:
        diff = gongkai.diff(plan(task(BUDGET), task(SCHOOL)), plan(task(BUDGET), task(AIR)))

        assert repr(diff) == "<Diff 1 same · 1 added · 1 removed · 2 changes>"
        assert [repr(row) for row in diff.rows] == [
            "<Row same task #1 → #1>",
            "<Row removed task #2 → >",
            "<Row added task  → #2>",
        ]

    def test_other_languages_are_refused(self) -> None:
        (change,) = gongkai.diff(plan(), plan(task(BUDGET)))

        with pytest.raises(
            InvalidValue, match=r"^Change\.explain\.style: expected zh, en or markdown, got 'fr'"
        ):
            change.explain("fr")  # type: ignore[arg-type]


def of_district(name: str, year: int, *bodies: str) -> Plan:
    return Plan("要点", [task(SCHOOL, None, *bodies)], year=year, division=Division(name))


class TestTwoDivisions:
    """Two divisions have no body in common: what is alike is the same kind of department, never renamed."""

    @pytest.mark.parametrize(
        ("old", "new"),
        (
            ("区城管委", "区城市管理委"),
            ("区政务服务局", "区政务服务和数据管理局"),
            ("区发改委", "区发展改革委"),
            ("区某某事务中心", "东城区某某事务中心"),
        ),
    )
    def test_a_like_department_is_the_same_kind(self, old: str, new: str) -> None:
        diff = gongkai.diff(of_district("西城区", 2020, old), of_district("北京市东城区", 2024, new))

        (change,) = [change for change in diff if change.field == "assignments"]

        assert (change.kind, change.bodies) == (ChangeKind.RESTATED, ((old, new, "counterpart"),))
        assert change.explain() == f"“{SCHOOL[:23]}…”由两地同类部门负责：{old}与{new}为同类部门。"
        assert f"{old} → {new}（同类部门）" in views.markdown(diff.rows[-1])

    def test_a_body_of_another_level_is_not_renamed(self) -> None:
        old, new = of_district("澜江市", 2024, "市统计局"), of_district("松坪区", 2024, "区统计局")

        assert {change.kind for change in gongkai.diff(old, new)} == {ChangeKind.RESTATED}

    def test_another_kind_of_department_is_another(self) -> None:
        old, new = (
            of_district("西城区", 2020, "区城管委"),
            of_district("东城区", 2024, "区城市管理委", "区教委"),
        )

        (change,) = [change for change in gongkai.diff(old, new) if change.field == "assignments"]

        assert change.kind is ChangeKind.REASSIGNED
        assert change.explain().endswith("有调整：区城管委与区城市管理委为同类部门，新增牵头单位区教委。")

    def test_one_street_is_not_another(self) -> None:
        old, new = of_district("西城区", 2020, "金融街街道"), of_district("东城区", 2024, "景山街道")

        assert ChangeKind.REASSIGNED in {change.kind for change in gongkai.diff(old, new)}

    def test_one_division_under_two_names_is_one(self) -> None:
        old = of_district("北京市东城区", 2018, "区卫生计生委")
        new = of_district("东城区", 2020, "区卫生健康委")

        assert ChangeKind.RENAMED in {change.kind for change in gongkai.diff(old, new)}

    def test_a_name_is_understood_in_its_own_plans_time(self) -> None:
        """In 2015 区城管委 was one body, which the reform renamed; in 2020 it was the renamed one already."""
        new = of_district("东城区", 2024, "区城市管理委")
        told = {
            year: {change.kind for change in gongkai.diff(of_district("东城区", year, "区城管委"), new)}
            for year in (2015, 2022)
        }

        assert ChangeKind.RENAMED in told[2015]
        assert ChangeKind.RENAMED not in told[2022]

    def test_inverted_it_is_told_the_other_way_round(self) -> None:
        diff = gongkai.diff(
            of_district("西城区", 2020, "区发改委"), of_district("东城区", 2024, "区发展改革委")
        )

        (change,) = [change for change in diff.invert() if change.field == "assignments"]

        assert change.bodies == (("区发展改革委", "区发改委", "counterpart"),)


NO_PLAN: Any = 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("call", "message"),
        (
            (lambda: gongkai.diff(NO_PLAN, NO_PLAN), r"^diff\.old: expected a Plan, got 1 \(int\)"),
            (lambda: gongkai.diff(plan(), NO_PLAN), r"^diff\.new: expected a Plan, got 1"),
            (lambda: gongkai.align(NO_PLAN, plan()), r"^align\.old: expected a Plan, got 1 \(int\)"),
            (
                lambda: gongkai.diff(plan(), plan()).apply(NO_PLAN),
                r"^Diff\.apply\.plan: expected a Plan, got 1",
            ),
            (
                lambda: gongkai.diff(plan(), plan()).at_least("fatal"),
                r"^Diff\.at_least\.severity: expected one of info, warning, error, got 'fatal'",
            ),
        ),
    )
    def test_what_is_no_plan_is_refused(self, call: Any, message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            call()


class TestKinds:
    def test_every_kind_is_in_the_table(self) -> None:
        assert set(KINDS) == set(ChangeKind)

    def test_labels_differ(self) -> None:
        for language in ("zh", "en"):
            labels = [getattr(facts, language) for facts in KINDS.values()]
            assert len(set(labels)) == len(labels)

    def test_inverted_what_comes_goes(self) -> None:
        acts = {kind: KINDS[Change(kind, "task").invert().kind].act for kind in ChangeKind}
        mirrored = {Act.INSERT: Act.DELETE, Act.DELETE: Act.INSERT}

        assert acts == {kind: mirrored.get(facts.act, facts.act) for kind, facts in KINDS.items()}

    def test_the_words_of_both_languages_have_the_same_names(self) -> None:
        words = tomllib.loads(Path(changes.__file__).with_name("words.toml").read_text(encoding="utf-8"))

        assert {name: set(table) for name, table in words["zh"].items()} == {
            name: set(table) for name, table in words["en"].items()
        }


TEXTS = st.one_of(st.text("公开政务，。 5a0", max_size=20), st.text(max_size=20))


class TestRedline:
    @given(TEXTS, TEXTS)
    def test_its_runs_make_both_texts(self, old: str, new: str) -> None:
        runs = redline(old, new)

        assert "".join(text for tag, text in runs if tag != "added") == old
        assert "".join(text for tag, text in runs if tag != "removed") == new

    @given(TEXTS, TEXTS)
    def test_no_run_is_empty_and_no_two_neighbours_are_alike(self, old: str, new: str) -> None:
        tags = [tag for tag, text in redline(old, new) if text]

        assert len(tags) == len(redline(old, new))
        assert all(a != b for a, b in pairwise(tags))

    @given(TEXTS)
    def test_of_a_text_and_itself_nothing_differs(self, text: str) -> None:
        assert redline(text, text) == ((("same", text),) if text else ())

    @pytest.mark.parametrize(
        ("old", "new", "runs"),
        (
            (
                "公开50件",
                "公开500件",
                [("same", "公开"), ("removed", "50"), ("added", "500"), ("same", "件")],
            ),
            (
                "完成90%以上",
                "完成95.5%以上",
                [("same", "完成"), ("removed", "90%"), ("added", "95.5%"), ("same", "以上")],
            ),
            ("App备案", "Apple备案", [("removed", "App"), ("added", "Apple"), ("same", "备案")]),
            ("甲化乙", "丙化丁", [("removed", "甲化乙"), ("added", "丙化丁")]),
            (
                "甲，乙",
                "丙，丁",
                [("removed", "甲"), ("added", "丙"), ("same", "，"), ("removed", "乙"), ("added", "丁")],
            ),
        ),
    )
    def test_it_marks_what_a_person_marks(self, old: str, new: str, runs: list[tuple[str, str]]) -> None:
        assert list(redline(old, new)) == runs

    def test_texts_that_repeat_themselves_are_compared_as_a_whole(self) -> None:
        old, new = "公开" * 3000, "公开" * 3000 + "公示" * 3000

        assert redline(old, new) == (("same", old), ("added", "公示" * 3000))


def is_leaf(block: gongkai.Block) -> bool:
    return isinstance(block, Task) and bool(block.text)


def leaves_of(plan: Plan) -> list[Task]:
    return [task for task in plan.all_tasks if is_leaf(task)]


def key_of(block: gongkai.Block) -> str | None:
    return None if isinstance(block, Paragraph) else block.key


@pytest.fixture(scope="module")
def chenghu(root: Path) -> tuple[Plan, Plan]:
    folder = root / "src" / "gongkai" / "examples" / "data"
    old, new = (folder / f"chenghu-{year}.txt" for year in (2023, 2024))
    return (
        gongkai.parse(old.read_text(encoding="utf-8")),
        gongkai.parse(new.read_text(encoding="utf-8")),
    )


@pytest.fixture(scope="module")
def truth(root: Path) -> dict[str, Any]:
    tables = tomllib.loads((root / "tests" / "data" / "examples.toml").read_text(encoding="utf-8"))
    (found,) = [
        table for table in tables["pair"] if (table["old"], table["new"]) == ("chenghu-2023", "chenghu-2024")
    ]
    return dict(found)


class TestExamples:
    """The shipped plans, compared with what a careful reader finds; see tests/data/examples.toml."""

    def test_it_leads_from_one_year_to_the_next_and_back(self, chenghu: tuple[Plan, Plan]) -> None:
        old, new = chenghu
        diff = gongkai.diff(old, new)

        assert diff.apply(old) == new
        assert diff.invert().apply(new) == old

    def test_it_finds_what_was_dropped_added_split_and_merged(
        self, chenghu: tuple[Plan, Plan], truth: dict[str, Any]
    ) -> None:
        left, right = ({task.key: place for place, task in enumerate(leaves_of(side), 1)} for side in chenghu)
        rows = [row for row in gongkai.diff(*chenghu).tasks if any(map(is_leaf, (*row.old, *row.new)))]

        def found(status: Status) -> list[tuple[list[int], list[int]]]:
            sides = [(map(key_of, row.old), map(key_of, row.new)) for row in rows if row.status is status]
            return [
                (sorted(left[key] for key in old), sorted(right[key] for key in new)) for old, new in sides
            ]

        assert found(Status.REMOVED) == [([leaf], []) for leaf in truth["dropped"]]
        assert found(Status.ADDED) == [([], [leaf]) for leaf in truth["added"]]
        assert found(Status.SPLIT) == [([old], new) for old, new in truth["split"]]
        assert found(Status.MERGED) == [(old, [new]) for old, new in truth["merged"]]

    def test_the_reform_is_told_as_a_renaming(self, chenghu: tuple[Plan, Plan]) -> None:
        told = [change.explain() for change in gongkai.diff(*chenghu) if change.kind is ChangeKind.RENAMED]

        assert told
        assert all("区政务服务局更名为区政务服务和数据管理局" in sentence for sentence in told)
