"""From text to lines: each line that holds something, with its place and its label."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from gongkai.model import Span
from gongkai.model._house import trusted
from gongkai.reading.grammar import table

__all__ = [
    "BLANK",
    "Passage",
    "Style",
    "chinese_number",
    "cut_out",
    "label_number",
    "label_of",
    "label_pattern",
    "make_span",
    "part_of",
    "placer",
    "scan",
    "span_of",
    "styles",
    "with_label",
]

Cuts: TypeAlias = tuple[tuple[int, int], ...]

make_span = trusted(Span)

#: What counts as white space at the ends of a line: also the ideographic space, the zero-width ones and the
#: mark that some editors put at the beginning of a file.
BLANK: Final = (
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)

_CN: Final = "[一二三四五六七八九十百]{1,4}"
_N: Final = r"[0-9０-９]{1,3}"


class Style(NamedTuple):
    """One numbering style: its name, its level and whether it usually begins an item."""

    name: str
    rank: int
    item: bool


class Passage:
    """A line of the source without the white space around it, or several that were broken inside a sentence.

    Attributes:
        start: offset of its first character in the source.
        text: its characters, joined.
        style: the position of its label's style in :func:`styles`, or -1.
        label: the label without white space, or None.
        tag: length of the label as printed; 0 without a label.
        body: length of the label with the white space behind it; 0 without a label.
        cuts: where a line was joined: (offset in the text, offset in the source) of each line but the first.
    """

    __slots__ = ("body", "cuts", "label", "start", "style", "tag", "text")

    def __init__(  # one record a line: plain and fast
        self,
        start: int,
        text: str,
        style: int = -1,
        label: str | None = None,
        tag: int = 0,
        body: int = 0,
        cuts: Cuts = (),
    ) -> None:
        self.start = start
        self.text = text
        self.style = style
        self.label = label
        self.tag = tag
        self.body = body
        self.cuts = cuts

    @property
    def end(self) -> int:
        """Offset in the source after its last character."""
        if self.cuts:
            at, start = self.cuts[-1]
            return start + len(self.text) - at
        return self.start + len(self.text)

    def ranges(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Where ``text[begin:end]`` stands in the source, as (start, end) of each stretch."""
        if not self.cuts:
            return [(self.start + begin, self.start + end)]
        edges = [(0, self.start), *self.cuts, (len(self.text), 0)]
        found: list[tuple[int, int]] = []
        for (at, start), (after, _) in pairwise(edges):
            low, high = max(begin, at), min(end, after)
            if low < high:
                found.append((start + low - at, start + high - at))
        return found

    def breaks(self) -> list[tuple[int, int]]:
        """The stretches of the source that lie between its lines, as (start, end); none is empty."""
        edges = [(0, self.start), *self.cuts]
        gaps = [(at - before + start, resumed) for (before, start), (at, resumed) in pairwise(edges)]
        return [(start, end) for start, end in gaps if start < end]

    def span(self, begin: int, end: int) -> Span:
        """Where ``text[begin:end]`` stands in the source."""
        if not self.cuts:  # where it begins with the passage, both share one int
            return make_span(self.start + begin if begin else self.start, self.start + end, ())
        return span_of(self.ranges(begin, end))


def span_of(ranges: list[tuple[int, int]]) -> Span:
    """One span for stretches of the source in order; stretches that touch are one."""
    flat: list[int] = []
    for start, end in ranges:
        if flat and flat[-1] == start:
            flat[-1] = end
        else:
            flat += (start, end)
    return make_span(flat[0], flat[-1], tuple(flat) if len(flat) > 2 else ())


def placer(ranges: list[tuple[int, int]]) -> Callable[[int, int], Span]:
    """Return what gives the place in the source of two offsets into a text that stands in these stretches."""

    def place(begin: int, end: int) -> Span:
        found: list[tuple[int, int]] = []
        at = 0
        for start, stop in ranges:
            low, high = max(begin, at), min(end, at + stop - start)
            if low < high:
                found.append((start + low - at, start + high - at))
            at += stop - start
        return span_of(found)

    return place


@cache
def styles() -> tuple[Style, ...]:
    """The numbering styles of the grammar, outermost first."""
    return tuple(Style(row["name"], row["rank"], row["item"]) for row in table("labels")["style"])


def _filled(pattern: str) -> str:
    return pattern.replace("{cn}", _CN).replace("{n}", _N)


@cache
def label_pattern() -> re.Pattern[str]:
    """One pattern for all labels; the group that matched tells the style."""
    rows = table("labels")["style"]
    groups = ["(" + _filled(row["pattern"]) + ")" for row in rows]
    return re.compile("(?:" + "|".join(groups) + r")\s*")


