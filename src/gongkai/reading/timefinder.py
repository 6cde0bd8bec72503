"""Which expressions of time in a text are deadlines: what stands around them decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from gongkai.model import DeadlineKind
from gongkai.reading import times
from gongkai.reading.times import Groups, Meaning, Years
from gongkai.reading.timetables import words
from gongkai.reading.timewords import family, patterns

__all__ = ["Finder", "Hit"]

_ONGOING, _WITHIN = DeadlineKind.ONGOING, DeadlineKind.WITHIN

#: How far before a duration the event is looked for that it counts from, and the words between the two.
_EVENT: Final = 48
_BETWEEN: Final = 12


#: A deadline in a text: where its words start and end, what they mean, and the event it counts from.
Hit: TypeAlias = tuple[int, int, Meaning, str | None]


@cache
def _title_marks() -> re.Pattern[str]:
    return re.compile(f"[{''.join(words()['marks']['title'])}]")


def _without_titles(text: str) -> str:
    """Blank what stands in 《》, keeping every offset: times in the titles of documents are no deadlines."""
    opening, closing = words()["marks"]["title"]
    if opening not in text:
        return text
    outside, *titled = text.split(opening)
    pieces = [outside]
    for part in titled:
        title, closed, rest = part.partition(closing)
        if not closed:
            return _without_inner_titles(text, opening)
        pieces.append("\0" * (len(title) + 2) + rest)
    return "".join(pieces)


def _without_inner_titles(text: str, opening: str) -> str:
    """Do the same where titles stand in titles, or one is not closed."""
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
        whole: words for all of a year.
    """

    stops: str
    joints: str
    openings: tuple[str, ...]
    goals: tuple[str, ...]
    status: tuple[str, ...]
    verbs: str
    whole: tuple[str, ...]


#: What reads each family of expressions.
_READERS: Final[dict[str, Callable[[Groups], Meaning | None]]] = {
    "recurring": times.recurring,
    "plan": times.plan,
    "span": times.span,
    "numeric": times.numeric,
    "dated": times.point,
    "point": times.point,
    "within": times.within,
    "ongoing": times.ongoing,
}
#: The families whose year may be that of the sentence or of the plan.
_YEARLESS: Final = frozenset(("span", "point"))

#: What expressions mean, by all that decides it: their family and words, the year of the sentence and of the
#: plan, and whether a sign before them forbids it. Plans repeat the same few hundred.
_meanings: Final[dict[tuple[str, str, int | None, int | None, bool], Meaning | None]] = {}
_MOST_MEANINGS: Final = 2048


def _read(found: re.Match[str], name: str, groups: Groups) -> Meaning | None:
    """Read an expression that was not met before."""
    match = family(name).match(found.string, found.start())
    if match is not None:
        groups.update(match.groupdict(""))
    try:
        return _READERS[name](groups)
    except (ValueError, OverflowError):  # a day, a month or a year that does not exist
        return None


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
        whole=tuple(words()["years"]["whole"]),
    )


