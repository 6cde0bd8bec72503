"""How far annotators agree: the figures are those of their definitions."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import Answer
from gongkai.comparing import Agreement, agreement
from gongkai.errors import InvalidValue

SAID = st.sampled_from(("same", "partial", "none", None))

#: What up to four annotators say of up to six pairs.
ROWS = st.lists(st.lists(SAID, min_size=4, max_size=4), min_size=1, max_size=6)


def answers(rows: list[list[str | None]]) -> list[Answer]:
    return [
        Answer(str(place), "1", said, annotator="甲乙丙丁"[who])
        for place, row in enumerate(rows)
        for who, said in enumerate(row)
    ]


def two(*rows: str) -> Agreement:
    words = {"s": "same", "p": "partial", "n": "none", "?": None}
    return agreement(answers([[words[sign] for sign in row] for row in rows]))


def naive_alpha(rows: list[list[str | None]]) -> float | None:
    """Krippendorff's alpha by its definition: every value paired with every other one."""
    units = [[said for said in row if said is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    values = [said for unit in units for said in unit]
    expected = sum(one != other for one, other in permutations(values, 2))
    if not expected:
        return None
    observed = sum(
        sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    return 1 - (observed / len(values)) / (expected / (len(values) * (len(values) - 1)))


class TestLaws:
    @given(rows=ROWS)
    def test_alpha_is_what_its_definition_says(self, rows: list[list[str | None]]) -> None:
        alpha = agreement(answers(rows)).alpha

        assert alpha == (None if (naive := naive_alpha(rows)) is None else pytest.approx(naive))

    @given(rows=ROWS, order=st.permutations(range(4)))
    def test_the_order_of_annotators_does_not_matter(
        self, rows: list[list[str | None]], order: list[int]
    ) -> None:
        first, second = (
            agreement(answers(each)) for each in (rows, [[row[who] for who in order] for row in rows])
        )

        for name in ("pairs", "observed", "alpha", "links_f1", "same_f1"):
            assert getattr(first, name) == (
                None if getattr(second, name) is None else pytest.approx(getattr(second, name))
            )

    @given(column=st.lists(SAID, min_size=1, max_size=8))
    def test_who_says_the_same_agrees_fully(self, column: list[str | None]) -> None:
        found = agreement(answers([[said, said] for said in column]))

        assert found.pairs == sum(said is not None for said in column)
        assert found.disagreements == ()
        assert {found.observed, found.kappa, found.alpha, found.links_f1} <= {1.0, None}

    @given(rows=ROWS)
    def test_figures_stay_within_their_bounds(self, rows: list[list[str | None]]) -> None:
        found = agreement(answers(rows))

        assert all(
            0 <= figure <= 1
            for figure in (found.observed, found.links_f1, found.same_f1)
            if figure is not None
        )
        assert found.alpha is None or found.alpha <= 1
        assert len(found.disagreements) <= found.pairs


class TestFigures:
    def test_two_annotators(self) -> None:
        """20 pairs: both yes, both no, and the rest apart; by hand, observed 0.7, by chance 0.5."""
        found = two(*["sn"] * 2, *["ns"] * 1, *["ss"] * 4, *["nn"] * 3)

        assert found.pairs == 10
        assert found.observed == pytest.approx(0.7)
        assert found.kappa == pytest.approx(0.4)
        assert found.links_f1 == pytest.approx(8 / 11)
        assert len(found.disagreements) == 3

    def test_strengths_differ_where_links_agree(self) -> None:
        found = two("sp", "ps", "nn", "ss")

        assert (found.links_f1, found.same_f1, found.observed) == (1.0, 0.5, 0.5)

    def test_kappa_is_for_two(self) -> None:
        found = two("ssn", "nnn", "pps")

        assert found.annotators == ("甲", "乙", "丙")
        assert found.kappa is None
        assert found.alpha is not None
        assert found.observed == pytest.approx(5 / 9)

    def test_who_does_not_know_has_not_answered(self) -> None:
        found = two("s?", "??", "nn")

        assert (found.pairs, found.disagreements) == (1, ())

    def test_nothing_shared_is_nothing_to_compare(self) -> None:
        found = agreement({"甲": [Answer("1", "1", "same")], "乙": [Answer("2", "1", "same")]})

        assert (found.annotators, found.pairs) == (("甲", "乙"), 0)
        assert [found.observed, found.kappa, found.alpha, found.links_f1, found.same_f1] == [None] * 5

    def test_the_last_answer_of_each_counts_and_names_of_files_go_before_theirs(self) -> None:
        first = [Answer("1", "1", "none", annotator="丙"), Answer("1", "1", "same", annotator="丙")]
        found = agreement({"甲": first, "乙": [Answer("1", "1", "same", annotator="丙")]})

        assert (found.annotators, found.observed) == (("甲", "乙"), 1.0)

    def test_without_keys_texts_tell_the_pairs(self) -> None:
        found = agreement(
            [
                Answer("", "", said, old_text="公开预算。", new_text=new, annotator=who)
                for who in "甲乙"
                for new, said in (("一", "same"), ("二", "none"))
            ]
        )

        assert (found.pairs, found.kappa) == (2, 1.0)


class TestWords:
    def test_in_english(self) -> None:
        assert two("ss", "np").explain("en").splitlines() == [
            "annotators: 甲, 乙",
            "pairs answered by at least two: 2, on 1 of them they differ",
            "percent agreement: 50.0%",
            "Cohen's kappa: 0.33",
            "Krippendorff's alpha: 0.40",
            "F1 of links: 0.67",
            "F1 of links of strength same: 1.00",
        ]

    def test_what_cannot_be_computed_is_not_said(self) -> None:
        assert two("s").explain().splitlines() == ["标注人：甲", "共同标注：0 对，其中 0 对不一"]

    def test_other_languages_are_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"Agreement\.language: expected one of zh, en"):
            two("ss").explain("fr")  # type: ignore[arg-type]
