"""What a file that gongkai wrote carries beside its print.

It is believed only where it prints exactly what the document shows: print stays what counts. A document that
was edited since is read as any other; what its text does not say of the record is then taken from what it
carries, as from the meta tags of a page.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from gongkai.codec import loads
from gongkai.codec.printing import shown, shown_lines, shown_record
from gongkai.errors import InvalidValue, LoadError
from gongkai.model import Block, Deadline, Paragraph, Plan, Record, Section, Task
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding

__all__ = ["with_carried"]


def with_carried(plan: Plan, came: Extract, read: Callable[[Extract], Plan]) -> Plan:
    """Return a plan that was read from a document's print with what the document carries beside it.

    Args:
        plan: what was read of the print.
        came: the document.
        read: reads a document by its print.
    """
    if came.carried is None:
        return plan
    try:
        return _taken(plan, came, loads(came.carried), read)
    except LoadError as error:
        return _noted(plan, "carried-damaged", reason=str(error.problems[0]))
    except (InvalidValue, RecursionError):
        return _noted(plan, "carried-damaged", reason="nested too deeply")


def _taken(plan: Plan, came: Extract, held: Plan, read: Callable[[Extract], Plan]) -> Plan:
    if not _prints(held, came):
        before = read(Extract(shown_lines(held))).record
        record = _completed(plan.record, held.record, before)
        return _noted(attrs.evolve(plan, record=record), "carried-outdated")
    return plan if held == plan else _noted(_placed(held, plan), "carried-taken")


def _noted(plan: Plan, name: str, **facts: str) -> Plan:
    return attrs.evolve(plan, findings=(finding(name, None, None, **facts), *plan.findings))


def _prints(held: Plan, came: Extract) -> bool:
    """Tell whether a plan, with its record above it or without, prints what the document shows."""
    text = shown(held)
    return bool({text, shown_record(held) + text} & {_bare(came.text), _visible(came)})


def _bare(text: str) -> str:
    return "".join(text.split())


def _visible(came: Extract) -> str:
    """Return the characters that the document shows, without page furniture and white space."""
    parts: list[str] = []
    start = 0
    for noise in came.noise:
        parts.append(came.text[start : noise.start])
        start = noise.end
    parts.append(came.text[start:])
    return _bare("".join(parts))


def _completed(record: Record, held: Record, before: Record) -> Record:
    """Return the record with the values that were carried wherever the text says what it said before."""
    names = [field.name for field in attrs.fields(Record)]
    same = [name for name in names if getattr(record, name) == getattr(before, name)]
    return attrs.evolve(record, **{name: getattr(held, name) for name in same})


def _placed(held: Plan, plan: Plan) -> Plan:
    """Return what was carried, with the places of what was read at the same addresses."""
    there = {block.key: block for block in plan.walk() if not isinstance(block, Paragraph)}
    texts = {(block.label, block.text): block for block in _paragraphs(plan)}

    def paragraph_of(block: Paragraph) -> Paragraph:
        return texts.get((block.label, block.text), block)

    def block_of(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return paragraph_of(block)
        found = there.get(block.key)
        if isinstance(block, Section):
            span = found.span if isinstance(found, Section) and found.heading == block.heading else None
            return attrs.evolve(block, content=[block_of(each) for each in block.content], span=span)
        return task_of(block)

    def task_of(task: Task) -> Task:
        found = there.get(task.key)
        parts = [task_of(part) for part in task.parts]
        if not isinstance(found, Task) or found.text != task.text:
            return attrs.evolve(task, parts=parts)
        deadlines = tuple([_deadline(each, found.deadlines) for each in task.deadlines])
        return attrs.evolve(task, parts=parts, span=found.span, deadlines=deadlines)

    preamble = tuple([paragraph_of(each) for each in held.preamble])
    closing = tuple([paragraph_of(each) for each in held.closing])
    return attrs.evolve(
        held,
        content=tuple([block_of(each) for each in held.content]),
        preamble=preamble,
        closing=closing,
        source=plan.source,
        findings=plan.findings,
        directory=plan.directory,
    )


def _paragraphs(plan: Plan) -> list[Paragraph]:
    inside = [block for block in plan.walk() if isinstance(block, Paragraph)]
    return [*plan.preamble, *inside, *plan.closing]


def _deadline(deadline: Deadline, found: tuple[Deadline, ...]) -> Deadline:
    return next(
        (attrs.evolve(deadline, span=each.span) for each in found if each == deadline),
        deadline,
    )
