"""Deadlines in Chinese: by when, how often, within how long.

The words stand in ``grammar/time.toml``. In a slot (完成时限：…, a table's column) every expression of time
is a deadline; in a sentence only one that says so (年底前, 30日内, 每月), since plans name many times that
are none (2022年冬奥会, “十四五”规划, 24小时值班).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from gongkai.model import Deadline, DeadlineKind, Span, Stated
from gongkai.model._house import trusted
from gongkai.reading.lines import make_span
from gongkai.reading.timefinder import Finder, Hit
from gongkai.reading.timewords import patterns

__all__ = ["Placer", "find_deadlines", "parse_deadline", "why_unread"]

#: No expression of a deadline is longer; a longer text is not tried, nor kept in a cache.
_LONGEST: Final = 120
_build = trusted(Deadline)
_SENTENCE: Final = Stated.SENTENCE
_ONGOING: Final = DeadlineKind.ONGOING

#: The year only lets an expression without one be recognised.
_ANY_YEAR: Final = 2000

#: Gives the place in the source of two offsets into a text.
Placer = Callable[[int, int], Span]


def parse_deadline(text: str, *, year: int | None = None) -> Deadline | None:
    """Read a text that is, as a whole, the expression of a deadline.

    A label (完成时限：) and words like 到 may stand before it, 完成 or a full stop after it;
    ``deadline.text`` is the expression without them. 2024年10月前 and 2024年前 include the month and the year
    that they name, as offices mean them.

    Args:
        text: the expression.
        year: the plan's year, for an expression that names none; today's date is never used.

    Returns:
        The deadline; None where the text is none, where its day does not exist (2月30日), and where its
        year is not known: neither named nor given.

    >>> from gongkai import parse_deadline
    >>> parse_deadline("10月底前", year=2024)
    <Deadline 10月底前 month 2024-10-31>
    >>> parse_deadline("完成时限：每季度末", year=2024)
    <Deadline 每季度末 recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1>
    >>> parse_deadline("征集意见结束后30日内", year=None).event
    '征集意见结束'
    >>> parse_deadline("适时", year=2024)
    """
    return _parse(text, year) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _parse(text: str, year: int | None) -> Deadline | None:
    known = patterns()
    label = known.label.match(text)
    begin = label.end() if label else 0
    hits = _hits(text, year, slot=True)
    if len(hits) == 2 and hits[1][2].kind is _ONGOING and hits[0][1] == hits[1][0]:
        end = hits[1][1]  # 全年持续推进
    elif len(hits) == 1:
        end = hits[0][1]
    else:
        return None
    if not known.tail.fullmatch(text, end):
        return None
    start = hits[0][0]
    if start != begin:
        opening = known.opening.match(text, begin)
        if opening is None or opening.end() != start:
            return None
    return _deadlines(hits[:1], text, None, None)[0]


def find_deadlines(
    text: str, year: int | None, *, stated: Stated, place: int | Placer | None
) -> tuple[Deadline, ...]:
    """Find the deadlines in the sentences of a task, or in a slot.

    Args:
        text: the text. Nothing inside 《》 counts.
        year: the plan's year, for expressions whose sentence names none before them.
        stated: ``sentence``, or ``clause`` or ``column`` for a slot, where 持续推进, 全年 and 2024年10月
            count too.
        place: where the text begins in the source, or what gives the span in the source of two offsets into
            ``text``; without it deadlines have no span.

    Returns:
        The deadlines in order. Those without a year, where it is not known, are left out.

    >>> from gongkai.model import Stated
    >>> from gongkai.reading.deadlines import find_deadlines
    >>> text = "围绕2018年区政府重点任务加强解读,年底前实现“一区一网”,持续推进网站整合。"
    >>> find_deadlines(text, 2018, stated=Stated.SENTENCE, place=None)
    (<Deadline 年底前 year 2018-12-31>,)
    """
    if stated is _SENTENCE:
        hits = _hits(text, year, slot=False)
    else:
        hits = _slot_hits(text, year) if len(text) <= _LONGEST else _hits(text, year, slot=True)
    return _deadlines(hits, text, stated, place) if hits else ()


def why_unread(text: str, year: int | None, stated: Stated) -> str:
    """Return the name of the finding for a slot without a deadline: it lacks a year, or is none at all."""
    dated = year is None and find_deadlines(text, _ANY_YEAR, stated=stated, place=None)
    return "deadline-undated" if dated else "deadline-unread"


@lru_cache(maxsize=4096)
def _shared(words: str) -> str:
    """Return an expression; the deadlines of all plans share one string for it."""
    return words


def _deadlines(
    hits: Sequence[Hit], text: str, stated: Stated | None, place: int | Placer | None
) -> tuple[Deadline, ...]:
    made: list[Deadline] = []
    for start, end, meaning, event in hits:
        kind, due, begins, rule, amount, unit, bound, _, _, _ = meaning
        span: Span | None = None
        if isinstance(place, int):
            span = make_span(place + start, place + end, ())
        elif place is not None:
            span = place(start, end)
        words = _shared(text[start:end])
        made.append(_build(words, kind, due, begins, rule, amount, unit, bound, event, stated, span))
    return tuple(made)


@lru_cache(maxsize=4096)
def _slot_hits(text: str, year: int | None) -> Sequence[Hit]:
    return _hits(text, year, slot=True)


def _hits(text: str, year: int | None, *, slot: bool) -> Sequence[Hit]:
    known = patterns()
    found = (known.slot_start if slot else known.start).search(text)
    return () if found is None else Finder(text, year, slot=slot).run(found.start())
