"""What sort of body a name is, by how it begins and ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.directory.naming import level_of_place, no_beginnings, normalise, placed_forms, without_bracket
from gongkai.directory.tables import rows
from gongkai.model import DepartmentKind, Level

__all__ = ["Group", "group_of", "is_joined", "kind_by_ending"]

#: Longer texts are sentences.
_LONGEST_NAME = 40

_SEPARATORS = frozenset('、，,；;。：:！？!?《》“”"')

#: A name may quote: 省“互联网+政务服务”联席办.
_QUOTED = re.compile(r"“([^“”]*)”")

#: Words that join two bodies. Between the parts of one name (文化和旅游局) they have no body on their left.
_CONJUNCTIONS = ("以及", "和", "及", "与", "或", "会同", "商请")

#: Between levels that one noun is for: 各市、县人民政府.
_LEVELS: Final = re.compile(r"(?<=[省市县区州盟旗镇乡])、(?=[省市县区州盟旗镇乡自直])")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")

#: 各 and 区属 say all of them, 有关 and its like say some of them.
_ALL = ("各", "全体", "所有", "全部", "区属", "市属", "县属", "局属", "所属")
_SOME = ("有关", "相关", "其他", "其它", "部分")


class _Ending(NamedTuple):
    where: str
    text: str
    kind: DepartmentKind | None

    def fits(self, forms: tuple[str, ...]) -> bool:
        name = forms[0]
        if self.where == "begins":
            return any(form.startswith(self.text) for form in forms)
        if self.where == "is":
            return name == self.text
        return name.endswith(self.text) and (len(self.text) > 1 or len(name) > 1)


class Group(NamedTuple):
    """A collective by its grammar: the noun, whether it means all of them, and the ids in the directory."""

    noun: str
    all_of_them: bool
    id: str | None


@cache
def _endings() -> tuple[_Ending, ...]:
    return tuple(
        _Ending(row["where"], row["text"], DepartmentKind(row["kind"]) if row["kind"] else None)
        for row in rows("endings")
    )


@cache
def _endings_of(last: str) -> tuple[_Ending, ...]:
    """The lines that can fit a name with that last character, in their order."""
    return tuple(ending for ending in _endings() if ending.where == "begins" or ending.text[-1] == last)


@cache
def _nouns() -> dict[str, dict[str, dict[str, str]]]:
    """The rows of the nouns, by noun and scope; longer nouns first."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in sorted(rows("collective_nouns"), key=lambda row: -len(row["noun"])):
        found.setdefault(row["noun"], {})[row["scope"]] = row
    return found


@cache
def _noun_texts() -> tuple[str, ...]:
    return tuple(_nouns())


def group_of(name: str) -> Group | None:
    """Return what a collective expression means, or None: 各部门, 区政府有关部门, 其他单位, 行业主管部门.

    The name is expected in its normal form.

    >>> from gongkai.directory.kinds import group_of
    >>> group_of("区属各有关单位")
    Group(noun='单位', all_of_them=False, id='c-related-units2')
    >>> group_of("国务院有关部门").id, group_of("各县(市、区)人民政府").id
    ('c-sc-related', 'c-all-counties')
    >>> group_of("各项工作") is None
    True
    """
    if len(name) > _LONGEST_NAME:
        return None
    plain = _BRACKETED.sub(lambda found: found[1].replace("、", ""), name) if "(" in name else name
    if "、" in plain:
        plain = _LEVELS.sub("", plain)
    if not plain.endswith(_noun_texts()) or not _SEPARATORS.isdisjoint(plain):
        return None
    noun = next(noun for noun in _nouns() if plain.endswith(noun))
    row = _nouns()[noun][""] if "" in _nouns()[noun] else next(iter(_nouns()[noun].values()))
    before = plain[: -len(noun)]
    some = any(word in before for word in _SOME)
    every = any(word in before for word in _ALL)
    if any(word in before and group_of(before.partition(word)[0]) for word in _CONJUNCTIONS):
        return None
    if not (some or every) and row["bare"] != "yes":
        return None
    column = "some" if some else "all"
    if not (some or every):  # 行业主管部门 is the same without 有关; 财政部门 is nothing that can be listed
        known = row["some"] if row["some"] == row["all"] else ""
        return Group(noun, False, known or None)
    scope = _scope(before)
    if scope and len(_nouns()[noun]) > 1:
        row = _nouns()[noun].get(scope, {"all": "", "some": ""})
    return Group(noun, not some, row[column] or None)


def _scope(before: str) -> str:
    """Whose bodies a collective speaks of, by what stands before the noun: 省直各部门, 国务院有关部门."""
    if before.startswith(("国", "中央", "全国")):
        return "nation"
    if before.startswith("省") or "自治区" in before[:8]:
        return "province"
    place = next((form.place for form in placed_forms(before) if form.place), None)
    if before.startswith("市") or place is not None:
        level = Level.CITY if before.startswith("市") else level_of_place(place or "")
        return {Level.CITY: "city", Level.PROVINCE: "province"}.get(level or Level.DISTRICT, "")
    return ""


@lru_cache(maxsize=8192)
def kind_by_ending(name: str) -> DepartmentKind | None:
    """Return what sort of body the name is by the table of endings, or None where it is the name of none.

    >>> from gongkai.directory.kinds import kind_by_ending
    >>> kind_by_ending("澄湖区档案事务局").value, kind_by_ending("总体部署")
    ('organ', None)
    """
    name = normalise(name)
    if "“" in name:
        name = _QUOTED.sub(r"\1", name)
    if not name or len(name) > _LONGEST_NAME or not _SEPARATORS.isdisjoint(name):
        return None
    plain = without_bracket(name)
    if plain.startswith(no_beginnings()):
        return None
    if group_of(name) is not None:
        return DepartmentKind.COLLECTIVE
    forms = (plain, *(form.text for form in placed_forms(plain)))
    return next((ending.kind for ending in _endings_of(plain[-1]) if ending.fits(forms)), None)


def is_joined(name: str) -> bool:
    """Tell whether a name is two bodies joined by 和 and its like: 农业农村部和林草局.

    >>> from gongkai.directory.kinds import is_joined
    >>> is_joined("农业农村部和林草局"), is_joined("文化和旅游部")
    (True, False)
    """
    for word in _CONJUNCTIONS:
        at = name.find(word, 1)
        while at > 0:
            left, right = name[:at], name[at + len(word) :]
            if right and kind_by_ending(left) is not None and kind_by_ending(right) is not None:
                return True
            at = name.find(word, at + 1)
    return False
