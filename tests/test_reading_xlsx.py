"""Workbooks: each sheet is a table of what a person sees in it (formats: tests/data/number_formats.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai import ReadError
from gongkai.reading.containers import sheets
from gongkai.reading.containers.numberformats import shown
from gongkai.reading.containers.xlsx import extract
from gongkai.reading.extract import Extract
from tests.documents.package import (
    cells,
    changed,
    inline,
    merges,
    relations,
    strict,
    unzipped,
    workbook,
    zipped,
)

FORMATS = tomllib.loads(
    Path(__file__).parent.joinpath("data", "number_formats.toml").read_text(encoding="utf-8")
)


def read(*made: str, **more: Any) -> Extract:
    return extract(workbook(*made, **more), "plan.xlsx")


def lines(came: Extract) -> list[str]:
    return came.text.split("\n")[:-1]


def shape(came: Extract, at: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (held.row, held.column, held.rows, held.columns, "|".join(came.text[a:b] for a, b in held.paragraphs))
        for held in came.tables[at].cells
    ]


def codes(came: Extract) -> dict[str, str]:
    return {found.code: found.en for found in came.findings}


def value(place: str, content: str, more: str = "") -> str:
    return f'<c r="{place}" {more}><v>{content}</v></c>'


@pytest.mark.parametrize("case", FORMATS["case"], ids=lambda case: case["name"])
def test_numbers_are_shown_as_excel_shows_them(case: dict[str, Any]) -> None:
    for number, format_, expected in case["shown"]:
        assert shown(number, format_) == expected, (number, format_)


class TestCells:
    @pytest.mark.parametrize(
        ("markup", "text"),
        (
            (inline("A1", "公开"), "公开"),
            (value("A1", "1", "t='s'"), "目录"),
            (value("A1", "9", "t='s'"), None),
            (value("A1", "公开", "t='str'"), "公开"),
            (value("A1", "1", "t='b'"), "TRUE"),
            (value("A1", "#REF!", "t='e'"), "#REF!"),
            (value("A1", "2024-05-22T00:00:00", "t='d'"), "2024-05-22"),
            (value("A1", "12"), "12"),
            (value("A1", "45434", "s='1'"), "2024年5月22日"),
            (value("A1", "0.5", "s='2'"), "50.0%"),
            (value("A1", "0.5", "s='99'"), "0.5"),
            ("<c r='A1' s='1'/>", None),
            ("<c r='A1'><f>1+1</f><v>2</v></c>", "2"),
            (inline("A1", " \u3000 "), None),
            (inline("A1", "一行_x000D_\n二行_x0041_"), "一行\n二行A"),
            (
                "<c r='A1' t='inlineStr'><is><r><t>公</t></r><rPh><t>gōng</t></rPh><r><t>开</t></r></is></c>",
                "公开",
            ),
        ),
    )
    def test_text(self, markup: str, text: str | None) -> None:
        styles = "<numFmts><numFmt numFmtId='176' formatCode='0.0%'/></numFmts>"
        styles += "<cellXfs><xf numFmtId='0'/><xf numFmtId='31'/><xf numFmtId='176'/></cellXfs>"
        came = read(
            cells((markup,)),
            styles=styles,
            sharedStrings="<si><t>公开</t></si><si><r><t>目</t></r><r><t>录</t></r></si>",
        )
        assert came.text == ("" if text is None else f"{text}\n")

    def test_rows_and_columns_that_say_nothing_are_none(self) -> None:
        sheet = cells(("任务", "", "单位"), ("", "", ""), ("公开\n目录", "", ""), ("", "", "区教委"))
        came = read(sheet)
        assert shape(came) == [
            (0, 0, 1, 1, "任务"),
            (0, 1, 1, 1, "单位"),
            (1, 0, 1, 1, "公开|目录"),
            (2, 1, 1, 1, "区教委"),
        ]
        assert [(place.kind.value, place.name, place.start) for place in came.places] == [
            ("sheet", "表1", 0),
            ("cell", "A1", 0),
            ("cell", "C1", 3),
            ("cell", "A3", 6),
            ("cell", "C4", 12),
            ("table", "", 16),
        ]

    def test_cells_without_places_follow_each_other(self) -> None:
        came = read(
            "<sheetData><row><c t='str'><v>甲</v></c><c t='str'><v>乙</v></c></row><row><c t='str'><v>丙</v></c></row></sheetData>"
        )
        assert [place[:2] for place in shape(came)] == [(0, 0), (0, 1), (1, 0)]

    def test_places_beyond_any_sheet_are_left_out(self) -> None:
        assert (
            read(
                cells((inline("AAAA1", "甲"), inline("ZZZ1", "乙"), inline("丙", "丙"), inline("B1", "丁")))
            ).text
            == "丁\n"
        )
        assert (
            read("<sheetData><row r='99999999999'><c t='str'><v>甲</v></c></row></sheetData>").text == "甲\n"
        )

    def test_merged_cells(self) -> None:
        sheet = cells(
            ("任务分解表", "", ""),
            ("一", "公开", "区教委"),
            ("", "年报", ""),
            ("", "", ""),
            ("二", "", "区财政局"),
            more=merges("A1:C1", "A2:A4", "C2:C3", "A9:B12", "B5", "x:y"),
        )
        assert shape(read(sheet)) == [
            (0, 0, 1, 3, "任务分解表"),
            (1, 0, 2, 1, "一"),
            (1, 1, 1, 1, "公开"),
            (1, 2, 2, 1, "区教委"),
            (2, 1, 1, 1, "年报"),
            (3, 0, 1, 1, "二"),
            (3, 2, 1, 1, "区财政局"),
        ]

    def test_what_lies_under_merged_cells_is_not_seen(self) -> None:
        sheet = cells(("甲", "密", "乙"), ("密", "密", "丙"), ("丁", "", ""), more=merges("A1:B2", "B2:C3"))
        assert lines(read(sheet)) == ["甲", "乙", "丙", "丁"]
        assert lines(read(cells(("", "密"), ("甲", "乙"), more=merges("A1:B1")))) == ["甲", "乙"]

    def test_merged_cells_without_end_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sheet = cells(("甲", "乙"), ("丙", "丁"), more=merges("A1:B1", "A2:B2"))
        assert len(shape(read(sheet))) == 2
        monkeypatch.setattr(sheets, "_MERGED", 5)
        with pytest.raises(ReadError, match="merged"):
            read(sheet)


class TestSheets:
    def test_each_sheet_is_a_table(self) -> None:
        came = read(cells(("甲",)), cells(), cells(("乙", "丙")))
        assert lines(came) == ["甲", "乙", "丙"]
        assert [came.text[found.start : found.end] for found in came.tables] == ["甲", "乙\n丙"]
        assert [place.name for place in came.places if place.kind.value == "sheet"] == ["表1", "表3"]

    def test_hidden_sheets_are_left_out_hidden_rows_and_columns_read(self) -> None:
        sheet = "<cols><col min='2' max='3' hidden='1'/><col min='4' max='16384' hidden='1'/></cols>"
        sheet += cells(("甲", "乙"), ("丙", "")).replace('<row r="2"', '<row r="2" hidden="1"')
        names = ("可见", '字典" state="hidden', '空" state="veryHidden')
        came = read(sheet, cells(("密",)), cells(), names=names)
        assert lines(came) == ["甲", "乙", "丙"]
        assert codes(came) == {
            "R628": "hidden sheets were left out: 字典",
            "R629": "hidden rows and columns were read, as a filter hides them (2)",
        }

    def test_formulas_without_result_are_said(self) -> None:
        came = read(cells(("<c r='A1'><f>SUM(B1)</f></c>", "<c r='B1' t='str'><f>T(1)</f><v></v></c>", "甲")))
        assert codes(came) == {"R630": "formulas have no stored result (1)"}

    def test_running_heads_and_feet_are_noise(self) -> None:
        head = '<headerFooter><oddHeader>&amp;L附件1&amp;C&amp;"宋体,Bold"&amp;16任务表&amp;R</oddHeader>'
        foot = "<oddFooter>&amp;C第&amp;P页\n甲&amp;&amp;乙</oddFooter></headerFooter>"
        came = read(cells(("甲",), more=head + foot))
        assert lines(came) == ["附件1", "任务表", "甲", "第页", "甲&乙"]
        assert [(came.text[start:end], name) for start, end, name in came.noise] == [
            ("附件1\n任务表\n", "page-head"),
            ("第页\n甲&乙\n", "page-foot"),
        ]

    def test_shapes_and_comments(self) -> None:
        parts = unzipped(workbook(cells(("甲",))))
        parts["xl/_rels/sheet1.xml.rels"] = relations({"drawing": "drawing.xml", "comments": "comments.xml"})
        shape = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>标</a:t></a:r><a:r><a:t>题</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp>"
        parts["xl/drawing.xml"] = (
            f"<xdr:wsDr><xdr:twoCellAnchor>{shape}<xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>".encode()
        )
        parts["xl/comments.xml"] = b"<comments><commentList><comment/><comment/></commentList></comments>"
        came = extract(zipped(parts), "x")
        assert lines(came) == ["甲", "标题"]
        assert codes(came) == {"R623": "comments were left out (2)"}

    def test_sheets_that_are_charts_are_no_tables(self) -> None:
        data = changed(
            workbook(cells(("甲",)), cells(("乙",))),
            "xl/_rels/workbook.xml.rels",
            '/worksheet" Target="sheet2',
            '/chartsheet" Target="sheet2',
        )
        assert extract(data, "x").text == "甲\n"


class TestFiles:
    def test_strict_workbooks_are_read_the_same(self) -> None:
        data = workbook(cells(("甲", "1")), sharedStrings="", workbook="<workbookPr date1904='0'/>")
        assert extract(strict(data), "x") == extract(data, "x")

    def test_days_may_count_from_1904(self) -> None:
        styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"
        came = read(cells((value("A1", "43972"),)), styles=styles, workbook="<workbookPr date1904='1'/>")
        assert came.text == "2024/5/22\n"

    def test_damaged_styles_are_a_finding(self) -> None:
        came = read(cells((value("A1", "1"),)), styles="<cellXfs>")
        assert came.text == "1\n"
        assert list(codes(came)) == ["R626"]

    @pytest.mark.parametrize("part", ("xl/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"))
    def test_damaged_parts_are_refused(self, part: str) -> None:
        data = changed(workbook(cells(("甲",)), sharedStrings="<si/>"), part, "</", "<")
        with pytest.raises(ReadError, match=f"its part {part} is damaged"):
            extract(data, "x")

    def test_missing_sheets_are_refused(self) -> None:
        parts = unzipped(workbook(cells(("甲",))))
        del parts["xl/sheet1.xml"]
        with pytest.raises(ReadError, match=r"xl/sheet1\.xml is missing"):
            extract(zipped(parts), "x")

    @pytest.mark.parametrize("part", ("xl/sheet1.xml", "xl/sharedStrings.xml"))
    def test_entities_are_refused(self, part: str) -> None:
        with pytest.raises(ReadError, match="declares entities"):
            extract(self.with_entity(part), "x")

    def test_entities_in_what_is_not_needed_are_left_out(self) -> None:
        came = extract(self.with_entity("xl/styles.xml"), "x")
        assert came.text == "甲\n"
        assert "declares entities" in codes(came)["R626"]

    def with_entity(self, part: str) -> bytes:
        parts = unzipped(workbook(cells(("甲",)), sharedStrings="<si/>", styles="<x/>"))
        parts[part] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[part]
        return zipped(parts)

    def test_one_text_in_many_cells_is_a_bomb(self) -> None:
        shared = f"<si><t>{'公' * 1_000_000}</t></si>"
        sheet = cells(*[(value(f"A{at}", "0", "t='s'"),) for at in range(1, 100)])
        with pytest.raises(ReadError, match="its text grows"):
            read(sheet, sharedStrings=shared)

    def test_pictures_without_text_are_a_scan(self) -> None:
        parts = unzipped(workbook(cells()))
        assert extract(zipped(parts), "x").text == ""
        parts["xl/_rels/sheet1.xml.rels"] = relations({"drawing": "drawing.xml"})
        parts["xl/drawing.xml"] = b"<wsDr><oneCellAnchor><pic/></oneCellAnchor></wsDr>"
        with pytest.raises(ReadError, match="OCR"):
            extract(zipped(parts), "x")
