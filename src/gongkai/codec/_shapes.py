"""What each class of the model looks like in JSON.

The reader, the writer and the JSON Schema are all made from these shapes, and the shapes from the classes: a
field that a class gains is read, written and described without a line here, but for its place in the order.
"""

from __future__ import annotations

import types
from datetime import date
from enum import Enum
from functools import cache
from typing import Final, Literal, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

import attrs

from gongkai.model import (
    Assignment,
    Deadline,
    Department,
    Division,
    DocumentNumber,
    Finding,
    Notice,
    Paragraph,
    Pieces,
    Place,
    Plan,
    Record,
    Section,
    Source,
    Span,
    Task,
)

__all__ = ["BLOCKS", "CLASSES", "LIMITS", "Field", "Shape", "shape_of"]

Sort: TypeAlias = Literal["leaf", "day", "choice", "thing", "block", "pair", "span", "pieces"]

#: The classes that are objects in JSON.
CLASSES: Final[tuple[type, ...]] = (
    *(Department, Assignment, Deadline, Paragraph, Task, Section),
    *(DocumentNumber, Record, Notice, Division, Finding, Place, Source, Plan),
)
#: The classes that carry a ``kind`` that is no field of theirs.
BLOCKS: Final[dict[str, type]] = {cls.kind: cls for cls in (Paragraph, Section, Task)}

#: The lowest and highest int that a field takes; the classes' own checks say the same, as a test holds.
LIMITS: Final[dict[tuple[type, str], tuple[int, int]]] = {
    (Plan, "year"): (1000, 9999),
    (DocumentNumber, "year"): (1000, 9999),
    (DocumentNumber, "sequence"): (0, 99_999),
    (Deadline, "amount"): (0, 100_000),
    (Place, "start"): (0, 2**40),
}

#: The printed order, where it is not the class's: what tells a thing from others first, long parts last.
_ORDER: Final[dict[type, tuple[str, ...]]] = {
    Paragraph: ("label", "text", "span"),
    Task: ("key", "label", "text", "assignments", "deadlines", "extras", "span", "parts"),
    Section: ("key", "label", "heading", "span", "content"),
    Source: ("origin", "media_type", "encoding", "retrieved_on", "sha256", "text", "pieces", "places"),
    Plan: (
        *("kind", "title", "year", "division", "record", "notice", "preamble", "content", "closing"),
        *("directory", "findings", "source"),
    ),
}
#: Fields that are written even where they have their default value: they tell what the file is.
_ALWAYS: Final = {(Plan, "kind"), (Plan, "year")}


@attrs.frozen
class Field:
    """One key of an object in JSON.

    Attributes:
        name: the key, and the name of the class's field.
        sort: what its values are, or what their items are.
        of: the class that they have in Python.
        many: it is a list of them.
        optional: null stands for None.
        required: an object without it is refused.
        default: the value that is left out, where it is a plain one.
        always: it is written even where it has its default.
        limits: the lowest and highest int that it takes.
    """

    name: str
    sort: Sort
    of: type
    many: bool
    optional: bool
    required: bool
    default: object
    always: bool
    limits: tuple[int, int] | None


@attrs.frozen
class Shape:
    """An object in JSON.

    Attributes:
        cls: the class that it is in Python.
        tag: the value of its ``kind``, for a block.
        fields: its keys in printed order.
    """

    cls: type
    tag: str | None
    fields: tuple[Field, ...]


def _sort_of(hint: object) -> tuple[Sort, type]:
    """Tell what sort of value a type is; a type that no rule knows is an error of ours."""
    if get_origin(hint) is tuple and get_args(hint) == (str, str):
        return "pair", tuple
    if get_origin(hint) in (Union, types.UnionType) and set(get_args(hint)) == set(BLOCKS.values()):
        return "block", object
    if isinstance(hint, type):
        if hint in (str, int, bool):
            return "leaf", hint
        if hint is date:
            return "day", hint
        if hint is Span:
            return "span", hint
        if hint is Pieces:
            return "pieces", hint
        if issubclass(hint, Enum):
            return "choice", hint
        if hint in CLASSES:
            return "thing", hint
    raise TypeError(f"no rule writes {hint!r} as JSON")


def _field_of(cls: type, attribute: attrs.Attribute[object], hint: object) -> Field:
    many = optional = False
    arguments = get_args(hint)
    if get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        many, hint = True, arguments[0]
    elif get_origin(hint) in (Union, types.UnionType) and type(None) in arguments:
        optional = True
        (hint,) = (one for one in arguments if one is not type(None))
    sort, of = _sort_of(hint)
    name = attribute.name
    return Field(
        name=name,
        sort=sort,
        of=of,
        many=many,
        optional=optional,
        required=attribute.default is attrs.NOTHING,
        default=attribute.default,
        always=(cls, name) in _ALWAYS,
        limits=LIMITS.get((cls, name)),
    )


@cache
def shape_of(cls: type) -> Shape:
    """Return the shape of one of :data:`CLASSES`."""
    hints = get_type_hints(cls)
    listed = cast("tuple[attrs.Attribute[object], ...]", attrs.fields(cls))
    attributes = {attribute.name: attribute for attribute in listed}
    names = _ORDER.get(cls, tuple(attributes))
    if set(names) != set(attributes):
        raise TypeError(f"the printed order of {cls.__name__} names other fields than the class has")
    tag = next((tag for tag, block in BLOCKS.items() if block is cls), None)
    return Shape(cls, tag, tuple([_field_of(cls, attributes[name], hints[name]) for name in names]))
