"""Merging: several plans become one, and nothing vanishes.

``merge`` and ``merge_all`` bring the edited copies of one draft together: fields, order, moves, splits. What
copies contradict each other about is a conflict, with the draft's value in the plan; every decision is told.
``consolidate`` lays the plans of several districts or years side by side: a matter a row, a plan a column.
"""

from gongkai.merging.comments.comments import Comment, Remark, RemarkKind
from gongkai.merging.matching.copylinks import align_copy
from gongkai.merging.outcome.result import Merge
from gongkai.merging.outcome.results import (
    CONFLICT_KINDS,
    Action,
    Conflict,
    ConflictKind,
    Decision,
    Region,
    Suggestion,
    Voice,
    Where,
)
from gongkai.merging.outcome.schema import merge_schema
from gongkai.merging.sidebyside.agreeing import Agreement, AgreementKind, Camp
from gongkai.merging.sidebyside.answering import KnownPairs
from gongkai.merging.sidebyside.consolidating import consolidate
from gongkai.merging.sidebyside.consolidation import (
    Bond,
    Cell,
    CellRow,
    ColumnCounts,
    Consolidation,
    Matter,
    Presence,
    Summary,
)
from gongkai.merging.texts.textmerge import TextMerge, merge_texts
from gongkai.merging.threeway.catalogue import catalogue
from gongkai.merging.threeway.copies import merge, merge_all
from gongkai.merging.values.contests import Contest, Part, Pick, Strategy, Verdict
from gongkai.merging.values.strategies import STRATEGIES, prefer

__all__ = [
    "CONFLICT_KINDS",
    "STRATEGIES",
    "Action",
    "Agreement",
    "AgreementKind",
    "Bond",
    "Camp",
    "Cell",
    "CellRow",
    "ColumnCounts",
    "Comment",
    "Conflict",
    "ConflictKind",
    "Consolidation",
    "Contest",
    "Decision",
    "KnownPairs",
    "Matter",
    "Merge",
    "Part",
    "Pick",
    "Presence",
    "Region",
    "Remark",
    "RemarkKind",
    "Strategy",
    "Suggestion",
    "Summary",
    "TextMerge",
    "Verdict",
    "Voice",
    "Where",
    "align_copy",
    "catalogue",
    "consolidate",
    "merge",
    "merge_all",
    "merge_schema",
    "merge_texts",
    "prefer",
]
