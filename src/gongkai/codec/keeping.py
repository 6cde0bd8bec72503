"""What a workbook keeps beside what it shows: the plan it was written from, row by row.

A table cannot print everything that a plan says: that an assignment was inherited, a key, the record. So a
workbook that gongkai writes keeps the plan as JSON on a hidden sheet, and two hidden columns beside each
table: whose row it is, and a digest of each cell. A reader can then tell what was changed by hand, and takes
all else from the plan.

The hidden sheet is named ``gongkai``. Its first column holds a mark, the digest of what follows, and the JSON
in pieces, since no cell holds more than 32,767 characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple, cast
from unicodedata import category

from gongkai.codec._plan import plan_data, read_plan
from gongkai.codec._text import render
from gongkai.model import Block, Paragraph, Plan, Section, Task

__all__ = [
    "DIGEST_HEAD",
    "INFO",
    "KEY_HEAD",
    "SHEET",
    "Kept",
    "KeptColumn",
    "cell_digest",
    "has_row",
    "id_cell",
    "id_in",
    "ids_of",
    "packed",
    "row_digest",
    "unpacked",
]

#: The name of the hidden sheet, and the heads of the hidden columns.
SHEET: Final = "gongkai"
KEY_HEAD: Final = "gongkai:key"
DIGEST_HEAD: Final = "gongkai:digest"
_MARK: Final = "gongkai-sheet 1"
_PIECE: Final = 30_000
_BROKEN: Final = "\ufffd"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
#: What is left out of the plan: where it stood in another file.
_ELSEWHERE: Final = frozenset({"span", "source", "findings"})


class KeptColumn(NamedTuple):
    """A column of the tables of a workbook.

    Attributes:
        holds: what its cells are: ``number``, ``task``, a role, ``deadline``, ``extra``, or a ledger's own.
        head: its head as written.
        name: for ``extra``, the name of the column in the plan.
    """

    holds: str
    head: str
    name: str = ""


#: The columns of the sheet about the document itself.
INFO: Final = (KeptColumn("item", "项目"), KeptColumn("value", "内容"))


class Kept(NamedTuple):
    """What the hidden sheet holds.

    Attributes:
        form: ``task-table`` or ``ledger``.
        plan: the plan it was written from.
        columns: the columns of its tables, in order.
    """

    form: str
    plan: Plan
    columns: tuple[KeptColumn, ...]


def packed(kept: Kept) -> list[str]:
    """Return the cells of the hidden sheet.

    >>> from gongkai import Plan
    >>> cells = packed(Kept("task-table", Plan("要点"), ()))
    >>> cells[0], unpacked(cells).plan
    ('gongkai-sheet 1', <Plan 要点 · no year · 0 sections · 0 tasks · 0 departments>)
    """
    data = {
        "form": kept.form,
        "columns": [list(column) for column in kept.columns],
        "plan": _here(plan_data(kept.plan)),
    }
    text = render(data, None)
    return [_MARK, _digest(text, 16), *_pieces(text)]


def unpacked(cells: Sequence[str]) -> Kept | None:
    """Return what the cells of the hidden sheet hold; None where they are not ours, or were changed."""
    if len(cells) < 3 or cells[0] != _MARK:
        return None
    text = "".join(cells[2:])
    if _digest(text, 16) != cells[1]:
        return None
    try:
        data = cast("dict[str, Any]", json.loads(text))
        plan, problems = read_plan(data["plan"], ())
        columns = tuple([KeptColumn(*map(str, column)) for column in data["columns"]])
        form = str(data["form"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return None if plan is None or problems else Kept(form, plan, columns)


def cell_digest(text: str) -> str:
    r"""Return the digest of a cell; white space and what prints nothing do not count: programs change them.

    >>> cell_digest("公开 目录。\n") == cell_digest("公开目录。")
    True
    """
    told = [sign for sign in text if category(sign) not in _UNSEEN and sign != _BROKEN]
    return _digest("".join(told), 6)


def row_digest(cells: Iterable[str]) -> str:
    """Return the digests of the cells of a row, as its hidden column holds them."""
    return " ".join(map(cell_digest, cells))


def id_cell(id_: str) -> str:
    """Return the id of a row as its hidden cell holds it: as it is, unless a program might change it.

    >>> id_cell("task 37.2"), id_cell("task \\ud800")
    ('task 37.2', '"task \\\\ud800"')
    """
    return id_ if id_.isprintable() and " ".join(id_.split()) == id_ else json.dumps(id_)


def id_in(cell: str) -> str:
    """Return the id that a hidden cell holds.

    >>> id_in(id_cell("task  1 ")) == "task  1 "
    True
    """
    text = cell.strip()
    if text[:1] != '"':
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        return text


def has_row(block: Block) -> bool:
    """Tell whether a block has a row of its own: an item that is all parts is printed with the first of them.

    >>> from gongkai import Task
    >>> has_row(Task("", label="37.", parts=[Task("公开目录。")]))
    False
    """
    if not isinstance(block, Task) or not block.parts:
        return True
    return bool(block.text or block.assignments or block.deadlines or block.extras)


def ids_of(plan: Plan) -> dict[str, Block]:
    """Return every block of a plan by the id of its row: its sort, and its key or its place.

    >>> from gongkai import Plan, Section, Task
    >>> section = Section("公开", ["总体要求。", Task("公开目录。", label="1.")], label="一、")
    >>> list(ids_of(Plan("要点", [section])))
    ['section 一', 'paragraph 1', 'task 1']
    """
    found: dict[str, Block] = {}
    paragraphs = 0
    for block in plan.walk():
        if isinstance(block, Paragraph):
            paragraphs += 1
            found[f"paragraph {paragraphs}"] = block
        else:
            found[f"{'section' if isinstance(block, Section) else 'task'} {block.key}"] = block
    return found


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _here(data: object) -> object:
    """Return plain data without places in another file."""
    if isinstance(data, dict):
        named = cast("dict[str, object]", data)
        return {name: _here(value) for name, value in named.items() if name not in _ELSEWHERE}
    if isinstance(data, (list, tuple)):
        return [_here(value) for value in cast("Sequence[object]", data)]
    return data


def _pieces(text: str) -> list[str]:
    """Cut a text so that no piece begins or ends with white space, which programs may drop."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = min(at + _PIECE // 2, len(text))  # a character may count twice
        while end < len(text) and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
            if end == at:  # nothing but white space: no piece of JSON is
                end = min(at + _PIECE // 2, len(text))
                break
        pieces.append(text[at:end])
        at = end
    return pieces
