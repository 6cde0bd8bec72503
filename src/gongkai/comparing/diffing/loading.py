"""Reading the file of a diff: every change is made anew from the plans, and has to say what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast, get_args

import attrs

from gongkai.codec._plan import Found, decoded, parsed, read_plan, structured, version_of
from gongkai.codec._problems import Misfit, Place, path_of, refusal
from gongkai.comparing.alignment.links import Link
from gongkai.comparing.diffing.building import coming, move_of, plan_change, set_change, years_of
from gongkai.comparing.diffing.changes import Change, Row
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.filing import (
    MARK,
    SCHEMA,
    Stored,
    StoredBodies,
    StoredChange,
    StoredLink,
    StoredRow,
    change_data,
    plain,
)
from gongkai.comparing.diffing.kinds import KINDS, Act, Bodies, ChangeKind, Kinship, Path, Subject
from gongkai.comparing.diffing.tree import FIELDS, Node, Tree
from gongkai.errors import GongkaiError, InvalidValue, LoadError, Problem
from gongkai.model import Block, Notice, Plan, Record

__all__ = ["read"]

_T = TypeVar("_T")


def read(text: str | bytes) -> Diff:
    """Read the JSON of a diff; see :meth:`Diff.from_json`."""
    data, found = parsed(decoded(text))
    version_of(data, (), MARK, SCHEMA)
    body = cast("dict[str, Any]", data)
    plans: list[Plan] = []
    for name in ("old", "new"):
        if name not in body:
            found.append(((name,), "missing, and required"))
            continue
        plan, wrong = read_plan(body[name], (name,))
        found += wrong
        plans += [] if plan is None else [plan]
    rest = {key: value for key, value in body.items() if key not in {MARK, "old", "new"}}
    stored, wrong = structured(rest, Stored)
    found += wrong
    if found or stored is None:
        raise refusal(found, data)
    return _Reader(plans[0], plans[1], stored).diff(data)


class _Reader:
    """Makes a diff of what stands in the file, and notes where it does not go with the plans."""

    def __init__(self, old: Plan, new: Plan, stored: Stored) -> None:
        self.old, self.new = Tree(old), Tree(new)
        self.stored = stored
        self.nodes = [{node.path: node for node in tree.nodes} for tree in (self.old, self.new)]
        self.tasks = [{task.key: task for task in plan.all_tasks} for plan in (old, new)]
        self.found: list[Found] = []

    def diff(self, data: object) -> Diff:
        links = [self._link(link, ("links", place)) for place, link in enumerate(self.stored.links)]
        rows = [self._row(row, links, ("rows", place)) for place, row in enumerate(self.stored.rows)]
        if self.found:
            raise refusal(self.found, data)
        made = Diff(
            self.old.plan,
            self.new.plan,
            tuple(cast("list[Row]", rows)),
            tuple(cast("list[Link]", links)),
        )
        try:
            led = made.apply(made.old)
        except (GongkaiError, IndexError) as error:
            reason = f"the changes cannot be made together: {error}"
            raise LoadError([Problem(path_of(("rows",)), reason)]) from None
        if led != made.new:
            reason = "the changes do not lead from the old plan to the new one"
            raise LoadError([Problem(path_of(("rows",)), reason)])
        return made

    def _wrong(self, place: Place, expected: str, value: object) -> None:
        self.found.append((place, str(Misfit(expected, value))))

    def _link(self, link: StoredLink, place: Place) -> Link | None:
        old, new = self.tasks[0].get(link.old), self.tasks[1].get(link.new)
        for name, key, task in (("old", link.old, old), ("new", link.new, new)):
            if task is None:
                self._wrong((*place, name), f"the key of a task of the {name} plan", key)
        if old is None or new is None:
            return None
        return self._made(lambda: Link(old, new, link.strength, link.score, evidence=link.evidence), place)

    def _made(self, make: Callable[[], _T], place: Place) -> _T | None:
        try:
            return make()
        except InvalidValue as error:
            self._wrong((*place, error.field), error.expected, error.value)
            return None

    def _row(self, row: StoredRow, links: Sequence[Link | None], place: Place) -> Row | None:
        old, new = (
            self._blocks(paths, side, (*place, name))
            for side, (name, paths) in enumerate((("old", row.old), ("new", row.new)))
        )
        kept: list[Link] = []
        for position, number in enumerate(row.links):
            if not 0 <= number < len(links):
                self._wrong((*place, "links", position), f"the position of one of {len(links)} links", number)
            elif (link := links[number]) is not None:
                kept.append(link)
        changes = [
            self._change(change, (*place, "changes", position)) for position, change in enumerate(row.changes)
        ]
        if self.found:
            return None
        return Row(row.subject, row.status, old, new, tuple(cast("list[Change]", changes)), tuple(kept))

    def _blocks(self, paths: Iterable[Path], side: int, place: Place) -> tuple[Block, ...]:
        nodes = [self._node(path, side, (*place, position)) for position, path in enumerate(paths)]
        return tuple([node.block for node in nodes if node is not None and node.block is not None])

    def _node(self, path: Path | None, side: int, place: Place) -> Node | None:
        node = None if path is None else self.nodes[side].get(path)
        if node is None:
            shown = None if path is None else list(path)
            self._wrong(place, f"the path of a block of the {('old', 'new')[side]} plan", shown)
        return node

    def _change(self, stored: StoredChange, place: Place) -> Change | None:
        """Make the change anew from the plans, and compare it with what the file says of it."""
        change = self._from_plans(stored, place)
        if change is None:
            return None
        if stored.bodies is not None:
            change = attrs.evolve(change, bodies=self._bodies(stored.bodies, (*place, "bodies")))
        said, told = change_data(change), attrs.asdict(stored, recurse=False)
        for name in ("field", "old_key", "new_key", "old_path", "new_path", "old", "new", "subject"):
            value = plain(told[name])
            value = value or None if name == "field" else value
            if said.get(name) != value:
                self._wrong((*place, name), f"what the plans say, {_short(said.get(name))}", value)
        return change

    def _bodies(self, stored: Iterable[StoredBodies], place: Place) -> Bodies:
        known = [each for side in get_args(Kinship) for each in (get_args(side) or (side,))]
        found: list[tuple[str, str, Kinship]] = []
        for position, each in enumerate(stored):
            if each.relation not in known:
                self._wrong((*place, position, "relation"), "one of " + ", ".join(known), each.relation)
            found.append((each.old, each.new, cast("Kinship", each.relation)))
        return tuple(found)

    def _from_plans(self, stored: StoredChange, place: Place) -> Change | None:
        act = KINDS[stored.kind].act
        if stored.subject is Subject.PLAN:
            return self._of_plan(stored, place)
        if act in {Act.INSERT, Act.DELETE}:
            return self._coming(stored, place)
        old, new = (
            self._node(path, side, (*place, name))
            for side, (name, path) in enumerate(
                (("old_path", stored.old_path), ("new_path", stored.new_path))
            )
        )
        if old is None or new is None:
            return None
        if act is Act.MOVE:
            return move_of(old, new)
        fields = FIELDS[old.subject]
        if stored.field not in fields or new.subject is not old.subject:
            self._wrong((*place, "field"), "one of " + ", ".join(fields), stored.field)
            return None
        years = years_of(self.old.plan, self.new.plan) if stored.field == "deadlines" else None
        return set_change(stored.kind, old, new, stored.field, years=years)

    def _coming(self, stored: StoredChange, place: Place) -> Change | None:
        """Make the change by which a block comes, or, seen from the other side, goes."""
        back = KINDS[stored.kind].act is Act.DELETE
        sides = [("old_path", stored.old_path, 0), ("new_path", stored.new_path, 1)]
        (whence, origin, other), (where, path, side) = sides[::-1] if back else sides
        node = self._node(path, side, (*place, where))
        if node is None:
            return None
        change = coming(ChangeKind.ADDED, node)
        if stored.kind in {ChangeKind.SPLIT, ChangeKind.MERGED}:
            start = self._node(origin, other, (*place, whence))
            if start is None:
                return None
            change = coming(ChangeKind.SPLIT, node, start)
        return change.invert() if back else change

    def _of_plan(self, stored: StoredChange, place: Place) -> Change | None:
        known = set(_plan_fields(self.old.plan)) & set(_plan_fields(self.new.plan))
        if KINDS[stored.kind].act is not Act.SET or stored.field not in known:
            self._wrong((*place, "field"), "one of " + ", ".join(sorted(known)), stored.field)
            return None
        return plan_change(stored.kind, self.old.plan, self.new.plan, stored.field)


def _plan_fields(plan: Plan) -> Iterator[str]:
    """The names of a plan's own fields that can differ; those of the record and the notice one by one."""
    yield from ("title", "year", "kind", "notice", "preamble", "closing")
    yield from [f"record.{field.name}" for field in attrs.fields(Record)]
    if plan.notice is not None:
        yield from [f"notice.{field.name}" for field in attrs.fields(Notice)]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
