"""Word documents: what a person sees in them is the text, line by line; what else they hold is said."""

from __future__ import annotations

import pytest

from gongkai import ReadError
from gongkai.reading.containers import archive as bounds
from gongkai.reading.containers import markup
from gongkai.reading.containers.docx import extract
from gongkai.reading.extract import Extract
from tests.documents.package import (
    cell,
    changed,
    paragraph,
    relations,
    row,
    run,
    strict,
    table,
    unzipped,
    word,
    zipped,
)

SHOWN = "<w:vanish w:val='0'/>"


def read(body: str, **parts: str) -> Extract:
    return extract(word(body, **parts), "plan.docx")


def codes(came: Extract) -> dict[str, str]:
    """The findings by code, each with its message in English."""
    return {found.code: found.en for found in came.findings}


def lines(came: Extract) -> list[str]:
    return came.text.split("\n")[:-1]


class TestParagraphs:
    @pytest.mark.parametrize(
        ("markup", "text"),
        (
            (run("公开") + run("目录"), "公开目录"),
            ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab/><w:t>丙</w:t></w:r>", "甲\t乙\t丙"),
            ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\n乙\n丙"),
            ("<w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r>", "甲\n乙"),
            (
                "<w:r><w:t>12345</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>",
                "12345-12",
            ),
            ("<w:r><w:t>一\n行</w:t></w:r>", "一 行"),
            (f"<w:hyperlink r:id='x'>{run('链接')}</w:hyperlink>", "链接"),
            (f"<w:smartTag><w:smartTagPr/>{run('二〇二四年')}</w:smartTag>", "二〇二四年"),
            (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('区财政局')}</w:sdtContent></w:sdt>", "区财政局"),
            (
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击</w:t></w:r></w:sdtContent></w:sdt>",
                "",
            ),
            (f"<w:fldSimple w:instr='PAGE'>{run('3')}</w:fldSimple>", "3"),
            ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:font='x' w:char='2611'/></w:r>", "☑☑"),
            ("<w:r><w:sym w:font='Wingdings' w:char='F001'/><w:sym w:char='zz'/></w:r>", "□"),
            (
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r>",
                "公",
            ),
            ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
            (run("甲") + "<w:proofErr/><w:bookmarkStart/>" + run("乙"), "甲乙"),
        ),
    )
    def test_text(self, markup: str, text: str) -> None:
        assert read(f"<w:p>{markup}</w:p>").text == f"{text}\n"

    def test_fields_print_their_result(self) -> None:
        def field(kind: str) -> str:
            return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

        inner = field("begin") + run("内") + field("separate") + run("旧") + field("end")
        body = field("begin") + "<w:r><w:instrText>IF</w:instrText></w:r>" + inner
        body += field("separate") + run("果") + field("end") + run("后")
        assert read(f"<w:p>{body}</w:p>").text == "果后\n"
        assert read(f"<w:p>{field('begin')}{run('前')}</w:p>{paragraph('后')}").text == "\n后\n"

    def test_blocks_in_order(self) -> None:
        inside = f"<w:sdt><w:sdtContent>{paragraph('二')}</w:sdtContent></w:sdt>"
        custom = f"<w:customXml>{paragraph('四')}</w:customXml>"
        assert lines(read(paragraph("一") + inside + table(row("三")) + custom)) == ["一", "二", "三", "四"]

    def test_places(self) -> None:
        body = paragraph("一") + paragraph() + table(row("甲", "乙")) + paragraph("三\t")
        came = read(body)
        assert [(place.start, place.kind.value, place.name) for place in came.places[:-1]] == [
            (0, "paragraph", "1"),
            (3, "table", "1"),
            (3, "cell", "A1"),
            (5, "cell", "B1"),
            (7, "table", ""),
            (7, "paragraph", "3"),
        ]


class TestRevisions:
    def test_inserted_text_is_in_and_deleted_text_out(self) -> None:
        old = "<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{run('移')}</w:moveFrom>"
        came = read(
            paragraph("前")
            + f"<w:p>{run('公开')}{old}{moved}<w:ins>{run('新')}</w:ins><w:moveTo>{run('来')}</w:moveTo></w:p>"
        )
        assert lines(came) == ["前", "公开新来"]
        assert codes(came) == {
            "R620": "the document has tracked changes: inserted text was read (2)",
            "R621": "the document has tracked changes: deleted text was left out (2)",
        }
        assert came.findings[0].span is not None
        assert came.findings[0].span.start == 2

    def test_a_deleted_end_joins_two_paragraphs(self) -> None:
        gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
        assert lines(read(paragraph("公开", gone) + paragraph("目录") + paragraph("年报", gone))) == [
            "公开目录",
            "年报",
        ]

    def test_deleted_and_inserted_rows_and_blocks(self) -> None:
        old = row("旧", "旧", properties="<w:del w:id='1'/>")
        new = row("新", "新", properties="<w:ins w:id='2'/>")
        came = read(
            table(row("甲", "乙"), old, new)
            + f"<w:del>{paragraph('旧')}</w:del><w:ins>{paragraph('后')}</w:ins>"
        )
        assert lines(came) == ["甲", "乙", "新", "新", "后"]
        assert [held.row for held in came.tables[0].cells] == [0, 0, 1, 1]
        assert "R621" in codes(came)

    def test_the_look_before_a_change_is_no_text(self) -> None:
        before = "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange>"
        assert lines(read(paragraph("公开", before))) == ["公开"]


