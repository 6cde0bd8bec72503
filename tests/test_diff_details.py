"""What a change tells of departments, deadlines and words, and how its sentence is marked."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Assignment, Deadline, Plan, Task
from gongkai.comparing import Change, ChangeKind, DeadlineChangeKind
from gongkai.comparing.diffing.marking import Marks
from gongkai.testing import strategies

CASES = tomllib.loads((Path(__file__).parent / "data" / "diff_departments.toml").read_text(encoding="utf-8"))[
    "case"
]
BUDGET = "规范公开部门预决算。"


def of(text: str, *assignments: Assignment, due: tuple[Deadline, ...] = (), year: int = 2024) -> Plan:
    return Plan("要点", [Task(text, label="1.", assignments=assignments, deadlines=due)], year=year)


def held(clauses: list[str]) -> list[Assignment]:
    """``lead: 区教委、区财政局等`` and its like."""
    made = []
    for clause in clauses:
        role, _, names = clause.partition(": ")
        bare = names.removesuffix("等").removesuffix("分别")
        made.append(
            Assignment(role, bare.split("、"), open=names.endswith("等"), severally=names.endswith("分别"))
        )
    return made


def change_of(old: Plan, new: Plan, field: str) -> Change:
    (change,) = [change for change in gongkai.diff(old, new) if change.field == field]
    return change


class TestDepartments:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
    def test_each_department_is_told(self, case: dict[str, object]) -> None:
        years = case.get("years", [2024, 2024])
        assert isinstance(years, list)
        old, new = (
            of(BUDGET, *held(case[side]), year=year)  # type: ignore[arg-type]
            for side, year in zip(("old", "new"), years, strict=True)
        )

        change = change_of(old, new, "assignments")

        assert [repr(each)[len("<DepartmentChange ") : -1] for each in change.departments] == case["told"]
        assert change.kind == case["kind"]
        assert change.explain() == f"“1.{BUDGET}”{case['said']}。"

    @given(strategies.plan_pairs())
    def test_told_backwards_each_is_the_other_way_round(self, pair: tuple[Plan, Plan]) -> None:
        back = {
            "added": "dropped",
            "dropped": "added",
            "opened": "closed",
            "closed": "opened",
            "severally": "jointly",
            "jointly": "severally",
            "succeeded": "preceded",
            "preceded": "succeeded",
        }
        for change in gongkai.diff(*pair):
            told = Counter(
                (back.get(each.kind, each.kind), each.new, each.old) for each in change.departments
            )
            inverse = Counter((each.kind, each.old, each.new) for each in change.invert().departments)
            assert inverse == told

    @given(strategies.plan_pairs())
    def test_only_a_change_of_departments_tells_of_departments(self, pair: tuple[Plan, Plan]) -> None:
        for change in gongkai.diff(*pair):
            assert bool(change.departments) <= (change.field == "assignments")
            if change.kind is ChangeKind.REASSIGNED:
                assert change.departments

    def test_a_reform_long_past_is_no_reason(self) -> None:
        """Both bodies are named in the years after the reform, so it was somebody's decision."""
        old = of(BUDGET, Assignment.responsible("区质监局"), year=2023)
        new = of(BUDGET, Assignment.responsible("区市场监管局"), year=2024)

        (told,) = change_of(old, new, "assignments").departments

        assert told.kind == "replaced"


LATER = "的完成时限由2023年10月调整为2024年12月（就计划年度而言推迟）"


