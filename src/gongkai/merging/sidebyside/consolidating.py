"""``consolidate``: from the links between all pairs of plans to one table of matters.

How likely two tasks are the same obligation is the evidence that they are one matter; tasks are grouped by
average linkage (see :mod:`gongkai.merging.sidebyside.grouping`), so that a chain of likely pairs joins
nothing that is not likely all around. Links between matters, likely all around as well, are shares in part.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

from gongkai.comparing import Alignment, Answer, Embedder, Link, Strength
from gongkai.comparing.diffing.tree import check_plan
from gongkai.errors import InvalidValue
from gongkai.merging.sidebyside.agreeing import Bodies, by_when, deadlines_agree, main_body
from gongkai.merging.sidebyside.answering import KnownPairs, Placed, placed
from gongkai.merging.sidebyside.chapters import chapters
from gongkai.merging.sidebyside.columns import columns_of
from gongkai.merging.sidebyside.consolidation import Bond, Cell, Consolidation, Matter
from gongkai.merging.sidebyside.entries import Entry, entries_of, order_of
from gongkai.merging.sidebyside.grouping import Pair, group
from gongkai.merging.sidebyside.naming import Wording
from gongkai.merging.sidebyside.weighing import Weighed, weigh, weighed_links
from gongkai.model import Finding, Plan, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["consolidate"]

#: From which probability on, on average over all pairs of two groups, they are one matter. Where
#: probabilities are right, the best F1 is reached from half of it on, and 0.75 is what is reached on real
#: plans.
_ENOUGH: Final = 0.375


def consolidate(
    plans: Iterable[Plan],
    *,
    names: Sequence[str] | None = None,
    embedder: Embedder | None = None,
    known: KnownPairs | Iterable[Answer | Link] = (),
    alignments: Iterable[Alignment] = (),
    directory: Directory | None = None,
) -> Consolidation:
    """Lay plans of several districts or years side by side: a matter a row, a plan a column.

    All pairs of plans are aligned. Tasks that are likely the same, most of them and most others, are one
    matter; a task that is linked with those of another matter, with most of them, shares a part of it and is
    noted there. The order of the plans is that of the columns, and changes nothing else.

    Args:
        plans: the plans, at least one.
        names: what each plan is called, each name once; by default whose it is and its year, as far as that
            is needed to tell them apart.
        embedder: what gives texts vectors, so that meaning counts beside words; see :func:`gongkai.align`.
        known: answers that are obeyed, as :func:`gongkai.read_answers` reads them, or links: those with both
            texts hold for all plans that have tasks of these texts. Answers by keys are given for two plans
            by what they are called: ``{("东城区", "西城区"): [("3", "5", "same")]}``. ``same`` puts two tasks
            into one row, ``none`` keeps them out of one row, whatever speaks for it.
        alignments: alignments to rely on, each of two of the plans; the others are made.
        directory: what knows the departments; by default the shipped one.

    Raises:
        InvalidValue: there is no plan, or something is no plan; names are missing or the same; an alignment
            is of no two of the plans; something known is no answer, or is about no two of the plans, or
            about two whose alignment is given; the embedder fails.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> east = Plan("甲区2024年要点", [Task("公开义务教育招生入学政策。"), Task("公开水质监测数据。")])
    >>> west = Plan("乙区2024年要点", [Task("及时公开义务教育招生入学政策。")])
    >>> table = gongkai.consolidate([east, west])
    >>> for matter in table:
    ...     print(matter)
    <Matter 甲区:#1 义务教育招生入学政策 · 2 of 2 plans>
    <Matter 甲区:#2 水质监测数据 · 1 of 2 plans>
    >>> table.missing("乙区")
    (<Matter 甲区:#2 水质监测数据 · 1 of 2 plans>,)
    """
    given = tuple(plans)
    for plan in given:
        check_plan("consolidate", "plans", plan)
    if not given:
        raise InvalidValue("consolidate", "plans", given, "at least one plan")
    columns = columns_of(given, names)
    order = order_of(given)
    answers, lost = placed(known, given, columns, order)
    made = _aligned(given, columns, order, alignments, answers, (embedder, directory))
    return _Table(given, columns, order, made, directory).build(lost)


Pairs: TypeAlias = dict[Pair, Weighed]


def _aligned(
    plans: Sequence[Plan],
    columns: Sequence[str],
    order: Sequence[int],
    given: Iterable[Alignment],
    answers: Placed,
    by: tuple[Embedder | None, Directory | None],
) -> Pairs:
    """Return an alignment of each two plans, always the same way round whatever their order."""
    found = _given(plans, order, given)
    for pair in answers:
        if pair in found:
            named = " and ".join([columns[plan] for plan in pair])
            expected = "answers about plans whose alignment is not given; put them into the alignment"
            raise InvalidValue("consolidate", "known", named, expected)
    embedder, directory = by
    for old, new in combinations(order, 2):
        if (old, new) not in found:
            said = answers.get((old, new), ())
            found[old, new] = weigh(
                plans[old], plans[new], embedder=embedder, known=said, directory=directory
            )
    return found


def _given(plans: Sequence[Plan], order: Sequence[int], given: Iterable[Alignment]) -> Pairs:
    found: Pairs = {}
    rank = {plan: place for place, plan in enumerate(order)}
    for alignment in given:
        if type(cast(object, alignment)) is not Alignment:
            raise InvalidValue("consolidate", "alignments", alignment, "an Alignment")
        pair = _pair_of(plans, alignment)
        if pair is None:
            raise InvalidValue("consolidate", "alignments", alignment, "alignments of two of the plans each")
        for side, plan in zip(("old", "new"), pair, strict=True):
            keys = {task.key for task in plans[plan].all_tasks}
            if any(getattr(link, side).key not in keys for link in alignment):
                raise InvalidValue("consolidate", "alignments", alignment, "links of tasks of its plans")
        turned = rank[pair[0]] > rank[pair[1]]
        found[(pair[1], pair[0]) if turned else pair] = weighed_links(
            alignment.invert() if turned else alignment
        )
    return found


def _pair_of(plans: Sequence[Plan], alignment: Alignment) -> Pair | None:
    """Return which two plans an alignment is of: these very objects, else equal ones."""
    for same in (_identical, _equal):
        old = next((place for place, plan in enumerate(plans) if same(plan, alignment.old)), None)
        others = [place for place, plan in enumerate(plans) if place != old and same(plan, alignment.new)]
        if old is not None and others:
            return old, others[0]
    return None


def _identical(one: Plan, other: Plan) -> bool:
    return one is other


def _equal(one: Plan, other: Plan) -> bool:
    return one == other


@final
class _Table:
    """A table under way. Entries are numbered plan by plan, in an order of the plans of its own."""

    def __init__(
        self,
        plans: tuple[Plan, ...],
        columns: tuple[str, ...],
        order: Sequence[int],
        pairs: Pairs,
        directory: Directory | None,
    ) -> None:
        self.plans = plans
        self.columns = columns
        self.order = order
        self.alignments = {pair: weighed.alignment for pair, weighed in pairs.items()}
        self.entries: list[Entry] = [entry for plan in order for entry in entries_of(plans[plan], plan)]
        self.places = {(entry.plan, entry.task.key): place for place, entry in enumerate(self.entries)}
        self.wording = Wording([entry.task.text for entry in self.entries])
        self.bodies = Bodies(plans, order, directory)
        self.links: dict[Pair, Bond] = {}
        self.chances: dict[Pair, float] = {}
        for (old, new), weighed in pairs.items():
            for link in weighed.alignment:
                pair = self.places[old, link.old.key], self.places[new, link.new.key]
                self.links[pair] = Bond(columns[old], columns[new], link)
            for (mine, theirs), chance in weighed.chances.items():
                self.chances[self.places[old, mine], self.places[new, theirs]] = chance
        self.said: dict[Pair, Strength | None] = {
            (self.places[old, answer.old_key], self.places[new, answer.new_key]): answer.strength
            for (old, new), alignment in self.alignments.items()
            for answer in alignment.answers
            if (old, answer.old_key) in self.places and (new, answer.new_key) in self.places
        }

    def build(self, noticed: Iterable[Finding]) -> Consolidation:
        groups = self.groups()
        home = {entry: number for number, members in enumerate(groups) for entry in members}
        sections, ranks = chapters(self.entries, groups)
        bonds: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in self.links:
            for number in sorted({home[entry] for entry in pair}):
                bonds[number].append(pair)
        rows = [
            self.matter(members, bonds[number], sections[number]) for number, members in enumerate(groups)
        ]
        ordered = [rows[number] for number in sorted(range(len(rows)), key=lambda number: ranks[number])]
        found = [self.alignments[pair] for pair in sorted(self.alignments, key=sorted)]
        findings = [*noticed, *[finding for alignment in found for finding in alignment.findings]]
        return Consolidation(
            self.plans, self.columns, tuple(ordered), alignments=tuple(found), findings=tuple(findings)
        )

    def groups(self) -> list[list[int]]:
        """Group the entries by how likely they are the same; answers are obeyed."""
        return group(
            [entry.plan for entry in self.entries],
            self.chances,
            _ENOUGH,
            together=[pair for pair, strength in self.said.items() if strength is Strength.SAME],
            apart=[pair for pair, strength in self.said.items() if strength is Strength.NONE],
        )

    def matter(self, members: Sequence[int], linked: Sequence[Pair], section: str) -> Matter:
        """Make one row."""
        own: defaultdict[int, list[Task]] = defaultdict(list)
        for entry in members:
            own[self.entries[entry].plan].append(self.entries[entry].task)
        shared: defaultdict[int, list[Task]] = defaultdict(list)
        for entry in self.sharing(members, linked):
            shared[self.entries[entry].plan].append(self.entries[entry].task)
        central = self.wording.central(members)
        named = {plan: body for plan, tasks in own.items() if (body := main_body(tasks)) is not None}
        return Matter(
            f"{self.columns[self.entries[central].plan]}:{self.entries[central].task.key}",
            self.wording.name(central, members) or self.entries[central].title,
            section,
            self.entries[central].task,
            tuple([self.cell(plan, own[plan], shared[plan]) for plan in range(len(self.plans))]),
            self.score(members),
            self.bodies.agree(named, self.columns),
            deadlines_agree(own, self.plans, self.order, self.columns),
            tuple([self.links[pair] for pair in linked]),
        )

    def sharing(self, members: Sequence[int], linked: Sequence[Pair]) -> list[int]:
        """Return the entries of other groups that share a part of this one, in order.

        What shares a part of one of its tasks need not share one of the others: the links must be likely on
        average, as they are inside a group, unless somebody said so.
        """
        inside = set(members)
        found: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in linked:
            for entry in pair:
                if entry not in inside:
                    found[entry].append(pair)
        sharing: list[int] = []
        for entry, pairs in sorted(found.items()):
            others = sum(self.entries[member].plan != self.entries[entry].plan for member in members)
            total = math.fsum([self.links[pair].link.score for pair in pairs])
            if total >= _ENOUGH * others or any(self.said.get(pair) for pair in pairs):
                sharing.append(entry)
        return sharing

    def cell(self, plan: int, own: Sequence[Task], shared: Sequence[Task]) -> Cell:
        return Cell(self.columns[plan], tuple(own), tuple(shared), by_when(own, self.plans[plan].year))

    def score(self, members: Sequence[int]) -> float:
        """Return how likely the members of a group are the same, on average."""
        pairs = [
            pair
            for pair in combinations(members, 2)
            if self.entries[pair[0]].plan != self.entries[pair[1]].plan
        ]
        if not pairs:
            return 1.0
        return round(math.fsum([self.chances.get(pair, 0.0) for pair in pairs]) / len(pairs), 4)
