"""``align``: links between the finest tasks of two plans.

Identical texts are settled first. The other tasks get candidates from an index of rare grams, each candidate
is weighed, and all candidates together decide: what a task is linked with depends on what else it could be
linked with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongkai.comparing.links import Alignment
from gongkai.comparing.prospects import Known, prospects
from gongkai.comparing.tree import check_plan
from gongkai.model import Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Known", "align"]


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
    return prospects(old, new, known=known, directory=directory).align()
