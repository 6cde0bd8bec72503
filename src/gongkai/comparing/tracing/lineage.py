"""``trace``: from the links between the plans of several years to the thread of each task."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from attrs import evolve

from gongkai.comparing.alignment.aligning import align
from gongkai.comparing.alignment.embedding import Embedder
from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.alignment.links import Alignment, Link, Strength
from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.diffing.reassigning import Tell
from gongkai.comparing.diffing.redlining import redline
from gongkai.comparing.diffing.tree import check_plan
from gongkai.comparing.handover import Handover, handovers, kin_of
from gongkai.comparing.succession import in_precedence
from gongkai.comparing.timing import compare_deadlines
from gongkai.comparing.tracing.history import History
from gongkai.comparing.tracing.threads import Entry, Exit, Stage, Thread, Tie, TieKind
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Section, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["trace"]


def trace(
    plans: Iterable[Plan],
    *,
    names: Sequence[str] | None = None,
    alignments: Iterable[Alignment] = (),
    gaps: int = 1,
    embedder: Embedder | None = None,
    directory: Directory | None = None,
) -> History:
    """Follow each task through the plans of several years, or through several drafts.

    Each plan is aligned with the next one. Of the links of a task the surest goes on with its thread, one to
    one, ``same`` before ``partial``; the others tell of splits, mergers and shared words. Tasks that end
    without any link are looked for in later plans among those that begin without any.

    Plans are put in the order of their years. Where two plans are of one year, or one has no year, the order
    is a matter of opinion: then ``names`` has to say what each is called, and the given order holds.

    Args:
        plans: the plans, at least one.
        names: what each plan is called, each name once; then the plans stay in the given order. By default
            their years.
        alignments: alignments to rely on, each of two of the plans, the earlier first; the others are made.
        gaps: over how many plans without it a task is still the same task come back; 0 for none.
        embedder: what gives texts vectors, so that meaning counts beside words, as for :func:`align`.
        directory: what tells one body under two names from two; by default the shipped one.

    Raises:
        InvalidValue: there is no plan; something is no plan; the years give no order and there are no names;
            names are missing or the same; an alignment is of no two of the plans; the embedder fails.

    >>> import gongkai
    >>> from gongkai import examples
    >>> history = gongkai.trace([examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)])
    >>> history["2024:4"]
    <Thread 2022:4 做好普惠金融服务政策、首贷续贷服务网点和地方金… · 2022, 2023, 2024>
    >>> [stage.bodies for stage in history["2024:4"].stages]
    [('区委金融办',), ('区委金融办',), ('区委金融办',)]
    >>> [row["lead"] + row["responsible"] for row in history.table() if row["thread"] == "2022:4"]
    [['区金融服务办'], ['区金融服务办'], ['区委金融办']]
    """
    given = tuple(plans)
    for plan in given:
        check_plan("trace", "plans", plan)
    if type(gaps) is not int or gaps < 0:
        raise InvalidValue("trace", "gaps", gaps, "a number of plans, 0 or more")
    ordered, columns = _columns(given, names)
    return _Tracing(ordered, columns, alignments, embedder, directory).history(gaps)


def _columns(
    plans: tuple[Plan, ...], names: Sequence[str] | None
) -> tuple[tuple[Plan, ...], tuple[str, ...]]:
    """Return the plans in order, and what each is called."""
    if not plans:
        raise InvalidValue("trace", "plans", plans, "at least one plan")
    if names is not None:
        called = tuple(names)
        good = all(type(name) is str and name.strip() for name in called)
        if not good or len(called) != len(plans) or len(set(called)) != len(called):
            expected = f"{len(plans)} names, one for each plan, no two the same"
            raise InvalidValue("trace", "names", called, expected)
        return plans, called
    if len(plans) == 1:
        return plans, (str(plans[0].year or plans[0].title),)
    years = [plan.year for plan in plans]
    if None in years:
        title = plans[years.index(None)].title
        raise InvalidValue(
            "trace", "plans", title, "plans with a year, or names= for plans in the given order"
        )
    double = [year for year, count in Counter(years).items() if count > 1]
    if double:
        expected = "plans of different years, or names= for plans in the given order"
        raise InvalidValue("trace", "plans", double[0], expected)
    ordered = tuple(sorted(plans, key=lambda plan: cast(int, plan.year)))
    return ordered, tuple([str(plan.year) for plan in ordered])


class _Cell(NamedTuple):
    """A task of one plan: the position of the plan, and that of the task in it."""

    plan: int
    task: int


_Pair: TypeAlias = tuple[_Cell, _Cell]


class _Tracing:
    """One history under way."""

    def __init__(
        self,
        plans: tuple[Plan, ...],
        columns: tuple[str, ...],
        alignments: Iterable[Alignment],
        embedder: Embedder | None,
        directory: Directory | None,
    ) -> None:
        self.plans, self.columns = plans, columns
        self.embedder, self.directory = embedder, directory
        self.tasks: list[list[tuple[Task, tuple[Section, ...]]]] = [
            list(finest_tasks(plan)) for plan in plans
        ]
        self.places = [{task.key: n for n, (task, _) in enumerate(each)} for each in self.tasks]
        self.given = dict(self._pair(alignment) for alignment in alignments)
        self.links: dict[_Pair, Link] = {}
        self.after: dict[_Cell, _Cell] = {}
        self.before: dict[_Cell, _Cell] = {}
        self._tells: dict[tuple[int, int], Tell] = {}

    def _pair(self, alignment: Alignment) -> tuple[tuple[int, int], Alignment]:
        """Return by their identities which two plans an alignment is of; one may be there several times."""
        if type(alignment) is not Alignment:
            raise InvalidValue("trace", "alignments", alignment, "an Alignment")
        first = next((n for n, plan in enumerate(self.plans) if plan is alignment.old), len(self.plans))
        if not any(plan is alignment.new for plan in self.plans[first + 1 :]):
            expected = "of two of the plans themselves, the earlier first"
            raise InvalidValue("trace", "alignments", alignment, expected)
        return (id(alignment.old), id(alignment.new)), alignment

    def history(self, gaps: int) -> History:
        for place in range(len(self.plans) - 1):
            self._step(place)
        for width in range(2, gaps + 2):
            for place in range(len(self.plans) - width):
                self._leap(place, place + width)
        chains = self._chains()
        ties = self._ties({cell: self._id(chain[0]) for chain in chains for cell in chain})
        return History(self.plans, self.columns, self._threads(chains, ties), tuple(ties.values()))

    def _id(self, cell: _Cell) -> str:
        return f"{self.columns[cell.plan]}:{self._task(cell).key}"

    def _task(self, cell: _Cell) -> Task:
        return self.tasks[cell.plan][cell.task][0]

    def _found(self, old: int, new: int) -> dict[_Pair, Link]:
        """Return the links between two plans by their tasks."""
        alignment = self.given.get((id(self.plans[old]), id(self.plans[new])))
        if alignment is None:
            alignment = align(
                self.plans[old], self.plans[new], embedder=self.embedder, directory=self.directory
            )
        found: dict[_Pair, Link] = {}
        for link in alignment:
            here, there = self.places[old].get(link.old.key), self.places[new].get(link.new.key)
            if here is None or there is None:
                expected = "links between tasks with text of the two plans"
                raise InvalidValue("trace", "alignments", link, expected)
            if link.strength is not Strength.NONE:
                found[_Cell(old, here), _Cell(new, there)] = link
        return found

    def _step(self, place: int) -> None:
        """Go on from one plan to the next."""
        self._join(self._found(place, place + 1))

    def _leap(self, old: int, new: int) -> None:
        """Find what comes back: tasks that ended without any link, among those that began without any."""
        ends, starts = ({_Cell(plan, n) for n in range(len(self.tasks[plan]))} for plan in (old, new))
        ends -= {pair[0] for pair in self.links}
        starts -= {pair[1] for pair in self.links}
        if not ends or not starts:
            return
        found = {
            pair: link
            for pair, link in self._found(old, new).items()
            if pair[0] in ends and pair[1] in starts and link.strength is Strength.SAME
        }
        self._join({pair: found[pair] for pair in _one_to_one(found)})

    def _join(self, found: Mapping[_Pair, Link]) -> None:
        self.links.update(found)
        for old, new in _one_to_one(found):
            self.after[old] = new
            self.before[new] = old

    def _chains(self) -> list[list[_Cell]]:
        """Return the tasks of each thread, the threads by where they begin."""
        starts = [_Cell(plan, n) for plan, tasks in enumerate(self.tasks) for n in range(len(tasks))]
        chains: list[list[_Cell]] = []
        for start in starts:
            if start in self.before:
                continue
            chain = [start]
            while chain[-1] in self.after:
                chain.append(self.after[chain[-1]])
            chains.append(chain)
        return chains

    def _ties(self, thread_of: Mapping[_Cell, str]) -> dict[_Pair, Tie]:
        return {
            (old, new): Tie(
                self._kind(old, new), link, self._id(old), self._id(new), thread_of[old], thread_of[new]
            )
            for (old, new), link in sorted(self.links.items(), key=lambda item: item[0])
        }

    def _kind(self, old: _Cell, new: _Cell) -> TieKind:
        if self.after.get(old) == new:
            return TieKind.CONTINUED if new.plan == old.plan + 1 else TieKind.RETURNED
        if new not in self.before:
            return TieKind.SPLIT
        return TieKind.CROSSED if old in self.after else TieKind.MERGED

    def _threads(self, chains: Sequence[Sequence[_Cell]], ties: Mapping[_Pair, Tie]) -> tuple[Thread, ...]:
        before: defaultdict[_Cell, list[Tie]] = defaultdict(list)
        after: defaultdict[_Cell, list[Tie]] = defaultdict(list)
        for (old, new), tie in sorted(ties.items(), key=lambda item: _rank(item[1])):
            before[new].append(tie)
            after[old].append(tie)
        handed = {cell: self._handovers(self.before[cell], cell) for chain in chains for cell in chain[1:]}
        names = self._last_names([(cell.plan, items) for cell, items in handed.items()])
        return tuple(
            [
                Thread(
                    self._id(chain[0]),
                    tuple(
                        [
                            self._stage(
                                cell,
                                self._id(chain[0]),
                                before[cell],
                                after[cell],
                                handed.get(cell, ()),
                                names,
                            )
                            for cell in chain
                        ]
                    ),
                )
                for chain in chains
            ]
        )

    def _stage(
        self,
        cell: _Cell,
        thread: str,
        before: Sequence[Tie],
        after: Sequence[Tie],
        handed: tuple[Handover, ...],
        names: Mapping[str, str],
    ) -> Stage:
        plan, (task, sections) = self.plans[cell.plan], self.tasks[cell.plan][cell.task]
        stage = Stage(
            thread,
            self.columns[cell.plan],
            cell.plan,
            plan.year,
            task,
            sections,
            _entry(before),
            self._exit(cell, after),
            tuple(before),
            tuple(after),
            handovers=handed,
            bodies=tuple([names.get(body.name, body.name) for body in task.departments]),
        )
        earlier = self.before.get(cell)
        if earlier is None:
            return stage
        old, year = self._task(earlier), self.plans[earlier.plan].year
        return evolve(
            stage,
            rewording=_rewording(old.text, year, task.text, plan.year),
            timing=compare_deadlines([old], [task], (year, plan.year)),
        )

    def _exit(self, cell: _Cell, after: Sequence[Tie]) -> Exit:
        if cell in self.after:
            return Exit.CONTINUED if self.after[cell].plan == cell.plan + 1 else Exit.PAUSED
        if cell.plan == len(self.plans) - 1:
            return Exit.OPEN
        return Exit.MERGED if any(tie.kind is TieKind.MERGED for tie in after) else Exit.ENDED

    def _handovers(self, old: _Cell, new: _Cell) -> tuple[Handover, ...]:
        pair = old.plan, new.plan
        if pair not in self._tells:
            self._tells[pair] = kin_of(self.plans[old.plan], self.plans[new.plan], self.directory)
        return handovers([self._task(old)], [self._task(new)], self._tells[pair])

    def _last_names(self, handed: Iterable[tuple[int, tuple[Handover, ...]]]) -> dict[str, str]:
        """Return for each name of a body the one that the body has last."""
        seen = {
            body.name: plan
            for plan, tasks in enumerate(self.tasks)
            for task, _ in tasks
            for body in task.departments
        }
        group: dict[str, str] = {name: name for name in seen}

        def head(name: str) -> str:
            while group[name] != name:
                group[name] = group[group[name]]
                name = group[name]
            return name

        for place, item in [(place, item) for place, items in handed for item in items]:
            if item.old is None or item.new is None or item.relation == "counterpart":
                continue
            # One that gave functions away and goes on is a body of its own.
            if item.relation in {"same", "renamed"} or seen[item.old.name] < place:
                one, other = head(item.old.name), head(item.new.name)
                # The name that is seen last stands for all; of two that are, the first in the alphabet.
                first, last = sorted((one, other), key=lambda name: (seen[name], name), reverse=True)
                group[last] = first
        return {name: head(name) for name in group}


def _rank(tie: Tie) -> tuple[bool, bool, float]:
    """The tie of the own thread first, then the surest."""
    own = tie.kind in {TieKind.CONTINUED, TieKind.RETURNED}
    return not own, tie.link.strength is not Strength.SAME, -tie.link.score


def _entry(before: Sequence[Tie]) -> Entry:
    kinds = [tie.kind for tie in before]
    if TieKind.CONTINUED in kinds:
        return Entry.CONTINUED
    if TieKind.RETURNED in kinds:
        return Entry.RETURNED
    return Entry.SPLIT if TieKind.SPLIT in kinds else Entry.BORN


def _one_to_one(found: Mapping[_Pair, Link]) -> list[_Pair]:
    """Choose links that go on with a thread, each task once; as a diff pairs its rows."""
    pairs = sorted(found)
    order = in_precedence([(found[pair], pair[0].task, pair[1].task) for pair in pairs])
    used: set[_Cell] = set()
    chosen: list[_Pair] = []
    for pair in [pairs[place] for place in order]:
        if used.isdisjoint(pair):
            used.update(pair)
            chosen.append(pair)
    return chosen


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")


def _rewording(old: str, old_year: int | None, new: str, new_year: int | None) -> float:
    """Return how much of two texts is not the same, from 0 to 1, with years counted from the plans'."""
    texts = [folded(old), folded(new)]
    if old_year is not None and new_year is not None:
        texts = [
            _years().sub(lambda found, year=year: f"{int(found[0]) - year:+d}", text)  # type: ignore[misc]
            for text, year in zip(texts, (old_year, new_year), strict=True)
        ]
    if texts[0] == texts[1]:
        return 0.0
    kept = sum(len(text) for mark, text in redline(texts[0], texts[1]) if mark == "same")
    return round(1 - 2 * kept / (len(texts[0]) + len(texts[1])), 4)
