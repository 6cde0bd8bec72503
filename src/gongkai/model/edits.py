"""Edits of a tree of blocks, as functions from tuples to tuples."""

from __future__ import annotations

from typing import TypeVar, cast

import attrs

from gongkai.model.blocks import Block, Paragraph, Section, Task

__all__ = ["children", "insert_block", "replace_block", "with_children"]

B = TypeVar("B", bound=Block)


def children(block: Block) -> tuple[Block, ...]:
    """What stands in a block: a section's content, a task's parts, nothing in a paragraph."""
    if isinstance(block, Section):
        return block.content
    return block.parts if isinstance(block, Task) else ()


def with_children(block: B, inside: tuple[Block, ...]) -> B:
    """Return the block with other content; the same object where it is the same content."""
    if isinstance(block, Section):
        return block if inside is block.content else cast(B, attrs.evolve(block, content=inside))
    if isinstance(block, Task):
        return (
            block
            if inside is block.parts
            else cast(B, attrs.evolve(block, parts=cast(tuple[Task, ...], inside)))
        )
    return block


def replace_block(blocks: tuple[Block, ...], key: str, by: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put other blocks, or none, where the section or task with that key stands."""
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph) and block.key == key:
            return (*blocks[:position], *by, *blocks[position + 1 :])
        inside = children(block)
        changed = replace_block(inside, key, by) if inside else inside
        if changed is not inside:
            return (*blocks[:position], with_children(block, changed), *blocks[position + 1 :])
    return blocks


def insert_block(
    blocks: tuple[Block, ...], new: Block, into: str | None, at: int | None
) -> tuple[Block, ...]:
    """Put one more block into the section or task with that key, or at the top."""
    if into is None:
        place = len(blocks) if at is None else at
        return (*blocks[:place], new, *blocks[place:])
    for position, block in enumerate(blocks):
        inside = children(block)
        if not isinstance(block, Paragraph) and block.key == into:
            changed = insert_block(inside, new, None, at)
        else:
            changed = insert_block(inside, new, into, at) if inside else inside
        if changed is not inside:
            return (*blocks[:position], with_children(block, changed), *blocks[position + 1 :])
    return blocks
