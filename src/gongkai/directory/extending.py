"""Users' own tables on top of a directory: later rows win."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from gongkai.directory import tables
from gongkai.directory.checking import Table, problems_of, read_table
from gongkai.directory.directory import Directory
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.plugins import PluginKind, named, plugins

__all__ = ["added", "extended"]

T = TypeVar("T", bound=attrs.AttrsInstance)

#: The columns of codes of document numbers, which are one attribute.
_CODES = frozenset(["government_codes", "office_codes", "party_codes"])


def extended(base: Directory, files: Sequence[str | PathLike[str]]) -> Directory:
    """Return a directory with further tables; see :meth:`Directory.extended`."""
    paths = [Path(file) for file in files]
    found = [read_table(path) for path in paths]
    problems = [
        Problem(f"{path.name}, line {each.line}" + (f", {each.column}" if each.column else ""), each.en)
        for path, wrong in zip(paths, problems_of(found, base), strict=True)
        for each in wrong
        if each.grave
    ]
    if problems:
        raise LoadError(problems)
    for path, table in zip(paths, found, strict=True):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        base = _with(base, table, f"{base.version}+{path.stem}.{digest}")
    return base


def added(base: Directory, name: str) -> Directory:
    """Return a directory with what a plug-in adds; see :meth:`Directory.named`."""

    def call(loaded: object) -> Directory | None:
        made = cast("Callable[[Directory], object]", loaded)(base) if callable(loaded) else None
        return made if isinstance(made, Directory) else None

    found = named(PluginKind.DIRECTORY, name, call)
    if found is None:
        known = [plugin.name for plugin in plugins(PluginKind.DIRECTORY)]
        expected = f"one of {', '.join(known)}" if known else "the name of a plug-in"
        raise InvalidValue("Directory", "named", name, expected)
    return found


def _with(base: Directory, table: Table, version: str) -> Directory:
    """Return the directory with the rows of one table that is in order."""
    rows = [row for _, row in table.rows]

    def merged(entries: Sequence[T], read: Callable[[tables.Row], T], *key: str) -> tuple[T, ...]:
        return _merged(entries, [read(row) for row in rows], table.columns, key)

    match table.name:
        case "organs":
            organs = merged(base.organs, tables.as_organ, "id")
            layer = max(base.layers.values(), default=0) + 1
            layers = {**base.layers, **{row["id"]: layer for row in rows}}
            return attrs.evolve(base, organs=organs, layers=layers, version=version)
        case "functions":
            functions = merged(base.all_functions, tables.as_function, "id")
            return attrs.evolve(base, all_functions=functions, version=version)
        case "successions":
            steps = merged(base.successions, tables.as_succession, "predecessor", "successor", "on")
            return attrs.evolve(base, successions=steps, version=version)
        case "collectives":
            collectives = merged(base.collectives, tables.as_collective, "id")
            return attrs.evolve(base, collectives=collectives, version=version)
        case "divisions":
            divisions = merged(base.divisions, tables.as_division, "code")
            facts = merged(tuple(base.facts.values()), tables.as_facts, "code")
            by_code = {each.code: each for each in facts}
            return attrs.evolve(base, divisions=divisions, facts=by_code, version=version)
        case _:
            sources = {**base.sources, **{row["id"]: row["text"] for row in rows}}
            return attrs.evolve(base, sources=sources, version=version)


def _merged(
    entries: Sequence[T], later: Sequence[T], columns: Sequence[str], key: Sequence[str]
) -> tuple[T, ...]:
    """Put later entries in the place of those with the same key; what they have no column for stays."""

    def key_of(entry: T) -> tuple[object, ...]:
        return tuple([getattr(entry, name) for name in key])

    known = {key_of(entry): entry for entry in entries}
    given = {*columns, *(["codes"] if _CODES.intersection(columns) else [])}
    for entry in later:
        before = known.get(key_of(entry))
        if before is None:
            known[key_of(entry)] = entry
            continue
        names = [field.name for field in attrs.fields(type(entry)) if field.name in given]
        changes: dict[str, Any] = {name: getattr(entry, name) for name in names}
        known[key_of(entry)] = cast(T, attrs.evolve(cast(Any, before), **changes))
    return tuple(known.values())
