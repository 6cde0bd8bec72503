"""Whether a table is in order: the shipped ones at test time, users' own before they are used."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import NamedTuple, final

from attrs import frozen

from gongkai._refusals import not_opened, refused
from gongkai.directory.directory import Directory
from gongkai.directory.explaining import Teller
from gongkai.directory.naming import normalise
from gongkai.directory.organs import MEMBER_CLASSES
from gongkai.directory.resolution import Language
from gongkai.directory.schemas import SCHEMAS, Schema
from gongkai.directory.tables import parse_day
from gongkai.model._display import Shown

__all__ = ["Table", "TableProblem", "check_table", "problems_of", "read_table"]


@final
@frozen(weakref_slot=False, repr=False)
class TableProblem(Shown):
    """One thing wrong in a table of the directory.

    Attributes:
        code: what sort of problem it is, as ``unknown-reference``.
        line: the line of the file, from 1.
        column: the column, where it is about one.
        zh: what is wrong, in Chinese.
        en: the same in English.
        grave: whether the table cannot be used so; others are good to know.
    """

    code: str
    line: int
    column: str
    zh: str
    en: str
    grave: bool = True

    def message(self, language: Language = "zh") -> str:
        """Return what is wrong, in one language."""
        return self.en if language == "en" else self.zh

    def __repr__(self) -> str:
        place = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return f"<TableProblem {place}: {self.en}>"


class Table(NamedTuple):
    """A table that was read: its name, its columns, and its rows with their lines."""

    name: str | None
    columns: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]
    odd: list[TableProblem]


def read_table(file: str | PathLike[str]) -> Table:
    """Read a table from a CSV file; which one it is, its columns tell.

    Text is UTF-8, or GB 18030 as spreadsheets save it.

    Raises:
        ReadError: the file cannot be opened or is no text.
    """
    path = Path(file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise not_opened(str(path), error) from error
    return table_of(_decoded(data, str(path)))


def table_of(text: str) -> Table:
    """Read a table from text; see :func:`read_table`."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        columns = tuple([cell.strip() for cell in next(reader, list[str]())])
        found: list[tuple[int, dict[str, str]]] = []
        odd: list[TableProblem] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                odd.append(_problem("cells", reader.line_num, "", found=len(cells), expected=len(columns)))
            row = dict(zip(columns, [cell.strip() for cell in cells], strict=False))
            found.append((reader.line_num, {column: row.get(column, "") for column in columns}))
    except csv.Error as error:
        return Table(None, (), [], [_problem("csv", reader.line_num, "", reason=error)])
    fitting = [name for name, schema in SCHEMAS.items() if set(schema.needed) <= set(columns)]
    return Table(_likeliest(fitting, columns), columns, found, odd)


def _likeliest(names: Sequence[str], columns: Iterable[str]) -> str | None:
    """Of the tables that have all needed columns, the one that knows most of the columns that there are."""

    def known(name: str) -> int:
        schema = SCHEMAS[name]
        return len({*schema.needed, *schema.others}.intersection(columns))

    return max(names, key=known, default=None)


