"""What a report announces for the year to come: measures that can be compared with plans.

A report asks nothing of anybody, but for a chapter or a paragraph that looks ahead (下一步工作打算, or a
sentence that begins with the year after the report's). What is numbered there is a task: （一）, 1. or 一是.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import attrs

from gongkai.model import Record
from gongkai.reading.enumerations import cut_enumeration
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.outline import Node

__all__ = ["announced_in", "with_period"]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rows = table("titles")["ahead"]
    return (
        re.compile(alternatives(rows["headings"])),
        re.compile(alternatives(rows["not_headings"])),
        re.compile(rf"(?:{alternatives(rows['begins'])})"),
    )


@cache
def _period() -> re.Pattern[str]:
    return re.compile(table("titles")["period"]["pattern"])


def with_period(record: Record, texts: Iterable[str]) -> Record:
    """Return a report's record with the period that it covers, as its text words it."""
    found = next(filter(None, (_period().search(text) for text in texts)), None)
    if found is None:
        return record
    return attrs.evolve(record, others=(*record.others, (table("titles")["period"]["key"], found[1])))


def announced_in(top: list[Node], year: int | None) -> frozenset[int]:
    """Return which passages of a report say what will be done, by their ``id``; enumerations become labels.

    Args:
        top: the nodes at the top; paragraphs that hold several measures are cut here.
        year: the report's year.
    """
    found: set[int] = set()
    _look(top, year, found)
    return frozenset(found)


def _look(nodes: list[Node], year: int | None, found: set[int]) -> None:
    open_here = False  # whether a paragraph above looks ahead
    for node in list(nodes):
        if node.labelled:
            open_here = False
            if _looks_ahead(node, year):
                _take_all(node.children, found)
                found.add(id(node.passage))
            else:
                _look(node.children, year, found)
            continue
        text = node.passage.text
        open_here = open_here or _begins_ahead(text, year)
        if open_here:
            _enumerate(nodes, node, found)


def _looks_ahead(node: Node, year: int | None) -> bool:
    """Whether a chapter looks ahead, by its heading: 下一步工作打算, 2018年工作安排."""
    ahead, behind, begins = _patterns()
    heading = node.passage.text[node.passage.body :].split("。", 1)[0]
    if behind.search(heading):
        return False
    later = year is not None and f"{year + 1}年" in heading
    return later or begins.match(heading) is not None or ahead.search(heading) is not None


def _begins_ahead(text: str, year: int | None) -> bool:
    """Whether a paragraph begins by looking ahead."""
    squeezed = "".join(text[:20].split())
    if year is not None and squeezed.startswith(f"{year + 1}年"):
        return True
    return _patterns()[2].match(squeezed) is not None


def _take_all(nodes: list[Node], found: set[int]) -> None:
    """Take all that is numbered in a chapter; its paragraphs where nothing is."""
    for node in list(nodes):
        if node.labelled:
            found.add(id(node.passage))
            _take_all(node.children, found)
        else:
            _enumerate(nodes, node, found)
    if not any(node.labelled for node in nodes):
        found.update(id(node.passage) for node in nodes)


def _enumerate(nodes: list[Node], node: Node, found: set[int]) -> None:
    """Cut a paragraph at 一是, 二是…; what begins so is a measure."""
    parts = cut_enumeration(node.passage)
    if not any(part.style >= 0 for part in parts):
        return
    at = nodes.index(node)
    nodes[at : at + 1] = [Node.of(part) for part in parts]
    found.update(id(part) for part in parts if part.style >= 0)
