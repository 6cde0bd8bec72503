"""Plans as Word documents: in the form of an official document, and back without loss."""

from __future__ import annotations

import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import attrs
import pytest
from docx import Document
from hypothesis import given, settings
from lxml import etree

import gongkai
from gongkai import Assignment, Deadline, Notice, Plan, Record, Task, examples
from gongkai.exchange.word.layout import layout, twips
from gongkai.exchange.word.plans import plan_docx
from gongkai.reading.containers import extract
from gongkai.testing import assert_plans_equal, losses, strategies
from tests.helpers_office import as_pdf, converted, needs_office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> Any:
    return etree.fromstring(ZipFile(BytesIO(data)).read(name))


@pytest.mark.parametrize("name", examples.names())
def test_an_example_reads_back_equal(name: str) -> None:
    plan = examples.load(name)
    read = gongkai.read(plan_docx(plan))

    assert_plans_equal(plan, read)
    assert [task.key for task in read.all_tasks] == [task.key for task in plan.all_tasks]
    assert losses(read) == ()


def test_a_real_plan_reads_back_equal(corpus: Path) -> None:
    files = [path for path in sorted((corpus / "corpus").rglob("*.*")) if path.suffix in {".txt", ".html"}]
    assert len(files) > 20
    for file in files:
        plan = gongkai.read(file)
        assert_plans_equal(plan, gongkai.read(plan_docx(plan)))


@settings(max_examples=25)
@given(strategies.printable_plans())
def test_a_written_plan_reads_back_equal(plan: Plan) -> None:
    assert_plans_equal(plan, gongkai.read(plan_docx(plan)))


@settings(max_examples=25)
@given(strategies.printable_plans())
def test_print_alone_tells_a_printable_plan(plan: Plan) -> None:
    """What somebody edits has no more than its print: all but the record is in it."""
    came = extract(plan_docx(plan), "plan.docx")._replace(carried=None)
    read = gongkai.parse(came.text.split("\n— ")[0])

    assert [task.text for task in read.all_tasks] == [task.text for task in plan.all_tasks]
    assert [task.assignments for task in read.all_tasks] == [task.assignments for task in plan.all_tasks]
    assert (read.title, read.notice, read.content) == (plan.title, plan.notice, plan.content)


@settings(max_examples=25)
@given(strategies.plans())
def test_no_plan_is_lost(plan: Plan) -> None:
    assert_plans_equal(plan, gongkai.read(plan_docx(plan)))


def test_the_same_plan_is_the_same_file() -> None:
    plan = examples.load("chenghu-2024")
    data = plan_docx(plan)

    assert data == plan_docx(gongkai.loads(gongkai.dumps(plan)))
    with ZipFile(BytesIO(data)) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(1980, 1, 1)}
    about = Document(BytesIO(data)).core_properties
    assert about.created is not None
    assert about.created.date() == plan.record.issued_on
    assert (about.title, about.author, about.last_modified_by) == (plan.title, plan.issuer, "")


def test_pages_are_those_of_the_standard() -> None:
    body = part(plan_docx(examples.load("chenghu-2024")), "word/document.xml")
    size, margin, grid = (body.find(f".//{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))

    assert [size.get(f"{W}{side}") for side in "wh"] == ["11906", "16838"]
    assert [int(margin.get(f"{W}{side}")) for side in ("top", "left")] == [twips(37), twips(28)]
    width = int(size.get(f"{W}w")) - sum(int(margin.get(f"{W}{side}")) for side in ("left", "right"))
    height = int(size.get(f"{W}h")) - sum(int(margin.get(f"{W}{side}")) for side in ("top", "bottom"))
    assert abs(width - twips(156)) <= 2
    assert abs(height - twips(225)) <= 2
    facts = layout()["styles"]["body"]
    assert grid.get(f"{W}linePitch") == "579"
    assert 22 * 579 <= height < 23 * 579
    assert (
        28 * (facts["size"] + facts["spacing"]) * 20 <= width < 29 * (facts["size"] + facts["spacing"]) * 20
    )


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    (
        ("notice-title", "方正小标宋简体", "44"),
        ("title", "方正小标宋简体", "44"),
        ("first", "黑体", "32"),
        ("second", "楷体_GB2312", "32"),
        ("body", "仿宋_GB2312", "32"),
        ("footer", "宋体", "28"),
    ),
)
def test_fonts_are_those_of_the_standard(style: str, font: str, half_points: str) -> None:
    styles = part(plan_docx(Plan("要点")), "word/styles.xml")
    (found,) = [each for each in styles.iter(f"{W}style") if each.get(f"{W}styleId") == style]

    assert found.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == font
    assert found.find(f"{W}rPr/{W}sz").get(f"{W}val") == half_points


def paragraphs(plan: Plan) -> list[tuple[str, str]]:
    body = part(plan_docx(plan), "word/document.xml")[0]
    found = [each for each in body if each.tag == f"{W}p"]
    return [
        (each.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), "".join(each.itertext(f"{W}t"))) for each in found
    ]


