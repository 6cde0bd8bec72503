"""Findings as SARIF 2.1.0, the format of OASIS for what tools find, which code review and editors read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote as percent_encoded

from gongkai.checking import catalogue, codes
from gongkai.model import Finding, Plan, Severity, Span
from gongkai.model.catalogue import Entry
from gongkai.reading import catalogue as reader_catalogue
from gongkai.views._finding_rows import Checked, checked_of, line_of
from gongkai.views._text import visible
from gongkai.views._words import Language

__all__ = ["sarif"]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_EXAMPLE: Final = "example:"


def sarif(
    checked: Plan | Checked | Iterable[Checked],
    *,
    language: Language = "zh",
    version: str | None = None,
    problems: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    r"""Return findings as one SARIF 2.1.0 log, plain values for ``json.dumps``.

    Regions count characters (Unicode code points) and are given for plain text alone: what a place means in a
    page or a Word file no reader of SARIF could tell. The key of the task is the logical location.

    Args:
        checked: what was found, file by file.
        language: the language of the messages, ``zh`` or ``en``; the rules have both.
        version: the version of the tool, where it is to be told.
        problems: files that could not be read: each its name and why.

    >>> import gongkai
    >>> from gongkai import views
    >>> plan = gongkai.parse("澄湖区2024年政务公开工作要点\n1.公开计划。\n3.公开目录。\n")
    >>> log = views.sarif(views.Checked("要点.txt", plan, plan.findings), language="en")
    >>> log["runs"][0]["results"][0]["message"]
    {'text': 'the numbering skips: 3. follows 1.'}

    Raises:
        TypeError: it is no plan and nothing that was checked.
    """
    files = checked_of(checked).files
    found = [(each, finding) for each in files for finding in each.findings]
    rules = sorted({finding.code: finding for _, finding in found}.items())
    places = {code: place for place, (code, _) in enumerate(rules)}
    driver: dict[str, Any] = {"name": "gongkai", "rules": [_rule(code, like) for code, like in rules]}
    if version is not None:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN" if language == "zh" else "en",
        "invocations": [_invocation(problems)],
        "results": [_result(each, finding, places[finding.code], language) for each, finding in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


@cache
def _names() -> dict[str, str]:
    """The name of each code, as NumberSkipped."""
    known = (*catalogue().items(), *reader_catalogue().items())
    return {entry.code: "".join([word.capitalize() for word in name.split("-")]) for name, entry in known}


def _rule(code: str, like: Finding) -> dict[str, Any]:
    """What is known of a code; of one that no catalogue has, what a finding says."""
    entry = codes().get(code) or Entry(code, like.severity, like.zh, like.en, like.hint)
    zh, en = (re.sub(r"{\w+}", "…", text) for text in (entry.zh, entry.en))
    return {
        "id": code,
        **({"name": _names()[code]} if code in _names() else {}),
        "shortDescription": {"text": f"{zh} / {en}"},
        "help": {"text": entry.hint or en},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        "properties": {"zh": zh, "en": en},
    }


def _invocation(problems: Sequence[tuple[str, str]]) -> dict[str, Any]:
    notes = [
        {
            "level": "error",
            "message": {"text": _text(why)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(name)}}}],
        }
        for name, why in problems
    ]
    done = {"executionSuccessful": not notes}
    return {**done, "toolExecutionNotifications": notes} if notes else done


def _result(checked: Checked, finding: Finding, rule: int, language: Language) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if checked.name:
        location["physicalLocation"] = {"artifactLocation": {"uri": _uri(checked.name)}}
        region = _region(checked.plan, finding.span)
        if region is not None:
            location["physicalLocation"]["region"] = region
    if finding.key is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(finding.key), "kind": "task"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding.zh if language == "zh" else finding.en)},
        "locations": [location] if location else [],
    }


def _text(text: str) -> str:
    """Return a message in which SARIF finds no place holder ({0}) and no link ([…](…))."""
    text = visible(text).replace("{", "{{").replace("}", "}}")
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text


def _region(plan: Plan, span: Span | None) -> dict[str, Any] | None:
    """Where the place is, in plain text that is at hand; without it a result is about the whole file."""
    source = plan.source
    if span is None or source is None or source.text is None or source.media_type != "text/plain":
        return None
    (line, column), (end_line, end_column) = (line_of(source.text, at) for at in (span.start, span.end))
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _uri(name: str) -> str:
    """Return the name of a file as the reference that SARIF wants: relative where it was given so."""
    if name.startswith(_EXAMPLE):
        return _EXAMPLE + percent_encoded(name.removeprefix(_EXAMPLE), safe="")
    path = PurePath(name)
    return Path(path).as_uri() if path.is_absolute() else percent_encoded(path.as_posix(), safe="/")
