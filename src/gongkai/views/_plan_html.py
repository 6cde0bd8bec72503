"""Plans, sections and tasks as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from gongkai.model import Block, Plan, PlanKind, Section, Severity, Task
from gongkai.views._finding_html import finding_rows
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import keys, nothing
from gongkai.views._parts_html import Look, chips, facts, fold, frame, more, paragraphs, prose, title
from gongkai.views._record_html import notice_inside, record_inside
from gongkai.views._rows import Columns, TaskRow, columns_for, heading_words, is_soft, rows, task_rows
from gongkai.views._task_index import TaskIndex
from gongkai.views._tasks_html import Budget, box, task_box
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "plan_counts",
    "plan_facts",
    "plan_html",
    "section_html",
    "task_html",
    "tasks_html",
]

#: Up to so many tasks all chapters are open from the start.
_FEW = 12

#: So many findings are shown where not everything is.
_FINDINGS = 20


def plan_facts(plan: Plan, say: Words) -> list[str]:
    """What stands below a plan's title: kind, number, date, issuer, validity."""
    number, issued = plan.record.document_number, plan.record.issued_on
    found = [
        say[f"kinds.{plan.kind}"] if plan.kind != PlanKind.PLAN else None,
        str(number) if number else None,
        issued.isoformat() if issued else None,
        plan.issuer,
        plan.record.validity,
    ]
    return [clean(fact) for fact in found if fact]


def plan_counts(plan: Plan, say: Words) -> list[str]:
    """How many chapters, tasks, departments and tasks with a deadline a plan has.

    Durations and what a sentence says are no deadlines of the task.
    """
    timed = sum(
        any(not is_soft(item) for part in task.walk() for item in part.deadlines) for task in plan.tasks
    )
    finest = sum(bool(task.text.strip()) for task in plan.all_tasks)
    parted = any(task.parts for task in plan.tasks)
    counts = [
        ("chapters", len(plan.sections)),
        ("parts" if parted else "tasks", len(plan.tasks)),
        ("departments", len(plan.departments)),
        ("dated", timed),
    ]
    return [
        say.count(f"counts.{name}", number, all=str(finest))
        for name, number in counts
        if number or name == "tasks"
    ]


def _findings(plan: Plan, look: Look) -> Html:
    if not plan.findings:
        return Html()
    say = look.say
    shown = plan.findings if look.limit is None else plan.findings[:_FINDINGS]
    inside = finding_rows(shown, plan, look)
    note = say.count("counts.items", len(plan.findings))
    hidden = more(len(plan.findings) - len(shown), look)
    return fold(say["headings.findings"], note, inside, hidden, unfolded=look.unfolded)


def _groups(blocks: Iterable[Block]) -> Iterator[Section | tuple[Block, ...]]:
    """Chapters, and what stands between them put together."""
    loose: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            if loose:
                yield tuple(loose)
            loose = []
            yield block
        else:
            loose.append(block)
    if loose:
        yield tuple(loose)


def _inside(blocks: Sequence[Block], columns: Columns, look: Look, budget: Budget) -> Html:
    """What stands in a chapter: as a table, or as paragraphs where there is nothing else."""
    if all(block.kind == "paragraph" for block in blocks):
        return paragraphs(
            [f"{block.label or ''} {block.text}" for block in blocks if block.kind == "paragraph"], look
        )
    return box(rows(blocks), columns, look, budget)


def _columns(blocks: Iterable[Block]) -> Columns:
    return columns_for([row for row in rows(blocks) if isinstance(row, TaskRow)])


def _chapters(plan: Plan, look: Look) -> Html:
    columns, budget = _columns(plan.content), Budget(look.limit)
    unfolded = look.unfolded or len(plan.tasks) <= _FEW
    parts: list[Html] = []
    for group in _groups(plan.content):
        if isinstance(group, Section):
            count = len(group.tasks)
            note = look.say.count("counts.tasks", count) if count else ""
            inside = _inside(group.content, columns, look, budget)
            folded = fold(heading_words(group), note, inside, unfolded=unfolded)
            parts.append(tag("div", folded, class_="gk-group") if look.index is not None else folded)
        else:
            parts.append(_inside(group, columns, look, budget))
    return join([*parts, more(budget.hidden, look)])


def plan_html(plan: Plan, look: Look) -> Html:
    """A plan: title, facts, counts, record, notice, chapters with their tasks, findings."""
    look, say = _indexed(look), look.say
    counts = [(count, "") for count in plan_counts(plan, say)]
    if plan.findings:
        severe = any(finding.severity != Severity.INFO for finding in plan.findings)
        counts.append((say.count("counts.findings", len(plan.findings)), "gk-edit" if severe else ""))
    parts = [title(plan.title, look), facts(plan_facts(plan, say)), chips(counts)]
    record = record_inside(plan.record, look)
    if record:
        parts.append(fold(say["headings.record"], "", record, unfolded=look.unfolded))
    if plan.notice is not None:
        inside = notice_inside(plan.notice, look)
        parts.append(fold(say["headings.notice"], "", inside, unfolded=look.unfolded))
    for name, texts in (("preamble", plan.preamble), ("chapters", ()), ("closing", plan.closing)):
        if name == "chapters":
            chapters = _chapters(plan, look)
            parts.insert(3, look.index.tools(say) if look.index is not None else Html())
            parts.append(chapters)
        elif texts:
            inside = paragraphs([block.text for block in texts], look)
            note = say.count("counts.paragraphs", len(texts))
            parts.append(fold(say[f"headings.{name}"], note, inside, unfolded=look.unfolded))
    return frame(*parts, _findings(plan, look), _end(look), look=look)


def _indexed(look: Look) -> Look:
    """On a page, tasks can be filtered."""
    return evolve(look, index=TaskIndex()) if look.page else look


def _end(look: Look) -> Html:
    return join([nothing(look.say), keys(look.say)]) if look.index is not None else Html()


def section_html(section: Section, look: Look) -> Html:
    """A section: its heading and what stands in it."""
    look = _indexed(look)
    budget = Budget(look.limit)
    inside = _inside(section.content, _columns(section.content), look, budget)
    counts = [(look.say.count("counts.tasks", len(section.tasks)), "")]
    tools = look.index.tools(look.say) if look.index is not None else ""
    head = [title(heading_words(section), look), chips(counts), tools]
    return frame(*head, inside, more(budget.hidden, look), _end(look), look=look)


def tasks_html(found: Sequence[TaskRow], look: Look) -> Html:
    """Several tasks as one table."""
    look = _indexed(look)
    inside = task_box(found, look)
    tools = look.index.tools(look.say) if look.index is not None else ""
    head = [title(look.heading or look.say["columns.task"], look)] if look.page else []
    count = [chips([(look.say.count("counts.tasks", len(found)), "")])] if look.page else []
    return frame(*head, *count, tools, inside, _end(look), look=look)


def task_html(task: Task, look: Look) -> Html:
    """One task, its parts below it."""
    return frame(task_box(tuple(task_rows(task, listed=True)), evolve(look, limit=None)), look=look)


def paragraph_html(text: str, look: Look) -> Html:
    """One paragraph."""
    return frame(tag("div", prose(text, look), class_="gk-text", lang="zh-CN"), look=look)
