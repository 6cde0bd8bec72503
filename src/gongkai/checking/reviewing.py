"""``review``: what the reader noticed and what a check finds, each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from gongkai.checking.checker import beginnings, catalogue, check, in_order
from gongkai.directory import Directory
from gongkai.model import Finding, Plan
from gongkai.model.catalogue import Entry
from gongkai.reading import catalogue as reader_catalogue

__all__ = ["codes", "review"]

#: What the reader notices by itself and a check finds as well, where both tell the same of one place.
_TWINS: Final = {
    "R201": "C301",
    "R202": "C302",
    "R203": "C313",
    "R206": "C321",
    "R301": "C201",
    "R330": "C202",
    "R331": "C208",
    "R332": "C204",
}
#: What is said of a name that means no one body, of which a check says one thing.
_NAMES: Final = frozenset({"C201", "C202", "C204", "C208"})


@cache
def codes() -> dict[str, Entry]:
    """Every finding of the reader (R) and of the checker (C), by its code, in order.

    >>> from gongkai.checking import codes
    >>> codes()["C101"].en, codes()["R204"].severity.value
    ('nobody answers for this task', 'info')
    """
    known = [*catalogue().values(), *reader_catalogue().values()]
    return {entry.code: entry for entry in sorted(known, key=lambda entry: entry.code)}


def review(
    plan: Plan,
    *,
    against: Plan | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    directory: Directory | None = None,
) -> tuple[Finding, ...]:
    """Check a plan, and add what the reader noticed; what both tell of one place is told once.

    Some codes of the reader have a twin among those of the checker: R201 and C301, R202 and C302, R203 and
    C313, R206 and C321, R301 and C201, R330 and C202, R331 and C208, R332 and C204. Who selects the
    reader's gets the checker's where that tells the same; who ignores one ignores the other.

    Args:
        plan: the plan.
        against: another plan to check it beside.
        select: codes or their beginnings, of the reader and of the checker; all without it.
        ignore: codes or beginnings to leave out.
        directory: who is who; the shipped one without it.

    Returns:
        The findings, those without a place first, then in the order of the text.

    Raises:
        InvalidValue: ``plan`` or ``against`` is no plan, or a code begins no code of either catalogue.

    >>> import gongkai
    >>> from gongkai.checking import review
    >>> plan = gongkai.parse(\"\"\"澄湖区政务公开工作要点
    ... 1.公开计划（区财政局负责）。
    ... 3.公开目录（区财政局负责）。
    ... \"\"\")
    >>> [found.code for found in review(plan)]
    ['C112', 'R105', 'C301']
    >>> [found.code for found in review(plan, select=["C3", "R1"], ignore=["R105"])]
    ['C301']
    """
    expected = "a code of a finding or its beginning, as C2 or R203"
    wanted = beginnings("review.select", select, codes(), expected)
    unwanted = beginnings("review.ignore", ignore, codes(), expected)
    checked = check(plan, against=against, directory=directory)
    noticed = [found for found in plan.findings if not _told(found, checked)]
    chosen = [
        found
        for found in dict.fromkeys([*noticed, *checked])
        if (select is None or _chosen(found.code, wanted)) and not _is(found.code, unwanted)
    ]
    return in_order(plan, chosen)


def _told(noticed: Finding, checked: tuple[Finding, ...]) -> bool:
    """Whether the check tells the same of that place."""
    twin = _TWINS.get(noticed.code)
    same = _NAMES if twin in _NAMES else {twin}
    return twin is not None and any(found.code in same and _one_place(found, noticed) for found in checked)


def _one_place(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None:
        return one.key == other.key
    return one.span.start < other.span.end and other.span.start < one.span.end


def _chosen(code: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a code is chosen: one of the reader by itself alone, one of the checker by its twin as well."""
    return code.startswith(beginnings) if code in _TWINS else _is(code, beginnings)


def _is(code: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a code or its twin begins so."""
    twins = [pair for twin in _TWINS.items() if code in twin for pair in twin]
    return any(each.startswith(beginnings) for each in (code, *twins))
