"""What plans are about: topics, each told by the phrases of a table.

Plans say one thing in many words: 政务新媒体 was 两微一端 a few years before, and 公开目录 in one district is
公开清单 in the next. The table brings such phrases together; it is no dictionary, and what it lacks counts by
its characters.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from operator import add
from typing import TypeAlias, cast

from gongkai.comparing.alignment.wording import folded

__all__ = ["common_rates", "topics_of"]

_Phrases: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]


def topics_of(text: str) -> dict[str, int]:
    """Return the topics that a text is about, and how many of their phrases it has.

    Phrases are counted wherever they stand, those inside longer ones as well.

    Args:
        text: in half-width forms and lower case, without white space.

    >>> from gongkai.comparing.alignment.topics import topics_of
    >>> topics_of("推进生活垃圾分类的信息公开")
    {'垃圾分类': 3}
    """
    phrases = _phrases()
    found: dict[str, int] = {}
    for place, start in enumerate(map(add, text, text[1:])):
        if start in phrases:
            for phrase, topic in phrases[start]:
                if text.startswith(phrase, place):
                    found[topic] = found.get(topic, 0) + 1
    return found


@cache
def _phrases() -> _Phrases:
    """The phrases by their first two characters, with their topics."""
    table = cast("dict[str, dict[str, list[str]]]", _read("topics.toml"))
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in table.values():
        for topic, phrases in group.items():
            for phrase in dict.fromkeys([folded(each).lower() for each in (topic, *phrases)]):
                found[phrase[:2]].append((phrase, topic))
    return {start: tuple(rows) for start, rows in found.items()}


@cache
def common_rates() -> Mapping[str, Mapping[str, float]]:
    """Return how large a part of the genre's tasks has each common token, and is about each common topic."""
    return cast("dict[str, dict[str, float]]", _read("background.toml"))


def _read(name: str) -> dict[str, object]:
    return tomllib.loads(files("gongkai.comparing.alignment").joinpath(name).read_text(encoding="utf-8"))
