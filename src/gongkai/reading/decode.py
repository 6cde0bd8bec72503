"""From a file to bytes, from bytes to text."""

from __future__ import annotations

import re
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TextIO

from gongkai.errors import InvalidValue, ReadError

__all__ = ["Decoded", "bytes_of", "decode", "is_own_json"]

_OWN_JSON: Final = re.compile(rb'\s*\{\s*"gongkai"\s*:')
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}

_ADVICE: Final = "save the document as UTF-8 text"

#: How files begin that are no text, and what to do with them.
_SIGNATURES: Final = (
    (b"PK\x03\x04", "this is a zip container (docx, xlsx, ofd), not text"),
    (b"%PDF-", "this is a PDF, not text"),
    (b"{\\rtf", "this is a rich text file (rtf), not text"),
    (b"\xd0\xcf\x11\xe0", "this is an old Office file (doc, xls, wps), not text"),
)
#: How a web page begins, white space and a byte order mark left out.
_PAGE: Final = (b"<!doctype html", b"<html", b"<?xml")


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
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(data):
        raise ReadError(origin, "this is binary data, not text", _ADVICE)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(origin, *_other_encoding(data, error)) from error
    return Decoded(text, "utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def bytes_of(source: str | PathLike[str] | bytes | BinaryIO | TextIO) -> tuple[bytes | str, str | None]:
    """Return the bytes of a path, of bytes or of a file (its text, for a file in text mode), and its name.

    Raises:
        InvalidValue: it is none of these.
        ReadError: the file cannot be opened or read.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), None
    if isinstance(source, (str, PathLike)):
        name = fspath(source)
        try:
            return Path(name).read_bytes() if name else _no_name(), name
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            hint = "gongkai.parse takes text" if "\n" in name else "check the path"
            raise ReadError(name, f"cannot be opened ({reason})", hint) from error
    if not hasattr(source, "read"):
        raise InvalidValue("read", "source", source, "a path, bytes or an open file")
    named: object = getattr(source, "name", None)
    origin = named if isinstance(named, str) else None
    try:
        return source.read(), origin
    except UnicodeDecodeError as error:
        reason = f"the file was opened as {error.encoding}, which it is not"
        raise ReadError(origin or "file", reason, "open it in binary mode, or with its encoding") from error


def _no_name() -> bytes:
    raise ValueError("the name is empty")


def is_own_json(data: bytes | str) -> bool:
    """Tell a file that gongkai wrote: a JSON object that begins with the key ``gongkai``."""
    head = data[:200].encode("utf-8", "replace") if isinstance(data, str) else data[:200]
    return _OWN_JSON.match(head) is not None


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


def _is_binary(data: bytes) -> bool:
    """Tell data by its control characters: text has next to none of them."""
    head = data[:4096]
    return bool(head) and sum(byte in _CONTROLS for byte in head) > len(head) // 50
