"""Making a change from the two places that it is about: all that it says is what stands there."""

from __future__ import annotations

from typing import cast

from gongkai.comparing.diffing.changes import Change
from gongkai.comparing.diffing.kinds import Bodies, ChangeKind, Subject, Value
from gongkai.comparing.diffing.tree import Node, lone, name_of
from gongkai.model import Block, Plan

__all__ = ["block_of", "coming", "move_of", "plan_change", "set_change", "years_of"]


def block_of(node: Node) -> Block:
    """Return the block of a node that is no root."""
    return cast(Block, node.block)


def years_of(old: Plan, new: Plan) -> tuple[int, int] | None:
    """Return the plans' years, where both have one."""
    return None if old.year is None or new.year is None else (old.year, new.year)


def set_change(
    kind: ChangeKind,
    old: Node,
    new: Node,
    field: str,
    *,
    bodies: Bodies | None = None,
    years: tuple[int, int] | None = None,
) -> Change:
    """Return the change of one field of a block that stays."""
    return _of_both(
        kind, old, new, field, getattr(old.block, field), getattr(new.block, field), bodies, years
    )


def move_of(old: Node, new: Node) -> Change:
    """Return the change of a block's place."""
    return _of_both(ChangeKind.MOVED, old, new, "", name_of(old.above), name_of(new.above), None, None)


def _of_both(
    kind: ChangeKind,
    old: Node,
    new: Node,
    field: str,
    before: Value,
    after: Value,
    bodies: Bodies | None,
    years: tuple[int, int] | None,
) -> Change:
    return Change(
        kind,
        old.subject,
        field=field,
        old=before,
        new=after,
        old_key=old.key,
        new_key=new.key,
        old_path=old.path,
        new_path=new.path,
        old_name=name_of(old),
        new_name=name_of(new),
        bodies=bodies,
        years=years,
    )


def coming(kind: ChangeKind, node: Node, origin: Node | None = None) -> Change:
    """Return the change by which a node comes; read backwards it is the one by which it goes."""
    return Change(
        kind,
        node.subject,
        old=None if origin is None else lone(block_of(origin)),
        new=lone(block_of(node)),
        old_key=None if origin is None else origin.key,
        new_key=node.key,
        old_path=None if origin is None else origin.path,
        new_path=node.path,
        old_name=name_of(node.above if origin is None else origin),
        new_name=name_of(node),
    )


def plan_change(kind: ChangeKind, old: Plan, new: Plan, field: str) -> Change:
    """Return the change of one of the plan's own fields, as ``title`` or ``record.issued_on``."""
    before, after = (_own(plan, field) for plan in (old, new))
    return Change(kind, Subject.PLAN, field=field, old=before, new=after, old_path=(), new_path=())


def _own(plan: Plan, field: str) -> Value:
    owner, _, name = field.partition(".")
    value = getattr(plan, owner)
    return cast("Value", getattr(value, name) if name else value)
