"""Taking a plan's blocks apart and putting them together again as the changes of a diff say.

What was removed and what moves is taken out; fields are set where they stand; what was added and what moves
is put in, in ascending order of its final place. Every block that stays keeps its place among those that
stay, so each insertion finds all that stands before it.

Of a part of a diff, what comes to a place stands behind what it would follow if all changes were made and
that is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import attrs

from gongkai.comparing.diffing.changes import Change, Row
from gongkai.comparing.diffing.kinds import Act, ChangeKind, Path, Subject
from gongkai.comparing.diffing.tree import lone, spanless
from gongkai.errors import DependentChange, PatchError
from gongkai.model import Block, Deadline, Paragraph, Plan, Section, Task
from gongkai.model.edits import children, with_children

if TYPE_CHECKING:
    from gongkai.comparing.diffing.difference import Diff

__all__ = ["Mark", "Slot", "assemble", "foreign", "mark", "place_of", "plan_fields"]

#: What tells a change of a diff from its others.
Mark: TypeAlias = tuple[ChangeKind, str, Path | None, Path | None]

#: The changes of a row that share out the words of one text.
_REGROUPING: Final = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED})


def mark(change: Change) -> Mark:
    """Return what tells a change from the others of its diff."""
    return change.kind, change.field, change.old_path, change.new_path


class Slot:
    """A block while the plan is rebuilt: its new fields, what stood in it, and what stands in it now."""

    __slots__ = ("before", "below", "block", "comes", "fields", "moves")

    def __init__(self, block: Block | None, below: list[Slot], *, comes: bool = False) -> None:
        self.block = block
        self.before = below
        self.below = list(below)
        self.comes = comes
        self.moves = False
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

    def walk(self) -> Iterator[Slot]:
        """Yield the slot and all that stands in it, the outer before the inner."""
        yield self
        for slot in self.below:
            yield from slot.walk()


def _slots(blocks: Iterable[Block]) -> list[Slot]:
    return [Slot(block, _slots(children(block))) for block in blocks]


def place_of(slot: Slot) -> str:
    """Say where a problem is."""
    if slot.block is None:
        return "the top of the plan"
    return repr(slot.block) if isinstance(slot.block, Paragraph) else slot.block.key or repr(slot.block)


def _at(root: Slot, path: Path) -> Slot:
    for position in path:
        if position >= len(root.below):
            raise PatchError(place_of(root), f"a block at position {position}", f"{len(root.below)} blocks")
        root = root.below[position]
    return root


def assemble(diff: Diff, plan: Plan) -> Slot:
    """Return the plan's blocks as they stand after the changes of a diff, or of a part of one."""
    root = Slot(None, _slots(plan.content))
    every = diff.changes if diff.part_of is None else diff.part_of.changes
    slots = {
        mark(change): _at(root, change.old_path or ()) for change in every if change.act is not Act.INSERT
    }
    if diff.part_of is None:
        _assemble(root, every, slots)
    else:
        _assemble_part(root, diff.part_of.rows, diff.changes, slots)
    for change in diff.changes:
        if change.act is Act.MOVE:
            slots[mark(change)].moves = True
        elif change.act is Act.SET and change.subject is not Subject.PLAN:
            slots[mark(change)].fields[change.field] = foreign(change.new)
    if diff.part_of is not None:
        _free_keys(root)
    return root


def _free_keys(root: Slot) -> None:
    """Leave to what stays the keys that it has; what comes gets another where its own is taken."""
    stays = [slot for slot in root.walk() if not slot.comes]
    taken = {slot.block.key for slot in stays if isinstance(slot.block, (Section, Task))}
    for slot in root.walk():
        if slot.comes and isinstance(slot.block, (Section, Task)) and slot.block.key in taken:
            slot.fields["key"] = None


def _coming(changes: Iterable[Change], slots: dict[Mark, Slot]) -> list[Change]:
    """Return what moves or is new, in ascending order of its place; what is new gets its slot."""
    coming = [change for change in changes if change.act in {Act.MOVE, Act.INSERT}]
    for change in coming:
        if change.act is Act.INSERT:
            slots[mark(change)] = Slot(spanless(lone(cast(Block, change.new))), [], comes=True)
    return sorted(coming, key=lambda change: cast(Path, change.new_path))


def _assemble(root: Slot, changes: Iterable[Change], slots: dict[Mark, Slot]) -> None:
    changes = tuple(changes)
    coming = _coming(changes, slots)
    removed = [slots[mark(change)] for change in changes if change.act is Act.DELETE]
    _detach(root, {id(slot) for slot in (*removed, *(slots[mark(change)] for change in coming))})
    for slot in removed:
        if slot.below:  # each block goes by a change of its own, so that nothing vanishes unsaid
            nothing = "that nothing is left in it when it is removed"
            raise PatchError(place_of(slot), nothing, repr(slot.below[0].block))
    for change in coming:
        path = cast(Path, change.new_path)
        _at(root, path[:-1]).below.insert(path[-1], slots[mark(change)])


