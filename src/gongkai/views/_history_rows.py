"""What a history shows, one thread after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.comparing import Entry, Exit, History, Stage, Thread, TieKind, Timing
from gongkai.comparing.telling import percent
from gongkai.comparing.timing import deadlines_of
from gongkai.model import Task
from gongkai.views._diff_text import Marked, text_paragraphs
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "COURSES",
    "Course",
    "CourseLine",
    "StageLine",
    "column_counts",
    "column_names",
    "course_counts",
    "course_line",
    "courses_of",
    "label_of",
    "stage_lines",
    "stage_words",
]

Course: TypeAlias = Literal["lasting", "begun", "split", "returned", "merged", "ended"]
"""What became of a thread; a thread may have begun later and ended as well."""

#: The classes that colour them.
COURSES: Final[dict[Course, str]] = {
    "lasting": "gk-same",
    "begun": "gk-add",
    "split": "gk-move",
    "returned": "gk-edit",
    "merged": "gk-move",
    "ended": "gk-drop",
}

#: How many other tasks are named where a task comes from or goes to.
_NAMED: Final = 4


@final
@frozen
class StageLine:
    """One task of a thread.

    Attributes:
        column: the name of its plan.
        label: what it is called there.
        facts: what happened to it since the stage before, and what becomes of it.
        runs: its text as a redline against the stage before; ``same`` throughout where there is none.
    """

    column: str
    label: str
    facts: tuple[str, ...]
    runs: tuple[Marked, ...]


@final
@frozen
class CourseLine:
    """One thread.

    Attributes:
        id: its id.
        courses: what became of it.
        text: the text of its last task.
        stages: its tasks.
        names: who answers for it, by role, in its last task.
        bodies: everybody who ever did, each under the last name, for filters.
    """

    id: str
    courses: tuple[Course, ...]
    text: str
    stages: tuple[StageLine, ...]
    names: tuple[str, ...]
    bodies: tuple[str, ...]


def label_of(task: Task) -> str:
    """What a task is called: its number, else its key."""
    label = clean(task.label or "").rstrip(".．、,，")
    return label or clean(task.key or "")


def courses_of(thread: Thread, history: History) -> tuple[Course, ...]:
    """What became of a thread; one that every plan has is ``lasting`` and nothing else."""
    if len(thread.stages) == len(history.columns):
        return ("lasting",)
    found: list[Course] = []
    if thread.first.entry is Entry.SPLIT:
        found.append("split")
    elif thread.first.place:
        found.append("begun")
    if any(stage.entry is Entry.RETURNED for stage in thread.stages):
        found.append("returned")
    if thread.last.exit in {Exit.MERGED, Exit.ENDED}:
        found.append("merged" if thread.last.exit is Exit.MERGED else "ended")
    return tuple(found)


def course_counts(history: History, say: Words) -> list[tuple[Course, str, int]]:
    """The courses that occur, with their words and numbers."""
    counts: dict[Course, int] = dict.fromkeys(COURSES, 0)
    for thread in history:
        for course in courses_of(thread, history):
            counts[course] += 1
    return [(course, say[f"courses.{course}"], number) for course, number in counts.items() if number]


def column_names(history: History, say: Words) -> list[tuple[str, str]]:
    """What each plan is called, and its title."""
    return [
        (clean(column), clean(plan.title) or say["headings.untitled"])
        for column, plan in zip(history.columns, history.plans, strict=True)
    ]


def column_counts(history: History, say: Words) -> tuple[list[str], list[list[str]]]:
    """The heads and the rows of a table that counts each plan's tasks by how they came and went."""
    entries, exits = ("continued", "born", "split", "returned"), ("paused", "merged", "ended")
    counts = history.summary()
    counts[history.columns[0]]["born"] = 0  # before the first plan nothing is known
    kept = [name for name in (*entries, *exits) if any(row[name] for row in counts.values())]
    heads = [say["coverage.tasks"]]
    heads += [say[f"entries.{name}" if name in entries else f"left.{name}"] for name in kept]
    rows = [
        [clean(column), *[str(counts[column][name] or "") for name in ("tasks", *kept)]]
        for column in history.columns
    ]
    return [say["history.plan"], *heads], rows


