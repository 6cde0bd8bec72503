"""What sort of body a name is, by the shipped directory and the table of endings."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gongkai.directory.directory import Directory
from gongkai.directory.kinds import is_joined
from gongkai.directory.naming import normalise
from gongkai.model import DepartmentKind

__all__ = ["classify", "is_body"]

_KEPT: Final = 16384


@lru_cache(maxsize=_KEPT)
def classify(name: str) -> DepartmentKind | None:
    """Return what sort of body a name is, or None where it seems to be the name of none.

    The shipped directory answers for the names it knows; for others the table of endings does.

    >>> from gongkai.directory import classify
    >>> [str(classify(name)) for name in ("区财政局", "各有关单位", "区委宣传部", "任务分工")]
    ['organ', 'collective', 'party', 'None']
    """
    return Directory.default()._plainly(name).kind  # noqa: SLF001 - of this room


@lru_cache(maxsize=_KEPT)
def is_body(name: str) -> bool:
    """Tell whether a text is the complete name of one body, so that 和 or 及 may stand before or after it.

    >>> from gongkai.directory import is_body
    >>> is_body("文化和旅游部"), is_body("文化"), is_body("农业农村部和林草局")
    (True, False, False)
    """
    found = Directory.default()._plainly(name)  # noqa: SLF001 - of this room
    if found.step in {"name", "slip", "place", "bracket"}:
        return True
    return found.kind is not None and not is_joined(normalise(name))
