"""What departments do, there and then: for the table of assignments."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import final

from gongkai.directory import Directory
from gongkai.model import Plan

__all__ = ["Doing"]


@final
class Doing:
    """Tells the functions of departments by their ids, and keeps what it told."""

    def __init__(self, directory: Directory | None) -> None:
        self._given = directory
        self._told: dict[tuple[str, int | None], list[str]] = {}

    @cached_property
    def _directory(self) -> Directory:
        return self._given or Directory.default()

    @cached_property
    def _organs(self) -> frozenset[str]:
        return frozenset([organ.id for organ in self._directory.organs])

    def functions(self, plan: Plan, id_: str | None) -> list[str]:
        """Return the ids of what a department did in the plan's year; nothing for a collective."""
        if id_ is None:
            return []
        key = (id_, plan.year)
        if key not in self._told:
            on = None if plan.year is None else date(plan.year, 7, 1)
            found = self._directory.functions(id_, on=on) if id_ in self._organs else ()
            self._told[key] = [each.id for each in found]
        return list(self._told[key])
