"""Heads of columns that run together in a line of text: 工作任务工作要求牵头单位配合/责任单位."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from gongkai.reading.grammar import table
from gongkai.reading.tables.assembling import Ranges
from gongkai.reading.tables.columns import (
    ROLES,
    Column,
    begins_head,
    ends_head,
    holds,
    is_task_table,
    settle,
)

__all__ = ["Heads", "find_heads"]

#: No table has more columns.
_MOST: Final = 16
#: So many heads make a table; fewer only where nothing else stands in the line.
_FEWEST: Final = 3
_LINE: Final = 100
_BRACKET: Final = re.compile(r"\s*[（(][^（）()]{1,20}[)）]")
_BLANKS: Final = re.compile(r"\s*")
#: What stands inside a head besides its characters.
_INSIDE: Final = " \u3000\u00a0/／"


class Heads(NamedTuple):
    """Heads that run together.

    Attributes:
        start: where the first one begins in the text.
        end: where the last one ends.
        columns: the columns.
        cells: where each head stands.
    """

    start: int
    end: int
    columns: tuple[Column, ...]
    cells: tuple[Ranges, ...]


@cache
def _two_heads() -> re.Pattern[str]:
    """The last character of a head and the first of another that directly follows it: a cheap look.

    It begins with one set of characters: Python's search looks for those several times as fast.
    """
    rows = table("tables")["run"]
    ends, after = rows["ends"], "".join([f"(?<!{word})" for word in rows["not_ends"]])
    bodies = rf"(?<=[{rows['bodies_end']}])\s*(?=[{rows['begins']}])"
    near = rf"(?=[\s{rows['bodies_begin']}{rows['begins']}])"
    return re.compile(rf"[{ends}]{near}{after}(?:\s*(?=[{rows['bodies_begin']}])|{bodies})")


@cache
def _longest() -> int:
    found: int = table("tables")["head"]["longest"]
    return found


def _head_at(text: str, at: int) -> int:
    """Return where the longest head ends that begins at a place; the place itself for none."""
    word = ""
    found = at
    end = at
    longest = _longest()
    while end < len(text) and len(word) <= longest:
        character = text[end]
        end += 1
        if character not in _INSIDE:
            if not "\u4e00" <= character <= "\u9fff":
                break
            word += character
            if holds(word) is not None:
                found = end
            elif not begins_head(word):
                break
        elif end - at > 3 * longest:
            break
    return found


def _sequence(text: str, at: int) -> list[tuple[int, int]]:
    """Return where the heads stand that begin at a place and follow each other."""
    found: list[tuple[int, int]] = []
    while len(found) < _MOST and (end := _head_at(text, at)) > at:
        bracket = _BRACKET.match(text, end)
        end = bracket.end() if bracket is not None else end
        found.append((at, end))
        blanks = _BLANKS.match(text, end)
        at = blanks.end() if blanks is not None else end
    return found


def find_heads(text: str, start: int = 0) -> Heads | None:
    """Return the first heads of a task table in a text whose cells run together, or None.

    What stands behind them up to the end of the line, or in the lines below them, are the rows: 一、, （一）
    and 1. begin them. Whoever cuts such a text into lines leaves it whole from ``start`` of the heads on.

    Args:
        text: a line of text.
        start: where to begin.

    >>> from gongkai.reading.tables.heads import find_heads
    >>> found = find_heads("2024年任务分解表工 作 任 务牵头单位责 任 单 位工作要求一、公开1.公开目录区司法局")
    >>> found.start, found.end, [column.holds for column in found.columns]
    (10, 32, ['task', 'lead', 'responsible', 'requirement'])
    >>> find_heads("各牵头单位要落实责任") is None
    True
    """
    search = _two_heads().search
    at = start
    while (two := search(text, at)) is not None:
        at = two.end()
        begins = _heads_before(text, two.start() + 1, start)
        if not begins or _head_at(text, at) == at:
            continue
        for begin in reversed(begins):
            found = _checked(text, _sequence(text, begin))
            if found is not None and found.end > at:
                return found
    return None


def _heads_before(text: str, end: int, start: int) -> list[int]:
    """Return where the heads begin that stand before a place, the nearest first."""
    found: list[int] = []
    longest = _longest()
    while end - start > 0 and len(found) < _MOST:
        word = ""
        begin = -1
        for at in range(end - 1, max(start, end - 3 * longest) - 1, -1):
            character = text[at]
            if character in _INSIDE:
                continue
            word = character + word
            if len(word) > longest or not "\u4e00" <= character <= "\u9fff":
                break
            if holds(word) is not None:
                begin = at
            elif not ends_head(word):
                break
        if begin < 0:
            break
        found.append(begin)
        end = begin
        while end > start and text[end - 1] in _INSIDE:
            end -= 1
    return found


def _checked(text: str, heads: list[tuple[int, int]]) -> Heads | None:
    columns = [Column(holds(text[at:end]) or "extra", "".join(text[at:end].split())) for at, end in heads]
    if len(columns) < _FEWEST:
        around = text if len(text) <= _LINE else ""
        if not around or around[: heads[0][0]].strip() or around[heads[-1][1] :].strip():
            return None
    bodies = tuple(table("tables")["bodies"]["words"])
    if not is_task_table(columns) or not any(
        column.holds == "deadline" or (column.holds in ROLES and column.name.endswith(bodies))
        for column in columns
    ):
        return None
    cells = tuple([((at, end),) for at, end in heads])
    return Heads(heads[0][0], heads[-1][1], tuple(settle(columns)), cells)
