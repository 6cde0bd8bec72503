"""Findings: what the reader or the checker noticed."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_member
from gongkai.model.span import Span

__all__ = ["Finding", "Severity"]


@unique
class Severity(StrEnum):
    """How much a finding or a change matters, from ``info`` to ``error``."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _to_severity(value: Severity | str) -> Severity:
    return to_member(Severity, value)


@final
@frozen(weakref_slot=False, repr=False)
class Finding(Shown):
    """Something that was noticed while a plan was read or checked.

    Attributes:
        code: stable code, as ``R201``; the catalogue in the documentation explains each.
        severity: ``info``, ``warning`` or ``error``.
        zh: the message in Chinese.
        en: the message in English.
        span: where in the source, if it has a place there.
        key: the key of the task or section it is about, if any.
        hint: what to do about it, in English; empty where there is nothing to do.

    >>> from gongkai import Finding, Span
    >>> Finding("R203", "warning", "括号不成对", "a bracket without its partner", span=Span(10, 11))
    <Finding R203 warning @10: a bracket without its partner>
    """

    code: str = field(validator=is_a(str))
    severity: Severity = field(converter=_to_severity, validator=member(Severity))
    zh: str = field(validator=is_a(str))
    en: str = field(validator=is_a(str))
    span: Span | None = field(default=None, kw_only=True, validator=is_a(Span, optional=True))
    key: str | None = field(default=None, kw_only=True, validator=is_a(str, optional=True))
    hint: str = field(default="", kw_only=True, validator=is_a(str))

    def __repr__(self) -> str:
        place = f" @{self.span.start}" if self.span is not None else ""
        return f"<Finding {shorten(self.code)} {self.severity}{place}: {shorten(self.en, 120)}>"
