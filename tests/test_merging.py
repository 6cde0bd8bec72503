"""Merging copies of a draft: what is made of which edits, and what is a conflict."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import gongkai
from gongkai import (
    Assignment,
    Conflict,
    ConflictKind,
    Deadline,
    InvalidValue,
    Merge,
    Notice,
    Paragraph,
    Plan,
    Record,
    Section,
    Task,
    examples,
)
from gongkai.merging import CONFLICT_KINDS, STRATEGIES, Action, Contest, Verdict, prefer

BUDGET = "细化部门预决算公开内容，公布重点项目绩效评价结果。"
SCHOOL = "公开义务教育招生政策和学校招生范围，设立咨询专线。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"
BUS = "发布公交线网调整方案，说明增减班次的理由。"


def task(text: str, label: str | None = None, *bodies: str, month: int = 0) -> Task:
    deadlines = [Deadline.by_month(2025, month)] if month else []
    assignments = [Assignment.responsible(*bodies)] if bodies else []
    return Task(text, label=label, assignments=assignments, deadlines=deadlines)


def plan(*blocks: Section | Task | Paragraph, **fields: Any) -> Plan:
    return Plan("要点", blocks, year=2025, **fields)


def listed(*texts: str) -> Plan:
    """A plan of numbered tasks."""
    return plan(*[task(text, f"{number}.") for number, text in enumerate(texts, 1)])


def texts(plan: Plan) -> list[str]:
    return [task.text for task in plan.all_tasks]


def labels(plan: Plan) -> list[str | None]:
    return [task.label for task in plan.tasks]


def only(merge: Merge) -> Conflict:
    (conflict,) = merge.conflicts
    return conflict


@pytest.fixture(scope="module")
def triple() -> tuple[Plan, Plan, Plan]:
    base, ours, theirs = (examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs"))
    return base, ours, theirs


@pytest.fixture(scope="module")
def truth(root: Path) -> dict[str, Any]:
    tables = tomllib.loads((root / "tests" / "data" / "examples.toml").read_text(encoding="utf-8"))
    return dict(tables["triple"])


class TestExamples:
    """The shipped draft and its two copies; what a careful reader finds stands in tests/data/examples.toml."""

    def test_only_what_cannot_be_had_together_is_a_conflict(
        self, triple: tuple[Plan, Plan, Plan], truth: dict[str, Any]
    ) -> None:
        merge = gongkai.merge(*triple)

        assert [conflict.where.base_key for conflict in merge.conflicts] == [
            str(number) for number in truth["merge"]["conflicts"]
        ]
        assert len(merge.plan.tasks) == truth["merge"]["leaves"]

    def test_each_change_has_its_decision(
        self, triple: tuple[Plan, Plan, Plan], truth: dict[str, Any]
    ) -> None:
        merge = gongkai.merge(*triple)

        def changed(name: str, change: str) -> set[int]:
            return {
                int(decision.where.base_key)
                for decision in merge.of(name)
                if decision.change == change and decision.where.base_key is not None
            }

        assert changed("ours", "reworded") == set(truth["ours_changed"]["reworded"])
        assert changed("theirs", "reworded") == set(truth["theirs_changed"]["reworded"])
        assert changed("ours", "moved") == {base for base, _ in truth["ours_changed"]["moved"]}
        assert changed("ours", "removed") == set(truth["ours_changed"]["dropped"])
        assert changed("theirs", "reassigned") == {
            base for base, _ in truth["theirs_changed"]["departments_added"]
        }
        assert {number for number, _ in truth["ours_changed"]["rescheduled"]} <= changed(
            "ours", "rescheduled"
        )

    def test_the_numbers_are_those_of_the_copy_that_counted_anew(
        self, triple: tuple[Plan, Plan, Plan]
    ) -> None:
        base, ours, theirs = triple

        assert labels(gongkai.merge(base, ours, theirs).plan) == labels(ours)

    def test_edits_of_two_sentences_of_one_task_are_both_made(self, triple: tuple[Plan, Plan, Plan]) -> None:
        merged = gongkai.merge(*triple).plan["18"]

        assert isinstance(merged, Task)
        assert "同步起草、同步公布" in merged.text
        assert "理解有分歧的条款" in merged.text

    def test_a_task_that_is_moved_here_and_edited_there_is_both(
        self, triple: tuple[Plan, Plan, Plan]
    ) -> None:
        merged = gongkai.merge(*triple).plan
        (moved,) = [task for task in merged.tasks if task.text.startswith("建立政策咨询知识库")]

        assert [block.label for block in merged.path(str(moved.key))][:2] == ["四、", "（二）"]
        assert [body.name for body in moved.departments][1:] == ["区财政局", "区人力资源社会保障局"]

    def test_it_tells_who_wants_what_in_both_languages(self, triple: tuple[Plan, Plan, Plan]) -> None:
        deadline, text = gongkai.merge(*triple).conflicts

        assert deadline.explain().endswith("我方为“2025年11月”，对方为“2025年12月”，原稿为“2025年10月”。")
        assert text.explain("en").endswith("text: ours has “半年”, theirs has “季度”; the draft has “年”.")
        assert text.regions[0].base == "年"

    def test_resolved_by_one_copy_and_then_by_the_other(self, triple: tuple[Plan, Plan, Plan]) -> None:
        merge = gongkai.merge(*triple)
        half = merge.resolve({"14.deadlines": "theirs"})
        done = half.resolve({"22.text": "ours"})

        assert [conflict.id for conflict in half.conflicts] == ["22.text"]
        assert done.conflicts == ()
        merged = done.plan["21"]
        assert isinstance(merged, Task)
        assert "每半年至少组织一次" in merged.text
        assert [deadline.text for deadline in merged.deadlines] == ["2025年10月", "每半年至少组织一次"]
        assert not [finding for finding in done.plan.findings if finding.code == "M101"]

    def test_a_finding_says_where_a_conflict_is_open(self, triple: tuple[Plan, Plan, Plan]) -> None:
        merge = gongkai.merge(*triple)
        found = [finding for finding in merge.plan.findings if finding.code == "M101"]

        assert [finding.key for finding in found] == [conflict.where.key for conflict in merge.conflicts]
        assert found[0].severity == "error"
        assert "14.deadlines" in found[0].zh


class TestTexts:
    @pytest.mark.parametrize(
        ("base", "ours", "theirs", "merged"),
        (
            ("公开目录，及时更新。", "公布目录，及时更新。", "公开目录，按月更新。", "公布目录，按月更新。"),
            (
                "公开50件，办结20件。",
                "公开500件，办结20件。",
                "公开50件，办结30件。",
                "公开500件，办结30件。",
            ),
            ("甲项，乙项。", "丙项，乙项。", "甲项，丁项。", "丙项，丁项。"),
            ("公开目录。更新名录。", "公开目录。", "公布目录。更新名录。", "公布目录。"),
            ("公开目录。", "公开目录，并公布依据。", "公布目录。", "公布目录，并公布依据。"),
            ("公开甲、乙。", "公开甲、乙。做好解读。", "公开甲、乙、丙。", "公开甲、乙、丙。做好解读。"),
        ),
    )
    def test_edits_that_do_not_touch_are_all_made(
        self, base: str, ours: str, theirs: str, merged: str
    ) -> None:
        merge = gongkai.merge(listed(base), listed(ours), listed(theirs))

        assert merge.conflicts == ()
        assert texts(merge.plan) == [merged]
        (decision,) = merge.decisions
        assert (decision.action, decision.by) == (Action.COMBINED, ("ours", "theirs"))

    @pytest.mark.parametrize(
        ("base", "ours", "theirs", "region", "voices"),
        (
            ("每年公开一次。", "每半年公开一次。", "每季度公开一次。", "年", ("半年", "季度")),
            ("公开50件。", "公开60件。", "公开70件。", "50", ("60", "70")),
            ("公开目录。", "公开目录和名录。", "公开目录及清单。", "", ("和名录", "及清单")),
            ("及时更新目录。", "更新目录。", "按时更新目录。", "及时", ("", "按时")),
        ),
    )
    def test_other_words_for_the_same_words_are_a_conflict(
        self, base: str, ours: str, theirs: str, region: str, voices: tuple[str, str]
    ) -> None:
        merge = gongkai.merge(listed(base), listed(ours), listed(theirs))
        conflict = only(merge)

        assert (conflict.id, conflict.kind) == ("1.text", ConflictKind.TEXT)
        assert texts(merge.plan) == [base]
        (found,) = conflict.regions
        assert (found.base, tuple(voice.value for voice in found.voices)) == (region, voices)
        assert base[found.start or 0 :].startswith(region)
        assert texts(merge.resolve({"1.text": "theirs"}).plan) == [theirs]

    def test_the_rest_of_a_contested_text_is_merged(self) -> None:
        base = "公开目录，每年更新一次，做好解读。"
        ours = "公布目录，每半年更新一次，做好解读。"
        theirs = "公开目录，每季度更新一次，加强解读。"
        merge = gongkai.merge(listed(base), listed(ours), listed(theirs))

        assert texts(merge.plan) == ["公布目录，每年更新一次，加强解读。"]
        assert texts(merge.resolve({"1.text": "ours"}).plan) == ["公布目录，每半年更新一次，加强解读。"]
        assert texts(merge.resolve({"1.text": "每月更新。"}).plan) == ["每月更新。"]

    def test_items_of_a_list_that_both_put_in_are_suggested_together(self) -> None:
        base, ours, theirs = "公开甲项政策。", "公开甲项、乙项政策。", "公开甲项、丙项政策。"
        merge = gongkai.merge(listed(base), listed(ours), listed(theirs))

        assert only(merge).suggestion is not None
        assert texts(merge.resolve({"1.text": "suggested"}).plan) == ["公开甲项、乙项、丙项政策。"]

    def test_deadlines_in_sentences_follow_the_text(self) -> None:
        base, ours, theirs = (
            gongkai.parse(f"澄湖区2025年政务公开工作要点\n1.{text}（区教委负责落实）")
            for text in (
                "按季度公布进展，公开目录。",
                "按月公布进展，公开目录。",
                "按季度公布进展，每年公布目录。",
            )
        )
        merged = gongkai.merge(base, ours, theirs).plan.tasks[0]

        assert merged.text == "按月公布进展，每年公布目录。"
        assert [deadline.text for deadline in merged.deadlines] == ["按月", "每年"]


class TestFields:
    def test_different_fields_of_one_task_are_all_changed(self) -> None:
        base = plan(task(BUDGET, "1.", "区财政局", month=10))
        ours = base.with_changes("1", text=BUDGET.replace("细化", "规范"))
        theirs = base.with_changes("1", deadlines=[Deadline.by_month(2025, 9)])
        merged = gongkai.merge(base, ours, theirs)

        assert merged.conflicts == ()
        assert merged.plan.tasks[0].text.startswith("规范")
        assert merged.plan.tasks[0].deadlines == (Deadline.by_month(2025, 9),)

    def test_departments_are_merged_one_by_one(self) -> None:
        base = plan(task(BUDGET, "1.", "区财政局", "区审计局"))
        ours = base.with_changes(
            "1", assignments=[Assignment.lead("区财政局"), Assignment.responsible("区审计局")]
        )
        theirs = base.with_changes("1", assignments=[Assignment.responsible("区财政局", "区教委")])
        merged = gongkai.merge(base, ours, theirs)

        assert merged.conflicts == ()
        assert merged.plan.tasks[0].assignments == (
            Assignment.lead("区财政局"),
            Assignment.responsible("区教委"),
        )

    def test_a_department_with_two_roles_is_a_conflict(self) -> None:
        base = plan(task(BUDGET, "1.", "区财政局", "区审计局"))
        ours = base.with_changes(
            "1", assignments=[Assignment.lead("区财政局"), Assignment.responsible("区审计局")]
        )
        theirs = base.with_changes(
            "1", assignments=[Assignment.responsible("区审计局"), Assignment.cooperate("区财政局")]
        )
        merge = gongkai.merge(base, ours, theirs)
        conflict = only(merge)

        assert (conflict.id, conflict.kind) == ("1.assignments", ConflictKind.DEPARTMENTS)
        assert [region.what for region in conflict.regions] == ["区财政局"]
        assert "（区财政局）：我方为“牵头单位”，对方为“配合单位”，原稿为“责任单位”" in conflict.explain()
        assert merge.plan.tasks[0].assignments == base.tasks[0].assignments
        resolved = merge.resolve({conflict.id: "ours"})
        assert resolved.plan.tasks[0].departments_as("lead")[0].name == "区财政局"

    def test_one_body_under_two_names_is_one_department(self) -> None:
        base = plan(task(BUDGET, "1.", "区政务服务局", "区财政局"), record=Record(issued_on=date(2025, 3, 1)))
        ours = base.with_changes(
            "1", assignments=[Assignment.responsible("区政务服务和数据管理局", "区财政局")]
        )
        theirs = base.with_changes(
            "1", assignments=[Assignment.lead("区政务服务局"), Assignment.responsible("区财政局")]
        )
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert merge.plan.tasks[0].assignments == (
            Assignment.lead("区政务服务和数据管理局"),
            Assignment.responsible("区财政局"),
        )

    def test_columns_are_merged_cell_by_cell(self) -> None:
        base = plan(Task(BUDGET, label="1.", extras=[("备注", "无"), ("联系人", "张三")]))
        ours = base.with_changes("1", extras=[("备注", "重点"), ("联系人", "张三")])
        theirs = base.with_changes("1", extras=[("备注", "一般"), ("联系人", "李四"), ("电话", "1234")])
        merge = gongkai.merge(base, ours, theirs)

        assert only(merge).kind is ConflictKind.COLUMN
        assert merge.plan.tasks[0].extras == (("备注", "无"), ("联系人", "李四"), ("电话", "1234"))

    def test_the_record_and_the_notice_are_merged_field_by_field(self) -> None:
        notice = Notice("关于印发要点的通知", addressees=["各街道"], body=["现印发给你们。", "请落实。"])
        base = plan(record=Record(issuer="甲办", validity="有效"), notice=notice)
        ours = attrs.evolve(
            base,
            record=Record(issuer="乙办", validity="有效"),
            notice=attrs.evolve(
                notice, addressees=["各街道", "各部门"], body=["现印发给你们。", "请认真落实。"]
            ),
        )
        theirs = attrs.evolve(
            base,
            record=Record(issuer="丙办", validity="失效"),
            notice=attrs.evolve(notice, body=["现将要点印发给你们。", "请落实。"], signatory="甲办"),
        )
        merge = gongkai.merge(base, ours, theirs)

        assert [conflict.id for conflict in merge.conflicts] == ["record.issuer"]
        assert merge.plan.record == Record(issuer="甲办", validity="失效")
        assert merge.plan.notice == Notice(
            "关于印发要点的通知",
            addressees=["各街道", "各部门"],
            body=["现将要点印发给你们。", "请认真落实。"],
            signatory="甲办",
        )
        assert merge.resolve({"record.issuer": "丁办"}).plan.record.issuer == "丁办"

    def test_headings_and_paragraphs_are_merged(self) -> None:
        base = plan(
            Section("公开工作", [Paragraph("坚持公开。加强解读。"), task(BUDGET, "1.")], label="一、")
        )
        ours = plan(
            Section("公开重点工作", [Paragraph("坚持公开。做好解读。"), task(BUDGET, "1.")], label="一、")
        )
        theirs = plan(
            Section("公开工作", [Paragraph("坚持全面公开。加强解读。"), task(BUDGET, "1.")], label="一、")
        )
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert merge.plan.sections[0].heading == "公开重点工作"
        assert merge.plan.sections[0].paragraphs[0].text == "坚持全面公开。做好解读。"


class TestPlaces:
    def test_what_one_deletes_and_the_other_leaves_is_gone(self) -> None:
        merge = gongkai.merge(
            listed(BUDGET, SCHOOL, WATER), listed(BUDGET, WATER), listed(BUDGET, SCHOOL, WATER, AIR)
        )

        assert merge.conflicts == ()
        assert texts(merge.plan) == [BUDGET, WATER, AIR]
        assert labels(merge.plan) == ["1.", "2.", "3."]

    def test_what_one_deletes_and_the_other_edits_is_a_conflict(self) -> None:
        base = listed(BUDGET, SCHOOL, WATER)
        edited = base.with_changes("2", text=SCHOOL.replace("专线", "热线"))
        merge = gongkai.merge(base, listed(BUDGET, WATER), edited)
        conflict = only(merge)

        assert (conflict.id, conflict.kind) == ("2.delete", ConflictKind.DELETE_EDIT)
        assert merge.plan == base
        assert texts(merge.resolve({"2.delete": "ours"}).plan) == [BUDGET, WATER]
        assert texts(merge.resolve({"2.delete": "theirs"}).plan) == texts(edited)
        assert texts(merge.resolve({"2.delete": "base"}).plan) == texts(base)
        assert texts(merge.resolve({"2.delete": None}).plan) == [BUDGET, WATER]
        assert texts(merge.resolve({"2.delete": task(AIR)}).plan) == [BUDGET, AIR, WATER]
        assert texts(merge.resolve({"2.delete": "suggested"}).plan) == texts(edited)
        assert conflict.explain("en").endswith("deleted by ours; theirs changed the text.")

    def test_a_deleted_section_to_which_something_is_added_is_a_conflict(self) -> None:
        base = plan(
            Section("经济", [task(BUDGET)], label="一、"), Section("环境", [task(WATER)], label="二、")
        )
        ours = base.without("二")
        theirs = base.inserted(task(AIR), into="二")
        merge = gongkai.merge(base, ours, theirs)

        assert only(merge).id == "二.delete"
        assert merge.plan == base
        assert merge.resolve({"二.delete": "theirs"}).plan == theirs
        assert merge.resolve({"二.delete": "ours"}).plan == ours

    def test_a_number_that_changes_is_no_edit_of_what_is_deleted(self) -> None:
        merge = gongkai.merge(
            listed(BUDGET, SCHOOL, WATER), listed(BUDGET, SCHOOL), listed(AIR, BUDGET, SCHOOL, WATER)
        )

        assert merge.conflicts == ()
        assert texts(merge.plan) == [AIR, BUDGET, SCHOOL]

    def test_moved_to_two_sections_it_stays_where_it_was(self) -> None:
        base = plan(
            *[Section(name, [task(text)]) for name, text in zip("甲乙丙", (BUDGET, WATER, AIR), strict=True)]
        )
        key = str(base.tasks[0].key)
        rest = base.without(key)
        ours, theirs = (rest.inserted(task(BUDGET), into=block.key) for block in rest.sections[1:])
        merge = gongkai.merge(base, ours, theirs)
        conflict = only(merge)

        assert (conflict.id, conflict.kind) == (f"{key}.place", ConflictKind.MOVE_MOVE)
        assert conflict.ours == "乙"
        assert merge.plan == base
        assert merge.resolve({conflict.id: "theirs"}).plan == theirs

    def test_moved_to_two_places_of_its_section_it_stays_where_it_was(self) -> None:
        base = plan(*[task(text) for text in (BUDGET, SCHOOL, WATER, AIR, BUS)])
        ours = plan(*[task(text) for text in (SCHOOL, WATER, BUDGET, AIR, BUS)])
        theirs = plan(*[task(text) for text in (SCHOOL, WATER, AIR, BUDGET, BUS)])
        merge = gongkai.merge(base, ours, theirs)

        assert only(merge).kind is ConflictKind.ORDER
        assert texts(merge.plan) == texts(base)
        assert texts(merge.resolve({only(merge).id: "ours"}).plan) == texts(ours)

    def test_two_orders_that_go_together_are_both_had(self) -> None:
        base = plan(*[task(text) for text in (BUDGET, SCHOOL, WATER, AIR, BUS)])
        ours = plan(*[task(text) for text in (SCHOOL, BUDGET, WATER, AIR, BUS)])
        theirs = plan(*[task(text) for text in (BUDGET, SCHOOL, WATER, BUS, AIR)])
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert texts(merge.plan) == [SCHOOL, BUDGET, WATER, BUS, AIR]

    def test_a_move_inside_of_its_section_is_told_so(self) -> None:
        base = plan(Section("甲", [task(BUDGET), task(SCHOOL), task(WATER)]))
        ours = plan(Section("甲", [task(SCHOOL), task(WATER), task(BUDGET)]))
        (decision,) = gongkai.merge(base, ours, base).decisions

        assert "在“甲”内调整了次序" in decision.explain()

    def test_moved_away_here_and_inside_of_its_section_there_it_stays_where_it_was(self) -> None:
        base = plan(Section("甲", [task(BUDGET), task(SCHOOL), task(WATER)]), Section("乙", [task(AIR)]))
        ours = plan(Section("甲", [task(SCHOOL), task(WATER)]), Section("乙", [task(AIR), task(BUDGET)]))
        theirs = plan(Section("甲", [task(SCHOOL), task(WATER), task(BUDGET)]), Section("乙", [task(AIR)]))
        merge = gongkai.merge(base, ours, theirs)
        conflict = only(merge)

        assert conflict.kind is ConflictKind.MOVE_MOVE
        assert conflict.explain().endswith("我方移至“乙”，对方在“甲”内调整次序，原稿在“甲”。")
        assert merge.plan == base
        assert merge.resolve({conflict.id: "ours"}).plan == ours
        assert merge.resolve({conflict.id: "theirs"}).plan == theirs

    def test_two_neighbours_that_change_places_while_one_goes_are_no_conflict(self) -> None:
        base = plan(Section("甲", [task(BUDGET), task(SCHOOL), task(WATER)]), Section("乙", [task(AIR)]))
        ours = plan(Section("甲", [task(SCHOOL), task(WATER)]), Section("乙", [task(AIR), task(BUDGET)]))
        theirs = plan(Section("甲", [task(SCHOOL), task(BUDGET), task(WATER)]), Section("乙", [task(AIR)]))

        assert gongkai.merge(base, ours, theirs).plan == ours

    def test_sections_that_are_moved_into_each_other_stay_where_they_were(self) -> None:
        base = plan(Section("甲", [task(BUDGET)]), Section("乙", [task(WATER)]))
        ours = plan(Section("乙", [task(WATER), Section("甲", [task(BUDGET)])]))
        theirs = plan(Section("甲", [task(BUDGET), Section("乙", [task(WATER)])]))
        merge = gongkai.merge(base, ours, theirs)

        assert {conflict.kind for conflict in merge.conflicts} == {ConflictKind.MOVE_MOVE}
        assert merge.plan == base
        assert (
            merge.resolve(
                {conflict.id: "ours" if "ours" in conflict.by else "base" for conflict in merge.conflicts}
            ).plan
            == ours
        )

    def test_the_same_text_added_twice_becomes_one(self) -> None:
        base = listed(BUDGET)
        merge = gongkai.merge(base, listed(BUDGET, AIR), listed(BUDGET, AIR.replace("，", ",")))

        assert merge.conflicts == ()
        assert texts(merge.plan) == [BUDGET, AIR]
        (added,) = [decision for decision in merge.decisions if decision.change == "added"]
        assert added.by == ("ours", "theirs")

    def test_different_texts_added_to_one_place_both_stay(self) -> None:
        merge = gongkai.merge(listed(BUDGET, WATER), listed(BUDGET, AIR, WATER), listed(BUDGET, BUS, WATER))

        assert merge.conflicts == ()
        assert texts(merge.plan) == [BUDGET, AIR, BUS, WATER]
        assert labels(merge.plan) == ["1.", "2.", "3.", "4."]

    def test_the_same_text_added_with_two_deadlines_is_a_conflict(self) -> None:
        base = plan(task(BUDGET, "1."))
        ours, theirs = (plan(task(BUDGET, "1."), task(AIR, "2.", month=month)) for month in (9, 11))
        merge = gongkai.merge(base, ours, theirs)
        conflict = only(merge)

        assert conflict.kind is ConflictKind.ADD_ADD
        assert merge.plan.tasks[1].deadlines == ()
        assert merge.resolve({conflict.id: "ours"}).plan == ours


class TestSplitsAndJoins:
    LONG = BUDGET + SCHOOL + WATER

    def test_words_that_are_edited_here_and_split_off_there_are_both(self) -> None:
        base = plan(task(self.LONG, "1.", "区财政局", month=10), task(AIR, "2."))
        ours = plan(
            task(BUDGET, "1.", "区财政局", month=10),
            task(SCHOOL + WATER, "2.", "区财政局", month=10),
            task(AIR, "3."),
        )
        theirs = base.with_changes(
            "1", text=self.LONG.replace("专线", "热线"), deadlines=[Deadline.by_month(2025, 9)]
        )
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert texts(merge.plan) == [BUDGET, SCHOOL.replace("专线", "热线") + WATER, AIR]
        assert {task.deadlines for task in merge.plan.tasks[:2]} == {(Deadline.by_month(2025, 9),)}
        assert next(decision.change.value for decision in merge.of("ours")) == "split"

    def test_what_is_split_off_goes_where_its_task_goes(self) -> None:
        base = plan(Section("甲", [task(self.LONG), task(AIR)]), Section("乙", [task(BUS)]))
        ours = plan(
            Section("甲", [task(BUDGET), task(SCHOOL + WATER), task(AIR)]), Section("乙", [task(BUS)])
        )
        theirs = plan(Section("甲", [task(AIR)]), Section("乙", [task(BUS), task(self.LONG)]))
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert [task.text for task in merge.plan.sections[1].tasks] == [BUS, BUDGET, SCHOOL + WATER]

    def test_words_that_are_edited_here_and_joined_there_are_both(self) -> None:
        base = listed(BUDGET, SCHOOL, WATER)
        ours = listed(BUDGET + SCHOOL, WATER)
        theirs = listed(BUDGET, SCHOOL.replace("专线", "热线"), WATER)
        merge = gongkai.merge(base, ours, theirs)

        assert merge.conflicts == ()
        assert texts(merge.plan) == [BUDGET + SCHOOL.replace("专线", "热线"), WATER]


class TestConflictTexts:
    def test_what_does_not_touch_is_made_and_told_beside_what_is_contested(self) -> None:
        base = listed("公开目录，每年组织一次开放日，公布意见。")
        ours = listed("公布目录，每年组织两次开放日，公布意见。")
        theirs = listed("公开目录，每年组织三次开放日，公布意见和答复。")
        merge = gongkai.merge(base, ours, theirs)
        conflict, (decision,) = only(merge), merge.decisions

        assert texts(merge.plan) == ["公布目录，每年组织一次开放日，公布意见和答复。"]
        assert [(region.base, region.start) for region in conflict.regions] == [("一", 9)]
        assert "公布" in decision.explain()
        assert "其余有冲突，待定" in decision.explain()
        assert "the rest is a conflict" in decision.explain("en")
        (finding,) = merge.plan.findings
        assert (finding.zh, finding.en) == (
            f"合并冲突未决（1.text），暂取原稿内容：{conflict.explain()}",
            f"an open conflict (1.text); the draft's value stands. {conflict.explain('en')}",
        )
        assert texts(merge.resolve({"1.text": "theirs"}).plan) == [
            "公布目录，每年组织三次开放日，公布意见和答复。"
        ]

    def test_a_suggestion_keeps_what_does_not_touch(self) -> None:
        base = listed("公开目录，公布意见。")
        ours = listed("公布目录，公布意见。按月更新。")
        theirs = listed("公开目录和名录，公布意见。按季通报。")
        conflict = only(gongkai.merge(base, ours, theirs))

        assert conflict.suggestion is not None
        assert conflict.suggestion.value == "公布目录和名录，公布意见。按月更新。按季通报。"


class TestNumbers:
    def test_what_both_count_anew_is_counted_through(self) -> None:
        base = listed(BUDGET, SCHOOL, WATER)
        merge = gongkai.merge(base, listed(AIR, BUDGET, SCHOOL, WATER), listed(BUDGET, SCHOOL, BUS, WATER))

        assert merge.conflicts == ()
        assert texts(merge.plan) == [AIR, BUDGET, SCHOOL, BUS, WATER]
        assert labels(merge.plan) == ["1.", "2.", "3.", "4.", "5."]
        derived = [decision for decision in merge.decisions if decision.action is Action.DERIVED]
        assert [decision.new for decision in derived] == ["5."]

    def test_numbers_begin_anew_where_they_did(self) -> None:
        def sections(first: tuple[str, ...], second: tuple[str, ...]) -> Plan:
            return plan(
                *[
                    Section(heading, [task(text, f"{number}.") for number, text in enumerate(texts, 1)])
                    for heading, texts in (("甲", first), ("乙", second))
                ]
            )

        base = sections((BUDGET, SCHOOL), (WATER, AIR))
        ours = sections((BUDGET, SCHOOL), (BUS, WATER, AIR))
        theirs = sections((BUDGET, SCHOOL), (WATER, AIR, "公开街道履职事项清单。"))

        assert labels(gongkai.merge(base, ours, theirs).plan) == ["1.", "2.", "1.", "2.", "3.", "4."]

    @pytest.mark.parametrize("through", (True, False))
    def test_numbers_that_one_copy_counts_otherwise_are_counted_so_all_over(self, through: bool) -> None:
        def sections(*contents: tuple[str, ...], through: bool) -> Plan:
            starts = [sum(map(len, contents[:at])) if through else 0 for at in range(len(contents))]
            return plan(
                *[
                    Section(
                        heading, [task(text, f"{number}.") for number, text in enumerate(texts, start + 1)]
                    )
                    for heading, texts, start in zip("甲乙丙", contents, starts, strict=False)
                ]
            )

        base = sections((BUDGET, SCHOOL), (WATER, AIR), through=not through)
        ours = sections((BUDGET, SCHOOL), (WATER, AIR), through=through)
        theirs = sections((BUDGET, SCHOOL), (BUS, WATER, AIR), ("公开街道清单。",), through=not through)
        merged = gongkai.merge(base, ours, theirs).plan

        assert merged == sections((BUDGET, SCHOOL), (BUS, WATER, AIR), ("公开街道清单。",), through=through)

    def test_the_first_of_a_section_that_goes_to_another_one_is_counted_on_there(self) -> None:
        base = plan(
            Section("甲", [task(BUDGET, "1."), task(SCHOOL, "2.")]),
            Section("乙", [task(WATER, "3."), task(AIR, "4.")]),
        )
        ours = plan(
            Section("甲", [task(BUDGET, "1."), task(SCHOOL, "2."), task(WATER, "3.")]),
            Section("乙", [task(AIR, "4.")]),
        )
        theirs = plan(
            Section("甲", [task(BUDGET, "1."), task(SCHOOL, "2.")]),
            Section("乙", [task(WATER, "1."), task(AIR, "2.")]),
        )

        assert labels(gongkai.merge(base, ours, theirs).plan) == ["1.", "2.", "3.", "1."]

    def test_gaps_that_nobody_touched_stay(self) -> None:
        def numbered(*pairs: tuple[str, str]) -> Plan:
            return plan(*[task(text, label) for label, text in pairs])

        base = numbered(("1.", BUDGET), ("3.", SCHOOL), ("4.", WATER))
        ours = numbered(("1.", BUDGET), ("3.", SCHOOL.replace("专线", "热线")), ("4.", WATER))
        theirs = numbered(("1.", BUDGET), ("3.", SCHOOL), ("4.", WATER), ("5.", AIR))

        assert labels(gongkai.merge(base, ours, theirs).plan) == ["1.", "3.", "4.", "5."]

    def test_nobody_counts_where_no_copy_did(self) -> None:
        base = listed(BUDGET, SCHOOL, WATER, AIR)
        merge = gongkai.merge(base, base.without("2"), base.without("3"))

        assert labels(merge.plan) == ["1.", "4."]

    def test_another_way_of_writing_them_is_taken_for_what_others_add(self) -> None:
        base = listed(BUDGET, SCHOOL)
        ours = plan(task(BUDGET, "（1）"), task(SCHOOL, "（2）"))
        merge = gongkai.merge(base, ours, listed(BUDGET, AIR, SCHOOL))

        assert merge.conflicts == ()
        assert labels(merge.plan) == ["（1）", "（2）", "（3）"]

    def test_two_new_ways_of_writing_them_are_one_conflict(self) -> None:
        base = listed(BUDGET, SCHOOL, WATER)
        ours, theirs = (
            plan(*[task(text, form.format(number)) for number, text in enumerate((BUDGET, SCHOOL, WATER), 1)])
            for form in ("{}、", "（{}）")
        )
        merge = gongkai.merge(base, ours, theirs)

        assert (only(merge).id, only(merge).kind) == ("1.label", ConflictKind.LABEL)
        assert labels(merge.plan) == ["1.", "2.", "3."]
        assert labels(merge.resolve({"1.label": "theirs"}).plan) == ["（1）", "（2）", "（3）"]

    def test_keys_are_those_of_the_merged_numbers(self) -> None:
        merged = gongkai.merge(
            listed(BUDGET, SCHOOL), listed(AIR, BUDGET, SCHOOL), listed(BUDGET, SCHOOL)
        ).plan

        assert [task.key for task in merged.tasks] == ["1", "2", "3"]

    def test_keys_of_its_own_stay(self) -> None:
        base = plan(
            *[attrs.evolve(task(text, "1."), key=key) for text, key in ((BUDGET, "cz"), (SCHOOL, "jy"))]
        )
        ours = base.with_changes("cz", text=BUDGET.replace("细化", "规范"))
        theirs = base.without("jy").inserted(attrs.evolve(task(SCHOOL, "2."), key="jy"), at=0)

        assert [task.key for task in gongkai.merge(base, ours, theirs).plan.tasks] == ["jy", "cz"]


class TestStrategies:
    BASE = plan(task(BUDGET, "1.", "区财政局", "区审计局", month=10))

    def deadlines(self, name: str) -> list[str]:
        ours, theirs = (
            self.BASE.with_changes("1", deadlines=[Deadline.by_month(2025, month)]) for month in (9, 11)
        )
        merge = gongkai.merge(self.BASE, ours, theirs, strategies={"deadline": name})
        assert merge.strategies == {"deadline": name}
        return [deadline.text for deadline in merge.plan.tasks[0].deadlines] + [c.id for c in merge.conflicts]

    @pytest.mark.parametrize(
        ("name", "expected"),
        (
            ("earliest", ["2025年9月"]),
            ("latest", ["2025年11月"]),
            ("ours", ["2025年9月"]),
            ("theirs", ["2025年11月"]),
            ("base", ["2025年10月"]),
            ("merge", ["2025年10月", "1.deadlines"]),
            ("conflict", ["2025年10月", "1.deadlines"]),
        ),
    )
    def test_deadlines(self, name: str, expected: list[str]) -> None:
        assert self.deadlines(name) == expected

    def test_a_settled_contest_is_told_with_its_rule(self) -> None:
        ours, theirs = (
            self.BASE.with_changes("1", deadlines=[Deadline.by_month(2025, month)]) for month in (9, 11)
        )
        (decision,) = gongkai.merge(self.BASE, ours, theirs, strategies={"deadline": "earliest"}).decisions

        assert (decision.action, decision.rule, decision.conflict) == (
            Action.SETTLED,
            "earliest",
            "1.deadlines",
        )
        assert "按规则“earliest”处理" in decision.explain()

    def test_union_takes_the_higher_role(self) -> None:
        ours = self.BASE.with_changes(
            "1", assignments=[Assignment.lead("区财政局"), Assignment.responsible("区审计局")]
        )
        theirs = self.BASE.with_changes("1", assignments=[Assignment.responsible("区审计局")])
        merge = gongkai.merge(self.BASE, ours, theirs, strategies={"departments": "union"})

        assert merge.conflicts == ()
        assert merge.plan.tasks[0].assignments == ours.tasks[0].assignments
        assert only(gongkai.merge(self.BASE, ours, theirs)).suggestion is not None

    def test_conflict_leaves_what_could_be_merged(self) -> None:
        ours, theirs = (
            self.BASE.with_changes("1", text=BUDGET.replace(*words))
            for words in (("细化", "规范"), ("结果", "报告"))
        )

        assert gongkai.merge(self.BASE, ours, theirs).conflicts == ()
        merge = gongkai.merge(self.BASE, ours, theirs, strategies={"text": "conflict"})
        assert only(merge).id == "1.text"
        assert texts(merge.resolve({"1.text": "ours"}).plan) == texts(
            gongkai.merge(self.BASE, ours, theirs).plan
        )

    @pytest.mark.parametrize(("name", "count"), (("keep", 1), ("delete", 0)))
    def test_deletions(self, name: str, count: int) -> None:
        theirs = self.BASE.with_changes("1", text=BUDGET.replace("细化", "规范"))
        merge = gongkai.merge(self.BASE, self.BASE.without("1"), theirs, strategies={"delete-edit": name})

        assert merge.conflicts == ()
        assert len(merge.plan.tasks) == count

    def test_a_function_of_the_users_own(self) -> None:
        def longer(contest: Contest) -> Verdict:
            verdict = contest.merge()
            if verdict.settled:
                return verdict
            return contest.take(max((str(voice.value) for voice in contest.voices), key=len))

        merge = gongkai.merge(
            listed("每年公开。"),
            listed("每半年公开。"),
            listed("每个月末公开。"),
            strategies={"text": longer},
        )

        assert texts(merge.plan) == ["每个月末公开。"]
        assert merge.decisions[0].rule == "longer"

    def test_one_field_can_have_its_own(self) -> None:
        base = plan(record=Record(issuer="甲办", subject="甲"))
        ours, theirs = (attrs.evolve(base, record=Record(issuer=name, subject=name)) for name in ("乙", "丙"))
        merge = gongkai.merge(base, ours, theirs, strategies={"record.issuer": "ours", "record": "theirs"})

        assert merge.plan.record == Record(issuer="乙", subject="丙")

    @pytest.mark.parametrize(
        ("strategies", "message"),
        (
            ({"colour": "ours"}, r"^merge\.strategies: expected kinds of conflict .* got 'colour'"),
            (
                {"text": "earliest"},
                r"^merge\.strategies\['text'\]: expected a function, or merge, conflict, ours",
            ),
            (
                {"deadline": 3},
                r"^merge\.strategies\['deadline'\]: expected the name of a strategy, or one, got 3",
            ),
        ),
    )
    def test_what_there_is_not_is_refused(self, strategies: Any, message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            gongkai.merge(self.BASE, self.BASE, self.BASE, strategies=strategies)

    def test_every_strategy_says_what_it_does(self) -> None:
        assert all(row.decide.__doc__ for row in STRATEGIES.values())


class TestManyCopies:
    BASE = plan(task("每年公开一次目录。", "1."), task(BUDGET, "2.", month=10))

    def test_what_several_ask_for_alike_is_one_change(self) -> None:
        edited = self.BASE.with_changes("1", text="每季度公开一次目录。")
        merge = gongkai.merge_all(self.BASE, {f"部门{number}": edited for number in range(5)})

        assert merge.conflicts == ()
        (decision,) = merge.decisions
        assert decision.by == tuple(f"部门{number}" for number in range(5))

    def test_a_contradiction_is_one_conflict_with_all_voices(self) -> None:
        copies = {
            name: self.BASE.with_changes("1", text=f"每{period}公开一次目录。")
            for name, period in (("甲局", "季度"), ("乙局", "半年"), ("丙局", "季度"), ("丁局", "月"))
        }
        merge = gongkai.merge_all(self.BASE, copies)
        conflict = only(merge)

        assert [(voice.by, voice.value) for voice in conflict.regions[0].voices] == [
            (("甲局", "丙局"), "季度"),
            (("乙局",), "半年"),
            (("丁局",), "月"),
        ]
        assert merge.resolve({"1.text": "丙局"}).plan.tasks[0].text == "每季度公开一次目录。"
        assert "甲局、丙局为“季度”" in conflict.explain()

    def test_the_order_of_copies_decides_only_the_order_of_what_they_add(self) -> None:
        copies = {
            "甲局": self.BASE.inserted(task(AIR)),
            "乙局": self.BASE.inserted(task(BUS)).with_changes("1", text="每半年公开一次目录。"),
            "丙局": self.BASE.with_changes("1", text="每季度公开一次目录。"),
            "丁局": self.BASE.with_changes("2", deadlines=[Deadline.by_month(2025, 9)]),
        }
        one = gongkai.merge_all(self.BASE, copies)
        other = gongkai.merge_all(self.BASE, reversed(copies.items()))

        assert sorted(texts(one.plan)) == sorted(texts(other.plan))
        assert texts(one.plan)[2:] == [AIR, BUS]
        assert {c.id: {voice.value for voice in c.voices} for c in one.conflicts} == {
            c.id: {voice.value for voice in c.voices} for c in other.conflicts
        }

    def test_no_copy_is_the_draft(self) -> None:
        assert gongkai.merge_all(self.BASE, {}).plan == self.BASE

    def test_a_strategy_may_prefer_somebody(self) -> None:
        copies = {
            name: self.BASE.with_changes("2", deadlines=[Deadline.by_month(2025, month)])
            for name, month in (("甲局", 9), ("乙局", 11))
        }
        merge = gongkai.merge_all(self.BASE, copies, strategies={"deadline": prefer("乙局")})

        assert merge.plan.tasks[1].deadlines == (Deadline.by_month(2025, 11),)
        assert merge.strategies == {"deadline": "prefer 乙局"}

    @pytest.mark.parametrize("copies", ([("甲", BASE), ("甲", BASE)], [("", BASE)], {"base": BASE}))
    def test_names_that_tell_nobody_are_refused(self, copies: Any) -> None:
        with pytest.raises(InvalidValue, match=r"^merge_all\.copies: expected a name for each copy"):
            gongkai.merge_all(self.BASE, copies)


def two_months() -> Merge:
    base = plan(task(BUDGET, "1.", month=10))
    ours, theirs = (base.with_changes("1", deadlines=[Deadline.by_month(2025, month)]) for month in (9, 11))
    return gongkai.merge(base, ours, theirs)


class TestRefusals:
    BASE = plan(task(BUDGET, "1.", month=10))
    MERGE = two_months()

    def test_whoever_left_the_contested_words_alone_stands_for_the_draft_there(self) -> None:
        base = Plan("要点", [Task("每年公开一次，区长签发，及时更新目录。", label="1.")])
        texts = {
            "甲": "每半年公开一次，区长签发，及时更新目录。",
            "乙": "每季度公开一次，区长签发，及时更新目录。",
            "丙": "每年公开一次，区长签发，按月更新目录。",
        }
        merge = gongkai.merge_all(
            base, {name: base.with_changes("1", text=text) for name, text in texts.items()}
        )

        resolved = merge.resolve({merge.conflicts[0].id: "丙"})

        assert resolved.conflicts == ()
        assert [task.text for task in resolved.plan.tasks] == [texts["丙"]]

    @pytest.mark.parametrize(
        ("resolutions", "message"),
        (
            (
                {"2.text": "ours"},
                r"^Merge\.resolve\.resolutions: expected the id of a conflict: 1\.deadlines, got",
            ),
            (
                {"1.deadlines": "mine"},
                r"^Merge\.resolve\.1\.deadlines: expected base, ours, theirs, or a tuple of",
            ),
            (
                {"1.deadlines": "suggested"},
                r"expected base, ours, theirs, or a tuple of Deadline, got 'suggested'",
            ),
            ({"1.deadlines": (3,)}, r"or a tuple of Deadline, got \(3,\)"),
        ),
    )
    def test_what_resolves_nothing_is_refused(self, resolutions: Any, message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            self.MERGE.resolve(resolutions)

    def test_a_place_is_no_value(self) -> None:
        base = plan(
            *[Section(name, [task(text)]) for name, text in zip("甲乙丙", (BUDGET, WATER, AIR), strict=True)]
        )
        rest = base.without(str(base.tasks[0].key))
        merge = gongkai.merge(
            base, *[rest.inserted(task(BUDGET), into=block.key) for block in rest.sections[1:]]
        )

        with pytest.raises(InvalidValue, match=r"expected base, ours, theirs, got '丙'"):
            merge.resolve({only(merge).id: "丙"})

    @pytest.mark.parametrize("at", (0, 1, 2))
    def test_what_is_no_plan_is_refused(self, at: int) -> None:
        given: list[Any] = [self.BASE] * 3
        given[at] = 3
        name = ("base", "ours", "theirs")[at]

        with pytest.raises(InvalidValue, match=rf"^merge\.{name}: expected a Plan, got 3"):
            gongkai.merge(*given)

    def test_nobody_else_made_changes(self) -> None:
        with pytest.raises(InvalidValue, match=r"^Merge\.of\.name: expected one of ours, theirs, got 'mine'"):
            self.MERGE.of("mine")

    def test_other_languages_are_refused(self) -> None:
        conflict, decision = self.MERGE.conflicts[0], self.MERGE.decisions[0]

        for say, owner in ((conflict.explain, "Conflict"), (decision.explain, "Decision")):
            with pytest.raises(
                InvalidValue, match=rf"^{owner}\.explain\.language: expected zh or en, got 'fr'"
            ):
                say("fr")  # type: ignore[arg-type]


class TestResult:
    def test_reprs_are_one_line(self) -> None:
        merge = TestRefusals.MERGE

        assert repr(merge) == "<Merge ours, theirs · 1 conflict: 1.deadlines · 1 decision>"
        assert repr(merge.conflicts[0]) == "<Conflict 1.deadlines deadline: ours | theirs>"
        assert repr(merge.decisions[0]) == "<Decision open rescheduled 1.deadlines by ours、theirs>"

    def test_changes_are_those_of_the_merged_plan(self) -> None:
        base = listed(BUDGET, SCHOOL)
        merge = gongkai.merge(
            base, base.with_changes("1", text=BUDGET.replace("细化", "规范")), listed(BUDGET, SCHOOL, AIR)
        )

        assert [change.kind.value for change in merge.changes] == ["reworded", "added"]

    def test_every_kind_is_in_the_table(self) -> None:
        assert set(CONFLICT_KINDS) == set(ConflictKind)

    def test_what_stands_outside_equality_is_the_drafts(self) -> None:
        text = (
            "澄湖区2025年政务公开工作要点\n1.公开目录。（区某某局负责落实）\n2.公开名录。（区教委负责落实）"
        )
        base, ours = gongkai.parse(text), gongkai.parse(text.replace("目录", "清单"))
        theirs = gongkai.parse(text.replace("2.公开名录", "2.公布名录"))
        merged = gongkai.merge(base, ours, theirs).plan

        assert merged.source == base.source
        assert [task.span for task in merged.tasks] == [task.span for task in base.tasks]
        assert [finding.code for finding in merged.findings] == [finding.code for finding in base.findings]
