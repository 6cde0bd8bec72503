"""A diff as JSON, as a JSON Patch, and two diffs as one."""

from __future__ import annotations

import copy
import json
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import (
    DependentChange,
    Diff,
    InvalidValue,
    LoadError,
    Paragraph,
    PatchError,
    Plan,
    Section,
    Task,
    examples,
)
from gongkai.comparing import Link
from gongkai.testing import strategies
from tests.helpers_edits import edited
from tests.helpers_jsonpatch import patched
from tests.test_diff import keys, pairs, small_plans

YEARS = ("chenghu-2022", "chenghu-2023", "chenghu-2024")


@pytest.fixture(scope="module")
def diff() -> Diff:
    return gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))


class TestThen:
    @given(small_plans(), small_plans(), small_plans())
    def test_it_does_both(self, first: Plan, second: Plan, third: Plan) -> None:
        both = gongkai.diff(first, second).then(gongkai.diff(second, third))

        assert (both.old, both.new) == (first, third)
        assert both.apply(first) == third
        assert both.invert().apply(third) == first

    @given(small_plans(), small_plans(), small_plans(), small_plans())
    def test_it_is_associative_in_effect(self, a: Plan, b: Plan, c: Plan, d: Plan) -> None:
        one, two, three = gongkai.diff(a, b), gongkai.diff(b, c), gongkai.diff(c, d)

        left, right = one.then(two).then(three), one.then(two.then(three))

        assert left.apply(a) == right.apply(a) == d
        assert {(link.old.key, link.new.key) for link in left.links} == {
            (link.old.key, link.new.key) for link in right.links
        }

    @given(pairs())
    def test_nothing_after_or_before_it_is_itself(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair
        diff = gongkai.diff(old, new)

        after, before = diff.then(gongkai.diff(new, new)), gongkai.diff(old, old).then(diff)

        assert after.apply(old) == before.apply(old) == new
        told = {(link.old.key, link.new.key) for link in diff.links}
        for other in (after, before):
            assert {(link.old.key, link.new.key) for link in other.links} == told

    @given(pairs())
    def test_back_again_nothing_has_happened(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)

        assert diff.then(diff.invert()).apply(pair[0]) == pair[0]

    def test_tasks_correspond_by_way_of_the_plan_between(self) -> None:
        plans = [examples.load(name) for name in YEARS]
        near, far = gongkai.diff(plans[0], plans[1]), gongkai.diff(plans[1], plans[2])

        both = near.then(far)

        ways = {
            (one.old.key, other.new.key)
            for one in near.links
            for other in far.links
            if one.new.key == other.old.key
        }
        assert {(link.old.key, link.new.key) for link in both.links} == ways

    def test_the_plan_between_may_have_other_keys(self) -> None:
        first, second = Plan("要点", [Task("公开预算。")]), Plan("要点", [Task("公开决算。", key="甲")])
        again, third = Plan("要点", [Task("公开决算。", key="乙")]), Plan("要点", [Task("公开绩效。")])
        near = gongkai.diff(first, second, links=[Link(first.tasks[0], second.tasks[0], score=0.5)])
        far = gongkai.diff(again, third, links=[Link(again.tasks[0], third.tasks[0], "partial", 0.5)])

        (link,) = near.then(far).links

        assert (link.strength, link.score) == ("partial", 0.25)

    def test_diffs_that_do_not_fit_are_refused(self) -> None:
        first, second = (Plan("要点", [Task(text, label="1.")]) for text in ("公开预算。", "公开决算。"))
        diff = gongkai.diff(first, second)

        with pytest.raises(
            PatchError, match=r"^1: the diff expects <Task 1\. 公开预算。>, the plan has <Task 1"
        ):
            diff.then(diff)

    def test_what_is_no_whole_diff_is_refused(self, diff: Diff) -> None:
        other: Any = 1
        with pytest.raises(InvalidValue, match=r"^Diff\.then\.later: expected a Diff, got 1"):
            diff.then(other)
        for one, two in ((diff.where(), diff.invert()), (diff, diff.invert().where())):
            with pytest.raises(InvalidValue, match=r"^Diff\.then\.\w+: expected a whole diff"):
                one.then(two)


class TestJson:
    @given(pairs())
    def test_from_json_inverts_to_json(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair)

        again = Diff.from_json(diff.to_json())

        assert again == diff
        assert (gongkai.dumps(again.old), gongkai.dumps(again.new)) == tuple(map(gongkai.dumps, pair))
        assert again.to_json() == diff.to_json()

    @given(pairs())
    def test_inverted_it_is_written_and_read_as_well(self, pair: tuple[Plan, Plan]) -> None:
        diff = gongkai.diff(*pair).invert()

        assert Diff.from_json(diff.to_json(indent=2)) == diff

    @given(pairs())
    def test_it_fits_the_schema(self, pair: tuple[Plan, Plan]) -> None:
        jsonschema.Draft202012Validator(gongkai.comparing.diff_schema()).validate(
            json.loads(gongkai.diff(*pair).to_json())
        )

    def test_the_examples_are_written_and_read(self, diff: Diff) -> None:
        assert Diff.from_json(diff.to_json().encode()) == diff
        jsonschema.Draft202012Validator(gongkai.comparing.diff_schema()).validate(json.loads(diff.to_json()))

    def test_a_change_has_its_values(self) -> None:
        old, new = (
            Plan("要点", [Task("公开预算。", label="1.")]),
            Plan("要点", [Task("公开决算。", label="1.")]),
        )

        data = json.loads(gongkai.diff(old, new).to_json())

        assert data["gongkai-diff"] == 1
        assert data["rows"] == [
            {
                "subject": "task",
                "status": "changed",
                "old": [[0]],
                "new": [[0]],
                "changes": [
                    {
                        "kind": "reworded",
                        "subject": "task",
                        "field": "text",
                        "old_key": "1",
                        "new_key": "1",
                        "old_path": [0],
                        "new_path": [0],
                        "old": "公开预算。",
                        "new": "公开决算。",
                    }
                ],
                "links": [0],
            }
        ]

    def test_the_source_can_be_left_out(self, diff: Diff) -> None:
        text = gongkai.parse("2024年政务公开工作要点\n1.公开目录。（区财政局负责）\n")
        other = text.with_changes("1", text="公开清单。")

        data = json.loads(gongkai.diff(text, other).to_json(source=False))

        assert "text" not in data["old"]["source"]

    def test_a_part_is_not_written(self, diff: Diff) -> None:
        with pytest.raises(InvalidValue, match=r"^Diff\.to_json\.part_of: expected a whole diff"):
            diff.where(kinds="moved").to_json()


def small() -> dict[str, Any]:
    old = Plan("要点", [Section("环境", [Task("公开预算。", label="1.")], label="一、")])
    new = Plan(
        "要点",
        [Section("环境", [Task("公开决算。", label="1."), Task("公开目录。", label="2.")], label="一、")],
    )
    return dict(json.loads(gongkai.diff(old, new).to_json()))


def set_at(data: Any, path: str, value: Any) -> None:
    *above, last = path.split(".")
    for step in above:
        data = data[int(step) if step.isdecimal() else step]
    data[int(last) if last.isdecimal() else last] = value


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "value", "problem"),
        (
            ("gongkai-diff", 2, r"\$\[\"gongkai-diff\"\]: this file has version 2 of the schema"),
            ("gongkai-diff", "1", r"\$\[\"gongkai-diff\"\]: expected the version of a schema"),
            ("extra", 1, r"\$\.extra: unknown key"),
            ("old.title", 5, r"\$\.old\.title: expected a str, got 5"),
            ("old.gongkai", 9, r"\$\.old\.gongkai: this file has version 9"),
            ("rows.0.status", "gone", r"\$\.rows\[0\]\.status: expected one of same"),
            (
                "rows.0.old",
                [[7]],
                r"\$\.rows\[0\]\.old\[0\]: expected the path of a block of the old plan, got \[7\]",
            ),
            (
                "rows.0.links",
                [3],
                r"\$\.rows\[0\]\.links\[0\]: expected the position of one of 1 links, got 3",
            ),
            ("rows.0.changes.0.kind", "gone", r"changes\[0\]\.kind: expected one of added"),
            ("rows.0.changes.0.field", "heading", r"changes\[0\]\.field: expected one of label, text"),
            (
                "rows.0.changes.0.new",
                "公开。",
                r"changes\[0\]\.new: expected what the plans say, '公开决算。', got",
            ),
            ("rows.0.changes.0.old_path", [0, "0"], r"old_path\[1\]: expected an int"),
            ("rows.0.changes.0.new_key", "9", r"new_key: expected what the plans say, '1', got '9'"),
            ("rows.0.changes", [], r"\$\.rows: the changes "),
            ("links.0.new", "9", r"\$\.links\[0\]\.new: expected the key of a task of the new plan, got '9'"),
            ("links.0.score", 7, r"\$\.links\[0\]\.score: expected a number from 0 to 1, got 7"),
            (
                "rows.0.changes.0.bodies",
                [{"old": "甲", "new": "乙", "relation": "kin"}],
                r"relation: expected one of",
            ),
        ),
    )
    def test_a_file_that_says_anything_else_is_refused(self, path: str, value: Any, problem: str) -> None:
        data = small()
        set_at(data, path, value)

        with pytest.raises(LoadError, match=problem):
            Diff.from_json(json.dumps(data))

    def test_every_problem_is_told_at_once(self) -> None:
        data = small()
        del data["new"]
        set_at(data, "old.title", 5)
        set_at(data, "rows.0.status", "gone")

        with pytest.raises(LoadError) as caught:
            Diff.from_json(json.dumps(data))

        assert [problem.path for problem in caught.value.problems] == [
            "$.old.title",
            "$.rows[0].status",
            "$.new",
        ]

    def test_a_plan_is_no_diff(self) -> None:
        with pytest.raises(LoadError, match=r'missing: a gongkai file begins with \{"gongkai-diff": 1'):
            Diff.from_json(gongkai.dumps(Plan("要点")))

    @given(st.data())
    def test_no_file_makes_another_error(self, data: st.DataObject) -> None:
        """Whatever a file says, it is read or refused."""
        file = small()
        places: list[tuple[Any, Any]] = []

        def note(value: Any) -> None:
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                places.append((value, key))
                if isinstance(inner, (dict, list)):
                    note(inner)

        note(file)
        home, key = data.draw(st.sampled_from(places))
        others = st.sampled_from([value[key] for value, key in places]).map(copy.deepcopy)
        odd: st.SearchStrategy[Any] = st.sampled_from(
            (None, -1, 0, 1, "", "1", "task", "moved", "removed", [], {}, [[0]], [0, 0])
        )
        home[key] = data.draw(st.one_of(odd, others))

        try:
            made = Diff.from_json(json.dumps(file))
        except LoadError as error:
            assert error.problems  # noqa: PT017 - it may be read as well
        else:
            assert made.apply(made.old) == made.new


