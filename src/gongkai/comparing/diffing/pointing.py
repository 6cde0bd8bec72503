"""A diff as a JSON Patch (RFC 6902), for programs that know a plan only as JSON.

The patch works on what ``gongkai.dumps`` writes for the old plan. Fields are set first, where they stand;
then each block that comes or moves is put where it belongs, from the top down, so that whatever it goes into
is there; then what is left over is removed, and keys that changed are set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any, Final, Literal, Required, TypeAlias, TypedDict, cast

import attrs

from gongkai.codec._plan import plan_data
from gongkai.comparing.diffing.assembling import Slot, assemble
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.filing import plain
from gongkai.comparing.diffing.tree import lone
from gongkai.model import Block, Paragraph, Section

__all__ = ["JsonOperation", "json_patch"]

JsonOperation = TypedDict(
    "JsonOperation",
    {
        "op": Required[Literal["add", "remove", "replace", "move", "test"]],
        "path": Required[str],
        "from": str,
        "value": object,
    },
    total=False,
)
"""One operation of a JSON Patch."""

_Json: TypeAlias = dict[str, Any]

#: Parts of a plan's JSON that are no fields of a diff: they stay as they are, or are about the source.
_OUTSIDE: Final = frozenset({"gongkai", "content", "division", "directory", "findings", "source"})
#: Parts of it that are objects, whose fields are set one by one.
_OBJECTS: Final = ("record", "notice")


def json_patch(diff: Diff, *, tests: bool) -> list[JsonOperation]:
    """Return the diff as a JSON Patch; see :meth:`Diff.to_json_patch`."""
    old, new = plan_data(diff.old), plan_data(diff.apply(diff.old))
    patch: list[JsonOperation] = [{"op": "test", "path": "/gongkai", "value": old["gongkai"]}]
    patch += _Patcher(diff).operations()
    patch += _of_plan(old, new)
    return list(_tested(old, patch)) if tests else patch


def _of_plan(old: _Json, new: _Json) -> Iterator[JsonOperation]:
    """Set the plan's own fields."""
    for name in sorted((set(old) | set(new)) - _OUTSIDE):
        before, after = old.get(name), new.get(name)
        if name in _OBJECTS and before and after:
            yield from _fields(f"/{name}", before, after)
        else:
            yield from _fields(
                "", {name: before} if name in old else {}, {name: after} if name in new else {}
            )


def _fields(path: str, before: _Json, after: _Json) -> Iterator[JsonOperation]:
    """Turn one object into another, key by key."""
    for name in [*before, *[name for name in after if name not in before]]:
        place = f"{path}/{_token(name)}"
        if name not in after:
            yield {"op": "remove", "path": place}
        elif name not in before:
            yield {"op": "add", "path": place, "value": after[name]}
        elif before[name] != after[name]:
            yield {"op": "replace", "path": place, "value": after[name]}


