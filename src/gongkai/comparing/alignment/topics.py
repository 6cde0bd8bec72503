"""What plans are about: topics, each told by the phrases of a table.

Plans say one thing in many words: 政务新媒体 was 两微一端 a few years before, and 公开目录 in one district is
公开清单 in the next. ``topics.csv`` brings such phrases together; it is no dictionary, and what it lacks
counts by its characters. Its rows have a field, a topic and the topic's phrases, with white space between
them. A phrase may tell of several topics, and the name of a topic is a phrase as well. Phrases are terms of
the genre; none is a sentence or the wording of one document.

A topic is as fine as an obligation: 财政收支 and 预决算 are two, since a plan tells different people to
publish them. In ten pairs of real plans topics as coarse as 财政 made links between tasks that only touch.

``background.csv`` tells what nearly every plan of the genre says, in how large a part of its tasks. It was
counted by ``benchmarks/_genre_rates.py`` in 17 plans: public ones of 2016 to 2024, from the State Council, a
province, districts and a bureau, and the shipped examples, each plan for the same.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from operator import add
from typing import Final, NamedTuple

__all__ = ["common_letters", "common_rates", "topics_of", "topics_table"]

#: A letter that stands in so large a part of the genre's tasks is common.
_COMMON: Final = 0.1


def topics_of(text: str, tokens: AbstractSet[str] | None = None) -> dict[str, int]:
    """Return the topics that a text is about, in their order there, and how many of their phrases it has.

    Phrases are counted wherever they stand, those inside longer ones as well.

    Args:
        text: in half-width forms and lower case, without white space.
        tokens: what has the pairs of neighbouring letters in it, where they are known.

    >>> from gongkai.comparing.alignment.topics import topics_of
    >>> topics_of("推进生活垃圾分类的信息公开")
    {'垃圾分类': 3}
    """
    table = _table()
    found = [
        (text.index(phrase), row, text.count(phrase))
        for pair in table.pairs & (frozenset(map(add, text, text[1:])) if tokens is None else tokens)
        for phrase in table.phrases[pair].split()
        if phrase in text
        for row in table.rows[phrase]
    ]
    counts: dict[str, int] = {}
    if found:
        found.sort()
        for _, row, count in found:
            topic = table.topics[ord(row)]
            counts[topic] = counts.get(topic, 0) + count
    return counts


def topics_table() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each topic of the table with its phrases, its own name first."""
    for _, topic, phrases in _rows("topics.csv"):
        yield topic, (topic, *phrases.split())


class _Table(NamedTuple):
    """The table of topics as it is looked up; of strings alone, which cost the garbage collector nothing.

    Attributes:
        topics: the topics.
        phrases: phrases with white space between them, by a pair of neighbouring letters in each. The second
            and third character are as good as any pair, and rarer in plans than the first two.
        pairs: these pairs.
        rows: the topics that each phrase tells of, each as the character whose code is its place in
            ``topics``.
    """

    topics: tuple[str, ...]
    phrases: Mapping[str, str]
    pairs: frozenset[str]
    rows: Mapping[str, str]


@cache
def _table() -> _Table:
    topics: list[str] = []
    rows: dict[str, str] = {}
    for topic, phrases in topics_table():
        row = chr(len(topics))
        topics.append(topic)
        for phrase in phrases:
            rows[phrase] = rows.get(phrase, "") + row
    found: defaultdict[str, str] = defaultdict(str)
    for phrase in rows:
        pair = phrase[1:3]
        if len(pair) < 2 or not pair.isalnum():
            pair = phrase[:2]
        found[pair] += phrase + " "
    return _Table(tuple(topics), dict(found), frozenset(found), rows)


@cache
def common_rates() -> Mapping[str, Mapping[str, float]]:
    """Return how large a part of the genre's tasks has each common token, and is about each common topic."""
    found: dict[str, dict[str, float]] = {"tokens": {}, "topics": {}}
    for kind, name, rate in _rows("background.csv"):
        found[kind][name] = float(rate)
    return found


@cache
def common_letters() -> frozenset[str]:
    """Return the letters that tell no task from another: they count in pairs alone."""
    rates = common_rates()["tokens"]
    return frozenset([token for token, rate in rates.items() if len(token) == 1 and rate >= _COMMON])


def _rows(name: str) -> Iterator[list[str]]:
    text = files("gongkai.comparing.alignment").joinpath(name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return rows
