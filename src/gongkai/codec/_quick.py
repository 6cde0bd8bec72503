"""The quick way between plain data and the model: one function a class, compiled from its shape.

Reading takes what ``dumps`` writes and refuses the rest without saying why; the detailed reading is the one
that judges. A property test holds that both build the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final, cast

from gongkai.codec._leaves import (
    Refused,
    read_day,
    read_pairs,
    read_pieces,
    read_span,
    write_pieces,
    write_span,
)
from gongkai.codec._shapes import BLOCKS, CLASSES, Field, Shape, shape_of
from gongkai.model import Deadline, Department, Pieces, Plan
from gongkai.model._house import twin_of
from gongkai.model.deadline import FIELDS

__all__ = ["Reader", "Tally", "Writer", "readers", "writers"]


class Tally:
    """What one reading keeps.

    Attributes:
        keys: how many keys all objects have.
        addresses: the keys of sections and tasks.
        known: what was last read of the classes in :data:`_SHARED`, by its first field, and from what.
    """

    __slots__ = ("addresses", "keys", "known")

    def __init__(self) -> None:
        self.keys = 0
        self.addresses: list[object] = []
        self.known: dict[object, tuple[object, object]] = {}


Reader = Callable[[object, Tally], Any]
Writer = Callable[[Any], "dict[str, Any]"]

#: One object stands for all mentions that are alike. Every value of such a class is a str in JSON, or null.
_SHARED: Final = frozenset({Department})


def _compile(name: str, lines: Iterable[str], scope: dict[str, Any]) -> None:
    exec(compile("\n".join(lines), f"<codec {name}>", "exec"), scope)  # noqa: S102 - from our own classes' fields


def _indented(lines: Iterable[str]) -> list[str]:
    return ["    " + line for line in lines]


# Reading


def _leaf(field: Field) -> list[str]:
    name, kind = field.name, field.of.__name__
    wrong = f"type({name}) is not {kind}"
    if field.limits:
        wrong = f"({wrong} or not {field.limits[0]} <= {name} <= {field.limits[1]})"
    if field.optional:
        wrong = f"{name} is not None and {wrong}"
    return [f"if {wrong}: raise Refused"]


def _many(field: Field) -> list[str]:
    name = field.name
    lines = [f"if type({name}) is not list: raise Refused"]
    if field.sort == "leaf":
        lines += [f"if {name} and set(map(type, {name})) != {{{field.of.__name__}}}: raise Refused"]
        return [*lines, f"{name} = tuple({name})"]
    if field.sort == "pair":
        return [*lines, f"{name} = read_pairs({name})"]
    read = "read_block[item['kind']]" if field.sort == "block" else f"read_{field.of.__name__}"
    return [
        *lines,
        f"if len({name}) == 1: item = {name}[0]; {name} = ({read}(item, tally),)",  # so many are
        f"else: {name} = tuple([{read}(item, tally) for item in {name}])",
    ]


def _value(field: Field) -> list[str]:
    """The lines that check and convert the value called as the field is."""
    name = field.name
    if field.many:
        return _many(field)
    if field.sort == "leaf":
        return _leaf(field)
    if field.sort == "choice":  # its table knows whether None is one
        return [f"{name} = {field.of.__name__}[{name}]"]
    reading = {
        "day": f"read_day({name})",
        "thing": f"read_{field.of.__name__}({name}, tally)",
        "span": f"read_span({name})",
        "pieces": f"read_pieces({name}); tally.keys += 2",
    }
    only = f"if {name} is not None: " if field.optional else ""
    return [f"{only}{name} = {reading[field.sort]}"]


def _default(field: Field) -> str:
    if field.many:
        return "()"
    if field.sort == "pieces":
        return "NO_PIECES"
    if field.sort == "thing" and not field.optional:  # a record that says nothing
        return f"{field.of.__name__}()"
    return repr(field.default)


def _has_to_be_given(field: Field) -> bool:
    """Tell whether the quick way in needs it: a year that is not written comes from the title, say."""
    return field.required or field.always


def _optional_fields(fields: Sequence[Field]) -> list[str]:
    lines: list[str] = []
    for field in fields:
        name = field.name
        taken = [f"{name} = given[{name!r}]", "size -= 1", *_value(field)]
        lines += [f"if {name!r} in given:", *_indented(taken), "else:", f"    {name} = {_default(field)}"]
    return lines


def _rules(cls: type) -> list[str]:
    """What the class asks for beyond its fields' types."""
    if cls is Deadline:
        return [
            *_deadline_rules(),
            "if start is not None and due is not None and start > due: raise Refused",
        ]
    if cls is Plan:
        return [
            "addresses = set(tally.addresses)",
            "if len(addresses) != len(tally.addresses): raise Refused",
            "if None in addresses or '' in addresses: raise Refused",
        ]
    return []


