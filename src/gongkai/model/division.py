"""Jurisdictions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_optional_member

__all__ = ["Division", "Level"]


@unique
class Level(StrEnum):
    """The level of a jurisdiction."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"


def _to_level(value: Level | str | None) -> Level | None:
    return to_optional_member(Level, value)


@final
@frozen(weakref_slot=False, repr=False)
class Division(Shown):
    """An administrative division, such as a district.

    Attributes:
        name: its name, as 东城区 or 北京市东城区.
        code: its code of GB/T 2260 (six digits; twelve for streets), where known.
        level: ``nation``, ``province``, ``city``, ``district`` or ``street``, where known.
        parent: the code of the division above it, where known.
        since: the first day on which it existed, where known.
        until: the last day on which it existed, where known.

    >>> from gongkai import Division
    >>> Division("东城区", code="110101", level="district", parent="110000")
    <Division 东城区 110101>
    """

    name: str = field(validator=is_a(str))
    code: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    level: Level | None = field(
        default=None,
        kw_only=True,
        converter=_to_level,
        validator=member(Level, optional=True),
    )
    parent: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    since: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    until: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Division {shorten(self.name, 60)}{' ' + shorten(self.code) if self.code else ''}>"
