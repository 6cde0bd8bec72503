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
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from gongkai.model import Assignment, Role
from gongkai.model._house import trusted
from gongkai.reading.clausewords import (
    DEADLINE,
    PERSON,
    asides,
    bracket_groups,
    joint_pattern,
    names_of_groups,
    references,
    severally,
    slip_nouns,
    slip_parts,
    slip_verbs,
    slot_lines,
    slot_pattern,
    slot_roles,
    verb_pattern,
    verbs,
)
from gongkai.reading.deadlines import parse_deadline
from gongkai.reading.grammar import table
from gongkai.reading.names import (
    LONGEST_NAME,
    LONGEST_NAMES,
    Name,
    Prefix,
    department,
    is_body,
    is_listed,
    is_named,
    is_note,
    is_prose,
    names_in,
    outside,
)
from gongkai.reading.rulewords import first_rule, standing_rule

__all__ = ["Clause", "Slip", "Slot", "bracket_groups", "parse_clause", "slot_lines", "time_alone"]

_make_assignment = trusted(Assignment)
_OPENING: Final = "（("
_CLOSING: Final = "）)"

#: A cheap look before the grammar of deadlines; the year only lets an expression without one be recognised.
_TIME_WORD: Final = re.compile("[年月日季周期时全续常]")
_ANY_YEAR: Final = 2000
_LONGEST_BARE: Final = 400

#: Signs that take no room and that copied text has inside words.
_NO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_AROUND: Final = " \u3000,，;；、。"
_STRETCH: Final = re.compile(r"[^,，;；。]++")
_EMPTY_BRACKET: Final = re.compile(r"[（(][\s,，;；、]*+[）)]")
#: What stands in brackets inside a clause; no verb is looked for there.
_INNER: Final = re.compile(r"[（(][^（）()]*+[）)]")


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


class _Verb(NamedTuple):
    role: Role
    severally: bool


class _Said(NamedTuple):
    """What one verb, joint or slot says: who, in which role."""

    role: Role
    severally: bool
    names: list[Name]
    is_open: bool


def _nearest(text: str, start: int, end: int, *, last: bool) -> str:
    """Return the last or the first name of a stretch, as far as one can reach."""
    if last:
        start = max(start, end - LONGEST_NAME)
    names, _ = names_in(text[start : min(end, start + LONGEST_NAME)])
    return names[-1 if last else 0].text if names else ""


def _stand_between(text: str, start: int, joint: re.Match[str], end: int) -> bool:
    """Whether a joint or a verb stands between two complete bodies, or with none before it."""
    left = _nearest(text, start, joint.start(), last=True)
    right = _nearest(text, joint.end(), end, last=False)
    if (left and not is_body(left)) or len(right) < 3 or not is_body(right):
        return False
    return not (left and is_listed(left + joint[0] + right))


def _goes_on(text: str, start: int, verb: re.Match[str]) -> bool:
    """Whether a name goes on through a verb: 区委组织部, 区教委指导中心."""
    after = text[verb.end() : verb.end() + 2]
    if after.startswith(tuple(table("clauses")["names"]["prefixes"])):
        return False
    name = _nearest(text, start, verb.start(), last=True) + verb[0]
    return is_body(name + after[:1]) or is_body(name + after)


def _joined(text: str, role: Role) -> Iterator[tuple[Role, str]]:
    """Yield the stretches of names between joints, with their roles."""
    pattern, roles = joint_pattern()
    first = role
    last = 0
    for match in pattern.finditer(text):
        if match["between"]:
            if not _stand_between(text, last, match, len(text)):
                continue
        elif match.start() and is_body(text):
            continue
        yield role, text[last : match.start()]
        role, last = roles[match[0]], match.end()
    joined, *others = outside(text[last:], "，,；;") if last else [text]
    yield role, joined
    if others:  # 甲局会同乙局，丙局落实
        yield first, "、".join(others)


