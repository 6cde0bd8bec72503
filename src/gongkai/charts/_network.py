"""The responsibility network of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.charts._asking import checked_limit, plans_of
from gongkai.charts._looks import Theme, dress, library, palette, titled, values
from gongkai.model import Plan
from gongkai.views._text import clean
from gongkai.views._words import Language, Words, words
from gongkai.views.charting._ring import Ring, curve_of, ring_of

if TYPE_CHECKING:
    import altair as alt

__all__ = ["network"]


def network(
    plan: Plan, *, limit: int | None = 60, language: Language = "zh", theme: Theme = "light"
) -> alt.LayerChart:
    """Draw which departments share tasks: a ring of departments, a curve between two that share some.

    Dots are as large as a department has tasks, filled where it leads any, and lines as thick as two have
    tasks in common. Departments that share no task stand below the ring. A task that more than 30
    departments share draws no lines: it says little of any two. Of more than 240 pairs those with most tasks
    in common are joined; the chart says how many are not.

    The data of the chart stand in its layers: departments with ``tasks``, ``leads`` and ``partners``, pairs
    with ``shared`` and ``led``.

    Args:
        plan: the plan.
        limit: how many departments are drawn, those with most tasks; None for all. The chart says how many
            are left out.
        language: the language of labels, ``zh`` or ``en``.
        theme: ``light`` or ``dark``.

    Raises:
        InvalidValue: it is no plan, or an argument is none of those that are possible.
        MissingExtra: altair is not installed.

    >>> from gongkai import examples
    >>> chart = network(examples.load("chenghu-2024"), limit=12)
    >>> knots = chart.layer[1].data.values
    >>> max(knots, key=lambda row: row["tasks"])["department"]
    '各部门'
    """
    (given,) = plans_of(plan, "charts.network")
    checked_limit(limit, "charts.network")
    library("charts.network")
    import altair as alt

    colours, say = palette(theme, "charts.network"), words(language, "gongkai.views.charting")
    ring = ring_of(given, limit)
    wide, high = ring.size
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, wide], nice=False))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, 0], nice=False))
    curves = (
        alt.Chart(values(list(_curves(ring))))
        .mark_line(color=colours.hues["sky"])
        .encode(
            x=across,
            y=down,
            detail="pair:N",
            order="step:Q",
            strokeWidth=alt.StrokeWidth(
                "shared:Q", scale=alt.Scale(type="linear", domainMin=1, range=[1.2, 6]), legend=None
            ),
            opacity=alt.Opacity("shared:Q", scale=alt.Scale(domainMin=1, range=[0.55, 0.95]), legend=None),
            tooltip=_tips(("one", "other", "shared", "led"), say),
        )
    )
    dots = alt.Chart(values(list(_dots(ring, say)))).encode(
        x=across, y=down, tooltip=_tips(("department", "tasks", "leads", "partners"), say)
    )
    kinds = [say["network.leading"], say["network.helping"]]
    circles = dots.mark_circle(opacity=1, stroke=colours.hues["blue"], strokeWidth=1.5).encode(
        size=alt.Size("tasks:Q", scale=alt.Scale(domainMin=0, range=[30, 420]), legend=None),
        color=alt.Color(
            "sort:N",
            scale=alt.Scale(domain=kinds, range=[colours.hues["blue"], colours.ground]),
            legend=alt.Legend(title=None, orient="top", symbolStrokeColor=colours.hues["blue"]),
        ),
    )
    names = [
        dots.transform_filter(alt.datum.right == right)
        .mark_text(
            align="left" if right else "right", dx=14 if right else -14, fontSize=12, color=colours.ink
        )
        .encode(text="department:N")
        for right in (True, False)
    ]
    notes = [say["network.told"]]
    notes += [say.count("network.rest", ring.rest)] if ring.rest else []
    notes += [say.count("network.faint", ring.faint)] if ring.faint else []
    alone = [{"x": 0, "y": ring.below, "told": say["network.alone"]}] if ring.below is not None else []
    head = (
        alt.Chart(values(alone))
        .mark_text(align="left", fontSize=12, color=colours.soft)
        .encode(x=across, y=down, text="told:N")
    )
    chart = alt.LayerChart(layer=[curves, circles, *names, head]).properties(
        width=round(wide),
        height=round(high),
        title=titled(f"{clean(given.title)}{say.colon}{say['network.title']}", notes),
        description=say["network.title"],
    )
    dress(chart, colours)
    return chart


def _tips(names: tuple[str, ...], say: Words) -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip(f"{name}:N", title=say[f"network.{name}"]) for name in names]


def _dots(ring: Ring, say: Words) -> Iterator[dict[str, str | int | float | bool]]:
    for knot in ring.knots:
        yield {
            "department": knot.name,
            "x": round(knot.x, 1),
            "y": round(knot.y, 1),
            "right": knot.right,
            "tasks": knot.tasks,
            "leads": knot.leads,
            "partners": knot.partners,
            "sort": say["network.leading" if knot.leads else "network.helping"],
        }


def _curves(ring: Ring) -> Iterator[dict[str, str | int | float]]:
    knots = {knot.name: knot for knot in ring.knots}
    for number, strand in enumerate(ring.strands):
        for step, (x, y) in enumerate(curve_of(ring, knots[strand.one], knots[strand.other])):
            yield {
                "pair": number,
                "step": step,
                "x": round(x, 1),
                "y": round(y, 1),
                "one": strand.one,
                "other": strand.other,
                "shared": strand.tasks,
                "led": strand.led,
            }
