"""What blocks say: their fields, one by one; different fields of one task never contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, cast

import attrs

from gongkai.comparing.diffing.changes import ChangeKind, Subject, Value
from gongkai.comparing.diffing.tree import FIELDS
from gongkai.merging.outcome.results import Action, ConflictKind, Voice
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.contests import Contest, Merger, Pick, Verdict
from gongkai.merging.values.departments import departments_merger
from gongkai.merging.values.mergers import (
    MERGERS,
    deadlines_in,
    merge_deadlines,
    merge_values,
    verdict_of,
    woven,
)
from gongkai.merging.values.wording import Woven, weave
from gongkai.model import Deadline, Stated, Task

__all__ = ["CHANGES", "fill"]

#: What sort of change it is when a field differs; any other field is ``amended``.
CHANGES: Final[Mapping[str, ChangeKind]] = {
    "text": ChangeKind.REWORDED,
    "heading": ChangeKind.REWORDED,
    "assignments": ChangeKind.REASSIGNED,
    "deadlines": ChangeKind.RESCHEDULED,
    "label": ChangeKind.RENUMBERED,
}
_KINDS: Final = {
    "text": ConflictKind.TEXT,
    "heading": ConflictKind.HEADING,
    "assignments": ConflictKind.DEPARTMENTS,
    "deadlines": ConflictKind.DEADLINE,
    "extras": ConflictKind.COLUMN,
}
#: What a field has where nothing is said.
_NOTHING: Final[Mapping[str, Value]] = {"text": "", "heading": "", "label": None}


def fill(work: Work) -> None:
    """Decide every field of everything that is in the merged plan, but for the numbers."""
    for strand in list(work.alive()):
        if strand.replaced is not None:
            continue
        if strand.pieces or _joined_into(work, strand):
            _regrouped_text(work, strand)
        for field in FIELDS[strand.subject]:
            if field != "label" and field not in strand.fields:
                _field(work, strand, field)
    for strand in work.alive():
        for copy, pieces in strand.pieces.items():
            if work.speaks(copy, strand):
                _hand_on(strand, [piece for piece in pieces if piece.base is None])


def _field(work: Work, strand: Strand, field: str) -> None:
    values = work.values(strand, field)
    base = getattr(strand.block, field) if strand.base is not None else None
    if strand.base is None:
        if len(values) == 1:
            strand.fields[field] = next(iter(values.values()))
            return
        base = _NOTHING.get(field, ())
        if field in {"text", "heading"}:  # that is what they are one by, the width of signs aside
            strand.fields[field] = next(iter(values.values()))
            return
    changed = {copy: value for copy, value in values.items() if value != base}
    follows = field == "deadlines" and _follow_text(work, strand)
    if not changed and not follows:
        return
    voices = work.settings.voices(changed)
    if follows and not _apart(work, base, changed):
        contest = Contest(
            ConflictKind.DEADLINE, field, base, _spoken(work, voices), _deadlines_of(work, strand)
        )
        value = contest.merge().value
        if value != base:
            copies = [copy for _, copies in voices for copy in copies]
            _agreed(work, strand, field, base, value, copies, rule="follows the text")
    elif len(voices) == 1:
        _agreed(work, strand, field, base, *voices[0])
    else:
        _contested(work, strand, field, base, voices, follows=follows)


def _apart(work: Work, base: Value, changed: Mapping[int, Value]) -> bool:
    """Tell whether copies changed deadlines that stand in no sentence, each in its own way."""
    printed = {copy: _printed_apart(value) for copy, value in changed.items()}
    before = _printed_apart(base)
    return len(work.settings.voices({copy: one for copy, one in printed.items() if one != before})) > 1


def _spoken(work: Work, voices: Sequence[tuple[Value, Sequence[int]]]) -> tuple[Voice[Value], ...]:
    return tuple([Voice(work.settings.by(copies), value) for value, copies in voices])


def _agreed(
    work: Work, strand: Strand, field: str, base: Value, value: Value, copies: Sequence[int], rule: str = ""
) -> None:
    strand.fields[field] = value
    if strand.base is not None:
        change = CHANGES.get(field, ChangeKind.AMENDED)
        rule = rule or ("alone" if len(copies) == 1 else "agreed")
        work.tell(Told(Action.APPLIED, change, strand, field, by=copies, rule=rule, old=base, new=value))


def _contested(
    work: Work,
    strand: Strand,
    field: str,
    base: Value,
    voices: Sequence[tuple[Value, Sequence[int]]],
    *,
    follows: bool,
) -> None:
    kind = ConflictKind.ADD_ADD if strand.base is None else _KINDS[field]
    id_ = work.id_of(strand, field)
    merger = _merger(work, strand, field, voices, follows=follows)
    verdict, rule, action = work.settings.contest(id_, kind, field, base, voices, merger)
    strand.fields[field] = verdict.value
    if action is Action.OPEN:
        work.settings.open(id_, kind, strand, field, base, verdict)
    by = [copy for _, copies in voices for copy in copies]
    told = Told(action, CHANGES.get(field, ChangeKind.AMENDED), strand, field, by=sorted(by), rule=rule)
    told.old, told.new, told.conflict = base, verdict.value, "" if action is Action.COMBINED else id_
    work.tell(told)


def _merger(
    work: Work,
    strand: Strand,
    field: str,
    voices: Sequence[tuple[Value, Sequence[int]]],
    *,
    follows: bool,
) -> Merger:
    if field == "assignments":
        return departments_merger([work.settings.tells[copies[0]] for _, copies in voices])
    if field == "deadlines" and follows:
        return _deadlines_of(work, strand)
    return MERGERS.get(field, merge_values)


# Deadlines that stand in sentences


def _follow_text(work: Work, strand: Strand) -> bool:
    """Tell whether a task's deadlines follow its text: some stand in sentences, and the text changed.

    A copy that left the text and changed what stands in it means what it says: then they do not.
    """
    if "text" not in strand.fields or strand.subject is not Subject.TASK:
        return False
    base = cast(Task, strand.block)
    tasks = [cast(Task, node.block) for copy, node in strand.nodes.items() if work.speaks(copy, strand)]
    if not any(_said(task) for task in (base, *tasks)):
        return False
    return all(task.text != base.text or _said(task) == _said(base) for task in tasks)


def _said(task: Task) -> list[Deadline]:
    """Return the deadlines that stand in sentences."""
    return [one for one in task.deadlines if one.stated is Stated.SENTENCE]


def _deadlines_of(work: Work, strand: Strand) -> Merger:
    """Return the merger for deadlines where the text changed: those in sentences follow the text."""
    text = str(strand.fields["text"])
    known = [cast(Task, strand.block), *[cast(Task, node.block) for node in strand.nodes.values()]]
    exact = next((task for task in known if task.text == text), None)
    said = _said(exact) if exact is not None else deadlines_in(text, [task.deadlines for task in known])

    def merge(contest: Contest, pick: Pick) -> Verdict:
        found = merge_deadlines(_without_sentences(contest), pick)
        value = (*cast("tuple[Deadline, ...]", found.value), *said)
        for task in known:
            if Counter(task.deadlines) == Counter(value):
                value = task.deadlines
        return Verdict(value, found.settled, found.regions, found.choice, found.suggestion)

    return merge


def _without_sentences(contest: Contest) -> Contest:
    voices = [attrs.evolve(voice, value=_printed_apart(voice.value)) for voice in contest.voices]
    return attrs.evolve(contest, base=_printed_apart(contest.base), voices=tuple(voices))


def _printed_apart(value: Value) -> tuple[Deadline, ...]:
    deadlines = cast("tuple[Deadline, ...]", value or ())
    return tuple([one for one in deadlines if one.stated is not Stated.SENTENCE])


# Texts that were split or joined


def _hand_on(main: Strand, pieces: Sequence[Strand]) -> None:
    """Give what was split off the departments and deadlines of its task, where it had those from it."""
    whole = cast(Task, main.block)
    for piece in pieces:
        block = cast(Task, piece.block)
        if "assignments" in main.fields and block.assignments == whole.assignments:
            piece.fields["assignments"] = main.fields["assignments"]
        if "deadlines" in main.fields and _printed_apart(block.deadlines) == _printed_apart(whole.deadlines):
            piece.fields["deadlines"] = (*_printed_apart(main.fields["deadlines"]), *_said(block))


def _joined_into(work: Work, main: Strand) -> list[Strand]:
    """Return what was joined into a strand, with it, in the order of the words."""
    for copy, node in main.nodes.items():
        joined = work.pairings[copy].joins.get(node)
        if joined is not None:
            members = [work.of[piece] for piece in joined]
            if any(one.joined.get(copy) is main and not one.alive for one in members):
                return [one for one in members if one is main or one.joined.get(copy) is main]
    return []


def _regrouped_text(work: Work, main: Strand) -> None:
    """Merge the words of a task that was split, or joined with others, and cut them where copies did."""
    group = _joined_into(work, main) or [main]
    base = "".join([cast(Task, one.block).text for one in group])
    texts: dict[int, str] = {}
    cuts: dict[int, list[tuple[int, Strand]]] = {}
    for copy in range(len(work.copies)):
        text, found = _text_in(work, copy, main, group)
        if text != base or len(found) > 1:
            texts[copy], cuts[copy] = text, found
    changed = {copy: text for copy, text in texts.items() if text != base}
    voices = work.settings.voices(cast("dict[int, Value]", changed))
    id_ = work.id_of(main, "text")
    if len(voices) > 1:
        made = _contested_text(work, main, id_, base, voices)
    else:
        made = weave(base, {0: str(voices[0][0])} if voices else {})
        if voices:
            _agreed(work, main, "text", base, *voices[0])
    for one in group:
        if one is not main:
            _tell_joined(work, one)
    strand_of_voice = {copy: at for at, (_, copies) in enumerate(voices) for copy in copies}
    pieces = _cut(made, cuts, strand_of_voice, main)
    for strand, text in pieces.items():
        strand.fields["text"] = text


def _tell_joined(work: Work, strand: Strand) -> None:
    """Tell of the words that copies changed in a task that another copy joined to its neighbour."""
    base = cast(Task, strand.block).text
    changed = {copy: value for copy, value in work.values(strand, "text").items() if value != base}
    for value, copies in work.settings.voices(changed):
        told = Told(Action.COMBINED, ChangeKind.REWORDED, strand, "text", by=copies, rule="joined", old=base)
        told.new = value
        work.tell(told)


def _contested_text(
    work: Work, main: Strand, id_: str, base: str, voices: Sequence[tuple[Value, Sequence[int]]]
) -> Woven:
    """Let the words of several be decided, and return them with the places of all cuts."""
    kept: list[Woven] = []

    def merge(contest: Contest, pick: Pick) -> Verdict:
        kept.append(woven(contest, pick))
        return verdict_of(kept[-1], contest)

    verdict, rule, action = work.settings.contest(id_, ConflictKind.TEXT, "text", base, voices, merge)
    if action is Action.OPEN:
        work.settings.open(id_, ConflictKind.TEXT, main, "text", base, verdict)
    by = sorted(copy for _, copies in voices for copy in copies)
    told = Told(action, ChangeKind.REWORDED, main, "text", by=by, rule=rule, old=base, new=verdict.value)
    told.conflict = "" if action is Action.COMBINED else id_
    work.tell(told)
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
    made: Woven, cuts: Mapping[int, Sequence[tuple[int, Strand]]], voice_of: Mapping[int, int], main: Strand
) -> dict[Strand, str]:
    """Cut the merged words where copies cut theirs; what is cut off by several is cut once."""
    places: dict[Strand, int] = {}
    for copy, found in cuts.items():
        for offset, strand in found:
            if strand not in places:
                places[strand] = made.place(voice_of.get(copy, -1), offset)
    text = made.text
    if not places:
        return {main: text}
    order = sorted(places, key=lambda strand: places[strand])
    places[order[0]] = 0
    ends = [*[places[strand] for strand in order[1:]], len(text)]
    return {strand: text[places[strand] : end] for strand, end in zip(order, ends, strict=True)}
