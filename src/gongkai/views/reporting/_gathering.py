"""What a report tells: the plans, which of them follow each other, what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, cast, final

from attrs import frozen

from gongkai.checking import check
from gongkai.comparing import Coverage, Diff, History, coverage, diff, trace
from gongkai.errors import InvalidValue
from gongkai.merging import Consolidation, consolidate
from gongkai.merging.sidebyside.columns import _whose, columns_of
from gongkai.model import Finding, Plan, Severity
from gongkai.views._finding_rows import Checked

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Matters", "gather"]


@final
@frozen
class Matters:
    """What a report tells.

    Attributes:
        plans: the plans.
        columns: what each is called.
        reference: what they are seen against, where something is.
        checked: what was noticed while each was read, and what the checker found.
        covers: what each carries of the reference; empty without one.
        diffs: plans that follow each other, by their positions, and what changed.
        histories: the same plans as wholes: the tasks through the years.
        beside: all plans side by side, where there is no reference and they are not one series.
    """

    plans: tuple[Plan, ...]
    columns: tuple[str, ...]
    reference: Plan | None
    checked: tuple[Checked, ...]
    covers: tuple[Coverage, ...]
    diffs: tuple[tuple[int, int, Diff], ...]
    histories: tuple[History, ...]
    beside: Consolidation | None


def gather(
    plans: Plan | Iterable[Plan],
    reference: Plan | None,
    names: Sequence[str] | None,
    directory: Directory | None,
    owner: str,
) -> Matters:
    """Compare and check what a report tells.

    Raises:
        InvalidValue: there is no plan, or the reference is none; names are not one for each.
    """
    given = (plans,) if isinstance(plans, Plan) else tuple(plans)
    wrong = [each for each in given if not isinstance(cast(object, each), Plan)]
    if not given or wrong:
        raise InvalidValue(owner, "plans", wrong[0] if wrong else given, "at least one Plan")
    if reference is not None and not isinstance(cast(object, reference), Plan):
        raise InvalidValue(owner, "reference", reference, "a Plan or None")
    columns = columns_of(given, names, owner)
    series = [group for group in _series(given) if len(group) > 1]
    diffs = [
        (old, new, diff(given[old], given[new], directory=directory))
        for group in series
        for old, new in pairwise(group)
    ]
    apart = reference is None and len(given) > 1 and all(len(group) < len(given) for group in series)
    return Matters(
        given,
        columns,
        reference,
        tuple([_checked(plan, name, directory) for plan, name in zip(given, columns, strict=True)]),
        tuple([coverage(reference, plan, directory=directory) for plan in given]) if reference else (),
        tuple(diffs),
        tuple(
            [
                trace(
                    [given[place] for place in group],
                    names=[columns[place] for place in group],
                    directory=directory,
                )
                for group in series
            ]
        ),
        consolidate(given, names=columns, directory=directory) if apart else None,
    )


def _series(plans: Sequence[Plan]) -> list[list[int]]:
    """Put plans together that one body issued for different years, each group in the order of years."""
    groups: dict[str, list[int]] = {}
    for place, plan in enumerate(plans):
        groups.setdefault(_whose(plan), []).append(place)
    found: list[list[int]] = []
    for places in groups.values():
        years = [plans[place].year for place in places]
        if None in years or len(set(years)) < len(years):
            found += [[place] for place in places]  # drafts, copies: their order is a matter of opinion
        else:
            found.append(sorted(places, key=lambda place: plans[place].year or 0))
    return found


def _checked(plan: Plan, name: str, directory: Directory | None) -> Checked:
    """The findings of the reader and of the checker, each once, the gravest first."""
    found = dict.fromkeys([*plan.findings, *check(plan, directory=directory)])
    order = {severity: place for place, severity in enumerate(reversed(Severity))}

    def rank(finding: Finding) -> int:
        return order[finding.severity]

    return Checked(name, plan, tuple(sorted(found, key=rank)))
