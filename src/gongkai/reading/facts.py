"""What holds for a document as a whole: its kind and its year, and what is odd about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from gongkai.model import Finding, PlanKind, Record
from gongkai.reading.findings import finding
from gongkai.reading.lines import Passage
from gongkai.reading.titles import kind_of, kind_of_opening, names_of, year_in

__all__ = ["final_kind", "first_kind", "year_of"]

#: So much of a text tells whether it is Chinese, and so many letters at least make it another language.
_SAMPLE: Final = 4000
_FEWEST_LETTERS: Final = 40
#: In such a text more letters than this stand for each Chinese character.
_LETTERS: Final = 20
#: A deadline with its year: 2022年9月底前, 2022年年底前.
_BY_YEAR: Final = re.compile(r"(20\d{2})\s?年(?:[年底末内]|\s?\d{1,2}\s?月[^，。；]{0,6}前)")


def first_kind(title: str, text: str, opening: Sequence[Passage], findings: list[Finding]) -> PlanKind | None:
    """Return the kind that a document declares: by its title, its first sentence, or its language."""
    if title:
        return kind_of(title)
    findings.append(finding("no-title"))
    if _is_foreign(text):
        findings.append(finding("not-chinese"))
        return PlanKind.OTHER
    return kind_of_opening(opening[0].text) if opening else None


def _is_foreign(text: str) -> bool:
    """Whether next to no Chinese stands in a text."""
    sample = text[:_SAMPLE]
    letters = len(re.findall("[A-Za-z]", sample))
    return letters > max(_FEWEST_LETTERS, _LETTERS * len(re.findall("[\u4e00-\u9fff]", sample)))


def final_kind(kind: PlanKind | None, tasks: int, rows: int, findings: list[Finding]) -> PlanKind:
    """Return a document's kind; note where it is no plan, or has no tasks.

    Args:
        kind: what it declares.
        tasks: how many tasks it has.
        rows: how many of them are rows of tables.
        findings: where the findings go.
    """
    if kind is None:
        kind = PlanKind.PLAN if tasks else PlanKind.OTHER
    elif kind is PlanKind.NOTICE and tasks:
        kind = PlanKind.PLAN
    if kind is PlanKind.PLAN and 2 * rows > tasks:
        kind = PlanKind.TASK_TABLE
    if kind in {PlanKind.REPORT, PlanKind.NOTICE, PlanKind.OTHER}:
        zh, en = names_of(kind)
        findings.append(finding("not-a-plan", kind_zh=zh, kind_en=en))
    elif not tasks:
        findings.append(finding("no-tasks"))
    return kind


def year_of(
    title: str,
    record: Record,
    preamble: Sequence[Passage],
    body: Sequence[Passage],
    findings: list[Finding],
) -> int | None:
    """Return the plan's year: from title, number, date of issue, preamble, else the most usual deadline."""
    year = year_in(title)
    if year is not None:
        return year
    number, issued = record.document_number, record.issued_on
    subtitle = next((value for key, value in record.others if key == "题注"), "")
    named = next((found for passage in preamble if (found := year_in(passage.text))), None)
    for found, zh, en in (
        (year_in(subtitle) if subtitle else None, "题注", "the line below the title"),
        (number.year if number else None, "发文字号", "the document number"),
        (issued.year if issued else None, "成文日期", "the date of issue"),
        (named, "序言", "the preamble"),
    ):
        if found is not None:
            findings.append(finding("year-not-in-title", year=found, source_zh=zh, source_en=en))
            return found
    year = _year_of_deadlines(body)
    if year is None:
        findings.append(finding("no-year"))
    else:
        findings.append(
            finding("year-not-in-title", year=year, source_zh="完成时限", source_en="the deadlines")
        )
    return year


def _year_of_deadlines(body: Sequence[Passage]) -> int | None:
    """Return the year that most deadlines of a text name; of several the first year."""
    years = Counter([year for passage in body for year in _BY_YEAR.findall(passage.text)])
    return int(min(years, key=lambda year: (-years[year], year))) if years else None
