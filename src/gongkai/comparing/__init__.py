"""Comparing plans: alignment of tasks, and the typed difference of two plans.

``align`` links tasks that are, wholly or in part, the same obligation; ``diff`` turns the links into changes
that can be shown, applied and inverted.
"""

from gongkai.comparing.aligning import align
from gongkai.comparing.asking import Judge, Question, Reply, StopAsking
from gongkai.comparing.changes import KINDS, Change, ChangeKind, Row, Status, Subject
from gongkai.comparing.difference import Diff
from gongkai.comparing.differing import diff
from gongkai.comparing.feedback import Answer
from gongkai.comparing.knowing import Known
from gongkai.comparing.links import Alignment, Evidence, EvidenceKind, Link, Strength
from gongkai.comparing.noticing import catalogue
from gongkai.comparing.reassigning import DepartmentChange, DepartmentChangeKind
from gongkai.comparing.redlining import Run, redline
from gongkai.comparing.rescheduling import DeadlineChange, DeadlineChangeKind

__all__ = [
    "KINDS",
    "Alignment",
    "Answer",
    "Change",
    "ChangeKind",
    "DeadlineChange",
    "DeadlineChangeKind",
    "DepartmentChange",
    "DepartmentChangeKind",
    "Diff",
    "Evidence",
    "EvidenceKind",
    "Judge",
    "Known",
    "Link",
    "Question",
    "Reply",
    "Row",
    "Run",
    "Status",
    "StopAsking",
    "Strength",
    "Subject",
    "align",
    "catalogue",
    "diff",
    "redline",
]
