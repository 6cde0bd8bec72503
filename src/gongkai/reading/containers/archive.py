"""Zip archives, opened with bounds: what is inflated is counted beforehand, never afterwards."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from gongkai._refusals import refused

__all__ = ["Archive", "is_crowded"]

#: No document has more parts than this.
MEMBERS: Final = 10_000
#: So many bytes may be inflated of any archive; of a larger one RATIO times its size, at most LARGEST.
#: Office files are 5 to 40 times as large inflated; a bomb is a thousand times as large.
SMALLEST: Final = 16 * 2**20
RATIO: Final = 100
LARGEST: Final = 512 * 2**20
#: So many elements of XML may stand in an archive; in a larger one so many a byte, where Office has one.
FEWEST_ELEMENTS: Final = 400_000
ELEMENTS: Final = 4

_CHUNK: Final = 2**16
#: How an entry of a zip's directory begins.
_ENTRY: Final = b"PK\x01\x02"
#: All that reading a damaged zip can raise.
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)


class Archive:
    """A zip archive in memory, of which no more is inflated than its bounds allow.

    Attributes:
        bound: so many bytes, or characters of text, the file may give at most.
        origin: the name that an error gives the file.
        names: the names of its parts, in the archive's order.

    >>> from io import BytesIO
    >>> from zipfile import ZipFile
    >>> from gongkai.reading.containers.archive import Archive
    >>> file = BytesIO()
    >>> with ZipFile(file, "w") as made:
    ...     made.writestr("word/document.xml", "<document/>")
    >>> archive = Archive(file.getvalue(), "plan.docx")
    >>> archive.names, archive.read("Word/document.xml")
    (('word/document.xml',), b'<document/>')
    """

    __slots__ = ("_budget", "_elements", "_members", "_zip", "bound", "names", "origin")

    def __init__(self, data: bytes, origin: str) -> None:
        """Open the archive and read its directory.

        Raises:
            ReadError: it is no zip archive, a damaged one, or one with too many parts.
        """
        self.origin = origin
        if is_crowded(data):
            raise refused(origin, "archive-crowded", most=MEMBERS)
        try:
            self._zip = ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise refused(origin, "archive-damaged", reason=_said(error)) from error
        # names differ in case and in the stroke between folders, as programs write them
        self._members: dict[str, ZipInfo] = {_plain(member.filename): member for member in members}
        self.names = tuple([member.filename for member in members])
        self.bound = self._budget = min(max(SMALLEST, RATIO * len(data)), LARGEST)
        self._elements = max(FEWEST_ELEMENTS, ELEMENTS * len(data))

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, a chunk at a time.

        Raises:
            ReadError: there is no such part, it is encrypted or damaged, or inflated it exceeds the bounds.
        """
        member = self._members.get(_plain(name))
        if member is None:
            raise refused(self.origin, "part-missing", part=name)
        if member.flag_bits & 1:
            raise refused(self.origin, "archive-encrypted")
        self._budget -= member.file_size  # ZipFile never gives more than is declared
        if self._budget < 0:
            raise refused(self.origin, "part-inflates", part=name)
        try:
            with self._zip.open(member) as opened:
                while chunk := opened.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise refused(self.origin, "part-damaged", part=name, reason=_said(error)) from error

    def count_elements(self, count: int, name: str) -> None:
        """Note that a part has so many more elements of XML.

        Raises:
            ReadError: they are more than the bounds allow.
        """
        self._elements -= count
        if self._elements < 0:
            raise refused(self.origin, "part-grows", part=name)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            ReadError: as :meth:`chunks`.
        """
        return b"".join(self.chunks(name))


def is_crowded(data: bytes) -> bool:
    """Tell whether an archive has more parts than any document; its directory alone could fill the memory."""
    return data.count(_ENTRY) > MEMBERS


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
