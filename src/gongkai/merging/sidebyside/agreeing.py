"""Whether the plans agree on who answers for a matter, and by when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import StrEnum, unique
from functools import cache
from typing import TYPE_CHECKING, Final, final

from attrs import field, frozen

from gongkai.comparing.relations import bodies_of
from gongkai.comparing.timing import deadlines_of, last_day
from gongkai.model import Deadline, Department, Plan, Role, Task
from gongkai.model._display import Shown

if TYPE_CHECKING:
    from gongkai.comparing.relations import Tell
    from gongkai.directory import Directory

__all__ = ["Agreement", "AgreementKind", "Bodies", "Camp", "by_when", "deadlines_agree", "main_body"]

#: How years beside the plan's own are called.
_OTHER_YEARS: Final = {-1: "上年", 1: "次年"}

#: What stands for a division in front of the names of its departments.
_LEVELS: Final = frozenset("省市区县")

#: Characters before which a year's 年 stays: 年底, 年初, 年内.
_ENDS: Final = frozenset("底末初中内前")


@unique
class AgreementKind(StrEnum):
    """How far the plans that say something say the same."""

    SAME = "same"
    """all of them say the same"""
    MOSTLY = "mostly"
    """more than half of them say the same, the others are outliers"""
    DIVIDED = "divided"
    """no more than half of them say the same"""
    SINGLE = "single"
    """only one of them says anything"""
    NONE = "none"
    """none says anything"""


@final
@frozen(weakref_slot=False)
class Camp(Shown):
    """Plans that say the same.

    Attributes:
        says: what they say: a department (财政局, where one plan has 市财政局 and one 区财政局), or a time
            without the plan's year, in the words of one of them.
        columns: the plans.
    """

    says: str
    columns: tuple[str, ...]


@final
@frozen(weakref_slot=False)
class Agreement(Shown):
    """Whether plans agree.

    Attributes:
        kind: how far.
        camps: the plans that say the same, the most plans first.

    >>> from gongkai.merging import Agreement, Camp
    >>> Agreement.of([Camp("区财政局", ("东城区", "西城区")), Camp("区审计局", ("朝阳区",))]).outliers
    ('朝阳区',)
    """

    kind: AgreementKind = field(converter=AgreementKind)
    camps: tuple[Camp, ...]

    @classmethod
    def of(cls, camps: Iterable[Camp]) -> Agreement:
        """Return how far camps agree; of two with as many plans, the one that is named first comes first."""
        found = tuple(sorted(camps, key=lambda camp: -len(camp.columns)))
        sizes = [len(camp.columns) for camp in found]
        if sum(sizes) < 2:
            return cls(AgreementKind.SINGLE if sizes else AgreementKind.NONE, found)
        if len(sizes) == 1:
            return cls(AgreementKind.SAME, found)
        most = 2 * sizes[0] > sum(sizes)
        return cls(AgreementKind.MOSTLY if most else AgreementKind.DIVIDED, found)

    @property
    def outliers(self) -> tuple[str, ...]:
        """The plans that say something else than most."""
        if self.kind is not AgreementKind.MOSTLY:
            return ()
        return tuple([column for camp in self.camps[1:] for column in camp.columns])

    @property
    def differs(self) -> bool:
        """Whether two plans say two things."""
        return len(self.camps) > 1


def main_body(tasks: Iterable[Task]) -> Department | None:
    """Return who answers for tasks first of all: who leads, else the first that is responsible, else anybody.

    The first body of a clause leads by the custom of these plans (列第一位者为牵头单位).
    """
    assignments = [item for task in tasks for item in task.assignments if item.departments]
    for role in (Role.LEAD, Role.RESPONSIBLE, *Role):
        for item in assignments:
            if item.role is role:
                return item.departments[0]
    return None


@final
class Bodies:
    """Tells which departments of several plans are one, each other's like, or took over from each other.

    Args:
        plans: the plans.
        order: the positions of the plans in an order that does not depend on the one that they are given in.
        directory: what knows the departments.
    """

    def __init__(self, plans: Sequence[Plan], order: Sequence[int], directory: Directory | None) -> None:
        self._plans = plans
        self._order = order
        self._directory = directory
        self._tells: dict[tuple[int, int], Tell] = {}

    def agree(self, named: Mapping[int, Department], columns: Sequence[str]) -> Agreement:
        """Return whether the departments that plans name are each other's like.

        Args:
            named: for plans, by their positions, the department.
            columns: what the plans are called.
        """
        camps: list[list[int]] = []
        for plan in [plan for plan in self._order if plan in named]:
            home = next(
                (camp for camp in camps if self._like(camp[0], named[camp[0]], plan, named[plan])), None
            )
            if home is None:
                camps.append([plan])
            else:
                home.append(plan)
        says = [_called([named[plan].name for plan in camp]) for camp in camps]
        return Agreement.of([_camp(name, camp, columns) for name, camp in zip(says, camps, strict=True)])

    def _like(self, one: int, first: Department, other: int, second: Department) -> bool:
        if first.name == second.name:
            return True
        tell = self._tells.get((one, other))
        if tell is None:
            tell = self._tells[one, other] = bodies_of(self._plans[one], self._plans[other], self._directory)
        return tell(first, second) is not None


def _called(names: Sequence[str]) -> str:
    """Return what names of one department have in common: 财政局 of 市财政局 and 区财政局; else the last."""
    bare = {name[1:] if name[:1] in _LEVELS else name for name in names}
    return bare.pop() if len(bare) == 1 and len(set(names)) > 1 else names[-1]


def _camp(says: str, plans: Iterable[int], columns: Sequence[str]) -> Camp:
    return Camp(says, tuple([columns[plan] for plan in sorted(plans)]))


def deadlines_agree(
    found: Mapping[int, Sequence[Task]], plans: Sequence[Plan], order: Sequence[int], columns: Sequence[str]
) -> Agreement:
    """Return whether tasks of several plans are due at the same time, each seen from its plan's year."""
    camps: defaultdict[Hashable, list[int]] = defaultdict(list)
    says: dict[Hashable, str] = {}
    for plan in [plan for plan in order if plan in found]:
        when = _when(found[plan], plans[plan].year)
        if when is not None:
            camps[when].append(plan)
            says.setdefault(when, by_when(found[plan], plans[plan].year))
    return Agreement.of([_camp(says[when], members, columns) for when, members in camps.items()])


