"""Lists below a document: its attachments as printed, and the links by which a page offers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from gongkai.reading.grammar import table
from gongkai.reading.lines import Passage, label_number
from gongkai.reading.noise import opens_list
from gongkai.reading.outline import ATTACHMENT
from gongkai.reading.passages import join_lines
from gongkai.reading.segments import split
from gongkai.reading.titles import is_title

__all__ = ["Listing", "attachment", "end_of_items", "inner_titles", "take_listings"]

#: No entry of a list is longer than this.
_ENTRY_LENGTH: Final = 80


class Listing(NamedTuple):
    """A list below the plan: its lines, and what noise it is (None for the printed list of attachments)."""

    lines: tuple[Passage, ...]
    noise: str | None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rows = table("tail")["attachments"]
    return re.compile(rows["opening"]), re.compile(rows["inner"]), re.compile(rows["file"], re.IGNORECASE)


def take_listings(lines: list[Passage]) -> tuple[list[Passage], list[Listing]]:
    """Return the lines without the lists below the last numbered line, or above an attachment, and the lists.

    A list counts only below a plan: behind a numbered line or a sentence.
    """
    found: list[tuple[int, int, str | None]] = []
    for at, line in enumerate(
        lines
    ):  # nearly all are sentences: no list, no file; nor has an opening a number
        text = line.text
        if "。" in text or len(text) > 2 * _ENTRY_LENGTH or (line.tag and "." not in text):
            continue
        if found and at < found[-1][1]:
            continue
        stop, noise = _listing_at(lines, at)
        if stop > at:
            found.append((at, stop, noise))
    if not found:
        return lines, []
    inside = {at for start, stop, _ in found for at in range(start, stop)}
    items = [at for at, line in enumerate(lines) if line.style >= 0 and at not in inside]
    last = items[-1] if items else -1
    inner = next((start for start, _ in inner_titles(lines)), 0)
    above = max((at for at in items if at < inner), default=-1)
    first = next((at for at, line in enumerate(lines) if line.style >= 0 or "。" in line.text), len(lines))
    taken = [
        (start, stop, noise)
        for start, stop, noise in found
        if first < start and (start > last or above < start < stop <= inner)
    ]
    gone = {at for start, stop, _ in taken for at in range(start, stop)}
    rest = [line for at, line in enumerate(lines) if at not in gone] if gone else lines
    return rest, [Listing(tuple(lines[start:stop]), noise) for start, stop, noise in taken]


def inner_titles(lines: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return where the attachments themselves begin, below items, as (start, stop) of their titles' lines.

    The title stands in the line below 附件1, or in its line.
    """
    inner = _patterns()[1]
    found: list[tuple[int, int]] = []
    items = False
    for at, line in enumerate(lines):
        if line.style >= 0:
            items = True
        elif found and at < found[-1][1]:
            continue
        elif items and line.text[0] == "附" and (mark := inner.match(line.text)) is not None:
            if mark.end() == len(line.text):
                below = lines[at + 1] if at + 1 < len(lines) else None
                if below is not None and _may_be_title(below) and inner.fullmatch(below.text) is None:
                    found.append((at, at + 2))
            elif mark[0][-1] not in ":：" and is_title(line.text[mark.end() :].strip()):
                found.append((at, at + 1))
    return found


def _may_be_title(line: Passage) -> bool:
    return line.style < 0 and len(line.text) <= _ENTRY_LENGTH and "。" not in line.text


def attachment(lines: Sequence[Passage]) -> Passage:
    """Return the lines that head an attachment as one passage: 附件1 is its label, the title its heading."""
    passage = join_lines(list(lines), [])
    mark = _patterns()[1].match(passage.text)
    assert mark is not None  # noqa: S101 - inner_titles found it
    passage.tag = len(mark[0].rstrip())
    passage.body = mark.end()
    passage.style = ATTACHMENT
    passage.label = "".join(passage.text[: passage.tag].split()).rstrip(":：")
    return passage


def end_of_items(lines: Sequence[Passage], stop: int, start: int = 0) -> int:
    """Return where the last numbered line above ``stop`` ends, or ``start`` where there is none."""
    while stop > start and lines[stop - 1].style < 0:
        stop -= 1
    return stop


def _listing_at(lines: Sequence[Passage], at: int) -> tuple[int, str | None]:
    """Return where the list that begins at a line ends, and what noise it is; its own place for none."""
    line = lines[at]
    if noise := opens_list(line.text):
        stop = at + 1
        while stop < len(lines) and _is_entry(lines[stop]):
            stop += 1
        return stop, noise
    opened = _patterns()[0].match(line.text) if line.text[0] == "附" and "。" not in line.text else None
    if opened is None:
        return (at + 1, "attachments") if _is_file(line) else (at, None)
    number = int(opened[1]) if opened[1] else 0 if opened.end() == len(line.text) else None
    stop = at + 1
    while stop < len(lines):
        entry = lines[stop]
        if entry.style >= 0 and number is not None and _is_entry(entry) and _follows(entry, number):
            number += 1
        elif not (_is_file(entry) or _patterns()[0].match(entry.text) or _is_broken(lines, stop, number)):
            break
        stop += 1
    return stop, "attachments" if any(_is_file(entry) for entry in lines[at:stop]) else None


def _follows(line: Passage, number: int) -> bool:
    return line.label is not None and label_number(line.label) == number + 1


def _is_broken(lines: Sequence[Passage], at: int, number: int | None) -> bool:
    """Whether a line is the rest of the entry above it: the next entry follows."""
    if number is None or number < 1 or at + 1 >= len(lines) or lines[at].style >= 0 or "。" in lines[at].text:
        return False
    after = lines[at + 1]
    return after.style >= 0 and _is_entry(after) and _follows(after, number)


def _is_file(line: Passage) -> bool:
    text = line.text
    return "." in text and len(text) <= 2 * _ENTRY_LENGTH and _patterns()[2].fullmatch(text) is not None


def _is_entry(line: Passage) -> bool:
    """Whether a line could be an entry: numbered, short, no sentence, without a responsibility clause."""
    if line.style < 0 or len(line.text) > _ENTRY_LENGTH or "。" in line.text:
        return False
    clause = split(line)[0].clause
    return clause is None or not clause.sure
