"""Citations: the documents that a plan names, so that it can be tied to the plan above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a
from gongkai.model.record import DocumentNumber

__all__ = ["Citation", "citations_in"]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Marks of titles; the number in brackets behind one; the short name that the brackets may give it."""
    year = r"[〔\[﹝【（(]\s*\d{4}\s*[〕\]﹞】）)]"
    return (
        re.compile("[《》]"),
        re.compile(rf"\s*[（(]\s*([^（）()〔〕《》，,；;。\n]{{1,30}}?{year}\s*第?\s*\d{{1,5}}\s*号)"),
        re.compile(r"[（(][^（）《》。\n]{0,60}?(?:以下|下)?[简统]称[为:：]?\s*《([^《》\n]{1,60})》"),
    )


@final
@frozen(weakref_slot=False, repr=False, order=True)
class Citation(Shown):
    """A document that a plan names in 《》.

    Attributes:
        title: its title, without the outer 《》.
        number: its document number, where one stands in brackets right behind the title.

    >>> from gongkai import Citation, DocumentNumber
    >>> number = DocumentNumber("国办发", 2022, 8)
    >>> str(Citation("国务院办公厅关于印发2022年政务公开工作要点的通知", number))
    '《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2022〕8号）'
    """

    title: str = field(validator=is_a(str))
    number: DocumentNumber | None = field(default=None, validator=is_a(DocumentNumber, optional=True))

    def __str__(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")

    def __repr__(self) -> str:
        return f"<Citation {shorten(str(self), 80)}>"


def citations_in(texts: Iterable[str], *, besides: Iterable[str] = ()) -> tuple[Citation, ...]:
    """Return the documents that texts name, each once, in order of first mention.

    A short name that the brackets behind a title give it (以下简称《要点》) names no other document.

    Args:
        texts: the texts.
        besides: titles that are no citations.

    >>> from gongkai.model.citation import citations_in
    >>> citations_in(["按《关于印发〈要点〉的通知》（澄政办发〔2024〕7号，简称《通知》），落实《通知》。"])
    (<Citation 《关于印发〈要点〉的通知》（澄政办发〔2024〕7号）>,)
    """
    marks, numbered, named = _patterns()
    found: dict[str, DocumentNumber | None] = {}
    dropped = set(besides)
    for text in texts:
        if "《" not in text:
            continue
        depth = begin = 0
        for mark in marks.finditer(text):
            if mark[0] == "《":
                depth += 1
                begin = mark.end() if depth == 1 else begin
            elif depth:
                depth -= 1
                title = text[begin : mark.start()]
                if depth or not title or "\n" in title:
                    continue
                number = numbered.match(text, mark.end())
                known = found.get(title) or (DocumentNumber.parse(number[1]) if number else None)
                found[title] = known
                if (short := named.match(text, mark.end())) is not None:
                    dropped.add(short[1])
    return tuple(Citation(title, number) for title, number in found.items() if title not in dropped)
