"""Mergers: what can be had together of two or more views of one field, by the sort of value.

Each gets a contest and a pick: what cannot be had together is decided by the pick, or left open with the
base's value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar, cast

from gongkai.comparing.alignment.wording import folded
from gongkai.merging.outcome.results import Region, Suggestion, Voice
from gongkai.merging.values.contests import Contest, Merger, Part, Pick, Unit, Verdict
from gongkai.merging.values.sequences import arrange, together
from gongkai.merging.values.wording import Stretch, Woven, weave
from gongkai.model import Deadline, Stated

__all__ = ["merge_deadlines", "merge_entries", "merge_names", "merge_texts", "merge_values", "woven"]

T = TypeVar("T", bound=Hashable)

#: How many characters around contested words are told with them.
_AROUND: Final = 12


def merge_values(contest: Contest, pick: Pick) -> Verdict:
    """One value that has no parts: somebody's, or nobody's."""
    part = Part("", cast(Unit, contest.base), cast("tuple[Voice[Unit], ...]", contest.voices))
    chosen = pick(part)
    return contest.conflict() if chosen is None else contest.choose(chosen.by[0] if chosen.by else "base")


# Texts


def merge_texts(contest: Contest, pick: Pick) -> Verdict:
    """Edits of a text that do not touch are all made; words that several reworded are contested."""
    base = contest.base or ""
    if not isinstance(base, str) or not all(isinstance(voice.value, str) for voice in contest.voices):
        return merge_values(contest, pick)
    return verdict_of(woven(contest, pick), contest)


def woven(contest: Contest, pick: Pick) -> Woven:
    """Weave the texts of a contest, its voices numbered from 0, and let what is contested be decided."""
    base = contest.base if isinstance(contest.base, str) else ""
    found = weave(base, {at: str(voice.value) for at, voice in enumerate(contest.voices)})
    chosen: dict[int, str] = {}
    for at, stretch in enumerate(found.contested):
        voice = pick(Part("", stretch.text, _voices(stretch, contest)))
        if voice is not None:
            chosen[at] = str(voice.value)
    return found.settled(chosen)


def verdict_of(found: Woven, contest: Contest) -> Verdict:
    """Return what became of a text, with the words that are still contested."""
    if not found.contested:
        return Verdict(found.text)
    regions: list[Region] = []
    suggested: dict[int, str] = {}
    at = 0
    for stretch in found.stretches:
        if stretch.voices:
            voices = cast("tuple[Voice[str], ...]", _voices(stretch, contest))
            guess = _both(stretch) or _longest(stretch)
            if guess is not None:
                suggested[len(regions)] = guess
            regions.append(Region("", stretch.text, voices, at))
        at += len(stretch.text)
    whole = found.settled(suggested).text if len(suggested) == len(regions) else None
    suggestion = None if whole is None else Suggestion(whole, rule="wording")
    return Verdict(found.text, False, tuple(regions), suggestion=suggestion)


def _voices(stretch: Stretch, contest: Contest) -> tuple[Voice[Unit], ...]:
    found: list[Voice[Unit]] = []
    for text, numbers in stretch.voices:
        names = [name for number in numbers for name in contest.voices[number].by]
        found.append(Voice(tuple(names), text))
    return tuple(found)


def _both(stretch: Stretch) -> str | None:
    """Return all of what several put in at one point, where each is a whole item, clause or sentence."""
    if stretch.start != stretch.end:
        return None
    texts = [text for text, _ in stretch.voices]
    ends = {text[-1:] for text in texts}
    if len(ends) == 1 and ends <= set("。；，、\n"):
        return "".join(texts)
    return "".join(texts) if {text[:1] for text in texts} in ({"、"}, {"，"}) else None


def _longest(stretch: Stretch) -> str | None:
    """Return the words that hold all that the others have there."""
    texts = [text for text, _ in stretch.voices]
    longest = max(texts, key=len)
    return longest if all(text and text in longest for text in texts) else None


# Lists and tables


def merge_names(contest: Contest, pick: Pick) -> Verdict:
    """A list of names: what somebody added is in, what somebody dropped is out, each where it was put."""
    sides = [cast("tuple[str, ...]", voice.value or ()) for voice in contest.voices]
    return Verdict(tuple(list_of(cast("tuple[str, ...]", contest.base or ()), sides)))


def list_of(base: Sequence[T], sides: Iterable[Sequence[T]], members: Iterable[T] | None = None) -> list[T]:
    """Merge lists: the n-th time that something stands in one is the n-th time that it stands in another.

    Without ``members``, what somebody added is in, and what somebody dropped is out.
    """
    numbered = _numbered(base)
    copies = {at: _numbered(side) for at, side in enumerate(sides)}
    if members is None:
        kept = set(numbered)
        for side in copies.values():
            kept |= set(side) - set(numbered)
        for side in copies.values():
            kept -= set(numbered) - set(side)
    else:
        kept = set(_numbered(members))
    return [item for item, _ in arrange(numbered, copies, kept).order]


def _numbered(items: Iterable[T]) -> list[tuple[T, int]]:
    seen: Counter[T] = Counter()
    found: list[tuple[T, int]] = []
    for item in items:
        found.append((item, seen[item]))
        seen[item] += 1
    return found


def merge_entries(contest: Contest, pick: Pick) -> Verdict:
    """Pairs of name and text: each name by itself."""
    sides = [_entries(contest.base), *[_entries(voice.value) for voice in contest.voices]]
    base, copies = sides[0], sides[1:]
    found: dict[tuple[str, int], str | None] = {}
    regions: list[Region] = []
    for key in dict.fromkeys(key for side in sides for key in side):
        values = [(side.get(key), voice.by) for side, voice in zip(copies, contest.voices, strict=True)]
        value, voices = settle(key[0], base.get(key), values, pick)
        found[key] = cast("str | None", value)
        if voices:
            regions.append(Region(key[0], base.get(key) or "", texts_of(voices)))
    members = [key for key, value in found.items() if value is not None]
    order = list_of(list(base), [list(side) for side in copies], members)
    pairs = [(key[0], str(found[key])) for key in order]
    return Verdict(tuple(pairs), not regions, tuple(regions))


def _entries(value: object) -> dict[tuple[str, int], str]:
    pairs = cast("tuple[tuple[str, str], ...]", value or ())
    names = _numbered([name for name, _ in pairs])
    return {key: text for key, (_, text) in zip(names, pairs, strict=True)}


def settle(
    what: str, base: Unit, values: Iterable[tuple[Unit, tuple[str, ...]]], pick: Pick
) -> tuple[Unit, tuple[Voice[Unit], ...]]:
    """Return what becomes of one part: its value, and the voices where it is contested."""
    changed: list[tuple[Unit, list[str]]] = []
    for value, names in values:
        if value == base:
            continue
        known = next((each for each in changed if each[0] == value), None)
        if known is None:
            changed.append((value, list(names)))
        else:
            known[1].extend(names)
    if len(changed) < 2:
        return (changed[0][0] if changed else base), ()
    voices = tuple([Voice(tuple(names), value) for value, names in changed])
    chosen = pick(Part(what, base, voices))
    return (base, voices) if chosen is None else (chosen.value, ())


def texts_of(voices: Iterable[Voice[Unit]]) -> tuple[Voice[str], ...]:
    """Return voices with their values as a sentence tells them."""
    return tuple([Voice(voice.by, text_of_unit(voice.value)) for voice in voices])


def text_of_unit(value: Unit) -> str:
    """Return a part's value as a sentence tells it."""
    if isinstance(value, Deadline):
        return value.text
    return "" if value is None else "、".join(value) if isinstance(value, tuple) else str(value)


