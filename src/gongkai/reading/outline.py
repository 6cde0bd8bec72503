"""From passages to a tree: what stands below what, by the labels' levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage, label_number, styles
from gongkai.reading.segments import Segment, split

__all__ = ["CHAPTER", "Node", "aims_pattern", "check_numbers", "grow"]


class Node:
    """A passage and what stands below it; only labelled passages have something below them.

    Attributes:
        passage: the passage.
        labelled: whether it has a label.
        rank: the level of its label.
        segments: its passage in segments.
        clauses: how many responsibility clauses its own passage has.
        children: the nodes below, in order.
    """

    __slots__ = ("children", "clauses", "labelled", "passage", "rank", "segments")

    def __init__(self, passage: Passage, rank: int) -> None:
        self.passage = passage
        self.labelled = passage.style >= 0
        self.rank = rank
        segments = split(passage)
        if len(segments) > 1:
            segments = _folded(segments)
        self.segments: list[Segment] = segments
        # all segments but the last have a clause, as they come from the passage
        self.clauses = len(segments) if segments[-1].clause is not None else len(segments) - 1
        self.children: list[Node] = []

    def count(self) -> None:
        """Count the texts of its passage for which somebody answers."""
        self.clauses = sum([segment.carries for segment in self.segments])

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def _folded(segments: list[Segment]) -> list[Segment]:
    """Give a clause that directly follows another clause to the same text."""
    if not any(segment.is_clause_alone for segment in segments[1:]):
        return segments
    kept = segments[:1]
    for segment in segments[1:]:
        if segment.is_clause_alone:
            kept[-1].more += (segment,)
        else:
            kept.append(segment)
    return kept


#: The level of chapters (一、), and the one of passages without a label.
CHAPTER: Final = 3
UNLABELLED: Final = 99


def grow(passages: Iterable[Passage]) -> list[Node]:
    """Return the nodes at the top, each with what stands below it."""
    ranks = [*(style.rank for style in styles()), UNLABELLED]  # no style is -1, the last
    top: list[Node] = []
    open_nodes: list[Node] = []
    for passage in passages:
        rank = ranks[passage.style]
        node = Node(passage, rank)
        if rank != UNLABELLED:
            while open_nodes and open_nodes[-1].rank >= rank:
                open_nodes.pop()
        (open_nodes[-1].children if open_nodes else top).append(node)
        if rank != UNLABELLED:
            open_nodes.append(node)
    for node in top:
        if node.children:
            _settle(node, None)
    return top


def _settle(node: Node, parent: Node | None) -> None:
    """Give a clause that begins a paragraph to the text before it, and below sub-items to their item."""
    last = node.segments[-1]
    changed = False
    for child in node.children:
        if child.labelled:
            if child.children:
                _settle(child, node)
            continue
        first = child.segments[0]
        if first.is_clause_alone:
            target = last
            if parent is not None and _speaks_for_all(node, parent):
                target = parent.segments[-1]
            target.more += (first, *first.more)
            child.segments = child.segments[1:]
            changed = True
        if child.segments:
            last = child.segments[-1]
    if changed:
        node.children = [child for child in node.children if child.labelled or child.segments]
        for child in node.children:
            child.count()
        node.count()
        if parent is not None:
            parent.count()


def _speaks_for_all(node: Node, parent: Node) -> bool:
    """Whether a clause alone behind the last of several items, none of which has one, is their item's."""
    items = [child for child in parent.children if child.labelled]
    alone = parent.labelled and styles()[parent.passage.style].item and len(items) > 1 and items[-1] is node
    return alone and not any(child.clauses for child in items)


@cache
def aims_pattern() -> re.Pattern[str]:
    """A heading of aims or principles, and of nothing else."""
    rows = table("headings")
    joint = rf"\s*(?:{alternatives(rows['joints'])})\s*"
    words = alternatives(rows["aims"], spaced=True)
    seconds = alternatives(rows["seconds"], spaced=True)
    more = f"{joint}(?:{words}|{seconds})"
    year = r"(?:[0-9０-９]{4}\s*年度?\s*)?"
    return re.compile(rf"{year}(?:(?:{words})(?:{more})*|(?:{seconds})(?:{more})+)[。:：]?")


def check_numbers(passages: Iterable[Passage], findings: list[Finding]) -> None:
    """Note numbers that skip or repeat.

    Below a new heading they may run on or begin anew at 1: both are usual.
    """
    last: dict[int, tuple[int, str]] = {}
    below_new: set[int] = set()  # the styles that had a heading above them since their last number
    count = len(styles())
    current = -1
    for passage in passages:
        label = passage.label
        if label is None or (number := label_number(label)) is None:
            continue
        style = passage.style
        before = last.get(style)
        if before is not None and number != before[0] + 1:
            anew = number == 1 and (style in below_new or before[0] != 1)
            if not anew:
                name = "number-repeated" if number == before[0] else "number-skipped"
                span = passage.span(0, passage.tag)
                findings.append(finding(name, span, label=label, before=before[1]))
        last[style] = (number, label)
        if style != current:  # several of one style change nothing below them
            below_new.discard(style)
            below_new.update(range(style + 1, count))
            current = style
