"""The kinds of change and what is known of them; the types that changes are made of."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from gongkai.model import (
    Assignment,
    Deadline,
    DocumentNumber,
    Notice,
    Paragraph,
    PlanKind,
    Record,
    Section,
    Severity,
    Task,
)

__all__ = [
    "KINDS",
    "Act",
    "Bodies",
    "ChangeKind",
    "Facts",
    "Kinship",
    "Language",
    "OneBody",
    "Path",
    "Style",
    "Subject",
    "Value",
]

Language: TypeAlias = Literal["zh", "en"]

#: How a sentence is written: in Chinese, in English, or in Chinese as Markdown.
Style: TypeAlias = Literal["zh", "en", "markdown"]

#: Where a block stands: the positions that lead to it from the top of the plan's content; ``()`` is the plan.
Path: TypeAlias = tuple[int, ...]

#: What two differently named departments are to each other where they are no two: one body (``same``), one
#: that a reform renamed (``renamed``), or the same kind of department in two divisions (``counterpart``).
OneBody: TypeAlias = Literal["same", "renamed", "counterpart"]

#: The same, and two bodies of which a reform gave the duties of the first to the second (``succeeded``) or of
#: the second to the first (``preceded``).
Kinship: TypeAlias = Literal[OneBody, "succeeded", "preceded"]

#: Departments that hold a role under two names: the old name, the new name, what they are to each other.
Bodies: TypeAlias = tuple[tuple[str, str, Kinship], ...]

#: What a change takes from and puts in place: a block without what stands in it, or one field's value.
Value: TypeAlias = (
    Paragraph
    | Section
    | Task
    | str
    | int
    | date
    | DocumentNumber
    | Notice
    | PlanKind
    | Record
    | tuple[Assignment, ...]
    | tuple[Deadline, ...]
    | tuple[Paragraph, ...]
    | tuple[str, ...]
    | tuple[tuple[str, str], ...]
    | None
)


@unique
class Subject(StrEnum):
    """What a change or a row is about."""

    PLAN = "plan"
    SECTION = "section"
    TASK = "task"
    PARAGRAPH = "paragraph"


@unique
class ChangeKind(StrEnum):
    """What sort of difference it is. The set is closed; :data:`KINDS` tells the facts of each."""

    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    REWORDED = "reworded"
    REASSIGNED = "reassigned"
    RESCHEDULED = "rescheduled"
    AMENDED = "amended"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    RESTATED = "restated"
    SHARED = "shared"
    CARRIED = "carried"
    REISSUED = "reissued"


@unique
class Act(StrEnum):
    """What a change does to the tree of a plan when it is applied."""

    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"
    SET = "set"


@final
@frozen
class Facts:
    """What is known of a kind of change.

    Attributes:
        zh: its name in Chinese.
        en: its name in English.
        severity: how much such a change matters; what is ``info`` is not shown unless it is asked for.
        act: what it does to the tree.
    """

    zh: str
    en: str
    severity: Severity
    act: Act


#: Every kind of change. A split is the new task that took over words of an old one which lives on elsewhere;
#: a merger is the old task whose words went into a new one that continues another. So each change is one act,
#: and the changes of a diff are complete.
KINDS: Final[dict[ChangeKind, Facts]] = {
    ChangeKind.ADDED: Facts("新增", "added", Severity.WARNING, Act.INSERT),
    ChangeKind.REMOVED: Facts("删除", "removed", Severity.ERROR, Act.DELETE),
    ChangeKind.SPLIT: Facts("拆分", "split off", Severity.WARNING, Act.INSERT),
    ChangeKind.MERGED: Facts("合并", "merged", Severity.WARNING, Act.DELETE),
    ChangeKind.MOVED: Facts("移动", "moved", Severity.WARNING, Act.MOVE),
    ChangeKind.REWORDED: Facts("改写", "reworded", Severity.WARNING, Act.SET),
    ChangeKind.REASSIGNED: Facts("责任调整", "reassigned", Severity.WARNING, Act.SET),
    ChangeKind.RESCHEDULED: Facts("时限调整", "rescheduled", Severity.WARNING, Act.SET),
    ChangeKind.AMENDED: Facts("修改", "amended", Severity.WARNING, Act.SET),
    ChangeKind.RENUMBERED: Facts("重新编号", "renumbered", Severity.INFO, Act.SET),
    ChangeKind.RENAMED: Facts("部门更名", "department renamed", Severity.INFO, Act.SET),
    ChangeKind.RESTATED: Facts("写法调整", "written otherwise", Severity.INFO, Act.SET),
    ChangeKind.SHARED: Facts("随拆并增减", "shared out by a split or merger", Severity.INFO, Act.SET),
    ChangeKind.CARRIED: Facts("随年度顺延", "carried to the plan's year", Severity.INFO, Act.SET),
    ChangeKind.REISSUED: Facts("文件信息变更", "issued anew", Severity.INFO, Act.SET),
}
