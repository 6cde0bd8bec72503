"""The comparison of two plans as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.comparing.diffing.changes import Status
from gongkai.comparing.diffing.difference import Diff
from gongkai.views._diff_rows import (
    DiffLine,
    HeadLine,
    SameLines,
    diff_lines,
    kind_lines,
    none_words,
    other_changes,
    row_count,
    status_counts,
)
from gongkai.views._diff_text import Marked
from gongkai.views._terminal import Grid, grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, wrap

__all__ = ["diff_screen", "marked_runs"]

_STYLES: Final = {
    Status.SAME: "soft",
    Status.CHANGED: "edit",
    Status.MOVED: "move",
    Status.SPLIT: "move",
    Status.MERGED: "move",
    Status.REGROUPED: "move",
    Status.ADDED: "added",
    Status.REMOVED: "dropped",
}

#: How many changes outside the tasks are told that matter little.
_QUIET: Final = 12

#: Where there are no colours, signs tell what comes and what goes, as wdiff writes them.
_SIGNS: Final = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "contested": ("⟦", "⟧")}


def marked_runs(runs: Iterable[Marked], *, color: bool) -> list[Run]:
    """Runs in the styles of their marks; where there are no colours, with signs around them."""
    styles = {"added": "add", "removed": "drop", "same": "", "contested": "edit"}
    drawn: list[Run] = []
    for mark, text in runs:
        run = (text, styles.get(mark, "soft"))
        before, after = ("", "") if color else _SIGNS.get(mark, ("", ""))
        drawn += [(before, "open"), run, (after, "close")] if before else [run]
    return drawn


def _who(line: DiffLine, say: Words, *, color: bool) -> list[list[Run]]:
    paragraphs: list[list[Run]] = []
    for held in line.departments:
        runs: list[Run] = [(f"{held.role}{say.colon}", "soft")] if held.role else []
        for place, name in enumerate(held.names):
            runs += [("、", "")] if place else []
            runs += marked_runs(name.runs, color=color)
            runs += [(f"（{name.note}）", "soft")] if name.note else []
        runs += marked_runs(held.flags, color=color)
        paragraphs.append(runs)
    return paragraphs


def _cells(line: DiffLine, say: Words, *, color: bool) -> list[list[list[Run]]]:
    labels = [[(label, "soft")] for label in line.old]
    if line.new and line.new != line.old:
        labels += [[(f"→ {label}" if line.old else label, "")] for label in line.new]
    texts = [marked_runs(runs, color=color) for runs in line.paragraphs]
    return [
        [[(say[f"statuses.{line.status}"], _STYLES[line.status])]],
        labels,
        [
            *texts,
            *[[(f"（{note}）", "soft")] for note in line.notes],
            *[[(f"- {change}", "soft")] for change in line.hidden],
        ],
        _who(line, say, color=color),
        [marked_runs([run], color=color) for run in line.deadlines],
    ]


def _table(
    lines: Sequence[HeadLine | SameLines | DiffLine], width: int, say: Words, *, color: bool
) -> list[Line]:
    drawn = [_cells(line, say, color=color) if isinstance(line, DiffLine) else [] for line in lines]
    shares = (("status", 0.12), ("label", 0.14), ("task", 0.0), ("who", 0.24), ("due", 0.14))
    columns: list[tuple[str, int, float]] = []
    for place, (name, share) in enumerate(shares):
        head = say[f"columns.{name}"]
        widest = max([cells(head), *[longest(row[place]) for row in drawn if row]]) if share else 0
        columns.append((head, widest, share))
    grid = grid_for(columns, width, say)
    found: list[Line] = []
    if any(drawn):
        found += grid.head()
    for number, (line, row) in enumerate(zip(lines, drawn, strict=True)):
        if isinstance(line, HeadLine):
            found += [[]] if number else []
            found += wrap([(line.text, "head")], width)
        elif isinstance(line, SameLines):
            found += _same(line, grid, say)
        else:
            found += grid.row(row)
    return found


def _same(line: SameLines, grid: Grid, say: Words) -> list[Line]:
    labels = "、".join([label for label, _ in line.tasks])
    indent = grid.widths[0] + 2
    words = wrap(
        [(f"{say.count('diff.same', len(line.tasks))}{say.colon}{labels}", "soft")], grid.total - indent
    )
    return [[(" " * indent, ""), *part] for part in words]


def diff_screen(diff: Diff, width: int, say: Words, *, color: bool, everything: bool = False) -> list[Line]:
    """A diff: both titles, counts, one row a correspondence, other changes that matter.

    Where ``everything`` is asked for, what did not change and what is hidden by default as well.
    """
    lines: list[Line] = []
    for side, plan in (("old", diff.old), ("new", diff.new)):
        heading = clean(plan.title) or say["headings.untitled"]
        lines += wrap([(f"{say[f'diff.{side}']} ", "soft"), (heading, "head")], width)
    if diff.part_of is not None:
        lines += wrap([(say["diff.part"], "soft")], width)
    if not diff.rows or not (diff or diff.part_of):
        return [*lines, *wrap([(none_words(diff, say), "soft")], width)]
    counts: list[list[Run]] = [
        [(f"{word} {number}", _STYLES[status])] for status, word, number in status_counts(diff, say)
    ]
    if counts:
        counts[0].insert(0, (row_count(diff, say), "soft"))
    lines += flow(counts, width)
    for label, kinds in kind_lines(diff, say):
        told: list[list[Run]] = [[(kind, "soft")] for kind in kinds]
        told[0].insert(0, (label, "soft"))
        lines += flow(told, width)
    rows = tuple(diff_lines(diff, say, everything=everything))
    lines += [[], *_table(rows, width, say, color=color)] if rows else []
    return lines + _others(diff, width, say, everything=everything)


def _others(diff: Diff, width: int, say: Words, *, everything: bool) -> list[Line]:
    """What changed outside the tasks: all that matters, and the first of the rest."""
    most = None if everything else _QUIET
    others = other_changes(diff, say)
    quiet = [text for matters, text in others if not matters]
    lines: list[Line] = [[], [(say["diff.others"], "head")]] if others else []
    for text in [text for matters, text in others if matters]:
        lines += wrap([("- ", "soft"), (text, "")], width)
    for text in quiet[:most]:
        lines += wrap([(f"- {text}", "soft")], width)
    if most is not None and len(quiet) > most:
        lines += wrap([(say.count("counts.more", len(quiet) - most), "soft")], width)
    return lines
