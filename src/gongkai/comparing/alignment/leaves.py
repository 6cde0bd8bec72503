"""The finest tasks of a plan, as an alignment sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, final

from gongkai.comparing.alignment.profiles import Profile, profile_of
from gongkai.comparing.alignment.wording import folded
from gongkai.comparing.relations import time_of
from gongkai.model import Block, DepartmentKind, Plan, Section, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Leaf", "leaves"]

_Does: TypeAlias = Callable[[Task], frozenset[str]]

#: What names of bodies begin with, but 市场监管局 with its own name; 区教委 and 市教委 have one function.
_LEVEL: Final = re.compile("^(?:[省区县]|市(?!场))")

_NONE: Final = frozenset[str]()


@final
class Leaf:
    """One task with text of its own, and where it stands.

    ``place`` tells how far down the plan it stands, from 0 to 1. What takes time to find out is found out
    when somebody asks: most tasks of two editions of one plan are settled by their text.
    """

    __slots__ = ("_bodies", "_does", "_functions", "headings", "index", "place", "task", "text")

    def __init__(self, task: Task, headings: tuple[str, ...], index: int, place: float, does: _Does) -> None:
        self.task = task
        self.headings = headings
        self.index = index
        self.place = place
        self.text = folded(task.text)
        self._does = does
        self._bodies: tuple[str, ...] | None = None
        self._functions: frozenset[str] | None = None

    @property
    def profile(self) -> Profile:
        """What the text is compared by."""
        return profile_of(self.text)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The departments that it names, without the level of their division; collectives are none."""
        if self._bodies is None:
            self._bodies = _bodies_of(self.task)
        return self._bodies

    @property
    def functions(self) -> frozenset[str]:
        """What its departments do, as far as the directory knows: the same in every division and time."""
        if self._functions is None:
            self._functions = self._does(self.task)
        return self._functions


def leaves(plan: Plan, directory: Directory | None = None) -> list[Leaf]:
    """Return the tasks that have text of their own, in document order."""
    found = [(task, headings) for task, headings in _below(plan.content, ()) if task.text.strip()]
    does = _functions_in(plan, directory)
    return [
        Leaf(task, headings, index, index / len(found), does) for index, (task, headings) in enumerate(found)
    ]


def _bodies_of(task: Task) -> tuple[str, ...]:
    if not task.assignments:
        return ()
    bodies = [body for item in task.assignments for body in item.departments]
    names = [_own_name(body.name) for body in bodies if body.kind is not DepartmentKind.COLLECTIVE]
    return tuple(dict.fromkeys([name for name in names if name]))


@lru_cache(maxsize=4096)
def _own_name(name: str) -> str:
    """Return a name without the level of its division; nothing for 各区 and the like."""
    return "" if name.startswith("各") else _LEVEL.sub("", name, count=1)


def _functions_in(plan: Plan, given: Directory | None) -> _Does:
    """Return what tells the functions of a task's departments, as their names are meant in the plan."""
    from gongkai.directory import Directory  # imported when a department is first looked up

    directory, division, on = given or Directory.default(), plan.division, time_of(plan)
    known: dict[str, tuple[str, ...]] = {}

    def functions(task: Task) -> frozenset[str]:
        if not task.assignments:
            return _NONE
        found: list[str] = []
        for body in task.departments:
            does = known.get(body.name)
            if does is None:
                organ = directory.resolve(body.name, division=division, on=on).organ
                does = known[body.name] = organ.functions if organ is not None else ()
            found.extend(does)
        return frozenset(found)

    return functions


def _below(blocks: Iterable[Block], headings: tuple[str, ...]) -> Iterator[tuple[Task, tuple[str, ...]]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _below(block.content, (*headings, "".join(block.heading.split())))
        elif isinstance(block, Task):
            for task in block.walk():
                yield task, headings
