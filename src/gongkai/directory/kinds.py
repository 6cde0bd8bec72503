"""What sort of body a name is, by how it begins and ends."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from gongkai.directory.naming import no_beginnings, normalise, placed_forms, without_bracket
from gongkai.directory.tables import rows
from gongkai.model import DepartmentKind

__all__ = ["Group", "group_of", "is_joined", "kind_by_ending"]

#: Longer texts are sentences.
_LONGEST_NAME = 40

_SEPARATORS = frozenset('、，,；;。：:！？!?《》“”"')

#: Words that join two bodies. Between the parts of one name (文化和旅游局) they have no body on their left.
_CONJUNCTIONS = ("以及", "和", "及", "与", "或", "会同", "商请")

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
def _nouns() -> tuple[dict[str, str], ...]:
    return tuple(sorted(rows("collective_nouns"), key=lambda row: -len(row["noun"])))


@cache
def _noun_texts() -> tuple[str, ...]:
    return tuple(row["noun"] for row in _nouns())


def group_of(name: str) -> Group | None:
    """Return what a collective expression means, or None: 各部门, 区政府有关部门, 其他单位, 行业主管部门.

    The name is expected in its normal form.

    >>> from gongkai.directory.kinds import group_of
    >>> group_of("区属各有关单位")
    Group(noun='单位', all_of_them=False, id='c-related-units2')
    >>> group_of("各项工作") is None
    True
    """
    if len(name) > _LONGEST_NAME or not _SEPARATORS.isdisjoint(name):
        return None
    plain = name.replace("(", "").replace(")", "")
    if not plain.endswith(_noun_texts()):
        return None
    row = next(row for row in _nouns() if plain.endswith(row["noun"]))
    before = plain[: -len(row["noun"])]
    some = any(word in before for word in _SOME)
    every = any(word in before for word in _ALL)
    if any(word in before and group_of(before.partition(word)[0]) for word in _CONJUNCTIONS):
        return None
    if not (some or every):
        return Group(row["noun"], False, None) if row["bare"] == "yes" else None
    foreign = before.startswith(("市", "省", "国", "中央"))
    return Group(row["noun"], not some, None if foreign else row["some" if some else "all"] or None)


@lru_cache(maxsize=8192)
def kind_by_ending(name: str) -> DepartmentKind | None:
    """Return what sort of body the name is by the table of endings, or None where it is the name of none.

    >>> from gongkai.directory.kinds import kind_by_ending
    >>> kind_by_ending("澄湖区档案事务局").value, kind_by_ending("总体部署")
    ('organ', None)
    """
    name = normalise(name)
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
