"""Strategies of paragraphs, tasks, sections and plans: any that the model takes, printable or not."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gongkai.model import Block, Paragraph, Plan, PlanKind, Section, Task
from gongkai.testing._values import (
    assignments,
    columns,
    deadlines,
    divisions,
    findings,
    keys,
    labels,
    notices,
    records,
    sources,
    spans,
    texts,
    titles,
)


@cache
def paragraphs() -> SearchStrategy[Paragraph]:
    """Paragraphs, some numbered."""
    return st.builds(Paragraph, texts(), label=labels(), span=st.none() | spans())


@cache
def tasks(max_parts: int = 3) -> SearchStrategy[Task]:
    """Tasks with up to that many parts, which may have parts again, one fewer."""
    parts = st.lists(tasks(max_parts - 1), max_size=max_parts) if max_parts > 0 else st.just([])
    return st.builds(
        Task,
        texts(),
        label=labels(),
        assignments=st.lists(assignments(), max_size=2),
        deadlines=st.lists(deadlines(), max_size=1),
        # Most tasks have no parts, and plans full of them would be large and slow to make.
        parts=st.one_of(st.just([]), st.just([]), parts),
        extras=st.one_of(st.just([]), columns()),
        key=keys(),
        span=st.none() | spans(),
    )


@cache
def sections(max_depth: int = 2) -> SearchStrategy[Section]:
    """Sections with paragraphs and tasks, and with sections below, down to that depth (1: none below)."""
    return st.builds(
        Section,
        texts(),
        st.lists(_blocks(max_depth - 1), max_size=3),
        label=labels(),
        key=keys(),
        span=st.none() | spans(),
    )


@cache
def _blocks(max_depth: int) -> SearchStrategy[Block]:
    flat: SearchStrategy[Block] = st.one_of(tasks(max_parts=2), tasks(max_parts=2), paragraphs())
    return st.one_of(flat, sections(max_depth)) if max_depth > 0 else flat


@cache
def plans() -> SearchStrategy[Plan]:
    """Any plan: every field is used, those outside equality too, and keys are unique.

    Its texts need not be ones that a reader could tell apart in print; for those see ``printable_plans``.
    """
    some = st.lists(paragraphs(), max_size=2)
    return st.builds(
        Plan,
        titles(),
        st.lists(_blocks(2), max_size=3),
        year=st.none() | st.integers(2008, 2035),
        kind=st.sampled_from(PlanKind),
        record=records(),
        notice=st.none() | notices(),
        preamble=some,
        closing=some,
        division=st.none() | divisions(),
        findings=st.lists(findings(), max_size=2),
        source=st.none() | sources(),
        directory=st.none() | st.sampled_from(["2026.11", "2026.11.22+own.1f2e3d4c"]),
    )
