"""What sort of cell a text is, where only its words can tell: a number, bodies, a time, or text.

Text that names a time is ``dated``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from gongkai.directory import classify, is_body
from gongkai.model import DepartmentKind, Stated
from gongkai.reading.clauses import parse_clause
from gongkai.reading.deadlines import find_deadlines
from gongkai.reading.lines import label_of
from gongkai.reading.tables.cells import is_none, is_same
from gongkai.reading.tables.columns import ROLES, Holds

__all__ = ["Sort", "fit", "names_collective", "sort_of", "time_closing", "time_opening"]

Sort: TypeAlias = Literal["number", "bodies", "time", "dated", "text", "empty"]

_NUMBER: Final = re.compile(r"[（(]?(?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,5})[)）]?[.．、]?")
_SENTENCE: Final = re.compile("[。！？；!?;].")
_ANY_YEAR: Final = 2000
#: A time at the beginning or the end of a text is no longer than this.
_TIME: Final = 30
#: A cell of bodies may name a hundred of them; a cell of time is short.
_LONGEST_BODIES: Final = 800
_LONGEST_TIME: Final = 60
#: So much of a cell of time is expressions of time.
_MOSTLY: Final = 0.4

#: How well a sort of cell fits a column: what a column holds is known, what a cell is only guessed.
_FITS: Final[dict[Sort, dict[str, float]]] = {
    "number": {"number": 3, "section": -1, "task": -1, "requirement": -1, "extra": -0.5},
    "bodies": {"bodies": 3, "extra": 0, "section": -1, "task": -1, "requirement": -1},
    "time": {"deadline": 3, "extra": 0, "task": -1, "requirement": -0.5},
    "dated": {"section": 1, "task": 1.8, "requirement": 1.8, "extra": 0.4, "bodies": -1.5, "deadline": 1},
    "text": {"section": 1.5, "task": 2, "requirement": 2, "extra": 0.5, "bodies": -1.5, "deadline": -1},
    "empty": {},
}
_FITS_NOT: Final = -3.0
_EMPTY: Final = 0.1


@lru_cache(maxsize=8192)
def sort_of(text: str) -> Sort:
    """Return what sort of cell a text is.

    >>> from gongkai.reading.tables.sorts import sort_of
    >>> [sort_of(text) for text in ("3", "区财政局、各街道", "6月底前", "公开预算。", "")]
    ['number', 'bodies', 'time', 'text', 'empty']
    """
    bare = text.strip()
    if not bare:
        return "empty"
    if _NUMBER.fullmatch(bare):
        return "number"
    if is_none(bare) or is_same(bare):
        return "empty"
    share = _share_of_time(bare) if len(bare) <= _LONGEST_TIME else 0
    if share >= _MOSTLY:
        return "time"
    if len(bare) <= _LONGEST_BODIES and _is_bodies(bare):
        return "bodies"
    return "dated" if share else "text"


def _share_of_time(text: str) -> float:
    found = find_deadlines(text, _ANY_YEAR, stated=Stated.COLUMN, place=None)
    return sum(len(item.text) for item in found) / len(text)


def _is_bodies(text: str) -> bool:
    """Whether a text names bodies, most of them known, alone or in a clause."""
    if _SENTENCE.search(text) or label_of(text[:3])[1] is not None:
        return False
    if is_body(text):
        return True
    clause = parse_clause(text.rstrip("。"))
    if clause is None:
        return False
    names = [body for item in clause.assignments for body in item.departments]
    known = sum(body.kind is not None for body in names)
    return bool(names) and 2 * known > len(names) and not clause.unread


def time_opening(text: str) -> int:
    """Return where the time ends that a text begins with; 0 for none.

    >>> from gongkai.reading.tables.sorts import time_opening
    >>> time_opening("6月底前公开目录。"), time_opening("公开目录。")
    (4, 0)
    """
    found = find_deadlines(text[:_TIME], _ANY_YEAR, stated=Stated.COLUMN, place=0)
    first = found[0].span if found else None
    return 0 if first is None or first.start else first.end


def time_closing(text: str, *, clause: bool = False) -> int:
    """Return where the time begins that a text ends with; -1 for none.

    Args:
        text: the text.
        clause: whether the text follows names, so that it may be nothing but a time with its words.

    >>> from gongkai.reading.tables.sorts import time_closing
    >>> time_closing("公开目录6月底前"), time_closing("公开目录"), time_closing("牵头6月底前", clause=True)
    (4, -1, 2)
    """
    if clause and sort_of(text) in {"time", "dated"} and parse_clause("各部门" + text) is None:
        return 0
    base = max(len(text) - _TIME, 0)
    for item in find_deadlines(text[base:], _ANY_YEAR, stated=Stated.COLUMN, place=base):
        if item.span is not None and sort_of(text[item.span.start :]) == "time":
            return item.span.start
    return -1


def names_collective(text: str) -> bool:
    """Tell whether a cell of bodies names a collective: 各部门 may answer or cooperate, but rarely leads.

    >>> from gongkai.reading.tables.sorts import names_collective
    >>> names_collective("区财政局、各街道"), names_collective("区财政局")
    (True, False)
    """
    names = re.split("[、，,；;\\s]", text)
    return any(classify(name) is DepartmentKind.COLLECTIVE for name in names if name)


def fit(sort: Sort, what: Holds) -> float:
    """Return how well a cell of that sort fits a column that holds this; below 0, it does not."""
    if sort == "empty":
        return _EMPTY
    return _FITS[sort].get("bodies" if what in ROLES else what, _FITS_NOT)
