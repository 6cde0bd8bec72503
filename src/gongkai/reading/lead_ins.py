"""Words that lead to the measures of an item (具体措施：): part of no text; measures stand below the item."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage, part_of, styles
from gongkai.reading.pieces import Marks

__all__ = ["take_lead_ins"]

#: The style of a measure that has no number.
_MEASURE: Final = next(at for at, style in enumerate(styles()) if style.name == "measure")
#: So much is looked at before a colon.
_NEAR: Final = 40


@cache
def _words() -> tuple[str, ...]:
    return tuple(table("labels")["lead_in"]["words"])


@cache
def _ends() -> frozenset[str]:
    return frozenset([word[-1] for word in _words()])


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[。）)]))\s*((?:{alternatives(_words())})\s*[:：])\s*")


def _may_hold_any(text: str) -> bool:
    """Whether such words may stand in a text: a cheap look at what stands before its colons."""
    ends = _ends()
    for colon in ":：":
        at = text.find(colon)
        while at >= 0:
            last = text[at - 1 : at]
            if last in ends or last.isspace():
                before = text[max(at - _NEAR, 0) : at].rstrip()
                if before.endswith(_words()) or not before:
                    return True
            at = text.find(colon, at + 1)
    return False


def take_lead_ins(text: str, passages: list[Passage], marks: Marks) -> list[Passage]:
    """Return the passages, cut before and behind words that lead to measures; these are marked ``lead-in``.

    What follows such words in their passage is a measure, without a number.
    """
    if not _may_hold_any(text):
        return passages
    found: list[Passage] = []
    for passage in passages:
        leads = list(_pattern().finditer(passage.text, passage.body))
        if not leads:
            found.append(passage)
            continue
        if leads[0].start() > passage.body or passage.style >= 0:
            found.append(part_of(passage, 0, leads[0].start()))
        ends = [*(lead.start() for lead in leads[1:]), len(passage.text)]
        for lead, end in zip(leads, ends, strict=True):
            marks.add_all("lead-in", passage.ranges(*lead.span(1)))
            if lead.end() < end:
                measure = part_of(passage, lead.end(), end)
                measure.style = _MEASURE
                found.append(measure)
    return found
