"""How much of one text another has: by pairs of neighbouring characters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from gongkai.comparing.alignment.wording import folded

__all__ = ["Texts", "Words"]

#: A pair of characters that so many texts have leads to none of them.
_COMMON: Final = 32
#: By how many of its rarest pairs a text looks for others, and how many of those it is compared with.
_RAREST: Final = 24
_MOST: Final = 8

#: Of how many pairs the loss of a text says where they went; how much of them that is, and of the other text.
_TELLING: Final = 12
_NEARLY: Final = 0.8
_SOME: Final = 0.3


class Words:
    """A text as its pairs of neighbouring characters, white space and the width of characters aside."""

    __slots__ = ("pairs", "size", "text")

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        self.pairs = Counter([self.text[at : at + 2] for at in range(max(1, len(self.text) - 1))])
        self.size = self.pairs.total()

    def shared(self, other: Words) -> int:
        """How many pairs two texts have in common."""
        few, many = sorted((self.pairs, other.pairs), key=len)
        return sum([min(count, many[pair]) for pair, count in few.items() if pair in many])

    def like(self, other: Words) -> float:
        """How alike two texts are, from 0 to 1, by Dice.

        >>> from gongkai.merging.matching.likeness import Words
        >>> round(Words("公开目录。").like(Words("公开名录。")), 2)
        0.5
        """
        return 1.0 if self.text == other.text else 2 * self.shared(other) / (self.size + other.size)

    def held_by(self, other: Words) -> float:
        """Which part of the text the other has, from 0 to 1."""
        return self.shared(other) / self.size

    def taken(self, whole: Words, part: Words) -> float:
        """How sure it is that the text took over what a text has and an edited one lacks, from 0 to 1.

        It did where most of it comes from there, or where nearly all that is gone there is here.
        """
        rest = whole.pairs - part.pairs
        gone = rest.total()
        shared = sum([min(count, rest[pair]) for pair, count in self.pairs.items() if pair in rest])
        moved = shared / gone if gone >= _TELLING and shared >= _SOME * self.size else 0.0
        return max(shared / self.size, moved if moved >= _NEARLY else 0.0)


class Texts:
    """Texts that can be asked for those which are like another, without a look at each."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self._texts = texts
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(texts):
            for pair in words.pairs:
                self._having[pair].append(place)

    def near(self, words: Words) -> list[int]:
        """Return the places of the texts that share most of what is rare in this one."""
        found = [(len(self._having[pair]), pair) for pair in words.pairs if pair in self._having]
        rare = sorted(item for item in found if item[0] <= _COMMON)[:_RAREST]
        votes: Counter[int] = Counter()
        for _, pair in rare:
            votes.update(self._having[pair])
        return [place for place, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_MOST]]
