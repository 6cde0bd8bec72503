"""Reading the data files of the directory, once and on first use."""

from __future__ import annotations

import csv
import pkgutil
from calendar import monthrange
from datetime import date
from functools import cache

from gongkai.directory.organs import Area, Collective, Function, Organ, Succession, SuccessionKind
from gongkai.model import DepartmentKind, Division, Level

__all__ = [
    "collectives",
    "divisions",
    "functions",
    "organs",
    "parse_day",
    "rows",
    "sources",
    "successions",
    "version",
]


def _text(file: str) -> str:
    return (pkgutil.get_data("gongkai.directory", f"data/{file}") or b"").decode("utf-8")


@cache
def version() -> str:
    """Return the version of the data: the year and month of the last change to it."""
    return _text("VERSION").strip()


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one data file, by its name without ``.csv``."""
    return tuple(csv.DictReader(_text(f"{name}.csv").splitlines()))


def parse_day(text: str, *, last: bool = False) -> date | None:
    """Return the first (or last) day of a year, month or day such as 2019, 2019-03 or 2019-03-18.

    >>> from gongkai.directory.tables import parse_day
    >>> parse_day("2019-03"), parse_day("2014", last=True)
    (datetime.date(2019, 3, 1), datetime.date(2014, 12, 31))
    """
    if not text:
        return None
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return date(*numbers)
    year, month = numbers[0], numbers[1] if len(numbers) == 2 else (12 if last else 1)
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _area(text: str) -> Area:
    """Read 东城区, 东城区 2019-2024, 东城区 2019- or 石景山区 2018."""
    name, _, years = text.partition(" ")
    since, dash, until = years.partition("-")
    return Area(name, parse_day(since), parse_day(until if dash else since, last=True))


@cache
def organs() -> tuple[Organ, ...]:
    """Return the organs, in the order of the file."""
    return tuple(
        [
            Organ(
                row["id"],
                row["name"],
                kind=DepartmentKind(row["kind"]),
                full_name=row["full_name"],
                aliases=_list(row["aliases"]),
                patterns=_list(row["patterns"]),
                city_names=_list(row["city_names"]),
                elsewhere_names=_list(row["elsewhere_names"]),
                levels=tuple([Level(level) for level in _list(row["levels"])]),
                since=parse_day(row["since"]),
                until=parse_day(row["until"], last=True),
                city_since=parse_day(row["city_since"]),
                city_until=parse_day(row["city_until"], last=True),
                functions=_list(row["functions"]),
                areas=tuple([_area(area) for area in _list(row["areas"])]),
                within=row["within"] or None,
                sources=_list(row["sources"]),
                confidence=row["confidence"],
                notes=row["notes"],
            )
            for row in rows("organs")
        ]
    )


@cache
def functions() -> tuple[Function, ...]:
    """Return the functions, in the order of the file."""
    return tuple(
        [
            Function(
                row["id"],
                row["name"],
                english=row["english"],
                domain=row["domain"],
                parent=row["parent"] or None,
                notes=row["notes"],
            )
            for row in rows("functions")
        ]
    )


@cache
def successions() -> tuple[Succession, ...]:
    """Return the successions, in the order of the file."""
    return tuple(
        [
            Succession(
                row["predecessor"],
                row["successor"],
                SuccessionKind(row["kind"]),
                parse_day(row["on"]) or date.min,
                functions=_list(row["functions"]),
                areas=_list(row["areas"]),
                sources=_list(row["sources"]),
                confidence=row["confidence"],
                date_confidence=row["date_confidence"],
                notes=row["notes"],
            )
            for row in rows("successions")
        ]
    )


@cache
def collectives() -> tuple[Collective, ...]:
    """Return the collective expressions, in the order of the file."""
    return tuple(
        [
            Collective(
                row["id"],
                row["name"],
                members=_list(row["members"]),
                scope=row["scope"],
                meaning=row["meaning"],
                english=row["english"],
                closed=row["closed"] == "yes",
                sources=_list(row["sources"]),
                confidence=row["confidence"],
                notes=row["notes"],
            )
            for row in rows("collectives")
        ]
    )


@cache
def divisions() -> tuple[Division, ...]:
    """Return the divisions, in the order of the file."""
    return tuple(
        [
            Division(
                row["name"],
                code=row["code"],
                level=Level(row["level"]),
                parent=row["parent"] or None,
                since=parse_day(row["since"]),
                until=parse_day(row["until"], last=True),
            )
            for row in rows("divisions")
        ]
    )


@cache
def sources() -> dict[str, str]:
    """Return what each key of a source stands for."""
    return {row["id"]: row["text"] for row in rows("sources")}
