"""The comparison of two plans as Markdown; words that come and go are marked with <ins> and <del>.

The signs ``**`` and ``~~`` fail next to Chinese punctuation in CommonMark, the elements never do.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.comparing.diffing.changes import Row
from gongkai.comparing.diffing.difference import Diff
from gongkai.views._diff_departments import Holders, Name
from gongkai.views._diff_rows import (
    DiffLine,
    HeadLine,
    SameLines,
    diff_line,
    diff_lines,
    kind_lines,
    none_words,
    other_changes,
    row_count,
    status_counts,
)
from gongkai.views._diff_text import Marked
from gongkai.views._markdown import escape, paragraph, pipe_table
from gongkai.views._words import Words

__all__ = ["diff_markdown", "marked_runs", "row_markdown"]


def marked_runs(runs: Iterable[Marked]) -> str:
    """Runs with elements for their marks."""
    elements = {"added": "ins", "removed": "del"}
    drawn = [
        (elements.get(mark), _edges(f"⟦{text}⟧" if mark == "contested" else text)) for mark, text in runs
    ]
    return "".join([f"<{element}>{text}</{element}>" if element else text for element, text in drawn])


def _edges(text: str) -> str:
    """Escape a run, keeping the spaces at its ends."""
    inside = text.strip(" ")
    start = len(text) - len(text.lstrip(" "))
    return " " * min(start, 1) + escape(inside) + " " * (inside != "" and text.endswith(" "))


def _names(names: Iterable[Name]) -> str:
    return "、".join(
        [marked_runs(name.runs) + (f"（{escape(name.note)}）" if name.note else "") for name in names]
    )


def _held(held: Holders, say: Words) -> str:
    return (f"{held.role}{say.colon}" if held.role else "") + _names(held.names) + marked_runs(held.flags)


def _cells(line: DiffLine, say: Words) -> list[str]:
    old, new = "、".join(line.old), "、".join(line.new)
    labels = [escape(label) for label in dict.fromkeys((old, new)) if label]
    texts = [*map(marked_runs, line.paragraphs), *[f"（{escape(note)}）" for note in line.notes]]
    texts += [f"<sub>{escape(change)}</sub>" for change in line.hidden]
    who = [_held(held, say) for held in line.departments]
    due = [marked_runs([run]) for run in line.deadlines]
    return [
        say[f"statuses.{line.status}"],
        " → ".join(labels),
        "<br>".join(texts),
        "<br>".join(who),
        "<br>".join(due),
    ]


def _table(lines: Iterable[DiffLine | SameLines], say: Words) -> list[str]:
    heads = [say[f"columns.{name}"] for name in ("status", "label", "task", "who", "due")]
    body: list[list[str]] = []
    for line in lines:
        if isinstance(line, SameLines):
            labels = "、".join([escape(label) for label, _ in line.tasks])
            body.append([say["statuses.same"], labels, say.count("diff.same", len(line.tasks)), "", ""])
        else:
            body.append(_cells(line, say))
    return pipe_table(heads, body)


def diff_markdown(diff: Diff, say: Words, *, everything: bool = False) -> str:
    """A diff: both titles, counts, a table below each heading, other changes.

    Where ``everything`` is asked for, what did not change and what is hidden by default as well.
    """
    untitled = say["headings.untitled"]
    lines = [f"# {say['diff.title']}", ""]
    for side, plan in (("old", diff.old), ("new", diff.new)):
        lines.append(f"- {say[f'diff.{side}']}{say.colon}{escape(plan.title) or untitled}")
    lines.append("")
    lines += [say["diff.part"], ""] * (diff.part_of is not None)
    if not diff.rows or not (diff or diff.part_of):
        return "\n".join([*lines, none_words(diff, say)]) + "\n"
    counts = [f"{word} {number}" for _, word, number in status_counts(diff, say)]
    lines += [row_count(diff, say) + " · ".join(counts), ""] if counts else []
    for label, kinds in kind_lines(diff, say):
        lines += [label + " · ".join(kinds), ""]
    together: list[DiffLine | SameLines] = []
    for line in [*diff_lines(diff, say, everything=everything), HeadLine("")]:
        if not isinstance(line, HeadLine):
            together.append(line)
            continue
        lines += [*_table(together, say), ""] if together else []
        lines += [f"## {escape(line.text)}", ""] if line.text else []
        together = []
    others = other_changes(diff, say)
    if others:
        lines += [f"## {say['diff.others']}", "", *[f"- {paragraph(text)}" for _, text in others]]
    return "\n".join(lines).rstrip() + "\n"


def row_markdown(row: Row, say: Words) -> str:
    """One row of a diff."""
    line = diff_line(row, say)
    if line is None:
        return "".join([f"- {paragraph(change.explain(say.language))}\n" for change in row.changes])
    return "\n".join(_table([line], say)) + "\n"
