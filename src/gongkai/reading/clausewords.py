"""The words of responsibility clauses, compiled from ``grammar/clauses.toml``; they serve clauses.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from gongkai.model import Role
from gongkai.reading.grammar import alternatives, any_of, table, words_of

__all__ = [
    "DEADLINE",
    "OTHER",
    "asides",
    "bracket_groups",
    "bracket_role",
    "joint_pattern",
    "names_of_groups",
    "note_lines",
    "references",
    "severally",
    "slip_nouns",
    "slip_parts",
    "slip_verbs",
    "slot_lines",
    "slot_pattern",
    "slot_roles",
    "verb_pattern",
    "verbs",
]

#: What a slot of time, and one of something else, has in place of a role.
DEADLINE: Final = "deadline"
OTHER: Final = "other"


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


def _rows(kind: str, **wanted: object) -> list[dict[str, Any]]:
    """Return the rows of a kind that have these values; a key that a row has not is false."""
    rows = table("clauses")[kind]
    return [row for row in rows if all(row.get(key, False) == wanted[key] for key in wanted)]


def _words(kind: str, **wanted: object) -> list[str]:
    return [word for row in _rows(kind, **wanted) for word in words_of(row)]


@cache
def slot_roles() -> dict[str, str]:
    """Return the role of each slot's word, or DEADLINE or OTHER."""
    return {word: row["role"] for row in table("clauses")["slot"] for word in row["words"]}


def _look(words: Iterable[str]) -> str:
    """A look at one character before the words are tried, at most places several times as fast."""
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])"


def _slots_of_bodies() -> list[str]:
    """Return the words of slots that name departments, but for everyday ones."""
    return [word for word in _words("slot", brief=False) if slot_roles()[word] not in {DEADLINE, OTHER}]


@cache
def verbs() -> dict[str, Role]:
    """Return the role of each verb, of each slot's word (A为牵头单位), and of modes that need no verb."""
    words: dict[str, str] = {word: slot_roles()[word] for word in _slots_of_bodies()}
    words |= dict.fromkeys(_words("mode", alone=True), Role.RESPONSIBLE)
    words |= {word: row["role"] for row in table("clauses")["verb"] for word in words_of(row)}
    return {word: Role(role) for word, role in words.items()}


@cache
def severally() -> re.Pattern[str]:
    """Any of the modes that say that each body answers for its own part."""
    return re.compile(any_of(_rows("mode", severally=True)))


@cache
def verb_pattern() -> re.Pattern[str]:
    """A verb with the modes before it; the group that matched says where it counts."""
    rules = table("clauses")
    places = {where: _rows("verb", where=where) for where in ("anywhere", "end", "body", "between", "object")}
    places["end"] += _rows("mode", alone=True)
    anywhere, end, body, between, objects = [any_of(rows) for rows in places.values()]
    after = "".join([row["not_before"] for row in _rows("verb", where="object")])
    stop = rf"(?=[{re.escape(rules['names']['separators'])}。.\s]|$)"
    words = [*rules["copula"]["words"], *_words("mode"), *_words("verb")]
    # the number of modes is bounded, so that a row of them without a verb takes linear time
    return re.compile(
        rf"{_look(words)}(?:(?:{alternatives(rules['copula']['words'])})(?P<slot>{alternatives(_slots_of_bodies())}){stop}"
        rf"|(?:{any_of(_rows('mode'))}){{0,4}}"
        rf"(?:(?P<end>{end}){stop}|(?P<anywhere>{anywhere})|(?P<body>{body}){stop}"
        rf"|(?P<object>{objects})(?![{after}])|(?P<between>{between})))"
    )


@cache
def names_of_groups() -> tuple[str, ...]:
    """The nouns that make a name of the verb before them: 牵头部门, 配合单位."""
    return tuple(table("clauses")["noun"]["words"])


@cache
def bracket_role() -> re.Pattern[str]:
    """A role in brackets behind a name: 区财政局（牵头）, 区教委（责任单位）, …（按职责分工负责）."""
    modes = any_of(_rows("mode"))
    rows = [*_rows("verb"), *_rows("mode", alone=True), {"words": _slots_of_bodies()}]
    return re.compile(rf"[（(]\s*(?P<modes>(?:{modes}){{0,4}})(?P<word>{any_of(rows)})\s*[）)]$")


