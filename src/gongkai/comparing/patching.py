"""Applying a diff: the changes alone turn the old plan into the new one.

What was removed and what moves is taken out; fields are set where they stand; what was added and what moves
is put in, in ascending order of its final place. Every block that stays keeps its place among those that
stay, so each insertion finds all that stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import attrs

from gongkai.comparing.changes import Act, Change, Path, Subject
from gongkai.comparing.difference import Diff
from gongkai.comparing.tree import check_plan, lone, own_fields, spanless
from gongkai.errors import PatchError
from gongkai.model import Block, Deadline, Paragraph, Plan
from gongkai.model.edits import children, with_children

__all__ = ["apply"]


class _Slot:
    """A block while the plan is being rebuilt: its fields, and what stands in it."""

    __slots__ = ("below", "block", "fields")

    def __init__(self, block: Block | None, below: list[_Slot]) -> None:
        self.block = block
        self.below = below
        self.fields: dict[str, object] = {}

    def built(self) -> Block:
        """Return the block with its new fields and all that now stands in it."""
        block = cast(Block, self.block)
        inside = tuple([slot.built() for slot in self.below])
        if self.fields:
            block = attrs.evolve(block, **self.fields)  # type: ignore[arg-type]
        same = len(inside) == len(children(block)) and all(
            a is b for a, b in zip(inside, children(block), strict=True)
        )
        return block if same else with_children(block, inside)


def _slots(blocks: Iterable[Block]) -> list[_Slot]:
    return [_Slot(block, _slots(children(block))) for block in blocks]


def _at(root: _Slot, path: Path) -> _Slot:
    for position in path:
        if position >= len(root.below):
            raise PatchError(_place(root), f"a block at position {position}", f"{len(root.below)} blocks")
        root = root.below[position]
    return root


def _place(slot: _Slot) -> str:
    if slot.block is None:
        return "the top of the plan"
    return repr(slot.block) if isinstance(slot.block, Paragraph) else slot.block.key or repr(slot.block)


def apply(diff: Diff, plan: Plan) -> Plan:
    """Return the plan with all changes of the diff made; see :meth:`Diff.apply`."""
    check_plan("Diff.apply", "plan", plan)
    _check(diff.old, plan)
    root = _Slot(None, _slots(plan.content))
    changes = diff.changes
    fields = _set(root, plan, changes)
    moving = [(change, _at(root, change.old_path or ())) for change in changes if change.act is Act.MOVE]
    removed = [_at(root, change.old_path or ()) for change in changes if change.act is Act.DELETE]
    _detach(root, {id(slot) for slot in (*removed, *(slot for _, slot in moving))})
    for slot in removed:
        if slot.below:  # each block goes by a change of its own, so that nothing vanishes unsaid
            raise PatchError(
                _place(slot), "that nothing is left in it when it is removed", repr(slot.below[0].block)
            )
    coming = [(cast(Path, change.new_path), slot) for change, slot in moving]
    coming += [
        (cast(Path, change.new_path), _Slot(spanless(lone(cast(Block, change.new))), []))
        for change in changes
        if change.act is Act.INSERT
    ]
    for path, slot in sorted(coming, key=lambda item: item[0]):
        _at(root, path[:-1]).below.insert(path[-1], slot)
    content = tuple([slot.built() for slot in root.below])
    return attrs.evolve(plan, content=_with_keys(content, diff.new.content), **fields)  # type: ignore[arg-type]


def _detach(slot: _Slot, leaving: set[int]) -> None:
    """Take out what leaves, inside of what leaves as well: a block may stay where its section goes."""
    for inner in slot.below:
        _detach(inner, leaving)
    slot.below = [inner for inner in slot.below if id(inner) not in leaving]


def _set(root: _Slot, plan: Plan, changes: Iterable[Change]) -> dict[str, object]:
    """Note the new values of blocks, and return those of the plan's own fields."""
    own: dict[str, object] = {}
    inner: dict[str, dict[str, object]] = {}
    for change in changes:
        if change.act is not Act.SET:
            continue
        owner, _, name = change.field.partition(".")
        if change.subject is not Subject.PLAN:
            _at(root, change.old_path or ()).fields[change.field] = _foreign(change.new)
        elif name:
            inner.setdefault(owner, {})[name] = change.new
        else:
            own[owner] = _foreign(change.new)
    for owner, values in inner.items():
        own[owner] = attrs.evolve(getattr(plan, owner), **values)
    return own


def _foreign(value: object) -> object:
    """Return a value of the new plan without spans, since they mean the new plan's source."""
    if type(value) is not tuple:
        return value
    return tuple([_unplaced(item) for item in cast("tuple[object, ...]", value)])


def _unplaced(item: object) -> object:
    if isinstance(item, Paragraph):
        return spanless(item)
    return attrs.evolve(item, span=None) if isinstance(item, Deadline) else item


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


def _check(expected: Plan, plan: Plan) -> None:
    """Raise for the first place where the plan is not the one that the diff was made from."""
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
