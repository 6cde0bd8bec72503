"""``align``: links between the finest tasks of two plans.

Identical texts are settled first. The other tasks get candidates from an index of rare grams, each candidate
is scored, and all scores together decide: a score counts by how far it stands out among those of its two
tasks, since some tasks are a little like everything.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from gongkai.comparing.candidates import candidates, identical
from gongkai.comparing.leaves import Leaf, leaves
from gongkai.comparing.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.scoring import Scorer, Support
from gongkai.comparing.tree import check_plan
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Known", "align"]

#: A person's answer: a link, accepted or rejected, or the two keys and ``same``, ``partial`` or ``none``.
Known: TypeAlias = Link | tuple[str, str, str]

_Pair: TypeAlias = tuple[Leaf, Leaf]

#: How many of a task's best scores make up what it is like anyway, and how much of that is taken off.
_NEIGHBOURS: Final = 3
_HUB: Final = 0.5

#: What a score must have above that: between two tasks that are each other's best, and for any other link.
_MUTUAL: Final = 0.06
_OTHER: Final = 0.075

#: From which score on two tasks that are each other's best are the same obligation.
_SAME: Final = 0.13

#: A text that its partner holds so much of has nothing left for another link.
_COVERED: Final = 0.8

#: How quickly sureness grows with the score.
_SLOPE: Final = 0.06


def align(
    old: Plan, new: Plan, *, known: Iterable[Known] = (), directory: Directory | None = None
) -> Alignment:
    """Find which tasks of two plans correspond, wholly or in part.

    Links join the finest tasks: those with text of their own. One task may have several links, since tasks
    split and merge. The same plans give the same links, on every machine.

    Args:
        old: the plan to start from.
        new: the plan to look in.
        known: answers that are obeyed: links that a person accepted or rejected (:meth:`Link.accept`,
            :meth:`Link.reject`), or two keys and ``same``, ``partial`` or ``none``. The last answer counts.
        directory: what tells who the departments are and what they do; by default the shipped one.

    Raises:
        InvalidValue: one of the two is no plan; a known link names no task of the plans, or a strength there
            is not.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> old = Plan("要点", [Task("公开计划。", label="1."), Task("做好义务教育招生信息公开。", label="2.")])
    >>> new = Plan("要点", [Task("做好义务教育阶段招生信息公开。", label="1."), Task("更新。", label="2.")])
    >>> gongkai.align(old, new).links
    (<Link 2 → 1 same 1.00>,)
    >>> gongkai.align(old, new, known=[("2", "1", "none")]).links
    ()
    """
    for name, given in (("old", old), ("new", new)):
        check_plan("align", name, given)
    answers = _answers(old, new, known)
    left, right = leaves(old, directory), leaves(new, directory)
    settled = {
        (mine.index, theirs.index): _identical(mine, theirs)
        for mine, theirs in identical(left, right, lambda mine, theirs: _key(mine, theirs) not in answers)
    }
    done_left, done_right = {pair[0] for pair in settled}, {pair[1] for pair in settled}
    open_left = [leaf for leaf in left if leaf.index not in done_left]
    open_right = [leaf for leaf in right if leaf.index not in done_right]
    scorer = Scorer(left, right)
    scores = {
        pair: scorer.score(*pair)
        for pair in candidates(open_left, open_right, scorer)
        if _key(*pair) not in answers
    }
    links = {(link.old.key, link.new.key): link for link in (*settled.values(), *_decide(scores))}
    links.update({keys: link for keys, link in answers.items() if link.strength is not Strength.NONE})
    order = ({task.key: place for place, task in enumerate(plan.all_tasks)} for plan in (old, new))
    first, second = order
    ordered = sorted(links.values(), key=lambda link: (first[link.old.key], second[link.new.key]))
    return Alignment(old, new, tuple(ordered))


def _key(old: Leaf, new: Leaf) -> tuple[str | None, str | None]:
    return old.task.key, new.task.key


def _answers(old: Plan, new: Plan, known: Iterable[Known]) -> dict[tuple[str | None, str | None], Link]:
    """Return the known links by their keys, with the tasks of these two plans."""
    items = [
        (item.old.key, item.new.key, str(item.strength)) if isinstance(item, Link) else item for item in known
    ]
    if not items:
        return {}
    left, right = ({task.key: task for task in plan.all_tasks} for plan in (old, new))
    found: dict[tuple[str | None, str | None], Link] = {}
    for mine, theirs, strength in items:
        link = Link(_task(left, mine, "old"), _task(right, theirs, "new"), strength)
        found[mine, theirs] = link.reject() if link.strength is Strength.NONE else link.accept()
    return found


def _task(tasks: Mapping[str | None, Task], key: str | None, side: str) -> Task:
    task = tasks.get(key)
    if task is None:
        raise InvalidValue("align", "known", key, f"the key of a task of the {side} plan")
    return task


def _identical(old: Leaf, new: Leaf) -> Link:
    return Link(old.task, new.task, Strength.SAME, 1.0, evidence=(Evidence(EvidenceKind.IDENTICAL, 1.0),))


def _decide(scores: Mapping[_Pair, Support]) -> list[Link]:
    """Choose among all scored pairs at once."""
    margins = _margins(scores)
    grounded = [pair for pair in margins if scores[pair].grounded]
    order = sorted(grounded, key=lambda pair: (-margins[pair], pair[0].index, pair[1].index))
    partner: dict[Leaf, _Pair] = {}
    chosen: list[_Pair] = []
    seen: set[Leaf] = set()
    for pair in order:
        if not seen.intersection(pair) and margins[pair] >= _MUTUAL:
            partner[pair[0]] = partner[pair[1]] = pair
            chosen.append(pair)
        seen.update(pair)
    for pair in order:
        if margins[pair] < _OTHER:
            break
        if partner.get(pair[0]) != pair and not _covered(pair, partner, scores):
            chosen.append(pair)
    return [_link(pair, scores[pair], margins[pair], mutual=partner.get(pair[0]) == pair) for pair in chosen]


def _margins(scores: Mapping[_Pair, Support]) -> dict[_Pair, float]:
    """Take off each score what its two tasks are like anyway: half the mean of their best scores."""
    best: defaultdict[Leaf, list[float]] = defaultdict(list)
    for pair, support in scores.items():
        for leaf in pair:
            best[leaf].append(support.total)
    usual = {leaf: sum(sorted(found)[-_NEIGHBOURS:]) / _NEIGHBOURS for leaf, found in best.items()}
    return {
        (old, new): support.total - _HUB * (usual[old] + usual[new]) / 2
        for (old, new), support in scores.items()
    }


def _covered(pair: _Pair, partner: Mapping[Leaf, _Pair], scores: Mapping[_Pair, Support]) -> bool:
    """Tell whether the partner of one of the two holds all of it: then nothing is left to split or merge."""
    old, new = (partner.get(leaf) for leaf in pair)
    return (old is not None and scores[old].of_old >= _COVERED) or (
        new is not None and scores[new].of_new >= _COVERED
    )


def _link(pair: _Pair, support: Support, margin: float, *, mutual: bool) -> Link:
    strength = Strength.SAME if mutual and support.content >= _SAME else Strength.PARTIAL
    sureness = 1 / (1 + math.exp((_MUTUAL - margin) / _SLOPE))
    return Link(pair[0].task, pair[1].task, strength, round(sureness, 4), evidence=support.evidence(*pair))
