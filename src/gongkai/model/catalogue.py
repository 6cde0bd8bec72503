"""Catalogues of findings: what each code means, and how a finding is made from its row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from gongkai.model._house import trusted
from gongkai.model.finding import Finding, Severity
from gongkai.model.span import Span

__all__ = ["Entry", "entries"]

_make_finding = trusted(Finding)

#: Messages with longer facts are not kept.
_SHORT: Final = 40


class Entry(NamedTuple):
    """One kind of finding: its code, severity, messages and hint. ``{…}`` in a message is filled in."""

    code: str
    severity: Severity
    zh: str
    en: str
    hint: str

    def finding(self, span: Span | None = None, key: str | None = None, /, **facts: object) -> Finding:
        """Make a finding of this kind; ``facts`` fill the messages.

        >>> from gongkai.model.catalogue import entries
        >>> row = {"code": "C101", "severity": "warning", "zh": "没有{what}", "en": "no {what}"}
        >>> entries({"none": row})["none"].finding(None, "3", what="deadline")
        <Finding C101 warning: no deadline>
        """
        zh, en = self.zh, self.en
        if facts:
            told = tuple(facts.items())
            short = all(type(fact) is str and len(fact) <= _SHORT for fact in facts.values())
            zh, en = _filled(zh, en, told) if short else (zh.format(**facts), en.format(**facts))
        return _make_finding(self.code, self.severity, zh, en, span, key, self.hint)


@lru_cache(maxsize=1024)
def _filled(zh: str, en: str, facts: tuple[tuple[str, object], ...]) -> tuple[str, str]:
    """Return the messages with the facts filled in; findings that say the same share them."""
    return zh.format(**dict(facts)), en.format(**dict(facts))


def entries(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    """Return the entries of a catalogue, by name, from the rows of its table."""
    return {
        name: Entry(row["code"], Severity(row["severity"]), row["zh"], row["en"], row.get("hint", ""))
        for name, row in rows.items()
    }
