"""What the constructors refuse, and which fields a deadline of each kind has."""

from __future__ import annotations

import datetime as dt
import pickle
import typing
from datetime import date
from enum import Enum
from typing import Any

import attrs
import pytest
from hypothesis import given

from gongkai.errors import InvalidValue
from gongkai.model import (
    Assignment,
    Deadline,
    DeadlineKind,
    DocumentNumber,
    Pieces,
    Plan,
    Record,
    Span,
    Stated,
    Task,
)
from gongkai.model.deadline import FIELDS
from gongkai.testing import strategies
from tests.helpers_model import SMALLEST

CLASSES = tuple(SMALLEST)


class _Text(str):
    """A str that is none of ours."""

    __slots__ = ()


#: For each type that a field may have: values that are not of it.
WRONG: dict[object, tuple[object, ...]] = {
    str: (3, b"text", ["text"], _Text("text"), object()),
    int: ("3", 3.0, True, object()),
    bool: (1, "true", object()),
    bytes: ("text", 3, object()),
    date: ("2024-01-01", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), 20240101, object()),
    tuple: (3, object(), [object()], [3.5], {"key": object()}),
}


def wrong_values(cls: type, name: str) -> tuple[object, ...]:
    """Values that the field's annotation does not allow."""
    hint = typing.get_type_hints(cls)[name]
    kinds = list(typing.get_args(hint)) if typing.get_origin(hint) is not tuple else [hint]
    kinds = kinds or [hint]
    found: list[object] = [] if type(None) in kinds else [None]
    for kind in kinds:
        plain = typing.get_origin(kind) or kind
        if plain is type(None):
            continue
        if isinstance(plain, type) and issubclass(plain, Enum):
            found += ["no-such", 3, "", object()]
        else:
            found += WRONG.get(plain, (3, "text", object()))
    if kinds == [hint] and typing.get_origin(hint) is tuple and (cls, name) != (Assignment, "departments"):
        found.append("one text")
    return tuple(found)


CASES = [
    (cls, field.name, value)
    for cls in CLASSES
    for field in attrs.fields(cls)
    for value in wrong_values(cls, field.name)
]


@pytest.mark.parametrize(
    ("cls", "name", "value"),
    CASES,
    ids=[f"{cls.__name__}.{name}-{i}" for i, (cls, name, _) in enumerate(CASES)],
)
def test_a_wrong_value_is_refused_by_name(cls: type, name: str, value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        cls(**{**SMALLEST[cls], name: value})

    error = caught.value
    assert (error.owner, error.field) == (cls.__name__, name)
    assert error.expected
    message = str(error)
    assert message.startswith(f"{cls.__name__}.{name}: expected {error.expected}, got ")
    assert message.endswith(f"({type(error.value).__name__})")


def test_no_field_is_left_out_of_the_wrong_values() -> None:
    tried = {(cls, name) for cls, name, _ in CASES}

    assert tried == {(cls, field.name) for cls in CLASSES for field in attrs.fields(cls)}


#: What each field takes by itself, but not together with the others or in that number.
MISFITS: dict[str, tuple[typing.Callable[[], object], str]] = {
    "span-backwards": (lambda: Span(3, 2), "end"),
    "span-negative": (lambda: Span(-1, 2), "start"),
    "span-cuts-short-of-the-end": (lambda: Span(0, 4, (0, 2)), "cuts"),
    "span-cuts-touch": (lambda: Span(0, 4, (0, 2, 2, 4)), "cuts"),
    "span-cuts-odd": (lambda: Span(0, 4, (0, 2, 4)), "cuts"),
    "pieces-empty": (lambda: Pieces.of([("text", 2), ("text", 2)]), "end"),
    "pieces-without-lengths": (lambda: Pieces(("text",), "\0", b""), "lengths"),
    "pieces-names-twice": (lambda: Pieces(("text", "text"), "\0\1", bytes(4)), "names"),
    "pieces-codes-out-of-order": (lambda: Pieces(("text", "stop"), "\1\0", bytes(4)), "codes"),
    "pieces-lengths-too-wide": (lambda: Pieces(("text",), "\0", bytes(4)), "lengths"),
    "pieces-name-unused": (lambda: Pieces(("text", "stop"), "\0", bytes(2)), "codes"),
    "plan-year": (lambda: Plan("要点", year=24), "year"),
    "plan-task-in-preamble": (lambda: Plan("要点", preamble=[Task("公开。")]), "preamble"),  # type: ignore[list-item]
    "number-sequence": (lambda: DocumentNumber("京政办发", 2016, 100_000), "sequence"),
    "record-pair": (lambda: Record(others=[("备注", 3)]), "others"),  # type: ignore[list-item]
    "task-triple": (lambda: Task("公开。", extras=[("备注", "甲", "乙")]), "extras"),  # type: ignore[list-item]
    "deadline-start-after-due": (
        lambda: Deadline("1月至3月", "month", date(2024, 3, 31), start=date(2024, 4, 1)),
        "start",
    ),
    "deadline-text-for-a-date": (lambda: Deadline.by_date("2024-01-01"), "due"),  # type: ignore[arg-type]
    "deadline-month": (lambda: Deadline.by_month(2024, 13), "month"),
    "deadline-quarter": (lambda: Deadline.by_quarter(2024, 0), "quarter"),
    "deadline-half": (lambda: Deadline.by_half(2024, 0), "half"),
    "deadline-year": (lambda: Deadline.by_year(0), "year"),
}


@pytest.mark.parametrize(("build", "field"), tuple(MISFITS.values()), ids=tuple(MISFITS))
def test_values_that_do_not_fit_together_are_refused(build: typing.Callable[[], object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        build()

    assert caught.value.field == field


def test_errors_survive_pickling() -> None:
    error = InvalidValue("Task", "text", 3, "a str")

    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


# Deadlines


VARIABLE = {"due", "start", "rule", "amount", "unit", "bound", "event"}
FACTS: dict[str, Any] = {
    "due": date(2024, 10, 31),
    "start": date(2024, 3, 1),
    "rule": "FREQ=MONTHLY",
    "amount": 30,
    "unit": "day",
    "bound": "max",
    "event": "征集结束后",
}


def test_the_table_of_deadlines_names_every_kind_and_field() -> None:
    fixed = {"text", "kind", "stated", "span"}

    assert set(FIELDS) == set(DeadlineKind)
    assert {name for must, may in FIELDS.values() for name in must | may} == VARIABLE == set(FACTS)
    assert {field.name for field in attrs.fields(Deadline)} == VARIABLE | fixed
    assert all(not must & may for must, may in FIELDS.values())


@pytest.mark.parametrize("name", sorted(VARIABLE))
@pytest.mark.parametrize("kind", DeadlineKind, ids=str)
def test_a_deadline_has_the_fields_of_its_kind(kind: DeadlineKind, name: str) -> None:
    must, may = FIELDS[kind]
    needed = {field: FACTS[field] for field in must}
    with_it, without_it = {**needed, name: FACTS[name]}, {**needed, name: None}

    for allowed, values in ((name in must | may, with_it), (name not in must, without_it)):
        if allowed:
            assert Deadline("期限", kind, **values).kind is kind
        else:
            with pytest.raises(InvalidValue) as caught:
                Deadline("期限", kind, **values)
            assert (caught.value.field, str(kind) in caught.value.expected) == (name, True)


@given(strategies.deadlines())
def test_where_a_deadline_stands_is_outside_equality(deadline: Deadline) -> None:
    assert attrs.evolve(deadline, stated=Stated.COLUMN, span=Span(0, 1)) == deadline
