"""Ledgers out and back: ``gongkai ledger write PLAN``, ``gongkai ledger read FILE...``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from attrs import asdict
from cyclopts import Parameter

from gongkai.cli._drawing import Force, Tongue
from gongkai.cli._files import CannotRead, Wrong, as_json, check_files, load, may_replace, put, put_file
from gongkai.cli._findings import tell_warnings
from gongkai.cli._office import put_thing, telling
from gongkai.errors import GongkaiError, MissingExtra
from gongkai.exchange.ledger import Ledger, read_ledger, write_ledger
from gongkai.model import Plan, Progress, Severity
from gongkai.views import Language
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["ledger_of", "ledger_read", "ledger_write", "progress_words"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
File: TypeAlias = Annotated[str, Parameter(help="help.file", allow_leading_hyphen=True)]
Target: TypeAlias = Annotated[Path, Parameter(name=("--output", "-o"), help="help.ledger_output")]
Combined: TypeAlias = Annotated[Path | None, Parameter(name=("--output", "-o"), help="help.ledger_combined")]
Split: TypeAlias = Annotated[
    bool, Parameter(name="--by-department", negative=(), show_default=False, help="help.by_department")
]
Files: TypeAlias = Annotated[Path, Parameter(help="help.ledgers")]
Base: TypeAlias = Annotated[str | None, Parameter(name="--plan", help="help.ledger_plan")]
Edited: TypeAlias = Annotated[Path | None, Parameter(name="--edited", help="help.ledger_edited")]
Form: TypeAlias = Annotated[
    Literal["table", "json"], Parameter(name=("--format", "-f"), help="help.format_of_check")
]
Quiet: TypeAlias = Annotated[
    bool, Parameter(name=("--quiet", "-q"), negative=(), show_default=False, help="help.quiet")
]

#: How much of a task's text a line shows.
_SHOWN = 40


def ledger_write(
    file: File,
    /,
    *,
    output: Target,
    by_department: Split = False,
    force: Force = False,
    language: Tongue = "zh",
    quiet: Quiet = False,
) -> int:
    """Write a plan as a ledger."""
    say = words(language, "gongkai.cli")
    check_files([output], say, force=force)
    plan = load(file)
    replace = may_replace(output, force=force)
    with telling(output, say):
        write_ledger(plan, output, by_department=by_department, language=language, replace=replace)
    if not quiet:
        sys.stderr.write(say["messages.written"].format(name=output) + "\n")
        tell_warnings(file, plan, say)
    return 0


def ledger_read(
    *file: Files,
    plan: Base = None,
    output: Combined = None,
    edited: Edited = None,
    form: Form = "table",
    force: Force = False,
    language: Tongue = "zh",
    quiet: Quiet = False,
) -> int:
    """Read a ledger that came back; 1 tells that sheets differ or something cannot be read."""
    say = words(language, "gongkai.cli")
    if not file:
        raise Wrong(say["usage.missing"].format(what="FILE"))
    check_files([output, edited], say, force=force)
    ledger = ledger_of(file, None if plan is None else load(plan))
    if output is not None:
        _put_ledger(ledger, output, say, language, force=force)
    if edited is not None:
        put_thing(ledger.edited or ledger.plan, edited, say, language, force=force)
    text = as_json(_record(ledger)) if form == "json" else "\n".join(_lines(ledger, say)) + "\n"
    put(text, form, None, say, force=force)
    if not quiet:
        _tell(ledger, say)
    grave = any(finding.severity is not Severity.INFO for finding in ledger.findings)
    return int(grave)


def ledger_of(files: tuple[Path, ...], plan: Plan | None) -> Ledger:
    """Read the files of a ledger.

    Raises:
        CannotRead: one cannot be read, or is none.
    """
    try:
        return read_ledger(files, plan)
    except MissingExtra:
        raise
    except GongkaiError as error:
        raise CannotRead(str(error)) from error


def _put_ledger(ledger: Ledger, path: Path, say: Words, language: Language, *, force: bool) -> None:
    if path.suffix.lower() == ".json":
        put_file(ledger.to_json(indent=2) + "\n", path, say, force=force)
        return
    replace = may_replace(path, force=force)
    with telling(path, say):
        write_ledger(ledger.plan, path, progress=ledger.progress, language=language, replace=replace)


def progress_words(item: Progress | None, say: Words) -> str:
    """What was reported of a task, in a few words."""
    if item is None:
        return say["ledger.unreported"]
    said = [say[f"ledger.{item.status}"]] if item.status else []
    said += [f"{item.percent}%"] if item.percent is not None else []
    said += [str(item.completed_on)] if item.completed_on else []
    said += [clean(item.who)] if item.who else []
    said += [clean(" ".join(item.note.split()))] if item.note else []
    return "  ".join(said)


def _lines(ledger: Ledger, say: Words) -> Iterator[str]:
    counts = ledger.counts()
    yield say["ledger.counts"].format(
        title=clean(ledger.plan.title),
        tasks=counts.tasks,
        done=counts.done,
        going=counts.in_progress,
        waiting=counts.not_started,
        paused=counts.paused,
        silent=counts.unreported,
        overdue=counts.overdue,
    )
    known = {item.key: item for item in ledger.progress}
    for task in ledger.tasks:
        item = known.get(task.key or "")
        if item is not None:
            yield f"  {clean(task.key or '')}  {clean(task.text)[:_SHOWN]}  {progress_words(item, say)}"
    changes = [change.explain(say.language) for change in ledger.diff().changes] if ledger.edited else []
    if changes:
        yield say["ledger.changes"].format(n=len(changes))
        yield from [f"  {clean(change)}" for change in changes]
    if ledger.disagreements:
        yield say["ledger.disagreements"].format(n=len(ledger.disagreements))
        for found in ledger.disagreements:
            values = say["ledger.between"].join(
                [f"{clean(value)}（{clean(place)}）" for value, place in found.values]
            )
            yield f"  {clean(found.key)}  {say[f'ledger.{found.field}']}  {values}"


def _tell(ledger: Ledger, say: Words) -> None:
    sys.stdout.flush()
    for finding in ledger.findings:
        message = finding.zh if say.language == "zh" else finding.en
        sys.stderr.write(f"  {finding.code}  {clean(message)}\n")


def _record(ledger: Ledger) -> dict[str, object]:
    changes = ledger.diff().changes if ledger.edited else ()
    return {
        "title": ledger.plan.title,
        "counts": asdict(ledger.counts(), filter=lambda field, _: field.name != "department"),
        "progress": [_reported(item) for item in ledger.progress],
        "changes": [
            {"kind": item.kind.value, "key": item.old_key, "zh": item.explain("zh"), "en": item.explain("en")}
            for item in changes
        ],
        "disagreements": [
            {"key": found.key, "field": found.field, "values": [list(pair) for pair in found.values]}
            for found in ledger.disagreements
        ],
        "findings": [
            {
                "code": said.code,
                "severity": said.severity,
                "key": said.key,
                "zh": said.zh,
                "en": said.en,
            }
            for said in ledger.findings
        ],
    }


def _reported(item: Progress) -> dict[str, object]:
    day = str(item.completed_on) if item.completed_on else None
    return {**asdict(item), "completed_on": day}
