"""The difference of two texts as runs of characters, in the way a person marks it.

The texts are cut into units that no mark divides: numbers, dates, Latin words, single Chinese characters.
What is common is found as long stretches; what two texts share by chance between two edits is given up, and
an edit that could stand in several places stands where a sentence or clause begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

__all__ = ["Run", "redline"]

#: ``same``, ``removed`` or ``added``, and the characters.
Run: TypeAlias = tuple[Literal["same", "removed", "added"], str]

#: How many pairs of equal units may be looked at; beyond it, texts are compared by the clause, then as a
#: whole.
_WORK: Final = 100_000

#: How many units the longer text may have.
_LENGTH: Final = 6_000

#: What two texts share between two edits is no chance from so many letters on; and with fewer, it stays where
#: both edits are shorter than so many times its length.
_NO_CHANCE: Final = 4
_TIMES: Final = 2

_DIGIT: Final = "[0-9０-９]"
_NUMERAL: Final = "[〇○零一二三四五六七八九十百千万亿两]"
_DATE: Final = (
    rf"{_DIGIT}{{4}}年(?:{_DIGIT}{{1,2}}月(?:{_DIGIT}{{1,2}}日)?)?|{_DIGIT}{{1,2}}月(?:{_DIGIT}{{1,2}}日)?"
)


@cache
def _units() -> re.Pattern[str]:
    """A date, a number with its sign, a number in characters, a Latin word, white space, or one character."""
    number = rf"{_DIGIT}+(?:[.,．，]{_DIGIT}+)*[%％‰]?"
    word = "[A-Za-zÀ-ɏ]+(?:[-'’.][A-Za-zÀ-ɏ]+)*"
    return re.compile(rf"{_DATE}|{number}|{_NUMERAL}{{2,}}|{word}|\s+|.", re.DOTALL)


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(r"[^，。；：！？、\n]*[，。；：！？、\n]|[^，。；：！？、\n]+")


class _Step(NamedTuple):
    """A step through both texts, in units: what they share, or what is removed and what is added there."""

    same: tuple[str, ...]
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many characters the longer side of an edit has."""
        return max(_length(self.removed), _length(self.added))

    @property
    def replaces(self) -> bool:
        """Whether something stands where something else stood."""
        return bool(self.removed and self.added)

    @property
    def counts(self) -> bool:
        """Whether numbers stand where numbers stood."""
        return self.replaces and all(map(_is_number, self.removed + self.added))


def _is_number(unit: str) -> bool:
    return unit[0].isdigit() or (len(unit) > 1 and unit[0] in _NUMERAL)


