"""Vectors of texts by the characters in them: no model, and none of its cost."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from zlib import crc32

_SIZE = 256


def embed(texts: list[str]) -> list[list[float]]:
    """Return a vector of length 1 for each text, in their order."""
    return [_vector(text) for text in texts]


def _vector(text: str) -> list[float]:
    counts = [0.0] * _SIZE
    for first, second in pairwise(text):
        counts[crc32(f"{first}{second}".encode()) % _SIZE] += 1.0
    length = sqrt(sum(count * count for count in counts)) or 1.0
    return [count / length for count in counts]
