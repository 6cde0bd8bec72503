"""Comparing plans: alignment of tasks, and what can be told from it.

``align`` links tasks that are, wholly or in part, the same obligation; ``diff`` turns the links into changes
that can be shown, applied and inverted; ``coverage`` tells what of a plan another one carries; ``trace``
follows each task through many years.
"""

from gongkai.comparing.agreement import Agreement, Disagreement, agreement
from gongkai.comparing.aligning import align, doubtful_pairs
from gongkai.comparing.asking import Judge, Question, Reply, StopAsking, recorded
from gongkai.comparing.carriage import Carriage, Coverage, CoverageRow, CoverageTableRow, Tally
from gongkai.comparing.changes import KINDS, Change, ChangeKind, Row, Status, Subject
from gongkai.comparing.covering import coverage
from gongkai.comparing.difference import Diff
from gongkai.comparing.differing import diff
from gongkai.comparing.embedding import Embedder, semantic_embedder
from gongkai.comparing.feedback import Answer
from gongkai.comparing.handover import Handover
from gongkai.comparing.history import Edge, History, HistoryRow, Node
from gongkai.comparing.knowing import Known
from gongkai.comparing.lineage import trace
from gongkai.comparing.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.marks import Mark
from gongkai.comparing.noticing import catalogue
from gongkai.comparing.pointing import JsonOperation
from gongkai.comparing.reassigning import DepartmentChange, DepartmentChangeKind
from gongkai.comparing.redlining import Run, redline
from gongkai.comparing.rescheduling import DeadlineChange, DeadlineChangeKind
from gongkai.comparing.schema import diff_schema
from gongkai.comparing.threads import Entry, Exit, Stage, Thread, Tie, TieKind
from gongkai.comparing.timing import Timing
from gongkai.comparing.wordshare import Passage

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
