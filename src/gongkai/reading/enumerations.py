"""Enumerations: 一是…二是… as labels, where each has a clause, and for what a report announces."""

from __future__ import annotations

from gongkai.reading.inner_labels import (
    ENUMERATION,
    InnerLabel,
    inner_label,
    inner_labels,
    parts_of,
    set_enumeration,
)
from gongkai.reading.lines import Passage, label_number
from gongkai.reading.segments import split

__all__ = ["cut_enumeration", "enumeration_number", "label_enumerations"]


def label_enumerations(passages: list[Passage]) -> None:
    """Give paragraphs that begin with 一是, 二是… this as their label, where each of them has a clause."""
    run: list[Passage] = []
    for passage in [*passages, None]:
        number = enumeration_number(passage) if passage is not None else None
        if passage is not None and number == len(run) + 1:
            run.append(passage)
            continue
        if len(run) > 1 and all(split(part, square=True)[-1].carries for part in run):
            for part in run:
                set_enumeration(part)
        run = [passage] if passage is not None and number == 1 else []


def cut_enumeration(passage: Passage, *, goes_on: bool) -> list[Passage]:
    """Return an unlabelled passage cut at 一是, 二是…; what begins so has this as its label.

    It counts at the beginning and behind a mark: the first one in any place, the others in their order.

    Args:
        passage: the passage.
        goes_on: whether the passage below goes on with 二是: one entry alone is none otherwise.
    """
    if passage.style >= 0:
        return [passage]
    wanted = 1
    labels: list[InnerLabel] = []
    if (number := enumeration_number(passage)) is not None:  # it may go on with the paragraph above
        wanted = number
    for label in inner_labels(passage.text, 0, len(passage.text)):
        if label.style == ENUMERATION and label.number == wanted and label.before not in {"text", "blank"}:
            labels.append(label)
            wanted += 1
    if not labels or (len(labels) == 1 and labels[0].start and not goes_on):
        return [passage]
    return parts_of(passage, {label.start for label in labels}, labels)


def enumeration_number(passage: Passage) -> int | None:
    """Return the number with which an unlabelled passage begins as 一是 does, or None."""
    found = inner_label().match(passage.text) if passage.style < 0 and "是" in passage.text[1:3] else None
    return label_number(found[0]) if found is not None else None
