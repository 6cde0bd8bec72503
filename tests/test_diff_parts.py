"""Parts of a diff: what where and select pick, and what applying a part does."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Assignment, DependentChange, Directory, InvalidValue, Plan, Section, Task, examples
from gongkai.comparing import Change, ChangeKind, Diff, Subject
from gongkai.comparing.diffing.changes import Act
from gongkai.comparing.diffing.tree import Tree, own_fields
from gongkai.testing import strategies
from tests.test_diff import pairs

KINDS = st.sets(st.sampled_from(ChangeKind))


@pytest.fixture(scope="module")
def years() -> Diff:
    return gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))


def identity(diff: Diff) -> Counter[int]:
    return Counter(id(change) for change in diff)


class TestLaws:
    @given(pairs())
    def test_without_a_filter_it_is_all_of_it(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)

        assert diff.where().rows == diff.rows
        assert diff.where().apply(pair[0]) == pair[1]
        assert diff.where().invert().apply(pair[1]) == pair[0]

    @given(pairs(), KINDS, st.sampled_from(Subject), st.sampled_from(("info", "warning", "error")))
    def test_a_filter_invents_nothing(
        self, pair: tuple[Plan, Plan], kinds: set[ChangeKind], subject: Subject, severity: str
    ) -> None:
        diff = gongkai.diff(*pair)

        part = diff.where(kinds=kinds, subject=subject, severity=severity)

        assert identity(part) <= identity(diff)
        assert all(change.kind in kinds and change.subject is subject for change in part)
        assert set(part.links) <= set(diff.links)

    @given(pairs(), KINDS)
    def test_what_one_filter_leaves_out_another_has(
        self, pair: tuple[Plan, Plan], kinds: set[ChangeKind]
    ) -> None:
        diff = gongkai.diff(*pair)

        one, other = diff.where(kinds=kinds), diff.where(kinds=set(ChangeKind) - kinds)

        assert identity(one) + identity(other) == identity(diff)

    @given(pairs(), KINDS, st.sampled_from(Subject))
    def test_filters_in_turn_are_one_filter(
        self, pair: tuple[Plan, Plan], kinds: set[ChangeKind], subject: Subject
    ) -> None:
        diff = gongkai.diff(*pair)

        assert diff.where(kinds=kinds).where(subject=subject) == diff.where(kinds=kinds, subject=subject)

    @given(pairs(), st.data())
    def test_a_part_makes_its_own_changes_and_no_other(
        self, pair: tuple[Plan, Plan], data: st.DataObject
    ) -> None:
        old, _ = pair
        diff = gongkai.diff(*pair)
        picked = [change for change in diff if data.draw(st.booleans())]

        try:
            made = diff.select(*picked).apply(old)
        except DependentChange:
            return

        assert Counter(own_fields(node.block) for node in Tree(made).nodes if node.block) == expected(
            old, picked
        )

    @given(pairs(), st.data())
    def test_one_row_can_be_made_or_names_what_it_needs(
        self, pair: tuple[Plan, Plan], data: st.DataObject
    ) -> None:
        diff = gongkai.diff(*pair)
        if not diff.rows:
            return
        part = diff.select(data.draw(st.sampled_from(diff.rows)))

        try:
            made = part.apply(pair[0])
        except DependentChange:
            assert len(diff.rows) > 1
        else:
            assert (made != pair[0]) == bool(part)

    @given(pairs())
    def test_a_part_is_a_value(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)
        part = diff.select(*diff.changes[::2])
        copy = pickle.loads(pickle.dumps(part))  # noqa: S301 - our own

        assert copy == part
        assert hash(copy) == hash(part)
        assert diff.select(*copy.changes) == part
        assert part.invert().invert() == part


def expected(old: Plan, picked: list[Change]) -> Counter[Any]:
    """The fields of all blocks after these changes, wherever they stand."""
    blocks: dict[Any, Any] = {node.path: node.block for node in Tree(old).nodes}
    added = []
    for change in picked:
        if change.act is Act.DELETE:
            del blocks[change.old_path]
        elif change.act is Act.INSERT:
            added.append(change.new)
        elif change.act is Act.SET and change.subject is not Subject.PLAN:
            blocks[change.old_path] = attrs.evolve(blocks[change.old_path], **{change.field: change.new})
    return Counter(own_fields(block) for block in (*blocks.values(), *added))


BUDGET = Task("规范公开部门预决算。", label="1.", assignments=[Assignment.lead("区财政局")])
SCHOOL = Task("公开义务教育阶段入学政策和招生范围。", label="2.", assignments=[Assignment.lead("区教委")])
WATER = Task("公布入湖河道的水质监测数据。", label="3.", assignments=[Assignment.lead("区水务局")])
AIR = Task("逐日发布空气质量数据。", label="4.", assignments=[Assignment.lead("区生态环境局")])


class TestApplying:
    def test_what_is_added_stands_behind_what_it_follows(self) -> None:
        old = Plan("要点", [BUDGET, WATER])
        diff = gongkai.diff(old, Plan("要点", [BUDGET, SCHOOL, AIR, WATER]))

        made = diff.where(kinds="added").select(diff.changes[1]).apply(old)

        assert [task.text for task in made.tasks] == [BUDGET.text, AIR.text, WATER.text]

    def test_what_comes_gets_a_key_of_its_own(self) -> None:
        old = Plan("要点", [BUDGET, SCHOOL])
        new = Plan("要点", [attrs.evolve(AIR, label="1."), attrs.evolve(BUDGET, label="2.")])

        made = gongkai.diff(old, new).where(kinds="added").apply(old)

        assert [task.key for task in made.tasks][1:] == ["1", "2"]
        assert len({task.key for task in made.tasks}) == 3

    def test_nothing_is_added_to_a_section_that_is_not(self) -> None:
        diff = gongkai.diff(Plan("要点"), Plan("要点", [Section("环境", [AIR], label="一、")]))
        (task,) = [change for change in diff if change.subject is Subject.TASK]

        with pytest.raises(DependentChange, match=r"^4: this change needs that 一 is added as well; select"):
            diff.select(task).apply(Plan("要点"))

    def test_nothing_is_removed_with_what_stands_in_it(self) -> None:
        old = Plan("要点", [Section("环境", [AIR], label="一、")])
        diff = gongkai.diff(old, Plan("要点"))

        with pytest.raises(DependentChange, match=r"^一: this change needs that 4, which stands in it, is"):
            diff.where(subject="section").apply(old)

    def test_nothing_moves_into_what_stands_in_it(self) -> None:
        outer = Section("经济", [BUDGET, SCHOOL, Section("环境", [WATER, AIR])])
        inner = Section("环境", [WATER, AIR, Section("经济", [BUDGET, SCHOOL])])
        old = Plan("要点", [outer])
        diff = gongkai.diff(old, Plan("要点", [inner]))

        (change,) = [change for change in diff if change.old_path == (0,)]

        with pytest.raises(DependentChange, match="moves out of it"):
            diff.select(change).apply(old)

    def test_the_words_of_a_split_task_are_not_shared_out_by_half(self) -> None:
        both = Task(WATER.text + AIR.text, label="3.")
        old = Plan("要点", [both])
        diff = gongkai.diff(old, Plan("要点", [WATER, AIR]))

        for kind in ("shared", "split"):
            with pytest.raises(DependentChange, match="as well; select both, or neither"):
                diff.where(kinds=kind).apply(old)
        assert len(diff.where(kinds=["shared", "split"]).apply(old).tasks) == 2

    def test_inverted_it_takes_its_changes_back(self) -> None:
        old = Plan("要点", [BUDGET, SCHOOL])
        new = Plan("要点", [attrs.evolve(BUDGET, text="规范公开部门预决算和绩效。"), AIR])
        diff = gongkai.diff(old, new)

        made = diff.where(kinds="reworded").invert().apply(new)

        assert [task.text for task in made.tasks] == [BUDGET.text, AIR.text]


class TestWhere:
    def test_a_department_is_found_as_it_is_written(self, years: Diff) -> None:
        part = years.where(department="区财政局")

        assert part.rows
        for row in part.rows:
            names = {
                body.name
                for task in (*row.old, *row.new)
                if isinstance(task, Task)
                for body in task.departments
            }
            assert "区财政局" in names
        assert 0 < len(part.rows) < len(years.tasks)

    @pytest.mark.parametrize("asked", ("区政务服务局", "区政务服务和数据管理局"))
    def test_a_department_is_found_under_its_other_name(self, years: Diff, asked: str) -> None:
        """The reform renamed it between the two plans."""
        rows = years.where(department=asked).rows

        assert rows == years.where(department="区政务服务局").rows
        assert any(task.departments for row in rows for task in row.new if isinstance(task, Task))

    def test_an_organ_of_the_directory_is_found(self, years: Diff) -> None:
        organ = Directory.default().resolve("区财政局", division=years.new.division).organ
        assert organ is not None

        assert years.where(department=organ).rows == years.where(department="区财政局").rows

    def test_a_part_without_departments_is_its_tasks(self) -> None:
        old = Plan("要点", [attrs.evolve(BUDGET, text="", parts=[Task("公开年度部门预算。", label="（1）")])])
        new = Plan(
            "要点", [attrs.evolve(BUDGET, text="", parts=[Task("公开年度部门预算和决算。", label="（1）")])]
        )

        assert len(gongkai.diff(old, new).where(department="区财政局").rows) == 1

    @pytest.mark.parametrize("section", ("一", "推进重点领域信息公开", "一、推进重点领域信息公开"))
    def test_a_section_is_found_by_key_heading_or_both(self, section: str) -> None:
        old = Plan("要点", [Section("推进重点领域信息公开", [Section("民生", [SCHOOL])], label="一、"), AIR])
        new = Plan(
            "要点", [Section("推进重点领域信息公开", [Section("民生", [WATER])], label="一、"), BUDGET]
        )
        diff = gongkai.diff(old, new)

        assert {row.old or row.new for row in diff.where(section=section).rows} == {(SCHOOL,), (WATER,)}
        found = old.content[0]
        assert isinstance(found, Section)
        assert diff.where(section=found).rows == diff.where(section=section).rows

    def test_a_paragraph_is_in_its_section(self) -> None:
        old, new = (
            Plan("要点", [Section("总则", [text], label="一、")]) for text in ("甲乙丙丁。", "甲乙丙戊。")
        )
        diff = gongkai.diff(old, new)

        assert diff.where(section="一").rows == diff.rows != ()
        assert diff.where(section="二").rows == ()

    def test_views_draw_a_part(self, years: Diff) -> None:
        part = years.where(department="区财政局", severity="warning")

        assert "区财政局" in gongkai.views.markdown(part)
        assert sum(part.summary().values()) == len(part.tasks)

    @pytest.mark.parametrize(
        ("asked", "message"),
        (
            ({"kinds": "gone"}, r"^Diff\.where\.kinds: expected kinds of added, .*, got 'gone'"),
            ({"kinds": ["moved", "gone"]}, r"^Diff\.where\.kinds: expected"),
            ({"subject": "label"}, r"^Diff\.where\.subject: expected one of plan, section, task, paragraph"),
            ({"severity": "fatal"}, r"^Diff\.where\.severity: expected one of info, warning, error"),
        ),
    )
    def test_what_there_is_not_is_refused(self, years: Diff, asked: Any, message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            years.where(**asked)

    @given(strategies.plan_pairs())
    def test_what_is_not_of_the_diff_is_refused(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)

        with pytest.raises(
            InvalidValue, match=r"^Diff\.select\.picked: expected a row or a change of this diff"
        ):
            diff.select(Change(ChangeKind.MOVED, "task", old="无此处"))
