"""Where plans, and what is found about them, ask to be made tables; and what the rows of tasks are.

One maker is registered for the whole library, as for display: the model imports no table, it knows the name
of the room that registers the maker, and that room is imported when a table is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Final, Protocol, TypeAlias, TypedDict, cast

__all__ = ["PlanColumns", "Tabular", "TaskRow", "register", "task_rows"]


class PlanColumns(TypedDict):
    """Of which plan a row is: these columns come first in every table of plans."""

    plan_number: int
    title: str
    year: int | None
    division: str | None
    division_code: str | None
    issuer: str | None
    document_number: str | None
    digest: str | None
    origin: str | None


class TaskRow(PlanColumns):
    """One task or part, flat, with its own departments and deadlines, never those of its parts."""

    position: int
    key: str
    label: str | None
    part_of: str | None
    section_key: str | None
    section: str
    path: list[str]
    text: str
    lead: list[str]
    responsible: list[str]
    cooperate: list[str]
    support: list[str]
    guide: list[str]
    departments: list[str]
    severally: bool
    open: bool
    inherited: bool
    deadlines: list[str]
    due: date | None
    span_start: int | None
    span_end: int | None


class _Table(Protocol):
    def to_rows(self) -> list[object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Maker: TypeAlias = Callable[[object], _Table]

_maker: Maker | None = None
#: The room that registers the maker when it is imported.
_PROVIDER: Final = "gongkai.tables"


def register(maker: Maker) -> None:
    """Make ``maker(thing)`` give the table that says most of a thing."""
    global _maker  # noqa: PLW0603 - one registration for the process
    _maker = maker


def _table(thing: object) -> _Table:
    if _maker is None:
        import_module(_PROVIDER)
    return cast("Maker", _maker)(thing)


def task_rows(plan: object) -> list[TaskRow]:
    """Return the tasks of a plan as rows."""
    return cast("list[TaskRow]", _table(plan).to_rows())


class Tabular:
    """Gives a class to whatever knows the Arrow PyCapsule protocol, as the table that says most of it."""

    __slots__ = ()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return _table(self).__arrow_c_stream__(requested_schema)
