"""A merge as a file: versioned JSON with the draft, the copies, what was decided and what is left to decide.

The file holds all that a merge is made of, so that it can be gone on with where nothing else is left, and all
that a person or another program wants to know of it. Whoever decides a conflict writes its ``resolution``.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import attrs

from gongkai.codec._plan import plan_data
from gongkai.codec._text import render
from gongkai.comparing.diffing.filing import plain
from gongkai.errors import InvalidValue
from gongkai.merging.comments.comments import Comment, Remark
from gongkai.merging.outcome.result import Merge
from gongkai.merging.outcome.results import Choice, Conflict, Decision, Region, Suggestion, Voice, Where

__all__ = ["MARK", "SCHEMA", "write"]

#: The key that holds the version of the schema, and the version that is written.
MARK: Final = "gongkai-merge"
SCHEMA: Final = 1

_Json: TypeAlias = dict[str, Any]


def write(merge: Merge, *, indent: int | None, source: bool) -> str:
    """Write a merge as JSON; see :meth:`Merge.to_json`."""
    try:
        data: _Json = {
            MARK: SCHEMA,
            "conflicts": [_conflict(conflict) for conflict in merge.conflicts],
            "resolutions": {id_: _choice(choice) for id_, choice in merge.resolutions.items()},
            "strategies": merge.strategies,
            "base": plan_data(merge.base, source=source),
            "copies": [{"name": name, "plan": plan_data(plan, source=source)} for name, plan in merge.copies],
            "remarks": [_remark(remark) for remark in merge.remarks],
            "decisions": [_decision(decision) for decision in merge.decisions],
        }
        return render(data, indent)
    except RecursionError:
        expected = "a merge of plans whose sections and parts are nested less deeply"
        raise InvalidValue("Merge.to_json", "base", merge.base.title, expected) from None


def _choice(choice: Choice) -> Any:
    """Return a decision as it stands in the file: a name, or an object with a value."""
    return choice if isinstance(choice, str) else {"value": plain(choice)}


def _conflict(conflict: Conflict) -> _Json:
    data: _Json = {
        "id": conflict.id,
        "resolution": None,
        "zh": conflict.explain("zh"),
        "en": conflict.explain("en"),
        "kind": conflict.kind.value,
        "where": _where(conflict.where),
        "base": plain(conflict.base),
        "voices": [_voice(voice) for voice in conflict.voices],
    }
    if conflict.regions:
        data["regions"] = [_region(region) for region in conflict.regions]
    if conflict.suggestion is not None:
        data["suggestion"] = _suggestion(conflict.suggestion)
    return data


def _where(where: Where) -> _Json:
    return _told(
        {
            "subject": where.subject.value,
            "field": where.field,
            "key": where.key,
            "base_key": where.base_key,
            "name": where.name,
            "section": list(where.section),
        }
    )


def _told(data: _Json) -> _Json:
    """Leave out what says nothing."""
    return {name: value for name, value in data.items() if value is not None and value not in ("", [])}


def _voice(voice: Voice[Any]) -> _Json:
    return {"by": list(voice.by), "value": plain(voice.value)}


def _region(region: Region) -> _Json:
    data = {"what": region.what, "base": region.base, "voices": [_voice(voice) for voice in region.voices]}
    return data if region.start is None else data | {"start": region.start}


def _suggestion(suggestion: Suggestion) -> _Json:
    return _told({"value": plain(suggestion.value), "by": suggestion.by, "rule": suggestion.rule})


def _remark(remark: Remark) -> _Json:
    comment = {field.name: plain(getattr(remark.comment, field.name)) for field in attrs.fields(Comment)}
    return _told(
        {"kind": remark.kind.value, "key": remark.key, "rest": remark.rest, "comment": _told(comment)}
    )


def _decision(decision: Decision) -> _Json:
    return _told(
        {
            "action": decision.action.value,
            "change": decision.change.value,
            "where": _where(decision.where),
            "by": list(decision.by),
            "rule": decision.rule,
            "old": plain(decision.old),
            "new": plain(decision.new),
            "conflict": decision.conflict,
        }
    )
