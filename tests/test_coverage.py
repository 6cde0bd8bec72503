"""What of a reference plan another plan carries."""

from __future__ import annotations

import pickle
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import gongkai
from gongkai import Assignment, Deadline, Division, Link, Mark, Plan, Section, Task, examples
from gongkai.comparing import Carriage, Timing
from gongkai.comparing.carrying.wordshare import shared_runs
from gongkai.errors import InvalidValue
from gongkai.testing import strategies

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
FARM = "公布耕地地力保护补贴的对象和标准。"


def plan(*tasks: Task | str, year: int | None = None, place: str | None = None) -> Plan:
    made = [task if isinstance(task, Task) else Task(task) for task in tasks]
    return Plan("要点", made, year=year, division=None if place is None else Division(place))


def finest(plan: Plan) -> list[str | None]:
    return [task.key for task in plan.all_tasks if task.text.strip()]


class TestLaws:
    @given(strategies.plan_pairs())
    def test_every_task_of_the_reference_is_in_exactly_one_row(self, pair: tuple[Plan, Plan]) -> None:
        reference, other = pair
        cover = gongkai.coverage(reference, other)

        assert [row.task.key for row in cover] == finest(reference)
        assert sum(cover.summary().values()) == len(cover.rows) + len(cover.extra)
        assert cover.tally.total == len(cover)

    @given(strategies.plan_pairs())
    def test_every_task_of_the_plan_carries_something_or_is_extra(self, pair: tuple[Plan, Plan]) -> None:
        cover = gongkai.coverage(*pair)
        carrying = {task.key for row in cover for task in row.tasks}

        assert carrying.isdisjoint(task.key for task in cover.extra)
        assert carrying.union(task.key for task in cover.extra) == set(finest(pair[1]))

    @given(strategies.plans())
    def test_a_plan_carries_all_of_itself(self, plan: Plan) -> None:
        cover = gongkai.coverage(plan, plan)

        assert {row.status for row in cover} <= {Carriage.CARRIED}
        assert all(row.covered == 1.0 and not row.missing for row in cover)
        assert all(item.relation == "same" for row in cover for item in row.handovers)
        assert {row.timing for row in cover} <= {Timing.NONE, Timing.SAME}
        assert cover.extra == ()

    @given(strategies.plan_pairs())
    def test_it_is_deterministic(self, pair: tuple[Plan, Plan]) -> None:
        assert gongkai.coverage(*pair) == gongkai.coverage(*pair)

    @given(strategies.plan_pairs())
    def test_it_survives_pickling(self, pair: tuple[Plan, Plan]) -> None:
        cover = gongkai.coverage(*pair)
        again = pickle.loads(pickle.dumps(cover))  # noqa: S301 - our own

        assert again == cover
        assert hash(again) == hash(cover)
        assert [row.explain() for row in again] == [row.explain() for row in cover]

    @given(strategies.plan_pairs())
    def test_marks_are_obeyed(self, pair: tuple[Plan, Plan]) -> None:
        first = gongkai.coverage(*pair)
        marks = [row.not_applicable("无此事项") for row in first.rows[::2]]
        marked = gongkai.coverage(*pair, marks=marks)

        assert [row.mark for row in marked.rows[::2]] == marks
        assert {row.status for row in marked.rows[::2]} <= {Carriage.NOT_APPLICABLE}
        assert [row.status for row in marked.rows[1::2]] == [row.status for row in first.rows[1::2]]
        assert marked.unplaced == ()
        assert set(marked.marks) == set(marks)

    @given(strategies.plan_pairs())
    def test_the_sentences_stand_in_the_text(self, pair: tuple[Plan, Plan]) -> None:
        for row in gongkai.coverage(*pair):
            for passage in row.passages:
                assert row.task.text[passage.start :].startswith(passage.text)
                assert 0 <= passage.share <= 1
                assert passage.key is None or passage.key in {task.key for task in row.tasks}

    @given(strategies.plan_pairs())
    def test_every_row_is_told_in_one_line_in_two_languages(self, pair: tuple[Plan, Plan]) -> None:
        for row in gongkai.coverage(*pair):
            assert row.explain("zh").endswith("。")
            assert row.explain("en").endswith(".")


