"""The covering notice: title, addressees, body, signature, disclosure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from gongkai.model import DocumentNumber, Finding, Notice, PlanKind
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage
from gongkai.reading.passages import join_broken
from gongkai.reading.pieces import Marks
from gongkai.reading.signatures import date_in, is_issuer, is_signature, signed_date
from gongkai.reading.titles import covered_title, kind_word

__all__ = ["Covering", "is_letter", "read_notice"]


class Covering:
    """What a covering notice holds.

    Attributes:
        notice: the notice.
        number: the document's number, where the notice prints it.
        rest: the passages behind its signature.
    """

    __slots__ = ("notice", "number", "rest")

    def __init__(self, notice: Notice, number: DocumentNumber | None, rest: list[Passage]) -> None:
        self.notice = notice
        self.number = number
        self.rest = rest


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rows = table("titles")["notice"]
    return (
        re.compile(rf".{{2,300}}{rows['addressee_end']}$"),
        re.compile(rf"[（(]?(?:{rows['disclosure']})[)）]?"),
        re.compile(rf"(?:([^（(]{{2,40}})[（(]|[（(])?([^（(]*?)\s*(?:{rows['seal']})[)）]?"),
    )


def is_letter(title: str, below: Sequence[str]) -> bool:
    """Tell whether a document is a letter: a notice by its title, with addressees in the lines below."""
    addressed = _patterns()[0]
    return kind_word(title) is PlanKind.NOTICE and any(addressed.fullmatch(text) for text in below[:3])


def read_notice(title: str, lines: list[Passage], marks: Marks, findings: list[Finding]) -> Covering:
    """Read a covering notice from its title and the lines between it and the plan."""
    addressed, disclosed, sealed = _patterns()
    passages = join_broken(lines, findings)
    dated = max((at for at, item in enumerate(passages) if _day_of(item.text)), default=None)
    last = len(passages) if dated is None else dated + 1
    while last < len(passages) and disclosed.fullmatch(passages[last].text):
        last += 1
    facts: dict[str, Any] = {}
    number: DocumentNumber | None = None
    body: list[Passage] = []
    for at, passage in enumerate(passages[:last]):
        text = passage.text
        if at == dated:
            facts |= _day_of(text) or {}
        elif number is None and (number := DocumentNumber.parse(text.strip("（）()"))):
            pass
        elif not body and "addressees" not in facts and addressed.fullmatch(text):
            facts["addressees"] = _addressees(text)
        elif found := sealed.fullmatch(text):
            facts["sealed_by"] = found[2]
            if found[1]:
                facts["signatory"] = "".join(found[1].split())
        elif disclosed.fullmatch(text):
            facts["disclosure"] = text.strip("（）()")
        else:
            body.append(passage)
    if dated is not None and "signatory" not in facts:
        facts |= _signature(body)
    rest = passages[last:]
    if dated is None and covered_title(title) is None:
        rest, body = body, []
    kept = {id(passage) for passage in rest}
    for passage in passages:
        if id(passage) not in kept:
            marks.add_line("notice", passage)
    return Covering(Notice(title, body=[item.text for item in body], **facts), number, rest)


def _day_of(text: str) -> dict[str, Any] | None:
    """The date that a line is, or the date and the name of a signature on one line."""
    day = date_in(text)
    if day is not None:
        return {"issued_on": day}
    signed = signed_date(text)
    return {"signatory": signed[0], "issued_on": signed[1]} if signed else None


def _signature(body: list[Passage]) -> dict[str, str]:
    """Take the names that sign from the end of the body."""
    names: list[str] = []
    while body and (is_issuer(body[-1].text) if names else is_signature(body[-1].text)):
        names.insert(0, "".join(body.pop().text.split()))
    return {"signatory": "、".join(names)} if names else {}


def _addressees(text: str) -> tuple[str, ...]:
    names = text.rstrip(":：")
    separators = "[,，;；]" if re.search("[,，;；]", names) else "、"
    return tuple("".join(name.split()) for name in re.split(separators, names) if name.strip())
