"""Answers as a table of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, TypeVar, cast

from gongkai.comparing import Answer, Link, Question, Strength
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.judges.answerwords import answer_words, evidence_words, plain_word, strength_words
from gongkai.errors import InvalidValue, Problem
from gongkai.exchange._answer_sheet import OpenRow, Row, Sheet
from gongkai.exchange._cells import bare, day_of, decoded, delimiter, rows_text
from gongkai.model._display import shorten

__all__ = ["answers_csv", "parse_csv"]

T = TypeVar("T")

#: The columns of keys and of texts; a side of a pair needs one of the two.
_SIDES: Final = (("old_key", "old_text"), ("new_key", "new_text"))


def answers_csv(rows: Iterable[Row], language: Language) -> str:
    """Return answers, questions and links as a table.

    Raises:
        InvalidValue: there are no words in that language.
    """
    words = answer_words()
    if language not in {"zh", "en"}:
        raise InvalidValue("write_answers", "language", language, "one of zh, en")
    heads = [row[language] for row in words["columns"].values()]
    found = (_cells(row, language) for row in rows)
    return rows_text([heads, *([cells[name] for name in words["columns"]] for cells in found)])


def _as_answer(row: Row) -> Answer:
    match row:
        case Link():
            return Answer.of_link(row)
        case Question():
            return row.answer(None)
        case OpenRow():
            return row.row
        case _:
            return row


def _cells(row: Row, language: Language) -> Mapping[str, str]:
    answer = _as_answer(row)
    said = answer.strength.value if answer.strength is not None else "unknown"
    word = cast("list[str]", answer_words()["strengths"][said][language])[0]
    score = "" if answer.score is None else _as_written(float(answer.score))
    return {
        "old_key": answer.old_key,
        "new_key": answer.new_key,
        "old_text": answer.old_text,
        "new_text": answer.new_text,
        "strength": "" if isinstance(row, (Question, OpenRow)) else word,
        "score": f"{row.score:.2f}" if isinstance(row, (Question, Link)) else score,
        "evidence": _evidence(row, language),
        "annotator": answer.annotator,
        "answered_on": answer.answered_on.isoformat() if answer.answered_on is not None else "",
        "comment": answer.comment,
    }


def _evidence(row: Row, language: Language) -> str:
    if isinstance(row, (Question, Link)):
        return evidence_words(row.evidence, language)
    return _as_answer(row).evidence


def parse_csv(data: bytes, origin: str, problems: list[Problem]) -> Sheet:
    """Read a table; what is wrong goes to ``problems``, with row and column."""
    text = decoded(data)
    try:
        sign = delimiter(text, _names())
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        problems.append(Problem(origin, f"no table: {error}"))
        return Sheet(())
    heads = [cell.strip() for cell in rows[0]] if rows else []
    columns = {name: place for place, name in _columns(heads, origin, problems).items()}
    if problems:
        return Sheet(())
    reader = _Reader(columns, heads, origin, problems)
    found = [reader.row(number, cells) for number, cells in enumerate(rows[1:], 2) if any(cells)]
    others = [head for place, head in enumerate(heads) if head and place not in columns.values()]
    return Sheet(tuple([row for row in found if row is not None]), tuple(others))


@cache
def _names() -> Mapping[str, str]:
    """The columns by every name that they may have."""
    table = answer_words()["columns"]
    return {plain_word(word): name for name, row in table.items() for word in (name, *row.values())}


def _columns(heads: Sequence[str], origin: str, problems: list[Problem]) -> dict[int, str]:
    """Which column stands where; what is missing or twice there is a problem."""
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        name = _names().get(plain_word(head))
        if name in found.values():
            problems.append(Problem(f"{origin}, row 1, column {head}", "this column is there twice"))
        elif name is not None:
            found[place] = name
    there = set(found.values())
    needed: list[tuple[str, ...]] = [side for side in _SIDES if not there.intersection(side)]
    needed += [] if "strength" in there else [("strength",)]
    for names in needed:
        words = [f"{answer_words()['columns'][name]['zh']} ({name})" for name in names]
        problems.append(Problem(f"{origin}, row 1", f"expected a column {' or '.join(words)}"))
    return found


class _Reader:
    """Reads rows, and says where one is wrong."""

    def __init__(
        self, columns: Mapping[str, int], heads: Sequence[str], origin: str, problems: list[Problem]
    ) -> None:
        self._columns = columns
        self._heads = heads
        self._origin = origin
        self._problems = problems

    def row(self, number: int, cells: Sequence[str]) -> Answer | OpenRow | None:
        """Return what a row holds; None where it cannot be understood."""
        if any(cell.strip() for cell in cells[len(self._heads) :]):
            told = f"expected {len(self._heads)} cells, got {len(cells)}; texts with commas stand in quotes"
            self._problems.append(Problem(f"{self._origin}, row {number}", told))
            return None

        def cell(name: str) -> str:
            place = self._columns.get(name)
            return bare(cells[place]) if place is not None and place < len(cells) else ""

        before = len(self._problems)
        answered = bool(cell("strength").strip())
        for names in _SIDES if answered else ():
            if not any(cell(name).strip() for name in names):
                self._wrong(number, names[0], "expected the key of a task, or else its text", "")
        said = self._read(number, "strength", cell("strength"), _strength)
        score = self._read(number, "score", cell("score"), _score)
        day = self._read(number, "answered_on", cell("answered_on"), day_of)
        if len(self._problems) > before:
            return None
        texts = {name: cell(name) for name in ("old_text", "new_text", "evidence", "annotator", "comment")}
        answer = Answer(cell("old_key"), cell("new_key"), said, score=score, answered_on=day, **texts)
        return answer if answered else OpenRow(answer)

    def _read(self, number: int, name: str, cell: str, read: Callable[[str], T]) -> T | None:
        """Read a cell; what it is not, the error says."""
        try:
            return read(plain_word(cell)) if cell.strip() else None
        except ValueError as error:
            self._wrong(number, name, f"expected {error}", cell)
            return None

    def _wrong(self, number: int, name: str, expected: str, cell: str) -> None:
        place = self._columns.get(name)
        column = name if place is None else self._heads[place]
        got = f", got {shorten(cell, 40)!r}" if cell else ""
        self._problems.append(Problem(f"{self._origin}, row {number}, column {column}", expected + got))


def _strength(text: str) -> Strength | None:
    known = strength_words()
    if text not in known:
        rows = answer_words()["strengths"].values()
        words = [f"{row['zh'][0]} ({row['en'][0]})" for row in cast("Iterable[dict[str, list[str]]]", rows)]
        raise ValueError(", ".join(words))
    return known[text]


def _as_written(score: float) -> str:
    """Return a score with two decimals, as the rows of questions have it, or with more where it has more."""
    short = f"{score:.2f}"
    return short if float(short) == score else repr(score)


def _score(text: str) -> float:
    try:
        score = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise ValueError("a number from 0 to 1")
    return score
