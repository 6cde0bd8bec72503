"""The first rows of a table, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, cast

from gongkai.tables.cells import cell_text
from gongkai.tables.vocabulary import Column
from gongkai.views._html import Html, tag
from gongkai.views._markdown import escape, pipe_table
from gongkai.views._parts_html import Look, frame
from gongkai.views._text import clean
from gongkai.views._words import words

__all__ = ["html", "markdown"]

#: So many rows are shown.
_ROWS: Final = 20
#: So many characters of a cell are shown; of a digest, which nobody reads, fewer.
_WIDEST: Final = 60
_DIGEST: Final = 12


def html(columns: Iterable[Column], rows: Iterator[object]) -> str:
    """Return the first rows as HTML; what stands in them is escaped."""
    heads, body = _picture(columns, rows)
    head = tag("tr", *[tag("th", name, scope="col") for name in heads])
    lines = [tag("tr", *[tag("td", cell) for cell in cells]) for cells in body[:_ROWS]]
    table = tag("table", tag("thead", head), tag("tbody", *lines), class_="gk-data")
    more = tag("p", "…", class_="gk-soft") if len(body) > _ROWS else Html()
    return str(frame(tag("div", table, class_="gk-scroll"), more, look=Look(words("zh"))))


def markdown(columns: Iterable[Column], rows: Iterator[object]) -> str:
    """Return the first rows as a table of Markdown."""
    heads, body = _picture(columns, rows)
    more = ["", "…"] if len(body) > _ROWS else []
    lines = pipe_table(heads, [[escape(cell) for cell in cells] for cells in body[:_ROWS]])
    return "\n".join([*lines, *more, ""])


def _picture(columns: Iterable[Column], rows: Iterator[object]) -> tuple[list[str], list[list[str]]]:
    """Return heads and cells of the columns in which some row has something; one row more than is shown."""
    found = cast("list[Mapping[str, object]]", list(islice(rows, _ROWS + 1)))
    shown = [each for each in columns if not found or any(_holds(row[each.name]) for row in found)]
    cells = [[_cell(row[each.name], each) for each in shown] for row in found]
    return [each.name for each in shown], cells


def _holds(value: object) -> bool:
    return value not in (None, False, "", [])


def _cell(value: object, column: Column) -> str:
    text = clean(cell_text(value, column, "").replace("\n", "；"))
    most = _DIGEST if column.name == "digest" else _WIDEST
    return text if len(text) <= most else text[: most - 1] + "…"
