"""Responsibility clauses: （区甲局牵头，区乙局、区丙局负责落实，完成时限：2024年10月）.

A clause is slots (责任单位：…) or a row of names and verbs, from left to right::

    clause  = [ row ] { slot }
    row     = names [ mode ] verb [ object ] { separator names [ mode ] verb [ object ] } [ names ]
    names   = name [ "（" role "）" ] { separator name } [ 等 [ noun ] ] [ joint names ]
    slot    = word ":" ( time | names [ separator row ] )

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from gongkai.model import Assignment, Role, Stated
from gongkai.model._house import trusted
from gongkai.reading.clause_rows import (
    AROUND,
    INNER,
    LONGEST_ROW,
    NO_WIDTH,
    STRETCH,
    Said,
    read_names,
    read_row,
    read_slot,
    take_rest,
)
from gongkai.reading.clausewords import (
    DEADLINE,
    OTHER,
    asides,
    bracket_groups,
    references,
    slip_nouns,
    slip_parts,
    slip_verbs,
    slot_lines,
    slot_pattern,
    slot_roles,
)
from gongkai.reading.deadlines import find_deadlines, parse_deadline
from gongkai.reading.names import (
    LONGEST_NAME,
    Prefix,
    department,
    is_body,
    is_prose,
)
from gongkai.reading.rulewords import first_rule, standing_rule

__all__ = ["Clause", "Slip", "Slot", "bracket_groups", "parse_clause", "slot_lines", "time_alone"]

_make_assignment = trusted(Assignment)
_OPENING: Final = "（("
_CLOSING: Final = "）)"

#: A cheap look before the grammar of deadlines; the year only lets an expression without one be recognised.
_TIME_WORD: Final = re.compile("[年月日季周期时全续常]")
_TIME_BEGINS: Final = re.compile("[0-9０-９二年本每]")
_ANY_YEAR: Final = 2000
#: A slot of time says no more than that, and then perhaps who.
_MOST_TIMES: Final = 6

_EMPTY_BRACKET: Final = re.compile(r"[（(][\s,，;；、]*+[）)]")


class Slot(NamedTuple):
    """The value of a deadline slot and its place in the clause."""

    start: int
    text: str


class Slip(NamedTuple):
    """A slip of the pen that is known, and what is meant."""

    text: str
    meant: str


class Clause(NamedTuple):
    """What a clause says.

    Attributes:
        assignments: who in which role.
        deadlines: the values of its deadline slots.
        unread: what of it was not understood.
        sure: whether a verb or a slot says that it is one; a row of bare names counts at the end of a
            sentence.
        known: whether every name is one of a body, by the directory or by its ending.
        remarks: what it says beside that of the document or of another place: 见附件1，下同.
        slips: slips of the pen in it; its names are kept as they are printed.
        is_open: whether its bracket has no partner.
        doubt: the body that a rule of the document lets lead although it is a group.
        plain: whether there is nothing to tell about it: all is read and known, no remark, slip or doubt.
    """

    assignments: tuple[Assignment, ...]
    deadlines: tuple[Slot, ...]
    unread: str
    sure: bool
    known: bool
    remarks: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    is_open: bool = False
    doubt: str = ""
    plain: bool = True


def _is_time(text: str) -> bool:
    return parse_deadline(text, year=_ANY_YEAR) is not None


def _take_times(row: str, base: int = 0) -> tuple[str, list[Slot]]:
    """Take out what is a deadline (…负责，6月底前完成; 甲局（6月底前）); blanks stand for it."""
    if not _TIME_WORD.search(row):
        return row, []
    found: list[Slot] = []
    for item in INNER.finditer(row) if "（" in row or "(" in row else ():
        if _is_time(item[0][1:-1].strip()):
            found.append(Slot(item.start() + 1, item[0][1:-1]))
            row = _blanked(row, [item.span()])
    told = [(item, _time_in(item[0])) for item in STRETCH.finditer(row)]
    found += [Slot(item.start(), item[0][:length]) for item, length in told if length]
    row = _blanked(row, [(slot.start, slot.start + len(slot.text)) for slot in found])
    return row, [Slot(base + slot.start, slot.text) for slot in found]


def _time_in(stretch: str) -> int:
    """Return how much of a stretch is a deadline: all, what stands before names with a verb, or nothing.

    What begins with a time is one to its end: 6月底前完成方案, but not 6月底前由甲局完成 or 全年工作专班.
    """
    text = stretch.strip()
    if not text or not _TIME_WORD.search(text):
        return 0
    if _is_time(text):
        return len(stretch)
    if not _TIME_BEGINS.match(text):
        return 0
    times = find_deadlines(text, _ANY_YEAR, stated=Stated.CLAUSE, place=0)
    if not times or times[0].span is None or times[0].span.start or is_body(text):
        return 0
    end = times[0].span.end
    duties, _, _ = read_row(text[end:])
    if any(is_body(name.text) for said in duties for name in said.names):
        return end + len(stretch) - len(stretch.lstrip())
    return len(stretch)


def _take_remarks(text: str) -> tuple[str, list[str]]:
    """Take out rules about the document and references (列第一位的为牵头单位，下同); blanks stand there."""
    if not asides().search(text):
        return text, []
    stretches = re.finditer(r"[^,，;；。、:：（()）]++", text)
    places = [item.span() for item in stretches if asides().search(item[0])]
    left = _blanked(text, places)
    left = _blanked(left, [item.span() for item in _EMPTY_BRACKET.finditer(left)])
    said = [text[start:end].strip() for start, end in places]
    if first_rule().search(text) or standing_rule().search(text):  # what rules say is read by rules.py
        said = [remark for remark in said if references().search(remark)]
    return left, said


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end in places:
        parts += text[last:start], " " * (end - start)
        last = end
    return "".join([*parts, text[last:]])


def _corrected(text: str) -> tuple[str, list[Slip]]:
    """Return a text with the slips in its verbs put right, which changes no place in it; and all slips."""
    pattern, meant = slip_verbs()
    slips = [Slip(slip, meant[slip]) for slip in pattern.findall(text)]
    if slips:
        text = pattern.sub(lambda slip: meant[slip[0]], text)
    for pattern, meant in (slip_nouns(), slip_parts()):
        slips += [Slip(slip, meant[slip]) for slip in pattern.findall(text)]
    return text, slips


def _unwrapped(text: str) -> str:
    """Put blanks for brackets around the whole: ((区甲局负责))."""
    if text[:1] not in _OPENING or text[-1:] not in _CLOSING or not text:
        return text
    depth = 0
    for at, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if not depth:
            return f" {text[1:-1]} " if at == len(text) - 1 else text
    return text


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
    text, remarks = _take_remarks(_unwrapped(content))
    text, slips = _corrected(text)
    slots = list(slot_pattern().finditer(text))
    row, deadlines = _take_times(text[: slots[0].start()] if slots else text)
    found, unread, rest = read_row(row)
    if not found and not slots:
        found = read_names(rest)
        bare = not any(name.role is not None for said in found for name in said.names)
        return _clause(found, deadlines, [], remarks, slips, sure=not bare) if found else None
    if found and not slots and is_prose(found[0].names[0].text):
        return None  # 经区财政局同意后落实
    if rest and _is_time(rest):
        deadlines.append(_slot_of(text, rest))
    elif rest and not take_rest(rest, found):
        unread.append(rest)
    sure = bool(deadlines)
    for at, match in enumerate(slots):
        end = slots[at + 1].start() if at + 1 < len(slots) else len(text)
        value = text[match.end() : end].rstrip(AROUND)
        role = slot_roles()["".join(match[match.lastindex or 0].split())]
        if role == OTHER:
            remarks.append(content[match.start() : end].strip(AROUND))
            continue
        sure = sure or match[2] is None
        if role == DEADLINE:
            value, duties = _past_time(value)
            deadlines.append(Slot(match.end(), value))
            found += duties
            continue
        value, times = _take_times(value, match.end())
        deadlines += times
        more, objects = read_slot(value, Role(role))
        found += more
        unread += objects
    clause = _clause(found, deadlines, unread, remarks, slips, sure=True)
    if not sure and not any(body.kind for item in clause.assignments for body in item.departments):
        return None  # 谁起草、谁负责: verbs, but nobody that could be a department
    return clause if found or deadlines else None


def _slot_of(text: str, rest: str) -> Slot:
    """The slot of a time that is the rest of a row; the text may have characters without width in it."""
    at = text.rfind(rest)
    if at >= 0:
        return Slot(at, rest)
    times = find_deadlines(rest, _ANY_YEAR, stated=Stated.CLAUSE, place=0)
    time = rest[times[0].span.start :] if times and times[0].span is not None else rest
    unseen = f"[{''.join(map(chr, NO_WIDTH))}]*"
    found = re.search(unseen.join(map(re.escape, time)), text)
    return Slot(0 if found is None else found.start(), time)


def _past_time(value: str) -> tuple[str, list[Said]]:
    """Part the value of a slot of time from names with a verb behind it: 2024年10月，区乙局配合."""
    for stretch in list(STRETCH.finditer(value[:LONGEST_ROW]))[1:_MOST_TIMES]:
        duties, objects, rest = read_row(value[stretch.start() :])
        names = [name for said in duties for name in said.names]
        if names and is_body(names[0].text) and not (objects or rest):
            return value[: stretch.start()].rstrip(AROUND), duties
    return value, []


def time_alone(content: str) -> Clause | None:
    """Return a clause that says when and nothing else: the second of （区甲局负责）（6月底前）."""
    if len(content) > LONGEST_NAME or not _TIME_WORD.search(content) or not _is_time(content.strip()):
        return None
    return Clause((), (Slot(0, content),), "", sure=True, known=True)


def _clause(
    found: list[Said],
    deadlines: list[Slot],
    unread: list[str],
    remarks: list[str],
    slips: list[Slip],
    *,
    sure: bool,
) -> Clause:
    """Put together what was read; names say once what holds for those to their right."""
    prefix = Prefix()
    assignments: list[Assignment] = []
    for said in found:
        names = [prefix.fill(name) for name in said.names]
        bodies = tuple([department(name.text, name.full) for name in names])
        assignments.append(_make_assignment(said.role, bodies, said.severally, said.is_open, False))
    known = all(body.kind for item in assignments for body in item.departments)
    plain = known and not (unread or remarks or slips)
    left = "，".join(unread)
    about = (tuple(remarks), tuple(slips), False, "", plain)
    return Clause(tuple(assignments), tuple(deadlines), left, sure, known, *about)
