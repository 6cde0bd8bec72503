"""Merging: several plans become one, and nothing vanishes.

``consolidate`` lays the plans of several districts or years side by side: a matter a row, a plan a column.
"""

from gongkai.merging.agreeing import Agreement, AgreementKind, Camp
from gongkai.merging.answering import KnownPairs
from gongkai.merging.consolidating import consolidate
from gongkai.merging.consolidation import (
    Bond,
    Cell,
    CellRow,
    ColumnCounts,
    Consolidation,
    Matter,
    Presence,
    Summary,
)

__all__ = [
    "Agreement",
    "AgreementKind",
    "Bond",
    "Camp",
    "Cell",
    "CellRow",
    "ColumnCounts",
    "Consolidation",
    "KnownPairs",
    "Matter",
    "Presence",
    "Summary",
    "consolidate",
]
