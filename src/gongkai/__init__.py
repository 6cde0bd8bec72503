"""gongkai: the typed domain model of Chinese government work plans.

Reads plans (政务公开工作要点, 任务分解表) into :class:`Plan`, :class:`Section`, :class:`Task`, :class:`Department` and
:class:`Deadline`; compares them across years and districts; keeps them as versioned JSON.

This module lists every public name and defines none. A name is imported from its room when it is first used, so
``import gongkai`` stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gongkai import examples as examples
    from gongkai import testing as testing
    from gongkai.errors import GongkaiError as GongkaiError
    from gongkai.errors import InvalidValue as InvalidValue
    from gongkai.errors import LoadError as LoadError
    from gongkai.errors import MissingExtra as MissingExtra
    from gongkai.errors import ReadError as ReadError
    from gongkai.model import Assignment as Assignment
    from gongkai.model import Block as Block
    from gongkai.model import Deadline as Deadline
    from gongkai.model import DeadlineKind as DeadlineKind
    from gongkai.model import Department as Department
    from gongkai.model import DepartmentKind as DepartmentKind
    from gongkai.model import Division as Division
    from gongkai.model import DocumentNumber as DocumentNumber
    from gongkai.model import Finding as Finding
    from gongkai.model import Notice as Notice
    from gongkai.model import Paragraph as Paragraph
    from gongkai.model import Plan as Plan
    from gongkai.model import PlanKind as PlanKind
    from gongkai.model import Record as Record
    from gongkai.model import Role as Role
    from gongkai.model import Section as Section
    from gongkai.model import Severity as Severity
    from gongkai.model import Source as Source
    from gongkai.model import Span as Span
    from gongkai.model import Task as Task

#: The rooms and the names that each gives to the public face.
_ROOMS: Final = {
    "gongkai.errors": ("GongkaiError", "InvalidValue", "LoadError", "MissingExtra", "ReadError"),
    "gongkai.model": (
        *("Assignment", "Block", "Deadline", "DeadlineKind", "Department", "DepartmentKind", "Division"),
        *("DocumentNumber", "Finding", "Notice", "Paragraph", "Plan", "PlanKind", "Record", "Role", "Section"),
        *("Severity", "Source", "Span", "Task"),
    ),
}
_HOMES: Final = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the table above is the list


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'gongkai' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
