"""Plans as JSON: what is written, what survives, versions, and text that means harm."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai.codec import _plan, _text, versions
from gongkai.codec._shapes import CLASSES
from gongkai.errors import InvalidValue, LoadError, Problem
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
from gongkai.testing import strategies


def everything(value: object) -> object:
    """A value with all its fields, those outside equality too, and the types of all."""
    if attrs.has(type(value)):
        names = [field.name for field in attrs.fields(cast(Any, type(value)))]
        return type(value).__name__, [(name, everything(getattr(value, name))) for name in names]
    if isinstance(value, tuple):
        return "tuple", [everything(item) for item in value]
    return type(value).__name__, value


@pytest.fixture(params=("orjson", "json"))
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with orjson, and as if it were not installed."""
    if request.param == "orjson":
        pytest.importorskip("orjson")
    else:
        monkeypatch.setattr(_text, "_orjson", lambda: None)
    return str(request.param)


def full_plan() -> Plan:
    """A plan in which every field of every class has a value that is not its default."""
    department = Department("区财政局", kind="organ", id="organ-3")
    assignment = Assignment("lead", [department], severally=True, open=True, inherited=True)
    deadlines = [
        Deadline(
            "3月至10月底",
            "month",
            date(2024, 10, 31),
            start=date(2024, 3, 1),
            stated="clause",
            span=Span(4, 6),
        ),
        Deadline("每季度", "recurring", rule="FREQ=MONTHLY;INTERVAL=3"),
        Deadline(
            "征集结束后30日内",
            "within",
            amount=30,
            unit="day",
            bound="max",
            event="征集结束后",
            stated="sentence",
        ),
    ]
    part = Task("公开名录。", key="1.a", span=Span(9, 12, (9, 10, 11, 12)))
    task = Task(
        "公开“目录”。\n",
        label="1.",
        assignments=[assignment],
        deadlines=deadlines,
        parts=[part],
        extras=[("备注", "")],
        key="x1",
        span=Span(3, 8),
    )
    section = Section(
        "深化公开",
        [task, Paragraph("原则。", label="一是", span=Span(8, 9))],
        label="一、",
        key="s",
        span=Span(0, 12),
    )
    return Plan(
        "要点",
        [section],
        year=2024,
        kind="task-table",
        record=Record(
            index_number="1",
            subject="政务",
            issuer="区政府",
            co_issuers=["区委"],
            effective_on=date(2024, 1, 1),
            issued_on=date(2024, 1, 2),
            document_number=DocumentNumber("京政办发", 2024, 6),
            repealed_on=date(2025, 1, 1),
            published_on=date(2024, 1, 3),
            validity="有效",
            others=[("其他", "值")],
        ),
        notice=Notice(
            "通知",
            addressees=["各部门"],
            body=["现印发。"],
            signatory="区政府",
            sealed_by="办公室",
            issued_on=date(2024, 1, 2),
            disclosure="此件公开发布",
        ),
        preamble=[Paragraph("为了。")],
        closing=[Paragraph("附则。")],
        division=Division(
            "东城区",
            code="110101",
            level="district",
            parent="110000",
            since=date(1952, 1, 1),
            until=date(2030, 1, 1),
        ),
        findings=[Finding("R203", "warning", "括号", "a bracket", span=Span(1, 2), key="x1", hint="look")],
        directory="2026.11",
        source=Source(
            "一、要点。",
            Pieces.of([("label", 2), ("text", 5)]),
            origin="a.html",
            media_type="text/html",
            encoding="utf-8",
            retrieved_on=date(2024, 2, 1),
            sha256="ab",
            places=[Place(2, "page", "1")],
        ),
    )


#: Surrogates alone, in the wrong order, and paired as two characters; what JSON escapes; what looks like JSON.
ODD_TEXTS = (
    *(
        chr(0xD800),
        chr(0xDC00) + chr(0xD800),
        chr(0xD83D) + chr(0xDE00),
        chr(0xD800) + chr(0xD83D) + chr(0xDE00),
    ),
    *("😀", "\x00\x1f\x7f\x85\u2028\ufeff", 'quo"te\\', '":', "http://a.cn/x", "\\u0041"),
)


