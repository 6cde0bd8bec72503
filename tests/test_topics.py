"""The tables that an alignment weighs words by: what may stand in them, and what they are for."""

from __future__ import annotations

import pytest

import gongkai
from gongkai import Plan, Task
from gongkai.comparing.alignment.calibration import Terms, _tables, calibration, rivalry
from gongkai.comparing.alignment.profiles import profile_of
from gongkai.comparing.alignment.scoring import Support
from gongkai.comparing.alignment.topics import common_letters, common_rates, topics_of, topics_table
from gongkai.comparing.alignment.wording import folded

TOPICS = list(topics_table())


def test_topics_have_names_of_their_own() -> None:
    names = [topic for topic, _ in TOPICS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(("topic", "phrases"), TOPICS, ids=[topic for topic, _ in TOPICS])
def test_phrases_are_terms_and_stand_once_in_a_topic(topic: str, phrases: tuple[str, ...]) -> None:
    assert len(phrases) == len(set(phrases))
    assert phrases[0] == topic
    for phrase in phrases:
        assert 2 <= len(phrase) <= 12
        assert folded(phrase).lower() == phrase
        assert not set("，。；：？！,;:") & set(phrase)


@pytest.mark.parametrize(("topic", "phrases"), TOPICS, ids=[topic for topic, _ in TOPICS])
def test_every_phrase_tells_of_its_topic(topic: str, phrases: tuple[str, ...]) -> None:
    for phrase in phrases:
        assert topic in topics_of(phrase)
        assert topic in profile_of(f"做好{phrase}工作").topics


def test_phrases_of_a_topic_are_counted_wherever_they_stand() -> None:
    assert topics_of("解读和解读") == {"政策解读": 2}
    assert topics_of("图解，政策解读") == {"解读形式": 1, "政策解读": 2}
    assert topics_of("无") == {}


def test_rates_are_parts_of_tasks_and_of_known_topics() -> None:
    rates = common_rates()

    assert set(rates) == {"tokens", "topics"}
    assert all(0 < rate <= 1 for group in rates.values() for rate in group.values())
    assert all(len(token) <= 2 for token in rates["tokens"])
    assert set(rates["topics"]) <= {topic for topic, _ in TOPICS}


def test_common_letters_are_single_ones_of_the_table() -> None:
    assert common_letters() <= common_rates()["tokens"].keys()
    assert {len(letter) for letter in common_letters()} == {1}


@pytest.mark.parametrize("setting", ("words", "meaning"))
@pytest.mark.parametrize("question", ("link", "same"))
def test_coefficients_are_for_what_is_measured(setting: str, question: str) -> None:
    names = set(_tables()[setting][question])

    assert {"base", "fuller", "lesser"} <= names <= {"base", *Support._fields} - {"words"}


def test_probabilities_grow_with_what_speaks_for_a_link() -> None:
    least = dict.fromkeys(Support._fields, 0.0) | {"fuller": -3.0, "lesser": -3.9, "shorter": 4.0}
    most = least | {"fuller": -0.1, "lesser": -0.3, "best": 1.0, "opening": 1.0, "lead": 0.5, "order": 1.0}
    most |= {"meaning": 0.9, "meaning_fuller": -0.1, "meaning_best": 1.0, "meaning_opening": 1.0}
    for setting in ("words", "meaning"):
        weigh = calibration(setting)
        low, high = (Support(**numbers) for numbers in (least, most))  # type: ignore[arg-type]

        assert weigh.link(low) < 0.2
        assert weigh.link(high) > 0.9
        assert weigh.same(low) < 0.1
        assert weigh.same(high) > 0.5


def test_an_answer_that_a_rival_is_the_same_makes_a_link_less_likely() -> None:
    said: tuple[Terms, ...] = (
        (0.5, -1.0, 0.0, 0.0, 0.0),
        (0.5, -1.0, 1.0, 0.0, 0.0),
        (0.5, -1.0, 0.0, 0.0, 1.0),
    )

    alone, with_a_rival, with_a_neighbour = (link for link, _ in rivalry().chances(said))

    assert with_a_rival < alone < with_a_neighbour


def test_one_thing_said_in_two_ways_is_found_by_its_topic() -> None:
    others = ("公开财政预决算。", "组织义务植树。", "修订权责清单。", "培训统计调查员。", "查处占道经营。")
    old, new = (
        Plan("要点", [Task(text) for text in (own, *others)])
        for own in ("做好两微一端的日常维护。", "加强政务新媒体日常维护。")
    )

    (link,) = gongkai.align(old, new).of_old("#1")

    assert link.new.key == "#1"
    assert "政务新媒体" in {item.detail for item in link.evidence if item.kind == "topic"}
