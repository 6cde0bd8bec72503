"""Where the model's ``_repr_*_`` methods ask for a picture of themselves.

One formatter is registered for the whole library. The model imports no view: it knows the name of the room
that registers it, and that room is imported when something is first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

__all__ = ["Shown", "register", "render", "shorten"]

Formatter = Callable[[object, str], str | None]

_formatter: Formatter | None = None
#: The room that registers the formatter when it is imported. Named here and not by the public face, which
#: would have to import the model for it.
_PROVIDER: Final = "gongkai.views"


def register(formatter: Formatter) -> None:
    """Make ``formatter(thing, style)`` answer for every class; style is ``html`` or ``markdown``."""
    global _formatter  # noqa: PLW0603 - one registration for the process
    _formatter = formatter


def render(thing: object, style: str) -> str | None:
    """Return the thing in that style, or None where nobody can draw it (then its plain repr is shown)."""
    if _formatter is None:
        import_module(_PROVIDER)
    return _formatter(thing, style) if _formatter is not None else None


def shorten(text: str, width: int = 24) -> str:
    """Cut a text for a one-line display."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


class Shown:
    """Gives a class its notebook display: HTML, Markdown, and its plain repr where neither can be shown."""

    __slots__ = ()

    def _repr_mimebundle_(self, *asked: object, **wanted: object) -> dict[str, str]:
        """Everything at once: a notebook that wants less of it takes what it wants."""
        del asked, wanted
        drawn = {"text/html": self._repr_html_(), "text/markdown": self._repr_markdown_()}
        return {"text/plain": repr(self)} | {kind: text for kind, text in drawn.items() if text is not None}

    def _repr_html_(self) -> str | None:
        return render(self, "html")

    def _repr_markdown_(self) -> str | None:
        return render(self, "markdown")
