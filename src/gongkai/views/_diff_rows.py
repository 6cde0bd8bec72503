"""What the comparison of two plans shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, Literal, TypeAlias, final

from attrs import evolve, frozen

from gongkai.comparing.changes import KINDS, ChangeKind, Row, Status, Subject
from gongkai.comparing.difference import Diff
from gongkai.comparing.redlining import redline
from gongkai.comparing.relations import Reassignment, compare_assignments, told_bodies
from gongkai.model import Assignment, Deadline, Department, Plan, Role, Section, Severity, Task
from gongkai.views._rows import FLAGS, heading_words, is_soft
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "NAMED",
    "DiffLine",
    "HeadLine",
    "Holders",
    "Mark",
    "Marked",
    "SameLines",
    "diff_line",
    "diff_lines",
    "kind_counts",
    "other_changes",
    "row_count",
    "status_counts",
]

Mark: TypeAlias = Literal["same", "removed", "added", "renamed", "counterpart", "soft"]
Marked: TypeAlias = tuple[Mark, str]
"""A text and whether it stays, goes, comes, is another name or the other division's like, or matters less."""

Compare: TypeAlias = Callable[[Iterable[Assignment], Iterable[Assignment]], tuple[Reassignment, ...]]
"""Tells how the holders of each role differ."""

Told: TypeAlias = Callable[[Role, Department], bool]
"""Tells whether the mark of a department in a role is shown."""

#: Marks of a name that are told in words after it.
NAMED: Final = frozenset({"renamed", "counterpart"})

#: With less than this share of common characters, old and new words in turn are harder to read than one after
#: the other.
_LEGIBLE: Final = 0.35


