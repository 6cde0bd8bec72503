"""Edited versions of the shipped plans: each single edit is one change, and of many edits the truth is found."""

from __future__ import annotations

import attrs
import pytest

import gongkai
from gongkai import InvalidValue, Paragraph, Plan, Record, Section, Task, examples
from gongkai.comparing import Diff
from tests.helpers_edits import EditSort, edited, single_edits

PLANS = ("chenghu-2022", "chenghu-2023", "chenghu-2024", "lanjiang-2024", "songping-2024")


def pairs(diff: Diff) -> set[tuple[str, str]]:
    return {(str(link.old.key), str(link.new.key)) for link in diff.links}


@pytest.mark.parametrize("name", PLANS)
def test_every_single_edit_is_exactly_one_change(name: str) -> None:
    plan = examples.load(name)
    done = set()

    for sort, key, version in single_edits(plan):
        diff = gongkai.diff(version.old, version.new)
        shown = [change.kind.value for change in diff.at_least("warning")]

        assert shown == [sort.value], (key, sort)
        assert pairs(diff) == version.pairs, (key, sort)
        assert diff.apply(version.old) == version.new
        assert diff.invert().apply(version.new) == version.old
        done.add(sort)
    assert done == set(EditSort)


def test_of_many_edits_at_once_the_truth_is_found() -> None:
    found = true = right = 0
    for name in PLANS:
        for seed in range(3):
            version = edited(examples.load(name), seed)
            told = pairs(gongkai.diff(version.old, version.new))
            found += len(told)
            true += len(version.pairs)
            right += len(told & version.pairs)

    assert right / true >= 0.99
    assert right / found >= 0.99


def of(*texts: str) -> Plan:
    tasks = [Task(text, label=f"{number}.") for number, text in enumerate(texts, 1)]
    return Plan("要点", [Section("重点领域", tasks, label="一、")])


@pytest.mark.parametrize(
    ("old", "new"),
    (
        (["公开预算。", "公开决算。", "公开名录。"], ["公开部门预算。", "公开决算。", "公开名录。"]),
        (["公开预算。", "公开决算。", "更新目录。"], ["公开部门预算。", "公开部门决算。", "更新目录。"]),
        (["公开目录。"], ["公开清单。"]),
        (["开展培训。", "公开目录。", "召开会议。"], ["开展培训。", "公开名录。", "召开会议。"]),
    ),
)
def test_a_short_task_is_known_by_its_place(old: list[str], new: list[str]) -> None:
    changes = gongkai.diff(of(*old), of(*new)).at_least("warning")

    assert {change.kind.value for change in changes} == {"reworded"}
    assert len(changes) == sum(before != after for before, after in zip(old, new, strict=True))


def test_another_task_in_its_place_is_another() -> None:
    changes = gongkai.diff(of("公开预算。", "开展培训。"), of("公开预算。", "更新目录。")).at_least("warning")

    assert sorted(change.kind.value for change in changes) == ["added", "removed"]


def test_links_that_are_given_are_all_there_is() -> None:
    old, new = of("公开预算。"), of("公开部门预算。")

    changes = gongkai.diff(old, new, links=()).at_least("warning")

    assert sorted(change.kind.value for change in changes) == ["added", "removed"]


def test_an_answer_is_obeyed() -> None:
    old, new = of("公开预算。", "更新目录。"), of("公开部门预算。", "更新目录。")

    told = gongkai.diff(old, new, known=[("1", "1", "none")]).at_least("warning")

    assert sorted(change.kind.value for change in told) == ["added", "removed"]
    with pytest.raises(InvalidValue, match=r"^diff\.known: expected none beside links"):
        gongkai.diff(old, new, links=(), known=[("1", "1", "none")])


def test_a_clause_of_its_own_links_what_is_otherwise_another() -> None:
    shared = "公布城乡居民最低生活保障标准和审核流程"
    old = of(f"做好救助信息公开工作，{shared}。", "更新目录。")
    new = of(
        "更新目录。", f"按季度开展内部控制检查，{shared}，逐级压实整改责任，检查情况向本级人大常委会报告。"
    )

    (link,) = [link for link in gongkai.diff(old, new).links if link.old.key == "1"]

    assert link.new.key == "2"


@pytest.mark.parametrize("name", PLANS)
def test_every_single_edit_of_a_section_is_exactly_one_change(name: str) -> None:
    plan = examples.load(name)
    sections = [block for block in plan.walk() if isinstance(block, Section)]

    for section in sections:
        key = str(section.key)
        renamed = plan.with_changes(key, heading=f"持续{section.heading}")
        assert shown(plan, renamed) == [("reworded", "section")], key
        relabelled = plan.with_changes(key, label="九、")
        assert shown(plan, relabelled) == [], key
        trail = plan.path(key)
        home = trail[-2].key if len(trail) > 1 else None
        moved = plan.without(key).inserted(section, into=home)
        if moved != plan:
            assert [kind for kind, _ in shown(plan, moved)] == ["moved"], (
                key
            )  # of two that change places, one
        more = plan.inserted(Section("附则", label="十、"), into=key)
        assert shown(plan, more) == [("added", "section")], key


@pytest.mark.parametrize("name", PLANS)
def test_every_single_edit_outside_the_tasks_is_one_change(name: str) -> None:
    plan = examples.load(name)
    noticed = attrs.evolve(plan, preamble=[*plan.preamble, "本要点自印发之日起施行。"])

    assert shown(plan, attrs.evolve(plan, title=f"{plan.title}（征求意见稿）")) == [("amended", "plan")]
    assert shown(plan, noticed) == [("amended", "plan")]
    assert shown(plan, attrs.evolve(plan, record=Record(issuer="澄湖区人民政府办公室"))) == []
    assert shown(plan, plan.inserted(Paragraph("各单位要抓好落实。"))) == [("added", "paragraph")]


def shown(old: Plan, new: Plan) -> list[tuple[str, str]]:
    diff = gongkai.diff(old, new)
    assert (diff.apply(old), diff.invert().apply(new)) == (new, old)
    return [(change.kind.value, change.subject.value) for change in diff.at_least("warning")]
