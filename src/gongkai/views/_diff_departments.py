"""Who holds the roles of the tasks of a row, and what became of each department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias, final

from attrs import evolve, frozen

from gongkai.comparing.diffing.reassigning import (
    DepartmentChange,
    DepartmentChangeKind,
    Tell,
    department_changes,
)
from gongkai.model import Assignment, Department, Role, Task
from gongkai.views._diff_text import Mark, Marked
from gongkai.views._rows import FLAGS
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["Holders", "Name", "holders"]

_Changes: TypeAlias = Sequence[DepartmentChange]

_Kind: Final = DepartmentChangeKind

#: What two names are to each other, where that is told in words after them.
_TOLD: Final[dict[DepartmentChangeKind, Mark]] = {
    _Kind.RENAMED: "renamed",
    _Kind.COUNTERPART: "counterpart",
    _Kind.SUCCEEDED: "succeeded",
    _Kind.PRECEDED: "preceded",
}


class Name(NamedTuple):
    """A department's name, or two of them.

    Attributes:
        mark: what became of it.
        text: its name in the new plan; in the old one, where it is gone.
        was: its other name in the old plan.
        note: what is said of it in words.
    """

    mark: Mark
    text: str
    was: str = ""
    note: str = ""

    @property
    def runs(self) -> tuple[Marked, ...]:
        """The names with their marks: two bodies are marked as such, two names of one are not."""
        if self.mark in {"succeeded", "preceded"}:
            return (("removed", self.was), ("same", " → "), ("added", self.text))
        return ((self.mark, f"{self.was} → {self.text}" if self.was else self.text),)


@final
@frozen
class Holders:
    """Who holds a role.

    Attributes:
        role: the role's word; empty for plain responsibility.
        names: the departments.
        flags: 等 or 分别, with their marks.
    """

    role: str
    names: tuple[Name, ...]
    flags: tuple[Marked, ...]


def holders(old: Sequence[Task], new: Sequence[Task], say: Words, same: Tell) -> tuple[Holders, ...]:
    """Return who holds each role, with what became of them; ``same`` tells one body from two."""
    before = [item for task in old for item in task.assignments]
    after = [item for task in new for item in task.assignments]
    changes = _changes(old, new, before, after, same)
    if not old or not new:  # what came or went as a whole needs no mark on each name
        before = after = before or after
    lines: list[Holders] = []
    for role in Role:
        of_role = [change for change in changes if change.role is role]
        names = _names([item for item in after if item.role is role], of_role, say)
        if names:
            word = "" if role is Role.RESPONSIBLE else say[f"roles.{role}"]
            lines.append(Holders(word, names, _flags(role, before, after, say)))
    return tuple(lines)


def _changes(
    old: Sequence[Task], new: Sequence[Task], before: list[Assignment], after: list[Assignment], same: Tell
) -> _Changes:
    """What became of the departments.

    Of several tasks, what the two that continue each other say, and who came or went altogether: a task that
    was merged into another may have named the same department in another role.
    """
    if not old or not new:
        return ()
    changes = department_changes(before, after, same)
    if len(old) == len(new) == 1:
        return changes
    own = {_who(change) for change in department_changes(old[0].assignments, new[0].assignments, same)}
    left, right = ([evolve(item, role=Role.RESPONSIBLE) for item in side] for side in (before, after))
    anywhere = {_who(change)[1:] for change in department_changes(left, right, same)}
    return [
        change
        for change in changes
        if change.kind in _TOLD or _who(change) in own or _who(change)[1:] in anywhere
    ]


def _who(change: DepartmentChange) -> tuple[Role, Department | None, Department | None]:
    return change.role, change.old, change.new


def _names(held: Sequence[Assignment], changes: _Changes, say: Words) -> tuple[Name, ...]:
    """The departments of one role: those that are gone, then those of the new plan in its order."""
    found: dict[Name, None] = {}
    came: dict[Department, Name] = {}
    others: defaultdict[Department, list[DepartmentChange]] = defaultdict(list)
    for change in changes:
        if change.kind in {_Kind.DROPPED, _Kind.REPLACED} and change.old is not None:
            found[Name("removed", clean(change.old.name))] = None
        if change.new is None:
            continue
        if change.kind in {_Kind.ADDED, _Kind.REPLACED}:
            came[change.new] = Name("added", clean(change.new.name))
        elif change.kind is _Kind.ROLE and change.old_role is not None:
            note = say["diff.role"].format(role=say[f"roles.{change.old_role}"])
            came[change.new] = Name("added", clean(change.new.name), note=note)
        elif change.kind in _TOLD:
            others[change.new].append(change)
    for body, changed in others.items():
        mark = _TOLD[changed[0].kind]
        was = "、".join(dict.fromkeys(clean(change.old.name) for change in changed if change.old))
        came[body] = Name(mark, clean(body.name), was, say[f"diff.{mark}"])
    for body in [body for item in held for body in item.departments]:
        found[came.get(body, Name("same", clean(body.name)))] = None
    return tuple(found)


def _flags(
    role: Role, old: Sequence[Assignment], new: Sequence[Assignment], say: Words
) -> tuple[Marked, ...]:
    """The words that go with a role: 等, 分别."""
    found: list[Marked] = []
    for flag in FLAGS[:2]:
        was, now = (any(getattr(item, flag) for item in side if item.role is role) for side in (old, new))
        if was or now:
            found.append(("same" if was and now else "added" if now else "removed", say[f"flags.{flag}"]))
    return tuple(found)
