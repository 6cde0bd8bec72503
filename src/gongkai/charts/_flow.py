"""Tasks from plan to plan, as blocks and bands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from gongkai.charts._looks import Theme, dress, library, palette, titled, values
from gongkai.comparing import History
from gongkai.errors import InvalidValue
from gongkai.views._flow import fitting
from gongkai.views._words import Language, Words, words
from gongkai.views.charting._streams import BandSort, Streams, streams_of

if TYPE_CHECKING:
    import altair as alt

__all__ = ["flow"]

#: The width of a block and of the room between two columns, in units; a block of one task's height.
_WIDE: Final = 230
_BETWEEN: Final = 90
_HIGH: Final = {"task": 17, "section": 9}

_POINTS: Final = 10

#: The hues of the edges of blocks, as wide as so many units.
_EDGES: Final = {"came": "green", "went": "vermilion"}
_EDGE: Final = 5

_BANDS: Final[dict[BandSort, str]] = {"continued": "sky", "branched": "orange", "returned": "purple"}


def flow(
    history: History,
    *,
    by: Literal["task", "section"] | None = None,
    language: Language = "zh",
    theme: Theme = "light",
) -> alt.LayerChart:
    """Draw how tasks go on from plan to plan, split, merge, come and go.

    The left edge of a block is coloured as far as its tasks are new in the plan, the right edge as far as no
    later plan has them. The data of the chart
    stand in its layers: bands with ``old``, ``new``, ``sort`` and ``tasks``, blocks with ``block``,
    ``plan``, ``tasks``, ``came`` and ``went``.

    Args:
        history: what ``trace`` found.
        by: whether a block is a ``task`` or a ``section`` (a chapter, as high as it has tasks); by default a
            task, and a chapter where a plan has more than 48 tasks.
        language: the language of labels, ``zh`` or ``en``.
        theme: ``light`` or ``dark``.

    Raises:
        InvalidValue: it is no history, or an argument is none of those that are possible.
        MissingExtra: altair is not installed.

    >>> import gongkai
    >>> from gongkai import examples
    >>> plans = [examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)]
    >>> chart = flow(gongkai.trace(plans), by="section")
    >>> [row["block"] for row in chart.layer[1].data.values if row["plan"] == "2024"][0]
    '二、围绕中心工作,深化重点领域信息公开'
    """
    if type(history) is not History:
        raise InvalidValue("charts.flow", "history", history, "a History")
    if by not in {None, "task", "section"}:
        raise InvalidValue("charts.flow", "by", by, "task, section or None")
    library("charts.flow")
    import altair as alt

    colours, say = palette(theme, "charts.flow"), words(language, "gongkai.views.charting")
    found = streams_of(history, by)
    high = _HIGH[found.by]
    width = len(found.columns) * (_WIDE + _BETWEEN) - _BETWEEN
    across = alt.Scale(domain=[0, width], nice=False)
    down = alt.Scale(domain=[found.height * high, -28], nice=False)

    def x(name: str) -> alt.X:
        return alt.X(f"{name}:Q", axis=None, scale=across)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", axis=None, scale=down)

    sorts: list[BandSort] = [sort for sort in _BANDS if any(band.sort == sort for band in found.bands)]
    bands = (
        alt.Chart(values(list(_band_rows(found, say))))
        .mark_area(opacity=0.5, interpolate="monotone", line=False)
        .encode(
            x=x("x"),
            y=y("y"),
            y2="y2:Q",
            detail="band:N",
            color=alt.Color(
                "sort:N",
                scale=alt.Scale(
                    domain=[say[f"bands.{sort}"] for sort in sorts],
                    range=[colours.hues[_BANDS[sort]] for sort in sorts],
                ),
                legend=alt.Legend(title=None, orient="top", symbolType="square"),
            ),
            tooltip=_tips(("old", "new", "sort", "tasks"), say),
        )
    )
    rows = list(_bar_rows(found, say))
    tips = _tips(("block", "plan", "tasks", "came", "went"), say)
    blocks = (
        alt.Chart(values(rows))
        .mark_rect(fill=colours.line, cornerRadius=2)
        .encode(x=x("x"), x2="x2:Q", y=y("y"), y2="y2:Q", tooltip=tips)
    )
    ends = list(_edge_rows(found, say))
    kinds = [kind for kind in _EDGES if any(row["kind"] == kind for row in ends)]
    edges = (
        alt.Chart(values(ends))
        .mark_rect()
        .encode(
            x=x("x"),
            x2="x2:Q",
            y=y("y"),
            y2="y2:Q",
            fill=alt.Fill(
                "sort:N",
                scale=alt.Scale(
                    domain=[say[f"bars.{kind}"] for kind in kinds],
                    range=[colours.hues[_EDGES[kind]] for kind in kinds],
                ),
                legend=alt.Legend(title=None, orient="top", symbolType="square") if kinds else None,
            ),
            tooltip=_tips(("block", "plan", "sort", "tasks"), say),
        )
    )
    names = (
        alt.Chart(values(rows))
        .mark_text(align="left", dx=8, fontSize=11, color=colours.ink)
        .encode(x=x("x"), y=y("middle"), text="short:N", tooltip=tips)
    )
    heads = (
        alt.Chart(values(_heads(found, say)))
        .mark_text(align="left", fontSize=14, fontWeight="bold", color=colours.ink)
        .encode(x=x("x"), y=y("y"), text="plan:N")
    )
    chart = alt.LayerChart(
        layer=[bands, blocks, edges, names, heads],
        resolve=alt.Resolve(scale=alt.ScaleResolveMap(color="independent", fill="independent")),
    ).properties(
        width=width,
        height=round(found.height * high) + 28,
        title=titled(say["flow.title"], [say[f"flow.{found.by}"]]),
        description=say["flow.title"],
    )
    dress(chart, colours)
    return chart


def _tips(names: tuple[str, ...], say: Words) -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip(f"{name}:N", title=say[f"flow.{name}"]) for name in names]


def _left(column: int) -> int:
    return column * (_WIDE + _BETWEEN)


def _heads(found: Streams, say: Words) -> list[dict[str, str | float]]:
    return [{"plan": name, "x": _left(place), "y": -12} for place, name in enumerate(found.columns)]


def _bar_rows(found: Streams, say: Words) -> Iterator[dict[str, str | float]]:
    high = _HIGH[found.by]
    for bar in found.bars:
        x = _left(bar.column)
        name = bar.name or say["flow.loose"]
        yield {
            "block": name,
            "short": fitting(name, _WIDE - 16, 11) if bar.size * high > 11 else "",
            "plan": found.columns[bar.column],
            "tasks": bar.size,
            "came": bar.came,
            "went": bar.went,
            "x": x,
            "x2": x + _WIDE,
            "y": bar.top * high,
            "y2": (bar.top + bar.size) * high,
            "middle": (bar.top + bar.size / 2) * high,
        }


def _edge_rows(found: Streams, say: Words) -> Iterator[dict[str, str | float]]:
    """The tasks that are new at the left of a block, at its end those that no later plan has at the right."""
    high = _HIGH[found.by]
    for bar in found.bars:
        left, bottom = _left(bar.column), (bar.top + bar.size) * high
        for kind, tasks, x in (("came", bar.came, left), ("went", bar.went, left + _WIDE - _EDGE)):
            if tasks:
                yield {
                    "block": bar.name or say["flow.loose"],
                    "plan": found.columns[bar.column],
                    "kind": kind,
                    "sort": say[f"bars.{kind}"],
                    "tasks": tasks,
                    "x": x,
                    "x2": x + _EDGE,
                    "y": bottom - tasks * high,
                    "y2": bottom,
                }


def _band_rows(found: Streams, say: Words) -> Iterator[dict[str, str | float]]:
    high, bars = _HIGH[found.by], {bar.id: bar for bar in found.bars}
    for number, band in enumerate(found.bands):
        old, new = bars[band.old], bars[band.new]
        start, end = _left(old.column) + _WIDE, _left(new.column)
        for step in range(_POINTS + 1):
            t = step / _POINTS
            bent = t * t * (3 - 2 * t)
            tops = [
                high * (first + (last - first) * bent)
                for first, last in zip(band.starts, band.ends, strict=True)
            ]
            yield {
                "band": number,
                "x": round(start + (end - start) * t, 1),
                "y": round(tops[0], 2),
                "y2": round(tops[1], 2),
                "old": f"{found.columns[old.column]} {old.name}",
                "new": f"{found.columns[new.column]} {new.name}",
                "sort": say[f"bands.{band.sort}"],
                "tasks": band.tasks,
            }