class TestRoundTrip:
    @given(strategies.plans())
    def test_loads_of_dumps_is_the_plan_with_all_that_stands_outside_equality(self, plan: Plan) -> None:
        loaded = gongkai.loads(gongkai.dumps(plan))

        assert loaded == plan
        assert everything(loaded) == everything(plan)

    @given(strategies.plans(), st.sampled_from([None, 0, 1, 2, 4]))
    def test_what_is_written_goes_the_quick_way(self, plan: Plan, indent: int | None) -> None:
        assert _plan._read_quickly(gongkai.dumps(plan, indent=indent)) == plan

    @given(strategies.plans(), st.sampled_from([None, 2]))
    def test_orjson_changes_nothing(self, plan: Plan, indent: int | None) -> None:
        pytest.importorskip("orjson")
        data = json.loads(gongkai.dumps(plan))

        written = json.dumps(
            data, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":")
        )

        assert gongkai.dumps(plan, indent=indent) == written

    def test_every_field_survives_by_name(self, parser: str) -> None:
        plan = full_plan()
        seen: set[tuple[str, str]] = set()

        def compare(one: Any, other: Any) -> None:
            assert type(one) is type(other)
            if isinstance(one, tuple):
                for left, right in zip(one, other, strict=True):
                    compare(left, right)
            elif attrs.has(type(one)):
                for field in attrs.fields(type(one)):
                    left, right = getattr(one, field.name), getattr(other, field.name)
                    assert left == right, field.name
                    if left not in (field.default, ()):
                        seen.add((type(one).__name__, field.name))
                    compare(left, right)

        compare(plan, gongkai.loads(gongkai.dumps(plan)))

        fields = {(cls.__name__, field.name) for cls in (*CLASSES, Span) for field in attrs.fields(cls)}
        assert fields - seen == set()

    @pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
    def test_any_text_survives(self, parser: str, text: str) -> None:
        plan = Plan(text, [Task(text, label=text, extras=[(text, text)])])

        assert gongkai.loads(gongkai.dumps(plan)) == plan
        assert gongkai.loads(gongkai.dumps(plan, indent=2)) == plan

    def test_lone_surrogates_can_be_saved_as_utf8(self, parser: str) -> None:
        text = gongkai.dumps(Plan("\ud800目录"))

        assert "\\ud800目录" in text
        assert gongkai.loads(text.encode()).title == "\ud800目录"

    def test_a_year_that_the_title_does_not_give_survives(self) -> None:
        assert gongkai.loads(gongkai.dumps(Plan("2024年要点", year=None))).year is None
        assert gongkai.loads(gongkai.dumps(Plan("2024年要点", year=2023))).year == 2023

    def test_spans_of_every_sort_survive(self) -> None:
        for span in (Span(0, 6), Span(0, 6, (0, 2, 4, 6)), Span(3, 3), Span(0, 9, (0, 1, 2, 3, 4, 9))):
            plan = Plan("要点", [Task("公开。", span=span)])

            assert gongkai.loads(gongkai.dumps(plan)).tasks[0].span == span

    def test_huge_offsets_survive(self, parser: str) -> None:
        plan = Plan("要点", [Task("公开。", span=Span(0, 2**70))])

        assert gongkai.loads(gongkai.dumps(plan)).tasks[0].span == Span(0, 2**70)

    def test_sections_nested_beyond_what_orjson_writes_survive(self, parser: str) -> None:
        section = Section("最里面", key="s0")
        for depth in range(1, 150):
            section = Section("里面", [section], key=f"s{depth}")
        plan = Plan("要点", [section])

        assert gongkai.dumps(gongkai.loads(gongkai.dumps(plan))) == gongkai.dumps(plan)

    def test_mentions_that_are_alike_are_read_once_and_others_apart(self) -> None:
        bodies = [
            Department("区财政局"),
            Department("区财政局", kind="organ"),
            Department("区财政局", id="organ"),
            Department("区财政局", kind="organ"),
            Department("区财政局", kind="organ"),
        ]
        loaded = gongkai.loads(
            gongkai.dumps(Plan("要点", [Task("", assignments=[Assignment.lead(*bodies)])]))
        )

        found = loaded.tasks[0].departments
        assert [everything(body) for body in found] == [everything(body) for body in bodies]
        assert found[3] is found[4]


