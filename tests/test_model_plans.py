"""Plans as trees: construction, keys, and the verbs that return a new plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import InvalidValue
from gongkai.model import (
    Assignment,
    Block,
    Deadline,
    Department,
    Paragraph,
    Plan,
    Role,
    Section,
    Span,
    Task,
)
from gongkai.model.keys import component
from gongkai.testing import strategies


def addressed(plan: Plan) -> list[Section | Task]:
    """All blocks that have a key, in document order."""
    return [block for block in plan.walk() if not isinstance(block, Paragraph)]


def keys(plan: Plan) -> list[str | None]:
    return [block.key for block in addressed(plan)]


def below(block: Section | Task) -> set[str | None]:
    """The keys of the block and of all that is in it."""
    return {each.key for each in block.walk() if not isinstance(each, Paragraph)}


@pytest.fixture
def plan() -> Plan:
    return Plan(
        "澄湖区2024年政务公开工作要点",
        [
            Section("总体要求", ["坚持公开为常态。"], label="一、"),
            Section("深化公开", label="二、", content=[
                Section("公开民生信息", label="（一）", content=[Task("公开目录。", label="1．"), Task("公开名录。", label="2．")]),
                Section("公开预算", label="（二）", content=[Task("公开标准。", label="1．"), Task("公开预算。")]),
            ]),
            Section("做好保障", label="三、", content=[
                Task("", label="12.", parts=[Task("办好会议。"), Task("抓好培训。"), "做好考核。"]),
            ]),
        ],
    )  # fmt: skip


class TestConstruction:
    def test_a_plan_takes_ten_lines(self) -> None:
        plan = Plan("澄湖区2024年政务公开工作要点", [
            Section("深化重点领域信息公开", label="一、", content=[
                "坚持公开为常态。",
                Task("公开老旧小区改造进展。", label="1.", assignments=[Assignment.lead("区住房城乡建设委")]),
                Task("公开财政预决算。", label="2.", deadlines=[Deadline.by_month(2024, 10)]),
            ]),
        ], closing=["各单位要抓好落实。"])  # fmt: skip

        assert plan.year == 2024
        assert [task.text for task in plan.tasks] == ["公开老旧小区改造进展。", "公开财政预决算。"]
        assert plan.sections[0].paragraphs == (Paragraph("坚持公开为常态。"),)
        assert plan.closing == (Paragraph("各单位要抓好落实。"),)
        assert plan.departments == (Department("区住房城乡建设委"),)
        assert plan["2"].deadlines[0].due == date(2024, 10, 31)  # type: ignore[union-attr]

    def test_lists_and_generators_become_tuples(self) -> None:
        plan = Plan("要点", (Task(text) for text in ("甲。", "乙。")), preamble=["丙。"])

        assert plan.content == (Task("甲。"), Task("乙。"))
        assert [type(plan.content), type(plan.preamble)] == [tuple, tuple]

    def test_strings_stand_for_enums(self) -> None:
        assert Assignment("lead", "区财政局") == Assignment(Role.LEAD, (Department("区财政局"),))

    @pytest.mark.parametrize("content", ({"甲": "乙"}, {"甲。", "乙。"}, "甲。"), ids=("dict", "set", "str"))
    def test_what_has_no_order_is_no_content(self, content: object) -> None:
        with pytest.raises(InvalidValue, match=r"Plan\.content"):
            Plan("要点", content)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("title", "year"),
        (("澄湖区2024年工作要点", 2024), ("2023 年要点", 2023), ("要点", None), ("12024年要点", None)),
    )
    def test_the_year_is_the_title_s(self, title: str, year: int | None) -> None:
        assert Plan(title).year == year
        assert Plan(title, year=2001).year == 2001
        assert Plan(title, year=None).year is None


class TestKeys:
    def test_they_are_readable(self, plan: Plan) -> None:
        assert keys(plan) == [
            *("一", "二", "二.(一)", "二.(一).1", "2", "二.(二)", "二.(二).1", "二.(二).#1"),
            *("三", "12", "12.1", "12.2", "12.3"),
        ]

    def test_a_number_that_is_printed_twice_in_one_place_is_told_apart(self) -> None:
        plan = Plan(
            "要点", [Section("公开", [Task("甲。", label="1."), Task("乙。", label="1．")], label="一、")]
        )

        assert keys(plan) == ["一", "一.1", "一.1~2"]

    @pytest.mark.parametrize(
        ("label", "expected"),
        (
            ("12.", "12"),
            ("12．", "12"),
            ("（一）", "(一)"),
            ("一、", "一"),
            (" 3 、", "3"),
            ("第一章", "第一章"),
            ("", ""),
            (None, ""),
        ),
    )
    def test_a_label_is_one_component(self, label: str | None, expected: str) -> None:
        assert component(label) == expected

    @given(strategies.plans())
    def test_they_are_unique_and_complete(self, plan: Plan) -> None:
        found = keys(plan)

        assert all(found)
        assert len(found) == len(set(found))

    @given(strategies.plans())
    def test_each_leads_to_its_block(self, plan: Plan) -> None:
        for block in addressed(plan):
            key = str(block.key)
            assert key in plan
            assert plan[key] is block
            assert plan.path(key)[-1] is block
            assert all(block in outer.walk() for outer in plan.path(key))

    @given(strategies.plans())
    def test_building_the_same_plan_again_keeps_them(self, plan: Plan) -> None:
        again = attrs.evolve(plan, title="别的")

        assert keys(again) == keys(plan)
        assert again.content is plan.content or all(
            one is other for one, other in zip(again.content, plan.content, strict=True)
        )

    @given(strategies.plans())
    def test_unknown_keys_are_key_errors(self, plan: Plan) -> None:
        missing = "".join(map(str, keys(plan))) + "?"

        assert missing not in plan
        assert 3 not in plan
        for call in (
            lambda: plan[missing],
            lambda: plan.path(missing),
            lambda: plan.with_changes(missing, label=None),
            lambda: plan.without(missing),
            lambda: plan.inserted(Task("甲。"), into=missing),
        ):
            with pytest.raises(KeyError):
                call()


class TestEdits:
    @given(strategies.plans(), st.data())
    def test_a_change_is_made_in_one_place(self, plan: Plan, data: st.DataObject) -> None:
        if not plan.all_tasks:
            return
        key = str(data.draw(st.sampled_from(plan.all_tasks)).key)

        changed = plan.with_changes(key, text="改过的文字。", label="9.")

        assert keys(changed) == keys(plan)
        assert changed[key] == attrs.evolve(plan[key], text="改过的文字。", label="9.")  # type: ignore[arg-type]
        untouched = {str(each) for each in keys(plan)} - {str(block.key) for block in plan.path(key)}
        assert all(changed[each] is plan[each] for each in untouched)

    @given(strategies.plans(), st.data())
    def test_what_is_left_out_is_gone_and_the_rest_keeps_its_keys(
        self, plan: Plan, data: st.DataObject
    ) -> None:
        if not keys(plan):
            return
        block = data.draw(st.sampled_from(addressed(plan)))

        rest = plan.without(str(block.key))

        assert keys(rest) == [key for key in keys(plan) if key not in below(block)]

    @given(strategies.plans(), strategies.tasks(), st.data())
    def test_what_is_put_in_is_there_and_the_rest_keeps_its_keys(
        self, plan: Plan, task: Task, data: st.DataObject
    ) -> None:
        rooms = [None, *(str(block.key) for block in addressed(plan))]
        into = data.draw(st.sampled_from(rooms))
        size = len(inside(plan, into))
        at = data.draw(st.none() | st.integers(0, size))

        grown = plan.inserted(task, into=into, at=at)

        place = size if at is None else at
        assert inside(grown, into)[place] == task
        assert inside(grown, into)[:place] + inside(grown, into)[place + 1 :] == inside(plan, into)
        new = below(inside(grown, into)[place])  # type: ignore[arg-type]
        assert [key for key in keys(grown) if key not in new] == keys(plan)
        assert len(set(keys(grown))) == len(keys(grown))

    @given(strategies.plans(), st.data())
    def test_taking_out_and_putting_back_changes_nothing(self, plan: Plan, data: st.DataObject) -> None:
        if not keys(plan):
            return
        block = data.draw(st.sampled_from(addressed(plan)))
        trail = plan.path(str(block.key))
        into = trail[-2].key if len(trail) > 1 else None
        at = [each is block for each in inside(plan, into)].index(True)

        back = plan.without(str(block.key)).inserted(block, into=into, at=at)

        assert back == plan
        assert keys(back) == keys(plan)

    def test_a_copy_gets_a_key_of_its_own_wherever_it_is_put(self, plan: Plan) -> None:
        for at in (0, None):
            grown = plan.inserted(plan["12"], at=at)
            assert grown["12"] is plan["12"]
            assert [task.key for task in grown.all_tasks if task.text == "办好会议。"].count("12.1") == 1
            assert len(set(keys(grown))) == len(keys(plan)) + 4

    def test_only_a_task_is_a_part(self, plan: Plan) -> None:
        with pytest.raises(InvalidValue, match=r"Task\.parts"):
            plan.inserted(Section("公开"), into="12")

    def test_what_the_class_does_not_take_is_refused(self, plan: Plan) -> None:
        with pytest.raises(InvalidValue, match=r"Task\.text"):
            plan.with_changes("12", text=3)

    def test_what_stands_outside_equality_is_kept(self, plan: Plan) -> None:
        marked = plan.with_changes("2", span=Span(1, 3))

        for edited in (
            marked.with_changes("2", text="改。"),
            marked.without("12"),
            marked.inserted(Task("新。"), at=0),
        ):
            assert edited["2"].span == Span(1, 3)
        assert marked == plan


def inside(plan: Plan, key: str | None) -> tuple[Block, ...]:
    """What stands in the plan, the section or the task."""
    if key is None:
        return plan.content
    block = plan[key]
    return block.content if isinstance(block, Section) else block.parts


class TestViews:
    @given(strategies.plans())
    def test_tasks_are_the_printed_ones_in_order(self, plan: Plan) -> None:
        def printed(blocks: tuple[Block, ...]) -> Iterator[Task]:
            for block in blocks:
                if isinstance(block, Task):
                    yield block
                elif isinstance(block, Section):
                    yield from printed(block.content)

        assert plan.tasks == tuple(printed(plan.content))
        assert plan.all_tasks == tuple(block for block in plan.walk() if isinstance(block, Task))
        assert plan.sections == tuple(block for block in plan.content if isinstance(block, Section))

    @given(strategies.sections())
    def test_a_section_s_views_are_of_its_content(self, section: Section) -> None:
        kinds = {"paragraph": section.paragraphs, "section": section.sections}

        for kind, found in kinds.items():
            assert found == tuple(block for block in section.content if block.kind == kind)
        assert next(section.walk()) is section
        assert section.tasks == Plan("要点", [section]).tasks

    @given(strategies.tasks())
    def test_departments_are_those_of_its_own_assignments(self, task: Task) -> None:
        assert task.departments == tuple(body for item in task.assignments for body in item.departments)
        held = [body for role in Role for body in task.departments_as(role)]
        assert sorted(body.name for body in held) == sorted(body.name for body in task.departments)

    @given(strategies.plans())
    def test_departments_of_a_plan_are_each_named_once(self, plan: Plan) -> None:
        names = [body.name for task in plan.all_tasks for body in task.departments]

        assert [body.name for body in plan.departments] == list(dict.fromkeys(names))

    def test_the_issuer_is_the_record_s_else_the_signatory(self) -> None:
        from gongkai.model import Notice, Record

        signed = Notice("通知", signatory="区办公室")

        assert Plan("要点").issuer is None
        assert Plan("要点", notice=signed).issuer == "区办公室"
        assert Plan("要点", notice=signed, record=Record(issuer="区政府")).issuer == "区政府"

    def test_citations_are_named_once_in_order(self) -> None:
        plan = Plan(
            "《要点》",
            [Section("落实《条例》", [Task("按《细则》公开。", parts=["依《条例》办理。"])])],
            preamble=["根据《意见》制定。"],
            closing=["见《附则》。"],
        )

        assert [str(cited) for cited in plan.citations] == ["《意见》", "《条例》", "《细则》", "《附则》"]


CITED = {
    "a number": ("落实《要点》（国办发〔2022〕8号）。", ["《要点》（国办发〔2022〕8号）"]),
    "other brackets": ("落实《要点》 (国办发[2022] 8 号)。", ["《要点》（国办发〔2022〕8号）"]),
    "titles inside": (
        "落实《关于印发〈甲〉的通知》和《关于《乙》的意见》。",
        ["《关于印发〈甲〉的通知》", "《关于《乙》的意见》"],
    ),
    "a short name": (
        "《要点》（国办发〔2022〕8号，以下简称《甲》）要求，按《甲》办理。",
        ["《要点》（国办发〔2022〕8号）"],
    ),
    "a short name alone": ("《要点》（以下简称《甲》）要求，按《甲》办理。", ["《要点》"]),
    "a number told later": (
        "《要点》要求。《要点》（国办发〔2022〕8号）提出。",
        ["《要点》（国办发〔2022〕8号）"],
    ),
    "no number": ("按照《条例》（2019年修订）第三条。", ["《条例》"]),
    "marks without partners": ("》按照《条例》办理，落实《意见", ["《条例》"]),
    "itself": ("现将《澄湖区2024年政务公开工作要点》印发给你们。", []),
}


@pytest.mark.parametrize("name", CITED)
def test_citations(name: str) -> None:
    text, expected = CITED[name]
    plan = Plan("澄湖区2024年政务公开工作要点", preamble=[text])
    assert [str(cited) for cited in plan.citations] == expected


def test_a_plan_is_not_iterated_by_accident() -> None:
    with pytest.raises(TypeError):
        iter(Plan("要点"))  # type: ignore[call-overload]


def test_a_missing_key_says_what_there_is() -> None:
    with pytest.raises(KeyError, match=r"no section or task has the key '9'"):
        Plan("要点")["9"]


def test_departments_come_one_by_one_or_in_a_list() -> None:
    assert Assignment.lead(["区甲局", "区乙局"]) == Assignment.lead("区甲局", "区乙局")
