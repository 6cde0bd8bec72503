"""Titles over several lines, joined before anything is read."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

from gongkai.model import Finding
from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage
from gongkai.reading.passages import TERMINAL, join_lines
from gongkai.reading.titles import ends_as_title, is_covering, is_title, year_in

__all__ = ["join_titles"]

#: Titles stand in the first lines of a document, and their lines are short.
_HEAD_LINES: Final = 80
_TITLE_LINE: Final = 45
#: The last word of a title is no longer than this.
_WORD_LENGTH: Final = 12


def join_titles(lines: list[Passage], findings: list[Finding]) -> list[Passage]:
    """Return the lines with titles joined that run over two or three of them; only the head has titles."""
    joined: list[Passage] = []
    done = 0
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.style >= 0 or at < done or (count := _title_lines(lines, at)) == 1:
            continue
        joined += lines[done:at]
        joined.append(join_lines(lines[at : at + count], findings))
        done = at + count
    return [*joined, *lines[done:]] if done else lines


def _title_lines(lines: list[Passage], at: int) -> int:
    """How many lines from here on are one title; 1 where it is no title, or a title by itself."""
    if not _may_be_title(lines[at]) or at + 1 == len(lines) or not _may_be_title(lines[at + 1]):
        return 1
    if _is_finished(lines[at].text):
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
    return "".join(text.split()) if " " in text or "\u3000" in text else text


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
