"""Readable addresses: how sections and tasks get their keys.

A key is made of the printed numbers: ``12`` for a task whose number is the only one of its kind in the plan,
``一.(一).3`` where numbers restart, ``37.2`` for a part, ``一.(二).#1`` for the first unnumbered task of a
section. Real plans skip and repeat numbers, so a key that is taken gets ``~2``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeAlias, cast

import attrs

from gongkai.model.blocks import Block, Paragraph, Section, Task

__all__ = ["Entry", "component", "keyed", "name_all", "without_keys"]

#: A section or task that needs a key: its label, the position in the list of what it stands in (-1 at the
#: top), ``section``, ``task`` or ``part``, and the key that it already has.
Entry: TypeAlias = tuple[str | None, int, str, str | None]

#: How the keys of what has no number begin: sections, tasks, parts.
_SIGNS: Final = {"section": "§", "task": "#", "part": ""}
_BRACKETS: Final = str.maketrans("（）［］【】", "()[][]")


@lru_cache(maxsize=4096)
def component(label: str | None) -> str:
    """Return a label as one component of a key: ``12．`` gives ``12``, ``（一）`` gives ``(一)``.

    >>> component("12."), component("（一）"), component("一、"), component(None)
    ('12', '(一)', '一', '')
    """
    if not label:
        return ""
    return "".join(label.translate(_BRACKETS).split()).rstrip("、,，.．﹒:：")


@lru_cache(maxsize=4096)
def _below(key: str, own: str) -> str:
    """Return the key of what stands below another; plans share one string a key."""
    return f"{key}.{own}"


@lru_cache(maxsize=1024)
def _unnumbered(sort: str, count: int) -> str:
    return f"{_SIGNS[sort]}{count}"


def name_all(entries: Sequence[Entry]) -> list[str]:
    """Return a key for each entry, in order; keys that are given are kept while they are unique."""
    labels = [component(label) for label, _, _, _ in entries]
    taken = {given for _, _, _, given in entries if given}
    tasks = Counter([label for label, entry in zip(labels, entries, strict=True) if entry[2] == "task"])
    alone = {label for label, count in tasks.items() if count == 1 and label.isdigit()}
    kept: set[str] = set()
    keys: list[str] = []
    unnamed: dict[tuple[int, str], int] = {}
    copies: dict[str, int] = {}
    for label, (_, parent, sort, given) in zip(labels, entries, strict=True):
        if given and given not in kept:
            kept.add(given)
            keys.append(given)
            continue
        key = label
        if not label:
            count = unnamed[parent, sort] = unnamed.get((parent, sort), 0) + 1
            key = _below(keys[parent], _unnumbered(sort, count)) if parent >= 0 else _unnumbered(sort, count)
        elif parent >= 0 and (sort != "task" or label not in alone):
            key = _below(keys[parent], label)
        if key in kept or key in taken:
            key = _free(key, taken, kept, copies)
        kept.add(key)
        keys.append(key)
    return keys


def _free(key: str, taken: set[str], kept: set[str], copies: dict[str, int]) -> str:
    """Return the key with the next sign that is free; ``copies`` remembers where each search ended."""
    number = max(copies.get(key, 0) + 1, 2)
    while f"{key}~{number}" in taken or f"{key}~{number}" in kept:
        number += 1
    copies[key] = number
    return f"{key}~{number}"


def _entries(blocks: Iterable[Block], parent: int, found: list[Entry], *, part: bool = False) -> None:
    for block in blocks:
        if type(block) is Section:
            found.append((block.label, parent, "section", block.key))
            _entries(block.content, len(found) - 1, found)
        elif type(block) is Task:
            found.append((block.label, parent, "part" if part else "task", block.key))
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


def without_keys(block: Block, taken: frozenset[str]) -> Block:
    """Return the block without those keys, at any depth, that are taken; the same object where none is."""
    if isinstance(block, Paragraph):
        return block
    inside = block.content if isinstance(block, Section) else block.parts
    stripped = tuple([without_keys(item, taken) for item in inside])
    key = None if block.key in taken else block.key
    if key == block.key and all(a is b for a, b in zip(stripped, inside, strict=True)):
        return block
    if isinstance(block, Section):
        return attrs.evolve(block, key=key, content=stripped)
    return attrs.evolve(block, key=key, parts=cast("tuple[Task, ...]", stripped))


def keyed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with a key for each section, task and part; keys that are there are kept."""
    entries: list[Entry] = []
    _entries(blocks, -1, entries)
    if not entries:
        return blocks
    keys = iter(name_all(entries))
    return tuple([_with_keys(block, keys) for block in blocks])
