"""The words of the domain as frozen classes: what a plan is made of.

Imports attrs, and nothing else of gongkai but its errors. Everything here is a value: frozen, slotted,
compared by content, picklable. Positions, keys, findings and resolved ids are kept but stand outside
equality.
"""

from gongkai.model.blocks import Block, Paragraph, Section, Task, walk
from gongkai.model.citation import Citation
from gongkai.model.deadline import Bound, Deadline, DeadlineKind, Stated, Unit
from gongkai.model.department import Assignment, Department, DepartmentKind, Role
from gongkai.model.division import Division, Level
from gongkai.model.finding import Finding, Severity
from gongkai.model.place import Place, PlaceKind
from gongkai.model.plan import Plan, PlanKind
from gongkai.model.progress import Progress, ProgressStatus
from gongkai.model.record import DocumentNumber, Notice, Record
from gongkai.model.span import Piece, Pieces, Source, Span
from gongkai.model.workdays import WorkCalendar

__all__ = [
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
    "Piece",
    "Pieces",
    "Place",
    "PlaceKind",
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
    "walk",
]
