"""Comments on a draft from a sheet: a workbook, a Word document or a page with a table, or CSV."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, cast

from gongkai._refusals import refused
from gongkai.errors import InvalidValue
from gongkai.exchange._cells import bare, decoded
from gongkai.merging.comments.commenting import table
from gongkai.merging.comments.comments import RESERVED, Comment
from gongkai.reading.containers import extract
from gongkai.reading.extract import Extract
from gongkai.reading.opening import bytes_of

__all__ = ["read_comments"]

#: How far down the row with the heads is looked for.
_ROWS: Final = 20

#: The columns of which one must be there for a table to be one of comments.
_NEEDED: Final = "proposal"


class _Row(NamedTuple):
    """A row of a table: its number as a person counts, its cells by column."""

    number: int
    cells: Mapping[int, str]


class _Grid(NamedTuple):
    """A table, and what stands above it."""

    name: str
    rows: Sequence[_Row]


def read_comments(path: str | os.PathLike[str], *, who: str | None = None) -> tuple[Comment, ...]:
    """Read the comments of a sheet (意见汇总表): one a row, in its order.

    The columns are known by their heads, in any order: 序号, 条款, 原文, 修改意见 or 修改建议, 理由,
    提出单位 or 反馈单位, 采纳情况, 栏目; others are kept in ``comment.others``. A merged cell counts for all
    its rows. Every table of the file that has a column of proposals is read; rows that say nothing are left
    out.

    Args:
        path: the file: .xlsx, .docx, .html, .pdf or .csv, known from its bytes.
        who: who comments, where no column and no line above the table says so; by default the file's name.

    Raises:
        ReadError: the file cannot be opened or read, or has no table of comments; it names the columns that
            are looked for.
        MissingExtra: a library for this container is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import gongkai
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "意见汇总.csv")
    ...     _ = file.write_text("原文,修改意见,提出单位\\n每年公开,改为“按月公开”,区司法局\\n", "utf-8")
    ...     gongkai.read_comments(file)
    (<Comment 区司法局: 改为“按月公开”>,)
    """
    data, _ = bytes_of(path)
    origin = Path(path).name
    content = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    found: list[Comment] = []
    known = False
    for grid in _grids(content, origin):
        heads = _heads(grid)
        if heads is None:
            continue
        known = True
        found += _comments(grid, *heads, origin, _fallback(who, origin))
    if not known:
        columns = cast("dict[str, list[str]]", table()["columns"])
        names = columns[_NEEDED][:6]
        raise refused(origin, "no-comments", zh={"names": "、".join(names)}, names=", ".join(names))
    return tuple(found)


def _fallback(who: str | None, origin: str) -> str:
    if who is not None and not who.strip():
        raise InvalidValue("read_comments", "who", who, "a name")
    return who or Path(origin).stem


def _grids(data: bytes, origin: str) -> Iterator[_Grid]:
    if origin.lower().endswith((".csv", ".tsv")):
        yield _of_csv(data, origin)
        return
    extracted = extract(data, origin)
    for at in range(len(extracted.tables)):
        yield _of_table(extracted, at)


def _of_csv(data: bytes, origin: str) -> _Grid:
    text = decoded(data)
    try:
        sign = max(",;\t", key=text[:2000].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise refused(origin, "no-table", reason=error) from None
    return _Grid(
        "", [_Row(n, {c: bare(cell) for c, cell in enumerate(row)}) for n, row in enumerate(rows, 1)]
    )


def _of_table(extracted: Extract, at: int) -> _Grid:
    """Return a table with merged cells in each of their rows; what stands above it is its first row."""
    cells = extracted.tables[at]
    rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for cell in cells.cells:
        text = "\n".join([extracted.text[start:end] for start, end in cell.paragraphs]).strip()
        for row in range(cell.row, cell.row + cell.rows):
            rows[row][cell.column] = text
    sheet = next(
        (
            place.name
            for place in extracted.places
            if place.kind.value == "sheet" and place.start <= cells.start
        ),
        "",
    )
    above = extracted.text[extracted.tables[at - 1].end if at else 0 : cells.start].strip()
    listed = [_Row(row + 1, rows[row]) for row in sorted(rows)]
    return _Grid(sheet, [*([_Row(0, {0: above})] if above else []), *listed])


@cache
def _columns() -> dict[str, str]:
    """The columns by every head that they may have."""
    columns = cast("dict[str, list[str]]", table()["columns"])
    return {_plain(head): name for name, heads in columns.items() for head in heads}


def _plain(head: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]|[\s:：*★]", "", head).lower()


def _column(head: str) -> str | None:
    """Return the column that a head names: as it stands, else by the longest head that it holds."""
    plain = _plain(head)
    if plain in _columns():
        return _columns()[plain]
    held = [word for word in _columns() if len(word) > 2 and word in plain]
    return _columns()[max(held, key=len)] if held and len(plain) <= 12 else None


def _heads(grid: _Grid) -> tuple[int, dict[int, str]] | None:
    """Return the place of the row with the heads, and the columns that it names."""
    for at, row in enumerate(grid.rows[:_ROWS]):
        found: dict[int, str] = {}
        for place, text in row.cells.items():
            name = _column(text) if text else None
            if name is not None and name not in found.values():
                found[place] = name
        if _NEEDED in found.values() and len(found) > 1:
            return at, found
    return None


def _comments(
    grid: _Grid, at: int, columns: Mapping[int, str], origin: str, fallback: str
) -> Iterator[Comment]:
    who = _who_above(grid.rows[:at]) or fallback
    heads = grid.rows[at].cells
    for row in grid.rows[at + 1 :]:
        said = {columns[place]: text.strip() for place, text in row.cells.items() if place in columns}
        if not any(said.get(name) for name in ("proposal", "reason", "quote")) or _heads_again(said):
            continue
        others = [
            (heads.get(place, "").strip(), text)
            for place, text in sorted(row.cells.items())
            if place not in columns and text.strip()
        ]
        named = _one_line(said.pop("who", ""))
        place = f"{origin}{' ' + grid.name if grid.name else ''}, row {row.number}"
        yield Comment(named if named not in RESERVED else who, origin=place, others=others, **said)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _heads_again(said: Mapping[str, str]) -> bool:
    """Tell a row that repeats the heads, as below the break of a page."""
    return all(_column(text) == name for name, text in said.items() if text)


def _who_above(rows: Sequence[_Row]) -> str:
    """Return who fills in the sheet, where a line above the table says so."""
    pattern = re.compile(table()["who"]["pattern"])
    for row in rows:
        for text in row.cells.values():
            found = pattern.search(text)
            if found is not None:
                return found["who"]
    return ""