class TestWriting:
    def test_the_printed_order_tells_what_a_thing_is_first(self) -> None:
        data = json.loads(gongkai.dumps(full_plan()))

        assert list(data) == [
            *(
                "gongkai",
                "kind",
                "title",
                "year",
                "division",
                "record",
                "notice",
                "preamble",
                "content",
                "closing",
            ),
            *("directory", "findings", "source"),
        ]
        section = data["content"][0]
        assert list(section) == ["kind", "key", "label", "heading", "span", "content"]
        assert list(section["content"][0])[:4] == ["kind", "key", "label", "text"]

    def test_defaults_are_left_out(self) -> None:
        data = json.loads(gongkai.dumps(Plan("要点", [Task("公开。")])))

        assert data == {
            "gongkai": 1,
            "kind": "plan",
            "title": "要点",
            "year": None,
            "content": [{"kind": "task", "key": "#1", "text": "公开。"}],
        }

    def test_text_is_written_as_it_is(self, parser: str) -> None:
        assert "〔2024〕“😀”" in gongkai.dumps(Plan("〔2024〕“😀”"))

    def test_one_line_without_an_indent(self, parser: str) -> None:
        assert "\n" not in gongkai.dumps(full_plan())

    def test_indent_is_that_of_json(self, parser: str) -> None:
        text = gongkai.dumps(full_plan(), indent=3)

        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=3)

    def test_without_the_source_its_digest_pieces_and_origin_stay(self) -> None:
        source = Source("一、要点。", Pieces.of([("label", 2), ("text", 5)]), origin="a.html")
        plan = Plan("要点", source=source)

        loaded = gongkai.loads(gongkai.dumps(plan, source=False)).source

        assert loaded == source.without_text()
        assert loaded is not None
        assert (loaded.text, loaded.digest, loaded.pieces) == (None, source.digest, source.pieces)
        assert "一、要点。" not in gongkai.dumps(plan, source=False)

    def test_without_the_source_a_plan_that_has_none_is_written_alike(self) -> None:
        assert gongkai.dumps(Plan("要点"), source=False) == gongkai.dumps(Plan("要点"))

    @pytest.mark.parametrize("thing", (None, Task("公开。"), "要点", {}), ids=repr)
    def test_only_plans_are_written(self, thing: Any) -> None:
        with pytest.raises(InvalidValue, match=r"dumps\.plan: expected a Plan"):
            gongkai.dumps(thing)


class TestText:
    def test_bytes_are_utf8(self, parser: str) -> None:
        plan = full_plan()

        assert gongkai.loads(gongkai.dumps(plan).encode()) == plan

    def test_a_byte_order_mark_is_passed_over(self, parser: str) -> None:
        text = gongkai.dumps(full_plan())

        assert gongkai.loads("\ufeff" + text) == gongkai.loads(text.encode("utf-8-sig")) == full_plan()

    def test_other_encodings_are_refused_with_what_to_do(self) -> None:
        with pytest.raises(LoadError, match=r"\$: not UTF-8: byte 0x.. at offset .*; save the file as UTF-8"):
            gongkai.loads(gongkai.dumps(full_plan()).encode("gb18030"))

    @pytest.mark.parametrize("thing", (None, 5, {"gongkai": 1}, ["{}"]), ids=repr)
    def test_only_text_is_read(self, thing: Any) -> None:
        with pytest.raises(InvalidValue, match="a str or bytes"):
            gongkai.loads(thing)

    @pytest.mark.parametrize(
        ("text", "place"),
        (
            ("", "line 1, column 1"),
            ('{"gongkai": 1,\n "title": }', "line 2, column 11"),
            ('{"gongkai": 1, "title": "要点"', "line 1, column"),
            ('{"gongkai": 1} {}', "line 1, column 16"),
            ("{'gongkai': 1}", "line 1, column 2"),
            ('{"gongkai": 1, "title": "a\nb"}', "line 1, column"),
        ),
        ids=range(6),
    )
    def test_what_is_no_json_is_refused_with_line_and_column(
        self, parser: str, text: str, place: str
    ) -> None:
        with pytest.raises(LoadError) as raised:
            gongkai.loads(text)

        (problem,) = raised.value.problems
        assert problem.path == "$"
        assert problem.message.startswith("this is not JSON: ")
        assert place in problem.message


