"""Everything as tables: rows for Python, Arrow for data frames, CSV and Parquet for files.

One vocabulary of columns serves all tables; it is data (``columns.toml``, ``tables.toml``, ``values.toml``),
and the page on columns in the documentation is made from it.

>>> from gongkai import examples, tables
>>> table = tables.tasks([examples.load("chenghu-2023"), examples.load("chenghu-2024")])
>>> sorted({(row["title"], row["year"]) for row in table})
[('澄湖区2023年政务公开工作要点', 2023), ('澄湖区2024年政务公开工作要点', 2024)]
"""

from gongkai.model._rowing import PlanColumns, TaskRow
from gongkai.tables.given import Plans
from gongkai.tables.making import columns, make
from gongkai.tables.of_bodies import functions, organs, successions
from gongkai.tables.of_many import conflicts, consolidation, decisions, history, ties
from gongkai.tables.of_pairs import changes, coverage, diff, evidence, links
from gongkai.tables.of_plans import assignments, deadlines, extras, findings, plans, sections, tasks
from gongkai.tables.rows import (
    AssignmentRow,
    CarriageRow,
    ChangeRow,
    ConflictRow,
    ConsolidationRow,
    DeadlineRow,
    DecisionRow,
    DiffRow,
    EvidenceRow,
    ExtraRow,
    FindingRow,
    FunctionRow,
    LinkRow,
    OrganRow,
    PairColumns,
    PlanRow,
    SectionRow,
    StageRow,
    SuccessionRow,
    TieRow,
)
from gongkai.tables.table import Table
from gongkai.tables.vocabulary import Column, table_names

__all__ = [
    "AssignmentRow",
    "CarriageRow",
    "ChangeRow",
    "Column",
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
    "Plans",
    "SectionRow",
    "StageRow",
    "SuccessionRow",
    "Table",
    "TaskRow",
    "TieRow",
    "assignments",
    "changes",
    "columns",
    "conflicts",
    "consolidation",
    "coverage",
    "deadlines",
    "decisions",
    "diff",
    "evidence",
    "extras",
    "findings",
    "functions",
    "history",
    "links",
    "make",
    "organs",
    "plans",
    "sections",
    "successions",
    "table_names",
    "tasks",
    "ties",
]
