"""Which expressions of time in a text are deadlines: what stands around them decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.model import DeadlineKind
from gongkai.reading import times
from gongkai.reading.times import Meaning, Years
from gongkai.reading.timetables import words
from gongkai.reading.timewords import patterns

__all__ = ["Finder", "Hit"]

Reader = Callable[[re.Match[str], Years], Meaning | None]

#: How far before a duration the event is looked for that it counts from, and the words between the two.
_EVENT: Final = 48
_BETWEEN: Final = 12


class Hit(NamedTuple):
    """A deadline in a text: where its words stand, what they mean, and the event it counts from."""

    start: int
    end: int
    meaning: Meaning
    event: str | None = None


@cache
def _title_marks() -> re.Pattern[str]:
    return re.compile(f"[{''.join(words()['marks']['title'])}]")


def _without_titles(text: str) -> str:
    """Blank what stands in 《》, keeping every offset: times in the titles of documents are no deadlines."""
    opening, _ = words()["marks"]["title"]
    if opening not in text:
        return text
    pieces: list[str] = []
    depth = last = begin = 0
    for mark in _title_marks().finditer(text):
        if mark[0] == opening:
            begin, depth = (begin, depth + 1) if depth else (mark.start(), 1)
        elif depth:
            depth -= 1
            if not depth:
                pieces += [text[last:begin], "\0" * (mark.end() - begin)]
                last = mark.end()
    return "".join([*pieces, text[last:]])


class _Around(NamedTuple):
    """What may stand beside an expression.

    Attributes:
        stops: signs that part a slot.
        joints: the same, and words that join (并).
        openings, goals, status: words before a time, before an aim (到), before a report (截至).
        verbs: characters that make 到 part of a verb.
    """

    stops: str
    joints: str
    openings: tuple[str, ...]
    goals: tuple[str, ...]
    status: tuple[str, ...]
    verbs: str


@lru_cache(maxsize=256)
def _readers(first: str) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Return the families of expressions that can begin with a character, in the order of trial."""
    known, tables = patterns(), words()
    numerals, recurring, within = tables["numerals"], tables["recurring"], tables["within"]
    plans = tables["five_year_plans"]["plans"]
    digit = first.isdecimal() or first in numerals["digits"] or first == numerals["ten"]
    durations = [numerals["half"], numerals["hundred"], *within["min_before"], *within["max_before"]]
    families: list[tuple[bool, re.Pattern[str], Reader]] = [
        (
            _opens(first, [*recurring["every"], *recurring["by"], *recurring["slot"]]),
            known.recurring,
            times.recurring,
        ),
        (_opens(first, [*tables["marks"]["quotes"], *plans]), known.plan, times.plan),
        (True, known.span, times.span),
        (digit, known.numeric, times.point),
        (True, known.point, times.point),
        (digit or _opens(first, durations), known.within, times.within),
        (_opens(first, tables["ongoing"]["words"]), known.ongoing, times.ongoing),
    ]
    return tuple((pattern, reader) for opens, pattern, reader in families if opens)


def _opens(first: str, listed: list[str]) -> bool:
    return any(word.startswith(first) for word in listed)


@cache
def _around() -> _Around:
    marks, opening = words()["marks"], words()["opening"]
    stops = marks["sentence"] + marks["clause"] + marks["list"] + " \u3000"
    return _Around(
        stops=stops,
        joints=stops + "".join(words()["ongoing"]["joints"]),
        openings=tuple(opening["words"]),
        goals=tuple(opening["goal"]),
        status=tuple(opening["status"]),
        verbs="".join(opening["verbs"]),
    )