# Deadlines


def merge_deadlines(contest: Contest, pick: Pick) -> Verdict:
    """Deadlines one by one: those that a copy left stay what another made of them."""
    base = cast("tuple[Deadline, ...]", contest.base or ())
    sides = [_slots(base, cast("tuple[Deadline, ...]", voice.value or ())) for voice in contest.voices]
    found: list[Deadline] = []
    regions: list[Region] = []
    slots = [*range(len(base)), *dict.fromkeys(slot for side in sides for slot in side if slot >= len(base))]
    for slot in slots:
        before = base[slot] if slot < len(base) else None
        values = [(side.get(slot), voice.by) for side, voice in zip(sides, contest.voices, strict=True)]
        value, voices = settle("", before, values, pick)
        if isinstance(value, Deadline):
            found.append(value)
        if voices:
            regions.append(Region("", "" if before is None else before.text, texts_of(voices)))
    if all(len(set(side)) == len(side) for side in (base, *[tuple(side.values()) for side in sides])):
        found = list(dict.fromkeys(found))  # one time that several came to by ways of their own
    return Verdict(tuple(found), not regions, tuple(regions))


def _slots(base: Sequence[Deadline], side: Sequence[Deadline]) -> dict[int, Deadline]:
    """Tell which deadline of a copy is which of the base: the same one, else the next that stands alike."""
    found: dict[int, Deadline] = {}
    left = list(side)
    for rule in (_same, _stands_alike, _any):
        for slot, before in enumerate(base):
            if slot not in found:
                other = next((one for one in left if rule(before, one)), None)
                if other is not None:
                    found[slot] = other
                    left.remove(other)
    found.update({len(base) + at: one for at, one in enumerate(left)})
    return found


def _same(one: Deadline, other: Deadline) -> bool:
    return one == other


def _stands_alike(one: Deadline, other: Deadline) -> bool:
    return one.stated is other.stated


def _any(one: Deadline, other: Deadline) -> bool:
    return Stated.SENTENCE not in {one.stated, other.stated}


def deadlines_in(text: str, known: Iterable[Sequence[Deadline]]) -> list[Deadline]:
    """Return those deadlines of sentences whose words stand in a text, in its order; and what all know."""
    sides = [[one for one in side if one.stated is Stated.SENTENCE] for side in known]
    words = folded(text)
    found = [(words.find(folded(one.text)), at, one) for at, one in enumerate(together(sides))]
    found = [
        (len(words), at, one) if place < 0 and all(one in side for side in sides) else (place, at, one)
        for place, at, one in found
    ]
    return [one for place, _, one in sorted(found, key=lambda item: item[:2]) if place >= 0]


#: What merges a field, where it is not a single value.
MERGERS: Final[Mapping[str, Merger]] = {
    "text": merge_texts,
    "heading": merge_texts,
    "title": merge_texts,
    "notice.title": merge_texts,
    "deadlines": merge_deadlines,
    "extras": merge_entries,
    "record.others": merge_entries,
    "record.co_issuers": merge_names,
    "notice.addressees": merge_names,
}

_Check = Callable[[Deadline, Deadline], bool]
