"""Tasks that one copy splits or joins, and another edits: departments, deadlines and words go where they belong."""

from __future__ import annotations

import gongkai
from gongkai import Assignment, Conflict, Deadline, Merge, Plan, Task

BUDGET = "细化部门预决算公开内容，公布重点项目绩效评价结果。"
SCHOOL = "公开义务教育招生政策和学校招生范围，设立咨询专线。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
BUS = "发布公交线网调整方案，说明增减班次的理由。"
NEW = "梳理街道养老服务补贴标准，逐项规范申请条件。"

JUNE, SEPTEMBER, OCTOBER, NOVEMBER = (Deadline.by_month(2025, month) for month in (6, 9, 10, 11))


def task(text: str, *bodies: str, by: Deadline | None = None) -> Task:
    assignments = [Assignment.responsible(*bodies)] if bodies else []
    return Task(text, assignments=assignments, deadlines=[by] if by else [])


def listed(*tasks: Task | str) -> Plan:
    """A plan of tasks."""
    made = [task(one) if isinstance(one, str) else one for one in tasks]
    return Plan("要点", made, year=2025)


def bodies(plan: Plan) -> list[set[str]]:
    return [{body.name for body in task.departments} for task in plan.tasks]


def deadlines(plan: Plan) -> list[tuple[Deadline, ...]]:
    return [task.deadlines for task in plan.tasks]


def texts(plan: Plan) -> list[str]:
    return [task.text for task in plan.tasks]


def only(merge: Merge) -> Conflict:
    (conflict,) = merge.conflicts
    return conflict


class TestJoined:
    def test_a_deadline_that_is_set_here_goes_where_the_task_was_joined_to_there(self) -> None:
        base, ours = listed(BUDGET, SCHOOL, WATER), listed(BUDGET + SCHOOL, WATER)
        theirs = listed(BUDGET, task(SCHOOL, by=SEPTEMBER), WATER)
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert merge.plan == listed(task(BUDGET + SCHOOL, by=SEPTEMBER), WATER)
        first, second = (block.key for block in base.tasks[:2])
        told = {(one.where.base_key, one.where.field) for one in merge.of("theirs")}
        assert told == {(first, "deadlines"), (second, "deadlines")}

    def test_a_deadline_that_one_task_takes_on_and_the_other_gives_up_is_no_conflict(self) -> None:
        base = listed(task(BUDGET, by=NOVEMBER), task(SCHOOL, by=SEPTEMBER), WATER)
        ours = listed(Task(BUDGET + SCHOOL, deadlines=[NOVEMBER, SEPTEMBER]), WATER)
        theirs = listed(task(BUDGET, by=SEPTEMBER), task(SCHOOL, by=OCTOBER), WATER)
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert deadlines(merge.plan) == [(SEPTEMBER, OCTOBER), ()]

    def test_departments_are_merged_one_by_one(self) -> None:
        base = listed(task(BUDGET, "区财政局"), task(SCHOOL, "区教委", "区民政局"))
        ours = listed(task(BUDGET + SCHOOL, "区财政局", "区教委", "区民政局"))
        theirs = listed(task(BUDGET, "区财政局", "区审计局"), task(SCHOOL, "区民政局", "区商务局"))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert bodies(merge.plan) == [{"区财政局", "区审计局", "区民政局", "区商务局"}]

    def test_what_is_added_to_one_task_stays_though_the_other_task_loses_it(self) -> None:
        base = listed(task(BUDGET, "区财政局"), task(SCHOOL, "区教委", "区民政局"))
        ours = listed(task(BUDGET + SCHOOL, "区财政局"))
        theirs = listed(task(BUDGET, "区财政局", "区教委"), task(SCHOOL, "区教委", "区民政局", "区商务局"))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert bodies(merge.plan) == [{"区财政局", "区教委", "区商务局"}]

    def test_the_deadline_that_is_put_off_to_that_of_the_task_that_joins_stays(self) -> None:
        base = listed(task(BUDGET, by=OCTOBER), task(SCHOOL, by=JUNE))
        ours = listed(task(BUDGET + SCHOOL, by=OCTOBER))
        theirs = listed(task(BUDGET, by=JUNE), task(SCHOOL, by=JUNE))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert deadlines(merge.plan) == [(JUNE,)]

    def test_a_deadline_that_is_put_off_here_and_dropped_there_is_a_conflict(self) -> None:
        base = listed(task(BUDGET, by=JUNE), task(SCHOOL, by=OCTOBER))
        ours = listed(task(BUDGET + SCHOOL, by=JUNE))
        theirs = listed(task(BUDGET, by=JUNE), task(SCHOOL, by=NOVEMBER))
        merge = gongkai.merge(base, ours, theirs)
        id_ = f"{base.tasks[0].key}.deadlines"

        assert only(merge).id == id_
        assert deadlines(merge.plan) == [(JUNE, OCTOBER)]
        assert merge.resolve({id_: "ours"}).plan == ours
        assert deadlines(merge.resolve({id_: "theirs"}).plan) == [(JUNE, NOVEMBER)]

    def test_the_decision_tells_where_it_went(self) -> None:
        merge = gongkai.merge(listed(BUDGET, SCHOOL), listed(BUDGET + SCHOOL), listed(BUDGET, SCHOOL))
        told = next(one for one in merge.decisions if one.change.value == "merged")

        assert told.new == BUDGET[: len(str(told.new)) - 1] + "…"
        assert told.explain().startswith(f"“{SCHOOL[:5]}")
        assert f"并入“{BUDGET[:5]}" in told.explain()

    def test_a_deadline_that_goes_with_the_join_is_told_so(self) -> None:
        base = listed(task(BUDGET, by=JUNE), task(SCHOOL, by=OCTOBER))
        theirs = listed(task(BUDGET, by=JUNE), task(SCHOOL, by=NOVEMBER))
        merge = gongkai.merge(base, listed(task(BUDGET + SCHOOL, by=JUNE)), theirs)

        assert (
            only(merge).explain().endswith("的完成时限：我方删去，对方为“2025年11月”，原稿为“2025年10月”。")
        )


