"""Rules that a document says once for all its clauses.

Two are read, wherever they stand: that the first body named leads (列第一位者为牵头单位，下同), and that
somebody answers for all tasks below (以下均需甲局落实，不再列出). What they give a clause that does not print
them is ``inherited``.

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from gongkai.model import Assignment, DepartmentKind, Finding, Role
from gongkai.model._house import trusted
from gongkai.reading.clauses import Clause, parse_clause
from gongkai.reading.findings import finding
from gongkai.reading.grammar import holds_any, table
from gongkai.reading.lines import make_span
from gongkai.reading.outline import Node
from gongkai.reading.rulewords import first_rule, others_cooperate, standing_rule
from gongkai.reading.segments import Segment

__all__ = ["Rule", "apply_rules", "find_rules"]

_make_assignment = trusted(Assignment)
_SENTENCE: Final = re.compile(r"[^。；;！\n（()）]*+")
_EVERYWHERE: Final = 1 << 60


class Rule(NamedTuple):
    """A rule, and where it holds, as offsets into the source.

    Attributes:
        start: where it is said.
        end: the end of what it says.
        since: from where it holds.
        until: up to where.
        change: what it makes of a clause; told whether the clause prints the rule itself.
    """

    start: int
    end: int
    since: int
    until: int
    change: Callable[[Clause, bool], Clause]


class _Place(NamedTuple):
    """A clause and where it stands in the source."""

    start: int
    end: int
    segment: Segment


def apply_rules(text: str, top: Sequence[Node], findings: list[Finding]) -> None:
    """Read the rules of a document and let its clauses say what they mean by them; note each rule."""
    if not _may_have_rules(text):
        return
    places = [place for node in top for place in _places(node)]
    for rule in find_rules(text, places, findings):
        for start, end, segment in places:
            if rule.since <= start < rule.until:
                assert segment.clause is not None  # noqa: S101 - only such have a place
                segment.clause = rule.change(segment.clause, start <= rule.start < end)


def _may_have_rules(text: str) -> bool:
    """A cheap look before the patterns are tried."""
    return holds_any(text, _words())


@cache
def _words() -> tuple[str, ...]:
    rules = table("clauses")
    return (*rules["first"]["words"], *rules["standing"]["parts"][0])


def find_rules(text: str, places: Sequence[_Place], findings: list[Finding]) -> Iterator[Rule]:
    """Yield the rules that a text says, in order, each with a finding."""
    words = table("clauses")["first"]
    for found in first_rule().finditer(text):
        start, end = found.span()
        sentence = _sentence_at(text, start)
        holder = next((place for place in places if place.start <= start < place.end), None)
        since, until = 0, _EVERYWHERE
        if holder is not None:
            said = text[holder.start : holder.end]
            goes_on = holder is places[0] or any(word in said for word in words["goes_on"])
            since, until = holder.start, _EVERYWHERE if goes_on else holder.end
        elif any(word in sentence for word in words["before"]):
            until = start
        elif any(word in sentence for word in words["below"]):
            since = start
        span = make_span(start, end, ())
        findings.append(finding("lead-by-order", span, text=sentence.strip(" ，,")))
        others = Role.COOPERATE if others_cooperate().match(text, end) else Role.RESPONSIBLE
        yield Rule(start, end, since, until, _leads(others))
    for found in standing_rule().finditer(text):
        start, end = found.span()
        says = parse_clause(found["says"])
        if says is None or not (says.sure and says.known) or says.unread:
            continue
        findings.append(finding("duty-for-all", make_span(start, end, ()), text=found[0]))
        yield Rule(start, end, end, _EVERYWHERE, _adds(says.assignments))


def _sentence_at(text: str, at: int) -> str:
    begin = max(text.rfind(stop, 0, at) for stop in "。；;！\n（()）") + 1
    found = _SENTENCE.match(text, begin)
    return found[0] if found else ""


def _places(node: Node) -> Iterator[_Place]:
    """Yield the clauses of a node and of what stands below it, in order."""
    for below in node.walk():
        for own in below.segments:
            for segment in (own, *own.more):
                if segment.clause is not None:
                    ranges = segment.passage.ranges(segment.opened, segment.closed)
                    yield _Place(ranges[0][0], ranges[-1][1], segment)


def _leads(others: Role) -> Callable[[Clause, bool], Clause]:
    """Return what lets the first body of a clause lead that names no lead; the others keep their part."""

    def change(clause: Clause, printed: bool) -> Clause:
        said = clause.assignments
        if not said or said[0].role is not Role.RESPONSIBLE or any(item.role is Role.LEAD for item in said):
            return clause
        first, *rest = said[0].departments
        own = said[0]
        is_open = own.open and not rest
        new = [_make_assignment(Role.LEAD, (first,), own.severally, is_open, not printed)]
        if rest:
            inherited = others is Role.COOPERATE and not printed
            new.append(_make_assignment(others, tuple(rest), own.severally, own.open, inherited))
        clause = clause._replace(assignments=(*new, *said[1:]))
        if first.kind is DepartmentKind.COLLECTIVE:
            clause = clause._replace(doubt=first.name, plain=False)
        return clause

    return change


def _adds(standing: tuple[Assignment, ...]) -> Callable[[Clause, bool], Clause]:
    """Return what adds to a clause those who answer for all tasks, unless it names them itself."""

    def change(clause: Clause, printed: bool) -> Clause:
        named = {body for item in clause.assignments for body in item.departments}
        new = [
            _make_assignment(item.role, item.departments, item.severally, item.open, True)
            for item in standing
            if named.isdisjoint(item.departments)
        ]
        return clause if printed or not new else clause._replace(assignments=(*clause.assignments, *new))

    return change