class TestJsonPatch:
    @given(pairs(), st.booleans())
    def test_the_patched_json_loads_as_the_new_plan(self, pair: tuple[Plan, Plan], tests: bool) -> None:
        old, new = pair

        patch = gongkai.diff(old, new).to_json_patch(tests=tests)
        made = gongkai.loads(
            json.dumps(patched(json.loads(gongkai.dumps(old)), json.loads(json.dumps(patch))))
        )

        assert made == new
        assert keys(made) == keys(new)

    @given(pairs(), st.data())
    def test_so_it_does_for_a_part(self, pair: tuple[Plan, Plan], data: st.DataObject) -> None:
        diff = gongkai.diff(*pair)
        part = diff.select(*[change for change in diff if data.draw(st.booleans())])
        try:
            expected = part.apply(diff.old)
        except DependentChange:
            with pytest.raises(DependentChange):
                part.to_json_patch()
            return

        made = patched(json.loads(gongkai.dumps(diff.old)), part.to_json_patch())

        assert gongkai.loads(json.dumps(made)) == expected

    @pytest.mark.parametrize("seed", range(4))
    def test_edited_examples_are_patched(self, seed: int) -> None:
        version = edited(examples.load("chenghu-2024"), seed)

        patch = gongkai.diff(version.old, version.new).to_json_patch()
        made = gongkai.loads(json.dumps(patched(json.loads(gongkai.dumps(version.old)), patch)))

        assert made == version.new
        assert made.source == version.old.source

    def test_what_moves_down_leaves_its_place_to_what_follows(self) -> None:
        budget, air = Task("规范公开部门预决算。"), Task("逐日发布空气质量数据。")
        old = Plan("要点", [budget, Section("环境", [air])])
        new = Plan("要点", [Section("环境", [air, budget]), Section("附则")])

        patch = gongkai.diff(old, new).to_json_patch()

        assert gongkai.loads(json.dumps(patched(json.loads(gongkai.dumps(old)), patch))) == new

    @given(strategies.plans())
    def test_where_nothing_changes_it_only_tests(self, plan: Plan) -> None:
        assert [each["op"] for each in gongkai.diff(plan, plan).to_json_patch()] == ["test"]

    def test_it_fails_on_another_plan_where_it_tests(self) -> None:
        old, new = Plan("要点", [Task("公开预算。")]), Plan("要点", [Task("公开决算。")])
        patch = gongkai.diff(old, new).to_json_patch(tests=True)

        with pytest.raises(AssertionError):
            patched(json.loads(gongkai.dumps(new)), patch)

    def test_an_object_comes_and_goes(self) -> None:
        old = Plan("要点", preamble=[Paragraph("为此。")])
        new = attrs.evolve(old, preamble=(), record=gongkai.Record(issuer="区政府办公室"))

        assert gongkai.diff(old, new).to_json_patch()[1:] == [
            {"op": "remove", "path": "/preamble"},
            {"op": "add", "path": "/record", "value": {"issuer": "区政府办公室"}},
        ]