def _assign(text: str, verb: _Verb, found: list[_Said]) -> None:
    """Add what one stretch of names has with its verb."""
    for role, part in _joined(text, verb.role):
        names, is_open = names_in(part)
        if any(name.role for name in names):
            found += _by_role(names, verb._replace(role=role), is_open=is_open)
        elif names:
            found.append(_Said(role, verb.severally, names, is_open))


def _by_role(names: list[Name], verb: _Verb, *, is_open: bool) -> Iterator[_Said]:
    """Yield what is said of names some of which have their role in brackets: 区财政局（牵头）、区教委."""
    own: list[_Verb] = []
    before = verb  # what a bracket further right says of the names before it
    for name in reversed(names):
        said = before if name.role is None else _Verb(name.role, name.severally)
        if name.role is not None:
            before = said if name.shared else verb
        own.append(said)
    own.reverse()
    for said in dict.fromkeys(own):
        mine = [name for name, role in zip(names, own, strict=True) if role == said]
        yield _Said(said.role, said.severally, mine, is_open and mine[-1] is names[-1])


def _is_time(text: str) -> bool:
    return parse_deadline(text, year=_ANY_YEAR) is not None


def _take_times(row: str, base: int = 0) -> tuple[str, list[Slot]]:
    """Take out stretches that are deadlines by themselves (…负责，6月底前完成); blanks stand for them."""
    found: list[Slot] = []
    if _TIME_WORD.search(row):
        found = [Slot(item.start(), item[0]) for item in _STRETCH.finditer(row) if _is_time(item[0].strip())]
        row = _blanked(row, [(slot.start, slot.start + len(slot.text)) for slot in found])
    return row, [Slot(base + slot.start, slot.text) for slot in found]


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


def _verbs_in(text: str) -> list[re.Match[str]]:
    """Return the verbs of a row outside brackets; some are ones only behind, or between, complete bodies."""
    masked = text
    if "（" in text or "(" in text:
        masked = _INNER.sub(lambda inner: "\0" * len(inner[0]), text)
    found: list[re.Match[str]] = []
    last = 0
    for match in verb_pattern().finditer(masked):
        if match["between"]:
            after = verb_pattern().search(masked, match.end())
            end = len(text) if after is None else after.start()
            if _begins_name(text, match.start()) or _goes_on(text, last, match):
                continue
            if not _stand_between(text, last, match, end):
                continue
        elif match["body"]:
            name = _nearest(text, last, match.start(), last=True)
            if not is_body(name) or is_listed(name + match["body"]):
                continue
        elif match["object"]:
            if not is_body(_nearest(text, last, match.start(), last=True)):
                continue
        elif match["anywhere"] and masked.startswith(names_of_groups(), match.end()):
            name = _nearest(text, last, match.start(), last=True)
            if _begins_name(text, match.start()) or not is_body(name):
                continue
        found.append(match)
        last = match.end()
    return found


def _begins_name(text: str, at: int) -> bool:
    """Whether a name can begin there: behind a separator or a conjunction."""
    return not at or text[at - 1] in _AROUND + "和及与或"


def _take_object(text: str) -> tuple[str, str]:
    """Part what follows a verb directly: its object (负责数据公开，…), unless a body, and the rest."""
    pattern, _ = joint_pattern()
    first = _STRETCH.match(text)
    if first is None or text[0] in "、/／ \u3000" or pattern.match(text):
        return "", text
    names, _ = names_in(first[0][:LONGEST_NAMES])
    if not names or is_body(names[0].text):
        return "", text
    return first[0].rstrip(_CLOSING), text[first.end() :]


def _row(text: str) -> tuple[list[_Said], list[str], str]:
    """Read names and verbs from left to right; return also the verbs' objects, and what no verb follows."""
    found: list[_Said] = []
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
            verb = next(filter(None, match.groups()))
            apart = severally().search(match[0]) is not None
            _assign(names, _Verb(verbs()[verb], severally=apart), found)
        last = match.end()
    said, rest = _take_object(text[last:]) if last else ("", text)
    return found, [*objects, said] if said else objects, rest.strip(_AROUND + ".")