class TestWhatStandsApart:
    def test_hidden_text_and_comments_are_left_out(self) -> None:
        body = f"<w:p>{run('公开')}{run('密', '<w:vanish/>')}{run('目录', SHOWN)}"
        came = read(
            body + "<w:r><w:commentReference w:id='0'/></w:r></w:p>", comments="<w:comment>注</w:comment>"
        )
        assert lines(came) == ["公开目录"]
        assert sorted(codes(came)) == ["R622", "R623"]

    def test_running_heads_and_feet_are_noise_said_once(self) -> None:
        came = read(
            paragraph("正文"),
            header=paragraph("澄湖区文件"),
            header2=paragraph("澄湖区文件"),
            footer=table(row("— 1 —")),
            footer2=paragraph() + paragraph("内部"),
        )
        assert lines(came) == ["澄湖区文件", "正文", "— 1 —", "内部"]
        assert [(came.text[start:end], name) for start, end, name in came.noise] == [
            ("澄湖区文件\n", "page-head"),
            ("— 1 —\n内部\n", "page-foot"),
        ]
        assert not came.tables

    def test_notes_stand_at_the_end_in_the_order_of_the_text(self) -> None:
        def mark(number: int, kind: str = "footnote") -> str:
            return f"<w:r><w:{kind}Reference w:id='{number}'/></w:r>"

        def note(number: int, text: str, kind: str = "footnote") -> str:
            return f"<w:{kind} w:id='{number}'>{paragraph(text)}</w:{kind}>"

        came = read(
            f"<w:p>{run('公开')}{mark(2)}{run('目录')}{mark(1)}{mark(9)}</w:p><w:p>{mark(1, 'endnote')}{run('后')}</w:p>",
            footnotes=note(-1, "分隔") + note(1, "一注") + note(2, "二注") + note(3, "无"),
            endnotes=note(1, "尾注", "endnote"),
        )
        assert lines(came) == ["公开目录", "后", "二注", "一注", "尾注"]
        assert [came.text[start:end] for start, end, name in came.noise if name == "footnote"] == [
            "二注\n一注\n",
            "尾注\n",
        ]
        assert codes(came) == {"R624": "foot- and endnotes were kept apart from the text (3)"}

    def test_text_boxes_stand_behind_their_paragraph_and_once(self) -> None:
        def box(text: str) -> str:
            return f"<w:txbxContent>{paragraph(text)}{table(row(text + '格'))}</w:txbxContent>"

        drawing = f"<w:drawing><a:graphic><wps:txbx>{box('框')}</wps:txbx></a:graphic></w:drawing>"
        older = f"<w:pict><v:textbox>{box('框')}</v:textbox></w:pict>"
        both = f"<mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
        came = read(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('后')}</w:p><w:p><w:r>{older}</w:r></w:p>")
        assert lines(came) == ["前后", "框", "框格", "", "框", "框格"]
        assert len(came.tables) == 2

    def test_the_first_of_alternative_blocks_counts(self) -> None:
        choice = "<mc:Choice>{}</mc:Choice>".format(paragraph("新"))
        both = f"<mc:AlternateContent>{choice}{choice}<mc:Fallback>{paragraph('旧')}</mc:Fallback></mc:AlternateContent>"
        alone = f"<mc:AlternateContent><mc:Fallback>{paragraph('旧')}</mc:Fallback></mc:AlternateContent>"
        assert lines(read(both + alone)) == ["新", "旧"]

    def test_a_table_of_contents_is_noise(self) -> None:
        entry = paragraph("一、总体要求\t1", "<w:pStyle w:val='10'/>")
        gallery = (
            "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        )
        listed = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('目录')}{entry}</w:sdtContent></w:sdt>"
        styles = "<w:style w:type='paragraph' w:styleId='10'><w:name w:val='TOC 1'/></w:style>"
        came = read(listed + paragraph("正文") + entry, styles=styles)
        assert [(came.text[start:end], name) for start, end, name in came.noise] == [
            ("目录\n一、总体要求\t1\n", "contents"),
            ("一、总体要求\t1\n", "contents"),
        ]

    def test_the_title_of_a_table_of_contents_belongs_to_it(self) -> None:
        entry = paragraph("总体要求1", "<w:pStyle w:val='10'/>")
        styles = "<w:style w:type='paragraph' w:styleId='10'><w:name w:val='toc 1'/></w:style>"
        came = read(
            paragraph("目　录") + paragraph() + entry + entry + paragraph("目录") + paragraph("正文"),
            styles=styles,
        )
        assert [came.text[start:end] for start, end, _ in came.noise] == [
            "目　录\n\n总体要求1\n",
            "总体要求1\n",
        ]

    def test_embedded_objects_are_said(self) -> None:
        came = read(
            paragraph("公开")
            + "<w:p><w:r><w:object><o:OLEObject/></w:object><w:drawing><dgm:relIds/></w:drawing></w:r></w:p><w:altChunk r:id='x'/>"
        )
        assert codes(came) == {"R625": "embedded objects could not be read (3)"}


