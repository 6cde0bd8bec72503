"""gongkai: the typed domain model of Chinese government work plans.

Reads plans (政务公开工作要点, 任务分解表) into :class:`Plan`, :class:`Section`, :class:`Task`,
:class:`Department` and :class:`Deadline`; compares them across years and districts; keeps them as
versioned JSON.

This module lists every public name and defines none. A name is imported from its room when it is first used,
so ``import gongkai`` stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gongkai import calendars as calendars
    from gongkai import charts as charts
    from gongkai import examples as examples
    from gongkai import plugins as plugins
    from gongkai import tables as tables
    from gongkai import testing as testing
    from gongkai import views as views
    from gongkai.checking import check as check
    from gongkai.codec import dumps as dumps
    from gongkai.codec import loads as loads
    from gongkai.codec import text_of as text_of
    from gongkai.comparing import Alignment as Alignment
    from gongkai.comparing import Answer as Answer
    from gongkai.comparing import Change as Change
    from gongkai.comparing import ChangeKind as ChangeKind
    from gongkai.comparing import Coverage as Coverage
    from gongkai.comparing import Diff as Diff
    from gongkai.comparing import History as History
    from gongkai.comparing import Link as Link
    from gongkai.comparing import Mark as Mark
    from gongkai.comparing import Question as Question
    from gongkai.comparing import Strength as Strength
    from gongkai.comparing import align as align
    from gongkai.comparing import coverage as coverage
    from gongkai.comparing import diff as diff
    from gongkai.comparing import semantic_embedder as semantic_embedder
    from gongkai.comparing import trace as trace
    from gongkai.directory import Directory as Directory
    from gongkai.directory import Organ as Organ
    from gongkai.directory import Relation as Relation
    from gongkai.directory import Resolution as Resolution
    from gongkai.errors import DependentChange as DependentChange
    from gongkai.errors import GongkaiError as GongkaiError
    from gongkai.errors import InvalidValue as InvalidValue
    from gongkai.errors import LoadError as LoadError
    from gongkai.errors import MissingExtra as MissingExtra
    from gongkai.errors import PatchError as PatchError
    from gongkai.errors import PluginError as PluginError
    from gongkai.errors import ReadError as ReadError
    from gongkai.errors import UnknownDay as UnknownDay
    from gongkai.exchange import Ledger as Ledger
    from gongkai.exchange import Outcome as Outcome
    from gongkai.exchange import read_answers as read_answers
    from gongkai.exchange import read_comments as read_comments
    from gongkai.exchange import read_ledger as read_ledger
    from gongkai.exchange import read_many as read_many
    from gongkai.exchange import read_marks as read_marks
    from gongkai.exchange import write as write
    from gongkai.exchange import write_answers as write_answers
    from gongkai.exchange import write_ledger as write_ledger
    from gongkai.exchange import write_marks as write_marks
    from gongkai.merging import Comment as Comment
    from gongkai.merging import Conflict as Conflict
    from gongkai.merging import ConflictKind as ConflictKind
    from gongkai.merging import Consolidation as Consolidation
    from gongkai.merging import Decision as Decision
    from gongkai.merging import Matter as Matter
    from gongkai.merging import Merge as Merge
    from gongkai.merging import consolidate as consolidate
    from gongkai.merging import merge as merge
    from gongkai.merging import merge_all as merge_all
    from gongkai.model import Assignment as Assignment
    from gongkai.model import Block as Block
    from gongkai.model import Bound as Bound
    from gongkai.model import Citation as Citation
    from gongkai.model import Deadline as Deadline
    from gongkai.model import DeadlineKind as DeadlineKind
    from gongkai.model import Department as Department
    from gongkai.model import DepartmentKind as DepartmentKind
    from gongkai.model import Division as Division
    from gongkai.model import DocumentNumber as DocumentNumber
    from gongkai.model import Finding as Finding
    from gongkai.model import Level as Level
    from gongkai.model import Notice as Notice
    from gongkai.model import Paragraph as Paragraph
    from gongkai.model import Plan as Plan
    from gongkai.model import PlanKind as PlanKind
    from gongkai.model import Progress as Progress
    from gongkai.model import ProgressStatus as ProgressStatus
    from gongkai.model import Record as Record
    from gongkai.model import Role as Role
    from gongkai.model import Section as Section
    from gongkai.model import Severity as Severity
    from gongkai.model import Source as Source
    from gongkai.model import Span as Span
    from gongkai.model import Stated as Stated
    from gongkai.model import Task as Task
    from gongkai.model import Unit as Unit
    from gongkai.model import WorkCalendar as WorkCalendar
    from gongkai.reading import StrictError as StrictError
    from gongkai.reading import parse as parse
    from gongkai.reading import parse_deadline as parse_deadline
    from gongkai.reading import read as read

    __version__: str

__all__ = [
    "Alignment",
    "Answer",
    "Assignment",
    "Block",
    "Bound",
    "Change",
    "ChangeKind",
    "Citation",
    "Comment",
    "Conflict",
    "ConflictKind",
    "Consolidation",
    "Coverage",
    "Deadline",
    "DeadlineKind",
    "Decision",
    "Department",
    "DepartmentKind",
    "DependentChange",
    "Diff",
    "Directory",
    "Division",
    "DocumentNumber",
    "Finding",
    "GongkaiError",
    "History",
    "InvalidValue",
    "Ledger",
    "Level",
    "Link",
    "LoadError",
    "Mark",
    "Matter",
    "Merge",
    "MissingExtra",
    "Notice",
    "Organ",
    "Outcome",
    "Paragraph",
    "PatchError",
    "Plan",
    "PlanKind",
    "PluginError",
    "Progress",
    "ProgressStatus",
    "Question",
    "ReadError",
    "Record",
    "Relation",
    "Resolution",
    "Role",
    "Section",
    "Severity",
    "Source",
    "Span",
    "Stated",
    "Strength",
    "StrictError",
    "Task",
    "Unit",
    "UnknownDay",
    "WorkCalendar",
    "align",
    "check",
    "consolidate",
    "coverage",
    "diff",
    "dumps",
    "loads",
    "merge",
    "merge_all",
    "parse",
    "parse_deadline",
    "read",
    "read_answers",
    "read_comments",
    "read_ledger",
    "read_many",
    "read_marks",
    "semantic_embedder",
    "text_of",
    "trace",
    "write",
    "write_answers",
    "write_ledger",
    "write_marks",
]

#: The rooms and the names that each gives to the public face.
_ROOMS: Final = {
    "gongkai.checking": ("check",),
    "gongkai.codec": (
        "dumps",
        "loads",
        "text_of",
    ),
    "gongkai.comparing": (
        "Alignment",
        "Answer",
        "Change",
        "ChangeKind",
        "Coverage",
        "Diff",
        "History",
        "Link",
        "Mark",
        "Question",
        "Strength",
        "align",
        "coverage",
        "diff",
        "semantic_embedder",
        "trace",
    ),
    "gongkai.directory": (
        "Directory",
        "Organ",
        "Relation",
        "Resolution",
    ),
    "gongkai.errors": (
        "DependentChange",
        "GongkaiError",
        "InvalidValue",
        "LoadError",
        "MissingExtra",
        "PatchError",
        "PluginError",
        "ReadError",
        "UnknownDay",
    ),
    "gongkai.exchange": (
        "Ledger",
        "Outcome",
        "read_answers",
        "read_comments",
        "read_ledger",
        "read_many",
        "read_marks",
        "write",
        "write_answers",
        "write_ledger",
        "write_marks",
    ),
    "gongkai.merging": (
        "Comment",
        "Conflict",
        "ConflictKind",
        "Consolidation",
        "Decision",
        "Matter",
        "Merge",
        "consolidate",
        "merge",
        "merge_all",
    ),
    "gongkai.model": (
        "Assignment",
        "Block",
        "Bound",
        "Citation",
        "Deadline",
        "DeadlineKind",
        "Department",
        "DepartmentKind",
        "Division",
        "DocumentNumber",
        "Finding",
        "Level",
        "Notice",
        "Paragraph",
        "Plan",
        "PlanKind",
        "Progress",
        "ProgressStatus",
        "Record",
        "Role",
        "Section",
        "Severity",
        "Source",
        "Span",
        "Stated",
        "Task",
        "Unit",
        "WorkCalendar",
    ),
    "gongkai.reading": (
        "StrictError",
        "parse",
        "parse_deadline",
        "read",
    ),
}
_HOMES: Final = {name: room for room, names in _ROOMS.items() for name in names}
#: Rooms that are public as a whole, by their own name; ``import *`` leaves them out.
_MODULES: Final = ("calendars", "charts", "examples", "plugins", "tables", "testing", "views")


if not TYPE_CHECKING:  # type checkers know the names above, and no other

    def __getattr__(name: str) -> object:
        if name in _MODULES:
            return import_module(f"gongkai.{name}")
        if name == "__version__":
            from importlib.metadata import version

            return version("gongkai")
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'gongkai' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(home), name)
        return value


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, "__version__"]
