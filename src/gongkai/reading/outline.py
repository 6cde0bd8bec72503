"""From passages to a tree: what stands below what, by the labels' levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from gongkai.model import Finding
from gongkai.reading.findings import finding
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import Passage, label_number, styles
from gongkai.reading.numbering import Numbering
from gongkai.reading.segments import Segment, has_square, split

__all__ = ["ATTACHMENT", "CHAPTER", "Node", "aims_begin", "aims_pattern", "check_numbers", "grow"]


#: The style of attachments.
ATTACHMENT: Final = next(at for at, style in enumerate(styles()) if style.name == "attachment")
#: The level of chapters (一、), and the one of passages without a label.
CHAPTER: Final = 3
UNLABELLED: Final = 99
#: A document has its clauses in sentences where these are at least one of so many.
_MOST: Final = 4


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

    def __init__(self, passage: Passage, rank: int, segments: list[Segment]) -> None:
        self.passage = passage
        self.labelled = rank != UNLABELLED
        self.rank = rank
        self.segments = segments
        # all segments but the last have a clause, as they come from the passage
        self.clauses = len(segments) if segments[-1].clause is not None else len(segments) - 1
        self.children: list[Node] = []

    @classmethod
    def of(cls, passage: Passage) -> Node:
        """Return the node of one passage by itself."""
        rank = UNLABELLED if passage.style < 0 else styles()[passage.style].rank
        return cls(passage, rank, _folded(split(passage)))

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


def grow(passages: Sequence[Passage]) -> tuple[list[Node], list[Node]]:
    """Return the nodes at the top, each with what stands below it, and the nodes of several clauses."""
    ranks = _ranks()
    square = has_square("".join([passage.text for passage in passages]))
    top: list[Node] = []
    several: list[Node] = []
    below = top  # where an unlabelled passage goes
    open_nodes: list[Node] = []
    loose: list[tuple[Node, bool]] = []
    for passage in passages:
        rank = ranks[passage.style]
        segments = split(passage, square)
        if len(segments) > 1:
            segments = _folded(segments)
        node = Node(passage, rank, segments)
        if rank != UNLABELLED:
            while open_nodes and open_nodes[-1].rank >= rank:
                open_nodes.pop()
            below = open_nodes[-1].children if open_nodes else top
            open_nodes.append(node)
            below.append(node)
            below = node.children
        else:
            below.append(node)
        last = segments[-1]
        if last.opened == last.inside >= 0:  # a clause without brackets
            loose.append((node, below is top))
        if last is not segments[0]:
            several.append(node)
    if loose:
        _leave_text(loose, top)
    for node in top:
        if node.children:
            _settle(node, None)
    return _settled(top), several


@cache
def _ranks() -> tuple[int, ...]:
    """The level of each style; that of no style, which is -1, comes last."""
    return (*(style.rank for style in styles()), UNLABELLED)


def _leave_text(loose: Sequence[tuple[Node, bool]], top: Sequence[Node]) -> None:
    """Let clauses without brackets be text where they may be some: a signature, a sentence of prose.

    A single name signs, where no other line names bodies, or outside all items. A sentence that says who does
    what is prose in a document whose clauses have brackets.

    Args:
        loose: the passages with a clause that has no brackets, and whether they stand outside all items.
        top: the nodes at the top.
    """
    names = [node for node, _ in loose if node.segments[-1].is_names]
    sentences = [node for node, _ in loose if node.segments[-1].is_sentence]
    usual = _MOST * len(sentences) >= sum(below.clauses for node in top for below in node.walk())
    for node, is_outside in loose:
        last = node.segments[-1]
        signs = last.is_names and (is_outside or len(names) == 1) and last.may_sign
        if signs or (last.is_sentence and not usual):
            node.segments[-1] = Segment(node.passage, last.begin, len(node.passage.text))
            node.count()


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


def _settled(top: list[Node]) -> list[Node]:
    """Give clauses that begin paragraphs above all labels, or without any, to the paragraph before."""
    settled: list[Node] = []
    for at, node in enumerate(top):
        if node.labelled or not node.segments[0].is_clause_alone or not settled:
            if node.labelled:
                return settled + top[at:] if settled else top
            settled.append(node)
            continue
        settled[-1].segments[-1].more += (node.segments[0], *node.segments[0].more)
        settled[-1].count()
        if len(node.segments) > 1:
            node.segments = node.segments[1:]
            node.count()
            settled.append(node)
    return settled


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


@cache
def aims_begin() -> frozenset[str]:
    """What such a heading begins with: a cheap look before the pattern."""
    rows = table("headings")
    words = [word[0] for word in (*rows["aims"], *rows["seconds"])]
    return frozenset([*words, *"0123456789０１２３４５６７８９"])


def check_numbers(passages: Iterable[Passage], findings: list[Finding]) -> None:
    """Note numbers that skip or repeat.

    Below a new heading they may run on or begin anew at 1: both are usual.
    """
    numbers = Numbering()
    begun = False
    for passage in passages:
        label = passage.label
        if passage.style == ATTACHMENT:  # it has numbers of its own
            numbers = Numbering()
            continue
        if label is None or (number := label_number(label)) is None:
            continue
        if not begun and number > 1:
            findings.append(finding("starts-inside", passage.span(0, passage.tag), label=label))
        begun = True
        before = numbers.odd(passage.style, number, label)
        if before is not None:
            name = "number-repeated" if number == before[0] else "number-skipped"
            span = passage.span(0, passage.tag)
            findings.append(finding(name, span, label=label, before=before[1]))
