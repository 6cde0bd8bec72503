"""The file of a merge: it is read back as it was, goes on where it was left, and says what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import gongkai
from gongkai import (
    Assignment,
    Comment,
    Deadline,
    InvalidValue,
    LoadError,
    Merge,
    Plan,
    Record,
    Section,
    Task,
    examples,
)
from gongkai.merging import Contest, Strategy, Verdict, merge_schema, prefer
from tests.test_merging_laws import Copies, any_copies


def triple() -> Merge:
    base, ours, theirs = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))
    return gongkai.merge(base, ours, theirs)


def two(field: str, ours: object, theirs: object, base: object = None) -> Merge:
    """A merge of a plan of one task, of which two copies set one field."""
    task = Task("每年公开一次目录。", label="1.", assignments=[Assignment.responsible("区财政局")])
    draft = Plan("要点", [Section("重点任务", [task], label="一、")], year=2025)
    if base is not None:
        draft = draft.with_changes("1", **{field: base})
    return gongkai.merge(draft, *[draft.with_changes("1", **{field: value}) for value in (ours, theirs)])


SCHEMA = jsonschema.Draft202012Validator(merge_schema())
MONTHS = [(Deadline.by_month(2025, month),) for month in (9, 11)]


class TestThereAndBack:
    @given(any_copies())
    def test_what_is_written_is_read(self, plans: Copies) -> None:
        merge = gongkai.merge(*plans)

        assert Merge.from_json(merge.to_json()) == merge

    def test_with_comments_strategies_and_decisions_as_well(self) -> None:
        base = examples.load("chenghu-2025-base")
        copies = {name: examples.load(f"chenghu-2025-{name}") for name in ("ours", "theirs")}
        comments = [
            Comment("区教委", task="9", proposal="请核实。"),
            Comment("区司法局", task="99", proposal="无"),
        ]
        strategies: dict[str, str | Strategy] = {"deadline": "latest", "text": prefer("theirs")}
        merge = gongkai.merge_all(base, copies, comments=comments, strategies=strategies)
        again = Merge.from_json(merge.to_json(indent=1))

        assert again == merge
        assert again.strategies == {"deadline": "latest", "text": "prefer theirs"}
        assert again.remarks == merge.remarks

    def test_what_was_resolved_stays_resolved(self) -> None:
        merge = triple().resolve({"14.deadlines": MONTHS[0], "22.text": "ours"})

        assert Merge.from_json(merge.to_json()) == merge

    def test_sources_can_be_left_out(self) -> None:
        merge = triple()
        text = merge.to_json(source=False)

        assert Merge.from_json(text).plan == merge.plan
        assert len(text) < len(merge.to_json())

    def test_functions_are_given_again(self) -> None:
        def longer(contest: Contest) -> Verdict:
            return contest.take(max((str(voice.value) for voice in contest.voices), key=len))

        base = two("text", "每月公开。", "每半个月公开。")
        plans = [base.base, *[plan for _, plan in base.copies]]
        merge = gongkai.merge(*plans, strategies={"text": longer})
        text = merge.to_json()

        assert Merge.from_json(text, strategies={"text": longer}) == merge
        with pytest.raises(
            LoadError, match=r"\$\.strategies\.text: expected the name of a strategy; for a function"
        ):
            Merge.from_json(text)


class TestSchema:
    @given(any_copies())
    def test_every_file_is_as_the_schema_says(self, plans: Copies) -> None:
        SCHEMA.validate(json.loads(gongkai.merge(*plans).to_json()))

    def test_with_comments_and_decisions_as_well(self) -> None:
        comments = [Comment("区教委", task="9", proposal="请核实。", others=[("电话", "1234")])]
        base = examples.load("chenghu-2025-base")
        merge = gongkai.merge_all(base, {"甲": base.without("9")}, comments=comments)

        SCHEMA.validate(json.loads(merge.to_json()))
        SCHEMA.validate(
            json.loads(triple().resolve({"14.deadlines": MONTHS[0], "22.text": "ours"}).to_json())
        )

    @pytest.mark.parametrize("wrong", ({"gongkai-merge": 2}, {"more": 1}, {"conflicts": [{"id": "1.text"}]}))
    def test_other_files_are_not(self, wrong: dict[str, object]) -> None:
        data = {**json.loads(triple().to_json()), **wrong}

        with pytest.raises(jsonschema.ValidationError):
            SCHEMA.validate(data)


class TestDeciding:
    """Somebody opens the file and writes what is decided."""

    def decided(self, merge: Merge, resolution: object) -> Merge:
        data = json.loads(merge.to_json())
        data["conflicts"][0]["resolution"] = resolution
        return Merge.from_json(json.dumps(data))

    @pytest.mark.parametrize(
        ("resolution", "text"),
        (
            ("ours", "每半年公开一次目录。"),
            ("theirs", "每季度公开一次目录。"),
            ("base", "每年公开一次目录。"),
            ({"value": "按月公开目录。"}, "按月公开目录。"),
        ),
    )
    def test_a_text(self, resolution: object, text: str) -> None:
        merge = self.decided(two("text", "每半年公开一次目录。", "每季度公开一次目录。"), resolution)

        assert merge.conflicts == ()
        assert merge.plan.tasks[0].text == text

    def test_a_deadline(self) -> None:
        value = {"value": [{"text": "10月底", "kind": "month", "due": "2025-10-31"}]}
        merge = self.decided(two("deadlines", *MONTHS), value)

        assert [deadline.text for deadline in merge.plan.tasks[0].deadlines] == ["10月底"]

    def test_departments(self) -> None:
        ours, theirs = ((Assignment(role, ["区财政局"]),) for role in ("lead", "cooperate"))
        merge = self.decided(two("assignments", ours, theirs), "suggested")

        assert merge.plan.tasks[0].assignments == ours

    def test_a_deletion(self) -> None:
        base = two("text", "", "").base
        merge = gongkai.merge(base, base.without("1"), base.with_changes("1", text="每月公开一次目录。"))
        value = {"value": {"kind": "task", "text": "按需公开目录。", "label": "1."}}

        assert self.decided(merge, value).plan.tasks[0].text == "按需公开目录。"
        assert self.decided(merge, "ours").plan.tasks == ()
        assert self.decided(merge, {"value": None}).plan.tasks == ()

    def test_the_record(self) -> None:
        plans = [Plan("要点", record=Record(issuer=name, issued_on=None)) for name in ("甲", "乙", "丙")]

        assert self.decided(gongkai.merge(*plans), {"value": "丁"}).plan.record.issuer == "丁"

    def test_one_after_the_other(self) -> None:
        half = self.decided(triple(), "ours")
        done = self.decided(half, "theirs")

        assert [conflict.id for conflict in half.conflicts] == ["22.text"]
        assert done.conflicts == ()
        assert done.resolutions == {"14.deadlines": "ours", "22.text": "theirs"}


class TestRefusals:
    def changed(self, **changes: object) -> str:
        return json.dumps({**json.loads(two("deadlines", *MONTHS).to_json()), **changes})

    @pytest.mark.parametrize(
        ("resolution", "message"),
        (
            (
                "mine",
                r"\$\.conflicts\[\"1\.deadlines\"\]: expected base, ours, theirs, or a tuple of Deadline",
            ),
            (3, r"expected null, one of base, ours, theirs, or {\"value\": …}, got 3 \(int\)"),
            ({"wert": 3}, r"or {\"value\": …}, got {'wert': 3}"),
            ({"value": [{"text": "10月"}]}, r"\[\"1\.deadlines\"\]\.value\[0\]\.kind: missing, and required"),
            ({"value": "10月"}, r"\.value: expected a list, got '10月'"),
        ),
    )
    def test_what_decides_nothing_is_refused(self, resolution: object, message: str) -> None:
        data = json.loads(two("deadlines", *MONTHS).to_json())
        data["conflicts"][0]["resolution"] = resolution

        with pytest.raises(LoadError, match=message):
            Merge.from_json(json.dumps(data))

    @pytest.mark.parametrize(
        ("changes", "message"),
        (
            ({"gongkai-merge": 9}, r"\$\[\"gongkai-merge\"\]: this file has version 9 of the schema"),
            ({"base": None}, r"\$\.base: expected an object"),
            ({"copies": None}, r"\$\.copies: expected a list, got None"),
            ({"copies": [3]}, r"\$\.copies\[0\]: expected an object, got 3"),
            ({"copies": [{"name": 3, "x": 1}]}, r"\$\.copies\[0\]\.x: unknown key"),
            ({"extra": 1}, r"\$\.extra: unknown key"),
            ({"resolutions": []}, r"\$\.resolutions: expected an object, got \[\]"),
            ({"resolutions": {"2.text": "ours"}}, r"there is no such conflict; open: 1\.deadlines"),
            ({"strategies": 3}, r"\$\.strategies: expected an object, got 3"),
            ({"conflicts": [{"id": "1.text"}]}, r"\$\.conflicts\[0\]\.kind: missing, and required"),
            ({"remarks": [{"kind": "note"}]}, r"\$\.remarks\[0\]\.comment: missing, and required"),
        ),
    )
    def test_a_file_that_is_none_is_refused_with_the_place(
        self, changes: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(LoadError, match=message):
            Merge.from_json(self.changed(**changes))

    def test_what_is_no_text_is_refused(self) -> None:
        wrong: Any = 3
        with pytest.raises(InvalidValue, match="expected a str or bytes"):
            Merge.from_json(wrong)

    def test_what_is_no_json_is_refused(self) -> None:
        with pytest.raises(LoadError, match="line 1"):
            Merge.from_json("{")

    def test_a_plan_is_no_merge(self) -> None:
        with pytest.raises(LoadError, match="gongkai-merge"):
            Merge.from_json(gongkai.dumps(Plan("要点")))
