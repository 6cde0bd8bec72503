"""Readable addresses: how sections and tasks get their keys.

A key is made of the printed numbers: ``12`` for a task whose number is the only one of its kind in the plan,
``一.(一).3`` where numbers restart, ``37.2`` for a part, ``一.(二).#1`` for the first unnumbered task of a section.
Real plans skip and repeat numbers, so a key that is taken gets ``~2``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import attrs

from gongkai.model.blocks import Block, Section, Task

__all__ = ["Entry", "component", "keyed", "name_all"]

_BRACKETS = str.maketrans("（）［］【】", "()[][]")


def component(label: str | None) -> str:
    """Return a label as one component of a key: ``12．`` gives ``12``, ``（一）`` gives ``(一)``.

    >>> component("12."), component("（一）"), component("一、"), component(None)
    ('12', '(一)', '一', '')
    """
    if not label:
        return ""
    return "".join(label.translate(_BRACKETS).split()).rstrip("、,，.．﹒:：")


class Entry:
    """A section or task that needs a key: what it is, its parent's position in the list, its label."""

    __slots__ = ("given", "label", "parent", "part", "section")

    def __init__(
        self, parent: int, label: str | None, *, section: bool = False, part: bool = False, given: str | None = None
    ) -> None:
        self.section = section
        self.parent = parent
        self.label = label
        self.part = part
        self.given = given


def name_all(entries: Sequence[Entry]) -> list[str]:
    """Return a key for each entry, in order; keys that are given are kept while they are unique."""
    labels = [component(entry.label) for entry in entries]
    numbers = Counter(
        label for entry, label in zip(entries, labels, strict=True) if label and not entry.section and not entry.part
    )
    taken = {entry.given for entry in entries if entry.given}
    kept: set[str] = set()
    keys: list[str] = []
    unnamed: Counter[tuple[int, bool]] = Counter()
    for entry, label in zip(entries, labels, strict=True):
        if entry.given and entry.given not in kept:
            key = entry.given
        else:
            key = label
            if not label:
                unnamed[entry.parent, entry.section] += 1
                sign = "" if entry.part else "§" if entry.section else "#"
                key = f"{sign}{unnamed[entry.parent, entry.section]}"
            alone = label.isdigit() and not entry.section and not entry.part and numbers[label] == 1
            if entry.parent >= 0 and not alone:
                key = f"{keys[entry.parent]}.{key}"
            if key in taken or key in kept:
                key = _free(key, taken, kept)
        kept.add(key)
        keys.append(key)
    return keys


def _free(key: str, taken: set[str], kept: set[str]) -> str:
    number = 2
    while f"{key}~{number}" in taken or f"{key}~{number}" in kept:
        number += 1
    return f"{key}~{number}"


def _entries(blocks: Iterable[Block], parent: int, found: list[Entry], *, part: bool = False) -> None:
    for block in blocks:
        if type(block) is Section:
            found.append(Entry(parent, block.label, section=True, given=block.key))
            _entries(block.content, len(found) - 1, found)
        elif type(block) is Task:
            found.append(Entry(parent, block.label, part=part, given=block.key))
            _entries(block.parts, len(found) - 1, found, part=True)


def _with_keys(block: Block, keys: Iterator[str]) -> Block:
    """Return the block with the next keys; the same object where nothing changes."""
    if type(block) is Section:
        key = next(keys)
        content = tuple([_with_keys(item, keys) for item in block.content])
        same = key == block.key and all(a is b for a, b in zip(content, block.content, strict=True))
        return block if same else attrs.evolve(block, key=key, content=content)
    if type(block) is Task:
        key = next(keys)
        parts = cast("tuple[Task, ...]", tuple([_with_keys(item, keys) for item in block.parts]))
        same = key == block.key and all(a is b for a, b in zip(parts, block.parts, strict=True))
        return block if same else attrs.evolve(block, key=key, parts=parts)
    return block


def keyed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with a key for each section, task and part; keys that are there are kept."""
    entries: list[Entry] = []
    _entries(blocks, -1, entries)
    if not entries:
        return blocks
    keys = iter(name_all(entries))
    return tuple([_with_keys(block, keys) for block in blocks])
