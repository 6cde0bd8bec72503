"""Which fields of two blocks, or of two plans, differ, and what sort of change each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import attrs

from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.diffing.changes import Bodies, ChangeKind, Value
from gongkai.comparing.diffing.reassigning import Tell, change_kind, department_changes, pairs_of
from gongkai.comparing.diffing.tree import FIELDS, SUBJECTS
from gongkai.model import Assignment, Block, Deadline, Notice, Paragraph, Plan, Record

__all__ = ["Context", "Difference", "block_differences", "plan_differences"]

#: A field that differs: what sort of change, the field, the old and the new value.
Difference = tuple[ChangeKind, str, Value, Value]


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年)")


class Context:
    """What the two plans say about years and departments."""

    __slots__ = ("_assignments", "new_year", "old_year", "same", "years")

    def __init__(self, old: Plan, new: Plan, same: Tell) -> None:
        known = old.year is not None and new.year is not None
        self.old_year = cast(int, old.year) if known else 0
        self.new_year = cast(int, new.year) if known else 0
        self.years = (self.old_year, self.new_year) if known else None
        self.same = same
        self._assignments: dict[
            tuple[tuple[Assignment, ...], tuple[Assignment, ...]], tuple[ChangeKind, Bodies]
        ] = {}

    def text_kind(self, old: str, new: str) -> ChangeKind:
        """A text in which only the years went on with the plans' year is carried, any other is reworded.

        What differs only in the width of characters or in white space is the same text, written otherwise.
        """
        old, new = folded(old), folded(new)
        if old == new:
            return ChangeKind.RESTATED
        alike = _relative_text(old, self.old_year) == _relative_text(new, self.new_year)
        return ChangeKind.CARRIED if alike else ChangeKind.REWORDED

    def same_words(self, old: Iterable[str], new: Iterable[str]) -> bool:
        """Tell whether tasks that were split or merged say the same, but for punctuation and the year."""
        before = _relative_text(folded("".join(old)), self.old_year)
        after = _relative_text(folded("".join(new)), self.new_year)
        return _letters(before) == _letters(after)

    def deadline_kind(self, old: tuple[Deadline, ...], new: tuple[Deadline, ...]) -> ChangeKind:
        """Deadlines that stand as before in their plan's year are carried, or only written otherwise."""
        before, after = ({item.meaning() for item in side} for side in (old, new))
        if before == after:
            return ChangeKind.RESTATED
        before = {item.meaning(self.old_year) for item in old}
        after = {item.meaning(self.new_year) for item in new}
        return ChangeKind.CARRIED if before == after else ChangeKind.RESCHEDULED

    def assignments(
        self, old: tuple[Assignment, ...], new: tuple[Assignment, ...]
    ) -> tuple[ChangeKind, Bodies]:
        """Tell another holder of a role from another name of the same, and from another way to write it.

        With who is called differently in the two plans. Many tasks change hands in the same way.
        """
        known = self._assignments.get((old, new))
        if known is None:
            found = department_changes(old, new, self.same)
            known = self._assignments[old, new] = (change_kind(found), pairs_of(found))
        return known


def _relative_text(text: str, year: int) -> str:
    return _years().sub(lambda found: f"{int(found[0]) - year:+d}", text)


def _letters(text: str) -> str:
    return "".join([sign for sign in text if sign.isalnum()])


def block_differences(old: Block, new: Block, context: Context) -> Iterator[Difference]:
    """Yield the fields in which two blocks of one class differ."""
    for name in FIELDS[SUBJECTS[type(old)]]:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        match name:
            case "label":
                kind = ChangeKind.RENUMBERED
            case "text" | "heading":
                kind = context.text_kind(before, after)
            case "assignments":
                kind, _ = context.assignments(before, after)
            case "deadlines":
                kind = context.deadline_kind(before, after)
            case _:
                kind = ChangeKind.AMENDED
        yield kind, name, before, after


def plan_differences(old: Plan, new: Plan, context: Context) -> Iterator[Difference]:
    """Yield the plan's own fields that differ; those of the record and the notice one by one."""
    if old.title != new.title:
        kind = context.text_kind(old.title, new.title)
        yield (ChangeKind.AMENDED if kind is ChangeKind.REWORDED else kind), "title", old.title, new.title
    if old.year != new.year:
        yield ChangeKind.REISSUED, "year", old.year, new.year
    if old.kind != new.kind:
        yield ChangeKind.AMENDED, "kind", old.kind, new.kind
    yield from _inner("record", old.record, new.record)
    if old.notice is None or new.notice is None:
        if old.notice != new.notice:
            yield ChangeKind.REISSUED, "notice", old.notice, new.notice
    else:
        yield from _inner("notice", old.notice, new.notice)
    for name, before, after in (
        ("preamble", old.preamble, new.preamble),
        ("closing", old.closing, new.closing),
    ):
        if before != after:
            yield _paragraphs_kind(before, after, context), name, before, after


def _inner(owner: str, old: Record | Notice, new: Record | Notice) -> Iterator[Difference]:
    for field in attrs.fields(type(old)):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield ChangeKind.REISSUED, f"{owner}.{field.name}", before, after


def _paragraphs_kind(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...], context: Context) -> ChangeKind:
    if [block.label for block in old] != [block.label for block in new]:
        return ChangeKind.AMENDED
    kinds = {context.text_kind(a.text, b.text) for a, b in zip(old, new, strict=True)}
    if ChangeKind.REWORDED in kinds:
        return ChangeKind.AMENDED
    return ChangeKind.CARRIED if ChangeKind.CARRIED in kinds else ChangeKind.RESTATED
