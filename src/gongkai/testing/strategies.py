"""Hypothesis strategies for every class of the model, and for plans that can be printed and read back.

Each example is made in a few milliseconds and shrinks to short, readable text.

>>> from hypothesis import given
>>> import gongkai
>>> from gongkai.testing import strategies
>>> @given(strategies.plans())
... def test_every_task_is_found_by_its_key(plan: gongkai.Plan) -> None:
...     assert all(plan[task.key] is task for task in plan.all_tasks)
>>> test_every_task_is_found_by_its_key()
"""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from gongkai.model import (
    Assignment,
    Citation,
    Deadline,
    DeadlineKind,
    Department,
    Division,
    DocumentNumber,
    Finding,
    Notice,
    Paragraph,
    Pieces,
    Place,
    Plan,
    Progress,
    ProgressStatus,
    Record,
    Section,
    Source,
    Span,
    Task,
)
from gongkai.testing import _printable, _trees, _values
from gongkai.testing._edits import edits, plan_pairs

__all__ = [
    "assignments",
    "citations",
    "deadlines",
    "departments",
    "divisions",
    "document_numbers",
    "edits",
    "findings",
    "notices",
    "paragraphs",
    "pieces",
    "places",
    "plan_pairs",
    "plans",
    "printable_plans",
    "progress",
    "records",
    "sections",
    "sources",
    "spans",
    "tasks",
]

# Each is a composite, so that a failing test shows "tasks(max_parts=2)" and not the whole tree of strategies.


@st.composite
def spans(draw: DrawFn, length: int = 400) -> Span:
    """Spans in a text of that many characters: whole stretches, empty ones, and some in several pieces.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.spans(length=10))
    ... def test_a_span_covers_at_most_the_text(span):
    ...     assert len(span) <= 10
    >>> test_a_span_covers_at_most_the_text()
    """
    return draw(_values.spans(length))


@st.composite
def pieces(draw: DrawFn, length: int | None = None) -> Pieces:
    """All pieces of a text of that many characters; of a short one of any length where none is given.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.pieces(length=6))
    ... def test_pieces_leave_no_gap(pieces):
    ...     assert sum(piece.end - piece.start for piece in pieces) == 6
    >>> test_pieces_leave_no_gap()
    """
    return draw(_values.pieces(length))


@st.composite
def places(draw: DrawFn) -> Place:
    """Places of every kind: pages, sheets, tables, cells, paragraphs.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.places())
    ... def test_a_place_has_a_name(place):
    ...     assert place.name
    >>> test_a_place_has_a_name()
    """
    return draw(_values.places())


@st.composite
def sources(draw: DrawFn) -> Source:
    """Sources whose pieces partition the text; some were saved without their text.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.sources())
    ... def test_a_source_keeps_its_digest(source):
    ...     assert source.without_text().digest == source.digest
    >>> test_a_source_keeps_its_digest()
    """
    return draw(_values.sources())


@st.composite
def findings(draw: DrawFn) -> Finding:
    """Findings of every severity, with and without a place.

    >>> from gongkai.testing import strategies
    >>> strategies.findings()
    findings()
    """
    return draw(_values.findings())


@st.composite
def departments(draw: DrawFn) -> Department:
    """Mentions of departments; some know what they mean.

    >>> from hypothesis import given
    >>> from gongkai import Department
    >>> from gongkai.testing import strategies
    >>> @given(strategies.departments())
    ... def test_mentions_are_equal_when_written_alike(body):
    ...     assert Department(body.name) == body
    >>> test_mentions_are_equal_when_written_alike()
    """
    return draw(_values.departments())


@st.composite
def assignments(draw: DrawFn) -> Assignment:
    """Assignments of every role; now and then without departments, as 按职责分工负责落实 is read.

    >>> from gongkai.testing import strategies
    >>> strategies.assignments()
    assignments()
    """
    return draw(_values.assignments())


@st.composite
def deadlines(draw: DrawFn, kind: DeadlineKind | str | None = None, year: int | None = None) -> Deadline:
    """Deadlines of one kind, or of every kind; due in one year, or in any.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.deadlines("month", year=2024))
    ... def test_a_month_ends_in_its_year(deadline):
    ...     assert deadline.due.year == 2024
    >>> test_a_month_ends_in_its_year()
    """
    return draw(_values.deadlines(kind, year))


