"""Values that a merge speaks of, as paragraphs with their marks against what the draft has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import cast

from gongkai.comparing.diffing.reassigning import Tell
from gongkai.merging import Region
from gongkai.model import (
    Assignment,
    Deadline,
    DocumentNumber,
    Notice,
    Paragraph,
    PlanKind,
    Record,
    Section,
    Task,
)
from gongkai.views._diff_departments import holders
from gongkai.views._diff_text import Marked, legible
from gongkai.views._diff_text import Paragraph as Runs
from gongkai.views._rows import heading_words
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["contested", "field_words", "value_paragraphs"]


def value_paragraphs(old: object, new: object, field: str, say: Words, same: Tell) -> tuple[Runs, ...]:
    """What ``new`` has, with marks for what it has otherwise than ``old``; nothing where both are empty.

    Args:
        old: the value that is compared with.
        new: the value.
        field: the field that both are of; empty for blocks.
        say: the words.
        same: what tells one body from two.
    """
    if field == "assignments":
        return _assignments(_items(old), _items(new), say, same)
    if field == "deadlines":
        return _deadlines(_items(old), _items(new))
    if field == "extras":
        return _columns(_items(old), _items(new), say)
    if isinstance(old, Task) or isinstance(new, Task):
        return _tasks(old, new, say, same)
    return legible(_plain(old, say), _plain(new, say))


def field_words(field: str, say: Words) -> str:
    """What a field is called, in a record or a notice too."""
    group, _, name = field.rpartition(".")
    table = {"record": "record", "notice": "notice"}.get(group, "fields")
    word = say.table.get(f"{table}.{name}", field)
    return f"{say['headings.notice']} · {word}" if group == "notice" else word


def contested(paragraphs: Sequence[Runs], regions: Iterable[Region], text: str) -> tuple[Runs, ...]:
    """Mark the words of a text that copies contradict each other about.

    Args:
        paragraphs: the text, which may have marks already.
        regions: the words, by where they begin in the text.
        text: the text; where they are not there, nothing is marked.
    """
    held = [one for one in regions if one.start is not None]
    places = [(one.start or 0, (one.start or 0) + len(one.base)) for one in held]
    there = all(text[start:end] == one.base for (start, end), one in zip(places, held, strict=True))
    if len(paragraphs) != 1 or clean(text) != text or not places or not there:
        return tuple(paragraphs)
    found: list[Marked] = []
    at = 0
    for mark, run in paragraphs[0]:
        if mark == "removed":
            found.append((mark, run))
            continue
        cuts = sorted({0, len(run), *[cut - at for place in places for cut in place]})
        inside = [cut for cut in cuts if 0 <= cut <= len(run)]
        for start, end in pairwise(inside):
            hit = any(low <= at + start and at + end <= high for low, high in places)
            found.append(("contested" if hit else mark, run[start:end]))
        at += len(run)
    return (tuple(found),)


def _items(value: object) -> tuple[object, ...]:
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()


def _assignments(old: Sequence[object], new: Sequence[object], say: Words, same: Tell) -> tuple[Runs, ...]:
    was, now = (Task("", assignments=cast("Sequence[Assignment]", side)) for side in (old, new))
    found: list[Runs] = []
    for held in holders([was], [now], say, same):
        runs: list[Marked] = [("soft", f"{held.role}{say.colon}")] if held.role else []
        for place, name in enumerate(held.names):
            if place:
                runs.append(("same", "、"))
            runs += name.runs
            if name.note:
                runs.append(("soft", f"（{name.note}）"))
        found.append((*runs, *held.flags))
    return tuple(found)


def _deadlines(old: Sequence[object], new: Sequence[object]) -> tuple[Runs, ...]:
    sides = [
        list(dict.fromkeys([clean(one.text) for one in cast("Sequence[Deadline]", side)]))
        for side in (old, new)
    ]
    gone: list[Runs] = [(("removed", text),) for text in sides[0] if text not in sides[1]]
    return (*gone, *[(("same" if text in sides[0] else "added", text),) for text in sides[1]])


def _columns(old: Sequence[object], new: Sequence[object], say: Words) -> tuple[Runs, ...]:
    """What is otherwise in the other columns of a task table; all of them where nothing is."""
    was, now = (dict(cast("Sequence[tuple[str, str]]", side)) for side in (old, new))
    names = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)] or list(now)
    found: list[Runs] = []
    for name in names:
        for place, runs in enumerate(legible(clean(was.get(name, "")), clean(now.get(name, "")))):
            head: list[Marked] = [("soft", f"{clean(name)}{say.colon}")] if not place else []
            found.append((*head, *runs))
    return tuple(found)


def _tasks(old: object, new: object, say: Words, same: Tell) -> tuple[Runs, ...]:
    """A task: its text, and of its departments and deadlines those that differ."""
    was, now = (side if isinstance(side, Task) else Task("") for side in (old, new))
    found = list(legible(_plain(was, say), _plain(now, say)))
    for field in ("assignments", "deadlines", "extras"):
        before, after = getattr(was, field), getattr(now, field)
        if before != after or was is now:
            found += value_paragraphs(before, after, field, say, same)
    return tuple(found)


def _plain(value: object, say: Words) -> str:
    """A value as text on one line."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        pairs = [" ".join(cast("tuple[str, str]", item)) for item in items if isinstance(item, tuple)]
        return clean("、".join(pairs or [_plain(item, say) for item in items]))
    if isinstance(value, PlanKind):
        return say[f"kinds.{value}"]
    if isinstance(value, Section):
        return clean(heading_words(value))
    if isinstance(value, (Task, Paragraph, Deadline)):
        return clean(value.text)
    if isinstance(value, Notice):
        return clean(value.title)
    if isinstance(value, Record):
        return clean(str(value.document_number or ""))
    if isinstance(value, (date, DocumentNumber)):
        return value.isoformat() if isinstance(value, date) else str(value)
    return clean(str(value))