#: What of it str.strip() leaves: characters without width.
_UNSEEN: Final = frozenset("\u200b\u2060\ufeff")
#: Every character that a label can begin with; a cheap look before the pattern.
_STARTS: Final = frozenset("第任（(0123456789０１２３４５６７８９一二三四五六七八九十百①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@lru_cache(maxsize=4096)
def _name(printed: str) -> str:
    """Return a label without white space; plans share one string a label."""
    return "".join(printed.split())


def scan(text: str) -> list[Passage]:
    """Return the lines that hold something, in order."""
    match, starts, unseen, name = label_pattern().match, _STARTS, _UNSEEN, _name
    new = Passage.__new__  # the attributes are set here: a third less than calling the class
    found: list[Passage] = []
    add = found.append
    offset = 0
    for raw in text.split("\n"):
        if raw and (kept := raw.strip()):
            start = offset
            if len(kept) < len(raw) and raw[0] != kept[0]:
                start += len(raw) - len(raw.lstrip())
            first = kept[0]
            if first in unseen or kept[-1] in unseen:
                start += len(kept) - len(kept.lstrip(BLANK))
                kept = kept.strip(BLANK)
                if not kept:
                    offset += len(raw) + 1
                    continue
                first = kept[0]
            line = new(Passage)
            line.start = start
            line.text = kept
            if first in starts and (label := match(kept)):
                group: int = label.lastindex  # type: ignore[assignment]  # one of them matched
                printed: str = label[group]
                line.style = group - 1
                line.label = name(printed)
                line.tag = len(printed)
                line.body = label.end()
            else:
                line.style = -1
                line.label = None
                line.tag = line.body = 0
            line.cuts = ()
            add(line)
        offset += len(raw) + 1
    return found


def label_of(text: str) -> tuple[int, str | None]:
    """Return the style of a label that stands by itself, and the label without white space; -1 for none.

    >>> from gongkai.reading.lines import label_of, styles
    >>> style, label = label_of("（三）")
    >>> styles()[style].name, label
    ('section', '（三）')
    >>> styles()[label_of("1.1")[0]].name
    'subitem'
    """
    found = label_pattern().fullmatch(text)
    if found is not None and found.lastindex is not None:
        return found.lastindex - 1, _name(found[found.lastindex])
    for style, pattern in _automatic():
        if pattern.fullmatch(text):
            return style, _name(text)
    return -1, None


@cache
def _automatic() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The labels that only a container can tell, and the styles that they count as."""
    at = {style.name: place for place, style in enumerate(styles())}
    rows = table("labels")["automatic"]
    return tuple((at[row["style"]], re.compile(_filled(row["pattern"]))) for row in rows)


def with_label(passage: Passage) -> Passage:
    """Return the passage, its label taken from the text where it begins with one."""
    found = label_pattern().match(passage.text)
    if found is not None and found.lastindex is not None:
        printed = found[found.lastindex]
        passage.style, passage.label = found.lastindex - 1, _name(printed)
        passage.tag, passage.body = len(printed), found.end()
    return passage


def cut_out(line: Passage, stretches: list[tuple[int, int]]) -> Passage | None:
    """Return a line without some stretches of its text, in order; None where nothing but blanks is left.

    What is left keeps its places; blanks around it are left out.
    """
    text = line.text
    flat = [0, *(edge for stretch in stretches for edge in stretch), len(text)]
    kept = [(begin, end) for begin, end in zip(flat[::2], flat[1::2], strict=True) if begin < end]
    while kept and not text[slice(*kept[0])].strip(BLANK):
        del kept[0]
    while kept and not text[slice(*kept[-1])].strip(BLANK):
        del kept[-1]
    if not kept:
        return None
    begin, end = kept[0]
    kept[0] = (end - len(text[begin:end].lstrip(BLANK)), end)
    begin, end = kept[-1]
    kept[-1] = (begin, begin + len(text[begin:end].rstrip(BLANK)))
    places = [place for begin, end in kept for place in line.ranges(begin, end)]
    cuts: list[tuple[int, int]] = []
    length = 0
    for start, end in places:
        if length:
            cuts.append((length, start))
        length += end - start
    return Passage(places[0][0], "".join([text[begin:end] for begin, end in kept]), cuts=tuple(cuts))


def part_of(passage: Passage, begin: int, end: int) -> Passage:
    """Return a stretch of a passage as one of its own; it keeps the label where it begins with it."""
    start = passage.ranges(begin, begin + 1)[0][0]
    cuts = tuple([(at - begin, place) for at, place in passage.cuts if begin < at < end])
    text = passage.text[begin:end]
    if begin:
        return Passage(start, text, cuts=cuts)
    body = min(passage.body, len(text))
    return Passage(start, text, passage.style, passage.label, passage.tag, body, cuts)


@cache
def _numerals() -> dict[str, int]:
    ones = " 一二三四五六七八九"
    names: dict[str, int] = {}
    for tens in range(10):
        for unit in range(10):
            head = "" if tens == 0 else "十" if tens == 1 else ones[tens] + "十"
            names[head + (ones[unit] if unit else "")] = 10 * tens + unit
    names.pop("", None)
    return names


def chinese_number(text: str) -> int | None:
    """Return the number that a Chinese numeral below 100 means, or None.

    >>> from gongkai.reading.lines import chinese_number
    >>> chinese_number("二十三"), chinese_number("两")
    (23, None)
    """
    return _numerals().get(text)


@lru_cache(maxsize=4096)
def label_number(label: str) -> int | None:
    """Return the number in a label, or None: ``（三）`` gives 3, ``12．`` gives 12.

    >>> from gongkai.reading.lines import label_number
    >>> label_number("（三）"), label_number("12．"), label_number("②")
    (3, 12, 2)
    """
    core = label.strip(" 　\t()（）、，,.．﹒：:任务第编篇部章节分是")
    if core.isdecimal():
        return int(core)
    if len(core) == 1 and "①" <= core <= "⑳":
        return ord(core) - ord("①") + 1
    return chinese_number(core)
