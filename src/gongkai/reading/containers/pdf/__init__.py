"""PDF with a text layer: lines in reading order, paragraphs over page ends, ruled tables.

PDFium (pypdfium2, extra ``documents``) tells where each character stands; the rest is read from that, since a
PDF knows neither lines nor paragraphs nor tables.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from gongkai._refusals import refused
from gongkai.errors import MissingExtra, ReadError
from gongkai.reading.containers.pdf.bombs import is_bomb
from gongkai.reading.containers.pdf.glyphs import Sheet, read_sheet
from gongkai.reading.containers.pdf.writing import written
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding

__all__ = ["extract"]

#: PDFium is not safe for threads.
_ONE_AT_A_TIME: Final = Lock()
#: A document whose first so many pages have no text is a scan, or empty.
_PATIENCE: Final = 300
#: No plan has more pages or characters.
_MOST_PAGES: Final = 20_000
_MOST_GLYPHS: Final = 20_000_000
#: A document of which more than this share of characters is unknown cannot be read.
_UNREADABLE: Final = 0.3


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of a PDF, with its pages and ruled tables.

    Raises:
        ReadError: it is damaged, behind a password, or a scan without text.
        MissingExtra: pypdfium2 is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra("documents", "reading PDF") from error
    if is_bomb(data):
        raise refused(origin, "pdf-inflates")
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(origin, error) from error
        try:
            sheets = _sheets(document, origin)
            left_out = len(sheets) < len(document) or sheets[-1].cut
        finally:
            document.close()
    found = written(sheets)
    if not left_out:
        return found
    return found._replace(findings=(*found.findings, finding("pages-left-out", page=len(sheets))))


def _refused(origin: str, error: Exception) -> ReadError:
    if "password" in str(error).lower() or getattr(error, "err_code", None) == 4:
        return refused(origin, "pdf-password")
    return refused(origin, "pdf-damaged")


def _without_text(origin: str, pages: int, pictures: bool) -> ReadError:
    if pictures:
        return refused(origin, "pdf-scan")
    return refused(origin, "pdf-empty-page" if pages == 1 else "pdf-empty", pages=pages)


def _sheets(document: Any, origin: str) -> list[Sheet]:
    """Return the pages of a document."""
    import pypdfium2

    sheets: list[Sheet] = []
    glyphs = 0
    count = len(document)
    for at in range(min(count, _MOST_PAGES)):
        try:
            page = document[at]
        except pypdfium2.PdfiumError:
            continue
        try:
            sheets.append(read_sheet(page, at + 1))
        finally:
            page.close()
        glyphs += len(sheets[-1].glyphs)
        if (not glyphs and at >= _PATIENCE) or glyphs > _MOST_GLYPHS or sheets[-1].cut:
            break
    if not sheets:
        raise _refused(origin, ValueError("no pages"))
    if not glyphs:
        raise _without_text(origin, count, any(sheet.pictures for sheet in sheets))
    unknown = sum(sheet.unmapped for sheet in sheets)
    if unknown > _UNREADABLE * glyphs:
        raise refused(origin, "pdf-fonts")
    return sheets
