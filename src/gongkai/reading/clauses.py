"""Responsibility clauses: （区甲局牵头，区乙局、区丙局负责落实，完成时限：2024年10月）.

A clause is slots (责任单位：…) or a row of names and verbs, from left to right::

    clause  = [ row ] { slot }
    row     = names [ mode ] verb [ object ] { separator names [ mode ] verb [ object ] }
    names   = name { separator name } [ 等 [ noun ] ] [ joint names ]
    slot    = word ":" ( time | names [ separator row ] )

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from gongkai.directory import Directory, classify, is_body
from gongkai.model import Assignment, Department, Role
from gongkai.model._house import trusted
from gongkai.reading.clausewords import (
    DEADLINE,
    asides,
    bracket_groups,
    collective_starts,
    conjunctions,
    joint_pattern,
    open_pattern,
    severally,
    slot_lines,
    slot_pattern,
    slot_roles,
    verb_pattern,
    verbs,
)
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.grammar import table

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
_LONGEST_BARE: Final = 400

#: Signs that take no room and that copied text has inside words.
_NO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_AROUND: Final = " \u3000,，;；、。"
_STRETCH: Final = re.compile(r"[^,，;；。]++")
_EMPTY_BRACKET: Final = re.compile(r"[（(][\s,，;；、]*+[）)]")


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
    for found in conjunctions().finditer(name):
        left, right = name[last : found.start()], name[found.end() :]
        if not left or not right:
            continue
        bodies = _is_body(left) and _is_body(right) and not _is_known(name)
        if bodies or right.startswith(collective_starts()):
            names.append(left)
            last = found.end()
    return [*names, name[last:]]


def _unspaced(piece: str) -> list[str]:
    """Take out blanks; those between complete bodies that are not one name together separate them."""
    words = piece.split()
    if len(words) == 1:
        return words
    if not words or len(piece) > _LONGEST_BARE:
        return ["".join(words)]
    names = words[:1]
    for word in words[1:]:
        if _is_body(names[-1]) and _is_body(word) and not _is_known(names[-1] + word):
            names.append(word)
        else:
            names[-1] += word
    return names


def _is_known(name: str) -> bool:
    """Whether the directory lists it, not only the grammar of its words."""
    return len(name) <= _LONGEST_NAME and Directory.default().resolve(name).step not in {None, "grammar"}


def _names(text: str) -> tuple[list[str], bool]:
    """Return the names in a stretch, and whether the list is left open by 等."""
    rules = table("clauses")["names"]
    names: list[str] = []
    is_open = False
    for name in [name for piece in _outside(text, rules["separators"]) for name in _unspaced(piece)]:
        for word in rules["drop_before"]:
            name = name.removeprefix(word)  # noqa: PLW2901 - the same name, shorter
        found = open_pattern().search(name)
        if found:
            listed = _split_conjunctions(name[: found.start()])
            if _is_body(listed[-1]):
                is_open = True
                names += listed
                name = found[1]  # noqa: PLW2901
        names += _split_conjunctions(name) if name else []
    return _with_prefixes(names), is_open


def _with_prefixes(names: list[str]) -> list[str]:
    """市、区财政局 are 市财政局 and 区财政局."""
    prefixes = table("clauses")["names"]["prefixes"]
    for at in range(len(names) - 2, -1, -1):
        name, after = names[at], names[at + 1]
        if name in prefixes and after[0] in prefixes and len(after) > 1 and _is_body(name + after[1:]):
            names[at] = name + after[1:]
    return names


def _nearest(text: str, start: int, end: int, *, last: bool) -> str:
    """Return the last or the first name of a stretch, as far as one can reach."""
    if last:
        start = max(start, end - _LONGEST_NAME)
    names, _ = _names(text[start : min(end, start + _LONGEST_NAME)])
    return names[-1 if last else 0] if names else ""


def _joined(text: str, role: Role) -> Iterator[tuple[Role, str]]:
    """Yield the stretches of names between joints, with their roles."""
    pattern, roles = joint_pattern()
    last = 0
    for match in pattern.finditer(text):
        if match["between"]:
            left = _nearest(text, last, match.start(), last=True)
            right = _nearest(text, match.end(), len(text), last=False)
            between = (not left or _is_body(left)) and len(right) > 2 and _is_body(right)
            if not between or (left and _is_known(left + match[0] + right)):
                continue
        elif match.start() and _is_body(text):
            continue
        yield role, text[last : match.start()]
        role, last = roles[match[0]], match.end()
    yield role, text[last:]


def _assign(text: str, verb: _Verb, found: list[Assignment]) -> None:
    """Add the assignments that one stretch of names has with its verb."""
    for role, part in _joined(text, verb.role):
        names, is_open = _names(part)
        if names:
            bodies = tuple([department(name) for name in names])
            found.append(_make_assignment(role, bodies, verb.severally, is_open, False))


def _is_time(text: str) -> bool:
    return parse_deadline(text, year=_ANY_YEAR) is not None


def _take_times(row: str, base: int = 0) -> tuple[str, list[Slot]]:
    """Take out stretches that are deadlines by themselves (…负责，6月底前完成); blanks stand for them."""
    found: list[Slot] = []
    if _TIME_WORD.search(row):
        found = [Slot(item.start(), item[0]) for item in _STRETCH.finditer(row) if _is_time(item[0].strip())]
        row = _blanked(row, [(slot.start, slot.start + len(slot.text)) for slot in found])
    return row, [Slot(base + slot.start, slot.text) for slot in found]


def _take_asides(text: str) -> tuple[str, list[str]]:
    """Take out rules about the document and references (列第一位的为牵头单位，下同); blanks stand there."""
    if not asides().search(text):
        return text, []
    stretches = re.finditer(r"[^,，;；。、:：（()）]++", text)
    places = [item.span() for item in stretches if asides().search(item[0])]
    left = _blanked(text, places)
    left = _blanked(left, [item.span() for item in _EMPTY_BRACKET.finditer(left)])
    return left, [text[start:end].strip() for start, end in places]


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end in places:
        parts += text[last:start], " " * (end - start)
        last = end
    return "".join([*parts, text[last:]])


def _verbs_in(text: str) -> list[re.Match[str]]:
    """Return the verbs of a row; 组织, 统筹 and 负责 with an object are ones only behind a complete body."""
    separators = table("clauses")["names"]["separators"]
    found: list[re.Match[str]] = []
    last = 0
    for match in verb_pattern().finditer(text):
        if match["body"] or match["object"]:
            name = _nearest(text, last, match.start(), last=True)
            rest = _outside(text[match.start() : match.end() + _LONGEST_NAME], separators)[0]
            if not _is_body(name) or _is_body(name + rest):
                continue
        found.append(match)
        last = match.end()
    return found


def _take_object(text: str) -> tuple[str, str]:
    """Part what follows a verb directly: its object (负责数据公开，…), unless a body, and the rest."""
    pattern, _ = joint_pattern()
    first = _STRETCH.match(text)
    if first is None or text[0] in "、/／ \u3000" or pattern.match(text):
        return "", text
    names, _ = _names(first[0][:_LONGEST_NAMES])
    if not names or _is_body(names[0]):
        return "", text
    return first[0].rstrip(_CLOSING), text[first.end() :]


def _row(text: str) -> tuple[list[Assignment], list[str], str]:
    """Read names and verbs from left to right; return also the verbs' objects, and what no verb follows."""
    found: list[Assignment] = []
    objects: list[str] = []
    text = text.translate(_NO_WIDTH)
    last = 0
    for match in _verbs_in(text):
        names = text[last : match.start()]
        if last:
            said, names = _take_object(names)
            objects += [said] if said else []
        names = names.strip(_AROUND)
        if names:
            verb = match["slot"] or match["anywhere"] or match["end"] or match["body"] or match["object"]
            apart = severally().search(match[0]) is not None
            _assign(names, _Verb(verbs()[verb], severally=apart), found)
        last = match.end()
    said, rest = _take_object(text[last:]) if last else ("", text)
    return found, [*objects, said] if said else objects, rest.strip(_AROUND + ".")