def test_a_notice_stands_before_the_plan_that_it_issues() -> None:
    title = "澄湖区2024年政务公开工作要点"
    notice = Notice(
        f"澄湖区人民政府办公室关于印发《{title}》的通知",
        addressees=["各街道办事处", "区政府各部门"],
        body=["现印发给你们，请认真贯彻落实。"],
        signatory="澄湖区人民政府办公室",
        issued_on=date(2024, 4, 8),
        disclosure="此件公开发布",
    )
    number = gongkai.DocumentNumber("澄政办发", 2024, 3)
    plan = Plan(title, [Task("公开目录。", label="1.")], notice=notice, record=Record(document_number=number))

    assert paragraphs(plan) == [
        ("mark", "澄湖区人民政府办公室文件"),
        ("number", "澄政办发〔2024〕3号"),
        ("notice-title", notice.title),
        ("addressees", "各街道办事处，区政府各部门："),
        ("body", "现印发给你们，请认真贯彻落实。"),
        ("signatory", "澄湖区人民政府办公室"),
        ("date", "2024年4月8日"),
        ("disclosure", "（此件公开发布）"),
        ("title", title),
        ("body", "1.公开目录。"),
    ]


def test_a_letter_has_the_office_alone_in_its_head() -> None:
    notice = Notice("关于报送目录的函", body=["请予支持。"], signatory="澄湖区人民政府办公室")
    record = Record(document_number=gongkai.DocumentNumber("澄政办函", 2024, 3))

    assert paragraphs(Plan("", notice=notice, record=record))[0] == ("mark", "澄湖区人民政府办公室")


def test_a_task_table_is_a_table() -> None:
    lead = Assignment.lead("区司法局")
    tasks = [
        Task(
            "公开目录。",
            label="1",
            assignments=[lead],
            deadlines=[Deadline("6月底前", "month", date(2024, 6, 30))],
        ),
        Task(
            "公开指南。",
            label="2",
            assignments=[attrs.evolve(lead, inherited=True)],
            extras=[("备注", "新增")],
        ),
    ]
    plan = Plan("澄湖区2024年政务公开任务分解表", [gongkai.Section("做好公开", tasks, label="一、")])
    data = plan_docx(plan)
    (table,) = Document(BytesIO(data)).tables

    assert [cell.text for cell in table.rows[0].cells] == ["序号", "工作任务", "牵头单位", "完成时限", "备注"]
    assert table.rows[1].cells[0].text == table.rows[1].cells[4].text == "一、做好公开"
    assert [cell.text for cell in table.rows[3].cells] == ["2", "公开指南。", "区司法局", "", "新增"]
    assert part(data, "word/document.xml").find(f".//{W}tblHeader") is not None
    assert_plans_equal(plan, gongkai.read(data))


HOSTILE = (
    "<w:p>&amp;<!--",
    "]]>",
    '{ INCLUDETEXT "file" }',
    ' HYPERLINK "http://example.org" ',
    "=1+1",
    "\x00\x0b\x1b",
    "\ufffe\ud800",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    plan = Plan(
        f"要点{text}", [Task(f"公开{text}目录。", label=f"1.{text}")], notice=Notice(text, signatory=text)
    )
    data = plan_docx(plan)
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))

    tags = {etree.QName(each).localname for each in part(data, "word/document.xml").iter()}
    assert not tags & {"instrText", "fldChar", "fldSimple", "hyperlink", "object", "altChunk", "ins", "del"}
    assert b"External" not in relations
    assert not [name for name in names if "vba" in name.lower()]
    assert_plans_equal(plan, gongkai.read(data))


