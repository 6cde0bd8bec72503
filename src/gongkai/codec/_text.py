"""JSON text and plain data. orjson is used where it is installed and changes nothing but the speed."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any, Final

from gongkai.errors import LoadError, Problem

__all__ = ["Doubled", "parse_exactly", "parse_quickly", "render", "rendered_alike"]

#: A surrogate without its partner. UTF-8 has no bytes for it, so it is written as an escape. Two that stand
#: beside each other stay as they are: as escapes they would be read as one character.
_LONE: Final = r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"


class Doubled(dict[str, object]):
    """An object in which a key is given more than once; the last value stands."""

    __slots__ = ("names",)

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counts = Counter([key for key, _ in pairs])
        self.names = [key for key, count in counts.items() if count > 1]


@cache
def _orjson() -> Any:
    try:
        import orjson
    except ImportError:
        return None
    return orjson


def parse_quickly(text: str) -> object:
    """Parse text that is probably good; any ``ValueError`` or ``RecursionError`` says to parse it exactly.

    A key that is given twice goes unnoticed here; what the parsers read differently is no value of a plan.
    """
    fast = _orjson()
    return json.loads(text) if fast is None else fast.loads(text)


def rendered_alike(data: object, text: str) -> bool:
    """Tell whether the text is what is written for the data, where that takes no time worth the name."""
    fast = _orjson()
    try:
        return fast is not None and bool(fast.dumps(data) == text.encode())
    except TypeError:  # orjson reads deeper than it writes
        return False


def parse_exactly(text: str) -> tuple[object, bool]:
    """Parse any text, and tell whether some object gives a key twice: such an object is a :class:`Doubled`.

    Raises:
        LoadError: it is not JSON, with line and column.
    """
    doubled = False

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal doubled
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        doubled = True
        return Doubled(pairs)

    try:
        return json.loads(text, object_pairs_hook=build), doubled
    except json.JSONDecodeError as error:
        reason = f"this is not JSON: {error.msg}, line {error.lineno}, column {error.colno}"
        raise LoadError([Problem("$", reason)]) from None
    except RecursionError:
        raise LoadError([Problem("$", "nested too deeply to be a gongkai file")]) from None
    except ValueError as error:  # an int of more digits than Python converts
        raise LoadError([Problem("$", f"this is not JSON that can be read: {error}")]) from None


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def render(data: object, indent: int | None) -> str:
    """Write plain data as JSON text with all characters as they are."""
    fast = _orjson()
    if fast is not None and indent in (None, 2):
        try:
            written: bytes = fast.dumps(data, option=fast.OPT_INDENT_2 if indent else 0)
            return written.decode()
        except TypeError:  # lone surrogates, huge ints, deep nesting: what orjson does not write
            pass
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub(_LONE, _escape, text)
    return text
