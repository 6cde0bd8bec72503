"""Links between the tasks of two plans: text for a terminal, Markdown, flat records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

from gongkai.comparing import Alignment, Evidence, Link, Question, Strength
from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.model import Plan, Task
from gongkai.views._markdown import escape, pipe_table
from gongkai.views._terminal import grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, wrap

__all__ = [
    "AlignmentRecord",
    "EvidenceRecord",
    "LinkRecord",
    "alignment_record",
    "link_record",
    "links_lines",
    "links_markdown",
    "question_markdown",
    "unlinked",
]

_STYLES: Final = {Strength.SAME: "added", Strength.PARTIAL: "edit", Strength.NONE: "soft"}


class EvidenceRecord(TypedDict):
    """One thing that speaks for a link; ``old`` and ``new`` are where its words stand in the two texts."""

    kind: str
    score: float
    detail: str
    old: list[int] | None
    new: list[int] | None


class LinkRecord(TypedDict):
    """One link, flat."""

    old_key: str | None
    new_key: str | None
    strength: str
    score: float
    old_text: str
    new_text: str
    evidence: list[EvidenceRecord]


class AlignmentRecord(TypedDict):
    """An alignment: the titles of the plans, the links, the keys of tasks without any, what was odd."""

    old: str
    new: str
    links: list[LinkRecord]
    old_unlinked: list[str | None]
    new_unlinked: list[str | None]
    findings: list[dict[str, str]]


def alignment_record(alignment: Alignment) -> AlignmentRecord:
    """Return an alignment as plain values.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> old, new = Plan("旧", [Task("公开目录。")]), Plan("新", [Task("公开目录。"), Task("更新。")])
    >>> record = alignment_record(gongkai.align(old, new))
    >>> record["links"][0]["strength"], record["new_unlinked"]
    ('same', ['#2'])
    """
    old, new = unlinked(alignment)
    return {
        "old": alignment.old.title,
        "new": alignment.new.title,
        "links": [link_record(link) for link in alignment],
        "old_unlinked": [task.key for task in old],
        "new_unlinked": [task.key for task in new],
        "findings": [
            {"code": item.code, "severity": item.severity.value, "zh": item.zh, "en": item.en}
            for item in alignment.findings
        ],
    }


def link_record(link: Link) -> LinkRecord:
    """Return one link as plain values."""
    """Return a link as plain values."""
    return {
        "old_key": link.old.key,
        "new_key": link.new.key,
        "strength": link.strength.value,
        "score": link.score,
        "old_text": link.old.text,
        "new_text": link.new.text,
        "evidence": [_evidence_record(item) for item in link.evidence],
    }


def _evidence_record(item: Evidence) -> EvidenceRecord:
    return {
        "kind": item.kind.value,
        "score": item.score,
        "detail": item.detail,
        "old": None if item.old is None else list(item.old),
        "new": None if item.new is None else list(item.new),
    }


def unlinked(alignment: Alignment) -> tuple[list[Task], list[Task]]:
    """Return the tasks with text of their own that have no link, of the old plan and of the new one."""
    old = {link.old.key for link in alignment}
    new = {link.new.key for link in alignment}
    return _without(alignment.old, old), _without(alignment.new, new)


def _without(plan: Plan, linked: set[str | None]) -> list[Task]:
    return [task for task, _ in finest_tasks(plan) if task.key not in linked]


def links_lines(alignment: Alignment, width: int, say: Words) -> list[Line]:
    """The titles, how many links there are, the links side by side, and what has none."""
    lines: list[Line] = []
    for side, plan in (("old", alignment.old), ("new", alignment.new)):
        heading = clean(plan.title) or say["headings.untitled"]
        lines += wrap([(f"{say[f'diff.{side}']} ", "soft"), (heading, "head")], width)
    lines += flow([[(count, style)] for count, style in _counts(alignment.links, say)], width)
    if alignment.links:
        lines += [[], *_table(alignment.links, width, say)]
    for side, tasks in zip(("old", "new"), unlinked(alignment), strict=True):
        if tasks:
            keys = "、".join([clean(task.key or "") for task in tasks])
            told = say.count(f"links.unlinked_{side}", len(tasks))
            lines += [[], *wrap([(f"{told}{say.colon}{keys}", "soft")], width, after="、")]
    return lines


def _counts(links: Sequence[Link], say: Words) -> list[tuple[str, str]]:
    found = [(say.count("links.links", len(links)), "soft")]
    for strength in (Strength.SAME, Strength.PARTIAL):
        number = sum(link.strength is strength for link in links)
        found += [(f"{say[f'links.{strength}']} {number}", _STYLES[strength])] if number else []
    return found


def _table(links: Sequence[Link], width: int, say: Words) -> list[Line]:
    rows = [_cells(link, say) for link in links]
    columns: list[tuple[str, int, float]] = []
    for place, (name, share) in enumerate((("strength", 0.14), ("score", 0.1), ("old", 0.4), ("new", 0.0))):
        head = say[f"links.column_{name}"]
        columns.append((head, max([cells(head), *[longest(row[place]) for row in rows]]), share))
    grid = grid_for(columns, width, say)
    return [*grid.head(), *[line for row in rows for line in grid.row(row)]]


def _cells(link: Link, say: Words) -> list[list[list[Run]]]:
    strength = link.strength
    texts: list[list[list[Run]]] = [
        [[(f"{clean(task.key or '')} ", "soft"), (clean(task.text), "")]] for task in (link.old, link.new)
    ]
    return [[[(say[f"links.{strength}"], _STYLES[strength])]], [[(f"{link.score:.2f}", "soft")]], *texts]


def links_markdown(links: Iterable[Link], say: Words) -> str:
    """Links as a table, with what speaks for each."""
    heads = [say[f"links.column_{name}"] for name in ("strength", "score", "old", "new", "evidence")]
    body = [
        [
            say[f"links.{link.strength}"],
            f"{link.score:.2f}",
            *[escape(f"{task.key or ''} {task.text}") for task in (link.old, link.new)],
            escape(evidence_words(link.evidence, say.language)),
        ]
        for link in links
    ]
    return "\n".join(pipe_table(heads, body)) + "\n"


def question_markdown(question: Question, say: Words) -> str:
    """Both tasks side by side, with what speaks for a link."""
    heads = [say[f"links.column_{name}"] for name in ("old", "new", "score", "evidence")]
    row = [
        *[escape(f"{task.key or ''} {task.text}") for task in (question.old, question.new)],
        f"{question.score:.2f}",
        escape(evidence_words(question.evidence, say.language)),
    ]
    return "\n".join(pipe_table(heads, [row])) + "\n"
