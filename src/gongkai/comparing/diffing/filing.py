"""A diff as a file: versioned JSON with both plans, every change with its values, rows and links.

The file says all that a reader of it wants to know; what the plans say already (values, keys) is there to be
read, and is compared with them when the file is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs

from gongkai.codec._plan import plan_data
from gongkai.codec._text import render
from gongkai.comparing.alignment.links import Evidence, Link, Strength
from gongkai.comparing.diffing.changes import Change, Row, Status
from gongkai.comparing.diffing.difference import Diff
from gongkai.comparing.diffing.kinds import ChangeKind, Path, Subject
from gongkai.comparing.diffing.tree import Tree
from gongkai.errors import InvalidValue
from gongkai.model import Plan

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "MARK",
    "SCHEMA",
    "Stored",
    "StoredBodies",
    "StoredChange",
    "StoredLink",
    "StoredRow",
    "change_data",
    "plain",
    "write",
]

#: The key that holds the version of the schema, and the version that is written.
MARK: Final = "gongkai-diff"
SCHEMA: Final = 1

_Json: TypeAlias = dict[str, Any]


@attrs.frozen
class StoredBodies:
    """A body that has two names, and what these are to each other."""

    old: str
    new: str
    relation: str


@attrs.frozen
class StoredChange:
    """A change as it stands in the file; ``old`` and ``new`` are plain data."""

    kind: ChangeKind
    subject: Subject
    field: str = ""
    old_key: str | None = None
    new_key: str | None = None
    old_path: tuple[int, ...] | None = None
    new_path: tuple[int, ...] | None = None
    old: Any = None
    new: Any = None
    bodies: tuple[StoredBodies, ...] | None = None


@attrs.frozen
class StoredRow:
    """A row as it stands in the file: blocks by their paths, links by their positions."""

    subject: Subject
    status: Status
    old: tuple[tuple[int, ...], ...] = ()
    new: tuple[tuple[int, ...], ...] = ()
    changes: tuple[StoredChange, ...] = ()
    links: tuple[int, ...] = ()


@attrs.frozen
class StoredLink:
    """A link as it stands in the file: tasks by their keys."""

    old: str
    new: str
    strength: Strength = Strength.SAME
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class Stored:
    """All of the file but the plans."""

    rows: tuple[StoredRow, ...] = ()
    links: tuple[StoredLink, ...] = ()


@cache
def _converter() -> Converter:
    from gongkai.codec import make_converter

    return make_converter()


def plain(value: object) -> Any:
    """Return a value of a change as it stands in JSON."""
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in cast("Iterable[object]", value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return _converter().unstructure(value) if attrs.has(type(value)) else value


def write(diff: Diff, *, indent: int | None, source: bool) -> str:
    """Write a diff as JSON; see :meth:`Diff.to_json`."""
    if diff.part_of is not None:
        raise InvalidValue("Diff.to_json", "part_of", diff, "a whole diff; write it, and pick the part again")
    try:
        paths = [_paths(plan) for plan in (diff.old, diff.new)]
        places = {(link.old.key, link.new.key): place for place, link in enumerate(diff.links)}
        data: _Json = {
            MARK: SCHEMA,
            "old": plan_data(diff.old, source=source),
            "new": plan_data(diff.new, source=source),
            "rows": [_row(row, paths[0], paths[1], places) for row in diff.rows],
            "links": [_link(link) for link in diff.links],
        }
        return render(data, indent)
    except RecursionError:
        expected = "a diff of plans whose sections and parts are nested less deeply"
        raise InvalidValue("Diff.to_json", "old", diff.old.title, expected) from None


def _paths(plan: Plan) -> Mapping[int, Path]:
    """The path of each block of a plan, by what the block is as an object."""
    return {id(node.block): node.path for node in Tree(plan).nodes}


def _row(
    row: Row,
    old: Mapping[int, Path],
    new: Mapping[int, Path],
    places: Mapping[tuple[str | None, str | None], int],
) -> _Json:
    data: _Json = {"subject": row.subject.value, "status": row.status.value}
    for name, blocks, paths in (("old", row.old, old), ("new", row.new, new)):
        if blocks:
            data[name] = [list(paths[id(block)]) for block in blocks]
    if row.changes:
        data["changes"] = [change_data(change) for change in row.changes]
    if row.links:
        data["links"] = [places[link.old.key, link.new.key] for link in row.links]
    return data


def change_data(change: Change) -> _Json:
    """Return a change as it stands in the file."""
    data: _Json = {"kind": change.kind.value, "subject": change.subject.value}
    given = {
        "field": change.field or None,
        "old_key": change.old_key,
        "new_key": change.new_key,
        "old_path": plain(change.old_path),
        "new_path": plain(change.new_path),
        "old": plain(change.old),
        "new": plain(change.new),
    }
    data |= {name: value for name, value in given.items() if value is not None}
    if change.bodies is not None:
        data["bodies"] = [
            {"old": old, "new": new, "relation": relation} for old, new, relation in change.bodies
        ]
    return data


def _link(link: Link) -> _Json:
    data: _Json = {"old": link.old.key, "new": link.new.key, "strength": link.strength.value}
    data["score"] = link.score
    if link.evidence:
        data["evidence"] = [_without_defaults(each) for each in link.evidence]
    return data


def _without_defaults(evidence: Evidence) -> _Json:
    data: _Json = _converter().unstructure(evidence)
    return {
        field.name: plain(data[field.name])
        for field in attrs.fields(Evidence)
        if getattr(evidence, field.name) != field.default
    }