class Finder:
    """Goes through a text from left to right and keeps the deadlines.

    Args:
        text: the text; ``finder.text`` is the same with titles blanked.
        year: the plan's year.
        slot: whether the text is a slot, where every time is a deadline.
    """

    __slots__ = ("_bare", "_begun", "_hits", "_slot", "_source", "_years", "text")

    def __init__(self, text: str, year: int | None, *, slot: bool) -> None:
        self._source = text
        self.text = _without_titles(text)
        self._slot = slot
        self._years = Years(self.text, year)
        self._hits: list[Hit] = []
        self._bare: Hit | None = None  # a time that is a deadline if the next is: 9月21日、12月9日前
        self._begun: Hit | None = None  # a time from which on the next recurs: 2024年起每季度

    def at(self, position: int) -> int:
        """Read the expression that may stand at a position; return where to go on."""
        for pattern, reader in _readers(self.text[position]):
            match = pattern.match(self.text, position)
            if match is None or match.end() == position:
                continue
            try:
                meaning = reader(match, self._years)
            except (ValueError, OverflowError):  # a day, a month or a year that does not exist
                meaning = None
            return match.end() if meaning is None else self._weigh(Hit(position, match.end(), meaning))
        return position + 1

    def finish(self) -> tuple[Hit, ...]:
        """Return the deadlines."""
        begun = self._begun
        if (
            begun is not None
            and self._slot
            and not self._hits
            and patterns().tail.fullmatch(self.text, begun.end)
        ):
            lasting = Meaning(DeadlineKind.ONGOING, start=begun.meaning.first)
            end = begun.start + len(self.text[begun.start : begun.end].rstrip(" ，,\u3000"))
            self._hits.append(Hit(begun.start, end, lasting))
        return tuple(self._hits)

    def _weigh(self, hit: Hit) -> int:
        """Keep an expression if it is a deadline; return where to go on."""
        known = patterns()
        _, end, meaning, _ = hit
        if meaning.due is not None:
            starting = known.starting.match(self.text, end)
            if starting is not None:
                self._begun = hit._replace(end=starting.end()) if meaning.first else None
                return starting.end()
            if known.passing.match(self.text, end):
                return end
        else:
            hit = self._from_begun(hit)
        if meaning.kind is DeadlineKind.WITHIN:
            hit = self._from_event(hit)
        if self._counts(hit):
            bare = self._bare
            if bare is not None and meaning.due is not None and self._listed(bare.end, hit.start):
                self._hits.append(bare)
            self._hits.append(hit)
            self._bare = None
        elif meaning.due is not None and not meaning.alone:
            self._bare = hit
        return end

    def _counts(self, hit: Hit) -> bool:
        if self._slot:
            return not hit.meaning.alone or self._stands_alone(hit.start, hit.end)
        around = _around()
        before = hit.start
        while before and hit.start - before < 4 and self.text[before - 1] == " ":
            before -= 1
        if hit.meaning.due is None:
            return hit.meaning.closed
        if self.text.endswith(around.status, 0, before):
            return False
        if hit.meaning.closed:
            return True
        if patterns().done.match(self.text, hit.end):  # but 全年完成情况 is no limit
            return not self.text.endswith(tuple(words()["years"]["whole"]), hit.start, hit.end)
        after = self.text[hit.end : hit.end + 1]
        verb = self.text[max(before - 2, 0) : max(before - 1, 0)]
        aims = self.text.endswith(around.goals, 0, before) and not (verb and verb in around.verbs)
        return aims and after in around.stops

    def _stands_alone(self, start: int, end: int) -> bool:
        text, around = self.text, _around()
        last = self._hits[-1].end if self._hits else 0
        tail = patterns().tail.match(text, end)
        after = end if tail is None else tail.end()
        if after < len(text) and text[after] not in around.joints and text[after - 1] not in around.stops:
            return False
        return start == last or text[start - 1] in around.joints or text.endswith(around.openings, 0, start)

    def _listed(self, start: int, end: int) -> bool:
        between = self.text[start:end] if end - start <= _BETWEEN else ""
        return len(between.strip()) == 1 and between.strip() in words()["marks"]["list"]

    def _from_begun(self, hit: Hit) -> Hit:
        begun, self._begun = self._begun, None
        if begun is None or begun.end != hit.start or hit.meaning.kind is DeadlineKind.WITHIN:
            return hit
        return hit._replace(start=begun.start, meaning=hit.meaning._replace(start=begun.meaning.first))

    def _from_event(self, hit: Hit) -> Hit:
        """Let a duration begin with the event that it counts from: 在征集意见结束后30日内."""
        known = patterns()
        low = max(hit.start - _EVENT, self._hits[-1].end if self._hits else 0)
        joint = known.event.search(self.text, max(hit.start - _BETWEEN, low), hit.start)
        if joint is None:
            return hit
        segment = _breaks().split(self.text[low : joint.start()])[-1]
        since = [found.end() for found in known.since.finditer(segment) if found[1]]
        begin = joint.start() - len(segment) + (since[-1] if since else 0)
        event = self._source[begin : joint.start()].strip()
        cut = begin == low > 0 and not since  # the event may begin before what was looked at
        return hit if not event or cut else hit._replace(start=begin, event=event)


@cache
def _breaks() -> re.Pattern[str]:
    marks = words()["marks"]
    return re.compile(f"[{re.escape(marks['sentence'] + marks['clause'])}]")
