"""Where each row of a workbook stands in the plan, after rows were moved, added or removed.

A row stands in the section that is open above it, unless what it stood in when it was written is open too: a
task behind a section of its chapter stays the chapter's own. Parts stay with their task.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import attrs

from gongkai.codec.keeping import cell_digest, has_row
from gongkai.model import Block, Paragraph, Plan, Section, Task
from gongkai.reading.kept.editing import Setting, added, edited, heading_of, paragraph_of
from gongkai.reading.kept.rows import KeptRow
from gongkai.reading.lines import label_of, styles

__all__ = ["placed"]


@attrs.define(eq=False)
class _Node:
    """A block while the plan is put together."""

    block: Block | None
    parent: _Node | None = None
    below: list[_Node] = attrs.field(factory=list["_Node"])
    is_placed: bool = False

    def add(self, node: _Node) -> None:
        node.is_placed = True
        node.parent = self
        self.below.append(node)

    def built(self) -> Block:
        inside = tuple([node.built() for node in self.below])
        block = self.block
        if isinstance(block, Section):
            return attrs.evolve(block, content=inside)
        if isinstance(block, Task):
            return attrs.evolve(block, parts=cast("tuple[Task, ...]", inside))
        return cast("Paragraph", block)


class _Placer:
    """Takes rows from top to bottom."""

    def __init__(self, plan: Plan, setting: Setting) -> None:
        self.setting = setting
        self.top = _Node(None)
        self.known: dict[str, _Node] = {}
        self.home: dict[str, str] = {}  # by id: the id of what it stood in; "" for the plan
        self.open: list[_Node] = [self.top]
        self.last: _Node | None = None
        self.paragraphs = 0
        self._know(plan.content, "")

    def _know(self, blocks: Iterable[Block], home: str) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraphs += 1
                id_ = f"paragraph {self.paragraphs}"
                inside: tuple[Block, ...] = ()
            elif isinstance(block, Section):
                id_, inside = f"section {block.key}", block.content
            else:
                id_, inside = f"task {block.key}", block.parts
            self.known[id_] = _Node(block)
            self.home[id_] = home
            self._know(inside, id_)

    def take(self, row: KeptRow) -> None:
        """Take in a row."""
        node = self.known.get(row.id)
        if node is None or node.block is None:
            self._take_new(row)
            return
        if node.is_placed:  # a copy of a row
            copy = node.block
            node = _Node(copy if isinstance(copy, Paragraph) else attrs.evolve(copy, key=None))
        else:
            row = self._label_above(row)
        assert node.block is not None  # noqa: S101 - only the top has none
        node.block = edited(node.block, row, self.setting)
        self._put(node, self._home_of(row.id))

    def _home_of(self, id_: str) -> _Node | None:
        home = self.home[id_]
        return self.known[home] if home else self.top

    def _put(self, node: _Node, home: _Node | None) -> None:
        """Put a node into what it stood in, where that is open still, else into what is open here."""
        if home is not None and isinstance(home.block, Task):
            if not home.is_placed and not has_row(home.block):
                id_ = f"task {home.block.key}"
                self._put(home, self._home_of(id_))
            into = home if home.is_placed else self.open[-1]
        else:
            into = home if home in self.open else self.open[-1]
        assert into is not None  # noqa: S101 - what is open is never empty
        into.add(node)
        self.last = node
        if into is not self.top and into in self.open:
            del self.open[self.open.index(into) + 1 :]
        if isinstance(node.block, Section):
            while self.open[-1] is not into:
                self.open.pop()
            self.open.append(node)

    def _label_above(self, row: KeptRow) -> KeptRow:
        """A number that is printed with the first part belongs to the item, and is no change of the part."""
        above = self._home_of(row.id)
        at = next((at for at, column in enumerate(row.columns) if column.holds == "number"), -1)
        if above is None or not isinstance(above.block, Task) or has_row(above.block) or above.is_placed:
            return row
        if at < 0 or not row.text(at) or not row.is_changed(at):
            return row
        above.block = attrs.evolve(above.block, label=row.text(at))
        digests = (*row.digests[:at], cell_digest(row.text(at)), *row.digests[at + 1 :])
        return row._replace(digests=digests)

    def _take_new(self, row: KeptRow) -> None:
        if not row.alone:
            task = added(row, self.setting)
            part_of = self.last and self.last.parent
            is_part = part_of is not None and isinstance(part_of.block, Task) and task.label is None
            (part_of if is_part and part_of is not None else self.open[-1]).add(node := _Node(task))
            self.last = node
            return
        label, text = heading_of(row.text(0))
        if label is None:
            self.open[-1].add(_Node(paragraph_of(row)))
            return
        self._open_below(_Node(Section(text, label=label)), label)

    def _open_below(self, node: _Node, label: str) -> None:
        """Open a new section beside the one that is numbered alike, else below what is open."""
        rank = _rank(label)
        while len(self.open) > 1:
            block = self.open[-1].block
            if not isinstance(block, Section) or _rank(block.label or "") < rank:
                break
            self.open.pop()
        self._put(node, self.open[-1])


def placed(plan: Plan, rows: Iterable[KeptRow], setting: Setting) -> tuple[Block, ...]:
    """Return the content of a plan as its rows tell it now."""
    placer = _Placer(plan, setting)
    for row in rows:
        placer.take(row)
    return tuple([node.built() for node in placer.top.below])


def _rank(label: str) -> int:
    style, _ = label_of(label)
    return styles()[style].rank if style >= 0 else 99
