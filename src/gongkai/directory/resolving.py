"""From a name to the entry of the directory that it means, there and then.

Where a name stands for several organs, place, level and date narrow them. What then stays ambiguous is told
as candidates, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from gongkai.directory.index import Index, Match
from gongkai.directory.kinds import group_of, kind_by_ending
from gongkai.directory.naming import last_place, normalise
from gongkai.directory.organs import Organ
from gongkai.directory.resolution import Resolution
from gongkai.model import DepartmentKind, Level
from gongkai.model._house import trusted

__all__ = ["ALLOWANCE", "Setting", "in_time", "resolve"]

#: Plans appear months after a reform, and districts reform at different times.
ALLOWANCE: Final = timedelta(days=365)

#: Longer texts are sentences, and are not looked up.
_LONGEST_NAME: Final = 60

#: A division's last character alone stands for the division that speaks, and names none.
_BARE: Final = frozenset([None, *"区县旗市州盟省"])

#: Names that begin so are those of no body of the nation.
_LOCAL: Final = frozenset("区县旗省州")

#: How the names of branches end that elsewhere are working departments: 公安分局, 县公安局.
_BRANCHES: Final = ("分局", "支队")

_make = trusted(Resolution)


class Setting(NamedTuple):
    """Where and when a name was used.

    ``chain`` is the area with what is above it; ``told`` goes into the answer: division, within, on, version.
    """

    area: str | None
    level: Level | None
    within: str | None
    on: date | None
    chain: tuple[str, ...] = ()
    told: tuple[str | None, str | None, date | None, str] = (None, None, None, "")


def in_time(organ: Organ, setting: Setting, allowance: timedelta = ALLOWANCE) -> bool | None:
    """Tell whether the organ existed on the day, with the allowance; None where that is not known."""
    if setting.on is None or (organ.dates_in and setting.chain and organ.dates_in not in setting.chain):
        return None
    city = setting.level is Level.CITY or setting.level is Level.PROVINCE
    since = organ.city_since if city else organ.since
    until = organ.city_until if city else organ.until
    begun = since is None or since - allowance <= setting.on
    return begun and (until is None or setting.on <= until + allowance)


def _seen(organ: Organ, setting: Setting) -> bool:
    """Tell whether the organ was seen in the division of the setting, at about that time."""
    for area in organ.areas:
        if area.name == setting.area:
            on = setting.on
            begun = on is None or area.since is None or area.since - ALLOWANCE <= on
            return begun and (on is None or area.until is None or on <= area.until + ALLOWANCE)
    return False


def _is_unit_of(organ: Organ, setting: Setting) -> bool:
    return (organ.kind is DepartmentKind.OFFICE) is (setting.within is not None)


def _at_level(organ: Organ, setting: Setting) -> bool:
    return setting.level is None or setting.level in organ.levels


def _not_above(organ: Organ, setting: Setting) -> bool:
    """Streets and towns say 市场监管局 of their district's, not of the nation's."""
    return setting.level in {None, Level.NATION} or organ.levels != (Level.NATION,)


_FILTERS: Final[tuple[tuple[str, Callable[[Organ, Setting], bool]], ...]] = (
    ("unit", _is_unit_of),
    ("level", _at_level),
    ("level", _not_above),
    ("time", lambda organ, setting: in_time(organ, setting) is not False),
    ("place", _seen),
)


def _narrow(
    organs: Sequence[Organ], level: Level | None, setting: Setting
) -> tuple[tuple[Organ, ...], tuple[tuple[Organ, str], ...]]:
    """Leave out organs of another department, level, time or place, as far as some are left."""
    # 林草局 alone is the nation's; 澄湖区林草局 is none of its names.
    left = [organ for organ in organs if level is None or organ.levels != (Level.NATION,)]
    left_out = [(organ, "level") for organ in organs if organ not in left]
    if setting.within is not None:
        left_out += [(organ, "within") for organ in left if organ.within not in {None, setting.within}]
        left = [organ for organ in left if organ.within in {None, setting.within}]
    for name, fits in _FILTERS:
        if len(left) < 2:
            break
        fitting = [organ for organ in left if fits(organ, setting)]
        if fitting and len(fitting) < len(left):
            left_out += [(organ, name) for organ in left if organ not in fitting]
            left = fitting
    return tuple(left), tuple(left_out)


def resolve(index: Index, name: str, setting: Setting) -> Resolution:
    """Return what a name means in a setting, without suggestions."""
    plain = normalise(name)
    match = index.find(plain) if len(plain) <= _LONGEST_NAME else None
    if match is None or match.form.place is None:
        nation = _nation(index, plain, setting)
        if match is None:
            return _of_nation(name, plain, nation, setting) if nation else _by_grammar(name, plain, setting)
    else:
        nation = ()
    place = match.form.place if match.form.place not in _BARE else None
    entry = match.entry
    organs = (
        (*entry.organs, *(organ for organ in nation if organ not in entry.organs)) if nation else entry.organs
    )
    if not organs:
        return _make(
            name, None, entry.collective, DepartmentKind.COLLECTIVE, (), (), place, None, None, match.step,
            None, None, (), *setting.told,
        )  # fmt: skip
    level = _level_told(match)
    if level is not None or (place and setting.area is None):
        area = setting.area or (last_place(place) if place else None)
        setting = setting._replace(area=area, level=level or setting.level)
    left_out: tuple[tuple[Organ, str], ...] = ()
    if len(organs) > 1 or setting.within is not None or level is not None:
        organs, left_out = _narrow(organs, level, setting)
        if not organs:
            return _by_grammar(name, plain, setting)
    single = organs[0] if len(organs) == 1 else None
    needs = _needed(organs, match, setting)
    found = single if needs is None else None
    return _make(
        name,
        found,
        None,
        _kind_of(organs, level, plain),
        () if found else organs,
        (),
        place,
        level,
        match.inner,
        "slip" if single and match.form.text in single.slips else match.step,
        in_time(found, setting) if found else None,
        needs,
        left_out,
        *setting.told,
    )


def _nation(index: Index, plain: str, setting: Setting) -> tuple[Organ, ...]:
    """The organs of the nation that may be meant where 国家 and its like go without saying."""
    if plain[:1] in _LOCAL or setting.level not in {None, Level.NATION}:
        return ()
    if found := index.national(plain):
        return found if kind_by_ending(plain) is not None else ()  # 邮政 is no name of 中国邮政
    return ()


def _of_nation(name: str, plain: str, nation: tuple[Organ, ...], setting: Setting) -> Resolution:
    """What is found with 国家 in front alone: sure in a document of the nation only."""
    sure = nation[0] if len(nation) == 1 and setting.level is Level.NATION else None
    return _make(
        name,
        sure,
        None,
        _kind_of(nation, None, plain),
        () if sure else nation,
        (),
        None,
        None,
        None,
        "nation",
        in_time(sure, setting) if sure else None,
        None if sure else "division",
        (),
        *setting.told,
    )


def _needed(organs: Sequence[Organ], match: Match, setting: Setting) -> str | None:
    """Return what would settle who is meant: the department, the place, or the division."""
    if len(organs) > 1:
        return "division" if setting.area is None else None
    needs = organs[0].needs
    if needs == "within":  # 东四街道办事处办公室 says itself whose it is
        return None if setting.within or match.inner or match.form.place else needs
    if needs == "place":
        told = match.inner or match.form.place or setting.area or setting.within
        return None if told is not None else needs
    return None


def _kind_of(organs: Sequence[Organ], level: Level | None, plain: str) -> DepartmentKind | None:
    """Return the kind that all organs share; what is a branch in one district is a bureau elsewhere."""
    kinds = {organ.kind for organ in organs}
    if len(kinds) > 1:
        return kind_by_ending(plain)
    if organs[0].kind is DepartmentKind.BRANCH and organs[0].name.endswith(_BRANCHES):
        own = level in {Level.CITY, Level.PROVINCE} or not plain.endswith(_BRANCHES)
        return kind_by_ending(plain) if own else DepartmentKind.BRANCH
    return organs[0].kind


def _level_told(match: Match) -> Level | None:
    """Return the level that a name tells; the 市 of 市场监管局 tells none."""
    name, form = match.form.text, match.form
    if match.step == "pattern":
        return None  # 南京市公安局玄武分局 is a body of the district
    if form.place is not None or not name.startswith("市"):
        return Level.CITY if any(name in organ.city_names for organ in match.entry.organs) else form.level
    known = any(name in (*organ.city_names, *organ.elsewhere_names) for organ in match.entry.organs)
    return Level.CITY if known else None


def _by_grammar(name: str, plain: str, setting: Setting) -> Resolution:
    """What sort of body the name is: a collective that is not listed, or what its ending says."""
    if group_of(plain) is None:
        kind, step = kind_by_ending(plain), None
    else:
        kind, step = DepartmentKind.COLLECTIVE, "grammar"
    return _make(name, None, None, kind, (), (), None, None, None, step, None, None, (), *setting.told)
