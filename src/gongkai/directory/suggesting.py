"""Did you mean: names of the directory that look like one it does not know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Final

__all__ = ["Suggester", "is_miswritten"]

#: Longer texts are sentences.
_LONGEST: Final = 40
_COUNT: Final = 3

#: From which likeness on a name is suggested, where it is one slip away as well; and from which length on one
#: wrong character is a slip: 区甲办 is none for 区外办. At the end it is one in shorter names too: 区教伟.
_LIKE: Final = 0.6
_SLIP: Final = 0.3
_SHORTEST: Final = 4

#: Pairs that more names have tell nothing.
_COMMON: Final = 250


class Suggester:
    """Finds names that look alike.

    Args:
        names: the names to suggest.
    """

    def __init__(self, names: Iterable[str]) -> None:
        grams: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            for gram in _grams(name):
                grams[gram].append(name)
        self._grams = dict(grams)

    def suggest(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the names that look most like any of the texts, best first.

        >>> from gongkai.directory.suggesting import Suggester
        >>> Suggester(["区财政局", "区民政局", "区外办"]).suggest(["区财证局", "区甲办"])
        ('区财政局',)
        """
        best: dict[str, float] = {}
        for text in texts:
            for known, score in self._like(text).items():
                best[known] = max(score, best.get(known, 0.0))
        ordered = sorted(best, key=lambda known: (-best[known], known))
        return tuple(ordered[:_COUNT])

    def _like(self, text: str) -> dict[str, float]:
        if len(text) > _LONGEST:
            return {}
        own = _grams(text)
        found: dict[str, float] = {}
        for known in self._likely(own):
            # Dice's coefficient; a name of n characters has n + 1 pairs, the two at its ends counted.
            score = 2 * len(own & _grams(known)) / (len(own) + len(known) + 1)
            if score >= _SLIP and _is_slip(text, known):
                found[known] = 1 + score
            elif score >= _LIKE:
                found[known] = score
        return found

    def _likely(self, own: frozenset[str]) -> list[str]:
        """Return the names that share most of the rarer pairs; all have 区 in front and 局 at the end."""
        lists = [names for gram in own if len(names := self._grams.get(gram, ())) <= _COMMON]
        shared = Counter(chain.from_iterable(lists))
        if not shared:
            return []
        least = max(shared.values()) // 2
        return [name for name, count in shared.items() if count > least or count == 1 == len(lists)]


def is_miswritten(text: str, known: str) -> bool:
    """Tell whether one slip of the pen made the name of the other; the division in front does not count.

    >>> from gongkai.directory.suggesting import is_miswritten
    >>> is_miswritten("澄湖区财证局", "区财政局"), is_miswritten("财务处", "财务审计处")
    (True, False)
    """
    ends = {text, *(text[-size:] for size in range(len(known) - 1, len(known) + 2) if 1 < size < len(text))}
    return any(_is_slip(end, known) for end in ends)


def _grams(text: str) -> frozenset[str]:
    padded = f"^{text}$"
    return frozenset([padded[at : at + 2] for at in range(len(padded) - 1)])


def _is_slip(text: str, known: str) -> bool:
    """Tell whether one wrong, missing, doubled or swapped character makes the one of the other."""
    if text == known or abs(len(text) - len(known)) > 1:
        return False
    if min(len(text), len(known)) < _SHORTEST:
        return len(text) == len(known) == _SHORTEST - 1 and text[:-1] == known[:-1]
    start = 0
    while start < min(len(text), len(known)) and text[start] == known[start]:
        start += 1
    one, other = text[start:], known[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[:2][::-1] and one[2:] == other[2:])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[1:] == shorter
