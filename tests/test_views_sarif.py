"""Findings as SARIF: the parts of the format that are used, written down from the standard (OASIS SARIF 2.1.0)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import gongkai
from gongkai import Finding, Plan, Source, Span, views
from gongkai.checking import codes, review
from gongkai.cli import main
from gongkai.testing import strategies
from gongkai.views import Checked


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


TEXT: Final = {"type": "string", "minLength": 1}
COUNT: Final = {"type": "integer", "minimum": 1}
OFFSET: Final = {"type": "integer", "minimum": 0}
LEVEL: Final = {"enum": ["none", "note", "warning", "error"]}
MESSAGE: Final = closed(["text"], text=TEXT)  # 3.11, 3.12
REGION: Final = closed(  # 3.30
    ["startLine"],
    startLine=COUNT,
    startColumn=COUNT,
    endLine=COUNT,
    endColumn=COUNT,
    charOffset=OFFSET,
    charLength=OFFSET,
)
URI: Final = {
    "type": "string",
    "pattern": r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/]*:))[\w.~:/?#@!$&'()*+,;=%-]*$",
}
LOCATION: Final = closed(  # 3.28, 3.29, 3.33
    [],
    physicalLocation=closed(["artifactLocation"], artifactLocation=closed(["uri"], uri=URI), region=REGION),
    logicalLocations={
        "type": "array",
        "items": closed(["fullyQualifiedName"], fullyQualifiedName={"type": "string"}, kind=TEXT),
    },
)
RULE: Final = closed(  # 3.49
    ["id"],
    id=TEXT,
    name={"type": "string", "pattern": "^[A-Z][A-Za-z]+$"},
    shortDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed(["level"], level=LEVEL),
    properties={"type": "object"},
)
RESULT: Final = closed(  # 3.27
    ["ruleId", "message"],
    ruleId=TEXT,
    ruleIndex=OFFSET,
    level=LEVEL,
    message=closed(["text"], text={"type": "string"}),
    locations={"type": "array", "items": LOCATION},
)
INVOCATION: Final = closed(  # 3.20, 3.58
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={
        "type": "array",
        "items": closed(
            ["message"], level=LEVEL, message=MESSAGE, locations={"type": "array", "items": LOCATION}
        ),
    },
)
RUN: Final = closed(  # 3.14, 3.18, 3.19
    ["tool"],
    tool=closed(
        ["driver"],
        driver=closed(["name"], name=TEXT, version=TEXT, rules={"type": "array", "items": RULE}),
    ),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    invocations={"type": "array", "items": INVOCATION},
    results={"type": "array", "items": RESULT},
)
LOG: Final = closed(  # 3.13
    ["version", "runs"],
    **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
)
VALIDATOR: Final = Draft202012Validator(LOG)

PLAN: Final = "澄湖区2024年政务公开工作要点\r\n1.公开目录（区财政局负责。\r\n3.公开清单。\r\n"


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def checked(name: str = "要点.txt", **choice: Any) -> Checked:
    plan = gongkai.parse(PLAN)
    return Checked(name, plan, review(plan, **choice))


@pytest.mark.parametrize("language", ("zh", "en"))
def test_a_log_has_the_shape_of_the_standard(language: views.Language) -> None:
    log = views.sarif(checked(), language=language, version="1", problems=[("a b.txt", "no {0} [x](y)")])

    VALIDATOR.validate(json.loads(json.dumps(log)))
    assert len(results(log)) == len(checked().findings) > 3


def test_regions_are_those_of_the_words() -> None:
    for found in results(views.sarif(checked(select="C3"))):
        region = found["locations"][0]["physicalLocation"]["region"]
        start, length = region["charOffset"], region["charLength"]
        line = PLAN.split("\n")[region["startLine"] - 1]

        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == PLAN[start : start + length]
    (bracket,) = results(views.sarif(checked(select="C313")))
    assert bracket["level"] == "error"
    assert bracket["locations"][0]["physicalLocation"]["region"]["startColumn"] == 7


def test_rules_are_those_of_the_results() -> None:
    run = views.sarif(checked())["runs"][0]
    rules = run["tool"]["driver"]["rules"]

    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    for rule in rules:
        assert rule["properties"]["en"] in rule["shortDescription"]["text"]
        assert rule["properties"]["zh"] in rule["shortDescription"]["text"]
        assert "{" not in rule["shortDescription"]["text"]
        assert rule["id"] in codes()


@pytest.mark.parametrize(
    ("name", "uri"),
    (
        ("plans/要点 1.txt", "plans/%E8%A6%81%E7%82%B9%201.txt"),
        ("../a#b?.txt", "../a%23b%3F.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("example:chenghu-2024", "example:chenghu-2024"),
    ),
)
def test_files_are_named_as_they_were_given(name: str, uri: str) -> None:
    location = results(views.sarif(checked(name)))[0]["locations"][0]

    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_an_absolute_path_is_a_file_of_this_machine(tmp_path: Path) -> None:
    file = tmp_path / "a b.txt"
    location = results(views.sarif(checked(str(file))))[0]["locations"][0]

    assert location["physicalLocation"]["artifactLocation"] == {"uri": file.as_uri()}


def test_what_is_no_plain_text_has_no_lines() -> None:
    finding = Finding("X1", "info", "小", "small", span=Span(0, 2), key="3")
    source = Source("公开目录", media_type="text/html")
    plan = Plan("要点", source=source, findings=[finding])

    (found,) = results(views.sarif(Checked("a.html", plan, plan.findings)))

    assert found["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "a.html"}},
            "logicalLocations": [{"fullyQualifiedName": "3", "kind": "task"}],
        }
    ]


def test_texts_hold_no_place_holders_and_no_links() -> None:
    finding = Finding("X1", "info", "{0}[点](http://a)", "\x1b", key="3")

    (found,) = results(views.sarif(Checked("a.txt", Plan("要点"), [finding])))

    assert found["message"]["text"] == r"{{0}}\[点\](http://a)"


@given(plan=strategies.plans())
def test_any_plan_gives_a_log(plan: Plan) -> None:
    VALIDATOR.validate(views.sarif(Checked("plan.json", plan, plan.findings)))
    assert len(views.finding_records(plan)) == len(plan.findings)


def test_the_command_writes_it(tmp_path: Path) -> None:
    file, log = tmp_path / "a.txt", tmp_path / "findings.sarif"
    file.write_text(PLAN, encoding="utf-8")

    assert main(["check", str(file), "none.txt", "-o", str(log), "-q"]) == 3

    written = json.loads(log.read_text(encoding="utf-8"))
    VALIDATOR.validate(written)
    assert written["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert {each["ruleId"] for each in results(written)} >= {"C301", "C313"}


def test_what_was_not_checked_is_refused() -> None:
    with pytest.raises(TypeError, match="no findings in str"):
        views.finding_table(["要点"])  # type: ignore[list-item]
