"""The strategies and helpers that are shipped for users' own tests."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongkai import testing
from gongkai.model import (
    Assignment,
    Deadline,
    DeadlineKind,
    Paragraph,
    Pieces,
    Plan,
    Section,
    Source,
    Span,
    Task,
)
from gongkai.testing import Edit, EditKind, assert_plans_equal, losses, lossless, strategies


def find(strategy: st.SearchStrategy[Any], condition: Any, *, smallest: bool = False) -> Any:
    """Return an example that meets the condition, the smallest if that is asked for."""
    found: list[Any] = []
    phases = (Phase.generate, Phase.shrink) if smallest else (Phase.generate,)

    @settings(max_examples=1000, database=None, derandomize=True, phases=phases, report_multiple_bugs=False)
    @given(strategy)
    def search(value: Any) -> None:
        if condition(value):
            found.append(value)
            raise AssertionError

    with pytest.raises(AssertionError):
        search()
    return found[-1]


class TestStrategies:
    @pytest.mark.parametrize("name", [name for name in strategies.__all__ if name != "edits"])
    def test_each_makes_values_without_a_health_check(self, name: str) -> None:
        made = 0

        @settings(max_examples=60, database=None, derandomize=True, deadline=None)
        @given(getattr(strategies, name)())
        def run(value: object) -> None:
            nonlocal made
            made += 1
            hash(value)

        run()
        assert made >= 4

    @pytest.mark.parametrize("name", [name for name in strategies.__all__ if name != "edits"])
    def test_each_shows_itself_by_its_name(self, name: str) -> None:
        assert repr(getattr(strategies, name)()) == f"{name}()"

    def test_names_are_sorted_and_described(self) -> None:
        assert strategies.__all__ == sorted(strategies.__all__)
        assert testing.__all__ == sorted(testing.__all__, key=lambda name: (name.islower(), name))
        assert all(">>>" in (getattr(strategies, name).__doc__ or "") for name in strategies.__all__)

    @pytest.mark.parametrize("kind", DeadlineKind, ids=str)
    def test_deadlines_are_of_the_kind_that_is_asked_for(self, kind: DeadlineKind) -> None:
        deadline = find(strategies.deadlines(str(kind), year=2024), lambda found: True)

        assert deadline.kind is kind
        assert deadline.due is None or deadline.due.year == 2024

    @given(strategies.deadlines(year=2031))
    def test_deadlines_are_of_the_year_that_is_asked_for(self, deadline: Deadline) -> None:
        assert deadline.due is None or deadline.due.year == 2031

    @given(st.integers(0, 3).flatmap(lambda most: st.tuples(st.just(most), strategies.tasks(max_parts=most))))
    def test_tasks_have_no_more_parts_than_asked_for(self, case: tuple[int, Task]) -> None:
        most, task = case

        assert all(len(each.parts) <= most for each in task.walk())

    @given(
        st.integers(1, 3).flatmap(lambda deep: st.tuples(st.just(deep), strategies.sections(max_depth=deep)))
    )
    def test_sections_are_no_deeper_than_asked_for(self, case: tuple[int, Section]) -> None:
        def depth(section: Section) -> int:
            return 1 + max(map(depth, section.sections), default=0)

        assert depth(case[1]) <= case[0]

    @pytest.mark.parametrize(
        "condition",
        (
            lambda plan: any(len(task.parts) > 1 for task in plan.all_tasks),
            lambda plan: any(section.sections for section in plan.sections),
            lambda plan: plan.notice is not None and plan.record.document_number is not None,
            lambda plan: any(task.extras for task in plan.tasks),
            lambda plan: plan.source is not None and bool(plan.findings),
            lambda plan: any(
                item.open and item.severally for task in plan.tasks for item in task.assignments
            ),
            lambda plan: any("\n" in task.text or not task.text.isprintable() for task in plan.tasks),
            lambda plan: bool(plan.preamble) and bool(plan.closing),
        ),
        ids=("parts", "depth", "head", "extras", "provenance", "flags", "odd-characters", "paragraphs"),
    )
    def test_plans_reach_every_corner(self, condition: Any) -> None:
        assert condition(find(strategies.plans(), condition))

    def test_plans_shrink_to_a_readable_one(self) -> None:
        plan = find(strategies.plans(), lambda found: bool(found.all_tasks), smallest=True)

        assert [task.text for task in plan.all_tasks] == ["公开财政预决算。"]
        assert plan.findings == plan.preamble == ()
        assert plan.notice is None

    @given(strategies.printable_plans())
    def test_printable_texts_hold_nothing_that_print_uses(self, plan: Plan) -> None:
        for task in plan.all_tasks:
            assert not set(task.text) & set("\n（）()《》〔〕：:")
            assert not any(sign in task.text for sign in ("年", "月", "日", "季度", "牵头", "负责", "配合"))
            assert task.text.endswith("。") or (not task.text and len(task.parts) > 1)
        assert all(paragraph.text.endswith("。") for paragraph in (*plan.preamble, *plan.closing))

    @given(strategies.printable_plans())
    def test_printable_tasks_are_numbered_or_have_a_clause(self, plan: Plan) -> None:
        assert plan.tasks or all(section.paragraphs for section in plan.sections)
        for task in plan.tasks:
            assert task.label or task.assignments
            assert not task.extras
            assert all(item.departments and not item.inherited for item in task.assignments)


PLAN = Plan(
    "要点",
    [
        Section("公开", [Task("公开目录。", label="1."), Task("公开名录。", label="2.")], label="一、"),
        Task("办好会议。"),
    ],
)


class TestEdits:
    @given(strategies.plans().flatmap(lambda plan: st.tuples(st.just(plan), strategies.edits(plan))))
    def test_what_was_done_is_what_is_different(
        self, case: tuple[Plan, tuple[Plan, tuple[Edit, ...]]]
    ) -> None:
        plan, (edited, done) = case
        before = {task.key: task for task in plan.tasks}
        after = {task.key: task for task in edited.tasks}
        named = {edit.key for edit in done} | {edit.made for edit in done}

        assert (edited == plan) <= (not done or len(done) > 1)
        assert attrs.evolve(edited, content=()) == attrs.evolve(plan, content=())
        assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= named

    @pytest.mark.parametrize("kind", EditKind, ids=str)
    def test_an_edit_does_what_it_says(self, kind: EditKind) -> None:
        edited, (edit,) = find(
            strategies.edits(PLAN, kinds=[str(kind)], min_edits=1, max_edits=1),
            lambda found: len(found[1]) == 1,
        )
        before, after = {task.key for task in PLAN.tasks}, {task.key for task in edited.tasks}
        changed = {
            field.name
            for field in attrs.fields(Task)
            if edit.key in before & after
            and getattr(PLAN[edit.key], field.name) != getattr(edited[edit.key], field.name)
        }

        assert edit.kind is kind
        assert (edited != PLAN) is True
        assert (before - after, after - before, changed) == {
            EditKind.REWORD: (set(), set(), {"text"}),
            EditKind.RELABEL: (set(), set(), {"label"}),
            EditKind.REASSIGN: (set(), set(), {"assignments"}),
            EditKind.RESCHEDULE: (set(), set(), {"deadlines"}),
            EditKind.MOVE: (set(), set(), set()),
            EditKind.DROP: ({edit.key}, set(), set()),
            EditKind.ADD: (set(), {edit.key}, set()),
            EditKind.SPLIT: (set(), {edit.made}, {"text"}),
        }[kind]

    @given(strategies.edits(PLAN, kinds=["split"], min_edits=1, max_edits=1))
    def test_halves_stand_side_by_side(self, case: tuple[Plan, tuple[Edit, ...]]) -> None:
        edited, (edit,) = case
        texts = [task.text for task in edited.tasks]
        place = [task.key for task in edited.tasks].index(edit.key)

        assert edited.tasks[place + 1].key == edit.made
        assert [*texts[:place], "".join(texts[place : place + 2]), *texts[place + 2 :]] == [
            task.text for task in PLAN.tasks
        ]

    @given(strategies.edits(PLAN, kinds=["move"], min_edits=1))
    def test_moving_keeps_every_task(self, case: tuple[Plan, tuple[Edit, ...]]) -> None:
        edited, done = case

        assert done
        assert {task.key: task for task in edited.tasks} == {task.key: task for task in PLAN.tasks}

    @given(strategies.edits(Plan("要点"), kinds=["drop", "move", "reword", "split"], min_edits=1))
    def test_nothing_can_be_done_to_nothing(self, case: tuple[Plan, tuple[Edit, ...]]) -> None:
        assert case == (Plan("要点"), ())

    @given(strategies.edits(PLAN, min_edits=2, max_edits=2))
    def test_a_task_is_edited_once(self, case: tuple[Plan, tuple[Edit, ...]]) -> None:
        done = case[1]

        assert len({(edit.key, edit.kind is EditKind.ADD) for edit in done}) == len(done)

    @given(strategies.plan_pairs(related=True))
    def test_related_plans_differ_in_their_content_alone(self, pair: tuple[Plan, Plan]) -> None:
        assert attrs.evolve(pair[0], content=()) == attrs.evolve(pair[1], content=())

    def test_pairs_are_equal_related_and_strange(self) -> None:
        conditions: tuple[Callable[[tuple[Plan, Plan]], bool], ...] = (
            lambda pair: pair[0] == pair[1],
            lambda pair: pair[0].title == pair[1].title and pair[0].content != pair[1].content,
            lambda pair: pair[0].title != pair[1].title,
        )
        for condition in conditions:
            assert condition(find(strategies.plan_pairs(), condition))

    def test_an_edit_is_a_value(self) -> None:
        edit = Edit(EditKind.SPLIT, "1", "一.#1")

        assert pickle.loads(pickle.dumps(edit)) == edit  # noqa: S301 - our own bytes
        assert hash(edit) == hash(Edit(EditKind.SPLIT, "1", "一.#1"))


class TestAssertPlansEqual:
    @given(strategies.plans())
    def test_equal_plans_pass(self, plan: Plan) -> None:
        assert_plans_equal(plan, attrs.evolve(plan, source=None, findings=()))

    @given(strategies.plan_pairs())
    def test_it_fails_just_where_plans_differ(self, pair: tuple[Plan, Plan]) -> None:
        if pair[0] == pair[1]:
            assert_plans_equal(*pair)
        else:
            with pytest.raises(AssertionError, match=r"^the plans differ at "):
                assert_plans_equal(*pair)

    @pytest.mark.parametrize(
        ("other", "message"),
        (
            (
                PLAN.with_changes("2", text="改。"),
                "content[0].content[1].text (key 2):\n  one:   '公开名录。'\n  other: '改。'",
            ),
            (
                PLAN.with_changes("一", heading="改"),
                "content[0].heading (key 一):\n  one:   '公开'\n  other: '改'",
            ),
            (
                PLAN.without("1"),
                "content[0].content[0].text (key 1):\n  one:   '公开目录。'\n  other: '公开名录。'",
            ),
            (PLAN.without("#1"), "the number of content:\n  one:   2\n  other: 1"),
            (attrs.evolve(PLAN, title="别的"), "title:\n  one:   '要点'\n  other: '别的'"),
            (attrs.evolve(PLAN, year=2024), "year:\n  one:   None\n  other: 2024"),
            (
                PLAN.with_changes("1", deadlines=[Deadline.by_date(date(2024, 1, 1))]),
                "the number of content[0].content[0].deadlines (key 1):\n  one:   0\n  other: 1",
            ),
            (
                PLAN.with_changes("1", assignments=[Assignment.lead("区财政局")]),
                "the number of content[0].content[0].assignments (key 1):\n  one:   0\n  other: 1",
            ),
            (
                attrs.evolve(PLAN, content=[Paragraph("甲。"), PLAN.content[1]]),
                "content[0]:\n  one:   <Section 一、公开 · 2 tasks>\n  other: <Paragraph 甲。>",
            ),
        ),
        ids=("text", "heading", "dropped", "shorter", "title", "year", "deadlines", "assignments", "class"),
    )
    def test_it_names_the_first_difference(self, other: Plan, message: str) -> None:
        with pytest.raises(AssertionError) as caught:
            assert_plans_equal(PLAN, other)

        assert str(caught.value) == f"the plans differ at {message}"


def sourced(*pieces: tuple[str, str], task: Task, span: Span) -> Plan:
    """A plan with one task that was read from the texts of the pieces."""
    text = "".join(part for _, part in pieces)
    ends = [len("".join(part for _, part in pieces[: place + 1])) for place in range(len(pieces))]
    marks = [(kind, end) for (kind, _), end in zip(pieces, ends, strict=True)]
    source = Source(text, Pieces.of(marks))
    return Plan("要点", [attrs.evolve(task, span=span)], source=source)


class TestLossless:
    def test_a_text_joined_over_a_page_break_loses_nothing(self) -> None:
        plan = sourced(
            *(
                ("label", "1."),
                ("text", "公开"),
                ("noise:page-number", "\n- 2 -\n"),
                ("text", "目录。"),
                ("clause", "（甲局）"),
            ),
            task=Task("公开目录。", label="1."),
            span=Span(0, 18, (0, 4, 11, 18)),
        )

        assert lossless(plan), losses(plan)

    def test_the_text_of_parts_is_theirs(self) -> None:
        parts = (Task("甲。", span=Span(2, 6)), Task("乙。", span=Span(6, 10)))
        plan = sourced(
            *(("label", "1."), ("text", "甲。"), ("clause", "（）"), ("text", "乙。"), ("clause", "（）")),
            task=Task("", label="1.", parts=parts),
            span=Span(0, 10),
        )

        assert lossless(plan), losses(plan)

    @pytest.mark.parametrize(
        ("task", "span", "loss"),
        (
            (Task("公开。"), Span(0, 5), "its text is '公开。', its pieces are '公开目录。'"),
            (Task("公开目录。"), Span(0, 3), "its text is '公开目录。', its pieces are ''"),
            (Task("公开目录。"), None, "it has no span"),
        ),
        ids=("text", "span", "none"),
    )
    def test_a_task_of_other_pieces_is_a_loss(self, task: Task, span: Any, loss: str) -> None:
        plan = sourced(("text", "公开目录。"), task=task, span=span)

        assert losses(plan) == (f"task #1: {loss}",)
        assert not lossless(plan)

    def test_pieces_that_end_early_are_a_loss(self) -> None:
        plan = Plan("要点", source=Source("公开目录。", Pieces.of([("text", 3)])))

        assert losses(plan) == ("the pieces end at 3, the text at 5",)

    @pytest.mark.parametrize("source", (None, Source(None)), ids=("none", "without-text"))
    def test_without_a_text_nothing_can_be_told(self, source: Source | None) -> None:
        assert losses(Plan("要点", source=source)) == ("the plan has no source text",)


def test_the_smallest_example_is_what_find_returns() -> None:
    """The helper above, on what is known."""
    assert find(st.integers(), lambda number: number > 10, smallest=True) == 11
