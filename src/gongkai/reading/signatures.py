"""Signatures and dates: the lines that sign a document."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gongkai.directory import is_body
from gongkai.model import DeadlineKind
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.pages import TERMINAL

__all__ = ["date_in", "is_issuer", "is_signature", "signed_date"]

_DATE_LENGTH: Final = 30
_SIGNATURE_LENGTH: Final = 60
_SIGNED: Final = re.compile(r"(.{2,40}?)(\s*)(\d{4}\s*年.{2,10}日)")


def date_in(text: str) -> date | None:
    """Return the day that a whole text is, or None: 2024年5月15日, 2024-05-15, 二〇二四年五月十五日.

    >>> from gongkai.reading.signatures import date_in
    >>> date_in("2024年5月15日"), date_in("2024年5月")
    (datetime.date(2024, 5, 15), None)
    """
    if len(text) > _DATE_LENGTH:
        return None
    found = parse_deadline(text, year=None)
    return found.due if found is not None and found.kind is DeadlineKind.DATE else None


def is_signature(text: str) -> bool:
    """Tell whether a line above a date signs the document: short, and no sentence."""
    return len(text) <= _SIGNATURE_LENGTH and text[-1] not in TERMINAL


def is_issuer(text: str) -> bool:
    """Tell whether a line is the name of a body, and nothing else."""
    return is_signature(text) and is_body("".join(text.split()))


def signed_date(text: str) -> tuple[str, date] | None:
    """Return the name and the day of a signature on one line, or None.

    >>> from gongkai.reading.signatures import signed_date
    >>> signed_date("澄湖区人民政府办公室　　2024年5月9日")
    ('澄湖区人民政府办公室', datetime.date(2024, 5, 9))
    """
    found = _SIGNED.fullmatch(text)
    day = date_in(found[3]) if found else None
    if found is None or day is None or not (found[2] or is_body(found[1])):
        return None
    return "".join(found[1].split()), day
