"""Laws that hold for every class of the model."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import typing
from enum import Enum
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import model
from gongkai.model import (
    Assignment,
    Citation,
    Deadline,
    Department,
    Division,
    DocumentNumber,
    Finding,
    Notice,
    Paragraph,
    Piece,
    Pieces,
    Place,
    Plan,
    Progress,
    Record,
    Section,
    Source,
    Span,
    Task,
)
from gongkai.model._house import trusted
from gongkai.testing import strategies
from tests.helpers_model import SMALLEST

EXAMPLES: dict[type, st.SearchStrategy[Any]] = {
    Assignment: strategies.assignments(),
    Citation: strategies.citations(),
    Deadline: strategies.deadlines(),
    Department: strategies.departments(),
    Division: strategies.divisions(),
    DocumentNumber: strategies.document_numbers(),
    Finding: strategies.findings(),
    Notice: strategies.notices(),
    Paragraph: strategies.paragraphs(),
    Piece: strategies.pieces(length=9).map(lambda pieces: pieces[-1]),
    Pieces: strategies.pieces(),
    Place: strategies.places(),
    Plan: strategies.plans(),
    Progress: strategies.progress(),
    Record: strategies.records(),
    Section: strategies.sections(),
    Source: strategies.sources(),
    Span: strategies.spans(),
    Task: strategies.tasks(),
}
CLASSES = tuple(EXAMPLES)
ENUMS = tuple(kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Enum))


def name_of(value: object) -> str:
    return value.__name__ if isinstance(value, type) else repr(value)


each_class = pytest.mark.parametrize("cls", CLASSES, ids=name_of)


def everything(value: object) -> dict[str, Any]:
    """All fields of an object and of those in it, with those outside equality."""
    return attrs.asdict(typing.cast("attrs.AttrsInstance", value))


def test_the_tables_here_name_every_class() -> None:
    found = {cls for cls in vars(model).values() if isinstance(cls, type) and attrs.has(cls)}

    assert found == set(EXAMPLES) == set(SMALLEST)


@each_class
@given(st.data())
def test_equal_values_have_equal_hashes(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])
    twin = attrs.evolve(one)

    assert twin is not one
    assert twin == one
    assert hash(twin) == hash(one)
    assert one != object()


@each_class
@given(st.data())
def test_a_change_inside_equality_is_a_difference(cls: type, data: st.DataObject) -> None:
    one, other = data.draw(EXAMPLES[cls]), data.draw(EXAMPLES[cls])
    fields = [field.name for field in attrs.fields(cls) if field.eq]

    assert (one == other) == all(getattr(one, name) == getattr(other, name) for name in fields)


@each_class
@given(st.data())
def test_pickling_keeps_everything(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])

    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(one, protocol))  # noqa: S301 - our own bytes
        assert back == one
        assert everything(back) == everything(one)


@each_class
@given(st.data())
def test_copies_keep_everything(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])

    for back in (copy.copy(one), copy.deepcopy(one)):
        assert type(back) is cls
        assert everything(back) == everything(one)


@each_class
@given(st.data())
def test_a_repr_is_one_line(cls: type, data: st.DataObject) -> None:
    shown = repr(data.draw(EXAMPLES[cls]))

    assert "\n" not in shown
    assert len(shown) <= 200


@each_class
def test_a_repr_is_one_line_whatever_the_fields_hold(cls: type) -> None:
    """Texts of real documents have line breaks in every place and no bound."""
    long = "长\n" * 300
    many = {
        "departments": [long] * 40,
        "assignments": [Assignment("lead", [long] * 40)] * 3,
        "deadlines": [Deadline.ongoing(long)] * 20,
        "document_number": DocumentNumber(long, 2024, 1),
        "cuts": tuple(range(1000)),
        "start": 0,
        "end": 999,
        "names": (long,),
        "codes": "\0" * 40,
        "lengths": b"\x01\x00" * 40,
        "rule": long,
    }
    values = dict(SMALLEST[cls])
    for field in attrs.fields(cls):
        hints = typing.get_type_hints(cls)[field.name]
        if field.name in many and not (cls is Deadline and field.name in {"start", "end"}):
            values[field.name] = many[field.name]
        elif hints in {str, str | None}:
            values[field.name] = long
    if cls is Deadline:
        values |= {"kind": "recurring", "event": None}

    shown = repr(cls(**values))

    assert "\n" not in shown
    assert len(shown) <= 220 if cls is Task else len(shown) <= 200


@each_class
@given(st.data())
def test_the_trusted_path_builds_what_the_constructor_builds(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])
    fields = attrs.fields(cls)
    values = {field.name: getattr(one, field.name) for field in fields}

    made: Any = trusted(cls)(*values.values())
    public = cls(**values)

    assert type(made) is cls
    assert made == public
    assert hash(made) == hash(public)
    assert repr(made) == repr(public)
    assert everything(made) == everything(public)
    assert pickle.dumps(made) == pickle.dumps(public)


@each_class
@given(st.data())
def test_evolve_keeps_what_it_is_not_told_to_change(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])

    assert everything(attrs.evolve(one)) == everything(one)


@each_class
@given(st.data())
def test_values_are_frozen(cls: type, data: st.DataObject) -> None:
    one = data.draw(EXAMPLES[cls])

    for field in attrs.fields(cls):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, field.name, getattr(one, field.name))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(one, field.name)
    assert not hasattr(one, "__dict__")


@each_class
def test_classes_are_final(cls: type) -> None:
    assert getattr(cls, "__final__", False)


@pytest.mark.parametrize(("size", "width"), ((65_535, 2), (65_536, 4)))
def test_long_pieces_take_wider_lengths(size: int, width: int) -> None:
    pieces = Pieces.in_columns(["label", "text"], [2, size])

    assert pieces.sizes == (2, size)
    assert len(pieces.lengths) == 2 * width
    assert pieces == Pieces(pieces.names, pieces.codes, pieces.lengths)


@each_class
def test_each_field_is_described(cls: type) -> None:
    doc = inspect.getdoc(cls) or ""
    block = re.search(r"^Attributes:\n((?:    .*\n?|\n)+)", doc, flags=re.MULTILINE)

    assert block is not None
    described = re.findall(r"^    (\w+): \S", block[1], flags=re.MULTILINE)
    assert described == [field.name for field in attrs.fields(cls)]


@pytest.mark.parametrize("kind", ENUMS, ids=name_of)
def test_members_are_their_strings(kind: type[Enum]) -> None:
    for member in kind:
        assert (member.value, str(member)) == (str(member), member.value)
        assert hash(member) == hash(member.value)
        assert kind(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - our own bytes


# Spans and pieces


@given(st.data(), st.text(min_size=1, max_size=40))
def test_a_span_is_as_long_as_what_it_covers(data: st.DataObject, text: str) -> None:
    span = data.draw(strategies.spans(len(text)))

    assert len(span.of(text)) == len(span)
    assert (span.pieces[0][0], span.pieces[-1][1]) == (span.start, span.end)


@given(strategies.sources())
def test_pieces_in_order_give_the_source(source: Source) -> None:
    if source.text is not None:
        assert "".join(source.text[piece.start : piece.end] for piece in source.pieces) == source.text
    assert len(source.pieces) == len(list(source.pieces))
    assert source.without_text().digest == source.digest
    assert source.without_text().text is None
    assert Pieces.of((piece.kind, piece.end) for piece in source.pieces) == source.pieces


@given(strategies.document_numbers(), st.sampled_from(("〔〕", "[]", "()", "（）", "﹝﹞", "【】")))
def test_a_document_number_reads_itself_in_every_bracket(number: DocumentNumber, brackets: str) -> None:
    printed = str(number).replace("〔", brackets[0]).replace("〕", brackets[1])

    assert DocumentNumber.parse(printed) == number
