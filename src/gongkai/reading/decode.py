"""From bytes to text."""

from __future__ import annotations

from typing import Final, NamedTuple

from gongkai.errors import ReadError

__all__ = ["Decoded", "decode"]

_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}

#: How files begin that are no text, and what to do with them.
_SIGNATURES: Final = (
    (b"PK\x03\x04", "this is a zip container (docx, xlsx, ofd), not text", "save the document as UTF-8 text and read that"),
    (b"%PDF-", "this is a PDF, not text", "save its text as a UTF-8 file and read that"),
    (b"\xd0\xcf\x11\xe0", "this is an old Office file (doc, xls, wps), not text", "save the document as UTF-8 text and read that"),
)  # fmt: skip


class Decoded(NamedTuple):
    """A text and the encoding in which it was found."""

    text: str
    encoding: str


def decode(data: bytes, origin: str) -> Decoded:
    """Return the text of UTF-8 bytes, with or without a byte order mark.

    Raises:
        ReadError: the bytes are no text, or text in another encoding.
    """
    for signature, reason, hint in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(origin, reason, hint)
    if _is_binary(data):
        raise ReadError(
            origin, "this is binary data, not text", "save the document as UTF-8 text and read that"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"these bytes are not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
        raise ReadError(origin, reason, "save the document as UTF-8 text and read that") from error
    return Decoded(text, "utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def _is_binary(data: bytes) -> bool:
    """Tell data by its control characters: text has next to none of them."""
    head = data[:4096]
    return bool(head) and sum(byte in _CONTROLS for byte in head) > len(head) // 50
