"""A plan written into the texts that it was merged from.

What a side has as it is to be is taken as it stands there, blanks and all; what comes from two sides is put
together. Whether the result says what the plan says is for the caller to check: it is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gongkai.comparing.diffing.tree import SUBJECTS, Node, Tree
from gongkai.merging.matching.pairing import Pairing
from gongkai.merging.texts.chunks import Chunk, Cut, body_of
from gongkai.merging.texts.composing import SIDES, chosen, composed
from gongkai.model import Block, Plan, Task

__all__ = ["Strip", "weave_plan"]

_HEAD: Final = "head"
_TAIL: Final = "tail"


class Strip(NamedTuple):
    """A stretch of a text, and which block it belongs to: the same for all plans of one merge."""

    name: tuple[object, ...]
    text: str


class _Placed(NamedTuple):
    """A block that is to be printed, and the chunks of it on each side."""

    block: Block
    nodes: Mapping[str, Node]
    chunks: Mapping[str, Chunk]


def weave_plan(plan: Plan, sides: Mapping[str, Cut], prefer: str, *, fine: bool) -> list[Strip] | None:
    """Write a plan; None where that cannot be done.

    Args:
        plan: the merged plan, or one that a side's view resolves it to.
        sides: the three texts, cut, by ``base``, ``ours`` and ``theirs``.
        prefer: the side that is followed in what is contested; empty where nothing is.
        fine: see :func:`composed`.
    """
    placed = [each for each in _placed(plan, sides) if each.chunks or not _silent(each.block)]
    if _leaves_noise(placed, sides):
        return None
    head = chosen({side: one.head for side, one in sides.items()}, prefer)
    tail = chosen({side: one.tail for side, one in sides.items()}, prefer)
    if head is None or tail is None:
        return None
    strips = [Strip((_HEAD,), head)]
    for at, each in enumerate(placed):
        found = {side: (_block(each, side), each.chunks[side]) for side in SIDES if side in each.chunks}
        text = composed(each.block, found, prefer, fine=fine)
        if text is None:
            return None
        last = at + 1 == len(placed)
        gap = "" if last else _gap(each, placed[at + 1], sides)
        name = tuple([(side, node.index) for side, node in sorted(each.nodes.items())])
        strips.append(Strip(name, text + gap))
    return [*strips, Strip((_TAIL,), tail)]


def _block(each: _Placed, side: str) -> Block:
    block = each.nodes[side].block
    return each.block if block is None else block


def _placed(plan: Plan, sides: Mapping[str, Cut]) -> Iterator[_Placed]:
    tree = Tree(body_of(plan))
    pairings = {side: Pairing(one.tree, tree) for side, one in sides.items()}
    for node in tree.nodes:
        nodes = {side: pairing.of_copy[node] for side, pairing in pairings.items() if node in pairing.of_copy}
        chunks = {
            side: sides[side].chunks[each] for side, each in nodes.items() if each in sides[side].chunks
        }
        if node.block is not None:
            yield _Placed(node.block, nodes, chunks)


def _silent(block: Block) -> bool:
    """Tell a block that is not printed itself: it only holds others."""
    if not isinstance(block, Task):
        return False
    return not (block.label or block.text or block.assignments or block.deadlines)


def _leaves_noise(placed: Sequence[_Placed], sides: Mapping[str, Cut]) -> bool:
    """Tell whether something that is no block stands behind a block that is dropped."""
    kept = {side: {id(each.chunks[side]) for each in placed if side in each.chunks} for side in sides}
    return any(
        chunk.gap is not None and bool(chunk.gap.strip()) and id(chunk) not in kept[side]
        for side, one in sides.items()
        for chunk in one.chunks.values()
    )


def _gap(each: _Placed, follower: _Placed, sides: Mapping[str, Cut]) -> str:
    """Return what stands between a block and the next one."""
    gaps = {side: chunk.gap for side, chunk in each.chunks.items() if chunk.gap is not None}
    gap = chosen(gaps)
    if gap is None:
        gap = gaps.get("ours", gaps.get("theirs", gaps.get("base")))
    first = not follower.chunks or any(chunk.first for chunk in follower.chunks.values())
    if gap is None or (first and not gap.endswith(("\n", "\r"))):
        return sides["ours"].gap(SUBJECTS[type(each.block)], SUBJECTS[type(follower.block)])
    return gap
