"""A table of matters as HTML: whether each plan has each matter, who answers for it, by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, final

from gongkai.merging import Consolidation, Matter, Presence
from gongkai.views._html import Html, join, tag
from gongkai.views._matter_rows import (
    MatterCell,
    MatterHead,
    MatterLine,
    having_counts,
    matter_line,
    matter_lines,
    plan_lines,
)
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
from gongkai.views._parts_html import Look, chips, fold, frame, more, prose, table, title
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["HAVING", "consolidation_html", "matter_html"]

#: The classes that colour how many plans have a matter.
HAVING: Final = {"common": "gk-add", "some": "gk-edit", "unique": "gk-move"}

#: The class of each presence.
_CELLS: Final = {Presence.WHOLE: "gk-has", Presence.PARTIAL: "gk-partly", Presence.NONE: "gk-lacks"}

#: With more plans, cells hold the keys alone until they are opened; with fewer, texts are open on a page.
_FEW: Final = 6
_OPEN: Final = 3


@final
class _Page:
    """What the filters of a page are told."""

    def __init__(self, lines: Iterable[MatterHead | MatterLine], found: Consolidation) -> None:
        rows = [line for line in lines if isinstance(line, MatterLine)]
        self.ids = Ids()
        self.chapters = numbered("c", [row.section for row in found if row.section])
        self.bodies = numbered("d", sorted({name for row in rows for name in _names(row.matter)}))
        self.addresses = {row.number: self.ids.of("m", str(row.number)) for row in rows}

    def tokens(self, line: MatterLine) -> list[str]:
        """What a row can be found by: how many plans have it, which, what differs, whom it names."""
        row = line.matter
        tokens = [f"h-{line.having}", *[self.bodies[name] for name in _names(row)]]
        tokens += ["x-who"] * row.departments.differs + ["x-due"] * row.deadlines.differs
        tokens += [self.chapters[row.section]] if row.section else []
        for place, cell in enumerate(line.cells):
            tokens.append(f"p-{place}-{cell.presence}")
            tokens += [f"p-{place}-only"] * (line.having == "unique" and cell.presence is Presence.WHOLE)
        return tokens


def _names(row: Matter) -> set[str]:
    return {body.name for cell in row.cells for task in cell.tasks for body in task.departments}


def _signed(cell: MatterCell, say: Words) -> Html:
    """The sign and the keys; the sign's word is there for those who hear it."""
    word = say[f"matters.{cell.presence}"]
    sign = tag("span", cell.sign, class_="gk-sign", title=word, role="img", aria_label=word)
    return join([sign, *[tag("span", key, class_="gk-tag") for key in cell.keys]])


def _shares(cell: MatterCell, look: Look, page: _Page | None) -> list[Html]:
    drawn: list[Html] = []
    for key, number, name in cell.shares:
        see = look.say["matters.see"].format(name=f"{number} {name}") if number else ""
        target = page.addresses.get(number) if page is not None else None
        told = tag("a", see, href=f"#{target}") if target else tag("span", see)
        drawn.append(tag("span", tag("span", key, class_="gk-tag"), told, class_="gk-line gk-soft gk-small"))
    return drawn


def _line(text: str, class_: str, say: Words, *, apart: bool) -> Html:
    """A fact on a line of its own, marked where most plans have another one."""
    inside = tag("mark", text, title=say["matters.apart"]) if apart else text
    return tag("span", inside, class_=f"gk-line {class_}")


def _facts(cell: MatterCell, say: Words) -> list[Html]:
    """Who answers for it and by when."""
    drawn = [_line(text, "gk-who", say, apart=cell.who_apart) for text in cell.who]
    return drawn + ([_line(cell.due, "gk-due", say, apart=cell.due_apart)] if cell.due else [])


def _texts(cell: MatterCell, look: Look) -> list[Html]:
    several = len(cell.texts) > 1
    return [
        tag("div", tag("span", key, class_="gk-tag") if several else "", prose(text, look), class_="gk-par")
        for key, text in cell.texts
    ]