class TestTables:
    def shape(self, came: Extract, at: int = 0) -> list[tuple[int, int, int, int, str]]:
        return [
            (
                held.row,
                held.column,
                held.rows,
                held.columns,
                "|".join(came.text[a:b] for a, b in held.paragraphs),
            )
            for held in came.tables[at].cells
        ]

    def test_merged_cells(self) -> None:
        first = cell("甲", "<w:vMerge w:val='restart'/>")
        below = cell(paragraph(), "<w:vMerge/>")
        wide = cell("通栏", "<w:gridSpan w:val='3'/>")
        came = read(table(row(wide), row(first, "乙", "丙"), row(below, "丁", ""), row(below, "戊", "己")))
        assert self.shape(came) == [
            (0, 0, 1, 3, "通栏"),
            (1, 0, 3, 1, "甲"),
            (1, 1, 1, 1, "乙"),
            (1, 2, 1, 1, "丙"),
            (2, 1, 1, 1, "丁"),
            (2, 2, 1, 1, ""),
            (3, 1, 1, 1, "戊"),
            (3, 2, 1, 1, "己"),
        ]
        names = [place.name for place in came.places if place.kind.value == "cell"]
        assert names == ["A1", "A2", "B2", "C2", "B3", "B4", "C4"]

    def test_a_merge_begins_anew_and_ends(self) -> None:
        first, below = (
            cell("甲", "<w:vMerge w:val='restart'/>"),
            cell(paragraph(), "<w:vMerge w:val='continue'/>"),
        )
        came = read(table(row(first, "1"), row(below, "2"), row("空", "3"), row(below, "4"), row(first, "5")))
        assert [place[:4] for place in self.shape(came) if place[1] == 0] == [
            (0, 0, 2, 1),
            (2, 0, 1, 1),
            (3, 0, 1, 1),
            (4, 0, 1, 1),
        ]

    def test_columns_in_which_no_cell_begins_are_none(self) -> None:
        two, three = "<w:gridSpan w:val='2'/>", "<w:gridSpan w:val='3'/>"
        came = read(table(row(cell("甲", two), cell("乙", three)), row(cell("丙", two), cell("丁", three))))
        assert [place[1:4:2] for place in self.shape(came)] == [(0, 1), (1, 1), (0, 1), (1, 1)]
        late = row("戊", properties="<w:gridBefore w:val='2'/>")
        came = read(table(row(cell("甲", two), cell("乙", three)), late))
        assert self.shape(came)[-1][:2] == (1, 1)

    def test_cells_merged_the_old_way(self) -> None:
        first, on = cell("甲", "<w:hMerge w:val='restart'/>"), cell(paragraph(), "<w:hMerge/>")
        assert self.shape(read(table(row(first, on, "乙"), row("丙", "丁", "戊"))))[:2] == [
            (0, 0, 1, 2, "甲"),
            (0, 2, 1, 1, "乙"),
        ]

    def test_paragraphs_and_lines_of_a_cell(self) -> None:
        units = (
            paragraph("区财政局")
            + paragraph()
            + f"<w:p>{run('区教委')}<w:r><w:br/></w:r>{run('各街道')}</w:p>"
        )
        came = read(table(row("公开", cell(units))))
        assert self.shape(came)[1][4] == "区财政局|区教委|各街道"
        assert came.tables[0][:2] == (0, len(came.text) - 1)

    def test_rows_that_pages_repeat_are_headings(self) -> None:
        head = row("任务", "单位", properties="<w:tblHeader/>")
        came = read(table(head, row("公开", "区教委", properties="<w:tblHeader w:val='0'/>")))
        assert [held.heading for held in came.tables[0].cells] == [True, True, False, False]

    def test_a_table_in_a_table_is_the_table(self) -> None:
        inner = table(row("甲", "乙"))
        came = read(table(row(paragraph("前") + inner + paragraph("后"), "旁")) + paragraph("尾"))
        assert lines(came) == ["前", "甲", "乙", "后", "旁", "尾"]
        assert [came.text[found.start : found.end] for found in came.tables] == ["甲\n乙"]
        assert [(place.kind.value, place.name) for place in came.places[:-1]] == [
            ("table", "1"),
            ("cell", "A1"),
            ("table", "2"),
            ("cell", "A1"),
            ("cell", "B1"),
            ("table", "1"),
            ("cell", "A1"),
            ("cell", "B1"),
            ("table", ""),
            ("paragraph", "1"),
        ]

    def test_cells_outside_any_row(self) -> None:
        assert self.shape(read(f"<w:tbl>{cell('甲')}{row('乙')}</w:tbl>")) == [
            (0, 0, 1, 1, "甲"),
            (1, 0, 1, 1, "乙"),
        ]

    def test_spans_of_any_size(self) -> None:
        for size in ("999999999", "-3", "0", "x", "9" * 5000):
            huge = cell("甲", f"<w:gridSpan w:val='{size}'/>")
            assert [place[:4] for place in self.shape(read(table(row(huge, "乙"))))] == [
                (0, 0, 1, 1),
                (0, 1, 1, 1),
            ]


