"""What a comparison says: changes of one thing each, and the rows that gather them."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final, cast, final

import attrs
from attrs import frozen

from gongkai.comparing.alignment.links import Link
from gongkai.comparing.diffing.kinds import (
    KINDS,
    Act,
    Bodies,
    ChangeKind,
    Facts,
    Kinship,
    Language,
    OneBody,
    Path,
    Style,
    Subject,
    Value,
)
from gongkai.comparing.diffing.reassigning import DepartmentChange, department_changes, told_bodies
from gongkai.comparing.diffing.redlining import Run, redline
from gongkai.comparing.diffing.rescheduling import DeadlineChange, deadline_changes
from gongkai.comparing.relations import one_body
from gongkai.model import Assignment, Block, Deadline, Paragraph, Severity
from gongkai.model._display import Shown

__all__ = [
    "KINDS",
    "Act",
    "Bodies",
    "Change",
    "ChangeKind",
    "Facts",
    "Kinship",
    "Language",
    "OneBody",
    "Path",
    "Row",
    "Status",
    "Style",
    "Subject",
    "Value",
]

_INVERSE: Final = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.SPLIT: ChangeKind.MERGED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
}

_BACK: Final[dict[Kinship, Kinship]] = {"succeeded": "preceded", "preceded": "succeeded"}


@final
@frozen(weakref_slot=False, repr=False)
class Change(Shown):
    """One typed difference between two plans.

    Attributes:
        kind: what sort of difference it is.
        subject: what it is about: the ``plan``, a ``section``, a ``task`` or a ``paragraph``.
        field: the name of the field that differs, as ``text``, ``deadlines`` or ``record.issued_on``; empty
            where the block itself came, went or moved.
        old: what stood in the old plan: a block without what stands in it, a field's value, or, for what
            moved, the name of the section it stood in.
        new: what stands in the new plan.
        old_key: the key of the section or task in the old plan, None where it has none (paragraphs, the
            plan).
        new_key: its key in the new plan.
        old_path: where it stands in the old plan: positions from the top of its content; None where it is
            not.
        new_path: where it stands in the new plan.
        old_name: how a sentence calls it, in the words of the old plan.
        new_name: how a sentence calls it, in the words of the new plan.
        bodies: for departments, who has two names, and what they are to each other in the two plans' own
            places and times; None where that was not looked up.
        years: for deadlines, the years of the two plans, by which they are compared; None where one of the
            plans has none.

    >>> import gongkai
    >>> from gongkai import Deadline, Plan, Task
    >>> task = Task("公开预决算。", label="1.", deadlines=[Deadline.by_month(2024, 6)])
    >>> old = Plan("要点", [task], year=2024)
    >>> new = old.with_changes("1", deadlines=[Deadline.by_month(2024, 10)])
    >>> change, = gongkai.diff(old, new)
    >>> change
    <Change rescheduled task 1>
    >>> print(change.explain())
    “1.公开预决算。”的完成时限由2024年6月调整为2024年10月（推迟）。
    >>> print(change.explain("en"))
    “1.公开预决算。”: the deadline changes from 2024年6月 to 2024年10月 (later).
    """

    kind: ChangeKind = attrs.field(converter=ChangeKind)
    subject: Subject = attrs.field(converter=Subject)
    field: str = attrs.field(default="", kw_only=True)
    old: Value = attrs.field(default=None, kw_only=True)
    new: Value = attrs.field(default=None, kw_only=True)
    old_key: str | None = attrs.field(default=None, kw_only=True)
    new_key: str | None = attrs.field(default=None, kw_only=True)
    old_path: Path | None = attrs.field(default=None, kw_only=True)
    new_path: Path | None = attrs.field(default=None, kw_only=True)
    old_name: str = attrs.field(default="", kw_only=True)
    new_name: str = attrs.field(default="", kw_only=True)
    bodies: Bodies | None = attrs.field(default=None, kw_only=True)
    years: tuple[int, int] | None = attrs.field(default=None, kw_only=True)

    @property
    def severity(self) -> Severity:
        """How much it matters: ``info`` for what is hidden by default, as a renumbering."""
        return KINDS[self.kind].severity

    @property
    def act(self) -> Act:
        """What it does to the tree of a plan: ``insert``, ``delete``, ``move`` or ``set``."""
        return KINDS[self.kind].act

    def label(self, language: Language = "zh") -> str:
        """Return the name of its kind in Chinese (``zh``) or English (``en``)."""
        facts = KINDS[self.kind]
        return facts.en if language == "en" else facts.zh

    def explain(self, style: Style = "zh") -> str:
        """Say what changed in one sentence.

        Args:
            style: Chinese (``zh``), English (``en``), or Chinese as ``markdown``: what is new in bold, what
                is gone struck through, the document's own text escaped.

        Raises:
            InvalidValue: another style was asked for.
        """
        from gongkai.comparing.diffing.explaining import explain

        return explain(self, style)

    @property
    def redline(self) -> tuple[Run, ...]:
        """The runs that turn the old text into the new one; empty where the change is about no text."""
        if type(self.old) is not str or type(self.new) is not str or not self.field:
            return ()
        return redline(self.old, self.new)

    @property
    def departments(self) -> tuple[DepartmentChange, ...]:
        """What became of each department; empty where the change is about no departments."""
        if self.field != "assignments":
            return ()
        old, new = (cast("tuple[Assignment, ...]", value) for value in (self.old, self.new))
        same = one_body if self.bodies is None else told_bodies(self.bodies)
        return department_changes(old, new, same)

    @property
    def deadlines(self) -> tuple[DeadlineChange, ...]:
        """The deadlines that differ, in pairs, as the plans' years make them; empty where there are none."""
        if self.field != "deadlines":
            return ()
        old, new = (cast("tuple[Deadline, ...]", value) for value in (self.old, self.new))
        return deadline_changes(old, new, self.years)

    def invert(self) -> Change:
        """Return the change that leads back."""
        return attrs.evolve(
            self,
            kind=_INVERSE.get(self.kind, self.kind),
            old=self.new,
            new=self.old,
            old_key=self.new_key,
            new_key=self.old_key,
            old_path=self.new_path,
            new_path=self.old_path,
            old_name=self.new_name,
            new_name=self.old_name,
            bodies=self.bodies and tuple([(new, old, _BACK.get(how, how)) for old, new, how in self.bodies]),
            years=self.years and (self.years[1], self.years[0]),
        )

    def __repr__(self) -> str:
        keys = list(dict.fromkeys(key for key in (self.old_key, self.new_key) if key is not None))
        facts = [self.kind, self.subject, *([" → ".join(keys)] if keys else []), *([self.field] * (not keys))]
        return " ".join(["<Change", *(fact for fact in facts if fact)]) + ">"


