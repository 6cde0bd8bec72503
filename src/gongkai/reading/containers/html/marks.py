"""What the names of an element say it holds: the document, its title, or what a page puts around it."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final

from gongkai.reading.grammar import table

__all__ = ["Mark", "mark_of"]


class Mark(Enum):
    """What an element holds, as far as its names tell; what is the page's own has the name of its noise."""

    NONE = ""
    REGION = "region"
    HEADING = "heading"
    NAVIGATION = "navigation"
    PAGE_HEAD = "page-head"
    SHARE = "share"
    TOOLBAR = "toolbar"
    ATTACHMENTS = "attachments"
    RELATED = "related"
    FOOTER = "footer"

    @property
    def is_noise(self) -> bool:
        """Whether it is the page's own."""
        return self not in {Mark.NONE, Mark.REGION, Mark.HEADING}


_DIGITS: Final = "0123456789"
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _names() -> tuple[dict[str, Mark], dict[str, Mark], dict[str, Mark], dict[str, Mark]]:
    """Marks by tag, by role, by whole name and by the word that begins or ends a name."""
    rows = table("page")
    tags: dict[str, Mark] = dict.fromkeys(rows["region"]["tags"], Mark.REGION)
    tags |= dict.fromkeys(("h1", "h2", "h3"), Mark.HEADING)
    roles: dict[str, Mark] = {}
    names: dict[str, Mark] = {}
    words: dict[str, Mark] = {}
    for row in rows["noise"]:
        mark = Mark(row["name"])
        tags |= dict.fromkeys(row["tags"], mark)
        roles |= dict.fromkeys(row["roles"], mark)
        names |= dict.fromkeys(row["names"], mark)
        words |= dict.fromkeys(row["words"], mark)
    names |= dict.fromkeys(rows["heading"]["names"], Mark.HEADING)
    names |= dict.fromkeys(rows["region"]["names"], Mark.REGION)
    return tags, roles, names, words


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Mark], ...]:
    rows: dict[str, Any] = table("page")
    return (
        (re.compile(rows["heading"]["pattern"]), Mark.HEADING),
        (re.compile(rows["region"]["pattern"]), Mark.REGION),
    )


@lru_cache(maxsize=4096)
def mark_of(tag: str, name: str | None = None, classes: str | None = None, role: str | None = None) -> Mark:
    """Return what an element holds, as far as its names tell.

    Args:
        tag: the element's name.
        name: its attribute ``id``.
        classes: its attribute ``class``.
        role: its attribute ``role``.

    >>> from gongkai.reading.containers.html.marks import mark_of
    >>> mark_of("div", None, "view TRS_UEDITOR trs_paper_default"), mark_of("div", "footer-links")
    (<Mark.REGION: 'region'>, <Mark.FOOTER: 'footer'>)
    >>> mark_of("p", None, "MsoNormal")
    <Mark.NONE: ''>
    """
    tags, roles, names, words = _names()
    marks: list[Mark] = []
    if tag in tags:
        marks.append(tags[tag])
    if role and role in roles:
        marks.append(roles[role])
    for given in (name, classes):
        for token in given.split() if given else ():
            marks += _marks_of_name(token, names, words)
    for wanted in (Mark.REGION, Mark.HEADING):
        if wanted in marks:
            return wanted
    return marks[0] if marks else Mark.NONE


def _marks_of_name(token: str, names: dict[str, Mark], words: dict[str, Mark]) -> list[Mark]:
    bare = token.lower().rstrip(_DIGITS).rstrip("-_") or token
    if bare in names:
        return [names[bare]]
    for pattern, mark in _patterns():
        if pattern.fullmatch(bare):
            return [mark]
    parts = [part for part in re.split("[-_]", _HUMP.sub("_", token.rstrip(_DIGITS)).lower()) if part]
    return [words[part] for part in (parts[:1] + parts[-1:]) if part in words]
