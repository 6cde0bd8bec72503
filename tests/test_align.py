"""Which tasks of two plans are linked, and how a person's answers are obeyed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import gongkai
from gongkai import Alignment, Assignment, Link, Plan, Section, Strength, Task, examples
from gongkai.comparing import EvidenceKind
from gongkai.comparing.alignment import likeness, likeness_arrays
from gongkai.comparing.alignment.deciding import decide
from gongkai.comparing.alignment.prospects import prospects
from gongkai.comparing.alignment.wording import folded
from gongkai.errors import InvalidValue
from gongkai.testing import strategies

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"


def plan(*texts: str) -> Plan:
    return Plan("要点", [Task(text, label=f"{number}.") for number, text in enumerate(texts, 1)])


def pairs(links: Iterable[Link]) -> list[tuple[str | None, str | None, str]]:
    return [(link.old.key, link.new.key, link.strength.value) for link in links]


class TestLaws:
    @given(strategies.plans())
    def test_a_plan_is_linked_to_itself_task_by_task(self, plan: Plan) -> None:
        alignment = gongkai.align(plan, plan)

        assert pairs(alignment) == [
            (task.key, task.key, "same") for task in plan.all_tasks if task.text.strip()
        ]

    @given(strategies.plan_pairs())
    def test_it_is_deterministic(self, pair: tuple[Plan, Plan]) -> None:
        assert gongkai.align(*pair) == gongkai.align(*pair)

    @given(strategies.plan_pairs())
    def test_links_join_each_pair_once_and_only_tasks_with_text(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair
        alignment = gongkai.align(old, new)
        keys = [(link.old.key, link.new.key) for link in alignment]

        assert len(set(keys)) == len(keys)
        for link in alignment:
            assert old[str(link.old.key)] is link.old
            assert new[str(link.new.key)] is link.new
            assert link.old.text.strip()
            assert link.new.text.strip()
            assert 0 <= link.score <= 1
            assert link.strength is not Strength.NONE
            assert link.evidence

    @given(strategies.plan_pairs())
    def test_its_own_links_passed_back_in_give_the_same_links(self, pair: tuple[Plan, Plan]) -> None:
        first = gongkai.align(*pair)

        second = gongkai.align(*pair, known=[link.accept() for link in first])

        assert set(pairs(first)) <= set(pairs(second))

    @given(strategies.plan_pairs())
    def test_rejected_links_do_not_come_back(self, pair: tuple[Plan, Plan]) -> None:
        first = gongkai.align(*pair)

        second = gongkai.align(*pair, known=[link.reject() for link in first])

        assert not {link[:2] for link in pairs(first)} & {link[:2] for link in pairs(second)}

    @given(strategies.plan_pairs())
    def test_inverted_twice_it_is_itself(self, pair: tuple[Plan, Plan]) -> None:
        alignment = gongkai.align(*pair)

        assert alignment.invert().invert() == alignment

    @given(strategies.plan_pairs())
    def test_aligned_the_other_way_round_it_is_inverted(self, pair: tuple[Plan, Plan]) -> None:
        old, new = pair

        assert _told(gongkai.align(new, old).invert()) == _told(gongkai.align(old, new))

    @given(strategies.plan_pairs())
    def test_it_is_the_same_with_and_without_numpy(self, pair: tuple[Plan, Plan]) -> None:
        """Where numpy is absent, both are the way without."""
        with _numpy(there=False):
            without = gongkai.align(*pair)

        with _numpy(there=True):
            assert gongkai.align(*pair) == without

    @given(strategies.plan_pairs())
    def test_phrases_of_the_evidence_stand_where_it_says(self, pair: tuple[Plan, Plan]) -> None:
        for link in gongkai.align(*pair):
            for item in link.evidence:
                if item.old is not None and item.new is not None:
                    mine, theirs = link.old.text[slice(*item.old)], link.new.text[slice(*item.new)]
                    assert mine == item.detail
                    assert folded(mine).lower() == folded(theirs).lower()


@pytest.mark.parametrize(
    ("old", "new"), (("chenghu-2023", "chenghu-2024"), ("lanjiang-2024", "songping-2024"))
)
class TestLawsOnExamples:
    def test_aligned_the_other_way_round_it_is_inverted(self, old: str, new: str) -> None:
        left, right = examples.load(old), examples.load(new)

        assert _told(gongkai.align(right, left).invert()) == _told(gongkai.align(left, right))

    def test_it_is_the_same_with_and_without_numpy(self, old: str, new: str) -> None:
        left, right = examples.load(old), examples.load(new)
        with _numpy(there=False):
            without = gongkai.align(left, right)

        with _numpy(there=True):
            assert gongkai.align(left, right) == without

    def test_it_is_the_same_when_the_plans_were_compared_before(self, old: str, new: str) -> None:
        left, right = examples.load(old), examples.load(new)
        with _numpy(there=False):
            first = gongkai.align(left, right)

        assert gongkai.align(left, right) == first
        assert gongkai.align(left, right, known=[first.links[0].reject()]) != first

    def test_an_answer_moves_its_rivals(self, old: str, new: str) -> None:
        """A task that a person has given a partner is less likely to be another's."""
        found = prospects(examples.load(old), examples.load(new)).candidates
        first = max(found, key=lambda each: each.link)
        rival = next(each for each in found if each.old is first.old and each.new is not first.new)
        place = found.index(rival)

        chances = [decide(found, {first.keys: answer})[place].link for answer in ("same", "none")]

        assert chances[0] < chances[1]


