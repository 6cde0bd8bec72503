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
from gongkai.reading.enumerations import cut_enumeration, enumeration_number
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
    kept: list[Node] = []
    for node, below in zip(nodes, [*nodes, None][1:], strict=True):
        open_here = not node.labelled and (open_here or _begins_ahead(node.passage.text, year))
        if open_here:
            kept += _enumerated(node, below, found)
            continue
        kept.append(node)
        if node.labelled and _looks_ahead(node, year):
            _take_all(node.children, found)
            found.add(id(node.passage))
        elif node.labelled:
            _look(node.children, year, found)
    nodes[:] = kept


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
    kept: list[Node] = []
    for node, below in zip(nodes, [*nodes, None][1:], strict=True):
        if node.labelled:
            found.add(id(node.passage))
            _take_all(node.children, found)
            kept.append(node)
        else:
            kept += _enumerated(node, below, found)
    nodes[:] = kept
    if not any(node.labelled for node in nodes):
        found.update(id(node.passage) for node in nodes)


def _enumerated(node: Node, below: Node | None, found: set[int]) -> list[Node]:
    """Return a paragraph cut at 一是, 二是…; what begins so is a measure. They may go on in the one below."""
    goes_on = below is not None and enumeration_number(below.passage) == 2
    parts = cut_enumeration(node.passage, goes_on=goes_on)
    if not any(part.style >= 0 for part in parts):
        return [node]
    found.update(id(part) for part in parts if part.style >= 0)
    return [Node.of(part) for part in parts]
