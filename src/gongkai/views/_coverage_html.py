"""The coverage of a reference plan as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.comparing import Coverage, CoverageRow, Tally
from gongkai.comparing.carrying.wordshare import Shared
from gongkai.comparing.judges.answerwords import evidence_words
from gongkai.comparing.telling import percent
from gongkai.views._coverage_rows import (
    CARRIAGES,
    Carrier,
    CoverHead,
    CoverLine,
    Held,
    cover_line,
    cover_lines,
    mark_lines,
    share_words,
    status_counts,
    tally_lines,
)
from gongkai.views._diff_page_parts import plan_cards
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    Ids,
    Pick,
    anchor,
    bar,
    choice,
    filtered,
    item,
    keys,
    nothing,
    numbered,
    picks,
    search_box,
    shown,
    switch,
    theme,
)
from gongkai.views._parts_html import Look, chips, fold, frame, groups, more, table, title
from gongkai.views._text import clean

__all__ = ["coverage_html", "coverage_row_html"]

#: The groups of tokens: status, department, section.
_STATUS: Final = "st"


class _Page:
    """What the filters of a page are told: tokens of departments and sections, addresses of rows."""

    def __init__(self, lines: Iterable[CoverHead | CoverLine]) -> None:
        found = [line for line in lines if isinstance(line, CoverLine)]
        self.ids = Ids()
        self.bodies = numbered("d", sorted({name for line in found for name in line.names}))
        self.chapters = numbered("c", [line.heading for line in found])

    def tokens(self, line: CoverLine) -> list[str]:
        bodies = [self.bodies[name] for name in line.names]
        return [f"{_STATUS}-{line.status}", *bodies, self.chapters[line.heading]]


def _runs(runs: Iterable[Shared]) -> Html:
    """A text in which the phrases that the other has too are marked."""
    return join([tag("span", text, class_="gk-shared") if held else text for held, text in runs])


def _held(held: Held) -> Html:
    parts: list[str] = [tag("span", held.role, class_="gk-tag")] if held.role else []
    if held.old and held.new:
        parts += [tag("span", f"{held.old} → ", class_="gk-soft"), held.new]
    elif held.new:
        parts.append(held.new)
    else:
        parts.append(tag("span", held.old + " → —" * held.lost, class_="gk-soft"))
    return tag("span", *parts, class_="gk-line")


def _carrier(carrier: Carrier, look: Look) -> Html:
    say = look.say
    sure = f"{carrier.link.score:.2f}"
    strength = say[f"strengths.{carrier.link.strength}"]
    note = tag(
        "span",
        f" {sure}" if carrier.doubtful else "",
        class_="gk-soft gk-small",
        title=say["coverage.link"].format(strength=strength, score=sure),
    )
    label = tag("span", carrier.label, class_="gk-tag")
    partial = [tag("span", strength, class_="gk-tag")] if carrier.link.strength == "partial" else []
    return tag("span", label, *partial, _runs(carrier.runs), note, class_="gk-line gk-par", lang="zh-CN")


def _why(row: CoverageRow, look: Look) -> Html:
    """What each link rests on, and how much of each sentence is there."""
    say = look.say
    if not row.links:
        return Html()
    told = [
        tag(
            "span",
            tag("span", clean(link.new.key or ""), class_="gk-tag"),
            say["coverage.link"].format(
                strength=say[f"strengths.{link.strength}"], score=f"{link.score:.2f}"
            ),
            say.colon,
            evidence_words(link.evidence, say.language),
            class_="gk-line",
        )
        for link in row.links
    ]
    if len(row.passages) > 1:
        shares = "、".join([percent(passage.share) for passage in row.passages])
        told.append(tag("span", say["coverage.passages"], say.colon, shares, class_="gk-line"))
    head = tag("summary", tag("span", say["coverage.why"]))
    return tag("details", head, *told, class_="gk-why gk-soft gk-small", data_unsearched=True)


def _due(line: CoverLine, look: Look) -> list[Html]:
    if not line.due and not line.timing:
        return []
    kind = "gk-tag" if line.timing else ""
    parts: list[str] = [tag("span", line.timing, class_=kind)] if line.timing else []
    given = line.due if line.row is None or line.row.links else tag("span", line.due, class_="gk-soft")
    found = [tag("span", *parts, given, class_="gk-line")]
    if line.asked:
        was = look.say["coverage.was"].format(due=line.asked)
        found.append(tag("span", was, class_="gk-line gk-soft gk-small"))
    return found


def _cells(line: CoverLine, look: Look, link: Html) -> list[Html]:
    say = look.say
    status = tag("span", say[f"carriages.{line.status}"], class_=f"gk-mark {CARRIAGES[line.status]}")
    notes = [tag("span", note, class_="gk-line gk-soft gk-small") for note in line.notes]
    label = tag("span", line.label, class_="gk-tag")
    text = tag("span", label, _runs(line.runs), class_="gk-line gk-par", lang="zh-CN")
    first = [text, *notes, *([] if line.row is None else [_why(line.row, look)])]
    second = [_carrier(carrier, look) for carrier in line.carriers]
    if line.status == "extra":
        first, second = second, first
    due = _due(line, look)
    return [
        tag("td", status, link),
        tag("td", *first, class_="gk-body"),
        tag("td", *second, class_="gk-body", data_name=say["coverage.carriers"] if second else None),
        tag("td", *map(_held, line.held), data_name=say["coverage.handed"] if line.held else None),
        tag("td", *due, class_="gk-due", data_name=say["columns.due"] if due else None),
    ]


def _row(line: CoverLine, look: Look, page: _Page | None) -> Html:
    kind = f"gk-row {CARRIAGES[line.status]}-row"
    if page is None:
        return tag("tr", *_cells(line, look, Html()), class_=kind)
    address = page.ids.of("plan" if line.status == "extra" else "task", line.key)
    cells = _cells(line, look, anchor(address, look.say))
    return item("tr", *cells, of=page.tokens(line), address=address, class_=kind)


def _heads(look: Look) -> list[tuple[str, str]]:
    say = look.say
    return [
        (say["coverage.status"], "status"),
        (say["coverage.asked"], ""),
        (say["coverage.carriers"], ""),
        (say["coverage.handed"], "who"),
        (say["columns.due"], "due"),
    ]


def _table(lines: Sequence[CoverHead | CoverLine], look: Look, page: _Page | None) -> tuple[Html, int]:
    """The rows as far as the limit goes, a body a heading, and how many are left out."""
    bodies: list[list[Html]] = []
    drawn = hidden = 0
    for line in lines:
        if isinstance(line, CoverHead):
            head = tag("tr", tag("th", line.text, colspan="5", scope="rowgroup"), class_="gk-section")
            bodies.append([head])
        elif look.limit is not None and drawn >= look.limit:
            hidden += 1
        else:
            drawn += 1
            bodies = bodies or [[]]
            bodies[-1].append(_row(line, look, page))
    filled = [rows for rows in bodies if any("gk-row" in row for row in rows)]
    return groups(_heads(look), filled), hidden


def _tallies(name: str, found: Iterable[tuple[str, Tally]], look: Look, *, unfolded: bool) -> Html:
    """Which share of each group is carried, as bars."""
    say = look.say
    lines = tally_lines(found, say)
    if len(lines) < 2:
        return Html()
    rows = [
        tag(
            "tr",
            tag("td", text, lang="zh-CN"),
            tag("td", share_bar([(CARRIAGES[status], number) for status, number in counts], tally.total)),
            tag("td", share_words(tally, say), class_="gk-due"),
        )
        for text, tally, counts in lines
    ]
    heads = [(say[f"coverage.{name}"], ""), ("", "who"), ("", "who")]
    inside = table(heads, rows, headed=False)
    return fold(say[f"coverage.{name}"], say.count("counts.items", len(lines)), inside, unfolded=unfolded)


def share_bar(parts: Iterable[tuple[str, int]], total: int) -> Html:
    """Numbers as a bar, each a class that colours it; the words beside it tell them."""
    drawn: list[Html] = []
    place = 0.0
    for colour, number in parts:
        width = 100 * number / total
        drawn.append(tag("rect", x=f"{place:.2f}", y="0", width=f"{width:.2f}", height="8", class_=colour))
        place += width
    return tag(
        "svg",
        *drawn,
        class_="gk-tally",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _tools(lines: Sequence[CoverHead | CoverLine], page: _Page, cover: Coverage, look: Look) -> Html:
    """Counts that filter, and the tools."""
    say = look.say
    counts = [
        Pick(f"{_STATUS}-{status}", f"{word} {number}", CARRIAGES[status])
        for status, word, number in status_counts(cover, say)
    ]
    chosen = picks(_STATUS, share_words(cover.tally, say), counts)
    if not lines:
        return join([chosen, bar(theme(say), label=say["page.tools"])])
    tools = [
        search_box(say),
        choice("d", say["coverage.every"], [(token, name) for name, token in page.bodies.items()]),
        choice("c", say["coverage.chapters"], [(token, name) for name, token in page.chapters.items()]),
        switch(say["coverage.why"], opens=True),
        shown(say),
        tag("span", theme(say), class_="gk-end"),
    ]
    return join([chosen, bar(*tools, label=say["page.tools"])])


def coverage_html(cover: Coverage, look: Look) -> Html:
    """A coverage: both titles, counts, one row a task of the reference, what the plan has beyond it."""
    say = look.say
    lines = tuple(cover_lines(cover, say))
    page = _Page(lines) if look.page else None
    parts = [title(say["coverage.title"], look)]
    if page is not None:
        plans = [("coverage.reference", cover.reference), ("coverage.plan", cover.plan)]
        parts += [plan_cards(plans, say), _tools(lines, page, cover, look), filtered(say)]
    else:
        parts.append(sides(cover, look))
        counts = [(f"{word} {n}", CARRIAGES[status]) for status, word, n in status_counts(cover, say)]
        parts.append(chips([(share_words(cover.tally, say), "gk-plain"), *counts]))
    parts.append(_tallies("sections", cover.by_section(), look, unfolded=look.unfolded))
    parts.append(_tallies("departments", cover.by_department(), look, unfolded=False))
    drawn, hidden = _table(lines, look, page)
    parts += [drawn, more(hidden, look)]
    lost = [tag("div", text, class_="gk-text", lang="zh-CN") for text in mark_lines(cover, say)]
    if lost:
        note = say.count("counts.items", len(lost))
        parts.append(fold(say["coverage.unplaced"], note, *lost, unfolded=True))
    if page is not None and lines:
        parts += [nothing(say), keys(say)]
    return frame(*parts, look=look)


def sides(cover: Coverage, look: Look) -> Html:
    """The titles of the two plans."""
    say = look.say
    lines = [
        tag(
            "div",
            tag("span", say[f"coverage.{side}"], class_="gk-side"),
            tag("span", clean(plan.title) or say["headings.untitled"], lang="zh-CN"),
        )
        for side, plan in (("reference", cover.reference), ("plan", cover.plan))
    ]
    return tag("div", *lines, class_="gk-sides")


def coverage_row_html(row: CoverageRow, look: Look) -> Html:
    """One row of a coverage as a table of one line."""
    return frame(groups(_heads(look), [[_row(cover_line(row, look.say), look, None)]]), look=look)
