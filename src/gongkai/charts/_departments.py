"""Departments by tasks and role over plans, as a heat map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from gongkai.charts._asking import checked_limit, plans_of
from gongkai.charts._looks import Theme, dress, library, palette, titled, values
from gongkai.merging.sidebyside.columns import columns_of
from gongkai.model import Plan, Role
from gongkai.views._text import clean
from gongkai.views._words import Language, words
from gongkai.views.charting._bodies import BodyTable, body_table

if TYPE_CHECKING:
    import altair as alt

    from gongkai.directory import Directory

__all__ = ["departments"]


def departments(
    plans: Plan | Iterable[Plan],
    *,
    names: Sequence[str] | None = None,
    limit: int | None = 30,
    language: Language = "zh",
    theme: Theme = "light",
    directory: Directory | None = None,
) -> alt.FacetChart:
    """Draw who has how many tasks, in which role, in which plan: a heat map, a panel a role.

    A department that a reform renamed is one row; so are departments of a kind where the plans are of
    several districts. The data of the chart are rows of ``department``, ``names``, ``role``, ``plan`` and
    ``tasks``.

    Args:
        plans: the plans, in the order in which they are to stand.
        names: what they are called; by default their years, or whose they are.
        limit: how many departments are drawn, those with most tasks; None for all. The chart says how many
            are left out.
        language: the language of labels, ``zh`` or ``en``.
        theme: ``light`` or ``dark``.
        directory: what tells one body under two names from two; by default the shipped one.

    Raises:
        InvalidValue: there is no plan, or an argument is none of those that are possible.
        MissingExtra: altair is not installed.

    >>> from gongkai import examples
    >>> chart = departments([examples.load(f"chenghu-{year}") for year in (2023, 2024)], limit=5)
    >>> rows = [row for row in chart.data.values if row["role"] == "牵头"]
    >>> rows[0]["department"], rows[0]["plan"], rows[0]["tasks"]
    ('区政务服务和数据管理局', '2023', 6)
    """
    given = plans_of(plans, "charts.departments")
    checked_limit(limit, "charts.departments")
    library("charts.departments")
    import altair as alt

    colours, say = palette(theme, "charts.departments"), words(language, "gongkai.views.charting")
    columns = columns_of(given, names, "charts.departments")
    table = body_table(given, columns, limit, directory)
    roles = {role: say[f"roles.{role}"] for role in table.roles}
    rows = _rows(table, roles)
    most = max([number for row in table.rows for number in row.roles.values()], default=1)
    order = [row.name for row in table.rows]
    base = alt.Chart().encode(
        x=alt.X("plan:O", sort=list(columns), title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("department:N", sort=order, title=None),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=say[f"departments.{name}"])
            for name in ("department", "names", "plan", "role", "tasks")
        ],
    )
    cells = base.mark_rect(cornerRadius=2, stroke=colours.ground, strokeWidth=2).encode(
        color=alt.Color(
            "tasks:Q",
            scale=alt.Scale(domain=[0, most], range=[colours.few, colours.many]),
            legend=None,
        )
    )
    numbers = base.mark_text(fontSize=12).encode(
        text="tasks:Q",
        color=alt.condition(
            alt.datum.tasks > most / 2, alt.value(colours.on_many), alt.value(colours.on_few)
        ),
    )
    notes = [say["departments.whole"]]
    if table.rest:
        notes.append(say.count("departments.rest", table.rest, tasks=str(table.rest_tasks)))
    widest = max([len(column) for column in columns], default=4)
    chart = (
        alt.LayerChart(data=values(rows), layer=[cells, numbers])
        .properties(width=alt.Step(max(44, 13 * widest)), height=alt.Step(22))
        .facet(column=alt.Column("role:N", sort=list(roles.values()), title=None), spacing=24)
        .properties(title=titled(say["departments.title"], notes), description=say["departments.title"])
    )
    dress(chart, colours)
    return chart


def _rows(table: BodyTable, words_of: Mapping[Role, str]) -> list[dict[str, str | int]]:
    """One row for each department, role and plan, where there is anything to count."""
    return [
        {
            "department": row.name,
            "names": "、".join(row.names),
            "role": words_of[role],
            "plan": clean(column),
            "tasks": row.roles[place, role],
        }
        for row in table.rows
        for role in table.roles
        for place, column in enumerate(table.columns)
        if (place, role) in row.roles
    ]
