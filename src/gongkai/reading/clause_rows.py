"""Rows of names and verbs: who does what, in the order in which a clause says it.

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gongkai.model import Role
from gongkai.reading.clausewords import joint_pattern, names_of_groups, severally, verb_pattern, verbs
from gongkai.reading.grammar import table
from gongkai.reading.names import (
    LONGEST_NAME,
    LONGEST_NAMES,
    Name,
    is_body,
    is_listed,
    is_named,
    is_note,
    names_in,
    outside,
)

__all__ = [
    "AROUND",
    "INNER",
    "LONGEST_ROW",
    "NO_WIDTH",
    "STRETCH",
    "Said",
    "read_names",
    "read_row",
    "read_slot",
    "take_rest",
]

#: Names without a verb are no longer than this.
LONGEST_ROW: Final = 400
#: What stands around names, and what stands between separators.
AROUND: Final = " \u3000,，;；、。"
STRETCH: Final = re.compile(r"[^,，;；。]++")
#: What stands in brackets inside a clause; no verb is looked for there.
INNER: Final = re.compile(r"[（(][^（）()]*+[）)]")
_CLOSING: Final = "）)"
#: Signs that take no room and that copied text has inside words.
NO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


class Verb(NamedTuple):
    role: Role
    severally: bool


class Said(NamedTuple):
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


def assign(text: str, verb: Verb, found: list[Said]) -> None:
    """Add what one stretch of names has with its verb."""
    for role, part in _joined(text, verb.role):
        names, is_open = names_in(part)
        if any(name.role for name in names):
            found += _by_role(names, verb._replace(role=role), is_open=is_open)
        elif names:
            found.append(Said(role, verb.severally, names, is_open))


def _by_role(names: list[Name], verb: Verb, *, is_open: bool) -> Iterator[Said]:
    """Yield what is said of names some of which have their role in brackets: 区财政局（牵头）、区教委."""
    own: list[Verb] = []
    before = verb  # what a bracket further right says of the names before it
    for name in reversed(names):
        said = before if name.role is None else Verb(name.role, name.severally)
        if name.role is not None:
            before = said if name.shared else verb
        own.append(said)
    own.reverse()
    for said in dict.fromkeys(own):
        mine = [name for name, role in zip(names, own, strict=True) if role == said]
        yield Said(said.role, said.severally, mine, is_open and mine[-1] is names[-1])


def _verbs_in(text: str) -> list[re.Match[str]]:
    """Return the verbs of a row outside brackets; some are ones only behind, or between, complete bodies."""
    masked = text
    if "（" in text or "(" in text:
        masked = INNER.sub(lambda inner: "\0" * len(inner[0]), text)
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
    return not at or text[at - 1] in AROUND + "和及与或"


def _take_object(text: str) -> tuple[str, str]:
    """Part what follows a verb directly: its object (负责数据公开，…), unless a body, and the rest."""
    pattern, _ = joint_pattern()
    first = STRETCH.match(text)
    if first is None or text[0] in "、/／ \u3000" or pattern.match(text):
        return "", text
    names, _ = names_in(first[0][:LONGEST_NAMES])
    if not names or is_body(names[0].text):
        return "", text
    return first[0].rstrip(_CLOSING), text[first.end() :]


def read_row(text: str) -> tuple[list[Said], list[str], str]:
    """Read names and verbs from left to right; return also the verbs' objects, and what no verb follows."""
    found: list[Said] = []
    objects: list[str] = []
    text = text.translate(NO_WIDTH)
    last = 0
    for match in _verbs_in(text):
        names = text[last : match.start()]
        if last:
            said, names = _take_object(names)
            objects += [said] if said else []
        names = names.strip(AROUND)
        if names:
            verb = next(filter(None, match.groups()))
            apart = severally().search(match[0]) is not None
            assign(names, Verb(verbs()[verb], severally=apart), found)
        last = match.end()
    said, rest = _take_object(text[last:]) if last else ("", text)
    return found, [*objects, said] if said else objects, rest.strip(AROUND + ".")


def read_slot(text: str, role: Role) -> tuple[list[Said], list[str]]:
    """Read a slot of departments: its role holds up to the stretch with the first verb of its own."""
    text = text.translate(NO_WIDTH)
    first = next(iter(_verbs_in(text)), None)
    begin = len(text)
    if first is not None:
        begin = first.start() - len(outside(text[: first.start()], ",，;；")[-1])
    slot = Verb(role, severally=False)
    found: list[Said] = []
    if names := text[:begin].strip(AROUND):
        assign(names, slot, found)
    more, objects, rest = read_row(text[begin:])
    found += more
    if rest:
        assign(rest, slot, found)
    return found, objects


def take_rest(rest: str, found: list[Said]) -> bool:
    """Add names that no verb follows, if all are bodies: 区财政局牵头，区教委、区民政局."""
    if len(rest) > LONGEST_ROW:
        return False
    more: list[Said] = []
    assign(rest, Verb(Role.RESPONSIBLE, severally=False), more)
    names = [name for said in more for name in said.names]
    if not all(name.role is not None or is_body(name.full) for name in names) or _begins_with_verb(names):
        return False
    found += more
    return bool(names)


def _begins_with_verb(names: list[Name]) -> bool:
    """Whether one of the names is a body with a verb before it: 配合区教委."""
    verbs_before = [(verb_pattern().match(name.text), name.text) for name in names]
    return any(begun is not None and is_body(text[begun.end() :]) for begun, text in verbs_before)


def read_names(text: str) -> list[Said]:
    """Read names alone; nothing where less than half of them name a body, or where they only speak of it."""
    if not text or len(text) > LONGEST_ROW or "：" in text or ":" in text or is_note(text):
        return []
    found: list[Said] = []
    assign(text.translate(NO_WIDTH), Verb(Role.RESPONSIBLE, severally=False), found)
    names = [name for said in found for name in said.names]
    if _begins_with_verb(names):
        return []
    return found if 2 * sum([is_named(name.text) for name in names]) > len(names) else []
