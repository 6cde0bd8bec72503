"""What container a document is in, told from its bytes; what is not read says what it is and what to do."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

import gongkai
from gongkai import ReadError
from gongkai.reading.containers.signatures import sort_of
from gongkai.reading.grammar import table

TEXT = "澄湖区2024年政务公开工作要点\n一、公开\n1.公开甲目录。（区甲局负责）\n"


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"<x/>" * 500)
    return file.getvalue()


def ole(*streams: str) -> bytes:
    """The header of an OLE file and its directory, an entry a stream."""
    entries = [f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(entries)


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
MAIL = b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>"
SORTS: dict[str, tuple[bytes, str]] = {
    "text": (TEXT.encode(), "text"),
    "text in GBK": (TEXT.encode("gbk"), "text"),
    "text in UTF-16": (TEXT.encode("utf-16-le"), "text"),
    "blanks": (b"\n\n", "text"),
    "text that names tags": ("用<html>和<p>标记。\n<html>".encode(), "text"),
    "text that begins with a bracket": ("<通知>各单位：".encode(), "text"),
    "a title in angle brackets": (b"<list page>", "text"),
    "text with a colon": (b"Date: 2024-05-01\nSubject: plan\n\n1. x", "text"),
    "JSON": (b'[{"title": "<html>"}]', "text"),
    "BM": (b"BM25 and GIF are words, as PDF is: %PDF-1.7", "text"),
    "page": (b"\n <!DOCTYPE html>\n<html><body>", "html"),
    "page without doctype": ("\ufeff<HTML lang=zh>".encode(), "html"),
    "page in UTF-16": ("<html><body><p>公开。</p>".encode("utf-16"), "html"),
    "page in UTF-16 without a mark": ("<html><body><p>公开。</p>".encode("utf-16-le"), "html"),
    "page in XML": (b'<?xml version="1.0"?>\n<!-- saved -->\n<html xmlns="x">', "html"),
    "page below a comment": (b"<!-- a --><!-- b -->\n<div id=1>", "html"),
    "page below a line of its own": (b"saved from somewhere\n<html><body>x</body></html>\n", "html"),
    "piece of a page": ('<p class="x">一、公开</p>'.encode(), "html"),
    "table of a page": (b"<table><tr><td>1", "html"),
    "docx": (DOCX, "docx"),
    "docx with another main file": (zipped("[Content_Types].xml", "word/document2.xml"), "docx"),
    "xlsx": (XLSX, "xlsx"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "pdf with bytes before": (b"\0\x01junk\r\n%PDF-1.4\n", "pdf"),
    "mail": (MAIL, "mail"),
}
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "empty", "fetch"),
    "doc": (ole("1Table", "WordDocument"), "doc, wps", "docx"),
    "xls": (ole("Workbook"), "xls, et", "xlsx"),
    "older xls": (ole("Book"), "xls, et", "xlsx"),
    "ppt": (ole("PowerPoint Document"), "ppt, dps", "PDF"),
    "locked docx": (ole("EncryptionInfo", "EncryptedPackage"), "password", "take the password away"),
    "other OLE": (ole("Contents"), "OLE", "docx"),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD", "OFD reader"),
    "odt": (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"), "odt", "docx"),
    "ods": (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods", "xlsx"),
    "odp": (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.presentation"), "odp", "PDF"),
    "epub": (zipped("x.opf", mimetype=b"application/epub+zip"), "epub", "docx"),
    "pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx", "PDF"),
    "xlsb": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb", "xlsx"),
    "zip": (zipped("附件1.docx", "附件2.docx"), "zip archive", "unpack"),
    "empty zip": (zipped(), "zip archive", "unpack"),
    "damaged docx": (DOCX[:-50], "damaged docx", "fetch"),
    "damaged xlsx": (XLSX[:-30], "damaged xlsx", "fetch"),
    "damaged zip": (b"PK\x03\x04" + bytes(60), "damaged zip", "fetch"),
    "rtf": (b"{\\rtf1\\ansi", "rtf", "docx"),
    "Word in XML": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:x>',
        "Word",
        "docx",
    ),
    "Excel in XML": (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "Excel", "xlsx"),
    "XML": (b'<?xml version="1.0"?>\n<rss/>', "XML", "docx"),
    "ceb": (b"Founder CEB 3.0\0", "CEB", "PDF"),
    "caj": (b"CAJ\0\0\0", "CAJ", "PDF"),
    "PostScript": (b"%!PS-Adobe-3.0", "PostScript", "PDF"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture", "OCR"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "picture", "OCR"),
    "TIFF": (b"II*\0\x08\0", "picture", "OCR"),
    "WebP": (b"RIFF\0\0\0\0WEBPVP8 ", "picture", "OCR"),
    "HEIC": (b"\0\0\0\x18ftypheic", "picture", "OCR"),
    "rar": (b"Rar!\x1a\x07\x01\0", "rar", "unpack"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "7z", "unpack"),
    "gzip": (b"\x1f\x8b\x08\0", "compressed", "unpack"),
    "tar": (b"a.docx".ljust(257, b"\0") + b"ustar\x0000", "tar", "unpack"),
    "program": (b"\x7fELF" + bytes(range(32)) * 8, "binary data", "docx"),
}


@pytest.mark.parametrize("name", SORTS)
def test_the_container_is_told_from_the_bytes(name: str) -> None:
    data, sort = SORTS[name]
    assert sort_of(data, "bytes") == sort


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_says_what_it_is_and_what_to_do(name: str) -> None:
    data, reason, hint = REFUSED[name]
    with pytest.raises(ReadError) as caught:
        gongkai.read(data)
    assert reason in caught.value.reason
    assert hint in caught.value.hint
    assert caught.value.origin == "bytes"


def test_a_locked_zip_says_so() -> None:
    data = bytearray(zipped("a.docx"))
    data[6] |= 1  # the flag of an encrypted member, in its own header and in the directory
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReadError, match="zip archive protected by a password"):
        gongkai.read(bytes(data))


def test_the_name_of_a_file_is_never_asked(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_text(TEXT, encoding="utf-8")
    assert gongkai.read(path) == gongkai.parse(TEXT)
    path.write_bytes(b"Rar!\x1a\x07\x01\0")
    with pytest.raises(ReadError, match=r"plan\.pdf: this is a rar archive"):
        gongkai.read(path)


def test_every_row_says_what_it_is_and_what_to_do() -> None:
    for row in table("containers").values():
        assert row["reason"]["en"].startswith(("this is ", "this Office document is ", "the file is "))
        assert row["hint"]["en"]


@pytest.mark.parametrize("name", SORTS)
def test_a_beginning_tells_or_is_refused(name: str) -> None:
    """Whatever the length at which a file was cut off, it is one container or one clear error."""
    data, _ = SORTS[name]
    for length in range(0, len(data), max(1, len(data) // 40)):
        with suppress(ReadError):
            assert sort_of(data[:length], "bytes") in {"text", "html", "docx", "xlsx", "pdf", "mail"}
