"""A merge as a picture, and its conflicts as lines of a message."""

from __future__ import annotations

from pathlib import Path

from gongkai.cli._drawing import draw
from gongkai.cli._files import Format
from gongkai.merging import Merge
from gongkai.views import Language
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["drawn", "lines_of"]


def drawn(
    merge: Merge, form: Format, language: Language, width: int | None, output: Path | None = None
) -> str:
    """Return a merge as a picture; as JSON it is the file that can be gone on with."""
    if form == "json":
        return merge.to_json(indent=2) + "\n"
    return draw(merge, form, output, language, width)


def lines_of(merge: Merge, say: Words) -> list[str]:
    """Return a line for each conflict: its id, and who wants what."""
    return [f"  {clean(one.id)}  {clean(one.explain(say.language))}" for one in merge.conflicts]
