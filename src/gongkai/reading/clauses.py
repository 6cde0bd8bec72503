"""Responsibility clauses: （区甲局牵头，区乙局、区丙局负责落实，完成时限：2024年10月）.

A clause is slots (责任单位：…) or a row of names and verbs, from left to right::

    clause  = [ row ] { slot }
    row     = names [ mode ] verb { separator names [ mode ] verb }
    names   = name { separator name } [ 等 [ noun ] ]
    slot    = word ":" value

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.directory import classify, is_body
from gongkai.model import Assignment, Department, Role
from gongkai.model._house import trusted
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.grammar import alternatives, table

__all__ = ["Clause", "Slot", "bracket_groups", "parse_clause", "slot_lines"]

_make_assignment = trusted(Assignment)
_OPENING: Final = "（("
_CLOSING: Final = "）)"

#: A cheap look before the grammar of deadlines; the year only lets an expression without one be recognised.
_TIME_WORD: Final = re.compile("[年月日季周期时全续常]")
_ANY_YEAR: Final = 2000

#: No name of a body is longer than this; no stretch without a separator longer than that is names.
_LONGEST_NAME: Final = 60
_LONGEST_NAMES: Final = 200


class Slot(NamedTuple):
    """The value of a deadline slot and its place in the clause."""

    start: int
    text: str


class Clause(NamedTuple):
    """What a clause says.

    Attributes:
        assignments: who in which role.
        deadlines: the values of its deadline slots.
        unread: what of it was not understood.
        sure: whether a verb or a slot says that it is one; a row of bare names counts at the end of a
            sentence.
        known: whether every name is one of a body, by the directory or by its ending.
    """

    assignments: tuple[Assignment, ...]
    deadlines: tuple[Slot, ...]
    unread: str
    sure: bool
    known: bool


class _Verb(NamedTuple):
    role: Role
    severally: bool


@cache
def bracket_groups() -> re.Pattern[str]:
    """A bracket with what it holds, one bracket inside allowed, in linear time.

    >>> from gongkai.reading.clauses import bracket_groups
    >>> bracket_groups().findall("公开(含(试点)办法)目录。(区甲局负责)")
    ['(含(试点)办法)', '(区甲局负责)']
    """
    plain = r"[^（()）]*+"
    return re.compile(rf"[（(]{plain}(?:[（(]{plain}[）)]{plain})*+[）)]")


@cache
def _verbs() -> dict[str, Role]:
    return {word: Role(row["role"]) for row in table("clauses")["verb"] for word in row["words"]}


@cache
def _modes() -> dict[str, bool]:
    return {word: row["severally"] for row in table("clauses")["mode"] for word in row["words"]}


@cache
def _verb_pattern() -> re.Pattern[str]:
    """A verb with the modes before it, at the end of a stretch of names."""
    rows = table("clauses")["verb"]
    anywhere = alternatives(word for row in rows if row["anywhere"] for word in row["words"])
    bounded = alternatives(word for row in rows if not row["anywhere"] for word in row["words"])
    modes = alternatives(_modes())
    separators = re.escape(table("clauses")["names"]["separators"] + "。.")
    return re.compile(rf"((?:{modes})*+)(?:({anywhere})|({bounded})(?=[{separators}\s]|$))")


@cache
def _slot_pattern() -> re.Pattern[str]:
    words = alternatives((word for row in table("clauses")["slot"] for word in row["words"]), spaced=True)
    return re.compile(rf"({words})\s*[:：]\s*")


@cache
def _slot_roles() -> dict[str, str]:
    return {word: row["role"] for row in table("clauses")["slot"] for word in row["words"]}


@cache
def _joint_pattern() -> tuple[re.Pattern[str], dict[str, Role]]:
    rows = table("clauses")["joint"]
    roles = {word: Role(row["role"]) for row in rows for word in row["words"]}
    return re.compile(f"({alternatives(roles)})"), roles


@cache
def _open_pattern() -> re.Pattern[str]:
    rule = table("clauses")["open"]
    before = "".join(rule["not_after"])
    return re.compile(rf"(?<=[^{before}、，,]){rule['word']}(?!级|离子)(.*)$")


@cache
def _conjunctions() -> re.Pattern[str]:
    return re.compile("(" + alternatives(table("clauses")["names"]["conjunctions"]) + ")")


@cache
def _collective_starts() -> tuple[str, ...]:
    return tuple(table("clauses")["names"]["collective"])


@lru_cache(maxsize=8192)
def department(name: str) -> Department:
    """The department of that name; mentions of one name share one object."""
    return Department(name, kind=classify(name) if len(name) <= _LONGEST_NAME else None)


def _is_body(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and is_body(name)


def _outside(text: str, separators: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    if "(" not in text and "（" not in text:
        return re.split(f"[{re.escape(separators)}]", text)
    parts: list[str] = []
    depth = last = 0
    for at, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif depth <= 0 and character in separators:
            parts.append(text[last:at])
            last = at + 1
    return [*parts, text[last:]]


def _split_conjunctions(name: str) -> list[str]:
    """Split at 和 or 及, only between complete bodies or before 各 and its like: 文化和旅游局 is one name."""
    if len(name) > _LONGEST_NAMES:
        return [name]
    names: list[str] = []
    last = 0
    for found in _conjunctions().finditer(name):
        left, right = name[last : found.start()], name[found.end() :]
        if not left or not right:
            continue
        if right.startswith(_collective_starts()) or (_is_body(left) and _is_body(right)):
            names.append(left)
            last = found.end()
    return [*names, name[last:]]


def _names(text: str) -> tuple[list[str], bool]:
    """Return the names in a stretch, and whether the list is left open by 等."""
    rules = table("clauses")["names"]
    names: list[str] = []
    is_open = False
    for piece in _outside(text, rules["separators"]):
        name = "".join(piece.split())
        for word in rules["drop_before"]:
            name = name.removeprefix(word)
        found = _open_pattern().search(name)
        if found:
            listed = _split_conjunctions(name[: found.start()])
            if _is_body(listed[-1]):
                is_open = True
                names += listed
                name = found[1]
        names += _split_conjunctions(name) if name else []
    return names, is_open


def _assign(text: str, verb: _Verb, found: list[Assignment]) -> None:
    """Add the assignments that one stretch of names has with its verb."""
    pattern, roles = _joint_pattern()
    parts = pattern.split(text) if not _is_body(text) else [text]
    role = verb.role
    for at, part in enumerate(parts):
        if at % 2:
            role = roles[part]
            continue
        names, is_open = _names(part)
        if names:
            bodies = tuple([department(name) for name in names])
            found.append(_make_assignment(role, bodies, verb.severally, is_open, False))


def _is_time(text: str) -> bool:
    return parse_deadline(text, year=_ANY_YEAR) is not None


def _take_times(row: str) -> tuple[str, list[Slot]]:
    """Take out stretches that are deadlines by themselves (…负责，6月底前完成); blanks stand for them."""
    found: list[Slot] = []
    if _TIME_WORD.search(row):
        stretches = re.finditer(r"[^,，;；。]+", row)
        found = [Slot(item.start(), item[0]) for item in stretches if _is_time(item[0].strip())]
        for slot in found:
            end = slot.start + len(slot.text)
            row = row[: slot.start] + " " * len(slot.text) + row[end:]
    return row, found


def _row(text: str) -> tuple[list[Assignment], str]:
    """Read names and verbs from left to right; what no verb follows is left over."""
    found: list[Assignment] = []
    modes, verbs, last = _modes(), _verbs(), 0
    for match in _verb_pattern().finditer(text):
        role = verbs[match[2] or match[3]]
        severally = any(modes[word] and word in match[1] for word in modes) if match[1] else False
        names = text[last : match.start()].strip(" 　,，;；、。")
        if names:
            _assign(names, _Verb(role, severally), found)
        last = match.end()
    return found, text[last:].strip(" 　,，;；、。.")


@lru_cache(maxsize=8192)
def parse_clause(content: str) -> Clause | None:
    """Return what the inside of a bracket says, or None where it is no responsibility clause.

    ``sure`` is false where nothing but names stands there, which counts only at the end of a sentence.

    >>> from gongkai.reading.clauses import parse_clause
    >>> parse_clause("区司法局、区财政局牵头，各部门分别负责落实").assignments
    (<Assignment lead 区司法局、区财政局>, <Assignment responsible severally 各部门>)
    >>> parse_clause("2016年-2035年") is None
    True
    """
    slots = list(_slot_pattern().finditer(content))
    row, deadlines = _take_times(content[: slots[0].start()] if slots else content)
    found, unread = _row(row)
    for at, match in enumerate(slots):
        end = slots[at + 1].start() if at + 1 < len(slots) else len(content)
        value = content[match.end() : end].rstrip(" 　,，;；、。")
        role = _slot_roles()["".join(match[1].split())]
        if role == "deadline":
            deadlines.append(Slot(match.end(), value))
            continue
        inner, rest = _row(value)
        found += inner
        if rest:
            _assign(rest, _Verb(Role(role), severally=False), found)
    if not found and not slots:
        return _bare(unread) if unread or not deadlines else None
    if (
        not slots
        and not deadlines
        and not any(body.kind for assignment in found for body in assignment.departments)
    ):
        return None  # 谁起草、谁负责: verbs, but nobody that could be a department
    known = all(body.kind for assignment in found for body in assignment.departments)
    return Clause(tuple(found), tuple(deadlines), unread, sure=True, known=known)


def _bare(text: str) -> Clause | None:
    """A clause of names alone, each of them a body."""
    if not text or len(text) > 400:
        return None
    names, is_open = _names(text)
    if not names or not all(_is_body(name) for name in names):
        return None
    bodies = tuple([department(name) for name in names])
    assignment = _make_assignment(Role.RESPONSIBLE, bodies, False, is_open, False)
    return Clause((assignment,), (), "", sure=False, known=True)


@cache
def slot_lines() -> re.Pattern[str]:
    """A slot outside brackets, at the beginning of a paragraph or of a sentence (责任单位：…)."""
    words = alternatives((word for row in table("clauses")["slot"] for word in row["words"]), spaced=True)
    return re.compile(rf"(?:^|(?<=[。；;！]))\s*(?:{words})\s*[:：]")
