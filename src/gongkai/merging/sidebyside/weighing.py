"""How likely each two tasks of two plans are the same obligation: more than links alone can tell.

A link says that two tasks are the same more likely than not. A pair that falls just short of that has no
link, though it may be what makes three tasks of three plans one matter; so all pairs that were weighed are
kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias, final

from attrs import frozen

from gongkai.comparing import Alignment, Embedder, Known, Strength
from gongkai.comparing.alignment.deciding import Keys, decide
from gongkai.comparing.alignment.prospects import prospects
from gongkai.model import Plan

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Chances", "Weighed", "weigh", "weighed_links"]

Chances: TypeAlias = Mapping[Keys, float]
"""For two tasks by their keys, how likely they are the same obligation, from 0 to 1."""


@final
@frozen
class Weighed:
    """Two plans, aligned.

    Attributes:
        alignment: the links.
        chances: how likely each pair is the same obligation, of those that may be.
    """

    alignment: Alignment
    chances: Chances


def weigh(
    old: Plan,
    new: Plan,
    *,
    embedder: Embedder | None,
    known: Iterable[Known],
    directory: Directory | None,
) -> Weighed:
    """Align two plans, and keep how likely every pair is that was looked at."""
    found = prospects(old, new, embedder=embedder, known=known, directory=directory)
    alignment = found.align()
    chances = dict(_of_links(alignment))
    for verdict in decide(found.candidates, found.answers()):
        chances[verdict.candidate.keys] = verdict.same
    return Weighed(alignment, chances)


def weighed_links(alignment: Alignment) -> Weighed:
    """Return an alignment of which the links alone are known."""
    return Weighed(alignment, _of_links(alignment))


def _of_links(alignment: Alignment) -> dict[Keys, float]:
    return {(link.old.key, link.new.key): link.score for link in alignment if link.strength is Strength.SAME}
