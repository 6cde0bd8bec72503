"""The tasks on a page of their own: their addresses and tokens, and the tools that filter them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import final

from gongkai.model import Role, Task
from gongkai.views._html import Html, join, tag
from gongkai.views._page_tools import (
    Ids,
    bar,
    choice,
    filtered,
    item,
    search_box,
    shown,
    switch,
    theme,
)
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["TaskIndex"]


@final
class TaskIndex:
    """What is known of the tasks that were drawn so far."""

    def __init__(self, tokens: Callable[[Task], Iterable[str]] | None = None) -> None:
        """Tasks have other tokens too where ``tokens`` gives them."""
        self.ids = Ids()
        self.addresses: dict[int, str] = {}
        self._more = tokens
        self._bodies: dict[str, str] = {}
        self._leads = False
        self._drawn = 0

    def row(self, task: Task, *cells: str, class_: str = "") -> Html:
        """The row of a task, which can be filtered, found and linked to."""
        self._drawn += 1
        address = self.ids.of("task", task.key or task.label or "")
        self.addresses[id(task)] = address
        tokens = self.tokens(task)
        if self._more is not None:
            tokens += self._more(task)
        # An item without words of its own is only the head of its parts, which are counted.
        kind = class_ if task.text.strip() else f"{class_} gk-aside".strip()
        return item("tr", *cells, of=tokens, address=address, class_=kind)

    def tokens(self, task: Task) -> list[str]:
        """The departments of a task, those that lead once more."""
        found: list[str] = []
        for held in task.assignments:
            for name in map(clean, held.names):
                place = self._bodies.setdefault(name, str(len(self._bodies)))
                found.append(f"d-{place}")
                if held.role is Role.LEAD:
                    self._leads = True
                    found += ["l", f"l-{place}"]
        return found

    def tools(self, say: Words) -> Html:
        """The bar; where there are no tasks, the theme alone."""
        end = tag("span", theme(say), class_="gk-end")
        if not self._drawn:
            return bar(end, label=say["page.tools"])
        told = [search_box(say), *self.choices(say)]
        return join([bar(*told, shown(say), end, label=say["page.tools"]), filtered(say)])

    def choices(self, say: Words) -> list[Html]:
        """The lists and switches that filter by department."""
        bodies = sorted((name, f"d-{place}") for name, place in self._bodies.items())
        told = [choice("d", say["page.bodies"], [(token, name) for name, token in bodies])]
        return told + ([switch(say["page.leads"], swap=("d", "l"))] if self._leads else [])

    def link(self, name: str) -> str | None:
        """The token of a department that some task names."""
        place = self._bodies.get(name)
        return None if place is None else f"d-{place}"
