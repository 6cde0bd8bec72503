"""The difference of two texts as runs of characters, in the way a person marks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final, Literal, TypeAlias

__all__ = ["Run", "redline"]

#: ``same``, ``removed`` or ``added``, and the characters.
Run: TypeAlias = tuple[Literal["same", "removed", "added"], str]

#: How many pairs of equal tokens may be looked at; beyond it, texts are compared by the clause, then as a
#: whole.
_WORK: Final = 100_000

#: How many tokens the longer text may have.
_LENGTH: Final = 6_000


@cache
def _tokens() -> re.Pattern[str]:
    """A number with its unit sign, a Latin word, white space, or one character."""
    return re.compile(
        r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|[A-Za-zÀ-ɏ]+(?:[-'’.][A-Za-zÀ-ɏ]+)*|\s+|.", re.DOTALL
    )


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(r"[^，。；：！？、\n]*[，。；：！？、\n]|[^，。；：！？、\n]+")


#: A step through both texts: what they share, or what is removed and what is added there.
_Step: TypeAlias = tuple[str, str, str]


def redline(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that turn one text into the other.

    The ``same`` and ``removed`` runs make the old text, the ``same`` and ``added`` runs the new one. A number
    or a Latin word is never cut, and a lone character between two replaced words counts as replaced with
    them.

    >>> from gongkai.comparing import redline
    >>> redline("每年至少公开50件", "每年至少公开500件以上")
    (('same', '每年至少公开'), ('removed', '50'), ('added', '500'), ('same', '件'), ('added', '以上'))
    """
    return tuple(_runs(_tidied(_steps(old, new))))


def _steps(old: str, new: str) -> list[_Step]:
    """Set the common beginning and end apart, then compare what is between."""
    left, right = _tokens().findall(old), _tokens().findall(new)
    shorter = min(len(left), len(right))
    head = next((place for place in range(shorter) if left[place] != right[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if left[-1 - place] != right[-1 - place]), rest)
    between = _between(left[head : len(left) - tail], right[head : len(right) - tail])
    return [("".join(left[:head]), "", ""), *between, ("".join(left[len(left) - tail :]), "", "")]


def _between(left: Sequence[str], right: Sequence[str]) -> Iterator[_Step]:
    if _affordable(left, right):
        return _matched(left, right)
    left, right = (_clauses().findall("".join(side)) for side in (left, right))
    return _matched(left, right) if _affordable(left, right) else iter([("", "".join(left), "".join(right))])


def _affordable(left: Sequence[str], right: Sequence[str]) -> bool:
    if max(len(left), len(right)) > _LENGTH:
        return False
    here, there = Counter(left), Counter(right)
    return sum(count * there[token] for token, count in here.items()) <= _WORK


def _matched(left: Sequence[str], right: Sequence[str]) -> Iterator[_Step]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield "".join(left[start:end]), "", ""
        else:
            yield "", "".join(left[start:end]), "".join(right[begin:stop])


def _tidied(steps: Sequence[_Step]) -> Iterator[_Step]:
    """Count a lone character between two replacements as replaced: it is no word that was kept."""
    for place, (same, removed, added) in enumerate(steps):
        around = (*steps[max(0, place - 1) : place], *steps[place + 1 : place + 2])
        lone = len(same) == 1 and same.isalnum() and len(around) == 2
        if lone and all(before and after for _, before, after in around):
            yield "", same, same
        else:
            yield same, removed, added


def _runs(steps: Iterator[_Step]) -> Iterator[Run]:
    """Join neighbouring steps; what was removed stands before what was added."""
    removed = added = ""
    for same, before, after in steps:
        if not same:
            removed += before
            added += after
            continue
        yield from _edit(removed, added)
        removed = added = ""
        yield "same", same
    yield from _edit(removed, added)


def _edit(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield "removed", removed
    if added:
        yield "added", added
