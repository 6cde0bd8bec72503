"""The entries of the directory: organs, their functions, what became of them, and collectives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from gongkai.model import DepartmentKind, Level
from gongkai.model._display import Shown
from gongkai.model._house import is_a, member, to_items, to_member, to_tuple, tuple_of

__all__ = [
    "MEMBER_CLASSES",
    "Area",
    "Collective",
    "DivisionFacts",
    "Function",
    "Organ",
    "Succession",
    "SuccessionKind",
]


#: The words that collectives say their members with; other members are ids of organs.
MEMBER_CLASSES: Final = frozenset(
    [
        *("departments", "streets", "townships", "units", "divisions", "governments", "enterprises"),
        *("communities", "role"),
    ]
)


@unique
class SuccessionKind(StrEnum):
    """How one organ follows another."""

    RENAMED = "renamed"
    """the same body under another name (更名, 组建 from one body)"""
    COMBINED = "combined"
    """two bodies in one office, or out of it again (合署办公); both names go on"""
    MERGED = "merged"
    """the body became part of another (并入)"""
    SPLIT = "split"
    """the body came out of another (分设)"""
    TRANSFERRED = "transferred"
    """some functions went over, the body stayed (职责划转)"""


def _to_kind(value: DepartmentKind | str) -> DepartmentKind:
    return to_member(DepartmentKind, value)


def _texts(value: Iterable[str]) -> tuple[str, ...]:
    return to_tuple(value)


def _levels(value: Iterable[Level | str]) -> tuple[Level, ...]:
    return to_items(value, Level)


def _to_succession_kind(value: SuccessionKind | str) -> SuccessionKind:
    return to_member(SuccessionKind, value)


@final
@frozen(weakref_slot=False, repr=False)
class Area(Shown):
    """A division in which an organ was seen.

    Attributes:
        name: the division's name, as 东城区.
        since: the first day of the time in which it was seen there, where that is told.
        until: the last such day, where that is told.
    """

    name: str = field(validator=is_a(str))
    since: date | None = field(default=None, validator=is_a(date, optional=True))
    until: date | None = field(default=None, validator=is_a(date, optional=True))

    def __repr__(self) -> str:
        years = f" {self.since or ''}/{self.until or ''}" if self.since or self.until else ""
        return f"<Area {self.name}{years}>"


def _areas(value: Iterable[Area]) -> tuple[Area, ...]:
    return to_tuple(value)


@final
@frozen(weakref_slot=False, repr=False)
class Organ(Shown):
    """A type of body, such as the finance bureau that every district has.

    Dates are those of the reforms in the districts of Beijing. Other places followed some months earlier or
    later, so dates are compared with an allowance of twelve months.

    Attributes:
        id: its id, stable across versions of the data.
        name: the name most plans use, as 区财政局; 区 stands for the division.
        kind: what sort of body it is.
        full_name: the full name; a word in braces stands for the name of a place, as {区}财政局.
        aliases: other names and short forms.
        slips: known slips of the pen, that documents have in its place.
        patterns: names with a place inside, as 市公安局{区}分局.
        city_names: its names at the level of Beijing.
        elsewhere_names: its names in other provinces, cities and counties.
        levels: the levels at which it exists.
        since: the first day in the districts, where known.
        until: the last day in the districts, where known.
        city_since: the first day at the level of the city, where known.
        city_until: the last day at the level of the city, where known.
        dates_in: the division for which these dates hold; empty where they hold in the country at large.
        functions: ids of what it does.
        areas: where it was seen; empty where it is usual everywhere, or not known.
        within: the id of the organ that it is a unit of, for an office found in one department only.
        needs: what its bare name means nothing without: ``within`` for 办公室, ``place`` for 园区管委会.
        sources: keys of the sources.
        confidence: ``high``, ``medium`` or ``low``, for name and functions.
        notes: remarks.

    >>> from gongkai.directory import Organ
    >>> Organ("finance-bureau", "区财政局", kind="organ")
    <Organ finance-bureau 区财政局>
    """

    id: str = field(validator=is_a(str))
    name: str = field(validator=is_a(str))
    kind: DepartmentKind = field(kw_only=True, converter=_to_kind, validator=member(DepartmentKind))
    full_name: str = field(default="", kw_only=True, validator=is_a(str))
    aliases: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    slips: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    patterns: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    city_names: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    elsewhere_names: tuple[str, ...] = field(
        default=(), kw_only=True, converter=_texts, validator=tuple_of(str)
    )
    levels: tuple[Level, ...] = field(default=(), kw_only=True, converter=_levels, validator=tuple_of(Level))
    since: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    until: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    city_since: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    city_until: date | None = field(default=None, kw_only=True, validator=is_a(date, optional=True))
    dates_in: str = field(default="", kw_only=True, validator=is_a(str))
    functions: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    areas: tuple[Area, ...] = field(default=(), kw_only=True, converter=_areas, validator=tuple_of(Area))
    within: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    needs: str = field(default="", kw_only=True, validator=is_a(str))
    sources: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    confidence: str = field(default="low", kw_only=True, validator=is_a(str))
    notes: str = field(default="", kw_only=True, validator=is_a(str))

    @property
    def names(self) -> tuple[str, ...]:
        """All its fixed names but slips, the usual one first; those with a place inside are ``patterns``."""
        full = self.full_name.removeprefix("中共")
        if full.startswith("{区}"):
            full = "区" + full.removeprefix("{区}")
        names = (self.name, full, *self.aliases, *self.city_names, *self.elsewhere_names)
        return tuple(dict.fromkeys([name for name in names if name and "{" not in name]))

    @property
    def told_by_place(self) -> bool:
        """Whether one division has several such bodies, told apart by their places: street offices, towns."""
        return any("{" in pattern and "{区}" not in pattern for pattern in self.patterns)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Organ {self.id} {self.name}>"


@final
@frozen(weakref_slot=False, repr=False)
class Function(Shown):
    """What a department does, stable across districts and reforms.

    Attributes:
        id: its id, as ``market-regulation``.
        name: in Chinese.
        english: in English.
        domain: the field it belongs to, as ``economy``.
        parent: the id of the wider function that it is part of.
        notes: remarks.
    """

    id: str = field(validator=is_a(str))
    name: str = field(validator=is_a(str))
    english: str = field(default="", kw_only=True, validator=is_a(str))
    domain: str = field(default="", kw_only=True, validator=is_a(str))
    parent: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    notes: str = field(default="", kw_only=True, validator=is_a(str))

    def __repr__(self) -> str:
        return f"<Function {self.id} {self.name}>"


@final
@frozen(weakref_slot=False, repr=False)
class Succession(Shown):
    """One step from an organ to one that follows it.

    Attributes:
        predecessor: the id of the organ before.
        successor: the id of the organ after.
        kind: how the one follows the other.
        on: the first day of the month or year that the source gives.
        functions: ids of the functions that went over.
        areas: names of the divisions for which it holds; empty where it holds in general.
        sources: keys of the sources.
        confidence: ``high``, ``medium`` or ``low``, for the step.
        date_confidence: the same for its date.
        notes: remarks.
    """

    predecessor: str = field(validator=is_a(str))
    successor: str = field(validator=is_a(str))
    kind: SuccessionKind = field(converter=_to_succession_kind, validator=member(SuccessionKind))
    on: date = field(validator=is_a(date))
    functions: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    areas: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    sources: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    confidence: str = field(default="low", kw_only=True, validator=is_a(str))
    date_confidence: str = field(default="low", kw_only=True, validator=is_a(str))
    notes: str = field(default="", kw_only=True, validator=is_a(str))

    def __repr__(self) -> str:
        return f"<Succession {self.predecessor} {self.kind} {self.successor} {self.on:%Y-%m}>"


@final
@frozen(weakref_slot=False, repr=False)
class Collective(Shown):
    """An expression for a group of bodies that are not named one by one.

    Attributes:
        id: its id, stable across versions of the data.
        name: the expression, as 各部门.
        members: what it is made of: ``departments``, ``streets``, ``townships``, ``communities``, ``units``,
            ``divisions`` (of a department), ``governments``, ``enterprises``, ``role`` for words such as
            牵头部门, or ids of organs.
        scope: the level of the body that says it (a level's value, ``department``, or empty for any).
        meaning: what it means, in Chinese.
        english: the same in English.
        closed: whether its members can be listed; those of 相关部门 depend on the task.
        sources: keys of the sources.
        confidence: ``high``, ``medium`` or ``low``.
        notes: remarks.
    """

    id: str = field(validator=is_a(str))
    name: str = field(validator=is_a(str))
    members: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    scope: str = field(default="", kw_only=True, validator=is_a(str))
    meaning: str = field(default="", kw_only=True, validator=is_a(str))
    english: str = field(default="", kw_only=True, validator=is_a(str))
    closed: bool = field(default=False, kw_only=True, validator=is_a(bool))
    sources: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    confidence: str = field(default="low", kw_only=True, validator=is_a(str))
    notes: str = field(default="", kw_only=True, validator=is_a(str))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Collective {self.id} {self.name}>"


@final
@frozen(weakref_slot=False, repr=False)
class DivisionFacts(Shown):
    """What the directory knows of a division beside what it is.

    Attributes:
        code: the division's code.
        successor: the code of the division that it went into, where it is gone: 东城区 for 崇文区.
        abbreviations: its short names in documents, as 京.
        codes: the codes of document numbers of its government, its office and its party committee: 东政办发.
            They are not unique in the country.
        numbers_seen: such numbers as were seen.
        catalogue_code: what the index numbers of its documents begin with.
        namesakes: divisions elsewhere that have the same name.
        sources: keys of the sources.
        confidence: ``high``, ``medium`` or ``low``.
        notes: remarks.
    """

    code: str = field(validator=is_a(str))
    successor: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    abbreviations: tuple[str, ...] = field(
        default=(), kw_only=True, converter=_texts, validator=tuple_of(str)
    )
    codes: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    numbers_seen: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    catalogue_code: str = field(default="", kw_only=True, validator=is_a(str))
    namesakes: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    sources: tuple[str, ...] = field(default=(), kw_only=True, converter=_texts, validator=tuple_of(str))
    confidence: str = field(default="low", kw_only=True, validator=is_a(str))
    notes: str = field(default="", kw_only=True, validator=is_a(str))

    def __repr__(self) -> str:
        return f"<DivisionFacts {' '.join([self.code, *self.codes])}>"
