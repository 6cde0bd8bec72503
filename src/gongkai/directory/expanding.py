"""Who a collective means, where its set is closed and somebody says who there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from gongkai.directory.organs import Collective
from gongkai.directory.resolution import Resolution
from gongkai.model import DepartmentKind

__all__ = ["members_of"]

T = TypeVar("T")

#: Which kinds each word for members takes in; streets and towns are told from other governments by their ids.
_KINDS: Final = {
    "departments": frozenset([DepartmentKind.ORGAN, DepartmentKind.BRANCH]),
    "divisions": frozenset([DepartmentKind.OFFICE]),
    "enterprises": frozenset([DepartmentKind.ENTERPRISE, DepartmentKind.INSTITUTION]),
    "units": frozenset(DepartmentKind) - {DepartmentKind.COLLECTIVE, DepartmentKind.OFFICE},
}
_IDS: Final = {
    "streets": frozenset(["street-office", "area-office"]),
    "townships": frozenset(["township-gov"]),
    "governments": frozenset(["district-government"]),
}


def members_of(
    collective: Collective, roster: Iterable[T], resolve: Callable[[T], Resolution]
) -> tuple[T, ...] | None:
    """Return those of a roster that a collective means; None where its set is open."""
    if not collective.closed:
        return None
    return tuple([body for body in roster if _belongs(resolve(body), collective.members)])


def _belongs(found: Resolution, members: Iterable[str]) -> bool:
    for member in members:
        if member in _IDS:
            if found.id in _IDS[member]:
                return True
        elif member in _KINDS:
            if found.kind in _KINDS[member] and found.collective is None:
                return True
        elif found.id == member:
            return True
    return False
