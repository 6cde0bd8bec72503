"""How much of a text's words stand in other texts, sentence by sentence."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, TypeAlias, final

from attrs import frozen

from gongkai.comparing.alignment.wording import folded, grams, sentences
from gongkai.model import Task
from gongkai.model._display import Shown

__all__ = ["Passage", "Shared", "WordShare", "shared_runs"]

#: Characters in a row that make a phrase: two in common are as likely chance.
_PHRASE: Final = 3

Shared: TypeAlias = tuple[bool, str]
"""Characters of a text, and whether the other texts have them too."""


@final
@frozen(weakref_slot=False)
class Passage(Shown):
    """One sentence of a task of the reference, and how much of it stands in the tasks that carry it.

    Attributes:
        text: the sentence, as it stands in the task's text.
        start: where it begins there.
        share: how much of its words the carrying tasks have, from 0 to 1, rare words counting for more.
        key: the key of the task that has most of it; None where none has any.
    """

    text: str
    start: int
    share: float
    key: str | None


class WordShare:
    """Measures shares of words by how rare they are in the two plans together."""

    def __init__(self, texts: Iterable[str]) -> None:
        found = [grams(text) for text in texts]
        counts = Counter(gram for each in found for gram in each)
        total = len(found) + 1
        self._weights = {gram: math.log(total / count) for gram, count in counts.items()}

    def _weight(self, found: Iterable[str]) -> float:
        return math.fsum([self._weights.get(gram, 0.0) for gram in sorted(found)])

    def passages(self, text: str, carriers: Sequence[Task]) -> tuple[Passage, ...]:
        """Return the sentences of a text with what the carriers have of each."""
        words = [(task.key, grams(task.text)) for task in carriers]
        everything = frozenset[str]().union(*[own for _, own in words])
        found: list[Passage] = []
        place = 0
        for sentence in sentences(text) or (text,):
            start = text.index(sentence, place)
            place = start + len(sentence)
            mine = grams(sentence)
            whole = self._weight(mine)
            shares = [(self._share(mine & own, whole), -n, key) for n, (key, own) in enumerate(words)]
            most, _, key = max(shares, default=(0.0, 0, None))
            share = self._share(mine & everything, whole)
            if carriers and not whole:  # nothing in it could be missing: signs, or words of every task
                share, key = 1.0, carriers[0].key
            found.append(Passage(sentence, start, share, key if most or not whole else None))
        return tuple(found)

    def covered(self, passages: Iterable[Passage]) -> float:
        """Return the share of all sentences together, each counting for what its words weigh."""
        sizes = [(self._weight(grams(passage.text)), passage.share) for passage in passages]
        whole = math.fsum([size for size, _ in sizes])
        if not whole:
            return max([share for _, share in sizes], default=0.0)
        return round(math.fsum([size * share for size, share in sizes]) / whole, 4)

    def _share(self, common: frozenset[str], whole: float) -> float:
        return round(self._weight(common) / whole, 4) if whole else 0.0


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


def shared_runs(text: str, others: Iterable[str]) -> tuple[Shared, ...]:
    """Cut a text into what other texts have too, phrase by phrase, and what they have not.

    >>> from gongkai.comparing.carrying.wordshare import shared_runs
    >>> shared_runs("及时公开老旧小区改造进展。", ["做好老旧小区改造信息公开。"])
    ((False, '及时公开'), (True, '老旧小区改造'), (False, '进展。'))
    """
    phrases = {
        run[place : place + _PHRASE]
        for other in others
        for run in _signs().split(folded(other))
        for place in range(len(run) - _PHRASE + 1)
    }
    held = [False] * len(text)
    for place in range(len(text) - _PHRASE + 1):
        if text[place : place + _PHRASE] in phrases:
            held[place : place + _PHRASE] = [True] * _PHRASE
    runs: list[Shared] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or held[place] != held[start]:
            runs.append((held[start], text[start:place]))
            start = place
    return tuple(runs)
