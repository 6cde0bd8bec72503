"""``align``: links between the finest tasks of two plans.

Identical texts are settled first. The other tasks get candidates from an index of rare grams, each candidate
is weighed, and all candidates together decide: what a task is linked with depends on what else it could be
linked with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongkai.comparing.alignment.embedding import Embedder
from gongkai.comparing.alignment.links import Alignment
from gongkai.comparing.alignment.prospects import Known, prospects
from gongkai.comparing.diffing.tree import check_plan
from gongkai.comparing.judges.asking import Judge, Question
from gongkai.comparing.judges.judging import judged, worth_asking
from gongkai.model import Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Known", "align", "doubtful_pairs"]


def align(
    old: Plan,
    new: Plan,
    *,
    embedder: Embedder | None = None,
    judge: Judge | None = None,
    questions: int | None = None,
    known: Iterable[Known] = (),
    directory: Directory | None = None,
) -> Alignment:
    """Find which tasks of two plans correspond, wholly or in part.

    Links join the finest tasks: those with text of their own. One task may have several links, since tasks
    split and merge. The same plans give the same links, on every machine.

    Args:
        old: the plan to start from.
        new: the plan to look in.
        embedder: what gives texts vectors, so that meaning counts beside words: anything that takes a list of
            texts and returns as many vectors, or a model with such an ``encode``. :func:`semantic_embedder`
            is a small one that works offline. Vectors are kept by text for each embedder.
        judge: who is asked about doubtful pairs: anything that takes a list of :class:`Question` and returns
            ``same``, ``partial``, ``none`` or None (for "I do not know") for each, in their order, or an
            :class:`Answer`. It is asked in batches, the most telling questions first, and obeyed. Whatever
            goes wrong with it is in the alignment's ``findings``; no answer is lost.
        questions: how many questions the judge is asked at the most. By default only what is in doubt is
            asked, and no more than 3.5 questions for each task of the larger plan.
        known: answers that are obeyed: :class:`Answer`, links that a person accepted or rejected
            (:meth:`Link.accept`, :meth:`Link.reject`), or two keys and ``same``, ``partial`` or ``none``. The
            last answer on a pair counts. Answers and links whose key is another task's by now are found by
            their texts, and told in ``findings`` where there is no such text.
        directory: what tells who the departments are and what they do; by default the shipped one.

    Raises:
        InvalidValue: one of the two is no plan; two known keys are not those of tasks, or something known is
            no answer; the judge or the embedder cannot be called, the number of questions is negative; the
            embedder fails, or what it returns are no vectors.
        MissingExtra: the embedder is the shipped one, and its extra is not installed.

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
    found = prospects(old, new, embedder=embedder, known=known, directory=directory)
    return found.align() if judge is None else judged(found, judge, questions)


def doubtful_pairs(
    old: Plan,
    new: Plan,
    *,
    embedder: Embedder | None = None,
    questions: int | None = None,
    known: Iterable[Known] = (),
    directory: Directory | None = None,
) -> tuple[Question, ...]:
    """Return what :func:`align` would ask a judge first, the most telling first.

    For annotators who answer in a file and not one after the other: what is asked here does not depend on
    their answers, so that a judge of :func:`align` gets better questions for the same number.

    Args:
        old: the old plan.
        new: the new plan.
        embedder: what gives texts vectors; see :func:`align`.
        questions: how many at the most; by default what is in doubt, and no more than 3.5 for each task of
            the larger plan.
        known: answers that are there already; see :func:`align`. They are not asked again.
        directory: what tells who the departments are; by default the shipped one.

    Raises:
        InvalidValue: as :func:`align`.

    >>> from gongkai import examples
    >>> from gongkai.comparing import doubtful_pairs
    >>> doubtful_pairs(examples.load("chenghu-2023"), examples.load("chenghu-2024"), questions=1)
    (<Question ... → ... ...>,)
    """
    for name, given in (("old", old), ("new", new)):
        check_plan("doubtful_pairs", name, given)
    return worth_asking(prospects(old, new, embedder=embedder, known=known, directory=directory), questions)
