"""Tables of many plans beside each other: histories, consolidations, merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from gongkai.comparing import History
from gongkai.comparing.diffing.changes import Language
from gongkai.merging import Conflict, Consolidation, Decision, Merge
from gongkai.merging.outcome.results import Where
from gongkai.tables.given import plan_columns, table_of
from gongkai.tables.rows import ConflictRow, ConsolidationRow, DecisionRow, PlanColumns, StageRow, TieRow
from gongkai.tables.saying import checked_language, said
from gongkai.tables.table import Table

__all__ = ["conflicts", "consolidation", "decisions", "history", "ties"]


def history(histories: History | Iterable[History]) -> Table[StageRow]:
    """Return a table of histories: a row for each thread in each plan that has it.

    Args:
        histories: a history, several, or an iterator of histories.

    Raises:
        InvalidValue: it is no history.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> plans = [Plan("要点", [Task("公开目录。")], year=year) for year in (2023, 2024)]
    >>> [(row["thread"], row["year"], row["entry"]) for row in tables.history(gongkai.trace(plans))]
    [('2023:#1', 2023, 'born'), ('2023:#1', 2024, 'continued')]
    """
    return table_of("history", History, histories, _history_rows)


def _bases(beside: History | Consolidation) -> dict[str, PlanColumns]:
    """What each row says of its plan, by the plan's column."""
    pairs = zip(beside.columns, beside.plans, strict=True)
    return {column: plan_columns(number, plan) for number, (column, plan) in enumerate(pairs, 1)}


def _history_rows(_number: int, history: History) -> Iterator[StageRow]:
    bases = _bases(history)
    for flat in history.table():
        due = flat["due"]
        yield {
            **bases[flat["column"]],
            "thread": flat["thread"],
            "column": flat["column"],
            "key": flat["key"],
            "label": flat["label"],
            "section": flat["section"],
            "text": flat["text"],
            "entry": flat["entry"],
            "exit": flat["exit"],
            "strength": flat["strength"],
            "score": flat["score"],
            "rewording": flat["rewording"],
            "lead": flat["lead"],
            "responsible": flat["responsible"],
            "cooperate": flat["cooperate"],
            "support": flat["support"],
            "guide": flat["guide"],
            "bodies": flat["bodies"],
            "joined": flat["joined"],
            "left": flat["left"],
            "renamed": flat["renamed"],
            "deadlines": flat["deadlines"],
            "due": None if due is None else date.fromisoformat(due),
            "timing": flat["timing"],
            "from_threads": flat["from_threads"],
            "to_threads": flat["to_threads"],
        }


def ties(histories: History | Iterable[History]) -> Table[TieRow]:
    """Return a table of the ties between tasks of different plans: the edges of a graph.

    Args:
        histories: a history, several, or an iterator of histories.

    Raises:
        InvalidValue: it is no history.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> plans = [Plan("要点", [Task("公开目录。")], year=year) for year in (2023, 2024)]
    >>> tables.ties(gongkai.trace(plans)).to_rows()
    [{'source': '2023:#1', 'target': '2024:#1', 'kind': 'continued', 'strength': 'same', 'score': 1.0}]
    """
    return table_of("ties", History, histories, _tie_rows)


def _tie_rows(_number: int, history: History) -> Iterator[TieRow]:
    for edge in history.edges():
        yield {
            "source": edge["source"],
            "target": edge["target"],
            "kind": edge["kind"],
            "strength": edge["strength"],
            "score": float(edge["score"]),
        }


def consolidation(consolidations: Consolidation | Iterable[Consolidation]) -> Table[ConsolidationRow]:
    """Return a table of matters, long: a row for each matter in each plan, also where a plan has it not.

    Args:
        consolidations: a consolidation, several, or an iterator of consolidations.

    Raises:
        InvalidValue: it is no consolidation.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> plans = [Plan("澄湖区2024年要点", [Task("公开预决算。", label="1.")]), Plan("松坪区2024年要点")]
    >>> table = tables.consolidation(gongkai.consolidate(plans))
    >>> [(row["matter"], row["column"], row["presence"]) for row in table]
    [('澄湖区:1', '澄湖区', 'whole'), ('澄湖区:1', '松坪区', 'none')]
    """
    return table_of("consolidation", Consolidation, consolidations, _consolidation_rows)


