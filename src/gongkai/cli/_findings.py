"""What was noticed while reading, told on standard error."""

from __future__ import annotations

import sys
from typing import Final

from gongkai.model import Finding, Plan, Severity
from gongkai.views._finding_rows import finding_places, message_of, quotation
from gongkai.views._text import clean
from gongkai.views._words import Words, words

__all__ = ["quotation", "tell_findings", "tell_warnings"]

#: How many findings ``show`` tells.
_FEW: Final = 5


def _line(finding: Finding, plan: Plan, say: Words) -> str:
    places = finding_places(finding, plan.source, words(say.language))
    told = (*places, clean(finding.code), message_of(finding, say), quotation(finding, plan))
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
