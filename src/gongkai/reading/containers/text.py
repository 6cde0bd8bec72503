"""Plain text: from bytes to characters."""

from __future__ import annotations

from typing import Final

from gongkai.errors import ReadError
from gongkai.reading.extract import Extract

__all__ = ["extract"]

_ADVICE: Final = "save the document as UTF-8 text"


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of UTF-8 bytes, with or without a byte order mark.

    Raises:
        ReadError: the bytes are text in another encoding.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(origin, *_other_encoding(data, error)) from error
    return Extract(text, "text/plain", "utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def _other_encoding(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Say what bytes seem to be that are not UTF-8, and what to do."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this is UTF-16 text, not UTF-8", "save it as UTF-8, or decode it and use gongkai.parse"
    reason = f"these bytes are not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return reason, _ADVICE
    return f"{reason}, perhaps GB18030 (GBK)", "save it as UTF-8, or decode it and use gongkai.parse"