def _decoded(data: bytes, origin: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refused(origin, "no-text")


def check_table(file: str | PathLike[str], base: Directory | None = None) -> tuple[TableProblem, ...]:
    """Return what is wrong in a table of your own, in order of its lines.

    Args:
        file: a CSV file; its columns are those of the tables in ``directory/data``, most can be left out.
        base: the directory that it is to extend; by default the shipped one.

    Raises:
        ReadError: the file cannot be opened or is no text.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from gongkai.directory import check_table
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "own.csv")
    ...     row = "lake-office,区湖长办,organ,lakes"
    ...     _ = file.write_text("id,name,kind,functions\\n" + row, encoding="utf-8")
    ...     check_table(file)
    (<TableProblem line 2, functions: lakes is none of the functions that there are>,)
    """
    return tuple(problems_of([read_table(file)], base or Directory.default())[0])


def problems_of(tables: Sequence[Table], base: Directory) -> list[list[TableProblem]]:
    """Return for each table what is wrong in it; they are to extend a directory together."""
    known: dict[str, set[str]] = {
        "organs": {organ.id for organ in base.organs},
        "functions": {function.id for function in base.all_functions},
        "divisions": {division.code or "" for division in base.divisions},
    }
    for table in tables:
        if table.name in known:
            key = SCHEMAS[table.name].needed[0]
            known[table.name] |= {row.get(key, "") for _, row in table.rows}
    return [sorted(_problems(table, known, base), key=lambda problem: problem.line) for table in tables]


def _problems(table: Table, known: Mapping[str, set[str]], base: Directory) -> Iterator[TableProblem]:
    yield from table.odd
    if table.name is None:
        if not table.odd:
            wanted = "; ".join(",".join(schema.needed) for schema in SCHEMAS.values())
            yield _problem("no-table", 1, "", wanted=wanted)
        return
    schema = SCHEMAS[table.name]
    for column in table.columns:
        if column not in {*schema.needed, *schema.others}:
            yield _problem("column", 1, column, table=table.name)
    if len(set(table.columns)) < len(table.columns):
        yield _problem("columns", 1, "")
    lines: dict[tuple[str, ...], int] = {}
    for line, row in table.rows:
        yield from _cells(line, row, schema, known)
        key = tuple([row[column] for column in _key_columns(table.name)])
        if key in lines:
            yield _problem("twice", line, _key_columns(table.name)[0], id=" ".join(key), line=lines[key])
        lines.setdefault(key, line)
    if table.name == "organs":
        yield from _shared_names(table, base)


def _key_columns(table: str) -> tuple[str, ...]:
    return ("predecessor", "successor", "on") if table == "successions" else SCHEMAS[table].needed[:1]


def _cells(
    line: int, row: Mapping[str, str], schema: Schema, known: Mapping[str, set[str]]
) -> Iterator[TableProblem]:
    for column in schema.needed:
        if not row[column]:
            yield _problem("empty", line, column)
    for column, text in row.items():
        values = text.split(";") if column in schema.lists else [text]
        for value in values if text else ():
            if not value:
                yield _problem("empty-value", line, column)
            elif column in schema.words and value not in list(map(str, schema.words[column])):
                allowed = ", ".join(map(str, schema.words[column]))
                yield _problem("word", line, column, value=value, allowed=allowed)
            elif column in schema.references and value not in known[schema.references[column]]:
                yield _problem("reference", line, column, value=value, table=schema.references[column])
            elif column in schema.names and normalise(value) != value:
                yield _problem("name", line, column, value=value, normal=normalise(value))
            elif column == "members" and value not in MEMBER_CLASSES and value not in known["organs"]:
                allowed = ", ".join(sorted(MEMBER_CLASSES))
                yield _problem("word", line, column, value=value, allowed=allowed)
            elif column == "patterns" and (value.count("{"), value.count("}")) != (1, 1):
                yield _problem("pattern", line, column, value=value)
    yield from _dates(line, row, schema)
    if "predecessor" in row and row["predecessor"] == row["successor"]:
        yield _problem("itself", line, "successor")


def _dates(line: int, row: Mapping[str, str], schema: Schema) -> Iterator[TableProblem]:
    for first, last in schema.dates:
        days: list[date | None] = []
        for column in dict.fromkeys([first, last]):
            try:
                days.append(parse_day(row.get(column, "")))
            except ValueError:
                yield _problem("date", line, column, value=row[column])
        if len(days) == 2 and days[0] and days[1] and days[0] > days[1]:
            yield _problem("dates", line, last, first=row[first], last=row[last])


def _shared_names(table: Table, base: Directory) -> Iterator[TableProblem]:
    """Names that two organs have: good to know, and no fault."""
    own = {row["id"] for _, row in table.rows}
    listed = {name: organ.id for organ in base.organs if organ.id not in own for name in organ.names}
    owners: dict[str, str] = {}
    for line, row in table.rows:
        for name in dict.fromkeys([row["name"], *row.get("aliases", "").split(";")]):
            plain = normalise(name)
            if plain in owners and owners[plain] != row["id"]:
                yield _problem("ambiguous", line, "name", grave=False, name=name, other=owners[plain])
            elif plain in listed:
                yield _problem("shared", line, "name", grave=False, name=name, other=listed[plain])
            if plain:
                owners[plain] = row["id"]


def _problem(code: str, at: int, column: str, *, grave: bool = True, **facts: object) -> TableProblem:
    zh, en = (Teller(language, "TableProblem").say(f"problems.{code}", **facts) for language in ("zh", "en"))
    return TableProblem(code, at, column, zh, en, grave)
