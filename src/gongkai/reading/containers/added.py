"""Readers that other packages add, for containers that gongkai does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import cast

from gongkai._refusals import refused
from gongkai.errors import GongkaiError, MissingExtra, PluginError, ReadError
from gongkai.plugins import Plugin, PluginKind, plugins
from gongkai.reading.extract import Extract
from gongkai.reading.findings import finding

__all__ = ["extract_added", "extract_text_added", "noting"]


def extract_added(data: bytes, origin: str) -> Extract | None:
    """Return what the first reader gives that knows the bytes; None where none does.

    Raises:
        PluginError: a reader fails, or gives what is no sound extract.
        ReadError: a reader knows the bytes, and cannot read them.
        MissingExtra: a reader needs a library that is not installed.
    """
    for plugin in plugins(PluginKind.READER):
        came = _asked(plugin, data, origin)
        if came is not None:
            return came
    return None


def extract_text_added(data: bytes, origin: str) -> tuple[Extract | None, tuple[PluginError, ...]]:
    """Do the same for text, which is read whatever becomes of a plug-in: what failed is returned."""
    failed: list[PluginError] = []
    for plugin in plugins(PluginKind.READER):
        try:
            came = _asked(plugin, data, origin)
        except PluginError as error:
            failed.append(error)
        else:
            if came is not None:
                return noting(came, failed), ()
    return None, tuple(failed)


def noting(came: Extract, failed: Sequence[PluginError]) -> Extract:
    """Return the extract with a finding for each reader that failed."""
    noted = tuple([finding("reader-failed", reason=str(error)) for error in failed])
    return came._replace(findings=(*noted, *came.findings))


def _asked(plugin: Plugin, data: bytes, origin: str) -> Extract | None:
    reader = plugin.load()
    if not callable(reader):
        raise plugin.failed("is no function")
    try:
        came = cast("Callable[[bytes, str], object]", reader)(data, origin)
    except (ReadError, MissingExtra):
        raise
    except GongkaiError as error:
        raise refused(origin, "reader-failed", reason=error, package=plugin.package) from error
    except Exception as error:  # a plug-in may raise anything
        raise plugin.failed(f"failed on {origin} ({type(error).__name__}: {error})") from error
    if came is None:
        return None
    if not isinstance(came, Extract):
        raise plugin.failed(f"gave {type(came).__name__}, not an Extract")
    wrong = next(_faults(came), None)
    if wrong is not None:
        raise plugin.failed(f"gave an Extract in which {wrong}")
    return came


def _faults(came: Extract) -> Iterator[str]:
    """What would make the reader stumble: places outside the text, or out of order."""
    size = len(came.text)

    def apart(name: str, spans: list[tuple[int, int]]) -> Iterator[str]:
        if any(not 0 <= start <= end <= size for start, end in spans):
            yield f"a place of {name} is not in the text"
        if any(first[1] > second[0] for first, second in pairwise(spans)):
            yield f"places of {name} are not in order, or overlap"

    yield from apart("noise", [(each.start, each.end) for each in came.noise])
    yield from apart("tables", [(each.start, each.end) for each in came.tables])
    if any(not 0 <= offset <= size for offset in came.labels):
        yield "a place of labels is not in the text"
    for table in came.tables:
        for cell in table.cells:
            if cell.row < 0 or cell.column < 0 or cell.rows < 1 or cell.columns < 1:
                yield "a cell has no row, no column or no size"
            if any(not table.start <= start <= end <= table.end for start, end in cell.paragraphs):
                yield "a paragraph of a cell is not in its table"
