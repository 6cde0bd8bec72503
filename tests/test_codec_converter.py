"""The converter for classes that hold ours."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum

import attrs
import pytest
from cattrs.errors import BaseValidationError
from hypothesis import given

import gongkai
from gongkai.codec import make_converter
from gongkai.codec._problems import problems_in
from gongkai.model import Block, Deadline, Paragraph, Pieces, Plan, Span, Task
from gongkai.testing import strategies


class Colour(Enum):
    RED = "red"


@attrs.frozen
class Note:
    task: Task
    by: str
    on: date | None = None
    colours: tuple[Colour, ...] = ()
    weight: float = 0.0
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    pieces: Pieces | None = None


NOTE = Note(
    Task("公开。", label="1.", deadlines=[Deadline.by_month(2024, 10)], key="1"),
    "区财政局",
    date(2024, 1, 2),
    (Colour.RED,),
    0.5,
    (Paragraph("原则。"), Task("公开。")),
    (Span(0, 2), Span(0, 4, (0, 1, 2, 4))),
    Pieces.of([("text", 3)]),
)

CONVERTER = make_converter()


def test_classes_of_others_may_hold_ours() -> None:
    converter = make_converter()
    data = json.loads(json.dumps(converter.unstructure(NOTE)))

    assert data["task"] == {
        "kind": "task",
        "key": "1",
        "label": "1.",
        "text": "公开。",
        "deadlines": [{"text": "2024年10月", "kind": "month", "due": "2024-10-31"}],
    }
    assert data["spans"] == [[0, 2], [[0, 1], [2, 4]]]
    assert converter.structure(data, Note) == NOTE


@given(strategies.plans())
def test_plans_are_written_as_dumps_writes_them(plan: Plan) -> None:
    data = CONVERTER.unstructure(plan)

    assert {"gongkai": 1, **data} == json.loads(gongkai.dumps(plan))
    assert CONVERTER.structure(data, Plan) == plan


@pytest.mark.parametrize(
    ("change", "place"),
    (
        ({"by": 5}, ("by",)),
        ({"on": "20240102"}, ("on",)),
        ({"colours": "red"}, ("colours",)),
        ({"colours": ["blue"]}, ("colours", 0)),
        ({"weight": "0.5"}, ("weight",)),
        ({"weight": True}, ("weight",)),
        ({"other": 1}, ("other",)),
        ({"task": {"kind": "task", "text": 5}}, ("task", "text")),
        ({"blocks": [{"kind": "paragraph", "text": ""}, {"kind": "note"}]}, ("blocks", 1, "kind")),
    ),
    ids=range(9),
)
def test_it_coerces_nothing(change: dict[str, object], place: tuple[str | int, ...]) -> None:
    converter = make_converter()

    with pytest.raises(BaseValidationError) as raised:
        converter.structure(converter.unstructure(NOTE) | change, Note)

    assert [found for found, _ in problems_in(raised.value)] == [place]


def test_a_whole_number_is_a_float_too() -> None:
    converter = make_converter()

    assert converter.structure(converter.unstructure(NOTE) | {"weight": 1}, Note).weight == 1.0


def test_data_that_are_structured_stay_as_they_are() -> None:
    converter = make_converter()
    data = converter.unstructure(NOTE)
    before = json.dumps(data)
    converter.structure(data, Note)

    assert json.dumps(data) == before


def test_each_converter_is_its_own() -> None:
    one, other = make_converter(), make_converter()
    one.register_unstructure_hook(Task, lambda task: task.text)

    assert one.unstructure(NOTE.task) == "公开。"
    assert other.unstructure(NOTE.task)["text"] == "公开。"
