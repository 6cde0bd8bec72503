"""Which view draws what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, cast

from gongkai.comparing.alignment.links import Alignment, Link
from gongkai.comparing.carrying.carriage import Coverage, CoverageRow
from gongkai.comparing.diffing.changes import Change, Row
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.judges.asking import Question
from gongkai.comparing.tracing.history import History
from gongkai.comparing.tracing.threads import Thread
from gongkai.merging import Conflict, Consolidation, Decision, Matter, Merge
from gongkai.model import Notice, Paragraph, Plan, Record, Section, Task
from gongkai.model._display import Shown
from gongkai.views._cards import card_html, card_markdown, known
from gongkai.views._coverage_html import coverage_html, coverage_row_html
from gongkai.views._coverage_text import coverage_markdown, coverage_row_markdown
from gongkai.views._diff_html import change_html, diff_html, row_html
from gongkai.views._diff_markdown import diff_markdown, row_markdown
from gongkai.views._diff_page import diff_page
from gongkai.views._finding_html import findings_html
from gongkai.views._finding_rows import Checked, FindingList, checked_of
from gongkai.views._finding_text import findings_markdown
from gongkai.views._history_html import history_html, thread_html
from gongkai.views._history_text import history_markdown, thread_markdown
from gongkai.views._html import Html
from gongkai.views._links import links_markdown, question_markdown
from gongkai.views._links_html import alignment_html, links_html, question_html
from gongkai.views._markdown import (
    notice_markdown,
    paragraph,
    plan_markdown,
    record_markdown,
    section_markdown,
    tasks_markdown,
)
from gongkai.views._matter_html import consolidation_html, matter_html
from gongkai.views._matter_markdown import consolidation_markdown, matter_markdown
from gongkai.views._merge_html import conflict_html, decision_html, merge_html
from gongkai.views._merge_markdown import conflict_markdown, decision_markdown, merge_markdown
from gongkai.views._merge_page import merge_page
from gongkai.views._parts_html import Look
from gongkai.views._plan_html import paragraph_html, plan_html, section_html, task_html, tasks_html
from gongkai.views._record_html import notice_html, record_html
from gongkai.views._rows import TaskList, heading_words, list_rows, tasks_of
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["Thing", "draw_html", "draw_markdown", "more_of", "title_of"]

Thing: TypeAlias = (
    Plan
    | Section
    | Task
    | Paragraph
    | Record
    | Notice
    | Diff
    | Row
    | Change
    | Alignment
    | Link
    | Question
    | Coverage
    | CoverageRow
    | History
    | Thread
    | Consolidation
    | Matter
    | Merge
    | Conflict
    | Decision
    | TaskList
    | Checked
    | FindingList
    | tuple[Task, ...]
    | list[Task]
    | Shown
)
"""What can be drawn; of what has no view of its own, a card with its facts."""


def draw_html(thing: Thing, look: Look) -> Html:
    """Draw the thing as a fragment of HTML.

    Raises:
        TypeError: there is no view for it.
    """
    match thing:
        case Plan():
            return plan_html(thing, look)
        case Section():
            return section_html(thing, look)
        case Task():
            return task_html(thing, look)
        case Paragraph():
            return paragraph_html(thing.text, look)
        case Record():
            return record_html(thing, look)
        case Notice():
            return notice_html(thing, look)
        case Diff():
            return diff_page(thing, look) if look.page else diff_html(thing, look)
        case Row():
            return row_html(thing, look)
        case Change():
            return change_html(thing, look)
        case Alignment():
            return alignment_html(thing, look)
        case Link():
            return links_html((thing,), look)
        case Coverage():
            return coverage_html(thing, look)
        case CoverageRow():
            return coverage_row_html(thing, look)
        case History():
            return history_html(thing, look)
        case Thread():
            return thread_html(thing, look)
        case Question():
            return question_html(thing, look)
        case Consolidation():
            return consolidation_html(thing, look)
        case Matter():
            return matter_html(thing, look)
        case Merge():
            return merge_page(thing, look) if look.page else merge_html(thing, look)
        case Conflict():
            return conflict_html(thing, look)
        case Decision():
            return decision_html(thing, look)
        case Checked() | FindingList():
            return findings_html(_found(thing), look)
        case Shown() if known(type(thing).__name__):
            return card_html(thing, look)
        case _:
            return tasks_html(list_rows(_tasks(thing)), look)


def title_of(thing: Thing, say: Words) -> str:
    """The title of a page that shows the thing."""
    match thing:
        case Plan() | Notice():
            return clean(thing.title) or say["headings.untitled"]
        case Diff():
            return f"{clean(thing.old.title)} → {clean(thing.new.title)}"
        case Coverage():
            return f"{clean(thing.reference.title)} → {clean(thing.plan.title)}"
        case History():
            return f"{say['history.title']} {clean(' → '.join(thing.columns))}"
        case Consolidation():
            return say["matters.title"] + say.colon + "、".join(map(clean, thing.columns))
        case Merge():
            return say["merge.title"] + say.colon + (clean(thing.plan.title) or say["headings.untitled"])
        case Conflict():
            return f"{thing.label(say.language)}{say.colon}{clean(thing.where.name or thing.id)}"
        case Section():
            return heading_words(thing)
        case Checked():
            return clean(thing.plan.title) or say["headings.untitled"]
        case FindingList():
            return say["headings.findings"]
        case _:
            return "gongkai"


def more_of(thing: Thing) -> tuple[str, ...]:
    """The style sheets and scripts that the page of a thing has of its own."""
    return ("merge.css", "deciding.js") if isinstance(thing, (Conflict, Merge)) else ()


def draw_markdown(thing: Thing, say: Words, *, everything: bool = False) -> str:
    """Draw the thing as Markdown; of a diff, where ``everything`` is asked for, what did not change as well.

    Raises:
        TypeError: there is no view for it.
    """
    match thing:
        case Plan():
            return plan_markdown(thing, say)
        case Section():
            return section_markdown(thing, say)
        case Paragraph():
            return paragraph(thing.text) + "\n"
        case Record():
            return record_markdown(thing, say)
        case Notice():
            return notice_markdown(thing, say)
        case Diff():
            return diff_markdown(thing, say, everything=everything)
        case Row():
            return row_markdown(thing, say)
        case Change():
            return paragraph(thing.explain(say.language)) + "\n"
        case Alignment():
            return links_markdown(thing.links, say)
        case Link():
            return links_markdown((thing,), say)
        case Coverage():
            return coverage_markdown(thing, say)
        case CoverageRow():
            return coverage_row_markdown(thing, say)
        case History():
            return history_markdown(thing, say)
        case Thread():
            return thread_markdown(thing, say)
        case Question():
            return question_markdown(thing, say)
        case Consolidation():
            return consolidation_markdown(thing, say)
        case Matter():
            return matter_markdown(thing, say)
        case Merge():
            return merge_markdown(thing, say)
        case Conflict():
            return conflict_markdown(thing, say)
        case Decision():
            return decision_markdown(thing, say)
        case Checked() | FindingList():
            return findings_markdown(_found(thing), say)
        case Shown() if known(type(thing).__name__):
            return card_markdown(thing, say)
        case _:
            return tasks_markdown(list_rows(_tasks(thing)), say)


def _found(thing: Checked | FindingList) -> FindingList:
    return checked_of(thing) if isinstance(thing, Checked) else thing


def _tasks(thing: object) -> TaskList:
    if isinstance(thing, TaskList):
        return thing
    if isinstance(thing, str) or not isinstance(thing, (Task, Iterable)):
        raise TypeError(
            f"no view for {type(thing).__name__}; give a plan, a section, tasks, a record, a notice, a diff "
            "or a part of one"
        )
    return tasks_of(cast("Task | Iterable[Task]", thing))
