"""Several plans as one table: what is in which row, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gongkai
from gongkai import (
    Alignment,
    Answer,
    Assignment,
    Consolidation,
    Deadline,
    Link,
    Matter,
    Plan,
    Section,
    Strength,
    Task,
    examples,
)
from gongkai.errors import InvalidValue
from gongkai.merging import AgreementKind, Presence
from gongkai.merging.sidebyside.grouping import group
from gongkai.testing import strategies

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"
BUS = "发布公交线网调整方案，说明增减班次的理由。"


def plan(title: str, *texts: str) -> Plan:
    return Plan(title, [Task(text, label=f"{number}.") for number, text in enumerate(texts, 1)])


@st.composite
def plan_lists(draw: st.DrawFn) -> tuple[Plan, ...]:
    """Two to four plans, edited copies of each other for the most part."""
    first, second = draw(strategies.plan_pairs())
    third = draw(st.one_of(strategies.edits(first).map(lambda edited: edited[0]), strategies.plans()))
    return (first, second, third)[: draw(st.integers(2, 3))]


def speaking(plan: Plan) -> list[Task]:
    """Every task but those that only hold others."""
    return [
        task
        for task in plan.all_tasks
        if task.text.strip() or task.assignments or task.deadlines or task.extras or not task.parts
    ]


def held(row: Matter) -> frozenset[tuple[str, str]]:
    return frozenset([(cell.column, key) for cell in row.cells for key in cell.keys])


def shares(row: Matter) -> frozenset[tuple[str, str | None]]:
    return frozenset([(cell.column, task.key) for cell in row.cells for task in cell.partial])


def names(plans: tuple[Plan, ...]) -> list[str]:
    return [f"第{number}份" for number in range(len(plans))]


class TestLaws:
    @given(plan_lists())
    def test_every_task_is_in_exactly_one_row(self, plans: tuple[Plan, ...]) -> None:
        table = gongkai.consolidate(plans)

        for plan, column in zip(plans, table.columns, strict=True):
            told = [id(task) for row in table for task in row[column].tasks]
            assert sorted(told) == sorted(map(id, speaking(plan)))
        assert all(row.central in [task for cell in row.cells for task in cell.tasks] for row in table)
        assert len({row.key for row in table}) == len(table)

    @given(strategies.plans())
    def test_one_plan_has_one_row_a_task(self, plan: Plan) -> None:
        table = gongkai.consolidate([plan])

        assert [len(held(row)) for row in table] == [1] * len(speaking(plan))
        assert table.unique(plan) == table.common() == table.rows

    @given(strategies.plans())
    def test_a_plan_beside_itself_has_each_task_with_itself(self, plan: Plan) -> None:
        table = gongkai.consolidate([plan, plan], names=["一", "二"])

        for row in table:
            if row.text.strip():
                assert row["一"].tasks == row["二"].tasks
                assert len(row["一"].tasks) == 1
                assert row.score == 1

    @given(plan_lists())
    def test_the_order_of_the_plans_changes_the_columns_only(self, plans: tuple[Plan, ...]) -> None:
        assume(
            all(one != two for one, two in combinations(plans, 2))
        )  # equal plans have no order of their own
        called = names(plans)
        table = gongkai.consolidate(plans, names=called)

        for order in permutations(range(len(plans))):
            other = gongkai.consolidate(
                [plans[place] for place in order], names=[called[place] for place in order]
            )
            assert [held(row) for row in other] == [held(row) for row in table]
            assert [shares(row) for row in other] == [shares(row) for row in table]
            assert [(row.key, row.name, row.section, row.score) for row in other] == [
                (row.key, row.name, row.section, row.score) for row in table
            ]
            assert [(row.departments.kind, row.deadlines.kind) for row in other] == [
                (row.departments.kind, row.deadlines.kind) for row in table
            ]

    @given(plan_lists())
    def test_a_plan_has_a_matter_whole_or_in_part_or_misses_it(self, plans: tuple[Plan, ...]) -> None:
        table = gongkai.consolidate(plans)

        common, everything = set(keys(table.common())), set(keys(table.rows))
        assert set(keys(table.common(1))) == everything
        for column in table.columns:
            unique, missing = set(keys(table.unique(column))), set(keys(table.missing(column)))
            having = {row.key for row in table if row[column].presence is not Presence.NONE}
            assert having == everything - missing
            assert common <= having
            assert unique <= having
            assert all(
                unique <= set(keys(table.missing(other))) for other in table.columns if other != column
            )
        assert everything - common == {key for column in table.columns for key in keys(table.missing(column))}

    @given(plan_lists())
    def test_every_link_is_among_the_bonds_of_its_rows_and_every_share_is_linked(
        self, plans: tuple[Plan, ...]
    ) -> None:
        called = names(plans)
        table = gongkai.consolidate(plans, names=called)

        home = {place: row.key for row in table for place in held(row)}
        ends = [
            (row, ((bond.old_column, str(bond.link.old.key)), (bond.new_column, str(bond.link.new.key))))
            for row in table
            for bond in row.bonds
        ]
        assert all(row.key in {home[end] for end in pair} for row, pair in ends)
        assert Counter([pair for _, pair in ends]) == Counter(
            {pair: len({home[end] for end in pair}) for _, pair in ends}
        )
        assert len({pair for _, pair in ends}) == sum(map(len, table.alignments))
        for row in table:
            linked = {end for other, pair in ends if other is row for end in pair}
            assert shares(row) <= linked - held(row)

    @given(plan_lists())
    def test_nothing_is_lost_in_a_plan_of_it(self, plans: tuple[Plan, ...]) -> None:
        table = gongkai.consolidate(plans)

        made = table.plan("汇总")

        told = Counter(
            (task.text, task.assignments, task.deadlines, place)
            for task in made.all_tasks
            for name, text in task.extras
            if name == "来源"
            for place in places(text)
        )
        given = Counter(
            (task.text, task.assignments, task.deadlines, f"{column} {task.key}")
            for plan, column in zip(plans, table.columns, strict=True)
            for task in speaking(plan)
        )
        if not any("（" in place or "；" in place for *_, place in given):  # a key may hold any sign
            assert told == given
        assert gongkai.loads(gongkai.dumps(made)) == made

    @given(plan_lists())
    def test_each_row_is_as_many_records_as_there_are_plans(self, plans: tuple[Plan, ...]) -> None:
        table = gongkai.consolidate(plans)

        rows = table.to_rows()

        assert [(row["matter"], row["column"]) for row in rows] == [
            (row.key, cell.column) for row in table for cell in row.cells
        ]
        assert len({tuple(row) for row in rows}) <= 1
        assert all(type(value) in {str, int, bool, list} for row in rows for value in row.values())

    @given(plan_lists())
    def test_what_was_accepted_is_one_row_and_what_was_rejected_is_not(self, plans: tuple[Plan, ...]) -> None:
        called = names(plans)
        table = gongkai.consolidate(plans, names=called)
        links = [(bond.old_column, bond.new_column, bond.link) for row in table for bond in row.bonds]

        for old, new, link in links[:2]:
            for known, together in ((link.accept("same"), True), (link.reject(), False)):
                other = gongkai.consolidate(plans, names=called, known={(old, new): [known]})
                assert (other.of(old, str(link.old.key)) is other.of(new, str(link.new.key))) is together


def keys(rows: tuple[Matter, ...]) -> list[str]:
    return [row.key for row in rows]


def places(text: str) -> list[str]:
    return text.split("；")


class TestGroups:
    def test_a_chain_does_not_make_one_group_of_everything(self) -> None:
        chain = {(place, place + 1): 1.0 for place in range(99)}

        assert max(map(len, group(list(range(100)), chain, 0.4))) == 2

    @pytest.mark.parametrize("size", (2, 3, 5, 20))
    def test_what_is_linked_all_around_is_one_group(self, size: int) -> None:
        everybody = {(one, other): 0.7 for one in range(size) for other in range(one + 1, size)}

        assert group(list(range(size)), everybody, 0.4) == [list(range(size))]

    def test_a_triangle_may_lack_a_side(self) -> None:
        assert group([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.9}, 0.4) == [[0, 1, 2]]
        assert group([0, 1, 2], {(0, 1): 0.9, (1, 2): 0.7}, 0.4) == [[0, 1], [2]]

    def test_two_groups_with_one_link_between_them_stay_two(self) -> None:
        evidence = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8}

        assert group([0, 1, 2, 3], evidence, 0.4) == [[0, 1], [2, 3]]

    def test_what_is_apart_stays_apart_by_way_of_others_too(self) -> None:
        evidence = {(0, 1): 0.9, (1, 2): 1.0}

        assert group([0, 1, 2], evidence, 0.1, apart=[(0, 2)]) == [[0], [1, 2]]
        assert group([0, 1, 2], {}, 0.4, together=[(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1], [2]]

    def test_tasks_of_one_plan_count_as_half_a_pair_without_evidence(self) -> None:
        assert group([0, 1, 1], {(0, 1): 1.0, (0, 2): 0.7}, 0.4) == [[0, 1, 2]]
        assert group([0, 1, 1], {(0, 1): 1.0, (0, 2): 0.5}, 0.4) == [[0, 1], [2]]
        assert group([0, 1, 1], {(0, 1): 1.0, (0, 2): 0.7}, 0.4, once=True) == [[0, 1], [2]]

    @given(st.data())
    def test_on_average_the_members_of_a_group_are_linked(self, data: st.DataObject) -> None:
        size = data.draw(st.integers(1, 12))
        pairs = [(one, other) for one in range(size) for other in range(one + 1, size)]
        scores = st.one_of(st.none(), st.floats(0.3, 1))
        evidence = {pair: score for pair in pairs if (score := data.draw(scores)) is not None}

        groups = group(list(range(size)), evidence, 0.5)

        assert sorted(item for members in groups for item in members) == list(range(size))
        for members in groups:
            inside = [evidence.get(pair, 0.0) for pair in pairs if set(pair) <= set(members)]
            assert not inside or sum(inside) / len(inside) >= 0.5 - 1e-9


class TestRows:
    def test_who_has_it_and_who_has_not(self) -> None:
        east, west, north = (
            plan("甲区2024年要点", BUDGET, SCHOOL, AIR),
            plan("乙区2024年要点", SCHOOL, BUDGET),
            plan("丙区2024年要点", WATER, SCHOOL),
        )
        table = gongkai.consolidate([east, west, north])

        assert table.columns == ("甲区", "乙区", "丙区")
        assert [row.central.text for row in table.common()] == [SCHOOL]
        assert {row.central.text for row in table.common(2)} == {SCHOOL, BUDGET}
        assert [row.central.text for row in table.unique("甲区")] == [AIR]
        assert [row.central.text for row in table.unique(west)] == []
        assert {row.central.text for row in table.missing(north)} == {BUDGET, AIR}
        row = table.of("乙区", "1")
        assert (row["甲区"].keys, row["丙区"].keys) == (("2",), ("2",))
        assert table.summary()["columns"]["丙区"] == {
            "tasks": 2,
            "whole": 2,
            "partial": 0,
            "none": 2,
            "unique": 1,
        }

    def test_a_share_in_part_is_noted_on_both_sides(self) -> None:
        east, west = plan("甲区要点", BUDGET + SCHOOL), plan("乙区要点", SCHOOL)
        links = Alignment(east, west, (Link(east.tasks[0], west.tasks[0], Strength.PARTIAL, 0.8),))
        table = gongkai.consolidate([east, west], names=["甲", "乙"], alignments=[links])

        rows = {row.columns("whole"): row for row in table}
        assert {row.columns(Presence.PARTIAL) for row in table} == {("甲",), ("乙",)}
        assert rows["甲",]["乙"].partial == (west["1"],)
        assert rows["乙",]["甲"].partial == (east["1"],)
        assert table.common() == table.rows
        assert table.unique("甲") == ()

    def test_alignments_may_be_given_either_way_round(self) -> None:
        east, west = plan("甲区2023年要点", BUDGET), plan("乙区2024年要点", WATER)
        for old, new in ((east, west), (west, east)):
            links = Alignment(old, new, (Link(old.tasks[0], new.tasks[0]),))
            assert len(gongkai.consolidate([east, west], alignments=[links])) == 1

    def test_the_name_is_what_the_tasks_share(self) -> None:
        texts = (
            "做好重点工作。及时公开老旧小区改造、加装电梯等方面的信息公开。",
            "及时公开老旧小区改造、加装电梯计划，回应居民关切。",
            "公布老旧小区改造、加装电梯工程进度。",
        )
        table = gongkai.consolidate(
            [plan(f"{name}区要点", text) for name, text in zip("甲乙丙", texts, strict=True)]
        )

        assert [row.name for row in table] == ["老旧小区改造、加装电梯计划"]

    def test_a_table_of_some_rows(self) -> None:
        table = gongkai.consolidate([plan("甲区要点", BUDGET, SCHOOL), plan("乙区要点", SCHOOL)])

        few = table.selected(table.common())

        assert [row.text for row in few] == [SCHOOL]
        assert [task.text for task in few.plan("两区共有").tasks] == [SCHOOL]


class TestAgreement:
    def made(self, *clauses: tuple[str, Deadline | None]) -> Matter:
        plans = [
            Plan(
                f"{name}2024年要点",
                [
                    Task(
                        SCHOOL,
                        label="1.",
                        assignments=[Assignment.lead(body)],
                        deadlines=[due] if due else [],
                    )
                ],
                division=gongkai.Division(name),
            )
            for name, (body, due) in zip(("东城区", "西城区", "朝阳区"), clauses, strict=False)
        ]
        (row,) = gongkai.consolidate(plans).rows
        return row

    def test_departments_are_compared_with_their_counterparts(self) -> None:
        row = self.made(("东城区教委", None), ("区教委", None), ("区财政局", None))

        assert row.departments.kind is AgreementKind.MOSTLY
        assert [camp.columns for camp in row.departments.camps] == [("东城区", "西城区"), ("朝阳区",)]
        assert row.departments.outliers == ("朝阳区",)

    def test_a_department_of_two_levels_is_called_without_them(self) -> None:
        row = self.made(("市教委", None), ("区教委", None))

        assert [camp.says for camp in row.departments.camps] == ["教委"]

    def test_deadlines_are_seen_from_the_plan_s_year(self) -> None:
        october, later = Deadline.by_month(2024, 10, "10月底前"), Deadline.by_month(2025, 3)
        row = self.made(("区教委", october), ("区教委", Deadline.by_month(2024, 10)), ("区教委", later))

        assert [(camp.says, camp.columns) for camp in row.deadlines.camps] == [
            ("10月底前", ("东城区", "西城区")),
            ("次年3月", ("朝阳区",)),
        ]
        assert row.departments.kind is AgreementKind.SAME
        assert [cell.by_when for cell in row.cells] == ["10月底前", "10月", "次年3月"]

    def test_years_apart_the_same_month_is_the_same(self) -> None:
        plans = [
            Plan(f"甲区{year}年要点", [Task(SCHOOL, deadlines=[Deadline.by_month(year, 6)])])
            for year in (2023, 2024)
        ]
        (row,) = gongkai.consolidate(plans).rows

        assert row.deadlines.kind is AgreementKind.SAME

    @pytest.mark.parametrize(
        ("clauses", "kind"),
        (
            ([("区教委", None)], "single"),
            ([("区教委", None), ("区财政局", None)], "divided"),
            ([("区教委", None), ("区教委", None)], "same"),
        ),
    )
    def test_kinds(self, clauses: list[tuple[str, None]], kind: str) -> None:
        row = self.made(*clauses)

        assert row.departments.kind == kind
        assert row.deadlines.kind is AgreementKind.NONE


class TestChapters:
    def test_like_chapters_are_one_by_heading_or_by_what_they_hold(self) -> None:
        east = Plan(
            "甲区2024年要点",
            [Section("保障民生", [Task(SCHOOL), Task(BUS)]), Section("公开财政资金", [Task(BUDGET)])],
        )
        west = Plan(
            "乙区2024年要点",
            [Section("办好实事", [Task(BUS), Task(SCHOOL)]), Section("公开财政信息", [Task(WATER)])],
        )
        table = gongkai.consolidate([east, west])

        assert len({row.section for row in table}) == 2
        assert {row.section for row in table if row.having == 2} == {"保障民生"}

    def test_very_many_chapters_are_matched_by_their_names_and_what_they_hold(self) -> None:
        plans = [
            Plan(
                f"{name}区要点",
                [Section(f"第{number}章", [Task(f"公开第{number}类清单。")]) for number in range(210)],
            )
            for name in "甲乙"
        ]
        table = gongkai.consolidate(plans)

        assert {row.section for row in table} == {f"第{number}章" for number in range(210)}


class TestPlan:
    def test_like_tasks_are_one_and_others_are_parts(self) -> None:
        lead = [Assignment.lead("区教委")]
        east = Plan(
            "甲区2024年要点",
            [Section("民生", [Task(SCHOOL, label="1.", assignments=lead), Task(BUS, label="2.")])],
        )
        west = Plan("乙区2024年要点", [Section("民生", [Task(SCHOOL, label="3.", assignments=lead)])])
        north = Plan(
            "丙区2024年要点", [Section("民生", [Task(SCHOOL, label="9.", extras=[("要求", "每年")])])]
        )

        made = gongkai.consolidate([east, west, north]).plan("三区要点")

        (section,) = made.sections
        assert (section.label, section.heading, made.year) == ("一、", "民生", 2024)
        first, second = section.tasks
        assert [(part.text, part.extras) for part in first.parts] == [
            (SCHOOL, (("来源", "甲区 1；乙区 3"),)),
            (SCHOOL, (("要求", "每年"), ("来源", "丙区 9"))),
        ]
        assert (second.text, second.extras) == (BUS, (("来源", "甲区 2"),))

    def test_its_year(self) -> None:
        table = gongkai.consolidate([plan("甲区2023年要点", BUDGET), plan("乙区2023年要点", SCHOOL)])
        apart = gongkai.consolidate([plan("甲区2023年要点", BUDGET), plan("甲区2024年要点", SCHOOL)])

        assert table.plan("要点").year == 2023
        assert table.plan("2025年要点").year == 2025
        assert table.plan("2025年要点", year=2026).year == 2026
        assert apart.plan().year is None
        assert apart.plan().title == "2023、2024任务汇总"

    def test_sources_of_sources_are_kept(self) -> None:
        first = gongkai.consolidate([plan("甲区要点", BUDGET), plan("乙区要点", BUDGET)]).plan("一组")
        second = gongkai.consolidate([first, plan("丙区要点", SCHOOL)], names=["一组", "丙"]).plan("汇总")

        assert [task.extras for task in second.tasks if task.text == BUDGET] == [
            (("来源", "一组 1（甲区要点 1；乙区要点 1）"),)
        ]


class TestExamples:
    def test_a_city_and_two_districts(self) -> None:
        table = gongkai.consolidate(
            [examples.load(name) for name in ("lanjiang-2024", "chenghu-2024", "songping-2024")]
        )

        assert table.columns == ("澜江市", "澄湖区", "松坪区")
        assert max(len(held(row)) for row in table) <= 5
        budget = table.of("松坪区", "17")
        assert (budget["澜江市"].keys, budget["澄湖区"].keys) == (("20",), ("26",))
        assert budget.departments.kind is AgreementKind.SAME
        told = [row for row in table if len(row.departments.camps) > 0 and row.having > 1]
        assert sum(row.departments.kind is AgreementKind.DIVIDED for row in told) < len(told) / 5

    def test_three_years(self) -> None:
        table = gongkai.consolidate([examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)])

        assert table.columns == ("2022", "2023", "2024")
        assert len(table.common()) > len(table) / 2
        assert {row.section for row in table} <= {
            section.heading for plan in table.plans for section in plan.sections
        }


class TestAnswers:
    def test_answers_hold_for_all_plans_that_have_the_texts(self) -> None:
        plans = [plan("甲区要点", SCHOOL, AIR), plan("乙区要点", WATER), plan("丙区要点", BUS, AIR)]
        said = Answer("7", "8", "same", old_text=AIR, new_text=WATER)

        table = gongkai.consolidate(plans, known=[said])

        assert [held(row) for row in table if row.central.text in {AIR, WATER}] == [
            {("甲区要点", "2"), ("乙区要点", "1"), ("丙区要点", "2")}
        ]
        assert {finding.code for finding in table.findings} == {"A102"}

    def test_answers_about_no_task_are_told(self) -> None:
        said = [Answer("1", "1", "same", old_text=AIR, new_text="另一项工作。"), Answer("1", "1", "same")]

        table = gongkai.consolidate([plan("甲区要点", AIR), plan("乙区要点", WATER)], known=said)

        assert len(table) == 2
        assert [finding.code for finding in table.findings] == ["A101", "A101"]

    def test_keys_alone_need_names(self) -> None:
        plans = [plan("甲区要点", AIR), plan("乙区要点", WATER)]
        with pytest.raises(InvalidValue, match="names of their two plans"):
            gongkai.consolidate(plans, known=[("1", "1", "same")])  # type: ignore[list-item]

        assert len(gongkai.consolidate(plans, known={("乙区要点", "甲区要点"): [("1", "1", "same")]})) == 1


class TestRefusals:
    def test_no_plans(self) -> None:
        with pytest.raises(InvalidValue, match="at least one plan"):
            gongkai.consolidate([])

    def test_what_is_no_plan(self) -> None:
        with pytest.raises(InvalidValue, match="a Plan"):
            gongkai.consolidate(["要点"])  # type: ignore[list-item]

    @pytest.mark.parametrize("given", (["甲"], ["甲", "甲"], ["甲", " "], "甲乙"))
    def test_names_that_tell_nothing_apart(self, given: list[str]) -> None:
        with pytest.raises(InvalidValue, match="2 names"):
            gongkai.consolidate([plan("一", BUDGET), plan("二", BUDGET)], names=given)

    def test_alignments_of_other_plans(self) -> None:
        one, other = plan("一", BUDGET), plan("二", BUDGET)
        with pytest.raises(InvalidValue, match="alignments"):
            gongkai.consolidate([one, other], alignments=[gongkai.align(one, plan("三", AIR))])

    def test_alignments_with_tasks_of_other_plans(self) -> None:
        one, other = plan("一", BUDGET), plan("二", BUDGET)
        links = Alignment(one, other, (Link(one.tasks[0], Task("公开。", key="99")),))
        with pytest.raises(InvalidValue, match="alignments"):
            gongkai.consolidate([one, other], alignments=[links])

    @pytest.mark.parametrize("pair", (("甲", "丙"), ("甲", "甲"), ("甲",)))
    def test_answers_about_no_two_of_the_plans(self, pair: tuple[str, str]) -> None:
        plans = [plan("一", BUDGET), plan("二", BUDGET)]
        with pytest.raises(InvalidValue, match="pairs of two of 甲, 乙"):
            gongkai.consolidate(plans, names=["甲", "乙"], known={pair: []})

    def test_answers_beside_an_alignment(self) -> None:
        one, other = plan("一", BUDGET), plan("二", BUDGET)
        with pytest.raises(InvalidValue, match="甲 and 乙"):
            gongkai.consolidate(
                [one, other],
                names=["甲", "乙"],
                alignments=[gongkai.align(one, other)],
                known={("乙", "甲"): [("1", "1", "none")]},
            )

    def test_questions_about_other_plans(self) -> None:
        table: Consolidation = gongkai.consolidate([plan("一", BUDGET), plan("二", BUDGET)])
        for method in (table.unique, table.missing):
            with pytest.raises(InvalidValue, match="one of the plans"):
                method("三")
        with pytest.raises(InvalidValue, match="from 1 to 2"):
            table.common(3)
        with pytest.raises(KeyError, match="no task"):
            table.of("一", "7")
        with pytest.raises(KeyError, match="no plan"):
            table.rows[0]["三"]


class TestNames:
    @pytest.mark.parametrize(
        ("titles", "called"),
        (
            (["澄湖区2023年要点", "澄湖区2024年要点"], ("2023", "2024")),
            (["澄湖区2023年要点", "松坪区2024年要点"], ("澄湖区", "松坪区")),
            (
                ["澄湖区2023年要点", "澄湖区2024年要点", "松坪区2024年要点"],
                ("澄湖区2023", "澄湖区2024", "松坪区2024"),
            ),
            (["关于印发《澄湖区2024年要点》的通知", "松坪区2024年要点"], ("澄湖区", "松坪区")),
            (
                ["澄湖区2024年要点（一稿）", "澄湖区2024年要点（二稿）"],
                ("澄湖区2024年要点（一稿）", "澄湖区2024年要点（二稿）"),
            ),
            (["澄湖区2024年要点", "澄湖区2024年要点"], ("澄湖区2024", "澄湖区2024（2）")),
            (["", ""], ("—", "—（2）")),
        ),
    )
    def test_the_shortest_words_that_tell_them_apart(
        self, titles: list[str], called: tuple[str, ...]
    ) -> None:
        plans = [plan(title, f"公开第{number}类清单。") for number, title in enumerate(titles)]

        assert gongkai.consolidate(plans).columns == called
