"""Which pairs of tasks are worth a closer look, found without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from gongkai.comparing.leaves import Leaf
from gongkai.comparing.scoring import Scorer

__all__ = ["candidates", "identical"]

#: How many candidates each task has at most, seen from its own plan. In four pairs of real plans the eight
#: best by shared weight hold all that a closer look would take.
_MOST: Final = 8

#: A gram that so many tasks of the other plan have leads to no candidate: it is template, or the plan repeats
#: itself.
_COMMON: Final = 64

#: For a task that shares no rarer gram: how many neighbours on either side of its place are looked at.
_NEAR: Final = 2

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


def candidates(old: Sequence[Leaf], new: Sequence[Leaf], scorer: Scorer) -> set[tuple[Leaf, Leaf]]:
    """Return the pairs that share rare grams, some for each task, and the only tasks of like departments."""
    pairs = set(_seen_from(old, new, scorer))
    pairs.update((mine, theirs) for theirs, mine in _seen_from(new, old, scorer))
    pairs.update(_by_function(old, new, scorer))
    return pairs


def _by_function(old: Sequence[Leaf], new: Sequence[Leaf], scorer: Scorer) -> Iterator[tuple[Leaf, Leaf]]:
    """Yield the only task of each plan for a department that does the same."""
    places = {function: leaf for leaf in new for function in leaf.functions & scorer.single}
    for leaf in old:
        yield from (
            (leaf, places[function]) for function in leaf.functions & scorer.single if function in places
        )


def _seen_from(here: Sequence[Leaf], there: Sequence[Leaf], scorer: Scorer) -> Iterator[tuple[Leaf, Leaf]]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for position, leaf in enumerate(there):
        for gram in leaf.profile.whole:
            postings[gram].append(position)
    sizes = [scorer.weight(leaf.profile.whole) for leaf in there]
    for leaf in here:
        shared: defaultdict[int, float] = defaultdict(float)
        for gram in sorted(leaf.profile.whole):
            found = postings.get(gram, ())
            if len(found) <= _COMMON:
                weight = scorer.weights[gram]
                for position in found:
                    shared[position] += weight
        own = scorer.weight(leaf.profile.whole)
        ranked = sorted(shared, key=lambda place: (-shared[place] / ((own + sizes[place]) or 1.0), place))
        near = round(leaf.place * len(there))
        chosen = ranked[:_MOST] or range(max(0, near - _NEAR), min(len(there), near + _NEAR + 1))
        yield from ((leaf, there[position]) for position in chosen)
