"""The record of a page: the tables and lists that hold its keys and values, and its meta tags."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from gongkai.reading.containers.html.lines import Page
from gongkai.reading.containers.html.tables import Rows
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage
from gongkai.reading.record import is_key, is_record, pairs_in
from gongkai.reading.titles import is_title

__all__ = ["is_record_table", "joined_lines", "meta_tags", "name_records", "title_of"]

#: Keys of a table that are none of the grammar's end with a colon and are not longer.
_KEY_LENGTH: Final = 12
#: A record has no more cells.
_MOST_CELLS: Final = 80
#: A line that is a key takes the next one as its value, if that is not longer.
_VALUE_LENGTH: Final = 200


def is_record_table(rows: Rows, page: Page) -> bool:
    """Tell whether a table is a record: in each row that holds something keys and values take turns."""
    known = 0
    cells = 0
    for row in rows.rows:
        texts = [" ".join(page.lines[cell.first : cell.last]).strip() for cell in row]
        texts = [text for text in texts if text]
        cells += len(texts)
        if not texts:
            continue
        if cells > _MOST_CELLS or not (is_key(texts[0]) or _looks_like_key(texts[0])):
            return False
        known += sum(map(is_key, texts))
    return known > 0 and 3 * known >= cells


def _looks_like_key(text: str) -> bool:
    return text[-1] in ":：" and len(text) <= _KEY_LENGTH


def name_records(
    page: Page, records: list[Rows], region: tuple[int, int], names: list[str | None]
) -> list[tuple[str, str]]:
    """Name the lines of records; return the keys and values of those that stand below the document.

    Those above it are lines of its head.
    """
    found: list[tuple[str, str]] = []
    for rows in records:
        above = rows.first < region[1]
        for at in range(rows.first, rows.last):
            names[at] = None if above else "record"
        for row in () if above else rows.rows:
            texts = [" ".join(page.lines[cell.first : cell.last]).strip() for cell in row]
            found += [pair for pair in pairs_in("\t".join(texts)) if pair[1]]
    return found


def joined_lines(
    page: Page, records: list[Rows], region: tuple[int, int], names: list[str | None]
) -> dict[int, str]:
    """Return what stands before the lines that go on with the line above, by line; nothing else does.

    In a record a row is one line, its cells parted by tabs, as a browser copies them. Above the document a
    line that is a key alone goes on with its value.
    """
    found: dict[int, str] = {}
    for rows in records:
        for row in rows.rows:
            for cell in row:
                for at in range(cell.first, cell.last):
                    found[at] = "\t" if at == cell.first else " "
            if row:
                found.pop(row[0].first if row[0].first < row[0].last else _first_line(row), None)
    key = -2
    for at in range(region[0]):
        text = page.lines[at].strip()
        if at in found or names[at] not in {None, "page-head"}:
            key = -2
        elif key == at - 1 and len(text) <= _VALUE_LENGTH and not _is_key_too(text):
            found[at] = "\t"
            key = -2
        else:
            key = at if is_key(text) else -2
    return found


def _is_key_too(text: str) -> bool:
    return is_key(text) or is_record(Passage(0, text))


def _first_line(row: list[Any]) -> int:
    return next((cell.first for cell in row if cell.first < cell.last), -1)


def meta_tags(head: Any) -> list[tuple[str, str]]:
    """Return what the meta tags say of the document, as keys of a metadata block and values, in order."""
    keys: dict[str, str] = table("page")["meta"]
    found: dict[str, str] = {}
    for node in head.css("meta") if head is not None else ():
        named = node.attributes
        key = keys.get((named.get("name") or named.get("property") or "").strip().lower())
        value = " ".join((named.get("content") or "").split())
        if key is not None and value:
            found.setdefault(key, value)
    return list(found.items())


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(table("page")["title"]["parting"])


def title_of(text: str) -> str | None:
    """Return the document's title in that of its page, without the names of column and site, or None.

    >>> from gongkai.reading.containers.html.record import title_of
    >>> title_of("澄湖区2024年政务公开工作要点_政务公开_澄湖区人民政府")
    '澄湖区2024年政务公开工作要点'
    """
    parts = [" ".join(part.split()) for part in _parting().split(text)]
    return next((part for part in parts if is_title(part)), None)