def redline(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that turn one text into the other.

    The ``same`` and ``removed`` runs make the old text, the ``same`` and ``added`` runs the new one. A
    number, a date or a Latin word is never cut; a character or two between two edits that both texts have by
    chance count as replaced with them.

    >>> from gongkai.comparing import redline
    >>> redline("每年至少公开50件", "每年至少公开500件以上")
    (('same', '每年至少公开'), ('removed', '50'), ('added', '500'), ('same', '件'), ('added', '以上'))
    >>> redline("2023年10月底前完成", "2024年6月底前完成")
    (('removed', '2023年10月'), ('added', '2024年6月'), ('same', '底前完成'))
    >>> redline("公开预算。公开决算。", "公开预算。公开绩效。公开决算。")
    (('same', '公开预算。'), ('added', '公开绩效。'), ('same', '公开决算。'))
    """
    return tuple(_runs(_settled(_tidied(_joined(_steps(old, new))))))


def _steps(old: str, new: str) -> Iterator[_Step]:
    """Set the common beginning and end apart, then compare what is between."""
    left, right = _units().findall(old), _units().findall(new)
    shorter = min(len(left), len(right))
    head = next((place for place in range(shorter) if left[place] != right[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if left[-1 - place] != right[-1 - place]), rest)
    yield _Step(tuple(left[:head]))
    yield from _between(left[head : len(left) - tail], right[head : len(right) - tail])
    yield _Step(tuple(left[len(left) - tail :]))


def _between(left: Sequence[str], right: Sequence[str]) -> Iterator[_Step]:
    if _affordable(left, right):
        return _matched(left, right)
    clauses = [_clauses().findall("".join(side)) for side in (left, right)]
    if _affordable(*clauses):
        return _matched(*clauses)
    return iter([_Step((), tuple(left), tuple(right))])


def _affordable(left: Sequence[str], right: Sequence[str]) -> bool:
    if max(len(left), len(right)) > _LENGTH:
        return False
    counts = Counter(left)
    return sum(counts[unit] for unit in right) <= _WORK


def _matched(left: Sequence[str], right: Sequence[str]) -> Iterator[_Step]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield _Step(tuple(left[start:end]))
        else:
            yield _Step((), tuple(left[start:end]), tuple(right[begin:stop]))


def _joined(steps: Iterator[_Step]) -> list[_Step]:
    """Leave out empty steps and make one of neighbours of one sort, so that both sorts take turns."""
    found: list[_Step] = []
    for step in steps:
        if not any(step):
            continue
        if found and bool(found[-1].same) == bool(step.same):
            last = found[-1]
            found[-1] = _Step(last.same + step.same, last.removed + step.removed, last.added + step.added)
        else:
            found.append(step)
    return found


def _tidied(steps: list[_Step]) -> list[_Step]:
    """Count what two texts share by chance between two edits as replaced, until nothing is left to chance."""
    while True:
        given_up = {
            place
            for place in range(1, len(steps) - 1)
            if steps[place].same and _by_chance(steps[place].same, steps[place - 1], steps[place + 1])
        }
        if not given_up:
            return steps
        pieces: list[_Step] = []
        for place, step in enumerate(steps):
            pieces += _replaced(step.same) if place in given_up else [step]
        steps = _joined(iter(pieces))


def _by_chance(shared: Sequence[str], before: _Step, after: _Step) -> bool:
    """Tell whether words between two edits are too few to have been kept on purpose.

    Nothing is by chance between two insertions or two removals, where nothing else could have been marked; a
    number is none, nor is the word that counts behind one (件, 次, 日).
    """
    words = [unit for unit in shared if unit.isalnum()]
    letters = _length(words)
    if not words or any(unit[0].isdigit() for unit in words):
        return False
    if before.removed == after.removed == () or before.added == after.added == ():
        return False
    if letters == 1:
        return not (before.counts or after.counts)
    return letters < _NO_CHANCE and _TIMES * letters <= min(before.size, after.size)


def _replaced(shared: Sequence[str]) -> Iterator[_Step]:
    """Give up words, and keep the punctuation between them: it shows where clauses begin."""
    for unit in shared:
        yield _Step((), (unit,), (unit,)) if unit.isalnum() else _Step((unit,))


def _settled(steps: list[_Step]) -> list[_Step]:
    """Move each insertion or removal that could stand in several places to where it reads best."""
    for place in range(1, len(steps) - 1):
        step = steps[place]
        if step.same or step.replaces:
            continue
        before, after = steps[place - 1].same, steps[place + 1].same
        edit = step.removed or step.added
        room = (int(place > 1), int(place < len(steps) - 2))  # no edit slides into the next one
        before, edit, after = _best_place(before, edit, after, room)
        steps[place - 1], steps[place + 1] = _Step(before), _Step(after)
        steps[place] = _Step((), edit, ()) if step.removed else _Step((), (), edit)
    return steps


def _best_place(
    before: tuple[str, ...], edit: tuple[str, ...], after: tuple[str, ...], room: tuple[int, int]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Slide an edit along the text, from the first place where it could stand to the last."""
    text = before + edit + after
    size, start = len(edit), len(before)
    first = start
    while first > room[0] and text[first - 1] == text[first - 1 + size]:
        first -= 1
    last = start
    while last + size < len(text) - room[1] and text[last] == text[last + size]:
        last += 1
    best = max(
        range(first, last + 1),
        key=lambda place: (_boundary(text, place) + _boundary(text, place + size), -abs(place - start)),
    )
    return text[:best], text[best : best + size], text[best + size :]


def _boundary(text: Sequence[str], place: int) -> int:
    """How good it is to cut before a unit: best at the ends and after a sentence, then after a clause."""
    if place in {0, len(text)}:
        return 4
    before, after = text[place - 1], text[place]
    if before in "。；！？\n" or before.isspace():
        return 4
    if before in "，：、,;:" or after in "（《“":
        return 3
    if after in "，。；：！？、）》”":
        return 2
    return 1 if before.isascii() != after.isascii() else 0


def _length(units: Sequence[str]) -> int:
    return sum(map(len, units))


def _runs(steps: list[_Step]) -> Iterator[Run]:
    """Write the steps as runs; what was removed stands before what was added."""
    for step in steps:
        if step.same:
            yield "same", "".join(step.same)
        if step.removed:
            yield "removed", "".join(step.removed)
        if step.added:
            yield "added", "".join(step.added)
