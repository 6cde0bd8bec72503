"""Coverages and histories as tables of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple, cast

from gongkai.comparing import Coverage, History
from gongkai.comparing.alignment.finest import finest_tasks, heading_of
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.telling import percent
from gongkai.errors import InvalidValue
from gongkai.exchange._cells import rows_text
from gongkai.tables import columns
from gongkai.views._words import LANGUAGES, Words, words

__all__ = ["Rows", "coverage_csv", "coverage_rows", "heads", "history_csv", "history_rows"]


class Rows(NamedTuple):
    """A table.

    Attributes:
        names: the names of its columns.
        heads: their heads.
        cells: its rows.
    """

    names: tuple[str, ...]
    heads: list[str]
    cells: list[list[str]]

    @property
    def lines(self) -> list[list[str]]:
        """The heads and the rows."""
        return [self.heads, *self.cells]


#: The tables for a spreadsheet: of which table of the vocabulary their columns are, and which they have.
_SHEETS: Final = {
    "marks": ("coverage", ("key", "text", "reason", "annotator", "marked_on")),
    "coverage": (
        "coverage",
        (
            *("key", "section", "text", "status", "covered", "missing", "carriers", "carrier_texts"),
            *("strength", "score", "departments", "handed", "deadlines", "carrier_deadlines", "timing"),
            *("reason", "annotator", "marked_on"),
        ),
    ),
    "history": (
        "history",
        (
            *("thread", "column", "year", "key", "section", "text", "entry", "exit", "strength", "score"),
            *("rewording", "lead", "responsible", "cooperate", "support", "guide", "bodies", "joined"),
            *("left", "renamed", "deadlines", "due", "timing", "from_threads", "to_threads"),
        ),
    ),
}


@cache
def heads(sheet: str) -> Mapping[str, Mapping[str, str]]:
    """Return the columns of a table for a spreadsheet, with their heads by language."""
    table, names = _SHEETS[sheet]
    known = {column.name: column for column in columns(table)}
    return {name: {"zh": known[name].zh, "en": known[name].en} for name in names}


def coverage_csv(cover: Coverage, *, language: Language = "zh") -> str:
    """Return a coverage as a table (CSV): a row a task of the reference, then what the plan has beyond it.

    A reason that somebody writes into its column is a mark, which :func:`gongkai.read_marks` reads. No cell
    is a formula.

    Raises:
        InvalidValue: the language is none.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> cover = gongkai.coverage(Plan("市", [Task("公开目录。")]), Plan("区", [Task("公开目录。")]))
    >>> coverage_csv(cover).splitlines()[1].split(",")[:5]
    ['#1', '', '公开目录。', '已承接', '100%']
    """
    return rows_text(coverage_rows(cover, language=language).lines)


def coverage_rows(cover: Coverage, *, language: Language = "zh") -> Rows:
    """Return what :func:`coverage_csv` writes, as rows of cells."""
    say = _words(language)
    found = [
        {**row, "status": say[f"carriages.{row['status']}"], "timing": _timing(row["timing"], say)}
        for row in cover.table()
    ]
    places = {task.key: heading_of(sections) for task, sections in finest_tasks(cover.plan)}
    for task in cover.extra:
        beyond: dict[str, object] = {"status": say["carriages.extra"], "carriers": [task.key or ""]}
        beyond |= {"carrier_texts": [task.text], "section": places[task.key]}
        beyond |= {"handed": [body.name for body in task.departments]}
        found.append(beyond)
    return _table("coverage", found, say)


def history_csv(history: History, *, language: Language = "zh") -> str:
    """Return a history as a table (CSV): a row for each thread in each plan that has it.

    No cell is a formula.

    Raises:
        InvalidValue: the language is none.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> history = gongkai.trace([Plan("要点", [Task("公开目录。")], year=2024)])
    >>> history_csv(history, language="en").splitlines()[1].split(",")[:7]
    ['2024:#1', '2024', '2024', '#1', '', '公开目录。', 'new']
    """
    return rows_text(history_rows(history, language=language).lines)


def history_rows(history: History, *, language: Language = "zh") -> Rows:
    """Return what :func:`history_csv` writes, as rows of cells."""
    say = _words(language)
    last = {"continued": say["entries.continued"], "open": ""}
    found = [
        {
            **row,
            "entry": say[f"entries.{row['entry']}"],
            "exit": last.get(row["exit"]) or (say[f"exits.{row['exit']}"] if row["exit"] not in last else ""),
            "timing": _timing(row["timing"], say),
        }
        for row in history.table()
    ]
    return _table("history", found, say)


def _words(language: str) -> Words:
    if language not in LANGUAGES:
        raise InvalidValue("csv", "language", language, f"one of {', '.join(LANGUAGES)}")
    return words(language)


def _timing(timing: str, say: Words) -> str:
    return "" if timing == "none" else say[f"timings.{timing}"]


def _table(name: str, rows: Iterable[Mapping[str, object]], say: Words) -> Rows:
    found = heads(name)
    cells = [[_cell(column, row.get(column), say) for column in found] for row in rows]
    return Rows(tuple(found), [row[say.language] for row in found.values()], cells)


def _cell(column: str, value: object, say: Words) -> str:
    match value:
        case None:
            return ""
        case list():
            return "\n".join(map(str, cast("list[object]", value)))
        case float():
            return f"{value:.2f}" if column == "score" else percent(value)
        case _ if column == "strength":
            return say[f"strengths.{value}"]
        case _:
            return str(value)
