"""The JSON Schema of plans (draft 2020-12), made from the classes.

``python -m gongkai.codec`` prints it as it is shipped in ``plan-1.schema.json``.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeAlias, cast

from gongkai.codec._leaves import LONGEST
from gongkai.codec._shapes import BLOCKS, CLASSES, Field, Shape, shape_of
from gongkai.codec.versions import SCHEMA
from gongkai.model import Deadline, Pieces, Plan, Span
from gongkai.model.deadline import FIELDS

__all__ = ["described", "json_schema"]

Json: TypeAlias = "dict[str, Any]"

_KIND: Final = "Which sort of block it is."
_OFFSET: Final[Json] = {"type": "integer", "minimum": 0}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of the files that ``dumps`` writes.

    What a schema cannot say, ``loads`` still checks: that a span's end is not before its start, that a day
    exists, that a deadline starts before it ends, and that no two sections or tasks share a key.

    >>> from gongkai.codec import json_schema
    >>> schema = json_schema()
    >>> schema["$schema"], schema["required"]
    ('https://json-schema.org/draft/2020-12/schema', ['gongkai', 'title'])
    """
    plan = _object(shape_of(Plan))
    version: Json = {"const": SCHEMA, "description": "The version of this schema."}
    plan["properties"] = {"gongkai": version, **plan["properties"]}
    plan["required"] = ["gongkai", *plan["required"]]
    parts: Json = {cls.__name__: _object(shape_of(cls)) for cls in CLASSES if cls is not Plan}
    parts["Deadline"] |= {"allOf": _deadline_rules()}
    parts |= {"Block": _block(), "Span": _span(), "Pieces": _pieces()}
    title = f"gongkai plan, schema {SCHEMA}"
    heading: Json = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**heading, **plan, "$defs": dict(sorted(parts.items()))}


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").partition("\n")[0]


def described(part: Json, cls: type) -> Json:
    """Return a part of a schema with what the class's docstring says of it, where it says nothing yet."""
    told = _told(cls)
    properties = {
        name: {**value, "description": value.get("description") or told.get(name, "")}
        for name, value in part["properties"].items()
    }
    return {**part, "description": part.get("description") or _first_line(cls), "properties": properties}


def _told(cls: type) -> Mapping[str, str]:
    """What a class's docstring says of each field, under ``Attributes:``."""
    told: dict[str, str] = {}
    name = ""
    _, _, listed = (inspect.getdoc(cls) or "").partition("\nAttributes:\n")
    for line in listed.partition("\n\n")[0].splitlines():
        if line.startswith("        "):
            told[name] += " " + line.strip()
        else:
            name, _, text = line.strip().partition(": ")
            told[name] = text
    return {name: text[:1].upper() + text[1:] for name, text in told.items()}


def _object(shape: Shape) -> Json:
    told = _told(shape.cls)
    properties: Json = {"kind": {"const": shape.tag, "description": _KIND}} if shape.tag else {}
    for field in shape.fields:
        properties[field.name] = {**_value(field), "description": told[field.name]}
    required = (["kind"] if shape.tag else []) + [field.name for field in shape.fields if field.required]
    made: Json = {"type": "object", "description": _first_line(shape.cls), "properties": properties}
    return made | ({"required": required} if required else {}) | {"additionalProperties": False}


def _value(field: Field) -> Json:
    if field.many:
        return {"type": "array", "items": _item(field)}
    item = _item(field)
    if not field.optional:
        return item
    if "$ref" in item:
        return {"anyOf": [item, {"type": "null"}]}
    if "enum" in item:
        return {"enum": [*item["enum"], None]}
    return {**item, "type": [item["type"], "null"]}


def _item(field: Field) -> Json:
    if field.sort == "leaf":
        limits = dict(zip(("minimum", "maximum"), field.limits or (), strict=False))
        return {"type": {str: "string", int: "integer", bool: "boolean"}[field.of], **limits}
    if field.sort == "choice":
        return {"enum": [member.value for member in cast("type[Enum]", field.of)]}
    if field.sort == "day":
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if field.sort == "pair":
        return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
    return {"$ref": "#/$defs/" + ("Block" if field.sort == "block" else field.of.__name__)}


def _block() -> Json:
    branches = [
        {"if": {"properties": {"kind": {"const": tag}}}, "then": {"$ref": f"#/$defs/{cls.__name__}"}}
        for tag, cls in BLOCKS.items()
    ]
    known: Json = {"kind": {"enum": list(BLOCKS), "description": _KIND}}
    return {"description": "A paragraph, a section or a task.", "type": "object", "properties": known} | {
        "required": ["kind"],
        "allOf": branches,
    }


def _deadline_rules() -> list[Json]:
    """Which fields belong to which kind of deadline."""
    rules: list[Json] = []
    names = [
        field.name
        for field in shape_of(Deadline).fields
        if field.name not in {"text", "kind", "stated", "span"}
    ]
    for kind, (must, may) in FIELDS.items():
        properties: Json = {name: {"not": {"type": "null"}} for name in names if name in must}
        properties |= {name: {"type": "null"} for name in names if name not in must | may}
        then: Json = {"required": [name for name in names if name in must], "properties": properties}
        rules.append(
            {"if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]}, "then": then}
        )
    return rules


def _span() -> Json:
    pair: Json = {"type": "array", "items": _OFFSET, "minItems": 2, "maxItems": 2}
    cuts: Json = {"type": "array", "items": pair, "minItems": 2}
    described = (
        _first_line(Span)
        + " [start, end], or a list of such pairs where not everything between belongs to it."
    )
    return {"description": described, "anyOf": [pair, cuts]}


def _pieces() -> Json:
    length: Json = {"type": "integer", "minimum": 1, "maximum": LONGEST}
    return {
        "description": _first_line(Pieces),
        "type": "object",
        "properties": {
            "kinds": {"type": "array", "items": {"type": "string"}, "description": "The kind of each piece."},
            "lengths": {
                "type": "array",
                "items": length,
                "description": "The number of characters of each piece.",
            },
        },
        "required": ["kinds", "lengths"],
        "additionalProperties": False,
    }
