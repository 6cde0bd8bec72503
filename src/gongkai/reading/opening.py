"""From a path, bytes or a file to bytes."""

from __future__ import annotations

import re
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from gongkai._refusals import not_opened, refused
from gongkai.errors import InvalidValue

__all__ = ["bytes_of", "is_own_json"]

_OWN_JSON: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"gongkai"\s*:')


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
            raise not_opened(name, error, "text-for-path" if "\n" in name else "unopened") from error
    if not hasattr(source, "read"):
        raise InvalidValue("read", "source", source, "a path, bytes or an open file")
    named: object = getattr(source, "name", None)
    origin = named if isinstance(named, str) else None
    try:
        return source.read(), origin
    except UnicodeDecodeError as error:
        raise refused(origin or "file", "opened-as", encoding=error.encoding) from error


def _no_name() -> bytes:
    raise ValueError("the name is empty")


def is_own_json(data: bytes | str) -> bool:
    """Tell a file that gongkai wrote: a JSON object that begins with the key ``gongkai``."""
    head = data[:200].encode("utf-8", "replace") if isinstance(data, str) else data[:200]
    return _OWN_JSON.match(head) is not None
