"""Who answers for a task, and in which role."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import TypeAlias, final

from attrs import field, frozen

from gongkai.model._display import Shown, shorten
from gongkai.model._house import is_a, member, to_items, to_member, to_optional_member, to_tuple, tuple_of

__all__ = ["Assignment", "Department", "DepartmentKind", "Role"]


@unique
class Role(StrEnum):
    """What a department does for a task, in the words that clauses use."""

    LEAD = "lead"
    """牵头"""
    RESPONSIBLE = "responsible"
    """负责、落实"""
    COOPERATE = "cooperate"
    """配合、会同"""
    SUPPORT = "support"
    """提供支持"""
    GUIDE = "guide"
    """指导"""


@unique
class DepartmentKind(StrEnum):
    """What sort of body a name means."""

    ORGAN = "organ"
    """a working department of a government: 局, 委, 办"""
    OFFICE = "office"
    """a unit inside a department: 处, 科"""
    COLLECTIVE = "collective"
    """a group that is not named one by one: 各部门, 各街道, 有关单位"""
    GOVERNMENT = "government"
    """a government or its outpost: 区政府, 街道办事处, 镇政府"""
    PARTY = "party"
    """a party body: 区委宣传部"""
    BRANCH = "branch"
    """a higher body's branch: 市规划自然资源委西城分局"""
    COMMITTEE = "committee"
    """a management committee: 园区管委会"""
    GROUP = "group"
    """a leading group or its office: 政务公开领导小组办公室"""
    INSTITUTION = "institution"
    """a public institution: 政务服务中心"""
    ENTERPRISE = "enterprise"
    """a company"""
    MASS = "mass"
    """a people's organisation: 工会, 妇联"""


def _to_role(value: Role | str) -> Role:
    return to_member(Role, value)


def _to_kind(value: DepartmentKind | str | None) -> DepartmentKind | None:
    return to_optional_member(DepartmentKind, value)


@final
@frozen(weakref_slot=False, repr=False)
class Department(Shown):
    """The mention of a body in a plan.

    Two mentions are equal when they are written alike; what the name was found to mean stands outside
    equality.

    Attributes:
        name: the name as written, white space left out.
        kind: what sort of body it is, where that is known.
        id: the id of the organ or collective in the directory, where it is known.

    >>> from gongkai import Department
    >>> Department("区财政局", kind="organ") == Department("区财政局")
    True
    """

    name: str = field(validator=is_a(str))
    kind: DepartmentKind | None = field(
        default=None,
        kw_only=True,
        eq=False,
        converter=_to_kind,
        validator=member(DepartmentKind, optional=True),
    )
    id: str | None = field(default=None, kw_only=True, eq=False, validator=is_a(str, optional=True))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        extra = "".join(f" {shorten(part, 40)}" for part in (self.kind, self.id) if part is not None)
        return f"<Department {shorten(self.name, 60)}{extra}>"


def _to_departments(value: Iterable[Department | str] | Department | str) -> tuple[Department, ...]:
    """Accept one name, one department or a list of either."""
    return to_items((value,) if isinstance(value, (str, Department)) else value, Department)


#: How a body may be given: by its name, as a department, or several of either.
Named: TypeAlias = Department | str | Iterable[Department | str]


def _flat(given: Iterable[Named]) -> tuple[Department | str, ...]:
    """Take departments one by one or in lists."""
    found: list[Department | str] = []
    for item in given:
        found += (item,) if isinstance(item, (str, Department)) else to_tuple(item)
    return tuple(found)


@final
@frozen(weakref_slot=False, repr=False)
class Assignment(Shown):
    """The departments that hold one role for a task.

    Attributes:
        role: what they do; see :class:`Role`.
        departments: who they are, in printed order. Names are taken as departments.
        severally: each answers for its own part (分别, 按职责分工), not all for the whole.
        open: the list does not name everyone (…等, …等有关部门).
        inherited: not printed with the task: from a merged cell, or a rule declared once for the document.

    >>> from gongkai import Assignment
    >>> Assignment("lead", ["区司法局", "区财政局"])
    <Assignment lead 区司法局、区财政局>
    >>> Assignment.responsible("各部门", severally=True)
    <Assignment responsible severally 各部门>
    """

    role: Role = field(converter=_to_role, validator=member(Role))
    departments: tuple[Department, ...] = field(converter=_to_departments, validator=tuple_of(Department))
    severally: bool = field(default=False, kw_only=True, validator=is_a(bool))
    open: bool = field(default=False, kw_only=True, validator=is_a(bool))
    inherited: bool = field(default=False, kw_only=True, validator=is_a(bool))

    @classmethod
    def lead(cls, *departments: Named, severally: bool = False) -> Assignment:
        """Return an assignment with the role ``lead`` (牵头)."""
        return cls(Role.LEAD, _flat(departments), severally=severally)

    @classmethod
    def responsible(cls, *departments: Named, severally: bool = False) -> Assignment:
        """Return an assignment with the role ``responsible`` (负责)."""
        return cls(Role.RESPONSIBLE, _flat(departments), severally=severally)

    @classmethod
    def cooperate(cls, *departments: Named, severally: bool = False) -> Assignment:
        """Return an assignment with the role ``cooperate`` (配合)."""
        return cls(Role.COOPERATE, _flat(departments), severally=severally)

    @classmethod
    def support(cls, *departments: Named, severally: bool = False) -> Assignment:
        """Return an assignment with the role ``support`` (支持)."""
        return cls(Role.SUPPORT, _flat(departments), severally=severally)

    @classmethod
    def guide(cls, *departments: Named, severally: bool = False) -> Assignment:
        """Return an assignment with the role ``guide`` (指导)."""
        return cls(Role.GUIDE, _flat(departments), severally=severally)

    @property
    def names(self) -> tuple[str, ...]:
        """The departments' names as written."""
        return tuple([department.name for department in self.departments])

    def __repr__(self) -> str:
        flags = [name for name in ("severally", "open", "inherited") if getattr(self, name)]
        return " ".join(["<Assignment", self.role, *flags, shorten("、".join(self.names), 120)]) + ">"
