"""What a container hands to the reader: a text, and what the container says beyond it.

The text has everything that a person sees in the document, page furniture included, in reading order: each
paragraph, heading and paragraph of a cell in a line of its own. Offsets are offsets into that text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.model import Finding, Place

__all__ = ["Extract", "KeptCell", "KeptSheet", "Noise", "PrintedCell", "PrintedTable"]


class Noise(NamedTuple):
    """A stretch of the text that the container itself shows to be page furniture.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        name: what it is: the name of a row of ``grammar/noise.toml``, as ``navigation`` or ``page-number``.
    """

    start: int
    end: int
    name: str


class PrintedCell(NamedTuple):
    """One cell of a table.

    Attributes:
        row: its first row, from 0.
        column: its first column, from 0.
        rows: how many rows it spans.
        columns: how many columns it spans.
        paragraphs: where its paragraphs stand in the text, as (start, end); none for an empty cell. One that
            is an automatic number and nothing else is empty itself.
        heading: whether the container calls it a heading (``th``, a repeated header row).
        labels: the automatic numbers of its paragraphs, as (offset where the line begins, label).
    """

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[tuple[int, int], ...]
    heading: bool = False
    labels: tuple[tuple[int, str], ...] = ()


class PrintedTable(NamedTuple):
    """A table that holds no other table.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        cells: its cells, row by row; merged cells once, where they begin.
    """

    start: int
    end: int
    cells: tuple[PrintedCell, ...]


class KeptCell(NamedTuple):
    """A cell of a workbook; rows and columns are the sheet's, from 0.

    Attributes:
        row: its row.
        column: its column.
        text: what a person sees in it.
        number: the number that it holds, where it holds one: a day is a number too.
    """

    row: int
    column: int
    text: str
    number: str = ""


class KeptSheet(NamedTuple):
    """A sheet of a workbook: its cells that say something, row by row."""

    name: str
    shown: bool
    cells: tuple[KeptCell, ...]


class Extract(NamedTuple):
    """A text out of its container.

    Attributes:
        text: the text.
        media_type: the container's media type (RFC 6838).
        encoding: the character encoding that was found, for containers that have one.
        record: what the container says of the document outside its text, as (key, value): the meta tags of a
            government page. The keys are those of metadata blocks (``grammar/record.toml``).
        title: the title that the container gives, outside its text.
        labels: automatic numbers, which stand in no text: the label of the line that begins at an offset.
        noise: page furniture, in order.
        tables: the tables that hold no other table, in order.
        places: the pages, sheets, tables, cells and paragraphs, in order.
        findings: what was odd about the container.
        carried: the plan that a file of gongkai carries beside its print, as JSON.
        sheets: the sheets of a workbook, the hidden ones too.
        from_1904: whether the days of those sheets are counted from 1904.
    """

    text: str
    media_type: str = "text/plain"
    encoding: str | None = None
    record: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    labels: Mapping[int, str] = {}
    noise: tuple[Noise, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    carried: str | None = None
    sheets: tuple[KeptSheet, ...] = ()
    from_1904: bool = False
