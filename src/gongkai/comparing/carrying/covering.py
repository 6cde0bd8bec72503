"""``coverage``: what of a reference plan another plan carries, task by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import evolve

from gongkai.comparing.alignment.aligning import Known, align
from gongkai.comparing.alignment.embedding import Embedder
from gongkai.comparing.alignment.finest import finest_tasks
from gongkai.comparing.alignment.links import Link, Strength
from gongkai.comparing.carrying.carriage import Carriage, Coverage, CoverageRow
from gongkai.comparing.carrying.marks import GivenMark, Mark, place_marks
from gongkai.comparing.carrying.wordshare import WordShare
from gongkai.comparing.diffing.tree import check_plan
from gongkai.comparing.handover import handovers, kin_of
from gongkai.comparing.timing import Timing, compare_deadlines
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Section, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["coverage"]

#: From this share of its words on a task is carried, even if no single task is the same obligation: its words
#: stand in a longer one, or in several together.
_WHOLE: Final = 0.8


def coverage(
    reference: Plan,
    plan: Plan,
    *,
    links: Iterable[Link] | None = None,
    embedder: Embedder | None = None,
    known: Iterable[Known] = (),
    marks: Iterable[GivenMark] = (),
    directory: Directory | None = None,
) -> Coverage:
    """Find what of a reference plan another plan carries, in part or not at all, and to whom it is handed.

    Args:
        reference: the plan that asks: the city's.
        plan: the plan that answers: the district's.
        links: which tasks correspond, as an :class:`Alignment` of the two plans or links;
            ``align(reference, plan)`` where not given. Links of the strength ``none`` are left out.
        embedder: what gives texts vectors, so that meaning counts beside words, as for :func:`align`; only
            without ``links``.
        known: answers that :func:`align` obeys; only without ``links``.
        marks: tasks of the reference that do not apply: marks, or keys with reasons. They are obeyed.
        directory: what tells who the departments are; by default the shipped one.

    Raises:
        InvalidValue: one of the two is no plan; a mark's or a link's task is not in them; both ``links`` and
            ``known`` or an embedder are given; the embedder fails.

    >>> import gongkai
    >>> from gongkai import examples
    >>> cover = gongkai.coverage(examples.load("lanjiang-2024"), examples.load("songping-2024"))
    >>> cover["12"].status.value, [task.key for task in cover["12"].tasks]
    ('carried', ['9'])
    >>> {item.old.name: item.new and item.new.name for item in cover["12"].handovers if item.old}
    {'市应急局': '区应急局', '市消防救援支队': None}
    """
    for name, given in (("reference", reference), ("plan", plan)):
        check_plan("coverage", name, given)
    answers = tuple(known)
    if links is None:
        links = align(reference, plan, embedder=embedder, known=answers, directory=directory)
    elif answers or embedder is not None:
        name, value = ("known", answers) if answers else ("embedder", embedder)
        raise InvalidValue("coverage", name, value, "nothing where links are given: put it into them")
    placed, lost = place_marks(reference, marks)
    return _Covering(reference, plan, links, directory).coverage(placed, lost)


class _Covering:
    """One comparison under way."""

    def __init__(
        self, reference: Plan, plan: Plan, links: Iterable[Link], directory: Directory | None
    ) -> None:
        self.reference, self.plan = reference, plan
        self.tasks = tuple(finest_tasks(reference))
        self.others = [task for task, _ in finest_tasks(plan)]
        self.tell = kin_of(reference, plan, directory)
        self.words = WordShare([task.text for task in (*[task for task, _ in self.tasks], *self.others)])
        self.links = self._by_key(links)

    def _by_key(self, links: Iterable[Link]) -> dict[str | None, list[Link]]:
        here = {task.key: task for task, _ in self.tasks}
        there = {task.key: (place, task) for place, task in enumerate(self.others)}
        last: dict[tuple[str | None, str | None], Link] = {}
        for link in links:
            if link.old.key not in here or link.new.key not in there:
                expected = "links between tasks with text of the reference and of the plan"
                raise InvalidValue("coverage", "links", link, expected)
            old, new = here[link.old.key], there[link.new.key][1]
            last[old.key, new.key] = evolve(link, old=old, new=new)
        found: defaultdict[str | None, list[Link]] = defaultdict(list)
        for link in last.values():
            if link.strength is not Strength.NONE:
                found[link.old.key].append(link)
        for each in found.values():
            each.sort(
                key=lambda link: (link.strength is not Strength.SAME, -link.score, there[link.new.key][0])
            )
        return found

    def coverage(self, marks: dict[str, Mark], lost: tuple[Mark, ...]) -> Coverage:
        rows = tuple([self._row(task, sections, marks.get(task.key or "")) for task, sections in self.tasks])
        used = {link.new.key for links in self.links.values() for link in links}
        extra = tuple([task for task in self.others if task.key not in used])
        return Coverage(self.reference, self.plan, rows, extra, lost)

    def _row(self, task: Task, sections: tuple[Section, ...], mark: Mark | None) -> CoverageRow:
        links = tuple(self.links.get(task.key, ()))
        carriers = [link.new for link in links]
        main = [link.new for link in links if link.strength is Strength.SAME] or carriers
        passages = self.words.passages(task.text, carriers)
        covered = self.words.covered(passages)
        years = self.reference.year, self.plan.year
        return CoverageRow(
            task,
            sections,
            _status(links, covered, mark),
            links,
            passages,
            covered,
            handovers([task], carriers, self.tell) if carriers else (),
            compare_deadlines([task], main, years) if carriers else Timing.NONE,
            mark,
        )


def _status(links: tuple[Link, ...], covered: float, mark: Mark | None) -> Carriage:
    if mark is not None:
        return Carriage.NOT_APPLICABLE
    if not links:
        return Carriage.ABSENT
    if links[0].strength is Strength.SAME or covered >= _WHOLE:
        return Carriage.CARRIED
    return Carriage.PARTIAL