class TestSplit:
    def test_the_decision_tells_what_it_was_split_off_from(self) -> None:
        merge = gongkai.merge(listed(BUDGET + SCHOOL), listed(BUDGET, SCHOOL), listed(BUDGET + SCHOOL))
        told = next(one for one in merge.decisions if one.change.value == "split")

        assert told.explain().startswith(f"“{BUDGET[:5]}")
        assert f"拆分为单独的任务“{SCHOOL[:5]}" in told.explain()

    def test_what_the_pieces_share_out_stays_shared_out(self) -> None:
        base, theirs = (
            listed(task(BUDGET + SCHOOL, "区财政局", "区教委")),
            listed(task(BUDGET + SCHOOL, "区财政局", "区民政局")),
        )
        ours = listed(task(BUDGET, "区财政局"), task(SCHOOL, "区教委"))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert bodies(merge.plan) == [{"区财政局", "区民政局"}, {"区民政局"}]

    def test_a_role_is_changed_in_the_piece_that_has_the_department(self) -> None:
        base = listed(task(BUDGET + SCHOOL, "区财政局", "区教委"))
        ours = listed(task(BUDGET, "区财政局"), task(SCHOOL, "区教委"))
        lead = Assignment.lead("区教委")
        theirs = listed(Task(BUDGET + SCHOOL, assignments=[lead, Assignment.responsible("区财政局")]))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert merge.plan.tasks[1].assignments == (lead,)
        assert merge.plan.tasks[0].assignments == ours.tasks[0].assignments

    def test_a_piece_with_a_time_of_its_own_and_another_time_for_all_is_a_conflict(self) -> None:
        base = listed(task(BUDGET + SCHOOL, by=OCTOBER))
        ours = listed(task(BUDGET, by=OCTOBER), task(SCHOOL, by=NOVEMBER))
        merge = gongkai.merge(base, ours, listed(task(BUDGET + SCHOOL, by=SEPTEMBER)))
        conflict = only(merge)

        assert (conflict.kind.value, conflict.ours, conflict.theirs) == (
            "deadline",
            (NOVEMBER,),
            (SEPTEMBER,),
        )
        assert deadlines(merge.plan) == [(SEPTEMBER,), (OCTOBER,)]
        assert deadlines(merge.resolve({conflict.id: "ours"}).plan) == [(SEPTEMBER,), (NOVEMBER,)]

    def test_a_piece_that_is_rewritten_is_a_piece_all_the_same(self) -> None:
        """It stands where the words were cut off, with the task's own departments and deadlines."""
        base = listed(task(BUDGET + SCHOOL, "区财政局", by=SEPTEMBER), WATER)
        ours = listed(task(BUDGET, "区财政局", by=SEPTEMBER), task(BUS, "区财政局", by=SEPTEMBER), WATER)
        theirs = listed(task(BUDGET + SCHOOL, "区财政局", by=NOVEMBER), WATER)
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert deadlines(merge.plan) == [(NOVEMBER,), (NOVEMBER,), ()]

    def test_so_it_is_where_some_of_the_rest_is_rewritten_too(self) -> None:
        base = listed(task(BUDGET + SCHOOL + WATER, "区财政局", by=SEPTEMBER))
        theirs = listed(task(BUDGET + SCHOOL + WATER, "区财政局", by=NOVEMBER))
        for cut in ((BUS, NEW + WATER), (BUDGET + NEW, BUS)):
            ours = listed(*[task(text, "区财政局", by=SEPTEMBER) for text in cut])
            merge = gongkai.merge(base, ours, theirs)

            assert merge.conflicts == ()
            assert deadlines(merge.plan) == [(NOVEMBER,), (NOVEMBER,)]

    def test_a_task_that_is_added_beside_a_rewritten_one_is_no_piece(self) -> None:
        base = listed(task(BUDGET + SCHOOL + WATER, "区财政局", by=SEPTEMBER))
        theirs = listed(task(BUDGET + SCHOOL + WATER, "区财政局", by=NOVEMBER))
        ours = listed(
            task(BUS, "区财政局", by=SEPTEMBER), task(BUDGET + NEW + WATER, "区财政局", by=SEPTEMBER)
        )

        assert deadlines(gongkai.merge(base, ours, theirs).plan) == [(SEPTEMBER,), (NOVEMBER,)]

    def test_a_piece_takes_the_departments_that_its_task_loses(self) -> None:
        base = listed(task(BUDGET + SCHOOL, "区财政局", "区教委", by=SEPTEMBER), WATER)
        ours = listed(task(BUDGET, "区财政局", by=SEPTEMBER), task(BUS, "区教委", by=SEPTEMBER), WATER)
        theirs = listed(task(BUDGET + SCHOOL, "区财政局", "区教委", by=NOVEMBER), WATER)
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert deadlines(merge.plan) == [(NOVEMBER,), (NOVEMBER,), ()]

    def test_a_task_that_is_added_beside_a_whole_one_is_no_piece(self) -> None:
        base = listed(task(BUDGET + SCHOOL, "区财政局", by=SEPTEMBER), WATER)
        ours = listed(
            task(BUDGET + SCHOOL, "区财政局", by=SEPTEMBER), task(BUS, "区财政局", by=SEPTEMBER), WATER
        )
        theirs = listed(task(BUDGET + SCHOOL, "区财政局", by=NOVEMBER), WATER)

        assert deadlines(gongkai.merge(base, ours, theirs).plan) == [(NOVEMBER,), (SEPTEMBER,), ()]

    def test_a_cut_stays_between_two_sentences(self) -> None:
        first, second = "政策解读评估结果以及公开招生政策。", "实施方案逐项优化培训安排。"
        base = listed(first + second + WATER)
        ours = listed("预算绩效细化咨询口径服务时间。招生政策网站栏目实施方案更新。" + WATER)
        merge = gongkai.merge(base, ours, listed(first, second + WATER))

        assert texts(merge.plan) == [
            "预算绩效细化咨询口径服务时间。",
            "招生政策网站栏目实施方案更新。" + WATER,
        ]
