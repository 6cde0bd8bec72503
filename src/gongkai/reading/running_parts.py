"""The parts of a document on one line: what its head, its headings and its foot are cut at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from gongkai.directory import is_body
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.lines import BLANK, Passage
from gongkai.reading.noise import name_of
from gongkai.reading.outline import aims_pattern
from gongkai.reading.segments import split
from gongkai.reading.tables.heads import find_heads
from gongkai.reading.titles import clean_title, covered_title, is_title, title_at

__all__ = ["after_heading", "after_last_clause", "cut_foot", "cut_head", "table_begins"]

#: A heading that a blank parts from its text is no longer than this.
_HEADING_LENGTH: Final = 40
#: What a foot holds begins this near to the end, at most.
_FOOT_LENGTH: Final = 1200
#: No head of a document is longer than this.
_HEAD_LENGTH: Final = 8000
#: The name of a place at the beginning of a title, and the blanks behind it.
_PLACE: Final = re.compile(r"[^\s，。；：、:,]{1,60}[区县市省州旗镇乡道局委办厅]\s+")
#: A name that signs is no longer than this.
_NAME_LENGTH: Final = 60


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rows = table("running")
    day = table("tail")["day"]
    note = table("titles")["notice"]["disclosure"]
    shares = alternatives(table("noise")["shares"]["names"])
    return {
        "paragraph": re.compile(r"[。！？：:；”）)][ \t\u3000\xa0]+(?=\S)"),
        "addressees": re.compile(rf"[:：](?=(?:{alternatives(rows['addressees']['begins'])}))"),
        "day": re.compile(rf"(?<!\d)(?:{day})"),
        "note": re.compile(rf"[（(]\s*(?:{note})\s*[)）]"),
        "number": re.compile(rows["number"]["pattern"]),
        "stamp": re.compile(rows["stamp"]["pattern"]),
        "below": re.compile(
            "|".join(f"(?:{row['pattern']})" for row in table("tail")["record"]).replace("{disclosure}", note)
        ),
        "seal": re.compile(table("tail")["sealed"]),
        "shares": re.compile(rf"(?:(?:{shares})\s+)+(?=\S)"),
        "issued": re.compile(r"《([^《》]{4,100})》\s*(?:印发|转发|下发|发布)"),
        "attachment": re.compile(r"(?<=[。）)])\s*附\s*件\s*\d{0,2}\s*[:：]"),
    }


def table_begins(text: str) -> int:
    """Return where the head of a task table stands in running text; its end where there is none.

    >>> from gongkai.reading.running_parts import table_begins
    >>> table_begins("任务分解表工 作 任 务牵头单位责任单位一、公开")
    5
    """
    found = find_heads(text)
    return len(text) if found is None else found.start


def cut_head(lines: Sequence[Passage], at: int, end: int) -> set[int]:
    """Return where the head of a document on one line is cut: titles, addressees, paragraphs, signature.

    Args:
        lines: the lines of the document.
        at: the place of the long line among them.
        end: where its head ends.
    """
    text = lines[at].text[: min(end, _HEAD_LENGTH)]
    cuts = _cut_titles(text, [line.text for line in lines[:at]])
    patterns = _patterns()
    path = name_of(text, "line") is not None  # as 当前位置：首页 > 公开, up to the title
    cuts |= {
        found.end() for found in patterns["paragraph"].finditer(text, min(cuts, default=0) if path else 0)
    }
    for name in ("stamp", "note", "seal", "shares"):
        for found in patterns[name].finditer(text):
            cuts |= {found.start(), found.end()}
    for start in sorted({0, *cuts}):
        number = patterns["number"].match(text, start)
        if number is not None:
            cuts.add(number.end())
    letter = patterns["addressees"].search(text)
    if letter is not None:
        cuts.add(letter.end())
    return (cuts | _cut_signature(text, 0)) - {0, end}


def _cut_titles(text: str, above: Sequence[str]) -> set[int]:
    """Cut at the titles that stand between blanks, and at those that are known from elsewhere."""
    known = [clean_title(line) for line in above if is_title(line)]
    taken: list[tuple[int, int]] = []
    words = sorted({0, *_words(text, 0)}, reverse=True)
    for start, before in zip(words, [*words, 0][1:], strict=True):
        end = title_at(text, start)
        if end > start and not _overlaps(start, end, taken):
            placed = text[start].isdigit() and _PLACE.fullmatch(text, before, start)  # 澄湖区 2024 年…
            first = before if placed else start
            title = clean_title(text[first:end])
            taken.append((max(first, text.find(title, first)), end))
            known.append(title)
    known += [covered for title in known if (covered := covered_title(title))]
    known += _patterns()["issued"].findall(text)
    for title in sorted(set(known), key=len, reverse=True):
        start = text.find(title)
        while start >= 0:
            end = start + len(title)
            if not _overlaps(start, end, taken) and text[start - 1 : start] not in {"《", "〈", "“"}:
                taken.append((start, end))
            start = text.find(title, end)
    return {edge for stretch in taken for edge in stretch}


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in taken)


def _cut_signature(text: str, begin: int) -> set[int]:
    """Cut around a day that is signed, or that stands by itself behind a sentence."""
    cuts: set[int] = set()
    for found in _patterns()["day"].finditer(text, begin):
        names = _names_before(text, found.start(), begin)
        after = text[found.end() : found.end() + 1]
        alone = not after or after in BLANK or after in "（(附"
        if names < found.start() and (alone or after not in "，,、"):
            cuts |= {names, found.end()}
        elif alone and text[: found.start()].rstrip(BLANK)[-1:] in {"", "。", "）", ")"}:
            cuts |= {found.start(), found.end()}
    return cuts


def _names_before(text: str, end: int, begin: int) -> int:
    """Return where the names of bodies begin that stand before a place; the place itself for none."""
    first = end
    while True:
        stop = len(text[:first].rstrip(BLANK))
        sealed = _patterns()["seal"].search(text, max(begin, stop - _NAME_LENGTH), stop)
        if sealed is not None and sealed.end() == stop:  # whose seal stands for theirs
            stop = len(text[: sealed.start()].rstrip(BLANK))
        start = stop
        while (
            start > begin and stop - start < _NAME_LENGTH and text[start - 1] not in f"。！？；：）)》{BLANK}"
        ):
            start -= 1
        if start == stop or not is_body(text[start:stop]):
            return first
        first = start


def cut_foot(text: str, begin: int) -> set[int]:
    """Return where the end of a document on one line is cut: attachments, signature, the page's foot."""
    begin = max(begin, len(text) - _FOOT_LENGTH)
    cuts = _cut_signature(text, begin)
    cuts |= {
        found.end() - len(found[0].lstrip()) for found in _patterns()["attachment"].finditer(text, begin)
    }
    cuts |= {found.start() for found in _patterns()["note"].finditer(text, begin)}
    note = _patterns()["below"].match
    for start in _words(text, begin):
        if note(text, start) or name_of(text[start : start + _NAME_LENGTH], "line", "tail") is not None:
            cuts.add(start)
    return cuts


