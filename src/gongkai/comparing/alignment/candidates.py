"""Which pairs of tasks are worth a closer look, found without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Final

from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.scoring import Scorer

__all__ = ["candidates", "identical"]

#: How many candidates each task has at most, seen from its own plan. In ten pairs of real plans the six most
#: like hold all that a closer look would take.
_MOST: Final = 6

_Trait = Callable[[Leaf], Hashable]

#: Copies of one text are paired by all that is the same around them, then by less and less.
_TRAITS: Final[tuple[_Trait, ...]] = (
    lambda leaf: (leaf.text, leaf.task.assignments, leaf.headings, leaf.task.label),
    lambda leaf: (leaf.text, leaf.task.assignments, leaf.headings),
    lambda leaf: (leaf.text, leaf.task.assignments),
    lambda leaf: (leaf.text, leaf.headings),
    lambda leaf: leaf.text,
)


def identical(
    old: Sequence[Leaf], new: Sequence[Leaf], allowed: Callable[[Leaf, Leaf], bool]
) -> Iterator[tuple[Leaf, Leaf]]:
    """Yield the pairs of tasks with identical text, each task once, copies of one text in order."""
    shared_texts = {leaf.text for leaf in old} & {leaf.text for leaf in new}
    old, new = ([leaf for leaf in side if leaf.text in shared_texts] for side in (old, new))
    if not shared_texts:
        return
    for trait in _TRAITS:
        waiting: defaultdict[Hashable, list[Leaf]] = defaultdict(list)
        for leaf in new:
            waiting[trait(leaf)].append(leaf)
        taken: set[Leaf] = set()
        left: list[Leaf] = []
        places: defaultdict[Hashable, int] = defaultdict(int)
        for leaf in old:
            shared = trait(leaf)
            others, place = waiting.get(shared, ()), places[shared]
            if place < len(others) and allowed(leaf, others[place]):
                places[shared] += 1
                taken.add(others[place])
                yield leaf, others[place]
            else:
                left.append(leaf)
        old, new = left, [leaf for leaf in new if leaf not in taken]


def candidates(old: Sequence[Leaf], new: Sequence[Leaf], scorer: Scorer) -> list[tuple[int, int]]:
    """Return the positions of pairs to look at: for each task those that are most like.

    What is more than like enough is cut off by place: a text that stands in a plan many times has its nearest
    copies.
    """
    pairs = {(mine, theirs) for mine, theirs in _most_like(scorer.rows, old, new)}
    pairs.update((mine, theirs) for theirs, mine in _most_like(scorer.columns, new, old))
    return sorted(pairs)


def _most_like(
    rows: Sequence[Mapping[int, float]], here: Sequence[Leaf], there: Sequence[Leaf]
) -> Iterator[tuple[int, int]]:
    for position, row in enumerate(rows):
        if len(row) <= _MOST:
            yield from ((position, other) for other in row)
            continue
        place = here[position].place
        ranked = sorted([(-value, abs(there[other].place - place), other) for other, value in row.items()])
        yield from ((position, other) for _, _, other in ranked[:_MOST])
