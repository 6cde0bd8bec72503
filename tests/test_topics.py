"""The tables that an alignment weighs words by: what may stand in them, and what they are for."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

import gongkai
from gongkai import Plan, Task
from gongkai.comparing.alignment.calibration import calibration, rivalry
from gongkai.comparing.alignment.scoring import Support
from gongkai.comparing.alignment.topics import common_rates, topics_of
from gongkai.comparing.alignment.wording import folded


def table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gongkai.comparing.alignment").joinpath(name).read_text(encoding="utf-8"))


TOPICS = [(topic, phrases) for group in table("topics.toml").values() for topic, phrases in group.items()]


def test_topics_have_names_of_their_own() -> None:
    names = [topic for topic, _ in TOPICS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(("topic", "phrases"), TOPICS, ids=[topic for topic, _ in TOPICS])
def test_phrases_are_terms_and_stand_once_in_a_topic(topic: str, phrases: list[str]) -> None:
    assert len(phrases) == len(set(phrases))
    assert topic not in phrases
    for phrase in (topic, *phrases):
        assert 2 <= len(phrase) <= 12
        assert folded(phrase).lower() == phrase
        assert not set("，。；：？！,;:") & set(phrase)


@pytest.mark.parametrize(("topic", "phrases"), TOPICS, ids=[topic for topic, _ in TOPICS])
def test_every_phrase_tells_of_its_topic(topic: str, phrases: list[str]) -> None:
    for phrase in (topic, *phrases):
        assert topic in topics_of(phrase)


def test_rates_are_parts_of_tasks_and_of_known_topics() -> None:
    rates = common_rates()

    assert set(rates) == {"tokens", "topics"}
    assert all(0 < rate <= 1 for group in rates.values() for rate in group.values())
    assert all(len(token) <= 2 for token in rates["tokens"])
    assert set(rates["topics"]) <= {topic for topic, _ in TOPICS}


@pytest.mark.parametrize("setting", ("words", "meaning"))
@pytest.mark.parametrize("question", ("link", "same"))
def test_coefficients_are_for_what_is_measured(setting: str, question: str) -> None:
    names = set(table("calibration.toml")[setting][question])

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
    odds = (0.5, -1.0)

    assert rivalry().link((*odds, 1.0, 0.0, 0.0)) < rivalry().link((*odds, 0.0, 0.0, 0.0))
    assert rivalry().link((*odds, 0.0, 0.0, 1.0)) > rivalry().link((*odds, 0.0, 0.0, 0.0))


def test_one_thing_said_in_two_ways_is_found_by_its_topic() -> None:
    others = ("公开财政预决算。", "组织义务植树。", "修订权责清单。", "培训统计调查员。", "查处占道经营。")
    old, new = (
        Plan("要点", [Task(text) for text in (own, *others)])
        for own in ("做好两微一端的日常维护。", "加强政务新媒体日常维护。")
    )

    (link,) = gongkai.align(old, new).of_old("#1")

    assert link.new.key == "#1"
    assert "政务新媒体" in {item.detail for item in link.evidence if item.kind == "topic"}
