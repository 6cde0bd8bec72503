"""How much speaks for a link between two tasks.

Every sentence of these plans is about disclosure, so what two sentences share says little unless it is rare:
each gram weighs the logarithm of how rare it is in both plans together, and template words
(做好、推进、信息公开) weigh next to nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final, final

from attrs import frozen

from gongkai.comparing.leaves import Leaf, Profile
from gongkai.comparing.links import Evidence, EvidenceKind
from gongkai.comparing.wording import shared_phrase, similarity

__all__ = ["Scorer", "Support"]

#: What whole texts and best sentences count for; they make up the wording's score.
_WHOLE: Final = 0.5
_SENTENCE: Final = 0.5

#: What like departments, being the only tasks of one, headings and places add at most. Measured on four pairs
#: of real plans: much less than the wording, since departments are renamed and plans rearranged every year.
_DEPARTMENTS: Final = 0.06
_ONLY: Final = 0.05
_HEADING: Final = 0.02
_ORDER: Final = 0.005

#: Wording speaks for a link where both share a triple of characters that few tasks of the two plans have (one
#: in so many, and so few in small plans), or most of what they say. 等方面的信息公开 is no such wording.
_ONE_IN: Final = 25
_FEW: Final = 3
_MOST: Final = 0.6

#: From this rarity on a department in common speaks for a link by itself.
_RARE: Final = 0.5

#: A triple weighs less than a pair, since its pairs are counted as well.
_TRIPLE: Final = 0.7


@final
@frozen
class Support:
    """What speaks for one pair of tasks.

    Attributes:
        total: the sum of all that speaks for it, from 0 to about 1.
        whole: how much of both texts is shared, by weight (Dice).
        sentence: the same of the two sentences that share most.
        of_old: how much of the old text is in the new one.
        of_new: how much of the new text is in the old one.
        departments: how alike the most alike departments are by name, or by what they do, and how rare in
            both plans.
        only: whether each is its plan's only task of a department that does the same, and one of them that
            department's alone.
        worded: whether the wording that both share is more than every task of the two plans may have.
        heading: how alike the headings are.
        order: how near the places in the two plans are.
    """

    total: float
    whole: float
    sentence: float
    of_old: float
    of_new: float
    departments: float
    only: bool
    worded: bool
    heading: float
    order: float

    @property
    def grounded(self) -> bool:
        """Whether there is wording or a rare department in common: heading and place alone link nothing."""
        return self.worded or self.departments >= _RARE

    @property
    def content(self) -> float:
        """The total without what one department's only tasks have for being that."""
        return self.total - _ONLY * self.only

    def evidence(self, old: Leaf, new: Leaf) -> tuple[Evidence, ...]:
        """Put it into words for a person."""
        found = [Evidence(EvidenceKind.WORDING, _rounded(self.whole), shared_phrase(old.text, new.text))]
        if self.sentence > self.whole:
            found.append(Evidence(EvidenceKind.SENTENCE, _rounded(self.sentence)))
        contained = max(self.of_old, self.of_new)
        if contained >= 0.5:
            found.append(Evidence(EvidenceKind.CONTAINED, _rounded(contained)))
        if self.departments >= _RARE:
            shared = "、".join([name for name in old.bodies if name in new.bodies])
            alike = " → ".join(["、".join(leaf.bodies) for leaf in (old, new)])
            found.append(Evidence(EvidenceKind.DEPARTMENTS, _rounded(self.departments), shared or alike))
        if self.heading >= 0.5:
            heading = old.headings[-1] if old.headings else ""
            found.append(Evidence(EvidenceKind.HEADING, _rounded(self.heading), heading))
        found.append(Evidence(EvidenceKind.ORDER, _rounded(self.order)))
        return tuple(found)


def _rounded(number: float) -> float:
    return round(number, 4)


class Scorer:
    """Scores pairs of tasks by the weights of the two plans' grams."""

    def __init__(self, old: Iterable[Leaf], new: Iterable[Leaf]) -> None:
        sides = tuple(old), tuple(new)
        both = (*sides[0], *sides[1])
        profiles = [leaf.profile for leaf in both]
        counts: Counter[str] = Counter()
        for profile in profiles:
            counts.update(profile.whole)
        total = len(profiles) + 1
        self.weights = {
            gram: math.log(total / count) * (1.0 if len(gram) < 3 else _TRIPLE)
            for gram, count in counts.items()
        }
        few = max(_FEW, total // _ONE_IN)
        self._telling = frozenset([gram for gram, count in counts.items() if len(gram) == 3 and count <= few])
        named = Counter(body for leaf in both for body in leaf.bodies)
        self._rarity = {body: math.log(total / count) / math.log(total) for body, count in named.items()}
        done = [Counter([function for leaf in side for function in leaf.functions]) for side in sides]
        self._uncommon = {
            function: math.log(total / count) / math.log(total)
            for function, count in (done[0] + done[1]).items()
        }
        #: What one task of each plan alone is about, as far as its departments tell.
        self.single = frozenset(
            [function for function in self._uncommon if done[0][function] == done[1][function] == 1]
        )
        self._sums: dict[Profile, tuple[float, list[float]]] = {}
        self._bodies: dict[tuple[str, str], float] = {}

    def weight(self, found: Iterable[str]) -> float:
        """Return what some grams weigh together."""
        return math.fsum([self.weights[gram] for gram in found])

    def _sum(self, profile: Profile) -> tuple[float, list[float]]:
        found = self._sums.get(profile)
        if found is None:
            sentences = [self.weight(grams) for grams in profile.sentences]
            found = self._sums[profile] = (self.weight(profile.whole), sentences)
        return found

    def score(self, old: Leaf, new: Leaf) -> Support:
        """Return what speaks for the pair."""
        (left, lefts), (right, rights) = self._sum(old.profile), self._sum(new.profile)
        common = old.profile.whole & new.profile.whole
        shared = self.weight(common)
        whole = 2 * shared / (left + right) if left + right else 0.0
        sentence = 0.0
        pieces = [
            (grams & common, weight) for grams, weight in zip(new.profile.sentences, rights, strict=True)
        ]
        for grams, weight in zip(old.profile.sentences, lefts, strict=True):
            mine = grams & common
            for theirs, other in pieces:
                if weight + other:
                    sentence = max(sentence, 2 * self.weight(mine & theirs) / (weight + other))
        departments = max((self._alike(a, b) for a in old.bodies for b in new.bodies), default=0.0)
        functions = old.functions & new.functions
        departments = max([departments, *[self._uncommon[function] for function in functions]])
        only = not self.single.isdisjoint(functions) and min(len(old.bodies), len(new.bodies)) == 1
        worded = whole >= _MOST or not self._telling.isdisjoint(common)
        heading = max((similarity(a, b) for a in old.headings for b in new.headings), default=0.0)
        order = 1 - abs(old.place - new.place)
        total = _WHOLE * whole + _SENTENCE * sentence
        total += _DEPARTMENTS * departments + _ONLY * only + _HEADING * heading + _ORDER * order
        return Support(
            total,
            whole,
            sentence,
            shared / left if left else 0.0,
            shared / right if right else 0.0,
            departments,
            only,
            worded,
            heading,
            order,
        )

    def _alike(self, one: str, other: str) -> float:
        found = self._bodies.get((one, other))
        if found is None:
            rarity = min(
                self._rarity[one], self._rarity[other]
            )  # a body that answers for everything says nothing
            found = self._bodies[one, other] = rarity * similarity(one, other)
        return found
