"""The pictures of a report: drawn as SVG that takes its colours from the page, and needs no library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from gongkai.model import Plan, Task
from gongkai.views._flow import fitting
from gongkai.views._history_rows import label_of
from gongkai.views._html import Html, join, tag
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views.charting._bodies import BodyTable
from gongkai.views.charting._ring import Ring, curve_of
from gongkai.views.charting._times import DueItem, Timeline, line_words, square_words

__all__ = ["bodies_svg", "due_legend", "due_svg", "ring_legend", "ring_svg"]

#: The size of letters, of a line and of a square with a task's number; room for names.
_LETTER: Final = 12.0
_LINE: Final = 22
_SQUARE: Final = 30
_NAMES: Final = 190

#: How many squares stand in a line.
_WIDE: Final = 24

#: How many shades there are between few and many.
_SHADES: Final = 5

Target = Callable[[Task], str | None]
"""The link from a picture to a task on the page."""


class _Text(NamedTuple):
    """A text in a picture."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = ""
    size: float = _LETTER

    def draw(self) -> Html:
        return tag(
            "text",
            self.text,
            x=f"{self.x:.1f}",
            y=f"{self.y:.1f}",
            text_anchor=None if self.anchor == "start" else self.anchor,
            class_=self.kind or None,
            font_size=f"{self.size:g}",
        )


def _svg(parts: Sequence[str], width: float, height: float, name: str) -> Html:
    return tag(
        "svg",
        tag("title", name),
        *parts,
        class_="gk-chart",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="img",
        lang="zh-CN",
    )


