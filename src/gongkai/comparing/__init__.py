"""Comparing plans: alignment of tasks, and what can be told from it.

``align`` links tasks that are, wholly or in part, the same obligation; ``diff`` turns the links into changes
that can be shown, applied and inverted; ``coverage`` tells what of a plan another one carries; ``trace``
follows each task through many years.
"""

from gongkai.comparing.alignment.aligning import align, doubtful_pairs
from gongkai.comparing.alignment.embedding import Embedder, semantic_embedder
from gongkai.comparing.alignment.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.carrying.carriage import Carriage, Coverage, CoverageRow, CoverageTableRow, Tally
from gongkai.comparing.carrying.covering import coverage
from gongkai.comparing.carrying.marks import Mark
from gongkai.comparing.carrying.wordshare import Passage
from gongkai.comparing.diffing.changes import KINDS, Change, ChangeKind, Row, Status, Subject
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.differing import diff
from gongkai.comparing.diffing.pointing import JsonOperation
from gongkai.comparing.diffing.reassigning import DepartmentChange, DepartmentChangeKind
from gongkai.comparing.diffing.redlining import Run, redline
from gongkai.comparing.diffing.rescheduling import DeadlineChange, DeadlineChangeKind
from gongkai.comparing.diffing.schema import diff_schema
from gongkai.comparing.handover import Handover
from gongkai.comparing.judges.agreement import Agreement, Disagreement, agreement
from gongkai.comparing.judges.asking import Judge, Question, Reply, StopAsking, recorded
from gongkai.comparing.judges.feedback import Answer
from gongkai.comparing.judges.knowing import Known
from gongkai.comparing.judges.noticing import catalogue
from gongkai.comparing.timing import Timing
from gongkai.comparing.tracing.history import Edge, History, HistoryRow, Node
from gongkai.comparing.tracing.lineage import trace
from gongkai.comparing.tracing.threads import Entry, Exit, Stage, Thread, Tie, TieKind

__all__ = [
    "KINDS",
    "Agreement",
    "Alignment",
    "Answer",
    "Carriage",
    "Change",
    "ChangeKind",
    "Coverage",
    "CoverageRow",
    "CoverageTableRow",
    "DeadlineChange",
    "DeadlineChangeKind",
    "DepartmentChange",
    "DepartmentChangeKind",
    "Diff",
    "Disagreement",
    "Edge",
    "Embedder",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Exit",
    "Handover",
    "History",
    "HistoryRow",
    "JsonOperation",
    "Judge",
    "Known",
    "Link",
    "Mark",
    "Node",
    "Passage",
    "Question",
    "Reply",
    "Row",
    "Run",
    "Stage",
    "Status",
    "StopAsking",
    "Strength",
    "Subject",
    "Tally",
    "Thread",
    "Tie",
    "TieKind",
    "Timing",
    "agreement",
    "align",
    "catalogue",
    "coverage",
    "diff",
    "diff_schema",
    "doubtful_pairs",
    "recorded",
    "redline",
    "semantic_embedder",
    "trace",
]