def _words(text: str, begin: int) -> Iterator[int]:
    """Yield where the stretches between blanks begin; 2024 年 is one."""
    for found in re.finditer(r"(?<=\s)[^\s年月日号]", text[begin:]):
        yield begin + found.start()


def after_heading(text: str, begin: int, end: int) -> int | None:
    """Return where the text behind a heading begins that no full stop parts from it, or None.

    >>> from gongkai.reading.running_parts import after_heading
    >>> after_heading("总体要求坚持以人民为中心，全面推进政务公开。", 0, 22)
    4
    """
    aims = aims_pattern().match(text, begin, end)
    if aims is not None and aims[0][-1] not in "。：:" and "。" in text[aims.end() : end]:
        return aims.end()
    blank = re.search(r"\s", text[begin:end])
    if blank is None or blank.start() > _HEADING_LENGTH:
        return None
    heading, rest = text[begin : begin + blank.start()], text[begin + blank.end() : end]
    broken = re.search("[，,。；;：:、（(]", heading) is not None
    return None if broken or not heading or "。" not in rest else begin + blank.end()


def after_last_clause(text: str, begin: int, end: int) -> int | None:
    """Return where the text behind the last clause of an item begins, or None."""
    if begin >= end:
        return None
    segments = split(Passage(0, text[begin:end]))
    if len(segments) < 2 or segments[-1].carries:
        return None
    return begin + segments[-1].begin
