"""What the coverage of a reference plan shows, one line after the other, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.comparing import Coverage, CoverageRow, Link, Tally, Timing
from gongkai.comparing.alignment.finest import finest_tasks, heading_of
from gongkai.comparing.carrying.wordshare import Shared, shared_runs
from gongkai.comparing.telling import percent
from gongkai.comparing.timing import deadlines_of
from gongkai.model import DepartmentKind, Role, Task
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "CARRIAGES",
    "Carrier",
    "Counts",
    "CoverHead",
    "CoverLine",
    "CoverStatus",
    "Held",
    "cover_line",
    "cover_lines",
    "mark_lines",
    "share_words",
    "status_counts",
    "tally_lines",
]

CoverStatus: TypeAlias = Literal["carried", "partial", "absent", "not-applicable", "extra"]

Counts: TypeAlias = tuple[tuple[CoverStatus, int], ...]
"""How many tasks have each status."""

#: The classes that colour them.
CARRIAGES: Final[dict[CoverStatus, str]] = {
    "carried": "gk-add",
    "partial": "gk-edit",
    "absent": "gk-drop",
    "not-applicable": "gk-same",
    "extra": "gk-move",
}

#: From this share of sureness on a link needs no second look.
_SURE: Final = 0.9


@final
@frozen
class CoverHead:
    """Where in the reference the lines below stand."""

    text: str


@final
@frozen
class Held:
    """One department of the reference, and who answers in its stead.

    Attributes:
        role: the role's word; empty for plain responsibility.
        old: the name in the reference; empty where only the plan has one.
        new: the name in the plan; empty where there is none.
        lost: whether somebody who answers for it in the reference has no counterpart in the plan.
    """

    role: str
    old: str
    new: str
    lost: bool = False


@final
@frozen
class Carrier:
    """One task that carries another.

    Attributes:
        key: its key.
        label: what it is called.
        runs: its text, and which of its phrases the other has too.
        link: the link.
    """

    key: str
    label: str
    runs: tuple[Shared, ...]
    link: Link

    @property
    def doubtful(self) -> bool:
        """Whether it deserves a second look."""
        return self.link.score < _SURE


@final
@frozen
class CoverLine:
    """One task of the reference, or one of the plan that carries none.

    Attributes:
        status: how far it is carried; ``extra`` for one of the plan.
        key: its key.
        label: what it is called.
        runs: its text, and which of its phrases the carrying tasks have too.
        carriers: the tasks that carry it; for ``extra`` the task itself.
        held: who answers for it in the reference, and who in the plan.
        due: the deadlines of the plan, or of the reference where the plan has none.
        asked: the deadlines of the reference, where they are others.
        timing: how they compare.
        notes: what else is worth knowing.
        row: the row of the coverage; None for ``extra``.
        names: the departments of the reference, for filters; for ``extra`` those of the plan.
        heading: where it stands.
    """

    status: CoverStatus
    key: str
    label: str
    runs: tuple[Shared, ...]
    carriers: tuple[Carrier, ...]
    held: tuple[Held, ...]
    due: str
    asked: str
    timing: str
    notes: tuple[str, ...]
    row: CoverageRow | None
    names: tuple[str, ...]
    heading: str


def _label(task: Task) -> str:
    label = clean(task.label or "").rstrip(".．、,，")
    return label or clean(task.key or "")


def _due(tasks: Iterable[Task]) -> str:
    return "；".join(dict.fromkeys([clean(deadline.text) for deadline in deadlines_of(tasks)]))


def _names(task: Task) -> tuple[str, ...]:
    return tuple(dict.fromkeys([clean(body.name) for body in task.departments]))


def _held_lines(row: CoverageRow, say: Words) -> tuple[Held, ...]:
    """Who answers for it there, and who here; 各区政府 of a city, say, has no counterpart in a district."""
    found: list[Held] = []
    for item in row.handovers:
        lost = item.old is not None and item.new is None
        if lost and item.old is not None and item.old.kind is DepartmentKind.COLLECTIVE:
            continue
        role = item.new_role if item.new is not None else item.old_role
        told = "" if role in {None, Role.RESPONSIBLE} else say[f"roles.{role}"]
        old = "" if item.old is None or item.relation == "same" else clean(item.old.name)
        found.append(Held(told, old, "" if item.new is None else clean(item.new.name), lost))
    return tuple(found)


def _own(task: Task, say: Words, *, old: bool) -> tuple[Held, ...]:
    """The departments of a task that stands alone."""
    found: list[Held] = []
    for item in task.assignments:
        role = "" if item.role is Role.RESPONSIBLE else say[f"roles.{item.role}"]
        for name in item.names:
            word = clean(name)
            found.append(Held(role, word if old else "", "" if old else word))
    return tuple(found)


def _notes(row: CoverageRow, say: Words) -> tuple[str, ...]:
    if row.mark is not None:
        by = say["coverage.by"].format(who=clean(row.mark.annotator)) if row.mark.annotator else ""
        return (say["coverage.reason"].format(reason=clean(row.mark.reason)) + by,)
    if not row.links:
        return ()
    told = [say["coverage.covered"].format(share=percent(row.covered))]
    told += [say["coverage.missing"].format(text=clean(passage.text)) for passage in row.missing]
    return tuple(told)


def cover_line(row: CoverageRow, say: Words) -> CoverLine:
    """Return a row of a coverage as a line."""
    task, text = row.task, clean(row.task.text)
    others = [clean(other.text) for other in row.tasks]
    carriers = [
        Carrier(other.key or "", _label(other), shared_runs(words, [text]), link)
        for other, words, link in zip(row.tasks, others, row.links, strict=True)
    ]
    asked, given = _due([task]), _due(row.main)
    differs = row.timing not in {Timing.NONE, Timing.SAME, Timing.SET}
    return CoverLine(
        status=row.status.value,
        key=task.key or "",
        label=_label(task),
        runs=shared_runs(text, others) if others else ((False, text),),
        carriers=tuple(carriers),
        held=_held_lines(row, say) if row.links else _own(task, say, old=True),
        due=given if row.links else asked,
        asked=asked if row.links and differs else "",
        timing="" if row.timing is Timing.NONE else say[f"timings.{row.timing}"],
        notes=_notes(row, say),
        row=row,
        names=_names(task),
        heading=clean(row.heading),
    )


def _extra(task: Task, heading: str, say: Words) -> CoverLine:
    carrier = ((False, clean(task.text)),)
    return CoverLine(
        status="extra",
        key=task.key or "",
        label=_label(task),
        runs=carrier,
        carriers=(),
        held=_own(task, say, old=False),
        due=_due([task]),
        asked="",
        timing="",
        notes=(heading,) if heading else (),
        row=None,
        names=_names(task),
        heading=say["coverage.extra"],
    )


def cover_lines(cover: Coverage, say: Words) -> Iterator[CoverHead | CoverLine]:
    """Yield the tasks of the reference below its headings, then what the plan has beyond it."""
    heading = ""
    for row in cover:
        line = cover_line(row, say)
        if line.heading != heading:
            heading = line.heading
            yield CoverHead(heading)
        yield line
    if not cover.extra:
        return
    yield CoverHead(say["coverage.extra"])
    places = {task.key: heading_of(sections) for task, sections in finest_tasks(cover.plan)}
    for task in cover.extra:
        yield _extra(task, clean(places[task.key]), say)


def status_counts(cover: Coverage, say: Words) -> list[tuple[CoverStatus, str, int]]:
    """The statuses that occur, with their words and numbers."""
    counts = cover.summary()
    return [(name, say[f"carriages.{name}"], counts[name]) for name in CARRIAGES if counts[name]]


def share_words(tally: Tally, say: Words) -> str:
    """Which share of the tasks is carried."""
    if tally.share is None:
        return say["coverage.none"]
    numbers = {"share": percent(tally.share), "carried": str(tally.carried)}
    return say.count("coverage.share", tally.applicable, **numbers)


def tally_lines(found: Iterable[tuple[str, Tally]], say: Words) -> list[tuple[str, Tally, Counts]]:
    """Each group with the statuses that occur in it."""
    lines: list[tuple[str, Tally, Counts]] = []
    for name, tally in found:
        counts: Counts = (
            ("carried", tally.carried),
            ("partial", tally.partial),
            ("absent", tally.absent),
            ("not-applicable", tally.not_applicable),
        )
        lines.append((clean(name) or say["headings.body"], tally, counts))
    return lines


def mark_lines(cover: Coverage, say: Words) -> list[str]:
    """The marks whose task is not in the reference any more."""
    return [
        f"{clean(mark.key)} {clean(mark.text)}{say.colon}{clean(mark.reason)}".strip()
        for mark in cover.unplaced
    ]
