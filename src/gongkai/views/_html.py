"""Writing HTML in which nothing can be forgotten: whatever is not HTML already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, final

from gongkai.views._text import visible

__all__ = ["Html", "join", "tag"]

#: Elements that hold nothing and have no end.
_VOID: Final = frozenset({"br", "input"})


@final
class Html(str):
    """Text that is HTML already; only :func:`tag`, :func:`join` and the shipped style sheet make it."""

    __slots__ = ()


def _safe(child: str) -> str:
    return child if type(child) is Html else escape(visible(child), quote=True)


def join(children: Iterable[str], between: str = "") -> Html:
    """Put children one after the other, escaped unless they are HTML.

    >>> join(["a<b", tag("i", "c")], " & ")
    'a&lt;b &amp; <i>c</i>'
    """
    return Html(escape(between).join([_safe(child) for child in children]))


def tag(name: str, *children: str, **attributes: str | bool | None) -> Html:
    """Write an element. ``class_`` stands for class; an attribute that is None or False is left out.

    >>> tag("td", "区<财政>局", class_="who", title='a"b')
    '<td class="who" title="a&quot;b">区&lt;财政&gt;局</td>'
    """
    opening = [name]
    for key, value in attributes.items():
        word = key.rstrip("_").replace("_", "-")
        if value is True:
            opening.append(word)
        elif value is not None and value is not False:
            opening.append(f'{word}="{escape(visible(value), quote=True)}"')
    if name in _VOID:
        return Html(f"<{' '.join(opening)}>")
    return Html(f"<{' '.join(opening)}>{''.join([_safe(child) for child in children])}</{name}>")
