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
    "is_place",
    "last_place",
    "no_beginnings",
    "normalise",
    "pattern_of",
    "placed_forms",
    "variants_of",
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


class Form(NamedTuple):
    """One way to read a name: the text to look up, and the division that stood in front of it."""

    text: str
    place: str | None = None

    @property
    def level(self) -> Level | None:
        """The level of that division, or of a bare 区 or 市 at the beginning."""
        if self.place and self.place.endswith("自治区"):
            return Level.PROVINCE
        return _UNITS.get(self.place[-1] if self.place else self.text[:1])


def normalise(name: str) -> str:
    """Return the name without white space and with one sort of brackets.

    >>> from gongkai.directory.naming import normalise
    >>> normalise("各街道办事处 （鲁谷社区）")
    '各街道办事处(鲁谷社区)'
    """
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


def last_place(place: str) -> str:
    """Return the last division of a chain.

    >>> from gongkai.directory.naming import last_place
    >>> last_place("北京市东城区")
    '东城区'
    """
    return re.split(r"(?<=[省市州盟])(?=..)|(?<=自治区)(?=..)", place)[-1]


def pattern_of(text: str) -> re.Pattern[str]:
    """Return what a pattern such as 市公安局{区}分局 finds; a word in braces stands for a place.

    >>> from gongkai.directory.naming import pattern_of
    >>> pattern_of("市公安局{区}分局").fullmatch("市公安局东城分局")[1]
    '东城'
    """
    fixed = re.split(r"\{[^{}]+\}", text)
    place = rf"((?!有关|相关|其他)[^{re.escape(_NO_PLACE)}]{{1,12}})"
    return re.compile(place.join(re.escape(part) for part in fixed))


@cache
def _variants() -> tuple[tuple[str, str, bool], ...]:
    return tuple((row["written"], row["for"], row["where"] == "end") for row in rows("variants"))


def variants_of(name: str) -> tuple[str, ...]:
    """Return other spellings of a name, by the table of variants; each rule alone.

    >>> from gongkai.directory.naming import variants_of
    >>> variants_of("区住房和城乡建设委员会")
    ('区住房城乡建设委员会', '区住房和城乡建设委')
    """
    found: list[str] = []
    for written, instead, at_end in _variants():
        if at_end and name.endswith(written) and len(name) > len(written):
            found.append(name.removesuffix(written) + instead)
        elif not at_end and written in name[1:]:
            found.append(name.replace(written, instead))
    return tuple(found)
