"""Clauses that no bracket marks: the last sentence of a paragraph, a line of names, a bracket left open.

Plain prose names bodies as well. So a sentence is a clause only where all of it is read as one, no word of it
exhorts (各部门要抓好落实), and a body is named or a division of labour is; a line of names only where it
names bodies and nothing else. The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from gongkai.model import DepartmentKind
from gongkai.reading.clauses import Clause, parse_clause
from gongkai.reading.grammar import alternatives, table, words_of
from gongkai.reading.lines import BLANK
from gongkai.reading.names import is_listed, is_named

__all__ = ["Loose", "is_alias", "last_sentence"]

#: A longer sentence is prose; a list of names may be longer.
_LONGEST: Final = 200
#: No name that begins with a level or with 各 is longer; nor any other that the directory does not list.
_LONG: Final = 14
_SHORT: Final = 8
_NAME: Final = re.compile("[A-Z\u3400-\u9fff（）()、]+")
_STOPS: Final = "。；;！!"
_ENDING: Final = "。）)"
_DASH: Final = "—"


class Loose(NamedTuple):
    """A clause without brackets.

    Attributes:
        opened: where it begins.
        inside: where what it says begins.
        clause: what it says.
    """

    opened: int
    inside: int
    clause: Clause


@cache
def _ends() -> dict[str, tuple[str, ...]]:
    """How a text can end whose last sentence is a clause, by the last character: with a verb or a name."""
    rules = table("clauses")
    rows = [*rules["verb"], *(row for row in rules["mode"] if row.get("alone"))]
    ends = {word[-2:] for row in rows for word in words_of(row)} | set(rules["loose"]["last"])
    return {last: tuple([end for end in ends if end[-1] == last]) for last in {end[-1] for end in ends}}


@cache
def _exhorts() -> re.Pattern[str]:
    return re.compile(alternatives(table("clauses")["loose"]["exhorts"]))


def last_sentence(text: str, begin: int) -> Loose | None:
    """Return the clause that ends a text although no bracket marks it, or only half a one.

    >>> from gongkai.reading.loose import last_sentence
    >>> last_sentence("公开目录。区甲局牵头，各部门配合。", 0).clause.assignments
    (<Assignment lead 区甲局>, <Assignment cooperate 各部门>)
    >>> last_sentence("公开目录。各部门要抓好落实。", 0) is None
    True
    """
    stop = len(text) - (text[-1] in _ENDING)
    ends = _ends().get(text[stop - 1])
    if stop <= begin or ends is None or not text.endswith(ends, begin, stop):
        return None
    opened = max(text.rfind("（", begin), text.rfind("(", begin))
    if opened >= begin and "）" not in text[opened:] and ")" not in text[opened:]:
        return _half_bracketed(text, opened, opened + 1, len(text))
    stop = len(text) - (text[-1] in _STOPS)
    opened = max([text.rfind(mark, begin, stop) for mark in _STOPS + _DASH]) + 1
    opened = max(opened, begin)
    while opened < stop and text[opened] in BLANK:
        opened += 1
    said = text[opened:stop]
    if not 2 < len(said) <= _LONGEST:
        return None
    if said[-1] in "）)" and "（" not in said and "(" not in said:
        return _half_bracketed(text, opened, opened, stop - 1)
    clause = parse_clause(said)
    if clause is None or not _is_duty(said, clause, alone=not text[begin:opened].strip(BLANK)):
        return None
    while opened > begin and text[opened - 1] in _DASH:
        opened -= 1
    return Loose(opened, len(text) - len(text[opened:].lstrip(_DASH)), clause)


def _half_bracketed(text: str, opened: int, inside: int, end: int) -> Loose | None:
    """Read a clause whose bracket is never closed, or was never opened; its finding says so."""
    clause = parse_clause(text[inside:end])
    if clause is None or not (clause.sure and clause.known) or clause.unread:
        return None
    return Loose(opened, inside, clause._replace(is_open=True, plain=False))


def _is_duty(said: str, clause: Clause, *, alone: bool) -> bool:
    """Whether a sentence says who answers, not what everybody ought to do; ``alone``, no text before it."""
    if not clause.known or clause.unread or clause.remarks or _exhorts().search(said):
        return False
    bodies = [body for item in clause.assignments for body in item.departments]
    if not all(_is_written_as_name(body.name, sure=clause.sure) for body in bodies):
        return False
    if any(body.kind is not DepartmentKind.COLLECTIVE and is_named(body.name) for body in bodies):
        return True
    shared = any(word in said for word in table("clauses")["loose"]["shares"])
    return shared if clause.sure else alone and all(is_named(body.name) for body in bodies)


def _is_written_as_name(name: str, *, sure: bool) -> bool:
    """Whether a name cannot be the end of a sentence that tells of a body: …报区政府办公室."""
    rules = table("clauses")["names"]
    if not _NAME.fullmatch(name):
        return False
    if name.startswith((*rules["prefixes"], *rules["collective"])):
        return is_listed(name) or len(name) <= _LONG
    return is_listed(name) or (sure and len(name) <= _SHORT)


def is_alias(text: str, opened: int) -> bool:
    """Tell whether a bracket stands directly behind the name of a body: 由区政府办公室（区外办）."""
    prefixes = table("clauses")["names"]["prefixes"]
    starts = [at for at in range(max(opened - 16, 0), opened - 2) if text[at] in prefixes]
    return any(is_listed(text[at:opened]) for at in starts)
