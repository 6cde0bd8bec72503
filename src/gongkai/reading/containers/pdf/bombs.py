"""PDF files that unpack to far more than they are: told before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib
from typing import Final

__all__ = ["is_bomb"]

#: No page of a document has so many bytes of content.
_MOST: Final = 200_000_000
#: Deflate packs at most 1032 bytes into one (zlib's technical notes); a shorter stream is none.
_SHORTEST: Final = _MOST // 1032
_STREAM: Final = re.compile(rb"stream\r?\n")
_PACKED_TWICE: Final = re.compile(rb"/F[\w]*\s*\[\s*/Fl\w*\s*/Fl")
#: So far before its stream stands what it is.
_BEFORE: Final = 512
_CHUNK: Final = 1 << 20
_DEEPEST: Final = 4


def is_bomb(data: bytes) -> bool:
    """Whether a stream of a PDF, pictures left out, unpacks to more than a document has."""
    at = 0
    while found := _STREAM.search(data, at):
        start = found.end()
        end = data.find(b"endstream", start)
        at = len(data) if end < 0 else end + len(b"endstream")
        about = data[max(0, start - _BEFORE) : start].rpartition(b" obj")[2]
        if b"/Image" in about:
            continue
        length = (len(data) if end < 0 else end) - start
        suspect = length > _SHORTEST or _PACKED_TWICE.search(about) is not None
        if suspect and _unpacks(data[start : start + length], 0):
            return True
    return False


def _unpacks(data: bytes, depth: int) -> bool:
    """Whether bytes unpack to more than a document has, also if they were packed several times."""
    unpacker = zlib.decompressobj()
    size = 0
    first = b""
    rest = data
    try:
        while rest and not unpacker.eof:
            part = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
            size += len(part)
            if len(first) < _CHUNK:
                first += part
            if size > _MOST:
                return True
            if not part and not rest:
                break
    except zlib.error:
        return False
    packed = first[:1] == b"\x78" and depth < _DEEPEST
    return packed and _unpacks(first, depth + 1)
