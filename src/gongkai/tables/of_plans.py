"""Tables of plans: themselves, their sections, tasks, assignments, deadlines, other columns, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count

from attrs import frozen

from gongkai.checking import check
from gongkai.comparing.alignment.finest import heading_of
from gongkai.directory import Directory
from gongkai.model import Block, Plan, Role, Section, Span, Task
from gongkai.model._rowing import PlanColumns, TaskRow
from gongkai.tables.doing import Doing
from gongkai.tables.given import Plans, plan_table
from gongkai.tables.rows import AssignmentRow, DeadlineRow, ExtraRow, FindingRow, PlanRow, SectionRow
from gongkai.tables.table import Table
from gongkai.views._finding_rows import line_of

__all__ = ["assignments", "deadlines", "extras", "findings", "plans", "sections", "tasks"]


def plans(plans: Plans) -> Table[PlanRow]:
    """Return a table of plans: what each says of itself, and how much there is in it.

    Args:
        plans: a plan, several, or an iterator of plans.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import Plan, Task, tables
    >>> row, = tables.plans(Plan("澄湖区2024年要点", [Task("公开目录。")]))
    >>> row["title"], row["year"], row["task_count"]
    ('澄湖区2024年要点', 2024, 1)
    """
    return plan_table("plans", plans, _plan_rows)


def _plan_rows(base: PlanColumns, plan: Plan) -> Iterator[PlanRow]:
    record, notice, source = plan.record, plan.notice, plan.source
    every = plan.all_tasks
    printed = len(plan.tasks)
    yield {
        **base,
        "kind": plan.kind.value,
        "index_number": record.index_number,
        "record_subject": record.subject,
        "co_issuers": list(record.co_issuers),
        "issued_on": record.issued_on or (None if notice is None else notice.issued_on),
        "effective_on": record.effective_on,
        "published_on": record.published_on,
        "repealed_on": record.repealed_on,
        "validity": record.validity,
        "addressees": [] if notice is None else list(notice.addressees),
        "signatory": None if notice is None else notice.signatory,
        "section_count": sum(isinstance(block, Section) for block in plan.walk()),
        "task_count": printed,
        "part_count": len(every) - printed,
        "department_count": len(plan.departments),
        "deadline_count": sum(len(task.deadlines) for task in every),
        "finding_count": len(plan.findings),
        "media_type": None if source is None else source.media_type,
        "retrieved_on": None if source is None else source.retrieved_on,
        "directory_version": plan.directory,
    }


def sections(plans: Plans) -> Table[SectionRow]:
    """Return a table of the sections of plans, at every level.

    Args:
        plans: a plan, several, or an iterator of plans.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import Plan, Section, Task, tables
    >>> inner = Section("产业发展", [Task("公开目录。")], label="（一）")
    >>> outer, inside = tables.sections(Plan("要点", [Section("深化公开", [inner], label="一、")]))
    >>> inside["key"], inside["section_key"], inside["path"], inside["depth"]
    ('一.(一)', '一', ['一、深化公开'], 2)
    """
    return plan_table("sections", plans, _section_rows)


def _section_rows(base: PlanColumns, plan: Plan) -> Iterator[SectionRow]:
    positions = count(1)

    def below(blocks: Iterable[Block], path: tuple[str, ...], above: str | None) -> Iterator[SectionRow]:
        for block in blocks:
            if not isinstance(block, Section):
                continue
            start, end = _offsets(block.span)
            yield {
                **base,
                "position": next(positions),
                "key": block.key or "",
                "label": block.label,
                "heading": block.heading,
                "section_key": above,
                "path": list(path),
                "depth": len(path) + 1,
                "task_count": len(block.tasks),
                "span_start": start,
                "span_end": end,
            }
            yield from below(block.content, (*path, heading_of((block,))), block.key)

    return below(plan.content, (), None)


def tasks(plans: Plans) -> Table[TaskRow]:
    """Return a table of the tasks of plans and of their parts; of many plans, a panel of districts and years.

    Args:
        plans: a plan, several, or an iterator of plans.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import examples, tables
    >>> table = tables.tasks([examples.load("chenghu-2023"), examples.load("chenghu-2024")])
    >>> row = table.to_rows()[-1]
    >>> row["plan_number"], row["year"], row["key"], row["departments"]
    (2, 2024, '44', ['区政务服务和数据管理局'])
    """
    return plan_table("tasks", plans, _task_rows)


@frozen
class _Placed:
    """A task, and where it stands."""

    task: Task
    sections: tuple[Section, ...]
    part_of: str | None


def _placed(
    blocks: Iterable[Block], above: tuple[Section, ...] = (), part_of: str | None = None
) -> Iterator[_Placed]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _placed(block.content, (*above, block))
        elif isinstance(block, Task):
            yield _Placed(block, above, part_of)
            yield from _placed(block.parts, above, block.key)


def _task_rows(base: PlanColumns, plan: Plan) -> Iterator[TaskRow]:
    last: tuple[Section, ...] | None = None
    path: list[str] = []
    for position, placed in enumerate(_placed(plan.content), 1):
        if placed.sections is not last:
            last, path = placed.sections, [heading_of((section,)) for section in placed.sections]
        yield _task_row(base, position, placed, path)


def _task_row(base: PlanColumns, position: int, placed: _Placed, path: list[str]) -> TaskRow:
    task = placed.task
    held: dict[Role, list[str]] = {role: [] for role in Role}
    for item in task.assignments:
        held[item.role] += item.names
    days = [deadline.due for deadline in task.deadlines if deadline.due is not None]
    start, end = _offsets(task.span)
    return {
        **base,
        "position": position,
        "key": task.key or "",
        "label": task.label,
        "part_of": placed.part_of,
        "section_key": placed.sections[-1].key if placed.sections else None,
        "section": " › ".join(path),
        "path": list(path),
        "text": task.text,
        "lead": held[Role.LEAD],
        "responsible": held[Role.RESPONSIBLE],
        "cooperate": held[Role.COOPERATE],
        "support": held[Role.SUPPORT],
        "guide": held[Role.GUIDE],
        "departments": [body.name for body in task.departments],
        "severally": any(item.severally for item in task.assignments),
        "open": any(item.open for item in task.assignments),
        "inherited": any(item.inherited for item in task.assignments),
        "deadlines": [deadline.text for deadline in task.deadlines],
        "due": max(days, default=None),
        "span_start": start,
        "span_end": end,
    }


def assignments(plans: Plans, *, directory: Directory | None = None) -> Table[AssignmentRow]:
    """Return a table of who answers for what: a row for each mention of a department in a task.

    Args:
        plans: a plan, several, or an iterator of plans.
        directory: what tells the functions of a department; the shipped one without it. They are those of the
            plan's year, and empty for a department that is not in the directory.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import examples, tables
    >>> row = tables.assignments(examples.load("chenghu-2024")).to_rows()[0]
    >>> row["task_key"], row["role"], row["department"], row["department_id"]
    ('1', 'responsible', '区发展改革委', 'dev-reform-commission')
    """
    return plan_table("assignments", plans, partial(_assignment_rows, doing=Doing(directory)))


def _assignment_rows(base: PlanColumns, plan: Plan, doing: Doing) -> Iterator[AssignmentRow]:
    for task in plan.all_tasks:
        positions = count(1)
        for item in task.assignments:
            for body in item.departments:
                yield {
                    **base,
                    "task_key": task.key or "",
                    "position": next(positions),
                    "role": item.role.value,
                    "department": body.name,
                    "department_kind": None if body.kind is None else body.kind.value,
                    "department_id": body.id,
                    "functions": doing.functions(plan, body.id),
                    "severally": item.severally,
                    "open": item.open,
                    "inherited": item.inherited,
                }


def deadlines(plans: Plans) -> Table[DeadlineRow]:
    """Return a table of deadlines: by when, within which time or how often a task is to be done.

    Args:
        plans: a plan, several, or an iterator of plans.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import Deadline, Plan, Task, tables
    >>> plan = Plan("要点", [Task("公开预决算。", label="1.", deadlines=[Deadline.by_month(2024, 9)])])
    >>> row, = tables.deadlines(plan)
    >>> row["task_key"], row["text"], row["kind"], row["due"]
    ('1', '2024年9月', 'month', datetime.date(2024, 9, 30))
    """
    return plan_table("deadlines", plans, _deadline_rows)


def _deadline_rows(base: PlanColumns, plan: Plan) -> Iterator[DeadlineRow]:
    for task in plan.all_tasks:
        for position, deadline in enumerate(task.deadlines, 1):
            start, end = _offsets(deadline.span)
            yield {
                **base,
                "task_key": task.key or "",
                "position": position,
                "text": deadline.text,
                "kind": deadline.kind.value,
                "due": deadline.due,
                "start": deadline.start,
                "rule": deadline.rule,
                "amount": deadline.amount,
                "unit": None if deadline.unit is None else deadline.unit.value,
                "bound": None if deadline.bound is None else deadline.bound.value,
                "event": deadline.event,
                "stated": None if deadline.stated is None else deadline.stated.value,
                "span_start": start,
                "span_end": end,
            }


def extras(plans: Plans) -> Table[ExtraRow]:
    """Return a table of the other columns of task tables: a row a cell.

    Args:
        plans: a plan, several, or an iterator of plans.

    Raises:
        InvalidValue: it is no plan.

    >>> from gongkai import Plan, Task, tables
    >>> row, = tables.extras(Plan("要点", [Task("公开目录。", label="1.", extras={"备注": "长期"}.items())]))
    >>> row["task_key"], row["name"], row["text"]
    ('1', '备注', '长期')
    """
    return plan_table("extras", plans, _extra_rows)


def _extra_rows(base: PlanColumns, plan: Plan) -> Iterator[ExtraRow]:
    for task in plan.all_tasks:
        for position, (name, text) in enumerate(task.extras, 1):
            yield {**base, "task_key": task.key or "", "position": position, "name": name, "text": text}


def findings(plans: Plans, *, checked: bool = False) -> Table[FindingRow]:
    r"""Return a table of what was noticed about plans.

    Args:
        plans: a plan, several, or an iterator of plans.
        checked: whether what :func:`gongkai.check` finds stands there too, behind what the reader noticed.

    Raises:
        InvalidValue: it is no plan.

    >>> import gongkai
    >>> row, = gongkai.tables.findings(gongkai.parse("澄湖区2024年要点\n1.公开计划。\n3.公开目录。\n"))
    >>> row["code"], row["line"], row["line_column"], row["text"]
    ('R201', 3, 1, '3.')
    """
    return plan_table("findings", plans, partial(_finding_rows, checked=checked))


def _finding_rows(base: PlanColumns, plan: Plan, *, checked: bool) -> Iterator[FindingRow]:
    text = plan.source.text if plan.source is not None else None
    for finding in (*plan.findings, *(check(plan) if checked else ())):
        span = finding.span
        start, end = _offsets(span)
        there = span is not None and text is not None
        line, column = line_of(text or "", start or 0) if there else (None, None)
        yield {
            **base,
            "code": finding.code,
            "severity": finding.severity.value,
            "zh": finding.zh,
            "en": finding.en,
            "key": finding.key,
            "hint": finding.hint,
            "span_start": start,
            "span_end": end,
            "line": line,
            "line_column": column,
            "text": span.of(text) if span is not None and text is not None else None,
        }


def _offsets(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)
