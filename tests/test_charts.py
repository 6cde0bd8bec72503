"""Charts: what they count, what they leave out and say so, and that they can be drawn without a network."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import vl_convert
from hypothesis import given, settings

import gongkai
from gongkai import Assignment, Deadline, InvalidValue, MissingExtra, Plan, Section, Task, charts, examples
from gongkai.testing.strategies import plans
from tests.helpers_views import EVIL

YEARS = tuple(examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024))
HISTORY = gongkai.trace(YEARS)
CITY = examples.load("lanjiang-2024")
DISTRICTS = (examples.load("chenghu-2024"), examples.load("songping-2024"))

COVERS = tuple(gongkai.coverage(CITY, each) for each in DISTRICTS)

Looks = dict[str, Any]
MADE: dict[str, Callable[[Looks], Any]] = {
    "departments": lambda looks: charts.departments(YEARS, **looks),
    "deadlines": lambda looks: charts.deadlines(YEARS[2], **looks),
    "flow": lambda looks: charts.flow(HISTORY, **looks),
    "sections": lambda looks: charts.flow(HISTORY, by="section", **looks),
    "coverage": lambda looks: charts.coverage(COVERS, **looks),
    "network": lambda looks: charts.network(YEARS[2], **looks),
}


def rows(chart: Any, layer: int | None = None) -> list[dict[str, Any]]:
    """The data of a chart, or of one of its layers."""
    values: list[dict[str, Any]] = (chart if layer is None else chart.layer[layer]).data.values
    return values


def drawn(chart: Any) -> str:
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return svg


def said(chart: Any) -> str:
    """Everything that stands above a chart."""
    title = chart.to_dict()["title"]
    return " ".join([title["text"], *title.get("subtitle", [])])


def large(tasks: int = 100, bodies: int = 60, year: int = 2024) -> Plan:
    """A plan in which every department has some tasks, and each task three departments."""
    names = [f"区{number:02}局" for number in range(bodies)]
    found = [
        Task(
            f"公开第{number}项清单。",
            label=f"{number + 1}.",
            assignments=[
                Assignment.lead(names[number % bodies]),
                Assignment.responsible(names[(7 * number + 1) % bodies], names[(11 * number + 5) % bodies]),
            ],
            deadlines=[Deadline.by_month(year, 10)],
        )
        for number in range(tasks)
    ]
    return Plan(f"澄湖区{year}年政务公开工作要点", [Section("深化公开", found, label="一、")])


class TestEveryChart:
    @pytest.mark.parametrize(("language", "theme"), (("zh", "light"), ("en", "dark")))
    @pytest.mark.parametrize("name", MADE)
    def test_it_can_be_drawn(self, name: str, language: str, theme: str) -> None:
        chart = MADE[name]({"language": language, "theme": theme})
        svg = drawn(chart)

        assert "NaN" not in svg
        assert len(re.findall("<text", svg)) > 10
        assert said(chart).partition(" ")[0] in svg

    @pytest.mark.parametrize("name", MADE)
    def test_nothing_in_it_is_fetched(self, name: str) -> None:
        spec = MADE[name]({}).to_dict()
        del spec["$schema"]

        assert '"url"' not in json.dumps(spec)
        assert "http" not in json.dumps(spec)

    @pytest.mark.parametrize("name", MADE)
    def test_labels_are_in_the_language_that_is_asked_for(self, name: str) -> None:
        chinese, english = (said(MADE[name]({"language": language})) for language in ("zh", "en"))

        assert chinese != english
        assert re.search("[a-z]{4}", english)
        assert not re.search("[a-z]{4}", chinese)

    @pytest.mark.parametrize("name", MADE)
    @pytest.mark.parametrize("looks", ({"theme": "sepia"}, {"language": "fr"}))
    def test_other_looks_are_refused(self, name: str, looks: Looks) -> None:
        with pytest.raises(InvalidValue, match=r"expected one of"):
            MADE[name](looks)

    @pytest.mark.parametrize("name", MADE)
    def test_without_altair_one_line_says_what_to_install(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "altair", None)
        with pytest.raises(MissingExtra) as caught:
            MADE[name]({})

        assert str(caught.value).endswith("needs an optional dependency: pip install 'gongkai[plot]'")
        assert "\n" not in str(caught.value)

    def test_what_a_document_says_is_no_markup(self) -> None:
        held = [Assignment.lead(EVIL), Assignment.cooperate("区财政局")]
        deadlines = [Deadline.ongoing(EVIL)]
        plan = Plan(EVIL, [Section(EVIL, [Task(EVIL, label=EVIL, assignments=held, deadlines=deadlines)])])
        cover = gongkai.coverage(plan, plan)
        made = [
            charts.departments(plan),
            charts.deadlines(plan),
            charts.flow(gongkai.trace([plan, plan], names=["a", EVIL])),
            charts.coverage([cover, cover], names=["a", EVIL]),
            charts.network(plan),
        ]
        for chart in made:
            svg = drawn(chart)
            assert "<script" not in svg
            assert "\x1b" not in svg
            assert "\u202e" not in svg

    def test_a_plan_without_tasks_has_charts(self) -> None:
        plan = Plan("澄湖区2024年政务公开工作要点")
        made = [
            charts.departments(plan),
            charts.deadlines(plan),
            charts.flow(gongkai.trace([plan])),
            charts.coverage(gongkai.coverage(plan, plan)),
            charts.network(plan),
        ]
        assert all("NaN" not in drawn(chart) for chart in made)


@given(plans(), plans())
@settings(max_examples=10)
def test_any_plans_have_charts(old: Plan, new: Plan) -> None:
    history = gongkai.trace([old, new], names=["旧", "新"])
    made = (
        charts.departments([old, new], names=["旧", "新"]),
        charts.deadlines(new),
        charts.flow(history),
        charts.flow(history, by="section"),
        charts.coverage(gongkai.coverage(old, new)),
        charts.network(new),
    )
    for chart in made:
        text = json.dumps(chart.to_dict())  # altair checks it against the schema of Vega-Lite
        assert "NaN" not in text
        assert "Infinity" not in text


class TestDepartments:
    def test_numbers_are_the_tasks_that_name_them(self) -> None:
        counted = Counter(
            (body.name, str(plan.year), assignment.role)
            for plan in YEARS
            for task in plan.all_tasks
            for assignment in task.assignments
            for body in assignment.departments
        )
        role = {"lead": "牵头", "responsible": "负责", "cooperate": "配合"}
        found = {
            (row["department"], row["plan"], row["role"]): row["tasks"]
            for row in rows(charts.departments(YEARS, limit=None))
        }
        for name in ("区财政局", "各街道", "区城市管理委"):
            mine = {(n, y, role[r]): count for (n, y, r), count in counted.items() if n == name}
            assert mine == {place: count for place, count in found.items() if place[0] == name}

    def test_a_department_that_a_reform_renamed_is_one_row(self) -> None:
        (names,) = {
            row["names"]
            for row in rows(charts.departments(YEARS, limit=None))
            if row["department"] == "区政务服务和数据管理局"
        }
        assert names == "区政务服务局、区政务服务和数据管理局"

    def test_departments_of_a_kind_are_one_row_over_districts(self) -> None:
        found = {
            row["department"]: row["names"]
            for row in rows(charts.departments([CITY, DISTRICTS[0]], limit=None))
        }
        assert found["财政局"] == "市财政局、区财政局"

    def test_what_is_left_out_is_said(self) -> None:
        plan = large()
        chart = charts.departments(plan, limit=25)

        assert len({row["department"] for row in rows(chart)}) == 25
        assert "另有 35 个单位未画出" in said(chart)
        assert "另有" not in said(charts.departments(plan, limit=None))

    @pytest.mark.parametrize("limit", (0, -1, 2.5, "all"))
    def test_a_limit_is_a_number(self, limit: Any) -> None:
        with pytest.raises(InvalidValue, match="limit"):
            charts.departments(YEARS, limit=limit)

    @pytest.mark.parametrize("plans", ((), ("要点",), (YEARS[0], None)))
    def test_only_plans_are_drawn(self, plans: Any) -> None:
        with pytest.raises(InvalidValue, match="at least one Plan"):
            charts.departments(plans)


class TestDeadlines:
    @pytest.mark.parametrize("name", examples.names())
    def test_each_task_is_there(self, name: str) -> None:
        plan = examples.load(name)
        found = {row["task"] for row in rows(charts.deadlines(plan))}

        wanted = {task.text for task in plan.all_tasks if task.text and (task.deadlines or not task.parts)}
        assert {" ".join(text.split()) for text in wanted} == found

    def test_no_two_squares_are_in_one_place(self) -> None:
        found = rows(charts.deadlines(large()))
        places = [(row["line"], row["place"]) for row in found]

        assert len(found) == 100
        assert len(set(places)) == 100

    def test_what_names_no_day_has_lines_of_its_own(self) -> None:
        plan = Plan(
            "要点",
            [
                Task("甲。", deadlines=[Deadline.by_month(2024, 3)]),
                Task("乙。", deadlines=[Deadline.by_month(2024, 5), Deadline.every("FREQ=MONTHLY", "每月")]),
                Task("丙。", deadlines=[Deadline.ongoing()]),
                Task("丁。", deadlines=[Deadline.lasting(20, "workday", "20个工作日内")]),
                Task("戊。"),
            ],
        )
        found = [(row["line"].partition("|")[2], row["task"]) for row in rows(charts.deadlines(plan))]

        assert found == [
            ("2024年3月", "甲。"),
            ("2024年5月", "乙。"),
            ("定期", "乙。"),
            ("持续推进", "丙。"),
            ("某事之后若干日内", "丁。"),
            ("未写时限", "戊。"),
        ]

    @pytest.mark.parametrize(
        ("last", "words", "lines"),
        ((2024, "2024年3月", 10), (2027, "2024年第1季度", 16), (2050, "2024年", 27), (9000, "2024年", 2)),
    )
    def test_lines_are_as_long_as_the_plan_needs(self, last: int, words: str, lines: int) -> None:
        deadlines = [Deadline.by_month(2024, 3), Deadline.by_year(last)]
        chart = charts.deadlines(Plan("要点", [Task("甲。", deadlines=deadlines)]))

        assert rows(chart)[0]["line"].partition("|")[2] == words
        assert len(chart.to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]) == lines


class TestFlow:
    def test_each_task_is_a_block(self) -> None:
        found = Counter(row["plan"] for row in rows(charts.flow(HISTORY, by="task"), 1))

        assert found == {name: counts["tasks"] for name, counts in HISTORY.summary().items()}

    def test_chapters_are_as_high_as_they_have_tasks(self) -> None:
        bars = rows(charts.flow(HISTORY, by="section"), 1)

        for column, counts in HISTORY.summary().items():
            held = [row for row in bars if row["plan"] == column]
            assert sum(row["tasks"] for row in held) == counts["tasks"]
            assert sum(row["went"] for row in held) == counts["ended"]
            for above, below in pairwise(held):
                assert above["y2"] <= below["y"]

    def test_many_tasks_are_drawn_by_chapter_and_any_number_can_be(self) -> None:
        history = gongkai.trace([large(120, year=year) for year in (2020, 2021, 2022, 2023, 2024)])
        assert len(rows(charts.flow(history), 1)) == 5

        chart = charts.flow(history, by="task")
        assert len(rows(chart, 0)) > 5000  # of which altair refuses a data frame
        assert chart.to_dict()

    def test_bands_stay_within_their_blocks(self) -> None:
        for by in ("task", "section"):
            chart = charts.flow(HISTORY, by=by)
            tops = [row["y"] for row in rows(chart, 1)]
            bottoms = [row["y2"] for row in rows(chart, 1)]
            for row in rows(chart, 0):
                assert min(tops) <= row["y"] < row["y2"] <= max(bottoms)

    @pytest.mark.parametrize(("history", "by"), (("history", None), (HISTORY, "chapter")))
    def test_nothing_else_flows(self, history: Any, by: Any) -> None:
        with pytest.raises(InvalidValue, match=r"charts\.flow"):
            charts.flow(history, by=by)


class TestCoverage:
    def test_cells_are_the_rows_of_the_coverages(self) -> None:
        found = Counter((row["plan"], row["status"]) for row in rows(charts.coverage(COVERS)))

        for name, cover in zip(("澄湖区", "松坪区"), COVERS, strict=True):
            assert found[name, "已承接"] == cover.tally.carried
            assert found[name, "未承接"] == cover.tally.absent

    def test_those_that_fewest_carry_are_kept(self) -> None:
        chart = charts.coverage(COVERS, limit=5)
        lacking = {
            row.task.text
            for row, other in zip(*COVERS, strict=True)
            if {row.status, other.status} == {"absent"}
        }

        assert len(rows(chart)) == 10
        assert "另有 34 项承接较多" in said(chart)
        assert lacking <= {row["task"].partition(" ")[2] for row in rows(chart)}

    def test_a_status_has_a_sign_beside_its_colour(self) -> None:
        signs = {
            (row["status"], row["sign"])
            for row in rows(charts.coverage(gongkai.coverage(CITY, DISTRICTS[1])))
        }

        assert len({sign for _, sign in signs}) == len({status for status, _ in signs}) == len(signs) == 3

    def test_references_are_one(self) -> None:
        covers = [gongkai.coverage(CITY, DISTRICTS[0]), gongkai.coverage(YEARS[0], DISTRICTS[0])]
        with pytest.raises(InvalidValue, match="coverages of one reference"):
            charts.coverage(covers)
        with pytest.raises(InvalidValue, match="at least one Coverage"):
            charts.coverage([])


class TestNetwork:
    def test_lines_join_those_that_share_tasks(self) -> None:
        one, two, three = "区财政局", "区审计局", "区教委"
        plan = Plan(
            "要点",
            [
                Task("甲。", assignments=[Assignment.lead(one), Assignment.cooperate(two)]),
                Task("乙。", assignments=[Assignment.responsible(two, one)]),
                Task("丙。", assignments=[Assignment.responsible(three)]),
            ],
        )
        chart = charts.network(plan)
        lines = {(row["one"], row["other"], row["shared"], row["led"]) for row in rows(chart, 0)}
        dots = {row["department"]: (row["tasks"], row["leads"], row["partners"]) for row in rows(chart, 1)}

        assert lines == {(one, two, 2, 1)}
        assert dots == {one: (2, 1, 1), two: (2, 0, 1), three: (1, 0, 0)}

    def test_no_two_names_are_in_one_place(self) -> None:
        found = rows(charts.network(large(), limit=None), 1)
        for one in found:
            for other in found:
                if one is not other and one["right"] == other["right"] and abs(one["x"] - other["x"]) < 100:
                    assert abs(one["y"] - other["y"]) >= 18

    def test_what_is_left_out_is_said(self) -> None:
        plan = large(300)
        chart = charts.network(plan, limit=40)

        assert len(rows(chart, 1)) == 40
        assert "另有 20 个单位任务较少" in said(chart)
        assert len({row["pair"] for row in rows(chart, 0)}) <= 240

    def test_a_task_of_everybody_joins_nobody(self) -> None:
        names = [f"区{number}局" for number in range(31)]
        for number, joined in ((30, True), (31, False)):
            plan = Plan("要点", [Task("甲。", assignments=[Assignment.responsible(*names[:number])])])
            assert bool(rows(charts.network(plan), 0)) is joined
