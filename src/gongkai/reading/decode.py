"""From bytes to text."""

from __future__ import annotations

from typing import Final, NamedTuple

from gongkai.errors import ReadError

__all__ = ["Decoded", "decode"]

_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}

_ADVICE: Final = "save the document as UTF-8 text"

#: How files begin that are no text, and what to do with them.
_SIGNATURES: Final = (
    (b"PK\x03\x04", "this is a zip container (docx, xlsx, ofd), not text"),
    (b"%PDF-", "this is a PDF, not text"),
    (b"\xd0\xcf\x11\xe0", "this is an old Office file (doc, xls, wps), not text"),
)
#: How a web page begins, white space and a byte order mark left out.
_PAGE: Final = (b"<!doctype html", b"<html")


class Decoded(NamedTuple):
    """A text and the encoding in which it was found."""

    text: str
    encoding: str


def decode(data: bytes, origin: str) -> Decoded:
    """Return the text of UTF-8 bytes, with or without a byte order mark.

    Raises:
        ReadError: the bytes are no text, or text in another encoding.
    """
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(origin, reason, _ADVICE)
    if data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE):
        raise ReadError(origin, "this is a web page, not text", _ADVICE)
    if _is_binary(data):
        raise ReadError(origin, "this is binary data, not text", _ADVICE)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"these bytes are not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
        raise ReadError(origin, reason, _ADVICE) from error
    return Decoded(text, "utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def _is_binary(data: bytes) -> bool:
    """Tell data by its control characters: text has next to none of them."""
    head = data[:4096]
    return bool(head) and sum(byte in _CONTROLS for byte in head) > len(head) // 50
