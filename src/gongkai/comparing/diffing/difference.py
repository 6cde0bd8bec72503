"""The difference of two plans: rows of changes that can be applied and inverted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, final

from attrs import frozen

from gongkai.comparing.alignment.links import Link
from gongkai.comparing.diffing.changes import Change, ChangeKind, Row, Status, Subject
from gongkai.errors import InvalidValue
from gongkai.model import Department, Plan, Section, Severity
from gongkai.model._display import Shown
from gongkai.model._rowing import Tabular

if TYPE_CHECKING:
    from gongkai.comparing.diffing.pointing import JsonOperation
    from gongkai.directory import Directory, Organ

__all__ = ["RANK", "Diff"]

#: The severities, each with its place.
RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@final
@frozen(weakref_slot=False, repr=False)
class Diff(Shown, Tabular):
    """How one plan differs from another.

    Iterates over its changes; it is true where there are any.

    Attributes:
        old: the plan it starts from.
        new: the plan it leads to.
        rows: one row a correspondence, in the order of the new plan, what was removed after what stood before
            it.
        links: the links between tasks that it rests on: those of the rows, and those between tasks of two
            rows.
        part_of: the whole diff, where this is only some of its rows or changes; see :meth:`where`.

    >>> import gongkai
    >>> from gongkai import Plan, Task
    >>> old = Plan("要点", [Task("公开财政预决算。", label="1."), Task("更新权责清单。", label="2.")])
    >>> new = Plan("要点", [Task("按季度更新权责清单。", label="1.")])
    >>> diff = gongkai.diff(old, new)
    >>> diff
    <Diff 1 changed · 1 removed · 3 changes>
    >>> [change.kind.value for change in diff]
    ['removed', 'renumbered', 'reworded']
    >>> diff.apply(old) == new, diff.invert().apply(new) == old
    (True, True)
    """

    old: Plan
    new: Plan
    rows: tuple[Row, ...]
    links: tuple[Link, ...] = ()
    part_of: Diff | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, those that are hidden by default as well, in the order of the rows."""
        return tuple([change for row in self.rows for change in row.changes])

    @property
    def tasks(self) -> tuple[Row, ...]:
        """The rows of tasks."""
        return tuple([row for row in self.rows if row.subject is Subject.TASK])

    def at_least(self, severity: Severity | str) -> tuple[Change, ...]:
        """Return the changes that matter at least so much: ``info`` (all), ``warning`` or ``error``.

        Raises:
            InvalidValue: it is none of these.
        """
        if severity not in set(Severity):
            raise InvalidValue("Diff.at_least", "severity", severity, "one of info, warning, error")
        least = RANK[Severity(severity)]
        return tuple([change for change in self.changes if RANK[change.severity] >= least])

    def summary(self) -> dict[str, int]:
        """Count the rows of tasks by status, every status with a number of its own.

        >>> import gongkai
        >>> from gongkai import Plan, Task
        >>> gongkai.diff(Plan("要点", [Task("公开。")]), Plan("要点", [Task("公开。")])).summary()["same"]
        1
        """
        counts = Counter(row.status for row in self.tasks)
        return {status.value: counts[status] for status in Status}

    def where(
        self,
        *,
        kinds: ChangeKind | str | Iterable[ChangeKind | str] | None = None,
        department: Department | Organ | str | None = None,
        section: Section | str | None = None,
        subject: Subject | str | None = None,
        severity: Severity | str | None = None,
        directory: Directory | None = None,
    ) -> Diff:
        """Return the part of the diff that all of these apply to; what is not given applies to all.

        Rows are picked by department, section and subject, with all their changes; by kind and severity the
        changes themselves, and the rows that have any. A part is a diff like any other: it can be shown,
        applied (see :meth:`apply`), inverted and filtered further.

        Args:
            kinds: one kind of change or several.
            department: a body that a task of the row names, in either plan: as it is written, or as the
                directory knows it, under its earlier and later names as well. A task without departments is
                its enclosing task's.
            section: where a task of the row stands, in either plan: a section, or its key, its heading, or
                its label with the heading. What stands in its subsections is there, too.
            subject: ``task``, ``section``, ``paragraph`` or ``plan``.
            severity: ``info``, ``warning`` or ``error``, the least.
            directory: what tells who is meant; by default the shipped one.

        Raises:
            InvalidValue: there is no such kind, subject or severity.

        >>> import gongkai
        >>> from gongkai import examples
        >>> diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
        >>> diff.where(department="区财政局", kinds=["reassigned", "rescheduled"])
        <Diff part: 1 changed · 2 changes>
        """
        from gongkai.comparing.diffing.selecting import where

        return where(self, kinds, department, section, subject, severity, directory)

    def select(self, *picked: Row | Change) -> Diff:
        """Return the part of the diff that consists of these rows and changes of it.

        Raises:
            InvalidValue: one of them is no row or change of this diff.

        >>> import gongkai
        >>> from gongkai import Plan, Task
        >>> old = Plan("要点", [Task("更新权责清单。", label="2.")])
        >>> new = Plan("要点", [Task("按季度更新权责清单。", label="3.")])
        >>> diff = gongkai.diff(old, new)
        >>> number, text = diff
        >>> diff.select(text).apply(old).tasks
        (<Task 2. 按季度更新权责清单。>,)
        """
        from gongkai.comparing.diffing.selecting import select

        return select(self, picked)

    def apply(self, plan: Plan) -> Plan:
        """Return the plan with all changes made: equal to ``new``, with its keys.

        What stands outside equality stays as it is in ``plan`` where the block stays; what comes from the new
        plan comes without spans, since they mean another source.

        A part of a diff makes its own changes and no other. What it adds or moves comes behind what it
        follows in the new plan, as far as that is there; what stays keeps its keys and its numbers.

        Raises:
            InvalidValue: it is no plan.
            PatchError: the plan is not the one that the diff was made from; it names the first place.
            DependentChange: the changes of a part cannot be made without others, as when something is added
                to a section that is not.
        """
        from gongkai.comparing.diffing.patching import apply

        return apply(self, plan)

    def invert(self) -> Diff:
        """Return the diff that leads back from ``new`` to ``old``; of a part, the part that does."""
        rows = tuple([row.invert() for row in self.rows])
        links = tuple([link.invert() for link in self.links])
        return Diff(self.new, self.old, rows, links, self.part_of and self.part_of.invert())

    def then(self, later: Diff, *, directory: Directory | None = None) -> Diff:
        """Return the diff that does what this one does, and then what another does.

        Tasks correspond where they do by way of the plan between the two.

        Args:
            later: a diff from the plan that this one leads to.
            directory: what tells one body under two names from two; by default the shipped one.

        Raises:
            InvalidValue: ``later`` is no diff, or one of the two is a part of one.
            PatchError: ``later`` starts from another plan; it names the first place.

        >>> import gongkai
        >>> from gongkai import examples
        >>> first, second, third = (examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024))
        >>> both = gongkai.diff(first, second).then(gongkai.diff(second, third))
        >>> both.apply(first) == third
        True
        """
        if type(later) is not type(self):
            raise InvalidValue("Diff.then", "later", later, "a Diff")
        from gongkai.comparing.diffing.composing import then

        return then(self, later, directory)

    def to_json(self, *, indent: int | None = None, source: bool = True) -> str:
        """Write the diff as JSON: both plans, every change with its values, rows and links.

        The version of the schema comes first (``"gongkai-diff": 1``);
        :func:`gongkai.comparing.diff_schema` tells the rest.

        Args:
            indent: how many spaces an inner line is set in; None writes one line.
            source: whether the sources' texts go along.

        Raises:
            InvalidValue: this is only a part of a diff.
        """
        from gongkai.comparing.diffing.filing import write

        return write(self, indent=indent, source=source)

    @classmethod
    def from_json(cls, text: str | bytes) -> Diff:
        """Read a diff from the JSON that :meth:`to_json` writes.

        Nothing is converted silently, unknown keys are refused, and so is a change that says anything else
        than the plans, or changes that do not lead from the one to the other.

        Raises:
            LoadError: it is not JSON, no diff, or of a newer schema; with every problem at once.
            InvalidValue: ``text`` is neither str nor bytes.

        >>> import gongkai
        >>> from gongkai import Diff, Plan, Task
        >>> diff = gongkai.diff(Plan("要点", [Task("公开预算。")]), Plan("要点", [Task("公开决算。")]))
        >>> Diff.from_json(diff.to_json()).apply(diff.old) == diff.new
        True
        """
        from gongkai.comparing.diffing.loading import read

        return read(text)

    def to_json_patch(self, *, tests: bool = False) -> list[JsonOperation]:
        """Return the changes as a JSON Patch (RFC 6902) on what ``gongkai.dumps`` writes for ``old``.

        Patched, it loads as the plan that :meth:`apply` gives, with its keys. The first operation tests the
        version of the schema. What is known of the old plan's source stays.

        Args:
            tests: whether an operation that replaces or removes something is preceded by a test of what was
                there, so that the patch fails on another plan.

        Raises:
            DependentChange: the changes of a part cannot be made without others.

        >>> import gongkai
        >>> from gongkai import Plan, Task
        >>> diff = gongkai.diff(Plan("要点", [Task("公开预算。")]), Plan("要点", [Task("公开决算。")]))
        >>> for operation in diff.to_json_patch():
        ...     print(operation)
        {'op': 'test', 'path': '/gongkai', 'value': 1}
        {'op': 'replace', 'path': '/content/0/text', 'value': '公开决算。'}
        """
        from gongkai.comparing.diffing.pointing import json_patch

        return json_patch(self, tests=tests)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __bool__(self) -> bool:
        return any(row.changes for row in self.rows)

    def __repr__(self) -> str:
        counts = [f"{count} {status}" for status, count in self.summary().items() if count]
        number = len(self)
        return (
            "<Diff "
            + "part: " * (self.part_of is not None)
            + " · ".join([*counts, f"{number} change{'s' * (number != 1)}"])
            + ">"
        )
