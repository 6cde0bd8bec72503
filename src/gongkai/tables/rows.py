"""What the rows of each table are: one class a table, with the columns of tables.toml (a test holds that)."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from gongkai.merging.sidebyside.consolidation import CellRow
from gongkai.model._rowing import PlanColumns, TaskRow

__all__ = [
    "AssignmentRow",
    "CarriageRow",
    "ChangeRow",
    "ConflictRow",
    "ConsolidationRow",
    "DeadlineRow",
    "DecisionRow",
    "DiffRow",
    "EvidenceRow",
    "ExtraRow",
    "FindingRow",
    "FunctionRow",
    "LinkRow",
    "OrganRow",
    "PairColumns",
    "PlanColumns",
    "PlanRow",
    "SectionRow",
    "StageRow",
    "SuccessionRow",
    "TaskRow",
    "TieRow",
]


class PlanRow(PlanColumns):
    """One plan: what it says of itself, and how much there is in it."""

    kind: str
    index_number: str | None
    record_subject: str | None
    co_issuers: list[str]
    issued_on: date | None
    effective_on: date | None
    published_on: date | None
    repealed_on: date | None
    validity: str | None
    addressees: list[str]
    signatory: str | None
    section_count: int
    task_count: int
    part_count: int
    department_count: int
    deadline_count: int
    finding_count: int
    media_type: str | None
    retrieved_on: date | None
    directory_version: str | None


class SectionRow(PlanColumns):
    """One section."""

    position: int
    key: str
    label: str | None
    heading: str
    section_key: str | None
    path: list[str]
    depth: int
    task_count: int
    span_start: int | None
    span_end: int | None


class AssignmentRow(PlanColumns):
    """One mention of a department in a task."""

    task_key: str
    position: int
    role: str
    department: str
    department_kind: str | None
    department_id: str | None
    functions: list[str]
    severally: bool
    open: bool
    inherited: bool


class DeadlineRow(PlanColumns):
    """One deadline of a task."""

    task_key: str
    position: int
    text: str
    kind: str
    due: date | None
    start: date | None
    rule: str | None
    amount: int | None
    unit: str | None
    bound: str | None
    event: str | None
    stated: str | None
    span_start: int | None
    span_end: int | None


class ExtraRow(PlanColumns):
    """One cell of another column of a task table."""

    task_key: str
    position: int
    name: str
    text: str


class FindingRow(PlanColumns):
    """One finding."""

    code: str
    severity: str
    zh: str
    en: str
    key: str | None
    hint: str
    span_start: int | None
    span_end: int | None
    line: int | None
    line_column: int | None
    text: str | None


class PairColumns(TypedDict):
    """Which two plans are compared: these columns come first in every table of comparisons."""

    old_title: str
    old_year: int | None
    old_division: str | None
    new_title: str
    new_year: int | None
    new_division: str | None


class LinkRow(PairColumns):
    """One link."""

    old_key: str
    new_key: str
    strength: str
    score: float
    evidence_count: int
    evidence: list[str]
    old_text: str
    new_text: str


class EvidenceRow(PairColumns):
    """One thing that speaks for a link."""

    old_key: str
    new_key: str
    kind: str
    score: float
    detail: str
    old_start: int | None
    old_end: int | None
    new_start: int | None
    new_end: int | None


class DiffRow(PairColumns):
    """One row of a comparison."""

    number: int
    status: str
    subject: str
    section: str
    old_keys: list[str]
    new_keys: list[str]
    old_labels: list[str]
    new_labels: list[str]
    old_texts: list[str]
    new_texts: list[str]
    old_departments: list[str]
    new_departments: list[str]
    old_deadlines: list[str]
    new_deadlines: list[str]
    kinds: list[str]
    explanations: list[str]
    score: float | None


class ChangeRow(PairColumns):
    """One change."""

    number: int
    kind: str
    severity: str
    subject: str
    field: str
    old_key: str | None
    new_key: str | None
    old_value: str | None
    new_value: str | None
    explanation: str


class CarriageRow(PlanColumns):
    """One task of a reference, and what became of it in the plan."""

    reference_title: str
    reference_year: int | None
    key: str
    label: str | None
    section: str
    text: str
    status: str
    covered: float
    missing: list[str]
    carriers: list[str]
    carrier_texts: list[str]
    strength: str | None
    score: float | None
    departments: list[str]
    handed: list[str]
    deadlines: list[str]
    carrier_deadlines: list[str]
    timing: str
    explanation: str
    reason: str
    annotator: str
    marked_on: date | None


class StageRow(PlanColumns):
    """One thread in one plan."""

    thread: str
    column: str
    key: str
    label: str | None
    section: str
    text: str
    entry: str
    exit: str
    strength: str | None
    score: float | None
    rewording: float | None
    lead: list[str]
    responsible: list[str]
    cooperate: list[str]
    support: list[str]
    guide: list[str]
    bodies: list[str]
    joined: list[str]
    left: list[str]
    renamed: list[str]
    deadlines: list[str]
    due: date | None
    timing: str
    from_threads: list[str]
    to_threads: list[str]


class TieRow(TypedDict):
    """One tie between tasks of two plans."""

    source: str
    target: str
    kind: str
    strength: str
    score: float


class ConsolidationRow(PlanColumns, CellRow):
    """One matter in one plan."""


class _PlaceColumns(TypedDict):
    subject: str
    field: str
    key: str | None
    base_key: str | None
    name: str
    path: list[str]


class DecisionRow(_PlaceColumns):
    """One change that copies made, and what became of it."""

    title: str
    year: int | None
    action: str
    change: str
    by: list[str]
    decision_rule: str
    old_value: str | None
    new_value: str | None
    conflict: str
    explanation: str


class ConflictRow(_PlaceColumns):
    """One conflict."""

    title: str
    year: int | None
    id: str
    kind: str
    by: list[str]
    values: list[str]
    base_value: str | None
    explanation: str


class OrganRow(TypedDict):
    """One organ."""

    id: str
    name: str
    kind: str
    full_name: str
    aliases: list[str]
    levels: list[str]
    since: date | None
    until: date | None
    functions: list[str]
    areas: list[str]
    within: str | None
    confidence: str


class FunctionRow(TypedDict):
    """One function."""

    id: str
    name: str
    english: str
    domain: str
    parent: str | None


class SuccessionRow(TypedDict):
    """One step from an organ to one that follows it."""

    predecessor: str
    successor: str
    kind: str
    on: date
    functions: list[str]
    areas: list[str]
    confidence: str
