"""Plain text: from bytes to characters."""

from __future__ import annotations

from gongkai.reading.containers.encodings import decoded
from gongkai.reading.extract import Extract

__all__ = ["extract"]


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of bytes in any encoding that Chinese offices use.

    Raises:
        ReadError: they are text in no encoding that is known.
    """
    text, encoding, findings = decoded(data, origin)
    return Extract(text, "text/plain", encoding, findings=findings)
