"""From a name to the entry of the directory that it means.

A look-up goes through named steps; the first that finds something answers. Where it finds several organs,
place, level and date narrow them. What then stays ambiguous is told as candidates, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple, final

from attrs import frozen

from gongkai.directory.kinds import group_of, is_joined, kind_by_ending
from gongkai.directory.naming import (
    Form,
    is_place,
    last_place,
    normalise,
    pattern_of,
    placed_forms,
    variants_of,
    without_bracket,
)
from gongkai.directory.organs import Collective, Organ
from gongkai.model import DepartmentKind, Division, Level

__all__ = ["ALLOWANCE", "Index", "Resolution", "Setting", "resolve"]

#: Plans appear months after a reform, and districts reform at different times.
ALLOWANCE: Final = timedelta(days=365)

#: Longer texts are sentences, and are not looked up.
_LONGEST_NAME: Final = 60

#: A division's last character alone stands for the division that speaks, and names none.
_BARE: Final = frozenset([None, *"区县旗市州盟省"])


@final
@frozen(weakref_slot=False, repr=False)
class Resolution:
    """What a name means, there and then.

    Attributes:
        name: the name as given.
        organ: the one organ it means, where there is exactly one.
        collective: the collective expression it is, where the directory lists it.
        kind: what sort of body it is, where that can be told; also for names the directory does not know.
        candidates: the organs it may mean, where there are several.
        suggestions: names of the directory that look alike, where nothing was found.
        place: the division named in front of the name.
        level: the level that the name tells: ``city`` for 市财政局, ``district`` for 县财政局.
        inner: the place named inside it: 东城 in 市公安局东城分局, 东四 in 东四街道.
        step: which step of the look-up found it: ``name``, ``place``, ``bracket``, ``variant``, ``pattern``,
            ``grammar``, or None.
        in_time: whether the organ existed on the given day, with an allowance of twelve months; None where no
            day was given or nothing is known.
    """

    name: str
    organ: Organ | None = None
    collective: Collective | None = None
    kind: DepartmentKind | None = None
    candidates: tuple[Organ, ...] = ()
    suggestions: tuple[str, ...] = ()
    place: str | None = None
    level: Level | None = None
    inner: str | None = None
    step: str | None = None
    in_time: bool | None = None

    @property
    def id(self) -> str | None:
        """The id of the organ or collective, where there is exactly one."""
        found = self.organ or self.collective
        return found.id if found else None

    def __bool__(self) -> bool:
        """Tell whether the name means exactly one entry of the directory."""
        return self.organ is not None or self.collective is not None

    def __repr__(self) -> str:
        if self.id:
            return f"<Resolution {self.name} → {self.id}>"
        if self.candidates:
            return f"<Resolution {self.name} → {' | '.join(organ.id for organ in self.candidates)}>"
        return f"<Resolution {self.name} → unknown>"


class Setting(NamedTuple):
    """Where and when a name was used."""

    area: str | None
    level: Level | None
    within: str | None
    on: date | None


class Entry(NamedTuple):
    """What one text of the index stands for."""

    organs: tuple[Organ, ...]
    collective: Collective | None


def _both(one: Entry | None, other: Entry) -> Entry:
    """Join what one text stands for by two names."""
    if one is None:
        return other
    return Entry(tuple(dict.fromkeys((*one.organs, *other.organs))), one.collective or other.collective)


class _Match(NamedTuple):
    entry: Entry
    form: Form
    step: str
    inner: str | None = None


class Index:
    """All names of a directory, by text.

    Args:
        organs: the organs to find.
        collectives: the collective expressions to find.
        divisions: the divisions whose short names (东城 for 东城区) may stand in front of a name.
    """

    def __init__(
        self, organs: Iterable[Organ], collectives: Iterable[Collective], divisions: Iterable[Division]
    ) -> None:
        found: defaultdict[str, list[Organ]] = defaultdict(list)
        self._patterns: list[tuple[re.Pattern[str], Organ]] = []
        for organ in organs:
            for name in organ.names:
                found[normalise(name)].append(organ)
            self._patterns += [(pattern_of(pattern), organ) for pattern in organ.patterns]
        self._tails = tuple({pattern.pattern.rpartition(")")[2] for pattern, _ in self._patterns})
        groups = {normalise(collective.name): collective for collective in collectives}
        self._entries: dict[str, Entry] = {
            name: Entry(tuple(found.get(name, ())), groups.get(name)) for name in (*found, *groups)
        }
        self._variants: dict[str, Entry] = {}
        for name, entry in self._entries.items():
            for variant in variants_of(name):
                self._variants[variant] = _both(self._variants.get(variant), entry)
        self._groups = {collective.id: collective for collective in groups.values()}
        self._short = {
            division.name[:-1]: division.name
            for division in divisions
            if division.level is Level.DISTRICT and len(division.name) > 2
        }
        self._grams: dict[str, list[str]] | None = None

    def find(self, name: str) -> _Match | None:
        """Return what the first step finds that finds anything; the name is in its normal form."""
        for step in _STEPS:
            match = step(self, name)
            if match is not None:
                return match
        return None

    def group(self, id: str | None) -> Collective | None:  # noqa: A002 - the word of the directory
        """Return the collective with that id."""
        return self._groups.get(id) if id else None

    def forms(self, name: str) -> list[Form]:
        """Return the ways to read a name with a division in front of it, 中共 left out."""
        name = name.removeprefix("中共")
        forms: list[Form] = []
        for form in placed_forms(name):
            rest = form.text[1:]
            place = form.place or form.text[0]
            forms += [form, Form("区" + rest, place), Form(rest, place)]
            if place.endswith("自治区"):
                forms.append(Form("省" + rest, place))
        area = self._short.get(name[:2]) or self._short.get(name[:3])
        if area:
            rest = name[len(area) - 1 :]
            forms += [Form("区" + rest, area), Form(rest, area)]
        return forms

    def by_name(self, name: str) -> _Match | None:
        """Find the name as it is."""
        return self._exactly(Form(name), "name")

    def by_place(self, name: str) -> _Match | None:
        """Find what follows a division: 东城区财政局, 北京市东城区财政局, XX区财政局, 东城财政局."""
        return self._first(self.forms(name), "place")

    def by_bracket(self, name: str) -> _Match | None:
        """Find what stands before a bracket: 区政府办公室(区外办)."""
        plain = without_bracket(name)
        if plain == name:
            return None
        return self._first([Form(plain), *self.forms(plain)], "bracket")

    def by_variant(self, name: str) -> _Match | None:
        """Find a name that is written a little differently: without 和, with 委员会 for 委."""
        plain = without_bracket(name)
        for form in (Form(plain), *self.forms(plain)):
            for variant in (form.text, *variants_of(form.text)):
                entry = self._entries.get(variant) or self._variants.get(variant)
                if entry is not None:
                    return _Match(entry, form, "variant")
        return None

    def by_pattern(self, name: str) -> _Match | None:
        """Find a name with a place inside: 市公安局东城分局, 东城园管委会."""
        plain = without_bracket(name)
        if not plain.endswith(self._tails):
            return None
        if group_of(plain) is not None or is_joined(plain):
            return None
        placed = [
            Form(form.text[1:], form.place) for form in placed_forms(plain) if form.place or plain[0] == "区"
        ]
        for form in (*reversed(placed), Form(plain)):
            found: dict[Organ, str] = {}
            for pattern, organ in self._patterns:
                at = pattern.fullmatch(form.text)
                if at is not None:
                    found.setdefault(organ, at[1])
            if found:
                organ, inner = next(iter(found.items()))
                place = form.place
                if place is None and not organ.told_by_place:
                    place = self._short.get(inner) or (inner if is_place(inner) else None)
                return _Match(Entry(tuple(found), None), Form(form.text, place), "pattern", inner)
        return None

    def suggest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the names that share most pairs of characters with this one, best first."""
        if self._grams is None:
            grams: defaultdict[str, list[str]] = defaultdict(list)
            for known in self._entries:
                for gram in _grams(known):
                    grams[gram].append(known)
            self._grams = dict(grams)
        if len(name) > _LONGEST_NAME:
            return ()
        own = _grams(name)
        shared = Counter(known for gram in own for known in self._grams.get(gram, ()))
        # Dice's coefficient; a name of n characters has n + 1 pairs, the two at its ends counted.
        scored = [(2 * both / (len(own) + len(known) + 1), known) for known, both in shared.items()]
        scored = sorted([(-score, known) for score, known in scored if score >= 0.5])
        return tuple([known for _, known in scored[:count]])

    def _exactly(self, form: Form, step: str) -> _Match | None:
        entry = self._entries.get(form.text)
        return _Match(entry, form, step) if entry is not None else None

    def _first(self, forms: Iterable[Form], step: str) -> _Match | None:
        return next((match for form in forms if (match := self._exactly(form, step))), None)


