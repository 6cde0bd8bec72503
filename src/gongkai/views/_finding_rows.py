"""Findings of one plan or of several: where they are, the words that they are about, flat records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypedDict, cast, final

from attrs import field, frozen

from gongkai.model import Finding, PlaceKind, Plan, Severity, Source
from gongkai.model._display import Shown
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = [
    "Checked",
    "FindingList",
    "FindingRecord",
    "Quote",
    "checked_of",
    "finding_place",
    "finding_places",
    "finding_records",
    "hint_of",
    "line_of",
    "message_of",
    "quotation",
    "quote",
    "severity_counts",
]

#: How many characters of the text stand around a place, and how many of the place itself are quoted.
_AROUND: Final = 10
_LONGEST: Final = 24
#: On a line of more characters a place has its column too: the line alone would send a person searching.
_LONG_LINE: Final = 200


def _findings(value: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(value)


@final
@frozen
class Checked(Shown):
    """What was found in one file.

    Attributes:
        name: the file, as whoever asked named it.
        plan: the plan.
        findings: what was found.
    """

    name: str
    plan: Plan
    findings: tuple[Finding, ...] = field(converter=_findings)


@final
@frozen
class FindingList:
    """The findings of several files, to be drawn as tables."""

    files: tuple[Checked, ...]


class FindingRecord(TypedDict):
    """One finding, flat. Offsets and lines are those of the source text; lines and columns count from 1."""

    file: str
    code: str
    severity: str
    zh: str
    en: str
    key: str | None
    start: int | None
    end: int | None
    line: int | None
    column: int | None
    text: str | None
    hint: str


class Quote(NamedTuple):
    """The words of a place, and those around it."""

    before: str
    inside: str
    after: str


def checked_of(given: Plan | Checked | Iterable[Checked]) -> FindingList:
    """Return what was found, file by file; of a plan what was noticed while reading.

    Raises:
        TypeError: something else is among it.
    """
    if isinstance(given, Plan):
        return FindingList((Checked("", given, given.findings),))
    files = (given,) if isinstance(given, Checked) else tuple(given)
    for each in cast("tuple[object, ...]", files):
        if not isinstance(each, Checked):
            raise TypeError(f"no findings in {type(each).__name__}; give a plan or views.Checked(…)")
    return FindingList(files)


def finding_records(checked: Plan | Checked | Iterable[Checked]) -> list[FindingRecord]:
    r"""Return findings as flat records, file by file.

    ``start`` and ``end`` are offsets of characters in the source text, ``line`` and ``column`` where that
    begins, from 1; ``text`` is what stands there. They are None where a finding has no place, or the text is
    not at hand.

    >>> import gongkai
    >>> from gongkai import views
    >>> plan = gongkai.parse("澄湖区2024年要点\n1.公开计划。\n3.公开目录。\n")
    >>> record, = views.finding_records(plan)
    >>> record["code"], record["line"], record["column"], record["text"]
    ('R201', 3, 1, '3.')

    Raises:
        TypeError: it is no plan and nothing that was checked.
    """
    return [_record(finding, each) for each in checked_of(checked).files for finding in each.findings]


def _record(finding: Finding, checked: Checked) -> FindingRecord:
    source, span = checked.plan.source, finding.span
    text = source.text if source is not None else None
    line, column = (None, None) if span is None or text is None else line_of(text, span.start)
    return {
        "file": checked.name,
        "code": finding.code,
        "severity": finding.severity.value,
        "zh": finding.zh,
        "en": finding.en,
        "key": finding.key,
        "start": span.start if span is not None else None,
        "end": span.end if span is not None else None,
        "line": line,
        "column": column,
        "text": span.of(text) if span is not None and text is not None else None,
        "hint": finding.hint,
    }


def line_of(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and the column of a character, both from 1.

    >>> line_of("一、总则\n1.公开", 7)
    (2, 3)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def finding_place(finding: Finding, source: Source | None, say: Words) -> str:
    """Where a finding is: the sheet and cell or the page, else the line of the source; or a task's key.

    In a line of more than 200 characters the column is told too.
    """
    if finding.span is None or source is None or source.text is None:
        return clean(finding.key or "")
    names = {place.kind: clean(place.name) for place in source.places_of(finding.span.start)}
    if sheet := names.get(PlaceKind.SHEET):
        return f"{sheet} {names.get(PlaceKind.CELL, '')}".strip()
    if page := names.get(PlaceKind.PAGE):
        return say["findings.page"].format(page=page)
    line, column = line_of(source.text, finding.span.start)
    begin = finding.span.start - column + 1
    if source.text.find("\n", begin, begin + _LONG_LINE + 1) >= 0 or len(source.text) - begin <= _LONG_LINE:
        return say.count("counts.line", line)
    return say.count("counts.line_column", line, column=str(column))


def finding_places(finding: Finding, source: Source | None, say: Words) -> list[str]:
    r"""Where a finding is, in the file and in the plan: its place, and the key of what it is about.

    >>> from gongkai import Source, Span
    >>> from gongkai.views._words import words
    >>> found = Finding("R201", "warning", "编号不连续", "the numbering skips", span=Span(3, 5), key="2")
    >>> finding_places(found, Source("要点\n2.公开目录（"), words("zh"))
    ['第 2 行', '编号 2']
    """
    place, key = finding_place(finding, source, say), clean(finding.key or "")
    if not key:
        return [place]
    told = say["findings.key"].format(key=key)
    return [told] if place == key else [place, told]


def message_of(finding: Finding, say: Words) -> str:
    """What a finding says, in the language of the words."""
    return clean(finding.zh if say.language == "zh" else finding.en)


def hint_of(finding: Finding, say: Words) -> str:
    """What to do about it; hints are in English, and stand in no Chinese table."""
    hint = clean(finding.hint) if say.language == "en" else ""
    return clean(say["findings.hint"].format(hint=hint)) if hint else ""


def quote(finding: Finding, plan: Plan) -> Quote | None:
    """Return the words of a finding's place and some around it on its line; None where it has no place."""
    span, text = finding.span, plan.source.text if plan.source is not None else None
    if span is None or text is None:
        return None
    line = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if not text[span.start : span.end].strip():
        end = text.find("\n", span.end + 1)
    before = text[max(line, span.start - _AROUND) : span.start]
    after = text[span.end : min(end if end >= 0 else len(text), span.end + _AROUND)]
    inside = clean(span.of(text))
    if not inside:  # a line break that was repaired: the words that it parted are shown together
        before, inside, after = before[:-1], clean(before[-1:] + after[:1]), after[1:]
    if len(inside) > _LONGEST:
        inside = inside[: _LONGEST - 1] + "…"
    return Quote(clean(before), inside, clean(after))


def quotation(finding: Finding, plan: Plan) -> str:
    """Quote the text around the place of a finding, the place between ⟦ and ⟧; empty where it has none.

    >>> from gongkai import Source, Span
    >>> text = "做好目录编制（区财政局负责。"
    >>> finding = Finding("R203", "warning", "括号不成对", "a bracket without its partner", span=Span(6, 7))
    >>> quotation(finding, Plan("要点", source=Source(text)))
    '做好目录编制⟦（⟧区财政局负责。'
    """
    words = quote(finding, plan)
    return "" if words is None else f"{words.before}⟦{words.inside}⟧{words.after}"


def severity_counts(findings: Sequence[Finding], say: Words) -> list[tuple[Severity, str]]:
    """How many findings there are of each severity, the gravest first; those that are none are left out."""
    found: list[tuple[Severity, str]] = []
    for severity in reversed(Severity):
        number = sum(finding.severity is severity for finding in findings)
        if number:
            found.append((severity, say.count(f"counts.{severity}", number)))
    return found