@contextmanager
def _numpy(*, there: bool) -> Iterator[None]:
    """Have likenesses worked out anew: by arrays where numpy is installed, or without them."""
    with pytest.MonkeyPatch.context() as patch:
        if there:
            patch.setattr(likeness_arrays, "_WORTH", 0)
        else:
            patch.setattr(likeness_arrays, "arrays", lambda old, new, weights: None)
        likeness._kept_likenesses.cache_clear()
        yield


def _told(alignment: Alignment) -> set[tuple[str | None, str | None, str, float]]:
    return {(link.old.key, link.new.key, link.strength.value, link.score) for link in alignment}


class TestLinks:
    def test_a_reworded_task_is_linked_wherever_it_stands(self) -> None:
        alignment = gongkai.align(
            plan(BUDGET, SCHOOL, WATER), plan(SCHOOL.replace("范围", "计划"), AIR, BUDGET)
        )

        assert pairs(alignment) == [("1", "3", "same"), ("2", "1", "same")]

    def test_a_split_task_has_two_links(self) -> None:
        alignment = gongkai.align(plan(BUDGET, WATER + AIR), plan(BUDGET, WATER, AIR))

        assert [link[:2] for link in pairs(alignment)] == [("1", "1"), ("2", "2"), ("2", "3")]
        assert [link.new.key for link in alignment.of_old("2")] == ["2", "3"]

    def test_tasks_that_share_only_template_words_are_not_linked(self) -> None:
        old = plan("做好公共服务信息公开工作。", "做好招生信息公开工作。", "做好预算信息公开工作。")
        new = plan("做好养老信息公开工作。", "做好河湖信息公开工作。", "做好能源信息公开工作。")

        assert gongkai.align(old, new).links == ()

    def test_template_words_place_and_heading_link_nothing(self) -> None:
        common = [
            f"做好{name}等方面的信息公开。" for name in ("产业发展", "金融服务", "城市更新", "文化惠民")
        ]
        kept = [*common, BUDGET, SCHOOL, WATER, AIR, *[f"{sign * 5}。" for sign in "甲乙丙丁戊己庚辛"]]
        old, new = (
            Plan(
                "要点",
                [
                    Section(
                        "深化民生服务保障",
                        [Task(text) for text in (f"做好{matter}等方面的信息公开。", *kept)],
                    )
                ],
            )
            for matter in ("推行证照分离", "高龄困难老人")
        )

        assert [link.old.text for link in gongkai.align(old, new)] == kept

    def test_departments_alone_link_nothing(self) -> None:
        """One department has many tasks; measured on real plans, its name adds little to the words."""
        others = [
            Task(text, assignments=[Assignment.lead("区政府办公室")]) for text in (BUDGET, SCHOOL, WATER)
        ]
        old = Plan("要点", [*others, Task("做好降尘量信息公开。", assignments=[Assignment.lead("区环保局")])])
        bodies = [Assignment.lead("区生态环境局"), Assignment.cooperate("区水务局")]
        new = Plan("要点", [Task("组织植树活动。", assignments=bodies), *others])

        assert gongkai.align(old, new).of_new("#1") == ()

    def test_departments_are_evidence_where_they_do_the_same(self) -> None:
        def one(name: str) -> Plan:
            return Plan("要点", [Task(AIR, assignments=[Assignment.lead(name)]), Task(BUDGET)])

        old, new = one("区环保局"), one("区生态环境局")
        (link,) = gongkai.align(old, new.with_changes("#1", text=AIR.replace("逐日", "每日"))).of_new("#1")

        assert EvidenceKind.DEPARTMENTS in {item.kind for item in link.evidence}

    def test_real_districts(self, corpus: Path) -> None:
        old, new = (
            gongkai.read(corpus / "corpus" / name) for name in ("xicheng-2020.txt", "dongcheng-2024.txt")
        )
        found = {(link.old.key, link.new.key) for link in gongkai.align(old, new)}

        assert ("9", "11") not in found
        assert ("21", "10") in found

    def test_copies_of_one_text_are_told_apart_by_what_stands_around_them(self) -> None:
        def copies(*bodies: str) -> Plan:
            return Plan(
                "要点", [Task("做好信息公开。", assignments=[Assignment.lead(body)]) for body in bodies]
            )

        alignment = gongkai.align(
            copies("区教委", "区财政局", "区司法局"), copies("区司法局", "区教委", "区财政局")
        )

        assert pairs(alignment) == [("#1", "#2", "same"), ("#2", "#3", "same"), ("#3", "#1", "same")]

    def test_a_copy_too_many_is_linked_to_nothing(self) -> None:
        assert pairs(gongkai.align(plan(BUDGET, BUDGET), plan(BUDGET))) == [("1", "1", "same")]

    def test_the_width_of_characters_makes_no_difference(self) -> None:
        (link,) = gongkai.align(plan(BUDGET), plan(BUDGET.replace("，", ",")))

        assert (link.score, link.evidence[0].kind) == (1.0, EvidenceKind.IDENTICAL)

    def test_parts_are_linked_and_not_the_task_that_only_holds_them(self) -> None:
        old = Plan("要点", [Task("", label="1.", parts=[Task(WATER), Task(AIR)])])

        assert pairs(gongkai.align(old, plan(AIR))) == [("1.2", "1", "same")]

    def test_a_task_with_text_and_parts_is_linked_as_well(self) -> None:
        old = Plan("要点", [Task(BUDGET, label="1.", parts=[Task(WATER)])])

        assert pairs(gongkai.align(old, plan(BUDGET, WATER))) == [("1", "1", "same"), ("1.1", "2", "same")]

    def test_evidence_names_what_is_shared(self) -> None:
        def one(text: str) -> Plan:
            return Plan("要点", [Section("保障民生", [Task(text, assignments=[Assignment.lead("区教委")])])])

        (link,) = gongkai.align(one(SCHOOL), one("公开义务教育阶段入学政策。"))
        said = {evidence.kind: evidence.detail for evidence in link.evidence}

        assert said[EvidenceKind.WORDING] == "公开义务教育阶段入学政策"
        assert said[EvidenceKind.HEADING] == "保障民生"
        assert EvidenceKind.CONTAINED in said

    def test_plans_without_tasks_have_no_links(self) -> None:
        assert gongkai.align(Plan("要点"), plan(BUDGET)).links == ()
        assert len(gongkai.align(Plan("要点", ["总体要求。"]), Plan("要点"))) == 0


