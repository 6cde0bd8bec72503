"""Rows as text for a spreadsheet: no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, cast

from gongkai.tables.vocabulary import Column, value_words

__all__ = ["cell_text", "formula", "guarded", "printable", "rows_text"]


@cache
def formula() -> re.Pattern[str]:
    """What a spreadsheet may take for a formula, behind white space too; and the mark against that."""
    return re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠%|]|[\t\r\n']")


def guarded(text: str) -> str:
    """Return the text with a mark before it that makes it text, where it needs one.

    >>> guarded("=1+1"), guarded("公开")
    ("'=1+1", '公开')
    """
    return f"'{text}" if formula().match(text) else text


def rows_text(rows: Iterable[Iterable[str]]) -> str:
    """Return rows of cells as a table, each cell guarded."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([[guarded(cell) for cell in row] for row in rows])
    return target.getvalue()


def printable(text: str) -> str:
    r"""Return a text that UTF-8 can hold: what is no character becomes �.

    >>> printable("公开\ud800")
    '公开�'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_BOOLS: Final = {"zh": ("否", "是"), "en": ("no", "yes"), "": ("false", "true")}


def cell_text(value: object, column: Column, language: str) -> str:
    """Return a value as the text of a cell; in no language (empty) as it stands in data.

    >>> from gongkai import tables
    >>> column = next(each for each in tables.columns("assignments") if each.name == "role")
    >>> cell_text("lead", column, "zh"), cell_text("lead", column, "")
    ('牵头', 'lead')
    """
    words: Mapping[str, str] = value_words(column.values, language) if column.values and language else {}
    match value:
        case None:
            return ""
        case bool():
            return _BOOLS[language][value]
        case list():
            return "\n".join([words.get(each, each) for each in cast("Sequence[str]", value)])
        case float():
            return f"{value:.2f}" if language else repr(value)
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return words.get(text, text)
