"""A table of matters as plain values, for JSON."""

from __future__ import annotations

from typing import Final, TypedDict

from gongkai.errors import InvalidValue
from gongkai.merging import Agreement, Bond, Cell, Consolidation, Matter, Summary
from gongkai.model import Plan
from gongkai.views._links import LinkRecord, link_record
from gongkai.views._records import TaskRecord, task_records

__all__ = [
    "AgreementRecord",
    "BondRecord",
    "CampRecord",
    "CellRecord",
    "ConsolidationRecord",
    "MatterRecord",
    "PlanRecord",
    "consolidation_record",
]

#: The version of the record; it changes when something is named otherwise or means something else.
_VERSION: Final = 1


class PlanRecord(TypedDict):
    """One of the plans."""

    column: str
    title: str
    year: int | None
    division: str | None
    issuer: str | None


class CampRecord(TypedDict):
    """Plans that say the same."""

    says: str
    columns: list[str]


class AgreementRecord(TypedDict):
    """Whether plans agree: ``same``, ``mostly``, ``divided``, ``single`` or ``none``."""

    kind: str
    camps: list[CampRecord]
    outliers: list[str]


class CellRecord(TypedDict):
    """What one plan says of a matter; ``partial`` are the keys of tasks that share a part of it."""

    column: str
    presence: str
    tasks: list[TaskRecord]
    by_when: str
    partial: list[str]


class BondRecord(LinkRecord):
    """A link between tasks of two plans, and what the plans are called."""

    old_column: str
    new_column: str


class MatterRecord(TypedDict):
    """One matter."""

    number: int
    key: str
    name: str
    section: str
    text: str
    score: float
    plans: int
    departments: AgreementRecord
    deadlines: AgreementRecord
    cells: list[CellRecord]


class ConsolidationRecord(TypedDict):
    """A table of matters. ``consolidation`` is the version of this form."""

    consolidation: int
    plans: list[PlanRecord]
    summary: Summary
    matters: list[MatterRecord]
    links: list[BondRecord]


def consolidation_record(table: Consolidation) -> ConsolidationRecord:
    """Return a table of matters as plain values: the plans, counts, each matter with its tasks and links.

    Raises:
        InvalidValue: it is no table of matters.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> table = gongkai.consolidate([Plan("澄湖区2024年要点", [Task("公开预决算。", label="1.")])])
    >>> record = consolidation_record(table)
    >>> record["consolidation"], [matter["key"] for matter in record["matters"]]
    (1, ['澄湖区:1'])
    """
    if type(table) is not Consolidation:
        raise InvalidValue("consolidation_record", "table", table, "a Consolidation")
    pairs = list(zip(table.plans, table.columns, strict=True))
    tasks = {(column, task["key"]): task for plan, column in pairs for task in task_records(plan)}
    return {
        "consolidation": _VERSION,
        "plans": [_plan(plan, column) for plan, column in pairs],
        "summary": table.summary(),
        "matters": [_matter(row, number, tasks) for number, row in enumerate(table.rows, 1)],
        "links": [_bond(bond) for bond in dict.fromkeys([bond for row in table for bond in row.bonds])],
    }


_Tasks = dict[tuple[str, str | None], TaskRecord]


def _plan(plan: Plan, column: str) -> PlanRecord:
    return {
        "column": column,
        "title": plan.title,
        "year": plan.year,
        "division": plan.division.name if plan.division is not None else None,
        "issuer": plan.issuer,
    }


def _matter(row: Matter, number: int, tasks: _Tasks) -> MatterRecord:
    return {
        "number": number,
        "key": row.key,
        "name": row.name,
        "section": row.section,
        "text": row.text,
        "score": row.score,
        "plans": row.having,
        "departments": _agreement(row.departments),
        "deadlines": _agreement(row.deadlines),
        "cells": [_cell(cell, tasks) for cell in row.cells],
    }


def _agreement(agreement: Agreement) -> AgreementRecord:
    return {
        "kind": agreement.kind.value,
        "camps": [{"says": camp.says, "columns": list(camp.columns)} for camp in agreement.camps],
        "outliers": list(agreement.outliers),
    }


def _cell(cell: Cell, tasks: _Tasks) -> CellRecord:
    return {
        "column": cell.column,
        "presence": cell.presence.value,
        "tasks": [tasks[cell.column, task.key] for task in cell.tasks],
        "by_when": cell.by_when,
        "partial": [task.key or "" for task in cell.partial],
    }


def _bond(bond: Bond) -> BondRecord:
    return {
        **link_record(bond.link),
        "old_column": bond.old_column,
        "new_column": bond.new_column,
    }
