"""What tables are made from: one thing, several, or an iterator of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar, cast

from gongkai.errors import InvalidValue
from gongkai.model import Plan
from gongkai.model._rowing import PlanColumns
from gongkai.tables.table import Once, Table

__all__ = ["Plans", "plan_columns", "plan_table", "table_of"]

Plans: TypeAlias = Plan | Iterable[Plan]
"""A plan, several plans, or an iterator of plans, which is read as the rows are taken."""

R = TypeVar("R")
T = TypeVar("T")


def table_of(
    name: str, kind: type[T], given: T | Iterable[T], rows: Callable[[int, T], Iterator[R]]
) -> Table[R]:
    """Return a table of the rows that each thing has; ``rows`` gets its number, from 1, and the thing.

    Raises:
        InvalidValue: it is neither such a thing nor several.
    """
    if isinstance(given, kind):
        return Table(name, lambda: rows(1, given))
    if not isinstance(given, Iterable) or isinstance(given, (str, bytes)):
        raise InvalidValue(f"tables.{name}", kind.__name__.lower(), given, f"a {kind.__name__}, or several")
    several = cast("Iterable[T]", given)

    def make() -> Iterator[R]:
        for number, thing in enumerate(several, 1):
            if not isinstance(cast(object, thing), kind):
                raise InvalidValue(f"tables.{name}", f"[{number - 1}]", thing, f"a {kind.__name__}")
            yield from rows(number, thing)

    return Table(name, Once(name, make()) if isinstance(given, Iterator) else make)


def plan_table(name: str, plans: Plans, rows: Callable[[PlanColumns, Plan], Iterator[R]]) -> Table[R]:
    """Return a table of the rows that each plan has; ``rows`` gets the columns of the plan, and the plan."""
    return table_of(name, Plan, plans, lambda number, plan: rows(plan_columns(number, plan), plan))


def plan_columns(number: int, plan: Plan) -> PlanColumns:
    """Return the columns that say of which plan a row is."""
    division, source, document_number = plan.division, plan.source, plan.record.document_number
    return {
        "plan_number": number,
        "title": plan.title,
        "year": plan.year,
        "division": None if division is None else division.name,
        "division_code": None if division is None else division.code,
        "issuer": plan.issuer,
        "document_number": None if document_number is None else str(document_number),
        "digest": None if source is None else source.digest,
        "origin": None if source is None else source.origin,
    }
