"""Page noise: what a page puts around a document, by name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, Protocol

from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage
from gongkai.reading.pieces import Marks

__all__ = ["drop_page_numbers", "mark_page_numbers", "name_of", "noise_kind", "opens_list", "outside"]

#: Running heads and page numbers are short.
_PAGE_LENGTH: Final = 16


class Stretch(Protocol):
    """What begins and ends in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


@cache
def _pattern(*places: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = [row for row in table("noise")["noise"] if row["where"] in places]
    shares = alternatives(table("noise")["shares"]["names"])
    patterns = [row["pattern"].replace("{shares}", shares) for row in rows]
    return re.compile("|".join(f"({pattern})" for pattern in patterns)), tuple(row["name"] for row in rows)


def name_of(text: str, *places: str) -> str | None:
    """Return the name of the noise that a line is in one of the places (line, tail, page), or None.

    >>> from gongkai.reading.noise import name_of
    >>> name_of("分享到: QQ空间", "tail"), name_of("— 3 —", "page"), name_of("加强分享", "tail")
    ('share', 'page-number', None)
    """
    pattern, names = _pattern(*places)
    found = pattern.match(text)
    return names[found.lastindex - 1] if found and found.lastindex else None


@cache
def noise_kind(name: str) -> str:
    """Return the kind of piece that a noise is; all pieces of one kind share one string.

    What a container names ``record`` is none: it holds values of the record.
    """
    return name if name == "record" else f"noise:{name}"


def drop_page_numbers(lines: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Return the lines without page numbers, and the page numbers."""
    short = [line for line in lines if line.style < 0 and len(line.text) <= _PAGE_LENGTH]
    dropped = [line for line in short if name_of(line.text, "page") is not None]
    if not dropped:
        return lines, dropped
    gone = {line.start for line in dropped}
    return [line for line in lines if line.start not in gone], dropped


def mark_page_numbers(dropped: list[Passage], stretches: Sequence[Stretch], marks: Marks) -> list[Passage]:
    """Mark the page numbers that begin in none of the stretches as noise, and return the others.

    In a cell of a task table such a line is what the cell says.
    """
    if not dropped:
        return dropped
    free = outside(dropped, stretches)
    for line in free:
        marks.add_line(noise_kind("page-number"), line)
    marked = {id(line) for line in free}
    return [line for line in dropped if id(line) not in marked]


def outside(lines: list[Passage], stretches: Sequence[Stretch]) -> list[Passage]:
    """Return the lines that begin in none of the stretches, which stand in order."""
    starts = [stretch.start for stretch in stretches]
    kept: list[Passage] = []
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        if at < 0 or line.start >= stretches[at].end:
            kept.append(line)
    return kept


@cache
def _lists() -> re.Pattern[str]:
    rows = [row for row in table("noise")["noise"] if row.get("list")]
    return re.compile("|".join(f"(?P<{row['name']}>{row['pattern']})" for row in rows))


def opens_list(text: str) -> str | None:
    """Return the name of the noise whose list of links a line opens, or None.

    >>> from gongkai.reading.noise import opens_list
    >>> opens_list("附件下载："), opens_list("分享到：")
    ('attachments', None)
    """
    found = _lists().match(text)
    return found.lastgroup if found else None
