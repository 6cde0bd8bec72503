"""Workbooks (.xlsx, .xlsm, .xltx; ISO/IEC 29500, strict and transitional).

The parts are read directly, in one pass: openpyxl gives up merged and hidden cells where it streams, prints
no number formats, and opens neither strict workbooks nor ones with a slip in their styles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from gongkai._refusals import refused
from gongkai.codec.keeping import DIGEST_HEAD, KEY_HEAD, SHEET
from gongkai.model import PlaceKind
from gongkai.reading.containers.archive import Archive
from gongkai.reading.containers.drafting import Draft, column_name
from gongkai.reading.containers.markup import Node, Step, steps, tree
from gongkai.reading.containers.parts import Relation, main_part, optional_tree, relations
from gongkai.reading.containers.sheets import Book, Sheet, number_formats, read_sheet, text_of, unescaped
from gongkai.reading.extract import Extract, KeptSheet, PrintedCell
from gongkai.reading.findings import finding

__all__ = ["extract"]

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of a workbook, and what the workbook says beyond it.

    Each sheet is a table: its rows and columns are those that say something, its cells what a person sees.
    Hidden sheets are left out, hidden rows and columns are read, each with a finding.

    Raises:
        ReadError: the file is damaged, encrypted or a bomb, or has pictures in place of text.
    """
    archive = Archive(data, origin)
    main = main_part(archive, "xl/workbook.xml")
    workbook = tree(archive, main)
    related = relations(archive, main)
    draft = Draft(archive)
    book = _book(archive, workbook, list(related.values()), draft)
    listing = workbook.first("sheets")
    left_out: list[str] = []
    kept: list[KeptSheet] = []
    pictures = 0
    for node in listing.all("sheet") if listing else ():
        name = unescaped(node.attributes.get("name", ""))
        relation = related.get(node.attributes.get("id", ""))
        if relation is None or relation.kind != "worksheet":
            continue  # a sheet that is a chart
        if relation.part not in archive:
            raise refused(origin, "part-missing", part=relation.part)
        sheet = read_sheet(archive, relation.part, book)
        is_shown = node.attributes.get("state", "visible") == "visible"
        kept.append(KeptSheet(name, is_shown, tuple(sheet.cells)))
        if not is_shown:
            left_out += [name] if sheet.cells and name != SHEET else []
        else:
            _write(draft, name, sheet)
            pictures += _write_more(draft, archive, relation.part)
    if left_out:
        draft.findings.append(finding("sheets-left-out", names="、".join(left_out)))
    if pictures and not draft.end:
        raise refused(origin, "workbook-pictures")
    return draft.extract(MEDIA_TYPE)._replace(sheets=tuple(kept), from_1904=book.from_1904)


def _book(archive: Archive, workbook: Node, related: list[Relation], draft: Draft) -> Book:
    """Return what the cells of all sheets refer to."""
    parts = {relation.kind: relation.part for relation in related}
    strings: list[str] = []
    if parts.get("sharedStrings", "") in archive:
        for step, node in steps(archive, parts["sharedStrings"], frozenset(["sst"])):
            if step is Step.WHOLE:
                strings.append(text_of(node))
    styles = optional_tree(archive, parts.get("styles", ""), draft.findings)
    properties = workbook.first("workbookPr")
    from_1904 = properties is not None and properties.attributes.get("date1904") in {"1", "true"}
    return Book(strings, number_formats(styles), from_1904)


def _write(draft: Draft, name: str, sheet: Sheet) -> None:
    """Write a sheet: what is printed above its pages, its cells, what is printed below."""
    if not (sheet.cells or sheet.heads or sheet.feet):
        return
    sheet = _without_ours(sheet)
    draft.place(PlaceKind.SHEET, name or "?")
    _apart(draft, "page-head", sheet.heads)
    start = draft.end
    rows = sorted({cell.row for cell in sheet.cells})
    columns = sorted({cell.column for cell in sheet.cells})
    letters = {column: column_name(column) for column in columns}
    cells: list[PrintedCell] = []
    for row, column, text, _ in sheet.cells:
        draft.place(PlaceKind.CELL, f"{letters[column]}{row + 1}")
        paragraphs = tuple(draft.lines(text))
        at = bisect_left(rows, row), bisect_left(columns, column)
        merged = sheet.merged.get((row, column))
        if merged is None:
            cells.append(PrintedCell(*at, 1, 1, paragraphs))
        else:
            spans = (
                bisect_right(rows, merged.last_row) - at[0],
                bisect_right(columns, merged.last_column) - at[1],
            )
            cells.append(PrintedCell(*at, *spans, paragraphs))
    if cells:
        draft.table(cells, start)
        draft.place(PlaceKind.TABLE, "")
    _apart(draft, "page-foot", sheet.feet)
    if sheet.hidden:
        draft.note("hidden-read", sheet.hidden, (start, draft.end - 1))
    if sheet.unsaid:
        draft.note("formula-without-value", sheet.unsaid)


def _without_ours(sheet: Sheet) -> Sheet:
    """Return a sheet without the hidden columns that gongkai keeps beside its tables."""
    ours = {cell.column for cell in sheet.cells if cell.text in {KEY_HEAD, DIGEST_HEAD}}
    if not ours:
        return sheet
    cells = [cell for cell in sheet.cells if cell.column not in ours]
    return sheet._replace(cells=cells, hidden=max(sheet.hidden - len(ours), 0))


def _apart(draft: Draft, name: str, lines: Sequence[str]) -> None:
    start = draft.end
    for line in dict.fromkeys(lines):
        draft.line(line)
    draft.apart(name, start)


def _write_more(draft: Draft, archive: Archive, part: str) -> int:
    """Write what stands on a sheet outside its cells; return how many pictures there are."""
    pictures = 0
    for relation in relations(archive, part).values():
        if relation.kind == "drawing" and relation.part in archive:
            for _, node in steps(archive, relation.part, frozenset(["wsDr"])):
                pictures += _write_shape(draft, node)
        elif relation.kind == "comments" and relation.part in archive:
            found = steps(archive, relation.part, frozenset(["comments", "commentList"]))
            count = sum([node.name == "comment" for _, node in found])
            draft.note("comments-left-out", count)
    return pictures


def _write_shape(draft: Draft, node: Node) -> int:
    """Write the text of a shape, a paragraph a line; return how many pictures are in it."""
    if node.name == "pic":
        return 1
    if node.name == "txBody":
        for paragraph in node.all("p"):
            line = "".join([piece.text for run in paragraph.all("r") for piece in run.all("t")])
            if line.strip():
                draft.line(line)
        return 0
    return sum([_write_shape(draft, child) for child in node.children])
