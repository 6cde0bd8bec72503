"""Names of bodies that nothing separates: 区财政局区教育局各街道.

A name begins with its level (区, 市, 省), with 各 and its like, or with what the directory lists; it ends
where the directory or its table of endings lets a name end. Of several ways to part a stretch the one is
taken in which most characters belong to names that are listed, or that the text prints elsewhere as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.directory import Directory, classify
from gongkai.directory.tables import rows
from gongkai.model import DepartmentKind
from gongkai.reading.grammar import alternatives, table
from gongkai.reading.names import is_body, is_listed

__all__ = ["Name", "NameFinder", "Run", "Runs", "is_group", "split_abutting"]

#: Names that nothing separates are no longer than this.
_LONGEST: Final = 26
#: Nor one that the directory does not list than this.
_LONGEST_SHAPE: Final = 14
_LONGEST_GROUP: Final = 18
#: What a character counts in a name that the directory lists, in a collective, in a name by its shape alone.
_LISTED: Final = 1.0
_GROUP: Final = 0.9
_SHAPE: Final = 0.7
_AREA: Final = 0.8
#: What each name costs, so that one long name is taken before two short ones.
_COST: Final = 0.6
#: A longer name counts less where the shorter one that it begins with is printed much more often.
_RARE: Final = 0.3
_OFTEN: Final = 3
#: So does a collective that a table of more rows than this prints once: 市县两级政府部门.
_MANY: Final = 5
_ALONE: Final = 0.25
#: Two names that abut have so many characters at least; longer than that is no cell of names.
_SHORTEST_PAIR: Final = 6
_LONGEST_PAIR: Final = 200

#: Collectives of divisions are short (各设区市), and so are those without 各 (相关单位).
_DIVISIONS: Final = frozenset("省市区县乡镇村")
_LONGEST_DIVISIONS: Final = 8
_SOME: Final = ("有关", "相关", "其他", "其它")
_LONGEST_SOME: Final = 10

#: The sorts of bodies of which one without a level may stand directly behind another: 省财政厅人社厅.
_ALIKE: Final = frozenset([DepartmentKind.ORGAN, DepartmentKind.OFFICE])

#: What stands between names; a blank may be an empty cell.
_BETWEEN: Final = "、，,；;/／ \u3000\u00a0\t\r\n"
_BREAKS: Final = re.compile("[、，,；;。：:！!？?《》 \u3000\u00a0\t\r\n]")
_QUOTES: Final = str.maketrans("", "", '“”"＂+＋')
_OPENING: Final = re.compile("[（(]")
_BRACKET: Final = re.compile(r"[（(][^（）()。；]{1,24}[)）]")


class _Candidate(NamedTuple):
    """A name that may begin at some place: where it ends, and how much it counts."""

    end: int
    weight: float


class Name(NamedTuple):
    """A name in a run: where it stands."""

    start: int
    end: int


class Run(NamedTuple):
    """Names one behind the other.

    Attributes:
        names: where they stand, in order.
        score: how much they count.
    """

    names: tuple[Name, ...]
    score: float

    @property
    def start(self) -> int:
        """Where the first one begins."""
        return self.names[0].start

    @property
    def end(self) -> int:
        """Where the last one ends."""
        return self.names[-1].end


@cache
def _first_words() -> re.Pattern[str]:
    """How a name can begin where no separator stands before it."""
    rows = table("tables")["begins"]
    return re.compile(f"[{rows['levels']}]|{alternatives(rows['words'])}")


@cache
def _joints() -> re.Pattern[str]:
    """What may stand between two names of one list."""
    words = alternatives(table("tables")["begins"]["joints"])
    open_ = "|".join(table("tables")["begins"]["open"])
    return re.compile(rf"[{_BETWEEN}]*+(?:(?:{words})|等(?={open_}))?[{_BETWEEN}]*+")


@cache
def _areas() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{alternatives(table('tables')['begins']['areas'])})")


@cache
def _last_characters() -> frozenset[str]:
    """Every character that a name can end with: a cheap look before the directory is asked."""
    ends = {row["text"][-1] for row in rows("endings") if row["where"] != "begins" and row["kind"]}
    nouns = {row["noun"][-1] for row in rows("collective_nouns")}
    names = {name[-1] for organ in Directory.default().organs for name in organ.names}
    return frozenset(ends | nouns | names)


@cache
def _goes_on() -> frozenset[str]:
    """Words inside which no name ends: the 部 of 部门."""
    return frozenset(table("tables")["begins"]["not_before"])


def is_group(name: str) -> bool:
    """Tell whether a name is a collective: 各部门, 各县（市、区）政府.

    >>> from gongkai.reading.tables.names import is_group
    >>> is_group("各县（市、区）政府"), is_group("区财政局")
    (True, False)
    """
    return DepartmentKind.COLLECTIVE in {classify(name), classify(_BRACKET.sub("", name))}


@lru_cache(maxsize=16384)
def _weight(name: str) -> tuple[float, str | None]:
    """What a character of a name counts, 0 for what is no name; and the division that stands in front."""
    plain = name.translate(_QUOTES)
    rules = table("tables")["begins"]
    if len(plain) < 2 or plain.endswith(tuple(rules["never_last"])) or not is_body(plain) or _is_two(plain):
        return 0, None
    if is_group(plain):
        whole = (
            len(plain) <= _LONGEST_GROUP
            and _is_one_group(plain)
            and not any(word in plain for word in rules["never_group"])
        )
        return (_GROUP if whole else 0), None
    if not is_listed(plain):
        odd = len(plain) > _LONGEST_SHAPE or any(word in plain for word in rules["never"])
        odd = odd or any(map(str.isdigit, plain)) or _ends_as_another(plain)
        return (0 if odd else _SHAPE), None
    found = Directory.default().resolve(plain)
    if found.step != "name" and any(word in plain for word in rules["never"]):
        return 0, None
    return _LISTED, found.place if found.place and plain.startswith(found.place) else None


def _is_one_group(name: str) -> bool:
    """Whether a collective has before 各 only what can stand there, and is not two."""
    at = name.rfind("各")
    if name[-1] in _DIVISIONS and (at or len(name) > _LONGEST_DIVISIONS):
        return False
    if at <= 0:
        return at == 0 or not name.startswith(_SOME) or len(name) <= _LONGEST_SOME
    return "各" not in name[:at] and name[:at].endswith(tuple(table("tables")["begins"]["before_each"]))


def _ends_as_another(name: str) -> bool:
    """Whether a name that is not listed ends with one that is: text and a name behind it."""
    levels = table("tables")["begins"]["levels"]
    return any(name[at] in levels and is_listed(name[at:]) for at in range(2, len(name) - 2))


def _is_two(name: str) -> bool:
    """Whether a text is two names that abut: a level stands behind the end of a body."""
    levels = table("tables")["begins"]["levels"]
    for at in range(3, len(name) - 1):
        if name[at] in levels and name[at - 1] in _last_characters() and is_body(name[at:]):
            kind = classify(name[:at])
            if kind is not None and kind is not DepartmentKind.COLLECTIVE:
                return True
    return False


class Runs:
    """The best rows of names in a window, by the place where they end.

    Args:
        best: for each such place the score, where the last name begins, and where the name before it ends (-1
            for none).
    """

    def __init__(self, best: Mapping[int, tuple[float, int, int]]) -> None:
        self._best = best

    def best(self, least: float) -> Run | None:
        """Return the one with the highest score, if that is ``least`` or more."""
        last = max(self._best, key=lambda end: self._best[end][0], default=-1)
        return None if last < 0 else self.ending(last, least)

    def ending(self, last: int, least: float) -> Run | None:
        """Return the one that ends at a place, if its score is ``least`` or more."""
        if last not in self._best or self._best[last][0] < least:
            return None
        names: list[Name] = []
        end = last
        while end >= 0:
            _, start, before = self._best[end]
            names.append(Name(start, end))
            end = before
        return Run(tuple(names[::-1]), self._best[last][0])


class NameFinder:
    """Finds rows of names in windows of a text.

    Args:
        text: the text.
        places: divisions that the document speaks of, which may stand in front of a name.
        offices: whether units of one department are named, which have no level in front: 财务处.
    """

    def __init__(self, text: str, places: Iterable[str] = (), *, offices: bool = False) -> None:
        self.text = text
        self.places = frozenset(places)
        words = [re.escape(place) for place in sorted(self.places, key=len, reverse=True)]
        rules = table("tables")["begins"]
        signs = [
            *(place[0] for place in self.places),
            *rules["levels"],
            *(word[0] for word in rules["words"]),
        ]
        if offices:
            words.append(f"(?:{alternatives(rules['offices'])})[{rules['office_ends']}]")
            signs += [word[0] for word in rules["offices"]]
        self.first = re.compile("|".join([*words, _first_words().pattern]))
        self.signs = frozenset(signs)  # what such words begin with: a cheap look before the pattern
        self.firsts: set[int] = set()  # where they stand, of the windows that were looked at
        self.candidates: dict[int, list[_Candidate]] = {}
        self.counts: Counter[str] = Counter()
        self.rows = 0

    def look(self, begin: int, end: int, *, apart: bool = True) -> None:
        """Collect the names in a window, so that what is printed often counts more everywhere.

        Args:
            begin: where the window begins.
            end: where it ends.
            apart: whether something ends before the window, so that any name may begin it.
        """
        self.rows += 1
        text, signs, match = self.text, self.signs, self.first.match
        ends: set[int] = set()
        before = ""
        for at, character in enumerate(text[begin:end], begin):
            edge = before in _BETWEEN and at > begin
            before = character
            free = edge or (apart and at == begin)
            first = character in signs and match(text, at) is not None
            if not (free or first or at in ends):
                continue
            found = self._names_at(at, end, areas=edge)
            if not (free or first):  # 办公室宣传处
                found = [one for one in found if one.weight == _LISTED]
            if found:
                self.candidates[at] = found
                self.counts.update([text[at : one.end] for one in found])
                ends.update([one.end for one in found])
                if first:
                    self.firsts.add(at)

    def _names_at(self, at: int, end: int, *, areas: bool) -> list[_Candidate]:
        text = self.text
        found: list[_Candidate] = []
        stop = min(end, at + _LONGEST)
        broken = _BREAKS.search(text, at, stop)
        if broken is not None and (opened := _OPENING.search(text, at, broken.start())) is not None:
            bracket = _BRACKET.match(text, opened.start(), stop)  # 各县（市、区）政府
            broken = _BREAKS.search(text, bracket.end(), stop) if bracket is not None else broken
        stop = broken.start() if broken else stop
        lasts, goes_on = _last_characters(), _goes_on()
        for last in range(at + 2, stop + 1):
            if text[last - 1] not in lasts or text[last - 1 : last + 1] in goes_on:
                continue
            weight, place = _weight(text[at:last])
            if not weight or (place is not None and not self._is_place(place)):
                continue
            found.append(_Candidate(last, weight))
            bracket = _BRACKET.match(text, last, end)
            if bracket is not None and is_body(bracket[0][1:-1]):
                found.append(_Candidate(bracket.end(), weight))
        if areas:
            area = _areas().match(text, at, stop)
            if area is not None and all(one.end != area.end() for one in found):
                found.append(_Candidate(area.end(), _AREA))
        return sorted(found) if len(found) > 1 else found

    def _is_place(self, place: str) -> bool:
        """Whether a division is one that is known, not text that happens to end with its last character."""
        return place in self.places or Directory.default().division(place) is not None

    def runs(self, begin: int, end: int, *, apart: bool = True) -> Runs:
        """Return the best rows of names in a window, by where they end; see :meth:`look`."""
        best: dict[int, tuple[float, int, int]] = {}  # by end: score, where its last name begins, end before
        reach: dict[int, int] = {}  # from where a name can go on to the end of the name before
        for at in range(begin, end):
            if at not in self.candidates:
                continue
            candidates = self.candidates[at]
            before = reach.get(at, -1)
            goes_on = before >= 0
            free = at in self.firsts or (apart and at == begin)
            if not free and not goes_on:
                continue
            if not free and before == at and not self._is_alike(best[at][1], at, candidates):
                continue
            base = best[before][0] if goes_on else 0.0
            for one in candidates:
                if one.end > end or (one.weight == _AREA and not goes_on):
                    continue
                score = base + self._score(at, one, candidates, alone=not goes_on)
                if one.end not in best or score > best[one.end][0]:
                    best[one.end] = (score, at, before)
                    self._reach(one.end, end, best, reach)
        return Runs(best)

    def _reach(
        self, last: int, end: int, best: Mapping[int, tuple[float, int, int]], reach: dict[int, int]
    ) -> None:
        """Note from where a name can go on behind one that ends at a place."""
        joint = _joints().match(self.text, last, end)
        after = last if joint is None else joint.end()
        known = reach.get(after, -1)
        if known < 0 or known == last or best[known][0] < best[last][0]:
            reach[after] = last

    def _is_alike(self, start: int, at: int, candidates: Sequence[_Candidate]) -> bool:
        """Whether a name without a level can stand directly behind another: 处 behind 处, no 办公室."""
        kind = classify(self.text[start:at])
        return kind in _ALIKE and any(classify(self.text[at : one.end]) is kind for one in candidates)

    def _score(self, at: int, one: _Candidate, others: Sequence[_Candidate], *, alone: bool) -> float:
        weight = one.weight
        count = self.counts[self.text[at : one.end]]
        if weight < _LISTED:
            shorter = max(
                [self.counts[self.text[at : two.end]] for two in others if two.end < one.end], default=0
            )
            if shorter >= _OFTEN and count * _OFTEN <= shorter:
                weight *= _RARE
            elif alone and weight == _GROUP and count == 1 and self.rows > _MANY:
                weight *= _ALONE
        return weight * (one.end - at) - _COST


@lru_cache(maxsize=8192)
def split_abutting(text: str) -> str:
    """Return a cell of bodies with a separator between names that abut.

    >>> from gongkai.reading.tables.names import split_abutting
    >>> split_abutting("区财政局区教委、各街道"), split_abutting("区政府办公室")
    ('区财政局、区教委、各街道', '区政府办公室')
    """
    parts = re.split(f"([{_BETWEEN}]+)", text)
    return "".join([_parted(part) if not at % 2 else part for at, part in enumerate(parts)])


def _parted(part: str) -> str:
    if len(part) < _SHORTEST_PAIR or len(part) > _LONGEST_PAIR or is_listed(part):
        return part
    finder = NameFinder(part)
    finder.look(0, len(part))
    run = finder.runs(0, len(part)).ending(len(part), 0)
    if run is None or run.start:
        return part
    names = [part[name.start : name.end] for name in run.names]
    if any(name in table("tables")["begins"]["whole"] for name in names[:-1]):
        return part
    return "、".join(names) if sum(map(len, names)) == len(part) else part
