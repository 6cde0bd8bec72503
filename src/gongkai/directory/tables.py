"""From rows of a table to entries of the directory; the shipped tables are read once, on first use."""

from __future__ import annotations

import csv
import pkgutil
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TypeAlias

from gongkai.directory.organs import (
    Area,
    Collective,
    DivisionFacts,
    Function,
    Organ,
    Succession,
    SuccessionKind,
)
from gongkai.model import DepartmentKind, Division, Level
from gongkai.model._house import trusted

__all__ = [
    "Row",
    "as_collective",
    "as_division",
    "as_facts",
    "as_function",
    "as_organ",
    "as_succession",
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

Row: TypeAlias = Mapping[str, str]


def _text(file: str) -> str:
    return (pkgutil.get_data("gongkai.directory", f"data/{file}") or b"").decode("utf-8")


@cache
def version() -> str:
    """Return the version of the data: the year and month of the last change to it."""
    return _text("VERSION").strip()


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one shipped table, by its name without ``.csv``."""
    columns, *lines = csv.reader(_text(f"{name}.csv").splitlines())
    return tuple([dict(zip(columns, line, strict=True)) for line in lines])


@cache
def parse_day(text: str, *, last: bool = False) -> date | None:
    """Return the first (or last) day of a year, month or day such as 2019, 2019-03 or 2019-03-18.

    Raises:
        ValueError: it is none of these.

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


@cache
def _kind(text: str) -> DepartmentKind:
    return DepartmentKind(text)


@cache
def _areas(text: str) -> tuple[Area, ...]:
    return tuple([_area(area) for area in _list(text)])


@cache
def _levels(text: str) -> tuple[Level, ...]:
    return tuple([Level(level) for level in _list(text)])


@cache
def _area(text: str) -> Area:
    """Read 东城区, 东城区 2019-2024, 东城区 2019- or 石景山区 2018."""
    name, _, years = text.partition(" ")
    since, dash, until = years.partition("-")
    return Area(name, parse_day(since), parse_day(until if dash else since, last=True))


def as_organ(row: Row, make: Callable[..., Organ] = Organ) -> Organ:
    """Return the organ of a row."""
    get = row.get
    return make(
        id=row["id"],
        name=row["name"],
        kind=_kind(row["kind"]),
        full_name=get("full_name", ""),
        aliases=_list(get("aliases", "")),
        slips=_list(get("slips", "")),
        patterns=_list(get("patterns", "")),
        city_names=_list(get("city_names", "")),
        elsewhere_names=_list(get("elsewhere_names", "")),
        levels=_levels(get("levels", "")),
        since=parse_day(get("since", "")),
        until=parse_day(get("until", ""), last=True),
        city_since=parse_day(get("city_since", "")),
        city_until=parse_day(get("city_until", ""), last=True),
        dates_in=get("dates_in", ""),
        functions=_list(get("functions", "")),
        areas=_areas(get("areas", "")),
        within=get("within") or None,
        needs=get("needs", ""),
        sources=_list(get("sources", "")),
        confidence=get("confidence") or "medium",
        notes=get("notes", ""),
    )


def as_function(row: Row, make: Callable[..., Function] = Function) -> Function:
    """Return the function of a row."""
    return make(
        id=row["id"],
        name=row["name"],
        english=row.get("english", ""),
        domain=row.get("domain", ""),
        parent=row.get("parent") or None,
        notes=row.get("notes", ""),
    )


def as_succession(row: Row, make: Callable[..., Succession] = Succession) -> Succession:
    """Return the succession of a row."""
    return make(
        predecessor=row["predecessor"],
        successor=row["successor"],
        kind=SuccessionKind(row["kind"]),
        on=parse_day(row["on"]) or date.min,
        functions=_list(row.get("functions", "")),
        areas=_list(row.get("areas", "")),
        sources=_list(row.get("sources", "")),
        confidence=row.get("confidence") or "medium",
        date_confidence=row.get("date_confidence") or "low",
        notes=row.get("notes", ""),
    )


def as_collective(row: Row, make: Callable[..., Collective] = Collective) -> Collective:
    """Return the collective of a row."""
    return make(
        id=row["id"],
        name=row["name"],
        members=_list(row.get("members", "")),
        scope=row.get("scope", ""),
        meaning=row.get("meaning", ""),
        english=row.get("english", ""),
        closed=row.get("closed") == "yes",
        sources=_list(row.get("sources", "")),
        confidence=row.get("confidence") or "medium",
        notes=row.get("notes", ""),
    )


def as_division(row: Row, make: Callable[..., Division] = Division) -> Division:
    """Return the division of a row."""
    return make(
        name=row["name"],
        code=row["code"],
        level=Level(row["level"]),
        parent=row.get("parent") or None,
        since=parse_day(row.get("since", "")),
        until=parse_day(row.get("until", ""), last=True),
    )


def as_facts(row: Row, make: Callable[..., DivisionFacts] = DivisionFacts) -> DivisionFacts:
    """Return what else a row says of its division."""
    get = row.get
    codes = [get(column, "") for column in ("government_codes", "office_codes", "party_codes")]
    return make(
        code=row["code"],
        successor=get("successor") or None,
        abbreviations=_list(get("abbreviations", "")),
        codes=tuple([code for listed in codes for code in _list(listed)]),
        numbers_seen=_list(get("numbers_seen", "")),
        catalogue_code=get("catalogue_code", ""),
        namesakes=_list(get("namesakes", "")),
        sources=_list(get("sources", "")),
        confidence=get("confidence") or "medium",
        notes=get("notes", ""),
    )


@cache
def organs() -> tuple[Organ, ...]:
    """Return the shipped organs, in the order of the file."""
    make = trusted(Organ)  # without checks, which the tests make
    return tuple([as_organ(row, make) for row in rows("organs")])


@cache
def functions() -> tuple[Function, ...]:
    """Return the shipped functions, in the order of the file."""
    make = trusted(Function)
    return tuple([as_function(row, make) for row in rows("functions")])


@cache
def successions() -> tuple[Succession, ...]:
    """Return the shipped successions, in the order of the file."""
    make = trusted(Succession)
    return tuple([as_succession(row, make) for row in rows("successions")])


@cache
def collectives() -> tuple[Collective, ...]:
    """Return the shipped collective expressions, in the order of the file."""
    make = trusted(Collective)
    return tuple([as_collective(row, make) for row in rows("collectives")])


@cache
def divisions() -> tuple[tuple[Division, DivisionFacts], ...]:
    """Return the shipped divisions with what else is known of them, in the order of the file."""
    make, make_facts = trusted(Division), trusted(DivisionFacts)
    return tuple([(as_division(row, make), as_facts(row, make_facts)) for row in rows("divisions")])


@cache
def sources() -> dict[str, str]:
    """Return what each key of a source stands for."""
    return {row["id"]: row["text"] for row in rows("sources")}
