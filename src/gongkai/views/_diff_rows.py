"""What the comparison of two plans shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, cast, final

from attrs import frozen

from gongkai.comparing.diffing.changes import KINDS, Change, Row, Status, Subject
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.kinds import ChangeKind
from gongkai.comparing.diffing.reassigning import Tell, told_bodies
from gongkai.model import Deadline, Plan, Section, Severity, Task
from gongkai.views._diff_departments import Holders, holders
from gongkai.views._diff_text import Mark, Marked, Paragraph, text_paragraphs
from gongkai.views._rows import heading_words, is_soft
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "SURE",
    "DiffLine",
    "HeadLine",
    "SameLines",
    "Trail",
    "diff_line",
    "diff_lines",
    "grouped",
    "headings_of",
    "kind_counts",
    "kind_lines",
    "none_words",
    "other_changes",
    "row_count",
    "status_counts",
    "tasks_in",
    "told_in",
]

Trail: TypeAlias = tuple[str, ...]
"""The headings that a task stands below, the outermost first."""

#: From this score on a correspondence needs no second look.
SURE: Final = 0.9


@final
@frozen
class HeadLine:
    """Where in the new plan the lines below stand."""

    text: str


@final
@frozen
class SameLines:
    """Tasks in a row that did not change, as (label, text)."""

    tasks: tuple[tuple[str, str], ...]


@final
@frozen
class DiffLine:
    """One correspondence.

    Attributes:
        status: what became of the tasks.
        old: the labels of the old tasks.
        new: the labels of the new ones.
        paragraphs: the texts with their marks.
        notes: other things worth knowing, as where a task came from.
        hidden: the changes that are not shown by default, in few words.
        departments: who holds the roles, one line a role.
        deadlines: the deadlines with their marks.
        score: how sure the alignment is of it, where it is not quite.
    """

    status: Status
    old: tuple[str, ...]
    new: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]
    hidden: tuple[str, ...]
    departments: tuple[Holders, ...]
    deadlines: tuple[Marked, ...]
    score: float | None


def _label(task: Task) -> str:
    label = clean(task.label or "").rstrip(".．、,，")
    return label or clean(task.key or "")


def tasks_in(blocks: Iterable[object]) -> list[Task]:
    """The tasks among blocks."""
    return [block for block in blocks if isinstance(block, Task)]


def _deadlines(row: Row, old: list[Task], new: list[Task]) -> tuple[Marked, ...]:
    before = _due(old)
    after = _due(new)
    moved = any(change.kind is ChangeKind.RESCHEDULED for change in row.changes)
    if not moved:
        return tuple((mark, text) for text, mark in (after or before).items())
    gone: list[Marked] = [("removed", text) for text in before if text not in after]
    return (*gone, *[(mark if text in before else "added", text) for text, mark in after.items()])


def _due(tasks: list[Task]) -> dict[str, Mark]:
    """The wordings of the deadlines; those of the clause or the column come first, the others matter less."""
    found: list[Deadline] = [deadline for task in tasks for deadline in task.deadlines]
    found.sort(key=is_soft)
    each: dict[str, Mark] = {}
    for deadline in found:
        each.setdefault(clean(deadline.text), "soft" if is_soft(deadline) else "same")
    return each


def _notes(row: Row, say: Words) -> tuple[str, ...]:
    moves = [change for change in row.changes if change.kind is ChangeKind.MOVED]
    told = [
        say["diff.reordered"]
        if move.old == move.new
        else f"{say['diff.moved']}{say.colon}{clean(str(move.old or '')) or say['diff.top']}"
        for move in moves
    ]
    return (*dict.fromkeys(told), *_columns(row, say))


def _columns(row: Row, say: Words) -> Iterator[str]:
    """What changed in other columns of a task table."""
    for change in row.changes:
        if change.field != "extras":
            continue
        old, new = (
            dict(cast("tuple[tuple[str, str], ...]", side or ())) for side in (change.old, change.new)
        )
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                was, now = (clean(side.get(name, "")) or say["diff.none"] for side in (old, new))
                yield f"{clean(name)}{say.colon}{was} → {now}"


def _wordless(row: Row, paragraphs: tuple[Paragraph, ...], say: Words) -> tuple[str, ...]:
    """Say so where a text counts as reworded and its words are the same."""
    reworded = any(change.kind is ChangeKind.REWORDED for change in row.changes)
    marked = any(mark not in {"same", "end"} for runs in paragraphs for mark, _ in runs)
    return (say["diff.wordless"],) if reworded and not marked else ()


def _hidden(row: Row, say: Words) -> tuple[str, ...]:
    return tuple([_in_short(change, say) for change in row.changes if change.severity is Severity.INFO])


def _in_short(change: Change, say: Words) -> str:
    """A change of a row in few words: its kind, and what stood and stands there, where that is short."""
    pairs = [
        *[(each.old and each.old.name, each.new and each.new.name) for each in change.departments],
        *[(each.old and each.old.text, each.new and each.new.text) for each in change.deadlines],
        *[(str(change.old or ""), str(change.new or ""))] * (change.field == "label"),
    ]
    told = [" → ".join([clean(side or say["diff.none"]) for side in pair]) for pair in pairs]
    named = f"fields.{change.field}"
    rest = say["diff.join"].join(dict.fromkeys(told)) or (say[named] if named in say.table else "")
    return f"{change.label(say.language)}{say.colon}{rest}" if rest else change.label(say.language)


def told_in(changes: Iterable[Change]) -> Tell:
    """Return what tells one body from two as these changes do."""
    return told_bodies([pair for change in changes for pair in change.bodies or ()])


def diff_line(row: Row, say: Words, same: Tell | None = None, *, hidden: bool = False) -> DiffLine | None:
    """Return the row of a diff as a line; None where it is not about tasks.

    Args:
        row: the row.
        say: the words.
        same: what tells one body from two; by default, what the row's own changes tell.
        hidden: whether the changes that are not shown by default are told as well.
    """
    if row.subject is not Subject.TASK:
        return None
    old, new = tasks_in(row.old), tasks_in(row.new)
    paragraphs = text_paragraphs(old, new)
    return DiffLine(
        status=row.status,
        old=tuple(map(_label, old)),
        new=tuple(map(_label, new)),
        paragraphs=paragraphs,
        notes=(*_wordless(row, paragraphs, say), *_notes(row, say)),
        hidden=_hidden(row, say) if hidden else (),
        departments=holders(old, new, say, told_in(row.changes) if same is None else same),
        deadlines=_deadlines(row, old, new),
        score=row.score if row.score is not None and row.score < SURE else None,
    )


def headings_of(plan: Plan) -> dict[str, Trail]:
    """For each task's key the headings that it stands below."""
    found: dict[str, Trail] = {}

    def note(blocks: Sequence[object], trail: Trail) -> None:
        for block in blocks:
            if isinstance(block, Section):
                note(block.content, (*trail, heading_words(block)))
            elif isinstance(block, Task):
                found.update({task.key: trail for task in block.walk() if task.key})

    note(plan.content, ())
    return found


