"""What container a document is in, told from its first bytes."""

from __future__ import annotations

from typing import Final

from gongkai.errors import ReadError

__all__ = ["sort_of"]

_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_ADVICE: Final = "save the document as UTF-8 text"

#: How files begin that are not read, why, and what to do with them.
_REFUSED: Final = (
    (b"PK\x03\x04", "this is a zip container (docx, xlsx, ofd), not text"),
    (b"%PDF-", "this is a PDF, not text"),
    (b"{\\rtf", "this is a rich text file (rtf), not text"),
    (b"\xd0\xcf\x11\xe0", "this is an old Office file (doc, xls, wps), not text"),
)
#: How a web page begins, white space and a byte order mark left out.
_PAGE: Final = (b"<!doctype html", b"<html", b"<?xml")


def sort_of(data: bytes, origin: str) -> str:
    """Return the name of the container: ``text``.

    Raises:
        ReadError: it is a container that is not read, or no document at all.
    """
    for signature, reason in _REFUSED:
        if data.startswith(signature):
            raise ReadError(origin, reason, _ADVICE)
    if data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE):
        raise ReadError(origin, "this is a web page, not text", _ADVICE)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(data):
        raise ReadError(origin, "this is binary data, not text", _ADVICE)
    return "text"


def _is_binary(data: bytes) -> bool:
    """Tell data by its control characters: text has next to none of them."""
    head = data[:4096]
    return bool(head) and sum(byte in _CONTROLS for byte in head) > len(head) // 50
