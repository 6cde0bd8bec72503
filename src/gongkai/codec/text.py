"""The plain text of a plan: as an office would print it, one block a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gongkai.model import Assignment, Block, Notice, Paragraph, Plan, Record, Role, Section, Stated, Task

__all__ = ["LEAD_IN", "clause_of", "printed_label", "record_pairs", "text_of"]

#: What a clause says for each role, and where the departments act each for its part.
_VERBS: Final = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "负责落实",
    Role.COOPERATE: "配合",
    Role.SUPPORT: "提供支持",
    Role.GUIDE: "指导",
}
#: What leads from a task with a text of its own to a part without a number.
LEAD_IN: Final = "具体措施："
_SEVERALLY: Final = "分别"
_NUMERALS: Final = frozenset("一二三四五六七八九十百")
_OPEN_NOUNS: Final = ("有关", "相关", "其他")

#: The keys of the metadata block, in the order in which district sites print them.
_KEYS: Final = (
    ("索引号", "index_number"),
    ("主题分类", "subject"),
    ("发文机构", "issuer"),
    ("联合发文单位", "co_issuers"),
    ("实施日期", "effective_on"),
    ("成文日期", "issued_on"),
    ("发文字号", "document_number"),
    ("废止日期", "repealed_on"),
    ("发布日期", "published_on"),
    ("有效性", "validity"),
)


def text_of(plan: Plan) -> str:
    """Return a plan as plain text, so that reading it gives the same plan.

    What stands outside equality (findings, source, positions) is not in it. What print cannot tell is not
    kept either: that an assignment was inherited, that a number had no sign (1 is printed as 1.), other
    columns of a table, a section without a label or one whose tasks are followed by a paragraph, an
    unlabelled task without a clause, a title that names no kind of document, a year or kind that the title
    does not show.

    >>> import gongkai
    >>> plan = gongkai.Plan("澄湖区2024年政务公开工作要点", [
    ...     gongkai.Section("规范决策公开", label="一、", content=[
    ...         gongkai.Task("公布重大行政决策事项目录。", label="1.",
    ...                      assignments=[gongkai.Assignment.lead("区政府办公室"),
    ...                                   gongkai.Assignment.responsible("各部门")],
    ...                      deadlines=[gongkai.Deadline.by_month(2024, 3)]),
    ...     ]),
    ... ])
    >>> print(gongkai.text_of(plan), end="")
    澄湖区2024年政务公开工作要点
    一、规范决策公开
    1.公布重大行政决策事项目录。（区政府办公室牵头，各部门负责落实，完成时限：2024年3月）
    >>> gongkai.parse(gongkai.text_of(plan)) == plan
    True
    """
    lines = [*_record(plan.record)]
    if plan.notice is not None:
        lines += _notice(plan.notice)
    if plan.title and (plan.notice is None or plan.title != plan.notice.title):
        lines.append(plan.title)
    lines += _blocks(plan.preamble)
    lines += _blocks(plan.content)
    lines += _blocks(plan.closing)
    return "\n".join(lines) + "\n"


def clause_of(task: Task) -> str:
    """Return a task's responsibility clause, brackets included; empty where it has none.

    >>> from gongkai import Assignment, Task
    >>> from gongkai.codec import clause_of
    >>> assignment = Assignment.responsible("区司法局", "区财政局", severally=True)
    >>> clause_of(Task("公开目录。", assignments=[assignment]))
    '（区司法局、区财政局分别负责落实）'
    """
    printed = [_assignment(assignment) for assignment in task.assignments]
    times = [deadline.text for deadline in task.deadlines if deadline.stated is not Stated.SENTENCE]
    if times:
        printed.append("完成时限：" + "、".join(times))
    return f"（{'，'.join(printed)}）" if printed else ""


def _assignment(assignment: Assignment) -> str:
    names = list(assignment.names)
    verb = (_SEVERALLY if assignment.severally else "") + _VERBS[assignment.role]
    if not assignment.open:
        return "、".join(names) + verb
    noun = names.pop() if len(names) > 1 and names[-1].startswith(_OPEN_NOUNS) else ""
    return "、".join(names) + "等" + noun + verb


def _record(record: Record) -> Iterator[str]:
    for number, (key, text) in enumerate(record_pairs(record), 1):
        yield f"{number}. [{key}] {text}"


def record_pairs(record: Record) -> list[tuple[str, str]]:
    """Return the keys and values of a record as a metadata block prints them."""
    rows: list[tuple[str, str]] = []
    for key, name in _KEYS:
        value: object = record.co_issuers if name == "co_issuers" else getattr(record, name)
        text = "、".join(record.co_issuers) if value is record.co_issuers else str(value or "")
        if text:
            rows.append((key, text))
    return [*rows, *record.others]


def _notice(notice: Notice) -> Iterator[str]:
    yield notice.title
    if notice.addressees:
        yield "，".join(notice.addressees) + "："
    yield from notice.body
    if notice.signatory:
        yield notice.signatory
    if notice.sealed_by:
        yield f"（{notice.sealed_by}代章）"
    if notice.issued_on:
        day = notice.issued_on
        yield f"{day.year}年{day.month}月{day.day}日"
    if notice.disclosure:
        yield f"（{notice.disclosure}）"


def printed_label(label: str | None) -> str:
    """A label as a line begins with it; the bare numbers of a table's column get their sign."""
    if not label:
        return ""
    if label.isdecimal():
        return f"{label}."
    return f"{label}、" if _NUMERALS.issuperset(label) else label


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            yield printed_label(block.label) + block.heading
            yield from _blocks(block.content)
        elif isinstance(block, Paragraph):
            yield printed_label(block.label) + block.text
        else:
            yield from _task(block)


def _task(task: Task) -> Iterator[str]:
    run_in = [part for part in task.parts if part.label is None]
    label = printed_label(task.label)
    own = label + task.text + clause_of(task)
    lead_in = LEAD_IN if own != label else ""
    yield own + "".join([lead_in + part.text + clause_of(part) for part in run_in])
    for part in task.parts:
        if part.label is not None:
            yield from _task(part)