class TestDeadlines:
    @pytest.mark.parametrize(
        ("old", "new", "kinds", "said"),
        (
            ([(2023, 10)], [(2024, 12)], ["later"], LATER),
            (
                [(2023, 10)],
                [(2024, 9)],
                ["earlier"],
                "的完成时限由2023年10月调整为2024年9月（就计划年度而言提前）",
            ),
            ([(2023, 6), (2023, 10)], [(2024, 6), (2024, 12)], ["carried", "later"], LATER),
            ([(2023, 6)], [(2024, 6), (2024, 12)], ["carried", "added"], "新增完成时限2024年12月"),
            ([(2023, 6), (2023, 9)], [(2024, 6)], ["carried", "removed"], "删去完成时限2023年9月，其余不变"),
            ([(2023, 9)], [], ["removed"], "不再规定完成时限（原为2023年9月）"),
        ),
    )
    def test_pairs_are_seen_from_the_plans_years(
        self, old: list[tuple[int, int]], new: list[tuple[int, int]], kinds: list[str], said: str
    ) -> None:
        before, after = (tuple(Deadline.by_month(*day) for day in side) for side in (old, new))

        change = change_of(of(BUDGET, due=before, year=2023), of(BUDGET, due=after), "deadlines")

        assert [each.kind for each in change.deadlines] == kinds
        assert change.kind is ChangeKind.RESCHEDULED
        assert change.explain() == f"“1.{BUDGET}”{said}。"

    def test_a_change_of_deadlines_that_only_go_on_can_be_told(self) -> None:
        """Nobody but a person makes one; it is told all the same."""
        found = change_of(of(BUDGET, due=(Deadline.by_month(2024, 6),)), of(BUDGET), "deadlines")

        same = attrs.evolve(found, new=found.old)

        assert same.explain() == f"“1.{BUDGET}”的完成时限由2024年6月调整为2024年6月。"

    def test_a_period_and_a_day_are_not_compared(self) -> None:
        month, day = Deadline.by_month(2024, 10), Deadline.by_date(date(2024, 10, 31))

        (pair,) = change_of(of(BUDGET, due=(month,)), of(BUDGET, due=(day,)), "deadlines").deadlines

        assert (pair.kind, pair.old, pair.new) == (DeadlineChangeKind.ALTERED, month, day)

    @given(st.lists(strategies.deadlines(), max_size=4), st.lists(strategies.deadlines(), max_size=4))
    def test_every_deadline_is_in_one_pair_at_most(self, old: list[Deadline], new: list[Deadline]) -> None:
        for change in gongkai.diff(of(BUDGET, due=tuple(old)), of(BUDGET, due=tuple(new))):
            pairs = change.deadlines
            assert len([pair for pair in pairs if pair.old]) <= len(old)
            assert len([pair for pair in pairs if pair.new]) <= len(new)
            if change.kind is ChangeKind.RESCHEDULED:
                assert pairs


class TestWords:
    def test_a_reworded_text_has_its_redline(self) -> None:
        old, new = of("每年至少公开50件。"), of("每年至少公开500件。")

        change = change_of(old, new, "text")

        assert change.redline == gongkai.comparing.redline("每年至少公开50件。", "每年至少公开500件。")
        assert (change.departments, change.deadlines) == ((), ())

    def test_what_moved_has_none(self) -> None:
        assert Change(ChangeKind.MOVED, "task", old="甲", new="乙").redline == ()


class TestMarkdown:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        (
            ("公开50件。", "公开500件。", "“1.公开500件。”的内容有改动：“公开~~50~~**500**件。”。"),
            (
                "公开预算。",
                "公开预算*清单*。",
                r"“1.公开预算\*清单\*。”的内容有改动：“公开预算<strong>\*清单\*</strong>。”。",
            ),
            (
                "公开预算。",
                "公开预算，公开决算。",
                "“1.公开预算，公开决算。”的内容有改动：“公开预算<strong>，公开决算</strong>。”。",
            ),
        ),
    )
    def test_what_is_new_is_bold_and_what_is_gone_is_struck(self, old: str, new: str, said: str) -> None:
        assert change_of(of(old), of(new), "text").explain("markdown") == said

    def test_departments_and_deadlines_are_marked(self) -> None:
        old = of(BUDGET, Assignment.lead("区教委"), due=(Deadline.by_month(2024, 6),))
        new = of(BUDGET, Assignment.lead("区财政局"), due=(Deadline.by_month(2024, 10),))

        assert [change.explain("markdown") for change in gongkai.diff(old, new)] == [
            f"“1.{BUDGET}”的责任单位有调整：牵头单位由~~区教委~~改为**区财政局**。",
            f"“1.{BUDGET}”的完成时限由~~2024年6月~~调整为**2024年10月**（推迟）。",
        ]

    @given(st.text())
    def test_no_text_makes_marks_of_its_own(self, text: str) -> None:
        marked = Marks().text(text)

        assert not set("*_`~[]|$<>") & set(marked.replace("&lt;", "").replace("&gt;", "")) - {
            sign for sign in "*_`~[]|$" if f"\\{sign}" in marked
        }
        assert marked.count("<") == marked.count(">") == 0


def test_an_item_that_only_held_others_is_not_told_as_lost_text() -> None:
    parts = (Task(BUDGET), Task("逐日发布空气质量数据，公开扬尘治理成效。"))
    old = Plan("要点", [Task("", label="8.", parts=parts)], year=2023)
    new = Plan("要点", list(parts), year=2023)

    (gone,) = gongkai.diff(old, new).where(kinds="removed").changes
    (came,) = gongkai.diff(new, old).where(kinds="added").changes

    assert gone.explain() == f"“8.{BUDGET}”不再列为一项，其下各条另行说明。"
    assert came.explain("en").startswith("New item “8.")
