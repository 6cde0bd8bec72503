"""The texts of a row of a comparison: what stays, goes and comes in them, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from gongkai.comparing.diffing.redlining import redline
from gongkai.model import Task
from gongkai.views._text import clean

__all__ = ["WIDTHS", "Mark", "Marked", "Paragraph", "legible", "marks", "shortened", "text_paragraphs"]

Mark: TypeAlias = Literal[
    "same",
    "removed",
    "added",
    "renamed",
    "counterpart",
    "succeeded",
    "preceded",
    "soft",
    "contested",
    "end",
]
"""Whether something stays, goes or comes, what two names are to each other, that it matters less, or that
copies contradict each other about it. At an ``end``, which has no text, a paragraph of the old plan ends
within one of the new."""

Marked: TypeAlias = tuple[Mark, str]
"""A text and its mark."""

Paragraph: TypeAlias = tuple[Marked, ...]

#: With less than this share of common characters, old and new words in turn are harder to read than one after
#: the other.
_LEGIBLE: Final = 0.35

#: Full-width and half-width forms of one sign; which of them a copy of a document has says nothing.
WIDTHS: Final = {
    ord(wide): narrow for wide, narrow in zip("，：；（）！？．“”‘’", ",:;()!?.\"\"''", strict=True)
}

#: How many characters stay on each side of a change where a long text is shortened.
_AROUND: Final = 60


def marks(old: str, new: str) -> Paragraph:
    """The redline of two texts, in which a sign and its other width are the same sign."""
    place, back = 0, 0
    runs: list[Marked] = []
    for mark, text in redline(old.translate(WIDTHS), new.translate(WIDTHS)):
        if mark == "removed":
            runs.append((mark, old[back : back + len(text)]))
        else:
            runs.append((mark, new[place : place + len(text)]))
        back += len(text) if mark != "added" else 0
        place += len(text) if mark != "removed" else 0
    return tuple(runs)


def legible(old: str, new: str) -> tuple[Paragraph, ...]:
    """The redline where it can be read, else the old text and below it the new one."""
    runs = marks(old, new)
    kept = sum(len(text) for mark, text in runs if mark == "same")
    if old and new and kept < _LEGIBLE * max(len(old), len(new)):
        return (*_split_lines([("removed", old)]), *_split_lines([("added", new)]))
    return _split_lines(runs)


def _split_lines(runs: Sequence[Marked]) -> tuple[Paragraph, ...]:
    """Cut runs at their line feeds: each new task of a row is a paragraph."""
    paragraphs: list[list[Marked]] = [[]]
    for mark, text in runs:
        for place, part in enumerate(text.split("\n")):
            if place and mark != "removed":
                paragraphs.append([])
            if place and mark != "added":
                paragraphs[-1].append(("end", ""))
            if part:
                paragraphs[-1].append((mark, part))
    return tuple([tuple(runs) for runs in paragraphs if runs])


def text_paragraphs(old: Sequence[Task], new: Sequence[Task]) -> tuple[Paragraph, ...]:
    """The texts of the tasks of a row: marked where there are two sides, else as they stand."""
    before = "\n".join([clean(task.text) for task in old])
    after = "\n".join([clean(task.text) for task in new])
    if not old or not new or before == after:
        return tuple([(("same", text),) for text in (after or before).split("\n")])
    return legible(before, after)


def shortened(paragraphs: Sequence[Paragraph], length: int | None) -> tuple[Paragraph, ...]:
    """Leave out of texts that are longer than ``length`` together what stands far from any change.

    >>> runs = (("same", "甲" * 200), ("added", "乙"), ("same", "丙" * 3))
    >>> [(mark, len(text)) for mark, text in shortened([runs], 100)[0]]
    [('same', 61), ('added', 1), ('same', 3)]
    """
    if length is None or sum(len(text) for runs in paragraphs for _, text in runs) <= length:
        return tuple(paragraphs)
    left = length
    found: list[Paragraph] = []
    for runs in paragraphs:
        kept: list[Marked] = []
        for place, (mark, text) in enumerate(runs):
            short = _around(text, place > 0, place < len(runs) - 1) if mark == "same" else text
            if left <= 0:
                break
            if len(short) > left:
                short = short[:left] + "…"
            left -= len(short)
            kept.append((mark, short))
        if kept:
            found.append(tuple(kept))
        if left <= 0:
            break
    return tuple(found)


def _around(text: str, after: bool, before: bool) -> str:
    """The ends of a text that stand by a change; all of one that stands by none."""
    start = text[: _AROUND * after]
    end = text[max(len(text) - _AROUND, 0) :] if before else ""
    if not (start or end) or len(start) + len(end) + 1 >= len(text):
        return text
    return f"{start}…{end}"
