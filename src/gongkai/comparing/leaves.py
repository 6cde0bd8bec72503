"""The finest tasks of a plan, as an alignment sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from gongkai.comparing.relations import time_of
from gongkai.comparing.wording import folded, grams, sentences
from gongkai.model import Block, DepartmentKind, Plan, Section, Task

if TYPE_CHECKING:
    from gongkai.directory import Directory

__all__ = ["Leaf", "Profile", "leaves"]

#: How many sentences of a task are compared one by one; what follows counts as one more.
_SENTENCES: Final = 40

#: What names of bodies begin with, but 市场监管局 with its own name; 区教委 and 市教委 have one function.
_LEVEL: Final = re.compile("[省区县]|市(?!场)")


class Profile:
    """A text as sets of grams: of the whole, and of each sentence."""

    __slots__ = ("sentences", "whole")

    def __init__(self, text: str) -> None:
        cut = sentences(text)
        if len(cut) > _SENTENCES:
            cut = (*cut[:_SENTENCES], "".join(cut[_SENTENCES:]))
        self.sentences = [grams(part) for part in cut] or [grams(text)]
        self.whole = frozenset[str]().union(*self.sentences)


class Leaf:
    """One task with text of its own, and where it stands.

    ``place`` tells how far down the plan it stands, from 0 to 1; ``functions`` what the departments that it
    names do, as far as the directory knows: the same in every division, before and after a reform.
    """

    __slots__ = ("bodies", "functions", "headings", "index", "place", "profile", "task", "text")

    def __init__(
        self, task: Task, headings: tuple[str, ...], index: int, place: float, functions: frozenset[str]
    ) -> None:
        self.task = task
        self.functions = functions
        self.headings = headings
        self.index = index
        self.place = place
        self.text = folded(task.text)
        self.profile = Profile(task.text)
        self.bodies = tuple(
            dict.fromkeys(
                _LEVEL.sub("", body.name, count=1) if _LEVEL.match(body.name) else body.name
                for body in task.departments
                if body.kind is not DepartmentKind.COLLECTIVE and not body.name.startswith("各")
            )
        )


def leaves(plan: Plan, directory: Directory | None = None) -> list[Leaf]:
    """Return the tasks that have text of their own, in document order."""
    found = [(task, headings) for task, headings in _below(plan.content, ()) if task.text.strip()]
    does = _functions_in(plan, directory)
    return [
        Leaf(task, headings, index, index / len(found), does(task))
        for index, (task, headings) in enumerate(found)
    ]


def _functions_in(plan: Plan, given: Directory | None) -> Callable[[Task], frozenset[str]]:
    """Return what tells the functions of a task's departments, as their names are meant in the plan."""
    from gongkai.directory import Directory  # imported when a department is first looked up

    directory, on = given or Directory.default(), time_of(plan)

    def functions(task: Task) -> frozenset[str]:
        found = [
            directory.resolve(body.name, division=plan.division, on=on).organ for body in task.departments
        ]
        return frozenset([function for organ in found if organ is not None for function in organ.functions])

    return functions


def _below(blocks: Iterable[Block], headings: tuple[str, ...]) -> Iterator[tuple[Task, tuple[str, ...]]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _below(block.content, (*headings, "".join(block.heading.split())))
        elif isinstance(block, Task):
            for task in block.walk():
                yield task, headings
