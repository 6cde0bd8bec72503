"""Texts of which bytes were lost or changed: as much of them as can be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final

__all__ = ["BROKEN", "decode_damaged"]

#: What stands for a broken byte while a text is decoded: no encoding gives it.
BROKEN: Final = "\udcff"

#: Encodings in which a lost byte shifts all characters behind it, up to the next ASCII character.
_SHIFTING: Final = frozenset(("gb18030", "big5hkscs"))
#: A stretch in which a shift goes on: it begins with a byte above ASCII and holds all that ends a character.
_STRETCH: Final = re.compile(rb"[\x80-\xff][\x30-\xff]*")
#: A stretch in which characters weigh less than this, each, may be shifted.
_SHIFTED: Final = 0.3
#: What a broken byte costs, in frequent characters.
_LOSS: Final = 3.0
#: So many bytes are aligned anew at most, in all stretches together.
_MOST: Final = 1 << 20


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error("gongkai-broken", _mark)


def decode_damaged(data: bytes, encoding: str, weight: Callable[[str], float]) -> str:
    """Return the text of bytes that are not all of one encoding; :data:`BROKEN` stands for what is broken.

    Args:
        data: the bytes.
        encoding: the encoding of most of them.
        weight: how much a character speaks for being read rightly.
    """
    if encoding not in _SHIFTING:
        return data.decode(encoding, "gongkai-broken")
    left = _MOST
    parts: list[str] = []
    at = 0
    for stretch in _STRETCH.finditer(data):
        start, end = stretch.span()
        parts.append(data[at:start].decode(encoding, "gongkai-broken"))
        text = stretch[0].decode(encoding, "gongkai-broken")
        if BROKEN in text or sum(map(weight, text)) < _SHIFTED * len(text):
            left -= end - start
            text = _aligned(stretch[0], encoding, weight) if left >= 0 else text
        parts.append(text)
        at = end
    parts.append(data[at:].decode(encoding, "gongkai-broken"))
    return "".join(parts)


def _aligned(data: bytes, encoding: str, weight: Callable[[str], float]) -> str:
    """Return the likeliest text of a stretch: single bytes, broken or ASCII, and characters."""
    scores = [0.0]
    steps: list[tuple[int, str]] = [(0, "")]
    for end in range(1, len(data) + 1):
        byte = data[end - 1]
        ascii_ = byte < 0x80
        score, step = scores[end - 1] - (0.0 if ascii_ else _LOSS), (1, chr(byte) if ascii_ else BROKEN)
        for size in (2, 4):
            character = _character(data[max(0, end - size) : end], size, encoding)
            if character and scores[end - size] + weight(character) >= score:
                score, step = scores[end - size] + weight(character), (size, character)
        scores.append(score)
        steps.append(step)
    found: list[str] = []
    end = len(data)
    while end:
        size, character = steps[end]
        found.append(character)
        end -= size
    return "".join(reversed(found))


def _character(data: bytes, size: int, encoding: str) -> str:
    """Return the one character that bytes are, or nothing."""
    if len(data) < size or data[0] < 0x80:
        return ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""
