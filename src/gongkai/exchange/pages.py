"""A plan as a page of a government site, which ``gongkai.read`` reads back equal."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final, cast

from gongkai.codec.carried import MEDIA_TYPE, carried
from gongkai.codec.printing import Grid, Line, printable, printed, record_pairs
from gongkai.exchange.word.layout import level
from gongkai.model import Plan
from gongkai.views import Language

__all__ = ["plan_page"]

_HEADINGS: Final = {"first": "h2", "second": "h3", "lower": "h4"}
#: No script runs, nothing is fetched: a page of a document needs neither.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def _tags() -> dict[str, list[str]]:
    text = files("gongkai.exchange").joinpath("page.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, list[str]]]", tomllib.loads(text))["meta"]


def plan_page(plan: Plan, _language: Language = "zh") -> str:
    """Return a plan as one self-contained page, as a government site would publish it.

    It has the meta tags of 网页标签规范 (国办发〔2017〕47号, annex) as far as the plan knows their values,
    the record, the covering notice and the plan; a task table is a table. It has no script, fetches nothing,
    fits a telephone and prints on A4. What print cannot tell is carried beside it.

    >>> import gongkai
    >>> from gongkai.exchange.pages import plan_page
    >>> plan = gongkai.examples.load("chenghu-2024")
    >>> gongkai.read(plan_page(plan).encode()) == plan
    True
    """
    title = plan.notice.title if plan.notice is not None else plan.title
    style = files("gongkai.exchange").joinpath("page.css").read_text(encoding="utf-8")
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        *[f'<meta name="{name}" content="{_text(value)}">' for name, value in _meta(plan, title)],
        f"<style>\n{style}</style>",
        f'<script type="{MEDIA_TYPE}">{carried(plan)}</script>',
        "</head>",
        "<body>",
        '<article class="article-content">',
        *_record(plan),
        *_body(plan),
        "</article>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return escape(printable(text))


def _shown(text: str) -> str:
    """Return a text of the page's body, in which lines break where they do in the plan."""
    return _text(text).replace("\n", "<br>")


def _meta(plan: Plan, title: str) -> Iterator[tuple[str, str]]:
    """Yield the tags whose values the plan knows."""
    others: dict[str, str] = {}
    for key, value in plan.record.others:
        others.setdefault(key, value)
    if title:
        yield "ArticleTitle", title
    published = plan.record.published_on
    for name, places in _tags().items():
        values = [others.get(place, "") for place in places]
        if published is not None and "published_on" in places:
            values.append(published.isoformat())
        value = next(filter(None, values), "")
        if value:
            yield name, value


def _record(plan: Plan) -> Iterator[str]:
    pairs = record_pairs(plan.record)
    if not pairs:
        return
    yield '<table class="record">'
    for key, value in pairs:
        yield f'<tr><th scope="row">{_shown(key)}</th><td>{_shown(value)}</td></tr>'
    yield "</table>"


def _body(plan: Plan) -> Iterator[str]:
    for item in printed(plan):
        yield from _grid(item) if isinstance(item, Grid) else (_line(item, parted=plan.notice is not None),)


def _line(line: Line, *, parted: bool) -> str:
    match line.role:
        case "notice-title":
            return f"<h1>{_shown(line.text)}</h1>"
        case "title":
            begins = ' class="plan"' if parted else ""
            return f"<h1{begins}>{_shown(line.text)}</h1>"
        case "section":
            label = line.parts[0].text if line.parts[0].kind == "label" else "一、"
            tag = _HEADINGS[level(label)]
            return f"<{tag}>{_shown(line.text)}</{tag}>"
        case "task" | "paragraph" | "body":
            parts = [
                f'<span class="clause">{_shown(part.text)}</span>'
                if part.kind == "clause"
                else _shown(part.text)
                for part in line.parts
            ]
            return f"<p>{''.join(parts)}</p>"
        case _:
            return f'<p class="{line.role}">{_shown(line.text)}</p>'


def _grid(grid: Grid) -> Iterator[str]:
    yield '<div class="wide"><table class="tasks">'
    heads = [f'<th scope="col">{_shown(head)}</th>' for head in grid.heads]
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in grid.rows:
        cells: list[str] = []
        for cell in row:
            spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
                f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            )
            named = ' class="band"' if cell.columns > 1 else ""
            cells.append(f"<td{named}{spans}>{_lines(cell.lines)}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table></div>"


def _lines(lines: Iterable[Line]) -> str:
    return "<br>".join([_shown(line.text) for line in lines])
