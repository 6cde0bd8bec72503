"""The directory itself: what there is, and the questions it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TypeVar, final

from attrs import field, frozen

from gongkai.directory import tables
from gongkai.directory.kinds import is_joined
from gongkai.directory.naming import Form, last_place, normalise, placed_forms
from gongkai.directory.organs import Collective, Function, Organ, Succession
from gongkai.directory.relating import Graph, Relation, RelationKind, weakest
from gongkai.directory.resolving import Index, Resolution, Setting, resolve
from gongkai.errors import InvalidValue
from gongkai.model import DepartmentKind, Division, Level

__all__ = ["Directory", "classify", "is_body"]

T = TypeVar("T")

#: Answers kept for names that come again; then the memory starts anew.
_KEPT = 8192

_ANYWHERE = Setting(None, None, None, None)


@final
@frozen(eq=False, repr=False)
class Directory:
    """Organs, collectives and divisions over time (机构名录); answers who is meant, there and then.

    :meth:`default` is the one that is shipped. A directory is a value: ``attrs.evolve`` makes another one.

    Attributes:
        version: the version of the data.
        organs: the organs.
        functions: what they do.
        successions: what became of them.
        collectives: expressions for groups of bodies.
        divisions: the divisions.
        sources: what each key of a source stands for.

    >>> from gongkai import Directory
    >>> Directory.default().resolve("澄湖区财政局").id
    'finance-bureau'
    """

    version: str
    organs: tuple[Organ, ...]
    functions: tuple[Function, ...]
    successions: tuple[Succession, ...]
    collectives: tuple[Collective, ...]
    divisions: tuple[Division, ...]
    sources: Mapping[str, str] = field(factory=dict[str, str])
    _answers: dict[object, Resolution] = field(factory=dict[object, Resolution], init=False)
    _relations: dict[object, Relation] = field(factory=dict[object, Relation], init=False)

    @staticmethod
    @cache
    def default() -> Directory:
        """Return the directory that is shipped; its files are read on first use."""
        return Directory(
            tables.version(),
            tables.organs(),
            tables.functions(),
            tables.successions(),
            tables.collectives(),
            tables.divisions(),
            tables.sources(),
        )

    def resolve(
        self,
        name: str,
        *,
        division: Division | str | None = None,
        within: str | None = None,
        on: date | None = None,
    ) -> Resolution:
        """Return what a name means.

        Args:
            name: the name as written: 区财政局, 财政局, 东城区财政局, 北京市东城区财政局, XX区财政局.
            division: the division whose plan uses the name. It tells 发改委 of a district from that of the
                nation, and 区城管委 of one district from that of another.
            within: the department whose plan uses the name, where it speaks of its own units (办公室,
                宣传处): its name or its id.
            on: the day on which the name was used. Reforms are dated with an allowance of twelve months.

        Returns:
            A resolution that is true where exactly one entry is meant. A name with several meanings has
            ``candidates``, an unknown one has ``suggestions``; both have a ``kind`` where the name shows it.

        Raises:
            InvalidValue: the name is no str.

        >>> from datetime import date
        >>> from gongkai import Directory
        >>> directory = Directory.default()
        >>> directory.resolve("区住房和城乡建设委", division="东城区").organ
        <Organ housing-construction-commission 区住房城乡建设委>
        >>> directory.resolve("区城管委").candidates
        (<Organ comprehensive-city-management-commission 区城管委>, <Organ city-management-commission ...>)
        >>> directory.resolve("区城管委", division="西城区", on=date(2020, 3, 1)).id
        'city-management-commission'
        >>> directory.resolve("各有关单位").collective
        <Collective c-related-units2 各有关单位>
        """
        key = (name, division, within, on)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._resolve(name, division, within, on)
            _remember(self._answers, key, answer)
        return answer

    def relation(
        self,
        old: str,
        new: str,
        *,
        division: Division | str | None = None,
        on: date | None = None,
    ) -> Relation:
        """Return how two bodies are related: one body, one after the other, or two.

        Where a name has several meanings, the loosest relation that any of them gives is returned.

        Args:
            old: a name, or the id of an organ.
            new: a name, or the id of an organ.
            division: the division whose plans use the names; steps known only for other divisions do not
                count.
            on: the day on which the second name was used; steps more than twelve months after it do not
                count.

        Raises:
            InvalidValue: a name is no str.

        >>> from gongkai import Directory
        >>> relation = Directory.default().relation("区卫生计生委", "区卫生健康委")
        >>> relation.kind.value, relation.on, relation.one_body
        ('renamed', datetime.date(2019, 3, 1), True)
        >>> Directory.default().relation("区质监局", "区市场监管局")
        <Relation 区质监局 → 区市场监管局 succeeded 2019-03>
        """
        key = (old, new, division, on)
        relation = self._relations.get(key)
        if relation is None:
            relation = self._relate(old, new, division, on)
            _remember(self._relations, key, relation)
        return relation

    def organ(self, id: str) -> Organ:  # noqa: A002 - the word of the directory
        """Return the organ with that id.

        Raises:
            KeyError: there is none.
        """
        return self._organs[id]

    def __repr__(self) -> str:
        counts = ((self.organs, "organs"), (self.collectives, "collectives"), (self.divisions, "divisions"))
        return (
            f"<Directory {self.version} · " + " · ".join(f"{len(all_)} {noun}" for all_, noun in counts) + ">"
        )

    @cached_property
    def _index(self) -> Index:
        return Index(self.organs, self.collectives, self.divisions)

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.successions, self.functions)

    @cached_property
    def _organs(self) -> dict[str, Organ]:
        return {organ.id: organ for organ in self.organs}

    @cached_property
    def _levels(self) -> dict[str, Level | None]:
        return {division.name: division.level for division in self.divisions}

    def _relate(self, old: str, new: str, division: Division | str | None, on: date | None) -> Relation:
        first, second = self._one(old, division), self._one(new, division)
        if normalise(old) == normalise(new) or (_unlisted(first, second) and _written_alike(first, second)):
            return Relation(RelationKind.SAME, first, second)
        if first.collective is not None and second.collective is not None:
            return Relation(_relate_collectives(first.collective, second.collective), first, second)
        area = _area_of(division)
        found = [
            self._relate_organs(one, other, first, second, area, on)
            for one in ((first.organ,) if first.organ else first.candidates)
            for other in ((second.organ,) if second.organ else second.candidates)
        ]
        return weakest(found) if found else Relation(RelationKind.UNKNOWN, first, second)

    def _resolve(
        self, name: str, division: Division | str | None, within: str | None, on: date | None
    ) -> Resolution:
        if not isinstance(name, str):
            raise InvalidValue("Directory.resolve", "name", name, "a str")
        answer = resolve(self._index, name, self._setting(division, within, on))
        if answer or answer.candidates or answer.step == "grammar":
            return answer
        return Resolution(name, kind=answer.kind, suggestions=self._index.suggest(normalise(name)))

    def _plainly(self, name: str) -> Resolution:
        """What a name means without a setting and without suggestions."""
        return resolve(self._index, name, _ANYWHERE)

    def _setting(self, division: Division | str | None, within: str | None, on: date | None) -> Setting:
        area = _area_of(division)
        level = division.level if isinstance(division, Division) else None
        if level is None and area is not None:
            level = self._levels.get(area) or Form("", area).level
        if within is not None and within not in self._organs:
            within = self._plainly(within).id or within
        return Setting(area, level, within, on)

    def _one(self, name: str, division: Division | str | None) -> Resolution:
        organ = self._organs.get(name)
        if organ is not None:
            return Resolution(name, organ, None, organ.kind, step="id")
        return self.resolve(name, division=division)

    def _relate_organs(
        self, one: Organ, other: Organ, old: Resolution, new: Resolution, area: str | None, on: date | None
    ) -> Relation:
        if one.id == other.id and one.told_by_place and (old.inner or old.name) != (new.inner or new.name):
            return Relation(RelationKind.SHARES_FUNCTIONS, old, new, functions=one.functions)
        kind, path = self._graph.compare(one, other, area, on)
        if old.level and new.level and old.level is not new.level and kind is not RelationKind.UNRELATED:
            return Relation(RelationKind.SHARES_FUNCTIONS, old, new, functions=self._graph.shared(one, other))
        if path is not None:
            return Relation(kind, old, new, path.steps, path.forward)
        shared = self._graph.shared(one, other) if kind is RelationKind.SHARES_FUNCTIONS else ()
        return Relation(kind, old, new, functions=shared)


def _remember(kept: dict[object, T], key: object, value: T) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _area_of(division: Division | str | None) -> str | None:
    """Return the name of the division alone: 东城区 of 北京市东城区."""
    name = division.name if isinstance(division, Division) else division
    if name is None:
        return None
    return last_place(normalise(name))


def _unlisted(*resolutions: Resolution) -> bool:
    """Tell whether all of them are bodies that the directory does not list."""
    return all(not found and not found.candidates and found.kind is not None for found in resolutions)


def _written_alike(old: Resolution, new: Resolution) -> bool:
    """Tell whether two names differ in the division in front only: 区档案事务局, 澄湖区档案事务局.

    高新区管委会 and 开发区管委会 are two bodies: what stands in front of a committee is its own area.
    """
    if old.kind is not new.kind or old.kind is DepartmentKind.COMMITTEE:
        return False
    first, second = (list(placed_forms(normalise(found.name))) for found in (old, new))
    return bool(first and second) and first[-1].text == second[-1].text


def _relate_collectives(old: Collective, new: Collective) -> RelationKind:
    if old.id == new.id or (old.members == new.members and old.closed and new.closed):
        return RelationKind.SAME
    if set(old.members) & set(new.members):
        return RelationKind.SHARES_FUNCTIONS
    return RelationKind.UNRELATED


@lru_cache(maxsize=_KEPT)
def classify(name: str) -> DepartmentKind | None:
    """Return what sort of body a name is, or None where it seems to be the name of none.

    The shipped directory answers for the names it knows; for others the table of endings does.

    >>> from gongkai.directory import classify
    >>> [str(classify(name)) for name in ("区财政局", "各有关单位", "区委宣传部", "任务分工")]
    ['organ', 'collective', 'party', 'None']
    """
    return Directory.default()._plainly(name).kind  # noqa: SLF001 - of this module


@lru_cache(maxsize=_KEPT)
def is_body(name: str) -> bool:
    """Tell whether a text is the complete name of one body, so that 和 or 及 may stand before or after it.

    >>> from gongkai.directory import is_body
    >>> is_body("文化和旅游部"), is_body("文化"), is_body("农业农村部和林草局")
    (True, False, False)
    """
    found = Directory.default()._plainly(name)  # noqa: SLF001 - of this module
    if found.step in {"name", "place", "bracket"}:
        return True
    return found.kind is not None and not is_joined(normalise(name))
