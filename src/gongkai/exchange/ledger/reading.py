"""A ledger on its way back: what was reported, what was changed, where sheets differ."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from gongkai._refusals import refused
from gongkai.codec.keeping import Kept
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.exchange.ledger.combining import Combined
from gongkai.exchange.ledger.ledger import Ledger
from gongkai.exchange.ledger.rows import ReturnedRow, matched, returned_rows, with_written
from gongkai.exchange.ledger.words import catalogue
from gongkai.model import Finding, Plan
from gongkai.reading.containers import extract
from gongkai.reading.containers.signatures import sort_of
from gongkai.reading.extract import Extract
from gongkai.reading.kept.restoring import edited_by, setting_for
from gongkai.reading.kept.rows import kept_in
from gongkai.reading.opening import bytes_of

__all__ = ["read_ledger"]


def read_ledger(
    path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    plan: Plan | None = None,
    *,
    directory: Directory | None = None,
) -> Ledger:
    """Read a ledger that came back, or the sheets of one that came back separately.

    Rows are known by their hidden keys, in whatever order and file they stand; those that lost theirs, or
    stand in a table of somebody's own, by the text of the task. Statuses, shares and days are taken as people
    write them: 办结, 80%, 10月31日. What cannot be read is a finding, and never a guess.

    Args:
        path: the file, or several.
        plan: the plan; by default the one that the ledger keeps on its hidden sheet.
        directory: where new names of departments are looked up; by default the shipped one.

    Raises:
        ReadError: a file cannot be opened or read, is no workbook, or no ledger; or no plan was given, and
            no file keeps one.
        InvalidValue: ``plan`` is no plan, or there is no file.

    >>> import gongkai
    >>> from tempfile import TemporaryDirectory
    >>> plan = gongkai.Plan("要点", [gongkai.Task("公开目录。", label="1.")])
    >>> with TemporaryDirectory() as folder:
    ...     gongkai.write_ledger(plan, f"{folder}/台账.xlsx", progress=[gongkai.Progress("1", percent=40)])
    ...     gongkai.read_ledger(f"{folder}/台账.xlsx").of("1").percent
    40
    """
    if plan is not None and type(plan) is not Plan:
        raise InvalidValue("read_ledger", "plan", plan, "a Plan")
    files = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    if not files:
        raise InvalidValue("read_ledger", "path", files, "a file, or several")
    opened = [(file, *_opened(file)) for file in files]
    kept = next((held for _, _, held in opened if held is not None), None)
    base = plan if plan is not None else kept and kept.plan
    if base is None:
        raise refused(os.fspath(files[0]), "no-plan")
    rows: list[ReturnedRow] = []
    for file, came, held in opened:
        found = list(returned_rows(came, held, Path(file).name))
        if not found:
            raise refused(os.fspath(file), "no-ledger")
        rows += found
    return _ledger(base, rows, kept, directory or Directory.default())


def _opened(file: str | os.PathLike[str]) -> tuple[Extract, Kept | None]:
    data, origin = bytes_of(file)
    content = data if isinstance(data, bytes) else data.encode()
    if sort_of(content, origin or "") != "xlsx":
        raise refused(os.fspath(file), "no-workbook")
    came = extract(content, os.fspath(file))
    return came, kept_in(came.sheets)


def _ledger(plan: Plan, rows: Sequence[ReturnedRow], kept: Kept | None, directory: Directory) -> Ledger:
    tasks = Ledger(plan).tasks
    findings: list[Finding] = []
    if kept is not None and kept.plan != plan:
        findings.append(_note("other-plan"))
    sure, alike, unknown = matched(rows, plan, tasks)
    findings += [_note("matched-by-text", task.key, place=item.place) for item, task in alike]
    findings += [_note("row-unknown", place=item.place, text=item.text("task")[:40]) for item in unknown]
    combined = Combined(plan.year)
    for item, task in (*sure, *alike):
        combined.take(with_written(item, task), task)
    setting = setting_for(plan, directory)
    order = {task.key: at for at, task in enumerate(tasks)}
    progress = sorted(combined.progress(), key=lambda item: order.get(item.key, len(order)))
    findings += combined.findings
    missing = sum([task.key not in combined.seen for task in tasks])
    findings += [_note("tasks-missing", count=missing)] if missing else []
    disagreements = combined.disagreements()
    findings += [_note("reports-differ", count=len(disagreements))] if disagreements else []
    edited = edited_by(plan, combined.edits(), setting)
    changed = edited if edited != plan else None
    return attrs.evolve(
        Ledger(plan, tuple(progress)),
        edited=changed,
        disagreements=disagreements,
        findings=tuple(findings),
    )


def _note(name: str, key: str | None = None, **facts: object) -> Finding:
    return catalogue()[name].finding(None, key, **facts)
