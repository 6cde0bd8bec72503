"""Findings as HTML tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gongkai.model import Finding, Plan, Severity
from gongkai.views._finding_rows import (
    Checked,
    FindingList,
    finding_place,
    hint_of,
    message_of,
    quote,
    severity_counts,
)
from gongkai.views._html import Html, join, tag
from gongkai.views._parts_html import Look, chips, facts, fold, frame, more, table, title
from gongkai.views._text import clean

__all__ = ["finding_rows", "findings_html"]

_COLOURS: Final = {Severity.ERROR: "gk-drop", Severity.WARNING: "gk-edit", Severity.INFO: "gk-same"}


def finding_rows(findings: Iterable[Finding], plan: Plan, look: Look) -> Html:
    """Findings of one plan as a table."""
    say = look.say
    heads = [(say["columns.severity"], "5.5em"), (say["columns.code"], "6em"), (say["columns.place"], "7em")]
    body = [_row(finding, plan, look) for finding in findings]
    return table([*heads, (say["columns.message"], "")], body, narrow=True)


def _row(finding: Finding, plan: Plan, look: Look) -> Html:
    say = look.say
    mark = tag("span", say[f"severities.{finding.severity}"], class_=f"gk-mark {_COLOURS[finding.severity]}")
    hint = hint_of(finding, say)
    message = [
        message_of(finding, say),
        *([tag("span", f" {hint}", class_="gk-soft")] if hint else []),
        _quoted(finding, plan),
    ]
    place = finding_place(finding, plan.source, say)
    return tag("tr", *[tag("td", cell) for cell in (mark, tag("code", finding.code), place, join(message))])


def _quoted(finding: Finding, plan: Plan) -> Html:
    words = quote(finding, plan)
    if words is None:
        return Html()
    inside = [words.before, tag("mark", words.inside), words.after]
    return tag("span", *inside, class_="gk-line gk-soft gk-small", lang="zh-CN")


def findings_html(found: FindingList, look: Look) -> Html:
    """The findings of each file below its name."""
    say = look.say
    everything = [finding for each in found.files for finding in each.findings]
    if len(found.files) == 1:
        (only,) = found.files
        head = [title(only.plan.title, look), facts([clean(only.name)] if only.name else [])]
    else:
        head = [tag("h3", say["headings.findings"], class_="gk-title")]
    counts = [
        (count, _COLOURS[severity] if severity is not Severity.INFO else "")
        for severity, count in severity_counts(everything, say)
    ]
    if len(found.files) != 1:
        counts.insert(0, (say.count("counts.files", len(found.files)), ""))
    left = look.limit
    parts: list[Html] = []
    for each in found.files:
        shown = each.findings if left is None else each.findings[:left]
        left = None if left is None else left - len(shown)
        parts.append(_file_html(each, shown, look, alone=len(found.files) == 1))
    hidden = 0 if look.limit is None else max(len(everything) - look.limit, 0)
    return frame(*head, chips(counts) if counts else "", *parts, more(hidden, look), look=look)


def _file_html(checked: Checked, shown: tuple[Finding, ...], look: Look, *, alone: bool) -> Html:
    say = look.say
    none = tag("p", say["counts.in_order"], class_="gk-more")
    inside = finding_rows(shown, checked.plan, look) if shown else Html() if checked.findings else none
    if alone:
        return inside
    name = clean(checked.name or checked.plan.title) or say["headings.untitled"]
    note = say.count("counts.findings", len(checked.findings))
    return fold(name, note, inside, unfolded=look.unfolded or bool(shown))
