"""Titles: which line is one, what sort of document it names, whose it is and of which year."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from gongkai.model import Division, Level, PlanKind
from gongkai.reading.grammar import alternatives, table

__all__ = [
    "clean_title",
    "covered_title",
    "division_in",
    "ends_as_title",
    "is_covering",
    "is_title",
    "kind_of",
    "kind_of_opening",
    "kind_word",
    "last_words",
    "names_of",
    "title_at",
    "year_in",
]

_LONGEST: Final = 120
_LEVELS: Final = (
    ("街道", Level.STREET), ("镇", Level.STREET), ("乡", Level.STREET), ("新区", Level.DISTRICT),
    ("区", Level.DISTRICT), ("县", Level.DISTRICT), ("旗", Level.DISTRICT),
    ("市", Level.CITY), ("州", Level.CITY), ("省", Level.PROVINCE), ("自治区", Level.PROVINCE),
)  # fmt: skip


@cache
def _title() -> re.Pattern[str]:
    words = alternatives(word for row in table("titles")["kind"] for word in row["words"])
    return re.compile(rf"(?:{words})[》〉\"”]?(?:[（(][^（）()]{{1,20}}[)）])*$")


@cache
def _kind_words() -> re.Pattern[str]:
    words = alternatives(word for row in table("titles")["kind"] for word in row["words"])
    return re.compile(rf"(?:{words})[》〉]?")


@cache
def _kinds() -> tuple[tuple[PlanKind, re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = table("titles")["kind"]
    return tuple(
        (
            PlanKind(row["kind"]),
            re.compile(rf"(?:{alternatives(row['words'])})(?:[（(][^（）()]{{1,20}}[)）])*$"),
            re.compile("|".join(row["opening"])) if row["opening"] else None,
        )
        for row in rows
    )


@cache
def _covering() -> re.Pattern[str]:
    return re.compile(table("titles")["notice"]["covering"])


@cache
def _issued() -> re.Pattern[str]:
    return re.compile(r"(?:印发|转发|下发|发布|公布)([^《》]+?)的?通知")


@cache
def _given() -> re.Pattern[str]:
    """What a notice gives without issuing it, where no verb says that it asks for something instead."""
    return re.compile(rf"关于(?!.{{0,12}}(?:{alternatives(table('titles')['notice']['asks'])}))(.+?)的?通知")


_COVERED: Final = re.compile(r"[《〈<](.+)[》〉>]")
_YEAR: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年|([一二][九〇○零0Ｏ][〇○零一二三四五六七八九0]{2})\s*年"
)
#: What goes on with a title behind a word that could end it.
_GOES_ON: Final = ("的", "》", "〉", "”", "及", "和", "与", "、", "任务分", "责任分", "分工", "分解")
_NUMERALS: Final = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
#: A title has no comma outside 《》 and brackets, and does not begin like a sentence.
_PROSE: Final = re.compile(r"[，,；;：:]|^(?:为|根据|按照|依据|现|结合|特制定|制定)")
_QUOTED: Final = re.compile(r"《[^《》]*》|[（(][^（）()]*[)）]")
_DRESSING: Final = re.compile(
    r"^(?:[#*\s]+|附件?\s*\d*\s*[:：.．、]\s*(?:\d+\s*[.．、]\s*)?|附\s?件\s*(?:\d{1,2}(?=(?:19|20)\d\d\s?年)|\d{1,2}(?![\d\s]*年))?\s*|标\s*题\s*[:：]\s*)+"
)
_CLAUSE_MARKS: Final = frozenset("，,、；;。")
_BRACKETED: Final = re.compile(r"[（(][^（）()]{1,20}[)）]")
_ENDS: Final = re.compile(r"[。：:！？]")
#: What follows the name of a division in a title, at the latest.
_AFTER_PLACE: Final = re.compile(
    r"关于|人民政府|政务公开|政府信息|(?:19|20)\d{2}\s*年度?|全[省市区县]|[《〈]"
)
#: What may stand before it: 【已失效】.
_BEFORE_PLACE: Final = re.compile(r"^[【\[（(][^】\])）]{1,6}[】\])）]\s*")
_PLACE: Final = (
    r"[^“”‘’\"《》〈〉，、。：:]*(?:街道|自治[区州县旗]|(?<!市)市(?![场级民容直])|[省区县旗州镇乡])"
)


@cache
def _place() -> re.Pattern[str]:
    """The name of a place at the beginning of a title."""
    return re.compile(_PLACE + "".join(f"(?<!{word})" for word in table("titles")["places"]["never_ends"]))


@cache
def _last_characters() -> frozenset[str]:
    """Every character that a title can end with: a cheap look before the pattern."""
    words = (word for row in table("titles")["kind"] for word in row["words"])
    return frozenset(word[-1] for word in words) | frozenset('》〉"”)）*#|｜')


@cache
def last_words() -> tuple[str, ...]:
    """Return the words that titles end with."""
    return tuple(word for row in table("titles")["kind"] for word in row["words"])


def is_title(text: str) -> bool:
    """Tell whether a line could be a document's title: it ends with the name of a kind of document.

    >>> from gongkai.reading.titles import is_title
    >>> is_title("澄湖区2024年政务公开工作要点"), is_title("为进一步做好工作，特制定本要点。")
    (True, False)
    """
    if text[-1:] not in _last_characters() or not 4 <= len(text) <= _LONGEST or "。" in text:
        return False
    return _is_title(text)


@lru_cache(maxsize=64)
def _is_title(text: str) -> bool:
    """Whether a line that ends as titles do is one; several steps ask it of the same few lines."""
    bare = "".join(clean_title(text).split())
    found = _title().search(bare)
    if found is None or found.start() < 2:  # the kind's name alone is a table's header
        return False
    return _PROSE.search(_QUOTED.sub("", bare)) is None


def title_at(text: str, begin: int = 0) -> int:
    """Return where the title ends that begins at a place, and -1 where none does.

    >>> from gongkai.reading.titles import title_at
    >>> title_at("关于印发2024年政务公开工作要点的通知各科室：现印发给你们。")
    20
    """
    stop = _ENDS.search(text, begin, begin + _LONGEST)
    end = stop.start() if stop else min(begin + _LONGEST, len(text))
    for match in _kind_words().finditer(text, begin, end):
        if not text.startswith(_GOES_ON, match.end()):
            behind = _BRACKETED.match(text, match.end(), end)  # as （征求意见稿）
            after = behind.end() if behind else match.end()
            named = text[begin] == "《" and text[after : after + 1].strip()  # a sentence about it
            if not named and text[after : after + 1] not in _CLAUSE_MARKS and is_title(text[begin:after]):
                return after
    return -1


def clean_title(text: str) -> str:
    """Return a title without what copies put around it: marks of headings, 附件1：, the brackets of a name.

    >>> from gongkai.reading.titles import clean_title
    >>> clean_title("附件：《澄湖区2024年政务公开工作要点》"), clean_title("# 澄湖区2024年政务公开工作要点")
    ('澄湖区2024年政务公开工作要点', '澄湖区2024年政务公开工作要点')
    """
    dressing = _DRESSING.match(text)
    bare = text[dressing.end() :] if dressing is not None else text
    bare = bare.rstrip("*# |｜\u3000")
    whole = bare[:1] == "《" and bare.find("》") == len(bare) - 1
    return bare[1:-1] if whole else bare


def ends_as_title(text: str) -> bool:
    """Tell whether a line is nothing but the last word of a title (工作要点)."""
    found = _title().fullmatch(text)
    return found is not None


def is_covering(title: str) -> bool:
    """Tell whether a title is that of a notice that issues another document (关于印发《…》的通知)."""
    return _covering().search(title) is not None and kind_word(title) is PlanKind.NOTICE


def covered_title(title: str) -> str | None:
    """Return the title inside a covering notice's title, or None."""
    found = _COVERED.search(title)
    return found[1] if found and is_covering(title) else None


