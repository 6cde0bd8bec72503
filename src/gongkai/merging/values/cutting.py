"""Texts that were split or joined: merged as one, and cut where copies cut theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from gongkai.comparing.diffing.changes import ChangeKind, Value
from gongkai.merging.outcome.results import Action
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.contests import Contest, Pick, Verdict
from gongkai.merging.values.mergers import verdict_of, woven
from gongkai.merging.values.regrouped import Groups
from gongkai.merging.values.telling import contested, tell_change
from gongkai.merging.values.wording import Woven, weave
from gongkai.model import Task

__all__ = ["merge_words"]

#: The fields of a joined task that are told of by themselves.
_FIELDS: Final[Mapping[str, ChangeKind]] = {
    "text": ChangeKind.REWORDED,
    "assignments": ChangeKind.REASSIGNED,
    "deadlines": ChangeKind.RESCHEDULED,
}


def merge_words(work: Work, groups: Groups, main: Strand) -> None:
    """Merge the words of a task that was split, or joined with others, and cut them where copies did."""
    group = groups.joined_into(main) or [main]
    base = "".join([cast(Task, one.block).text for one in group])
    texts: dict[int, str] = {}
    cuts: dict[int, list[tuple[int, Strand]]] = {}
    for copy in range(len(work.copies)):
        text, found = _text_in(work, copy, main, group)
        if text != base or len(found) > 1:
            texts[copy], cuts[copy] = text, found
    changed = {copy: text for copy, text in texts.items() if text != base}
    voices = work.settings.voices(cast("dict[int, Value]", changed))
    if len(voices) > 1:
        made = _contested(work, main, base, voices)
    else:
        made = weave(base, {0: str(voices[0][0])} if voices else {})
        if voices:
            tell_change(work, main, "text", base, *voices[0])
    for one in group:
        if one is not main:
            _tell_joined(work, one)
    strand_of_voice = {copy: at for at, (_, copies) in enumerate(voices) for copy in copies}
    for strand, text in _cut(made, cuts, texts, strand_of_voice, main).items():
        strand.fields["text"] = text


def _tell_joined(work: Work, strand: Strand) -> None:
    """Tell of what copies changed in a task that another copy joined to its neighbour."""
    for field, change in _FIELDS.items():
        base = getattr(strand.block, field)
        changed = {copy: value for copy, value in work.values(strand, field).items() if value != base}
        for value, copies in work.settings.voices(changed):
            told = Told(Action.COMBINED, change, strand, field, by=copies, rule="joined", old=base)
            told.new = value
            work.tell(told)


def _contested(work: Work, main: Strand, base: str, voices: Sequence[tuple[Value, Sequence[int]]]) -> Woven:
    """Let the words of several be decided, and return them with the places of all cuts."""
    kept: list[Woven] = []

    def merge(contest: Contest, pick: Pick) -> Verdict:
        kept.append(woven(contest, pick))
        return verdict_of(kept[-1], contest)

    verdict = contested(work, main, "text", base, voices, merge)
    fitting = [made for made in kept if made.text == verdict.value]
    return fitting[-1] if fitting else weave(base, {0: str(verdict.value or "")})


def _text_in(
    work: Work, copy: int, main: Strand, group: Sequence[Strand]
) -> tuple[str, list[tuple[int, Strand]]]:
    """Return the words of a group in a copy, and where the pieces begin that it was cut into there."""
    if (copy, main, "text") in work.unsaid:
        return "".join([cast(Task, one.block).text for one in group]), []
    text = ""
    cuts: list[tuple[int, Strand]] = []
    for one in group:
        if (copy, one) in work.silent:
            text += cast(Task, one.block).text
            continue
        for piece in one.pieces.get(copy, [one] if copy in one.nodes else []):
            cuts.append((len(text), piece))
            text += cast(Task, piece.nodes[copy].block).text
    return text, cuts if len(cuts) > 1 and group == [main] else []


def _cut(
    made: Woven,
    cuts: Mapping[int, Sequence[tuple[int, Strand]]],
    texts: Mapping[int, str],
    voice_of: Mapping[int, int],
    main: Strand,
) -> dict[Strand, str]:
    """Cut the merged words where copies cut theirs; what is cut off by several is cut once."""
    places: dict[Strand, int] = {}
    for copy, found in cuts.items():
        for offset, strand in found:
            if strand not in places:
                places[strand] = made.place(voice_of.get(copy, -1), offset, texts[copy])
    text = made.text
    if not places:
        return {main: text}
    order = sorted(places, key=lambda strand: places[strand])
    places[order[0]] = 0
    ends = [*[places[strand] for strand in order[1:]], len(text)]
    return {strand: text[places[strand] : end] for strand, end in zip(order, ends, strict=True)}
