"""``consolidate``: from the links between all pairs of plans to one table of matters.

Links of the strength ``same`` are the evidence that tasks are one matter; they are grouped by average linkage
(see :mod:`gongkai.merging.grouping`), so that a chain of links joins nothing that is not linked all around.
Every other link, and every ``same`` link that did not make it, is kept as a share in part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

from gongkai.comparing import Alignment, Answer, Link, Strength, align
from gongkai.comparing.tree import check_plan
from gongkai.errors import InvalidValue
from gongkai.merging.agreeing import Bodies, by_when, deadlines_agree, main_body
from gongkai.merging.answering import KnownPairs, Placed, placed
from gongkai.merging.chapters import chapters
from gongkai.merging.columns import columns_of
from gongkai.merging.consolidation import Bond, Cell, Consolidation, Matter
from gongkai.merging.entries import Entry, entries_of, order_of
from gongkai.merging.grouping import Pair, group
from gongkai.merging.naming import Wording
from gongkai.model import Finding, Plan, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["consolidate"]

#: The average score of the links between two groups from which on they are one matter. In seven pairs of real
#: plans it keeps the F1 of the links themselves, while nine in ten of the pairs in a group are linked; a
#: triangle of sure links may lack one side, and a chain of three never holds.
_ENOUGH: Final = 0.4


def consolidate(
    plans: Iterable[Plan],
    *,
    names: Sequence[str] | None = None,
    known: KnownPairs | Iterable[Answer | Link] = (),
    alignments: Iterable[Alignment] = (),
    directory: Directory | None = None,
) -> Consolidation:
    """Lay plans of several districts or years side by side: a matter a row, a plan a column.

    All pairs of plans are aligned. Tasks that are linked ``same``, most with most, are one matter; a task
    that shares a part of another matter is noted there. The order of the plans is that of the columns, and
    changes nothing else.

    Args:
        plans: the plans, at least one.
        names: what each plan is called, each name once; by default whose it is and its year, as far as that
            is needed to tell them apart.
        known: answers that are obeyed, as :func:`gongkai.read_answers` reads them, or links: those with both
            texts hold for all plans that have tasks of these texts. Answers by keys are given for two plans
            by what they are called: ``{("东城区", "西城区"): [("3", "5", "same")]}``. ``same`` puts two tasks
            into one row, ``none`` keeps them out of one row, whatever speaks for it.
        alignments: alignments to rely on, each of two of the plans; the others are made.
        directory: what knows the departments; by default the shipped one.

    Raises:
        InvalidValue: there is no plan, or something is no plan; names are missing or the same; an alignment
            is of no two of the plans; something known is no answer, or is about no two of the plans, or
            about two whose alignment is given.

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
    made = _aligned(given, columns, order, alignments, answers, directory)
    return _Table(given, columns, order, made, directory).build(lost)


Pairs: TypeAlias = dict[tuple[int, int], Alignment]


def _aligned(
    plans: Sequence[Plan],
    columns: Sequence[str],
    order: Sequence[int],
    given: Iterable[Alignment],
    answers: Placed,
    directory: Directory | None,
) -> Pairs:
    """Return an alignment of each two plans, always the same way round whatever their order."""
    found = _given(plans, order, given)
    for pair in answers:
        if pair in found:
            named = " and ".join([columns[plan] for plan in pair])
            expected = "answers about plans whose alignment is not given; put them into the alignment"
            raise InvalidValue("consolidate", "known", named, expected)
    for old, new in combinations(order, 2):
        if (old, new) not in found:
            said = answers.get((old, new), ())
            found[old, new] = align(plans[old], plans[new], known=said, directory=directory)
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
        found[(pair[1], pair[0]) if turned else pair] = alignment.invert() if turned else alignment
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
        alignments: Pairs,
        directory: Directory | None,
    ) -> None:
        self.plans = plans
        self.columns = columns
        self.order = order
        self.alignments = alignments
        self.entries: list[Entry] = [entry for plan in order for entry in entries_of(plans[plan], plan)]
        self.places = {(entry.plan, entry.task.key): place for place, entry in enumerate(self.entries)}
        self.wording = Wording([entry.task.text for entry in self.entries])
        self.bodies = Bodies(plans, order, directory)
        self.links: dict[Pair, Bond] = {}
        for (old, new), alignment in alignments.items():
            for link in alignment:
                pair = self.places[old, link.old.key], self.places[new, link.new.key]
                self.links[pair] = Bond(columns[old], columns[new], link)

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
        """Group the entries by the links that say that they are the same."""
        same = {pair: bond.link for pair, bond in self.links.items() if bond.link.strength is Strength.SAME}
        said: dict[Pair, Strength | None] = {
            (
                self.places.get((old, answer.old_key), -1),
                self.places.get((new, answer.new_key), -1),
            ): answer.strength
            for (old, new), alignment in self.alignments.items()
            for answer in alignment.answers
        }
        return group(
            [entry.plan for entry in self.entries],
            {pair: link.score for pair, link in same.items()},
            _ENOUGH,
            together=[pair for pair in same if said.get(pair) is Strength.SAME],
            apart=[pair for pair, strength in said.items() if strength is Strength.NONE and min(pair) >= 0],
        )

    def matter(self, members: Sequence[int], linked: Sequence[Pair], section: str) -> Matter:
        """Make one row."""
        own: defaultdict[int, list[Task]] = defaultdict(list)
        for entry in members:
            own[self.entries[entry].plan].append(self.entries[entry].task)
        shared: defaultdict[int, list[Task]] = defaultdict(list)
        inside = set(members)
        for entry in sorted({entry for pair in linked for entry in pair} - inside):
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

    def cell(self, plan: int, own: Sequence[Task], shared: Sequence[Task]) -> Cell:
        return Cell(self.columns[plan], tuple(own), tuple(shared), by_when(own, self.plans[plan].year))

    def score(self, members: Sequence[int]) -> float:
        """Return how strongly the links of the strength ``same`` bind the members of a group."""
        pairs = [
            pair
            for pair in combinations(members, 2)
            if self.entries[pair[0]].plan != self.entries[pair[1]].plan
        ]
        if not pairs:
            return 1.0
        found = [self.links[pair].link for pair in pairs if pair in self.links]
        total = sum([link.score for link in found if link.strength is Strength.SAME])
        return round(total / len(pairs), 4)