class Finder:
    """Goes through a text from left to right and keeps the deadlines.

    Args:
        text: the text. What stands in titles is no deadline.
        year: the plan's year.
        slot: whether the text is a slot, where every time is a deadline.
    """

    __slots__ = ("_bare", "_begun", "_hits", "_plan", "_slot", "_source", "_text", "_years")

    def __init__(self, text: str, year: int | None, *, slot: bool) -> None:
        self._source = text
        self._text = _without_titles(text)
        self._slot = slot
        self._plan = year
        self._years: Years | None = None
        self._hits: list[Hit] = []
        self._bare: Hit | None = None  # a time that is a deadline if the next is: 9月21日、12月9日前
        self._begun: Hit | None = None  # a time from which on the next recurs: 2024年起每季度

    def run(self, position: int) -> list[Hit]:
        """Return the deadlines; the first expression begins at the position."""
        known, text = patterns(), self._text
        read = known.expression.match
        search = (known.slot_start if self._slot else known.start).search
        while True:
            match = read(text, position)
            if match is None:
                end = position + 1
            else:
                end = match.end()
                meaning = self._meaning(match, match.lastgroup or "")
                if meaning is None:
                    pass
                elif meaning.due is None:
                    self._weigh_undated(position, end, meaning)
                else:
                    end = self._weigh(position, end, meaning)
            found = search(text, end)
            if found is None:
                break
            position = found.start()
        if self._begun is not None and self._slot and not self._hits:
            self._keep_begun(self._begun)
        return self._hits

    def _meaning(self, match: re.Match[str], name: str) -> Meaning | None:
        year, bound = None, False
        if name == "within":
            start = match.start()
            bound = start > 0 and self._text[start - 1] in words()["within"]["not_after"]
        elif name in _YEARLESS:
            if self._years is None:
                self._years = Years(self._text, self._plan)
            year = self._years.at(match.start())
        key = (name, match[0], year, self._plan, bound)
        try:
            return _meanings[key]
        except KeyError:
            if len(_meanings) >= _MOST_MEANINGS:
                _meanings.clear()
            meaning = _meanings[key] = _read(match, name, Groups(year, self._plan, bound=bound))
            return meaning

    def _weigh(self, start: int, end: int, meaning: Meaning) -> int:
        """Keep a time if it is a deadline; return where to go on."""
        behind = patterns().after.match(self._text, end)
        how = None if behind is None else behind.lastgroup
        if behind is not None and how == "starting":
            self._begun = (start, behind.end(), meaning, None) if meaning.first else None
            return behind.end()
        if how == "passing":
            return end
        if self._counts(start, end, meaning, done=how == "done"):
            if self._bare is not None and self._listed(self._bare[1], start):
                self._hits.append(self._bare)
            self._keep((start, end, meaning, None))
        elif not meaning.alone:
            self._bare = (start, end, meaning, None)
        return end

    def _weigh_undated(self, start: int, end: int, meaning: Meaning) -> None:
        """Keep what recurs, lasts or is a duration if it is a deadline."""
        event = None
        begun, self._begun = self._begun, None
        if meaning.kind is _WITHIN:
            if self._slot or meaning.closed:
                start, event = self._event(start)
        elif begun is not None and begun[1] == start:
            start, meaning = begun[0], meaning._replace(start=begun[2].first)
        if meaning.closed if not self._slot else not meaning.alone or self._stands_alone(start, end):
            self._keep((start, end, meaning, event))

    def _keep(self, hit: Hit) -> None:
        self._hits.append(hit)
        self._bare = None

    def _keep_begun(self, begun: Hit) -> None:
        """Keep what begins at a time and goes on, if nothing else is said: 2024年6月起."""
        text, (start, end, meaning, event) = self._text, begun
        if patterns().tail.fullmatch(text, end):
            end = start + len(text[start:end].rstrip(" ，,\u3000"))
            self._keep((start, end, Meaning(_ONGOING, start=meaning.first), event))

    def _counts(self, start: int, end: int, meaning: Meaning, *, done: bool) -> bool:
        """Whether a time is a deadline."""
        if self._slot:
            return not meaning.alone or self._stands_alone(start, end)
        around, text = _around(), self._text
        before = start
        while before and start - before < 4 and text[before - 1] == " ":
            before -= 1
        if text.endswith(around.status, 0, before):
            return False
        if meaning.closed:
            return True
        if done:  # but 全年完成情况 is no limit
            return not text.endswith(around.whole, start, end)
        if text[end : end + 1] not in around.stops or not text.endswith(around.goals, 0, before):
            return False
        verb = text[max(before - 2, 0) : max(before - 1, 0)]
        return not (verb and verb in around.verbs)

    def _stands_alone(self, start: int, end: int) -> bool:
        text, around = self._text, _around()
        last = self._hits[-1][1] if self._hits else 0
        tail = patterns().tail.match(text, end)
        after = end if tail is None else tail.end()
        if after < len(text) and text[after] not in around.joints and text[after - 1] not in around.stops:
            return False
        return start == last or text[start - 1] in around.joints or text.endswith(around.openings, 0, start)

    def _listed(self, start: int, end: int) -> bool:
        between = self._text[start:end] if end - start <= _BETWEEN else ""
        return len(between.strip()) == 1 and between.strip() in words()["marks"]["list"]

    def _event(self, start: int) -> tuple[int, str | None]:
        """Return where a duration begins with the event that it counts from, and that: 公示结束后30日内."""
        known = patterns()
        last = self._hits[-1][1] if self._hits else 0
        low = max(start - _EVENT, last)
        joint = known.event.search(self._text, max(start - _BETWEEN, low), start)
        if joint is None:
            return start, None
        segment = _breaks().split(self._text[low : joint.start()])[-1]
        since = [found.end() for found in known.since.finditer(segment) if found[1]]
        begin = joint.start() - len(segment) + (since[-1] if since else 0)
        event = self._source[begin : joint.start()].strip()
        cut = begin == low > 0 and not since  # the event may begin before what was looked at
        return (start, None) if not event or cut else (begin, event)


@cache
def _breaks() -> re.Pattern[str]:
    marks = words()["marks"]
    return re.compile(f"[{re.escape(marks['sentence'] + marks['clause'])}]")
