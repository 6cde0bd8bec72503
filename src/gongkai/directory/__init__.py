"""Departments and divisions over time: who is meant by a name, there and then.

The data files are read on first use; ``data/README.md`` says what their columns mean.
"""

from gongkai.directory.directory import Directory, classify, is_body
from gongkai.directory.organs import Area, Collective, Function, Organ, Succession, SuccessionKind
from gongkai.directory.relating import Relation, RelationKind
from gongkai.directory.resolving import Resolution

__all__ = [
    "Area",
    "Collective",
    "Directory",
    "Function",
    "Organ",
    "Relation",
    "RelationKind",
    "Resolution",
    "Succession",
    "SuccessionKind",
    "classify",
    "is_body",
]
