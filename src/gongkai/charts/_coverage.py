"""What plans carry of one reference, as a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gongkai.charts._asking import checked_limit
from gongkai.charts._looks import Theme, dress, library, palette, titled, values
from gongkai.comparing import Carriage, Coverage
from gongkai.comparing.telling import percent
from gongkai.views._flow import fitting
from gongkai.views._history_rows import label_of
from gongkai.views._text import clean
from gongkai.views._words import Language, Words, words
from gongkai.views.charting._carrying import SIGNS, CarriedTable, carried_table

if TYPE_CHECKING:
    import altair as alt

__all__ = ["coverage"]

_COLOURS: Final[dict[Carriage, str]] = {
    Carriage.CARRIED: "blue",
    Carriage.PARTIAL: "orange",
    Carriage.ABSENT: "vermilion",
    Carriage.NOT_APPLICABLE: "grey",
}

#: Room for the words of a task, in units of the chart.
_ROOM: Final = 300


def coverage(
    coverages: Coverage | Iterable[Coverage],
    *,
    names: Sequence[str] | None = None,
    limit: int | None = 60,
    language: Language = "zh",
    theme: Theme = "light",
) -> alt.LayerChart:
    """Draw what plans carry of one reference: its tasks one below the other, the plans side by side.

    Each cell has a sign beside its colour: ● carried, ◐ in part, ○ absent, – not applicable. Above each plan
    stands the share that it carries. The data of the chart are rows of ``task``, ``plan``, ``status`` and
    ``carriers``.

    Args:
        coverages: coverages of one reference by several plans, or one.
        names: what the plans are called; by default whose they are, or their years.
        limit: how many tasks are drawn, those that fewest plans carry; None for all. The chart says how many
            are left out.
        language: the language of labels, ``zh`` or ``en``.
        theme: ``light`` or ``dark``.

    Raises:
        InvalidValue: there is no coverage, they have not one reference, or an argument is none of those that
            are possible.
        MissingExtra: altair is not installed.

    >>> import gongkai
    >>> from gongkai import examples
    >>> city = examples.load("lanjiang-2024")
    >>> districts = [examples.load(name) for name in ("chenghu-2024", "songping-2024")]
    >>> chart = coverage([gongkai.coverage(city, district) for district in districts])
    >>> sorted({row["plan"] for row in chart.data.values})
    ['松坪区', '澄湖区']
    """
    checked_limit(limit, "charts.coverage")
    table = carried_table(coverages, names, limit, "charts.coverage")
    library("charts.coverage")
    import altair as alt

    colours, say = palette(theme, "charts.coverage"), words(language, "gongkai.views.charting")
    status = {each: words(language)[f"carriages.{each}"] for each in Carriage}
    rows = list(_rows(table, status))
    present = [each for each in Carriage if any(row["status"] == status[each] for row in rows)]
    base = alt.Chart().encode(
        x=alt.X(
            "column:O",
            title=None,
            scale=alt.Scale(domain=_columns(table)),
            axis=alt.Axis(orient="top", labelAngle=0, labelPadding=22, labelExpr="split(datum.label, '|')"),
        ),
        y=alt.Y(
            "row:O",
            title=None,
            axis=alt.Axis(
                labelExpr="slice(datum.label, 5)",
                labelLimit=_ROOM + 40,
                labelAlign="left",
                labelPadding=_ROOM + 8,
            ),
        ),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=say[f"coverage.{name}"])
            for name in ("task", "plan", "status", "carriers")
        ],
    )
    cells = base.mark_rect(cornerRadius=2, stroke=colours.ground, strokeWidth=2).encode(
        color=alt.Color(
            "status:N",
            scale=alt.Scale(
                domain=[status[each] for each in present],
                range=[colours.hues[_COLOURS[each]] for each in present],
            ),
            legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
        )
    )
    signs = base.mark_text(fontSize=13).encode(
        text="sign:N",
        color=alt.condition(
            alt.datum.status == status[Carriage.CARRIED], alt.value(colours.on_hue), alt.value("#14181d")
        ),
    )
    widest = max([len(column) for column in table.columns], default=4)
    chart = alt.LayerChart(data=values(rows), layer=[cells, signs]).properties(
        width=alt.Step(max(64, 14 * widest)),
        height=alt.Step(22),
        title=titled(say["coverage.title"], _notes(table, say)),
        description=say["coverage.title"],
    )
    dress(chart, colours)
    return chart


def _notes(table: CarriedTable, say: Words) -> list[str]:
    if not table.rest:
        return []
    return [say.count("coverage.rest_all" if table.rest_carried else "coverage.rest", table.rest)]


def _columns(table: CarriedTable) -> list[str]:
    """The plans with their shares, in two lines."""
    shares = [percent(tally.share) if tally.share is not None else "—" for tally in table.tallies]
    names = [clean(column).replace("|", "｜") for column in table.columns]
    return [f"{name}|{share}" for name, share in zip(names, shares, strict=True)]


def _rows(table: CarriedTable, status: dict[Carriage, str]) -> Iterator[dict[str, str]]:
    columns = _columns(table)
    for number, row in enumerate(table.rows):
        task = row.cells[0].task
        text = f"{label_of(task)} {clean(task.text)}".strip()
        for column, name, cell in zip(columns, table.columns, row.cells, strict=True):
            yield {
                "row": f"{number:04} {fitting(text, _ROOM, 12)}",
                "task": text,
                "column": column,
                "plan": clean(name),
                "status": status[cell.status],
                "sign": SIGNS[cell.status],
                "carriers": "、".join([f"{label_of(other)} {clean(other.text)}" for other in cell.tasks]),
            }
