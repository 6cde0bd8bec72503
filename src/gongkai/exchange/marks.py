"""Marks in files: tables that a person fills in with a spreadsheet, and JSON."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

import attrs

from gongkai._refusals import not_opened
from gongkai.comparing import CoverageRow, Mark
from gongkai.comparing.diffing.changes import Language
from gongkai.comparing.judges.answerwords import plain_word
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.exchange._cells import bare, day_of, decoded, delimiter, rows_text
from gongkai.exchange.saving import save
from gongkai.exchange.sheets import heads

__all__ = ["read_marks", "write_marks"]

_Form: TypeAlias = Literal["csv", "json"]

_FORMS: Final[dict[str, _Form]] = {".csv": "csv", ".json": "json"}

#: The version of the form, and what is in the file.
_VERSION: Final = 1
_KIND: Final = "marks"

_NAMES: Final = tuple([field.name for field in attrs.fields(Mark)])


def write_marks(
    marks: Iterable[Mark | CoverageRow],
    path: str | os.PathLike[str],
    *,
    form: _Form | None = None,
    language: Language = "zh",
) -> None:
    """Write marks to a file; what was there is replaced as a whole.

    A table (CSV in UTF-8 with a byte order mark, so that Excel opens it) has one row for each: the key and
    the text of the task, why it does not apply, who says so and when. No cell becomes a formula. JSON has the
    same.

    Args:
        marks: one row each. A row of a coverage that has no mark stands with an empty reason, to be filled
            in.
        path: the file.
        form: ``csv`` or ``json``; by default the file's suffix tells it.
        language: the language of the column heads, ``zh`` or ``en``.

    Raises:
        InvalidValue: neither suffix nor ``form`` tells what to write, or the language is none.
        OSError: the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from gongkai import Mark
    >>> import gongkai
    >>> marks = (Mark("12", "本区没有耕地", text="公布耕地保护补贴。", annotator="王"),)
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "不适用.csv")
    ...     gongkai.write_marks(marks, file)
    ...     print(file.read_text(encoding="utf-8-sig"))
    ...     gongkai.read_marks(file) == marks
    任务编号,任务内容,不适用理由,标注人,标注日期
    12,公布耕地保护补贴。,本区没有耕地,王,
    <BLANKLINE>
    True
    """
    chosen = _form(path, form, "write_marks")
    if language not in {"zh", "en"}:
        raise InvalidValue("write_marks", "language", language, "one of zh, en")
    records = [_record(item) for item in marks]
    if chosen == "json":
        whole = {"gongkai": _VERSION, "kind": _KIND, "marks": records}
        text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    else:
        columns = heads("marks")
        rows = [[record.get(name, "") for name in columns] for record in records]
        text = "\ufeff" + rows_text([[row[language] for row in columns.values()], *rows])
    # A document may hold halves of surrogates; what is written can be read back.
    save(path, text.encode("utf-8", "surrogatepass"))


def _record(item: Mark | CoverageRow) -> dict[str, str]:
    if isinstance(item, CoverageRow):
        if item.mark is None:
            return {"key": item.task.key or "", "text": item.task.text}
        item = attrs.evolve(item.mark, key=item.task.key or "", text=item.task.text)
    values = {name: cast(object, getattr(item, name)) for name in _NAMES}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in values.items()
        if value not in {"", None}
    }


def read_marks(path: str | os.PathLike[str], *, form: _Form | None = None) -> tuple[Mark, ...]:
    """Read marks from a file: of :func:`write_marks`, or a coverage's table with reasons filled in.

    Column heads are understood in Chinese and in English, in any order; columns that are not known are left
    aside. Rows without a reason are no marks. Text is UTF-8, UTF-16 or GB 18030, parted by commas, semicolons
    or tabs, as spreadsheets save it. Whether the tasks are there is found out by ``coverage(..., marks=…)``.

    Args:
        path: the file.
        form: ``csv`` or ``json``; by default the file's suffix tells it.

    Raises:
        InvalidValue: neither suffix nor ``form`` tells how to read it.
        ReadError: the file cannot be opened.
        LoadError: there are marks that cannot be understood: all of them, with row and column or path.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import gongkai
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "marks.csv")
    ...     _ = file.write_text("key,reason,marked_on\\n3,没有耕地,soon\\n4,,\\n", encoding="utf-8")
    ...     gongkai.read_marks(file)
    Traceback (most recent call last):
        ...
    gongkai.errors.LoadError: marks.csv, row 2, column marked_on: expected a day, as 2026-11-22, got 'soon'
    """
    chosen = _form(path, form, "read_marks")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise not_opened(os.fspath(path), error) from error
    problems: list[Problem] = []
    marks = (_parse_json if chosen == "json" else _parse_csv)(data, Path(path).name, problems)
    if problems:
        raise LoadError(problems)
    return tuple(marks)


def _form(path: str | os.PathLike[str], form: str | None, owner: str) -> _Form:
    if form is None:
        chosen = _FORMS.get(Path(path).suffix.lower())
        if chosen is None:
            raise InvalidValue(owner, "path", os.fspath(path), "a name that ends in .csv or .json, or a form")
        return chosen
    if form not in _FORMS.values():
        raise InvalidValue(owner, "form", form, "csv or json")
    return cast(_Form, form)


@cache
def _columns() -> Mapping[str, str]:
    """The columns by every name that they may have."""
    return {plain_word(word): name for name, row in heads("marks").items() for word in (name, *row.values())}


def _parse_csv(data: bytes, origin: str, problems: list[Problem]) -> list[Mark]:
    text = decoded(data)
    try:
        sign = delimiter(text, _columns())
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        problems.append(Problem(origin, f"no table: {error}"))
        return []
    titles = [cell.strip() for cell in rows[0]] if rows else []
    known = [_columns().get(plain_word(cell)) for cell in titles]
    places = {name: n for n, name in reversed(tuple(enumerate(known))) if name is not None}
    problems += [
        Problem(f"{origin}, row 1", f"expected a column {heads('marks')[name]['zh']} ({name})")
        for name in ("key", "reason")
        if name not in places
    ]
    if problems:
        return []
    found: list[Mark] = []
    for number, cells in enumerate(rows[1:], 2):
        held = {name: cells[n] for name, n in places.items() if n < len(cells)}
        fields: dict[str, object] = {
            name: bare(cell)
            for name, cell in held.items()
            if cell and (cell.strip() or name not in {"reason", "marked_on"})
        }
        if "reason" in fields:
            where = {name: f"{origin}, row {number}, column {titles[n]}" for name, n in places.items()}
            found += _mark(fields, where, problems)
    return found


def _parse_json(data: bytes, origin: str, problems: list[Problem]) -> list[Mark]:
    try:
        whole = cast(object, json.loads(data.decode("utf-8", "surrogatepass").removeprefix("\ufeff")))
    except ValueError as error:
        problems.append(Problem(origin, f"no JSON: {error}"))
        return []
    except RecursionError:
        problems.append(Problem(origin, "nested too deeply"))
        return []
    table = cast("dict[str, object]", whole) if isinstance(whole, dict) else {}
    records = table.get("marks")
    if table.get("kind") != _KIND or not isinstance(records, list):
        problems.append(Problem("$", 'expected {"gongkai": 1, "kind": "marks", "marks": [...]}'))
        return []
    if type(table.get("gongkai")) is not int or table["gongkai"] != _VERSION:
        told = f"expected version {_VERSION} of this form, got {table.get('gongkai')!r}"
        problems.append(Problem("$.gongkai", told))
    found: list[Mark] = []
    for place, record in enumerate(cast("list[object]", records)):
        path = f"$.marks[{place}]"
        if not isinstance(record, dict):
            problems.append(Problem(path, f"expected an object, got {type(record).__name__}"))
            continue
        fields = cast("dict[str, object]", record)
        problems += [Problem(f"{path}.{name}", "unknown key") for name in fields if name not in _NAMES]
        if "reason" in fields:  # without one it is a row that nobody has filled in
            known = {name: value for name, value in fields.items() if name in _NAMES}
            found += _mark(known, {name: f"{path}.{name}" for name in _NAMES}, problems)
    return found


def _mark(fields: dict[str, object], where: Mapping[str, str], problems: list[Problem]) -> list[Mark]:
    """Return the mark of these fields, or nothing, and then say where it is wrong."""
    day = fields.get("marked_on")
    try:
        if isinstance(day, str):
            fields["marked_on"] = day_of(plain_word(day))
        return [Mark(cast(str, fields.pop("key", "")), cast(str, fields.pop("reason")), **fields)]  # type: ignore[arg-type]
    except InvalidValue as error:
        place = where.get(error.field, where["key"])
        problems.append(Problem(place, f"expected {error.expected}, got {error.value!r}"))
    except ValueError as error:
        problems.append(Problem(where["marked_on"], f"expected {error}, got {day!r}"))
    return []
