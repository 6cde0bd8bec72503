"""A merge as plain values, for JSON: every conflict and every decision is one flat record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypedDict

from gongkai.errors import InvalidValue
from gongkai.merging import Decision, Merge, Remark, Where
from gongkai.views._diff_text import Mark, Paragraph
from gongkai.views._merge_rows import ConflictLine, merge_lines
from gongkai.views._merge_voices import Column, contesting
from gongkai.views._words import words

__all__ = [
    "ConflictRecord",
    "DecisionRecord",
    "MergeRecord",
    "RemarkRecord",
    "VoiceRecord",
    "merge_record",
]

#: The version of the record; it changes when something is named otherwise or means something else.
_VERSION: Final = 1


class VoiceRecord(TypedDict):
    """What copies would have; ``text`` as one text, ``choice`` what ``Merge.resolve`` takes for it."""

    by: list[str]
    text: str
    choice: str


class RemarkRecord(TypedDict):
    """A comment: who makes it, what became of it, the draft's key of its task."""

    who: str
    kind: str
    key: str | None
    proposal: str
    reason: str
    rest: str


class ConflictRecord(TypedDict):
    """One conflict; ``now`` is what the merged plan has."""

    id: str
    kind: str
    subject: str
    field: str
    key: str | None
    base_key: str | None
    name: str
    section: str
    base: str
    now: str
    voices: list[VoiceRecord]
    suggestion: str
    explanation: str


class DecisionRecord(TypedDict):
    """One decision; ``conflict`` is the id of the conflict, where there is or was one."""

    action: str
    change: str
    subject: str
    field: str
    key: str | None
    base_key: str | None
    name: str
    section: str
    by: list[str]
    rule: str
    conflict: str
    explanation: str


class MergeRecord(TypedDict):
    """A merge. ``merge`` is the version of this form; ``summary`` counts the decisions by action."""

    merge: int
    title: str
    copies: list[str]
    summary: dict[str, int]
    conflicts: list[ConflictRecord]
    decisions: list[DecisionRecord]
    remarks: list[RemarkRecord]


def merge_record(merge: Merge, *, language: str = "zh") -> MergeRecord:
    """Return a merge as plain values: a flat record for every conflict, decision and comment.

    To go on with a merge, write it with :meth:`Merge.to_json`; this is for those who read or count.

    Args:
        merge: the merge.
        language: the language of the explanations, ``zh`` or ``en``.

    Raises:
        InvalidValue: it is no merge, or the language is neither ``zh`` nor ``en``.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> base = Plan("要点", [Task("每年公开。", label="1.")])
    >>> merge = gongkai.merge(base, *(base.with_changes("1", text=f"按{when}公开。") for when in "季月"))
    >>> record = merge_record(merge)
    >>> [(voice["choice"], voice["text"]) for voice in record["conflicts"][0]["voices"]]
    [('ours', '按季公开。'), ('theirs', '按月公开。')]
    """
    if type(merge) is not Merge:
        raise InvalidValue("merge_record", "merge", merge, "a Merge")
    say = words(language)
    lines = merge_lines(merge, say)
    english = say.language == "en"
    return {
        "merge": _VERSION,
        "title": merge.plan.title,
        "copies": list(merge.names),
        "summary": merge.summary(),
        "conflicts": [_conflict(line) for line in lines.conflicts],
        "decisions": [_decision(decision, english=english) for decision in merge.decisions],
        "remarks": [_remark(remark) for remark in merge.remarks],
    }


def plain_text(paragraphs: Sequence[Paragraph], without: Mark = "removed") -> str:
    """What paragraphs say without their marks: as it is after the changes, or without what was added."""
    told = ["".join([text for mark, text in runs if mark != without]) for runs in paragraphs]
    return "\n".join(filter(None, told))


def _conflict(line: ConflictLine) -> ConflictRecord:
    conflict, where = line.conflict, line.where
    base = plain_text(line.base.paragraphs)
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "subject": where.subject.value,
        "field": where.field,
        "key": where.key,
        "base_key": where.base_key,
        "name": where.name,
        "section": " › ".join(where.section),
        "base": base,
        "now": plain_text(line.now) if line.now else base,
        "voices": [
            {"by": list(voice.by), "text": plain_text(column.paragraphs), "choice": column.choice}
            for voice, column in zip(contesting(conflict), line.voices, strict=True)
        ],
        "suggestion": suggestion_text(line.suggestion),
        "explanation": line.told,
    }


def suggestion_text(column: Column | None) -> str:
    """What is suggested, as one text; nothing where nothing is."""
    return "" if column is None else plain_text(column.paragraphs) or "、".join(column.by)


def _decision(decision: Decision, *, english: bool) -> DecisionRecord:
    where: Where = decision.where
    return {
        "action": decision.action.value,
        "change": decision.change.value,
        "subject": where.subject.value,
        "field": where.field,
        "key": where.key,
        "base_key": where.base_key,
        "name": where.name,
        "section": " › ".join(where.section),
        "by": list(decision.by),
        "rule": decision.rule,
        "conflict": decision.conflict,
        "explanation": decision.explain("en" if english else "zh"),
    }


def _remark(remark: Remark) -> RemarkRecord:
    comment = remark.comment
    return {
        "who": comment.who,
        "kind": remark.kind.value,
        "key": remark.key,
        "proposal": comment.proposal,
        "reason": comment.reason,
        "rest": remark.rest,
    }
