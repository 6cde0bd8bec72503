"""A text cut into the stretches that each section, task and paragraph of its plan was read from.

Every character belongs to what stands above the first block, to one block, to the gap behind one, or to what
stands below the last: joined together they are the text again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from gongkai.comparing.diffing.changes import Subject
from gongkai.comparing.diffing.tree import Node, Tree
from gongkai.model import Plan, Span
from gongkai.reading import parse

__all__ = ["Chunk", "Cut", "Part", "body_of", "cut"]

_BETWEEN: Final = ("blank", "break")

#: The kinds of pieces that a field is printed in, by the field.
_FIELDS: Final = {
    "label": "label",
    **dict.fromkeys(("text", "heading", "paragraph", "closing"), "text"),
    "clause": "clause",
}


class Part(NamedTuple):
    """Where a field stands in a chunk, as offsets into its own text."""

    start: int
    end: int


@attrs.frozen
class Chunk:
    """What one block was read from.

    Attributes:
        raw: the text, from the beginning of its line, if nothing else stands there.
        gap: what stands between it and the next one; None for the last.
        parts: where its label, text and clause stand; nothing where they are not in this order.
        first: whether a line begins with it.
    """

    raw: str
    gap: str | None
    parts: dict[str, Part]
    first: bool


@attrs.frozen
class Cut:
    """A text, cut.

    Attributes:
        plan: the plan that was read from it.
        tree: its blocks, those of the preamble and the closing too.
        head: what stands above the first block.
        chunks: what each block was read from; a block that nothing was printed for has none.
        tail: what stands below the last block.
        gaps: what usually stands between two blocks, by what they are; None for any two.
    """

    plan: Plan
    tree: Tree
    head: str
    chunks: dict[Node, Chunk]
    tail: str
    gaps: Mapping[tuple[Subject, Subject] | None, str]

    def gap(self, one: Subject, other: Subject) -> str:
        """Return what usually stands between two blocks."""
        return self.gaps.get((one, other), self.gaps[None])


class _Run(NamedTuple):
    node: Node
    start: int
    end: int
    kinds: tuple[tuple[str, int, int], ...]


def body_of(plan: Plan) -> Plan:
    """Return a plan whose content is all blocks of another, from the preamble to the closing."""
    return Plan("", (*plan.preamble, *plan.content, *plan.closing))


def cut(text: str) -> Cut | None:
    """Read a text and cut it; None where its blocks do not stand one behind the other.

    >>> found = cut("政务公开工作要点\\n1.公开目录。（区司法局负责落实）\\n2.做好解读。\\n")
    >>> [chunk.raw for chunk in found.chunks.values()], found.head, found.gaps[None]
    (['1.公开目录。（区司法局负责落实）', '2.做好解读。'], '政务公开工作要点\\n', '\\n')
    """
    plan = parse(text)
    tree = Tree(body_of(plan))
    runs = _runs(plan, tree)
    if runs is None:
        return None
    starts = [_line_start(text, run, runs[at - 1].end if at else 0) for at, run in enumerate(runs)]
    chunks: dict[Node, Chunk] = {}
    for at, (run, start) in enumerate(zip(runs, starts, strict=True)):
        gap = text[run.end : starts[at + 1]] if at + 1 < len(runs) else None
        first = start == 0 or text[start - 1] in "\r\n"
        chunks[run.node] = Chunk(text[start : run.end], gap, _parts(run, start), first)
    head, tail = (text[: starts[0]], text[runs[-1].end :]) if runs else (text, "")
    return Cut(plan, tree, head, chunks, tail, _usual(chunks))


def _usual(chunks: Mapping[Node, Chunk]) -> dict[tuple[Subject, Subject] | None, str]:
    counts: defaultdict[tuple[Subject, Subject] | None, Counter[str]] = defaultdict(Counter)
    for (one, chunk), (other, _) in pairwise(chunks.items()):
        gap = chunk.gap or ""
        if gap.endswith(("\n", "\r")) and not gap.strip():
            counts[one.subject, other.subject][gap] += 1
            counts[None][gap] += 1
    return {None: "\n", **{pair: found.most_common(1)[0][0] for pair, found in counts.items()}}


def _line_start(text: str, run: _Run, floor: int) -> int:
    """Return where the line of a run begins, if only white space stands before it."""
    start = run.start
    while start > floor and text[start - 1].isspace() and text[start - 1] not in "\r\n":
        start -= 1
    return start if start == 0 or text[start - 1] in "\r\n" else run.start


def _parts(run: _Run, start: int) -> dict[str, Part]:
    found: dict[str, Part] = {}
    order: list[str] = []
    for kind, begin, end in run.kinds:
        field = _FIELDS.get(kind)
        if field is None:
            continue
        if not order or order[-1] != field:
            order.append(field)
        part = found.get(field, Part(begin - start, end - start))
        found[field] = Part(part.start, end - start)
    expected = [field for field in ("label", "text", "clause") if field in found]
    return found if order == expected else {}


def _runs(plan: Plan, tree: Tree) -> list[_Run] | None:
    """Return the stretch of each block that has one, in the order of the text; None where they interleave."""
    if plan.source is None:
        return None
    found: list[_Run] = []
    seen: set[Node] = set()
    for node, kind, start, end in _owned(plan, tree):
        if found and found[-1].node is node:
            last = found[-1]
            found[-1] = _Run(node, last.start, end, (*last.kinds, (kind, start, end)))
        elif node in seen:
            return None
        else:
            seen.add(node)
            found.append(_Run(node, start, end, ((kind, start, end),)))
    indices = [run.node.index for run in found]
    return found if indices == sorted(indices) else None


def _owned(plan: Plan, tree: Tree) -> Iterator[tuple[Node, str, int, int]]:
    """Yield the pieces that belong to a block, each with the innermost one that it stands in."""
    placed = [(node, span) for node in tree.nodes if (span := _span(node)) is not None]
    placed.sort(key=lambda item: (item[1].start, -item[1].end, item[0].index))
    around: list[tuple[Node, Span]] = []
    at = 0
    for piece in plan.source.pieces if plan.source is not None else ():
        while at < len(placed) and placed[at][1].start <= piece.start:
            around.append(placed[at])
            at += 1
        while around and around[-1][1].end <= piece.start:
            around.pop()
        if piece.kind in _BETWEEN or piece.kind.startswith("noise"):
            continue
        owner = _innermost(around, piece.end)
        if owner is not None:
            yield owner, piece.kind, piece.start, piece.end


def _innermost(around: Sequence[tuple[Node, Span]], end: int) -> Node | None:
    return next((node for node, span in reversed(around) if span.end >= end), None)


def _span(node: Node) -> Span | None:
    return None if node.block is None else node.block.span
