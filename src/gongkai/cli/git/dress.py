"""How a text stands in its file: encoding, byte order mark, line ends."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gongkai.errors import ReadError
from gongkai.reading.containers.encodings import decoded

__all__ = ["Dressed", "alike", "dressed", "is_json", "is_merge_file"]

_MERGE_FILE: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"gongkai-merge"\s*:')
_JSON: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{")


class Dressed(NamedTuple):
    """A text, and how it stands in its file.

    Attributes:
        text: the text, without a byte order mark.
        encoding: its name in Python; it writes the mark, where there is one.
        end: what ends its lines; empty where that changes within it.
    """

    text: str
    encoding: str
    end: str

    def bytes_of(self, text: str) -> bytes | None:
        """Return a text in the same encoding; None where it has no signs for it."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return None

    def with_end(self, end: str) -> Dressed:
        """Return the same text with other line ends."""
        return self._replace(text=self.text.replace(self.end, end), end=end)


def dressed(data: bytes) -> Dressed | None:
    """Return the text of bytes; None where it cannot be written back as it was.

    >>> dressed("要点\\r\\n".encode("gb18030"))
    Dressed(text='要点\\r\\n', encoding='gb18030', end='\\r\\n')
    """
    try:
        found = decoded(data, "bytes")
    except ReadError:
        return None
    text, encoding = found.text, found.encoding
    try:
        if text.encode(encoding) != data:
            return None
    except (UnicodeEncodeError, LookupError):
        return None
    crlf, ends, returns = text.count("\r\n"), text.count("\n"), text.count("\r")
    if returns and not crlf == ends == returns:
        return Dressed(text, encoding, "")
    return Dressed(text, encoding, "\r\n" if crlf else "\n")


def alike(base: Dressed, ours: Dressed, theirs: Dressed) -> tuple[Dressed, Dressed, Dressed] | None:
    """Return three texts in one encoding and with one sort of line ends: as the side has it that changed it.

    None where both sides changed it, each its own way.
    """
    encoding = _picked(base.encoding, ours.encoding, theirs.encoding)
    end = _picked(base.end, ours.end, theirs.end)
    if encoding is None or end is None:
        return None
    made = [one._replace(encoding=encoding) for one in (base, ours, theirs)]
    if end and all(one.end for one in made):
        made = [one.with_end(end) for one in made]
    return made[0], made[1], made[2]


def _picked(base: str, ours: str, theirs: str) -> str | None:
    if ours in {base, theirs}:
        return theirs
    return ours if theirs == base else None


def is_json(data: bytes) -> bool:
    """Tell a file that may be a plan as JSON."""
    return _JSON.match(data) is not None


def is_merge_file(data: bytes) -> bool:
    """Tell a file of a merge."""
    return _MERGE_FILE.match(data) is not None
