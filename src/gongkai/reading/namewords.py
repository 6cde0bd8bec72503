"""The words of lists of names, compiled from ``grammar/clauses.toml``; they serve names.py."""

from __future__ import annotations

import re
from functools import cache

from gongkai.reading.grammar import alternatives, table

__all__ = [
    "before_names",
    "before_note",
    "collective_starts",
    "conjunctions",
    "generic",
    "introduction",
    "level_lists",
    "level_ranks",
    "not_in_names",
    "open_pattern",
]


@cache
def open_pattern() -> re.Pattern[str]:
    """等 at the end of a list, and the noun behind it."""
    rule = table("clauses")["open"]
    before = "".join(rule["not_after"])
    return re.compile(rf"(?<=[^{before}、，,]){rule['word']}{{1,2}}(?!级|离子)(.*)$")


@cache
def conjunctions() -> re.Pattern[str]:
    """和 and its like."""
    return re.compile(alternatives(table("clauses")["names"]["conjunctions"]))


@cache
def collective_starts() -> tuple[str, ...]:
    """The words before which 和 always separates names."""
    return tuple(table("clauses")["names"]["collective"])


@cache
def introduction() -> re.Pattern[str]:
    """What stands before the names: 由, 以上任务由."""
    rule = table("clauses")["introduction"]
    *parts, last = [alternatives(words) for words in rule["parts"]]
    begin = "".join([f"(?:{part})?" for part in parts])
    return re.compile(rf"(?:{begin}(?:{last})|{alternatives(rule['alone'])})(?=.)")


@cache
def level_lists() -> re.Pattern[str]:
    """A list of levels with one noun for all of them: 各省、自治区、直辖市人民政府, 市、县（区）人民政府."""
    rules = table("clauses")["levels"]
    level = f"(?:{alternatives(word for rank in rules['ranks'] for word in rank)})"
    bracket = r"(?:[（(][^（）()]{1,12}[）)])?"
    separators = re.escape(table("clauses")["names"]["separators"])
    nouns = alternatives(rules["nouns"])
    begin, end = f"(?<![^{separators}])", f"(?![^{separators}（()）和及与])"
    listed = rf"各?{level}{bracket}(?:(?:[、/]|及|和){level}{bracket}){{1,4}}(?:{nouns}){end}"
    fixed = alternatives(rules["fixed"])
    return re.compile(rf"{begin}{listed}|(?<=各)(?:{fixed})(?:{nouns})?{end}")


@cache
def level_ranks() -> tuple[re.Pattern[str], dict[str, int]]:
    """A level, and the rank of each of them."""
    ranks = {word: rank for rank, words in enumerate(table("clauses")["levels"]["ranks"]) for word in words}
    return re.compile(alternatives(ranks)), ranks


@cache
def not_in_names() -> re.Pattern[str]:
    """Any of the words that no name holds."""
    return re.compile(rf"{alternatives(table('clauses')['names']['never'])}|[0-9０-９]+\s*[年月日]")


@cache
def before_names() -> re.Pattern[str]:
    """Any of the words of prose that may stand before a name."""
    return re.compile(alternatives(table("clauses")["names"]["prose"]))


@cache
def generic() -> frozenset[str]:
    """Words for bodies that name none in particular: 部门, 街道, 学校."""
    rules = table("clauses")
    return frozenset([*rules["bare"]["generic"], *(word for row in rules["slot"] for word in row["words"])])


@cache
def before_note() -> re.Pattern[str]:
    """What begins a note about a body and no clause: 含, 如, 原, 以下统称."""
    return re.compile(alternatives(table("clauses")["bare"]["begins"]))
