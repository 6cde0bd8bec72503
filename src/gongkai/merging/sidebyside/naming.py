"""What a matter is called: the clause of its most central task that its tasks share most of."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Final, final

from gongkai.comparing.alignment.wording import grams

__all__ = ["Wording", "trimmed"]

#: How long a name may be; a longer one is cut behind 、 or ends in …. Clauses are seldom that long.
_LONGEST: Final = 40
#: How long it is at the least; a shorter clause says too little.
_SHORTEST: Final = 4

_PAIRS: Final = ("“”", "‘’", "《》", "（）", "()")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    text = resources.files("gongkai.merging.sidebyside").joinpath("naming.toml").read_text(encoding="utf-8")
    return {name: tuple(sorted(words, key=len, reverse=True)) for name, words in tomllib.loads(text).items()}


@cache
def _clause_ends() -> re.Pattern[str]:
    return re.compile(r"[，。；：！？,;:!?]")


@cache
def _openings() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _table()["openings"]))
    return re.compile(rf"^(?:{words}|、)+")


def trimmed(clause: str) -> str:
    """Return a clause without what every plan says around what it is about.

    >>> from gongkai.merging.sidebyside.naming import trimmed
    >>> trimmed("及时公开老旧小区改造、加装电梯等信息"), trimmed("做好政府信息公开工作")
    ('老旧小区改造、加装电梯', '政府信息公开工作')
    """
    rest = clause.strip(" 、")
    opening = _openings().match(rest)
    if opening is not None and len(rest) - opening.end() >= _SHORTEST:
        rest = rest[opening.end() :]
    ending = next((words for words in _table()["endings"] if rest.endswith(words)), "")
    if len(rest) - len(ending) >= _SHORTEST:
        rest = rest[: len(rest) - len(ending)]
    return _paired(rest.strip(" 、"))


def _paired(name: str) -> str:
    """Return a name without marks whose partner is in another clause."""
    for opening, closing in _PAIRS:
        if name.count(opening) != name.count(closing):
            name = name.replace(opening, "").replace(closing, "")
    return name


def shortened(name: str) -> str:
    """Return a name that is not too long: cut behind one of its things, if it lists some."""
    if len(name) <= _LONGEST:
        return name
    listed = name.rfind("、", _LONGEST // 2, _LONGEST)
    return (name[:listed] if listed > 0 else name[: _LONGEST - 1]) + "…"


@final
class Wording:
    """Names texts by how rare their words are among all texts of the plans."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._grams = [grams(text) for text in texts]
        self._texts = ["".join(text.split()) for text in texts]
        counts = Counter(gram for found in self._grams for gram in found)
        total = len(texts) + 1
        self._weights = {gram: math.log(total / count) for gram, count in counts.items()}

    def _weight(self, found: Iterable[str]) -> float:
        return math.fsum([self._weights.get(gram, 0.0) for gram in found])

    def central(self, items: Sequence[int]) -> int:
        """Return the text that is most like the others; the shortest of several that are."""
        return min(items, key=lambda item: (-self._likeness(item, items), len(self._texts[item]), item))

    def _likeness(self, item: int, items: Sequence[int]) -> float:
        mine = self._grams[item]
        own = self._weight(mine)
        found = [
            2 * self._weight(mine & self._grams[other]) / ((own + self._weight(self._grams[other])) or 1.0)
            for other in items
            if other != item
        ]
        return round(math.fsum(found), 9)

    def name(self, central: int, items: Sequence[int]) -> str:
        """Return a name for several texts, from the central one: its clause that the others share most of.

        For one text alone it is the first clause that says something.
        """
        clauses = [
            clause for clause in _clause_ends().split(self._texts[central]) if len(clause) >= _SHORTEST
        ]
        if not clauses:
            return shortened(self._texts[central])
        names = [trimmed(clause) for clause in clauses]
        others = [self._grams[item] for item in items if item != central]
        if not others:
            return shortened(names[0])
        shares = [math.fsum([self._weight(grams(clause) & other) for other in others]) for clause in clauses]
        best = max(range(len(clauses)), key=lambda place: (round(shares[place], 9), -place))
        return shortened(names[best])