def _detach(slot: Slot, leaving: set[int]) -> None:
    """Take out what leaves, inside of what leaves as well: a block may stay where its section goes."""
    for inner in slot.below:
        _detach(inner, leaving)
    slot.below = [inner for inner in slot.below if id(inner) not in leaving]


# A part of a diff


def _assemble_part(
    root: Slot, rows: Sequence[Row], selected: Iterable[Change], slots: dict[Mark, Slot]
) -> None:
    chosen = tuple(selected)
    marks = {mark(change) for change in chosen}
    _check_words(rows, marks)
    every = [change for row in rows for change in row.changes]
    olds = list(root.walk())
    _assemble(root, every, slots)
    in_whole = {id(slot): (slot, list(slot.below)) for slot in root.walk()}
    homes = {id(inner): slot for slot, below in in_whole.values() for inner in below}
    for slot in (*olds, *[slot for slot, _ in in_whole.values() if slot.comes]):
        slot.below = list(slot.before)
    removed = [slots[mark(change)] for change in chosen if change.act is Act.DELETE]
    coming = [slots[mark(change)] for change in chosen if change.act in {Act.MOVE, Act.INSERT}]
    _detach(root, {id(slot) for slot in (*removed, *coming)})
    arrivals: defaultdict[int, list[Slot]] = defaultdict(list)
    there = {id(slot) for slot in olds} | {id(slot) for slot in coming}
    for slot in coming:
        home = homes[id(slot)]
        if id(home) not in there:
            raise DependentChange(place_of(slot), f"that {place_of(home)} is added as well")
        arrivals[id(home)].append(slot)
    for slot in removed:
        if slot.below:
            left = place_of(slot.below[0])
            raise DependentChange(place_of(slot), f"that {left}, which stands in it, is removed or moved")
    for home, below in in_whole.values():
        if id(home) in arrivals:
            _arrive(home, below, {id(slot) for slot in arrivals[id(home)]})
    _check_all_are_there(root, olds, coming, removed)


def _arrive(home: Slot, in_whole: Iterable[Slot], arriving: set[int]) -> None:
    """Put what comes behind what it follows when all changes are made, as far as that is there."""
    staying = {id(slot) for slot in home.below}
    followers: defaultdict[int | None, list[Slot]] = defaultdict(list)
    last: int | None = None
    for slot in in_whole:
        if id(slot) in arriving:
            followers[last].append(slot)
        elif id(slot) in staying:
            last = id(slot)
    home.below = [*followers[None], *[each for slot in home.below for each in (slot, *followers[id(slot)])]]


def _check_words(rows: Iterable[Row], chosen: set[Mark]) -> None:
    """Refuse to share out the words of a text by half: some would be lost, or said twice."""
    for row in rows:
        if not any(change.kind in _REGROUPING for change in row.changes):
            continue
        together = [change for change in row.changes if change.kind in _REGROUPING or change.field == "text"]
        taken = [change for change in together if mark(change) in chosen]
        left = [change for change in together if mark(change) not in chosen]
        if taken and left:
            raise DependentChange(_key(taken[0]), f"the change “{left[0].kind}” of {_key(left[0])} as well")


def _key(change: Change) -> str:
    return change.new_key or change.old_key or change.subject.value


def _check_all_are_there(
    root: Slot, olds: Iterable[Slot], coming: Iterable[Slot], removed: Iterable[Slot]
) -> None:
    """Refuse what moves into something that would have to move out of it first."""
    found = {id(slot) for slot in root.walk()}
    gone = {id(slot) for slot in removed}
    for slot in (*olds, *coming):
        if id(slot) not in found and id(slot) not in gone:
            raise DependentChange(place_of(slot), "that what it moves into moves out of it")


# Fields


def plan_fields(changes: Iterable[Change], plan: Plan) -> Mapping[str, object]:
    """Return the new values of the plan's own fields."""
    own: dict[str, object] = {}
    inner: dict[str, dict[str, object]] = {}
    for change in changes:
        if change.act is not Act.SET or change.subject is not Subject.PLAN:
            continue
        owner, _, name = change.field.partition(".")
        if name:
            inner.setdefault(owner, {})[name] = change.new
        else:
            own[owner] = foreign(change.new)
    for owner, values in inner.items():
        own[owner] = attrs.evolve(getattr(plan, owner), **values)
    return own


def foreign(value: object) -> object:
    """Return a value of the new plan without spans, since they mean the new plan's source."""
    if type(value) is not tuple:
        return value
    return tuple([_unplaced(item) for item in cast("tuple[object, ...]", value)])


def _unplaced(item: object) -> object:
    if isinstance(item, Paragraph):
        return spanless(item)
    return attrs.evolve(item, span=None) if isinstance(item, Deadline) else item
