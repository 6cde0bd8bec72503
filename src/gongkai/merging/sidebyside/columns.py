"""What the plans of a table are called: the shortest words that tell them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, cast

from gongkai.errors import InvalidValue
from gongkai.model import Plan

__all__ = ["columns_of"]

#: Longer words at the head of a title are no name of somebody.
_LONGEST: Final = 16


def columns_of(
    plans: Sequence[Plan], names: Sequence[str] | None, owner: str = "consolidate"
) -> tuple[str, ...]:
    """Return what each plan is called: as given, else by whose it is and, where needed, its year.

    Raises:
        InvalidValue: the names are not one for each plan, or two are the same.

    >>> from gongkai import Plan
    >>> from gongkai.merging.sidebyside.columns import columns_of
    >>> columns_of([Plan("澄湖区2024年政务公开工作要点"), Plan("松坪区2024年政务公开工作要点")], None)
    ('澄湖区', '松坪区')
    >>> columns_of([Plan("澄湖区2023年政务公开工作要点"), Plan("澄湖区2024年政务公开工作要点")], None)
    ('2023', '2024')
    """
    if names is not None:
        return _given(names, len(plans), owner)
    whose = [_whose(plan) for plan in plans]
    years = [str(plan.year or "") for plan in plans]
    alike = len(set(whose)) == 1 and len(plans) > 1
    for wanted in (
        years if alike and all(years) else whose,
        [f"{who}{year}" for who, year in zip(whose, years, strict=True)],
        ["".join(plan.title.split()) for plan in plans],
    ):
        if all(wanted) and len(set(wanted)) == len(wanted):
            return tuple(wanted)
    return _numbered([f"{who}{year}" or "—" for who, year in zip(whose, years, strict=True)])


def _given(names: Sequence[str], number: int, owner: str) -> tuple[str, ...]:
    called = tuple(names) if not isinstance(names, str) else ()
    good = all(type(cast(object, name)) is str and name.strip() for name in called)
    if not good or len(called) != number or len(set(called)) != number:
        expected = f"{number} names, one for each plan, no two the same"
        raise InvalidValue(owner, "names", names, expected)
    return called


@cache
def _head() -> re.Pattern[str]:
    """What stands in a title before its year."""
    return re.compile(r"(?:.*关于印发)?《?(?P<who>[^《》0-9]{2,})(?:19|20)\d\d年")


def _whose(plan: Plan) -> str:
    """Whose plan it is: what stands in its title before the year, else its division, else its issuer."""
    found = _head().match("".join(plan.title.split()))
    if found is not None and len(found["who"]) <= _LONGEST:
        return found["who"]
    return plan.division.name if plan.division is not None else plan.issuer or ""


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    """Put a number behind names that come again, so that no two are the same."""
    counts = Counter(names)
    taken = set(names)
    found: list[str] = []
    for name in names:
        if counts[name] == 1 or name not in found:
            found.append(name)
            continue
        number = 2
        while f"{name}（{number}）" in taken:
            number += 1
        taken.add(f"{name}（{number}）")
        found.append(f"{name}（{number}）")
    return tuple(found)
