"""The words of rules for a whole document, compiled from ``grammar/clauses.toml``; they serve rules.py."""

from __future__ import annotations

import re
from functools import cache

from gongkai.reading.grammar import alternatives, any_of, holds_any, table

__all__ = ["first_rule", "may_have_rules", "others_cooperate", "rule_words", "standing_rule"]

#: What stands between the words of a rule.
_NEAR = r"[^。；;，,、：:（()）]"
_END = r"[。；;，,、（()）\s]|$"


@cache
def rule_words() -> re.Pattern[str]:
    """Any of the words that no rule is without."""
    return re.compile(alternatives(_words()))


def may_have_rules(text: str) -> bool:
    """A cheap look before the patterns are tried."""
    return holds_any(text, _words())


@cache
def _words() -> tuple[str, ...]:
    rules = table("clauses")
    return (*rules["first"]["words"], *rules["standing"]["parts"][0])


@cache
def first_rule() -> re.Pattern[str]:
    """The rule that the first body named leads: 列第一位者为牵头单位, 牵头单位列首位.

    >>> from gongkai.reading.rulewords import first_rule
    >>> first_rule().search("区甲局负责，排在第一位的部门为牵头部门，下同")[0]
    '第一位的部门为牵头'
    >>> first_rule().search("牵头部门要把公开放在首位") is None
    True
    """
    rules = table("clauses")["first"]
    first, leads, nouns, links, order = [
        f"(?:{alternatives(rules[name])})" for name in ("words", "leads", "nouns", "links", "order")
    ]
    who = rf"(?:[的者]?\s?{nouns}?\s?{links}|[的者]?\s?{nouns}|者)"
    return re.compile(
        rf"{first}\s?{who}\s?{leads}(?!的)|{first}的?{leads}(?={_END})|{leads}{nouns}?[均都应]?{order}{first}(?={_END})"
    )


@cache
def standing_rule() -> re.Pattern[str]:
    """The rule that somebody answers for all tasks below: 以下均需甲局落实; ``says`` is who in which role."""
    return re.compile(rf"(?:{any_of([table('clauses')['standing']])})(?P<says>[^。；;：:（()）\n]{{2,80}})")


@cache
def others_cooperate() -> re.Pattern[str]:
    """What may follow the rule, and says what the others do: …，其余为配合单位."""
    rules = table("clauses")["first"]
    others, part = alternatives(rules["others"]), alternatives(rules["cooperate"])
    return re.compile(f"{_NEAR}{{0,8}}[，,；;、]?(?:{others}){_NEAR}{{0,8}}?(?:{part})")