@lru_cache(maxsize=64)
def kind_word(title: str) -> PlanKind | None:
    """Return the kind of document that the last words of a title name, or None."""
    return next((kind for kind, words, _ in _kinds() if words.search(title)), None)


def _unmarked(title: str) -> str | None:
    """Return the title that a covering notice names without 《》, or None."""
    found = _issued().search(title) if is_covering(title) else None
    return found[1] if found else None


def kind_of(title: str) -> PlanKind | None:
    """Return the kind that a title names: for a covering notice, the kind of what it issues."""
    inner = covered_title(title) or _unmarked(title)
    kind = (kind_word(inner) if inner else None) or kind_word(title)
    if kind is PlanKind.NOTICE and (named := _given().search(title)) is not None:
        given = kind_word(named[1])  # as 关于2024年重点工作安排的通知
        return given if given in {PlanKind.PLAN, PlanKind.TASK_TABLE} else kind
    return kind


def kind_of_opening(text: str) -> PlanKind | None:
    """Return the kind that a document's first sentence declares, or None."""
    return next((kind for kind, _, opening in _kinds() if opening and opening.match(text)), None)


def names_of(kind: PlanKind) -> tuple[str, str]:
    """Return what a kind of document is called in Chinese and in English."""
    rows = table("titles")
    row = next((row for row in rows["kind"] if row["kind"] == kind), rows["other"])
    return row["zh"], row["en"]


def year_in(text: str) -> int | None:
    """Return the first year that a text names, or None."""
    found = _YEAR.search(text)
    if found is None:
        return None
    return int(found[1]) if found[1] else int(found[2].translate(_NUMERALS))


def division_in(title: str) -> Division | None:
    """Return the division that a title begins with, or None.

    >>> from gongkai.reading.titles import division_in
    >>> division_in("北京市东城区2024年政务公开工作要点"), division_in("2022年全区政务公开工作要点")
    (<Division 北京市东城区>, None)
    >>> division_in("2022年住房城乡建设局任务台账") is None
    True
    """
    bare = _BEFORE_PLACE.sub("", clean_title(title), 1)
    head = next((part for part in _AFTER_PLACE.split(bare, maxsplit=2) if part.strip()), "")
    found = _place().match(head)
    name = "".join(found[0].split()) if found else ""
    if len(name) < 2 or len(name) > 20:
        return None
    level = next(level for ending, level in _LEVELS if name.endswith(ending))
    return Division(name, level=level)
