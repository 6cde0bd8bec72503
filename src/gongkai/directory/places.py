"""Divisions: which one a name means, what lies in it, and whose a document's number is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from gongkai.directory.naming import level_of_place, normalise, placed_forms, places_in
from gongkai.directory.organs import DivisionFacts
from gongkai.model import Division, DocumentNumber, Level

__all__ = ["Gazetteer"]


class Gazetteer:
    """The divisions, by code and by name.

    Args:
        divisions: the divisions.
        facts: what else is known of them, by code.
    """

    def __init__(self, divisions: Iterable[Division], facts: Mapping[str, DivisionFacts]) -> None:
        self._facts = facts
        self.by_code: dict[str, Division] = {}
        self._by_name: defaultdict[str, list[Division]] = defaultdict(list)
        self._below: defaultdict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            if division.code is not None:
                self.by_code[division.code] = division
            known = self._facts.get(division.code or "")
            for name in (division.name, *(known.abbreviations if known else ())):
                if len(name) > 2 or name == division.name:
                    self._by_name[normalise(name)].append(division)
            if division.parent is not None:
                self._below[division.parent].append(division)

    def find(
        self, name: str, on: date | None = None, number: DocumentNumber | str | None = None
    ) -> Division | None:
        """Return the division that a name or code means; None where that is not settled.

        A name that other divisions of the country have too needs the division above it, or the number of a
        document.
        """
        if name in self.by_code:
            return self.by_code[name]
        chain = places_in(normalise(name))
        found = [each for each in self._by_name.get(chain[-1], ()) if self._fits(each, chain[:-1])]
        found = [each for each in found if _exists(each, on)] or found
        if number is not None and (code := _code_of(number)) is not None:
            issued = [each for each in found if self._issues(each, code)]
            if issued:
                return issued[0] if len(issued) == 1 else None
        if len(found) != 1:
            return None
        return found[0] if len(chain) > 1 or not self._namesakes(found[0]) else None

    def of_issuer(
        self, issuer: str, number: DocumentNumber | str | None = None, on: date | None = None
    ) -> Division | None:
        """Return the division that the name of an issuer begins with."""
        plain = normalise(issuer)
        if plain.startswith(("国务院", "中共中央", "中华人民共和国")):
            return self.find("全国")
        places = [form.place for form in placed_forms(plain) if form.place is not None]
        found = self.find(places[-1], on, number) if places else None
        named = places_in(places[-1])[-1] if places else ""
        return found if found is None or found.name == named else attrs.evolve(found, name=named)

    def below(self, division: Division, on: date | None = None) -> tuple[Division, ...]:
        """Return the divisions right below one, on a day or at any time."""
        listed = self._below.get(division.code or "", ())
        return tuple([each for each in listed if on is None or _exists(each, on)])

    def knows(self, name: str) -> bool:
        """Tell whether a text is the name of a listed division, with or without those above it."""
        chain = places_in(name)
        found = self._by_name.get(chain[-1], ()) if name else ()
        return any(each.level is not Level.NATION and self._fits(each, chain[:-1]) for each in found)

    def full_name(self, name: str) -> str:
        """Return the name of a listed division that is given without its last character: 东城 is 东城区."""
        if name in self._by_name or level_of_place(name) is not None:
            return name
        return next((full for unit in "区市省县" if (full := name + unit) in self._by_name), name)

    def chain(self, name: str) -> tuple[str, ...]:
        """Return a name and the names of the divisions above it, as far as that is settled."""
        found = self._by_name.get(name, ())
        names = [name]
        at = found[0].parent if len(found) == 1 else None
        while at is not None and at in self.by_code:
            names.append(self.by_code[at].name)
            at = self.by_code[at].parent
        return tuple(names)

    def beside(self, name: str) -> frozenset[str]:
        """Return the names of the divisions that have the same one above them."""
        parents = [division.parent for division in self._by_name.get(name, ()) if division.parent]
        return frozenset([each.name for parent in parents for each in self._below[parent]])

    def level_of(self, name: str) -> Level | None:
        """Return the level of the divisions of that name, where they have one level."""
        levels = {division.level for division in self._by_name.get(name, ())}
        return next(iter(levels)) if len(levels) == 1 else None

    def _fits(self, division: Division, above: list[str]) -> bool:
        """Whether what stands before its name is above it; 直辖市 have no city between."""
        names: set[str] = set()
        at = division.parent
        while at is not None and at in self.by_code:
            names.add(self.by_code[at].name)
            at = self.by_code[at].parent
        return not above or not names or bool(names.intersection(above))

    def _issues(self, division: Division, code: str) -> bool:
        facts = self._facts.get(division.code or "")
        return facts is not None and code in facts.codes

    def _namesakes(self, division: Division) -> bool:
        facts = self._facts.get(division.code or "")
        return facts is not None and bool(facts.namesakes)


def _exists(division: Division, on: date | None) -> bool:
    if on is None:
        return division.until is None
    return (division.since is None or division.since <= on) and (
        division.until is None or on <= division.until
    )


def _code_of(number: DocumentNumber | str) -> str | None:
    parsed = DocumentNumber.parse(number) if isinstance(number, str) else number
    return parsed.code if parsed is not None else None
