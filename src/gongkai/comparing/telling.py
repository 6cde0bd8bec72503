"""One sentence for each row of a coverage and each thread of a history, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, TypeAlias

from gongkai.comparing.handover import Handover
from gongkai.comparing.timing import deadlines_of
from gongkai.comparing.tracing.threads import Exit, Stage, Thread, TieKind
from gongkai.errors import InvalidValue
from gongkai.model import DepartmentKind, Task

if TYPE_CHECKING:
    from gongkai.comparing.carrying.carriage import CoverageRow
    from gongkai.comparing.diffing.changes import Language

__all__ = [
    "Table",
    "called",
    "deadline_words",
    "explain_row",
    "explain_thread",
    "percent",
    "tables",
    "words_of",
]

Table: TypeAlias = dict[str, dict[str, str]]

#: How many characters of a task or sentence are quoted.
_QUOTED: Final = 24


@cache
def tables(name: str) -> dict[str, Table]:
    """The tables of words of a file beside this one: by language, then by what they are for."""
    text = resources.files("gongkai.comparing").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def words_of(name: str, language: str, owner: str) -> Table:
    """The words of one language.

    Raises:
        InvalidValue: there are none.
    """
    if language not in tables(name):
        raise InvalidValue(owner, "language", language, "zh or en")
    return tables(name)[language]


def called(task: Task) -> str:
    """Return what a task is called in a sentence: its label and its first words."""
    return "".join((task.label or "").split()) + quoted(task.text)


def quoted(text: str) -> str:
    """Return the first words of a text."""
    text = "".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def percent(share: float) -> str:
    """Return a share as a whole percentage: 100% and 0% only where they are exact.

    >>> percent(0.83), percent(0.999), percent(0.001)
    ('83%', '99%', '1%')
    """
    whole = round(share * 100)
    return f"{min(max(whole, 1), 99) if 0 < share < 1 else whole}%"


def deadline_words(tasks: Iterable[Task]) -> str:
    """Return the words of the tasks' deadlines, each once."""
    return "、".join(dict.fromkeys(["".join(deadline.text.split()) for deadline in deadlines_of(tasks)]))


def explain_row(row: CoverageRow, language: Language) -> str:
    """Say in one line what became of a task of the reference; see :meth:`CoverageRow.explain`."""
    words = words_of("coverage.toml", language, "CoverageRow.explain")
    phrases = words["phrases"]
    tasks = phrases["and"].join([phrases["task"].format(it=called(task)) for task in row.tasks])
    reason = "" if row.mark is None else row.mark.reason
    told = [words["statuses"][row.status].format(it=called(row.task), tasks=tasks, reason=reason)]
    if row.mark is not None:
        told[0] += phrases["by"].format(who=row.mark.annotator) if row.mark.annotator else ""
    elif row.links:
        told.append(phrases["covered"].format(share=percent(row.covered)))
        told += [phrases["missing"].format(text=quoted(passage.text)) for passage in row.missing]
        told += _handed(row.handovers, phrases)
        timing = words["timings"][row.timing]
        told.append(timing.format(old=deadline_words([row.task]), new=deadline_words(row.main)))
    return phrases["join"].join(filter(None, told)) + phrases["end"]


def _handed(handovers: Iterable[Handover], phrases: dict[str, str]) -> list[str]:
    """Say who answers for it now, and for whom nobody does."""
    names: list[str] = []
    gone: list[str] = []
    for item in handovers:
        if item.new is None:
            named = item.old is not None and item.old.kind is not DepartmentKind.COLLECTIVE
            gone += [item.old.name] if item.old is not None and named else []
        elif item.old is None or item.relation in {None, "same"}:
            names.append(item.new.name)
        else:
            names.append(phrases[str(item.relation)].format(new=item.new.name, old=item.old.name))
    told = [phrases["handed"].format(names=phrases["and"].join(dict.fromkeys(names)))] if names else []
    return told + ([phrases["unhanded"].format(names=phrases["and"].join(gone))] if gone else [])


def explain_thread(thread: Thread, language: Language) -> str:
    """Tell what became of a task, plan by plan; see :meth:`Thread.explain`."""
    words = words_of("lineage.toml", language, "Thread.explain")
    told = [_stage(stage, words) for stage in thread.stages]
    left = _left(thread.last, words)
    return words["phrases"]["join"].join([*told, *filter(None, [left])]) + words["phrases"]["end"]


def _stage(stage: Stage, words: Table) -> str:
    """What happened on the way to one task of a thread."""
    phrases = words["phrases"]
    sources = {
        kind: phrases["and"].join(
            [phrases["task"].format(it=called(tie.link.old)) for tie in stage.before if tie.kind is kind]
        )
        for kind in TieKind
    }
    column = stage.column
    if column == str(stage.year):
        column = phrases["year"].format(year=column)
    facts = {"column": column, "it": called(stage.task), "others": sources[TieKind.SPLIT]}
    told = [words["entries"][stage.entry].format(**facts)]
    if stage.rewording is not None:
        share = percent(stage.rewording)
        told.append(phrases["reworded" if stage.rewording else "unchanged"].format(share=share))
    for kind, name in ((TieKind.MERGED, "absorbed"), (TieKind.CROSSED, "shared")):
        told += [phrases[name].format(others=sources[kind])] if sources[kind] else []
    told += _held(stage.handovers, phrases)
    told.append(words["timings"][stage.timing].format(new=deadline_words([stage.task])))
    told += [_left(stage, words)] if stage.exit is Exit.PAUSED else []
    return phrases["detail"].join(filter(None, told))


def _left(stage: Stage, words: Table) -> str:
    """What became of a thread after one of its tasks."""
    phrases = words["phrases"]
    into = [tie.link.new for tie in stage.after if tie.kind is TieKind.MERGED]
    others = phrases["and"].join([phrases["task"].format(it=called(task)) for task in into])
    return words["exits"][stage.exit].format(others=others)


def _held(found: Iterable[Handover], phrases: dict[str, str]) -> list[str]:
    """Say who came, who went and who has another name."""
    found = tuple(found)
    joined = [item.new.name for item in found if item.old is None and item.new is not None]
    gone = [item.old.name for item in found if item.new is None and item.old is not None]
    told = [
        phrases[str(item.relation)].format(old=item.old.name, new=item.new.name)
        for item in found
        if item.relation in {"renamed", "succeeded", "preceded"}
        and item.old is not None
        and item.new is not None
    ]
    told += [phrases["joined"].format(names=phrases["and"].join(joined))] if joined else []
    return told + ([phrases["left"].format(names=phrases["and"].join(gone))] if gone else [])
