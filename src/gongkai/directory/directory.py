"""The directory itself: what there is, and the questions it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from os import PathLike
from typing import TypeAlias, TypeVar, final

import attrs
from attrs import field, frozen

from gongkai.directory import tables
from gongkai.directory.carrying import Carrying
from gongkai.directory.expanding import members_of
from gongkai.directory.index import Index
from gongkai.directory.naming import last_place, level_of_place, normalise, places_in
from gongkai.directory.organs import Collective, DivisionFacts, Function, Organ, Succession
from gongkai.directory.places import Gazetteer
from gongkai.directory.relating import Graph, Relation, kin, relate
from gongkai.directory.resolution import Resolution
from gongkai.directory.resolving import Setting, resolve
from gongkai.errors import InvalidValue
from gongkai.model import Department, Division, DocumentNumber
from gongkai.model._display import Shown

__all__ = ["Body", "Directory"]

T = TypeVar("T")
B = TypeVar("B", bound="Body")

#: How a body may be given: by its name or id, as a mention, or as what was found.
Body: TypeAlias = str | Department | Organ | Resolution

#: Answers kept for names that come again; then the memory starts anew.
_KEPT = 16384

#: What a division stands for where it is to do something.
_GOVERNMENT = "人民政府"

_ANYWHERE = Setting(None, None, None, None)


@final
@frozen(eq=False, repr=False)
class Directory(Shown):
    """Organs, collectives and divisions over time (机构名录); answers who is meant, there and then.

    :meth:`default` is the one that is shipped; :meth:`extended` adds tables of your own. A directory is a
    value: ``attrs.evolve`` makes another one.

    Attributes:
        version: the version of the data; every resolution carries it.
        organs: the organs.
        all_functions: what they do; :meth:`functions` says what one of them does.
        successions: what became of them.
        collectives: expressions for groups of bodies.
        divisions: the divisions.
        facts: what else is known of the divisions, by code.
        sources: what each key of a source stands for.
        layers: for entries that came with :meth:`extended`, by id: which table brought them, from 1.

    >>> from gongkai import Directory
    >>> Directory.default().resolve("澄湖区财政局").id
    'finance-bureau'
    """

    version: str
    organs: tuple[Organ, ...]
    all_functions: tuple[Function, ...]
    successions: tuple[Succession, ...]
    collectives: tuple[Collective, ...]
    divisions: tuple[Division, ...]
    facts: Mapping[str, DivisionFacts] = field(factory=dict[str, DivisionFacts])
    sources: Mapping[str, str] = field(factory=dict[str, str])
    layers: Mapping[str, int] = field(factory=dict[str, int])
    _answers: dict[object, Resolution] = field(factory=dict[object, Resolution], init=False)
    _relations: dict[object, Relation] = field(factory=dict[object, Relation], init=False)
    _settings: dict[object, Setting] = field(factory=dict[object, Setting], init=False)

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
            tuple([division for division, _ in tables.divisions()]),
            {facts.code: facts for _, facts in tables.divisions()},
            tables.sources(),
        )

    @staticmethod
    def named(name: str) -> Directory:
        """Return the shipped directory with what an installed package adds to it under that name.

        Raises:
            InvalidValue: no package adds a directory of that name.
            PluginError: the package that adds it does not work.

        >>> from gongkai import Directory
        >>> Directory.named("no-such-name")
        Traceback (most recent call last):
            ...
        gongkai.errors.InvalidValue: Directory.named: expected the name of a plug-in, got 'no-such-name' (str)
        """
        from gongkai.directory.extending import added

        return added(Directory.default(), name)

    def extended(self, *files: str | PathLike[str]) -> Directory:
        """Return this directory with tables of your own; later rows win.

        A row with an id that is there already replaces what its columns give; a name that another organ had
        goes to the later one. Columns are those of the shipped tables, most of them can be left out:
        ``gongkai directory check FILE`` says what is wrong with a table.

        Args:
            files: CSV files with a header; which table one is, its columns tell.

        Raises:
            LoadError: a file cannot be read or has something wrong in it, with all of it at once.
        """
        from gongkai.directory.extending import extended

        return extended(self, files)

    def resolve(
        self,
        name: str,
        *,
        division: Division | str | None = None,
        within: str | None = None,
        on: date | None = None,
        prefix: str | None = None,
    ) -> Resolution:
        """Return what a name means.

        Args:
            name: the name as written: 区财政局, 财政局, 东城区财政局, 北京市东城区财政局, XX区财政局.
            division: the division whose plan uses the name. It tells 发改委 of a district from that of the
                nation, and 区城管委 of one district from that of another.
            within: who issued the plan, its name or id. A department's plan speaks of its own units (办公室,
                宣传处), which mean nothing without it; a division is taken from it where none is given.
            on: the day on which the name was used. Reforms are dated with an allowance of twelve months.
            prefix: what stood in front of the names before it in a list (省工信厅、财政厅), as their
                ``Resolution.prefix`` gives it.

        Returns:
            A resolution that is true where exactly one entry is meant. A name with several meanings has
            ``candidates``, an unknown one has ``suggestions``; both have a ``kind`` where the name shows it,
            and :meth:`Resolution.explain` says why.

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
        >>> directory.resolve("办公室").needs, directory.resolve("办公室", within="市财政局").id
        ('within', 'internal-office-general')
        """
        key = (name, division, within, on, prefix)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._resolve(name, self._setting(division, within, on), prefix)
            _remember(self._answers, key, answer)
        return answer

    def relation(
        self,
        old: Body,
        new: Body,
        *,
        division: Division | str | None = None,
        on: date | None = None,
    ) -> Relation:
        """Return how two bodies are related: one body, one after the other, or two.

        Where a name has several meanings, the loosest relation that any of them gives is returned. To say for
        each side where and when its name was used, give what :meth:`resolve` found. Steps more than twelve
        months after the later day do not count, nor do steps known only for other divisions.

        Args:
            old: a name, the id of an organ, an organ, or what a name was found to mean.
            new: the same for the other body.
            division: the division whose plans use the names, where they are names.
            on: the day on which they were used.

        Raises:
            InvalidValue: a body is none of these.

        >>> from gongkai import Directory
        >>> relation = Directory.default().relation("区卫生计生委", "区卫生健康委")
        >>> relation.kind.value, relation.on, relation.one_body
        ('renamed', datetime.date(2019, 3, 1), True)
        >>> Directory.default().relation("区质监局", "区市场监管局")
        <Relation 区质监局 → 区市场监管局 succeeded 2019-03>
        """
        first, second = self._one(old, division, on), self._one(new, division, on)
        key = (_key(first), _key(second))
        relation = self._relations.get(key)
        if relation is None:
            areas = frozenset(filter(None, (self._area(first), self._area(second))))
            relation = relate(self._graph, first, second, areas)
            _remember(self._relations, key, relation)
        return relation

    def kin(
        self, body: Body, *, division: Division | str | None = None, on: date | None = None
    ) -> frozenset[str]:
        """Return marks that tell beforehand which of many bodies are worth asking :meth:`relation` about.

        Of two bodies that share no mark none is the other, its former name, or its successor; two that share
        one may be. What the marks say is for this version of the data.

        Args:
            body: a name, the id of an organ, an organ, or what a name was found to mean.
            division: the division whose plans use the name, where it is one.
            on: the day on which it was used.

        >>> from gongkai import Directory
        >>> kin = Directory.default().kin
        >>> bool(kin("区质监局") & kin("区市场监管局")), bool(kin("区质监局") & kin("区财政局"))
        (True, False)
        """
        return kin(self._graph, self._one(body, division, on))

    def functions(
        self, department: Body, division: Division | str | None = None, on: date | None = None
    ) -> tuple[Function, ...]:
        """Return what a department does, on a day or at any time; nothing where it is not settled who it is.

        >>> from datetime import date
        >>> from gongkai import Directory
        >>> directory = Directory.default()
        >>> [function.id for function in directory.functions("区司法局", on=date(2016, 6, 1))]
        ['justice-administration']
        """
        found = self._one(department, division, on)
        if found.organ is None:
            return ()
        area = self._area(found)
        ids = self._carrying.functions(found.organ, frozenset([area] if area else []), on or found.on)
        return tuple([self._functions[id_] for id_ in ids if id_ in self._functions])

    def carriers(
        self,
        function: Function | str,
        division: Division | str | None = None,
        on: date | None = None,
    ) -> tuple[Organ, ...]:
        """Return who does something, in that division on that day.

        Those that do the whole come before those that do a part of it, working departments before others.
        Dates are those of the reforms, without an allowance. Where one was seen in the division, others that
        were seen elsewhere only are left out.

        Args:
            function: a function, or its id. What does a part of it counts as well.
            division: the division; organs of all levels where none is given.
            on: the day; organs of all times where none is given.

        Raises:
            KeyError: there is no such function.

        >>> from datetime import date
        >>> from gongkai import Directory
        >>> directory = Directory.default()
        >>> for year in (2018, 2020, 2025):
        ...     print(directory.carriers("open-government", division="东城区", on=date(year, 6, 1))[0])
        区政府办公室
        区政务服务局
        区政务服务和数据管理局
        """
        id_ = function.id if isinstance(function, Function) else function
        if id_ not in self._functions:
            raise KeyError(f"no function has the id {id_!r}; Directory.all_functions lists them")
        setting = self._setting(division, None, on)
        near = self._gazetteer.beside(setting.area) if setting.area else frozenset[str]()
        return self._carrying.carriers(id_, setting, near)

    def expand(self, collective: Collective | Body, roster: Iterable[B]) -> tuple[B, ...] | None:
        """Return those of a roster that a collective means; None where that depends on the task.

        The directory does not know who there is in a division: the roster says it, as names, mentions or
        organs, and what comes back are items of it in its order.

        Args:
            collective: a collective, its name or id, or a mention of it.
            roster: the bodies of the division.

        >>> from gongkai import Directory
        >>> roster = ["区财政局", "区委宣传部", "东四街道", "景山街道", "区政务服务中心"]
        >>> Directory.default().expand("各街道", roster)
        ('东四街道', '景山街道')
        >>> Directory.default().expand("各有关部门", roster) is None
        True
        """
        if not isinstance(collective, Collective):
            known = self._collectives.get(collective) if isinstance(collective, str) else None
            known = known or self._one(collective, None, None).collective
            if known is None:
                return None
            collective = known
        return members_of(collective, tuple(roster), lambda body: self._one(body, None, None))

    def division(
        self, name: str, *, on: date | None = None, number: DocumentNumber | str | None = None
    ) -> Division | None:
        """Return the division that a name or code means; None where it is not listed or not settled.

        Args:
            name: 东城区, 北京市东城区 or 110101. 朝阳区 is the name of several: it needs what is above it, or
                the number.
            on: the day, for divisions that are gone (崇文区).
            number: the number of a document of it, as 朝政办发〔2016〕5号. Numbers alone tell nothing: other
                places have the same codes.

        >>> from gongkai import Directory
        >>> Directory.default().division("东城区")
        <Division 东城区 110101>
        >>> Directory.default().division("朝阳区") is None
        True
        >>> Directory.default().division("朝阳区", number="朝政办发〔2016〕5号").code
        '110105'
        """
        return self._gazetteer.find(name, on, number)

    def division_of(
        self, issuer: str, *, number: DocumentNumber | str | None = None, on: date | None = None
    ) -> Division | None:
        """Return the division that the name of an issuer begins with; None where that is not settled.

        >>> from gongkai import Directory
        >>> Directory.default().division_of("北京市东城区人民政府办公室")
        <Division 东城区 110101>
        >>> Directory.default().division_of("国务院办公厅")
        <Division 全国 000000>
        """
        return self._gazetteer.of_issuer(issuer, number, on)

    def divisions_in(self, division: Division | str, *, on: date | None = None) -> tuple[Division, ...]:
        """Return the divisions right below one: on a day, or all that ever were.

        >>> from gongkai import Directory
        >>> [each.name for each in Directory.default().divisions_in("东城区")][:3]
        ['东华门街道', '景山街道', '交道口街道']
        """
        found = self._gazetteer.find(division) if isinstance(division, str) else division
        return self._gazetteer.below(found, on) if found else ()

    def organ(self, id: str) -> Organ:  # noqa: A002 - the word of the directory
        """Return the organ with that id.

        Raises:
            KeyError: there is none.
        """
        return self._organs[id]

    def function(self, id: str) -> Function:  # noqa: A002 - the word of the directory
        """Return the function with that id.

        Raises:
            KeyError: there is none.
        """
        return self._functions[id]

    def __reduce__(self) -> tuple[type[Directory], tuple[object, ...]]:
        """Pickle what it is made of, not the answers that it keeps."""
        fields = [field for field in attrs.fields(Directory) if field.init]
        return Directory, tuple([getattr(self, field.name) for field in fields])

    def __repr__(self) -> str:
        counts = ((self.organs, "organs"), (self.collectives, "collectives"), (self.divisions, "divisions"))
        return (
            f"<Directory {self.version} · " + " · ".join(f"{len(all_)} {noun}" for all_, noun in counts) + ">"
        )

    @cached_property
    def _index(self) -> Index:
        return Index(self.organs, self.collectives, self.divisions, self.layers)

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.successions, self.all_functions)

    @cached_property
    def _carrying(self) -> Carrying:
        return Carrying(self.organs, self.successions, self._graph)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.divisions, self.facts)

    @cached_property
    def _organs(self) -> dict[str, Organ]:
        return {organ.id: organ for organ in self.organs}

    @cached_property
    def _functions(self) -> dict[str, Function]:
        return {function.id: function for function in self.all_functions}

    @cached_property
    def _collectives(self) -> dict[str, Collective]:
        return {collective.id: collective for collective in self.collectives}

    def _resolve(self, name: str, setting: Setting, prefix: str | None) -> Resolution:
        if not isinstance(name, str):
            raise InvalidValue("Directory.resolve", "name", name, "a str")
        if prefix and not name.startswith(prefix):
            whole = resolve(self._index, prefix + name, setting)
            if whole.organ is not None or whole.candidates:
                return attrs.evolve(whole, name=name)
        answer = resolve(self._index, name, setting)
        if answer or answer.candidates or answer.step == "grammar":
            return answer
        plain = normalise(name)
        if self._gazetteer.knows(plain):  # 东城区负责: its government
            whole = resolve(self._index, plain + _GOVERNMENT, setting)
            return attrs.evolve(whole, name=name, place=whole.place or name, step="division")
        return attrs.evolve(answer, suggestions=self._index.suggest(plain))

    def _plainly(self, name: str) -> Resolution:
        """What a name means without a setting and without suggestions."""
        return resolve(self._index, name, _ANYWHERE)

    def _setting(self, division: Division | str | None, within: str | None, on: date | None) -> Setting:
        key = (division, within, on)
        setting = self._settings.get(key)
        if setting is None:
            setting = self._new_setting(division, within, on)
            _remember(self._settings, key, setting)
        return setting

    def _new_setting(self, division: Division | str | None, within: str | None, on: date | None) -> Setting:
        told = division.name if isinstance(division, Division) else division
        level = division.level if isinstance(division, Division) else None
        area = None if told is None else self._gazetteer.full_name(last_place(normalise(told)))
        whose = within
        if within is not None and within not in self._organs:
            issuer = self._plainly(within)
            whose = issuer.id or within
            if area is None and issuer.place is not None:
                area = last_place(issuer.place)
        if level is None and area is not None:
            level = self._gazetteer.level_of(area) or level_of_place(area)
        chain = self._gazetteer.chain(area) if area is not None else ()
        chain = (*chain, *places_in(normalise(told))) if told is not None else chain
        return Setting(area, level, whose, on, chain, (told, within, on, self.version))

    def _one(self, body: Body, division: Division | str | None, on: date | None) -> Resolution:
        if isinstance(body, Resolution):
            return body
        if isinstance(body, Organ):
            return Resolution(body.name, body, None, body.kind, step="id", on=on, version=self.version)
        if isinstance(body, Department):
            body = body.name
        organ = self._organs.get(body)
        if organ is not None:
            return Resolution(body, organ, None, organ.kind, step="id", on=on, version=self.version)
        return self.resolve(body, division=division, on=on)

    def _area(self, found: Resolution) -> str | None:
        """The division that a name was used in, else the one in front of it."""
        told = found.division or found.place
        return last_place(normalise(told)) if told else None


def _remember(kept: dict[object, T], key: object, value: T) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _key(found: Resolution) -> tuple[object, ...]:
    """What tells one resolution of a directory from another."""
    return (found.name, found.id, found.step, found.division, found.within, found.on)
