"""The result of a merge: the plan, its conflicts, every decision; and how conflicts are resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias, cast, final

from attrs import field, frozen

from gongkai.comparing.diffing.changes import Change
from gongkai.comparing.diffing.differing import diff
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.merging.comments.comments import Remark
from gongkai.merging.matching.copylinks import align_copy
from gongkai.merging.outcome.results import Action, Choice, Conflict, ConflictKind, Decision
from gongkai.merging.threeway.engine import run
from gongkai.merging.values.contests import Strategy
from gongkai.merging.values.documents import FIELDS
from gongkai.merging.values.strategies import Strategies, named
from gongkai.model import Assignment, Deadline, Plan
from gongkai.model._display import Shown
from gongkai.model._rowing import Tabular

__all__ = ["Copies", "Merge", "merge_copies"]

#: Copies with the names of those who made them.
Copies: TypeAlias = "tuple[tuple[str, Plan], ...]"

_Named: TypeAlias = "Mapping[str, tuple[str, Strategy]]"


@final
@frozen(repr=False)
class Merge(Shown, Tabular):
    """Copies of one draft, merged.

    Attributes:
        base: the draft.
        copies: the edited copies with their names: ``ours`` and ``theirs``, or those that ``merge_all`` got.
        plan: the merged plan; always a valid one. Where copies contradict each other it has the draft's
            value, and a finding (M101) says so.
        conflicts: what copies contradict each other about and nobody has decided.
        decisions: what became of every change that a copy made, decided by itself or not.
        resolutions: what ``resolve`` was told, by the conflict's id.
        remarks: what became of each comment of a list.

    >>> import gongkai
    >>> from gongkai import Deadline, Plan, Task
    >>> base = Plan("要点", [Task("公开财政预决算。", label="1.")], year=2025)
    >>> ours = base.with_changes("1", deadlines=[Deadline.by_month(2025, 9)])
    >>> theirs = base.with_changes("1", text="公开部门预决算。", deadlines=[Deadline.by_month(2025, 11)])
    >>> merge = gongkai.merge(base, ours, theirs)
    >>> merge
    <Merge ours, theirs · 1 conflict: 1.deadlines · 2 decisions>
    >>> merge.plan["1"].text, merge.plan["1"].deadlines
    ('公开部门预决算。', ())
    >>> merge.resolve({"1.deadlines": "theirs"}).plan["1"].deadlines
    (<Deadline 2025年11月 month 2025-11-30>,)
    """

    base: Plan
    copies: Copies
    plan: Plan
    conflicts: tuple[Conflict, ...]
    decisions: tuple[Decision, ...]
    resolutions: Mapping[str, Choice]
    remarks: tuple[Remark, ...]
    _strategies: _Named = field(eq=False, alias="strategies")
    _directory: Directory | None = field(eq=False, alias="directory")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the copies, each once."""
        return tuple(dict.fromkeys([name for name, _ in self.copies]))

    @property
    def strategies(self) -> dict[str, str]:
        """The names of the strategies that were asked for, by kind of conflict or field."""
        return {place: name for place, (name, _) in self._strategies.items()}

    @property
    def directory(self) -> Directory | None:
        """What tells one body under two names from two; None for the shipped one."""
        return self._directory

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the merged plan has otherwise than the draft, as ``diff`` tells it."""
        links = align_copy(self.base, self.plan)
        return diff(self.base, self.plan, links=links, directory=self._directory).changes

    def of(self, name: str) -> tuple[Decision, ...]:
        """Return what became of the changes of one copy.

        Raises:
            InvalidValue: no copy has that name.
        """
        if name not in self.names:
            raise InvalidValue("Merge.of", "name", name, f"one of {', '.join(self.names)}")
        return tuple([decision for decision in self.decisions if name in decision.by])

    def summary(self) -> dict[str, int]:
        """Count the decisions by what was done, every action with a number of its own."""
        counts = Counter(decision.action for decision in self.decisions)
        return {action.value: counts[action] for action in Action}

    def conflict(self, id: str) -> Conflict:  # noqa: A002 - what it is called
        """Return the conflict with that id.

        Raises:
            InvalidValue: there is none, or it is resolved.
        """
        for conflict in self.conflicts:
            if conflict.id == id:
                return conflict
        raise InvalidValue("Merge", "conflict", id, _ids(self.conflicts))

    def resolve(self, resolutions: Mapping[str, Choice]) -> Merge:
        """Return the merge with decisions for some of its conflicts; the others stay.

        Args:
            resolutions: by the conflict's id, who is followed: ``ours``, ``theirs``, the name of any other
                copy, ``base``; or ``suggested``; or the value itself: a text, assignments, deadlines, what
                the field takes, for a deletion a block to stand there, or None to have it gone. An id that
                was resolved before can be resolved anew.

        Raises:
            InvalidValue: there is no such conflict, nobody of that name has a say in it, there is no
                suggestion, or it does not take the value.
        """
        known = {conflict.id: conflict for conflict in self.conflicts}
        for id_, choice in resolutions.items():
            if id_ not in known and id_ not in self.resolutions:
                raise InvalidValue("Merge.resolve", "resolutions", id_, _ids(self.conflicts))
            if id_ in known:
                _check_choice(known[id_], choice)
        choices = {**self.resolutions, **resolutions}
        return _merged(
            *(self.base, self.copies, self._strategies, choices),
            *(self._directory, self.remarks),
        )

    def to_json(self, *, indent: int | None = None, source: bool = True) -> str:
        """Write the merge as JSON: the draft, the copies, conflicts, decisions and remarks.

        The version of the schema comes first (``"gongkai-merge": 1``), then the conflicts. Whoever decides
        one writes its ``resolution`` into the file: ``"ours"``, the name of another copy, ``"base"``,
        ``"suggested"``, or ``{"value": …}`` with the value itself. The plans are all there, so nothing else
        is needed to go on; the merged plan is not, since it follows from them.

        Args:
            indent: how many spaces an inner line is set in; None writes one line.
            source: whether the sources' texts go along.

        Raises:
            InvalidValue: sections are nested more deeply than Python can follow.
        """
        from gongkai.merging.outcome.filing import write

        return write(self, indent=indent, source=source)

    @classmethod
    def from_json(
        cls,
        text: str | bytes,
        *,
        strategies: Strategies | None = None,
        directory: Directory | None = None,
    ) -> Merge:
        """Read a merge from the JSON that :meth:`to_json` writes, with what was decided in it.

        Args:
            text: the file's text.
            strategies: those that are functions, since a file holds only their names.
            directory: what tells one body under two names from two; by default the shipped one.

        Raises:
            LoadError: it is not JSON, no merge, or of a newer schema; a conflict was decided that is not
                there, or with what it does not take; with every problem at once.
            InvalidValue: ``text`` is neither str nor bytes; there is no such strategy.

        >>> import gongkai
        >>> from gongkai import Merge, Plan, Task
        >>> base = Plan("要点", [Task("每年公开。", label="1.")])
        >>> ours, theirs = (base.with_changes("1", text=text) for text in ("按季公开。", "按月公开。"))
        >>> text = gongkai.merge(base, ours, theirs).to_json(indent=1)
        >>> decided = text.replace('"resolution": null', '"resolution": "theirs"')
        >>> Merge.from_json(decided).plan.tasks[0].text
        '按月公开。'
        """
        from gongkai.merging.outcome.loading import read

        return read(text, strategies, directory)

    def __repr__(self) -> str:
        shown = [conflict.id for conflict in self.conflicts[:3]]
        more = ["…"] if len(self.conflicts) > len(shown) else []
        count = len(self.conflicts)
        facts = [", ".join(self.names[:3]) + (" …" if len(self.names) > 3 else "")]
        facts += [
            f"{count} conflict{'s' * (count != 1)}" + (f": {', '.join([*shown, *more])}" if shown else "")
        ]
        facts += [f"{len(self.decisions)} decision{'s' * (len(self.decisions) != 1)}"]
        return "<Merge " + " · ".join(facts) + ">"


def merge_copies(
    base: Plan,
    copies: Copies,
    strategies: Strategies | None,
    choices: Mapping[str, Choice],
    directory: Directory | None,
    remarks: tuple[Remark, ...] = (),
) -> Merge:
    """Merge copies of a base.

    Raises:
        InvalidValue: there is no such strategy.
    """
    return _merged(base, copies, named(strategies, FIELDS), choices, directory, remarks)


def _merged(
    base: Plan,
    copies: Copies,
    strategies: _Named,
    choices: Mapping[str, Choice],
    directory: Directory | None,
    remarks: tuple[Remark, ...],
) -> Merge:
    found = run(base, copies, strategies, choices, directory, remarks)
    return Merge(
        *(base, copies, found.plan, found.conflicts, found.decisions, dict(choices), remarks),
        strategies=strategies,
        directory=directory,
    )


def _ids(conflicts: tuple[Conflict, ...]) -> str:
    if not conflicts:
        return "the id of a conflict, and there is none"
    shown = [conflict.id for conflict in conflicts[:8]]
    return "the id of a conflict: " + ", ".join(shown) + (" …" if len(conflicts) > len(shown) else "")


#: What stands for a decision where a conflict takes no value: moves and order.
_PLACED = {ConflictKind.MOVE_MOVE, ConflictKind.ORDER}


def _check_choice(conflict: Conflict, choice: Choice) -> None:
    """Refuse a decision that a conflict does not take."""
    names = ["base", *conflict.by]
    if choice == "suggested" and conflict.suggestion is not None:
        return
    if isinstance(choice, str) and choice in names:
        return
    fitting = _fits(conflict, choice)
    if not fitting:
        offered = names + (["suggested"] if conflict.suggestion is not None else [])
        expected = f"{', '.join(offered)}{_also(conflict)}"
        raise InvalidValue("Merge.resolve", conflict.id, choice, expected)


def _sorts(conflict: Conflict) -> tuple[type, ...]:
    """Return the classes of the values that a conflict is about; an item's class for a tuple."""
    values = [conflict.base, *[voice.value for voice in conflict.voices]]
    return tuple({type(value) for value in values})


def _fits(conflict: Conflict, choice: Choice) -> bool:
    if conflict.kind in _PLACED:
        return False
    if conflict.kind is ConflictKind.DELETE_EDIT:
        return choice is None or type(choice) in _sorts(conflict)
    if conflict.where.field == "assignments":
        return _all(choice, Assignment)
    if conflict.where.field == "deadlines":
        return _all(choice, Deadline)
    return type(choice) in _sorts(conflict)


def _all(value: object, sort: type) -> bool:
    return isinstance(value, tuple) and all(type(item) is sort for item in cast("tuple[object, ...]", value))


def _also(conflict: Conflict) -> str:
    if conflict.kind in _PLACED:
        return ""
    if conflict.kind is ConflictKind.DELETE_EDIT:
        return ", a block to stand there, or None to have it gone"
    if conflict.where.field in {"assignments", "deadlines"}:
        return f", or a tuple of {'Assignment' if conflict.where.field == 'assignments' else 'Deadline'}"
    return ", or the value"
