"""Numbers, brackets, punctuation and structure (C3)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from gongkai.checking.subject import Found, Subject
from gongkai.model import Block, Paragraph, Section, Span, Task
from gongkai.reading.inner_labels import half_brackets
from gongkai.reading.lines import label_number, label_of
from gongkai.reading.numbering import Numbering

__all__ = [
    "bracket_unbalanced",
    "brackets_mixed",
    "labels_mixed",
    "number_repeated",
    "number_skipped",
    "punctuation_mixed",
    "said_twice",
    "section_empty",
]

_OPENING: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】"}
_CLOSING: Final = {closing: opening for opening, closing in _OPENING.items()}
#: Half-width signs that stand in for Chinese punctuation: between or behind Chinese characters.
_SIGNS: Final = re.compile("(?<=[\u4e00-\u9fff》”])[,;:?!](?=[\u4e00-\u9fff《“]|$)|[，；：？！]")
_WIDE: Final = dict(zip(",;:?!", "，；：？！", strict=True))
_NUMBER: Final = re.compile("[0-9０-９一二三四五六七八九十①-⑳]+")
#: Shorter texts may well be the same.
_SHORTEST: Final = 10


class _Place(NamedTuple):
    """A section or task with a number; the number before it, where the two do not go together."""

    block: Section | Task
    label: str
    number: int
    before: tuple[int, str] | None


def _numbers(subject: Subject) -> Iterator[_Place]:
    """The numbers in printed order."""
    numbers = Numbering()
    for block in subject.plan.walk():
        if isinstance(block, Paragraph) or block.label is None:
            continue
        style, _ = label_of(block.label)
        number = label_number(block.label)
        if style >= 0 and number is not None:
            yield _Place(block, block.label, number, numbers.odd(style, number, block.label))


def number_skipped(subject: Subject) -> Found:
    """Numbers that do not follow the one before."""
    for place in _numbers(subject):
        if place.before is not None and place.number != place.before[0]:
            facts = {"label": place.label, "before": place.before[1]}
            yield _label_at(subject, place), place.block.key, facts


def number_repeated(subject: Subject) -> Found:
    """Numbers that are those of the one before."""
    for place in _numbers(subject):
        if place.before is not None and place.number == place.before[0]:
            yield _label_at(subject, place), place.block.key, {"label": place.label}


def _label_at(subject: Subject, place: _Place) -> Span | None:
    return subject.place(place.block, place.label)


def labels_mixed(subject: Subject) -> Found:
    """Labels of one level that differ in more than their number: 1. and 2、."""
    shapes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    seen: list[tuple[int, str, _Place]] = []
    for place in _numbers(subject):
        style, _ = label_of(place.label)
        shape = _NUMBER.sub("1", place.label)
        shapes[style][shape] += 1
        seen.append((style, shape, place))
    told: set[tuple[int, str]] = set()
    for style, shape, place in seen:
        usual = shapes[style].most_common(1)[0][0]
        if shape != usual and (style, shape) not in told:
            told.add((style, shape))
            like = next(other.label for at, form, other in seen if at == style and form == usual)
            yield _label_at(subject, place), place.block.key, {"one": like, "other": place.label}


def _text_of(block: Block) -> str:
    return block.heading if isinstance(block, Section) else block.text


def _whole(block: Block) -> bool:
    """Whether its span holds nothing but itself."""
    return isinstance(block, Task) and not block.parts


def _sign_at(subject: Subject, block: Block, text: str, at: int) -> Span | None:
    """Return where one character stands of what is printed of a block; the block's place where that fails."""
    source = subject.plan.source.text if subject.plan.source is not None else None
    span = block.span
    if source is None or span is None:
        return span
    if _whole(block):
        for start, end in span.pieces:
            if at < end - start:
                return Span(start + at, start + at + 1)
            at -= end - start
    found = source.find(text, span.start, span.end)
    return span if found < 0 else Span(found + at, found + at + 1)


def _printed(subject: Subject) -> Iterator[tuple[Block, str]]:
    """Each block with what is printed of it alone: its clause too, where the source is at hand."""
    plan = subject.plan
    source = plan.source.text if plan.source is not None else None
    for block in (*plan.preamble, *plan.walk(), *plan.closing):
        if _whole(block) and source is not None and block.span is not None:
            yield block, block.span.of(source)
        else:
            yield block, _text_of(block)


def _key(block: Block) -> str | None:
    return None if isinstance(block, Paragraph) else block.key


def brackets_mixed(subject: Subject) -> Found:
    """Brackets of two widths: where the rarer one stands first."""

    def widths(text: str) -> Iterator[tuple[str, int]]:
        for sign in re.finditer("[（(]", text):
            yield "（）" if sign[0] == "（" else "()", sign.start()

    yield from _mixed(subject, widths)


def punctuation_mixed(subject: Subject) -> Found:
    """Punctuation of two widths: where the rarer one stands first."""

    def widths(text: str) -> Iterator[tuple[str, int]]:
        for sign in _SIGNS.finditer(text):
            yield "，" if sign[0] in _WIDE.values() else ",", sign.start()

    yield from _mixed(subject, widths)


def _mixed(subject: Subject, widths: Callable[[str], Iterator[tuple[str, int]]]) -> Found:
    seen = [(block, text, width, at) for block, text in _printed(subject) for width, at in widths(text)]
    total = Counter([width for _, _, width, _ in seen])
    if len(total) < 2:
        return
    usual, rare = [width for width, _ in total.most_common()][:2]
    block, text, _, at = next(item for item in seen if item[2] == rare)
    facts = {"usual": usual, "here": rare, "places": total[rare]}
    yield _sign_at(subject, block, text, at), _key(block), facts


def bracket_unbalanced(subject: Subject) -> Found:
    """Blocks in which a bracket has no partner."""
    for block, text in _printed(subject):
        odd = _unpaired(text)
        if odd is not None:
            yield _sign_at(subject, block, text, odd), _key(block), {"bracket": text[odd]}


def _unpaired(text: str) -> int | None:
    """Return the place of the first bracket without a partner; the two widths are each other's."""
    open_ones: list[tuple[str, int]] = []
    halves = half_brackets(text)
    for at, sign in enumerate(text.replace("(", "（").replace(")", "）")):
        if sign in _OPENING:
            open_ones.append((sign, at))
        elif sign in _CLOSING:
            if all(other != _CLOSING[sign] for other, _ in open_ones):
                if at in halves:
                    continue
                return at
            while open_ones.pop()[0] != _CLOSING[sign]:
                pass
    return next((at for sign, at in open_ones if sign in "（《"), None)


def section_empty(subject: Subject) -> Found:
    """Headings with nothing below them."""
    for block in subject.plan.walk():
        if isinstance(block, Section) and not block.content:
            yield block.span, block.key, {}


def said_twice(subject: Subject) -> Found:
    """Tasks whose text is another's, punctuation apart."""
    first: dict[str, Task] = {}
    for task in subject.plan.all_tasks:
        text = re.sub(r"\W+", "", task.text)
        if len(text) >= _SHORTEST and (other := first.setdefault(text, task)) is not task:
            yield task.span, task.key, {"other": other.key or other.label or other.text[:12]}