def grouped(diff: Diff) -> Iterator[tuple[Trail, list[Row]]]:
    """Yield the rows of tasks by the new plan's headings; what was removed stays where it stood."""
    headings = headings_of(diff.new)
    heading: Trail = ()
    group: list[Row] = []
    for row in diff.tasks:
        first = next(iter(tasks_in(row.new)), None)
        here = headings.get(first.key or "", ()) if first else heading
        if group and here != heading:
            yield heading, group
            group = []
        heading = here
        group.append(row)
    if group:
        yield heading, group


def diff_lines(
    diff: Diff, say: Words, *, everything: bool = False
) -> Iterator[HeadLine | SameLines | DiffLine]:
    """Yield the rows of tasks below the new plan's headings.

    Tasks in a row that did not change are put together, whole sections of them as well, unless ``everything``
    is asked for: then they are lines like the others, and the changes that are hidden by default are told.
    """
    same = told_in(diff)
    kept: list[tuple[str, str]] = []
    for heading, group in grouped(diff):
        changed = everything or any(row.status is not Status.SAME for row in group)
        if changed and kept:
            yield SameLines(tuple(kept))
            kept = []
        if changed and heading:
            yield HeadLine(" › ".join(heading))
        for row in group:
            if row.status is Status.SAME and not everything:
                kept += [(_label(task), clean(task.text)) for task in tasks_in(row.new)]
                continue
            if kept:
                yield SameLines(tuple(kept))
                kept = []
            line = diff_line(row, say, same, hidden=everything)
            if line is not None:
                yield line
    if kept:
        yield SameLines(tuple(kept))


def status_counts(diff: Diff, say: Words) -> list[tuple[Status, str, int]]:
    """The statuses that occur, with their words and numbers."""
    counts = diff.summary()
    return [(status, say[f"statuses.{status}"], counts[status]) for status in Status if counts[status]]


def row_count(diff: Diff, say: Words) -> str:
    """How many rows of tasks there are, as a label of the counts by status."""
    return say.count("diff.rows", sum(diff.summary().values())) + say.colon


def kind_counts(rows: Iterable[Row], say: Words) -> list[tuple[str, list[tuple[ChangeKind, str, int]]]]:
    """The kinds of change in the rows that their statuses do not tell, with their words and numbers.

    Those that are shown come first, then those that are hidden by default, each behind the label of its list.
    """
    told = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.SPLIT, ChangeKind.MERGED}
    found = Counter(change.kind for row in rows for change in row.changes)
    lists: list[tuple[str, list[tuple[ChangeKind, str, int]]]] = []
    for hidden in (False, True):
        kinds = [
            (kind, KINDS[kind].zh if say.language == "zh" else KINDS[kind].en, found[kind])
            for kind in ChangeKind
            if kind in found and kind not in told and (KINDS[kind].severity is Severity.INFO) is hidden
        ]
        number = sum(number for _, _, number in kinds)
        label = say["diff.quiet"] if hidden else say.count("diff.changes", number)
        lists += [(label + say.colon, kinds)] if kinds else []
    return lists


def kind_lines(diff: Diff, say: Words) -> list[tuple[str, list[str]]]:
    """The same for the tasks of a diff, in words."""
    return [
        (label, [f"{word} {number}" for _, word, number in kinds])
        for label, kinds in kind_counts(diff.tasks, say)
    ]


def none_words(diff: Diff, say: Words) -> str:
    """What is said where there is nothing to show."""
    return say["diff.identical" if diff.part_of is None else "diff.nothing"]


def other_changes(diff: Diff, say: Words) -> list[tuple[bool, str]]:
    """What changed outside the tasks, as sentences; True for what matters more."""
    changes = [change for row in diff.rows if row.subject is not Subject.TASK for change in row.changes]
    return [(change.severity is not Severity.INFO, clean(change.explain(say.language))) for change in changes]