#: From this score on a correspondence needs no second look.
_SURE: Final = 0.9


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
class Holders:
    """Who holds a role.

    Attributes:
        role: the role's word; empty for plain responsibility.
        names: the departments with their marks.
        flags: 等 or 分别, with their marks.
    """

    role: str
    names: tuple[Marked, ...]
    flags: tuple[Marked, ...]


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
        departments: who holds the roles, one line a role.
        deadlines: the deadlines with their marks.
        score: how sure the alignment is of it, where it is not quite.
    """

    status: Status
    old: tuple[str, ...]
    new: tuple[str, ...]
    paragraphs: tuple[tuple[Marked, ...], ...]
    notes: tuple[str, ...]
    departments: tuple[Holders, ...]
    deadlines: tuple[Marked, ...]
    score: float | None


def _label(task: Task) -> str:
    label = clean(task.label or "").rstrip(".．、,，")
    return label or clean(task.key or "")


def _tasks(blocks: Sequence[object]) -> list[Task]:
    return [block for block in blocks if isinstance(block, Task)]


#: Full-width and half-width forms of one sign; which of them a copy of a document has says nothing.
_WIDTHS: Final = {
    ord(wide): narrow for wide, narrow in zip("，：；（）！？．“”‘’", ",:;()!?.\"\"''", strict=True)
}


def _marks(old: str, new: str) -> tuple[Marked, ...]:
    """The redline of two texts, in which a sign and its other width are the same sign."""
    place, back = 0, 0
    runs: list[Marked] = []
    for mark, text in redline(old.translate(_WIDTHS), new.translate(_WIDTHS)):
        if mark == "removed":
            runs.append((mark, old[back : back + len(text)]))
        else:
            runs.append((mark, new[place : place + len(text)]))
        back += len(text) if mark != "added" else 0
        place += len(text) if mark != "removed" else 0
    return tuple(runs)


def _legible(old: str, new: str) -> tuple[Marked, ...]:
    runs = _marks(old, new)
    kept = sum(len(text) for mark, text in runs if mark == "same")
    if kept < _LEGIBLE * max(len(old), len(new)):
        return (("removed", old), ("added", new))
    return runs


def _split_lines(runs: Sequence[Marked]) -> tuple[tuple[Marked, ...], ...]:
    """Cut runs at their line feeds: each task of a row is a paragraph."""
    paragraphs: list[list[Marked]] = [[]]
    for mark, text in runs:
        for place, part in enumerate(text.split("\n")):
            # A removed boundary joins two old tasks; only the new ones make paragraphs.
            if place and mark != "removed":
                paragraphs.append([])
            if part:
                paragraphs[-1].append((mark, part))
    return tuple([tuple(runs) for runs in paragraphs if runs])


def _paragraphs(old: list[Task], new: list[Task]) -> tuple[tuple[Marked, ...], ...]:
    before = "\n".join([clean(task.text) for task in old])
    after = "\n".join([clean(task.text) for task in new])
    if not old or not new:
        return tuple([(("same", text),) for text in (before or after).split("\n")])
    return _split_lines(_legible(before, after))


def _every(_role: Role, _body: Department) -> bool:
    return True


def _told(old: list[Task], new: list[Task], compare: Compare) -> Told:
    """Of several tasks, mark what the two that continue each other say, and who came or went altogether.

    A task that was merged into another may have named the same department in another role.
    """
    if not old or not new or len(old) == len(new) == 1:
        return _every
    first = compare(old[0].assignments, new[0].assignments)
    own = {(entry.role, body) for entry in first for body in (*entry.dropped, *entry.added)}
    sides = ([item for task in tasks for item in task.assignments] for tasks in (old, new))
    flat = compare(*([evolve(item, role=Role.RESPONSIBLE) for item in side] for side in sides))
    anywhere = {body for entry in flat for body in (*entry.dropped, *entry.added)}
    return lambda role, body: body in anywhere or (role, body) in own


def _names(
    role: Role, old: list[Assignment], new: list[Assignment], compare: Compare, told: Told
) -> tuple[Marked, ...]:
    """The departments of one role: those that are gone, then those of the new plan in its order."""
    entry = next((item for item in compare(old, new) if item.role is role), None)
    renamed: dict[Department, tuple[Mark, str]] = {
        after: (how, f"{clean(before.name)} → {clean(after.name)}")
        for before, after, how in (entry.related if entry else ())
        if how != "same"
    }
    added = {body for body in (entry.added if entry else ()) if told(role, body)}
    found: dict[Marked, None] = {
        ("removed", clean(body.name)): None for body in (entry.dropped if entry else ()) if told(role, body)
    }
    for body in [body for item in new if item.role is role for body in item.departments]:
        found[renamed.get(body, ("added" if body in added else "same", clean(body.name)))] = None
    return tuple(found)


def _flags(role: Role, old: list[Assignment], new: list[Assignment], say: Words) -> tuple[Marked, ...]:
    """The words that go with a role: 等, 分别."""
    found: list[Marked] = []
    for flag in FLAGS[:2]:
        was, now = (any(getattr(item, flag) for item in side if item.role is role) for side in (old, new))
        if was or now:
            found.append(("same" if was and now else "added" if now else "removed", say[f"flags.{flag}"]))
    return tuple(found)


def _departments(old: list[Task], new: list[Task], say: Words, compare: Compare) -> tuple[Holders, ...]:
    before = [item for task in old for item in task.assignments]
    after = [item for task in new for item in task.assignments]
    told = _told(old, new, compare)
    if not old or not new:  # what came or went as a whole needs no mark on each name
        before = after = before or after
    lines = [
        Holders(
            _role(role, say), _names(role, before, after, compare, told), _flags(role, before, after, say)
        )
        for role in Role
    ]
    return tuple([line for line in lines if line.names])


def _role(role: Role, say: Words) -> str:
    return "" if role is Role.RESPONSIBLE else say[f"roles.{role}"]


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
    return tuple(dict.fromkeys(told))


def _wordless(row: Row, paragraphs: tuple[tuple[Marked, ...], ...], say: Words) -> tuple[str, ...]:
    """Say so where a text counts as reworded and its words are the same."""
    reworded = any(change.kind is ChangeKind.REWORDED for change in row.changes)
    marked = any(mark != "same" for runs in paragraphs for mark, _ in runs)
    return (say["diff.wordless"],) if reworded and not marked else ()


def _compare_as_told(row: Row) -> Compare:
    """Compare holders as the row's own changes do, where its diff is not at hand."""
    told = [change.bodies for change in row.changes if change.bodies is not None]
    return partial(compare_assignments, same=told_bodies(told[0])) if told else compare_assignments