class TestStatus:
    def test_what_is_the_same_obligation_is_carried_and_what_is_not_there_is_absent(self) -> None:
        cover = gongkai.coverage(plan(BUDGET, FARM), plan("规范公开部门预决算和绩效目标。", SCHOOL))

        assert [row.status for row in cover] == [Carriage.CARRIED, Carriage.ABSENT]
        assert [task.key for task in cover.extra] == ["#2"]
        assert cover["#2"].links == ()

    def test_part_of_it_is_partial_unless_the_parts_hold_all_its_words(self) -> None:
        reference = plan(BUDGET + SCHOOL)
        half = gongkai.coverage(reference, plan(BUDGET), known=[("#1", "#1", "partial")])
        both = gongkai.coverage(
            reference, plan(BUDGET, SCHOOL), known=[("#1", "#1", "partial"), ("#1", "#2", "partial")]
        )

        assert half["#1"].status is Carriage.PARTIAL
        assert half["#1"].passages[0].share == 1.0
        assert half["#1"].passages[1].share < 0.2
        assert [passage.text for passage in half["#1"].missing] == [SCHOOL]
        assert both["#1"].status is Carriage.CARRIED
        assert [passage.key for passage in both["#1"].passages] == ["#1", "#2"]

    def test_links_that_are_given_count_alone(self) -> None:
        reference, other = plan(BUDGET), plan(BUDGET, WATER)
        link = Link(reference.tasks[0], other.tasks[1], "partial", 0.4)
        cover = gongkai.coverage(reference, other, links=[link])

        assert [link.new.key for link in cover["#1"].links] == ["#2"]
        assert gongkai.coverage(reference, other, links=[link.reject()])["#1"].status is Carriage.ABSENT

    def test_a_link_is_counted_once_with_its_last_answer(self) -> None:
        reference, other = plan(BUDGET), plan(BUDGET)
        link = Link(reference.tasks[0], other.tasks[0], "same")
        cover = gongkai.coverage(reference, other, links=[link, link.accept("partial"), link.reject()])

        assert cover["#1"].links == ()

    def test_links_of_other_plans_are_refused(self) -> None:
        link = Link(Task("公开。", key="9"), Task("公开。", key="9"))

        with pytest.raises(InvalidValue, match=r"coverage\.links"):
            gongkai.coverage(plan(BUDGET), plan(BUDGET), links=[link])

    def test_answers_and_links_together_are_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"coverage\.known"):
            gongkai.coverage(plan(BUDGET), plan(BUDGET), links=[], known=[("#1", "#1", "none")])

    def test_an_embedder_and_links_together_are_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"coverage\.embedder"):
            gongkai.coverage(
                plan(BUDGET), plan(BUDGET), links=[], embedder=lambda texts: [[1.0]] * len(texts)
            )

    def test_an_embedder_has_its_say(self) -> None:
        asked: list[str] = []

        def vectors(texts: list[str]) -> list[list[float]]:
            asked.extend(texts)
            return [[1.0, 0.0] for _ in texts]

        gongkai.coverage(plan(BUDGET, SCHOOL), plan(WATER, FARM), embedder=vectors)
        assert asked

    def test_only_plans_are_compared(self) -> None:
        with pytest.raises(InvalidValue, match=r"coverage\.reference"):
            gongkai.coverage("要点", plan(BUDGET))  # type: ignore[arg-type]


class TestHandingOn:
    CITY = Task(
        BUDGET,
        assignments=[Assignment.lead("市财政局"), Assignment.cooperate("市审计局")],
        deadlines=[Deadline.by_month(2023, 12)],
    )

    def district(self, *, month: int = 10) -> Plan:
        own = [Assignment.lead("区财政局"), Assignment.cooperate(["区政务服务局"])]
        task = Task(BUDGET, assignments=own, deadlines=[Deadline.by_month(2024, month)])
        return plan(task, place="松坪区", year=2024)

    def city(self) -> Plan:
        return plan(self.CITY, place="澜江市", year=2023)

    def test_it_tells_to_whom_a_task_is_handed(self) -> None:
        (row,) = gongkai.coverage(self.city(), self.district())
        told = [
            (item.old and item.old.name, item.new and item.new.name, item.relation) for item in row.handovers
        ]

        assert told == [
            ("市财政局", "区财政局", "counterpart"),
            ("市审计局", None, None),
            (None, "区政务服务局", None),
        ]

    @pytest.mark.parametrize(
        ("month", "timing"), ((10, Timing.EARLIER), (12, Timing.SAME)), ids=["before", "the same month"]
    )
    def test_deadlines_are_seen_from_the_year_of_each_plan(self, month: int, timing: Timing) -> None:
        (row,) = gongkai.coverage(self.city(), self.district(month=month))

        assert row.timing is timing

    def test_it_says_all_that_in_one_line(self) -> None:
        (row,) = gongkai.coverage(self.city(), self.district())

        assert row.explain() == (
            "“规范公开部门预决算，细化项目支出绩效目标。”已承接，见“规范公开部门预决算，细化项目支出绩效目标。”；"
            "字句相同100%；由区财政局（对应市财政局）、区政务服务局负责；未见与市审计局对应的单位；"
            "时限提前至2024年10月（对照文件为2023年12月）。"
        )
        with pytest.raises(InvalidValue, match="language"):
            row.explain("fr")  # type: ignore[arg-type]

    def test_of_very_many_departments_those_of_one_name_are_one(self) -> None:
        names = [f"第{number}局" for number in range(200)]
        one = plan(Task(BUDGET, assignments=[Assignment.lead(names)]))
        other = plan(
            Task(BUDGET, assignments=[Assignment.lead([*names[100:], *(f"第{n}委" for n in range(9))])])
        )
        (row,) = gongkai.coverage(one, other)

        assert sum(item.relation == "same" for item in row.handovers) == 100
        assert sum(item.new is None for item in row.handovers) == 100
        assert sum(item.old is None for item in row.handovers) == 9


CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("timings.toml").read_text(encoding="utf-8")
)["timing"]


def due(text: str, year: int) -> list[Deadline]:
    found = [gongkai.parse_deadline(part, year=year or 2023) for part in text.split("；") if part]
    return [deadline for deadline in found if deadline is not None]


class TestTimings:
    @pytest.mark.parametrize("case", CASES, ids=[str(case["name"]) for case in CASES])
    def test_deadlines_of_two_tasks(self, case: dict[str, Any]) -> None:
        before, after = case["years"]
        old, new = due(case["asked"], before), due(case["given"], after)
        (row,) = gongkai.coverage(
            plan(Task(BUDGET, deadlines=old), year=before or None),
            plan(Task(BUDGET, deadlines=new), year=after),
        )

        assert (len(old), len(new)) == tuple(
            len(case[side].split("；")) * bool(case[side]) for side in ("asked", "given")
        )
        assert row.timing == case["timing"]

    def test_every_timing_has_a_case(self) -> None:
        assert {case["timing"] for case in CASES} == set(Timing)

    def test_how_often_a_sentence_says_is_no_deadline_of_the_task(self) -> None:
        asked = gongkai.parse(
            "澜江市2024年政务公开工作要点\n1.按季度公布重点任务进展。（市政府办公厅负责落实）\n"
        )
        given = gongkai.parse(
            "松坪区2024年政务公开工作要点\n1.按季度公布重点任务进展。（责任单位：区政府办公室，完成时限：2024年12月底前）\n"
        )

        assert gongkai.coverage(asked, given)["1"].timing is Timing.SET


class TestCounts:
    def cover(self) -> gongkai.Coverage:
        money = Section(
            "财政", [Task(BUDGET, label="1.", assignments=[Assignment.lead("市财政局")])], label="一、"
        )
        land = Section(
            "农业",
            [
                Task(FARM, label="2.", assignments=[Assignment.lead(["市财政局", "市农业农村局"])]),
                Task(WATER, label="3.", assignments=[Assignment.lead("市水务局")]),
            ],
            label="二、",
        )
        return gongkai.coverage(Plan("要点", [money, land]), plan(BUDGET), marks=[("3", "没有河道")])

    def test_it_counts_by_section_of_the_reference(self) -> None:
        found = [
            (name, tally.carried, tally.absent, tally.not_applicable)
            for name, tally in self.cover().by_section()
        ]

        assert found == [("一、财政", 1, 0, 0), ("二、农业", 0, 1, 1)]

    def test_it_counts_by_department_who_has_most_tasks_first(self) -> None:
        found = [(name, tally.total, tally.carried) for name, tally in self.cover().by_department()]

        assert found == [("市财政局", 2, 1), ("市农业农村局", 1, 0), ("市水务局", 1, 0)]

    def test_the_share_is_of_what_applies(self) -> None:
        tally = self.cover().tally

        assert (tally.total, tally.applicable, tally.share) == (3, 2, 0.5)
        assert gongkai.coverage(Plan("要点"), Plan("要点")).tally.share is None

    def test_rows_are_found_by_status_and_key(self) -> None:
        cover = self.cover()

        assert [row.task.key for row in cover.with_status("absent", Carriage.CARRIED)] == ["1", "2"]
        with pytest.raises(InvalidValue, match="carried, partial, absent, not-applicable"):
            cover.with_status("gone")
        with pytest.raises(KeyError, match="no task '7'"):
            cover["7"]


