"""Tables of two plans compared: links, their evidence, rows and changes of a diff, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from gongkai.comparing import Alignment, Coverage, Diff, Row
from gongkai.comparing.alignment.finest import heading_of
from gongkai.comparing.diffing.changes import Language
from gongkai.model import Block, Paragraph, Plan, Section, Task
from gongkai.tables.given import plan_columns, table_of
from gongkai.tables.rows import CarriageRow, ChangeRow, DiffRow, EvidenceRow, LinkRow, PairColumns
from gongkai.tables.saying import checked_language, said
from gongkai.tables.table import Table

__all__ = ["changes", "coverage", "diff", "evidence", "links"]


def _pair(old: Plan, new: Plan) -> PairColumns:
    return {
        "old_title": old.title,
        "old_year": old.year,
        "old_division": None if old.division is None else old.division.name,
        "new_title": new.title,
        "new_year": new.year,
        "new_division": None if new.division is None else new.division.name,
    }


def links(alignments: Alignment | Iterable[Alignment]) -> Table[LinkRow]:
    """Return a table of links: which tasks of two plans correspond, how far, and how sure that is.

    Args:
        alignments: an alignment, several, or an iterator of alignments.

    Raises:
        InvalidValue: it is no alignment.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> old, new = Plan("要点", [Task("公开财政预决算。")]), Plan("要点", [Task("公开财政预决算。")])
    >>> row, = tables.links(gongkai.align(old, new))
    >>> row["old_key"], row["new_key"], row["strength"], row["evidence"]
    ('#1', '#1', 'same', ['identical'])
    """
    return table_of("links", Alignment, alignments, _link_rows)


def _link_rows(_number: int, alignment: Alignment) -> Iterator[LinkRow]:
    base = _pair(alignment.old, alignment.new)
    for link in alignment.links:
        yield {
            **base,
            "old_key": link.old.key or "",
            "new_key": link.new.key or "",
            "strength": link.strength.value,
            "score": float(link.score),
            "evidence_count": len(link.evidence),
            "evidence": list(dict.fromkeys([item.kind.value for item in link.evidence])),
            "old_text": link.old.text,
            "new_text": link.new.text,
        }


def evidence(alignments: Alignment | Iterable[Alignment]) -> Table[EvidenceRow]:
    """Return a table of what speaks for each link, to be joined with :func:`links` by both keys.

    Args:
        alignments: an alignment, several, or an iterator of alignments.

    Raises:
        InvalidValue: it is no alignment.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> old, new = Plan("要点", [Task("公开财政预决算。")]), Plan("要点", [Task("公开财政预决算。")])
    >>> [row["kind"] for row in tables.evidence(gongkai.align(old, new))]
    ['identical']
    """
    return table_of("evidence", Alignment, alignments, _evidence_rows)


def _evidence_rows(_number: int, alignment: Alignment) -> Iterator[EvidenceRow]:
    base = _pair(alignment.old, alignment.new)
    for link in alignment.links:
        for item in link.evidence:
            old, new = item.old or (None, None), item.new or (None, None)
            yield {
                **base,
                "old_key": link.old.key or "",
                "new_key": link.new.key or "",
                "kind": item.kind.value,
                "score": float(item.score),
                "detail": item.detail,
                "old_start": old[0],
                "old_end": old[1],
                "new_start": new[0],
                "new_end": new[1],
            }


def diff(diffs: Diff | Iterable[Diff], *, language: Language = "zh") -> Table[DiffRow]:
    """Return a table of the rows of comparisons: the tasks of both sides, and what changed.

    Args:
        diffs: a diff, several, or an iterator of diffs.
        language: the language of ``explanations``.

    Raises:
        InvalidValue: it is no diff, or there is no such language.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> row, = tables.diff(gongkai.diff(Plan("要点"), Plan("要点", [Task("公开目录。", label="1.")])))
    >>> row["status"], row["new_keys"], row["explanations"]
    ('added', ['1'], ['新增任务“1.公开目录。”。'])
    """
    checked_language("tables.diff", language)
    return table_of("diff", Diff, diffs, partial(_diff_rows, language=language))


_Sections: TypeAlias = "dict[str | None, str]"


def _diff_rows(_number: int, diff: Diff, *, language: Language) -> Iterator[DiffRow]:
    base = _pair(diff.old, diff.new)
    places = (_sections(diff.old), _sections(diff.new))
    for number, row in enumerate(diff.rows, 1):
        old, new = _sides(row)
        yield {
            **base,
            "number": number,
            "status": row.status.value,
            "subject": row.subject.value,
            "section": _section_of(row, places),
            "old_keys": _keys(row.old),
            "new_keys": _keys(row.new),
            "old_labels": [_label(block) for block in row.old],
            "new_labels": [_label(block) for block in row.new],
            "old_texts": [_text(block) for block in row.old],
            "new_texts": [_text(block) for block in row.new],
            "old_departments": _names(old),
            "new_departments": _names(new),
            "old_deadlines": _times(old),
            "new_deadlines": _times(new),
            "kinds": list(dict.fromkeys([change.kind.value for change in row.changes])),
            "explanations": [change.explain(language) for change in row.changes],
            "score": row.score,
        }


def _sides(row: Row) -> tuple[list[Task], list[Task]]:
    return (
        [block for block in row.old if isinstance(block, Task)],
        [block for block in row.new if isinstance(block, Task)],
    )


def _sections(plan: Plan) -> _Sections:
    """Return the headings above each section and task, on one line, by key."""
    found: _Sections = {}

    def below(blocks: Iterable[Block], above: tuple[Section, ...]) -> None:
        line = heading_of(above)
        for block in blocks:
            if isinstance(block, Section):
                found[block.key] = line
                below(block.content, (*above, block))
            elif isinstance(block, Task):
                found.update([(task.key, line) for task in block.walk()])

    below(plan.content, ())
    return found


def _section_of(row: Row, places: tuple[_Sections, _Sections]) -> str:
    """Return where a row stands: in the new plan, or in the old one where it is gone."""
    for blocks, known in ((row.new, places[1]), (row.old, places[0])):
        for block in blocks:
            if not isinstance(block, Paragraph):
                return known.get(block.key, "")
    return ""


def _keys(blocks: Sequence[Block]) -> list[str]:
    return [block.key or "" for block in blocks if not isinstance(block, Paragraph)]


def _label(block: Block) -> str:
    return block.label or ("" if isinstance(block, Paragraph) else block.key or "")


def _text(block: Block) -> str:
    return block.heading if isinstance(block, Section) else block.text


def _names(tasks: Iterable[Task]) -> list[str]:
    return list(dict.fromkeys([body.name for task in tasks for body in task.departments]))


def _times(tasks: Iterable[Task]) -> list[str]:
    return list(dict.fromkeys([deadline.text for task in tasks for deadline in task.deadlines]))


def changes(diffs: Diff | Iterable[Diff], *, language: Language = "zh") -> Table[ChangeRow]:
    """Return a table of changes; ``number`` joins with the rows of :func:`diff`.

    Args:
        diffs: a diff, several, or an iterator of diffs.
        language: the language of ``explanation``, and of the roles in values.

    Raises:
        InvalidValue: it is no diff, or there is no such language.

    >>> import gongkai
    >>> from gongkai import Deadline, Plan, Task, tables
    >>> task = Task("公开目录。", label="1.", deadlines=[Deadline.by_month(2024, 6)])
    >>> old = Plan("要点", [task], year=2024)
    >>> new = old.with_changes("1", deadlines=[Deadline.by_month(2024, 10)])
    >>> row, = tables.changes(gongkai.diff(old, new))
    >>> row["kind"], row["field"], row["old_value"], row["new_value"]
    ('rescheduled', 'deadlines', '2024年6月', '2024年10月')
    """
    checked_language("tables.changes", language)
    return table_of("changes", Diff, diffs, partial(_change_rows, language=language))


def _change_rows(_number: int, diff: Diff, *, language: Language) -> Iterator[ChangeRow]:
    base = _pair(diff.old, diff.new)
    for number, row in enumerate(diff.rows, 1):
        for change in row.changes:
            yield {
                **base,
                "number": number,
                "kind": change.kind.value,
                "severity": change.severity.value,
                "subject": change.subject.value,
                "field": change.field,
                "old_key": change.old_key,
                "new_key": change.new_key,
                "old_value": said(change.old, language),
                "new_value": said(change.new, language),
                "explanation": change.explain(language),
            }


def coverage(covers: Coverage | Iterable[Coverage], *, language: Language = "zh") -> Table[CarriageRow]:
    """Return a table of coverages: what became of each task of the reference; a panel, of many.

    Args:
        covers: a coverage, several, or an iterator of coverages.
        language: the language of ``explanation``.

    Raises:
        InvalidValue: it is no coverage, or there is no such language.

    >>> import gongkai
    >>> from gongkai import Plan, Task, tables
    >>> city = Plan("市要点", [Task("公开财政预决算。"), Task("公布耕地补贴。")])
    >>> cover = gongkai.coverage(city, Plan("区要点", [Task("公开财政预决算。")]))
    >>> [(row["key"], row["status"]) for row in tables.coverage(cover)]
    [('#1', 'carried'), ('#2', 'absent')]
    """
    checked_language("tables.coverage", language)
    return table_of("coverage", Coverage, covers, partial(_coverage_rows, language=language))


def _coverage_rows(number: int, cover: Coverage, *, language: Language) -> Iterator[CarriageRow]:
    base = plan_columns(number, cover.plan)
    for row, flat in zip(cover.rows, cover.table(), strict=True):
        day = flat["marked_on"]
        yield {
            **base,
            "reference_title": cover.reference.title,
            "reference_year": cover.reference.year,
            "key": flat["key"],
            "label": flat["label"],
            "section": flat["section"],
            "text": flat["text"],
            "status": flat["status"],
            "covered": float(flat["covered"]),
            "missing": flat["missing"],
            "carriers": flat["carriers"],
            "carrier_texts": flat["carrier_texts"],
            "strength": flat["strength"],
            "score": flat["score"],
            "departments": flat["departments"],
            "handed": flat["handed"],
            "deadlines": flat["deadlines"],
            "carrier_deadlines": flat["carrier_deadlines"],
            "timing": flat["timing"],
            "explanation": row.explain(language),
            "reason": flat["reason"],
            "annotator": flat["annotator"],
            "marked_on": None if day is None else date.fromisoformat(day),
        }
