"""A whole HTML document around a view."""

from __future__ import annotations

from typing import Final

from gongkai.comparing.difference import Diff
from gongkai.model import Notice, Plan, Section
from gongkai.views._drawing import Thing
from gongkai.views._finding_rows import Checked, FindingList
from gongkai.views._html import Html, tag
from gongkai.views._rows import heading_words
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["whole_page"]

_STYLE: Final = Html(
    "<style>:root{color-scheme:light dark}"
    "body{margin:0;padding:1.5rem;background:light-dark(#eef1f4,#0c0f13)}"
    ".gongkai{margin:0 auto!important}"
    "@media print{body{padding:0;background:none}@page{margin:16mm 14mm}}</style>"
)


def _title(thing: Thing, say: Words) -> str:
    match thing:
        case Plan() | Notice():
            return clean(thing.title) or say["headings.untitled"]
        case Diff():
            return f"{clean(thing.old.title)} → {clean(thing.new.title)}"
        case Section():
            return heading_words(thing)
        case Checked():
            return clean(thing.plan.title) or say["headings.untitled"]
        case FindingList():
            return say["headings.findings"]
        case _:
            return "gongkai"


def whole_page(fragment: Html, thing: Thing, title: str | None, say: Words) -> str:
    """Put head and body around the fragment."""
    head = "".join(
        [
            '<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            # Nothing is fetched and nothing runs, whatever a document holds.
            '<meta http-equiv="Content-Security-Policy" ',
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            tag("title", _title(thing, say) if title is None else title),
            "\n",
            _STYLE,
        ]
    )
    whole = f'<html lang="{say.tag}">\n<head>\n{head}\n</head>\n<body>\n{fragment}\n</body>\n</html>'
    return f"<!DOCTYPE html>\n{whole}\n"
