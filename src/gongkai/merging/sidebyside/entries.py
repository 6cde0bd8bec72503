"""The tasks of plans that are laid side by side, and an order of plans that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import final

from attrs import frozen

from gongkai.codec import dumps
from gongkai.model import Block, Plan, Section, Task

__all__ = ["Entry", "entries_of", "order_of"]


@final
@frozen(eq=False)
class Entry:
    """One task of one plan.

    Attributes:
        plan: the position of the plan.
        task: the task.
        chapter: the chapter that it stands in; None where it stands in none.
        place: how far down the plan it stands, from 0 to 1.
    """

    plan: int
    task: Task
    chapter: Section | None
    place: float

    @property
    def title(self) -> str:
        """What the task is called where it has no text: its number, or its key."""
        return self.task.label or self.task.key or ""


def entries_of(plan: Plan, position: int) -> list[Entry]:
    """Return the tasks of a plan that say something of their own: all but those that only hold others."""
    found = [(task, chapter) for task, chapter in _below(plan.content, None) if not _holds_only(task)]
    return [
        Entry(position, task, chapter, (place + 0.5) / len(found))
        for place, (task, chapter) in enumerate(found)
    ]


def _below(blocks: Iterable[Block], chapter: Section | None) -> Iterator[tuple[Task, Section | None]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _below(block.content, chapter or block)
        elif isinstance(block, Task):
            for task in block.walk():
                yield task, chapter


def _holds_only(task: Task) -> bool:
    own = task.text.strip() or task.assignments or task.deadlines or task.extras
    return bool(task.parts) and not own


def order_of(plans: Sequence[Plan]) -> list[int]:
    """Return the positions of the plans by year, title and all that they say, whatever order they came in."""
    facts = [(plan.year or 0, plan.title, dumps(plan, source=False)) for plan in plans]
    return sorted(range(len(plans)), key=lambda place: facts[place])
