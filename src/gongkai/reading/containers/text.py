"""Plain text: from bytes to characters."""

from __future__ import annotations

from gongkai.reading.containers.encodings import decoded
from gongkai.reading.extract import Extract

__all__ = ["extract"]


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of bytes in any encoding that Chinese offices use.

    A text whose only line ends are carriage returns, as old Macs wrote them, gets the usual ones, as it does
    where Python opens a file in text mode.

    Raises:
        ReadError: they are text in no encoding that is known.
    """
    text, encoding, findings = decoded(data, origin)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return Extract(text, "text/plain", encoding, findings=findings)
