"""Departments and divisions over time: who is meant by a name, there and then.

The data files are read on first use; ``data/README.md`` says what their columns mean.
"""

from gongkai.directory.checking import TableProblem, check_table
from gongkai.directory.classifying import classify, is_body
from gongkai.directory.directory import Directory
from gongkai.directory.organs import (
    Area,
    Collective,
    DivisionFacts,
    Function,
    Organ,
    Succession,
    SuccessionKind,
)
from gongkai.directory.relating import Relation, RelationKind
from gongkai.directory.resolution import Resolution

__all__ = [
    "Area",
    "Collective",
    "Directory",
    "DivisionFacts",
    "Function",
    "Organ",
    "Relation",
    "RelationKind",
    "Resolution",
    "Succession",
    "SuccessionKind",
    "TableProblem",
    "check_table",
    "classify",
    "is_body",
]
