"""Titles over several lines, joined before anything is read."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage, part_of
from gongkai.reading.passages import TERMINAL, join_lines
from gongkai.reading.record import pairs_in
from gongkai.reading.titles import ends_as_title, is_covering, is_title, year_in

__all__ = ["join_titles"]

#: Titles stand in the first lines of a document, and their lines are short.
_HEAD_LINES: Final = 80
_TITLE_LINE: Final = 45
_RECORD_LINES: Final = 20
_MOST_LINES: Final = 5
#: The last word of a title is no longer than this.
_WORD_LENGTH: Final = 12


def join_titles(lines: list[Passage], findings: list[Finding], named: str | None = None) -> list[Passage]:
    """Return the lines with titles joined that run over two or three of them; only the head has titles.

    Args:
        lines: the lines.
        findings: where the repairs are noted.
        named: the title that the container gives; else the one that the metadata block names. Lines that
            make it up are joined, whatever their words.
    """
    lines = _without_stamps(lines)
    known = _squeezed(named) if named else _named(lines)
    joined: list[Passage] = []
    done = 0
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.style >= 0 or at < done:
            continue
        count = (_lines_of(known, lines, at) if known else 0) or _title_lines(lines, at)
        if count == 1:
            continue
        joined += lines[done:at]
        joined.append(join_lines(lines[at : at + count], findings))
        done = at + count
    return [*joined, *lines[done:]] if done else lines


def _without_stamps(lines: list[Passage]) -> list[Passage]:
    """Cut a title from the metadata that a copy left on its line: …工作要点发布时间：2023-05-06."""
    stamp = _stamp().search
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.style >= 0 or not (":" in line.text or "：" in line.text):
            continue
        found = stamp(line.text, _WORD_LENGTH)
        if found is None:
            continue
        title = line.text[: found.start()].rstrip()
        if is_title(title):
            behind = part_of(line, found.start(), len(line.text))
            return [*lines[:at], part_of(line, 0, len(title)), behind, *lines[at + 1 :]]
    return lines


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table('titles')['record']['behind'])})\\s*[:：]")


def _named(lines: list[Passage]) -> str | None:
    """Return the title that the metadata block above the document names, squeezed, or None."""
    keys = table("titles")["record"]["keys"]
    for line in lines[:_RECORD_LINES]:
        if "题" in line.text or "名" in line.text:
            values = [value for key, value in pairs_in(line.text) if key in keys]
            if values and values[0]:
                return _squeezed(values[0])
    return None


def _lines_of(title: str, lines: list[Passage], at: int) -> int:
    """How many lines from here on make up a title, from two on; 0 where they do not."""
    rest = title
    for count, line in enumerate(lines[at : at + _MOST_LINES], 1):
        text = _squeezed(line.text)
        if not rest.startswith(text):
            return 0
        rest = rest[len(text) :]
        if not rest:
            return count if count > 1 else 0
    return 0


def _title_lines(lines: list[Passage], at: int) -> int:
    """How many lines from here on are one title; 1 where it is no title, or a title by itself."""
    if not _may_be_title(lines[at]) or _is_finished(lines[at].text):
        return 1
    if at + 1 == len(lines) or not _may_be_title(lines[at + 1]):
        return 1
    if not _title_goes_on(_squeezed(lines[at].text), _squeezed(lines[at + 1].text)):
        return 1
    texts = [_squeezed(line.text) for line in lines[at : at + 3] if _may_be_title(line)]
    for count in range(len(texts), 1, -1):
        run = texts[:count]
        if all(_title_goes_on(one, other) for one, other in pairwise(run)) and is_title("".join(run)):
            return count
    return 1


def _is_finished(text: str) -> bool:
    return text[-1] in TERMINAL and text[-1] != "》"


def _squeezed(text: str) -> str:
    return "".join(text.split()) if " " in text or "\u3000" in text or "\u00a0" in text else text


def _may_be_title(line: Passage) -> bool:
    return line.style < 0 and len(line.text) <= _TITLE_LINE


def _title_goes_on(text: str, after: str) -> bool:
    """Tell whether a line of a title is not finished, or the next begins with its end."""
    if _is_finished(text):
        return False
    ends, begins = _wrapped()
    return (
        text.endswith(ends)
        or after.startswith(begins)
        or ("《" in text and text.count("《") > text.count("》"))
        or (len(after) <= _WORD_LENGTH and ends_as_title(after) and year_in(text) is not None)
        or ("发" in text and is_covering(text + after) and not is_covering(after))
    )


@cache
def _wrapped() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = table("titles")["wrapped"]
    return tuple(rows["ends"]), tuple(rows["begins"])