class TestKnown:
    def test_an_accepted_link_is_there_whatever_speaks_against_it(self) -> None:
        (link,) = gongkai.align(plan(BUDGET), plan(AIR), known=[("1", "1", "partial")])

        assert (link.strength, link.score, link.evidence[0].kind) == (
            Strength.PARTIAL,
            1.0,
            EvidenceKind.KNOWN,
        )

    def test_an_answer_sets_the_strength(self) -> None:
        old, new = plan(BUDGET), plan(BUDGET)
        (link,) = gongkai.align(old, new)

        assert pairs(gongkai.align(old, new, known=[link.accept("partial")])) == [("1", "1", "partial")]

    def test_a_rejected_copy_leaves_its_partner_to_the_other(self) -> None:
        alignment = gongkai.align(plan(BUDGET, BUDGET), plan(BUDGET), known=[("1", "1", "none")])

        assert pairs(alignment) == [("2", "1", "same")]

    def test_the_last_answer_counts(self) -> None:
        known = [("1", "1", "none"), ("1", "1", "same")]

        assert pairs(gongkai.align(plan(BUDGET), plan(AIR), known=known)) == [("1", "1", "same")]

    @pytest.mark.parametrize(
        ("known", "message"),
        (
            (("7", "1", "same"), r"align\.known: expected the key of a task of the old plan, got '7'"),
            (("1", "7", "same"), r"align\.known: expected the key of a task of the new plan, got '7'"),
            (("1", "1", "maybe"), r"Link\.strength: expected one of same, partial, none, got 'maybe'"),
        ),
    )
    def test_answers_about_nothing_are_refused(self, known: tuple[str, str, str], message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            gongkai.align(plan(BUDGET), plan(BUDGET), known=[known])


class TestLink:
    @pytest.mark.parametrize("score", (-0.1, 1.1, "1", None))
    def test_scores_lie_between_0_and_1(self, score: Any) -> None:
        with pytest.raises(InvalidValue, match=r"Link\.score: expected a number from 0 to 1"):
            Link(Task("甲"), Task("乙"), "same", score)

    def test_it_joins_tasks(self) -> None:
        with pytest.raises(InvalidValue, match=r"Link\.new: expected a Task, got '乙' \(str\)"):
            Link(Task("甲"), "乙")  # type: ignore[arg-type]

    def test_repr_counts(self) -> None:
        assert (
            repr(gongkai.align(plan(BUDGET, AIR), plan(BUDGET))) == "<Alignment 1 links · 1 same · 0 partial>"
        )


def test_long_plans_that_repeat_themselves_are_aligned_in_order() -> None:
    count = 600
    old = plan(*[f"按要求做好第{number}类事项的信息公开，及时更新并接受监督。" for number in range(count)])
    new = plan(*[f"按要求做好第{number}类事项的信息公开，及时更新，接受监督。" for number in range(count)])

    alignment = gongkai.align(old, new)

    linked = {link[:2] for link in pairs(alignment)}
    assert len(linked) < 3 * count  # each to a few, not each to all
    assert sum((str(number), str(number)) in linked for number in range(1, count + 1)) > 0.9 * count


class TestExamples:
    """The shipped plans, aligned as a careful reader aligns them; see tests/data/examples.toml."""

    @pytest.mark.parametrize(
        ("old", "new", "least"),
        (
            ("chenghu-2022", "chenghu-2023", 0.95),
            ("chenghu-2023", "chenghu-2024", 0.98),
            ("lanjiang-2024", "chenghu-2024", 0.93),
            ("lanjiang-2024", "songping-2024", 0.93),
        ),
    )
    def test_links_are_those_of_a_careful_reader(self, root: Path, old: str, new: str, least: float) -> None:
        folder = root / "src" / "gongkai" / "examples" / "data"
        tables = tomllib.loads((root / "tests" / "data" / "examples.toml").read_text(encoding="utf-8"))
        (truth,) = [table for table in tables["pair"] if (table["old"], table["new"]) == (old, new)]
        sides = [gongkai.parse((folder / f"{name}.txt").read_text(encoding="utf-8")) for name in (old, new)]
        left, right = ([task.key for task in side.all_tasks if task.text] for side in sides)

        found = {
            (left.index(link.old.key) + 1, right.index(link.new.key) + 1) for link in gongkai.align(*sides)
        }

        wanted = {(link[0], link[1]) for link in truth["links"]}
        assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= least


def test_an_alignment_counts_and_iterates_its_links() -> None:
    alignment = gongkai.align(plan(BUDGET, AIR), plan(AIR, BUDGET))

    assert isinstance(alignment, Alignment)
    assert (len(alignment), tuple(alignment)) == (2, alignment.links)
    assert [link.old.key for link in alignment.of_new("1")] == ["2"]
    assert pairs(alignment.invert()) == [("1", "2", "same"), ("2", "1", "same")]
