"""What speaks for a link, in words: phrases with their places, topics, departments, heading, place."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.comparing.alignment.leaves import Leaf
from gongkai.comparing.alignment.links import Evidence, EvidenceKind
from gongkai.comparing.alignment.topics import common_rates
from gongkai.comparing.alignment.wording import folded, similarity

if TYPE_CHECKING:
    from gongkai.comparing.alignment.scoring import Support

__all__ = ["Phrase", "evidence_of", "shared_phrases"]

#: How many shared phrases are told, and how long a phrase is at least; longer ones where there are any.
_PHRASES: Final = 3
_SHORTEST: Final = 2

#: In so many characters of each text phrases are looked for.
_LONGEST: Final = 3_000

#: What is told from which number on: a text contained in the other, a sentence, departments, a heading.
_TOLD: Final = 0.5

#: What a pair of characters weighs that the table of the genre does not have.
_RARE: Final = -math.log(0.02)


#: Signs that may become fewer or more when a text is folded: white space, and what goes on a sign before it.
_JOINED: Final = re.compile(r"[\s\u0300-\u036f\u1100-\u11ff\u3099\u309a\uff9e\uff9f]")


class Phrase(NamedTuple):
    """Words that two texts share, with the places (half-open) in each."""

    text: str
    old: tuple[int, int]
    new: tuple[int, int]


def evidence_of(support: Support, old: Leaf, new: Leaf) -> tuple[Evidence, ...]:
    """Put what speaks for a pair into words for a person, the wording first."""
    words = support.words
    like = _rounded(words.both)
    found = [
        Evidence(EvidenceKind.WORDING, like, phrase.text, old=phrase.old, new=phrase.new)
        for phrase in shared_phrases(old.task.text, new.task.text)
    ] or [Evidence(EvidenceKind.WORDING, like)]
    topics = [topic for topic in old.profile.topics if topic in new.profile.topics]
    if topics:
        shared = len(topics) / max(len(old.profile.topics), len(new.profile.topics))
        found.append(Evidence(EvidenceKind.TOPIC, _rounded(shared), "、".join(topics)))
    if support.meaning:
        found.append(Evidence(EvidenceKind.MEANING, _rounded(support.meaning)))
    if words.best > words.both:
        found.append(Evidence(EvidenceKind.SENTENCE, _rounded(words.best)))
    contained = max(words.forward, words.backward)
    if contained >= _TOLD:
        found.append(Evidence(EvidenceKind.CONTAINED, _rounded(contained)))
    if support.departments >= _TOLD:
        both = "、".join([name for name in old.bodies if name in new.bodies])
        alike = " → ".join(["、".join(leaf.bodies) for leaf in (old, new)])
        found.append(Evidence(EvidenceKind.DEPARTMENTS, _rounded(support.departments), both or alike))
    heading = max([similarity(one, other) for one in old.headings for other in new.headings], default=0.0)
    if heading >= _TOLD:
        found.append(Evidence(EvidenceKind.HEADING, _rounded(heading), old.headings[-1]))
    found.append(Evidence(EvidenceKind.ORDER, _rounded(support.order)))
    return tuple(found)


def _rounded(number: float) -> float:
    return round(min(max(number, 0.0), 1.0), 4)


def shared_phrases(old: str, new: str, most: int = _PHRASES) -> list[Phrase]:
    """Return the phrases that two texts share, the weightiest first, with their places in both.

    Widths and case of characters make no difference. Common words of the genre weigh little.

    >>> from gongkai.comparing.alignment.evidence import shared_phrases
    >>> shared_phrases("及时公开老旧小区改造进展。", "做好老旧小区改造信息公开。")[0]
    Phrase(text='老旧小区改造', old=(4, 10), new=(2, 8))
    """
    (mine, places), (theirs, others) = _with_places(old[:_LONGEST]), _with_places(new[:_LONGEST])
    runs = list(_runs(mine, theirs, _SHORTEST + 1)) or list(_runs(mine, theirs, _SHORTEST))
    rated = sorted([(-_weight(phrase), start, phrase) for start, phrase in runs])
    found: list[Phrase] = []
    taken: set[str] = set()
    for _, start, phrase in rated:
        if any(phrase in longer for longer in taken):
            continue
        taken.add(phrase)
        other = theirs.index(phrase)
        end, stop = start + len(phrase), other + len(phrase)
        left, right = (places[start], places[end - 1] + 1), (others[other], others[stop - 1] + 1)
        found.append(Phrase(old[left[0] : left[1]], left, right))
        if len(found) == most:
            break
    return found


@lru_cache(maxsize=2048)
def _with_places(text: str) -> tuple[str, range | list[int]]:
    """Return a text as it is compared, with the place of each character in the text as it stands."""
    plain = folded(text).lower()
    if len(plain) == len(text) and not _JOINED.search(text):
        return plain, range(len(text))
    places: list[int] = []
    parts: list[str] = []
    for place, sign in enumerate(text):
        part = "".join(unicodedata.normalize("NFKC", sign).split()).lower()
        parts.append(part)
        places.extend([place] * len(part))
    return "".join(parts), places


def _runs(text: str, other: str, shortest: int) -> Iterator[tuple[int, str]]:
    """Yield the longest shared phrases from left to right, with their places in the first text."""
    shared = list(map(_pairs(other).__contains__, map(add, text, text[1:])))
    shared += (False, True)  # the end: what follows is found without asking whether there is any
    count = len(text) - 1
    start = shared.index(True)
    while start < count:
        last = shared.index(False, start)
        if last - start >= shortest - 1:
            end = last if text[start : last + 1] in other else _longest(text, other, start + 1, last)
            phrase = text[start : end + 1]
            lead = len(phrase) - len(phrase.lstrip(_SIGNS))
            phrase = phrase.strip(_SIGNS)
            if len(phrase) >= shortest:
                yield start + lead, phrase
        else:
            end = last
        start = shared.index(True, end)


def _longest(text: str, other: str, end: int, last: int) -> int:
    """Return how far a phrase of one text is in another: to ``end`` it is, to ``last`` it is not."""
    start = end - 1
    while last - end > 1:
        middle = (end + last) // 2
        if text[start : middle + 1] in other:
            end = middle
        else:
            last = middle
    return end


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))


_SIGNS: Final = "，,。、；;：:！!？?（）()《》〈〉“”\"'‘’【】[]—-"


def _weight(phrase: str) -> float:
    """What a phrase weighs: the more pairs it has that the genre does not use all the time."""
    return sum(map(_weights().get, map(add, phrase, phrase[1:]), repeat(_RARE)))


@cache
def _weights() -> dict[str, float]:
    return {token: -math.log(rate) for token, rate in common_rates()["tokens"].items()}
