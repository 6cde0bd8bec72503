"""The plan of a workbook that gongkai wrote: as it was written, with what was changed by hand."""

from __future__ import annotations

from typing import Final, cast

import attrs

from gongkai.codec.keeping import Kept, has_row, ids_of
from gongkai.directory import Directory
from gongkai.model import Block, Finding, Paragraph, Plan, Section, Task
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding
from gongkai.reading.kept.about import about, is_about
from gongkai.reading.kept.editing import Setting, edited_task
from gongkai.reading.kept.placing import placed
from gongkai.reading.kept.rows import KeptRow, kept_in, rows_of
from gongkai.reading.settling import setting_of

__all__ = ["edited_by", "restored_from", "setting_for"]

_LEDGER: Final = "ledger"


def restored_from(came: Extract, plain: Plan, directory: Directory) -> Plan:
    """Return the plan that a workbook was written from, with what was changed in its cells.

    In a table of tasks rows may be moved, added and removed; a ledger changes the cells of its tasks alone.

    Args:
        came: the workbook.
        plain: the plan as it is read from what the workbook shows; its source is kept.
        directory: where new names of departments are looked up.

    Returns:
        The plan; what was read plainly, with a finding, where the workbook lost what it kept.
    """
    kept = kept_in(came.sheets)
    if kept is None:
        return attrs.evolve(plain, findings=(*plain.findings, finding("kept-damaged")))
    rows = [row for sheet in came.sheets for row in rows_of(sheet, kept.columns)]
    findings: list[Finding] = []
    documents = [row for row in rows if is_about(row)]
    plan, unread = about(kept.plan, documents)
    findings += [finding("kept-unread", None, None, name=name, text=text) for name, text in unread]
    tasks = [row for row in rows if not is_about(row)]
    setting = setting_for(plan, directory)
    if kept.form == _LEDGER:
        plan = edited_by(plan, tasks, setting)
    else:
        plan = attrs.evolve(plan, content=placed(plan, tasks, setting))
    count = _changes(kept, rows)
    if count:
        findings.append(finding("kept-edited", None, None, count=count))
    return attrs.evolve(plan, source=plain.source, findings=tuple(findings))


def setting_for(plan: Plan, directory: Directory) -> Setting:
    """Return what the words of a plan's cells depend on."""
    return Setting(plan.year, setting_of(plan.title, plan.record, plan.year, directory)[1])


def edited_by(plan: Plan, rows: list[KeptRow], setting: Setting) -> Plan:
    """Return a plan with the cells that were changed in the rows of its tasks; none is moved or removed."""
    changed = {row.id: row for each in rows if (row := each._replace(others=())).changes}
    if not changed:
        return plan

    def rebuilt(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return block
        if isinstance(block, Section):
            return attrs.evolve(block, content=tuple(map(rebuilt, block.content)))
        row = changed.get(f"task {block.key}")
        parts = cast("tuple[Task, ...]", tuple(map(rebuilt, block.parts)))
        return attrs.evolve(edited_task(block, row, setting) if row else block, parts=parts)

    return attrs.evolve(plan, content=tuple(map(rebuilt, plan.content)))


def _changes(kept: Kept, rows: list[KeptRow]) -> int:
    """Count the cells that were changed, and the rows that were added or removed."""
    left = {id_ for id_, block in ids_of(kept.plan).items() if has_row(block)}
    count = 0
    for row in rows:
        count += row.changes if row.id else 1
        left.discard(row.id)
    return count + (len(left) if kept.form != _LEDGER else 0)
