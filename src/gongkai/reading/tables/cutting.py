"""The rows of a table whose cells run together: where the labels stand that begin them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gongkai.reading.lines import BLANK, label_number, label_pattern, styles

__all__ = ["Stretch", "cut_rows"]

#: What looks like a label, in the middle of a text.
_LABEL: Final = re.compile(
    r"(?<![0-9０-９.．])[0-9０-９]{1,3}\s?[.．、﹒]|[（(]\s?[一二三四五六七八九十]{1,3}\s?[)）]|"
    r"(?<![一二三四五六七八九十第])[一二三四五六七八九十]{1,3}、|[（(]\s?[0-9]{1,2}\s?[)）]"
)
#: A number without a sign, where the heads have a column of numbers.
_BARE: Final = re.compile(
    r"(?<![0-9０-９.．年第])[0-9]{1,3}(?=[\s\u4e00-\u9fff“《])(?!\s?[年月日号个项次天周位家条期章项款名])"
)
_SKIPPED: Final = 2
#: A number that skips counts where its successor is one of so many next ones.
_FURTHER: Final = 4
#: A heading that is printed twice has so many characters.
_SHORTEST: Final = 4
_LONGEST: Final = 100
#: So many characters before a label are looked at for what ends there.
_NEAR: Final = 8
_STOPS: Final = "。；;！!？?）)：:"


class Stretch(NamedTuple):
    """A stretch of the rows between two labels.

    Attributes:
        start: where its label begins.
        body: where what stands behind the label begins.
        end: where it ends, without white space at the end.
        item: whether its label is that of an item, not of a heading.
        rank: the level of its label.
    """

    start: int
    body: int
    end: int
    item: bool
    rank: int


class _Label(NamedTuple):
    start: int
    end: int
    style: int
    number: int


def cut_rows(text: str, begin: int, end: int, *, numbers: bool) -> list[Stretch]:
    """Return the stretches that rows and headings stand in; each begins with its label.

    A label counts where its number goes on with the last one of its style, or begins anew below a heading.

    Args:
        text: the text.
        begin: where the rows begin, behind the heads.
        end: where they end.
        numbers: whether the heads have a column of numbers, whose numbers may have no sign.
    """
    found: list[_Label] = []
    last: dict[int, int] = {}
    place: dict[int, int] = {}  # the last label of each style among those found
    fresh: set[int] = set()  # styles above which a heading stands since their last number
    candidates = _candidates(text, begin, end, numbers=numbers)
    for label, ahead in zip(candidates, _ahead(candidates), strict=True):
        before = text[max(label.start - _NEAR, begin) : label.start].rstrip(BLANK)[-1:]
        known = last.get(label.style)
        apart = not before or before in _STOPS or text[label.start - 1] in BLANK or label.number + 1 in ahead
        if not _fits(label.number, known, fresh=label.style in fresh, apart=apart):
            continue
        if known == label.number and not _is_repeated(text, found, place[label.style], label):
            continue
        place[label.style] = len(found)
        found.append(label)
        last[label.style] = label.number
        fresh.discard(label.style)
        fresh.update(range(label.style + 1, len(styles())))
    if not found:
        return []
    edges = [label.start for label in found[1:]] + [end]
    return [_stretch(text, label, edge) for label, edge in zip(found, edges, strict=True)]


def _stretch(text: str, label: _Label, edge: int) -> Stretch:
    style = styles()[label.style]
    return Stretch(label.start, label.end, _trimmed(text, label.end, edge), style.item, style.rank)


def _candidates(text: str, begin: int, end: int, *, numbers: bool) -> list[_Label]:
    found: list[_Label] = []
    match = label_pattern().match
    for hit in _LABEL.finditer(text, begin, end):
        label = match(text, hit.start(), end)
        if label is None or label.lastindex is None:
            continue
        number = label_number("".join(label[label.lastindex].split()))
        if number is not None:
            found.append(_Label(hit.start(), label.end(), label.lastindex - 1, number))
    if numbers and not any(styles()[label.style].item for label in found):
        item = next(at for at, style in enumerate(styles()) if style.item)
        bare = [_Label(hit.start(), hit.end(), item, int(hit[0])) for hit in _BARE.finditer(text, begin, end)]
        found = sorted([*found, *bare])
    return found


def _ahead(labels: Sequence[_Label]) -> list[tuple[int, ...]]:
    """The numbers of the next labels of the same style, for each label."""
    found: list[tuple[int, ...]] = []
    last: dict[int, tuple[int, ...]] = {}
    for label in reversed(labels):
        known = last.get(label.style, ())
        found.append(known)
        last[label.style] = (label.number, *known[: _FURTHER - 1])
    return found[::-1]


def _fits(number: int, last: int | None, *, fresh: bool, apart: bool) -> bool:
    """Whether a number can stand behind the last one of its style."""
    if last is None:
        return number == 1
    if number in {last + 1, last}:
        return True
    if number == 1:
        return fresh
    return apart and last < number <= last + 1 + _SKIPPED


def _is_repeated(text: str, found: Sequence[_Label], at: int, label: _Label) -> bool:
    """Whether the heading of a label that was found is printed once more, as below the break of a page."""
    if styles()[label.style].item:
        return False
    if at + 1 >= len(found):
        return False
    if found[at + 1].start - found[at].end > _LONGEST:
        return False
    said = text[found[at].end : found[at + 1].start].strip(BLANK)
    return len(said) >= _SHORTEST and text.startswith(said, label.end)


def _trimmed(text: str, begin: int, end: int) -> int:
    while end > begin and text[end - 1] in BLANK:
        end -= 1
    return end
