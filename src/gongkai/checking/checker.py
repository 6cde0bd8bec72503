"""``check``: every rule, one after the other."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import Final, cast

from attrs import frozen

from gongkai.checking import beside, bodies, responsibility, writing
from gongkai.checking.subject import Found, Subject
from gongkai.directory import Directory
from gongkai.errors import InvalidValue
from gongkai.model import Finding, Plan
from gongkai.model._display import Shown
from gongkai.model.catalogue import Entry, entries

__all__ = ["RULES", "Rule", "catalogue", "check", "in_order"]


@frozen
class Rule(Shown):
    """One thing that is checked.

    Attributes:
        name: its row in the catalogue.
        find: yields a place, the key of a task or section, and the facts for the message, for each finding.
    """

    name: str
    find: Callable[[Subject], Found]


#: All rules, in the order of their codes.
RULES: Final = (
    Rule("nobody-responsible", responsibility.nobody_responsible),
    Rule("no-clauses", responsibility.no_clauses),
    Rule("nobody-leads", responsibility.nobody_leads),
    Rule("no-deadline", responsibility.no_deadline),
    Rule("no-deadlines", responsibility.no_deadlines),
    Rule("deadline-before-plan", responsibility.deadline_before_plan),
    Rule("deadline-other-year", responsibility.deadline_other_year),
    Rule("deadline-later-year", responsibility.deadline_later_year),
    Rule("department-unknown", bodies.unknown),
    Rule("department-unlisted", bodies.unlisted),
    Rule("department-misspelt", bodies.misspelt),
    Rule("department-obsolete", bodies.obsolete),
    Rule("department-ambiguous", bodies.ambiguous),
    Rule("one-body-two-names", bodies.two_names),
    Rule("two-bodies-one-function", bodies.one_function),
    Rule("place-left", bodies.place_left),
    Rule("number-skipped", writing.number_skipped),
    Rule("number-repeated", writing.number_repeated),
    Rule("labels-mixed", writing.labels_mixed),
    Rule("brackets-mixed", writing.brackets_mixed),
    Rule("punctuation-mixed", writing.punctuation_mixed),
    Rule("bracket-unbalanced", writing.bracket_unbalanced),
    Rule("section-empty", writing.section_empty),
    Rule("said-twice", writing.said_twice),
    Rule("not-carried", beside.not_carried),
    Rule("deadline-kept", beside.deadline_kept),
    Rule("departments-lost", beside.departments_lost),
)


@cache
def catalogue() -> dict[str, Entry]:
    """Every finding that a check can make, by the name of its rule.

    >>> from gongkai.checking import catalogue
    >>> catalogue()["nobody-responsible"].code
    'C101'
    """
    text = files("gongkai.checking").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return entries(tomllib.loads(text))


def check(
    plan: Plan,
    *,
    against: Plan | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    directory: Directory | None = None,
) -> tuple[Finding, ...]:
    """Look for what is missing, odd or inconsistent in a plan.

    What the reader noticed stays in ``plan.findings``; a check looks at the plan itself, wherever it came
    from.

    Args:
        plan: the plan.
        against: another plan to check it beside: last year's, or that of the level above.
        select: the codes to look for, or their beginnings (``C2`` for all about departments); all without it.
        ignore: codes or beginnings to leave out.
        directory: who is who; the shipped one without it.

    Returns:
        The findings, those without a place first, then in the order of the text.

    Raises:
        InvalidValue: ``plan`` or ``against`` is no plan, or a code begins no code of the catalogue.

    >>> import gongkai
    >>> plan = gongkai.parse(\"\"\"澄湖区2024年政务公开工作要点
    ... 1.公开老旧小区改造进展。（区住房城市建设委负责，完成时限：2023年10月）
    ... 2.公开招生计划。
    ... \"\"\")
    >>> for found in gongkai.check(plan, ignore=["C112"]):
    ...     print(found.code, found.zh)
    C202 “区住房城市建设委”是否为“区住房城乡建设委”
    C114 完成时限“2023年10月”在2023年，早于文件年份2024
    C101 没有责任单位
    C111 没有完成时限
    """
    for name, given in (("plan", plan), *((("against", against),) if against is not None else ())):
        if not isinstance(cast(object, given), Plan):
            raise InvalidValue("check", name, given, "a Plan")
    codes = [entry.code for entry in catalogue().values()]
    expected = f"a code or its beginning: {', '.join(codes)}"
    wanted = beginnings("check.select", select, codes, expected)
    unwanted = beginnings("check.ignore", ignore, codes, expected)
    subject = Subject(plan, against, directory or Directory.default())
    found: list[Finding] = []
    for rule in RULES:
        entry = catalogue()[rule.name]
        if (select is None or entry.code.startswith(wanted)) and not entry.code.startswith(unwanted):
            found += [entry.finding(span, key, **facts) for span, key, facts in rule.find(subject)]
    return in_order(plan, found)


def in_order(plan: Plan, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the text, those without a place first."""
    order = {block.key: at for at, block in enumerate(plan.walk()) if block.kind != "paragraph"}
    return tuple(sorted(found, key=lambda item: _place(item, order)))


def _place(found: Finding, order: dict[str | None, int]) -> tuple[int, int, str]:
    start = -1 if found.span is None else found.span.start
    return start, order.get(found.key, -1), found.code


def beginnings(
    name: str, given: Iterable[str] | None, codes: Collection[str], expected: str
) -> tuple[str, ...]:
    """Return codes or their beginnings as they are asked for, one or several.

    Raises:
        InvalidValue: one begins none of the codes; ``name`` is the function and its argument.
    """
    asked = (given,) if isinstance(given, str) else tuple(given or ())
    for beginning in asked:
        if not beginning or not any(code.startswith(beginning) for code in codes):
            owner, _, field = name.partition(".")
            raise InvalidValue(owner, field, beginning, expected)
    return asked
