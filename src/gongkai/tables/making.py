"""Which table is made from what: by name, for files and for the command."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from gongkai.errors import InvalidValue
from gongkai.model._rowing import register
from gongkai.tables.table import Table
from gongkai.tables.vocabulary import Column, facts_of, table_names

__all__ = ["columns", "make"]

#: The table that a thing is, where none is named.
_USUAL: Final = {
    "Plan": "tasks",
    "Alignment": "links",
    "Diff": "diff",
    "Coverage": "coverage",
    "History": "history",
    "Consolidation": "consolidation",
    "Merge": "decisions",
    "Directory": "organs",
}


def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table, with their types, heads and meanings.

    Raises:
        InvalidValue: there is no such table.

    >>> from gongkai import tables
    >>> [column.name for column in tables.columns("ties")]
    ['source', 'target', 'kind', 'strength', 'score']
    """
    return facts_of(table).columns


def make(thing: object, table: str | None = None) -> Table[object]:
    """Return a table of a thing by the table's name.

    Args:
        thing: a plan, alignment, diff, coverage, history, consolidation, merge or directory; or a list of
            several of one class, but for directories; or a table, which is returned.
        table: the name of the table, as ``assignments``; without it the one that says most: ``tasks`` of
            plans, ``links`` of alignments, ``decisions`` of merges, ``organs`` of a directory, else the table
            of the thing's own name.

    Raises:
        InvalidValue: there is no such table, or none is made from such a thing.

    >>> from gongkai import Plan, Task, tables
    >>> tables.make(Plan("要点", [Task("公开目录。")]), "deadlines")
    <Table deadlines · 23 columns>
    """
    kind = _kind(thing)
    if kind == "Table" and table is None:
        return cast("Table[object]", thing)
    fitting = [name for name in table_names() if facts_of(name).of == kind]
    if not fitting:
        raise InvalidValue("tables.make", "thing", thing, f"a {', '.join(_USUAL)}, or several of one class")
    name = _USUAL[kind] if table is None else table
    if name not in fitting:
        raise InvalidValue("tables.make", "table", name, f"one of {', '.join(fitting)}")
    function = cast("Callable[[object], Table[object]]", getattr(import_module("gongkai.tables"), name))
    return function(thing)


def _kind(thing: object) -> str:
    """Return the name of the class of a thing, or of the first of several."""
    if type(thing) in {list, tuple}:
        return type(next(iter(cast("list[object]", thing)), None)).__name__
    return type(thing).__name__


register(make)
