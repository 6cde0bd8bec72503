"""What a package of several files is: a zip container (docx, xlsx, ofd) or an OLE file (doc, xls, wps)."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from gongkai.reading.containers.archive import is_crowded

__all__ = ["sort_of_ole", "sort_of_zip"]

#: The streams by which an OLE file is known ([MS-CFB], 2.6.1: names are UTF-16), and its sort.
_STREAMS: Final = (
    ("EncryptedPackage", "encrypted-office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
#: An entry of the directory of an OLE file has so many bytes and begins with its name.
_ENTRY: Final = 128

#: The files by which a zip container is known, and its sort.
_MEMBERS: Final = (
    ("OFD.xml", "ofd"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
#: The folders by which it is known where the main file has another name.
_FOLDERS: Final = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
#: What the file ``mimetype`` says (OpenDocument 1.3, part 2, 3.3).
_MEDIA: Final = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub", "epub"),
)


def sort_of_ole(data: bytes) -> str:
    """Return what an OLE file is: the name of a row of ``grammar/containers.toml``."""
    for stream, sort in _STREAMS:
        if _has_entry(data, f"{stream}\0".encode("utf-16-le")):
            return sort
    return "ole"


def _has_entry(data: bytes, name: bytes) -> bool:
    at = data.find(name)
    while at >= 0:
        if at % _ENTRY == 0:
            return True
        at = data.find(name, at + 1)
    return False


def sort_of_zip(data: bytes) -> str:
    """Return what a zip container is: ``docx``, ``xlsx``, or a row of ``grammar/containers.toml``."""
    if is_crowded(data):  # what reads it says so
        found = (sort for name, sort in _MEMBERS if name.encode() in data)
        return next((sort for sort in found if sort in {"docx", "xlsx"}), "zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError):
        return _damaged(data)
    names = {member.filename.replace("\\", "/") for member in members}
    for name, sort in _MEMBERS:
        if name in names:
            return sort
    if "[Content_Types].xml" in names:
        for folder, sort in _FOLDERS:
            if any(name.startswith(folder) for name in names):
                return sort
    if "mimetype" in names:
        for media, sort in _MEDIA:
            if media in data[:256]:  # it comes first, and is stored as it is
                return sort
    return "encrypted-zip" if any(member.flag_bits & 1 for member in members) else "zip"


def _damaged(data: bytes) -> str:
    """Tell what a zip container was whose directory, which stands at its end, is missing."""
    if b"word/document.xml" in data:
        return "damaged-docx"
    return "damaged-xlsx" if b"xl/workbook.xml" in data else "damaged-zip"
