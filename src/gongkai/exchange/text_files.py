"""Things as files of text: plain text, JSON, Markdown, a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai import views
from gongkai.codec import dumps, text_of
from gongkai.reading import parse

if TYPE_CHECKING:
    from gongkai.comparing import Diff
    from gongkai.model import Plan
    from gongkai.views import Language, Thing

__all__ = ["any_markdown", "any_page", "diff_json", "plan_json", "plan_text"]


def plan_text(plan: Plan, _language: Language) -> str:
    """A plan as text that ``gongkai.parse`` reads back.

    Where print loses something (that a department was inherited, the columns of a table) and the text that
    the plan was read from gives it, that text is written.
    """
    printed = text_of(plan)
    source = plan.source.text if plan.source is not None else None
    if source and parse(printed) != plan and parse(source) == plan:
        printed = source
    return printed.rstrip("\n") + "\n"


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