_STEPS: Final[tuple[Callable[[Index, str], _Match | None], ...]] = (
    Index.by_name,
    Index.by_pattern,  # before by_place: 政协东城区委员会 is not the 区委员会 of a place called 政协东城区
    Index.by_place,
    Index.by_bracket,
    Index.by_variant,
)


def _grams(text: str) -> frozenset[str]:
    padded = f"^{text}$"
    return frozenset([padded[at : at + 2] for at in range(len(padded) - 1)])


def in_time(organ: Organ, setting: Setting) -> bool | None:
    """Tell whether the organ existed on the day of the setting, with the allowance; None without a day."""
    if setting.on is None:
        return None
    city = setting.level in {Level.CITY, Level.PROVINCE}
    since = organ.city_since if city else organ.since
    until = organ.city_until if city else organ.until
    begun = since is None or since - ALLOWANCE <= setting.on
    return begun and (until is None or setting.on <= until + ALLOWANCE)


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


_FILTERS: Final[tuple[Callable[[Organ, Setting], bool], ...]] = (
    _is_unit_of,
    lambda organ, setting: setting.level is None or setting.level in organ.levels,
    lambda organ, setting: in_time(organ, setting) is not False,
    _seen,
)


def narrow(organs: Sequence[Organ], setting: Setting) -> tuple[Organ, ...]:
    """Leave out organs of another department, level, time or place, as far as some are left."""
    left = [organ for organ in organs if setting.within is None or organ.within in {None, setting.within}]
    for fits in _FILTERS:
        if len(left) < 2:
            break
        left = [organ for organ in left if fits(organ, setting)] or left
    return tuple(left)


