"""How the value of a field is decided and told: made by one copy or several alike, or contested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gongkai.comparing.diffing.changes import ChangeKind, Value
from gongkai.merging.outcome.results import Action, ConflictKind
from gongkai.merging.threeway.work import Strand, Told, Work
from gongkai.merging.values.contests import Merger, Verdict

__all__ = ["CHANGES", "contested", "tell_change"]

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


def tell_change(
    work: Work, strand: Strand, field: str, old: Value, new: Value, copies: Sequence[int], rule: str = ""
) -> None:
    """Tell of a change that nobody contradicts."""
    change = CHANGES.get(field, ChangeKind.AMENDED)
    rule = rule or ("alone" if len(copies) == 1 else "agreed")
    work.tell(Told(Action.APPLIED, change, strand, field, by=copies, rule=rule, old=old, new=new))


def contested(
    work: Work,
    strand: Strand,
    field: str,
    base: Value,
    voices: Sequence[tuple[Value, Sequence[int]]],
    merger: Merger,
    *,
    added: bool = False,
) -> Verdict:
    """Let a field be decided that copies changed in more than one way, and tell of it."""
    kind = ConflictKind.ADD_ADD if added else _KINDS[field]
    id_ = work.id_of(strand, field)
    verdict, rule, action = work.settings.contest(id_, kind, field, base, voices, merger)
    if action is Action.OPEN:
        work.settings.open(id_, kind, strand, field, base, verdict)
    by = sorted(copy for _, copies in voices for copy in copies)
    told = Told(action, CHANGES.get(field, ChangeKind.AMENDED), strand, field, by=by, rule=rule)
    told.old, told.new, told.conflict = base, verdict.value, "" if action is Action.COMBINED else id_
    work.tell(told)
    return verdict
