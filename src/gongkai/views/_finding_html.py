"""Findings as HTML tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongkai.model import Finding, Plan, Severity
from gongkai.views._finding_rows import (
    Checked,
    FindingList,
    finding_places,
    hint_of,
    message_of,
    quote,
    severity_counts,
)
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    Ids,
    Pick,
    bar,
    choice,
    filtered,
    item,
    keys,
    nothing,
    picks,
    search_box,
    shown,
    theme,
)
from gongkai.views._parts_html import Look, chips, facts, fold, frame, more, table, title
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["finding_rows", "findings_html"]

_COLOURS: Final = {Severity.ERROR: "gk-drop", Severity.WARNING: "gk-edit", Severity.INFO: "gk-same"}


def finding_rows(
    findings: Iterable[Finding], plan: Plan, look: Look, ids: Ids | None = None, *, aside: str = ""
) -> Html:
    """Findings of one plan as a table; with ``ids``, of rows that can be filtered.

    Where they stand beside tasks, ``aside`` is the token of their plan, and they are not counted.
    """
    say = look.say
    heads = [(say[f"columns.{name}"], name) for name in ("severity", "code", "place")]
    body = [_row(finding, plan, look, ids, aside) for finding in findings]
    return table([*heads, (say["columns.message"], "")], body)


def _row(finding: Finding, plan: Plan, look: Look, ids: Ids | None, aside: str) -> Html:
    say = look.say
    mark = tag("span", say[f"severities.{finding.severity}"], class_=f"gk-mark {_COLOURS[finding.severity]}")
    hint = hint_of(finding, say)
    message = [
        message_of(finding, say),
        *([tag("span", f" {hint}", class_="gk-soft")] if hint else []),
        _quoted(finding, plan),
    ]
    first, *others = finding_places(finding, plan.source, say)
    below = [tag("span", other, class_="gk-line gk-soft gk-small") for other in others]
    cells = [tag("td", cell) for cell in (mark, tag("code", finding.code))]
    cells.append(tag("td", first, *below))
    cells.append(tag("td", *message, class_="gk-body"))
    if ids is None:
        return tag("tr", *cells)
    code = clean(finding.code)
    of = [f"v-{finding.severity}", f"c-{code}", *([aside] if aside else [])]
    return item("tr", *cells, of=of, address=ids.of("finding", code), class_="gk-aside" if aside else "")


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
        head = [title(say["headings.findings"], look)]
    left = look.limit
    parts: list[Html] = []
    ids = Ids() if look.page else None
    for each in found.files:
        told = each.findings if left is None else each.findings[:left]
        left = None if left is None else left - len(told)
        parts.append(_file_html(each, told, look, ids, alone=len(found.files) == 1))
    hidden = 0 if look.limit is None else max(len(everything) - look.limit, 0)
    counts = _page_counts(found, everything, look) if look.page else _counts(found, everything, say)
    return frame(*head, counts, *parts, more(hidden, look), _page_end(everything, look), look=look)


def _counts(found: FindingList, everything: Sequence[Finding], say: Words) -> Html:
    counts = [
        (count, _COLOURS[severity] if severity is not Severity.INFO else "")
        for severity, count in severity_counts(everything, say)
    ]
    if len(found.files) != 1:
        counts.insert(0, (say.count("counts.files", len(found.files)), ""))
    return chips(counts) if counts else Html()


def _page_counts(found: FindingList, everything: Sequence[Finding], look: Look) -> Html:
    """Counts that filter, and the tools."""
    say = look.say
    if not everything:
        return bar(theme(say), label=say["page.tools"])
    codes = sorted({clean(finding.code) for finding in everything})
    label = say.count("counts.files", len(found.files)) + say.colon
    severities = [
        Pick(f"v-{severity}", count, _COLOURS[severity])
        for severity, count in severity_counts(everything, say)
    ]
    every = choice("c", say["page.codes"], [(f"c-{code}", code) for code in codes])
    tools = [search_box(say), every, shown(say), tag("span", theme(say), class_="gk-end")]
    return join([picks("v", label, severities), bar(*tools, label=say["page.tools"]), filtered(say)])


def _page_end(everything: Sequence[Finding], look: Look) -> Html:
    return join([nothing(look.say), keys(look.say)]) if look.page and everything else Html()


def _file_html(
    checked: Checked, told: tuple[Finding, ...], look: Look, ids: Ids | None, *, alone: bool
) -> Html:
    say = look.say
    none = tag("p", say["counts.in_order"], class_="gk-more")
    inside = finding_rows(told, checked.plan, look, ids) if told else Html() if checked.findings else none
    if alone:
        return inside
    name = clean(checked.name or checked.plan.title) or say["headings.untitled"]
    note = say.count("counts.findings", len(checked.findings))
    folded = fold(name, note, inside, unfolded=look.unfolded or bool(told))
    return tag("div", folded, class_="gk-group") if ids is not None and told else folded
