"""A merge as HTML: the parts that a notebook and a page share, and the view for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.merging import Conflict, Decision, Merge
from gongkai.views._diff_cells import marked
from gongkai.views._diff_text import Marked, Paragraph, shortened
from gongkai.views._html import Html, join, tag
from gongkai.views._merge_remarks import RemarkLine
from gongkai.views._merge_rows import (
    BlockLine,
    ConflictLine,
    Facet,
    Trail,
    conflict_alone,
    counts,
    merge_lines,
)
from gongkai.views._merge_voices import Column
from gongkai.views._parts_html import Look, chips, fold, frame, list_of, more, style, table, title
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "COLOURS",
    "block_cells",
    "conflict_body",
    "conflict_head",
    "conflict_html",
    "decision_html",
    "merge_html",
    "names",
    "none_words",
    "remark_list",
    "words_of",
]

#: The classes that colour where a decision comes from.
COLOURS: Final = {
    "open": "gk-drop",
    "from-0": "gk-move",
    "from-1": "gk-edit",
    "alone": "gk-move",
    "agreed": "gk-add",
    "combined": "gk-add",
    "settled": "gk-edit",
    "resolved": "gk-add",
    "overruled": "gk-drop",
    "derived": "gk-same",
}

#: So many names are told; the others fold away.
_NAMES: Final = 4

#: With more views than this, those of a change that was made fold away.
_VIEWS: Final = 3


def words_of(paragraphs: Sequence[Paragraph], look: Look) -> Html:
    """Paragraphs with their marks."""
    return join(
        [
            tag("span", *map(_marked, runs), class_="gk-line gk-par", lang="zh-CN")
            for runs in shortened(paragraphs, look.length)
        ]
    )


def _marked(run: Marked) -> Html:
    return tag("mark", run[1], class_="gk-contested") if run[0] == "contested" else marked(run)


def names(by: Sequence[str], say: Words) -> Html:
    """The names of copies; of many the first, the others fold away, but for paper."""
    if len(by) <= _NAMES + 1:
        return tag("span", list_of(by), lang="zh-CN")
    rest = tag("span", say.count("merge.and_more", len(by) - _NAMES), class_="gk-rest")
    summary = tag("summary", list_of(by[:_NAMES]), rest)
    folded = tag("details", summary, list_of(by[_NAMES:]), class_="gk-names")
    return tag("span", folded, class_="gk-on-paper", lang="zh-CN")


# Conflicts


def conflict_head(line: ConflictLine, look: Look, *behind: str) -> Html:
    """What a conflict is about: its kind, the task, the section."""
    labels = tag("b", " → ".join(line.labels), class_="gk-label") if line.labels else Html()
    trail = tag("span", " › ".join(line.trail), class_="gk-soft gk-small", lang="zh-CN")
    return tag(
        "div",
        tag("span", line.kind, class_="gk-mark gk-drop"),
        labels,
        tag("span", line.name, class_="gk-head", lang="zh-CN"),
        trail if line.trail else Html(),
        *behind,
        class_="gk-conflict-head",
    )


def conflict_body(line: ConflictLine, look: Look, views: Html, *behind: Html) -> list[Html]:
    """What a conflict says: the views, what is contested, what the merged plan has, comments."""
    say = look.say
    parts = [views]
    if line.contested:
        told = [tag("li", words, lang="zh-CN") for words in line.contested]
        parts.append(tag("ul", *told, class_="gk-regions gk-small", aria_label=say["merge.contested"]))
    if line.number:
        now = words_of(line.now, look) if line.now else tag("span", say["merge.as_base"])
        head = tag("span", say["merge.now"], class_="gk-tag")
        parts.append(tag("div", head, tag("span", now, class_="gk-texts"), class_="gk-now"))
    parts += [part for part in behind if part]
    parts += [tag("p", line.beside, class_="gk-more gk-small", lang="zh-CN")] if line.beside else []
    return [*parts, remark_list(line.remarks, look)]


def view(column: Column, look: Look, *, base: bool = False, head: Html | None = None) -> Html:
    """One side of a conflict."""
    heading = names(column.by, look.say) if head is None else head
    return tag(
        "div",
        tag("div", heading, class_="gk-view-head"),
        tag("div", words_of(column.paragraphs, look), class_="gk-texts"),
        class_="gk-view gk-view-base" if base else "gk-view",
    )


def _suggestion(column: Column, look: Look) -> Html:
    why = tag("span", f"（{column.why}）", class_="gk-soft") if column.why else Html()
    by = [tag("span", name, class_="gk-name") for name in column.by]
    head = join([look.say["merge.suggestion"], look.say.colon if by else "", *by, why])
    return view(column, look, head=head)


def _plain_conflict(line: ConflictLine, look: Look) -> Html:
    sides = [view(line.base, look, base=True), *[view(column, look) for column in line.voices]]
    if line.suggestion is not None:
        sides.append(_suggestion(line.suggestion, look))
    key = tag("code", line.conflict.id, class_="gk-soft gk-small")
    views = tag("div", *sides, class_="gk-views")
    return tag(
        "div",
        conflict_head(line, look, key),
        *conflict_body(line, look, views),
        class_="gk-conflict",
    )


# Decisions


def block_cells(line: BlockLine, look: Look, *behind: Html) -> list[Html]:
    """The cells of a line: where its decisions come from, its numbers, what was decided.

    Args:
        line: the line.
        look: how it is shown.
        behind: what goes behind the numbers.
    """
    marks = [
        tag("span", facet.origin_word, class_=f"gk-mark gk-line {COLOURS[facet.origin]}")
        for facet in {facet.origin: facet for facet in line.facets if line.quiet or not facet.quiet}.values()
    ]
    loud = [facet for facet in line.facets if line.quiet or not facet.quiet]
    hushed = [facet for facet in line.facets if facet.quiet and not line.quiet]
    name = [tag("div", line.name, class_="gk-block-name", lang="zh-CN")] if line.name else []
    drawn = [_facet(facet, look) for facet in loud]
    if hushed:
        drawn.append(
            tag("ul", *[tag("li", _in_short(facet)) for facet in hushed], class_="gk-whisper gk-small")
        )
    labels = [
        tag("span", f"→ {label}" if place else label, class_=f"gk-line{'' if place else ' gk-soft'}")
        for place, label in enumerate(line.labels)
    ]
    if len(line.labels) == 1:
        labels = [tag("span", line.labels[0], class_="gk-line")]
    return [
        tag("td", *marks),
        tag("td", *labels, *behind, class_="gk-label gk-linked" if behind else "gk-label"),
        tag("td", *name, *drawn, remark_list(line.remarks, look), class_="gk-body"),
    ]


def _facet(facet: Facet, look: Look) -> Html:
    by = [tag("span", names(facet.by, look.say), class_="gk-line")] if facet.by else []
    why = [tag("span", facet.why, class_="gk-line gk-soft")] if facet.why else []
    inside = [tag("div", words_of(facet.paragraphs, look), class_="gk-texts")]
    if facet.voices:
        views = tag("div", *[view(column, look) for column in facet.voices], class_="gk-views")
        summary = tag("summary", tag("span", look.say["merge.voices"], class_="gk-soft"))
        few = len(facet.voices) <= _VIEWS
        inside.append(tag("details", summary, views, class_="gk-why gk-small", open=few))
    return tag(
        "div",
        tag("span", facet.kind, class_="gk-tag"),
        tag("div", *inside),
        tag("div", *by, *why, class_="gk-small"),
        class_="gk-facet",
    )


def _in_short(facet: Facet) -> str:
    told = " → ".join(["".join([text for mark, text in runs if mark != "end"]) for runs in facet.paragraphs])
    return f"{facet.kind} {told}（{'、'.join([*facet.by, facet.why])}）"


def remark_list(lines: Iterable[RemarkLine], look: Look, *, placed: bool = False) -> Html:
    """Comments, each with what became of it; nothing where there are none."""
    drawn: list[Html] = []
    for line in lines:
        parts = [
            tag("span", line.answer, class_="gk-tag"),
            tag("b", line.who, class_="gk-name"),
            look.say.colon,
            f"（{line.place}）" if placed and line.place else "",
            line.text,
            f"　{line.rest}" if line.rest else "",
        ]
        drawn.append(tag("li", *parts, lang="zh-CN"))
    return tag("ul", *drawn, class_="gk-remarks gk-small") if drawn else Html()


def none_words(merge: Merge, say: Words) -> str:
    """What is said where there is no conflict."""
    return say["merge.all_clear"] if merge.decisions else say["merge.untouched"]


# The view for notebooks


def merge_html(merge: Merge, look: Look) -> Html:
    """A merge: its copies, counts, conflicts, then what was decided."""
    say = look.say
    lines = merge_lines(merge, say)
    called = [clean(name) for name in merge.names]
    told = [
        say["merge.title"],
        say.count("merge.copies_n", len(called)),
    ]
    parts = [
        title(clean(merge.plan.title), look),
        tag("p", *[tag("span", one) for one in told], class_="gk-facts"),
    ]
    parts.append(chips([(f"{word} {number}", COLOURS[name]) for name, word, number in counts(merge, say)]))
    if not lines.conflicts:
        parts.append(tag("p", none_words(merge, say), class_="gk-more"))
    shown = lines.conflicts[: look.limit]
    if shown:
        inside = [_plain_conflict(line, look) for line in shown]
        inside.append(more(len(lines.conflicts) - len(shown), look))
        parts.append(fold(say["merge.conflicts"], str(len(lines.conflicts)), *inside, unfolded=True))
    blocks = [(trail, line) for trail, held in lines.groups for line in held]
    if blocks:
        note = say.count("merge.decisions_n", len(merge.decisions) - len(merge.conflicts))
        few = look.unfolded or len(lines.conflicts) == 0
        inside = [
            _block_table(blocks[: look.limit], look),
            more(len(blocks) - len(blocks[: look.limit]), look),
        ]
        parts.append(fold(say["merge.decisions"], note, *inside, unfolded=few))
    if lines.remarks:
        inside = [remark_list(lines.remarks, look, placed=True)]
        parts.append(fold(say["merge.others"], str(len(lines.remarks)), *inside, unfolded=look.unfolded))
    return frame(Html(f"<style>{style('merge.css')}</style>"), *parts, look=look)


def _block_table(blocks: Sequence[tuple[Trail, BlockLine]], look: Look) -> Html:
    rows: list[Html] = []
    before: Trail | None = None
    for trail, line in blocks:
        if trail != before and trail:
            head = tag("th", " › ".join(trail), colspan="3", scope="rowgroup", lang="zh-CN")
            rows.append(tag("tr", head, class_="gk-section"))
        before = trail
        rows.append(tag("tr", *block_cells(line, look)))
    return table(table_heads(look.say), rows, name=look.say["merge.decisions"])


def table_heads(say: Words) -> list[tuple[str, str]]:
    """The heads of the columns of decisions, and the names that give them their widths."""
    return [(say["merge.action"], "origin"), (say["columns.label"], "key"), (say["merge.change"], "")]


def conflict_html(conflict: Conflict, look: Look) -> Html:
    """One conflict with its sides."""
    sheet = Html() if look.page else Html(f"<style>{style('merge.css')}</style>")
    return frame(sheet, _plain_conflict(conflict_alone(conflict, look.say), look), look=look)


def decision_html(decision: Decision, look: Look) -> Html:
    """One decision as a sentence."""
    return frame(tag("p", clean(decision.explain(look.say.language)), class_="gk-text"), look=look)
