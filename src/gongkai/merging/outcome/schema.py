"""The JSON Schema of the files of merges (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final, TypeAlias, cast

from gongkai.codec.schema import described, json_schema
from gongkai.comparing.diffing.kinds import ChangeKind, Subject
from gongkai.merging.comments.comments import Comment, Remark, RemarkKind
from gongkai.merging.outcome.filing import MARK, SCHEMA
from gongkai.merging.outcome.results import (
    Action,
    Conflict,
    ConflictKind,
    Decision,
    Region,
    Suggestion,
    Voice,
    Where,
)

__all__ = ["merge_schema"]

Json: TypeAlias = "dict[str, Any]"

_TEXT: Final[Json] = {"type": "string"}
_TEXTS: Final[Json] = {"type": "array", "items": _TEXT}
_CHOICE: Final[Json] = {
    "anyOf": [
        _TEXT,
        {"type": "object", "properties": {"value": {}}, "required": ["value"], "additionalProperties": False},
    ]
}


def merge_schema() -> dict[str, object]:
    """Return the JSON Schema of the files that ``Merge.to_json`` writes.

    What a schema cannot say, ``Merge.from_json`` still checks: that what is decided is a conflict of these
    copies, and takes that decision.

    >>> from gongkai.merging import merge_schema
    >>> merge_schema()["required"]
    ['gongkai-merge', 'base', 'copies']
    """
    plan = cast("Json", json_schema())
    parts: Json = plan.pop("$defs")
    title = f"gongkai merge, schema {SCHEMA}"
    told = "Several edited copies of a draft as one plan, with what was decided and what is left to decide."
    heading = {"$schema": plan.pop("$schema"), "title": title, "description": told}
    parts["Plan"] = {"type": "object", **plan}
    own = {Where: _where(), Voice: _voice(), Region: _region(), Suggestion: _suggestion()}
    own |= {Conflict: _conflict(), Decision: _decision(), Comment: _comment(), Remark: _remark()}
    parts |= {cls.__name__: described(part, cls) for cls, part in own.items()}
    properties: Json = {
        MARK: {"const": SCHEMA, "description": "The version of this schema."},
        "conflicts": _list("Conflict", "What is left to decide."),
        "resolutions": {
            "type": "object",
            "additionalProperties": _CHOICE,
            "description": "What was decided before, by the conflict's id.",
        },
        "strategies": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "What decides contradictions, by kind of conflict or field.",
        },
        "base": {"$ref": "#/$defs/Plan", "description": "The draft."},
        "copies": {
            "type": "array",
            "items": _object({"name": _TEXT, "plan": {"$ref": "#/$defs/Plan"}}, ["name", "plan"]),
            "description": "The edited copies, with the names of who made them.",
        },
        "remarks": _list("Remark", "What became of each comment of a list."),
        "decisions": _list("Decision", "What became of every change."),
    }
    whole = _object(properties, [MARK, "base", "copies"])
    return {**heading, **whole, "$defs": dict(sorted(parts.items()))}


def _object(properties: Json, required: list[str]) -> Json:
    made: Json = {"type": "object", "properties": properties}
    return made | {"required": required, "additionalProperties": False}


def _list(name: str, description: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "description": description}


def _choice(members: Iterable[Enum]) -> Json:
    return {"enum": [member.value for member in members]}


def _where() -> Json:
    texts = dict.fromkeys(("field", "key", "base_key", "name"), _TEXT)
    return _object({"subject": _choice(Subject), **texts, "section": _TEXTS}, ["subject"])


def _voice() -> Json:
    return _object({"by": _TEXTS, "value": {}}, ["by", "value"])


def _region() -> Json:
    voices: Json = {"type": "array", "items": {"$ref": "#/$defs/Voice"}}
    place: Json = {"type": "integer", "minimum": 0}
    return _object(
        {"what": _TEXT, "base": _TEXT, "voices": voices, "start": place}, ["what", "base", "voices"]
    )


def _suggestion() -> Json:
    return _object({"value": {}, "by": _TEXT, "rule": _TEXT}, [])


def _conflict() -> Json:
    voices: Json = {"type": "array", "items": {"$ref": "#/$defs/Voice"}}
    properties: Json = {
        "id": {**_TEXT, "description": "The draft's key and the field."},
        "resolution": {
            "anyOf": [{"type": "null"}, *_CHOICE["anyOf"]],
            "description": "What is decided: a copy's name, base, suggested, or an object with the value.",
        },
        "zh": {**_TEXT, "description": "Who wants what, in Chinese."},
        "en": {**_TEXT, "description": "Who wants what, in English."},
        "kind": _choice(ConflictKind),
        "where": {"$ref": "#/$defs/Where"},
        "base": {"description": "The draft's value."},
        "voices": voices | {"description": "What the copies would have."},
        "regions": {"type": "array", "items": {"$ref": "#/$defs/Region"}},
        "suggestion": {"$ref": "#/$defs/Suggestion"},
    }
    return _object(properties, ["id", "kind", "where", "voices"])


def _decision() -> Json:
    properties: Json = {
        "action": _choice(Action),
        "change": _choice(ChangeKind),
        "where": {"$ref": "#/$defs/Where"},
        "by": _TEXTS,
        "rule": _TEXT,
        "old": {},
        "new": {},
        "conflict": _TEXT,
    }
    return _object(properties, ["action", "change", "where"])


def _comment() -> Json:
    names = ("who", "task", "quote", "proposal", "reason", "field", "status", "number", "origin")
    pair: Json = {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}
    return _object({**dict.fromkeys(names, _TEXT), "others": {"type": "array", "items": pair}}, ["who"])


def _remark() -> Json:
    comment: Json = {"$ref": "#/$defs/Comment"}
    properties: Json = {"kind": _choice(RemarkKind), "key": _TEXT, "rest": _TEXT, "comment": comment}
    return _object(properties, ["kind", "comment"])
