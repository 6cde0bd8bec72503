"""Links that two versions of one plan have besides those of an alignment: by a clause, and by their place.

A clause that each plan has in one task alone, word for word, was taken from the one to the other, however
little of either text it is: so what became of a task that was split and merged is told.

A short text has too few words for an alignment to tell it by (公开预算。→ 公开部门预算。). In two versions of
one plan its place tells it: the tasks before and after it correspond, and nothing else stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from gongkai.comparing.alignment.links import Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.alignment.wording import folded, similarity
from gongkai.model import Plan, Task

__all__ = ["linked_besides"]

#: How many letters and digits a clause has at the least that no two tasks have by chance.
_TELLING: Final = 10

#: How alike two texts of one place must be, by pairs of characters: 公开目录 and 公开清单 are, two tasks of
#: one plan hardly ever.
_ALIKE: Final = 0.25

#: How many pairs of texts of one gap are compared; beyond it, the place tells nothing.
_PAIRS: Final = 36

#: How many characters of a text are compared.
_LENGTH: Final = 200

_Gap = tuple[Sequence[Task], Sequence[Task]]


def linked_besides(old: Plan, new: Plan, links: Iterable[Link]) -> tuple[Link, ...]:
    """Return links between tasks that share a clause of their own, or have none and stand in one place."""
    left, right = _leaves(old), _leaves(new)
    known = list(links)
    pairs = {(link.old.key, link.new.key) for link in known}
    by_clause = [link for link in _by_clause(left, right) if (link.old.key, link.new.key) not in pairs]
    found = list(by_clause)
    for ours, theirs in _gaps(left, right, (*known, *by_clause)):
        if 0 < len(ours) * len(theirs) <= _PAIRS:
            found += _in_order(ours, theirs)
    return tuple(found)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("[，。；：！？,;:!?]")


def _by_clause(old: Iterable[Task], new: Iterable[Task]) -> Iterator[Link]:
    """Link the tasks that alone have a clause, in order; each pair once, by its longest."""
    sides = [_clauses(side) for side in (old, new)]
    longest: dict[tuple[str | None, str | None], tuple[Task, Task, str]] = {}
    for clause, mine in sides[0].items():
        theirs = sides[1].get(clause)
        if mine is None or theirs is None:
            continue
        known = longest.get((mine.key, theirs.key))
        if known is None or len(known[2]) < len(clause):
            longest[mine.key, theirs.key] = mine, theirs, clause
    for mine, theirs, clause in longest.values():
        share = len(clause) / min(len(mine.text), len(theirs.text))
        evidence = Evidence(EvidenceKind.CONTAINED, round(min(share, 1.0), 4), clause)
        yield Link(mine, theirs, Strength.PARTIAL, round(0.5 + min(share, 1.0) / 2, 4), evidence=(evidence,))


def _clauses(tasks: Iterable[Task]) -> dict[str, Task | None]:
    """Return the task that has each long clause; None where several have it."""
    found: dict[str, Task | None] = {}
    for task in tasks:
        for clause in set(_ends().split(folded(task.text))):
            if len(clause) >= _TELLING and sum(map(str.isalnum, clause)) >= _TELLING:
                found[clause] = None if clause in found else task
    return found


def _leaves(plan: Plan) -> list[Task]:
    return [task for task in plan.all_tasks if task.text.strip()]


def _gaps(old: Sequence[Task], new: Sequence[Task], links: Iterable[Link]) -> Iterator[_Gap]:
    """Yield the tasks without links between two that correspond, or at an end, from both plans."""
    places = {task.key: place for place, task in enumerate(new)}
    partners: dict[str | None, list[int]] = {}
    linked: set[str | None] = set()
    for link in links:
        partners.setdefault(link.old.key, []).append(places.get(link.new.key, -1))
        linked.add(link.new.key)
    start, here = 0, 0  # where the gap begins in the old plan, and in the new one
    for place, task in enumerate([*old, None]):
        if task is not None and task.key not in partners:
            continue
        mine = [len(new)] if task is None else partners[task.key]
        there = mine[0] if len(mine) == 1 else -1
        if 0 <= here <= there and not any(each.key in linked for each in new[here:there]):
            yield old[start:place], new[here:there]
        start, here = place + 1, there + 1 if there >= 0 else -1


def _in_order(old: Sequence[Task], new: Sequence[Task]) -> Iterator[Link]:
    """Link the tasks of one gap that are most alike altogether, in order."""
    left, right = ([folded(task.text)[:_LENGTH] for task in side] for side in (old, new))
    scores = [[similarity(one, other) for other in right] for one in left]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = scores[i][j] + best[i + 1][j + 1] if scores[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            wording = round(scores[i][j], 4)
            evidence = (Evidence(EvidenceKind.WORDING, wording), Evidence(EvidenceKind.ORDER, 1.0))
            yield Link(old[i], new[j], score=wording, evidence=evidence)
            i, j = i + 1, j + 1
