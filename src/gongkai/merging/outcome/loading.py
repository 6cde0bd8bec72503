"""Reading the file of a merge: it is merged anew, and what was decided in the file is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

import attrs

from gongkai.codec._plan import Found, decoded, parsed, read_plan, structured, version_of
from gongkai.codec._problems import Misfit, Place, refusal
from gongkai.comparing.diffing.kinds import ChangeKind, Subject
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.merging.comments.comments import Comment, Remark, RemarkKind
from gongkai.merging.outcome.filing import MARK, SCHEMA
from gongkai.merging.outcome.result import Merge, merge_copies
from gongkai.merging.outcome.results import Action, Choice, Conflict, ConflictKind
from gongkai.merging.values.contests import Strategy
from gongkai.merging.values.strategies import STRATEGIES, Strategies, prefer
from gongkai.model import (
    Assignment,
    Deadline,
    DocumentNumber,
    Notice,
    Paragraph,
    Plan,
    PlanKind,
    Section,
    Task,
)

__all__ = ["read"]


@attrs.frozen
class _Where:
    subject: Subject
    field: str = ""
    key: str | None = None
    base_key: str | None = None
    name: str = ""
    section: tuple[str, ...] = ()


@attrs.frozen
class _Voice:
    by: tuple[str, ...]
    value: Any = None


@attrs.frozen
class _Region:
    what: str
    base: str
    voices: tuple[_Voice, ...]
    start: int | None = None


@attrs.frozen
class _Suggestion:
    value: Any = None
    by: str = ""
    rule: str = ""


@attrs.frozen
class _Conflict:
    id: str
    kind: ConflictKind
    where: _Where
    voices: tuple[_Voice, ...]
    resolution: Any = None
    base: Any = None
    regions: tuple[_Region, ...] = ()
    suggestion: _Suggestion | None = None
    zh: str = ""
    en: str = ""


@attrs.frozen
class _Comment:
    who: str
    task: str = ""
    quote: str = ""
    proposal: str = ""
    reason: str = ""
    field: str = ""
    status: str = ""
    number: str = ""
    origin: str = ""
    others: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class _Remark:
    kind: RemarkKind
    comment: _Comment
    key: str | None = None
    rest: str = ""


@attrs.frozen
class _Decision:
    action: Action
    change: ChangeKind
    where: _Where
    by: tuple[str, ...] = ()
    rule: str = ""
    old: Any = None
    new: Any = None
    conflict: str = ""


@attrs.frozen
class _Stored:
    """All of the file but the plans."""

    conflicts: tuple[_Conflict, ...] = ()
    resolutions: Any = None
    strategies: Any = None
    remarks: tuple[_Remark, ...] = ()
    decisions: tuple[_Decision, ...] = ()


def read(text: str | bytes, strategies: Strategies | None, directory: Directory | None) -> Merge:
    """Read the JSON of a merge; see :meth:`Merge.from_json`."""
    data, found = parsed(decoded(text))
    version_of(data, (), MARK, SCHEMA)
    body = cast("dict[str, Any]", data)
    base = _plan(body, "base", (), found)
    copies = list(_copies(body, found))
    rest = {name: value for name, value in body.items() if name not in {MARK, "base", "copies"}}
    stored, wrong = structured(rest, _Stored)
    found += wrong
    if found or stored is None or base is None:
        raise refusal(found, data)
    asked = dict(_strategies(stored, strategies or {}, found))
    before = _object(stored.resolutions, ("resolutions",), found)
    remarks = tuple([_remark_of(remark) for remark in stored.remarks])
    if found:
        raise refusal(found, data)
    merge = merge_copies(base, tuple(copies), asked, {}, directory, remarks)
    now = {one.id: one.resolution for one in stored.conflicts if one.resolution is not None}
    merge = _resolved(merge, before, ("resolutions",), found)
    merge = _resolved(merge, now, ("conflicts",), found)
    if found:
        raise refusal(found, data)
    return merge


def _plan(body: Mapping[str, Any], name: str, place: Place, found: list[Found]) -> Plan | None:
    if name not in body:
        found.append(((*place, name), "missing, and required"))
        return None
    plan, wrong = read_plan(body[name], (*place, name))
    found += wrong
    return plan


def _copies(body: Mapping[str, Any], found: list[Found]) -> Iterator[tuple[str, Plan]]:
    listed = body.get("copies")
    if not isinstance(listed, list):
        found.append((("copies",), str(Misfit("a list", listed))))
        return
    for at, item in enumerate(cast("list[object]", listed)):
        place = ("copies", at)
        if not isinstance(item, dict):
            found.append((place, str(Misfit("an object", item))))
            continue
        entry = cast("dict[str, Any]", item)
        found += [((*place, name), "unknown key") for name in entry if name not in {"name", "plan"}]
        name = entry.get("name")
        if not isinstance(name, str):
            found.append(((*place, "name"), str(Misfit("a str", name))))
        plan = _plan(entry, "plan", place, found)
        if plan is not None and isinstance(name, str):
            yield name, plan


def _strategies(
    stored: _Stored, given: Strategies, found: list[Found]
) -> Iterator[tuple[str, str | Strategy]]:
    """Yield the strategies by their names in the file; functions have to be given again."""
    yield from given.items()
    for place, name in _object(stored.strategies, ("strategies",), found).items():
        if place in given:
            continue
        if isinstance(name, str) and name in STRATEGIES:
            yield place, name
        elif isinstance(name, str) and name.startswith("prefer "):
            yield place, prefer(name.removeprefix("prefer "))
        else:
            expected = f"the name of a strategy; for a function give strategies={{{place!r}: …}}"
            found.append((("strategies", place), str(Misfit(expected, name))))


def _object(data: object, place: Place, found: list[Found]) -> dict[str, object]:
    """Return an object of the file; none where it is not there."""
    if data is None:
        return {}
    if not isinstance(data, dict):
        found.append((place, str(Misfit("an object", data))))
        return {}
    return cast("dict[str, object]", data)


def _remark_of(remark: _Remark) -> Remark:
    comment = Comment(**attrs.asdict(remark.comment, recurse=False))
    return Remark(comment, remark.kind, remark.key, remark.rest)


def _resolved(merge: Merge, choices: Mapping[str, object], place: Place, found: list[Found]) -> Merge:
    """Resolve what can be, one round after the other: one decision may leave room for the next."""
    left = dict(choices)
    while left:
        known = {conflict.id: conflict for conflict in merge.conflicts}
        ready: dict[str, Choice] = {}
        for id_ in [id_ for id_ in left if id_ in known]:
            ready.update(_choice(known[id_], left.pop(id_), (*place, id_), found))
        if not ready:
            break
        try:
            merge = merge.resolve(ready)
        except InvalidValue as error:
            found.append(((*place, error.field), str(Misfit(error.expected, error.value))))
            break
    ids = ", ".join([conflict.id for conflict in merge.conflicts]) or "none is left"
    found += [((*place, id_), f"there is no such conflict; open: {ids}") for id_ in left]
    return merge


#: What a value of a field is, where it is not text.
_TYPES: Final[Mapping[str, object]] = {
    "assignments": tuple[Assignment, ...],
    "deadlines": tuple[Deadline, ...],
    "extras": tuple[tuple[str, str], ...],
    "year": int,
    "kind": PlanKind,
    "notice": Notice,
    "record.co_issuers": tuple[str, ...],
    "record.others": tuple[tuple[str, str], ...],
    "record.document_number": DocumentNumber,
    "notice.addressees": tuple[str, ...],
    "notice.body": tuple[str, ...],
    **{f"record.{name}_on": date for name in ("effective", "issued", "repealed", "published")},
    "notice.issued_on": date,
}
_BLOCKS: Final[Mapping[str, type]] = {"task": Task, "section": Section, "paragraph": Paragraph}


def _choice(
    conflict: Conflict, given: object, place: Place, found: list[Found]
) -> Iterator[tuple[str, Choice]]:
    """Yield a decision as ``resolve`` takes it."""
    if isinstance(given, str):
        yield conflict.id, given
        return
    value = _only_value(given)
    if value is None:
        expected = f'null, one of {", ".join(["base", *conflict.by])}, or {{"value": …}}'
        found.append((place, str(Misfit(expected, given))))
        return
    made, wrong = _value(conflict, value[0])
    if wrong:
        found += [((*place, "value", *inner), message) for inner, message in wrong]
    else:
        yield conflict.id, made


def _only_value(given: object) -> tuple[object] | None:
    """Return the value of an object that has nothing else; None for anything else."""
    if not isinstance(given, dict):
        return None
    entries = cast("dict[str, object]", given)
    return (entries["value"],) if [*entries] == ["value"] else None


def _value(conflict: Conflict, data: object) -> tuple[Choice, list[Found]]:
    if data is None:
        return None, []
    kind: object = _TYPES.get(conflict.where.field, str)
    if conflict.kind is ConflictKind.DELETE_EDIT and conflict.where.subject is not Subject.PLAN:
        kind = _BLOCKS[conflict.where.subject.value]
    made, wrong = structured(data, cast("type[Any]", kind))
    return cast(Choice, made), wrong
