"""Conflicts in a text, marked as git marks them with the draft's words (``merge.conflictStyle=diff3``).

Such a text holds all three: with one side's stretches it is that side's, where everything that is not
contested is merged already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from gongkai.merging.texts.weaving import Strip

__all__ = ["Marked", "has_markers", "marked", "split"]

_SIGNS: Final = {"ours": "<", "base": "|", "theirs": "=", "end": ">"}


class Marked(NamedTuple):
    """The three texts that a text with conflicts holds; the draft's is None where it is not told."""

    base: str | None
    ours: str
    theirs: str


def has_markers(text: str, size: int = 7) -> bool:
    """Tell a text with conflict markers.

    >>> has_markers("1.公开。\\n<<<<<<< ours\\n2.甲。\\n=======\\n2.乙。\\n>>>>>>> theirs\\n")
    True
    """
    return (
        re.search(rf"^<{{{size}}} .*^={{{size}}}\r?$.*^>{{{size}}} ", text, re.MULTILINE | re.DOTALL)
        is not None
    )


def split(text: str, size: int = 7) -> Marked | None:
    """Return the three texts that a text with conflict markers holds; None where they do not fit.

    >>> split("1.公开。\\n<<<<<<< a\\n甲\\n||||||| b\\n丙\\n=======\\n乙\\n>>>>>>> c\\n")
    Marked(base='1.公开。\\n丙\\n', ours='1.公开。\\n甲\\n', theirs='1.公开。\\n乙\\n')
    """
    texts: dict[str, list[str]] = {"base": [], "ours": [], "theirs": []}
    now = ""
    bases = count = 0
    for line in text.splitlines(keepends=True):
        name = _marker(line, size)
        if name is None:
            for side in (now,) if now else texts:
                texts[side].append(line)
        elif name not in _next(now):
            return None
        else:
            now = "" if name == "end" else name
            bases += name == "base"
            count += name == "ours"
    if now:
        return None
    base = "".join(texts["base"]) if bases == count else None
    return Marked(base, "".join(texts["ours"]), "".join(texts["theirs"]))


def _marker(line: str, size: int) -> str | None:
    plain = line.rstrip("\r\n")
    for name, sign in _SIGNS.items():
        if plain.startswith(sign * size):
            rest = plain[size:]
            if not rest or (rest[0] == " " and name != "theirs"):
                return name
    return None


def _next(now: str) -> tuple[str, ...]:
    return {"": ("ours",), "ours": ("base", "theirs"), "base": ("theirs",), "theirs": ("end",)}[now]


def marked(sides: Mapping[str, Sequence[Strip]], names: Mapping[str, str], size: int = 7) -> str:
    """Return one text of three, with markers where they differ.

    Args:
        sides: the texts as strips, by ``base``, ``ours`` and ``theirs``.
        names: what the markers call the sides.
        size: how many signs a marker has.
    """
    base, ours, theirs = (_lines(sides[side]) for side in ("base", "ours", "theirs"))
    mine, other = (_matches(base, each) for each in (ours, theirs))
    made: list[str] = []
    at = a = b = 0
    for anchor in [*sorted(mine.keys() & other.keys()), len(base)]:
        x, y = mine.get(anchor, len(ours)), other.get(anchor, len(theirs))
        parts = [_joined(base[at:anchor]), _joined(ours[a:x]), _joined(theirs[b:y])]
        made += _hunk(parts, names, size)
        if anchor < len(base):
            made.append(base[anchor].text)
        at, a, b = anchor + 1, x + 1, y + 1
    return "".join(made)


def _hunk(parts: Sequence[str], names: Mapping[str, str], size: int) -> Iterator[str]:
    texts = [text.splitlines(keepends=True) for text in parts]
    front = _alike(texts)
    rest = [lines[front:] for lines in texts]
    back = _alike([lines[::-1] for lines in rest])
    yield from texts[0][:front]
    inner = ["".join(lines[: len(lines) - back]) for lines in rest]
    if any(inner):
        yield from _contested(inner, names, size)
    yield from rest[0][len(rest[0]) - back :]


def _alike(texts: Sequence[Sequence[str]]) -> int:
    """Return how many lines all texts begin with."""
    count = 0
    for lines in zip(*texts, strict=False):
        if len(set(lines)) > 1:
            break
        count += 1
    return count


def _contested(parts: Sequence[str], names: Mapping[str, str], size: int) -> Iterator[str]:
    base, ours, theirs = parts
    end = "\r\n" if "\r\n" in base + ours + theirs else "\n"
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        label = "" if name == "theirs" else f" {names[name]}"
        yield f"{_SIGNS[name] * size}{label}{end}"
        yield text if not text or text.endswith(("\n", "\r")) else text + end
    yield f"{_SIGNS['end'] * size} {names['theirs']}{end}"


def _lines(strips: Sequence[Strip]) -> list[Strip]:
    """Join strips that share a line: each result ends where a line ends."""
    found: list[Strip] = []
    for strip in strips:
        if found and not found[-1].text.endswith(("\n", "\r")) and found[-1].text:
            found[-1] = Strip((*found[-1].name, *strip.name), found[-1].text + strip.text)
        else:
            found.append(strip)
    return found


def _matches(base: Sequence[Strip], side: Sequence[Strip]) -> dict[int, int]:
    """Return which strips of the base are which of a side, in order; every strip is one of a kind."""
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return {block.a + at: block.b + at for block in matcher.get_matching_blocks() for at in range(block.size)}


def _joined(strips: Sequence[Strip]) -> str:
    return "".join([strip.text for strip in strips])
