"""Statuses, shares and days as people type them into a ledger."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from functools import cache
from typing import Final

from gongkai.exchange.ledger.words import words
from gongkai.model import DeadlineKind, ProgressStatus
from gongkai.reading import parse_deadline
from gongkai.reading.extract import KeptCell

__all__ = ["Ambiguous", "day_in", "percent_in", "status_in"]

_BRACKETS: Final = re.compile(r"[(\[【〔].*?[)\]】〕]")
_BEHIND: Final = re.compile(r"[,，。；;：:、!！\n].*", re.DOTALL)
_SHARE: Final = re.compile(r"(?:约|已完成|完成)?(\d{1,3}(?:\.\d+)?)(%)?")
_FULL_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_SOLID_DAY: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SHORT_DAY: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})")
_DOTTED_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})")
_FULL_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_NUMERIC: Final = re.compile(r"[\d.]+")
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
#: Numbers of days that are days of this century (2000 to 2099), and no year, month or share.
_SERIALS: Final = range(36526, 73051)


class Ambiguous(ValueError):
    """What was typed may be one of two days: 10.3 is October 3rd, or what a program made of 10.30."""


@cache
def _statuses() -> dict[str, ProgressStatus]:
    found: dict[str, ProgressStatus] = {}
    for name, row in words()["statuses"].items():
        for word in (name, row["zh"], row["en"], *row["words"]):
            found[_plain(word)] = ProgressStatus(name)
    return found


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def status_in(text: str) -> ProgressStatus | None:
    """Return the status that a text means; None where it is no known one.

    >>> status_in("办结"), status_in("正在推进（预计10月完成）"), status_in("好")
    (<ProgressStatus.DONE: 'done'>, <ProgressStatus.IN_PROGRESS: 'in-progress'>, None)
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    bare = _BRACKETS.sub("", whole)
    known = _statuses()
    for form in (whole, bare, _BEHIND.sub("", bare)):
        found = known.get(_plain(form))
        if found is not None:
            return found
    return None


def percent_in(cell: KeptCell) -> int | None:
    """Return the share that a cell tells, from 0 to 100; None where it tells none.

    A number up to 1 is a share of the whole, unless the cell shows a percent sign of its own; a larger one is
    a percentage: 0.8, 80 and 80% are the same.

    >>> [percent_in(KeptCell(0, 0, text)) for text in ("80%", "80", "0.8", "八成")]
    [80, 80, 80, None]
    """
    text = _plain(cell.text)
    found = _SHARE.fullmatch(text)
    if found is None:
        return None
    number = float(found[1])
    percent = number if found[2] or number > 1 else number * 100
    return round(percent) if percent <= 100 else None


def day_in(cell: KeptCell, year: int | None, *, from_1904: bool = False) -> date | None:
    """Return the day that a cell tells: a day of the spreadsheet, or a text as people write days.

    A month is its last day; a day without a year is one of the plan's year.

    Raises:
        Ambiguous: it may be one of two days.

    >>> [str(day_in(KeptCell(0, 0, text), 2024)) for text in ("2024.10.31", "10/31", "2024年10月")]
    ['2024-10-31', '2024-10-31', '2024-10-31']
    """
    if cell.number and (day := _serial(cell.number, from_1904=from_1904)) is not None:
        return day
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if cell.number and not _NUMERIC.fullmatch(text):
        text = _digits(cell.number)  # a number in a cell for days is shown as a day that nobody typed
    for pattern in (_FULL_DAY, _SOLID_DAY):
        if (found := pattern.fullmatch(text)) is not None:
            return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _FULL_MONTH.fullmatch(text)) is not None:
        if cell.number and found[2] == "1":
            raise Ambiguous(text)
        return _month(int(found[1]), int(found[2]))
    if year is not None and (found := _SHORT_DAY.fullmatch(text)) is not None:
        return _date(year, int(found[1]), int(found[2]))
    if year is not None and (found := _DOTTED_DAY.fullmatch(text)) is not None:
        if cell.number and len(found[2]) == 1 and found[2] in "123":
            raise Ambiguous(text)
        return _date(year, int(found[1]), int(found[2]))
    said = parse_deadline(text, year=year)
    return said.due if said is not None and said.kind in {DeadlineKind.DATE, DeadlineKind.MONTH} else None


def _serial(number: str, *, from_1904: bool) -> date | None:
    try:
        count = int(float(number))
    except (ValueError, OverflowError):
        return None
    if from_1904:
        count += (_EPOCH_1904 - _EPOCH).days
    return _EPOCH + timedelta(days=count) if count in _SERIALS else None


def _digits(number: str) -> str:
    try:
        return f"{float(number):.10g}"
    except ValueError:
        return number


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1000 <= year <= 9999):
        return None
    return date(year, month, calendar.monthrange(year, month)[1])
