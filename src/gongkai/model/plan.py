"""The plan: one issued document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum, unique
from functools import cache
from typing import cast, final

import attrs
from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_member, to_tuple, tuple_of, within
from gongkai.model._rowing import Tabular, TaskRow, task_rows
from gongkai.model.blocks import Block, Paragraph, Section, Task, printed_tasks, to_blocks, walk
from gongkai.model.citation import Citation, citations_in
from gongkai.model.department import Department
from gongkai.model.division import Division
from gongkai.model.edits import insert_block, replace_block
from gongkai.model.finding import Finding
from gongkai.model.keys import keyed, without_keys
from gongkai.model.record import Notice, Record
from gongkai.model.span import Source

__all__ = ["Plan", "PlanKind"]


@unique
class PlanKind(StrEnum):
    """What sort of document it is."""

    PLAN = "plan"
    """工作要点, 工作方案"""
    TASK_TABLE = "task-table"
    """任务分解表"""
    NOTICE = "notice"
    """a covering notice alone"""
    REPORT = "report"
    """年度报告"""
    OTHER = "other"


@cache
def _year_in_title() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def _year_of(plan: Plan) -> int | None:
    found = _year_in_title().search(str(plan.title))  # the field is judged after the defaults are made
    return int(found[1]) if found else None


def _to_content(value: Iterable[Block | str]) -> tuple[Block, ...]:
    blocks = to_blocks(value)
    good = type(blocks) is tuple and all(isinstance(block, (Paragraph, Section, Task)) for block in blocks)
    return keyed(blocks) if good else blocks


def _to_paragraphs(value: Iterable[Paragraph | str]) -> tuple[Paragraph, ...]:
    return cast("tuple[Paragraph, ...]", to_blocks(value))


def _to_findings(value: Iterable[Finding]) -> tuple[Finding, ...]:
    return to_tuple(value)


def _to_kind(value: PlanKind | str) -> PlanKind:
    return to_member(PlanKind, value)


@final
@frozen(weakref_slot=False, repr=False)
class Plan(Shown, Tabular):
    """One issued work plan.

    Attributes:
        title: the title above the plan's text, below a covering notice if there is one.
        content: chapters, tasks and paragraphs in printed order; sections and tasks in it get keys.
        year: the year it is for; taken from the title where it is not given.
        kind: ``plan``, ``task-table``, ``notice``, ``report`` or ``other``.
        record: what the document says of itself.
        notice: the covering notice, where there is one.
        preamble: the paragraphs between the title and the first chapter.
        closing: the paragraphs after the last task that belong to no chapter.
        division: whose plan it is, where that is known; outside equality.
        findings: what was noticed while it was read; outside equality.
        source: the text it was read from; outside equality.
        directory: the version of the directory that the ids of its departments are of; outside equality.

    >>> from gongkai import Assignment, Deadline, Plan, Section, Task
    >>> plan = Plan("澄湖区2024年政务公开工作要点", [
    ...     Section("深化重点领域信息公开", label="一、", content=[
    ...         Task("公开老旧小区改造进展。", label="1.", assignments=[Assignment.lead("区住房城乡建设委")]),
    ...         Task("公开财政预决算。", label="2.", deadlines=[Deadline.by_month(2024, 10)]),
    ...     ]),
    ... ])
    >>> plan
    <Plan 澄湖区2024年政务公开工作要点 · 2024 · 1 section · 2 tasks · 1 department>
    >>> plan["2"].deadlines
    (<Deadline 2024年10月 month 2024-10-31>,)
    >>> plan.with_changes("1", text="公开老旧小区改造计划。").tasks[0].text
    '公开老旧小区改造计划。'
    """

    title: str = field(validator=is_a(str))
    content: tuple[Block, ...] = field(
        default=(), converter=_to_content, validator=tuple_of(Paragraph, Section, Task)
    )
    year: int | None = field(
        default=attrs.Factory(_year_of, takes_self=True),
        kw_only=True,
        validator=within(1000, 9999, optional=True),
    )
    kind: PlanKind = field(
        default=PlanKind.PLAN, kw_only=True, converter=_to_kind, validator=member(PlanKind)
    )
    record: Record = field(factory=Record, kw_only=True, validator=is_a(Record))
    notice: Notice | None = field(default=None, kw_only=True, validator=is_a(Notice, optional=True))
    preamble: tuple[Paragraph, ...] = field(
        default=(), kw_only=True, converter=_to_paragraphs, validator=tuple_of(Paragraph)
    )
    closing: tuple[Paragraph, ...] = field(
        default=(), kw_only=True, converter=_to_paragraphs, validator=tuple_of(Paragraph)
    )
    division: Division | None = field(
        default=None, kw_only=True, eq=False, validator=is_a(Division, optional=True)
    )
    findings: tuple[Finding, ...] = field(
        default=(), kw_only=True, eq=False, converter=_to_findings, validator=tuple_of(Finding)
    )
    source: Source | None = field(default=None, kw_only=True, eq=False, validator=is_a(Source, optional=True))
    directory: str | None = field(default=None, kw_only=True, eq=False, validator=is_a(str, optional=True))

    @property
    def issuer(self) -> str | None:
        """Who issued it: from the record, else who signed the notice."""
        return self.record.issuer or (self.notice.signatory if self.notice else None)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The chapters: the sections at the top."""
        return tuple([block for block in self.content if type(block) is Section])

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The printed tasks of all sections, in document order; parts are not among them."""
        return printed_tasks(self.content)

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        """The tasks and their parts, depth first."""
        return tuple([task for printed in self.tasks for task in printed.walk()])

    @property
    def departments(self) -> tuple[Department, ...]:
        """Each department that holds a role for some task, once, in order of first mention."""
        return tuple(dict.fromkeys(body for task in self.all_tasks for body in task.departments))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents it names in 《》, each once, in order of first mention; itself is none of them.

        >>> from gongkai import Plan
        >>> plan = Plan("要点", preamble=["按照《澜江市2024年工作要点》（澜政办发〔2024〕7号）制定。"])
        >>> plan.citations
        (<Citation 《澜江市2024年工作要点》（澜政办发〔2024〕7号）>,)
        >>> plan.citations[0].number.year
        2024
        """
        texts = [*(self.notice.body if self.notice else ()), *(block.text for block in self.preamble)]
        texts += [block.heading if isinstance(block, Section) else block.text for block in self.walk()]
        texts += [block.text for block in self.closing]
        return citations_in(texts, besides=[self.title])

    def walk(self) -> Iterator[Block]:
        """Yield every block of the content, depth first, a task before its parts."""
        return walk(self.content)

    def to_rows(self) -> list[TaskRow]:
        """Return its tasks and their parts as flat rows, a dict each with the same columns always.

        ``gongkai.tables`` has more tables, and gives them to data frames; the page on columns says what each
        column holds.

        >>> from gongkai import Assignment, Plan, Task
        >>> plan = Plan("要点", [Task("公开预决算。", label="1.", assignments=[Assignment.lead("区财政局")])])
        >>> row, = plan.to_rows()
        >>> row["key"], row["text"], row["lead"], row["due"]
        ('1', '公开预决算。', ['区财政局'], None)
        """
        return task_rows(self)

    def __getitem__(self, key: str) -> Section | Task:
        """Return the section or task with that key; ``KeyError`` where there is none."""
        for block in self.walk():
            if not isinstance(block, Paragraph) and block.key == key:
                return block
        raise _no_key(key)

    #: Neither tasks nor sections alone are what a plan consists of: say ``plan.tasks`` or ``plan.walk()``.
    __iter__ = None

    def __contains__(self, key: object) -> bool:
        """Tell whether a section or task has that key."""
        return any(not isinstance(block, Paragraph) and block.key == key for block in self.walk())

    def path(self, key: str) -> tuple[Section | Task, ...]:
        """Return the section or task with that key below all that it stands in, outermost first.

        Raises:
            KeyError: no section or task has that key.

        >>> from gongkai import Plan, Section, Task
        >>> plan = Plan("要点", [Section("深化公开", [Task("公开目录。", label="1.")], label="一、")])
        >>> [block.key for block in plan.path("1")]
        ['一', '1']
        """
        trail = _find(self.content, key)
        if trail is None:
            raise _no_key(key)
        return trail

    def with_changes(self, key: str, /, **changes: object) -> Plan:
        """Return a plan in which the section or task with that key has other values.

        Raises:
            KeyError: no section or task has that key.
            InvalidValue: the class does not take the value.
        """
        block = attrs.evolve(self[key], **changes)  # type: ignore[arg-type]
        return attrs.evolve(self, content=replace_block(self.content, key, (block,)))

    def without(self, key: str) -> Plan:
        """Return a plan that lacks the section or task with that key, and all that is in it.

        Raises:
            KeyError: no section or task has that key.
        """
        if key not in self:
            raise _no_key(key)
        return attrs.evolve(self, content=replace_block(self.content, key, ()))

    def inserted(self, block: Block, *, into: str | None = None, at: int | None = None) -> Plan:
        """Return a plan with one more block: in section ``into`` (else at the top), before position ``at``.

        Parts are put into a task in the same way. Without ``at`` it comes last. A key of it that the plan has
        already is given anew; what stands in the plan keeps its own.

        Raises:
            KeyError: no section or task has the key ``into``.
        """
        if into is not None and into not in self:
            raise _no_key(into)
        taken = frozenset(str(each.key) for each in self.walk() if not isinstance(each, Paragraph))
        return attrs.evolve(self, content=insert_block(self.content, without_keys(block, taken), into, at))

    def __repr__(self) -> str:
        counts = (
            (len(self.sections), "section"),
            (len(self.tasks), "task"),
            (len(self.departments), "department"),
        )
        facts = [shorten(self.title, 40) or "untitled", str(self.year or "no year")]
        facts += [f"{number} {noun}{'s' * (number != 1)}" for number, noun in counts]
        if self.kind != PlanKind.PLAN:
            facts.insert(1, self.kind)
        return "<Plan " + " · ".join(facts) + ">"


def _no_key(key: str) -> KeyError:
    hint = "[task.key for task in plan.all_tasks] lists them"
    return KeyError(f"no section or task has the key {key!r}; {hint}")


def _find(blocks: Iterable[Block], key: str) -> tuple[Section | Task, ...] | None:
    for block in blocks:
        if isinstance(block, Paragraph):
            continue
        if block.key == key:
            return (block,)
        below = _find(block.content if isinstance(block, Section) else block.parts, key)
        if below is not None:
            return (block, *below)
    return None
