"""Applying a diff: the changes alone turn the old plan into the new one."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from gongkai.comparing.diffing.assembling import assemble, plan_fields
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.tree import check_plan, lone, own_fields
from gongkai.errors import PatchError
from gongkai.model import Block, Paragraph, Plan
from gongkai.model.edits import children, with_children

__all__ = ["apply", "check_fits"]


def apply(diff: Diff, plan: Plan) -> Plan:
    """Return the plan with all changes of the diff made; see :meth:`Diff.apply`."""
    check_plan("Diff.apply", "plan", plan)
    check_fits(diff.old, plan)
    root = assemble(diff, plan)
    fields = plan_fields(diff.changes, plan)
    if diff.part_of is None:
        content = _with_keys([slot.built() for slot in root.below], diff.new.content)
    else:
        content = tuple([slot.built() for slot in root.below])
    return attrs.evolve(plan, content=content, **fields)  # type: ignore[arg-type]


def _with_keys(blocks: Sequence[Block], pattern: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the keys of others that are built alike."""
    if len(blocks) != len(pattern):
        raise PatchError("the new plan", f"{len(pattern)} blocks, {list(pattern)!r}", f"{list(blocks)!r}")
    return tuple([_with_key(block, like) for block, like in zip(blocks, pattern, strict=True)])


def _with_key(block: Block, like: Block) -> Block:
    if isinstance(block, Paragraph) or isinstance(like, Paragraph):
        return block
    inside = _with_keys(children(block), children(like))
    if any(a is not b for a, b in zip(inside, children(block), strict=True)):
        block = with_children(block, inside)
    return block if block.key == like.key else attrs.evolve(block, key=like.key)


def check_fits(expected: Plan, plan: Plan) -> None:
    """Raise for the first place where the plan is not the one that is expected.

    Raises:
        PatchError: they differ; it names the place.
    """
    if plan == expected:
        return
    for field in attrs.fields(Plan):
        ours, theirs = getattr(expected, field.name), getattr(plan, field.name)
        if field.eq and field.name != "content" and ours != theirs:
            raise PatchError(f"plan.{field.name}", _short(ours), _short(theirs))
    _check_blocks("the top of the plan", expected.content, plan.content)


def _check_blocks(place: str, expected: Sequence[Block], found: Sequence[Block]) -> None:
    for ours, theirs in zip(expected, found, strict=False):
        if ours == theirs:
            continue
        here = place if isinstance(theirs, Paragraph) else theirs.key or place
        if own_fields(ours) != own_fields(theirs):
            raise PatchError(here, repr(lone(ours)), repr(lone(theirs)))
        _check_blocks(here, children(ours), children(theirs))
    if len(expected) != len(found):
        raise PatchError(place, f"{len(expected)} blocks", str(len(found)))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
