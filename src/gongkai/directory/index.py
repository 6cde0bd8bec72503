"""All names of a directory, by text.

A look-up goes through named steps; the first that finds something answers. It depends on the name alone:
where it finds several organs, ``resolving`` narrows them by place, level and date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from gongkai.directory.kinds import group_of, is_joined
from gongkai.directory.naming import (
    Form,
    Pattern,
    is_place,
    national_names,
    normalise,
    pattern_of,
    placed_forms,
    ranked_alike,
    spelled_alike,
    without_bracket,
)
from gongkai.directory.organs import Collective, Organ
from gongkai.directory.suggesting import Suggester
from gongkai.model import Division, Level

__all__ = ["Entry", "Index", "Match"]

#: Look-ups kept for names that come again; then the memory starts anew.
_KEPT: Final = 16384


class Entry(NamedTuple):
    """What one text of the index stands for."""

    organs: tuple[Organ, ...]
    collective: Collective | None


class Match(NamedTuple):
    """What a look-up found: the entry, the form of the name that it stands under, and the step."""

    entry: Entry
    form: Form
    step: str
    inner: str | None = None


def _both(one: Entry | None, other: Entry) -> Entry:
    """Join what one text stands for by two names."""
    if one is None:
        return other
    return Entry(tuple(dict.fromkeys((*one.organs, *other.organs))), one.collective or other.collective)


def _latest(organs: list[Organ], layers: Mapping[str, int]) -> list[Organ]:
    """Leave those to which a later table gives the name; all, where it does so for some divisions only."""
    last = max(layers.get(organ.id, 0) for organ in organs)
    late = [organ for organ in organs if layers.get(organ.id, 0) == last]
    return organs if all(organ.areas for organ in late) else late


class Index:
    """All names of a directory, by text.

    Args:
        organs: the organs to find.
        collectives: the collective expressions to find.
        divisions: the divisions whose short names (东城 for 东城区) may stand in front of a name.
        layers: for entries that came later, which table brought them: a name goes to the latest.
    """

    def __init__(
        self,
        organs: Sequence[Organ],
        collectives: Iterable[Collective],
        divisions: Iterable[Division],
        layers: Mapping[str, int],
    ) -> None:
        found: defaultdict[str, list[Organ]] = defaultdict(list)
        self._patterns: defaultdict[str, list[tuple[Pattern, Organ]]] = defaultdict(list)
        self._national: dict[str, tuple[Organ, ...]] = {}
        for organ in organs:
            for name in (*organ.names, *organ.slips):
                found[normalise(name)].append(organ)
            for text in organ.patterns:
                pattern = pattern_of(text)
                self._patterns[pattern.tail].append((pattern, organ))
        self._tails = tuple(self._patterns)
        if layers:
            found = defaultdict(list, {name: _latest(owners, layers) for name, owners in found.items()})
        groups = {normalise(collective.name): collective for collective in collectives}
        self._entries: dict[str, Entry] = {
            name: Entry(tuple(found.get(name, ())), groups.get(name)) for name in (*found, *groups)
        }
        self._alike: dict[str, dict[str, Entry]] = {}
        self._groups = {collective.id: collective for collective in groups.values()}
        self._short = {
            division.name[:-1]: division.name
            for division in divisions
            if division.level is Level.DISTRICT and len(division.name) > 2
        }
        self._slips = frozenset([slip for organ in organs for slip in organ.slips])
        self._suggester: Suggester | None = None
        self._suggested: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, Match | None] = {}

    def find(self, name: str) -> Match | None:
        """Return what the first step finds that finds anything; the name is in its normal form."""
        try:
            return self._found[name]
        except KeyError:
            match = next(filter(None, (step(self, name) for step in _STEPS)), None)
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[name] = match
            return match

    def national(self, name: str) -> tuple[Organ, ...]:
        """Return the organs of the nation that a name means where 国家 and its like go without saying."""
        organs = self._national.get(name)
        if organs is None:
            entries = [
                self._entries.get(full) or self._spelled().get(spelled_alike(full))
                for full in national_names(name)
            ]
            nation = (Level.NATION,)
            found = [organ for entry in entries if entry for organ in entry.organs if organ.levels == nation]
            organs = self._national[name] = tuple(dict.fromkeys(found))
            if len(self._national) > _KEPT:
                self._national.clear()
        return organs

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

    def by_name(self, name: str) -> Match | None:
        """Find the name as it is."""
        return self._exactly(Form(name), "name")

    def by_group(self, name: str) -> Match | None:
        """Find a collective by its grammar: 省直各有关部门, 各镇(街道)."""
        group = group_of(name)
        collective = self._groups.get(group.id) if group is not None and group.id else None
        return Match(Entry((), collective), Form(name), "grammar") if collective else None

    def by_place(self, name: str) -> Match | None:
        """Find what follows a division: 东城区财政局, 北京市东城区财政局, XX区财政局, 东城财政局."""
        return self._first(self.forms(name), "place")

    def by_bracket(self, name: str) -> Match | None:
        """Find what stands before a bracket: 区政府办公室(区外办)."""
        plain = without_bracket(name)
        if plain == name:
            return None
        return self._first([Form(plain), *self.forms(plain)], "bracket")

    def by_variant(self, name: str) -> Match | None:
        """Find a name that is spelled a little differently: without 和, with 委员会 for 委."""
        return self._alike_in(self._spelled(), name, spelled_alike, "variant")

    def by_rank(self, name: str) -> Match | None:
        """Find a name with 厅 for 局, or with 局 for 委, as other levels and other places have it."""
        return self._alike_in(self._ranked(), name, ranked_alike, "rank")

    def by_pattern(self, name: str) -> Match | None:
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
            found = self._matching(form.text)
            if found:
                organ, inner = next(iter(found.items()))
                place = form.place
                if place is None and not organ.told_by_place:
                    place = self._short.get(inner) or (inner if is_place(inner) else None)
                return Match(Entry(tuple(found), None), Form(form.text, place), "pattern", inner)
        return None

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return the names that look most like this one, best first."""
        found = self._suggested.get(name)
        if found is None:
            if self._suggester is None:
                self._suggester = Suggester([name for name in self._entries if name not in self._slips])
            texts = dict.fromkeys([name, *(form.text for form in self.forms(name))])
            if len(self._suggested) >= _KEPT:
                self._suggested.clear()
            found = self._suggested[name] = self._suggester.suggest(texts)
        return found

    def _matching(self, name: str) -> dict[Organ, str]:
        """Return the organs with a pattern that the name is one of, and the place inside."""
        found: dict[Organ, str] = {}
        for tail in self._tails:
            if name.endswith(tail):
                for pattern, organ in self._patterns[tail]:
                    place = pattern.place_in(name)
                    if place is not None:
                        found.setdefault(organ, place)
        return found

    def _spelled(self) -> dict[str, Entry]:
        return self._alike.get("variant") or self._gather("variant", spelled_alike)

    def _ranked(self) -> dict[str, Entry]:
        return self._alike.get("rank") or self._gather("rank", ranked_alike)

    def _gather(self, step: str, alike: Callable[[str], str]) -> dict[str, Entry]:
        """Index the entries by the name that stands for those like theirs; made when it is first needed."""
        gathered: dict[str, Entry] = {}
        for name, entry in self._entries.items():
            one = alike(name)
            gathered[one] = _both(gathered.get(one), entry)
        self._alike[step] = gathered
        return gathered

    def _alike_in(
        self, entries: dict[str, Entry], name: str, alike: Callable[[str], str], step: str
    ) -> Match | None:
        plain = without_bracket(name)
        for form in (Form(plain), *self.forms(plain)):
            entry = entries.get(alike(form.text))
            if entry is not None:
                return Match(entry, form, step)
        return None

    def _exactly(self, form: Form, step: str) -> Match | None:
        entry = self._entries.get(form.text)
        return Match(entry, form, step) if entry is not None else None

    def _first(self, forms: Iterable[Form], step: str) -> Match | None:
        return next((match for form in forms if (match := self._exactly(form, step))), None)


_STEPS: Final[tuple[Callable[[Index, str], Match | None], ...]] = (
    Index.by_name,
    Index.by_group,
    Index.by_pattern,  # before by_place: 政协东城区委员会 is not the 区委员会 of a place called 政协东城区
    Index.by_place,
    Index.by_bracket,
    Index.by_variant,
    Index.by_rank,
)
