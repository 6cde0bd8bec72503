"""Rules that a document says once for all its clauses.

Two are read, wherever they stand: that the first body named leads (列第一位者为牵头单位，下同), and that
somebody answers for all tasks below (以下均需甲局落实，不再列出). What they give a clause that does not print
them is ``inherited``.

- Said in a clause, the rule of the first body holds from there on if it goes on (下同) or stands in the first
  clause, else for that clause alone.
- Said elsewhere, it holds for the whole document, but for what stands on the other side of it where it speaks
  of the tasks above or below.

The words are in ``grammar/clauses.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from gongkai.model import Assignment, DepartmentKind, Finding, Role
from gongkai.model._house import trusted
from gongkai.reading.clauses import Clause, parse_clause
from gongkai.reading.drafts import Draft
from gongkai.reading.findings import finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import make_span
from gongkai.reading.rulewords import first_rule, may_have_rules, others_cooperate, rule_words, standing_rule
from gongkai.reading.tables.row import Answer

__all__ = ["apply_rules"]

_make_assignment = trusted(Assignment)
#: How far a rule reaches around its words, and the sentence around it.
_AROUND_WORDS: Final = 20
_AROUND_RULE: Final = 200
_STOPS: Final = re.compile(r"[。；;！\n（()）]")


class _Place(NamedTuple):
    """A clause, where it stands in the source, and what puts another one in its place."""

    start: int
    end: int
    clause: Clause
    put: Callable[[Clause], None]


class _Rule(NamedTuple):
    """From where to where a rule holds, and what it makes of a clause, told whether that prints the rule."""

    since: int
    until: int
    change: Callable[[Clause, bool], Clause]


def apply_rules(text: str, drafts: Sequence[Draft], findings: list[Finding]) -> None:
    """Read the rules of a document and let its clauses say what they mean by them; note each rule."""
    if not may_have_rules(text):
        return
    said = list(_said(text))
    places = sorted([place for draft in drafts for place in _places(draft)], key=lambda place: place.start)
    starts = [place.start for place in places]
    printed: set[int] = set()  # the clauses that print a rule
    rules: dict[object, _Rule] = {}
    for rule in said:
        at = bisect_right(starts, rule.start()) - 1
        holder = at if at >= 0 and rule.start() < places[at].end else None
        if holder is not None:
            printed.add(holder)
        named, found = _standing(rule, text) if rule.re is standing_rule() else _first(rule, places, holder)
        if found is not None and named not in rules:  # said again, it adds nothing
            rules[named] = found
            name = "duty-for-all" if rule.re is standing_rule() else "lead-by-order"
            begin, end = _sentence(text, *rule.span())
            findings.append(finding(name, make_span(begin, end, ()), text=text[begin:end]))
    for at, (start, _, clause, put) in enumerate(places):
        changed = clause
        for since, until, change in rules.values():
            if since <= start < until:
                changed = change(changed, at in printed)
        if changed is not clause:
            put(changed)


def _said(text: str) -> Iterator[re.Match[str]]:
    """Yield the rules in a text, each once."""
    last = 0
    for words in rule_words().finditer(text):
        begin, end = words.span()
        found = standing_rule().match(text, begin) or first_rule().search(
            text, max(last, begin - _AROUND_WORDS), end + _AROUND_WORDS
        )
        if found is not None and begin >= last:
            yield found
            last = found.end()


def _first(rule: re.Match[str], places: Sequence[_Place], holder: int | None) -> tuple[object, _Rule]:
    """Return where the rule of the first body holds, under the name of what it is."""
    words = table("clauses")["first"]
    text = rule.string
    others = Role.COOPERATE if others_cooperate().match(text, rule.end()) else Role.RESPONSIBLE
    change = partial(_lead, others=others)
    if holder is not None:
        start, end = places[holder].start, places[holder].end
        said = text[start:end]
        if holder and not any(word in said for word in words["goes_on"]):
            return (others, holder), _Rule(start, end, change)
        return (others, "below"), _Rule(start, len(text), change)
    begin, end = _sentence(text, *rule.span())
    sentence = text[begin:end]
    if any(word in sentence for word in words["before"]):
        return (others, "above"), _Rule(0, begin, change)
    if any(word in sentence for word in words["below"]):
        return (others, "below"), _Rule(end, len(text), change)
    return (others, "all"), _Rule(0, len(text), change)


def _standing(rule: re.Match[str], text: str) -> tuple[object, _Rule | None]:
    """Return what the rule adds that somebody answers for all tasks below."""
    says = parse_clause(rule["says"])
    if says is None or not (says.sure and says.known) or says.unread:
        return None, None
    return says.assignments, _Rule(rule.end(), len(text), partial(_add, standing=says.assignments))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a rule, as far as one can reach."""
    begin = max(start - _AROUND_RULE, 0)
    for stop in _STOPS.finditer(text, begin, start):
        begin = stop.end()
    behind = _STOPS.search(text, end, end + _AROUND_RULE)
    return begin, end if behind is None else behind.start()


def _places(draft: Draft) -> Iterator[_Place]:
    """Yield the clauses of a draft and of what stands inside."""
    for segment in draft.segments:
        if segment.clause is not None:
            ranges = segment.passage.ranges(segment.opened, segment.closed)
            yield _Place(ranges[0][0], ranges[-1][1], segment.clause, partial(setattr, segment, "clause"))
    row = draft.row
    if row is not None and len(row.answers) == 1:  # several columns of bodies say themselves who leads
        passage, clause, own = row.answers[0]
        ranges = passage.ranges(0, len(passage.text))

        def put(changed: Clause) -> None:
            row.answers[0] = Answer(passage, changed, own)

        yield _Place(ranges[0][0], ranges[-1][1], clause, put)
    for child in draft.children:
        yield from _places(child)


def _lead(clause: Clause, printed: bool, *, others: Role) -> Clause:
    """Let the first body of a clause lead that names no lead; the others keep their part, or cooperate."""
    said = clause.assignments
    if not said or said[0].role is not Role.RESPONSIBLE or any(item.role is Role.LEAD for item in said):
        return clause
    own = said[0]
    first, *rest = own.departments
    new = [_make_assignment(Role.LEAD, (first,), own.severally, own.open and not rest, not printed)]
    if rest:
        inherited = others is not own.role and not printed
        new.append(_make_assignment(others, tuple(rest), own.severally, own.open, inherited))
    clause = clause._replace(assignments=(*new, *said[1:]))
    if first.kind is DepartmentKind.COLLECTIVE:
        clause = clause._replace(doubt=first.name, plain=False)
    return clause


def _add(clause: Clause, printed: bool, *, standing: tuple[Assignment, ...]) -> Clause:
    """Add to a clause those who answer for all tasks, unless it names them itself."""
    named = {body for item in clause.assignments for body in item.departments}
    new = [
        _make_assignment(item.role, item.departments, item.severally, item.open, True)
        for item in standing
        if named.isdisjoint(item.departments)
    ]
    return clause if printed or not new else clause._replace(assignments=(*clause.assignments, *new))
