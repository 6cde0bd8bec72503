"""How every command draws what it found, and the parameters that say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, TypeAlias

from cyclopts import Parameter

from gongkai import views
from gongkai.cli._files import Format, Wrong
from gongkai.views import Language
from gongkai.views._words import Words

__all__ = ["LANGUAGE", "Force", "Output", "Tongue", "Width", "check_width", "draw"]

LANGUAGE: Final = "--language"

# The help of a parameter is the name of its words; see `_told` in `_app`.
Output: TypeAlias = Annotated[Path | None, Parameter(name=("--output", "-o"), help="help.output")]
Force: TypeAlias = Annotated[
    bool, Parameter(name="--force", negative=(), show_default=False, help="help.force")
]
Tongue: TypeAlias = Annotated[Language, Parameter(name=LANGUAGE, help="help.language")]
Width: TypeAlias = Annotated[int | None, Parameter(name="--width", help="help.width")]


def check_width(width: int | None, say: Words) -> None:
    """Refuse a width that is none.

    Raises:
        Wrong: it is not positive.
    """
    if width is not None and width < 1:
        raise Wrong(say["messages.width"].format(width=width))


def draw(
    thing: views.Thing,
    form: Format,
    output: Path | None,
    language: Language,
    width: int | None,
    *,
    title: str | None = None,
    everything: bool = False,
) -> str:
    """Return a thing as a page, Markdown or text for a terminal; a file gets no colours.

    ``everything`` asks for what did not change in a diff as well; a page always has it.
    """
    if form == "html":
        return views.page(thing, title=title, language=language)
    if form == "md":
        return views.markdown(thing, language=language, everything=everything)
    color = False if output is not None else None
    return views.terminal(thing, width=width, color=color, language=language, everything=everything)