def stage_words(stage: Stage, say: Words) -> tuple[str, ...]:
    """What happened to a task since the stage before, and what becomes of it, in few words."""
    return tuple(filter(None, [*_came(stage, say), *_held(stage), _due(stage, say), _went(stage, say)]))


def _others(stage: Stage, kind: TieKind, say: Words, *, after: bool = False) -> str:
    """The other tasks that it is tied to in one way, by plan and number."""
    ties = stage.after if after else stage.before
    tasks = [tie.link.new if after else tie.link.old for tie in ties if tie.kind is kind]
    ids = [tie.new if after else tie.old for tie in ties if tie.kind is kind]
    columns = [place.removesuffix(f":{task.key}") for place, task in zip(ids, tasks, strict=True)]
    names = [f"{clean(column)} {label_of(task)}" for column, task in zip(columns, tasks, strict=True)]
    more = "…" if len(names) > _NAMED else ""
    return say["history.and"].join(names[:_NAMED]) + more


def _came(stage: Stage, say: Words) -> Iterator[str]:
    # Before the first plan nothing is known: its tasks are no news.
    if stage.entry is not Entry.CONTINUED and stage.place:
        others = _others(stage, TieKind.SPLIT, say)
        yield say[f"entries.{stage.entry}"] + (
            f"{say['history.gap']}{say['history.from'].format(others=others)}" if others else ""
        )
    if stage.rewording is not None:
        share = percent(stage.rewording)
        yield say["history.reworded"].format(share=share) if stage.rewording else say["history.unchanged"]
    for kind, name in ((TieKind.MERGED, "absorbed"), (TieKind.CROSSED, "shared")):
        others = _others(stage, kind, say)
        if others:
            yield say[f"history.{name}"].format(others=others)


def _held(stage: Stage) -> Iterator[str]:
    for item in stage.handovers:
        if item.old is not None and item.new is not None:
            if item.relation in {"renamed", "succeeded", "preceded"}:
                yield f"{clean(item.old.name)} → {clean(item.new.name)}"
        elif item.new is not None:
            yield f"＋{clean(item.new.name)}"
        elif item.old is not None:
            yield f"－{clean(item.old.name)}"


def _due(stage: Stage, say: Words) -> str:
    if stage.timing in {Timing.NONE, Timing.SAME}:
        return ""
    days = "、".join(dict.fromkeys([clean(deadline.text) for deadline in deadlines_of([stage.task])]))
    told = say["history.due"].format(timing=say[f"timings.{stage.timing}"])
    return f"{told} {days}".rstrip()


def _went(stage: Stage, say: Words) -> str:
    others = _others(stage, TieKind.MERGED, say, after=True)
    if stage.exit is Exit.MERGED and others:
        return say["history.into"].format(others=others)
    return "" if stage.exit in {Exit.CONTINUED, Exit.OPEN} else say[f"exits.{stage.exit}"]


def stage_lines(thread: Thread, say: Words) -> tuple[StageLine, ...]:
    """Return the tasks of a thread, each with what happened to it and how its text changed."""
    stages: list[StageLine] = []
    before: tuple[Task, ...] = ()
    for stage in thread.stages:
        runs = tuple([run for part in text_paragraphs(before, [stage.task]) for run in part])
        stages.append(StageLine(clean(stage.column), label_of(stage.task), stage_words(stage, say), runs))
        before = (stage.task,)
    return tuple(stages)


def course_line(thread: Thread, history: History, say: Words) -> CourseLine:
    """Return a thread as what is shown of it."""
    return CourseLine(
        thread.id,
        courses_of(thread, history),
        clean(thread.last.task.text),
        stage_lines(thread, say),
        _names(thread.last, say),
        tuple(dict.fromkeys([clean(name) for name in thread.bodies])),
    )


def _names(stage: Stage, say: Words) -> tuple[str, ...]:
    return tuple(
        [
            ("" if item.role == "responsible" else say[f"roles.{item.role}"] + say.colon)
            + "、".join([clean(name) for name in item.names])
            for item in stage.task.assignments
        ]
    )
