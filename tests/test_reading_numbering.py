"""Automatic numbers are those that Word prints (tests/data/numbering.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import gongkai
from gongkai.reading.containers.docx import extract
from gongkai.reading.containers.numerals import numeral
from gongkai.reading.lines import label_of, styles
from gongkai.testing import losses
from tests.documents.package import cell, paragraph, row, table, word
from tests.helpers_reading import line

DATA = tomllib.loads(Path(__file__).parent.joinpath("data", "numbering.toml").read_text(encoding="utf-8"))
ONE = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


def level(at: int, format_: str, text: str, start: str = "1", more: str = "") -> str:
    parts = f"<w:start w:val='{start}'/><w:numFmt w:val='{format_}'/>{more}<w:lvlText w:val='{text}'/>"
    return f"<w:lvl w:ilvl='{at}'>{parts}</w:lvl>"


def definition(at: int, levels: list[str], more: str = "") -> str:
    made = "".join(level(depth, *map(str.strip, row.split(",", 3))) for depth, row in enumerate(levels))
    return f"<w:abstractNum w:abstractNumId='{at}'>{more}{made}</w:abstractNum>"


def number(at: int, of: int, starts: list[str]) -> str:
    made = ""
    for start in starts:
        depth, first = map(str.strip, start.split("="))
        made += f"<w:lvlOverride w:ilvl='{depth}'><w:startOverride w:val='{first}'/></w:lvlOverride>"
    return f"<w:num w:numId='{at}'><w:abstractNumId w:val='{of}'/>{made}</w:num>"


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    """The labels of the lines of a document."""
    came = extract(word(body, numbering=numbering, styles=styles), "plan.docx")
    found, offset = [], 0
    for text in came.text.split("\n")[:-1]:
        found.append(came.labels.get(offset, ""))
        offset += len(text) + 1
    assert set(came.labels.values()) == set(found) - {""}
    return found


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["name"])
def test_labels(case: dict[str, Any]) -> None:
    body = ""
    for place in case["paragraphs"]:
        of, _, depth = place.partition(".")
        numbered = f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{of}'/></w:numPr>" if depth else ""
        body += paragraph("公开目录", numbered)
    numbering = "".join(definition(at, levels) for at, levels in enumerate(case["levels"]))
    numbering += "".join(number(at, of, starts) for at, (of, *starts) in enumerate(case["lists"], 1))
    assert labels(body, numbering) == case["labels"]


@pytest.mark.parametrize("case", DATA["format"], ids=lambda case: case["name"])
def test_formats(case: dict[str, Any]) -> None:
    for printed, expected in case["prints"].items():
        assert numeral(int(printed), case["name"]) == expected


@pytest.mark.parametrize("case", DATA["label"], ids=lambda case: case["style"] or "none")
def test_what_labels_count_as(case: dict[str, Any]) -> None:
    for printed in case["prints"]:
        style, label = label_of(printed)
        assert (styles()[style].name if style >= 0 else "") == case["style"], printed
        assert label == (printed if case["style"] else None)


def test_a_format_that_is_not_known_prints_nothing() -> None:
    assert numeral(1, "hebrew1") is None


LIST = definition(0, ["chineseCounting, %1、", "decimal, %2."]) + number(1, 0, [])


def styled(style: str, properties: str = "") -> str:
    return paragraph("公开目录", f"<w:pStyle w:val='{style}'/>{properties}")


def style(name: str, properties: str = "", based: str = "", more: str = "") -> str:
    base = f"<w:basedOn w:val='{based}'/>" if based else ""
    return (
        f"<w:style w:type='paragraph' w:styleId='{name}' {more}>{base}<w:pPr>{properties}</w:pPr></w:style>"
    )


def test_a_style_numbers_and_those_based_on_it() -> None:
    styles = style("a", ONE) + style("b", based="a") + style("c", based="c")
    assert labels(styled("a") + styled("b") + styled("c"), LIST, styles) == ["一、", "二、", ""]


def test_a_paragraph_takes_itself_out_of_its_styles_list() -> None:
    out = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    assert labels(styled("a") + styled("a", out) + styled("a"), LIST, style("a", ONE)) == ["一、", "", "二、"]


def test_a_level_names_its_style() -> None:
    linked = LIST.replace("<w:numFmt w:val='decimal'/>", "<w:pStyle w:val='b'/><w:numFmt w:val='decimal'/>")
    used = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    styles = style("a", used) + style("b", used)
    assert labels(styled("a") + styled("b") + styled("b"), linked, styles) == ["一、", "1.", "2."]
    deeper = "<w:numPr><w:ilvl w:val='1'/></w:numPr>"
    assert labels(styled("a") + styled("a", deeper), LIST, styles) == ["一、", "1."]


def test_the_style_of_paragraphs_that_name_none() -> None:
    assert labels(paragraph("公开"), LIST, style("a", ONE, more="w:default='1'")) == ["一、"]


def test_a_list_may_be_defined_by_a_style() -> None:
    numbering = (
        definition(0, ["decimal, %1)"])
        + definition(1, [], "<w:numStyleLink w:val='lists'/>")
        + number(1, 1, [])
        + number(2, 0, [])
    )
    styles = "<w:style w:type='numbering' w:styleId='lists'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
    assert labels(paragraph("公开", ONE) * 2, numbering, styles) == ["1)", "2)"]
    circle = styles.replace("w:numId w:val='2'", "w:numId w:val='1'")
    assert labels(paragraph("公开", ONE), numbering, circle) == [""]


def test_a_list_may_replace_a_level() -> None:
    anew = f"<w:lvlOverride w:ilvl='0'>{level(0, 'upperLetter', '%1.')}</w:lvlOverride>"
    numbering = definition(0, ["decimal, %1."]) + number(1, 0, []).replace("</w:num>", f"{anew}</w:num>")
    assert labels(paragraph("公开", ONE) * 2, numbering) == ["A.", "B."]


def test_the_older_format_counts_where_the_newer_is_the_programs_own() -> None:
    both = (
        "<mc:AlternateContent><mc:Choice><w:numFmt w:val='custom' w:format='001'/></mc:Choice>"
        "<mc:Fallback><w:numFmt w:val='decimalZero'/></mc:Fallback></mc:AlternateContent>"
    )
    numbering = LIST.replace("<w:numFmt w:val='chineseCounting'/>", both)
    assert labels(paragraph("公开", ONE), numbering) == ["01、"]


def test_what_a_person_does_not_see_counts_not() -> None:
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    gone = f"<w:p><w:pPr>{ONE}{deleted}</w:pPr><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    body = paragraph("公开", ONE) + gone + f"<w:del>{paragraph('旧', ONE)}</w:del>" + paragraph("公开", ONE)
    assert labels(body, LIST) == ["一、", "二、"]


def test_an_empty_paragraph_counts_and_prints_no_line() -> None:
    assert labels(paragraph("公开", ONE) + paragraph("", ONE) + paragraph("公开", ONE), LIST)[0::2] == [
        "一、",
        "三、",
    ]


def test_blanks_before_the_text_are_no_part_of_the_line() -> None:
    came = extract(word(paragraph("　 公开", ONE), numbering=LIST), "plan.docx")
    assert came.labels == {2: "一、"}


def test_a_cell_with_a_number_alone() -> None:
    numbered = cell(paragraph("", ONE))
    body = table(row(numbered, "公开目录"), row(numbered, "公开年报"))
    came = extract(word(body, numbering=LIST), "plan.docx")
    cells = came.tables[0].cells
    assert [[came.labels.get(start) for start, _ in held.paragraphs] for held in cells] == [
        ["一、"],
        [None],
        ["二、"],
        [None],
    ]
    assert [came.text[start:end] for held in cells for start, end in held.paragraphs] == [
        "",
        "公开目录",
        "",
        "公开年报",
    ]


def test_a_label_that_the_grammar_does_not_know_is_a_finding() -> None:
    numbering = definition(0, ["upperRoman, Task %1:"]) + number(1, 0, [])
    came = extract(word(paragraph("公开", ONE) * 3, numbering=numbering), "plan.docx")
    assert [found.code for found in came.findings] == ["R627"]


def test_a_typed_number_behind_an_automatic_one_counts() -> None:
    plan = gongkai.read(word(paragraph("公开要点") + paragraph("3.公开目录。", ONE), numbering=LIST))
    assert [found.code for found in plan.findings if found.code == "R631"] == ["R631"]
    assert [task.label for task in plan.tasks] == ["3."]


def test_a_damaged_list_of_numbers_is_a_finding() -> None:
    came = extract(word(paragraph("公开", ONE), numbering="<w:num>"), "plan.docx")
    assert came.text == "公开\n"
    assert [found.code for found in came.findings] == ["R626"]


class TestTaskTables:
    """Automatic numbers in task tables: of rows, of sections, of the measures in a cell."""

    HEADS = ("序号", "工作任务", "责任单位")

    def read(self, *rows: str) -> list[str]:
        numbering = definition(0, ["decimal, %1"]) + number(1, 0, [])
        numbering += definition(1, ["chineseCounting, %1、"]) + number(2, 1, [])
        numbering += definition(2, ["decimal, （%1）"]) + number(3, 2, [])
        title = paragraph("澄湖区2024年政务公开工作要点任务分解表")
        plan = gongkai.read(word(title + table(row(*self.HEADS), *rows), numbering=numbering))
        assert losses(plan) == ()
        assert plan.kind == "task-table"
        headings = [f"{section.label}{section.heading}" for section in plan.sections]
        return headings + [line(task) for task in plan.all_tasks]

    def numbered(self, of: int, text: str = "") -> str:
        return paragraph(text, f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{of}'/></w:numPr>")

    def test_rows(self) -> None:
        one = self.numbered(1)
        assert self.read(
            row(one, "公开目录。", "区教委"),
            row(one, "公开年报。", "区财政局"),
            row(one, "", ""),
            row(one, "", ""),
        ) == ["1 | 公开目录。 | responsible:区教委 | ", "2 | 公开年报。 | responsible:区财政局 | "]

    def test_sections(self) -> None:
        def wide(text: str) -> str:
            return row(cell(self.numbered(2, text), "<w:gridSpan w:val='3'/>"))

        one = self.numbered(1)
        assert self.read(
            wide("主动公开"),
            row(one, "公开目录。", "区教委"),
            wide("依申请公开"),
            row(one, "公开年报。", "区财政局"),
        ) == [
            "一、主动公开",
            "二、依申请公开",
            "1 | 公开目录。 | responsible:区教委 | ",
            "2 | 公开年报。 | responsible:区财政局 | ",
        ]

    def test_measures(self) -> None:
        measures = paragraph("推进公开。") + self.numbered(3, "公开目录。") + self.numbered(3, "公开年报。")
        assert self.read(row("1", cell(measures), "区教委")) == [
            "1 | 推进公开。 | responsible:区教委 | ",
            "1.(1) | 公开目录。 |  | ",
            "1.(2) | 公开年报。 |  | ",
        ]