def test_what_no_document_can_hold_is_seen() -> None:
    data = plan_docx(Plan("要点", [Task("公开\x00目录\ufffe。", label="1.")]))

    assert "公开␀目录�。" in "".join(part(data, "word/document.xml").itertext())


@needs_office
@pytest.mark.parametrize("name", ("chenghu-2024", "lanjiang-2024"))
def test_what_an_office_saves_anew_is_the_same_plan(name: str, tmp_path: Path) -> None:
    plan = examples.load(name)
    lead = attrs.evolve(Assignment.lead("区司法局"), inherited=True)
    plan = plan.with_changes(str(plan.tasks[0].key), assignments=[lead])
    gongkai.write(plan, tmp_path / "plan.docx")
    folder = tmp_path / "saved"
    folder.mkdir()

    assert_plans_equal(plan, gongkai.read(converted(tmp_path / "plan.docx", folder, "docx")))


@needs_office
def test_it_opens_in_an_office(tmp_path: Path) -> None:
    plan = examples.load("chenghu-2024")
    gongkai.write(plan, tmp_path / "plan.docx")
    source = gongkai.read(as_pdf(tmp_path / "plan.docx", tmp_path)).source
    assert source is not None
    assert source.text is not None

    places = [place for place in source.places if place.kind == "page"]
    pages: dict[str, str] = {}
    for place, end in zip(places, [*[place.start for place in places[1:]], len(source.text)], strict=True):
        pages[place.name] = pages.get(place.name, "") + re.sub(r"\s", "", source.text[place.start : end])
    assert 8 < len(pages) < 20
    assert pages["1"].startswith("澄湖区政务公开领导小组办公室文件澄政务公开办发〔2024〕2号")
    assert pages["2"].startswith(plan.title)


#: The order of the schema, to which Word holds files (ISO/IEC 29500-1, annex A); what is used of it.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd snapToGrid spacing ind jc outlineLvl "
    "rPr sectPr",
    "rPr": "rFonts b i strike color spacing w sz szCs u lang",
    "sectPr": "footerReference type pgSz pgMar docGrid",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "style": "name basedOn qFormat pPr rPr",
}


@pytest.mark.parametrize("name", ("word/document.xml", "word/styles.xml"))
def test_elements_stand_in_the_order_of_the_schema(name: str) -> None:
    lead = Assignment.lead("区司法局")
    tasks = [
        Task("公开。", label="1", assignments=[lead], extras=[("一", "甲"), ("二", "乙"), ("三", "丙")]),
        Task("公布。", label="2", assignments=[attrs.evolve(lead, inherited=True)]),
    ]
    notice = Notice("关于印发要点的通知", body=["一", "二"], signatory="区政府", issued_on=date(2024, 5, 6))
    root = part(plan_docx(Plan("要点", [gongkai.Section("公开", tasks)], notice=notice)), name)

    seen = set()
    for element in root.iter():
        order = ORDERS.get(etree.QName(element).localname)
        if order is not None:
            names = [etree.QName(child).localname for child in element]
            assert names == sorted(names, key=order.split().index), names
            seen.add(etree.QName(element).localname)
    assert seen >= ({"sectPr", "tblPr", "tcPr"} if "document" in name else {"style", "pPr", "rPr"})


def test_a_table_of_many_columns_lies_on_its_side_behind_an_upright_notice() -> None:
    tasks = [Task("公开。", label="1", extras=[(name, name) for name in "甲乙丙丁"])]
    notice = Notice("关于印发要点的通知", body=["现印发给你们。"])
    body = part(plan_docx(Plan("要点", tasks, notice=notice)), "word/document.xml")

    sizes = [(each.get(f"{W}w"), each.get(f"{W}orient")) for each in body.iter(f"{W}pgSz")]
    assert sizes == [("11906", None), ("16838", "landscape")]


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(gongkai.MissingExtra, match="documents"):
        plan_docx(Plan("要点"))
