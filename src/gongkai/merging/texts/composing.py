"""The text of one block: as it stands on a side, or made of what several sides have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import attrs

from gongkai.codec import clause_of
from gongkai.comparing.diffing.tree import own_fields, spanless
from gongkai.merging.texts.chunks import Chunk, Part
from gongkai.merging.values.wording import weave
from gongkai.model import Block, Paragraph, Section, Stated, Task

__all__ = ["SIDES", "Found", "chosen", "composed", "mixed"]

#: The sides of a merge, the one that everything is written into first.
SIDES: Final = ("ours", "theirs", "base")

#: What each side has of one block: the block, and what it was read from.
Found: TypeAlias = "Mapping[str, tuple[Block, Chunk]]"

_FIELDS: Final = ("label", "text", "clause")


def chosen(texts: Mapping[str, str], prefer: str = "") -> str | None:
    """Return the text that was changed on one side, or alike; None where both changed it, each its own way.

    With ``prefer``, edits are merged, and what is contested is as that side has it.
    """
    base, ours, theirs = texts.get("base"), texts.get("ours"), texts.get("theirs")
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    if ours in {theirs, base}:
        return theirs
    if theirs == base:
        return ours
    return None if base is None else mixed(base, ours, theirs, prefer)


def mixed(base: str, ours: str, theirs: str, prefer: str = "") -> str | None:
    """Merge two edits of a text; what is contested is as ``prefer`` has it, or there is no text."""
    woven = weave(base, {0: ours, 1: theirs})
    if not woven.contested:
        return woven.text
    if not prefer:
        return None
    voice = {"ours": 0, "theirs": 1}.get(prefer)
    settled = {
        at: next((text for text, by in stretch.voices if voice in by), stretch.text)
        for at, stretch in enumerate(woven.contested)
    }
    return woven.settled(settled).text


def composed(block: Block, found: Found, prefer: str, *, fine: bool) -> str | None:
    """Return the text of a block, from what the sides have of it; None where it cannot be made.

    Args:
        block: the block as it is to be.
        found: what each side has.
        prefer: the side that is followed in what is contested; empty where nothing is.
        fine: whether two edits of one block are merged as texts first, not field by field.
    """
    own = own_fields(spanless(block))
    equal = {side: chunk.raw for side, (each, chunk) in found.items() if own_fields(spanless(each)) == own}
    raws = {side: chunk.raw for side, (_, chunk) in found.items()}
    if {"ours", "theirs"} <= equal.keys():
        return chosen(raws) or raws["ours"]
    own_side = next((side for side in SIDES if side in equal), None)
    if own_side is not None and not (fine and _reformatted(found, own_side)):
        return equal[own_side]
    if fine and {"ours", "theirs", "base"} <= raws.keys():
        text = chosen(raws, prefer)
        if text is not None:
            return text
    if own_side is not None:
        return equal[own_side]
    return _by_fields(block, found)


def _reformatted(found: Found, side: str) -> bool:
    """Tell whether the other side changed nothing but how the block stands there: its blanks, say."""
    other = {"ours": "theirs", "theirs": "ours"}.get(side, "")
    if not {"base", other} <= found.keys():
        return False
    (block, chunk), (before, was) = found[other], found["base"]
    return chunk.raw != was.raw and own_fields(spanless(block)) == own_fields(spanless(before))


def _by_fields(block: Block, found: Found) -> str | None:
    """Put a text together from fields, each as the side has it that it came from."""
    side = next((side for side in SIDES if side in found), None)
    if side is None:
        return None
    chunk = found[side][1]
    if not chunk.parts or (isinstance(block, Task) and block.extras):
        return None
    pieces: dict[str, str] = {}
    for name in _FIELDS:
        made = _field(name, block, found, side)
        if made is None:
            return None
        pieces[name] = made
    return _written(chunk, pieces)


def _written(chunk: Chunk, pieces: Mapping[str, str]) -> str:
    """Write fields into a text; a field that it has no place for goes behind the one before."""
    made: list[str] = []
    at = 0
    for name in _FIELDS:
        part = chunk.parts.get(name)
        if part is None:
            if name == "label" and "text" in chunk.parts:
                made.append(chunk.raw[at : chunk.parts["text"].start])
                at = chunk.parts["text"].start
            made.append(pieces[name])
            continue
        made += (chunk.raw[at : part.start], pieces[name])
        at = part.end
    return "".join(made) + chunk.raw[at:]


def _field(name: str, block: Block, found: Found, side: str) -> str | None:
    """Return a field as it is printed: where a side has its value, as that side prints it."""
    value = _value(name, block)
    same = {each: _printed(name, *found[each]) for each in found if _value(name, found[each][0]) == value}
    if same:
        picked = chosen(same) if {"ours", "theirs", "base"} <= same.keys() else None
        return picked or same[next(each for each in SIDES if each in same)]
    own_block, own_chunk = found[side]
    printed = _printed(name, own_block, own_chunk)
    if name == "clause" and {"base", "ours", "theirs"} <= found.keys():
        texts = {each: _printed(name, *found[each]) for each in found}
        merged = mixed(texts["base"], texts["ours"], texts["theirs"])
        if merged is not None:
            return merged
    if name == "clause":
        return clause_of(block) if isinstance(block, Task) else ""
    if name == "label" and own_block.label and own_block.label in printed:
        return printed.replace(own_block.label, block.label or "")
    plain = _value(name, own_block)
    if not printed or printed == plain:
        return str(value or "")
    return None  # joined lines: where they were broken nobody knows any more


def _printed(name: str, _block: Block, chunk: Chunk) -> str:
    part = chunk.parts.get(name, Part(0, 0))
    return chunk.raw[part.start : part.end]


def _value(name: str, block: Block) -> object:
    if name == "label":
        return block.label
    if name == "text":
        return block.heading if isinstance(block, Section) else block.text
    if isinstance(block, (Section, Paragraph)):
        return ()
    times = [one for one in block.deadlines if one.stated is not Stated.SENTENCE]
    return block.assignments, tuple([attrs.evolve(one, span=None) for one in times])