def diff_line(row: Row, say: Words, compare: Compare | None = None) -> DiffLine | None:
    """Return the row of a diff as a line; None where it is not about tasks."""
    if row.subject is not Subject.TASK:
        return None
    compare = _compare_as_told(row) if compare is None else compare
    old, new = _tasks(row.old), _tasks(row.new)
    paragraphs = _paragraphs(old, new)
    return DiffLine(
        status=row.status,
        old=tuple(map(_label, old)),
        new=tuple(map(_label, new)),
        paragraphs=paragraphs,
        notes=(*_wordless(row, paragraphs, say), *_notes(row, say)),
        departments=_departments(old, new, say, compare),
        deadlines=_deadlines(row, old, new),
        score=row.score if row.score is not None and row.score < _SURE else None,
    )


def _headings(plan: Plan) -> dict[str, str]:
    """For each task's key the headings that it stands below."""
    found: dict[str, str] = {}

    def note(blocks: Sequence[object], trail: tuple[str, ...]) -> None:
        for block in blocks:
            if isinstance(block, Section):
                note(block.content, (*trail, heading_words(block)))
            elif isinstance(block, Task):
                found.update({task.key: " › ".join(trail) for task in block.walk() if task.key})

    note(plan.content, ())
    return found


def _grouped(diff: Diff) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of tasks by the new plan's headings; what was removed stays where it stood."""
    headings, heading = _headings(diff.new), ""
    group: list[Row] = []
    for row in diff.tasks:
        first = next(iter(_tasks(row.new)), None)
        here = headings.get(first.key or "", "") if first else heading
        if group and here != heading:
            yield heading, group
            group = []
        heading = here
        group.append(row)
    if group:
        yield heading, group


def diff_lines(diff: Diff, say: Words) -> Iterator[HeadLine | SameLines | DiffLine]:
    """Yield the rows of tasks below the new plan's headings.

    Tasks in a row that did not change are put together, whole sections of them as well.
    """
    same = told_bodies([pair for change in diff for pair in change.bodies or ()])

    def compare(old: Iterable[Assignment], new: Iterable[Assignment]) -> tuple[Reassignment, ...]:
        return compare_assignments(old, new, same)

    kept: list[tuple[str, str]] = []
    for heading, group in _grouped(diff):
        changed = any(row.status is not Status.SAME for row in group)
        if changed and kept:
            yield SameLines(tuple(kept))
            kept = []
        if changed and heading:
            yield HeadLine(heading)
        for row in group:
            if row.status is Status.SAME:
                kept += [(_label(task), clean(task.text)) for task in _tasks(row.new)]
                continue
            if kept:
                yield SameLines(tuple(kept))
                kept = []
            line = diff_line(row, say, compare)
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


def kind_counts(diff: Diff, say: Words) -> tuple[str, list[str]]:
    """How many changes the tasks have that stayed, as a label, and of which sorts."""
    told = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.SPLIT, ChangeKind.MERGED}
    found: dict[ChangeKind, int] = {}
    for row in diff.tasks:
        for change in row.changes:
            if change.kind not in told:
                found[change.kind] = found.get(change.kind, 0) + 1
    return say.count("diff.changes", sum(found.values())) + say.colon, [
        f"{KINDS[kind].zh if say.language == 'zh' else KINDS[kind].en} {found[kind]}"
        for kind in ChangeKind
        if kind in found
    ]


def other_changes(diff: Diff, say: Words) -> list[tuple[bool, str]]:
    """What changed outside the tasks, as sentences; True for what matters more."""
    changes = [change for row in diff.rows if row.subject is not Subject.TASK for change in row.changes]
    return [(change.severity is not Severity.INFO, clean(change.explain(say.language))) for change in changes]
