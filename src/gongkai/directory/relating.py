"""How two organs are related: one body under two names, or one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from typing import NamedTuple, final

from attrs import frozen

from gongkai.directory.naming import normalise, placed_forms
from gongkai.directory.organs import MEMBER_CLASSES, Collective, Function, Organ, Succession, SuccessionKind
from gongkai.directory.resolution import Resolution
from gongkai.directory.resolving import ALLOWANCE
from gongkai.model import DepartmentKind
from gongkai.model._display import Shown

__all__ = ["Graph", "Relation", "RelationKind", "kin", "relate", "weakest"]


@unique
class RelationKind(StrEnum):
    """How two bodies are related, from the closest to the loosest."""

    SAME = "same"
    """one body, perhaps written in two ways, or two bodies in one office"""
    RENAMED = "renamed"
    """one body before and after a reform that gave it another name"""
    SUCCEEDED = "succeeded"
    """one follows the other: merged, split, or functions moved"""
    SHARES_FUNCTIONS = "shares-functions"
    """two bodies that do some of the same"""
    UNRELATED = "unrelated"
    """two bodies that have nothing in common that the directory knows of"""
    UNKNOWN = "unknown"
    """at least one of them is not in the directory"""


@final
@frozen(weakref_slot=False, repr=False)
class Relation(Shown):
    """How two bodies are related, and what says so.

    Attributes:
        kind: how they are related.
        old: what the first name means.
        new: what the second name means.
        successions: the steps from the earlier to the later body, in order of time.
        forward: whether the second is the later one; True where neither is.
        functions: ids of functions that both have, for ``shares-functions``.
    """

    kind: RelationKind
    old: Resolution
    new: Resolution
    successions: tuple[Succession, ...] = ()
    forward: bool = True
    functions: tuple[str, ...] = ()

    @property
    def one_body(self) -> bool:
        """Whether both names mean one body, so that a change between them is no reassignment."""
        return self.kind in {RelationKind.SAME, RelationKind.RENAMED}

    @property
    def on(self) -> date | None:
        """The day of the last step, where there is one (the first of the month or year that is known)."""
        return self.successions[-1].on if self.successions else None

    def __repr__(self) -> str:
        arrow = "→" if self.forward else "←"
        when = f" {self.on:%Y-%m}" if self.on else ""
        return f"<Relation {self.old.name} {arrow} {self.new.name} {self.kind}{when}>"


class _Path(NamedTuple):
    kind: RelationKind
    steps: tuple[Succession, ...]
    forward: bool


class Graph:
    """The successions between organs, for walking.

    Args:
        successions: all of them.
        functions: the functions, for their parents.
    """

    def __init__(self, successions: Iterable[Succession], functions: Iterable[Function]) -> None:
        self._after: defaultdict[str, list[Succession]] = defaultdict(list)
        for succession in successions:
            self._after[succession.predecessor].append(succession)
        self._families: Mapping[str, str] | None = None
        self._parents: Mapping[str, str | None] = {function.id: function.parent for function in functions}

    def compare(
        self, old: Organ, new: Organ, areas: frozenset[str], on: date | None
    ) -> tuple[RelationKind, _Path | None]:
        """Return how two organs are related, and the path between them, where there is one.

        Args:
            old: one organ.
            new: the other.
            areas: the divisions that are spoken of; steps known only for others do not count.
            on: the later day; steps more than twelve months after it do not count.
        """
        if old.id == new.id:
            return RelationKind.SAME, None
        paths = [
            _Path(_kind_of(steps), steps, forward)
            for start, end, forward in ((old.id, new.id, True), (new.id, old.id, False))
            for steps in self._chains(start, end, areas, on)
        ]
        if paths:
            best = min(paths, key=lambda path: (_ORDER[path.kind], len(path.steps), not path.forward))
            return best.kind, best
        shared = self.shared(old, new)
        return (RelationKind.SHARES_FUNCTIONS if shared else RelationKind.UNRELATED), None

    def shared(self, old: Organ, new: Organ) -> tuple[str, ...]:
        """Return the functions that both organs have, wider functions counted in."""
        theirs = self.widened(new.functions)
        return tuple([function for function in old.functions if self.widened((function,)) & theirs])

    def family(self, organ: str) -> str:
        """Return what all organs have in common that successions join, directly or by way of others."""
        if self._families is None:
            self._families = _families(self._after)
        return self._families.get(organ, organ)

    def widened(self, functions: Iterable[str]) -> frozenset[str]:
        """Return the functions with all wider ones that they are part of."""
        found: set[str] = set()
        for function in functions:
            at: str | None = function
            while at is not None and at not in found:
                found.add(at)
                at = self._parents.get(at)
        return frozenset(found)

    def _chains(
        self, start: str, end: str, areas: frozenset[str], on: date | None
    ) -> Iterator[tuple[Succession, ...]]:
        """Walk from predecessor to successor, as long as some function is handed on all the way."""
        open_ends: list[tuple[str, tuple[Succession, ...], frozenset[str] | None]] = [(start, (), None)]
        while open_ends:
            at, steps, carried = open_ends.pop()
            for step in self._after.get(at, ()):
                if not self._holds(step, steps, areas, on):
                    continue
                handed = carried
                if step.kind is not SuccessionKind.RENAMED:
                    own = self.widened(step.functions)
                    handed = own if carried is None else own & carried
                    if not handed:
                        continue
                walked = (*steps, step)
                if step.successor == end:
                    yield walked
                elif len(walked) < _LONGEST_CHAIN:
                    open_ends.append((step.successor, walked, handed))

    @staticmethod
    def _holds(
        step: Succession, before: tuple[Succession, ...], areas: frozenset[str], on: date | None
    ) -> bool:
        if on is not None and step.on > on + ALLOWANCE:
            return False
        if areas and step.areas and areas.isdisjoint(step.areas):
            return False
        if before and step.on < before[-1].on:
            return False
        return all(step.successor != earlier.predecessor for earlier in before)


def _families(after: Mapping[str, Iterable[Succession]]) -> dict[str, str]:
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for organ, steps in after.items():
        for step in steps:
            neighbours[organ].append(step.successor)
            neighbours[step.successor].append(organ)
    found: dict[str, str] = {}
    for first in neighbours:
        waiting = [first] if first not in found else []
        while waiting:
            at = waiting.pop()
            if at not in found:
                found[at] = first
                waiting += neighbours[at]
    return found


_ORDER = {kind: at for at, kind in enumerate(RelationKind)}

#: Reforms come every five years or so; longer chains say nothing about one pair of plans.
_LONGEST_CHAIN = 5


def _kind_of(steps: tuple[Succession, ...]) -> RelationKind:
    kinds = {step.kind for step in steps}
    if kinds == {SuccessionKind.COMBINED}:
        return RelationKind.SAME
    if kinds <= {SuccessionKind.COMBINED, SuccessionKind.RENAMED}:
        return RelationKind.RENAMED
    return RelationKind.SUCCEEDED


def kin(graph: Graph, found: Resolution) -> frozenset[str]:
    """Return marks, of which two names share one where what they mean is one body or follows on the other.

    The marks are necessary and not sufficient: :func:`relate` says how two names are related.
    """
    marks = {f"name {normalise(found.name)}"}
    if found.collective is not None:
        marks.add(f"members {' '.join(sorted(_classes(found.collective)))}")
    elif found.organ is not None or found.candidates:
        first = found.organ or found.candidates[0]
        marks.add(f"family {graph.family(first.id)}")
    elif found.kind is not None:
        forms = list(placed_forms(normalise(found.name)))
        marks.update([f"written {form.text}" for form in forms[-1:]])
    return frozenset(marks)


def weakest(relations: Iterable[Relation]) -> Relation:
    """Return the loosest of several relations: what can be said whichever of the candidates is meant."""
    return max(relations, key=lambda relation: _ORDER[relation.kind])


def relate(graph: Graph, old: Resolution, new: Resolution, areas: frozenset[str]) -> Relation:
    """Return how what two names mean is related."""
    alike = normalise(old.name) == normalise(new.name) and old.id == new.id
    if alike or (_unlisted(old, new) and _written_alike(old, new)):
        return Relation(RelationKind.SAME, old, new)
    if old.collective is not None and new.collective is not None:
        return Relation(_relate_collectives(old.collective, new.collective), old, new)
    on = max(filter(None, (old.on, new.on)), default=None)
    found = [
        _relate_organs(graph, one, other, old, new, areas, on)
        for one in ((old.organ,) if old.organ else old.candidates)
        for other in ((new.organ,) if new.organ else new.candidates)
    ]
    return weakest(found) if found else Relation(RelationKind.UNKNOWN, old, new)


def _relate_organs(
    graph: Graph,
    one: Organ,
    other: Organ,
    old: Resolution,
    new: Resolution,
    areas: frozenset[str],
    on: date | None,
) -> Relation:
    if one.id == other.id and one.told_by_place and (old.inner or old.name) != (new.inner or new.name):
        return Relation(RelationKind.SHARES_FUNCTIONS, old, new, functions=one.functions)
    kind, path = graph.compare(one, other, areas, on)
    if old.level and new.level and old.level is not new.level and kind is not RelationKind.UNRELATED:
        return Relation(RelationKind.SHARES_FUNCTIONS, old, new, functions=graph.shared(one, other))
    if path is not None:
        return Relation(kind, old, new, path.steps, path.forward)
    shared = graph.shared(one, other) if kind is RelationKind.SHARES_FUNCTIONS else ()
    return Relation(kind, old, new, functions=shared)


def _unlisted(*found: Resolution) -> bool:
    """Tell whether all of them are bodies that the directory does not list."""
    return all(not each and not each.candidates and each.kind is not None for each in found)


def _written_alike(old: Resolution, new: Resolution) -> bool:
    """Tell whether two names differ in the division in front only: 区档案事务局, 澄湖区档案事务局.

    高新区管委会 and 开发区管委会 are two bodies: what stands in front of a committee is its own area.
    """
    if old.kind is not new.kind or old.kind is DepartmentKind.COMMITTEE:
        return False
    first, second = (list(placed_forms(normalise(found.name))) for found in (old, new))
    return bool(first and second) and first[-1].text == second[-1].text


def _relate_collectives(old: Collective, new: Collective) -> RelationKind:
    first, second = _classes(old), _classes(new)
    if old.id == new.id or (first == second and old.closed and new.closed):
        return RelationKind.SAME
    return RelationKind.SHARES_FUNCTIONS if first & second else RelationKind.UNRELATED


def _classes(group: Collective) -> frozenset[str]:
    """The classes of its members, or else the bodies that it names."""
    return frozenset(group.members) & MEMBER_CLASSES or frozenset(group.members)
