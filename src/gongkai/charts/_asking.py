"""Whether what a chart is asked for can be had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from gongkai.errors import InvalidValue
from gongkai.model import Plan

__all__ = ["checked_limit", "plans_of"]


def plans_of(plans: Plan | Iterable[Plan], owner: str) -> tuple[Plan, ...]:
    """Return one plan or several as a tuple.

    Raises:
        InvalidValue: there is none, or something else among them.
    """
    given = (plans,) if isinstance(plans, Plan) else tuple(plans)
    wrong = [each for each in given if not isinstance(cast(object, each), Plan)]
    if not given or wrong:
        raise InvalidValue(owner, "plans", wrong[0] if wrong else given, "at least one Plan")
    return given


def checked_limit(limit: int | None, owner: str) -> None:
    """Refuse a limit that is no number of things.

    Raises:
        InvalidValue: it is not positive, or no number.
    """
    if limit is not None and (type(limit) is not int or limit < 1):
        raise InvalidValue(owner, "limit", limit, "a number of 1 or more, or None for all")
