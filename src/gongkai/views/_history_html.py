"""A history as HTML: the picture, and the threads as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gongkai.comparing import History, Thread
from gongkai.views._flow import flow_svg, legend
from gongkai.views._history_rows import (
    COURSES,
    Course,
    CourseLine,
    StageLine,
    column_counts,
    column_names,
    course_counts,
    course_line,
    stage_lines,
)
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    Ids,
    Pick,
    anchor,
    bar,
    choice,
    filtered,
    fragment,
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
from gongkai.views._parts_html import Look, chips, fold, frame, more, table, title
from gongkai.views._words import Words

__all__ = ["history_html", "thread_html"]

#: A notebook shows a picture of so many blocks; a page shows any.
_BLOCKS: Final = 400

_ELEMENTS: Final = {"added": "ins", "removed": "del"}


class _Page:
    """What the filters of a page are told, and the address of each thread."""

    def __init__(self, lines: Sequence[CourseLine]) -> None:
        ids = Ids()
        self.addresses = {line.id: ids.of("thread", line.id) for line in lines}
        self.bodies = numbered("d", sorted({name for line in lines for name in line.bodies}))

    def tokens(self, line: CourseLine) -> list[str]:
        return [*[f"st-{course}" for course in line.courses], *[self.bodies[name] for name in line.bodies]]

    def target(self, thread: str) -> str | None:
        """The link from the picture to a thread."""
        found = self.addresses.get(thread)
        return None if found is None else fragment(found)


def _mark(course: Course, say: Words) -> Html:
    return tag("span", say[f"courses.{course}"], class_=f"gk-mark gk-line {COURSES[course]}")


def _stage(stage: StageLine) -> Html:
    # A line ends behind a dot: the facts are spans that are not broken, each with its own.
    last = len(stage.facts) - 1
    facts = join(
        [
            tag("span", fact if place == last else f"{fact} ·", class_="gk-name")
            for place, fact in enumerate(stage.facts)
        ],
        " ",
    )
    inside = [tag("span", stage.column, class_="gk-tag"), tag("b", stage.label), " ", facts]
    return tag("span", *inside, class_="gk-line")


def _texts(line: CourseLine, say: Words) -> Html:
    """The text in each plan, with what changed."""
    if len(line.stages) < 2:
        return Html()
    told = [
        tag(
            "span",
            tag("span", stage.column, class_="gk-tag"),
            *[tag(_ELEMENTS[mark], text) if mark in _ELEMENTS else text for mark, text in stage.runs],
            class_="gk-line gk-par",
        )
        for stage in line.stages
    ]
    head = tag("summary", tag("span", say["history.texts"]))
    return tag("details", head, *told, class_="gk-why gk-small", lang="zh-CN")


def _row(line: CourseLine, look: Look, page: _Page | None) -> Html:
    say = look.say
    marks = [_mark(course, say) for course in line.courses]
    text = tag("span", line.text, class_="gk-line gk-par", lang="zh-CN")
    names = [tag("span", name, class_="gk-line") for name in line.names]
    link = Html() if page is None else anchor(page.addresses[line.id], say)
    cells = [
        tag("td", *marks, link),
        tag("td", text, _texts(line, say), class_="gk-body"),
        tag("td", *map(_stage, line.stages), class_="gk-body", data_name=say["history.course"]),
        tag("td", *names, data_name=say["history.bodies"] if names else None),
    ]
    if page is None:
        return tag("tr", *cells)
    return item("tr", *cells, of=page.tokens(line), address=page.addresses[line.id])


def _heads(look: Look) -> list[tuple[str, str]]:
    say = look.say
    return [
        (say["history.status"], "course"),
        (say["history.latest"], ""),
        (say["history.course"], ""),
        (say["history.bodies"], "lead"),
    ]


def _picture(history: History, look: Look, page: _Page | None) -> Html:
    say = look.say
    blocks = sum(len(thread.stages) for thread in history)
    if not blocks:
        return Html()
    if page is None and blocks > _BLOCKS:
        return tag("p", say["history.omitted"], class_="gk-more")
    drawn = flow_svg(history, say, page.target if page is not None else lambda _: None, paper=look.page)
    name = say["history.flow"]
    box = tag("div", drawn, class_="gk-picture", tabindex="0", role="group", aria_label=name)
    note = say.count("history.threads", len(history))
    return fold(name, note, legend(say), box, unfolded=True)


def _plans(history: History, look: Look) -> Html:
    """The titles of the plans, and how many tasks came and went."""
    say = look.say
    lines = [
        tag("div", tag("span", name, class_="gk-side"), tag("span", words, lang="zh-CN"))
        for name, words in column_names(history, say)
    ]
    heads, rows = column_counts(history, say)
    body = [
        tag("tr", *[tag("td", cell, data_name=head) for head, cell in zip(heads, row, strict=True)])
        for row in rows
    ]
    counted = table([(head, "") for head in heads], body)
    note = say.count("counts.files", len(rows))
    folded = fold(say["history.counts"], note, counted, unfolded=look.page)
    return join([tag("div", *lines, class_="gk-sides"), folded])


def _tools(history: History, page: _Page, look: Look) -> Html:
    say = look.say
    counts = [
        Pick(f"st-{course}", f"{word} {number}", COURSES[course])
        for course, word, number in course_counts(history, say)
    ]
    chosen = picks("st", say.count("history.threads", len(history)) + say.colon, counts)
    tools = [
        search_box(say),
        choice("d", say["history.every"], [(token, name) for name, token in page.bodies.items()]),
        switch(say["history.texts"], opens=True),
        shown(say),
        tag("span", theme(say), class_="gk-end"),
    ]
    return join([chosen, bar(*tools if counts else (theme(say),), label=say["page.tools"])])


def history_html(history: History, look: Look) -> Html:
    """A history: the plans, counts, the picture, one row a thread."""
    say = look.say
    lines = [course_line(thread, history, say) for thread in history]
    page = _Page(lines) if look.page else None
    parts = [title(say["history.title"], look), _plans(history, look)]
    if page is None and lines:
        counts = [(f"{word} {n}", COURSES[course]) for course, word, n in course_counts(history, say)]
        parts.append(chips([(say.count("history.threads", len(history)), "gk-plain"), *counts]))
    parts.append(_picture(history, look, page))
    if page is not None:
        parts += [_tools(history, page, look), filtered(say)]
    told = lines if look.limit is None else lines[: look.limit]
    if told:
        parts.append(table(_heads(look), [_row(line, look, page) for line in told]))
    parts.append(more(len(lines) - len(told), look))
    if page is not None and lines:
        parts += [nothing(say), keys(say)]
    return frame(*parts, look=look)


def thread_html(thread: Thread, look: Look) -> Html:
    """One thread, plan by plan, with its texts."""
    texts = [
        tag(
            "tr",
            tag("td", tag("span", stage.column, class_="gk-tag"), stage.label),
            tag(
                "td",
                *[tag(_ELEMENTS[mark], text) if mark in _ELEMENTS else text for mark, text in stage.runs],
                class_="gk-body",
                lang="zh-CN",
            ),
            tag("td", *[tag("span", fact, class_="gk-line") for fact in stage.facts]),
        )
        for stage in stage_lines(thread, look.say)
    ]
    say = look.say
    heads = [(say["history.plan"], "section"), (say["columns.task"], ""), (say["history.course"], "who")]
    return frame(table(heads, texts), look=look)
