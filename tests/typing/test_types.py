"""What type checkers know of the public face. They read this file; running it shows that the code also works.

A line that must not pass carries an ignore; mypy, told to report needless ones, fails where it starts to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, assert_never, assert_type

import pytest

import gongkai
from gongkai import (
    Answer,
    Assignment,
    Block,
    Citation,
    Consolidation,
    Deadline,
    DeadlineKind,
    Department,
    DepartmentKind,
    Division,
    DocumentNumber,
    Finding,
    Matter,
    Notice,
    Paragraph,
    Plan,
    PlanKind,
    Question,
    Record,
    Role,
    Section,
    Severity,
    Source,
    Span,
    Task,
)
from gongkai.comparing import (
    Carriage,
    CoverageRow,
    CoverageTableRow,
    Edge,
    Handover,
    HistoryRow,
    Judge,
    Stage,
    Tally,
    Thread,
    Timing,
)


def test_a_plan() -> None:
    plan = Plan(
        "澄湖区2024年政务公开工作要点",
        ["总体要求。", Task("公开目录。", label="1."), Section("公开", [Task("甲。")])],
    )

    assert_type(plan.title, str)
    assert_type(plan.content, tuple[Block, ...])
    assert_type(plan.year, int | None)
    assert_type(plan.kind, PlanKind)
    assert_type(plan.record, Record)
    assert_type(plan.notice, Notice | None)
    assert_type(plan.preamble, tuple[Paragraph, ...])
    assert_type(plan.closing, tuple[Paragraph, ...])
    assert_type(plan.division, Division | None)
    assert_type(plan.findings, tuple[Finding, ...])
    assert_type(plan.source, Source | None)
    assert_type(plan.issuer, str | None)
    assert_type(plan.sections, tuple[Section, ...])
    assert_type(plan.tasks, tuple[Task, ...])
    assert_type(plan.all_tasks, tuple[Task, ...])
    assert_type(plan.departments, tuple[Department, ...])
    assert_type(plan.citations, tuple[Citation, ...])
    assert_type(plan.walk(), Iterator[Block])
    assert_type(plan["1"], Section | Task)
    assert_type(plan.path("1"), tuple[Section | Task, ...])
    assert_type(plan.with_changes("1", text="公开名录。"), Plan)
    assert_type(plan.without("1"), Plan)
    assert_type(plan.inserted(Task("乙。"), at=0), Plan)


def test_a_task() -> None:
    task = Task(
        "公开目录。",
        assignments=[Assignment.lead("区财政局")],
        parts=["甲。", Task("乙。")],
        extras=[("备注", "无")],
    )

    assert_type(task.text, str)
    assert_type(task.label, str | None)
    assert_type(task.assignments, tuple[Assignment, ...])
    assert_type(task.deadlines, tuple[Deadline, ...])
    assert_type(task.parts, tuple[Task, ...])
    assert_type(task.extras, tuple[tuple[str, str], ...])
    assert_type(task.key, str | None)
    assert_type(task.span, Span | None)
    assert_type(task.departments, tuple[Department, ...])
    assert_type(task.departments_as("lead"), tuple[Department, ...])
    assert_type(task.walk(), Iterator[Task])


def test_an_assignment() -> None:
    assignment = Assignment("lead", ["区财政局", Department("区司法局", kind="organ")])

    assert_type(assignment.role, Role)
    assert_type(assignment.departments, tuple[Department, ...])
    assert_type(assignment.severally, bool)
    assert_type(assignment.departments[0].kind, DepartmentKind | None)
    assert_type(assignment.names, tuple[str, ...])


def test_a_deadline() -> None:
    deadline = Deadline.by_month(2024, 10)

    assert_type(deadline, Deadline)
    assert_type(deadline.kind, DeadlineKind)
    assert_type(deadline.due, date | None)
    assert_type(deadline.rule, str | None)
    assert_type(deadline.amount, int | None)


def test_small_values() -> None:
    assert_type(DocumentNumber.parse("京政办发〔2016〕26号"), DocumentNumber | None)
    assert_type(Finding("R201", "info", "问题", "a problem").severity, Severity)
    assert_type(Span(0, 2).pieces, tuple[tuple[int, int], ...])
    assert_type(Source("公开").digest, str | None)


def test_blocks_are_a_closed_union() -> None:
    """A match over the kinds is complete: a checker that knew another would refuse ``assert_never``."""

    def heading(block: Block) -> str:
        match block:
            case Paragraph():
                assert_type(block.kind, Literal["paragraph"])
                return block.text
            case Task():
                assert_type(block.kind, Literal["task"])
                return block.text
            case Section():
                assert_type(block.kind, Literal["section"])
                return block.heading
            case _:
                assert_never(block)

    def by_tag(block: Block) -> str:
        return block.heading if block.kind == "section" else block.text

    blocks: list[Block] = [Paragraph("甲。"), Task("乙。"), Section("丙")]
    assert (
        [heading(block) for block in blocks] == [by_tag(block) for block in blocks] == ["甲。", "乙。", "丙"]
    )


def test_judges() -> None:
    """Whatever takes questions and gives replies one by one is a judge."""

    def words(questions: list[Question]) -> list[str]:
        return ["none" for _ in questions]

    def answers(questions: Sequence[Question]) -> Iterator[Answer | None]:
        yield from [question.answer("same") for question in questions]

    def wrong(questions: list[Task]) -> list[str]:
        return []

    plans = Plan("要点", [Task("公开预决算。")]), Plan("要点", [Task("公开财政预算。")])
    judges: list[Judge] = [words, answers]
    for judge in judges:
        assert_type(gongkai.align(*plans, judge=judge).answers, tuple[Answer, ...])
    assert_type(gongkai.align(*plans).findings, tuple[Finding, ...])
    assert gongkai.align(*plans, judge=wrong).answers == ()  # type: ignore[arg-type]


def test_a_consolidation() -> None:
    table = gongkai.consolidate([Plan("2023年要点", [Task("公开预决算。", label="1.")])], names=["旧"])

    assert_type(table, Consolidation)
    assert_type(table.rows, tuple[Matter, ...])
    assert_type(table.common(at_least=1), tuple[Matter, ...])
    assert_type(table.of("旧", "1")["旧"].tasks, tuple[Task, ...])
    assert_type(table.plan(), Plan)
    for matter in table:
        assert_type(matter, Matter)
    with pytest.raises(gongkai.InvalidValue):
        gongkai.consolidate([], names="旧", known=3)  # type: ignore[arg-type]


def refused(build: Callable[[], object]) -> None:
    with pytest.raises(gongkai.InvalidValue):
        build()


def test_what_is_refused_at_run_time_is_refused_by_checkers() -> None:
    refused(lambda: Task(3))  # type: ignore[arg-type]
    refused(lambda: Plan("要点", year="2024"))  # type: ignore[arg-type]
    refused(lambda: Task("甲。", deadlines=["10月底前"]))  # type: ignore[list-item]
    refused(lambda: Deadline("10月底前", "month", due="2024-10-31"))  # type: ignore[arg-type]
    refused(lambda: Section("公开", [3]))  # type: ignore[list-item]
    with pytest.raises(TypeError):
        Task("甲。", "1.")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Task("甲。").text = "乙。"  # type: ignore[misc]


def test_a_coverage_and_a_history() -> None:
    plan = Plan("要点", [Task("公开目录。")], year=2024)
    cover = gongkai.coverage(plan, plan, marks=[("#1", "不适用"), gongkai.Mark("#1", "不适用")])
    history = gongkai.trace([plan])

    assert_type(cover, gongkai.Coverage)
    assert_type(cover.rows, tuple[CoverageRow, ...])
    assert_type(cover["#1"].status, Carriage)
    assert_type(cover["#1"].timing, Timing)
    assert_type(cover["#1"].handovers, tuple[Handover, ...])
    assert_type(cover["#1"].mark, gongkai.Mark | None)
    assert_type(cover.tally, Tally)
    assert_type(cover.tally.share, float | None)
    assert_type(cover.table(), list[CoverageTableRow])
    assert_type(cover.extra, tuple[Task, ...])
    assert_type(history, gongkai.History)
    assert_type(history["2024:#1"], Thread)
    assert_type(history.threads[0].stages, tuple[Stage, ...])
    assert_type(history.table(), list[HistoryRow])
    assert_type(history.edges(), list[Edge])
    assert_type([row["rewording"] for row in history.table()], list[float | None])
