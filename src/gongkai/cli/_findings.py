"""What was noticed while reading, told on standard error."""

from __future__ import annotations

import sys
from typing import Final

from gongkai.model import Finding, Plan, Severity
from gongkai.views._plan_html import finding_place
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["quotation", "tell_findings", "tell_warnings"]

#: How many findings ``show`` tells.
_FEW: Final = 5

#: How many characters of the text stand around a place, and how many of the place itself are quoted.
_AROUND: Final = 10
_LONGEST: Final = 24


def quotation(finding: Finding, plan: Plan) -> str:
    """Quote the text around the place of a finding, the place between ⟦ and ⟧; empty where it has none.

    >>> from gongkai import Source, Span
    >>> text = "做好目录编制（区财政局负责。"
    >>> finding = Finding("R203", "warning", "括号不成对", "a bracket without its partner", span=Span(6, 7))
    >>> quotation(finding, Plan("要点", source=Source(text)))
    '做好目录编制⟦（⟧区财政局负责。'
    """
    span, text = finding.span, plan.source.text if plan.source is not None else None
    if span is None or text is None:
        return ""
    line = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if not text[span.start : span.end].strip():
        end = text.find("\n", span.end + 1)
    before = text[max(line, span.start - _AROUND) : span.start]
    after = text[span.end : min(end if end >= 0 else len(text), span.end + _AROUND)]
    inside = clean(span.of(text))
    if not inside:  # a line break that was repaired: the words that it parted are shown together
        before, inside, after = before[:-1], clean(before[-1:] + after[:1]), after[1:]
    if len(inside) > _LONGEST:
        inside = inside[: _LONGEST - 1] + "…"
    return f"{clean(before)}⟦{inside}⟧{clean(after)}"


def _line(finding: Finding, plan: Plan, say: Words) -> str:
    message = finding.zh if say.language == "zh" else finding.en
    place = finding_place(finding, plan.source, words(say.language))
    told = (place, clean(finding.code), clean(message), quotation(finding, plan))
    return "  " + "  ".join(filter(None, told)) + "\n"


def tell_findings(name: str, plan: Plan, say: Words) -> None:
    """Say how many findings there are, and the gravest."""
    if not plan.findings:
        return
    count = say.count("messages.findings", len(plan.findings), file=name)
    order = list(Severity)
    gravest = sorted(plan.findings, key=lambda finding: -order.index(finding.severity))[:_FEW]
    sys.stdout.flush()
    sys.stderr.write(count + "\n")
    sys.stderr.write("".join([_line(finding, plan, say) for finding in gravest]))
    if len(plan.findings) > _FEW:
        sys.stderr.write(f"  {say.count('messages.more', len(plan.findings) - _FEW)}\n")


def tell_warnings(name: str, plan: Plan, say: Words) -> None:
    """Say how many findings matter."""
    number = sum(finding.severity != Severity.INFO for finding in plan.findings)
    if number:
        sys.stdout.flush()
        sys.stderr.write(say.count("messages.warnings", number, file=name) + "\n")
