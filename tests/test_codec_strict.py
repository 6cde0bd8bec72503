"""What ``loads`` refuses: values of other types, rules of the classes, unknown keys; all of it at once."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai.codec import _plan, _text
from gongkai.codec._leaves import REFUSALS, Refused, read_span
from gongkai.codec._problems import path_of, problems_in
from gongkai.codec._quick import Tally, readers
from gongkai.codec._shapes import CLASSES, LIMITS, shape_of
from gongkai.errors import InvalidValue, LoadError, Problem
from gongkai.model import Deadline, DeadlineKind, DocumentNumber, Place, Plan, Span
from gongkai.testing import strategies

BASE: Final[dict[str, Any]] = {
    "gongkai": 1,
    "kind": "plan",
    "title": "要点",
    "year": 2024,
    "record": {"issued_on": "2024-01-02", "document_number": {"code": "京", "year": 2024, "sequence": 6}},
    "division": {"name": "东城区", "level": "district"},
    "notice": {"title": "通知", "addressees": ["各部门"]},
    "preamble": [{"kind": "paragraph", "text": "为了。", "span": [0, 3]}],
    "content": [
        {
            "kind": "section",
            "key": "一",
            "heading": "深化公开",
            "span": [[0, 2], [4, 6]],
            "content": [
                {
                    "kind": "task",
                    "key": "1",
                    "text": "公开。",
                    "assignments": [
                        {"role": "lead", "departments": [{"name": "区财政局", "kind": "organ"}], "open": True}
                    ],
                    "deadlines": [
                        {
                            "text": "10月",
                            "kind": "month",
                            "due": "2024-10-31",
                            "start": "2024-03-01",
                            "stated": "clause",
                        },
                        {"text": "30日内", "kind": "within", "amount": 30, "unit": "day", "bound": "max"},
                    ],
                    "extras": [["备注", "无"]],
                    "parts": [{"kind": "task", "key": "1.1", "text": "公开名录。"}],
                }
            ],
        }
    ],
    "findings": [{"code": "R1", "severity": "info", "zh": "", "en": "", "hint": "look"}],
    "source": {
        "text": "一二三",
        "retrieved_on": "2024-01-01",
        "pieces": {"kinds": ["label", "text"], "lengths": [1, 2]},
    },
}
TASK: Final = "$.content[0].content[0]"
MISSING: Final = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """The base file with another value, or none, at one place."""
    data = copy.deepcopy(BASE)
    steps = path.replace("[", ".[").split(".")[1:]
    here: Any = data
    for step in steps[:-1]:
        here = here[int(step[1:-1])] if step.startswith("[") else here[step]
    last: Any = int(steps[-1][1:-1]) if steps[-1].startswith("[") else steps[-1]
    if value is MISSING:
        del here[last]
    else:
        here[last] = value
    return data


def problems_of(data: object) -> list[tuple[str, str]]:
    with pytest.raises(LoadError) as raised:
        gongkai.loads(json.dumps(data))
    return [(problem.path, problem.message) for problem in raised.value.problems]


def test_the_base_is_good() -> None:
    assert _plan._read_quickly(json.dumps(BASE)) == gongkai.loads(json.dumps(BASE))
    assert changed("$.title", "要点") == BASE


STRICT: Final[tuple[tuple[str, object, str], ...]] = (
    ("$.title", 5, "expected a str, got 5 (int)"),
    ("$.title", None, "expected a str, got None (NoneType)"),
    ("$.title", ["要点"], "expected a str, got ['要点'] (list)"),
    ("$.title", MISSING, "missing, and required"),
    ("$.kind", "ledger", "expected one of plan, task-table, notice, report, other, got 'ledger' (str)"),
    ("$.kind", None, "expected one of plan, task-table, notice, report, other, got None (NoneType)"),
    ("$.kind", {}, "expected one of plan, task-table, notice, report, other, got {} (dict)"),
    ("$.year", "2024", "expected an int, got '2024' (str)"),
    ("$.year", 2024.0, "expected an int, got 2024.0 (float)"),
    ("$.year", True, "expected an int, got True (bool)"),
    ("$.year", 999, "expected an int from 1000 to 9999 or None, got 999 (int)"),
    ("$.record", None, "expected an object, got None (NoneType)"),
    ("$.record", [], "expected an object, got [] (list)"),
    ("$.record.issued_on", "20240102", "expected a day as YYYY-MM-DD, got '20240102' (str)"),
    ("$.record.issued_on", "2024-W01-1", "expected a day as YYYY-MM-DD, got '2024-W01-1' (str)"),
    ("$.record.issued_on", "2024-02-30", "expected a day as YYYY-MM-DD, got '2024-02-30' (str)"),
    (
        "$.record.issued_on",
        "2024-01-02T00:00:00",
        "expected a day as YYYY-MM-DD, got '2024-01-02T00:00:00' (str)",
    ),
    ("$.record.issued_on", 20240102, "expected a day as YYYY-MM-DD, got 20240102 (int)"),
    ("$.record.issued_on", [], "expected a day as YYYY-MM-DD, got [] (list)"),
    ("$.record.document_number", "京〔2024〕6号", "expected an object, got '京〔2024〕6号' (str)"),
    ("$.record.document_number.year", 16, "expected an int from 1000 to 9999, got 16 (int)"),
    ("$.record.document_number.sequence", 100_000, "expected an int from 0 to 99999, got 100000 (int)"),
    (
        "$.division.level",
        "planet",
        "expected one of nation, province, city, district, street, got 'planet' (str)",
    ),
    ("$.notice.addressees", "各部门", "expected a list, got '各部门' (str)"),
    ("$.notice.addressees[0]", 1, "expected a str, got 1 (int)"),
    ("$.preamble[0]", "为了。", "expected an object, got '为了。' (str)"),
    ("$.preamble[0].kind", "task", "expected paragraph, got 'task' (str)"),
    ("$.preamble[0].kind", MISSING, "missing, and required"),
    ("$.content", {}, "expected a list, got {} (dict)"),
    ("$.content", None, "expected a list, got None (NoneType)"),
    ("$.content[0]", None, "expected an object, got None (NoneType)"),
    ("$.content[0].kind", "chapter", "expected one of paragraph, section, task, got 'chapter' (str)"),
    ("$.content[0].kind", 1, "expected one of paragraph, section, task, got 1 (int)"),
    ("$.content[0].kind", [], "expected one of paragraph, section, task, got [] (list)"),
    ("$.content[0].kind", MISSING, "missing, and required"),
    ("$.content[0].text", "公开。", "unknown key"),
    ("$.content[0].heading", MISSING, "missing, and required"),
    ("$.content[0].key", 1, "expected a str, got 1 (int)"),
    (
        f"{TASK}.assignments[0].role",
        "chair",
        "expected one of lead, responsible, cooperate, support, guide, got 'chair' (str)",
    ),
    (f"{TASK}.assignments[0].open", 1, "expected a bool, got 1 (int)"),
    (f"{TASK}.assignments[0].open", None, "expected a bool, got None (NoneType)"),
    (f"{TASK}.assignments[0].departments", MISSING, "missing, and required"),
    (f"{TASK}.assignments[0].departments[0]", "区财政局", "expected an object, got '区财政局' (str)"),
    (f"{TASK}.assignments[0].departments[0].nmae", "区财政局", "unknown key"),
    (f"{TASK}.deadlines[0].due", MISSING, "expected a value, since the kind is month, got None (NoneType)"),
    (f"{TASK}.deadlines[0].due", None, "expected a value, since the kind is month, got None (NoneType)"),
    (
        f"{TASK}.deadlines[0].rule",
        "FREQ=DAILY",
        "expected None, since the kind is month, got 'FREQ=DAILY' (str)",
    ),
    (
        f"{TASK}.deadlines[0].start",
        "2024-11-01",
        "expected a day not after due (2024-10-31), got '2024-11-01' (str)",
    ),
    (f"{TASK}.deadlines[1].amount", -1, "expected an int from 0 to 100000 or None, got -1 (int)"),
    (f"{TASK}.deadlines[1].amount", False, "expected an int, got False (bool)"),
    (f"{TASK}.extras[0]", ["备注"], "expected a pair of name and text, each a str, got ['备注'] (list)"),
    (f"{TASK}.extras[0]", "备注", "expected a pair of name and text, each a str, got '备注' (str)"),
    (
        f"{TASK}.extras[0]",
        ["备注", 1],
        "expected a pair of name and text, each a str, got ['备注', 1] (list)",
    ),
    (f"{TASK}.parts[0].kind", "section", "expected task, got 'section' (str)"),
    ("$.findings[0].hint", None, "expected a str, got None (NoneType)"),
    ("$.findings[0].severity", "fatal", "expected one of info, warning, error, got 'fatal' (str)"),
    ("$.source.sha", "ab", "unknown key"),
    ("$.source.pieces.kinds[0]", 1, "expected a str, got 1 (int)"),
    ("$.source.pieces.lengths[1]", True, "expected an int, got True (bool)"),
    ("$.source.pieces.lengths[1]", 2.0, "expected an int, got 2.0 (float)"),
    ("$.source.pieces.lengths", MISSING, "missing, and required"),
    ("$.source.pieces.ends", [], "unknown key"),
)


@pytest.mark.parametrize(("path", "value", "message"), STRICT, ids=range(len(STRICT)))
def test_nothing_is_coerced(path: str, value: object, message: str) -> None:
    data = changed(path, value)

    assert problems_of(data) == [(path, message)]
    assert _plan._read_quickly(json.dumps(data)) is None


SPAN_RULE: Final = (
    "expected [start, end] with 0 <= start <= end, or two such pairs or more in ascending order"
)
BAD_SPANS: Final[tuple[Any, ...]] = (
    *([], [1], [1, 2, 3], [2, 1], [-1, 2], [0.0, 1], [False, True], ["0", "1"], "01", 5, {}),
    *([[0, 2], [1, 3]], [[2, 2]], [[0, 1], 2], [[0, 1], [2]], [[0, 1], [2, 3, 4]], [[0, True]], [[-1, 1]]),
)
BAD_PIECES: Final[tuple[tuple[Any, str], ...]] = (
    ({"kinds": ["a"], "lengths": []}, "expected as many kinds as lengths, got 1 kinds and 0 lengths"),
    ({"kinds": ["a"], "lengths": [0]}, "expected lengths from 1 to 4294967295, got 0 (int)"),
    ({"kinds": ["a"], "lengths": [-1]}, "expected lengths from 1 to 4294967295, got -1 (int)"),
    ({"kinds": ["a"], "lengths": [2**32]}, "expected lengths from 1 to 4294967295, got 4294967296 (int)"),
    ([], "expected an object, got [] (list)"),
    (None, "expected an object, got None (NoneType)"),
)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    (
        *(("$.content[0].span", value, SPAN_RULE) for value in BAD_SPANS),
        *(("$.source.pieces", value, message) for value, message in BAD_PIECES),
    ),
    ids=range(len(BAD_SPANS) + len(BAD_PIECES)),
)
def test_spans_and_pieces_keep_their_rules(path: str, value: object, message: str) -> None:
    data = changed(path, value)
    ((found, told),) = problems_of(data)

    assert found == path
    assert told.startswith(message)
    assert _plan._read_quickly(json.dumps(data)) is None


def test_null_stands_for_none_where_there_may_be_none() -> None:
    data = changed("$.content[0].label", None)
    data["content"][0]["content"][0]["deadlines"][0]["rule"] = None
    data["notice"]["signatory"] = data["record"]["repealed_on"] = None

    assert gongkai.loads(json.dumps(data)) == gongkai.loads(json.dumps(BASE))


def test_keys_and_year_are_given_where_they_are_missing() -> None:
    data = {
        "gongkai": 1,
        "title": "2024年要点",
        "content": [{"kind": "task", "text": "公开。", "label": "3."}],
    }
    plan = gongkai.loads(json.dumps(data))

    assert (plan.year, plan.tasks[0].key) == (2024, "3")


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    data = changed("$.title", 5)
    data["content"][0]["content"][0]["text"] = None
    data["content"][0]["content"][0]["deadlines"][0] |= {"text": 1, "due": None, "rule": "x", "amount": True}
    data["content"][0]["content"][0]["parts"][0] = {"kind": "task", "key": "1", "span": [2, 1]}
    data["content"].append({"kind": "chapter", "heading": 5})
    data["content"].append({"heading": 5})
    data["record"]["document_number"] = {"code": 5, "year": 16, "序": 1}
    data["a key"] = 1

    assert [path for path, _ in problems_of(data)] == [
        "$.title",
        "$.record.document_number.code",
        "$.record.document_number.year",
        "$.record.document_number.序",
        "$.record.document_number.sequence",
        f"{TASK}.text",
        f"{TASK}.deadlines[0].text",
        f"{TASK}.deadlines[0].due",
        f"{TASK}.deadlines[0].rule",
        f"{TASK}.deadlines[0].amount",
        f"{TASK}.deadlines[0].amount",
        f"{TASK}.parts[0].key",
        f"{TASK}.parts[0].span",
        f"{TASK}.parts[0].text",
        "$.content[1].kind",
        "$.content[2].kind",
        '$["a key"]',
    ]


def test_every_one_of_many_problems_is_told() -> None:
    data = {
        "gongkai": 1,
        "title": "",
        "content": [{"kind": "task", "key": "1", "wrong": 1} for _ in range(2000)],
    }

    assert len(problems_of(data)) == 3 * 2000 - 1


def test_a_key_that_two_tasks_share_is_refused() -> None:
    data = changed(f"{TASK}.parts[0].key", "一")

    assert problems_of(data) == [
        (f"{TASK}.parts[0].key", "expected a key of its own, got '一', which $.content[0] has")
    ]
    assert _plan._read_quickly(json.dumps(data)) is None


@pytest.mark.parametrize("empty", ("", None))
def test_an_empty_key_is_none(empty: str | None) -> None:
    plan = gongkai.loads(json.dumps(changed(f"{TASK}.parts[0].key", empty)))

    assert plan.all_tasks[1].key == "1.1"


def test_load_errors_compare_by_their_problems() -> None:
    with pytest.raises(LoadError) as raised:
        gongkai.loads(json.dumps(changed("$.title", 5)))

    assert raised.value.problems == (Problem("$.title", "expected a str, got 5 (int)"),)


# The quick reading, the detailed one and the constructors are one.

junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**70, 0.5, "", "1", "task", "section", "plan", "month", "2024-10-31", "lead"]),
    st.sampled_from([[], {}, [0, 1], [[0, 1]], ["a", "b"], {"kind": "task", "text": ""}]),
)


@st.composite
def broken_files(draw: st.DrawFn) -> dict[str, Any]:
    """Files of real plans in which a few values, keys or items were changed, doubled, added or left out."""
    data: dict[str, Any] = json.loads(gongkai.dumps(draw(strategies.plans())))
    for _ in range(draw(st.integers(1, 3))):
        here: Any = data
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(here[key], (dict, list)) and here[key] and draw(st.integers(0, 4)):
                here = here[key]
                continue
            what = draw(st.sampled_from(["change", "remove", "rename", "double"]))
            if what == "remove":
                del here[key]
            elif what == "change":
                here[key] = copy.deepcopy(draw(junk))
            elif isinstance(here, list):
                here.append(copy.deepcopy(here[key]))
            else:
                here[draw(st.sampled_from(["label", "key", "text", "span", "start", "other"]))] = here.pop(
                    key
                )
            break
    return data


def names_of(value: Any) -> list[str]:
    return [field.name for field in attrs.fields(type(value))]


def everything(value: object) -> object:
    """A value with all its fields, those outside equality too, and the types of all."""
    if attrs.has(type(value)):
        return type(value), [everything(getattr(value, name)) for name in names_of(value)]
    if isinstance(value, tuple):
        return [everything(item) for item in value]
    return type(value), value


@given(broken_files())
def test_the_quick_reading_is_the_detailed_one_or_none(data: dict[str, Any]) -> None:
    text = json.dumps(data)
    quick = _plan._read_quickly(text)
    try:
        detailed = _plan._read_in_detail(text)
    except LoadError:
        assert quick is None
    else:
        assert quick is None or everything(quick) == everything(detailed)


@given(broken_files())
def test_orjson_or_not_the_answer_is_the_same(data: dict[str, Any]) -> None:
    pytest.importorskip("orjson")
    text = json.dumps(data)

    def answer() -> object:
        try:
            return everything(gongkai.loads(text))
        except LoadError as error:
            return error.problems

    with_orjson = answer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_text, "_orjson", lambda: None)
        assert answer() == with_orjson


@given(strategies.plans())
def test_the_quick_reading_builds_what_the_constructors_build(plan: Plan) -> None:
    loaded = _plan._read_quickly(gongkai.dumps(plan))

    def rebuilt(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(rebuilt(item) for item in value)
        if attrs.has(type(value)):
            return type(value)(**{name: rebuilt(getattr(value, name)) for name in names_of(value)})
        return value

    assert loaded is not None
    assert everything(rebuilt(loaded)) == everything(loaded)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_a_plan_or_a_load_error(data: object) -> None:
    with pytest.raises(LoadError):
        gongkai.loads(json.dumps(data))


@given(st.text() | st.binary())
def test_any_text_is_a_plan_or_a_load_error(text: str | bytes) -> None:
    with pytest.raises(LoadError):
        gongkai.loads(text)


@pytest.mark.parametrize(("cls", "name"), LIMITS, ids=[f"{cls.__name__}.{name}" for cls, name in LIMITS])
def test_limits_are_those_of_the_classes(cls: type, name: str) -> None:
    good: dict[type, dict[str, Any]] = {
        Plan: {"title": ""},
        DocumentNumber: {"code": "", "year": 2024, "sequence": 1},
        Deadline: {"text": "", "kind": "within", "unit": "day", "bound": "max"},
        Place: {"start": 0, "kind": "page", "name": "1"},
    }
    low, high = LIMITS[cls, name]

    for value in (low, high):
        assert getattr(cls(**good[cls] | {name: value}), name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(InvalidValue):
            cls(**good[cls] | {name: value})


@pytest.mark.parametrize("kind", DeadlineKind, ids=str)
@given(data=st.data())
def test_the_quick_reading_knows_which_fields_belong_to_a_deadline(
    kind: DeadlineKind, data: st.DataObject
) -> None:
    values: dict[str, Any] = {
        "due": "2024-10-31",
        "start": data.draw(st.sampled_from(["2024-03-01", "2024-12-01"])),
        "rule": "FREQ=DAILY",
        "amount": 3,
        "unit": "day",
        "bound": "max",
        "event": "公布",
    }
    names = data.draw(st.sets(st.sampled_from(sorted(values))))
    given_fields = {"text": "", "kind": kind.value, **{name: values[name] for name in sorted(names)}}
    as_python = given_fields | {
        name: date.fromisoformat(given_fields[name]) for name in ("due", "start") if name in given_fields
    }
    try:
        expected = Deadline(**as_python)
    except InvalidValue:
        with pytest.raises(REFUSALS):
            readers()[Deadline](given_fields, Tally())
    else:
        assert readers()[Deadline](given_fields, Tally()) == expected


@given(st.lists(st.integers(-1, 6), max_size=6), st.booleans())
def test_spans_are_read_as_the_class_takes_them(numbers: list[int], cut: bool) -> None:
    value: Any = [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=False)] if cut else numbers
    try:
        flat = [number for pair in value for number in pair] if cut else value
        start, end = (flat[0], flat[-1]) if cut and flat else flat
        expected = Span(start, end, flat if cut else ())
    except ValueError:
        with pytest.raises(REFUSALS):
            read_span(value)
    else:
        assert read_span(value) == expected


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_has_its_place_in_the_printed_order(cls: type) -> None:
    assert {field.name for field in shape_of(cls).fields} == {field.name for field in attrs.fields(cls)}


def test_a_type_that_no_rule_knows_is_an_error() -> None:
    @attrs.frozen
    class Odd:
        size: complex

    with pytest.raises(TypeError, match="no rule writes"):
        shape_of(Odd)


def test_paths_are_json_paths() -> None:
    assert path_of(["a", 0, "要点", "b c", '"', "1"]) == '$.a[0].要点["b c"]["\\""]["1"]'


def test_other_errors_are_problems_too() -> None:
    assert list(problems_in(Refused("odd"), ("a",))) == [(("a",), "odd")]
