"""Strategies: who or what decides where copies contradict each other, by kind of conflict.

A strategy is a function with a name. Users name one of the table, or pass a function of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, TypeAlias, cast, final

from attrs import frozen

from gongkai.errors import InvalidValue
from gongkai.merging.outcome.results import ConflictKind, Voice
from gongkai.merging.values.contests import Contest, Part, Strategy, Unit, Verdict, follow
from gongkai.model import Deadline, Role

__all__ = ["STRATEGIES", "Named", "Strategies", "named", "prefer", "strategy_for"]


def merge(contest: Contest) -> Verdict:
    """All that can be had together; the rest is a conflict."""
    return contest.merge()


def conflict(contest: Contest) -> Verdict:
    """A conflict, whatever could be had together."""
    return contest.conflict()


def ours(contest: Contest) -> Verdict:
    """All that can be had together; in the rest, what the copy ``ours`` has."""
    return _following(contest, "ours")


def theirs(contest: Contest) -> Verdict:
    """All that can be had together; in the rest, what the copy ``theirs`` has."""
    return _following(contest, "theirs")


def base(contest: Contest) -> Verdict:
    """All that can be had together; in the rest, what the base has."""
    return _following(contest, "base")


def union(contest: Contest) -> Verdict:
    """Everybody stays whom somebody names; of two roles the higher counts."""
    return contest.merge(highest)


def earliest(contest: Contest) -> Verdict:
    """The earlier deadline; a conflict where one of them names no day."""
    return contest.merge(lambda part: by_day(part, min))


def latest(contest: Contest) -> Verdict:
    """The later deadline; a conflict where one of them names no day."""
    return contest.merge(lambda part: by_day(part, max))


def keep(contest: Contest) -> Verdict:
    """What was edited stays, edited."""
    kept = next(voice for voice in contest.voices if voice.value is not None)
    return contest.choose(kept.by[0])


def delete(contest: Contest) -> Verdict:
    """What was deleted is gone, and so are the edits of it."""
    gone = next(voice for voice in contest.voices if voice.value is None)
    return contest.choose(gone.by[0])


def prefer(name: str) -> Strategy:
    """Return the strategy that takes the side of one copy, by the name that ``merge_all`` was given for it.

    >>> import gongkai
    >>> from gongkai.merging import prefer
    >>> base = gongkai.Plan("要点", [gongkai.Task("每年公开一次。", label="1.")])
    >>> copies = {"区司法局": base.with_changes("1", text="每半年公开一次。"),
    ...           "区财政局": base.with_changes("1", text="每季度公开一次。")}
    >>> gongkai.merge_all(base, copies, strategies={"text": prefer("区司法局")}).plan["1"].text
    '每半年公开一次。'
    """

    def preferred(contest: Contest) -> Verdict:
        return _following(contest, name)

    preferred.__name__ = f"prefer {name}"
    return preferred


def _following(contest: Contest, name: str) -> Verdict:
    """Follow one copy in what cannot be had together; where it has no view, nothing is settled."""
    return contest.merge(follow(name))


def highest(part: Part) -> Voice[Unit] | None:
    """Follow whoever gives a department the highest role."""
    ranks = list(Role)
    held = [voice for voice in part.voices if isinstance(voice.value, tuple) and voice.value]
    return min(held, key=lambda voice: ranks.index(cast("tuple[Role, ...]", voice.value)[0]), default=None)


def by_day(part: Part, pick: Callable[[Iterable[date]], date]) -> Voice[Unit] | None:
    """Follow whoever has the earliest or the latest day; nobody, where one has none."""
    days = [_day_of(voice.value) for voice in part.voices]
    known = [day for day in days if day is not None]
    return part.voices[days.index(pick(known))] if len(known) == len(days) else None


def _day_of(value: object) -> date | None:
    return value.due if isinstance(value, Deadline) else None


@final
@frozen
class Named:
    """A strategy of the table.

    Attributes:
        decide: the function.
        kinds: the kinds of conflict it can decide.
    """

    decide: Strategy
    kinds: frozenset[ConflictKind]


_ALL: Final = frozenset(ConflictKind)

#: Every strategy with a name. ``merge`` is the one that is used where none is asked for.
STRATEGIES: Final[Mapping[str, Named]] = {
    "merge": Named(merge, _ALL),
    "conflict": Named(conflict, _ALL),
    "ours": Named(ours, _ALL),
    "theirs": Named(theirs, _ALL),
    "base": Named(base, _ALL),
    "union": Named(union, frozenset({ConflictKind.DEPARTMENTS})),
    "earliest": Named(earliest, frozenset({ConflictKind.DEADLINE})),
    "latest": Named(latest, frozenset({ConflictKind.DEADLINE})),
    "keep": Named(keep, frozenset({ConflictKind.DELETE_EDIT})),
    "delete": Named(delete, frozenset({ConflictKind.DELETE_EDIT})),
}

#: Strategies by the kind of conflict, as ``deadline``, or by one field, as ``record.issuer``: each by its
#: name, or as a function.
Strategies: TypeAlias = Mapping[str, str | Strategy]


def named(strategies: Strategies | None, fields: frozenset[str]) -> dict[str, tuple[str, Strategy]]:
    """Return the strategies that were asked for, each with its name.

    Raises:
        InvalidValue: there is no such kind, field or strategy, or the strategy is for another kind.
    """
    found: dict[str, tuple[str, Strategy]] = {}
    kinds = {kind.value for kind in ConflictKind}
    for place, asked in (strategies or {}).items():
        if place not in kinds and place not in fields:
            expected = f"kinds of conflict ({', '.join(sorted(kinds))}) or fields as record.issuer"
            raise InvalidValue("merge", "strategies", place, expected)
        if not isinstance(asked, str):
            if not callable(cast(object, asked)):
                raise InvalidValue("merge", f"strategies[{place!r}]", asked, "the name of a strategy, or one")
            found[place] = getattr(asked, "__name__", "strategy"), asked
            continue
        kind = ConflictKind(place if place in kinds else place.partition(".")[0])
        fitting = [name for name, row in STRATEGIES.items() if kind in row.kinds]
        if asked not in fitting:
            raise InvalidValue(
                "merge", f"strategies[{place!r}]", asked, f"a function, or {', '.join(fitting)}"
            )
        found[place] = asked, STRATEGIES[asked].decide
    return found


def strategy_for(
    strategies: Mapping[str, tuple[str, Strategy]], kind: ConflictKind, field: str
) -> tuple[str, Strategy]:
    """Return the strategy for a contest: that of its field, else that of its kind, else ``merge``."""
    return strategies.get(field) or strategies.get(kind.value) or ("merge", merge)