@cache
def _slot_words(*, brief: bool) -> str:
    words = alternatives(_words("slot", brief=brief), spaced=True)
    bracket = alternatives(table("clauses")["slot_bracket"]["words"])
    return rf"({words})(?:\s*[（(](?:{bracket})[）)])?\s*[:：]"


@cache
def slot_pattern() -> re.Pattern[str]:
    """A slot's word with its colon; one of the groups is the word, the second an everyday one.

    At the beginning and behind a separator 为 or a blank may stand for the colon: 责任单位为区财政局.
    """
    rules = table("clauses")
    times = alternatives(_words("slot", brief=False, role=DEADLINE), spaced=True)
    separators = re.escape(rules["names"]["separators"] + "。")
    words = [*_words("slot"), *"【[［"]
    return re.compile(
        rf"{_look(words)}"
        rf"(?:{_slot_words(brief=False)}\s*"
        rf"|(?:^|(?<=[{separators}\s])){_slot_words(brief=True)}\s*"
        rf"|({times})\s*(?=[0-9０-９]|{alternatives(rules['timed']['words'])})"
        rf"|{_slots_in_square_brackets()}\s*"
        rf"|(?:^|(?<=[{separators}\s]))({alternatives(_slots_of_bodies())})"
        rf"(?:(?:{alternatives(rules['copula']['words'])})\s*|\s+|(?=[各{''.join(rules['names']['prefixes'])}])))"
    )


@cache
def _slots_in_square_brackets() -> str:
    """【责任单位】区甲局."""
    words = alternatives(_words("slot", brief=False), spaced=True)
    return rf"[【\[［]\s*({words})\s*[】\]］]\s*[:：]?"


@cache
def slot_lines(*, brief: bool) -> re.Pattern[str]:
    """A slot outside brackets that begins a paragraph or a sentence, or stands behind a blank (责任单位：…).

    Args:
        brief: look for everyday words that name departments (牵头：…) instead.
    """
    slots = _slot_words(brief=True)
    if not brief:
        slots = f"{_slot_words(brief=False)}|{_slots_in_square_brackets()}"
    return re.compile(rf"(?:^|(?<=[。；;！\s]))\s*(?:{slots})")


@cache
def note_lines() -> re.Pattern[str]:
    """What begins a line of notes: 注：…."""
    return re.compile(rf"(?:{alternatives(table('clauses')['note']['words'])})\s*[:：]")


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
    return re.compile(f"{_look(roles)}(?:{strong}|(?P<between>{'|'.join(weak)}))"), roles


@cache
def asides() -> re.Pattern[str]:
    """Any of the words of remarks: rules about the document, references, what says nothing of anybody."""
    rules = table("clauses")
    rows = [*rules["aside"], rules["standing"], {"words": rules["first"]["words"]}]
    return re.compile(f"{_look([word for row in rows for word in words_of(row)])}(?:{any_of(rows)})")


@cache
def references() -> re.Pattern[str]:
    """Any of the words that send the reader elsewhere: 见附件."""
    return re.compile(alternatives(_words("aside", reference=True)))


@cache
def slip_verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    """A slip in a verb or in a slot's word, and what each of them means; both are equally long."""
    words = _slips("verb")
    return re.compile(alternatives(words)), words


@cache
def slip_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    """A slip in the noun behind 等 or 各, and what each of them means."""
    rules = table("clauses")
    words = _slips("noun")
    after = {word[0] for word in (*verbs(), *_words("mode"), *rules["names"]["conjunctions"])}
    after |= {*rules["names"]["separators"], "。", "）", ")", " "}
    behind = re.escape("".join(sorted(after)))
    return re.compile(rf"(?<=[等各])(?:{alternatives(words)})(?=[{behind}]|$)"), words


@cache
def slip_parts() -> tuple[re.Pattern[str], dict[str, str]]:
    """A slip inside a name, and what each of them means."""
    words = _slips("part")
    return re.compile(alternatives(words)), words


def _slips(kind: str) -> dict[str, str]:
    rows = table("clauses")["slip"]
    return {slip: meant for row in rows if row["kind"] == kind for slip, meant in row["words"].items()}
