"""What a plan says of itself: title, year, kind, record, and the covering notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar, cast

import attrs

from gongkai.comparing.diffing.changes import ChangeKind, Value
from gongkai.comparing.diffing.tree import Tree
from gongkai.merging.outcome.results import Action, ConflictKind
from gongkai.merging.threeway.assembling import blocks_of
from gongkai.merging.threeway.work import Settings, Told, Work
from gongkai.merging.values.mergers import MERGERS, merge_values
from gongkai.model import Notice, Paragraph, Plan, Record

__all__ = ["FIELDS", "merge_fields", "merge_notice", "merge_record"]

#: The fields that can have a strategy of their own.
FIELDS: Final = frozenset(
    ["title", "year", "kind", *[f"record.{field.name}" for field in attrs.fields(Record)]]
    + [f"notice.{field.name}" for field in attrs.fields(Notice)]
)
T = TypeVar("T", Record, Notice)


def merge_fields(settings: Settings, base: Plan, copies: Sequence[Plan]) -> dict[str, object]:
    """Return the plan's own fields, but for record, notice and what has blocks in it."""
    found: dict[str, object] = {}
    for name in ("title", "year", "kind"):
        values = {copy: getattr(plan, name) for copy, plan in enumerate(copies)}
        found[name] = _field(settings, ConflictKind.PLAN, name, getattr(base, name), values)
    return found


def merge_record(settings: Settings, base: Plan, copies: Sequence[Plan]) -> Record:
    """Return the record, merged entry by entry."""
    records = {copy: plan.record for copy, plan in enumerate(copies)}
    return _inner(settings, ConflictKind.RECORD, "record", base.record, records)


def merge_notice(settings: Settings, base: Plan, copies: Sequence[Plan]) -> Notice | None:
    """Return the covering notice: dropped, added, or merged field by field, its text by the paragraph."""
    notices = {copy: plan.notice for copy, plan in enumerate(copies)}
    changed = {copy: notice for copy, notice in notices.items() if notice != base.notice}
    if base.notice is None or None in changed.values():
        voices = settings.voices(cast("dict[int, Value]", changed))
        if len(voices) > 1 and base.notice is None and None not in changed.values():
            given = {copy: notice for copy, notice in changed.items() if notice is not None}
            return _with_body(settings, Notice(""), given)
        return cast("Notice | None", _field(settings, ConflictKind.NOTICE, "notice", base.notice, notices))
    return _with_body(settings, base.notice, {copy: cast(Notice, notice) for copy, notice in notices.items()})


def _with_body(settings: Settings, base: Notice, notices: Mapping[int, Notice]) -> Notice:
    merged = _inner(settings, ConflictKind.NOTICE, "notice", base, notices)
    sides = [base, *[notices.get(copy, base) for copy in range(len(settings.names))]]
    if all(side.body == base.body for side in sides):
        return merged
    trees = [Tree(Plan("", [Paragraph(text) for text in side.body])) for side in sides]
    work = Work("notice.body", trees[0], trees[1:], settings)
    body = [cast(Paragraph, block).text for block in blocks_of(work)]
    return attrs.evolve(merged, body=body)


def _inner(settings: Settings, kind: ConflictKind, owner: str, base: T, sides: Mapping[int, T]) -> T:
    found: dict[str, object] = {}
    for field in attrs.fields(type(base)):
        if (owner, field.name) != ("notice", "body"):
            values = {copy: getattr(side, field.name) for copy, side in sides.items()}
            before = getattr(base, field.name)
            value = _field(settings, kind, f"{owner}.{field.name}", before, values)
            if value is not before:
                found[field.name] = value
    return attrs.evolve(base, **found) if found else base  # type: ignore[arg-type] # fields by name


def _field(
    settings: Settings, kind: ConflictKind, name: str, base: Value, values: Mapping[int, Value]
) -> Value:
    changed = {copy: value for copy, value in values.items() if value != base}
    voices = settings.voices(changed)
    if not voices:
        return base
    change = ChangeKind.AMENDED if kind is ConflictKind.PLAN else ChangeKind.REISSUED
    if len(voices) == 1:
        value, copies = voices[0]
        rule = "alone" if len(copies) == 1 else "agreed"
        settings.decisions.append(
            Told(Action.APPLIED, change, None, name, by=copies, rule=rule, old=base, new=value)
        )
        return value
    verdict, rule, action = settings.contest(name, kind, name, base, voices, MERGERS.get(name, merge_values))
    if action is Action.OPEN:
        settings.open(name, kind, None, name, base, verdict)
    told = Told(action, change, None, name, by=sorted(changed), rule=rule, old=base, new=verdict.value)
    told.conflict = "" if action is Action.COMBINED else name
    settings.decisions.append(told)
    return verdict.value
