"""When the tasks of a plan are due, as a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from gongkai.charts._asking import plans_of
from gongkai.charts._looks import Theme, dress, library, palette, titled, values
from gongkai.model import Plan
from gongkai.views._history_rows import label_of
from gongkai.views._text import clean
from gongkai.views._words import Language, Words, words
from gongkai.views.charting._times import DueLine, DueSort, Timeline, line_words, square_words, timeline

if TYPE_CHECKING:
    import altair as alt

__all__ = ["deadlines"]

#: A line of the picture holds so many tasks; more go on in a line below it.
_WIDE: Final = 24
_CELL: Final = 30

#: The hues of the kinds of deadline.
_COLOURS: Final[dict[DueSort, str]] = {
    "day": "blue",
    "period": "orange",
    "recurring": "green",
    "ongoing": "purple",
    "within": "vermilion",
    "none": "grey",
}


def deadlines(plan: Plan, *, language: Language = "zh", theme: Theme = "light") -> alt.LayerChart:
    """Draw when the tasks of a plan are due: a line a month, a square a task, with its number.

    Months in which nothing is due are there too. Where the plan reaches over years a line is a quarter or a
    year. Below them stands what names no day: what recurs, goes on, follows some event, or has no deadline
    at all. The deadlines of clauses and columns count; those of sentences where a task has no others.

    The data of the chart are rows of ``line``, ``place``, ``number``, ``task``, ``words``, ``who``, ``sort``
    and ``due``.

    Args:
        plan: the plan.
        language: the language of labels, ``zh`` or ``en``.
        theme: ``light`` or ``dark``.

    Raises:
        InvalidValue: it is no plan, or there is no such language or theme.
        MissingExtra: altair is not installed.

    >>> from gongkai import examples
    >>> chart = deadlines(examples.load("chenghu-2024"))
    >>> [(row["number"], row["words"]) for row in chart.data.values if row["due"] == "2024-06-30"]
    [('17', '2024年6月')]
    """
    (given,) = plans_of(plan, "charts.deadlines")
    library("charts.deadlines")
    import altair as alt

    colours, say = palette(theme, "charts.deadlines"), words(language, "gongkai.views.charting")
    found = timeline(given)
    rows = list(_rows(found, say))
    sorts: list[DueSort] = [
        sort for sort in _COLOURS if any(row["sort"] == say[f"sorts.{sort}"] for row in rows)
    ]
    base = alt.Chart().encode(
        x=alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.5, _WIDE - 0.5])),
        y=alt.Y(
            "line:O",
            title=None,
            scale=alt.Scale(domain=_lines(found, say)),
            axis=alt.Axis(labelExpr="split(datum.label, '|')[1]"),
        ),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=say[f"deadlines.{name}"])
            for name in ("number", "task", "words", "who", "sort")
        ],
    )
    squares = base.mark_square(size=_CELL * _CELL * 0.72, opacity=1).encode(
        color=alt.Color(
            "sort:N",
            scale=alt.Scale(
                domain=[say[f"sorts.{sort}"] for sort in sorts],
                range=[colours.hues[_COLOURS[sort]] for sort in sorts],
            ),
            legend=alt.Legend(title=None, orient="top", symbolType="square") if len(sorts) > 1 else None,
        )
    )
    letters = base.mark_text(fontSize=11).encode(
        text="short:N",
        color=alt.condition(
            alt.datum.sort == say["sorts.day"], alt.value(colours.on_hue), alt.value("#14181d")
        ),
    )
    chart = alt.LayerChart(data=values(rows), layer=[squares, letters]).properties(
        width=_CELL * _WIDE,
        height=alt.Step(_CELL),
        title=titled(f"{clean(given.title)}{say.colon}{say['deadlines.title']}", [say["deadlines.told"]]),
        description=say["deadlines.title"],
    )
    dress(chart, colours)
    return chart


def _lines(found: Timeline, say: Words) -> list[str]:
    """The lines of the picture by what names them: its number, then its words unless it goes on."""
    return [
        _line(number, part, line, say)
        for number, line in enumerate(found.lines)
        for part in range(max(1, -(-len(line.items) // _WIDE)))
    ]


def _line(number: int, part: int, line: DueLine, say: Words) -> str:
    return f"{number:03}.{part:03}|{'' if part else line_words(line, say)}"


def _rows(found: Timeline, say: Words) -> Iterator[dict[str, str | int | None]]:
    for number, line in enumerate(found.lines):
        for place, item in enumerate(line.items):
            days = [each.due for each in item.deadlines if each.due is not None]
            label = label_of(item.task)
            yield {
                "line": _line(number, place // _WIDE, line, say),
                "place": place % _WIDE,
                "number": label,
                "short": square_words(item, _CELL - 4, 11),
                "task": clean(item.task.text),
                "words": "、".join(dict.fromkeys([clean(each.text) for each in item.deadlines])),
                "who": "、".join([clean(body.name) for body in item.task.departments]),
                "sort": say[f"sorts.{item.sort}"],
                "due": max(days).isoformat() if days else None,
            }
