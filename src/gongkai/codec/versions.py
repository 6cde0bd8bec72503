"""The versions of the schema, and the steps from each to the next.

A schema's version changes when files of the new one cannot be read by the rules of the old one. The steps
are kept for good: every file that a released gongkai ever wrote keeps loading.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

__all__ = ["MIGRATIONS", "SCHEMA", "migrated"]

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

#: The version that this gongkai writes.
SCHEMA: Final = 1

#: For each older version, the function that turns its data (a whole file) into those of the next version. It
#: is pure: it returns new data, and leaves alone what it does not know, so that the reading can say what is
#: wrong with it.
MIGRATIONS: Final[dict[int, Migration]] = {}


def migrated(data: dict[str, Any], version: int) -> dict[str, Any]:
    """Return a file's data in the present version of the schema.

    Raises:
        KeyError: no step leads on from some version.
    """
    while version != SCHEMA:
        data = MIGRATIONS[version](data)
        version += 1
    return data
