"""What is overdue and what falls due: ``gongkai due PLAN [LEDGER...]``."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias

from cyclopts import Parameter

from gongkai.cli._drawing import Force, Output, Tongue
from gongkai.cli._files import Wrong, as_json, check_files, day_of, load, put
from gongkai.cli._ledger import ledger_of, progress_words
from gongkai.comparing.diffing.selecting import Bodies
from gongkai.exchange._cells import guarded
from gongkai.exchange.ledger import Ledger
from gongkai.exchange.ledger.days import due_of
from gongkai.model import Department as Body
from gongkai.model import Progress, Task
from gongkai.views._text import clean, cut
from gongkai.views._words import Words, words

__all__ = ["due_plans"]

# The help of a parameter is the name of its words; see `_told` in `_app`.
File: TypeAlias = Annotated[str, Parameter(help="help.file", allow_leading_hyphen=True)]
Ledgers: TypeAlias = Annotated[Path, Parameter(help="help.ledgers")]
Before: TypeAlias = Annotated[str | None, Parameter(name="--before", help="help.due_before")]
Within: TypeAlias = Annotated[str | None, Parameter(name="--within", help="help.due_within")]
Today: TypeAlias = Annotated[str | None, Parameter(name="--today", help="help.due_today")]
Department: TypeAlias = Annotated[str | None, Parameter(name="--department", help="help.due_department")]
Form: TypeAlias = Annotated[
    Literal["table", "json", "csv"] | None, Parameter(name=("--format", "-f"), help="help.form_of_due")
]

Chosen: TypeAlias = Literal["table", "json", "csv"]
State: TypeAlias = Literal["overdue", "interim", "soon"]

_DAYS: Final = re.compile(r"(\d{1,5})\s*(?:d|days?|天|日)?", re.IGNORECASE)
_USUAL: Final = 30
#: How much of a task's text a line shows.
_LENGTH: Final = 40
_HEADS: Final[dict[str, State]] = {"late": "overdue", "late_in_part": "interim", "soon": "soon"}
_FORMS: Final[dict[str, Chosen]] = {".json": "json", ".csv": "csv", ".txt": "table"}


class _Due(NamedTuple):
    """A task that is late, of which a part was to be done by now, or that falls due."""

    day: date
    task: Task
    state: State

    @property
    def is_late(self) -> bool:
        """Whether all of it is overdue."""
        return self.state == "overdue"


def due_plans(
    file: File,
    /,
    *ledger: Ledgers,
    before: Before = None,
    within: Within = None,
    today: Today = None,
    department: Department = None,
    force: Force = False,
    form: Form = None,
    output: Output = None,
    language: Tongue = "zh",
) -> int:
    """Tell what is overdue and what falls due; 1 tells that something is overdue."""
    say = words(language, "gongkai.cli")
    if before is not None and within is not None:
        raise Wrong(say["messages.before_within"])
    day = date.today() if today is None else day_of(today, "--today", say)  # noqa: DTZ011 - the user's own day
    last = _last(before, within, day, say)
    chosen = form or _form(output, say)
    check_files([output], say, force=force)
    plan = load(file)
    known = ledger_of(ledger, plan) if ledger else Ledger(plan)
    found = list(_due(known, day, last))
    if department is not None:
        is_it = Bodies(plan, department, None)
        if not any(map(is_it, plan.departments)):
            sys.stderr.write(say["messages.no_body"].format(name=department) + "\n")
        holders = dict(_holders(known.plan.tasks, ()))
        found = [item for item in found if any(map(is_it, holders.get(item.task.key, ())))]
    text = _drawn(found, {item.key: item for item in known.progress}, chosen, last, say)
    put(text, "table" if chosen == "table" else "json", output, say, force=force)
    return int(any(item.is_late for item in found))


def _holders(tasks: Iterable[Task], above: tuple[Body, ...]) -> Iterator[tuple[str | None, tuple[Body, ...]]]:
    """Yield the departments of each task by its key; a part without any is its task's."""
    for task in tasks:
        held = task.departments if task.assignments else above
        yield task.key, held
        yield from _holders(task.parts, held)


def _form(output: Path | None, say: Words) -> Chosen:
    """What the suffix of the output tells.

    Raises:
        Wrong: it tells nothing.
    """
    if output is None or str(output) == "-":
        return "table"
    if output.suffix.lower() not in _FORMS:
        raise Wrong(say["messages.export_suffix"].format(name=output, forms=" ".join(_FORMS)))
    return _FORMS[output.suffix.lower()]


def _last(before: str | None, within: str | None, today: date, say: Words) -> date:
    if before is not None:
        return day_of(before, "--before", say)
    found = _DAYS.fullmatch((within or str(_USUAL)).strip())
    if found is None:
        raise Wrong(say["messages.within"].format(value=within))
    return today + timedelta(days=int(found[1]))


def _due(ledger: Ledger, today: date, last: date) -> Iterator[_Due]:
    """Yield what is late, then what is late in part, then what falls due up to the last day."""
    late = [(day, task) for task in ledger.overdue(today) if (day := due_of(task)) is not None]
    for day, task in sorted(late, key=lambda pair: pair[0]):
        yield _Due(day, task, "overdue")
    for day, task in ledger.interim_passed(today):
        yield _Due(day, task, "interim")
    for day, task in ledger.due_soon(today, days=(last - today).days) if last >= today else ():
        yield _Due(day, task, "soon")


def _drawn(
    found: list[_Due],
    known: Mapping[str, Progress],
    form: Literal["table", "json", "csv"],
    last: date,
    say: Words,
) -> str:
    if form == "json":
        return as_json([_record(item, known) for item in found])
    if form == "csv":
        return _csv(found, known, say)
    lines: list[str] = []
    for name, state in _HEADS.items():
        held = [item for item in found if item.state == state]
        if held or state != "interim":  # few plans have parts that are due earlier
            lines.append(say[f"ledger.{name}"].format(n=len(held), day=last))
            lines += [_line(item, known, say) for item in held]
    return "\n".join(lines) + "\n"


def _names(task: Task) -> str:
    return "、".join(dict.fromkeys([body.name for body in task.departments]))


def _line(item: _Due, known: Mapping[str, Progress], say: Words) -> str:
    task = item.task
    said = progress_words(known.get(task.key or ""), say)
    facts = (str(item.day), clean(task.label or task.key or ""), _shown(task), clean(_names(task)), said)
    return "  " + "  ".join(filter(None, facts))


def _shown(task: Task) -> str:
    """The beginning of the text: a line is one to overlook; the other forms have all of it."""
    head, rest = cut(clean(task.text), _LENGTH)
    return head + ("…" if rest else "")


def _record(item: _Due, known: Mapping[str, Progress]) -> dict[str, object]:
    said = known.get(item.task.key or "")
    return {
        "due": str(item.day),
        "overdue": item.is_late,
        "interim": item.state == "interim",
        "key": item.task.key,
        "text": item.task.text,
        "departments": [body.name for body in item.task.departments],
        "status": None if said is None else said.status,
        "percent": None if said is None else said.percent,
    }


def _csv(found: list[_Due], known: Mapping[str, Progress], say: Words) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(
        [say[f"ledger.{name}"] for name in ("due", "alert", "number", "task", "bodies", "status")]
    )
    for item in found:
        task = item.task
        said = progress_words(known.get(task.key or ""), say)
        alert = "" if item.state == "soon" else say[f"ledger.{item.state}"]
        cells = [str(item.day), alert, task.label or task.key or "", task.text, _names(task), said]
        writer.writerow(list(map(guarded, cells)))
    return "\ufeff" + target.getvalue()
