"""The comparison of two plans as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.comparing.diffing.changes import Change, Row, Status
from gongkai.comparing.diffing.difference import Diff
from gongkai.views._diff_cells import COLOURS, departments, heads, labels, marked, score, status, texts
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
from gongkai.views._diff_text import shortened
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look, chips, facts, fold, frame, more, prose, table, title
from gongkai.views._text import clean, cut

__all__ = ["change_html", "diff_html", "row_html"]


def _line(line: DiffLine, look: Look) -> Html:
    say = look.say
    notes = [tag("span", note, class_="gk-line gk-soft gk-small") for note in line.notes]
    deadlines = [tag("span", marked(run), class_="gk-line") for run in line.deadlines]
    told = texts(shortened(line.paragraphs, look.length), look)
    gone = " gk-soft" if line.status is Status.REMOVED else ""
    cells = [
        tag("td", status(line, look), score(line, look)),
        tag("td", labels(line), class_="gk-label"),
        tag("td", *told, *notes, class_=f"gk-body{gone}"),
        tag("td", departments(line, look), class_=gone.strip() or None, data_name=say["columns.who"]),
        tag("td", *deadlines, class_=f"gk-due{gone}", data_name=say["columns.due"]),
    ]
    return tag("tr", *cells, class_=f"gk-row {COLOURS[line.status]}-row")


def _same(lines: SameLines, look: Look, most: int | None) -> Html:
    """Tasks that did not change, of which at most so many are told."""
    summary = tag("summary", tag("span", look.say.count("diff.same", len(lines.tasks)), class_="gk-soft"))
    told = lines.tasks if most is None else lines.tasks[:most]
    length = None if look.length is None else look.length // 4
    inside: list[Html] = []
    for label, text in told:
        first, rest = cut(text, length)
        words = [tag("span", label, class_="gk-tag"), first + "…" * bool(rest)]
        inside.append(tag("span", *words, class_="gk-line gk-soft"))
    if len(told) < len(lines.tasks):
        left = look.say.count("counts.more", len(lines.tasks) - len(told))
        inside.append(tag("span", left, class_="gk-line gk-soft"))
    folded = tag("details", summary, *inside)
    return tag("tr", tag("td"), tag("td", folded, colspan="4"), class_="gk-quiet")


def _body(lines: Iterable[HeadLine | SameLines | DiffLine], look: Look) -> tuple[Html, int]:
    """The rows as far as the limit goes, and how many are left out."""
    drawn: list[Html] = []
    shown = hidden = 0
    left = look.limit
    for line in lines:
        if look.limit is not None and shown >= look.limit:
            hidden += len(line.tasks) if isinstance(line, SameLines) else isinstance(line, DiffLine)
        elif isinstance(line, HeadLine):
            drawn.append(tag("tr", tag("th", line.text, colspan="5", scope="rowgroup"), class_="gk-section"))
        elif isinstance(line, SameLines):
            drawn.append(_same(line, look, left))
            left = None if left is None else max(left - len(line.tasks), 0)
        else:
            shown += 1
            drawn.append(_line(line, look))
    return join(drawn), hidden


def diff_html(diff: Diff, look: Look) -> Html:
    """A diff: both titles, counts by status and by kind, one row a correspondence, other changes."""
    say = look.say
    untitled = say["headings.untitled"]
    sides = [
        tag(
            "span",
            tag("span", say[f"diff.{side}"], class_="gk-side"),
            clean(plan.title) or untitled,
            class_="gk-line",
        )
        for side, plan in (("old", diff.old), ("new", diff.new))
    ]
    parts = [title(say["diff.title"], look), tag("div", *sides, class_="gk-sides", lang="zh-CN")]
    parts += [tag("p", say["diff.part"], class_="gk-more")] * (diff.part_of is not None)
    if not diff.rows or not (diff or diff.part_of):
        return frame(*parts, tag("p", none_words(diff, say), class_="gk-more"), look=look)
    counts = [(f"{word} {number}", COLOURS[status]) for status, word, number in status_counts(diff, say)]
    parts.append(chips([(row_count(diff, say), "gk-plain"), *counts] if counts else []))
    parts += [facts([label, *kinds]) for label, kinds in kind_lines(diff, say)]
    inside, hidden = _body(diff_lines(diff, say), look)
    if inside:
        parts.append(table(heads(look), [inside]))
    parts.append(more(hidden, look))
    others = other_changes(diff, say)
    if others:
        sentences = [
            tag("div", prose(text, look), class_="gk-text" if matters else "gk-text gk-soft")
            for matters, text in others[: look.limit]
        ]
        note = say.count("counts.items", len(others))
        rest = more(len(others) - len(sentences), look)
        parts.append(fold(say["diff.others"], note, *sentences, rest, unfolded=look.unfolded))
    return frame(*parts, look=look)


def row_html(row: Row, look: Look) -> Html:
    """One row of a diff as a table of one line; where it is not about tasks, its changes as sentences."""
    line = diff_line(row, look.say)
    if line is None:
        return frame(
            *[tag("p", clean(change.explain(look.say.language)), class_="gk-text") for change in row.changes],
            look=look,
        )
    return frame(table(heads(look), [_line(line, look)]), look=look)


def change_html(change: Change, look: Look) -> Html:
    """One change as its sentence."""
    mark = tag("span", change.label(look.say.language), class_="gk-tag")
    return frame(
        tag("div", mark, prose(change.explain(look.say.language), look), class_="gk-text"), look=look
    )
