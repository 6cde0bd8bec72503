"""Things as files of text: plain text, JSON, Markdown, a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from gongkai import views
from gongkai.codec import dumps, text_of
from gongkai.codec.printing import Grid, printed
from gongkai.model import Plan
from gongkai.reading import parse

if TYPE_CHECKING:
    from gongkai.comparing import Diff
    from gongkai.views import Language, Thing

__all__ = ["any_markdown", "any_page", "diff_json", "plan_json", "plan_text"]


def plan_text(plan: Plan, _language: Language) -> str:
    """A plan as text that ``gongkai.parse`` reads back.

    Where the lines of :func:`gongkai.text_of` lose something, a task table is written with bars between its
    cells; and where that does as well (a department that was inherited), the text that the plan was read
    from, if that tells it.
    """
    text = next((form for form in _forms(plan) if parse(form) == plan), text_of(plan))
    return text.rstrip("\n") + "\n"


def _forms(plan: Plan) -> Iterator[str]:
    yield text_of(plan)
    items = printed(plan)
    grid = next((item for item in items if isinstance(item, Grid)), None)
    if grid is not None:
        head = text_of(attrs.evolve(plan, content=(), closing=()))
        tail = text_of(Plan("", closing=plan.closing))
        yield "\n".join([head.rstrip("\n"), *_rows(grid), tail.strip("\n")])
    if plan.source is not None and plan.source.text:
        yield plan.source.text


def _rows(grid: Grid) -> Iterator[str]:
    yield "|".join(grid.heads)
    for row in grid.rows:
        said = {cell.column: " ".join([line.text for line in cell.lines]) for cell in row}
        yield "|".join([" ".join(said.get(at, "").split("\n")) for at in range(len(grid.columns))])


def plan_json(plan: Plan, _language: Language) -> str:
    """A plan as versioned JSON, which ``gongkai.loads`` reads back."""
    return dumps(plan, indent=2) + "\n"


def diff_json(diff: Diff, _language: Language) -> str:
    """A diff as versioned JSON, which ``Diff.from_json`` reads back."""
    return diff.to_json(indent=2) + "\n"


def any_markdown(thing: Thing, language: Language) -> str:
    """A thing as Markdown, with tables."""
    return views.markdown(thing, language=language)


def any_page(thing: Thing, language: Language) -> str:
    """A thing as one self-contained web page."""
    return views.page(thing, language=language)
