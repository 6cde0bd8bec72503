"""What a strategy is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, final

import attrs
from attrs import frozen

from gongkai.comparing.diffing.changes import Value
from gongkai.errors import InvalidValue
from gongkai.merging.outcome.results import ConflictKind, Region, Suggestion, Voice
from gongkai.model import Deadline, Role
from gongkai.model._display import Shown

__all__ = ["Contest", "Merger", "Part", "Pick", "Strategy", "Unit", "Verdict"]

#: What a part of a field is: words, the roles of one department, one deadline, a department's or column's
#: text; None or nothing where it is not there.
Unit: TypeAlias = str | date | Deadline | tuple[Role, ...] | None


@final
@frozen
class Part(Shown):
    """A part of a field that copies contradict each other about.

    Attributes:
        what: a department's name, or a column's; empty for words and deadlines.
        base: what the base has there.
        voices: what the copies have there.
    """

    what: str
    base: Unit
    voices: tuple[Voice[Unit], ...]

    def of(self, name: str) -> Voice[Unit] | None:
        """Return the voice of one copy, or of ``base``; None where it has none."""
        if name == "base":
            return Voice((), self.base)
        return next((voice for voice in self.voices if name in voice.by), None)


#: Decides a part: returns the voice that is followed, or None for a conflict.
Pick: TypeAlias = Callable[[Part], Voice[Unit] | None]


@final
@frozen
class Verdict(Shown):
    """What a strategy answers.

    Attributes:
        value: what stands in the plan.
        settled: whether that settles it; if not there is a conflict.
        regions: what exactly is contested, where it is not settled.
        choice: whose view is taken, for what has no value: deletions, moves, order. ``base`` for nobody's.
        suggestion: what might settle it, where it is not settled.
    """

    value: Value = None
    settled: bool = True
    regions: tuple[Region, ...] = ()
    choice: str = ""
    suggestion: Suggestion | None = None


def leave(_: Part) -> None:
    """Follow nobody: what cannot be had together is a conflict."""
    return


def follow(name: str) -> Pick:
    """Return what follows one copy, or ``base``."""
    return lambda part: part.of(name)


def follow_wholly(name: str) -> Pick:
    """Return what follows one copy also where it left the base as it is: that is its view there."""
    return lambda part: part.of(name) or part.of("base")


@final
@frozen
class Contest(Shown):
    """Two or more copies changed one thing, each in its own way.

    Attributes:
        kind: what it is about; see :class:`ConflictKind`.
        field: the field, as ``text`` or ``record.issuer``; empty for deletions, moves and order.
        base: the base's value.
        voices: what the copies would have instead.
    """

    kind: ConflictKind
    field: str
    base: Value
    voices: tuple[Voice[Value], ...]
    _merger: Merger = attrs.field(repr=False, eq=False, alias="merger")

    def merge(self, pick: Pick = leave) -> Verdict:
        """Merge what can be had together.

        Args:
            pick: decides each part that cannot; without it, such a part leaves a conflict.
        """
        return self._merger(self, pick)

    def take(self, value: Value) -> Verdict:
        """Settle it with a value; only for what has one."""
        return Verdict(value)

    def choose(self, name: str) -> Verdict:
        """Settle it with the view of one copy, or with ``base``.

        Raises:
            InvalidValue: no copy of that name has a view here.
        """
        if name == "base":
            return Verdict(self.base, choice="base")
        for voice in self.voices:
            if name in voice.by:
                return Verdict(voice.value, choice=name)
        raise InvalidValue("Contest.choose", "name", name, f"one of {', '.join(self.names)}, base")

    def conflict(self) -> Verdict:
        """Leave it open: a conflict, with the base's value in the plan."""
        return Verdict(self.base, settled=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who has a view here."""
        return tuple([name for voice in self.voices for name in voice.by])


#: Merges what can be had together, and asks of every other part whom to follow.
Merger: TypeAlias = Callable[[Contest, Pick], Verdict]

#: Decides a contest: any function that takes a :class:`Contest` and returns a :class:`Verdict`.
Strategy: TypeAlias = Callable[[Contest], Verdict]