@unique
class Status(StrEnum):
    """What became of the blocks of a row."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REGROUPED = "regrouped"
    ADDED = "added"
    REMOVED = "removed"


_MIRRORED: Final = {
    Status.ADDED: Status.REMOVED,
    Status.REMOVED: Status.ADDED,
    Status.SPLIT: Status.MERGED,
    Status.MERGED: Status.SPLIT,
}


@final
@frozen(weakref_slot=False, repr=False)
class Row(Shown):
    """One correspondence between the two plans, as one line of a comparison table.

    Every task with text of its own is in exactly one row; sections, paragraphs, tasks that only hold parts,
    and the plan's own fields have a row where they changed. Every change is in exactly one row.

    Attributes:
        subject: what it is about.
        status: ``same`` (nothing changed, or only what is hidden by default), ``changed``, ``moved`` (and
            nothing else), ``split`` (one became several), ``merged`` (several became one), ``regrouped``
            (several became several), ``added`` or ``removed``.
        old: the blocks of the old plan, first the one that lives on; empty where there is none, and for the
            plan.
        new: the blocks of the new plan, first the one that continues it.
        changes: what changed.
        links: the links between these tasks, with score and evidence.
    """

    subject: Subject = attrs.field(converter=Subject)
    status: Status = attrs.field(converter=Status)
    old: tuple[Block, ...] = ()
    new: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def score(self) -> float | None:
        """How sure the alignment is of it, from 0 to 1: its weakest link; None where nothing is linked."""
        return min((link.score for link in self.links), default=None)

    def invert(self) -> Row:
        """Return the row of the way back."""
        return Row(
            self.subject,
            _MIRRORED.get(self.status, self.status),
            self.new,
            self.old,
            tuple([change.invert() for change in self.changes]),
            tuple([link.invert() for link in self.links]),
        )

    def __repr__(self) -> str:
        sides = [
            ", ".join("¶" if isinstance(block, Paragraph) else block.key or "?" for block in side)
            for side in (self.old, self.new)
        ]
        return f"<Row {self.status} {self.subject}{' ' + ' → '.join(sides) if any(sides) else ''}>"