class TestMarks:
    def test_a_mark_finds_its_task_by_the_text_when_it_was_renumbered(self) -> None:
        mark = Mark("1", "没有耕地", text=FARM)
        cover = gongkai.coverage(plan(BUDGET, FARM), plan(BUDGET), marks=[mark])

        assert [row.mark for row in cover] == [None, mark]
        assert [kept.key for kept in cover.marks] == ["#2"]

    def test_a_mark_finds_its_task_when_it_was_reworded(self) -> None:
        mark = Mark("#1", "没有耕地", text=FARM)
        cover = gongkai.coverage(
            plan(BUDGET, "及时公布耕地地力保护补贴的对象和发放标准。"), plan(BUDGET), marks=[mark]
        )

        assert cover["#2"].status is Carriage.NOT_APPLICABLE
        assert cover["#1"].status is Carriage.CARRIED

    def test_a_mark_of_a_task_that_is_gone_is_kept(self) -> None:
        mark = Mark("1", "没有耕地", text=FARM)
        cover = gongkai.coverage(plan(BUDGET, WATER), plan(BUDGET), marks=[mark])

        assert cover.unplaced == (mark,)
        assert cover.marks == (mark,)
        assert not cover.with_status("not-applicable")

    def test_a_mark_on_a_section_is_one_on_all_its_tasks(self) -> None:
        reference = Plan(
            "要点", [Section("农业", [FARM, Task(FARM), Task(WATER)], label="一、"), Task(BUDGET)]
        )
        cover = gongkai.coverage(reference, plan(BUDGET), marks=[("一", "中心城区")])

        assert [row.status.value for row in cover] == ["not-applicable", "not-applicable", "carried"]

    def test_the_last_mark_of_a_task_counts(self) -> None:
        cover = gongkai.coverage(plan(FARM), plan(BUDGET), marks=[("#1", "甲"), ("#1", "乙")])

        assert cover["#1"].mark == Mark("#1", "乙")

    def test_a_key_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"coverage\.marks.*'12'"):
            gongkai.coverage(plan(FARM), plan(FARM), marks=[("12", "没有")])

    @pytest.mark.parametrize("wrong", ("1", ("1",), ("1", "没有", "王"), ("1", ""), None), ids=repr)
    def test_what_is_no_mark_is_refused(self, wrong: object) -> None:
        with pytest.raises(InvalidValue, match=r"coverage\.marks|Mark\."):
            gongkai.coverage(plan(FARM), plan(FARM), marks=[wrong])  # type: ignore[list-item]

    def test_a_mark_gives_a_reason(self) -> None:
        with pytest.raises(InvalidValue, match=r"Mark\.reason"):
            Mark("1", " ")

    def test_a_mark_tells_who_and_when(self) -> None:
        row = gongkai.coverage(plan(FARM), plan(BUDGET))["#1"]
        mark = row.not_applicable("没有耕地", annotator="王", marked_on=date(2024, 5, 1))

        assert mark == Mark("#1", "没有耕地", text=FARM, annotator="王", marked_on=date(2024, 5, 1))
        told = gongkai.coverage(plan(FARM), plan(BUDGET), marks=[mark])["#1"].explain()
        assert told == "“公布耕地地力保护补贴的对象和标准。”不适用：没有耕地（王）。"


class TestShares:
    def test_phrases_in_common_are_told_from_the_rest(self) -> None:
        runs = shared_runs(BUDGET, [WATER, "公开部门预决算的时间。"])

        assert runs == ((False, "规范"), (True, "公开部门预决算"), (False, "，细化项目支出绩效目标。"))
        assert shared_runs("", [BUDGET]) == ()

    def test_rare_words_count_for_more(self) -> None:
        reference = plan("做好信息公开。做好校车公开。", *[f"做好第{n}类信息公开。" for n in range(8)])
        cover = gongkai.coverage(reference, plan("做好信息公开。"), known=[("#1", "#1", "partial")])

        assert cover["#1"].passages[0].share == 1.0
        assert cover["#1"].passages[1].share < 0.5


class TestExamples:
    def test_a_district_carries_some_of_its_city(self) -> None:
        cover = gongkai.coverage(examples.load("lanjiang-2024"), examples.load("songping-2024"))

        assert cover["25"].status is Carriage.CARRIED
        assert cover["18"].status is Carriage.ABSENT
        assert "26" in {task.key for task in cover.extra}
        assert ("市财政局", "区财政局") in {
            (item.old.name, item.new.name)
            for row in cover
            for item in row.handovers
            if item.old is not None and item.new is not None
        }