def _cell(cell: MatterCell, look: Look, page: _Page | None, plans: int) -> Html:
    """A cell: its sign, who and when, and what folds; with many plans all but the sign folds."""
    signed = _signed(cell, look.say)
    facts = [*_facts(cell, look.say), *_shares(cell, look, page)]
    texts = _texts(cell, look)
    if cell.presence is Presence.NONE:
        inside = [signed]
    elif plans > _FEW:
        inside = [tag("details", tag("summary", signed), *facts, *texts, class_="gk-why")]
    else:
        inside = [tag("span", signed, class_="gk-line"), *facts]
        head = tag("summary", tag("span", look.say["matters.text"], class_="gk-soft gk-small"))
        opened = look.page and plans <= _OPEN
        inside += [tag("details", head, *texts, class_="gk-why", open=opened)] if texts else []
    return tag("td", *inside, class_=f"gk-cell {_CELLS[cell.presence]}", data_name=cell.column, lang="zh-CN")


def _first(line: MatterLine, look: Look, page: _Page | None) -> Html:
    """What stands at the head of a row: number, name, what differs."""
    say = look.say
    row = line.matter
    number = str(line.number)
    inside: list[str] = [tag("span", number, class_="gk-number")]
    inside.append(tag("span", line.name, class_="gk-head", lang="zh-CN", title=row.text))
    tags = [tag("span", say[f"matters.{line.having}"], class_=f"gk-tag {HAVING[line.having]}")]
    tags += [tag("span", say["matters.who"], class_="gk-tag")] if row.departments.differs else []
    tags += [tag("span", say["matters.due"], class_="gk-tag")] if row.deadlines.differs else []
    tags += [anchor(page.addresses[line.number], say)] if page is not None else []
    inside.append(tag("span", *tags, class_="gk-line"))
    if line.lacking:
        lacking = say["matters.lacking"].format(plans="、".join(line.lacking))
        inside.append(
            tag("span", lacking, class_="gk-line gk-soft gk-small gk-lacking", data_unsearched=True)
        )
    return tag("th", *inside, class_="gk-matter", scope="row")


def _row(line: MatterLine, look: Look, page: _Page | None) -> Html:
    cells = [_first(line, look, page), *[_cell(cell, look, page, len(line.cells)) for cell in line.cells]]
    if page is None:
        return tag("tr", *cells)
    return item("tr", *cells, of=page.tokens(line), address=page.addresses[line.number])


def _bodies(
    lines: Iterable[MatterHead | MatterLine], look: Look, page: _Page | None, span: int
) -> tuple[list[Html], int]:
    """The rows as far as the limit goes, one body a chapter, and how many are left out."""
    bodies: list[list[Html]] = []
    head: list[Html] = []
    drawn = hidden = 0
    for line in lines:
        if isinstance(line, MatterHead):
            text = tag("span", line.text, class_="gk-stays", lang="zh-CN")
            head = [tag("tr", tag("th", text, colspan=str(span), scope="rowgroup"), class_="gk-section")]
            bodies.append([])
        elif look.limit is not None and drawn >= look.limit:
            hidden += 1
        else:
            drawn += 1
            bodies = bodies or [[]]
            bodies[-1] += [*head, _row(line, look, page)]
            head = []
    return [tag("tbody", *rows, class_="gk-group") for rows in bodies if rows], hidden


def _table(columns: Sequence[str], bodies: Iterable[str], look: Look) -> Html:
    say = look.say
    heads = [tag("th", say["matters.matter"], scope="col", class_="gk-matter")]
    heads += [tag("th", column, scope="col", lang="zh-CN") for column in columns]
    kind = "gk-dense" if len(columns) > _FEW else f"gk-plans-{len(columns)}"
    drawn = tag("table", tag("thead", tag("tr", *heads)), *bodies, class_=f"gk-table gk-matters {kind}")
    return tag(
        "div",
        drawn,
        class_="gk-scroll gk-matrix",
        tabindex="0",
        role="region",
        aria_label=say["matters.title"],
    )


