"""What container a document is in, told from its bytes alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from gongkai._refusals import refused_as
from gongkai.errors import ReadError
from gongkai.reading.containers.encodings import wide_encoding
from gongkai.reading.containers.packages import sort_of_ole, sort_of_zip
from gongkai.reading.grammar import table

__all__ = ["is_page", "refusal", "sort_of"]

_HEAD: Final = 4096
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
#: The containers that modules of this room read.
_READ: Final = frozenset(("text", "html", "docx", "xlsx", "pdf", "mail"))

#: A PDF may have other bytes before its header, but no text in the same line (ISO 32000-1, annex H.3.4.1).
_PDF: Final = re.compile(rb"(?:\A\s*(?:\xef\xbb\xbf)?|[\r\n])%PDF-\d\.\d")

#: How the fields of a mail or a saved page (RFC 5322, RFC 2557) begin, and the field that says it is one.
_FIELD: Final = re.compile(
    r"(?:from|to|cc|date|subject|mime-version|content-(?:type|location|transfer-encoding)|message-id|received|"
    r"return-path|delivered-to|snapshot-content-location|sender|reply-to|x-[\w-]+) ?:",
    re.IGNORECASE,
)
_MIME: Final = re.compile(r"^(?:mime-version *:|content-type *: *multipart/)", re.IGNORECASE | re.MULTILINE)

#: What may stand before the first tag of a page: comments, an XML declaration.
_BEFORE: Final = re.compile(r"\s*(?:<!--.*?-->|<\?.*?\?>|\ufeff)", re.DOTALL)
#: The first tag of a page or of a piece of one: an element of HTML, and nothing else in angle brackets.
_TAG: Final = re.compile(
    r"\s*<(?:!doctype\s+html\b|(?:html|head|meta|title|base|link|style|script|noscript|body|header|nav|main|article|"
    r"section|aside|footer|div|h[1-6]|p|br|hr|pre|blockquote|ul|ol|li|dl|dt|dd|table|caption|colgroup|col|thead|tbody|"
    r"tr|th|td|form|iframe|img|center|font|span|strong|b|i|u|em|a|o:p)(?=[\s/>]))",
    re.IGNORECASE,
)
_XML: Final = re.compile(r"\s*<\?xml\b", re.IGNORECASE)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: Office documents in one XML file name their program.
_PROGRAMS: Final = (
    ("word-xml", re.compile(r'progid="Word\.Document"|<w:wordDocument\b|<pkg:package\b', re.IGNORECASE)),
    ("excel-xml", re.compile(r'progid="Excel\.Sheet"', re.IGNORECASE)),
)


def sort_of(data: bytes, origin: str) -> str:
    """Return the name of the container: ``text``, ``html``, ``docx``, ``xlsx``, ``pdf`` or ``mail``.

    The name of a file is never asked: it is wrong too often.

    Raises:
        ReadError: it is a container that is not read, or no document at all.
    """
    sort = _told(data)
    if sort not in _READ:
        raise refusal(sort, origin)
    return sort


def is_page(text: str) -> bool:
    """Tell whether text in hand is a web page or a piece of one.

    >>> from gongkai.reading.containers.signatures import is_page
    >>> is_page("<html><body><p>一、公开</p>"), is_page("一、公开<b>目录</b>")
    (True, False)
    """
    return _told_from_text(text[:_HEAD], text[-256:].encode("ascii", "ignore")) == "html"


def refusal(sort: str, origin: str) -> ReadError:
    """Return the error for a document in a container that is not read (``grammar/containers.toml``)."""
    return refused_as(origin, table("containers")[sort])


def _told(data: bytes) -> str:
    if not data:
        return "empty"
    if data.startswith(b"PK") and data[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return sort_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1"):
        return sort_of_ole(data)
    if _PDF.search(data, 0, 1024):
        return "pdf"
    for name, at, begins in _signatures():
        if data.startswith(begins, at):
            return name
    head = _head(data)
    if head is None:
        return "binary"
    return _told_from_text(head, data)


@cache
def _signatures() -> tuple[tuple[str, int, tuple[bytes, ...]], ...]:
    rows = table("containers").items()
    return tuple(
        (name, row.get("at", 0), tuple(bytes.fromhex(begins) for begins in row["begins"]))
        for name, row in rows
        if "begins" in row
    )


def _head(data: bytes) -> str | None:
    """Return how a text begins, good for looking for ASCII characters only; None for data."""
    head = data[:_HEAD]
    wide = wide_encoding(head)
    if wide is not None:
        return head.decode(wide, "ignore")
    if sum(byte in _CONTROLS for byte in head) > len(head) // 50:
        return None
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _told_from_text(head: str, data: bytes) -> str:
    at = 0
    while before := _BEFORE.match(head, at):
        at = before.end()
    if _TAG.match(head, at):
        return "html"
    for name, program in _PROGRAMS:
        if at and program.search(head):
            return name
    if _XML.match(head):
        return "html" if _PAGE.search(head) else "xml"
    if _FIELD.match(head) and _MIME.search(head.split("\r\n\r\n", 1)[0].split("\n\n", 1)[0]):
        return "mail"
    # Some savers put a line of their own before the page.
    if _PAGE.search(head, 0, 1024) and b"</html>" in data[-256:].lower():
        return "html"
    return "text"