def _reading(shape: Shape) -> list[str]:
    names = [field.name for field in shape.fields]
    needed = [field for field in shape.fields if _has_to_be_given(field)]
    others = [field for field in shape.fields if not _has_to_be_given(field)]
    body = ["if type(given) is not dict: raise Refused", "size = len(given)", "tally.keys += size"]
    if shape.cls in _SHARED:
        body += [f"like = tally.known.get(given[{names[0]!r}])"]
        body += ["if like is not None and like[0] == given: return like[1]"]
    body += [f"if given['kind'] != {shape.tag!r}: raise Refused"] if shape.tag else []
    for field in needed:
        body += [f"{field.name} = given[{field.name!r}]", *_value(field)]
    count = len(needed) + bool(shape.tag)
    if others:  # with no more keys than those needed, there is nothing to look for; each found is one less
        body += [f"if size == {count}:"]
        body += _indented([f"{field.name} = {_default(field)}" for field in others])
        body += ["else:", *_indented(_optional_fields(others))]
    body += [f"if size != {count}: raise Refused"]
    body += ["tally.addresses.append(key)"] if shape.tag and "key" in names else []
    body += _rules(shape.cls)
    body += ["made = Twin()", *[f"made.{name} = {name}" for name in names], "made.__class__ = cls"]
    body += [f"tally.known[{names[0]}] = given, made"] if shape.cls in _SHARED else []
    return ["def read(given, tally):", *_indented([*body, "return made"])]


def _deadline_rules() -> list[str]:
    """Which fields belong to which kind: one test for all kinds that are alike."""
    alike: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
    for kind, fields in FIELDS.items():
        alike.setdefault(fields, []).append(kind.value)
    named = sorted({name for must, may in alike for name in must | may})
    lines: list[str] = []
    for (must, may), kinds in alike.items():
        wrong = [f"{name} is None" for name in named if name in must]
        wrong += [f"{name} is not None" for name in named if name not in must | may]
        test = "el" * bool(lines) + f"if given['kind'] in {{{', '.join(map(repr, kinds))}}}:"
        lines += [test, f"    if {' or '.join(wrong)}: raise Refused"]
    return lines


def _choices(shape: Shape) -> dict[str, Any]:
    """The members of each enum by their values; None stands for itself where there may be none."""
    found: dict[str, Any] = {}
    for field in shape.fields:
        if field.sort == "choice":
            members = cast("type[Enum]", field.of)
            found[field.of.__name__] = {member.value: member for member in members}
            if field.optional:
                found[field.of.__name__][None] = None
    return found


@cache
def readers() -> dict[type, Reader]:
    """Return the function that reads each class; compiled once."""
    made: dict[type, Reader] = {}
    shared: dict[str, Any] = {
        "Refused": Refused,
        "NO_PIECES": Pieces((), "", b""),
        "read_block": {},
        "read_day": read_day,
        "read_span": read_span,
        "read_pairs": read_pairs,
        "read_pieces": read_pieces,
    }
    scopes: list[dict[str, Any]] = []
    for cls in CLASSES:
        shape = shape_of(cls)
        scope: dict[str, Any] = {
            **shared,
            **_choices(shape),
            "Twin": twin_of(cls),
            "cls": cls,
        }
        scope |= {field.of.__name__: field.of for field in shape.fields if field.sort == "thing"}
        _compile(f"reads {cls.__name__}", _reading(shape), scope)
        made[cls] = scope["read"]
        scopes.append(scope)
    for scope in scopes:
        scope |= {f"read_{cls.__name__}": read for cls, read in made.items()}
    shared["read_block"] |= {tag: made[cls] for tag, cls in BLOCKS.items()}
    return made


# Writing


def _written(field: Field) -> str:
    """The expression that writes the value ``v``."""
    if field.many:
        item = {
            "thing": f"[write_{field.of.__name__}(item) for item in v]",
            "block": "[write_block[type(item)](item) for item in v]",
            "pair": "[list(item) for item in v]",
        }
        return item.get(field.sort, "list(v)")
    one = {
        "day": "v.isoformat()",
        "choice": "v._value_",
        "thing": f"write_{field.of.__name__}(v)",
        "span": "write_span(v)",
        "pieces": "write_pieces(v)",
    }
    return one.get(field.sort, "v")


def _writing_field(field: Field) -> list[str]:
    put = f"data[{field.name!r}] = {_written(field)}"
    if field.required or field.always:
        return [f"v = thing.{field.name}", put]
    if field.optional:
        return [f"v = thing.{field.name}", f"if v is not None: {put}"]
    if field.many or field.sort == "leaf":  # a default that is no list is "" or False
        return [f"v = thing.{field.name}", f"if v: {put}"]
    return [f"v = thing.{field.name}", f"v = {_written(field)}", f"if v: data[{field.name!r}] = v"]


@cache
def writers() -> dict[type, Writer]:
    """Return the function that writes each class; compiled once."""
    made: dict[type, Writer] = {}
    write_block: dict[type, Writer] = {}
    scopes: list[dict[str, Any]] = []
    for cls in CLASSES:
        shape = shape_of(cls)
        body = ["data = {'kind': " + repr(shape.tag) + "}" if shape.tag else "data = {}"]
        for field in shape.fields:
            body += _writing_field(field)
        scope: dict[str, Any] = {
            "write_block": write_block,
            "write_span": write_span,
            "write_pieces": write_pieces,
        }
        _compile(f"writes {cls.__name__}", ["def write(thing):", *_indented([*body, "return data"])], scope)
        made[cls] = scope["write"]
        scopes.append(scope)
    for scope in scopes:
        scope |= {f"write_{cls.__name__}": write for cls, write in made.items()}
    write_block |= {cls: made[cls] for cls in BLOCKS.values()}
    return made