def _consolidation_rows(_number: int, table: Consolidation) -> Iterator[ConsolidationRow]:
    bases = _bases(table)
    for cell in table.to_rows():
        yield {**bases[cell["column"]], **cell}


def decisions(merges: Merge | Iterable[Merge], *, language: Language = "zh") -> Table[DecisionRow]:
    """Return a table of what became of every change that the copies of a draft made.

    Args:
        merges: a merge, several, or an iterator of merges.
        language: the language of ``explanation``, and of the roles in values.

    Raises:
        InvalidValue: it is no merge, or there is no such language.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> base = Plan("要点", [Task("每年公开。", label="1.")])
    >>> merge = gongkai.merge(base, base.with_changes("1", text="按季公开。"), base)
    >>> row, = tables.decisions(merge)
    >>> row["action"], row["by"], row["old_value"], row["new_value"]
    ('applied', ['ours'], '每年公开。', '按季公开。')
    """
    checked_language("tables.decisions", language)
    return table_of("decisions", Merge, merges, partial(_decision_rows, language=language))


def _decision_rows(_number: int, merge: Merge, *, language: Language) -> Iterator[DecisionRow]:
    for decision in merge.decisions:
        yield _decision_row(merge, decision, language)


def _decision_row(merge: Merge, decision: Decision, language: Language) -> DecisionRow:
    where = decision.where
    return {
        "title": merge.base.title,
        "year": merge.base.year,
        "action": decision.action.value,
        "change": decision.change.value,
        "subject": where.subject.value,
        "field": where.field,
        "key": where.key,
        "base_key": where.base_key,
        "name": where.name,
        "path": list(where.section),
        "by": list(decision.by),
        "decision_rule": decision.rule,
        "old_value": said(decision.old, language),
        "new_value": said(decision.new, language),
        "conflict": decision.conflict,
        "explanation": decision.explain(language),
    }


def conflicts(merges: Merge | Iterable[Merge], *, language: Language = "zh") -> Table[ConflictRow]:
    """Return a table of what the copies of a draft contradict each other about.

    Args:
        merges: a merge, several, or an iterator of merges.
        language: the language of ``explanation``, and of the roles in values.

    Raises:
        InvalidValue: it is no merge, or there is no such language.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> base = Plan("要点", [Task("每年公开。", label="1.")])
    >>> ours, theirs = (base.with_changes("1", text=text) for text in ("按季公开。", "按月公开。"))
    >>> row, = tables.conflicts(gongkai.merge(base, ours, theirs))
    >>> row["id"], row["by"], row["values"], row["base_value"]
    ('1.text', ['ours', 'theirs'], ['按季公开。', '按月公开。'], '每年公开。')
    """
    checked_language("tables.conflicts", language)
    return table_of("conflicts", Merge, merges, partial(_conflict_rows, language=language))


def _conflict_rows(_number: int, merge: Merge, *, language: Language) -> Iterator[ConflictRow]:
    for conflict in merge.conflicts:
        yield _conflict_row(merge, conflict, conflict.where, language)


def _conflict_row(merge: Merge, conflict: Conflict, where: Where, language: Language) -> ConflictRow:
    return {
        "title": merge.base.title,
        "year": merge.base.year,
        "id": conflict.id,
        "kind": conflict.kind.value,
        "subject": where.subject.value,
        "field": where.field,
        "key": where.key,
        "base_key": where.base_key,
        "name": where.name,
        "path": list(where.section),
        "by": ["、".join(voice.by) for voice in conflict.voices],
        "values": [said(voice.value, language) or "" for voice in conflict.voices],
        "base_value": said(conflict.base, language),
        "explanation": conflict.explain(language),
    }
