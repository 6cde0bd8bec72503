"""Each task's thread through several plans."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Alignment, Assignment, Deadline, History, Link, Plan, Task, examples
from gongkai.comparing import Entry, Exit, TieKind, Timing
from gongkai.errors import InvalidValue, MissingExtra
from gongkai.testing import strategies

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
EPIDEMIC = "统筹做好疫情防控信息公开，准确发布防控政策。"


def plan(year: int | None, *tasks: Task | str) -> Plan:
    return Plan("要点", [task if isinstance(task, Task) else Task(task) for task in tasks], year=year)


def aligned(old: Plan, new: Plan, *links: tuple[str, str, str]) -> Alignment:
    """An alignment that says just this."""
    old_tasks, new_tasks = ({task.key: task for task in each.all_tasks} for each in (old, new))
    made = [Link(old_tasks[a], new_tasks[b], strength, 0.8) for a, b, strength in links]
    return Alignment(old, new, tuple(made))


def shape(history: History) -> list[list[str]]:
    return [[stage.id for stage in thread.stages] for thread in history]


def lists_of_plans() -> st.SearchStrategy[list[Plan]]:
    return st.lists(strategies.plans(), min_size=1, max_size=4)


def traced(plans: list[Plan], **options: Any) -> History:
    return gongkai.trace(plans, names=[f"p{place}" for place in range(len(plans))], **options)


class TestLaws:
    @given(lists_of_plans())
    def test_every_task_of_every_plan_is_in_exactly_one_thread(self, plans: list[Plan]) -> None:
        history = traced(plans)
        found = [(stage.place, stage.task.key) for thread in history for stage in thread.stages]
        tasks = [
            (n, task.key) for n, plan in enumerate(plans) for task in plan.all_tasks if task.text.strip()
        ]

        assert sorted(found, key=repr) == sorted(tasks, key=repr)

    @given(lists_of_plans())
    def test_a_thread_has_at_most_one_task_in_a_plan_and_goes_forward(self, plans: list[Plan]) -> None:
        for thread in traced(plans):
            places = [stage.place for stage in thread.stages]

            assert places == sorted(set(places))
            assert thread.id == thread.first.id
            assert {stage.thread for stage in thread.stages} == {thread.id}

    @given(lists_of_plans())
    def test_how_it_came_and_went_agrees_with_its_neighbours(self, plans: list[Plan]) -> None:
        for thread in traced(plans):
            assert thread.first.entry in {Entry.BORN, Entry.SPLIT}
            assert thread.last.exit in {Exit.MERGED, Exit.ENDED, Exit.OPEN}
            assert (thread.last.exit is Exit.OPEN) == (thread.last.place == len(plans) - 1)
            for here, there in zip(thread.stages, thread.stages[1:], strict=False):
                near = there.place == here.place + 1

                assert here.exit is (Exit.CONTINUED if near else Exit.PAUSED)
                assert there.entry is (Entry.CONTINUED if near else Entry.RETURNED)

    @given(strategies.plan_pairs())
    def test_the_threads_of_two_plans_agree_with_align(self, pair: tuple[Plan, Plan]) -> None:
        history = traced(list(pair))
        alignment = gongkai.align(*pair)

        assert {(tie.old, tie.new) for tie in history.ties} == {
            (f"p0:{link.old.key}", f"p1:{link.new.key}") for link in alignment
        }
        assert [tie.link for tie in history.ties] == list(alignment)

    @given(strategies.plan_pairs())
    def test_the_threads_of_two_plans_go_on_as_the_rows_of_a_diff_by_the_same_links(
        self, pair: tuple[Plan, Plan]
    ) -> None:
        alignment = gongkai.align(*pair)
        history = traced(list(pair), alignments=[alignment])
        rows = {
            (row.old[0].key, row.new[0].key)
            for row in gongkai.diff(*pair, links=alignment).tasks
            if row.old and row.new and isinstance(row.old[0], Task) and isinstance(row.new[0], Task)
        }
        threads = {
            tuple(stage.task.key for stage in thread.stages) for thread in history if len(thread.stages) > 1
        }

        assert threads <= rows

    @given(strategies.plans())
    def test_one_plan_is_births_only(self, plan: Plan) -> None:
        history = gongkai.trace([plan])

        assert {stage.entry for thread in history for stage in thread.stages} <= {Entry.BORN}
        assert history.ties == ()

    @given(strategies.plans())
    def test_a_plan_that_stays_as_it_is_goes_on_unchanged(self, plan: Plan) -> None:
        for thread in traced([plan, plan, plan]):
            assert len(thread.stages) == 3
            assert [stage.rewording for stage in thread.stages] == [None, 0.0, 0.0]
            assert {stage.timing for stage in thread.stages} <= {Timing.NONE, Timing.SAME}

    @given(lists_of_plans())
    def test_it_is_deterministic(self, plans: list[Plan]) -> None:
        assert traced(plans) == traced(plans)

    @given(lists_of_plans())
    def test_it_survives_pickling(self, plans: list[Plan]) -> None:
        history = traced(plans)
        again = pickle.loads(pickle.dumps(history))  # noqa: S301 - our own

        assert again == history
        assert hash(again) == hash(history)
        assert [again[thread.id] for thread in history] == list(history)

    @given(lists_of_plans())
    def test_plans_at_the_end_leave_earlier_threads_as_they_are(self, plans: list[Plan]) -> None:
        whole, part = shape(traced(plans, gaps=0)), shape(traced(plans[:-1], gaps=0)) if plans[1:] else []

        for line, before in zip(whole, part, strict=False):
            assert line[: len(before)] == before

    @given(lists_of_plans())
    def test_rows_and_graph_hold_every_task_and_tie(self, plans: list[Plan]) -> None:
        history = traced(plans)
        rows, nodes, edges = history.table(), history.nodes(), history.edges()

        assert [(row["thread"], row["column"]) for row in rows] == [
            (thread.id, column) for thread in history for column in thread.columns
        ]
        assert len({node["id"] for node in nodes}) == len(rows)
        assert len(edges) == len(history.ties)
        assert {edge[end] for edge in edges for end in ("source", "target")} <= {node["id"] for node in nodes}

    @given(lists_of_plans())
    def test_every_thread_is_told_in_two_languages(self, plans: list[Plan]) -> None:
        for thread in traced(plans):
            assert thread.explain("zh").endswith("。")
            assert thread.explain("en").endswith(".")


class TestThreads:
    def test_births_deaths_and_what_goes_on(self) -> None:
        first, second = plan(2022, EPIDEMIC, BUDGET), plan(2023, BUDGET, SCHOOL)
        history = gongkai.trace([first, second])

        assert shape(history) == [["2022:#1"], ["2022:#2", "2023:#1"], ["2023:#2"]]
        assert history["2022:#1"].last.exit is Exit.ENDED
        assert history["2023:#2"].first.entry is Entry.BORN
        assert history["2023:#1"] is history["2022:#2"]

    def test_splits_and_mergers_join_threads(self) -> None:
        first, second, third = (
            plan(2022, BUDGET + SCHOOL),
            plan(2023, BUDGET, SCHOOL),
            plan(2024, BUDGET + SCHOOL),
        )
        history = gongkai.trace(
            [first, second, third],
            alignments=[
                aligned(first, second, ("#1", "#1", "same"), ("#1", "#2", "partial")),
                aligned(second, third, ("#1", "#1", "same"), ("#2", "#1", "partial")),
            ],
        )

        assert shape(history) == [["2022:#1", "2023:#1", "2024:#1"], ["2023:#2"]]
        part = history["2023:#2"].first
        assert (part.entry, part.exit) == (Entry.SPLIT, Exit.MERGED)
        assert [tie.kind for tie in history.ties] == [
            TieKind.CONTINUED,
            TieKind.SPLIT,
            TieKind.CONTINUED,
            TieKind.MERGED,
        ]
        assert history.table()[-1]["from_threads"] == ["2022:#1"]
        assert history.table()[-1]["to_threads"] == ["2022:#1"]
        assert history["2023:#2"].explain("en") == (
            f"2023: split off “{(BUDGET + SCHOOL)[:23]}…”, “{SCHOOL[:23]}…”; then merged into “{(BUDGET + SCHOOL)[:23]}…”."
        )

    def test_threads_that_both_go_on_may_share_words(self) -> None:
        first, second = plan(2022, BUDGET, SCHOOL), plan(2023, BUDGET, SCHOOL)
        given = aligned(first, second, ("#1", "#1", "same"), ("#1", "#2", "partial"), ("#2", "#2", "same"))
        history = gongkai.trace([first, second], alignments=[given])

        assert [tie.kind for tie in history.ties] == [TieKind.CONTINUED, TieKind.CROSSED, TieKind.CONTINUED]
        assert [stage.entry for stage in history.stages("2023")] == [Entry.CONTINUED, Entry.CONTINUED]

    def test_what_comes_back_is_the_same_thread(self) -> None:
        plans = [plan(2022, BUDGET, WATER), plan(2023, BUDGET), plan(2024, BUDGET, WATER)]
        history = gongkai.trace(plans)

        assert shape(history)[1] == ["2022:#2", "2024:#2"]
        assert [(stage.entry, stage.exit) for stage in history["2022:#2"].stages] == [
            (Entry.BORN, Exit.PAUSED),
            (Entry.RETURNED, Exit.OPEN),
        ]
        assert shape(gongkai.trace(plans, gaps=0))[1:] == [["2022:#2"], ["2024:#2"]]

    @pytest.mark.parametrize(("gaps", "lines"), ((1, 3), (2, 2)))
    def test_how_long_it_may_be_absent_is_a_setting(self, gaps: int, lines: int) -> None:
        away = [plan(year, BUDGET) for year in (2021, 2022)]
        plans = [plan(2020, BUDGET, WATER), *away, plan(2023, BUDGET, WATER)]

        assert len(gongkai.trace(plans, gaps=gaps)) == lines

    def test_what_was_merged_does_not_come_back(self) -> None:
        first, second, third = (
            plan(2022, BUDGET, WATER),
            plan(2023, BUDGET + WATER),
            plan(2024, BUDGET, WATER),
        )
        history = gongkai.trace(
            [first, second, third],
            alignments=[
                aligned(first, second, ("#1", "#1", "same"), ("#2", "#1", "partial")),
                aligned(second, third, ("#1", "#1", "same")),
                aligned(first, third, ("#2", "#2", "same")),
            ],
        )

        assert shape(history) == [["2022:#1", "2023:#1", "2024:#1"], ["2022:#2"], ["2024:#2"]]


class TestWhoWhenAndHow:
    def history(self) -> History:
        old = Task(
            "公开政务服务事项和2023年办理情况。",
            assignments=[Assignment.lead("区政务服务局"), Assignment.cooperate("区财政局")],
            deadlines=[Deadline.by_month(2023, 10)],
        )
        new = Task(
            "公开政务服务事项和2024年办理情况。",
            assignments=[Assignment.lead("区政务服务和数据管理局"), Assignment.cooperate("区审计局")],
            deadlines=[Deadline.by_month(2024, 12)],
        )
        first, second = plan(2023, old), plan(2024, new)
        return gongkai.trace([first, second], alignments=[aligned(first, second, ("#1", "#1", "same"))])

    def test_a_body_that_a_reform_renamed_is_one_body(self) -> None:
        first, second = self.history().table()

        assert first["lead"] == ["区政务服务局"]
        assert first["bodies"] == ["区政务服务和数据管理局", "区财政局"]
        assert second["bodies"] == ["区政务服务和数据管理局", "区审计局"]
        assert second["renamed"] == ["区政务服务局 → 区政务服务和数据管理局"]
        assert (second["joined"], second["left"]) == (["区审计局"], ["区财政局"])
        assert len(self.history().of("区政务服务局")) == 1

    def test_years_that_go_on_are_no_rewording(self) -> None:
        assert [row["rewording"] for row in self.history().table()] == [None, 0.0]

    def test_deadlines_are_seen_from_the_year_of_each_plan(self) -> None:
        assert [row["timing"] for row in self.history().table()] == ["none", "later"]
        assert [row["due"] for row in self.history().table()] == ["2023-10-31", "2024-12-31"]

    def test_it_tells_all_that(self) -> None:
        (thread,) = self.history()

        assert thread.explain() == (
            "2023年列入“公开政务服务事项和2023年办理情况。”；"
            "2024年沿用，文字未变，区政务服务局更名为区政务服务和数据管理局，增加区审计局，不再由区财政局负责，"
            "时限推迟（2024年12月）。"
        )
        with pytest.raises(InvalidValue, match="language"):
            thread.explain("fr")  # type: ignore[arg-type]

    def test_who_takes_over_by_a_reform_is_told_apart_from_who_joins(self) -> None:
        history = gongkai.trace([examples.load("chenghu-2023"), examples.load("chenghu-2024")])
        found = {
            (item.old.name, item.new.name)
            for thread in history
            for stage in thread.stages
            for item in stage.handovers
            if item.relation == "succeeded" and item.old is not None and item.new is not None
        }

        assert found == {("区金融服务办", "区委金融办")}


class TestPlans:
    def test_plans_are_put_in_the_order_of_their_years(self) -> None:
        assert gongkai.trace([plan(2024, BUDGET), plan(2022, BUDGET)]).columns == ("2022", "2024")

    def test_names_keep_the_given_order(self) -> None:
        drafts = [plan(2024, BUDGET), plan(2024, BUDGET)]

        assert gongkai.trace(drafts, names=["草案", "定稿"]).columns == ("草案", "定稿")

    @pytest.mark.parametrize("years", ((2024, 2024), (2023, None)), ids=["one year", "no year"])
    def test_years_that_give_no_order_are_refused(self, years: tuple[int | None, ...]) -> None:
        with pytest.raises(InvalidValue, match=r"trace\.plans: expected .*names="):
            gongkai.trace([plan(year, BUDGET) for year in years])

    @pytest.mark.parametrize("names", (["甲"], ["甲", "甲"], ["甲", " "]), ids=["few", "twice", "blank"])
    def test_names_that_name_nothing_are_refused(self, names: list[str]) -> None:
        with pytest.raises(InvalidValue, match=r"trace\.names"):
            gongkai.trace([plan(2023, BUDGET), plan(2024, BUDGET)], names=names)

    def test_there_has_to_be_a_plan(self) -> None:
        with pytest.raises(InvalidValue, match="at least one plan"):
            gongkai.trace([])
        with pytest.raises(InvalidValue, match=r"trace\.plans: expected a Plan"):
            gongkai.trace(["要点"])  # type: ignore[list-item]

    @pytest.mark.parametrize("gaps", (-1, True, 1.5), ids=repr)
    def test_gaps_are_a_number_of_plans(self, gaps: Any) -> None:
        with pytest.raises(InvalidValue, match=r"trace\.gaps"):
            gongkai.trace([plan(2024, BUDGET)], gaps=gaps)

    def test_an_alignment_holds_wherever_its_plans_stand(self) -> None:
        first, second = plan(2023, BUDGET), plan(2024, SCHOOL)
        given = aligned(first, second, ("#1", "#1", "partial"))
        history = gongkai.trace([first, second, first, second], names=list("甲乙丙丁"), alignments=[given])

        assert [tie.kind for tie in history.ties if tie.link.strength == "partial"] == [TieKind.CONTINUED] * 2

    def test_alignments_are_of_two_of_the_plans(self) -> None:
        first, second = plan(2023, BUDGET), plan(2024, BUDGET)
        for wrong in (aligned(second, first), aligned(first, plan(2024, SCHOOL)), "links"):
            with pytest.raises(InvalidValue, match=r"trace\.alignments"):
                gongkai.trace([first, second], alignments=[wrong])  # type: ignore[list-item]


class TestAddresses:
    def test_what_is_not_there_is_a_key_error_that_says_how(self) -> None:
        history = gongkai.trace([plan(2023, BUDGET), plan(2024, BUDGET)])

        with pytest.raises(KeyError, match="2023:1"):
            history["2025:#1"]
        with pytest.raises(KeyError, match="there are 2023, 2024"):
            history.stages("2025")

    def test_stages_of_a_plan_stand_in_its_order(self) -> None:
        history = gongkai.trace([plan(2023, BUDGET, SCHOOL), plan(2024, SCHOOL, BUDGET)])

        assert [stage.id for stage in history.stages("2024")] == ["2024:#1", "2024:#2"]

    def test_the_summary_counts_every_task_once_each_way(self) -> None:
        history = gongkai.trace([examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)])

        for counts in history.summary().values():
            came = [counts[entry.value] for entry in Entry]
            went = [counts["kept"], *[counts[each.value] for each in Exit if each is not Exit.CONTINUED]]

            assert sum(came) == sum(went) == counts["tasks"]


class TestGraph:
    def test_networkx_gets_the_same_nodes_and_edges(self) -> None:
        networkx = pytest.importorskip("networkx")
        history = gongkai.trace([plan(2022, BUDGET, WATER), plan(2023, BUDGET), plan(2024, BUDGET, WATER)])
        graph = history.to_networkx()

        assert isinstance(graph, networkx.DiGraph)
        assert set(graph.nodes) == {node["id"] for node in history.nodes()}
        assert graph.edges["2022:#2", "2024:#2"]["kind"] == "returned"
        assert graph.nodes["2022:#2"]["exit"] == "paused"
        assert networkx.number_weakly_connected_components(graph) == 2

    def test_without_networkx_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "networkx", None)

        with pytest.raises(MissingExtra, match=r"gongkai\[graph\]"):
            gongkai.trace([plan(2022, BUDGET)]).to_networkx()