def _plans(found: Consolidation, look: Look) -> Html:
    """What each plan is called, its title, and how many of the matters it has."""
    say = look.say
    plans = plan_lines(found, say)
    heads = [(say["matters.plan"], "section"), (say["columns.title"], "")]
    heads += [(word, "key") for word, _ in plans[0].counts]
    rows = [
        tag(
            "tr",
            tag("td", plan.column, lang="zh-CN"),
            tag("td", plan.title, class_="gk-body", lang="zh-CN"),
            *[tag("td", str(number), class_="gk-due", data_name=word) for word, number in plan.counts],
        )
        for plan in plans
    ]
    inside = tag("div", table(heads, rows), class_="gk-plans")
    unfolded = look.unfolded and len(rows) <= _FEW
    return tag(
        "div", fold(say["matters.plans"], str(len(rows)), inside, unfolded=unfolded), class_="gk-on-paper"
    )


def _tools(found: Consolidation, page: _Page, look: Look) -> Html:
    """Counts that filter, and the tools."""
    say = look.say
    summary = found.summary()
    label = say.count("matters.number", len(found)) + say.colon
    having = [Pick(f"h-{name}", f"{word} {n}", HAVING[name]) for name, word, n in having_counts(found, say)]
    differing = [
        Pick(f"x-{name}", f"{say[f'matters.{name}']} {number}", "gk-same")
        for name, number in (
            ("who", summary["differing_departments"]),
            ("due", summary["differing_deadlines"]),
        )
        if number
    ]
    plans = [
        (column, [(f"p-{place}-{what}", _of(column, what, say)) for what in (*Presence, "only")])
        for place, column in enumerate(found.columns)
    ]
    tools = [
        search_box(say),
        choice("p", say["matters.every"], groups=plans),
        choice("c", say["matters.chapters"], [(token, name) for name, token in page.chapters.items()]),
        choice("d", say["matters.bodies"], [(token, name) for name, token in page.bodies.items()]),
        switch(say["matters.unfold"], opens=True, on=len(found.columns) <= _OPEN),
        shown(say),
        tag("span", theme(say), class_="gk-end"),
    ]
    chosen = [picks("h", label, having), picks("x", "", differing)]
    return join([tag("div", *chosen, class_="gk-two"), bar(*tools, label=say["page.tools"])])


def _of(column: str, what: str, say: Words) -> str:
    return say["matters.of_plan"].format(plan=clean(column), what=say[f"matters.{what}"])


def consolidation_html(found: Consolidation, look: Look) -> Html:
    """A table of matters: the plans, counts, one row a matter and one column a plan."""
    say = look.say
    lines = tuple(matter_lines(found, say))
    page = _Page(lines, found) if look.page else None
    parts = [title(say["matters.title"], look), _plans(found, look)]
    if page is not None:
        parts.append(_tools(found, page, look))
    else:
        counts = [(f"{word} {n}", HAVING[having]) for having, word, n in having_counts(found, say)]
        parts.append(chips([(say.count("matters.number", len(found)), "gk-plain"), *counts]))
    parts.append(tag("p", say["matters.signs"], class_="gk-facts"))
    parts += [filtered(say)] if page is not None else []
    bodies, hidden = _bodies(lines, look, page, len(found.columns) + 1)
    parts += [_table(found.columns, bodies, look), more(hidden, look)]
    if page is not None and bodies:
        parts += [nothing(say), keys(say)]
    return frame(*parts, look=look)


def matter_html(row: Matter, look: Look) -> Html:
    """One matter as a table of one row."""
    line = matter_line(row, 1, look.say)
    body = tag("tbody", _row(line, look, None))
    return frame(_table([cell.column for cell in line.cells], [body], look), look=look)