@st.composite
def citations(draw: DrawFn) -> Citation:
    """Citations, with a number or without, that a text which names them gives back.

    >>> from hypothesis import given
    >>> from gongkai import Plan
    >>> from gongkai.testing import strategies
    >>> @given(strategies.citations())
    ... def test_a_named_document_is_found(cited):
    ...     assert Plan("要点", preamble=[f"落实{cited}精神。"]).citations == (cited,)
    >>> test_a_named_document_is_found()
    """
    return draw(_values.citations())


@st.composite
def document_numbers(draw: DrawFn) -> DocumentNumber:
    """Document numbers that their own text reads back.

    >>> from hypothesis import given
    >>> from gongkai import DocumentNumber
    >>> from gongkai.testing import strategies
    >>> @given(strategies.document_numbers())
    ... def test_a_number_reads_itself(number):
    ...     assert DocumentNumber.parse(str(number)) == number
    >>> test_a_number_reads_itself()
    """
    return draw(_values.document_numbers())


@st.composite
def records(draw: DrawFn) -> Record:
    """Records with any of their fields, or none.

    >>> from gongkai.testing import strategies
    >>> strategies.records()
    records()
    """
    return draw(_values.records())


@st.composite
def notices(draw: DrawFn) -> Notice:
    """Covering notices, with and without an end.

    >>> from gongkai.testing import strategies
    >>> strategies.notices()
    notices()
    """
    return draw(_values.notices())


@st.composite
def progress(draw: DrawFn, key: str | None = None) -> Progress:
    """What is reported of a task, with any of its fields; of the task with that key, where one is given.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.progress("3"))
    ... def test_it_is_of_its_task(item):
    ...     assert item.key == "3"
    >>> test_it_is_of_its_task()
    """
    return Progress(
        draw(st.text(max_size=6)) if key is None else key,
        draw(st.none() | st.sampled_from(ProgressStatus)),
        percent=draw(st.none() | st.integers(0, 100)),
        completed_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))),
        note=draw(st.sampled_from(["", "已公开3期。", "=1+1", "一\n二", "公开" * 300])),
        who=draw(st.sampled_from(["", "某某", "@某"])),
    )


@st.composite
def divisions(draw: DrawFn) -> Division:
    """Divisions of every level, with and without a code.

    >>> from gongkai.testing import strategies
    >>> strategies.divisions()
    divisions()
    """
    return draw(_values.divisions())


@st.composite
def paragraphs(draw: DrawFn) -> Paragraph:
    """Paragraphs, some numbered.

    >>> from gongkai.testing import strategies
    >>> strategies.paragraphs()
    paragraphs()
    """
    return draw(_trees.paragraphs())


@st.composite
def tasks(draw: DrawFn, max_parts: int = 3) -> Task:
    """Tasks with up to that many parts, which may have parts again, one fewer.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.tasks(max_parts=2))
    ... def test_a_task_is_the_first_of_its_walk(task):
    ...     assert next(task.walk()) is task
    >>> test_a_task_is_the_first_of_its_walk()
    """
    return draw(_trees.tasks(max_parts))


@st.composite
def sections(draw: DrawFn, max_depth: int = 2) -> Section:
    """Sections with paragraphs and tasks, and with sections below, down to that depth (1: none below).

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.sections(max_depth=1))
    ... def test_one_level_has_nothing_below(section):
    ...     assert not section.sections
    >>> test_one_level_has_nothing_below()
    """
    return draw(_trees.sections(max_depth))


@st.composite
def plans(draw: DrawFn) -> Plan:
    """Any plan: every field is used, those outside equality too, and keys are unique.

    Its texts need not be ones that a reader could tell apart in print; for those see :func:`printable_plans`.
    What stands outside equality (spans, findings, source) is valid by itself, and not about this plan's text.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.plans())
    ... def test_keys_are_unique(plan):
    ...     keys = [task.key for task in plan.all_tasks]
    ...     assert len(keys) == len(set(keys))
    >>> test_keys_are_unique()
    """
    return draw(_trees.plans())


@st.composite
def printable_plans(draw: DrawFn) -> Plan:
    """Plans that a careful reader would read back from their printed text: ``parse(text_of(plan)) == plan``.

    Left out is what print cannot tell apart: texts that hold a clause, a number or a date of their own, an
    unnumbered task below a numbered one, paragraphs after a chapter's tasks, columns of a table.

    >>> from hypothesis import given
    >>> from gongkai.testing import strategies
    >>> @given(strategies.printable_plans())
    ... def test_sentences_end(plan):
    ...     assert all(task.text.endswith("。") or task.parts for task in plan.all_tasks)
    >>> test_sentences_end()
    """
    return draw(_printable.printable_plans())
