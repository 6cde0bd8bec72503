"""The names in a responsibility clause: what separates them, and what they leave to their neighbours.

A list of names says some things once: the level (省工信厅、财政厅), the noun (公安、消防部门), the head
(省政府各部门、各直属机构). A name is kept as it is printed; ``full`` is what it means there.

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai import directory
from gongkai.directory import Directory, Resolution
from gongkai.model import Department, DepartmentKind, Role
from gongkai.reading.clausewords import bracket_role, severally, slip_parts, verbs
from gongkai.reading.grammar import table
from gongkai.reading.namewords import (
    before_names,
    before_note,
    collective_starts,
    conjunctions,
    generic,
    introduction,
    level_lists,
    level_ranks,
    not_in_names,
    open_pattern,
)

__all__ = [
    "LONGEST_NAME",
    "LONGEST_NAMES",
    "Name",
    "Prefix",
    "department",
    "is_body",
    "is_listed",
    "is_named",
    "is_note",
    "is_prose",
    "names_in",
    "outside",
]

#: No name of a body is longer than this; no stretch without a separator longer than that is names.
LONGEST_NAME: Final = 60
LONGEST_NAMES: Final = 200

#: What stands for a name without its noun (公安、消防部门) is no longer.
_SHORTENED: Final = 6
_OPENING: Final = "（("
_CLOSING: Final = "）)"
_BRACKET: Final = re.compile(r"[（(\[［【〔]([^（）()\[\]［］【】〔〕]*+)[）)\]］】〕]")
#: What stands for separators and conjunctions inside a name, and the way back.
_KEPT: Final = str.maketrans("、/及和", "\ue000\ue001\ue002\ue003")
_PRINTED: Final = str.maketrans("\ue000\ue001\ue002\ue003", "、/及和")


class Name(NamedTuple):
    """A name in a list.

    Attributes:
        text: as it is printed.
        full: what it means there.
        role: its own role, in brackets behind it: 区财政局（牵头）; None where the verb says it.
        severally: whether the bracket says that each answers for its own part.
        shared: whether the bracket speaks of the names before it as well: 区财政局、区教委（按职责分工负责）.
    """

    text: str
    full: str
    role: Role | None = None
    severally: bool = False
    shared: bool = False


@lru_cache(maxsize=8192)
def department(name: str, full: str) -> Department:
    """Return the department of that name; mentions of one name share one object.

    The id of what it means is kept only where the name alone would not tell it.
    """
    if name == full:
        return Department(name, kind=_kind(name))
    found = _resolve(full).id
    return Department(name, kind=_kind(full) or _kind(name), id=found if found != _resolve(name).id else None)


def _resolve(name: str) -> Resolution:
    return Directory.default().resolve(name) if len(name) <= LONGEST_NAME else Resolution(name)


def _kind(name: str) -> DepartmentKind | None:
    """What sort of body a name is; one with a bracket by what stands around it or else inside."""
    if len(name) > LONGEST_NAME:
        return None
    found = directory.classify(name)
    said = set(not_in_names().findall(name))
    if said:  # 有审批职能的部门 is a group; nothing else is described so
        return found if said == {"的"} and found is DepartmentKind.COLLECTIVE else None
    if found is not None:
        return found
    inside = [directory.classify(alias) for alias in _BRACKET.findall(name)]
    if not inside:
        return None
    return directory.classify(_BRACKET.sub("", name)) or next(filter(None, inside), None)


def is_body(name: str) -> bool:
    """Tell whether a text is the complete name of one body.

    >>> from gongkai.reading.names import is_body
    >>> is_body("各县（市、区）人民政府"), is_body("文化和旅游局"), is_body("文化")
    (True, True, False)
    """
    if len(name) > LONGEST_NAME or not_in_names().search(name):
        return False
    if directory.is_body(name):
        return True
    return _BRACKET.search(name) is not None and directory.is_body(_BRACKET.sub("", name))


def is_listed(name: str) -> bool:
    """Tell whether the directory lists a name, not only the grammar of its words."""
    return _resolve(name).step not in {None, "grammar"}


def is_named(name: str) -> bool:
    """Tell whether a text names a body, not only a sort of bodies such as 街道."""
    return name not in generic() and is_body(name)


def is_note(text: str) -> bool:
    """Tell whether a text with a body in it only speaks of that body: 含各街道, 原区环保局."""
    begun = before_note().match(text)
    if begun is None:
        return False
    rest = text[begun.end() :]
    rules = table("clauses")["names"]
    if rest.startswith((*rules["prefixes"], *rules["collective"], *"：:“‘")):
        return True
    first = _BRACKET.sub("", outside(rest, rules["separators"])[0])
    found = _resolve(first)
    if found.kind is None or is_listed(begun[0] + first):
        return False
    group = found.kind is DepartmentKind.COLLECTIVE and not set(first) & set(rules["prefixes"])
    return len(begun[0]) > 1 or found.step == "name" or group


def is_prose(name: str) -> bool:
    """Tell whether a name is one with a word of prose before it: 经区财政局."""
    begun = before_names().match(name)
    return begun is not None and is_listed(name[begun.end() :]) and _resolve(name).step != "name"


def outside(text: str, separators: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    if "(" not in text and "（" not in text:
        return _any_sign(separators).split(text)
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


@cache
def _any_sign(separators: str) -> re.Pattern[str]:
    """Any of some signs."""
    return re.compile(f"[{re.escape(separators)}]")


def names_in(text: str) -> tuple[list[Name], bool]:
    """Return the names in a stretch, and whether the list is left open by 等.

    >>> from gongkai.reading.names import names_in
    >>> [name.text for name in names_in("由区教委、区文化和旅游局及各街道")[0]]
    ['区教委', '区文化和旅游局', '各街道']
    >>> [name.full for name in names_in("公安、消防部门")[0]]
    ['公安部门', '消防部门']
    """
    names: list[str] = []
    is_open = False
    begun = introduction().match(text)
    if begun is not None and not is_body(text[:LONGEST_NAME]):
        text = text[begun.end() :]
    printed = text
    text = level_lists().sub(_keep_together, text)
    for name in _pieces(text):
        found = open_pattern().search(name)
        if found:
            listed = _split_conjunctions(name[: found.start()])
            if is_body(listed[-1]) or is_body(listed[-1] + found[1]):
                is_open = True
                names += listed
                name = found[1]  # noqa: PLW2901 - the rest of it
        names += _split_conjunctions(name) if name else []
    names = _with_levels(names)
    if text is not printed:
        names = [name.translate(_PRINTED) for name in names]
    return _named(names), is_open


def _pieces(text: str) -> Iterator[str]:
    rules = table("clauses")["names"]
    for piece in outside(text, rules["separators"]):
        for name in _unspaced(piece):
            begun = introduction().match(name)
            yield name if begun is None else name[begun.end() :]


def _keep_together(found: re.Match[str]) -> str:
    """Let a list of levels be one name, where none is higher than the one before; 市、区人民政府 are two."""
    pattern, ranks = level_ranks()
    text = found[0]
    own = [ranks[level] for level in pattern.findall(_BRACKET.sub("", text))]
    every = "各" in {text[0], found.string[found.start() - 1]}
    if not (every or "（" in text or "(" in text) or own != sorted(own):
        return text
    return text.translate(_KEPT)


def _split_conjunctions(name: str) -> list[str]:
    """Split at 和 or 及, only between complete bodies or before 各 and its like: 文化和旅游局 is one name."""
    joints = list(conjunctions().finditer(name)) if len(name) <= LONGEST_NAMES else []
    if not joints:
        return [name]
    ends = [*(joint.start() for joint in joints), len(name)]
    names: list[str] = []
    last = past = 0
    for at, joint in enumerate(joints):
        left = name[last : joint.start()]
        if joint.start() < past or not left or joint.end() == len(name):
            continue
        after = [end for end in ends[at + 1 :] if end > joint.end()]
        goes_on = [end for end in after if _is_one(name[last:end], left)]
        if goes_on:  # a name that is known with the word inside
            past = goes_on[-1]
            continue
        right = name[joint.end() :]
        both = is_body(left) and any(is_body(name[joint.end() : end]) for end in after)
        if both or right.startswith(collective_starts()):
            names.append(left)
            last = joint.end()
    return [*names, name[last:]]


def _is_one(name: str, left: str) -> bool:
    """Whether the directory lists a name that goes on behind a body; the place before it may not."""
    found = _resolve(name)
    if found.step in {None, "grammar"}:
        return False
    return found.place is None or len(found.place) < len(left) or not is_body(left)


def _unspaced(piece: str) -> list[str]:
    """Take out blanks; those between complete bodies that are not one name together separate them."""
    words = piece.split()
    if len(words) == 1:
        return words
    if not words or len(piece) > 2 * LONGEST_NAMES:
        return ["".join(words)] if words else []
    names = words[:1]
    for word in words[1:]:
        if is_body(names[-1]) and is_body(word) and not is_listed(names[-1] + word):
            names.append(word)
        else:
            names[-1] += word
    return names


def _with_levels(names: list[str]) -> list[str]:
    """市、区财政局 are 市财政局 and 区财政局."""
    prefixes = table("clauses")["names"]["prefixes"]
    for at in range(len(names) - 2, -1, -1):
        name, after = names[at], names[at + 1]
        if name in prefixes and after[0] in prefixes and len(after) > 1 and is_body(name + after[1:]):
            names[at] = name + after[1:]
    return names


def _named(texts: list[str]) -> list[Name]:
    """Return the names with their roles in brackets, and with the noun that the last one has for all."""
    names: list[Name] = []
    noun = ""
    for text in reversed(texts):
        found = bracket_role().search(text) if text[-1] in _CLOSING else None
        if found is not None and found.start():
            own = text[: found.start()]
            role = verbs()[found["word"]]
            apart = severally().search(found["modes"] or found["word"]) is not None
            shared = bool(found["modes"]) or apart or role is Role.RESPONSIBLE
            names.append(Name(own, own, role, apart, shared))
            noun = ""
            continue
        if noun and len(text) <= _SHORTENED and not is_body(text) and is_body(text + noun):
            names.append(Name(text, text + noun))
            continue
        noun = _noun_for_all(text)
        names.append(Name(text, text if is_body(text) else _meant(text)))
    return names[::-1]


def _noun_for_all(text: str) -> str:
    """Return the noun that a name may have for those before it as well: 公安、消防部门, not 公安、各部门."""
    rules = table("clauses")["names"]
    if not text.endswith(tuple(rules["shared"])):
        return ""
    noun: str = max([word for word in rules["shared"] if text.endswith(word)], key=len)
    own = text.startswith((*rules["prefixes"], *rules["collective"])) and text != noun
    return "" if own else noun


def _meant(text: str) -> str:
    """What a name means that is no body's as it is printed."""
    pattern, meant = slip_parts()
    text = pattern.sub(lambda slip: meant[slip[0]], text)
    if len(text) > 1 and not text.strip(table("clauses")["levels"]["bare"]):
        return "各" + text  # 县区
    last = outside(text, "、/")[-1]
    if last == text or "各" not in text:
        return last
    return text[: text.index("各") + 1] + last


class Prefix:
    """What the names of a clause say once, from left to right: the level, and the head of a group."""

    __slots__ = ("_head", "_level")

    def __init__(self) -> None:
        self._level = ""
        self._head = ""

    def fill(self, name: Name) -> Name:
        """Return a name with what those to its left give it: 省工信厅、财政厅, 省政府各部门、各直属机构."""
        rules = table("clauses")["names"]
        text = name.text
        if text in rules["headed"]:
            return name._replace(full=self._head + "各" * (text[0] != "各") + text)
        if "各" in text:
            self._head = text.partition("各")[0] or self._head
            return name
        level = self._level_of(text)
        if level:
            self._level = level
            self._head = ""
        elif self._level and name.full == text and is_listed(self._level + text):
            return name._replace(full=self._level + text)
        return name

    @staticmethod
    def _level_of(text: str) -> str:
        """The division in front of a name, or the sign of its level."""
        rules = table("clauses")["names"]
        found = _resolve(text)
        if found.place is not None and text.startswith(found.place):
            return found.place
        if text[0] not in rules["prefixes"] or text.startswith(tuple(rules["no_prefix"])):
            return ""
        return text[0] if found.step is not None or is_body(text[1:]) else ""