class TestFiles:
    def test_strict_documents_are_read_the_same(self) -> None:
        data = word(paragraph("公开") + table(row("甲", "乙")), header=paragraph("眉"))
        assert extract(strict(data), "x") == extract(data, "x")

    def test_parts_in_other_places(self) -> None:
        parts = unzipped(word(paragraph("公开")))
        parts["text/Plan.xml"] = parts.pop("word/document.xml")
        parts["_rels/.rels"] = relations({"officeDocument": "\\text\\plan.xml"})
        assert extract(zipped(parts), "x").text == "公开\n"
        del parts["_rels/.rels"]
        with pytest.raises(ReadError, match=r"word/document\.xml is missing"):
            extract(zipped(parts), "x")

    def test_references_to_nothing_do_no_harm(self) -> None:
        parts = unzipped(word(paragraph("公开")))
        parts["word/_rels/document.xml.rels"] = relations(
            {"image": "NULL", "header": "../gone.xml", "styles": "s.xml"}
        )
        assert extract(zipped(parts), "x").text == "公开\n"

    def test_utf_16_is_xml_as_well(self) -> None:
        parts = unzipped(word(paragraph("公开")))
        parts["word/document.xml"] = parts["word/document.xml"].decode().encode("utf-16")
        assert extract(zipped(parts), "x").text == "公开\n"

    def test_pictures_without_text_are_a_scan(self) -> None:
        picture = "<w:p><w:r><w:drawing><pic:blipFill><a:blip/></pic:blipFill></w:drawing></w:r></w:p>"
        with pytest.raises(ReadError, match="OCR"):
            read(picture, footer=paragraph("1"))
        assert read(picture + paragraph("公开")).text == "\n公开\n"
        assert read("").text == ""

    def test_entities_are_refused(self) -> None:
        bomb = '<!DOCTYPE w [<!ENTITY a "公公公公"><!ENTITY b "&a;&a;&a;&a;">]><w:document'
        data = changed(word(paragraph("&b;")), "word/document.xml", "<w:document", bomb)
        with pytest.raises(ReadError, match="declares entities"):
            extract(data, "x")
        wide = unzipped(data)
        wide["word/document.xml"] = wide["word/document.xml"].decode().encode("utf-16")
        with pytest.raises(ReadError, match="declares entities"):
            extract(zipped(wide), "x")

    @pytest.mark.parametrize("name", ("w:p", "w:tbl", "w:sdt"))
    def test_deep_nesting_is_refused(self, name: str) -> None:
        deep = 100_000
        with pytest.raises(ReadError, match="nested deeper"):
            read(f"<{name}>" * deep + f"</{name}>" * deep)

    def test_long_paragraphs_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(markup, "NODES", 30)
        body = paragraph("公开") * 100
        assert len(read(body).text) == 300
        with pytest.raises(ReadError, match="longer paragraphs"):
            read(f"<w:p>{run('公') * 30}</w:p>")

    def test_many_small_elements_are_a_bomb(self) -> None:
        with pytest.raises(ReadError, match="zip bomb"):
            read("<w:p/>" * (bounds.FEWEST_ELEMENTS + 1))

    def test_long_labels_are_cut(self) -> None:
        level = f"<w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='{'%1.' * 5000}'/></w:lvl>"
        numbering = f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>"
        numbering += "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        body = paragraph("公开", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
        assert len(read(body, numbering=numbering).labels[0]) < 100

    def test_damaged_text_is_refused(self) -> None:
        data = changed(word(paragraph("公开")), "word/document.xml", "</w:body>", "")
        with pytest.raises(ReadError, match=r"its part word/document\.xml is damaged"):
            extract(data, "x")
