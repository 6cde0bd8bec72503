"""The draft and its copies as a table: what each asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongkai.merging import Action, Merge
from gongkai.model import Plan
from gongkai.views._diff_page_parts import source_facts
from gongkai.views._html import Html, join, tag
from gongkai.views._merge_voices import who_word
from gongkai.views._parts_html import Look, fold, table
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["copies_part"]

#: With more copies than this, the table folds.
_FEW: Final = 4

_MADE: Final = frozenset((Action.APPLIED, Action.COMBINED, Action.DERIVED))


def copies_part(merge: Merge, tokens: Mapping[str, str], look: Look) -> Html:
    """The draft and its copies, each with how many changes it made and what became of them.

    Args:
        merge: the merge.
        tokens: what filters by each copy.
        look: how it is shown.
    """
    say = look.say
    heads = [
        (say["merge.copy"], "who"),
        (say["merge.file"], ""),
        *[(say[f"merge.{name}"], "tally") for name in ("asked", "taken", "against", "others_done")],
    ]
    rows = [_row(merge, name, token, say) for name, token in tokens.items()]
    base = tag("td", say["merge.base"], class_="gk-body")
    rows.insert(0, tag("tr", base, tag("td", _file(merge.base, None, say)), *[tag("td")] * 4))
    inside = table(heads, rows, name=say["merge.copies"])
    few = len(merge.copies) <= _FEW
    note = say.count("merge.copies_n", len(merge.names))
    return tag("div", fold(say["merge.copies"], note, inside, unfolded=few), class_="gk-copies gk-plans")


def _row(merge: Merge, name: str, token: str, say: Words) -> Html:
    button = tag(
        "button",
        who_word(name, say),
        type="button",
        class_="gk-name",
        data_group="w",
        data_token=token,
        data_only=True,
        aria_pressed="false",
    )
    told = merge.of(name)
    made = sum(one.action in _MADE for one in told)
    open_ = sum(name in one.by for one in merge.conflicts)
    rest = sum(one.action not in {*_MADE, Action.OPEN} for one in told)
    plans = [plan for each, plan in merge.copies if each == name]
    cells = [
        tag("td", str(number) if number else "—", data_name=say[f"merge.{head}"])
        for head, number in zip(
            ("asked", "taken", "against", "others_done"),
            (made + open_ + rest, made, open_, rest),
            strict=True,
        )
    ]
    files = join([tag("span", _file(plan, merge.base, say), class_="gk-line") for plan in plans])
    return tag("tr", tag("td", button, class_="gk-body", lang="zh-CN"), tag("td", files), *cells)


def _file(plan: Plan, base: Plan | None, say: Words) -> Html:
    """Where a plan is from, and what it is called, unless that is what the draft is called."""
    title = clean(plan.title) or say["headings.untitled"]
    told = [tag("span", title, lang="zh-CN")] if base is None or plan.title != base.title else []
    facts = source_facts(plan.source, say)[:2]
    told += [tag("span", clean(value), class_="gk-soft") for _, value in facts if value]
    return join(told, " · ")
