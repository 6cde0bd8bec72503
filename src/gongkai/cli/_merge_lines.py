"""A merge as lines: what is left to decide, and what became of every change."""

from __future__ import annotations

from typing import Any, Final

from gongkai import views
from gongkai.cli._files import Format
from gongkai.merging import Merge
from gongkai.views import Language
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["drawn", "lines_of"]

_VIEWS: Final[Any] = views


def drawn(merge: Merge, form: Format, language: Language, width: int | None) -> str:
    """Return a merge as a picture; as JSON it is the file that can be gone on with."""
    match form:
        case "json":
            return merge.to_json(indent=2) + "\n"
        case "html":
            return str(_VIEWS.page(merge, language=language))
        case "md" | "table":
            say = words(language, "gongkai.cli")
            told = [say.count("merging.left", len(merge.conflicts)), *lines_of(merge, say)]
            told += [say.count("merging.decisions", len(merge.decisions))]
            told += [f"  {clean(one.explain(language))}" for one in merge.decisions]
            return "\n".join([f"- {line.strip()}" if form == "md" else line for line in told]) + "\n"


def lines_of(merge: Merge, say: Words) -> list[str]:
    """Return a line for each conflict: its id, and who wants what."""
    return [f"  {clean(one.id)}  {clean(one.explain(say.language))}" for one in merge.conflicts]