def resolve(index: Index, name: str, setting: Setting) -> Resolution:
    """Return what a name means in a setting, without suggestions."""
    plain = normalise(name)
    if len(plain) > _LONGEST_NAME:
        return Resolution(name)
    match = index.find(plain)
    if match is None:
        return _by_grammar(index, name, plain)
    place = match.form.place if match.form.place not in _BARE else None
    if match.entry.collective is not None and not match.entry.organs:
        found = match.entry.collective
        return Resolution(name, None, found, DepartmentKind.COLLECTIVE, place=place, step=match.step)
    level = _level_told(match)
    here = setting._replace(
        area=setting.area or (last_place(place) if place else None), level=level or setting.level
    )
    # 林草局 alone is the nation's; 澄湖区林草局 is none of its names.
    local = [organ for organ in match.entry.organs if level is None or organ.levels != (Level.NATION,)]
    organs = narrow(local, here)
    if not organs:
        return _by_grammar(index, name, plain)
    single = organs[0] if len(organs) == 1 else None
    return Resolution(
        name,
        single,
        kind=_kind_of(organs, level, plain),
        candidates=() if single else organs,
        place=place,
        level=level,
        inner=match.inner,
        step=match.step,
        in_time=in_time(single, here) if single else None,
    )


def _kind_of(organs: Sequence[Organ], level: Level | None, plain: str) -> DepartmentKind | None:
    """Return the kind that all organs share; a branch in the district is an organ of the city."""
    kinds = {organ.kind for organ in organs}
    if len(kinds) > 1 or (kinds == {DepartmentKind.BRANCH} and level in {Level.CITY, Level.PROVINCE}):
        return kind_by_ending(plain)
    return organs[0].kind


def _level_told(match: _Match) -> Level | None:
    """Return the level that a name tells; the 市 of 市场监管局 tells none."""
    name, form = match.form.text, match.form
    if match.step == "pattern":
        return None  # 南京市公安局玄武分局 is a body of the district
    if form.place is not None or not name.startswith("市"):
        return Level.CITY if any(name in organ.city_names for organ in match.entry.organs) else form.level
    known = any(name in (*organ.city_names, *organ.elsewhere_names) for organ in match.entry.organs)
    return Level.CITY if known else None


def _by_grammar(index: Index, name: str, plain: str) -> Resolution:
    """What the grammar of collectives says, or else only what sort of body the name is."""
    group = group_of(plain)
    if group is not None:
        collective = index.group(group.id)
        return Resolution(name, None, collective, DepartmentKind.COLLECTIVE, step="grammar")
    return Resolution(name, kind=kind_by_ending(plain))
