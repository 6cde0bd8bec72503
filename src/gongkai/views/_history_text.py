"""A history as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gongkai.comparing import History, Thread
from gongkai.views._history_rows import (
    Course,
    CourseLine,
    StageLine,
    column_counts,
    column_names,
    course_counts,
    course_line,
    stage_lines,
)
from gongkai.views._markdown import escape, pipe_table
from gongkai.views._terminal import grid_for, longest
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, pad, wrap

__all__ = ["history_markdown", "history_screen", "thread_markdown"]

_STYLES: Final[dict[Course, str]] = {
    "lasting": "soft",
    "begun": "added",
    "split": "move",
    "returned": "edit",
    "merged": "move",
    "ended": "dropped",
}

#: The columns and the share of the width that each may take; the one with 0 takes what is left.
_COLUMNS: Final = (
    ("history.status", 0.13),
    ("history.latest", 0.0),
    ("history.course", 0.42),
    ("history.bodies", 0.18),
)


def _stage_runs(stage: StageLine) -> list[Run]:
    facts = " · ".join(stage.facts)
    return [(f"{stage.column} ", "soft"), (stage.label, "head"), (f" {facts}", "")]


def _cells(line: CourseLine, say: Words) -> list[list[list[Run]]]:
    return [
        [[(say[f"courses.{course}"], _STYLES[course])] for course in line.courses],
        [[(line.text, "")]],
        [_stage_runs(stage) for stage in line.stages],
        [[(name, "")] for name in line.names],
    ]


def _table(lines: Sequence[CourseLine], width: int, say: Words) -> list[Line]:
    drawn = [_cells(line, say) for line in lines]
    columns = [
        (say[name], max([cells(say[name]), *[longest(row[place]) for row in drawn]]) if share else 0, share)
        for place, (name, share) in enumerate(_COLUMNS)
    ]
    grid = grid_for(columns, width, say)
    return [*grid.head(), *[part for row in drawn for part in grid.row(row)]]


def _counts(history: History, say: Words) -> list[Line]:
    """How many tasks came and went, plan by plan."""
    heads, rows = column_counts(history, say)
    widths = [max(map(cells, column)) + 2 for column in zip(heads, *rows, strict=True)]
    found: list[Line] = []
    for style, row in (("soft", heads), *[("", row) for row in rows]):
        line: Line = []
        for word, width in zip(row, widths, strict=True):
            line += pad([(word, style)], width)
        found.append(line)
    return found


def history_screen(history: History, width: int, say: Words) -> list[Line]:
    """A history: the plans, counts, one row a thread."""
    lines: list[Line] = []
    for name, words in column_names(history, say):
        lines += wrap([(f"{name} ", "soft"), (words, "head")], width)
    lines += [[], *_counts(history, say), []]
    counts: list[list[Run]] = [[(say.count("history.threads", len(history)), "")]]
    counts += [[(f"{word} {n}", _STYLES[course])] for course, word, n in course_counts(history, say)]
    lines += flow(counts, width)
    found = [course_line(thread, history, say) for thread in history]
    return lines + ([[], *_table(found, width, say)] if found else [])


def _marked(stage: StageLine) -> str:
    facts = " · ".join(map(escape, stage.facts))
    return f"{escape(stage.column)} **{escape(stage.label)}** {facts}".rstrip()


def history_markdown(history: History, say: Words) -> str:
    """A history: the plans, counts, one row a thread."""
    lines = [f"# {say['history.title']}", ""]
    lines += [f"- {escape(name)}{say.colon}{escape(words)}" for name, words in column_names(history, say)]
    heads, rows = column_counts(history, say)
    lines += ["", *pipe_table(heads, [[escape(cell) for cell in row] for row in rows]), ""]
    counts = [f"{word} {number}" for _, word, number in course_counts(history, say)]
    lines += [" · ".join([say.count("history.threads", len(history)), *counts]), ""]
    body = [_markdown_cells(course_line(thread, history, say), say) for thread in history]
    lines += pipe_table([say[name] for name, _ in _COLUMNS], body) if body else []
    return "\n".join(lines).rstrip() + "\n"


def _markdown_cells(line: CourseLine, say: Words) -> list[str]:
    return [
        "<br>".join([say[f"courses.{course}"] for course in line.courses]),
        escape(line.text),
        "<br>".join(map(_marked, line.stages)),
        "<br>".join(map(escape, line.names)),
    ]


def thread_markdown(thread: Thread, say: Words) -> str:
    """One thread, plan by plan."""
    body = [
        [
            f"{escape(stage.column)} **{escape(stage.label)}**",
            escape("".join([text for mark, text in stage.runs if mark != "removed"])),
            " · ".join(map(escape, stage.facts)),
        ]
        for stage in stage_lines(thread, say)
    ]
    heads = [say["history.plan"], say["columns.task"], say["history.course"]]
    return "\n".join(pipe_table(heads, body)) + "\n"
