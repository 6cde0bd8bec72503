"""Which of several links goes on with a task: the others tell of splits and mergers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from gongkai.comparing.alignment.links import Link, Strength

__all__ = ["in_precedence"]

_Placed: TypeAlias = tuple[Link, int, int]


def in_precedence(links: Sequence[_Placed]) -> list[int]:
    """Return the order in which links take their tasks: the positions of links, the surest first.

    Where one task was split, or several became one, and none of them has anything to do with others, the one
    that lives on is the one that has its departments, deadlines and number; of several, the first.

    Args:
        links: each with the place of its old task and that of its new one.
    """
    counts = [Counter([item[side] for item in links]) for side in (1, 2)]
    # How many links the partners of each task have, at the most.
    rivals: tuple[defaultdict[int, int], defaultdict[int, int]] = (defaultdict(int), defaultdict(int))
    for _, old, new in links:
        rivals[0][old] = max(rivals[0][old], counts[1][new])
        rivals[1][new] = max(rivals[1][new], counts[0][old])
    return sorted(range(len(links)), key=lambda number: _precedence(links[number], *rivals))


def _precedence(item: _Placed, before: Mapping[int, int], after: Mapping[int, int]) -> tuple[float, ...]:
    link, old, new = item
    same = link.strength is Strength.SAME
    if min(before[old], after[new]) > 1:
        return (not same, -link.score, 0)
    kept = [
        field
        for field in ("assignments", "deadlines", "label")
        if (value := getattr(link.old, field)) and value == getattr(link.new, field)
    ]
    return (-same - len(kept), old, new)
