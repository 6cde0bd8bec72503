"""Who the departments of a plan are: the directory's ids, as names are meant there and then.

What one setting (division, department, month) has settled is kept: plans of one district and year share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import attrs

from gongkai.directory import Directory, Resolution
from gongkai.directory.kinds import kind_by_ending
from gongkai.directory.suggesting import is_miswritten
from gongkai.model import Assignment, Department, DepartmentKind, Division, DocumentNumber, Record
from gongkai.model._house import trusted
from gongkai.reading.clauses import Clause
from gongkai.reading.grammar import table
from gongkai.reading.names import LONGEST_NAME
from gongkai.reading.titles import division_in

__all__ = ["Settled", "Settler", "setting_of"]

_make_assignment = trusted(Assignment)

#: Clauses that one setting keeps; then its memory starts anew.
_KEPT: Final = 8192

#: What follows the name of who issues a plan in its title.
_AFTER_ISSUER: Final = re.compile(r"(?:19|20)\d{2}|关于|政务公开|政府信息|[《〈二]")

_QUOTES: Final = frozenset('“”‘’《》"')

#: Who publishes plans of a whole division: they do not speak of their own 办公室.
_FOR_ALL: Final = frozenset(
    [
        *("gov-office", "district-government", "district-party-committee", "party-office"),
        *("open-gov-leading-group", "open-gov-leading-group-office"),
        *("gov-services-office", "gov-services-bureau", "gov-services-data-bureau", "admin-approval-bureau"),
        *("n-state-council", "n-state-council-office", "n-central-office"),
    ]
)


class Settled(NamedTuple):
    """What a clause says in a plan.

    Attributes:
        clause: the clause; held, so that no other one takes its place in memory.
        assignments: who in which role, with ids.
        notes: what to note of names that are not settled: a finding's name, and the facts that fill it.
    """

    clause: Clause
    assignments: tuple[Assignment, ...]
    notes: tuple[tuple[str, dict[str, str]], ...]


class Settler:
    """Settles who is meant by names in one setting.

    Args:
        directory: the directory that knows them.
        division: whose plan it is.
        within: the id of the department whose plan it is, where it is one of a department.
        on: the day by which the names are understood.
    """

    __slots__ = ("_bodies", "_clauses", "_directory", "_division", "_on", "_within")

    def __init__(
        self, directory: Directory, division: Division | None, within: str | None, on: date | None
    ) -> None:
        self._directory = directory
        self._division = division
        self._within = within
        self._on = on
        self._clauses: dict[int, Settled] = {}
        self._bodies: dict[str, tuple[Department, tuple[tuple[str, dict[str, str]], ...]]] = {}

    def settle(self, clause: Clause) -> Settled:
        """Return what a clause says, with the ids of its departments."""
        known = self._clauses.get(id(clause))
        if known is not None and known.clause is clause:
            return known
        notes: list[tuple[str, dict[str, str]]] = []
        assignments = tuple(self._settled(clause.assignments, notes))
        if len(self._clauses) >= _KEPT:
            self._clauses.clear()
        settled = self._clauses[id(clause)] = Settled(clause, assignments, tuple(notes))
        return settled

    def _settled(
        self, assignments: tuple[Assignment, ...], notes: list[tuple[str, dict[str, str]]]
    ) -> Iterator[Assignment]:
        for item in assignments:
            bodies: list[Department] = []
            for body in item.departments:
                if body.id is None:
                    found, noted = self._body(body)
                    notes += noted
                    bodies.append(found)
                else:  # its neighbours in the clause say who is meant
                    bodies.append(body)
            yield _make_assignment(item.role, tuple(bodies), item.severally, item.open, item.inherited)

    def _body(self, body: Department) -> tuple[Department, tuple[tuple[str, dict[str, str]], ...]]:
        known = self._bodies.get(body.name)
        if known is None:
            if len(self._bodies) >= _KEPT:
                self._bodies.clear()
            known = self._bodies[body.name] = self._look_up(body)
        return known

    def _look_up(self, body: Department) -> tuple[Department, tuple[tuple[str, dict[str, str]], ...]]:
        if len(body.name) > LONGEST_NAME:
            return body, (("department-unknown", {"name": body.name}),)
        found = self._directory.resolve(body.name, division=self._division, within=self._within, on=self._on)
        kind = found.kind or body.kind
        if found:
            return _department(body.name, kind, found.id), ()
        return _department(body.name, kind, None), _notes_of(found, kind)


def _notes_of(found: Resolution, kind: DepartmentKind | None) -> tuple[tuple[str, dict[str, str]], ...]:
    """What to note of a name that is not settled; a collective that is not listed stays what it is."""
    if found.candidates:
        names = "、".join([organ.name for organ in found.candidates])
        return (("department-ambiguous", {"name": found.name, "names": names}),)
    likely = [known for known in found.suggestions if _is_slip(found.name, kind, known)]
    if likely:
        return (("department-like", {"name": found.name, "names": "、".join(likely)}),)
    if kind is DepartmentKind.COLLECTIVE or (kind is not None and _stands_for_any(found.name)):
        return ()
    return (("department-unknown" if kind is None else "department-unlisted", {"name": found.name}),)


def _is_slip(name: str, kind: DepartmentKind | None, known: str) -> bool:
    """Whether a name is another miswritten: what ends as a body of another sort does is a body of its own.

    >>> from gongkai.model import DepartmentKind
    >>> from gongkai.reading.settling import _is_slip
    >>> _is_slip("区财证局", DepartmentKind.ORGAN, "区财政局")
    True
    >>> _is_slip("信访处", DepartmentKind.OFFICE, "信访办")
    False
    """
    if kind is not None and (known[-1] != name[-1] or kind_by_ending(known) not in {kind, None}):
        return False
    return is_miswritten(name, known)


def _stands_for_any(name: str) -> bool:
    """Whether a name is a placeholder for one that is not told: 区甲局, 某某局, XX办.

    >>> from gongkai.reading.settling import _stands_for_any
    >>> _stands_for_any("区甲局"), _stands_for_any("某某市XX管委会"), _stands_for_any("区档案事务局")
    (True, True, False)
    """
    rules = table("clauses")["names"]
    core = name[1:] if name[0] in rules["prefixes"] else name
    return core[0] in rules["placeholders"]


@lru_cache(maxsize=_KEPT)
def _department(name: str, kind: DepartmentKind | None, id_: str | None) -> Department:
    """Return the department; mentions of one name with one meaning share one object."""
    return Department(name, kind=kind, id=id_)


def setting_of(
    title: str, record: Record, year: int | None, directory: Directory
) -> tuple[Division | None, Settler]:
    """Return whose plan it is, and who settles its names."""
    return _setting(title, record.issuer, record.document_number, record.issued_on, year, directory)


@lru_cache(maxsize=256)
def _setting(
    title: str,
    issuer: str | None,
    number: DocumentNumber | None,
    issued_on: date | None,
    year: int | None,
    directory: Directory,
) -> tuple[Division | None, Settler]:
    division = _division(title, issuer, number, issued_on, directory)
    day = None if year is None else date(year, 12, 31)
    on = day if issued_on is None else issued_on.replace(day=1)
    return division, _settler(directory, division, _whose(title, issuer, directory), on)


def _division(
    title: str,
    issuer: str | None,
    number: DocumentNumber | None,
    issued_on: date | None,
    directory: Directory,
) -> Division | None:
    """Return whose plan it is: by its title, else by who issued it; with the code that the directory has."""
    printed = division_in(title)
    if printed is None or not _QUOTES.isdisjoint(printed.name):  # “无废城市” is no city
        return directory.division_of(issuer, number=number, on=issued_on) if issuer else None
    known = directory.division(printed.name, on=issued_on, number=number)
    return printed if known is None else attrs.evolve(known, name=printed.name)


@lru_cache(maxsize=128)
def _settler(directory: Directory, division: Division | None, within: str | None, on: date | None) -> Settler:
    return Settler(directory, division, within, on)


def _whose(title: str, issuer: str | None, directory: Directory) -> str | None:
    """Return the id of the department whose plan it is, where it is not that of a whole division."""
    named = _AFTER_ISSUER.split(title, maxsplit=1)[0]
    told = named if named.strip() else issuer
    if not told or len(told) > LONGEST_NAME:
        return None
    found = directory.resolve(told)
    return None if found.organ is None or found.id in _FOR_ALL else found.id
