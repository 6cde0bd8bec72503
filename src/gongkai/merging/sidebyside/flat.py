"""A table of matters as flat records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongkai.model import Department

if TYPE_CHECKING:
    from gongkai.merging.sidebyside.consolidation import CellRow, Consolidation

__all__ = ["cell_rows"]


def cell_rows(table: Consolidation) -> list[CellRow]:
    """Return one record for each matter in each plan; see :meth:`Consolidation.to_rows`."""
    return [
        {
            "number": number,
            "matter": row.key,
            "name": row.name,
            "section": row.section,
            "plan_count": row.having,
            "column": cell.column,
            "presence": cell.presence.value,
            "keys": list(cell.keys),
            "text": cell.text,
            "lead": _names(cell.leads),
            "others": _names(cell.others),
            "by_when": cell.by_when,
            "partial": [task.key or "" for task in cell.partial],
            "departments_agreement": row.departments.kind.value,
            "departments_differ": cell.column in row.departments.outliers,
            "deadlines_agreement": row.deadlines.kind.value,
            "deadlines_differ": cell.column in row.deadlines.outliers,
        }
        for number, row in enumerate(table.rows, 1)
        for cell in row.cells
    ]


def _names(bodies: Iterable[Department]) -> list[str]:
    return [body.name for body in bodies]
