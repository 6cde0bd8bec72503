"""``diff``: from links between tasks to rows of changes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

import attrs

from gongkai.comparing.alignment.aligning import Known, align
from gongkai.comparing.alignment.links import Link, Strength
from gongkai.comparing.alignment.placing import linked_besides
from gongkai.comparing.diffing.building import block_of, coming, move_of, plan_change, set_change
from gongkai.comparing.diffing.changes import Change, ChangeKind, Row, Status, Subject
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.fields import Context, block_differences, plan_differences
from gongkai.comparing.diffing.matching import Matching
from gongkai.comparing.diffing.tree import Node, Tree, check_plan
from gongkai.comparing.relations import Tell, bodies_of
from gongkai.errors import InvalidValue
from gongkai.model import Assignment, Plan, Severity, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["diff"]


def diff(
    old: Plan,
    new: Plan,
    *,
    links: Iterable[Link] | None = None,
    known: Iterable[Known] = (),
    directory: Directory | None = None,
) -> Diff:
    """Compare two plans.

    Args:
        old: the plan to start from: last year's, or the draft.
        new: the plan that it became.
        links: which tasks correspond, as an :class:`Alignment` or links. Links of the strength ``none`` are
            left out. Where not given, those of ``align(old, new)``; besides, tasks that alone have a clause,
            word for word, and tasks of few words that stand where a like one stood, between the same tasks.
        known: answers that are obeyed, as in :func:`gongkai.align`, where no links are given.
        directory: what tells one body under two names from two; by default the shipped one.

    Raises:
        InvalidValue: one of the two is no plan; an answer is none, or is given beside links.

    >>> import gongkai
    >>> from gongkai import Assignment, Plan, Task
    >>> old = Plan("要点", [Task("公开财政预决算。", label="1.", assignments=[Assignment.lead("区财政局")])])
    >>> more = Assignment.cooperate("区审计局")
    >>> new = old.with_changes("1", assignments=[Assignment.lead("区财政局"), more])
    >>> for change in gongkai.diff(old, new):
    ...     print(change.explain())
    “1.公开财政预决算。”的责任单位有调整：新增配合单位区审计局。
    """
    for name, plan in (("old", old), ("new", new)):
        check_plan("diff", name, plan)
    answers = tuple(known)
    if answers and links is not None:
        raise InvalidValue("diff", "known", answers, "none beside links; give the answers to align")
    kept = _aligned(old, new, answers, directory) if links is None else links
    kept = [link for link in kept if link.strength is not Strength.NONE]
    same = bodies_of(old, new, directory)
    return _Comparison(Matching(Tree(old), Tree(new), kept), same).diff()


def _aligned(old: Plan, new: Plan, known: Iterable[Known], directory: Directory | None) -> Iterable[Link]:
    found = align(old, new, known=known, directory=directory)
    said = {(answer.old_key, answer.new_key) for answer in found.answers}
    more = [link for link in linked_besides(old, new, found) if (link.old.key, link.new.key) not in said]
    if not more:
        return found
    orders = [{task.key: place for place, task in enumerate(plan.all_tasks)} for plan in (old, new)]
    return sorted((*found, *more), key=lambda link: (orders[0][link.old.key], orders[1][link.new.key]))


class _Comparison:
    """One comparison under way: the matching, and the changes gathered by the row they belong to."""

    def __init__(self, matching: Matching, same: Tell) -> None:
        self.matching = matching
        self.context = Context(matching.old.plan, matching.new.plan, same)
        self.joined_old: dict[Node, Link] = {}
        self.joined_new: dict[Node, Link] = {}
        self.extra_old: defaultdict[Node, list[Node]] = defaultdict(list)
        self.extra_new: defaultdict[Node, list[Node]] = defaultdict(list)
        self._regroup()
        self.moved = set(_moved(matching))

    def _regroup(self) -> None:
        """Give each unpaired task that has a link to the row of the task it came from or went into."""
        matching = self.matching
        for link, old, new in matching.spare:
            if new not in matching.of_new and new not in self.joined_new:
                self.joined_new[new] = link
                self.extra_new[old].append(new)
            elif old not in matching.of_old and old not in self.joined_old:
                self.joined_old[old] = link
                self.extra_old[matching.of_new[new]].append(old)
        for extra in (*self.extra_old.values(), *self.extra_new.values()):
            extra.sort(key=lambda node: node.index)

    def diff(self) -> Diff:
        matching = self.matching
        placed: list[tuple[tuple[int, int, int], Row]] = []
        for node in matching.new.nodes:
            other = matching.of_new.get(node)
            if other is not None:
                placed.append(((node.index, 0, 0), self._continued(other, node)))
            elif node not in self.joined_new:
                placed.append(((node.index, 0, 0), self._added(node)))
        last = -1
        for node in matching.old.nodes:
            other = matching.of_old.get(node)
            if other is not None:
                last = other.index
            elif node not in self.joined_old:
                placed.append(((last, 1, node.index), self._removed(node)))
        placed.sort(key=lambda item: item[0])
        rows = [row for _, row in placed if row.changes or _own_text(row)]
        return Diff(matching.old.plan, matching.new.plan, (*self._plan_row(), *rows), matching.links)

    def _plan_row(self) -> Iterator[Row]:
        old, new = self.matching.old, self.matching.new
        changes = [
            plan_change(kind, old.plan, new.plan, field)
            for kind, field, _, _ in plan_differences(old.plan, new.plan, self.context)
        ]
        if changes:
            yield Row(Subject.PLAN, _status(changes, 0, 0), (), (), tuple(changes))

    def _added(self, node: Node) -> Row:
        change = coming(ChangeKind.ADDED, node)
        return Row(node.subject, Status.ADDED, (), (block_of(node),), (change,))

    def _removed(self, node: Node) -> Row:
        change = coming(ChangeKind.ADDED, node).invert()
        return Row(node.subject, Status.REMOVED, (block_of(node),), (), (change,))

    def _continued(self, old: Node, new: Node) -> Row:
        changes = list(self._changes(old, new))
        split, merged = self.extra_new[old], self.extra_old[old]
        if (split or merged) and self.context.same_words(_texts(old, *merged), _texts(new, *split)):
            changes = [_shared(change) for change in changes]
        changes += [coming(ChangeKind.SPLIT, node, old) for node in split]
        changes += [coming(ChangeKind.SPLIT, node, new).invert() for node in merged]
        own = self.matching.link_of.get(old)
        links = [own] if own is not None else []
        links += [self.joined_new[node] for node in split] + [self.joined_old[node] for node in merged]
        return Row(
            old.subject,
            _status(changes, len(split), len(merged)),
            (block_of(old), *[block_of(node) for node in merged]),
            (block_of(new), *[block_of(node) for node in split]),
            tuple(changes),
            tuple(links),
        )

    def _changes(self, old: Node, new: Node) -> Iterator[Change]:
        if old in self.moved:
            yield move_of(old, new)
        for kind, field, before, after in block_differences(block_of(old), block_of(new), self.context):
            bodies = None
            if field == "assignments":
                was, now = (cast("tuple[Assignment, ...]", side) for side in (before, after))
                _, bodies = self.context.assignments(was, now)
            years = self.context.years if field == "deadlines" else None
            yield set_change(kind, old, new, field, bodies=bodies, years=years)


def _texts(*nodes: Node) -> list[str]:
    """The texts of tasks in document order."""
    blocks = [node.block for node in sorted(nodes, key=lambda node: node.index)]
    return [block.text for block in blocks if isinstance(block, Task)]


def _shared(change: Change) -> Change:
    """A text of which words went to, or came from, the other tasks of the row, and no word was changed."""
    return attrs.evolve(change, kind=ChangeKind.SHARED) if change.field == "text" else change


def _own_text(row: Row) -> bool:
    return any(isinstance(block, Task) and bool(block.text.strip()) for block in (*row.old, *row.new))


def _status(changes: Iterable[Change], split: int, merged: int) -> Status:
    if split or merged:
        return Status.REGROUPED if split and merged else Status.SPLIT if split else Status.MERGED
    shown = {change.kind for change in changes if change.severity is not Severity.INFO}
    if not shown:
        return Status.SAME
    return Status.MOVED if shown == {ChangeKind.MOVED} else Status.CHANGED


def _moved(matching: Matching) -> Iterator[Node]:
    """Yield the paired nodes of the old plan that stand elsewhere: as few as can be."""
    for node in (matching.new.root, *matching.new.nodes):
        home = matching.of_new.get(node)
        pairs = [matching.of_new[below] for below in node.below if below in matching.of_new]
        stayed = [other for other in pairs if other.parent is home]
        staying = set(_ascending([other.path[-1] for other in stayed]))
        yield from (other for other in pairs if other.parent is not home)
        yield from (other for place, other in enumerate(stayed) if place not in staying)


def _ascending(numbers: list[int]) -> list[int]:
    """Return the places of a longest ascending run of numbers (by patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [place]
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