def _token(name: str) -> str:
    """Write a key as a step of a JSON Pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _data(block: Block) -> _Json:
    return cast("_Json", plain(lone(block)))


def _below(slot: Slot) -> str:
    """The key below which the blocks in a block stand."""
    return "content" if slot.block is None or isinstance(slot.block, Section) else "parts"


class _Patcher:
    """Turns the blocks of one plan into those of the other, one operation after the other."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff
        self.root = assemble(diff, diff.old)
        self.now: dict[Slot, list[Slot]] = {}
        self.homes: dict[Slot, Slot] = {}
        self.listed: set[Slot] = set()  # those whose JSON has a list of what stands in them
        self.patch: list[JsonOperation] = []
        self._note(self.root)

    def _note(self, slot: Slot) -> None:
        self.now[slot] = list(slot.before)
        if slot.before:
            self.listed.add(slot)
        for inner in slot.before:
            self.homes[inner] = slot
            self._note(inner)

    def operations(self) -> list[JsonOperation]:
        for slot in list(self.homes):
            if slot.fields:
                block = cast(Block, slot.block)
                after = attrs.evolve(block, **slot.fields)  # type: ignore[arg-type]
                self.patch += _fields(self._path(slot), _data(block), _data(after))
        self._place(self.root)
        self._clear(self.root)
        if self.diff.part_of is None:
            self._name(self.root, self.diff.new.content)
        return self.patch

    def _path(self, slot: Slot) -> str:
        steps: list[str] = []
        while slot is not self.root:
            home = self.homes[slot]
            steps.append(f"/{_below(home)}/{self.now[home].index(slot)}")
            slot = home
        return "".join(reversed(steps))

    def _place(self, slot: Slot) -> None:
        """Put what comes and what moves behind what stands before it."""
        at = 0
        for inner in slot.below:
            if inner.comes or inner.moves:
                self._put(inner, slot, at)
            self._place(inner)  # what moves there may leave this block
            at = self.now[slot].index(inner) + 1

    def _put(self, slot: Slot, home: Slot, at: int) -> None:
        if home not in self.listed:
            self.listed.add(home)
            self.patch.append({"op": "add", "path": f"{self._path(home)}/{_below(home)}", "value": []})
        whence = None
        if slot.moves:
            whence, left = self._path(slot), self.homes[slot]
            place = self.now[left].index(slot)
            del self.now[left][place]
            at -= left is home and place < at
        where = f"{self._path(home)}/{_below(home)}/{at}"
        self.now.setdefault(slot, [])
        self.now.setdefault(home, []).insert(at, slot)
        self.homes[slot] = home
        if whence is None:
            self.patch.append({"op": "add", "path": where, "value": self._whole(slot)})
        elif where.startswith(f"{whence}/"):  # its old place is its new home's now: no move, says RFC 6902
            self.patch.append({"op": "remove", "path": whence})
            self.patch.append({"op": "add", "path": where, "value": self._whole(slot)})
        else:
            self.patch.append({"op": "move", "from": whence, "path": where})

    def _whole(self, slot: Slot) -> _Json:
        """The JSON of a block as it is now, with what stands in it."""
        data = _data(attrs.evolve(cast(Block, slot.block), **slot.fields))  # type: ignore[arg-type]
        if slot in self.listed:
            data[_below(slot)] = [self._whole(inner) for inner in self.now[slot]]
        return data

    def _clear(self, slot: Slot) -> None:
        """Remove what is left over."""
        stays = set(slot.below)
        for place in reversed(range(len(self.now[slot]))):
            if self.now[slot][place] not in stays:
                self.patch.append({"op": "remove", "path": f"{self._path(slot)}/{_below(slot)}/{place}"})
                del self.now[slot][place]
        for inner in slot.below:
            self._clear(inner)

    def _name(self, slot: Slot, pattern: Sequence[Block]) -> None:
        """Set the keys that are others in the new plan."""
        for inner, like in zip(slot.below, pattern, strict=True):
            block = cast(Block, inner.block)
            if isinstance(block, Paragraph) or isinstance(like, Paragraph):
                continue
            if not inner.comes and block.key != like.key:
                self.patch += _fields(self._path(inner), {"key": block.key}, {"key": like.key})
            self._name(inner, like.content if isinstance(like, Section) else like.parts)


# Tests


def _tested(document: _Json, patch: Iterable[JsonOperation]) -> Iterator[JsonOperation]:
    """Put before each operation that takes something away a test that it is what was there."""
    document = deepcopy(document)
    for operation in patch:
        if operation["op"] in {"replace", "remove"}:
            yield {
                "op": "test",
                "path": operation["path"],
                "value": deepcopy(_at(document, operation["path"])),
            }
        _do(document, operation)
        yield operation


def _steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _at(document: Any, path: str) -> Any:
    for step in _steps(path):
        document = document[int(step) if isinstance(document, list) else step]
    return document


def _do(document: _Json, operation: JsonOperation) -> None:
    """Make an operation of our own on the plain data of a plan."""
    if operation["op"] == "test":
        return
    move = operation["op"] == "move"
    value = _take(document, operation.get("from", "")) if move else deepcopy(operation.get("value"))
    if operation["op"] in {"remove", "replace"}:
        _take(document, operation["path"])
    if operation["op"] == "remove":
        return
    *above, last = _steps(operation["path"])
    home = _at(document, "".join(f"/{_token(step)}" for step in above))
    if isinstance(home, list):
        cast("list[object]", home).insert(int(last), value)
    else:
        home[last] = value


def _take(document: _Json, path: str) -> object:
    *above, last = _steps(path)
    home = _at(document, "".join(f"/{_token(step)}" for step in above))
    return home.pop(int(last) if isinstance(home, list) else last)
