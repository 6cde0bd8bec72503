"""The comparison of two plans as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gongkai.comparing.changes import Change, Row, Status
from gongkai.comparing.difference import Diff
from gongkai.comparing.links import Link
from gongkai.views._diff_rows import (
    DiffLine,
    HeadLine,
    SameLines,
    change_count,
    diff_line,
    diff_lines,
    kind_counts,
    other_changes,
    row_count,
    status_counts,
)
from gongkai.views._diff_text import Marked
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look, chips, facts, fold, frame, more, prose, table, title
from gongkai.views._text import clean

__all__ = ["alignment_html", "change_html", "diff_html", "row_html"]

COLOURS: Final = {
    Status.SAME: "gk-same",
    Status.CHANGED: "gk-edit",
    Status.MOVED: "gk-move",
    Status.SPLIT: "gk-move",
    Status.MERGED: "gk-move",
    Status.REGROUPED: "gk-move",
    Status.ADDED: "gk-add",
    Status.REMOVED: "gk-drop",
}

_ELEMENTS: Final = {"added": "ins", "removed": "del"}


def marked(run: Marked) -> Html:
    """A text with its mark."""
    mark, text = run
    if mark in _ELEMENTS:
        return tag(_ELEMENTS[mark], text)
    return join([text]) if mark == "same" else tag("span", text, class_="gk-soft")


def _departments(line: DiffLine, look: Look) -> Html:
    drawn: list[Html] = []
    for held in line.departments:
        inside = [tag("span", held.role, class_="gk-tag")] if held.role else []
        for place, (mark, name, note) in enumerate(held.names, 1):
            after = ["、"] if place < len(held.names) else []
            if note:
                after.insert(0, tag("span", note, class_="gk-tag gk-after"))
            inside.append(tag("span", marked((mark, name)), *after, class_="gk-name"))
        inside += [tag("span", marked(flag), class_="gk-soft") for flag in held.flags]
        drawn.append(tag("span", *inside, class_="gk-line"))
    return join(drawn)


def _labels(line: DiffLine) -> Html:
    if not line.old or not line.new or line.old == line.new:
        return join([tag("span", label, class_="gk-line") for label in line.new or line.old])
    old = [tag("span", label, class_="gk-line gk-soft") for label in line.old]
    return join([*old, *[tag("span", f"→ {label}", class_="gk-line") for label in line.new]])


def _line(line: DiffLine, look: Look) -> Html:
    say = look.say
    mark = tag("span", say[f"statuses.{line.status}"], class_=f"gk-mark {COLOURS[line.status]}")
    score = []
    if line.score is not None:
        score = [tag("span", f"{line.score:.2f}", class_="gk-line gk-score", title=say["diff.score"])]
    texts = [tag("span", *map(marked, runs), class_="gk-line gk-par") for runs in line.paragraphs]
    notes = [tag("span", note, class_="gk-line gk-soft gk-small") for note in line.notes]
    deadlines = [tag("span", marked(run), class_="gk-line") for run in line.deadlines]
    gone = " gk-soft" if line.status is Status.REMOVED else ""
    cells = [
        tag("td", mark, *score),
        tag("td", _labels(line), class_="gk-label"),
        tag("td", *texts, *notes, class_=f"gk-body{gone}"),
        tag("td", _departments(line, look), class_=gone.strip() or None, data_name=say["columns.who"]),
        tag("td", *deadlines, class_=f"gk-due{gone}", data_name=say["columns.due"]),
    ]
    return tag("tr", *cells, class_=f"gk-row {COLOURS[line.status]}-row")


def _same(lines: SameLines, look: Look) -> Html:
    summary = tag("summary", tag("span", look.say.count("diff.same", len(lines.tasks)), class_="gk-soft"))
    inside = [
        tag("span", tag("span", label, class_="gk-tag"), text, class_="gk-line gk-soft")
        for label, text in lines.tasks
    ]
    folded = tag("details", summary, *inside)
    return tag("tr", tag("td"), tag("td", folded, colspan="4"), class_="gk-quiet")


def _body(lines: Iterable[HeadLine | SameLines | DiffLine], look: Look) -> tuple[Html, int]:
    """The rows as far as the limit goes, and how many are left out."""
    drawn: list[Html] = []
    shown = hidden = 0
    for line in lines:
        if look.limit is not None and shown >= look.limit:
            hidden += len(line.tasks) if isinstance(line, SameLines) else isinstance(line, DiffLine)
        elif isinstance(line, HeadLine):
            drawn.append(tag("tr", tag("th", line.text, colspan="5", scope="rowgroup"), class_="gk-section"))
        elif isinstance(line, SameLines):
            drawn.append(_same(line, look))
        else:
            shown += 1
            drawn.append(_line(line, look))
    return join(drawn), hidden


def _heads(look: Look) -> list[tuple[str, str]]:
    names = {"status": "status", "label": "key", "task": "", "who": "who", "due": "due"}
    return [(look.say[f"columns.{word}"], name) for word, name in names.items()]


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
    if not diff:
        return frame(*parts, tag("p", say["diff.identical"], class_="gk-more"), look=look)
    counts = [(f"{word} {number}", COLOURS[status]) for status, word, number in status_counts(diff, say)]
    parts.append(chips([(row_count(diff, say), "gk-plain"), *counts] if counts else []))
    kinds = kind_counts(diff.tasks, say)
    told = [f"{word} {number}" for _, word, number in kinds]
    parts.append(facts([change_count(kinds, say), *told] if kinds else []))
    inside, hidden = _body(diff_lines(diff, say), look)
    if inside:
        parts.append(table(_heads(look), [inside]))
    parts.append(more(hidden, look))
    others = other_changes(diff, say)
    if others:
        sentences = [
            tag("div", prose(text, look), class_="gk-text" if matters else "gk-text gk-soft", lang="zh-CN")
            for matters, text in others
        ]
        note = say.count("counts.items", len(others))
        parts.append(fold(say["diff.others"], note, *sentences, unfolded=look.unfolded))
    return frame(*parts, look=look)


def row_html(row: Row, look: Look) -> Html:
    """One row of a diff as a table of one line; where it is not about tasks, its changes as sentences."""
    line = diff_line(row, look.say)
    if line is None:
        return frame(
            *[tag("p", clean(change.explain(look.say.language)), class_="gk-text") for change in row.changes],
            look=look,
        )
    return frame(table(_heads(look), [_line(line, look)]), look=look)


def change_html(change: Change, look: Look) -> Html:
    """One change as its sentence."""
    mark = tag("span", change.label(look.say.language), class_="gk-tag")
    return frame(
        tag("div", mark, prose(change.explain(look.say.language), look), class_="gk-text"), look=look
    )


def alignment_html(links: Iterable[Link], look: Look) -> Html:
    """Links as a table: old task, new task, how sure."""
    links = tuple(links)
    shown = links if look.limit is None else links[: look.limit]
    lines: list[Html] = []
    for link in shown:
        cells = [tag("td", f"{link.score:.2f}", class_="gk-label")]
        for task in (link.old, link.new):
            cells += [tag("td", tag("span", clean(task.key or ""), class_="gk-tag"), prose(task.text, look))]
        lines.append(tag("tr", *cells))
    heads = [(look.say["diff.score"], "score"), (look.say["diff.old"], ""), (look.say["diff.new"], "")]
    return frame(table(heads, lines), more(len(links) - len(shown), look), look=look)
