"""The finest tasks of a plan: those with text of their own, and the sections that each stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.model import Block, Plan, Section, Task

__all__ = ["finest_tasks", "heading_of"]


def finest_tasks(plan: Plan) -> Iterator[tuple[Task, tuple[Section, ...]]]:
    """Yield each task that has text of its own, in document order, with its sections, the outermost first."""
    return ((task, sections) for task, sections in _below(plan.content, ()) if task.text.strip())


def _below(
    blocks: Iterable[Block], sections: tuple[Section, ...]
) -> Iterator[tuple[Task, tuple[Section, ...]]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _below(block.content, (*sections, block))
        elif isinstance(block, Task):
            for task in block.walk():
                yield task, sections


def heading_of(sections: Iterable[Section]) -> str:
    """Return the headings with their labels on one line, as 二、深化重点领域公开 › （一）产业发展."""
    return " › ".join(["".join(f"{section.label or ''}{section.heading}".split()) for section in sections])