def _slot_value(text: str, role: Role) -> tuple[list[Assignment], list[str]]:
    """Read a slot of departments: its role holds up to the stretch with the first verb of its own."""
    text = text.translate(_NO_WIDTH)
    first = next(iter(_verbs_in(text)), None)
    begin = len(text)
    if first is not None:
        begin = first.start() - len(_outside(text[: first.start()], ",，;；")[-1])
    slot = _Verb(role, severally=False)
    found: list[Assignment] = []
    if names := text[:begin].strip(_AROUND):
        _assign(names, slot, found)
    more, objects, rest = _row(text[begin:])
    found += more
    if rest:
        _assign(rest, slot, found)
    return found, objects


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
    text, unread = _take_asides(content)
    slots = list(slot_pattern().finditer(text))
    row, deadlines = _take_times(text[: slots[0].start()] if slots else text)
    found, objects, rest = _row(row)
    if not found and not slots:
        return _bare(rest, deadlines, unread)
    sure = bool(deadlines)
    unread += objects + ([rest] if rest else [])
    for at, match in enumerate(slots):
        end = slots[at + 1].start() if at + 1 < len(slots) else len(text)
        value = text[match.end() : end].rstrip(_AROUND)
        sure = sure or match[2] is None
        role = slot_roles()["".join(match[match.lastindex or 0].split())]
        if role == DEADLINE:
            deadlines.append(Slot(match.end(), value))
            continue
        value, times = _take_times(value, match.end())
        deadlines += times
        more, objects = _slot_value(value, Role(role))
        found += more
        unread += objects
    bodies = [body for assignment in found for body in assignment.departments]
    if not sure and not any(body.kind for body in bodies):
        return None  # 谁起草、谁负责: verbs, but nobody that could be a department
    known = all(body.kind for body in bodies)
    return Clause(tuple(found), tuple(deadlines), "，".join(unread), sure=True, known=known)


def _bare(text: str, deadlines: list[Slot], unread: list[str]) -> Clause | None:
    """A clause of names alone, most of them bodies, perhaps with a time."""
    if not text or len(text) > _LONGEST_BARE:
        return None
    names, is_open = _names(text.translate(_NO_WIDTH))
    bodies = tuple([department(name) for name in names])
    if 2 * sum(map(_is_body, names)) <= len(names):
        return None
    known = all(body.kind for body in bodies)
    assignment = _make_assignment(Role.RESPONSIBLE, bodies, False, is_open, False)
    return Clause((assignment,), tuple(deadlines), "，".join(unread), sure=False, known=known)
