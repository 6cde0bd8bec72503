"""The values that are no objects of their own in JSON: days, spans, pieces, pairs; both ways, one check each.

These functions are the quick way in: what is not as ``dumps`` writes it raises :class:`Refused`, or another
of the errors in :data:`REFUSALS`, and the detailed reading then says what is wrong and where.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, cast

from gongkai.model import Pieces, Span
from gongkai.model._house import trusted

__all__ = [
    "REFUSALS",
    "Refused",
    "read_day",
    "read_pairs",
    "read_pieces",
    "read_span",
    "write_pieces",
    "write_span",
]

#: The longest piece: lengths are 32-bit machine integers.
LONGEST: Final = 2**32 - 1


class Refused(Exception):
    """A value is not as it is written."""


#: What the quick way in raises on a value that is not as it is written.
REFUSALS: Final = (Refused, KeyError, TypeError, ValueError, OverflowError, RecursionError)

_span = trusted(Span)


@lru_cache(maxsize=4096)
def read_day(value: str) -> date:
    """Read a day as ISO 8601 writes it with hyphens, and in no other of its forms."""
    day = date.fromisoformat(value)
    if day.isoformat() != value:
        raise Refused
    return day


def read_span(value: object) -> Span:
    """Read ``[start, end]``, or the pairs of a span with cuts."""
    if type(value) is not list:
        raise Refused
    items = cast("list[object]", value)
    if len(items) == 2:
        start, end = items
        if type(start) is int and type(end) is int and 0 <= start <= end:
            return _span(start, end, ())
    if (
        len(items) < 2
        or set(map(type, items)) != {list}
        or set(map(len, cast("list[list[int]]", items))) != {2}
    ):
        raise Refused
    cuts = [offset for pair in cast("list[list[int]]", items) for offset in pair]
    if set(map(type, cuts)) != {int} or cuts[0] < 0 or sorted(set(cuts)) != cuts:
        raise Refused
    return _span(cuts[0], cuts[-1], tuple(cuts))


def write_span(span: Span) -> list[int] | list[list[int]]:
    """Write a span as ``[start, end]``, or as a list of such pairs where it has cuts."""
    if span.cuts:
        return [[start, end] for start, end in span.pieces]
    return [span.start, span.end]


def read_pairs(value: list[object]) -> tuple[tuple[str, str], ...]:
    """Read a list of ``[name, text]`` pairs."""
    pairs: list[tuple[str, str]] = []
    for pair in value:
        if type(pair) is not list:
            raise Refused
        name, text = cast("list[object]", pair)
        if type(name) is not str or type(text) is not str:
            raise Refused
        pairs.append((name, text))
    return tuple(pairs)


def read_pieces(value: object) -> Pieces:
    """Read pieces from their two columns."""
    if type(value) is not dict:
        raise Refused
    columns = cast("dict[str, object]", value)
    kinds, lengths = columns["kinds"], columns["lengths"]
    if len(columns) != 2 or type(kinds) is not list or type(lengths) is not list:
        raise Refused
    "".join(cast("list[str]", kinds))  # refuses what is no str, and faster than a look at each
    numbers = cast("list[int]", lengths)
    if set(map(type, numbers)) - {int}:
        raise Refused
    if len(cast("list[str]", kinds)) != len(numbers) or 0 in numbers:
        raise Refused
    return Pieces.in_columns(cast("list[str]", kinds), numbers)


def write_pieces(pieces: Pieces) -> dict[str, list[str] | list[int]]:
    """Write pieces as two columns; nothing where there are none."""
    if not pieces.codes:
        return {}
    return {"kinds": list(pieces.kinds), "lengths": list(pieces.sizes)}
