"""From a file to a text: one module a container, each with ``extract(data, origin) -> Extract``.

The container is found from the bytes, never from the name. Readers that other packages add are asked where
gongkai knows no container: what it would refuse, and what is plain text to it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, NamedTuple, cast

from gongkai.errors import ReadError
from gongkai.reading.containers.added import extract_added, extract_text_added, noting
from gongkai.reading.containers.signatures import is_page, refusal, sort_of
from gongkai.reading.extract import Extract

__all__ = ["extract", "extract_text"]


class Container(NamedTuple):
    """A container and the module that opens it."""

    sort: str
    module: str


#: The containers that are read; what else :func:`sort_of` tells is refused there, with what to do.
CONTAINERS: Final = (
    Container("text", "text"),
    Container("html", "html"),
    Container("docx", "docx"),
    Container("xlsx", "xlsx"),
    Container("pdf", "pdf"),
    Container("mail", "mail"),
)


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of a document and what its container says beyond it.

    Args:
        data: the bytes of the document.
        origin: the name that an error gives it.

    Raises:
        ReadError: the bytes are no document that can be read.
        MissingExtra: reading this container needs a library that is not installed.
        PluginError: a reader of another package failed on what gongkai itself cannot read.
    """
    try:
        sort = sort_of(data, origin)
    except ReadError:
        came = extract_added(data, origin) if data else None
        if came is None:
            raise
        return came
    if sort == "text":
        return _extract_plain(data, origin)
    return _opened(sort, data, origin)


def _extract_plain(data: bytes, origin: str) -> Extract:
    came, failed = extract_text_added(data, origin)
    if came is not None:
        return came
    came = _opened("text", data, origin)
    return noting(came, failed) if failed else came


def _opened(sort: str, data: bytes, origin: str) -> Extract:
    module = next((container.module for container in CONTAINERS if container.sort == sort), None)
    if module is None:
        raise refusal(sort, origin)
    opened = import_module(f"{__name__}.{module}")
    return cast("Callable[[bytes, str], Extract]", opened.extract)(data, origin)


def extract_text(text: str, origin: str) -> Extract:
    """Return the text of a file that was opened in text mode: a page is read as one, all else as it stands.

    Raises:
        ReadError: it is a web page nested as no document is.
        MissingExtra: it is a web page, and the library that parses pages is not installed.
    """
    if not is_page(text):
        return Extract(text)
    from gongkai.reading.containers.html import extract_page

    return extract_page(text, origin)
