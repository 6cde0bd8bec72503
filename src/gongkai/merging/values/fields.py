"""What blocks say: their fields, one by one; different fields of one task never contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Final, cast

import attrs

from gongkai.comparing.diffing.changes import ChangeKind, Subject, Value
from gongkai.comparing.diffing.tree import FIELDS
from gongkai.merging.outcome.results import Action, ConflictKind, Voice
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.contests import Contest, Merger, Pick, Verdict
from gongkai.merging.values.cutting import merge_words
from gongkai.merging.values.departments import departments_merger
from gongkai.merging.values.mergers import MERGERS, deadlines_in, merge_deadlines, merge_values
from gongkai.merging.values.regrouped import Groups, Sides
from gongkai.merging.values.telling import CHANGES, contested, tell_change
from gongkai.model import Deadline, Stated, Task

__all__ = ["fill"]

#: What a field has where nothing is said.
_NOTHING: Final[Mapping[str, Value]] = {"text": "", "heading": "", "label": None}


def fill(work: Work) -> None:
    """Decide every field of everything that is in the merged plan, but for the numbers."""
    groups = Groups(work)
    woven: set[Strand] = set()
    for strand in list(work.alive()):
        if strand.replaced is not None:
            continue
        main = groups.main_of(strand)
        if main not in woven and (main.pieces or groups.joined_into(main)):
            woven.add(main)
            merge_words(work, groups, main)
        sides = groups.sides(strand)
        for field in FIELDS[strand.subject]:
            if field != "label" and field not in strand.fields:
                _field(work, strand, field, sides)


def _field(work: Work, strand: Strand, field: str, sides: Sides) -> None:
    values: dict[int, Value] = {
        copy: getattr(block, field)
        for copy, block in sides.copies.items()
        if (copy, strand, field) not in work.unsaid
    }
    base = getattr(sides.base, field) if sides.base is not None else None
    if sides.base is None:
        if len(values) == 1:
            strand.fields[field] = next(iter(values.values()))
            return
        base = _NOTHING.get(field, ())
        if field in {"text", "heading"}:  # that is what they are one by, the width of signs aside
            strand.fields[field] = next(iter(values.values()))
            return
    changed = {copy: value for copy, value in values.items() if value != base}
    follows = field == "deadlines" and _follow_text(strand, sides)
    voices = work.settings.voices(changed)
    if follows and not _apart(work, base, changed):
        contest = Contest(
            ConflictKind.DEADLINE, field, base, _spoken(work, voices), _deadlines_of(strand, sides)
        )
        value = contest.merge().value
        if value != base or sides.regrouped:
            _agreed(work, strand, field, base, value, sorted(changed), sides, rule="follows the text")
    elif len(voices) == 1:
        _agreed(work, strand, field, base, *voices[0], sides)
    elif voices:
        merger = _merger(work, strand, field, voices, sides, follows=follows)
        added = sides.base is None
        strand.fields[field] = contested(work, strand, field, base, voices, merger, added=added).value
        _tell_regrouping(work, strand, field, sides, told=changed)
    elif sides.regrouped:
        strand.fields[field] = base
        _tell_regrouping(work, strand, field, sides)


def _agreed(
    work: Work,
    strand: Strand,
    field: str,
    base: Value,
    value: Value,
    copies: Sequence[int],
    sides: Sides,
    rule: str = "",
) -> None:
    strand.fields[field] = value
    if sides.regrouped:
        _tell_regrouping(work, strand, field, sides, changed=copies)
    elif strand.base is not None:
        tell_change(work, strand, field, base, value, copies, rule)


def _tell_regrouping(
    work: Work,
    strand: Strand,
    field: str,
    sides: Sides,
    *,
    changed: Sequence[int] = (),
    told: Container[int] = (),
) -> None:
    """Tell what became of a field of something that was split or joined, and who has a part in that."""
    if not sides.regrouped:
        return
    own, value = getattr(strand.block, field), strand.fields[field]
    if strand.base is None:
        by = [copy for copy in changed if copy not in sides.regrouped]
    else:
        values = work.values(strand, field)
        wrote = [copy for copy, other in values.items() if other != own]
        by = sorted({*wrote, *(changed if value != own else ())})
    by = [copy for copy in by if copy not in told]
    if by:
        action = Action.APPLIED if len(by) == 1 else Action.COMBINED
        rule = "split" if strand.pieces or strand.base is None else "joined"
        change = CHANGES.get(field, ChangeKind.AMENDED)
        work.tell(Told(action, change, strand, field, by=by, rule=rule, old=own, new=value))


def _apart(work: Work, base: Value, changed: Mapping[int, Value]) -> bool:
    """Tell whether copies changed deadlines that stand in no sentence, each in its own way."""
    printed = {copy: _printed_apart(value) for copy, value in changed.items()}
    before = _printed_apart(base)
    return len(work.settings.voices({copy: one for copy, one in printed.items() if one != before})) > 1


def _spoken(work: Work, voices: Sequence[tuple[Value, Sequence[int]]]) -> tuple[Voice[Value], ...]:
    return tuple([Voice(work.settings.by(copies), value) for value, copies in voices])


def _merger(
    work: Work,
    strand: Strand,
    field: str,
    voices: Sequence[tuple[Value, Sequence[int]]],
    sides: Sides,
    *,
    follows: bool,
) -> Merger:
    if field == "assignments":
        return departments_merger([work.settings.tells[copies[0]] for _, copies in voices])
    if field == "deadlines" and follows:
        return _deadlines_of(strand, sides)
    return MERGERS.get(field, merge_values)


# Deadlines that stand in sentences


def _follow_text(strand: Strand, sides: Sides) -> bool:
    """Tell whether a task's deadlines follow its text: some stand in sentences, and the text changed.

    A copy that left the text and changed what stands in it means what it says: then they do not.
    """
    if "text" not in strand.fields or strand.subject is not Subject.TASK:
        return False
    base, *tasks = _tasks(strand, sides)
    if not any(_said(task) for task in (base, *tasks)):
        return False
    return all(task.text != base.text or _said(task) == _said(base) for task in tasks)


def _tasks(strand: Strand, sides: Sides) -> list[Task]:
    """Return a task as the base has it, and as the copies do."""
    return [cast(Task, sides.base or strand.block), *[cast(Task, block) for block in sides.copies.values()]]


def _said(task: Task) -> list[Deadline]:
    """Return the deadlines that stand in sentences."""
    return [one for one in task.deadlines if one.stated is Stated.SENTENCE]


def _deadlines_of(strand: Strand, sides: Sides) -> Merger:
    """Return the merger for deadlines where the text changed: those in sentences follow the text."""
    text = str(strand.fields["text"])
    known = _tasks(strand, sides)
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
