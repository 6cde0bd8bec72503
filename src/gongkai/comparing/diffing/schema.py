"""The JSON Schema of the files of diffs (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias, cast, get_args

import attrs

from gongkai.codec.schema import described, json_schema
from gongkai.comparing.alignment.links import Evidence, EvidenceKind, Strength
from gongkai.comparing.diffing.changes import Status
from gongkai.comparing.diffing.filing import MARK, SCHEMA
from gongkai.comparing.diffing.kinds import KINDS, Act, ChangeKind, Kinship, Subject
from gongkai.comparing.diffing.tree import FIELDS

__all__ = ["diff_schema"]

Json: TypeAlias = "dict[str, Any]"

_CLASSES: Final = {Subject.TASK: "Task", Subject.SECTION: "Section", Subject.PARAGRAPH: "Paragraph"}
_TEXT: Final[Json] = {"type": "string"}
_PLACE: Final[Json] = {"type": "integer", "minimum": 0}
_PATH: Final[Json] = {"type": "array", "items": _PLACE}


def diff_schema() -> dict[str, object]:
    """Return the JSON Schema of the files that ``Diff.to_json`` writes.

    What a schema cannot say, ``Diff.from_json`` still checks: that a change says what the plans say, that
    paths, keys and positions are those of something, that the changes lead from the old plan to the new one.

    >>> from gongkai.comparing import diff_schema
    >>> schema = diff_schema()
    >>> schema["title"], schema["required"]
    ('gongkai diff, schema 1', ['gongkai-diff', 'old', 'new', 'rows', 'links'])
    """
    plan = cast("Json", json_schema())
    parts: Json = plan.pop("$defs")
    heading = {"$schema": plan.pop("$schema"), "title": f"gongkai diff, schema {SCHEMA}"}
    parts["Plan"] = {"type": "object", **plan}
    parts |= {"Change": _change(parts), "Row": _row(), "Link": _link(), "Evidence": _evidence()}
    properties: Json = {
        MARK: {"const": SCHEMA, "description": "The version of this schema."},
        "old": {"$ref": "#/$defs/Plan", "description": "The plan that the diff starts from."},
        "new": {"$ref": "#/$defs/Plan", "description": "The plan that it leads to."},
        "rows": _list({"$ref": "#/$defs/Row"}, "One row a correspondence, in the order of the new plan."),
        "links": _list({"$ref": "#/$defs/Link"}, "The links between tasks that it rests on."),
    }
    whole = _object("How one plan differs from another.", properties, list(properties))
    made: dict[str, object] = {**heading, **whole, "$defs": dict(sorted(parts.items()))}
    return made


def _object(description: str, properties: Json, required: list[str]) -> Json:
    made: Json = {"type": "object", "description": description, "properties": properties}
    return made | {"required": required, "additionalProperties": False}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description}


def _choice(members: Any, description: str) -> Json:
    return {"enum": [member.value for member in members], "description": description}


def _row() -> Json:
    properties: Json = {
        "subject": _choice(Subject, "What it is about."),
        "status": _choice(Status, "What became of it."),
        "old": _list(_PATH, "The blocks of the old plan: positions that lead to each from the top."),
        "new": _list(_PATH, "The blocks of the new plan."),
        "changes": _list({"$ref": "#/$defs/Change"}, "What changed."),
        "links": _list(_PLACE, "The links between these tasks, by their positions."),
    }
    return _object("One correspondence between the two plans.", properties, ["subject", "status"])


def _link() -> Json:
    properties: Json = {
        "old": {**_TEXT, "description": "The key of the task of the old plan."},
        "new": {**_TEXT, "description": "The key of the task of the new plan."},
        "strength": _choice(Strength, "How far they are the same obligation."),
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "How sure it is."},
        "evidence": _list({"$ref": "#/$defs/Evidence"}, "What speaks for it."),
    }
    return _object("One correspondence between two tasks.", properties, ["old", "new"])


def _evidence() -> Json:
    properties: Json = {
        "kind": _choice(EvidenceKind, "What sort of evidence it is."),
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "How strongly it speaks."},
        "detail": {**_TEXT, "description": "The words behind it."},
    }
    properties |= {field.name: {} for field in attrs.fields(Evidence) if field.name not in properties}
    return described(_object("One thing that speaks for a link.", properties, ["kind", "score"]), Evidence)


def _change(parts: Json) -> Json:
    relations = [each for side in get_args(Kinship) for each in (get_args(side) or (side,))]
    names: Json = {"old": _TEXT, "new": _TEXT, "relation": {"enum": relations}}
    properties: Json = {
        "kind": _choice(ChangeKind, "What sort of difference it is."),
        "subject": _choice(Subject, "What it is about."),
        "field": {
            **_TEXT,
            "description": "The field that differs; not there where a block came, went or moved.",
        },
        "old_key": {**_TEXT, "description": "The key of the section or task in the old plan."},
        "new_key": {**_TEXT, "description": "Its key in the new plan."},
        "old_path": {**_PATH, "description": "Where it stands in the old plan."},
        "new_path": {**_PATH, "description": "Where it stands in the new plan."},
        "old": {"description": "What stood in the old plan; not there where there was nothing."},
        "new": {"description": "What stands in the new plan."},
        "bodies": _list(
            _object("A body that has two names.", names, list(names)),
            "For departments: who has two names, and what they are to each other.",
        ),
    }
    made = _object("One difference.", properties, ["kind", "subject"])
    return made | {"allOf": list(_values(parts))}


def _values(parts: Json) -> Iterator[Json]:
    """Say what ``old`` and ``new`` are, by what the change is about."""
    for subject, cls in _CLASSES.items():
        whole: Json = {"$ref": f"#/$defs/{cls}"}
        kinds = [kind.value for kind, facts in KINDS.items() if facts.act in {Act.INSERT, Act.DELETE}]
        yield _rule({"subject": {"const": subject.value}, "kind": {"enum": kinds}}, whole)
        for field in FIELDS[subject]:
            about: Json = {"subject": {"const": subject.value}, "field": {"const": field}}
            yield _rule(about, parts[cls]["properties"][field])
    yield _rule({"kind": {"const": ChangeKind.MOVED.value}}, _TEXT)
    for field in ("title", "year", "kind", "notice", "preamble", "closing"):
        about = {"subject": {"const": Subject.PLAN.value}, "field": {"const": field}}
        yield _rule(about, parts["Plan"]["properties"][field])
    for owner, cls in (("record", "Record"), ("notice", "Notice")):
        for field, value in parts[cls]["properties"].items():
            yield _rule({"field": {"const": f"{owner}.{field}"}}, value)


def _rule(about: Json, value: Json) -> Json:
    return {
        "if": {"properties": about, "required": list(about)},
        "then": {"properties": {"old": value, "new": value}},
    }