def bodies_svg(table: BodyTable, say: Words) -> Html:
    """Departments by plan and role, a shade and a number in each cell."""
    width = max(44, 13 * max(map(len, table.columns), default=2) + 8)
    most = max([number for row in table.rows for number in row.roles.values()], default=1)
    panel = width * len(table.columns) + 22
    parts: list[str] = []
    for place, role in enumerate(table.roles):
        left = _NAMES + place * panel
        middle = left + width * len(table.columns) / 2
        parts.append(_Text(middle, 16, say[f"roles.{role}"], "middle", "gk-strong", 13).draw())
        for number, column in enumerate(table.columns):
            x = left + (number + 0.5) * width
            parts.append(_Text(x, 36, fitting(clean(column), width - 2, 11), "middle", "gk-faint", 11).draw())
    for line, row in enumerate(table.rows):
        y = 46 + line * _LINE
        name = _Text(_NAMES - 8, y + 15, fitting(row.name, _NAMES - 12, _LETTER), "end").draw()
        parts.append(tag("g", tag("title", "、".join(row.names)), name))
        for place, role in enumerate(table.roles):
            for number, column in enumerate(table.columns):
                count = row.roles.get((number, role), 0)
                x = _NAMES + place * panel + number * width
                shade = -(-count * _SHADES // most) if count else 0
                box = tag(
                    "rect",
                    x=f"{x + 1:.0f}",
                    y=f"{y + 1:.0f}",
                    width=f"{width - 2:.0f}",
                    height=f"{_LINE - 2}",
                    rx="2",
                    class_=f"gk-shade-{shade}",
                )
                if not count:
                    parts.append(box)
                    continue
                facts = f"{row.name} · {clean(column)} · {say[f'roles.{role}']}{say.colon}{count}"
                dark = "gk-on-dark" if shade > _SHADES // 2 else ""
                words = _Text(x + width / 2, y + 15, str(count), "middle", dark).draw()
                parts.append(tag("g", tag("title", facts), box, words))
    size = (_NAMES + panel * max(1, len(table.roles)), 52 + _LINE * len(table.rows))
    return _svg(parts, *size, say["departments.title"])


def due_svg(found: Timeline, say: Words, target: Target) -> Html:
    """When tasks are due: a line a month, a square a task."""
    parts: list[str] = []
    head = 116
    y = 4.0
    for line in found.lines:
        parts.append(_Text(head - 10, y + 20, line_words(line, say), "end").draw())
        lines = max(1, -(-len(line.items) // _WIDE))
        for place, item in enumerate(line.items):
            x, top = head + place % _WIDE * _SQUARE, y + place // _WIDE * _SQUARE
            parts.append(_square(item, x, top, target(item.task)))
        y += lines * _SQUARE
    most = max([min(_WIDE, len(line.items)) for line in found.lines], default=1)
    return _svg(parts, head + max(4, most) * _SQUARE, y + 4, say["deadlines.title"])


def _square(item: DueItem, x: float, y: float, link: str | None) -> Html:
    label = label_of(item.task)
    words = "、".join(dict.fromkeys([clean(each.text) for each in item.deadlines]))
    who = "、".join([clean(body.name) for body in item.task.departments])
    facts = "\n".join(filter(None, [f"{label} {clean(item.task.text)}", who, words]))
    box = tag(
        "rect",
        x=f"{x + 2:.0f}",
        y=f"{y + 2:.0f}",
        width=str(_SQUARE - 4),
        height=str(_SQUARE - 4),
        rx="2",
        class_=f"gk-due-{item.sort}",
    )
    number = _Text(
        x + _SQUARE / 2, y + 19, square_words(item, _SQUARE - 5, 11), "middle", f"gk-on-{item.sort}", 11
    ).draw()
    drawn = [tag("title", facts), box, number]
    # The rows of tasks tell the same, and are reached by the keys.
    return tag("a", *drawn, href=link, tabindex="-1") if link else tag("g", *drawn)


def due_legend(timelines: Sequence[Timeline], say: Words) -> Html:
    """What the colours of squares mean."""
    there = {item.sort for found in timelines for line in found.lines for item in line.items}
    order = ("day", "period", "recurring", "ongoing", "within", "none")
    keys = [
        tag(
            "li",
            tag(
                "svg",
                tag("rect", width="14", height="12", rx="2", class_=f"gk-due-{sort}"),
                viewBox="0 0 14 12",
                width="14",
                height="12",
                aria_hidden="true",
            ),
            say[f"sorts.{sort}"],
        )
        for sort in order
        if sort in there
    ]
    return tag("ul", *keys, class_="gk-key")


def ring_svg(ring: Ring, plan: Plan, say: Words) -> Html:
    """Departments in a ring, and who shares tasks with whom."""
    knots = {knot.name: knot for knot in ring.knots}
    most = max([strand.tasks for strand in ring.strands], default=1)
    tasks = max([knot.tasks for knot in ring.knots], default=1)
    parts: list[str] = []
    for strand in ring.strands:
        points = curve_of(ring, knots[strand.one], knots[strand.other])
        line = "M" + "L".join([f"{x:.1f} {y:.1f}" for x, y in points])
        told = f"{strand.one} — {strand.other}{say.colon}{strand.tasks}"
        width = 1 + 5 * (strand.tasks - 1) / max(1, most - 1)
        title = tag("title", told)
        parts.append(tag("path", title, d=line, class_="gk-strand", stroke_width=f"{width:.1f}"))
    if ring.below is not None:
        parts.append(_Text(0, ring.below + 4, say["network.alone"], kind="gk-faint").draw())
    for knot in ring.knots:
        radius = 3 + 8 * (knot.tasks / tasks) ** 0.5
        told = (
            f"{knot.name}{say.colon}{say['network.tasks']} {knot.tasks}，{say['network.leads']} {knot.leads}"
        )
        side = 1 if knot.right else -1
        dot = tag(
            "circle",
            cx=f"{knot.x:.1f}",
            cy=f"{knot.y:.1f}",
            r=f"{radius:.1f}",
            class_="gk-leads" if knot.leads else "gk-helps",
        )
        anchor = "start" if knot.right else "end"
        called = _Text(knot.x + side * 14, knot.y + 4, fitting(knot.name, _NAMES, _LETTER), anchor).draw()
        parts.append(tag("g", tag("title", told), dot, called))
    return _svg(
        parts, ring.size[0], ring.size[1] + 6, f"{clean(plan.title)}{say.colon}{say['network.title']}"
    )


def ring_legend(say: Words) -> Html:
    """What the dots mean."""
    keys = [
        tag(
            "li",
            tag(
                "svg",
                tag("circle", cx="6", cy="6", r="5", class_=kind),
                viewBox="0 0 12 12",
                width="12",
                height="12",
                aria_hidden="true",
            ),
            say[f"network.{name}"],
        )
        for kind, name in (("gk-leads", "leading"), ("gk-helps", "helping"))
    ]
    return join([tag("ul", *keys, class_="gk-key")])
