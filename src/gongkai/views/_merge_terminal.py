"""A merge as text for a terminal: conflicts side by side where there is room, then what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.merging import Conflict, Decision, Merge
from gongkai.views._diff_terminal import marked_runs
from gongkai.views._diff_text import Paragraph
from gongkai.views._merge_html import none_words
from gongkai.views._merge_remarks import RemarkLine
from gongkai.views._merge_rows import BlockLine, ConflictLine, MergeLines, conflict_alone, counts, merge_lines
from gongkai.views._merge_voices import Column
from gongkai.views._terminal import grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, pad, side_by_side, wrap

__all__ = ["conflict_lines", "decision_lines", "merge_screen"]

_STYLES: Final = {
    "open": "error",
    "from-0": "move",
    "from-1": "edit",
    "alone": "move",
    "agreed": "added",
    "combined": "added",
    "settled": "edit",
    "resolved": "added",
    "overruled": "dropped",
}

#: A side that stands next to others has at least so many cells; with less, they stand one below the other.
_LEAST: Final = 22

#: What parts two sides.
_BETWEEN: Final = " │ "


def merge_screen(merge: Merge, width: int, say: Words, *, color: bool) -> list[Line]:
    """A merge: counts, each conflict with its sides, one row a block that something was decided about."""
    found = merge_lines(merge, say)
    title = clean(merge.plan.title) or say["headings.untitled"]
    lines = wrap([(f"{say['merge.title']} ", "soft"), (title, "head")], width)
    told: list[list[Run]] = [
        [(f"{word} {number}", _STYLES.get(name, "soft") if number else "soft")]
        for name, word, number in counts(merge, say)
    ]
    lines += flow(told, width)
    if not found.conflicts:
        lines += wrap([(none_words(merge, say), "added")], width)
    for line in found.conflicts:
        lines += [[], *_conflict(line, len(found.conflicts), width, say, color=color)]
    lines += _decisions(found, width, say, color=color)
    if found.remarks:
        lines += [[], [(say["merge.others"], "head")]]
        for remark in found.remarks:
            lines += wrap(_remark(remark, say, placed=True), width)
    return lines


# Conflicts


def _conflict(line: ConflictLine, count: int, width: int, say: Words, *, color: bool) -> list[Line]:
    head: list[Run] = [
        (f"{say['origins.open']} {line.number}/{count} " if line.number else "", "error"),
        (f"{clean(line.conflict.id)} ", "soft"),
        (f"{line.kind}{say.colon}", ""),
        (" ".join([" → ".join(line.labels), line.name]).strip(), "head"),
    ]
    lines = wrap(head, width)
    if line.trail:
        lines += [[("  ", ""), *each] for each in wrap([(" › ".join(line.trail), "soft")], width - 2)]
    sides = [_side(column, say, color=color) for column in (line.base, *line.voices)]
    if line.suggestion is not None:
        by = [f"{line.suggestion.why}"] * bool(line.suggestion.why)
        name = say["merge.suggestion"] + (f"（{'，'.join([*line.suggestion.by, *by])}）" if by else "")
        sides.append((name, _runs(line.suggestion.paragraphs, color=color)))
    room = (width - 2 - len(_BETWEEN) * (len(sides) - 1)) // len(sides)
    if room >= _LEAST:
        lines += _beside(sides, room)
    else:
        lines += _below(sides, width)
    for told in line.contested:
        lines += [[("  ", ""), *each] for each in wrap([(f"- {told}", "soft")], width - 2)]
    now = _runs(line.now, color=color) if line.now else [[(say["merge.as_base"], "")]]
    for place, runs in enumerate(now if line.number else ()):
        before: list[Run] = [(f"{say['merge.now']}{say.colon}", "soft")] if not place else []
        lines += [[("  ", ""), *each] for each in wrap([*before, *runs], width - 2)]
    if line.beside:
        lines += [[("  ", ""), *each] for each in wrap([(line.beside, "soft")], width - 2, after="、")]
    for remark in line.remarks:
        lines += [[("  ", ""), *each] for each in wrap(_remark(remark, say), width - 2)]
    return lines


_Side = tuple[str, list[list[Run]]]


def _side(column: Column, say: Words, *, color: bool) -> _Side:
    names = ("、" if say.language == "zh" else ", ").join(column.by)
    return names, _runs(column.paragraphs, color=color)


def _runs(paragraphs: Iterable[Paragraph], *, color: bool) -> list[list[Run]]:
    return [marked_runs(runs, color=color) for runs in paragraphs]


def _beside(sides: Sequence[_Side], room: int) -> list[Line]:
    columns = [
        [*wrap([(name, "head")], room, after="、"), *[line for runs in body for line in wrap(runs, room)]]
        for name, body in sides
    ]
    lines: list[Line] = []
    for number in range(max(map(len, columns))):
        line: Line = [("  ", "")]
        for place, column in enumerate(columns):
            cell = column[number] if number < len(column) else []
            line += [(_BETWEEN, "soft")] if place else []
            line += cell if place == len(columns) - 1 else pad(cell, room)
        lines.append(line)
    return lines


def _below(sides: Sequence[_Side], width: int) -> list[Line]:
    widest = min(max(cells(name) for name, _ in sides), width // 4)
    room = width - 4 - widest
    lines: list[Line] = []
    for name, body in sides:
        left = wrap([(name, "head")], widest, after="、")
        right = [line for runs in body for line in wrap(runs, room)] or [[]]
        lines += [[("  ", ""), *line] for line in side_by_side([left, right], (widest, room))]
    return lines


# Decisions


def _decisions(found: MergeLines, width: int, say: Words, *, color: bool) -> list[Line]:
    groups = [(trail, [line for line in lines if not line.quiet]) for trail, lines in found.groups]
    loud = [(trail, lines) for trail, lines in groups if lines]
    quiet = [line for line in found.blocks if line.quiet]
    rows = [_cells(line, say, color=color) for _, lines in loud for line in lines]
    drawn: list[Line] = []
    if rows:
        shares = (("merge.action", 0.14), ("columns.label", 0.14), ("merge.change", 0.0))
        columns: list[tuple[str, int, float]] = []
        for place, (name, share) in enumerate(shares):
            widest = max([cells(say[name]), *[longest(row[place]) for row in rows]]) if share else 0
            columns.append((say[name], widest, share))
        grid = grid_for(columns, width, say)
        drawn += [[], *grid.head()]
        for number, (trail, lines) in enumerate(loud):
            drawn += [[]] if number else []
            drawn += wrap([(" › ".join(trail), "head")], width) if trail else []
            for line in lines:
                drawn += grid.row(_cells(line, say, color=color))
    if quiet:
        labels = "、".join([" → ".join(line.labels) or line.name or line.facets[0].kind for line in quiet])
        words = f"{say.count('merge.quiet', len(quiet))}{say.colon}{labels}"
        drawn += [[], *wrap([(words, "soft")], width, after="、")]
    return drawn


def _cells(line: BlockLine, say: Words, *, color: bool) -> list[list[list[Run]]]:
    facets = {facet.origin: facet for facet in line.facets if line.quiet or not facet.quiet}
    marks: list[list[Run]] = [
        [(facet.origin_word, _STYLES.get(name, "soft"))] for name, facet in facets.items()
    ]
    labels: list[list[Run]] = [
        [(f"→ {label}" if place else label, "" if place or len(line.labels) == 1 else "soft")]
        for place, label in enumerate(line.labels)
    ]
    told: list[list[Run]] = [[(line.name, "soft")]] if line.name else []
    for facet in line.facets:
        if facet.quiet and not line.quiet:
            continue
        by = "、".join(facet.by)
        why = "，".join(filter(None, (by, facet.why)))
        told.append([(f"{facet.kind}{say.colon}", "soft"), *_joined(facet.paragraphs, color=color)])
        told[-1].append((f"（{why}）", "soft"))
        for column in facet.voices:
            names = "、".join(column.by)
            told.append([(f"- {names}{say.colon}", "soft"), *_joined(column.paragraphs, color=color)])
    told += [_remark(remark, say) for remark in line.remarks]
    return [marks, labels, told]


def _joined(paragraphs: Sequence[Paragraph], *, color: bool) -> list[Run]:
    runs: list[Run] = []
    for place, each in enumerate(paragraphs):
        runs += [(" ", "")] if place else []
        runs += marked_runs(each, color=color)
    return runs


def _remark(line: RemarkLine, say: Words, *, placed: bool = False) -> list[Run]:
    place = f"（{line.place}）" if placed and line.place else ""
    runs: list[Run] = [(f"[{line.answer}] ", "edit"), (f"{line.who}{place}{say.colon}", ""), (line.text, "")]
    return [*runs, (f"　{line.rest}", "soft")] if line.rest else runs


def conflict_lines(conflict: Conflict, width: int, say: Words, *, color: bool) -> list[Line]:
    """One conflict with its sides."""
    return _conflict(conflict_alone(conflict, say), 0, width, say, color=color)


def decision_lines(decision: Decision, width: int, say: Words) -> list[Line]:
    """One decision as a sentence."""
    return wrap([(clean(decision.explain(say.language)), "")], width)
