"""Places: what page, sheet, table, cell or paragraph of its container a text came from."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_member, within

__all__ = ["Place", "PlaceKind"]

#: No text is longer.
_FAR = 2**40


@unique
class PlaceKind(StrEnum):
    """What a place is, from the outermost to the innermost."""

    PAGE = "page"
    SHEET = "sheet"
    TABLE = "table"
    CELL = "cell"
    PARAGRAPH = "paragraph"


def _to_kind(value: PlaceKind | str) -> PlaceKind:
    return to_member(PlaceKind, value)


@final
@frozen(weakref_slot=False)
class Place(Shown):
    """A place of the container that begins at some character of the text.

    It holds up to the next place of its kind or of one further out. One without a name only ends those: what
    follows a table stands in none.

    Attributes:
        start: offset of its first character in the source text.
        kind: ``page``, ``sheet``, ``table``, ``cell`` or ``paragraph``.
        name: what the container calls it: a number from 1 for pages, tables and paragraphs, the title of a
            sheet, ``B7`` for a cell (columns as letters, rows as numbers, in every container); empty where
            the place before it ends.

    >>> from gongkai.model import Place
    >>> Place(120, "page", "2")
    Place(start=120, kind=<PlaceKind.PAGE: 'page'>, name='2')
    """

    start: int = field(validator=within(0, _FAR))
    kind: PlaceKind = field(converter=_to_kind, validator=member(PlaceKind))
    name: str = field(validator=is_a(str), repr=lambda name: repr(shorten(name)))