class TestHostileText:
    @pytest.mark.parametrize(
        "make",
        (
            lambda n: "[" * n,
            lambda n: "[" * n + "]" * n,
            lambda n: '{"a":' * n + "1" + "}" * n,
            lambda n: '{"gongkai": 1, "title": "", "content": ' + "[" * n + "]" * n + "}",
            lambda n: (
                '{"gongkai": 1, "title": "", "content": ['
                + '{"kind":"section","heading":"","content":[' * n
                + "]}" * n
                + "]}"
            ),
        ),
        ids=("open", "brackets", "objects", "content", "sections"),
    )
    @pytest.mark.parametrize("depth", (300, 2000, 100_000))
    def test_deep_nesting_is_a_load_error(self, parser: str, make: Callable[[int], str], depth: int) -> None:
        if depth == 300 and make(1).count("section"):
            return  # deep, but good
        with pytest.raises(LoadError):
            gongkai.loads(make(depth))

    @pytest.mark.parametrize(
        "number", ("NaN", "Infinity", "-Infinity", "1e400", "9" * 5000, "1" + "0" * 30, "2024.0")
    )
    @pytest.mark.parametrize("field", ("year", "kind", "title", "content", "other"))
    def test_odd_numbers_are_load_errors(self, parser: str, number: str, field: str) -> None:
        fields = {"title": '""', field: number}
        text = ", ".join(f'"{key}": {value}' for key, value in fields.items())

        with pytest.raises(LoadError):
            gongkai.loads(f'{{"gongkai": 1, {text}}}')

    def test_a_plan_too_deep_to_write_is_refused(self, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = Plan("要点")
        deep: tuple[object, ...] = ()
        for number in range(20_000):
            section = Section("里面", key=str(number))
            object.__setattr__(section, "content", deep)
            deep = (section,)
        object.__setattr__(plan, "content", deep)

        with pytest.raises(InvalidValue, match="nested less deeply"):
            gongkai.dumps(plan)

    @pytest.mark.parametrize(
        ("text", "path"),
        (
            ('{"gongkai": 1, "title": "a", "title": "a"}', "$.title"),
            ('{"gongkai": 1, "gongkai": 1, "title": "a"}', "$.gongkai"),
            ('{"gongkai": 1, "title" : "a", "title": "b"}', "$.title"),
            (
                '{"gongkai": 1, "title": "http://a", "record": {"issuer": "a", "issuer": "b"}}',
                "$.record.issuer",
            ),
            (
                '{"gongkai": 1, "title": "", "content": [{"kind": "task", "key": "1", "text": "", "text": ""}]}',
                "$.content[0].text",
            ),
        ),
        ids=range(5),
    )
    def test_a_key_given_twice_is_refused(self, parser: str, text: str, path: str) -> None:
        with pytest.raises(LoadError) as raised:
            gongkai.loads(text)

        assert Problem(path, "this key is given more than once") in raised.value.problems

    @pytest.mark.parametrize(("text", "name"), (("时间: 10:30", "text"), ('他说":"。', "text")), ids=range(2))
    def test_colons_in_texts_are_no_keys(self, parser: str, text: str, name: str) -> None:
        good = gongkai.dumps(Plan("要点", [Task(text, label="1.")]))
        twice = good.replace('"label"', '"label":"1.","label"')

        assert _plan._read_quickly(good) is not None
        assert gongkai.loads(good).tasks[0].text == text
        with pytest.raises(LoadError, match="more than once"):
            gongkai.loads(twice)


class TestVersions:
    @pytest.mark.parametrize(
        ("text", "message"),
        (
            ('{"title": "要点"}', "missing: a gongkai file begins with"),
            ('{"gongkai": null}', "missing: a gongkai file begins with"),
            ('{"gongkai": "1"}', "expected the version of a schema"),
            ('{"gongkai": true}', "expected the version of a schema"),
            ('{"gongkai": 1.0}', "expected the version of a schema"),
            ('{"gongkai": 0}', "expected the version of a schema"),
            ('{"gongkai": -1}', "expected the version of a schema"),
            ('{"gongkai": 2, "unknown": 1}', "install a newer gongkai"),
        ),
        ids=range(8),
    )
    def test_a_wrong_version_is_one_problem(self, parser: str, text: str, message: str) -> None:
        with pytest.raises(LoadError) as raised:
            gongkai.loads(text)

        (problem,) = raised.value.problems
        assert problem.path == "$.gongkai"
        assert message in problem.message

    @pytest.mark.parametrize("text", ("[]", "null", '"要点"', "3", "[{}]"))
    def test_what_is_no_object_is_no_file(self, parser: str, text: str) -> None:
        with pytest.raises(LoadError, match=r"^\$: expected an object, got .* no gongkai file$"):
            gongkai.loads(text)

    def test_older_files_go_through_every_step(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def to_zero(data: dict[str, Any]) -> dict[str, Any]:
            return {("name" if key == "名" else key): value for key, value in data.items()}

        def to_one(data: dict[str, Any]) -> dict[str, Any]:
            return {("title" if key == "name" else key): value for key, value in data.items()}

        monkeypatch.setitem(versions.MIGRATIONS, -1, to_zero)
        monkeypatch.setitem(versions.MIGRATIONS, 0, to_one)

        assert gongkai.loads('{"gongkai": -1, "名": "2024年要点"}') == Plan("2024年要点")
        assert gongkai.loads('{"gongkai": 0, "name": "2024年要点"}') == Plan("2024年要点")
        with pytest.raises(LoadError, match=r"^\$\.title: expected a str, got 5"):
            gongkai.loads('{"gongkai": 0, "name": 5}')
        with pytest.raises(LoadError, match="more than once"):
            gongkai.loads('{"gongkai": 0, "name": "", "name": ""}')

    def test_every_older_version_has_a_step(self) -> None:
        assert sorted(versions.MIGRATIONS) == list(range(1, versions.SCHEMA))


class TestLaziness:
    def test_importing_the_codec_imports_no_cattrs(self) -> None:
        code = """
import sys, gongkai
gongkai.dumps, gongkai.loads, gongkai.codec
assert not {"cattrs", "orjson"} & set(sys.modules)
gongkai.loads(gongkai.dumps(gongkai.Plan("要点")))
assert "cattrs" not in sys.modules
"""
        subprocess.run([sys.executable, "-c", code], check=True)

    def test_threads_may_load_at_once(self) -> None:
        texts = [
            gongkai.dumps(Plan(f"{year}年要点", [Task("公开。", label=f"{n}.") for n in range(50)]))
            for year in range(2000, 2008)
        ]
        loaded: dict[int, Plan] = {}

        def load(number: int) -> None:
            for _ in range(5):
                loaded[number] = gongkai.loads(texts[number])

        threads = [threading.Thread(target=load, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [gongkai.dumps(loaded[number]) for number in range(8)] == texts


def test_the_numbers_of_a_table_get_their_sign() -> None:
    task = gongkai.Task("公布目录。", label="1")
    plan = gongkai.Plan("澄湖区2024年政务公开工作要点", [gongkai.Section("规范决策公开", [task], label="一")])
    assert gongkai.text_of(plan).splitlines()[1:] == ["一、规范决策公开", "1.公布目录。"]
