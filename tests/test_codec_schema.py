"""The JSON Schema: made from the classes, shipped, and true of what is written."""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import gongkai
from gongkai.codec import json_schema
from gongkai.codec.versions import SCHEMA
from gongkai.model import DeadlineKind, Plan
from gongkai.testing import strategies

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
FILE: dict[str, Any] = {
    "gongkai": 1,
    "kind": "plan",
    "title": "要点",
    "year": 2024,
    "content": [
        {
            "kind": "section",
            "heading": "深化公开",
            "span": [[0, 2], [4, 6]],
            "content": [
                {
                    "kind": "task",
                    "text": "公开。",
                    "assignments": [{"role": "lead", "departments": [{"name": "区财政局"}]}],
                    "deadlines": [{"text": "10月", "kind": "month", "due": "2024-10-31"}],
                    "span": [0, 3],
                }
            ],
        }
    ],
    "source": {"pieces": {"kinds": ["text"], "lengths": [6]}},
}


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_shipped_file_is_the_one_that_the_classes_make() -> None:
    shipped = (
        resources.files("gongkai.codec").joinpath(f"plan-{SCHEMA}.schema.json").read_text(encoding="utf-8")
    )

    made = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"

    assert shipped == made, "write it anew: python -m gongkai.codec > src/gongkai/codec/plan-1.schema.json"


@given(strategies.plans())
def test_what_is_written_is_valid(plan: Plan) -> None:
    VALIDATOR.validate(json.loads(gongkai.dumps(plan)))
    VALIDATOR.validate(json.loads(gongkai.dumps(plan, source=False)))


@pytest.mark.parametrize(
    "place",
    (
        (),
        ("content", 0),
        ("content", 0, "content", 0),
        ("content", 0, "content", 0, "assignments", 0),
        ("content", 0, "content", 0, "deadlines", 0),
        ("source",),
        ("source", "pieces"),
    ),
    ids=str,
)
def test_unknown_keys_are_invalid(place: tuple[str | int, ...]) -> None:
    data = copy.deepcopy(FILE)
    here: Any = data
    for step in place:
        here = here[step]
    here["unknown"] = None

    assert VALIDATOR.is_valid(FILE)
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    "change",
    (
        {"gongkai": 2},
        {"title": 5},
        {"title": None},
        {"year": "2024"},
        {"year": 999},
        {"kind": "ledger"},
        {"content": {}},
        {"content": ["公开。"]},
        {"content": [{"text": "公开。"}]},
        {"content": [{"kind": "paragraph", "heading": "公开"}]},
        {"content": [{"kind": "task", "text": "", "span": [1]}]},
        {"content": [{"kind": "task", "text": "", "span": [-1, 2]}]},
        {"content": [{"kind": "task", "text": "", "span": []}]},
        {"content": [{"kind": "task", "text": "", "extras": [["a"]]}]},
        {"content": [{"kind": "task", "text": "", "parts": [{"kind": "paragraph", "text": ""}]}]},
        {"record": {"issued_on": "20240102"}},
        {"record": None},
        {"source": {"pieces": {"kinds": [], "lengths": [0]}}},
    ),
    ids=str,
)
def test_broken_files_are_invalid_and_refused(change: dict[str, Any]) -> None:
    data = FILE | change

    assert not VALIDATOR.is_valid(data)
    with pytest.raises(gongkai.LoadError):
        gongkai.loads(json.dumps(data))


@pytest.mark.parametrize("kind", DeadlineKind, ids=str)
@pytest.mark.parametrize("field", ("due", "start", "rule", "amount", "unit", "bound", "event"))
def test_a_deadline_has_the_fields_of_its_kind(kind: DeadlineKind, field: str) -> None:
    values: dict[str, Any] = {
        "due": "2024-10-31",
        "start": "2024-01-01",
        "rule": "FREQ=DAILY",
        "amount": 3,
        "unit": "day",
        "bound": "max",
        "event": "公布",
    }
    good = {
        DeadlineKind.RECURRING: ("rule",),
        DeadlineKind.WITHIN: ("amount", "unit", "bound"),
        DeadlineKind.ONGOING: (),
    }.get(kind, ("due",))

    def file(names: set[str]) -> dict[str, Any]:
        deadline = {"text": "", "kind": kind.value, **{name: values[name] for name in sorted(names)}}
        return {"gongkai": 1, "title": "", "content": [{"kind": "task", "text": "", "deadlines": [deadline]}]}

    def loads(data: dict[str, Any]) -> bool:
        try:
            gongkai.loads(json.dumps(data))
        except gongkai.LoadError:
            return False
        return True

    assert VALIDATOR.is_valid(file(set(good)))
    changed = file(set(good) ^ {field})
    assert VALIDATOR.is_valid(changed) == loads(changed)


def test_every_field_is_described() -> None:
    def check(schema: dict[str, Any], place: str) -> None:
        for name, value in schema.get("properties", {}).items():
            assert "const" in value or value.get("description") or place == "Block", f"{place}.{name}"

    check(json_schema(), "Plan")
    for name, part in json_schema()["$defs"].items():  # type: ignore[attr-defined]
        check(part, name)
