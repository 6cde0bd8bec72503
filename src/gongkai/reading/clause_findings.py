"""What there is to tell about a responsibility clause, in a paragraph or in a table's cell."""

from __future__ import annotations

from gongkai.model import Finding, Span
from gongkai.reading.findings import finding
from gongkai.reading.settling import Settled

__all__ = ["note_clause"]


def note_clause(
    settled: Settled, span: Span | None, key: str, unknown: set[str], found: list[Finding]
) -> None:
    """Note what of a clause was not understood, what it says beside who and when, and each unknown name once.

    Args:
        settled: the clause, with what is to be told of its names.
        span: where it stands.
        key: the key of its task.
        unknown: the names that are noted already; what is new is added.
        found: where the findings go.
    """
    clause = settled.clause
    for name, facts in settled.notes:
        if facts["name"] not in unknown:
            unknown.add(facts["name"])
            found.append(finding(name, span, key, **facts))
    if clause.unread:
        found.append(finding("clause-unread", span, key, text=clause.unread))
    if clause.remarks:
        found.append(finding("clause-remark", span, key, text="，".join(clause.remarks)))
    if clause.doubt:
        found.append(finding("lead-doubtful", span, key, name=clause.doubt))
    if clause.is_open:
        found.append(finding("bracket-unbalanced", span, key))
    for slip, meant in clause.slips:
        found.append(finding("clause-slip", span, key, text=slip, meant=meant))