def _slot_value(text: str, role: Role) -> tuple[list[_Said], list[str]]:
    """Read a slot of departments: its role holds up to the stretch with the first verb of its own."""
    text = text.translate(_NO_WIDTH)
    first = next(iter(_verbs_in(text)), None)
    begin = len(text)
    if first is not None:
        begin = first.start() - len(outside(text[: first.start()], ",，;；")[-1])
    slot = _Verb(role, severally=False)
    found: list[_Said] = []
    if names := text[:begin].strip(_AROUND):
        _assign(names, slot, found)
    more, objects, rest = _row(text[begin:])
    found += more
    if rest:
        _assign(rest, slot, found)
    return found, objects


def _take_rest(rest: str, found: list[_Said]) -> bool:
    """Add names that no verb follows, if all are bodies: 区财政局牵头，区教委、区民政局."""
    if len(rest) > _LONGEST_BARE:
        return False
    more: list[_Said] = []
    _assign(rest, _Verb(Role.RESPONSIBLE, severally=False), more)
    names = [name for said in more for name in said.names]
    if not all(name.role is not None or is_body(name.full) for name in names) or _begins_with_verb(names):
        return False
    found += more
    return bool(names)


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
    found, unread, rest = _row(row)
    if not found and not slots:
        found = _bare(rest)
        bare = not any(name.role is not None for said in found for name in said.names)
        return _clause(found, deadlines, [], remarks, slips, sure=not bare) if found else None
    if found and not slots and is_prose(found[0].names[0].text):
        return None  # 经区财政局同意后落实
    if rest and _is_time(rest):
        deadlines.append(Slot(text.rfind(rest), rest))
    elif rest and not _take_rest(rest, found):
        unread.append(rest)
    sure = bool(deadlines)
    for at, match in enumerate(slots):
        end = slots[at + 1].start() if at + 1 < len(slots) else len(text)
        value = text[match.end() : end].rstrip(_AROUND)
        role = slot_roles()["".join(match[match.lastindex or 0].split())]
        if role == PERSON:
            remarks.append(content[match.start() : end].strip(_AROUND))
            continue
        sure = sure or match[2] is None
        if role == DEADLINE:
            deadlines.append(Slot(match.end(), value))
            continue
        value, times = _take_times(value, match.end())
        deadlines += times
        more, objects = _slot_value(value, Role(role))
        found += more
        unread += objects
    clause = _clause(found, deadlines, unread, remarks, slips, sure=True)
    if not sure and not any(body.kind for item in clause.assignments for body in item.departments):
        return None  # 谁起草、谁负责: verbs, but nobody that could be a department
    return clause if found or deadlines else None


def _begins_with_verb(names: list[Name]) -> bool:
    """Whether one of the names is a body with a verb before it: 配合区教委."""
    verbs_before = [(verb_pattern().match(name.text), name.text) for name in names]
    return any(begun is not None and is_body(text[begun.end() :]) for begun, text in verbs_before)


def time_alone(content: str) -> Clause | None:
    """Return a clause that says when and nothing else: the second of （区甲局负责）（6月底前）."""
    if len(content) > LONGEST_NAME or not _TIME_WORD.search(content) or not _is_time(content.strip()):
        return None
    return Clause((), (Slot(0, content),), "", sure=True, known=True)


def _bare(text: str) -> list[_Said]:
    """Read names alone; nothing where less than half of them name a body, or where they only speak of it."""
    if not text or len(text) > _LONGEST_BARE or "：" in text or ":" in text or is_note(text):
        return []
    found: list[_Said] = []
    _assign(text.translate(_NO_WIDTH), _Verb(Role.RESPONSIBLE, severally=False), found)
    names = [name for said in found for name in said.names]
    if _begins_with_verb(names):
        return []
    return found if 2 * sum([is_named(name.text) for name in names]) > len(names) else []


def _clause(
    found: list[_Said],
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
