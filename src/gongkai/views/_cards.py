"""Small things as cards: a title and facts, in the order of the table ``cards.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sized
from datetime import date
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, NotRequired, TypedDict, cast

from gongkai.comparing import Link
from gongkai.comparing.telling import percent
from gongkai.errors import GongkaiError
from gongkai.model import Plan, Section, Span, Task
from gongkai.views._history_rows import label_of
from gongkai.views._html import Html, join, tag
from gongkai.views._markdown import escape
from gongkai.views._parts_html import Look, frame, prose
from gongkai.views._rows import heading_words
from gongkai.views._text import clean, cut
from gongkai.views._words import Words

__all__ = ["Card", "card_html", "card_markdown", "card_of", "known"]

#: How many things of a list are named, and how many characters of a text within a list.
_NAMED: Final = 12
_SHORT: Final = 60

#: How many characters of a text there are in Markdown, and in HTML where not everything is asked for.
_LENGTH: Final = 600
_MOST: Final = 4 * _LENGTH


class _Class(TypedDict):
    """What is said of a class in the table."""

    zh: str
    en: str
    head: str
    facts: list[str]
    counts: NotRequired[bool]


#: Where members of enumerations have their words already.
_GROUPS: Final = {
    "Carriage": "carriages",
    "Entry": "entries",
    "Exit": "exits",
    "Role": "roles",
    "Severity": "severities",
    "Strength": "strengths",
    "TieKind": "ties",
    "Timing": "timings",
}


class Card(NamedTuple):
    """What is shown of a thing.

    Attributes:
        sort: what it is, in words.
        head: what it is headed by.
        facts: its facts, each a word and a value.
    """

    sort: str
    head: str
    facts: tuple[tuple[str, str], ...]


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    text = files("gongkai.views").joinpath("cards.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(text))


def known(name: str) -> bool:
    """Tell whether things of a class have a card.

    >>> known("Deadline"), known("Nobody")
    (True, False)
    """
    return name in _table()["classes"]


def card_of(thing: object, say: Words) -> Card:
    """Return what is shown of a thing whose class is known.

    >>> from gongkai import Deadline
    >>> from gongkai.views._words import words
    >>> card_of(Deadline.by_month(2024, 10), words("en"))
    Card(sort='Deadline', head='2024年10月', facts=(('Kind', 'month'), ('Due', '2024-10-31')))
    """
    row = cast(_Class, _table()["classes"][type(thing).__name__])
    head = _fact(row["head"], getattr(thing, row["head"]), say) if row["head"] else _own(thing)
    words = _table()["facts"]
    facts: list[tuple[str, str]] = []
    for name in row["facts"]:
        # Kin of one name share a card: what one of them lacks is not shown.
        value = cast(object, getattr(thing, name, None))
        if isinstance(value, Sized) and row.get("counts"):
            value = len(value) or None
        told = "" if value is None or value is False else _fact(name, value, say)
        if told:
            facts.append((words[name][say.language], told))
    return Card(row[say.language], head, tuple(facts))


def _own(thing: object) -> str:
    """What a thing is called where none of its facts is a name: its text, unless that is made for code."""
    text = str(thing)
    return "" if text.startswith("<") or "(" in text[:24] else clean(text)


def _fact(name: str, value: object, say: Words) -> str:
    if name in {"share", "rewording", "observed"} and isinstance(value, float):
        return percent(value)
    if isinstance(value, (tuple, list, frozenset, set, Mapping)):
        return _list(cast("Collection[object]", value), say)
    return _told(value, say)


def _list(values: Collection[object], say: Words) -> str:
    """The first things of a list; of things that have no short name, how many there are."""
    found = list(values)
    told = [cut(_told(value, say), _SHORT) for value in found[:_NAMED]]
    if any(first.startswith("<") for first, _ in told):
        return str(len(found))
    named = "、".join([first + ("…" if rest else "") for first, rest in told])
    hidden = len(found) - _NAMED
    return f"{named} {say.count('counts.more', hidden)}" if hidden > 0 else named


def _told(value: object, say: Words) -> str:
    """A value in few words."""
    match value:
        case bool():
            return _table()["values"]["yes" if value else "no"][say.language]
        case Enum():
            return _member(value, say)
        case float():
            return f"{value:.3g}"
        case date():
            return value.isoformat()
        case Task():
            return f"{label_of(value)} {clean(value.text)}".strip()
        case Section():
            return heading_words(value)
        case Plan():
            return clean(value.title) or say["headings.untitled"]
        case Link():
            return f"{_told(value.old, say)} → {_told(value.new, say)}"
        case Span():
            return f"{value.start}–{value.end}"
        case GongkaiError():
            return clean(str(value))
        case tuple():
            return "、".join([_told(each, say) for each in cast("tuple[object, ...]", value)])
        case _:
            return _called(value)


def _member(value: Enum, say: Words) -> str:
    """What a member of an enumeration is called."""
    sort, name = type(value).__name__, str(value.value)
    found = say.table.get(f"{_GROUPS.get(sort)}.{name}")
    if found is not None:
        return found
    words = cast("dict[str, dict[str, dict[str, str]]]", _table()["values"])
    return words.get(sort, {}).get(name, {}).get(say.language, clean(name))


def _called(value: object) -> str:
    """What any other thing is called: its name or text, else its length, else itself."""
    for name in ("name", "text", "says", "id", "title"):
        text = cast(object, getattr(value, name, None))
        if isinstance(text, str) and text and not isinstance(value, str):
            return clean(text)
    if isinstance(value, Sized) and not isinstance(value, str) and len(value) > 3:
        return str(len(value))
    return clean(str(value))


def card_html(thing: object, look: Look) -> Html:
    """A card as HTML."""
    card = card_of(thing, look.say)
    most = None if look.length is None else _MOST
    parts = [tag("span", card.sort, class_="gk-tag")]
    if card.head:
        parts.append(tag("b", prose(_cut(card.head, most), look), lang="zh-CN"))
    lines = [
        join([tag("dt", name), tag("dd", prose(_cut(value, most), look), lang="zh-CN")])
        for name, value in card.facts
    ]
    inside = tag("dl", *lines, class_="gk-record") if lines else Html()
    return frame(tag("div", *parts), inside, look=look)


def card_markdown(thing: object, say: Words) -> str:
    """A card as Markdown."""
    card = card_of(thing, say)
    head = f"**{escape(card.sort)}** {escape(_cut(card.head))}".rstrip()
    lines = [f"- {escape(name)}{say.colon}{escape(_cut(value))}" for name, value in card.facts]
    return "\n".join([head, "", *lines, ""] if lines else [head, ""])


def _cut(text: str, length: int | None = _LENGTH) -> str:
    first, rest = cut(text, length)
    return first + ("…" if rest else "")
