"""The coverage of a reference plan as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.comparing import Coverage, CoverageRow
from gongkai.views._coverage_rows import (
    CoverHead,
    CoverLine,
    CoverStatus,
    Held,
    cover_line,
    cover_lines,
    mark_lines,
    share_words,
    status_counts,
)
from gongkai.views._markdown import escape, paragraph, pipe_table
from gongkai.views._terminal import grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, wrap

__all__ = ["coverage_markdown", "coverage_row_markdown", "coverage_screen"]

_STYLES: Final[dict[CoverStatus, str]] = {
    "carried": "added",
    "partial": "edit",
    "absent": "dropped",
    "not-applicable": "soft",
    "extra": "move",
}

#: The columns and the share of the width that each may take; the one with 0 takes what is left.
_COLUMNS: Final = (
    ("coverage.status", 0.11),
    ("columns.label", 0.1),
    ("coverage.asked", 0.0),
    ("coverage.carriers", 0.3),
    ("coverage.handed", 0.18),
    ("columns.due", 0.12),
)


def _held_words(held: Held) -> str:
    names = " → ".join(filter(None, (held.old, held.new)))
    return names + " → —" * held.lost


def _due_words(line: CoverLine, say: Words) -> list[str]:
    found = [" ".join(filter(None, (line.timing, line.due)))]
    found += [say["coverage.was"].format(due=line.asked)] if line.asked else []
    return [text for text in found if text]


def _carrier_words(line: CoverLine, say: Words) -> list[tuple[str, str, str]]:
    """The label, the text and a remark of each task that carries it."""
    found: list[tuple[str, str, str]] = []
    for carrier in line.carriers:
        remarks = [say["strengths.partial"]] if carrier.link.strength == "partial" else []
        remarks += [f"{carrier.link.score:.2f}"] if carrier.doubtful else []
        found.append((carrier.label, "".join([text for _, text in carrier.runs]), " ".join(remarks)))
    return found


def _cells(line: CoverLine, say: Words) -> list[list[list[Run]]]:
    text = "".join([text for _, text in line.runs])
    notes: list[list[Run]] = [[(note, "soft")] for note in line.notes]
    task: list[list[Run]] = [[(text, "")], *notes]
    carriers: list[list[Run]] = [
        [(f"{label} ", "soft"), (words, ""), (f" {remark}" if remark else "", "soft")]
        for label, words, remark in _carrier_words(line, say)
    ]
    extra = line.status == "extra"
    absent = line.row is not None and not line.row.links
    return [
        [[(say[f"carriages.{line.status}"], _STYLES[line.status])]],
        [[(line.label, "soft")]],
        carriers if extra else task,
        task if extra else carriers,
        [[(f"{held.role}{say.colon}" if held.role else "", "soft"), _run(held)] for held in line.held],
        [[(words, "soft" if absent or number else "")] for number, words in enumerate(_due_words(line, say))],
    ]


def _run(held: Held) -> Run:
    return _held_words(held), "" if held.new else "soft"


def _table(lines: Sequence[CoverHead | CoverLine], width: int, say: Words) -> list[Line]:
    drawn = [_cells(line, say) if isinstance(line, CoverLine) else [] for line in lines]
    columns: list[tuple[str, int, float]] = []
    for place, (name, share) in enumerate(_COLUMNS):
        head = say[name]
        widest = max([cells(head), *[longest(row[place]) for row in drawn if row]]) if share else 0
        columns.append((head, widest, share))
    grid = grid_for(columns, width, say)
    found: list[Line] = grid.head() if any(drawn) else []
    for number, (line, row) in enumerate(zip(lines, drawn, strict=True)):
        if isinstance(line, CoverHead):
            found += [[]] if number else []
            found += wrap([(line.text, "head")], width)
        else:
            found += grid.row(row)
    return found


def coverage_screen(cover: Coverage, width: int, say: Words) -> list[Line]:
    """A coverage: both titles, counts, one row a task of the reference, what the plan has beyond it."""
    lines: list[Line] = []
    for side, plan in (("reference", cover.reference), ("plan", cover.plan)):
        heading = clean(plan.title) or say["headings.untitled"]
        lines += wrap([(f"{say[f'coverage.{side}']} ", "soft"), (heading, "head")], width)
    counts: list[list[Run]] = [[(share_words(cover.tally, say), "")]]
    counts += [[(f"{word} {n}", _STYLES[status])] for status, word, n in status_counts(cover, say)]
    lines += flow(counts, width)
    rows = tuple(cover_lines(cover, say))
    lines += [[], *_table(rows, width, say)] if rows else []
    lost = mark_lines(cover, say)
    lines += [[], *wrap([(say["coverage.unplaced"], "head")], width)] if lost else []
    return lines + [line for text in lost for line in wrap([("- ", "soft"), (text, "")], width)]


def _markdown_cells(line: CoverLine, say: Words) -> list[str]:
    text = "<br>".join(
        [escape("".join([text for _, text in line.runs])), *[f"（{escape(note)}）" for note in line.notes]]
    )
    carriers = "<br>".join(
        [
            f"**{escape(label)}** {escape(words)}{f'（{escape(remark)}）' if remark else ''}"
            for label, words, remark in _carrier_words(line, say)
        ]
    )
    extra = line.status == "extra"
    held = [f"{each.role}{say.colon}" * bool(each.role) + escape(_held_words(each)) for each in line.held]
    return [
        say[f"carriages.{line.status}"],
        escape(line.label),
        carriers if extra else text,
        text if extra else carriers,
        "<br>".join(held),
        "<br>".join(map(escape, _due_words(line, say))),
    ]


def _markdown_table(lines: Iterable[CoverLine], say: Words) -> list[str]:
    heads = [say[name] for name, _ in _COLUMNS]
    return pipe_table(heads, [_markdown_cells(line, say) for line in lines])


def coverage_markdown(cover: Coverage, say: Words) -> str:
    """A coverage: both titles, counts, a table below each heading of the reference."""
    untitled = say["headings.untitled"]
    lines = [f"# {say['coverage.title']}", ""]
    for side, plan in (("reference", cover.reference), ("plan", cover.plan)):
        lines.append(f"- {say[f'coverage.{side}']}{say.colon}{escape(plan.title) or untitled}")
    counts = [f"{word} {number}" for _, word, number in status_counts(cover, say)]
    lines += ["", " · ".join([share_words(cover.tally, say), *counts]), ""]
    together: list[CoverLine] = []
    for line in [*cover_lines(cover, say), CoverHead("")]:
        if isinstance(line, CoverLine):
            together.append(line)
            continue
        lines += [*_markdown_table(together, say), ""] if together else []
        lines += [f"## {escape(line.text)}", ""] if line.text else []
        together = []
    lost = [f"- {paragraph(text)}" for text in mark_lines(cover, say)]
    lines += [f"## {say['coverage.unplaced']}", "", *lost] if lost else []
    return "\n".join(lines).rstrip() + "\n"


def coverage_row_markdown(row: CoverageRow, say: Words) -> str:
    """One row of a coverage."""
    return "\n".join(_markdown_table([cover_line(row, say)], say)) + "\n"
