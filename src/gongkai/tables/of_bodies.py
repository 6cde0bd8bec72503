"""Tables of the directory: organs, functions, what became of organs."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.directory import Directory
from gongkai.tables.rows import FunctionRow, OrganRow, SuccessionRow
from gongkai.tables.table import Table

__all__ = ["functions", "organs", "successions"]


def organs(directory: Directory | None = None) -> Table[OrganRow]:
    """Return a table of the organs of a directory; ``id`` joins with ``department_id`` of assignments.

    Args:
        directory: the directory; the shipped one without it.

    >>> from gongkai import tables
    >>> row = next(row for row in tables.organs() if row["id"] == "finance-bureau")
    >>> row["name"], row["kind"]
    ('区财政局', 'organ')
    """
    found = directory or Directory.default()
    return Table("organs", lambda: _organ_rows(found))


def _organ_rows(directory: Directory) -> Iterator[OrganRow]:
    for organ in directory.organs:
        yield {
            "id": organ.id,
            "name": organ.name,
            "kind": organ.kind.value,
            "full_name": organ.full_name,
            "aliases": [name for name in organ.names if name != organ.name],
            "levels": [level.value for level in organ.levels],
            "since": organ.since,
            "until": organ.until,
            "functions": list(organ.functions),
            "areas": [area.name for area in organ.areas],
            "within": organ.within,
            "confidence": organ.confidence,
        }


def functions(directory: Directory | None = None) -> Table[FunctionRow]:
    """Return a table of what departments do; ``id`` joins with ``functions`` of assignments and organs.

    Args:
        directory: the directory; the shipped one without it.

    >>> from gongkai import tables
    >>> next(row["name"] for row in tables.functions() if row["id"] == "open-government")
    '政务公开与政府信息公开'
    """
    found = directory or Directory.default()
    return Table("functions", lambda: _function_rows(found))


def _function_rows(directory: Directory) -> Iterator[FunctionRow]:
    for function in directory.all_functions:
        yield {
            "id": function.id,
            "name": function.name,
            "english": function.english,
            "domain": function.domain,
            "parent": function.parent,
        }


def successions(directory: Directory | None = None) -> Table[SuccessionRow]:
    """Return a table of the steps from an organ to one that follows it: reforms, renamings.

    Args:
        directory: the directory; the shipped one without it.

    >>> from gongkai import tables
    >>> sorted({row["kind"] for row in tables.successions()})
    ['combined', 'merged', 'renamed', 'split', 'transferred']
    """
    found = directory or Directory.default()
    return Table("successions", lambda: _succession_rows(found))


def _succession_rows(directory: Directory) -> Iterator[SuccessionRow]:
    for step in directory.successions:
        yield {
            "predecessor": step.predecessor,
            "successor": step.successor,
            "kind": step.kind.value,
            "on": step.on,
            "functions": list(step.functions),
            "areas": list(step.areas),
            "confidence": step.confidence,
        }
