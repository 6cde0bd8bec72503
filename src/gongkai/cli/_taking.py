"""What somebody decides about conflicts: ``--take ID=ours``, and the values that are typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple, cast

from gongkai.cli._files import CannotRead, Wrong
from gongkai.errors import GongkaiError, InvalidValue
from gongkai.merging import Conflict, ConflictKind, Merge
from gongkai.merging.outcome.results import Choice
from gongkai.model import Deadline
from gongkai.reading import parse, parse_deadline
from gongkai.views._words import Words

__all__ = ["Takes", "decide", "typed"]

#: How often conflicts that a decision brings about are decided by the same words.
_ROUNDS: Final = 20

_GONE: Final = frozenset(("delete", "删除"))
_LISTS: Final = frozenset(("record.co_issuers", "notice.addressees"))
_DAYS: Final = frozenset(
    [f"record.{name}_on" for name in ("effective", "issued", "repealed", "published")] + ["notice.issued_on"]
)


class Takes(NamedTuple):
    """What was asked for: decisions by id, and who is followed in all that is left."""

    given: Mapping[str, str]
    rest: str

    @classmethod
    def of(cls, taken: Iterable[str], merge: Merge, say: Words) -> Takes:
        """Understand ``ID=DECISION`` and the bare name of whom to follow in the rest.

        Raises:
            Wrong: there is no such conflict, or two bare names.
        """
        given: dict[str, str] = {}
        rest = ""
        known = {conflict.id for conflict in merge.conflicts} | set(merge.resolutions)
        names = {*merge.names, "base", "suggested"}
        for each in taken:
            places = [at for at, sign in enumerate(each) if sign == "=" and each[:at].strip() in known]
            if places:
                given[each[: places[0]].strip()] = each[places[0] + 1 :].strip()
            elif each in names and rest in {"", each}:
                rest = each
            else:
                ids = "、".join([conflict.id for conflict in merge.conflicts]) or "-"
                raise Wrong(say["merging.take"].format(given=each, ids=ids, names="、".join(sorted(names))))
        return cls(given, rest)


def decide(merge: Merge, takes: Takes, say: Words) -> Merge:
    """Return the merge with what was decided; what nobody has a word for stays open.

    Raises:
        Wrong: a conflict does not take what was decided for it.
    """
    for id_, given in takes.given.items():
        open_ = next((one for one in merge.conflicts if one.id == id_), None)
        try:
            merge = merge.resolve({id_: given}) if open_ is None else typed(merge, open_, given, say)
        except InvalidValue as error:
            raise Wrong(f"--take {id_}={given}: {error}") from error
    for _ in range(_ROUNDS if takes.rest else 0):
        found = {one.id: takes.rest for one in merge.conflicts if _has_a_say(one, takes.rest)}
        if not found:
            break
        merge = merge.resolve(found)
    return merge


def _has_a_say(conflict: Conflict, name: str) -> bool:
    if name == "suggested":
        return conflict.suggestion is not None
    return name == "base" or name in conflict.by


def typed(merge: Merge, conflict: Conflict, given: str, say: Words) -> Merge:
    """Return the merge with one conflict decided by words: a name, a value, or JSON as a merge file has it.

    Raises:
        Wrong: the words are no value that the conflict takes.
        InvalidValue: the same, as ``resolve`` says it.
    """
    if given.startswith("{"):
        return _as_file(merge, conflict, given)
    if given in {*conflict.by, "base", "suggested"}:
        return merge.resolve({conflict.id: given})
    value = _value(merge, conflict, given)
    if value is None and not (conflict.kind is ConflictKind.DELETE_EDIT and given in _GONE):
        raise Wrong(say["merging.value"].format(id=conflict.id, given=given))
    return merge.resolve({conflict.id: value})


def _as_file(merge: Merge, conflict: Conflict, given: str) -> Merge:
    data = json.loads(merge.to_json())
    try:
        resolution = json.loads(given)
    except ValueError as error:
        raise Wrong(f"--take {conflict.id}={given}: {error}") from error
    for entry in data["conflicts"]:
        if entry["id"] == conflict.id:
            entry["resolution"] = resolution
    try:
        return Merge.from_json(json.dumps(data, ensure_ascii=False))
    except GongkaiError as error:
        raise CannotRead(f"--take {conflict.id}: {error}") from error


def _value(merge: Merge, conflict: Conflict, given: str) -> Choice:
    """Return what words mean as a value of the field; None where they mean none."""
    field = conflict.where.field
    if conflict.kind in {ConflictKind.MOVE_MOVE, ConflictKind.ORDER, ConflictKind.DELETE_EDIT}:
        return None
    if field == "deadlines":
        return _deadlines(given, merge.plan.year)
    if field == "assignments":
        tasks = parse(f"要点\n1.公开。（{given}）").tasks
        return (tasks[0].assignments or None) if tasks else None
    if field in _DAYS:
        try:
            return date.fromisoformat(given)
        except ValueError:
            return None
    if field == "year":
        return int(given) if given.isdecimal() else None
    if field in _LISTS:
        return tuple([name.strip() for name in given.split("、")])
    return given


def _deadlines(given: str, year: int | None) -> Choice:
    found = [parse_deadline(text.strip(), year=year) for text in given.split("、") if text.strip()]
    if not found or None in found:
        return None
    return tuple(cast("list[Deadline]", found))
