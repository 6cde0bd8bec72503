"""How the names of bodies are written: brackets, the division in front, places inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gongkai.directory.tables import rows
from gongkai.model import Level

__all__ = [
    "Form",
    "Pattern",
    "is_place",
    "last_place",
    "level_of_place",
    "national_names",
    "no_beginnings",
    "normalise",
    "pattern_of",
    "placed_forms",
    "places_in",
    "ranked_alike",
    "spelled_alike",
    "without_bracket",
]

#: The last character of a division's name, and the level at which bodies behind it stand.
_UNITS = {
    "区": Level.DISTRICT,
    "县": Level.DISTRICT,
    "旗": Level.DISTRICT,
    "市": Level.CITY,
    "州": Level.CITY,
    "盟": Level.CITY,
    "省": Level.PROVINCE,
}

#: Characters that end or join the names of bodies, so that no division's name in front of one has them.
_NO_PLACE = "局委办部厅署处各、，,；;()"

_BRACKETS = str.maketrans("（）〔〕﹙﹚", "()()()")
_ODD = re.compile(r"[\s（）〔〕﹙﹚]")
_CHAIN = re.compile(r"(?<=[省市州盟])(?=..)|(?<=自治区)(?=..)")

#: What stands in the place of a name inside a pattern, but is none: 有关街道.
_NO_NAMES = ("有关", "相关", "其他")


class Form(NamedTuple):
    """One way to read a name: the text to look up, and the division that stood in front of it."""

    text: str
    place: str | None = None

    @property
    def level(self) -> Level | None:
        """The level of that division, or of a bare 区 or 市 at the beginning."""
        return level_of_place(self.place) if self.place else _UNITS.get(self.text[:1])


def level_of_place(place: str) -> Level | None:
    """Return the level of a division by the end of its name.

    >>> from gongkai.directory.naming import level_of_place
    >>> level_of_place("澄湖区").value, level_of_place("广西壮族自治区").value
    ('district', 'province')
    """
    if place.endswith(("街道", "镇", "乡")):
        return Level.STREET
    return Level.PROVINCE if place.endswith("自治区") else _UNITS.get(place[-1])


def normalise(name: str) -> str:
    """Return the name without white space and with one sort of brackets.

    >>> from gongkai.directory.naming import normalise
    >>> normalise("各街道办事处 （鲁谷社区）")
    '各街道办事处(鲁谷社区)'
    """
    if _ODD.search(name) is None:
        return name
    return "".join(name.split()).translate(_BRACKETS)


def without_bracket(name: str) -> str:
    """Return a normalised name without a bracket at its end: 区政府办公室(区外办) is 区政府办公室."""
    if not name.endswith(")"):
        return name
    opening = name.rfind("(")
    return name[:opening] if opening > 0 else name


@cache
def no_beginnings() -> tuple[str, ...]:
    """Return the words with which no name of a body begins: 以下简称, 通过, 加强."""
    return tuple([row["text"] for row in rows("endings") if row["where"] == "begins" and not row["kind"]])


@cache
def _place() -> re.Pattern[str]:
    units = "".join(_UNITS)
    return re.compile(rf"(?:[^{re.escape(_NO_PLACE)}]{{1,8}}?[{units}])+")


def is_place(text: str) -> bool:
    """Tell whether a text can be the name of a division: 东城区, 北京市东城区, 某某县, XX区."""
    return _place().fullmatch(text) is not None


def placed_forms(name: str) -> Iterator[Form]:
    """Yield the readings of a name with a division in front of it, the shortest division first.

    Any 某某区, 某某市, 某某县 is a division here, also one that exists in no list. The text of a form begins
    with the division's last character: 区 stands for the whole, as it does in the plans of a district itself.

    >>> from gongkai.directory.naming import placed_forms
    >>> [form.text for form in placed_forms("北京市东城区财政局")]
    ['市东城区财政局', '区财政局']
    >>> list(placed_forms("市财政局"))
    [Form(text='市财政局', place=None)]
    """
    if name.startswith(no_beginnings()):
        return
    if name and name[0] in _UNITS:
        yield Form(name)
    for at in range(1, min(len(name) - 1, 24)):
        if name[at] not in _UNITS:
            if name[at] in _NO_PLACE:
                return
            continue
        place = name[: at + 1]
        if name[at - 1] not in _UNITS and is_place(place):
            yield Form(name[at:], place)


def places_in(place: str) -> list[str]:
    """Return the divisions of a chain, the widest first.

    >>> from gongkai.directory.naming import places_in
    >>> places_in("湖南省长沙市天心区")
    ['湖南省', '长沙市', '天心区']
    """
    return _CHAIN.split(place)


def last_place(place: str) -> str:
    """Return the last division of a chain.

    >>> from gongkai.directory.naming import last_place
    >>> last_place("北京市东城区")
    '东城区'
    """
    return places_in(place)[-1]


class Pattern(NamedTuple):
    """A name with a place inside: what stands before the place, and what behind it."""

    head: str
    tail: str

    def place_in(self, name: str) -> str | None:
        """Return the place inside a name, or None where the name is none of the pattern."""
        if not name.startswith(self.head) or not name.endswith(self.tail):
            return None
        place = name[len(self.head) : len(name) - len(self.tail)]
        if not 1 <= len(place) <= 12 or place.startswith(_NO_NAMES):
            return None
        return None if any(character in _NO_PLACE for character in place) else place


def pattern_of(text: str) -> Pattern:
    """Return the pattern of a text such as 市公安局{区}分局; the word in braces stands for a place.

    >>> from gongkai.directory.naming import pattern_of
    >>> pattern_of("市公安局{区}分局").place_in("市公安局东城分局")
    '东城'
    """
    head, _, rest = text.partition("{")
    return Pattern(head, rest.partition("}")[2])


@cache
def _variants() -> tuple[tuple[str, str, str], ...]:
    return tuple([(row["written"], row["for"], row["where"]) for row in rows("variants")])


def spelled_alike(name: str) -> str:
    """Return the one spelling that stands for several, by the table of variants.

    >>> from gongkai.directory.naming import spelled_alike
    >>> spelled_alike("区住房和城乡建设委员会"), spelled_alike("和平区教育局")
    ('区住房城乡建设委', '和平区教育局')
    """
    for written, instead, where in _variants():
        if where == "anywhere":
            if written in name and name.find(written, 1) > 0:
                name = name[0] + name[1:].replace(written, instead)
        elif where == "end" and name.endswith(written) and len(name) > len(written):
            name = name.removesuffix(written) + instead
    return name


def ranked_alike(name: str) -> str:
    """Return the one name that stands for those of a body at all levels: 厅, 局 and 委 are one.

    >>> from gongkai.directory.naming import ranked_alike
    >>> ranked_alike("省农业农村厅") == ranked_alike("省农业农村局")
    True
    """
    name = spelled_alike(name)
    for written, instead, where in _variants():
        if where == "rank" and name.endswith(written) and len(name) > len(written) + 1:
            return name.removesuffix(written) + instead
    return name


def national_names(name: str) -> tuple[str, ...]:
    """Return what a name may stand for in a document of the nation, which leaves out 国家 and its like.

    >>> from gongkai.directory.naming import national_names
    >>> national_names("药监局")[0]
    '国家药监局'
    """
    return tuple([front + name for _, front, where in _variants() if where == "nation"])
