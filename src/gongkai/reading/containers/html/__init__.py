"""Web pages: the lines that a browser shows, and what the page says of the document in it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final

import attrs

from gongkai.codec.carried import MEDIA_TYPE
from gongkai.errors import MissingExtra
from gongkai.model import Finding, Place, PlaceKind
from gongkai.model._house import trusted
from gongkai.reading.containers.drafting import column_name
from gongkai.reading.containers.encodings import decoded
from gongkai.reading.containers.html.lines import Page, lines_of
from gongkai.reading.containers.html.nesting import check_nesting
from gongkai.reading.containers.html.record import (
    is_record_table,
    joined_lines,
    meta_tags,
    name_records,
    title_of,
)
from gongkai.reading.containers.html.region import copy_in, document_in, name_lines
from gongkai.reading.containers.html.tables import GridCell, Rows
from gongkai.reading.extract import Extract, Noise, PrintedCell, PrintedTable
from gongkai.reading.findings import finding
from gongkai.reading.lines import BLANK, make_span

__all__ = ["extract", "extract_page"]

_make_place = trusted(Place)

_TITLE: Final = "标题"
#: What an entity that was escaped twice (&amp;nbsp;) leaves in the text.
_ESCAPED: Final = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|[lr]dquo|mdash|middot|hellip|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
)
#: A table is the page's layout where one of its cells holds more than this share of it, in so many lines.
_LAYOUT: Final = 0.6
_LAYOUT_LINES: Final = 12


def extract(data: bytes, origin: str) -> Extract:
    """Return the text of a web page, or of a piece of one.

    Raises:
        ReadError: the page is nested as no document is, or in no encoding that is known.
        MissingExtra: the library that parses web pages is not installed.
    """
    text, encoding, findings = decoded(data, origin)
    came = extract_page(text, origin)
    # A place in the page's source is none in its text.
    found = tuple(attrs.evolve(item, span=None) for item in findings)
    return came._replace(encoding=encoding, findings=found + came.findings)


def extract_page(text: str, origin: str) -> Extract:
    """Return the text of a web page that is decoded already, as :func:`extract` does.

    The text has all that a browser shows; what is not the document's is noise, by name.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtra("documents", "reading web pages") from error
    check_nesting(text, origin)
    tree = LexborHTMLParser(text)
    findings: list[Finding] = []
    page = _shown(tree.root, findings)
    said = meta_tags(tree.head)
    title = dict(said).get(_TITLE) or _page_title(tree.head)
    records = [rows for rows in page.tables if is_record_table(rows, page)]
    grids = _grids(page, records)
    region, own = document_in(page, [(rows.first, rows.last) for rows, _ in grids])
    names = name_lines(page, region, own, title)
    copy = copy_in(page, region)
    if copy is not None:
        names[slice(*copy)] = ["copy"] * (copy[1] - copy[0])
        findings.append(finding("page-copy"))
    below = name_records(page, records, region, names)
    before = joined_lines(page, records, region, names)
    for at in sorted(before):
        names[at] = names[at - 1]
    whole = _Whole(page.lines, before)
    found = _ESCAPED.findall(whole.text) if "&" in whole.text else []
    if found:
        first = whole.text.index(found[0])
        span = make_span(first, first + len(found[0]), ())
        findings.append(finding("entity-escaped-twice", span, entity=found[0], count=len(found)))
    return Extract(
        whole.text,
        "text/html",
        record=(*below, *(pair for pair in said if pair[0] != _TITLE)),
        title=title,
        labels={whole.bare_start(at): label for at, label in page.labels.items() if at not in before},
        noise=whole.noise(names),
        tables=tuple([whole.table(rows, cells) for rows, cells in grids if names[rows.first] is None]),
        places=tuple(whole.places),
        findings=tuple(findings),
        carried=_carried(tree.head),
    )


def _carried(head: Any) -> str | None:
    """Return what gongkai put beside the text, if it did."""
    node = head.css_first(f'script[type="{MEDIA_TYPE}"]') if head is not None else None
    return None if node is None else str(node.text())


def _shown(root: Any, findings: list[Finding]) -> Page:
    """Return the lines that a browser shows; all of them where the page hides most until a program runs."""
    page = Page() if root is None else lines_of(root)
    if page.hidden > sum(map(len, page.lines)):
        page = lines_of(root, hidden=True)
        findings.append(finding("page-hidden"))
    if not page.lines:
        findings.append(finding("page-empty"))
    return page


def _page_title(head: Any) -> str | None:
    node = head.css_first("title") if head is not None else None
    return None if node is None else title_of(node.text())


def _grids(page: Page, records: list[Rows]) -> list[tuple[Rows, list[GridCell]]]:
    """Return the tables that hold data, with their cells."""
    found: list[tuple[Rows, list[GridCell]]] = []
    taken = set(map(id, records))
    for rows in page.tables:
        if id(rows) in taken or rows.first == rows.last or sum(len(row) > 1 for row in rows.rows) < 2:
            continue
        sizes = [
            (sum(map(len, page.lines[cell.first : cell.last])), cell) for row in rows.rows for cell in row
        ]
        largest, cell = max(sizes, key=lambda size: size[0])
        if cell.last - cell.first >= _LAYOUT_LINES and largest > _LAYOUT * sum(size for size, _ in sizes):
            continue
        cells = rows.cells()
        if cells is not None:
            found.append((rows, cells))
    return found


class _Whole:
    """The text of a page: its lines, and where each begins.

    Attributes:
        text: the text.
        places: the tables that were asked for, and their cells.
        tables: how many tables that are.
    """

    def __init__(self, lines: list[str], before: dict[int, str]) -> None:
        self.lines = lines
        self.starts: list[int] = []
        self.places: list[Place] = []
        self.tables = 0
        parts: list[str] = []
        end = 0
        for at, line in enumerate(lines):
            mark = before.get(at, "\n") if at else ""
            parts += (mark, line)
            self.starts.append(end + len(mark))
            end += len(mark) + len(line)
        self.text = "".join(parts)

    def bare_start(self, at: int) -> int:
        """Where a line begins, without the white space before it."""
        line = self.lines[at]
        return self.starts[at] + line.index(line.strip().strip(BLANK)[0])

    def end(self, at: int) -> int:
        """Where a line ends."""
        return self.starts[at] + len(self.lines[at])

    def noise(self, names: list[str | None]) -> tuple[Noise, ...]:
        """Return the stretches of lines that have a name."""
        found: list[Noise] = []
        for name, run in groupby(enumerate(names), key=lambda item: item[1]):
            lines = [at for at, _ in run]
            if name is not None:
                found.append(Noise(self.starts[lines[0]], self.end(lines[-1]), name))
        return tuple(found)

    def table(self, rows: Rows, cells: list[GridCell]) -> PrintedTable:
        """Return a table, and note its places."""
        start = self.starts[rows.first]
        self.tables += 1
        self.places.append(_make_place(start, PlaceKind.TABLE, str(self.tables)))
        found: list[PrintedCell] = []
        for cell in cells:
            lines = range(cell.first, cell.last)
            paragraphs = tuple([(self.starts[at], self.end(at)) for at in lines])
            found.append(
                PrintedCell(cell.row, cell.column, cell.rows, cell.columns, paragraphs, cell.heading)
            )
            if paragraphs:
                name = f"{column_name(cell.column)}{cell.row + 1}"
                self.places.append(_make_place(paragraphs[0][0], PlaceKind.CELL, name))
        return PrintedTable(start, self.end(rows.last - 1), tuple(found))
