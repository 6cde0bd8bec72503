"""A judge is asked little and well, is obeyed, and can do nothing that loses an answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai import Answer, Plan, Question, Strength, Task, examples
from gongkai.comparing import StopAsking, doubtful_pairs, recorded
from gongkai.errors import InvalidValue
from gongkai.testing import strategies
from tests.helpers_judging import NONSENSE, STRENGTHS, Recorder, Wild, pairs, plan, strengths

PAIRS = pairs() | strategies.plan_pairs()

BUDGET = "规范公开部门预决算，细化项目支出绩效目标。"
SCHOOL = "在招生工作启动前公开义务教育阶段入学政策和招生范围。"
WATER = "公布入湖河道的水质监测数据和排口整治进度。"
AIR = "逐日发布空气质量数据，公开扬尘治理成效。"
HAZE = "按月发布空气质量数据，说明重污染天气应对措施。"


@pytest.fixture(scope="module")
def years() -> tuple[Plan, Plan]:
    return examples.load("chenghu-2023"), examples.load("chenghu-2024")


def codes(alignment: gongkai.Alignment) -> list[str]:
    return [finding.code for finding in alignment.findings]


def test_second_thoughts_of_one_batch_count() -> None:
    old = Plan("要点", [Task("公开部门预决算。", label="1."), Task("公开部门预决算和债务。", label="2.")])
    new = Plan("要点", [Task("公开部门预决算，公布水质监测数据。", label="1.")])

    alignment = gongkai.align(
        old, new, judge=lambda questions: [questions[0].answer(said) for said in ("same",) * 9 + ("partial",)]
    )

    assert [answer.strength for answer in alignment.answers] == ["partial"]


def test_a_judge_without_an_end_is_not_listened_to_for_ever() -> None:
    old = Plan("要点", [Task("公开部门预决算。", label="1."), Task("公开部门预决算和债务。", label="2.")])
    new = Plan("要点", [Task("公开部门预决算，公布水质监测数据。", label="1.")])

    alignment = gongkai.align(old, new, judge=lambda questions: itertools.repeat(questions[0].answer("same")))

    assert "A209" in codes(alignment)
    assert [answer.strength for answer in alignment.answers] == ["same"]


class TestLaws:
    @given(pair=PAIRS, questions=st.none() | st.integers(0, 12), data=st.data())
    def test_any_judge_gives_an_alignment_and_loses_no_answer(
        self, pair: tuple[Plan, Plan], questions: int | None, data: st.DataObject
    ) -> None:
        judge = Wild(data)

        alignment = gongkai.align(*pair, judge=judge, questions=questions)

        kept = {answer.keys: answer.strength for answer in alignment.answers}
        assert kept == judge.last
        links = strengths(alignment)
        for keys, said in judge.last.items():
            if said is not None:
                assert links.get(keys, "none") == said

    @given(pair=PAIRS, questions=st.none() | st.integers(0, 12), data=st.data())
    def test_the_budget_is_never_exceeded(
        self, pair: tuple[Plan, Plan], questions: int | None, data: st.DataObject
    ) -> None:
        judge = Wild(data)

        gongkai.align(*pair, judge=judge, questions=questions)

        tasks = max(sum(bool(task.text.strip()) for task in plan.all_tasks) for plan in pair)
        assert judge.asked <= (3.5 * tasks if questions is None else questions)

    @given(pair=PAIRS, said=st.sampled_from(STRENGTHS))
    def test_no_pair_is_asked_twice_nor_what_is_known(
        self, pair: tuple[Plan, Plan], said: str | None
    ) -> None:
        judge = Recorder(lambda question: said)
        first = gongkai.align(*pair, judge=judge)
        assert len(set(judge.asked)) == len(judge.asked)

        again = Recorder(lambda question: said)
        gongkai.align(*pair, judge=again, known=first.answers)
        assert not set(again.asked) & set(judge.asked)

    @given(pair=PAIRS)
    def test_it_is_deterministic(self, pair: tuple[Plan, Plan]) -> None:
        judges = [Recorder(lambda question: STRENGTHS[len(question.old.text) % 4]) for _ in range(2)]
        found = [gongkai.align(*pair, judge=judge) for judge in judges]

        assert found[0] == found[1]
        assert found[0].answers == found[1].answers
        assert judges[0].batches == judges[1].batches

    @given(pair=PAIRS)
    def test_answers_passed_back_in_give_the_same_links(self, pair: tuple[Plan, Plan]) -> None:
        asked = gongkai.align(*pair, judge=Recorder(lambda question: STRENGTHS[len(question.new.text) % 4]))

        known = gongkai.align(*pair, known=asked.answers)

        assert strengths(known) == strengths(asked)
        assert known.answers == asked.answers
        assert known.findings == ()

    @given(pair=PAIRS)
    def test_a_judge_that_knows_nothing_changes_nothing(self, pair: tuple[Plan, Plan]) -> None:
        asked = gongkai.align(*pair, judge=Recorder(lambda question: None))

        assert asked == gongkai.align(*pair)
        assert {answer.strength for answer in asked.answers} <= {None}


class TestQuestions:
    def test_a_question_tells_what_speaks_for_the_pair_and_where_it_stands(
        self, years: tuple[Plan, Plan]
    ) -> None:
        judge = Recorder(lambda question: None)
        gongkai.align(*years, judge=judge)

        question = judge.batches[0][0]
        assert years[0][question.keys[0]] is question.old
        assert years[1][question.keys[1]] is question.new
        assert 0 <= question.score <= 1
        assert question.evidence
        assert question.old_headings

    def test_by_default_only_what_is_in_doubt_is_asked(self, years: tuple[Plan, Plan]) -> None:
        judge, more = Recorder(lambda question: None), Recorder(lambda question: None)
        gongkai.align(*years, judge=judge)
        gongkai.align(*years, judge=more, questions=1_000)

        assert len(judge.asked) < len(years[1].tasks) < len(more.asked) < 1_000
        assert [question.keys for question in doubtful_pairs(*years)] == judge.asked

    def test_the_most_telling_questions_come_first(self, years: tuple[Plan, Plan]) -> None:
        asked = doubtful_pairs(*years, questions=1_000)
        first, last = ([abs(question.score - 0.5) for question in part] for part in (asked[:8], asked[-8:]))

        assert max(first) < min(last)

    def test_an_answer_moves_what_is_asked_next(self, years: tuple[Plan, Plan]) -> None:
        """A task that has found its partner has less left for others."""

        def rivals(said: str) -> float:
            known = [(*doubt.keys, said)]
            return sum(
                question.score
                for question in doubtful_pairs(*years, questions=1_000, known=known)
                if question.old is doubt.old or question.new is doubt.new
            )

        doubt, *_ = doubtful_pairs(*years)

        assert rivals("same") < rivals("none")

    def test_tasks_with_one_text_are_no_question(self) -> None:
        judge = Recorder(lambda question: "none")

        alignment = gongkai.align(plan(BUDGET, SCHOOL), plan(SCHOOL, BUDGET), judge=judge)

        assert strengths(alignment) == {("1", "2"): "same", ("2", "1"): "same"}
        assert judge.asked == []

    def test_no_questions_are_none(self, years: tuple[Plan, Plan]) -> None:
        judge = Recorder(lambda question: "same")

        assert gongkai.align(*years, judge=judge, questions=0) == gongkai.align(*years)
        assert judge.batches == []

    @pytest.mark.parametrize("questions", (-1, 1.5, "3", True))
    def test_a_budget_is_a_number(self, questions: Any) -> None:
        with pytest.raises(InvalidValue, match=r"align\.questions: expected a number of questions"):
            gongkai.align(plan(BUDGET), plan(AIR), judge=lambda asked: [], questions=questions)

    def test_a_judge_can_be_called(self) -> None:
        with pytest.raises(InvalidValue, match=r"align\.judge: expected a callable"):
            gongkai.align(plan(BUDGET), plan(AIR), judge="same")  # type: ignore[arg-type]

    def test_words_of_a_judge_may_have_capitals_and_blanks(self) -> None:
        alignment = gongkai.align(plan(AIR), plan(HAZE), judge=lambda asked: [" Same\n" for _ in asked])

        assert strengths(alignment) == {("1", "1"): "same"}

    def test_a_recorded_judge_repeats_what_was_answered(self, years: tuple[Plan, Plan]) -> None:
        first = gongkai.align(*years, judge=Recorder(lambda question: "partial"), questions=12)

        again = gongkai.align(*years, judge=recorded(first.answers), questions=12)

        assert again == first
        assert again.answers == first.answers


class TestTrouble:
    def test_an_error_is_told_and_what_was_answered_before_it_counts(self, years: tuple[Plan, Plan]) -> None:
        def judge(questions: list[Question]) -> Iterator[str]:
            yield "partial"
            raise TimeoutError("no answer in 30 seconds")

        alignment = gongkai.align(*years, judge=judge, questions=2)

        (answer,) = alignment.answers
        assert strengths(alignment)[answer.old_key, answer.new_key] == "partial"
        assert codes(alignment) == ["A201"]
        assert "TimeoutError: no answer in 30 seconds" in alignment.findings[0].en

    @pytest.mark.parametrize("extra", (-1, 1))
    def test_wrong_numbers_of_replies_do_not_count(self, extra: int, years: tuple[Plan, Plan]) -> None:
        alignment = gongkai.align(*years, judge=lambda asked: ["same"] * (len(asked) + extra))

        assert alignment == gongkai.align(*years)
        assert alignment.answers == ()
        assert codes(alignment) == ["A202"] * 6 + ["A207"]

    def test_replies_without_end_are_cut_off(self, years: tuple[Plan, Plan]) -> None:
        alignment = gongkai.align(*years, judge=lambda asked: itertools.repeat("same"))

        assert alignment.answers == ()
        assert alignment.findings[0].en.startswith("16 questions got >16 replies")

    @pytest.mark.parametrize("reply", NONSENSE)
    def test_nonsense_does_not_count(self, reply: Any) -> None:
        judge = Recorder(lambda question: reply if question.keys[0] == "1" else "none")
        alignment = gongkai.align(plan(BUDGET, AIR), plan(BUDGET + HAZE), judge=judge, questions=2)

        assert [answer.old_key for answer in alignment.answers] == ["2"]
        assert codes(alignment) == ["A203"]

    def test_one_question_that_breaks_a_judge_costs_no_other_answer(self, years: tuple[Plan, Plan]) -> None:
        good = Recorder(lambda question: "none")
        gongkai.align(*years, judge=good, questions=10)
        poison = good.asked[3]

        def judge(questions: list[Question]) -> list[str]:
            if any(question.keys == poison for question in questions):
                raise ValueError("refused")
            return ["none"] * len(questions)

        alignment = gongkai.align(*years, judge=judge)

        assert set(good.asked) - {poison} <= {answer.keys for answer in alignment.answers}
        assert set(codes(alignment)) == {"A201"}

    def test_a_judge_that_only_fails_is_given_up(self, years: tuple[Plan, Plan]) -> None:
        calls = []

        def judge(questions: list[Question]) -> list[str]:
            calls.append(len(questions))
            raise ConnectionError("no network")

        alignment = gongkai.align(*years, judge=judge)

        assert alignment == gongkai.align(*years)
        assert calls == [16, 8, 4, 2, 1, 1]
        assert codes(alignment) == ["A201"] * 6 + ["A207"]

    def test_an_answer_names_its_pair_whatever_the_order(self, years: tuple[Plan, Plan]) -> None:
        def judge(questions: list[Question]) -> list[Answer]:
            return [question.answer("partial", annotator="甲") for question in reversed(questions[1:])]

        alignment = gongkai.align(*years, judge=judge, questions=5)

        assert [answer.strength for answer in alignment.answers] == [Strength.PARTIAL] * 4
        assert codes(alignment) == ["A208"]

    def test_the_last_of_two_answers_counts_and_is_told(self) -> None:
        def judge(questions: list[Question]) -> list[Answer]:
            (question,) = questions
            return [question.answer("none"), question.answer("same")]

        alignment = gongkai.align(plan(AIR), plan(HAZE), judge=judge)

        assert strengths(alignment) == {("1", "1"): "same"}
        assert len(alignment.answers) == 1
        assert "A204" in codes(alignment)

    def test_answers_on_other_pairs_do_not_count(self) -> None:
        judge = Recorder(lambda question: Answer("9", "9", "same"))

        alignment = gongkai.align(plan(AIR), plan(HAZE), judge=judge, questions=1)

        assert alignment == gongkai.align(plan(AIR), plan(HAZE))
        assert codes(alignment) == ["A205"]

    @pytest.mark.parametrize("kind", (StopAsking, KeyboardInterrupt))
    def test_a_judge_may_stop(self, kind: type[BaseException], years: tuple[Plan, Plan]) -> None:
        def judge(questions: list[Question]) -> Iterator[str]:
            yield from ("none", "none")
            raise kind

        alignment = gongkai.align(*years, judge=judge)

        assert len(alignment.answers) == 2
        assert codes(alignment) == ["A206"]
        assert gongkai.align(*years, judge=judge, known=alignment.answers).answers[:2] == alignment.answers

    def test_who_stops_may_bring_answers(self) -> None:
        def judge(questions: list[Question]) -> list[str]:
            raise StopAsking([questions[0].answer("same", comment="一望而知")])

        alignment = gongkai.align(plan(AIR), plan(HAZE), judge=judge)

        assert strengths(alignment) == {("1", "1"): "same"}
        assert [answer.comment for answer in alignment.answers] == ["一望而知"]


class TestKnown:
    def test_answers_are_obeyed_and_kept(self) -> None:
        answers = (Answer("1", "1", "partial", annotator="甲"), Answer("2", "1", None))

        alignment = gongkai.align(plan(BUDGET, WATER), plan(AIR), known=answers)

        assert strengths(alignment) == {("1", "1"): "partial"}
        assert [(answer.annotator, answer.old_text) for answer in alignment.answers] == [
            ("甲", BUDGET),
            ("", WATER),
        ]

    def test_tasks_of_a_renumbered_plan_are_found_by_their_texts(self) -> None:
        (answer,) = gongkai.align(plan(BUDGET), plan(AIR), known=[("1", "1", "same")]).answers

        alignment = gongkai.align(plan(SCHOOL, BUDGET), plan(WATER, SCHOOL, AIR), known=[answer])

        assert strengths(alignment)["2", "3"] == "same"
        assert alignment.answers[0].keys == ("2", "3")
        assert codes(alignment) == ["A102"]

    def test_a_reworded_task_keeps_its_answer(self) -> None:
        (answer,) = gongkai.align(plan(BUDGET), plan(AIR), known=[("1", "1", "same")]).answers

        alignment = gongkai.align(plan(BUDGET.replace("细化", "进一步细化")), plan(AIR), known=[answer])

        assert strengths(alignment) == {("1", "1"): "same"}
        assert codes(alignment) == []

    def test_what_is_found_nowhere_is_kept_and_told(self) -> None:
        answer = Answer("1", "1", "same", old_text=WATER, new_text=AIR)

        alignment = gongkai.align(plan(BUDGET), plan(AIR), known=[answer])

        assert strengths(alignment) == {}
        assert alignment.answers == (answer,)
        assert codes(alignment) == ["A101"]

    def test_of_several_copies_that_of_the_key_is_meant_or_none(self) -> None:
        here = Answer("2", "1", "same", old_text=WATER, new_text=AIR)
        gone = Answer("9", "1", "same", old_text=WATER, new_text=AIR)

        assert strengths(gongkai.align(plan(WATER, WATER), plan(AIR), known=[here])) == {("2", "1"): "same"}
        assert codes(gongkai.align(plan(WATER, WATER), plan(AIR), known=[gone])) == ["A101"]

    def test_answers_that_contradict_each_other_are_told(self) -> None:
        answers = [
            Answer("1", "1", said, annotator=who)
            for who, said in (("甲", "same"), ("乙", "none"), ("丙", None))
        ]

        alignment = gongkai.align(plan(BUDGET), plan(AIR), known=answers)

        assert strengths(alignment) == {}
        assert codes(alignment) == ["A103"]
        assert len(alignment.answers) == 3

    def test_the_other_way_round(self) -> None:
        alignment = gongkai.align(plan(BUDGET, WATER), plan(AIR), known=[("2", "1", "same")])

        (answer,) = alignment.invert().answers

        assert (answer.old_key, answer.new_key, answer.old_text, answer.new_text) == ("1", "2", AIR, WATER)

    @pytest.mark.parametrize("known", (("1", "1"), (1, "1", "same"), "1-1", None, ("1", "1", "same", "x")))
    def test_what_is_no_answer_is_refused(self, known: Any) -> None:
        with pytest.raises(InvalidValue, match=r"align\.known: expected answers, links, or \(key"):
            gongkai.align(plan(BUDGET), plan(AIR), known=[known])


class TestAnswer:
    @pytest.mark.parametrize(
        ("fields", "message"),
        (
            ({"old_key": 1}, r"Answer\.old_key: expected a str"),
            ({"strength": "maybe"}, r"Answer\.strength: expected one of same, partial, none"),
            ({"score": 1.5}, r"Answer\.score: expected a number from 0 to 1"),
            ({"answered_on": "2026-11-22"}, r"Answer\.answered_on: expected a date or None"),
        ),
    )
    def test_wrong_fields_are_refused(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(InvalidValue, match=message):
            Answer(**{"old_key": "1", "new_key": "1", "strength": "same", **fields})
