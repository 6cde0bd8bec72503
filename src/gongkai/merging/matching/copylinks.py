"""``align_copy``: the links between a draft and an edited copy of it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.comparing.alignment.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.diffing.tree import Node, Tree, check_plan
from gongkai.merging.matching.likeness import Words
from gongkai.merging.matching.pairing import Pairing
from gongkai.merging.matching.traits import is_task
from gongkai.model import Plan, Task

__all__ = ["align_copy"]


def align_copy(base: Plan, copy: Plan) -> Alignment:
    """Find which tasks of an edited copy are which of the draft, as ``merge`` does.

    ``align`` is made for plans of different years, in which the same task is said in other words. A copy has
    mostly the same words, so here identity comes first, then words that are mostly the same, then number and
    place; each task goes on as one, and what was split or joined has partial links. ``diff`` takes the result
    as its ``links``.

    Raises:
        InvalidValue: one of the two is no plan.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> from gongkai.merging import align_copy
    >>> base = Plan("要点", [Task("公开目录。", label="1."), Task("更新权责清单。", label="2.")])
    >>> copy = Plan("要点", [Task("做好解读。", label="1."), Task("公开目录。", label="2.")])
    >>> align_copy(base, copy).links
    (<Link 1 → 2 same 1.00>,)
    """
    for name, plan in (("base", base), ("copy", copy)):
        check_plan("align_copy", name, plan)
    pairing = Pairing(Tree(base), Tree(copy))
    found = {(old.index, new.index): _link(old, new) for old, new in _same(pairing)}
    for old, new in _parts(pairing):
        found.setdefault((old.index, new.index), _link(old, new, EvidenceKind.CONTAINED))
    return Alignment(base, copy, tuple([link for _, link in sorted(found.items())]))


def _same(pairing: Pairing) -> Iterator[tuple[Node, Node]]:
    yield from ((old, new) for old, new in pairing.of_base.items() if is_task(old) and is_task(new))


def _parts(pairing: Pairing) -> Iterator[tuple[Node, Node]]:
    yield from ((old, new) for old, pieces in pairing.splits.items() for new in pieces)
    yield from ((old, new) for new, pieces in pairing.joins.items() for old in pieces)


def _link(old: Node, new: Node, kind: EvidenceKind = EvidenceKind.WORDING) -> Link:
    one, other = old.block, new.block
    if not isinstance(one, Task) or not isinstance(other, Task):
        raise TypeError("only tasks are linked")
    if one.text == other.text:
        evidence = Evidence(EvidenceKind.IDENTICAL, 1.0)
        return Link(one, other, Strength.SAME, 1.0, evidence=(evidence,))
    words, others = Words(one.text), Words(other.text)
    if kind is EvidenceKind.CONTAINED:
        score = round(max(words.held_by(others), others.held_by(words)), 4)
        return Link(one, other, Strength.PARTIAL, score, evidence=(Evidence(kind, score),))
    score = round(words.like(others), 4)
    return Link(one, other, Strength.SAME, score, evidence=(Evidence(kind, score),))
