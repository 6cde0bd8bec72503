"""Cells of tables that people fill in with a spreadsheet: none becomes a formula, and all come back."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import cache

from gongkai.comparing.judges.answerwords import plain_word
from gongkai.tables.cells import formula, guarded, rows_text

__all__ = ["bare", "day_of", "decoded", "delimiter", "guarded", "rows_text"]


def bare(cell: str) -> str:
    """Return what was guarded, or typed.

    >>> bare("'=1+1"), bare("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and formula().match(cell[1:]) else cell


def decoded(data: bytes) -> str:
    """Return a table's text: UTF-8, UTF-16 or GB 18030, as spreadsheets save it."""
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding, "surrogatepass" if encoding == "utf-8" else "strict")
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff")
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def delimiter(text: str, known: Collection[str]) -> str:
    """Return what parts the cells: that by which the first line has most known heads."""
    cells = {sign: text.partition("\n")[0].rstrip("\r").split(sign) for sign in ",;\t"}
    return max(cells, key=lambda sign: sum(plain_word(cell.strip('"')) in known for cell in cells[sign]))


@cache
def _day() -> re.Pattern[str]:
    """A day as it is written, or as a spreadsheet makes it; a time behind it is left out."""
    return re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ t].*)?", re.IGNORECASE)


def day_of(cell: str) -> date:
    """Return the day that a cell names.

    Raises:
        ValueError: it names none.
    """
    found = _day().fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(cell)
    except ValueError:
        raise ValueError("a day, as 2026-11-22") from None
