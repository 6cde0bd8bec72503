"""Two diffs, one after the other, as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.comparing.alignment.links import Link, Strength
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.differing import diff
from gongkai.comparing.diffing.patching import check_fits
from gongkai.errors import InvalidValue

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["then"]


def then(first: Diff, later: Diff, directory: Directory | None) -> Diff:
    """Return the diff that does both, one after the other; see :meth:`Diff.then`."""
    for name, each in (("self", first), ("later", later)):
        if each.part_of is not None:
            raise InvalidValue("Diff.then", name, each, "a whole diff, no part of one")
    check_fits(later.old, first.new)
    return diff(first.old, later.new, links=tuple(_links(first, later)), directory=directory)


def _links(first: Diff, later: Diff) -> Iterator[Link]:
    """Yield a link for each way from a task by way of one of the plan between to a task; each pair once.

    The two plans between are equal, but they may have other keys, so their tasks are told by their order.
    """
    pairs = zip(first.new.all_tasks, later.old.all_tasks, strict=True)
    keys = {ours.key: theirs.key for ours, theirs in pairs}
    onward: defaultdict[str | None, list[Link]] = defaultdict(list)
    for link in later.links:
        onward[link.old.key].append(link)
    best: dict[tuple[str | None, str | None], Link] = {}
    for near in first.links:
        for far in onward[keys[near.new.key]]:
            link = _joined(near, far)
            known = best.get((link.old.key, link.new.key))
            if known is None or _sureness(link) > _sureness(known):
                best[link.old.key, link.new.key] = link
    orders = [
        {task.key: place for place, task in enumerate(plan.all_tasks)} for plan in (first.old, later.new)
    ]
    yield from sorted(best.values(), key=lambda link: (orders[0][link.old.key], orders[1][link.new.key]))


def _joined(near: Link, far: Link) -> Link:
    """Two links are as strong and as sure as both, with the evidence of the weaker one."""
    both = near.strength is far.strength is Strength.SAME
    weaker = min(near, far, key=_sureness)
    strength = Strength.SAME if both else Strength.PARTIAL
    return Link(near.old, far.new, strength, round(near.score * far.score, 4), evidence=weaker.evidence)


def _sureness(link: Link) -> tuple[bool, float]:
    return link.strength is Strength.SAME, link.score
