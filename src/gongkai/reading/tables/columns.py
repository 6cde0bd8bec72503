"""What the columns of a task table hold, by their heads.

The words stand in ``grammar/tables.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from gongkai.model import Role
from gongkai.reading.grammar import table

__all__ = [
    "ROLES",
    "TEXTS",
    "Column",
    "Holds",
    "begins_head",
    "column_of",
    "ends_head",
    "head_text",
    "holds",
    "is_task_table",
    "settle",
]

Holds: TypeAlias = Literal[
    "number",
    "section",
    "task",
    "requirement",
    "lead",
    "responsible",
    "cooperate",
    "support",
    "guide",
    "deadline",
    "extra",
]

#: The columns that name who answers, and the role that they give.
ROLES: Final[dict[str, Role]] = {role.value: role for role in Role}
#: The columns of a task's text, from the widest to the narrowest.
TEXTS: Final[tuple[Holds, ...]] = ("section", "task", "requirement")

_BRACKET: Final = re.compile(r"[（(][^（）()]*+[)）]$")


class Column(NamedTuple):
    """One column of a task table.

    Attributes:
        holds: what its cells are.
        name: its head as printed, without blanks.
    """

    holds: Holds
    name: str


@cache
def _joints() -> dict[int, None]:
    return dict.fromkeys(map(ord, table("tables")["head"]["joints"]))


@cache
def _heads() -> tuple[dict[str, Holds], dict[str, Holds]]:
    """What every head says, and every head that counts only below one of bodies."""
    whole: dict[str, Holds] = {}
    below: dict[str, Holds] = {}
    bodies = table("tables")["bodies"]["words"]
    for row in table("tables")["column"]:
        for word in row.get("words", ()):
            whole.setdefault(word, row["holds"])
        for stem in row.get("stems", ()):
            below.setdefault(stem, row["holds"])
            for body in bodies:
                whole.setdefault(stem + body, row["holds"])
    return whole, below


def head_text(text: str) -> str:
    """Return the head of a column without blanks and what stands in brackets at its end.

    >>> from gongkai.reading.tables.columns import head_text
    >>> head_text("责 任 单 位（科室）")
    '责任单位'
    """
    squeezed = "".join(text.split())
    return _BRACKET.sub("", squeezed) or squeezed


@lru_cache(maxsize=4096)
def holds(head: str, above: str = "") -> Holds | None:
    """Return what a column of that head holds, or None where the table of heads has no such head.

    Args:
        head: the head.
        above: the head over several columns that stands above it.

    >>> from gongkai.reading.tables.columns import holds
    >>> holds("牵 头 单 位"), holds("配合/责任单位"), holds("协办", above="责任单位"), holds("公开渠道")
    ('lead', 'cooperate', 'cooperate', None)
    """
    whole, below = _heads()
    bare = head_text(head)
    rules = table("tables")["head"]
    if bare and len(bare) <= rules["longest"]:
        joined = bare.translate(_joints())
        found = whole.get(bare) or whole.get(joined)
        if found is not None:
            return found
        if above and holds(above) in ROLES and (lower := below.get(joined)):
            return lower
    full = "".join(head.split()).translate(_joints())  # 牵头（责任）单位
    if (found := whole.get(full)) is not None:
        return found
    for person in rules["persons"]:  # 责任单位及责任人
        if full.endswith(person) and (found := whole.get(full.removesuffix(person))) in ROLES:
            return found
    return None


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """What heads begin with, and what they end with, without the signs that join words in them."""
    persons = ("", *table("tables")["head"]["persons"])
    heads = {(head + person).translate(_joints()) for head in _heads()[0] for person in persons}
    begins = frozenset([head[:end] for head in heads for end in range(len(head) + 1)])
    return begins, frozenset([head[start:] for head in heads for start in range(len(head) + 1)])


@lru_cache(maxsize=4096)
def begins_head(text: str) -> bool:
    """Tell whether a head that the table has may go on behind a text without blanks and brackets.

    >>> from gongkai.reading.tables.columns import begins_head
    >>> begins_head("责任"), begins_head("负责落")
    (True, False)
    """
    return text.translate(_joints()) in _parts()[0]


@lru_cache(maxsize=4096)
def ends_head(text: str) -> bool:
    """Tell the same of what may stand before it.

    >>> from gongkai.reading.tables.columns import ends_head
    >>> ends_head("单位"), ends_head("各部门")
    (True, False)
    """
    return text.translate(_joints()) in _parts()[1]


@lru_cache(maxsize=4096)
def column_of(head: str, above: str = "") -> Column:
    """Return the column with a head in a cell of its own, where more heads are known by their end.

    >>> from gongkai.reading.tables.columns import column_of
    >>> [column_of(head).holds for head in ("本年度重点工作任务", "市级牵头单位", "公开渠道")]
    ['task', 'lead', 'extra']
    """
    name = head_text(head)
    found = holds(head, above)
    joined = name.translate(_joints())
    if found is None and len(joined) <= table("tables")["head"]["longest"]:
        rows = table("tables")["ending"]
        fitting = (row for row in rows if joined.endswith(tuple(row["ends"])))
        found = next((row["holds"] for row in fitting if any(part in joined for part in row["with"])), None)
    if found is None and above:
        found = holds(above)
    return Column(found or "extra", name)


def is_task_table(columns: Sequence[Column]) -> bool:
    """Tell whether columns make a task table: what is to be done, and by whom; or tasks, and by when.

    >>> from gongkai.reading.tables.columns import Column, is_task_table
    >>> is_task_table([Column("task", "工作任务"), Column("deadline", "时限")])
    True
    >>> is_task_table([Column("requirement", "内容"), Column("deadline", "时间")])  # an agenda
    False
    """
    found = {column.holds for column in columns}
    texts = [column.name for column in columns if column.holds in {"task", "requirement"}]
    if not texts or found & ROLES.keys():
        return bool(texts)
    words = table("tables")["head"]["tasks"]
    return "deadline" in found and any(word in text for word in words for text in texts)


def settle(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with their places taken into account.

    Of several task columns the last is the requirement, where no other is; a section column behind the text
    is an extra.
    """
    found = list(columns)
    tasks = [at for at, column in enumerate(found) if column.holds == "task"]
    kinds = {column.holds for column in found}
    names = [found[at].name for at in tasks]
    if "requirement" not in kinds and len(set(names)) > 1:
        found = [
            column._replace(holds="requirement") if column == found[tasks[-1]] else column for column in found
        ]
    last = max((at for at, column in enumerate(found) if column.holds in {"task", "requirement"}), default=-1)
    return [
        column._replace(holds="extra") if column.holds == "section" and at > last else column
        for at, column in enumerate(found)
    ]
