"""What must hold of any text that was read: every character has one owner, and blocks stand where they say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import pytest

import gongkai
from gongkai.model import Block, Finding, Paragraph, Piece, Pieces, Plan, Section, Span, Task
from gongkai.model.blocks import walk
from gongkai.reading.pieces import Marks
from gongkai.testing import losses

#: The kinds of pieces that belong to exactly one block.
_OWNED = frozenset({"heading", "text", "label", "clause", "extras"})
#: What may stand in the span of a task or a paragraph beside the blocks inside; rows of tables span their rules.
_INSIDE = _OWNED | {"paragraph", "closing", "stop", "break", "blank"}


def broken_laws(text: str) -> list[str]:
    """Read a text and say which laws do not hold."""
    taken: list[str] = []
    inner = Marks.pieces

    def watched(marks: Marks, text: str, breaks: set[tuple[int, int]], findings: list[Finding]) -> Pieces:
        for (start, end, kind), (after, _, other) in pairwise(sorted(marks.found)):
            if after < end:
                taken.append(f"{kind} at {start} and {other} at {after} own the same characters")
        return inner(marks, text, breaks, findings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Marks, "pieces", watched)
        plan = gongkai.parse(text)
    return taken + list(losses(plan)) + _Blocks(plan).told


class _Blocks:
    """Walks the blocks of a plan and tells what is odd about their places."""

    def __init__(self, plan: Plan) -> None:
        assert plan.source is not None
        assert plan.source.text is not None
        self.text = plan.source.text
        self.pieces = tuple(plan.source.pieces)
        self.starts = [piece.start for piece in self.pieces]
        self.edges = {0, *(piece.end for piece in self.pieces)}
        self.tables = any(piece.kind == "column" for piece in self.pieces)
        self.owners: dict[int, Block] = {}
        self.told: list[str] = []
        for blocks in (plan.preamble, plan.content, plan.closing):
            self._siblings(blocks, None)
        for piece in self.pieces:
            if piece.kind in _OWNED - {"label"} and piece.start not in self.owners:
                self.told.append(f"{piece} belongs to no block")
        for found in plan.findings:
            if found.span is not None and found.span.end > len(self.text):
                self.told.append(f"{found.code} stands behind the end")
        for task in plan.all_tasks:
            self.told += [
                f"deadline {due.text} of {task.key} is {due.span.of(self.text)!r} where it stands"
                for due in task.deadlines
                if due.span is not None and not _same(due.span.of(self.text), due.text)
            ]

    def _siblings(self, blocks: Sequence[Block], around: Span | None) -> None:
        for block in blocks:
            if block.span is None:
                self.told.append(f"{block!r} has no span")
                continue
            if around is not None and not around.start <= block.span.start <= block.span.end <= around.end:
                self.told.append(f"{block!r} at {block.span} stands outside {around}")
            if not {block.span.start, block.span.end} <= self.edges:
                self.told.append(f"{block!r} at {block.span} begins or ends within a piece")
            self._block(block, block.span)

    def _block(self, block: Block, span: Span) -> None:
        inside: tuple[Block, ...] = ()
        if isinstance(block, Section):
            inside = block.content
        elif isinstance(block, Task):
            inside = block.parts
        self._siblings(inside, span)
        below = [one.span for one in inside if one.span is not None]
        own = [piece for piece in self._within(span) if not any(_holds(one, piece) for one in below)]
        for piece in own:
            if piece.kind in _INSIDE - {"stop", "break", "blank"}:
                if piece.start in self.owners:
                    self.told.append(f"{piece} belongs to {self.owners[piece.start]!r} and to {block!r}")
                self.owners[piece.start] = block
            elif piece.kind not in _INSIDE and not inside and not self.tables and block.kind != "section":
                self.told.append(f"{piece} stands in {block!r}")
        kinds, said = _said(block)
        made = "".join([self.text[piece.start : piece.end] for piece in own if piece.kind in kinds])
        if made != said:
            self.told.append(f"{block!r} says {said!r}, its pieces {made!r}")

    def _within(self, span: Span) -> list[Piece]:
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [piece for piece in self.pieces[first:last] if _holds(span, piece)]


def _said(block: Block) -> tuple[frozenset[str], str]:
    """The kinds of pieces that a block's own words are, and these words."""
    if isinstance(block, Section):
        return frozenset({"heading"}), block.heading
    if isinstance(block, Paragraph):
        return frozenset({"paragraph", "closing"}), block.text
    return frozenset({"text"}), block.text


def _holds(span: Span, piece: Piece) -> bool:
    return any(start <= piece.start and piece.end <= end for start, end in span.pieces)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def shown(plan: Plan) -> list[str]:
    """Each block in a line: its kind, key, label, own words, who answers, when, and where it stands."""
    return [_line(block) for blocks in (plan.preamble, walk(plan.content), plan.closing) for block in blocks]


def _line(block: Block) -> str:
    names = dues = key = ""
    if not isinstance(block, Paragraph):
        key = block.key or ""
    if isinstance(block, Task):
        names = "、".join(name for item in block.assignments for name in item.names)
        dues = "、".join(due.text for due in block.deadlines)
    place = "" if block.span is None else " ".join(f"{start}:{end}" for start, end in block.span.pieces)
    words = " | ".join([block.label or "", _said(block)[1], names, dues, place])
    return f"{block.kind} {key} | {words}"