def _when(tasks: Sequence[Task], year: int | None) -> Hashable | None:
    """Return the last day on which tasks are due, or, where no day is named, what else is said."""
    deadlines = deadlines_of(tasks)
    last = last_day(deadlines)
    if last is not None:
        return last.year - (year or 0), last.month, last.day
    return frozenset([deadline.meaning(year or 0) for deadline in deadlines]) or None


def by_when(tasks: Iterable[Task], year: int | None) -> str:
    """Return the words of the tasks' deadlines, without the plan's year: 10月底前, 次年6月.

    >>> from gongkai import Deadline, Task
    >>> from gongkai.merging.sidebyside.agreeing import by_when
    >>> due = [Deadline.by_month(2024, 10), Deadline.by_year(2024), Deadline.by_month(2025, 6)]
    >>> by_when([Task("公开预算。", deadlines=due)], 2024)
    '10月、年底前、次年6月'
    """
    return "、".join(dict.fromkeys([_words(deadline, year) for deadline in deadlines_of(tasks)]))


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)((?:19|20)\d\d)年度?(?=(\w?))")


def _words(deadline: Deadline, year: int | None) -> str:
    text = "".join(deadline.text.split())
    return text if year is None else _year().sub(lambda found: _relative(found, year), text)


def _relative(found: re.Match[str], year: int) -> str:
    """Return a year as it is called in a plan for that year: nothing before a month, 年 before 底, 次年."""
    apart, follows = int(found[1]) - year, found[2]
    if apart in _OTHER_YEARS:
        return _OTHER_YEARS[apart]
    if apart:
        return found[0]
    return "年" if follows in _ENDS else "" if follows else "本年"
