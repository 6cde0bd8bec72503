"""What a block is recognised by: what it says, its number, where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Final

from gongkai.comparing.alignment.wording import folded, sentences
from gongkai.comparing.diffing.tree import Node, Tree, own_fields
from gongkai.merging.matching.labels import number_of
from gongkai.model import Section, Task

__all__ = [
    "LEAST",
    "beside",
    "bodies",
    "goes_on",
    "is_task",
    "label_of",
    "own",
    "said",
    "said_once",
    "sentences_of",
    "text_of",
]

#: How many characters a text or sentence must have to say anything about another one.
LEAST: Final = 8


def text_of(node: Node) -> str:
    """What it says: its text, or its heading."""
    block = node.block
    if block is None:
        return ""
    return block.heading if isinstance(block, Section) else block.text


def label_of(node: Node) -> str | None:
    """Its number as printed."""
    return None if node.block is None else node.block.label


def own(node: Node) -> Hashable:
    """All that it is, but for what stands in it."""
    return None if node.block is None else own_fields(node.block)


def said(node: Node) -> Hashable | None:
    """What it says, whatever its number; headings say too little."""
    text = text_of(node)
    return (node.subject, text) if text and not isinstance(node.block, Section) else None


def is_task(node: Node) -> bool:
    """Whether it is a task with words of its own."""
    return isinstance(node.block, Task) and bool(node.block.text)


def bodies(node: Node) -> set[str]:
    """The names of those who answer for it."""
    return {body.name for body in node.block.departments} if isinstance(node.block, Task) else set()


def beside(node: Node, step: int) -> Node | None:
    """The next or the previous one in the same place."""
    if node.parent is None:
        return None
    at = node.path[-1] + step
    return node.parent.below[at] if 0 <= at < len(node.parent.below) else None


def goes_on(of_base: Mapping[Node, Node], of_copy: Mapping[Node, Node], node: Node, other: Node) -> bool:
    """Whether two numbers are as far as each other from those before them, which are known to be one.

    The first in its place goes on from nothing; where the one before has no partner, the one behind tells.
    """
    step = -1
    if beside(node, -1) is None and beside(other, -1) is None:
        return label_of(node) is not None and number_of(label_of(node)) == number_of(label_of(other))
    next_to = beside(node, -1)
    if next_to is None or (next_to not in of_base and next_to not in of_copy):
        step = 1
        next_to = beside(node, 1)
    partner = next_to and (of_base.get(next_to) or of_copy.get(next_to))
    if next_to is None or partner is None or beside(other, step) is not partner:
        return False
    numbers = [number_of(label_of(one)) for one in (node, other, next_to, partner)]
    one, two, three, four = [number or 0 for number in numbers]
    return None not in numbers and one - two == three - four


def sentences_of(node: Node) -> tuple[str, ...]:
    """Its sentences, but for short ones."""
    return _sentences(text_of(node))


@lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple([each for each in map(folded, sentences(text)) if len(each) > LEAST])


def said_once(tree: Tree) -> dict[str, Node]:
    """The sentences that one task of a plan has, and no other; each with the task."""
    counts: Counter[str] = Counter()
    homes: dict[str, Node] = {}
    for node in tree.nodes:
        if is_task(node):
            for each in dict.fromkeys(sentences_of(node)):
                counts[each] += 1
                homes[each] = node
    return {each: node for each, node in homes.items() if counts[each] == 1}
