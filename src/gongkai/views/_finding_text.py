"""Findings as tables of Markdown and of text for a terminal."""

from __future__ import annotations

from typing import Final

from gongkai.model import Finding, Plan, Severity
from gongkai.views._finding_rows import (
    Checked,
    FindingList,
    finding_places,
    hint_of,
    message_of,
    quotation,
    severity_counts,
)
from gongkai.views._markdown import escape, pipe_table
from gongkai.views._terminal import grid_for, longest
from gongkai.views._text import clean
from gongkai.views._words import Words
from gongkai.views._wrap import Line, Run, cells, flow, wrap

__all__ = ["finding_lines", "findings_markdown"]

_STYLES: Final = {Severity.ERROR: "error", Severity.WARNING: "edit", Severity.INFO: "soft"}
_COLUMNS: Final = (("severity", 0.1), ("code", 0.1), ("place", 0.2), ("message", 0.0))


def _name(checked: Checked, say: Words) -> str:
    """The file and its title, as far as there are any."""
    names = filter(None, (clean(checked.name), clean(checked.plan.title)))
    return "  ".join(names) or say["headings.untitled"]


def finding_lines(found: FindingList, width: int, say: Words) -> list[Line]:
    """The findings of each file below its name, as a table on a screen."""
    lines: list[Line] = []
    for number, each in enumerate(found.files):
        lines += [[]] if number else []
        lines += wrap([(_name(each, say), "head")], width)
        counts = severity_counts(each.findings, say)
        lines += flow([[(count, _STYLES[severity])] for severity, count in counts], width)
        lines += _table_lines(each, width, say) if each.findings else [[(say["counts.in_order"], "soft")]]
    return lines


def _table_lines(checked: Checked, width: int, say: Words) -> list[Line]:
    rows = [_cells(finding, checked.plan, say) for finding in checked.findings]
    columns: list[tuple[str, int, float]] = []
    for place, (name, share) in enumerate(_COLUMNS):
        head = say[f"columns.{name}"]
        widest = max([cells(head), *[longest(row[place]) for row in rows]]) if share else 0
        columns.append((head, widest, share))
    grid = grid_for(columns, width, say)
    lines = grid.head()
    for row in rows:
        lines += grid.row(row)
    return lines


def _cells(finding: Finding, plan: Plan, say: Words) -> list[list[list[Run]]]:
    hint, words = hint_of(finding, say), quotation(finding, plan)
    message: list[list[Run]] = [[(message_of(finding, say), ""), *([(f" {hint}", "soft")] if hint else [])]]
    return [
        [[(say[f"severities.{finding.severity}"], _STYLES[finding.severity])]],
        [[(clean(finding.code), "")]],
        [[(place, "")] for place in finding_places(finding, plan.source, say)],
        [*message, *([[(words, "soft")]] if words else [])],
    ]


def findings_markdown(found: FindingList, say: Words) -> str:
    """The findings of each file as a table below its name."""
    lines: list[str] = []
    for each in found.files:
        lines += [f"## {escape(_name(each, say))}", ""]
        counts = [count for _, count in severity_counts(each.findings, say)]
        lines += [" · ".join(counts) or say["counts.in_order"], ""]
        heads = [say[f"columns.{name}"] for name, _ in _COLUMNS]
        body = [_markdown_cells(finding, each.plan, say) for finding in each.findings]
        lines += [*pipe_table(heads, body), ""] if body else []
    return "\n".join(lines).rstrip() + "\n"


def _markdown_cells(finding: Finding, plan: Plan, say: Words) -> list[str]:
    hint, words = escape(hint_of(finding, say)), escape(quotation(finding, plan))
    message = " ".join(filter(None, (escape(message_of(finding, say)), hint)))
    return [
        say[f"severities.{finding.severity}"],
        escape(finding.code),
        "<br>".join([escape(place) for place in finding_places(finding, plan.source, say)]),
        f"{message}<br>{words}" if words else message,
    ]
