"""The difference of two plans: rows of changes that can be applied and inverted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import final

from attrs import frozen

from gongkai.comparing.changes import Change, Row, Status, Subject
from gongkai.comparing.links import Link
from gongkai.errors import InvalidValue
from gongkai.model import Plan, Severity
from gongkai.model._display import Shown

__all__ = ["Diff"]

_RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@final
@frozen(weakref_slot=False, repr=False)
class Diff(Shown):
    """How one plan differs from another.

    Iterates over its changes; it is true where there are any.

    Attributes:
        old: the plan it starts from.
        new: the plan it leads to.
        rows: one row a correspondence, in the order of the new plan, what was removed after what stood before
            it.
        links: the links between tasks that it rests on: those of the rows, and those between tasks of two
            rows.

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
        least = _RANK[Severity(severity)]
        return tuple([change for change in self.changes if _RANK[change.severity] >= least])

    def summary(self) -> dict[str, int]:
        """Count the rows of tasks by status, every status with a number of its own.

        >>> import gongkai
        >>> from gongkai import Plan, Task
        >>> gongkai.diff(Plan("要点", [Task("公开。")]), Plan("要点", [Task("公开。")])).summary()["same"]
        1
        """
        counts = Counter(row.status for row in self.tasks)
        return {status.value: counts[status] for status in Status}

    def apply(self, plan: Plan) -> Plan:
        """Return the plan with all changes made: equal to ``new``, with its keys.

        What stands outside equality stays as it is in ``plan`` where the block stays; what comes from the new
        plan comes without spans, since they mean another source.

        Raises:
            InvalidValue: it is no plan.
            PatchError: the plan is not the one that the diff was made from; it names the first place.
        """
        from gongkai.comparing.patching import apply

        return apply(self, plan)

    def invert(self) -> Diff:
        """Return the diff that leads back from ``new`` to ``old``."""
        rows = tuple([row.invert() for row in self.rows])
        return Diff(self.new, self.old, rows, tuple([link.invert() for link in self.links]))

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __bool__(self) -> bool:
        return any(row.changes for row in self.rows)

    def __repr__(self) -> str:
        counts = [f"{count} {status}" for status, count in self.summary().items() if count]
        number = len(self)
        return "<Diff " + " · ".join([*counts, f"{number} change{'s' * (number != 1)}"]) + ">"
