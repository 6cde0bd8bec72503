"""Cells of tables that spreadsheets open: no text of a document becomes a formula."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["bare", "guarded"]


@cache
def _formula() -> re.Pattern[str]:
    """What a spreadsheet may take for a formula, behind white space too; and the mark against that."""
    return re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠%|]|[\t\r\n']")


def guarded(text: str) -> str:
    """Return the text with a mark before it that makes it text, where it needs one.

    >>> guarded("=1+1"), guarded("公开")
    ("'=1+1", '公开')
    """
    return f"'{text}" if _formula().match(text) else text


def bare(cell: str) -> str:
    """Return what was guarded.

    >>> bare("'=1+1"), bare("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and _formula().match(cell[1:]) else cell
