"""Pages saved as one file (.mht) and mails (.eml): the page or the text in them (RFC 2045, RFC 2557)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Final, TypeAlias

import attrs

from gongkai._refusals import refused
from gongkai.reading.containers.encodings import decoded
from gongkai.reading.containers.html import extract_page
from gongkai.reading.containers.html.record import title_of
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding

__all__ = ["extract"]

_Part: TypeAlias = "Message[str, str]"

#: Parts may stand in parts, and each line is compared with the boundaries of all; mails nest two or three.
_MOST_BOUNDARIES: Final = 50
_BOUNDARY: Final = re.compile(rb"\bboundary\b", re.IGNORECASE)
#: Parts that belong to a page and hold no text of it.
_BESIDE: Final = (
    "image/",
    "font/",
    "audio/",
    "video/",
    "text/css",
    "text/javascript",
    "application/javascript",
)


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of the first page in a file of parts, or of the first text where there is no page.

    Other parts that may hold text, as frames and attached documents do, are left out, with a finding.

    Raises:
        ReadError: there is neither, or the parts are damaged.
        MissingExtra: it is a page, and the library that parses pages is not installed.
    """
    whole, parts = _parts(data, origin)
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    part = page or next((part for part in parts if part.get_content_type() == "text/plain"), None)
    content = None if part is None else part.get_payload(decode=True)
    if part is None or not isinstance(content, bytes) or not content.strip():
        raise refused(origin, "mail-empty")
    text, encoding, odd = decoded(content, origin, declared=part.get_content_charset())
    came = Extract(text) if page is None else extract_page(text, origin)
    # A place in the page's source is none in its text.
    findings = [attrs.evolve(item, span=None) for item in odd] if page else list(odd)
    beside = _BESIDE if page is None else (*_BESIDE, "text/plain")  # mails say the same twice
    left = sum(other is not part and not other.get_content_type().startswith(beside) for other in parts)
    if left:
        findings.append(finding("parts-left-out", count=left))
    return came._replace(
        media_type=whole.get_content_type(),
        encoding=encoding,
        title=came.title or title_of(_header(whole, "subject")),
        findings=(*findings, *came.findings),
    )


def _parts(data: bytes, origin: str) -> tuple[_Part, list[_Part]]:
    """Return the whole and its innermost parts, in order."""
    damaged = refused(origin, "mail-damaged")
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise damaged
    try:
        whole = message_from_bytes(data)
        return whole, [part for part in whole.walk() if not part.is_multipart()]
    except (ValueError, LookupError, RecursionError) as error:
        raise damaged from error


def _header(whole: _Part, name: str) -> str:
    """Return a header decoded (RFC 2047); empty where it is missing or damaged."""
    try:
        return str(make_header(decode_header(whole.get(name, ""))))
    except (ValueError, LookupError):
        return ""
