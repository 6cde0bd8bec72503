"""The words of responsibility clauses, compiled from ``grammar/clauses.toml``; they serve clauses.py."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from gongkai.model import Role
from gongkai.reading.grammar import alternatives, table

__all__ = [
    "DEADLINE",
    "asides",
    "bracket_groups",
    "collective_starts",
    "conjunctions",
    "joint_pattern",
    "open_pattern",
    "severally",
    "slot_lines",
    "slot_pattern",
    "slot_roles",
    "verb_pattern",
    "verbs",
]

#: What a slot of time has in place of a role.
DEADLINE: Final = "deadline"


@cache
def bracket_groups() -> re.Pattern[str]:
    """A bracket with what it holds, one round bracket inside allowed, in linear time.

    >>> from gongkai.reading.clausewords import bracket_groups
    >>> bracket_groups().findall("公开(含(试点)办法)目录。(区甲局负责)也有【区乙局负责】")
    ['(含(试点)办法)', '(区甲局负责)', '【区乙局负责】']
    """
    rules = table("clauses")["brackets"]
    (opening, closing), *others = rules["pairs"]
    around = re.escape(opening + closing)
    plain = f"[^{around}]*+"
    inner = f"[{opening}][^{around}{rules['not_inside']}]*+[{closing}]"
    kinds = [f"[{opening}]{plain}(?:[{opening}]{plain}[{closing}]{plain})*+[{closing}]"]
    for first, last in others:
        own = f"[^{around}{re.escape(first + last)}]*+"
        kinds.append(f"[{re.escape(first)}]{own}(?:{inner}{own})*+[{re.escape(last)}]")
    return re.compile("|".join(kinds))


@cache
def verbs() -> dict[str, Role]:
    """Return the role of each verb, and of each slot's word (A为牵头单位)."""
    words = {word: role for word, role in slot_roles().items() if role != DEADLINE}
    words |= {word: row["role"] for row in table("clauses")["verb"] for word in row["words"]}
    return {word: Role(role) for word, role in words.items()}


@cache
def severally() -> re.Pattern[str]:
    """Any of the modes that say that each body answers for its own part."""
    return re.compile(alternatives(_words("mode", severally=True)))


@cache
def asides() -> re.Pattern[str]:
    """Any of the words of rules about the document and of references."""
    return re.compile(alternatives(table("clauses")["aside"]["words"]))


def _words(kind: str, **wanted: object) -> list[str]:
    """Return the words of those rows of a kind that have these values; a key that a row has not is false."""
    rows = table("clauses")[kind]
    fitting = [row for row in rows if all(row.get(key, False) == wanted[key] for key in wanted)]
    return [word for row in fitting for word in row["words"]]


@cache
def verb_pattern() -> re.Pattern[str]:
    """A verb with the modes before it, at the end of a stretch of names."""
    rules = table("clauses")
    anywhere, end, body, objects = [
        alternatives(_words("verb", where=where)) for where in ("anywhere", "end", "body", "object")
    ]
    slots = alternatives(word for word in _words("slot", brief=False) if slot_roles()[word] != DEADLINE)
    stop = rf"(?=[{re.escape(rules['names']['separators'])}。.\s]|$)"
    # the number of modes is bounded, so that a row of them without a verb takes linear time
    return re.compile(
        rf"(?:{alternatives(rules['copula']['words'])})(?P<slot>{slots}){stop}"
        rf"|(?:{alternatives(_words('mode'))}){{0,4}}"
        rf"(?:(?P<anywhere>{anywhere})|(?P<end>{end}){stop}|(?P<body>{body}){stop}|(?P<object>{objects}))"
    )


@cache
def _slot_words(*, brief: bool) -> str:
    words = alternatives(_words("slot", brief=brief), spaced=True)
    bracket = alternatives(table("clauses")["slot_bracket"]["words"])
    return rf"({words})(?:\s*[（(](?:{bracket})[）)])?\s*[:：]"


@cache
def slot_pattern() -> re.Pattern[str]:
    """A slot's word with its colon; one of the groups is the word, the second an everyday one."""
    rules = table("clauses")
    times = alternatives(_words("slot", brief=False, role=DEADLINE), spaced=True)
    separators = re.escape(rules["names"]["separators"] + "。")
    return re.compile(
        rf"{_slot_words(brief=False)}\s*"
        rf"|(?:^|(?<=[{separators}\s])){_slot_words(brief=True)}\s*"
        rf"|({times})\s*(?=[0-9０-９]|{alternatives(rules['timed']['words'])})"
    )


@cache
def slot_roles() -> dict[str, str]:
    """Return the role of each slot's word, or DEADLINE."""
    return {word: row["role"] for row in table("clauses")["slot"] for word in row["words"]}


@cache
def joint_pattern() -> tuple[re.Pattern[str], dict[str, Role]]:
    """A joint between names, in the group ``between`` one that needs bodies around it; and the roles."""
    rows = table("clauses")["joint"]
    roles = {word: Role(row["role"]) for row in rows for word in row["words"]}
    weak = [
        rf"(?<![{row['not_after']}])(?:{alternatives(row['words'])})(?![{row['not_before']}])"
        for row in rows
        if row["between"]
    ]
    strong = alternatives(_words("joint", between=False))
    return re.compile(f"{strong}|(?P<between>{'|'.join(weak)})"), roles


@cache
def open_pattern() -> re.Pattern[str]:
    """等 at the end of a list, and the noun behind it."""
    rule = table("clauses")["open"]
    before = "".join(rule["not_after"])
    return re.compile(rf"(?<=[^{before}、，,]){rule['word']}(?!级|离子)(.*)$")


@cache
def conjunctions() -> re.Pattern[str]:
    """和 and its like."""
    return re.compile("(" + alternatives(table("clauses")["names"]["conjunctions"]) + ")")


@cache
def collective_starts() -> tuple[str, ...]:
    """The words before which 和 always separates names."""
    return tuple(table("clauses")["names"]["collective"])


@cache
def slot_lines() -> re.Pattern[str]:
    """A slot outside brackets, at the beginning of a paragraph or of a sentence (责任单位：…)."""
    return re.compile(rf"(?:^|(?<=[。；;！]))\s*(?:{_slot_words(brief=False)})")
